# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of risk: what stands in the SVG, in the table beside it and in the sentence above it."""

import math
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import (
    Block,
    Facts,
    Paragraph,
    Picture,
    Report,
    Section,
    Table,
    plain_text,
)
from maatwerkbank.letter.chart_style import DOCUMENT, NARROW, WIDE, as_svg
from maatwerkbank.letter.page import html_page
from maatwerkbank.letter.risk_charts import (
    Abatement,
    Discovery,
    Exceedance,
    Fan,
    InputSwing,
    Interval,
    Limit,
    Measure,
    Part,
    Portfolio,
    Regrets,
    UnderTwoLaws,
    abatement_cost,
    discovery,
    exceedance,
    fan,
    frontier,
    regret_table,
    tornado,
    two_laws,
    waterfall,
)
from maatwerkbank.letter.risk_measures import apart, room_for

SVG = "{http://www.w3.org/2000/svg}"
NAN = math.nan
UNKNOWN = Interval(NAN, NAN, NAN)
NPV = Measure("Net present value", "EUR", "the net present value")
TONNES = Measure("CVaR of the shortfall", "t")
YEARS = [2030, 2031, 2032]
PRICES = np.array(
    [[60.0, 55, 50], [70.0, 72, 74], [80.0, 85, 90], [95.0, 105, 115], [110.0, 130, 150]]
)


def _fan(language: Language = "en", quantiles: Any = PRICES, draws: int = 1000) -> list[Block]:
    return fan(Fan(Measure("EUA price", "EUR/t"), YEARS, quantiles, draws), language)


def _exceedance(language: Language = "en", **changed: Any) -> list[Block]:
    given: dict[str, Any] = {
        "values": np.array([-100e6, 0.0, 100e6]),
        "at_least": np.array([1.0, 0.4, 0.0]),
        "draws": 1000,
        "reached": 0.4,
        "shortfall": -95e6,
        **changed,
    }
    return exceedance(Exceedance(NPV, **given), language)


SWINGS = [
    InputSwing("Gas price", -40e6, -10e6, -15e6, 15e6),
    InputSwing("EUA price", -80e6, 50e6, -60e6, 60e6),
    InputSwing("Delay", -30e6, -60e6, -2e6, -30e6),
    InputSwing("Not known", NAN, 1e6, 0.0, 0.0),
]


def _tornado(language: Language = "en", swings: Any = SWINGS) -> list[Block]:
    return tornado(NPV, -20e6, swings, language)


PARTS = [
    Part("Investment", Interval(-120e6, -100e6, -90e6)),
    Part("Allowances saved", Interval(20e6, 70e6, 130e6)),
    Part("Awarded", Interval(9e6, 10e6, 11e6), is_support=True),
]


def _waterfall(language: Language = "en") -> list[Block]:
    return waterfall(PARTS, Interval(-80e6, -20e6, 45e6), language)


LIMITS = [
    Limit("EUA price", 40, 200, 40, 92, "EUR/t", 0.0001),
    Limit("Delay", 0, 6, 1, 5, "year", None),
    Limit("Overrun", 0.8, 1.8, 1.15, 1.8),
]


def _discovery(language: Language = "en", **changed: Any) -> list[Block]:
    given: dict[str, Any] = {
        "interest": "the net present value is below zero",
        "coverage": np.array([1.0, 0.9, 0.7]),
        "density": np.array([0.31, 0.5, 0.78]),
        "mass": np.array([1.0, 0.56, 0.28]),
        "restricted": [0, 1, 3],
        "chosen": 2,
        "limits": LIMITS,
        "draws": 1000,
        **changed,
    }
    return discovery(Discovery(**given), language)


CASES = [
    Abatement("Dear", 100e3, Interval(150, 200, 290)),
    Abatement("Cheap", 300e3, Interval(-60, -40, -10)),
    Abatement("Between", 600e3, Interval(20, 50, 90)),
]


def _abatement(language: Language = "en", cases: Any = CASES) -> list[Block]:
    return abatement_cost(cases, language)


