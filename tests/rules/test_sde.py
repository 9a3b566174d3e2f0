# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law cases of rules/sde.py, what must hold for any path, and what it offers a project."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maatwerkbank.ground.errors import ShapeError
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.sde_tables import sde_table
from maatwerkbank.rules import sde
from maatwerkbank.rules.instrument import Project, Technique
from maatwerkbank.sources.register import Seen

CASES = "sde.yaml"
RULES = sde


def test_the_law_case_holds(outcome, expected):
    assert outcome == expected


# ── what the tables print ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ronde", "category", "limit", "printed"),
    [
        ("2024", "ccs-partial-liquid-new", 0, 204.6733),
        ("2024", "hydrogen-grid", 2, 0.1479),
        ("2023", "ccu-incinerator-liquid", 1, 224.6565),
    ],
)
def test_a_row_of_the_table_gives_the_phase_amount_that_is_printed(ronde, category, limit, printed):
    table = sde_table(ronde, date(2025, 1, 1))
    row = table.row(category)

    found = sde.fasebedrag(
        row.basisbedrag.value,
        row.langetermijnbedrag.value,
        row.emissiefactor.value * row.tonnes_per_unit,
        table.fasen[limit].value,
    )

    assert float(found) == printed


# The table rounds the long-term price after it took the floor, so that two thirds of what
# it prints may differ by one in the fourth decimal: both are loaded as printed.
@pytest.mark.parametrize(
    ("ronde", "category", "floor", "two_thirds"),
    [
        ("2023", "ccs-existing-capture-gas", 79.2844, 79.2845),
        ("2024", "ccs-existing-capture-gas", 91.3481, 91.3481),
        ("2023", "ccu-new-purification-gas", 69.1032, 69.1031),
        ("2023", "e-boiler-industry", 0.0300, 0.0300),
    ],
)
def test_the_floor_is_two_thirds_of_the_long_term_price(ronde, category, floor, two_thirds):
    row = sde_table(ronde, date(2025, 1, 1)).row(category)

    assert row.ondergrens.value == floor
    assert float(sde.ondergrens(row.langetermijnbedrag.value)) == two_thirds


def test_outside_the_ets_the_table_of_2024_prints_the_capped_base_amount():
    table = sde_table("2024", date(2025, 1, 1))

    ids = ["ccs-partial-liquid-new", "ccs-partial-liquid-existing", "ccs-postcombustion-liquid"]
    found = [table.row(f"{name}-non-ets").basisbedrag.value for name in ids]

    assert found == [270.6045, 270.6045, 246.5070]


def test_a_table_is_not_there_before_its_text_was_known():
    assert sde_table("2024", date(2024, 9, 3)) is None
    assert sde_table("2024", date(2024, 9, 4)) is not None
    assert sde_table("2025", date(2026, 1, 1)) is None


@pytest.mark.parametrize("ronde", ["2023", "2024"])
def test_every_row_has_a_name_of_its_own_and_no_base_amount_below_its_floor(ronde):
    rows = sde_table(ronde, date(2025, 1, 1)).rows

    priced = [row for row in rows if row.ondergrens]

    assert len({row.id for row in rows}) == len(rows) > 50
    assert [r.id for r in priced if r.basisbedrag.value <= r.ondergrens.value] == []


# ── what holds for any path ───────────────────────────────────────────────────────────────────

amounts = st.floats(0.0, 400.0)
paths = arrays(float, 8, elements=st.floats(0.0, 500.0))
outputs = arrays(float, 8, elements=st.floats(0.0, 1e6))
MOST = np.array([3e5] * 6 + [0.0] * 2)


@given(amounts, paths, paths, amounts, outputs)
def test_a_higher_correction_never_raises_the_subsidy(amount, correction, more, floor, output):
    before = sde.subsidie(amount, correction, floor, output)
    after = sde.subsidie(amount, correction + more, floor, output)

    assert (after <= before).all()


@given(amounts, amounts, outputs, st.integers(1, 7), st.floats(0, 300), st.floats(0, 300))
def test_a_higher_gas_price_never_raises_the_subsidy(amount, printed, output, year, price, more):
    low = np.full(8, 40.0)
    low[year] = price
    high = low.copy()
    high[year] = price + more

    before = sde.subsidie(amount, sde.correctiebedrag_op_prijspad(printed, low), 0.0, output)
    after = sde.subsidie(amount, sde.correctiebedrag_op_prijspad(printed, high), 0.0, output)

    assert (after <= before).all()


