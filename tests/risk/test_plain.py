# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a delay moves and what it leaves in its year; what a multiple makes of a figure."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.frame import PricePaths
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import read_case
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.risk.plain import drawn_outcome, late, multiplied
from maatwerkbank.sources.figure import Figure

EXAMPLE = Path(__file__).parents[1] / "example_case.yaml"
LAW = Law(date(2025, 6, 30), outlook="hold")
PLAN = {"source": "voorbeeld-plan"}


@pytest.fixture(scope="module")
def case() -> Case:
    """A case with two projects: capture from 2029, an electric boiler from 2028."""
    return read_case(EXAMPLE).case


@pytest.fixture
def read_with(tmp_path):
    """The same case with some changes to its file."""

    def read(change) -> Case:
        content = yaml.safe_load(EXAMPLE.read_text("utf-8"))
        change(content)
        path = tmp_path / "changed.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return read_case(path).case

    return read


def figure_at(case: Case, place: str) -> Figure:
    return next(figure for path, figure in figures(case) if place_text(path) == place)


def outcome_of(case: Case, **drawn):
    return drawn_outcome(case, LAW, **{"multipliers": {}, "years_late": {}, **drawn})


def lines_of(outcome):
    """Every bit of every line of the cash flow; a line that is not known is NaN on both sides."""
    return {
        item.id: (item.without.tobytes(), item.with_projects.tobytes(), item.difference.tobytes())
        for item in outcome.items
    }


# ── nothing drawn ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("years_late", [{}, {"afvang": 0}, {"afvang": 0, "elektrische-ketel": 0}])
def test_without_delay_the_case_is_the_same(case, years_late):
    assert late(case, years_late) == case


def test_without_multiples_the_case_is_the_same(case):
    assert multiplied(case, {}) == case


def test_a_draw_of_nothing_has_the_outcome_of_the_plan_to_the_last_bit(case):
    drawn, planned = outcome_of(case), evaluate(case, LAW)

    assert lines_of(drawn) == lines_of(planned)
    assert drawn.npv == planned.npv


def test_years_that_are_only_added_at_the_end_move_nothing(case):
    longer = late(case, {}, until=2050)

    assert longer.last_year == 2050
    assert longer.model_copy(update={"last_year": 2043}).projects == case.projects
    assert longer.awards == case.awards
    assert longer.counterfactual == case.counterfactual


def test_the_case_that_was_handed_in_is_left_as_it_was(case):
    before = case.model_dump_json()

    multiplied(late(case, {"afvang": 3, "elektrische-ketel": 1}), {"projects[0].capex": 2.0})

    assert case.model_dump_json() == before


# ── what a delay moves ────────────────────────────────────────────────────────────────────────


def test_investment_operation_replacement_and_payments_come_so_many_years_later(case):
    moved = late(case, {"afvang": 2})

    capture = moved.projects[0]
    assert capture.first_year == 2031
    assert capture.capex_by_year == {2028: 0.2, 2029: 0.4, 2030: 0.4}
    assert [part.year for part in capture.replacements] == [2039]
    assert moved.awards[0].paid_by_year == {2029: 0.5, 2030: 0.5}
    assert (capture.lifetime_years, capture.depreciation_years) == (15, 15)


def test_the_other_project_stays_in_its_years(case):
    moved = late(case, {"afvang": 2})

    assert moved.projects[1] == case.projects[1]


def test_an_award_to_another_project_stays_in_its_years(case):
    moved = late(case, {"elektrische-ketel": 3})

    assert moved.projects[1].first_year == 2031
    assert moved.projects[0] == late(case, {}, until=2046).projects[0]
    assert moved.awards == case.awards


def test_the_case_lasts_longer_by_the_longest_delay(case):
    moved = late(case, {"afvang": 2, "elektrische-ketel": 5})

    assert moved.last_year == 2048
    assert moved.valuation_year == 2025