LAWS = ("Law as known", "Levy abolished")
FIRMS = [
    UnderTwoLaws("Small", Interval(-20e6, -10e6, 0), Interval(-18e6, -5e6, 2e6)),
    UnderTwoLaws("Large", Interval(10e6, 50e6, 90e6), Interval(-60e6, -30e6, 5e6)),
]


def _laws(language: Language = "en", firms: Any = FIRMS) -> list[Block]:
    return two_laws(NPV, LAWS, firms, language)


POINTS = [
    Portfolio("λ = 0", 9.1e6, 3.2e6),
    Portfolio("λ = 0.5", 7.6e6, 1.5e6),
    Portfolio("λ = 2", 4.8e6, 0.7e6),
]
GREEDY = Portfolio("greedy", 6.9e6, 2.1e6)


def _frontier(language: Language = "en", points: Any = POINTS, greedy: Any = GREEDY) -> list[Block]:
    return frontier(TONNES, points, 1, language, greedy=greedy)


def _regret(language: Language = "en", regret: Any = ((0, 30e6), (20e6, 0))) -> list[Block]:
    return regret_table(
        Regrets(NPV, ["Levy", "No levy"], ["low", "high"], np.asarray(regret, dtype=float)),
        language,
    )


DRAWN = [
    _fan,
    _exceedance,
    _tornado,
    _waterfall,
    _discovery,
    _abatement,
    _laws,
    _frontier,
]


def _pictures(blocks: list[Block]) -> list[Picture]:
    return [block for block in blocks if isinstance(block, Picture)]


def _tables(blocks: list[Block]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def _said(blocks: list[Block]) -> str:
    """The sentences, each space an ordinary one."""
    said = (plain_text(block.text) for block in blocks if isinstance(block, Paragraph))
    return " ".join(said).replace("\N{NO-BREAK SPACE}", " ")


def _svg(blocks: list[Block], width: int = WIDE, n: int = 0) -> ET.Element:
    return ET.fromstring(as_svg(_pictures(blocks)[n].draw(width), mark="one"))  # noqa: S314


def _texts(blocks: list[Block], width: int = WIDE, n: int = 0) -> list[str]:
    found = ["".join(each.itertext()) for each in _svg(blocks, width, n).iter(f"{SVG}text")]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


def _marks(blocks: list[Block], n: int = 0) -> str:
    """What the marks of the picture tell to who cannot see them."""
    return "\n".join(each.get("aria-label", "") for each in _svg(blocks, n=n).iter())


def _cells(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row.cells] for row in table.rows]


# ── every picture ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_has_a_sentence_a_title_a_description_and_a_table(
    drawn: Callable[..., list[Block]], language: Language
):
    blocks = drawn(language)
    picture = _pictures(blocks)[-1]
    svg = _svg(blocks, n=len(_pictures(blocks)) - 1)

    assert isinstance(blocks[0], Paragraph)
    assert svg.get("aria-labelledby") == "one-title one-description"
    assert svg.findtext(f"{SVG}title") == picture.title
    assert plain_text(blocks[0].text) in str(svg.findtext(f"{SVG}desc"))
    assert len(picture.table.rows) >= 2


@pytest.mark.parametrize("width", [WIDE, DOCUMENT, NARROW])
@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_is_as_wide_as_was_asked(drawn: Callable[..., list[Block]], width: int):
    svg = _svg(drawn(), width)

    assert abs(float(svg.get("width", "0")) - width) <= 2


@pytest.mark.parametrize("drawn", DRAWN)
def test_nothing_in_a_picture_is_not_a_number(drawn: Callable[..., list[Block]]):
    svg = as_svg(_pictures(drawn())[0].draw(WIDE))

    assert "NaN" not in svg
    assert "undefined" not in svg
    assert "null" not in svg


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_picture_tells_no_number_with_more_figures_than_can_be_heard(
    drawn: Callable[..., list[Block]],
):
    told = " ".join(_marks(drawn(), n) for n in range(len(_pictures(drawn()))))

    assert re.findall(r"[0-9]\.[0-9]{6,}", told) == []