def test_a_gas_price_of_one_number_is_refused():
    with pytest.raises(ShapeError, match="needs a row of years"):
        sde.correctiebedrag_op_prijspad(60.0, 30.0)


@given(amounts, paths, amounts, outputs, paths)
def test_the_subsidy_is_never_negative(amount, correction, floor, output, benefit):
    paid = sde.subsidie(amount, correction, floor, output, ets_voordeel=benefit)

    assert (paid >= 0.0).all()


@given(amounts, paths, amounts, outputs)
def test_what_is_paid_never_passes_the_maximum_commitment(amount, correction, floor, output):
    counts = sde.subsidiabele_productie(output, MOST, 0.25 * 3e5)

    paid = sde.subsidie(amount, correction, floor, counts)

    most = sde.maximale_verplichting(amount, floor, 3e5, 6)
    assert paid.sum() <= float(most) * (1 + 1e-9) + 1e-6


@given(outputs)
def test_up_to_any_year_no_more_counts_than_was_made_or_than_is_allowed(output):
    counts = sde.subsidiabele_productie(output, MOST, 0.25 * 3e5)

    assert (counts >= 0.0).all()
    assert (counts.cumsum() <= output.cumsum() + 1e-6).all()
    assert (counts.cumsum() <= MOST.cumsum() + 1e-6).all()


@given(outputs, outputs)
def test_the_advance_and_the_true_up_add_up_to_what_is_due(expected_eur, due):
    cash = sde.kasontvangst(expected_eur, due, 0.8)

    assert cash.sum() == pytest.approx(due.sum(), abs=1e-6)


applications = st.lists(
    st.tuples(amounts, st.floats(1.0, 50.0), st.sampled_from([None, "low", "high"])),
    min_size=1,
    max_size=12,
    unique_by=lambda row: row[0],
)


@given(applications)
def test_no_more_is_allotted_than_the_ceiling(rows):
    ranks, asked, domains = zip(*rows, strict=True)

    given_to = sde.toewijzing(
        ranks, asked, domains, plafond=100.0, hekjes={"low": 30.0, "high": 20.0}
    )

    assert np.asarray(asked)[given_to].sum() <= 100.0 + 1e-9


@given(applications, st.randoms(use_true_random=False))
def test_the_order_of_applications_does_not_change_who_gets_it(rows, random):
    shuffled = random.sample(rows, len(rows))
    budget = {"plafond": 100.0, "hekjes": {"low": 30.0, "high": 20.0}}

    first = sde.toewijzing(*zip(*rows, strict=True), **budget)
    second = sde.toewijzing(*zip(*shuffled, strict=True), **budget)

    winners = {row for row, wins in zip(rows, first, strict=True) if wins}
    assert {row for row, wins in zip(shuffled, second, strict=True) if wins} == winners


def test_output_of_one_number_is_refused():
    with pytest.raises(ShapeError, match="needs a row of years"):
        sde.subsidiabele_productie(5.0, 5.0, 1.0)


# ── the offer ─────────────────────────────────────────────────────────────────────────────────

LAW = Law(date(2025, 6, 30))
YEARS = np.arange(2026, 2046)
CCS = Project(
    years=YEARS,
    technique=Technique.CCS,
    sde_category="ccs-postcombustion-gas",
    first_year=2028,
    production=np.full(20, 100_000.0),
    eua=np.linspace(60.0, 250.0, 20),
    storage_in_netherlands=True,
    under_ets=True,
    applied_on=date(2024, 9, 20),
    applied_here=True,
    granted_on=date(2025, 3, 31),
    works_start_on=date(2026, 1, 1),
    in_operation_on=date(2028, 1, 1),
)
BOILER = replace(
    CCS,
    technique=Technique.E_BOILER,
    sde_category="e-boiler-industry",
    capacity_mw=10.0,
    production=np.full(20, 33_000.0),
    storage_in_netherlands=None,
)


def judged(offer):
    return {condition.id: condition.met for condition in offer.conditions}


def test_co2_storage_in_the_round_of_2024_fits():
    offer = sde.offer(CCS, LAW)

    assert offer.outcome == "fits"
    assert offer.round.id == "2024"
    # (216.4108 - 91.3481) x 100,000 t x 15 years; (216.4108 - 137.0222) / 0.8265
    assert offer.maximum_eur == pytest.approx(187_594_050)
    assert offer.ranking_eur_per_t == 96.054