def test_a_late_plant_still_works_all_the_years_that_were_planned(case):
    outcome = outcome_of(case, years_late={"afvang": 3})

    # Only the capture stores biogenic CO2: 20 kt a year, 15 years from 2032 on.
    assert outcome.removal.tolist() == [0.0] * 7 + [20_000.0] * 15
    assert outcome.years[-1] == 2046


def test_the_last_year_may_be_named_so_that_draws_have_as_many_years(case):
    moved = late(case, {"afvang": 2}, until=2050)

    assert moved.last_year == 2050
    assert moved.projects[0].first_year == 2031


@pytest.mark.parametrize(
    ("years_late", "expected"),
    [({}, 253_000.0), ({"afvang": 1}, 253_000.0), ({"afvang": 2}, -7_000.0)],
)
def test_tonnes_of_a_late_project_may_miss_2030(case, years_late, expected):
    # 260 kt of capture and 15 kt of the boiler, less the 22 kt that would be saved anyway.
    outcome = outcome_of(case, years_late=years_late)

    assert outcome.in_year(outcome.gross) == pytest.approx(expected, rel=1e-12)


def test_a_case_that_was_written_later_by_hand_has_the_same_outcome(case, read_with):
    def two_years_later(content):
        capture = content["projects"][0]
        content["last_year"] = 2045
        capture["first_year"] = 2031
        capture["capex_by_year"] = {2028: 0.2, 2029: 0.4, 2030: 0.4}
        capture["replacements"][0]["year"] = 2039
        capture["schemes"]["eligible_electricity"]["by_year"] = {2031: 60, 2045: 60}
        content["awards"][0]["paid_by_year"] = {2029: 0.5, 2030: 0.5}

    by_hand = read_with(two_years_later)

    assert late(case, {"afvang": 2}).projects[0] == by_hand.projects[0]
    assert lines_of(outcome_of(case, years_late={"afvang": 2})) == lines_of(evaluate(by_hand, LAW))


ELIGIBLE = "projects[0].schemes.eligible_electricity"


def test_two_delays_one_after_the_other_are_their_sum(case):
    assert late(late(case, {"afvang": 1}), {"afvang": 2}) == late(case, {"afvang": 3})


def test_a_delay_and_a_multiple_may_come_in_either_order(case):
    factors = {"projects[0].capex": 1.3, ELIGIBLE: 0.9}

    assert multiplied(late(case, {"afvang": 2}), factors) == late(
        multiplied(case, factors), {"afvang": 2}
    )


def test_an_agreed_grant_of_a_shipped_case_is_paid_later():
    nobian = load_case("nobian").case

    moved = late(nobian, {"electrification": 1})

    assert moved.awards[0].paid_by_year == {2026: 0.2, 2027: 0.2, 2028: 0.2, 2029: 0.2, 2030: 0.2}


# ── yearly series ─────────────────────────────────────────────────────────────────────────────

POWER = "projects[0].energy.electricity"


def with_yearly_power(content):
    """Power of the capture by year: it grows in its first years."""
    content["projects"][0]["energy"]["electricity"] = {
        "by_year": {2025: 0, 2029: 100, 2030: {"low": 110, "high": 130}, 2043: 120},
        "unit": "GWh/year",
        **PLAN,
    }


def test_a_yearly_series_of_a_project_moves_along(read_with):
    moved = late(read_with(with_yearly_power), {"afvang": 2})

    power = figure_at(moved, POWER)
    assert list(power.by_year) == [2027, 2031, 2032, 2045]
    assert power.yearly(np.array([2031, 2032, 2045])).tolist() == [100e3, 120e3, 120e3]


def test_the_years_that_a_delay_adds_hold_the_ends_of_a_series(read_with):
    moved = late(read_with(with_yearly_power), {"afvang": 2})

    before_and_after = figure_at(moved, POWER).yearly(np.array([2025, 2026, 2046]))
    assert before_and_after.tolist() == [0.0, 0.0, 120e3]


