# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of countries: complete, cited, and each figure for the year that it names."""

import math

import pytest

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.countries import country_file, country_names
from maatwerkbank.parameters.files import law_sha256
from maatwerkbank.sources.figure import Absent, Figure
from maatwerkbank.sources.register import load_sources

FACTORS = ("electricity", "electricity_bill", "grid", "levy", "tax")


def stated():
    """Country, factor and figure of everything that a source gives."""
    for name in country_names():
        country = country_file(name)
        for factor in FACTORS:
            yield name, factor, getattr(country, factor)
        if not isinstance(country.support, Absent):
            yield name, "support", country.support.share
            yield name, "support", country.support.share_with_storage
            yield name, "support", country.support.maximum


FIGURES = [(name, factor, f) for name, factor, f in stated() if not isinstance(f, Absent)]
RATIOS = [(name, factor, f) for name, factor, f in FIGURES if isinstance(f, Figure)]


def test_the_shipped_countries():
    assert country_names() == ("be_flanders", "de", "es", "fr", "se")


def test_an_unknown_country_is_refused_with_all_names():
    with pytest.raises(ParameterError) as unknown:
        country_file("nl")

    assert unknown.value.remedy == "choose from: be_flanders, de, es, fr, se"


def test_every_figure_cites_a_known_source_and_says_where_and_how_it_was_seen():
    wrong = [
        (name, factor)
        for name, factor, figure in FIGURES
        if figure.source not in load_sources() or not figure.place or not figure.seen
    ]

    assert wrong == []


def test_every_figure_holds_for_a_year_that_was_over_or_running_at_the_letter():
    assert [(name, factor) for name, factor, f in FIGURES if not 2019 <= f.holds_for <= 2025] == []


def test_ratios_and_rates_lie_between_nil_and_a_little_above_the_dutch_level():
    ends = [
        figure.scalar(pick)
        for _, factor, figure in RATIOS
        if figure.kind == "1"
        for pick in ("low", "high")
    ]

    assert min(ends) == 0
    assert max(ends) == 1.02


@pytest.mark.parametrize(
    ("country", "price", "ratio"), [("de", 78.51, 1.02), ("fr", 58, 0.753), ("es", 63.04, 0.819)]
)
def test_the_price_of_power_is_the_mean_of_2024_over_that_of_the_dutch_price_set(
    country, price, ratio
):
    figure = country_file(country).electricity

    assert figure.value == ratio
    assert math.isclose(price / 77, ratio, abs_tol=0.0005)


@pytest.mark.parametrize(("country", "lower"), [("de", 0.52), ("be_flanders", 0.41)])
def test_the_bill_is_so_much_lower_with_compensation_and_15_per_cent_without(country, lower):
    bill = country_file(country).electricity_bill

    assert math.isclose(bill.range.low, 1 - lower)
    assert bill.range.high == 0.85
    assert not bill.has_centre


def test_what_no_source_gives_is_absent_with_the_reason_and_who_to_ask():
    grid = country_file("es").grid

    assert isinstance(grid, Absent)
    assert grid.why.nl.startswith("Een vergelijking van de netkosten")
    assert grid.ask.en == "CNMC or ACER"


def test_the_receipt_of_the_law_covers_the_countries(monkeypatch, tmp_path):
    from maatwerkbank.parameters import files

    before = law_sha256()
    folder = files.folder_of

    def elsewhere(kind):
        return tmp_path if kind == "countries" else folder(kind)

    monkeypatch.setattr(files, "folder_of", elsewhere)
    after = law_sha256.__wrapped__()

    assert before != after
