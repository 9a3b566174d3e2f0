# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Charts: what they say to who cannot see them, and that they draw no more than is known."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import altair as alt
import pytest

from maatwerkbank.economics import Assessment, assess
from maatwerkbank.letter import charts
from maatwerkbank.letter.blocks import plain_text
from maatwerkbank.letter.chart_style import (
    BLUE,
    GREEN,
    INK,
    NARROW,
    OCHRE,
    ORANGE,
    PURPLE,
    QUIET,
    SLATE,
    WIDE,
)
from maatwerkbank.plant.case_file import CaseFile

SVG = "{http://www.w3.org/2000/svg}"
ONE_CASE = [charts.emissions, charts.waterfall, charts.cash_flow, charts.tornado]


def _luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[n : n + 2]) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", [BLUE, GREEN, INK, OCHRE, ORANGE, PURPLE, QUIET, SLATE])
def test_every_colour_has_a_contrast_of_three_to_one_on_white(colour):
    assert 1.05 / (_luminance(colour) + 0.05) >= 3


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("chart", ONE_CASE)
def test_a_chart_has_a_title_and_a_description_in_its_language(
    assessment: Assessment, chart: Callable[..., alt.LayerChart], language
):
    drawn = chart(assessment, language)

    svg = ET.fromstring(charts.as_svg(drawn, mark="one"))  # noqa: S314  (made by us)

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "one-title one-description"
    assert svg.findtext(f"{SVG}title") == drawn.title
    assert svg.findtext(f"{SVG}desc") == drawn.description
    assert len(str(drawn.description)) > 60


def test_a_chart_keeps_what_vega_tells_about_its_marks(assessment: Assessment):
    svg = charts.as_svg(charts.waterfall(assessment, "nl"))

    assert svg.count("aria-label=") > 20


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("chart", ONE_CASE)
def test_a_chart_is_as_wide_as_was_asked(assessment: Assessment, chart, width):
    svg = ET.fromstring(charts.as_svg(chart(assessment, "nl", width=width)))  # noqa: S314

    assert abs(float(svg.get("width", "0")) - width) <= 2


def test_two_charts_on_a_page_share_no_names(assessment: Assessment):
    names = re.compile(r'\bid="([^"]+)"')
    first = charts.as_svg(charts.emissions(assessment, "nl"), mark="first")
    second = charts.as_svg(charts.emissions(assessment, "nl"), mark="second")

    assert set(names.findall(first)) & set(names.findall(second)) == set()


def test_numbers_on_an_axis_follow_the_language(assessment: Assessment):
    dutch = charts.waterfall(assessment, "nl").to_dict()
    english = charts.waterfall(assessment, "en").to_dict()

    assert dutch["config"]["locale"]["number"]["decimal"] == ","
    assert english["config"]["locale"]["number"]["decimal"] == "."


def test_a_chart_fetches_nothing(assessment: Assessment):
    spec = json.dumps(charts.cash_flow(assessment, "nl").to_dict())

    assert '"url"' not in spec


def test_the_waterfall_ends_where_the_net_present_value_lies(assessment: Assessment):
    spec = charts.waterfall(assessment, "en").to_dict()
    rows = [row for layer in spec["layer"] for row in layer["data"].get("values", [])]
    total = next(row for row in rows if row.get("key") == "total")

    assert total["end"] * 1e6 == pytest.approx(assessment.results["npv_eur"], rel=1e-9)


def test_awarded_support_has_its_own_colour_in_the_waterfall(assessment: Assessment):
    spec = charts.waterfall(assessment, "en").to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"].get("type") == "bar")
    kinds = dict(
        zip(
            bars["encoding"]["color"]["scale"]["domain"],
            bars["encoding"]["color"]["scale"]["range"],
            strict=True,
        )
    )

    assert kinds["Awarded support"] == GREEN
    assert list(kinds.values()).count(GREEN) == 1


def test_the_additional_tonnes_of_2030_are_written_in_the_chart(assessment: Assessment):
    svg = charts.as_svg(charts.emissions(assessment, "nl"))

    assert ">aanvullend 48,8\N{NO-BREAK SPACE}kt<" in svg


def test_rights_that_are_only_a_range_are_a_band_and_not_a_line(
    changed_case: Callable[..., CaseFile],
):
    ranged = changed_case(
        ("{value: 700, unit: kt/year", "{range: {low: 600, high: 800}, unit: kt/year")
    )

    assessment = assess(ranged)
    table = charts.emissions_table(assessment, "nl")

    assert "Dispensatierechten, bereik" in charts.as_svg(charts.emissions(assessment, "nl"))
    assert table.caption.endswith("n.t.b. is niet te beoordelen")
    assert plain_text(table.rows[0].cells[3]) == "n.t.b."


def test_rights_that_are_not_public_are_not_drawn(changed_case: Callable[..., CaseFile]):
    unknown = changed_case(
        (
            """      free_allocation_2025:
        {value: 700, unit: kt/year, source: voorbeeld-jaarverslag, place: blz. 13}
      assumption:
        nl: de hele fabriek staat op de lijst van koolstoflekkage
        en: the whole plant is on the carbon leakage list
""",
            """      absent: true
      why: {nl: niet openbaar, en: not public}
      ask: {nl: de onderneming, en: the firm}
""",
        )
    )

    svg = charts.as_svg(charts.emissions(assess(unknown), "nl"))

    assert "Dispensatierechten" not in svg
    assert "Aanvullend: niet te beoordelen" in svg


def test_each_chart_has_a_table_with_as_many_years_or_bars(assessment: Assessment):
    years = len(assessment.outcome.years)

    assert len(charts.emissions_table(assessment, "nl").rows) == years
    assert len(charts.cash_flow_table(assessment, "nl").rows) == years
    assert len(charts.tornado_table(assessment, "nl").rows) == len(assessment.swings)


def test_the_table_of_the_cash_flow_adds_up_to_the_net_present_value(assessment: Assessment):
    last = charts.cash_flow_table(assessment, "en").rows[-1]

    assert plain_text(last.cells[-1]) == f"{assessment.results['npv_eur'] / 1e6:,.1f}"


def test_a_variant_that_cannot_be_judged_keeps_its_row(
    assessment: Assessment, variants: dict[str, Assessment]
):
    table = charts.variants_table(assessment, variants, "en")
    svg = charts.as_svg(charts.variants(assessment, variants, "en", width=NARROW))

    assert variants["levy_2026"].results["npv_eur"] is None
    assert plain_text(table.rows[-1].cells[1]) == "cannot be judged"
    assert ">cannot be judged<" in svg