@pytest.mark.parametrize(("beyond", "after"), [("hold", 120e3), ("zero", 0.0)])
def test_a_series_that_says_what_comes_beyond_its_years_keeps_to_that(read_with, beyond, after):
    def change(content):
        with_yearly_power(content)
        content["projects"][0]["energy"]["electricity"]["beyond"] = beyond

    moved = late(read_with(change), {"afvang": 2})

    assert figure_at(moved, POWER).beyond == beyond
    assert figure_at(moved, POWER).yearly(np.array([2046])).tolist() == [after]


def test_a_series_of_the_plant_without_the_project_stays_in_its_years(read_with):
    emissions = {"by_year": {2025: 610, 2035: 500, 2043: 480}, "unit": "kt/year", **PLAN}

    def change(content):
        content["installations"][0]["emissions"]["scope1"] = emissions

    moved = late(read_with(change), {"afvang": 2, "elektrische-ketel": 4})

    stated = figure_at(moved, "installations[0].emissions.scope1")
    assert stated.by_year == {2025: 610.0, 2035: 500.0, 2043: 480.0}
    assert stated.yearly(np.array([2035, 2047])).tolist() == [500e3, 480e3]


def test_a_price_of_a_project_stays_in_its_years_and_its_volume_moves(read_with):
    def change(content):
        premium = content["projects"][0]["premium"]
        premium["price"] = {"by_year": {2025: 90, 2035: 70, 2043: 60}, "unit": "EUR/t", **PLAN}
        premium["volume"] = {"by_year": {2025: 0, 2029: 400, 2043: 400}, "unit": "kt/year", **PLAN}

    moved = late(read_with(change), {"afvang": 2})

    price, volume = (figure_at(moved, f"projects[0].premium.{name}") for name in PREMIUM)
    assert list(price.by_year) == [2025, 2035, 2043]
    assert price.yearly(np.array([2034, 2035, 2045])).tolist() == [90.0, 70.0, 60.0]
    assert list(volume.by_year) == [2027, 2031, 2045]


PREMIUM = ("price", "volume")


# ── what stays in its year ────────────────────────────────────────────────────────────────────


def test_the_counterfactual_does_not_move(case):
    moved = late(case, {"afvang": 2, "elektrische-ketel": 2})

    assert moved.counterfactual == case.counterfactual
    assert moved.counterfactual[0].first_year == 2027


def test_without_the_projects_every_line_is_the_same_in_every_year_of_the_plan(case):
    planned, drawn = outcome_of(case), outcome_of(case, years_late={"afvang": 2})

    in_plan = {item.id: item.without[: len(planned.years)].tobytes() for item in drawn.items}
    assert in_plan == {item.id: item.without.tobytes() for item in planned.items}
    assert drawn.rights[: len(planned.years)].tolist() == planned.rights.tolist()
    assert drawn.eua[: len(planned.years)].tolist() == planned.eua.tolist()


@pytest.mark.parametrize(
    "line",
    [
        "fixed_opex",
        "variable_opex",
        "energy_electricity",
        "energy_tax_electricity",
        "co2_transport_storage",
        "product_premium",
    ],
)
def test_in_a_year_in_which_it_works_either_way_a_late_plant_costs_the_same(case, line):
    planned, drawn = outcome_of(case), outcome_of(case, years_late={"afvang": 2})

    in_2035 = planned.item(line).with_projects[10]
    assert in_2035 != planned.item(line).without[10]
    assert drawn.item(line).with_projects[10] == in_2035


def test_an_investment_in_money_of_a_year_is_dearer_when_it_comes_later(case):
    planned, drawn = outcome_of(case), outcome_of(case, years_late={"afvang": 2})

    # A fifth of 290 million of 2024 in 2026, or in 2028; the boiler takes 22 million in 2027.
    assert planned.item("capex").with_projects[1] == pytest.approx(
        -58e6 * (1 + LAW.inflation) ** 2, rel=1e-14
    )
    assert drawn.item("capex").with_projects[1:4].tolist() == pytest.approx(
        [0.0, -22e6 * (1 + LAW.inflation) ** 3, -58e6 * (1 + LAW.inflation) ** 4], rel=1e-14
    )


