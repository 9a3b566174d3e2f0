# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Clauses against hand-worked sums, and by a second road where the house has one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.dossier.execution import Clause, Facts, consequence
from maatwerkbank.dossier.execution.actual_prices import actual_price
from maatwerkbank.dossier.execution.clauses import lacks_of_clause
from maatwerkbank.dossier.execution.kpi import performance
from maatwerkbank.ground.language import Text
from maatwerkbank.support.clauses import result_along, return_clause

D = Decimal
NAME = Text(nl="Bepaling", en="Clause")
SHORT = Facts(2028, baseline=D(0), promised=D(42_000), realised=D(35_700), paid=D(5_000_000))


def clause(kind: str, kpi: str = "co2", **terms: str) -> Clause:
    return Clause("c", kind, NAME, {key: D(value) for key, value in terms.items()}, kpi)


def test_payment_follows_the_share_of_the_way_that_was_gone():
    # 35,700 of 42,000 is 85%; 85% of 1,000,000
    found = consequence(clause("linear_payment", amount="1000000"), SHORT)

    assert (found.effect, found.amount) == ("pays", D("850000.00"))
    assert [str(each.label) for each in found.steps] == [
        "Baseline",
        "Promised in 2028",
        "Realised in 2028",
        "Performance",
        "Amount at full performance",
        "Consequence",
    ]


def test_an_emission_that_goes_down_is_reckoned_alike():
    # from 100 to 60 was promised, to 70 was gone: 30 of 40
    facts = Facts(2028, baseline=D(100), promised=D(60), realised=D(70), paid=D(10**6))

    found = consequence(clause("linear_payment", amount="1000"), facts)

    assert found.amount == D("750.00")
    missing = consequence(clause("claw_back", rate="5"), facts)
    assert missing.amount == D("50.00")  # 10 too much x 5


def test_a_holdback_is_lost_in_the_measure_of_the_shortfall():
    found = consequence(clause("holdback_lost", amount="200000"), SHORT)

    assert (found.effect, found.amount) == ("withholds", D("30000.00"))


def test_a_claw_back_counts_missing_tonnes_beyond_what_is_free():
    # 42,000 - 35,700 = 6,300; free 5% of 42,000 = 2,100; 4,200 x 100
    found = consequence(clause("claw_back", rate="100", free_share="0.05"), SHORT)

    assert found.amount == D("420000.00")


@pytest.mark.parametrize(("cap", "paid", "amount"), [("300000", 5 * 10**6, 300_000), ("9e6", 1, 1)])
def test_a_claw_back_stays_within_its_cap_and_what_was_paid(cap, paid, amount):
    facts = Facts(2028, baseline=D(0), promised=D(42_000), realised=D(35_700), paid=D(paid))

    assert consequence(clause("claw_back", rate="100", cap=cap), facts).amount == amount


def test_late_delivery_counts_by_the_month():
    # 7 months late, 2 free: 5 x 20,000
    facts = Facts(2028, months_late=D(7), paid=D(10**6))

    found = consequence(clause("late_delivery", "", rate="20000", free_months="2"), facts)

    assert found.amount == D("100000.00")


def test_interest_runs_from_the_payment():
    # 365,000 x 4% x 100 / 365
    facts = Facts(2028, principal=D(365_000), since=date(2028, 1, 1), until=date(2028, 4, 10))

    assert consequence(clause("interest", "", rate="0.04"), facts).amount == D("4000.00")


SOURCE = Text(nl="bron", en="source")
RETURN = {
    "planned_price": "75",
    "quantity": "1000",
    "planned_result": "5000",
    "agreed_result": "10000",
    "share": "0.5",
}


def test_what_is_earned_at_a_high_price_flows_back_in_part():
    # 5,000 + (90 - 75) x 1,000 = 20,000; above 10,000: 10,000; half of it
    facts = Facts(2028, prices={2028: D(90)}, price_from=SOURCE, paid=D(100_000))

    assert consequence(clause("return_of_gains", "", **RETURN), facts).amount == D("5000.00")


def test_a_price_without_its_source_does_not_count():
    found = consequence(
        clause("return_of_gains", "", **RETURN), Facts(2028, prices={2028: D(90)}, paid=D(100_000))
    )

    assert found.amount is None
    assert [each.en for each in found.lacks] == ["the source of that price"]


def test_a_published_price_counts_from_the_day_on_which_it_was_known():
    found = actual_price("eu_ets/price", 2024, date(2026, 6, 1))

    assert found is not None
    assert found.value == D("65.0")
    assert "gemiddelde van de Duitse veilingen 2024" in found.origin.nl
    assert actual_price("eu_ets/price", 2024, date(2024, 12, 31)) is None
    assert actual_price("eu_ets/price", 2050, date(2026, 6, 1)) is None


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 20_000))
def test_the_return_clause_agrees_with_the_one_that_plans(first, second, paid):
    result = result_along(
        [float(first), float(second)], planned_price=75.0, quantity=1_000.0, planned_result=5_000.0
    )
    planned = return_clause([float(paid), 0.0], result, agreed_result=10_000.0, share=0.5)

    back = D(0)
    for year, price in ((2028, first), (2029, second)):
        facts = Facts(year, prices={year: D(price)}, price_from=SOURCE, paid=D(paid), returned=back)
        found = consequence(clause("return_of_gains", "", **RETURN), facts)
        assert found.amount is not None
        back += found.amount

    assert float(back) == pytest.approx(planned.taken_back.sum(), abs=0.01)


@given(
    *[st.one_of(st.none(), st.decimals(0, 10**6, places=1)) for _ in range(2)],
    st.decimals(0, 10**6, places=1),
)
def test_performance_is_a_share_and_absent_stays_absent(target, realised, baseline):
    share = performance(baseline=baseline, target=target, realised=realised)

    assert (share is None) == (target is None or realised is None or target == baseline)
    assert share is None or 0 <= share <= 1


@pytest.mark.parametrize("kind", ["linear_payment", "holdback_lost", "claw_back"])
def test_without_a_verified_figure_nothing_is_reckoned(kind):
    terms = {"rate": "1"} if kind == "claw_back" else {"amount": "1"}

    found = consequence(clause(kind, **terms), Facts(2028, baseline=D(0), promised=D(1)))

    assert found.amount is None
    assert [str(each) for each in found.lacks] == ["a verified figure of this year"]


def test_it_gives_every_term_that_lacks_or_is_wrong():
    wrong = clause("claw_back", "", free_share="2", months="1")

    assert [each.place for each in lacks_of_clause(wrong)] == [
        "rate",
        "months",
        "free_share",
        "kpi",
    ]
    assert lacks_of_clause(clause("claw_back", rate="100")) == []