def test_each_year_is_paid_on_the_allowance_price_of_that_year():
    offer = sde.offer(CCS, LAW)

    # 2026 and 2027 before the start; 2028 and 2029 at the floor of 91.3481; then 100 in 2030
    assert offer.yearly[:5].tolist() == pytest.approx([0, 0, 12_506_270, 12_506_270, 11_641_080])
    # in 2043 the term of fifteen years and the year after it are over
    assert offer.yearly[-3:].tolist() == [0.0, 0.0, 0.0]


def test_every_price_path_has_its_own_payments():
    paths = np.stack([CCS.eua, np.full(20, 150.0)])

    together = sde.offer(replace(CCS, eua=paths), LAW)

    alone = sde.offer(replace(CCS, eua=paths[1]), LAW)
    assert together.yearly.shape == (2, 20)
    assert together.yearly[1].tolist() == alone.yearly.tolist()


def test_output_that_differs_by_draw_is_paid_by_draw():
    output = np.stack([np.full(20, 100_000.0), np.linspace(0.0, 100_000.0, 20)])

    together = sde.offer(replace(CCS, production=output), LAW)

    alone = sde.offer(replace(CCS, production=output[1]), LAW)
    assert together.yearly[1].tolist() == pytest.approx(alone.yearly.tolist())


def test_co2_stored_in_norway_is_refused_with_the_reason():
    offer = sde.offer(replace(CCS, storage_in_netherlands=False), LAW)

    assert offer.outcome == "refused"
    assert [condition.id for condition in offer.refused] == ["storage_in_netherlands"]


def test_an_electric_boiler_gets_what_the_table_gives():
    offer = sde.offer(BOILER, LAW)

    assert offer.outcome == "fits"
    assert offer.maximum_eur == pytest.approx(39_847_500)  # law-L9
    # (0.1113 - 0.0719) x 33,000,000 kWh, with the provisional correction of 2024 held
    assert offer.yearly[2] == pytest.approx(1_300_200)


def test_a_correction_that_is_held_is_shown_as_a_scenario():
    offer = sde.offer(BOILER, LAW)

    held = {rest.name: rest.status for rest in offer.rests_on}
    assert held["sde_tables/2024/e-boiler-industry/voorlopig_product"] == "scenario"


def test_the_correction_of_heat_follows_the_gas_price_from_the_first_year_of_the_run():
    gas = np.full(20, 30.0)
    gas[3], gas[4] = 27.0, 45.0

    offer = sde.offer(replace(BOILER, prices={"natural_gas": gas}), LAW)

    # 0.0719 a kWh at 30; 0.06471 at 27; 0.10785 at 45
    assert offer.yearly[2:5] == pytest.approx([1_300_200, 1_537_470, 113_850])


def test_every_gas_price_path_has_its_own_payments():
    paths = np.stack([np.full(20, 30.0), np.linspace(30.0, 40.0, 20)])

    together = sde.offer(replace(BOILER, prices={"natural_gas": paths}), LAW)

    alone = sde.offer(replace(BOILER, prices={"natural_gas": paths[1]}), LAW)
    assert together.yearly[1].tolist() == alone.yearly.tolist()


def test_a_gas_path_that_starts_at_nil_gives_no_index_and_the_correction_is_held():
    gas = np.linspace(0.0, 40.0, 20)

    offer = sde.offer(replace(BOILER, prices={"natural_gas": gas}), LAW)

    assert offer.yearly.tolist() == sde.offer(BOILER, LAW).yearly.tolist()


def test_the_ets_benefit_of_heat_follows_the_allowance_price():
    pump = replace(
        BOILER,
        technique=Technique.HEAT_PUMP,
        sde_category="heat-pump-closed-3000",
        production=np.full(20, 30_000.0),
        eua=np.full(20, 137.0222),
    )

    offer = sde.offer(pump, LAW)

    # 0.1065 - 0.0560 - 0.0219 = 0.0286 per kWh
    assert offer.yearly[2] == pytest.approx(0.0286 * 30_000_000)