def test_all_pictures_stand_on_one_page_without_a_name_in_common():
    sections = tuple(
        Section(f"s{n}", "Risk", tuple(drawn())) for n, drawn in enumerate([*DRAWN, _regret])
    )

    names = re.findall(r'\bid="([^"]+)"', html_page(_report(sections)))

    assert len(names) > 50
    assert len(names) == len(set(names))


def _report(sections: tuple[Section, ...]) -> Report:
    return Report("en", "kicker", "title", "", "", Facts(()), sections, "2025-06-30", "receipt")


# ── fan ───────────────────────────────────────────────────────────────────────────────────────


def test_a_fan_tells_its_last_year_in_words_labels_and_table():
    blocks = _fan()

    assert _said(blocks) == (
        "In 2032, EUA price lies between €50 per tonne and €150 per tonne in 90% of 1,000 draws; "
        "the median is €90 per tonne."
    )
    assert {"P5 50", "P25 74", "P50 90", "P75 115", "P95 150"} <= set(_texts(blocks))
    assert _cells(_pictures(blocks)[0].table)[-1] == [
        "2032",
        "50.0",
        "74.0",
        "90.0",
        "115.0",
        "150.0",
    ]


def test_a_fan_is_written_in_dutch():
    blocks = _fan("nl", PRICES * 1.005)

    assert "tussen € 50 per ton en € 151 per ton" in _said(blocks).replace(" ", " ")
    assert _cells(_pictures(blocks)[0].table)[0][1] == "60,3"


def test_a_year_that_cannot_be_judged_breaks_the_bands():
    broken = PRICES.copy()
    broken[:, 1] = NAN

    blocks = _fan(quantiles=broken)
    rows = _pictures(blocks)[0].draw(WIDE).to_dict()["layer"][0]["data"]["values"]

    assert [(row["year"], row["run"]) for row in rows] == [(2030, 0), (2032, 1)]
    assert _cells(_pictures(blocks)[0].table)[1] == ["2031", *["n/j"] * 5]
    assert _pictures(blocks)[0].table.caption.endswith("n/j cannot be judged")


def test_a_fan_without_a_draw_is_a_sentence():
    assert _fan(draws=0) == _fan(quantiles=np.full((5, 3), NAN))
    assert _pictures(_fan(draws=0)) == []
    assert _said(_fan(draws=0)) == "Not drawn: no draw of EUA price can be judged."


def test_a_fan_of_one_value_is_a_sentence_and_a_table():
    blocks = _fan(quantiles=np.full((5, 3), 80.0))

    assert _pictures(blocks) == []
    assert "is the same in every draw" in _said(blocks)
    assert _cells(_tables(blocks)[0])[0] == ["2030", *["80.0"] * 5]


def test_a_fan_of_one_year_is_a_sentence_and_a_table():
    blocks = fan(Fan(Measure("EUA price", "EUR/t"), [2030], PRICES[:, :1], 9), "en")

    assert _pictures(blocks) == []
    assert _said(blocks).startswith("In 2030, EUA price lies between €60 per tonne")
    assert len(_tables(blocks)) == 1


def test_a_fan_with_too_few_quantiles_is_refused():
    with pytest.raises(ShapeError, match="quantiles 5, bands 4"):
        _fan(quantiles=PRICES[:4])


# ── exceedance ────────────────────────────────────────────────────────────────────────────────


def test_an_exceedance_curve_marks_nought_and_the_worst_draws():
    blocks = _exceedance()
    texts = _texts(blocks)

    assert _said(blocks) == (
        "The chance that the net present value is zero or more is 40%. Over 1,000 draws the median "
        "of the net present value is −€16.7 million. In the worst 5% the mean is "
        "−€95 million."
    )
    assert "40% chance of at least zero" in texts
    assert "worst 5%, mean −€95 million" in texts
    assert ["50%", "−16.7"] in _cells(_pictures(blocks)[0].table)
    assert _cells(_pictures(blocks)[0].table)[-1] == ["Mean of the worst 5%", "−95.0"]