# ── deadlines of awards ───────────────────────────────────────────────────────────────────────


def with_grant_until(first_year, then):
    def change(content):
        content["awards"][0]["deadline"] = {"first_year": first_year, "then": then, **PLAN}

    return change


def with_yearly_aid_until(first_year, then):
    """Fifteen equal payments from 2029 on, to a plant that must work in `first_year`."""

    def change(content):
        award = content["awards"][0]
        award["form"] = "operating_aid"
        award["paid_by_year"] = dict.fromkeys(range(2029, 2044), 1 / 15)
        award["deadline"] = {"first_year": first_year, "then": then, **PLAN}

    return change


@pytest.mark.parametrize(("years_late", "paid"), [(1, {2028: 0.5, 2029: 0.5}), (2, {}), (5, {})])
def test_an_award_lapses_as_a_whole_when_its_plant_works_after_the_deadline(
    read_with, years_late, paid
):
    moved = late(read_with(with_grant_until(2030, "lapses")), {"afvang": years_late})

    assert moved.awards[0].paid_by_year == paid


@pytest.mark.parametrize(
    ("years_late", "first", "last"),
    [
        (1, 2030, 2044),  # in time: all fifteen payments
        (2, 2031, 2044),  # a year too late: fourteen
        (4, 2033, 2044),
        (15, 2044, 2044),
    ],
)
def test_an_award_is_shortened_by_the_years_that_its_plant_is_too_late(
    read_with, years_late, first, last
):
    moved = late(read_with(with_yearly_aid_until(2030, "shortened")), {"afvang": years_late})

    assert list(moved.awards[0].paid_by_year) == list(range(first, last + 1))
    assert set(moved.awards[0].paid_by_year.values()) == {1 / 15}


def test_of_a_shortened_award_nothing_is_left_after_its_last_year(read_with):
    moved = late(read_with(with_yearly_aid_until(2030, "shortened")), {"afvang": 16})

    assert moved.awards[0].paid_by_year == {}


def test_a_lapsed_award_pays_nothing_in_the_outcome(read_with):
    granted = read_with(with_grant_until(2030, "lapses"))

    in_time = outcome_of(granted, years_late={"afvang": 1})
    too_late = outcome_of(granted, years_late={"afvang": 2})

    assert in_time.item("support_maatwerk").difference.sum() == 90e6
    assert too_late.item("support_maatwerk").difference.sum() == 0.0
    assert too_late.npv == too_late.npv_without_support


@pytest.mark.parametrize("years_late", [{}, {"elektrische-ketel": 2}, {"afvang": 0}])
def test_a_project_that_is_not_late_loses_nothing_even_if_its_plan_misses_the_deadline(
    read_with, years_late
):
    planned = read_with(with_grant_until(2028, "lapses"))

    moved = late(planned, years_late, until=2050)

    assert moved.awards == planned.awards


def test_a_contract_along_a_price_starts_when_the_late_plant_works(read_with):
    def change(content):
        award = content["awards"][0]
        del award["paid_by_year"]
        award["form"] = "operating_aid"
        award["amount"] = {"value": 9000, "unit": "MEUR", **PLAN}
        award["contract"] = {
            "kind": "one_sided",
            "volume": {"value": 260, "unit": "kt/year", **PLAN},
            "strike": {"value": 500, "unit": "EUR/t", **PLAN},
            "price": "eua",
            "term_years": 3,
        }

    contracted = read_with(change)

    outcome = outcome_of(contracted, years_late={"afvang": 2})

    paid = outcome.item("support_maatwerk").difference
    expected = np.where(np.isin(outcome.years, [2031, 2032, 2033]), 260e3 * (500 - outcome.eua), 0)
    assert paid.tolist() == pytest.approx(expected.tolist(), rel=1e-14)


# ── multiples ─────────────────────────────────────────────────────────────────────────────────