def test_outside_the_ets_there_is_no_benefit_to_take_off():
    pump = replace(
        BOILER,
        technique=Technique.HEAT_PUMP,
        sde_category="heat-pump-closed-3000",
        production=np.full(20, 30_000.0),
        under_ets=False,
    )

    assert sde.offer(pump, LAW).yearly[2] == pytest.approx((0.1065 - 0.0560) * 30_000_000)


def test_a_boiler_that_is_too_small_is_refused():
    offer = sde.offer(replace(BOILER, capacity_mw=1.5), LAW)

    assert judged(offer)["capacity"] is False
    assert offer.outcome == "refused"


def test_a_boiler_without_a_stated_capacity_cannot_be_judged():
    offer = sde.offer(replace(BOILER, capacity_mw=None), LAW)

    assert judged(offer)["capacity"] is None
    assert (offer.outcome, offer.yearly, offer.maximum_eur) == ("cannot_judge", None, None)


def test_a_project_that_names_no_category_cannot_be_judged():
    offer = sde.offer(replace(CCS, sde_category=None), LAW)

    assert judged(offer)["category"] is None
    assert (offer.outcome, offer.yearly) == ("cannot_judge", None)


def test_a_category_that_the_round_does_not_have_is_refused():
    offer = sde.offer(replace(CCS, sde_category="ccs-by-magic"), LAW)

    assert judged(offer)["category"] is False


def test_a_category_of_another_technique_is_refused():
    offer = sde.offer(replace(BOILER, technique=Technique.HEAT_PUMP), LAW)

    assert judged(offer)["technique"] is False


@pytest.mark.parametrize(
    ("category", "stated", "met"),
    [
        ("ccs-postcombustion-gas", True, True),
        ("ccs-postcombustion-gas", False, False),
        ("ccs-postcombustion-gas", None, None),
        ("ccs-postcombustion-gas-non-ets", False, True),
        ("ccs-postcombustion-gas-non-ets", True, False),
        ("ccs-postcombustion-gas-non-ets", None, None),
    ],
)
def test_a_category_is_for_firms_inside_or_outside_the_ets(category, stated, met):
    project = replace(CCS, sde_category=category, under_ets=stated)

    assert judged(sde.offer(project, LAW))["ets"] is met


def test_an_incinerator_is_paid_without_any_correction():
    avi = replace(CCS, sde_category="ccs-incinerator-gas")

    offer = sde.offer(avi, LAW)

    assert offer.ranking_eur_per_t == 300.0
    assert offer.yearly[2] == pytest.approx(223.7850 * 100_000)


def test_hydrogen_that_is_not_renewable_is_refused():
    plant = replace(
        BOILER,
        technique=Technique.ELECTROLYSIS,
        sde_category="hydrogen-grid",
        renewable_hydrogen=False,
    )

    offer = sde.offer(plant, LAW)

    assert judged(offer)["renewable_hydrogen"] is False
    assert offer.ranking_eur_per_t == 400.0


@pytest.mark.parametrize(
    ("changed", "condition", "met"),
    [
        ({"works_start_on": date(2026, 9, 30)}, "orders_in_time", True),
        ({"works_start_on": date(2026, 10, 1)}, "orders_in_time", False),
        ({"works_start_on": None}, "orders_in_time", None),
        ({"in_operation_on": date(2031, 3, 31)}, "starts_in_time", True),
        ({"in_operation_on": date(2031, 4, 1)}, "starts_in_time", False),
        ({"granted_on": None}, "starts_in_time", None),
    ],
)
def test_orders_and_start_have_their_term_after_the_award(changed, condition, met):
    offer = sde.offer(replace(CCS, **changed), LAW)

    assert judged(offer)[condition] is met


@pytest.mark.parametrize(
    ("asked_on", "known_on", "met"),
    [
        (date(2024, 9, 10), date(2025, 6, 30), True),
        (date(2024, 10, 10), date(2025, 6, 30), True),
        (date(2024, 10, 11), date(2025, 6, 30), False),  # no round was open
        (date(2021, 10, 20), date(2025, 6, 30), None),  # the days of 2021 were not read
        (date(2025, 10, 7), date(2025, 6, 30), True),  # announced
        (date(2025, 12, 15), date(2026, 6, 30), False),  # closed, and 2026 is known
        (date(2027, 10, 7), date(2025, 6, 30), None),  # not announced yet
    ],
)
def test_a_round_is_open_closed_or_not_known(asked_on, known_on, met):
    offer = sde.offer(replace(CCS, applied_on=asked_on), Law(known_on))

    assert judged(offer)["round"] is met