def test_the_marks_of_an_exceedance_curve_stand_where_their_numbers_are():
    spec = _pictures(_exceedance())[0].draw(WIDE).to_dict()
    rules = [layer["data"]["values"] for layer in spec["layer"] if layer["mark"]["type"] == "rule"]

    assert rules == [[{"x": 0.0}], [{"x": -95.0}]]


def test_a_promise_may_take_the_place_of_nought():
    promised = Exceedance(
        Measure("Additional tonnes", "t"),
        np.array([100e3, 300e3]),
        np.array([1.0, 0.0]),
        500,
        threshold=250e3,
        reached=0.25,
    )

    blocks = exceedance(promised, "en")

    assert "The chance that additional tonnes is at least 250 kt is 25%." in _said(blocks)
    assert "25% chance of at least 250 kt" in _texts(blocks)


def test_draws_that_cannot_be_judged_are_told():
    assert "12 cannot be judged" in _said(_exceedance(unjudged=12))


def test_an_outcome_that_is_the_same_in_every_draw_is_not_drawn():
    blocks = _exceedance(values=np.full(3, 5e6))

    assert _pictures(blocks) == []
    assert "is the same in every draw, namely €5 million" in _said(blocks)


def test_no_draws_make_no_curve():
    assert _pictures(_exceedance(draws=0)) == []
    assert _pictures(_exceedance(values=np.full(3, NAN))) == []
    assert "no draw of the net present value" in _said(_exceedance(draws=0))


# ── tornado ───────────────────────────────────────────────────────────────────────────────────


def test_a_tornado_labels_both_ends_with_quantile_and_value():
    texts = _texts(_tornado())

    assert {"P10 −80.0", "P90 50.0", "P10 −40.0", "P90 −10.0"} <= set(texts)
    assert "Narrow bar: linear part" in texts


def test_a_tornado_sets_the_widest_on_top_and_keeps_all_in_the_table():
    blocks = _tornado()
    spec = _pictures(blocks)[0].draw(WIDE).to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")

    assert bars["encoding"]["y"]["sort"] == ["EUA price", "Delay", "Gas price"]
    assert _cells(_pictures(blocks)[0].table) == [
        ["EUA price", "−80.0", "50.0", "130.0", "120.0"],
        ["Delay", "−30.0", "−60.0", "−30.0", "−28.0"],
        ["Gas price", "−40.0", "−10.0", "30.0", "30.0"],
        ["Not known", "n/j", "1.0", "n/j", "0.0"],
    ]


def test_the_linear_part_lies_inside_the_bar_from_the_centre():
    blocks = _tornado()
    spec = _pictures(blocks)[0].draw(WIDE).to_dict()
    bars = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    rows = [row for layer in bars for row in layer["data"]["values"] if row["item"] == "EUA price"]

    assert {(row["centre"], row["value"], row["linear"]) for row in rows} == {
        (-20, -80, -80),
        (-20, 50, 40),
    }
    assert "centre: −20; item: EUA price; linear: 40" in _marks(blocks)
    assert "Of that change of €130 million, €120 million is linear" in _said(blocks)


def test_an_input_that_moves_the_outcome_one_way_has_two_lanes():
    spec = _pictures(_tornado())[0].draw(WIDE).to_dict()
    lanes = {
        layer["mark"].get("yOffset"): {row["item"] for row in layer["data"]["values"]}
        for layer in spec["layer"]
        if layer["mark"]["type"] == "bar"
    }

    assert lanes == {-7: {"Delay"}, 0: {"EUA price", "Gas price"}, 7: {"Delay"}}


def test_inputs_that_change_nothing_make_a_sentence():
    still = [InputSwing("Gas price", -20e6, -20e6, 0.0, 0.0)]

    assert _pictures(_tornado(swings=still)) == []
    assert "no uncertainty changes the net present value" in _said(_tornado(swings=still))
    assert "cannot be judged" in _said(_tornado(swings=SWINGS[-1:]))
    assert "cannot be judged" in _said(_tornado(swings=[]))