def test_a_range_becomes_one_number_at_its_centre_times_the_factor(case):
    capex = figure_at(multiplied(case, {"projects[0].capex": 1.1}), "projects[0].capex")

    # From 240 to 380 with 290 in the centre.
    assert capex.value == pytest.approx(319.0, rel=1e-15)
    assert capex.range is None
    assert not capex.is_ranged
    assert (capex.unit, capex.price_year, capex.place) == ("MEUR", 2024, "tabel 3")


def test_of_a_range_without_a_centre_it_is_the_middle(read_with):
    def change(content):
        del content["projects"][0]["capex"]["range"]["central"]

    capex = figure_at(
        multiplied(read_with(change), {"projects[0].capex": 1.1}), "projects[0].capex"
    )

    assert capex.value == pytest.approx(341.0, rel=1e-15)


@pytest.mark.parametrize(
    ("place", "factor", "expected"),
    [
        ("projects[1].capex", 2.0, 44.0),
        ("projects[1].emissions.scope1", 0.5, -7.5),
        ("awards[0].amount", 0.0, 0.0),
        ("discount_rate", 1.25, 0.1),
        ("installations[0].emissions.scope1", 0.9, 549.0),
        ("counterfactual[0].capex", 3.0, 54.0),
        ("projects[0].replacements[0].cost", 1.5, 21.0),
    ],
)
def test_a_number_is_multiplied_wherever_it_stands(case, place, factor, expected):
    assert figure_at(multiplied(case, {place: factor}), place).value == pytest.approx(
        expected, rel=1e-15
    )


def test_every_year_of_a_series_is_multiplied_and_ranges_within_it_become_numbers(read_with):
    power = figure_at(multiplied(read_with(with_yearly_power), {POWER: 1.5}), POWER)

    assert power.by_year == {2025: 0.0, 2029: 150.0, 2030: 180.0, 2043: 180.0}
    assert (power.value, power.range) == (None, None)


def test_figures_that_are_not_named_stay_as_they_are(case):
    drawn = multiplied(case, {"projects[0].capex": 1.1})

    changed = [
        place_text(path)
        for (path, before), (_, after) in zip(figures(case), figures(drawn), strict=True)
        if before != after
    ]
    assert changed == ["projects[0].capex"]


def test_a_range_at_its_centre_times_one_has_the_outcome_of_the_plan(case):
    drawn = outcome_of(case, multipliers={"projects[0].capex": 1.0, POWER: 1.0})

    assert lines_of(drawn) == lines_of(evaluate(case, LAW))


# ── a whole draw ──────────────────────────────────────────────────────────────────────────────


def test_a_draw_is_dearer_and_later_at_once(case):
    drawn = outcome_of(case, multipliers={"projects[0].capex": 1.5}, years_late={"afvang": 1})

    assert drawn.item("capex").with_projects[2] == pytest.approx(
        -(1.5 * 58e6 + 22e6) * (1 + LAW.inflation) ** 3, rel=1e-14
    )


def test_a_draw_follows_the_prices_that_it_is_given(case):
    years = np.arange(2024, 2046)
    paths = PricePaths(years, {"eua": np.linspace(60.0, 270.0, 22), "natural_gas": years * 0.01})

    drawn = outcome_of(case, years_late={"afvang": 2}, paths=paths)

    # The price of 2025 is known; in 2045, without the boiler again, 1060 GWh of gas at 20.45 each.
    assert drawn.eua[1:].tolist() == pytest.approx(np.linspace(80.0, 270.0, 20).tolist(), rel=1e-15)
    assert drawn.item("energy_natural_gas").with_projects[-1] == pytest.approx(-1060e3 * 20.45)


def test_a_draw_takes_the_ends_of_ranges_that_it_is_told_to(case):
    dear = outcome_of(case, picks=Picks({"projects[0].capex": "high"}))

    assert dear.item("capex").with_projects[1] == pytest.approx(
        -76e6 * (1 + LAW.inflation) ** 2, rel=1e-14
    )