def test_a_day_of_application_to_another_scheme_misses_no_round():
    elsewhere = replace(CCS, applied_on=date(2024, 10, 11), applied_here=False)

    offer = sde.offer(elsewhere, LAW)

    assert judged(offer)["round"] is None


def test_where_no_day_is_stated_the_day_of_knowledge_is_not_shown_as_found():
    offer = sde.offer(replace(CCS, applied_on=None), LAW)

    shown = {each.id: each for each in offer.conditions}
    assert (shown["round"].met, shown["round"].found) == (None, None)
    assert (shown["before_works"].met, shown["before_works"].found) == (None, None)


def test_where_no_day_is_stated_a_round_that_is_open_is_named():
    offer = sde.offer(replace(CCS, applied_on=None), Law(date(2025, 10, 20)))

    shown = {each.id: each for each in offer.conditions}
    assert (shown["round"].met, shown["round"].asked, shown["round"].found) == (
        True,
        "open",
        "2025",
    )


@pytest.mark.parametrize(("start", "met"), [(date(2024, 9, 20), False), (date(2024, 9, 21), True)])
def test_sde_is_asked_before_work_starts(start, met):
    offer = sde.offer(replace(CCS, works_start_on=start), LAW)

    assert judged(offer)["before_works"] is met


@pytest.mark.parametrize("asked_on", [date(2022, 7, 1), date(2025, 10, 20)])
def test_a_round_whose_table_was_not_read_lacks_it_and_is_not_guessed(asked_on):
    offer = sde.offer(replace(CCS, applied_on=asked_on), LAW)

    assert [lack.name for lack in offer.lacks] == [f"sde_tables/{asked_on.year}"]
    assert (offer.yearly, offer.maximum_eur, offer.ranking_eur_per_t) == (None, None, None)
    assert offer.outcome == "cannot_judge"


def test_a_value_that_was_not_read_is_named():
    pump = replace(BOILER, technique=Technique.HEAT_PUMP, sde_category="heat-pump-open-8000")

    offer = sde.offer(pump, LAW)

    assert {lack.name for lack in offer.lacks} >= {
        "sde_tables/2024/heat-pump-open-8000/langetermijnbedrag",
        "sde_tables/2024/heat-pump-open-8000/emissiefactor",
    }
    assert offer.outcome == "cannot_judge"


@pytest.mark.parametrize("fact", ["eua", "production"])
def test_a_fact_that_the_payment_needs_is_named_when_it_is_not_stated(fact):
    offer = sde.offer(replace(CCS, **{fact: None}), LAW)

    assert f"project.{fact}" in [lack.name for lack in offer.lacks]
    assert offer.yearly is None


def test_what_nobody_verified_is_shown_in_what_the_offer_rests_on():
    offer = sde.offer(CCS, LAW)

    doubtful = {rest.name for rest in offer.rests_on if rest.citation.seen is Seen.UNVERIFIED}
    assert doubtful == {"sde/overproductie", "sde/inhaaljaren", "sde/bestellingstermijn"}


def test_the_description_of_2023_is_shown_as_unverified():
    offer = sde.offer(replace(CCS, applied_on=date(2023, 9, 20)), LAW)

    doubtful = {rest.name for rest in offer.rests_on if rest.citation.seen is Seen.UNVERIFIED}
    assert {"sde_tables/2023/asks", "sde_tables/2023/ccs-postcombustion-gas/term_years"} <= doubtful


def test_all_conditions_are_judged_at_once():
    wrong = replace(
        CCS,
        storage_in_netherlands=False,
        under_ets=False,
        works_start_on=date(2030, 1, 1),
        in_operation_on=date(2040, 1, 1),
    )

    refused = {condition.id for condition in sde.offer(wrong, LAW).refused}

    assert refused == {"ets", "starts_in_time", "storage_in_netherlands", "orders_in_time"}


def test_what_was_offered_before_changes_nothing():
    fresh = sde.offer(CCS, Law(date(2025, 6, 30)))
    law = Law(date(2025, 6, 30))
    sde.offer(BOILER, law)

    later = sde.offer(CCS, law)

    assert later.yearly.tolist() == fresh.yearly.tolist()
    assert later.rests_on == fresh.rests_on