# ── waterfall ─────────────────────────────────────────────────────────────────────────────────


def test_a_whisker_stands_at_the_end_of_its_bar():
    spec = _pictures(_waterfall())[0].draw(WIDE).to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    rows = {row["item"]: row for row in bars["data"]["values"]}

    assert (rows["Allowances saved"]["start"], rows["Allowances saved"]["end"]) == (-100, -30)
    assert (rows["Allowances saved"]["low"], rows["Allowances saved"]["high"]) == (-80, 30)
    assert (rows["Net present value"]["low"], rows["Net present value"]["high"]) == (-80, 45)
    assert rows["Awarded"]["kind"] == "Awarded support"


def test_the_table_of_a_waterfall_gives_mean_and_range():
    blocks = _waterfall()

    assert _cells(_pictures(blocks)[0].table)[-1] == ["Net present value", "−80.0", "−20.0", "45.0"]
    assert 'widest spread is "Allowances saved"' in _said(blocks)
    assert "low: −80; item: Allowances saved; high: 30" in _marks(blocks)


def test_means_that_do_not_add_up_are_refused():
    with pytest.raises(ShapeError, match="add up"):
        waterfall(PARTS, Interval(-80e6, -10e6, 45e6), "en")


def test_an_item_that_cannot_be_judged_stops_the_waterfall():
    blocks = waterfall([*PARTS, Part("Tax", UNKNOWN)], Interval(-80e6, -20e6, 45e6), "en")

    assert _pictures(blocks) == []
    assert "Tax cannot be judged" in _said(blocks)
    assert ["Tax", "n/j", "n/j", "n/j"] in _cells(_tables(blocks)[0])


def test_a_value_that_cannot_be_judged_is_no_waterfall():
    assert _said(waterfall(PARTS, UNKNOWN, "nl")).startswith("Niet getekend")
    assert _pictures(waterfall([], Interval(0, 0, 0), "nl")) == []


# ── where a case fails ────────────────────────────────────────────────────────────────────────


def test_a_box_is_told_in_words():
    assert _said(_discovery()) == (
        "In 31% of 1,000 draws the net present value is below zero. In the box with EUA price at "
        "most 92 euro per tonne, delay 1 to 5 years and overrun at least 1.15 that "
        "is 78% (density); the box holds 70% of those draws (coverage)."
    )


def test_the_range_of_each_input_lies_on_a_scale_of_its_own():
    spec = _pictures(_discovery())[1].draw(WIDE).to_dict()
    rows = spec["layer"][1]["data"]["values"]

    assert [(row["low"], row["high"]) for row in rows] == [
        (pytest.approx(0), pytest.approx(0.325)),
        (0.16667, 0.83333),
        (pytest.approx(0.35), pytest.approx(1)),
    ]
    assert {"1 to 5 years", "at least 1.15"} <= set(_texts(_discovery(), n=1))


def test_the_chosen_box_is_told_by_word_in_picture_and_table():
    blocks = _discovery()

    assert "chosen, 3 limits" in _texts(blocks)
    assert _cells(_pictures(blocks)[0].table) == [
        ["1", "0", "100%", "31%", "100%"],
        ["2", "1", "90%", "50%", "56%"],
        ["3 (chosen)", "3", "70%", "78%", "28%"],
    ]
    assert _cells(_pictures(blocks)[1].table)[0][-1] == "less than 0.1%"
    assert _cells(_pictures(blocks)[1].table)[1][-1] == "not stated"


def test_a_box_without_limits_or_without_failures_is_a_sentence():
    nothing = np.full(3, NAN)

    assert _pictures(_discovery(limits=[])) == []
    assert "Over all draws that is 31%" in _said(_discovery(limits=[]))
    assert "no draw can be judged" in _said(_discovery(coverage=nothing))


def test_limits_outside_what_was_drawn_are_refused():
    with pytest.raises(ShapeError, match="do not lie within"):
        Limit("EUA price", 40, 200, 30, 92)


# ── abatement cost ────────────────────────────────────────────────────────────────────────────


def test_bars_of_the_cost_curve_are_as_wide_as_the_tonnes_and_follow_one_another():
    spec = _pictures(_abatement())[0].draw(WIDE).to_dict()
    rows = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "rect")["data"][
        "values"
    ]

    assert [(row["name"], row["start"], row["end"], row["cost"]) for row in rows] == [
        ("1. Cheap", 0, 300, -40),
        ("2. Between", 300, 900, 50),
        ("3. Dear", 900, 1000, 200),
    ]
    assert [(row["low"], row["high"]) for row in rows] == [(-60, -10), (20, 90), (150, 290)]


def test_every_bar_of_the_cost_curve_has_a_number_and_a_name():
    texts = _texts(_abatement())

    assert {"1", "2", "3", "1. Cheap", "2. Between", "3. Dear"} <= set(texts)


def test_the_cost_curve_is_told_and_tabled():
    blocks = _abatement()

    assert "half of the tonnes lie in plans of at most €50 per tonne" in _said(blocks)
    assert _cells(_pictures(blocks)[0].table)[1] == [
        "2. Between",
        "600.0",
        "900.0",
        "20.0",
        "50.0",
        "90.0",
    ]


def test_many_narrow_bars_leave_room_between_the_numbers_that_are_shown():
    many = [Abatement(f"Plan {n}", 10e3 + n, Interval(n, n, n)) for n in range(60)]
    many.append(Abatement("Wide", 5e6, Interval(99, 99, 99)))

    spec = _pictures(_abatement(cases=many))[0].draw(NARROW).to_dict()
    places = [row["x"] for row in spec["layer"][0]["data"]["values"]]
    pixels = np.diff(places) / 5601.77 * (NARROW - 62)

    assert 3 <= len(places) < 20
    assert pixels.min() >= 16.9


def test_one_plan_and_no_plan_are_sentences():
    one = _abatement(cases=[*CASES[:1], Abatement("Nothing", 0.0, Interval(1, 2, 3))])

    assert _pictures(one) == []
    assert "there is one plan, Dear. It saves 100 kt at €200 per tonne" in _said(one)
    assert "Nothing" in _said(one)
    assert len(_tables(one)) == 1
    assert "of no plan" in _said(_abatement(cases=[]))


# ── two laws ──────────────────────────────────────────────────────────────────────────────────


def test_two_laws_stand_side_by_side_for_each_firm_the_widest_change_first():
    blocks = _laws()
    texts = _texts(blocks)

    assert {"50.0 → −30.0", "−10.0 → −5.0", *LAWS} <= set(texts)
    assert _cells(_pictures(blocks)[0].table)[0] == [
        "Large",
        *("10.0", "50.0", "90.0"),
        *("−60.0", "−30.0", "5.0"),
        "−80.0",
    ]
    assert "for 1 and lower for 1 of 2 firms" in _said(blocks)


def test_the_laws_differ_in_shape_and_not_only_in_colour():
    spec = _pictures(_laws())[0].draw(WIDE).to_dict()
    dots = [layer for layer in spec["layer"] if layer["mark"]["type"] == "point"]

    assert dots[0]["encoding"]["shape"]["scale"]["range"] == ["circle", "diamond"]
    assert [dot["mark"]["yOffset"] for dot in dots] == [-7, 7]


def test_a_firm_that_cannot_be_judged_keeps_its_row():
    blocks = _laws(firms=[*FIRMS, UnderTwoLaws("Hidden", UNKNOWN, Interval(1e6, 2e6, 3e6))])

    assert "Hidden" not in " ".join(_texts(blocks))
    assert _cells(_pictures(blocks)[0].table)[-1] == [
        "Hidden",
        *["n/j"] * 3,
        "1.0",
        "2.0",
        "3.0",
        "n/j",
    ]
    assert _said(blocks).endswith("because one of the two cannot be judged: Hidden.")


def test_laws_without_a_firm_or_without_a_difference_are_told():
    same = [UnderTwoLaws("One", FIRMS[0].first, FIRMS[0].first)]

    assert _pictures(_laws(firms=[])) == []
    assert "is the same under" in _said(_laws(firms=same))
    assert len(_pictures(_laws(firms=same))) == 1


def test_quantiles_the_wrong_way_round_are_refused():
    with pytest.raises(ShapeError, match="lies above"):
        Interval(2, 1, 0)


# ── frontier ──────────────────────────────────────────────────────────────────────────────────


def test_the_chosen_and_the_greedy_portfolio_are_named_in_the_picture():
    blocks = _frontier()
    texts = _texts(blocks)

    assert {"Chosen: λ = 0.5", "Lowest euro per tonne first", "λ = 0", "λ = 2"} <= set(texts)
    assert "yield 7.6 Mt" in _said(blocks)
    assert "first yields 6.9 Mt at a risk of 2.1 Mt" in _said(blocks)
    assert _cells(_pictures(blocks)[0].table) == [
        ["λ = 0", "9,100.0", "3,200.0"],
        ["λ = 0.5 (chosen)", "7,600.0", "1,500.0"],
        ["λ = 2", "4,800.0", "700.0"],
        ["Lowest euro per tonne first", "6,900.0", "2,100.0"],
    ]


def test_the_points_of_the_frontier_stand_at_their_risk_and_tonnes():
    marks = _marks(_frontier(greedy=None))

    assert "x: 700; y: 4,800\nx: 1,500; y: 7,600\nx: 3,200; y: 9,100" in marks


def test_a_frontier_of_one_portfolio_is_a_sentence_and_a_table():
    blocks = _frontier(points=[POINTS[0], POINTS[0]])

    assert _pictures(blocks) == []
    assert "leads to the same portfolio" in _said(blocks)
    assert len(_tables(blocks)) == 1


def test_a_chosen_portfolio_that_cannot_be_judged_is_told():
    unknown = [POINTS[0], Portfolio("λ = 1", NAN, 1.0)]

    assert "cannot be judged" in _said(_frontier(points=unknown))
    assert _pictures(_frontier(points=unknown)) == []


# ── regret ────────────────────────────────────────────────────────────────────────────────────


def test_the_best_of_each_column_and_the_smallest_regret_are_told_by_word():
    blocks = _regret()

    assert _cells(_tables(blocks)[0]) == [
        ["No levy", "20.0", "0.0 (best)", "20.0 (smallest)"],
        ["Levy", "0.0 (best)", "30.0", "30.0"],
    ]
    assert 'with "No levy" the largest regret stays smallest, at most €20' in _said(blocks)


def test_a_policy_with_an_unknown_regret_has_no_largest_one():
    blocks = _regret(regret=((NAN, 0), (20e6, 5e6)))

    assert _cells(_tables(blocks)[0])[-1] == ["Levy", "n/j", "0.0 (best)", "n/j"]
    assert 'with "No levy"' in _said(blocks)


def test_regrets_that_are_all_unknown_or_all_nil_are_told():
    assert _tables(_regret(regret=((NAN, NAN), (NAN, NAN)))) == []
    assert "nothing to regret" in _said(_regret(regret=((0, 0), (0, 0))))
    assert "Of no policy" in _said(_regret(regret=((NAN, 0), (0, NAN))))


# ── labels ────────────────────────────────────────────────────────────────────────────────────


def test_labels_keep_their_order_and_their_distance():
    found = apart([10, 11, 12, 80, 99], 15, 100)

    assert np.diff(found).min() >= 15 - 1e-9
    assert min(found) >= 0
    assert max(found) <= 100


def test_an_axis_holds_the_labels_beside_its_marks():
    low, high = room_for([0, 100], 500, left=[(0, "a label")], right=[(100, "another label")])
    per_pixel = (high - low) / 500

    assert (0 - low) / per_pixel >= 7 * 6.8
    assert (high - 100) / per_pixel >= 13 * 6.8
