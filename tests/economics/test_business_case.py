# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole sum by two roads: our arrays, and years one by one in plain Python (METHOD §13).

The second road reads the example case and the price set as documents, takes the law as literal
numbers, and shares no function with the first.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerkbank.economics.abatement_cost import private_abatement_cost, social_abatement_cost
from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.ground.errors import NoValueOnDate
from maatwerkbank.parameters import price_sets
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.quantities import Picks

FILE = Path(__file__).parents[1] / "example_case.yaml"
EXAMPLE = yaml.safe_load(FILE.read_text("utf-8"))
PRICES = yaml.safe_load(
    (Path(price_sets.__file__).parent / "price_sets" / "public-2025-06-30.yaml").read_text("utf-8")
)["prices"]
LETTER = date(2025, 6, 30)
YEARS = list(range(2025, 2044))
INFLATION = 1.02
SCALE = {
    "EUR": 1, "MEUR": 1e6, "MEUR/year": 1e6, "kt/year": 1e3, "t/year": 1, "GWh/year": 1e3,
    "1/year": 1, "EUR/t": 1, "EUR/MWh": 1, "Mt/year": 1e6,
}  # fmt: skip


# --- the second road: figures and prices -------------------------------------------------------


def number(figure):
    """The one number of a figure, at the centre of a range, in house units."""
    stated = figure["value"] if "value" in figure else figure["range"]["central"]
    return stated * SCALE[figure["unit"]]


def in_money_of(year, figure):
    """A money figure in money of the year: constant money grows two per cent a year."""
    stated = number(figure)
    return stated * INFLATION ** (year - figure["price_year"]) if "price_year" in figure else stated


def price(carrier, year):
    """A price of the public set: straight between stated years, held outside them."""
    series = PRICES[carrier]
    points = sorted(
        (y, v if not isinstance(v, dict) else v["central"]) for y, v in series["by_year"].items()
    )
    stated = points[0][1]
    for (y0, v0), (y1, v1) in pairwise(points):
        if y0 <= year <= y1:
            stated = v0 + (v1 - v0) * (year - y0) / (y1 - y0)
    if year > points[-1][0]:
        stated = points[-1][1]
    return stated * INFLATION ** (year - series["price_year"])


def half_up(value, digits):
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(round(value, 10))).quantize(step, ROUND_HALF_UP))


# --- the second road: the law as known on 30 June 2025 -----------------------------------------


def tariff(year):
    """87.90 in 2025, then plus 12.84 a year until 2030, indexed two per cent a year, in cents."""
    amount, step = 87.90, 12.84
    for now in range(2026, year + 1):
        amount = half_up((amount + (step if now <= 2030 else 0)) * INFLATION, 2)
        step = half_up(step * INFLATION, 2)
    return amount


def energy_tax_rate(rate_2025, year):
    rate = rate_2025
    for _ in range(2026, year + 1):
        rate = half_up(rate * INFLATION, 5)
    return rate


def reduction_factor(year):
    return max(0.0, 1.213 - 0.078 * (year - 2023))


def incinerator_factor(year):
    return {2025: 1.0, 2026: 0.88, 2027: 0.76, 2028: 0.64, 2029: 0.52}.get(year, 0.40)


def minimum_price(year):
    early = {2025: 19.8, 2026: 21.8, 2027: 24.0, 2028: 26.4, 2029: 29.0}
    return early.get(year, 31.9)


def price_deducted(year):
    """Last year's price: the published mean of 2024, then the path itself."""
    return 65.0 if year == 2025 else price("eua", year - 1)


ELECTRICITY_TAX = ([10_000, 50_000, 10_000_000], [0.10154, 0.06937, 0.03868, 0.00321])
GAS_TAX = ([170_000, 1_000_000, 10_000_000], [0.57816, 0.31573, 0.20347, 0.05385])


def energy_tax(quantity, table, year):
    limits, rates = table
    due, floor = 0.0, 0.0
    for limit, rate in zip([*limits, float("inf")], rates, strict=True):
        due += max(0.0, min(quantity, limit) - floor) * energy_tax_rate(rate, year)
        floor = limit
    return due


# --- the second road: the plant ----------------------------------------------------------------


def works(measure, year):
    return measure["first_year"] <= year < measure["first_year"] + measure["lifetime_years"]


def emitted(place, measures, series, year):
    """Tonnes of one installation; a series that is not stated is scope 1, or nil."""
    stated = place["emissions"]
    tonnes = 0.0
    for holder in [stated, *(m["emissions"] for m in measures if here(m, place, year))]:
        default = None if series == "removal" or outside_ets(place, series) else holder["scope1"]
        figure = holder.get(series, default)
        tonnes += number(figure) if figure else 0.0
    return tonnes


def outside_ets(place, series):
    return series == "ets" and place["levy"] != "ets"


def here(measure, place, year):
    return measure["installation"] == place["id"] and works(measure, year)


def used(place, measures, carrier, year):
    holders = [place, *(m for m in measures if here(m, place, year))]
    return sum(number(h["energy"][carrier]) for h in holders if carrier in h.get("energy", {}))


PLANT, BURNER = EXAMPLE["installations"]


def rights(year):
    """Plant: what the allocation of 2025 says; incinerator: its process emissions."""
    process_factor = 0.97 if year < 2028 else 0.91
    return {
        PLANT["id"]: 700_000 * reduction_factor(year),
        BURNER["id"]: 90_000 * process_factor * reduction_factor(year) * incinerator_factor(year),
    }


def levy(measures, *, abolished=False):
    """The levy of the firm by year, after transfers within it and set-off."""
    paid, open_base = {}, {PLANT["id"]: {}, BURNER["id"]: {}}
    for year in YEARS:
        paid[year] = 0.0
        if abolished and year >= 2026:
            continue
        free = rights(year)
        tonnes = {p["id"]: emitted(p, measures, "levy_base", year) for p in (PLANT, BURNER)}
        over = {name: max(0.0, free[name] - tonnes[name]) for name in free}
        short = {name: max(0.0, tonnes[name] - free[name]) for name in free}
        moved = min(sum(over.values()), sum(short.values()))
        for name in free:
            free[name] += moved if short[name] else -moved if over[name] else 0.0
        for place in (PLANT, BURNER):
            name = place["id"]
            above = max(0.0, tonnes[name] - free[name])
            below = tonnes[name] - above
            ets = price_deducted(year) if place["levy"] == "ets" else 0.0
            net = max(0.0, tariff(year) - ets)
            paid[year] += above * net
            paid[year] += below * max(0.0, minimum_price(year) - price_deducted(year))
            surplus = max(0.0, free[name] - tonnes[name])
            for before in range(max(2021, year - 5), min(2029, year - 1) + 1):
                base, rate = open_base[name].get(before, (0.0, 0.0))
                met = min(surplus, base)
                surplus -= met
                paid[year] -= met * rate
                open_base[name][before] = (base - met, rate)
            open_base[name][year] = (above, net)
    return paid


# --- the second road: euros --------------------------------------------------------------------


def spent(measures, year):
    total = 0.0
    for measure in measures:
        total += measure["capex_by_year"].get(year, 0.0) * in_money_of(year, measure["capex"])
        for part in measure.get("replacements", []):
            total += in_money_of(year, part["cost"]) if part["year"] == year else 0.0
    return total


def fixed_opex(measures, year):
    total = 0.0
    for measure in measures:
        if works(measure, year):
            opex = measure["fixed_opex"]
            share = opex["unit"] == "1/year"
            total += number(opex) * in_money_of(year, measure["capex"]) if share else number(opex)
    return total


def variable_opex(measures, year):
    return sum(
        number(m["variable_opex"]) for m in measures if "variable_opex" in m and works(m, year)
    )


def written_off(measures, year):
    total = 0.0
    for measure in measures:
        start, life = measure["first_year"], measure["depreciation_years"]
        first = sum(
            share * in_money_of(y, measure["capex"])
            for y, share in measure["capex_by_year"].items()
        )
        total += first / life if start <= year < start + life else 0.0
        for part in measure.get("replacements", []):
            left = min(life, start + measure["lifetime_years"] - part["year"])
            inside = part["year"] <= year < part["year"] + left
            total += in_money_of(part["year"], part["cost"]) / left if inside else 0.0
    return total


def taxed(amount):
    return 0.19 * min(max(amount, 0.0), 200_000) + 0.258 * max(0.0, amount - 200_000)


def profit_tax(results):
    """Losses one year back, then forward without end, up to a million and half of what is above."""
    due, stock, last, room_left = [], 0.0, 0.0, 0.0
    for result in results:
        profit, loss = max(0.0, result), max(0.0, -result)
        back = min(loss, room_left)
        refund = taxed(last) - taxed(last - back)
        room = min(profit, 1_000_000) + 0.5 * max(0.0, profit - 1_000_000)
        forward = min(stock, room)
        stock += loss - back - forward
        last, room_left = profit - forward, room - forward
        due.append(taxed(last) - refund)
    return due


def present(flow, rate):
    return sum(amount / (1 + rate) ** n for n, amount in enumerate(flow))


class SecondRoad:
    """Every line of the cash flow, as {id: [per year]}, projects minus counterfactual."""

    def __init__(self, *, abolished=False):
        self.abolished = abolished
        self.plan = EXAMPLE["projects"]
        self.without = [] if abolished else EXAMPLE["counterfactual"]
        self.places = EXAMPLE["installations"]
        self.items = self._items()

    def per_year(self, of):
        return [of(year) for year in YEARS]

    def apart(self, of):
        return self.per_year(lambda year: -(of(self.plan, year) - of(self.without, year)))

    def tonnes(self, measures, series, year):
        return sum(emitted(place, measures, series, year) for place in self.places)

    def levies(self):
        return (
            levy(self.without, abolished=self.abolished),
            levy(self.plan, abolished=self.abolished),
        )

    def gross(self, year):
        return self.tonnes(self.without, "scope1", year) - self.tonnes(self.plan, "scope1", year)

    def required(self, year):
        if self.abolished and year >= 2026:
            return 0.0
        return max(0.0, self.tonnes(self.without, "levy_base", year) - sum(rights(year).values()))

    def additional(self, year):
        path = float("inf") if self.abolished and year >= 2026 else sum(rights(year).values())
        reference = min(self.tonnes(self.without, "levy_base", year), path)
        return max(0.0, reference - self.tonnes(self.plan, "levy_base", year))

    def _items(self):
        levy_without, levy_with = self.levies()
        lines = {
            "capex": self.apart(spent),
            "fixed_opex": self.apart(fixed_opex),
            "variable_opex": self.apart(variable_opex),
            "levy": self.per_year(lambda y: levy_without[y] - levy_with[y]),
            "ets": self.apart(lambda m, y: self.tonnes(m, "ets", y) * price("eua", y)),
            "co2_transport_storage": self.apart(self._storage),
            "product_premium": self.apart(self._premium),
            "energy_tax_electricity": self.apart(self._electricity_tax),
            "energy_tax_natural_gas": self.apart(self._gas_tax),
        }
        for carrier in ("electricity", "natural_gas"):
            lines[f"energy_{carrier}"] = self.apart(
                lambda m, y, c=carrier: sum(used(p, m, c, y) for p in self.places) * price(c, y)
            )
        operations = [sum(line[n] for key, line in lines.items() if key != "capex") for n in NTH]
        depreciation = self.per_year(
            lambda y: written_off(self.plan, y) - written_off(self.without, y)
        )
        relief = self.per_year(lambda y: 90e6 / 15 if 2029 <= y < 2044 else 0.0)
        profit = [o - d for o, d in zip(operations, depreciation, strict=True)]
        self.tax_without_support = [-due for due in profit_tax(profit)]
        with_relief = [p + r for p, r in zip(profit, relief, strict=True)]
        lines["support_maatwerk"] = self.per_year(lambda y: 45e6 if y in (2027, 2028) else 0.0)
        lines["tax"] = [-due for due in profit_tax(with_relief)]
        return lines

    @staticmethod
    def _storage(measures, year):
        return sum(
            number(m["storage"]["volume"]) * price(m["storage"]["price"], year)
            for m in measures
            if "storage" in m and works(m, year)
        )

    @staticmethod
    def _premium(measures, year):
        return -sum(
            number(m["premium"]["volume"]) * in_money_of(year, m["premium"]["price"])
            for m in measures
            if "premium" in m and works(m, year)
        )

    def _electricity_tax(self, measures, year):
        return sum(
            energy_tax(used(place, measures, "electricity", year) * 1000, ELECTRICITY_TAX, year)
            for place in self.places
        )

    def _gas_tax(self, measures, year):
        # only the incinerator is taxed for gas; a cubic metre is 31.65 MJ of lower heating value
        cubic_metres = used(self.places[1], measures, "natural_gas", year) * 3600 / 31.65
        return energy_tax(cubic_metres, GAS_TAX, year)

    def npv(self):
        return present([sum(line[n] for line in self.items.values()) for n in NTH], 0.08)

    def npv_without_support(self):
        kept = [v for k, v in self.items.items() if k not in ("tax", "support_maatwerk")]
        kept.append(self.tax_without_support)
        return present([sum(line[n] for line in kept) for n in NTH], 0.08)


NTH = range(len(YEARS))


@pytest.fixture(params=[None, "levy_abolished"])
def roads(request):
    """The first and the second road, under the law of the day and with the levy abolished."""
    law = Law(LETTER, variant=request.param, outlook="hold")
    first = evaluate(Case.model_validate(EXAMPLE), law)
    return first, SecondRoad(abolished=request.param is not None)


def close(values):
    return pytest.approx(np.array(values), rel=1e-9, abs=1e-4)


ITEMS = (
    "capex", "fixed_opex", "variable_opex", "energy_electricity", "energy_natural_gas",
    "energy_tax_electricity", "energy_tax_natural_gas", "co2_transport_storage",
    "product_premium", "ets", "levy", "support_maatwerk", "tax",
)  # fmt: skip


@pytest.mark.parametrize("identity", ITEMS)
def test_both_roads_give_the_same_euros_in_every_year(roads, identity):
    first, second = roads

    assert first.item(identity).difference == close(second.items[identity])


def test_both_roads_have_the_same_lines_and_no_other(roads):
    first, second = roads

    assert {item.id for item in first.items} == set(second.items) == set(ITEMS)


def test_both_roads_give_the_same_levy_with_and_without_the_projects(roads):
    first, second = roads
    without, with_plan = second.levies()

    assert first.item("levy").without == close([-without[year] for year in YEARS])
    assert first.item("levy").with_projects == close([-with_plan[year] for year in YEARS])


def test_both_roads_give_the_same_tonnes(roads):
    first, second = roads

    assert first.gross == close(second.per_year(second.gross))
    assert first.required == close(second.per_year(second.required))
    assert first.additional == close(second.per_year(second.additional))
    assert first.removal == close([20_000.0 if year >= 2029 else 0.0 for year in YEARS])


def test_both_roads_give_the_same_rights(roads):
    first, _ = roads

    assert first.rights == close([sum(rights(year).values()) for year in YEARS])


def test_both_roads_give_the_same_value(roads):
    first, second = roads

    assert first.npv == pytest.approx(second.npv(), rel=1e-9)
    assert first.npv_without_support == pytest.approx(second.npv_without_support(), rel=1e-9)


def test_both_roads_give_the_same_cost_of_a_tonne(roads):
    first, second = roads
    gross = second.per_year(second.gross)
    private = [k for k in ITEMS if k not in ("ets", "levy", "tax", "support_maatwerk")]
    social = [k for k in private if not k.startswith("energy_tax")]
    law = Law(LETTER, outlook="hold")

    for_the_firm = [sum(second.items[key][n] for key in private) for n in NTH]
    real = [sum(second.items[key][n] for key in social) / INFLATION**n for n in NTH]

    assert private_abatement_cost(first) == pytest.approx(
        -present(for_the_firm, 0.08) / present(gross, 0.08), rel=1e-9
    )
    assert social_abatement_cost(first, law) == pytest.approx(
        -present(real, 0.0225) / present(gross, 0.0225), rel=1e-9
    )


# --- what must hold for any plan ---------------------------------------------------------------


def as_it_is(content):
    return content


def case(change=as_it_is):
    content = yaml.safe_load(FILE.read_text("utf-8"))
    change(content)
    return Case.model_validate(content)


def outcome(change=as_it_is, variant=None, known_on=LETTER):
    return evaluate(case(change), Law(known_on, variant=variant, outlook="hold"))


def plan(**fields):
    """A change of the first project."""
    return lambda content: content["projects"][0].update(fields)


def euros(amount, unit="MEUR", **more):
    return {"value": amount, "unit": unit, "source": "voorbeeld-plan", **more}


few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(st.floats(0, 2000), st.floats(0, 2000))
def test_a_dearer_plan_is_never_worth_more(amount, more):
    cheap = outcome(plan(capex=euros(amount)))
    dear = outcome(plan(capex=euros(amount + more)))

    assert dear.npv <= cheap.npv + 1e-3


def grant_of(amount, form):
    def change(content):
        content["awards"][0].update(amount=euros(amount), form=form)

    return change


@few
@given(st.floats(0, 250), st.floats(0, 30), st.sampled_from(["capital_grant", "operating_aid"]))
def test_a_larger_award_never_lowers_the_value(amount, more, form):
    small = outcome(grant_of(amount, form))
    large = outcome(grant_of(amount + more, form))

    assert large.npv >= small.npv - 1e-3


@few
@given(st.floats(0, 250))
def test_awarded_support_leaves_the_value_without_support_as_it_is(amount):
    assert outcome(grant_of(amount, "capital_grant")).npv_without_support == pytest.approx(
        outcome().npv_without_support, rel=1e-12
    )


@few
@given(st.floats(0, 100), st.floats(0, 100))
def test_where_losses_are_used_elsewhere_the_value_of_two_awards_is_the_sum_of_each(one, other):
    def awarded(*amounts):
        def change(content):
            content["losses"] = "firm"
            first = content["awards"][0]
            content["awards"] = [
                {**first, "id": f"award-{n}", "amount": euros(amount)}
                for n, amount in enumerate(amounts)
            ]

        return outcome(change)

    bare = awarded(0, 0)
    assert awarded(one, other).npv - bare.npv == pytest.approx(
        (awarded(one, 0).npv - bare.npv) + (awarded(0, other).npv - bare.npv), rel=1e-9, abs=1e-3
    )


@few
@given(st.floats(0, 610), st.sampled_from([None, "levy_no_step", "levy_factor_frozen"]))
def test_gross_in_the_base_is_what_was_due_and_what_is_additional(cut, variant):
    tonnes = {"value": -cut, "unit": "kt/year", "source": "voorbeeld-plan"}
    found = outcome(plan(emissions={"scope1": tonnes}), variant)
    base_without, base_with = (
        found.without.total("levy_base"),
        found.with_projects.total("levy_base"),
    )
    falls = base_with <= base_without

    gross = base_without - base_with
    split = np.minimum(gross, found.required) + found.additional

    assert gross[falls] == pytest.approx(split[falls], rel=1e-12, abs=1e-6)


def pure_reduction(content):
    """One project that cuts emissions and touches no levy, no energy and no allocation."""
    content["projects"] = content["projects"][:1]
    for key in ("energy", "storage", "premium", "substances"):
        content["projects"][0].pop(key)
    content["counterfactual"] = []
    content["awards"] = []


def test_a_higher_price_of_allowances_never_lowers_the_value_of_a_pure_reduction():
    low, centre, high = (at_price(end) for end in ("low", "central", "high"))

    assert low < centre < high


def at_price(end):
    law = Law(LETTER, variant="levy_abolished", outlook="hold")
    return evaluate(case(pure_reduction), law, Picks({"prices.eua": end})).npv


# --- variants ----------------------------------------------------------------------------------


def test_what_exists_only_because_of_the_levy_goes_with_it():
    without = outcome(), outcome(variant="levy_abolished")

    # heat recovery: 22 kt from 2027, only while there is a levy
    assert without[0].without.total("scope1")[2] == 610_000 + 95_000 - 22_000
    assert without[1].without.total("scope1")[2] == 610_000 + 95_000
    assert without[1].item("capex").without.tolist() == [0.0] * 19


def dirtier(content):
    """A plant that pays the levy from the first year."""
    content["installations"][0]["emissions"]["scope1"]["value"] = 900


def test_an_abolished_levy_is_neither_paid_nor_given_back_from_then_on():
    def cut_deeply(content):
        dirtier(content)
        content["projects"][0]["emissions"]["scope1"]["value"] = -800
        content["projects"][0]["emissions"]["levy_base"]["value"] = -800

    found = outcome(cut_deeply, "levy_abolished").item("levy")

    assert found.with_projects[0] < 0
    assert found.with_projects[1:].tolist() == found.without[1:].tolist() == [0.0] * 18


@pytest.mark.parametrize("change", [as_it_is, dirtier], ids=["clean", "dirty"])
def test_abolition_never_raises_the_levy_of_a_year(change):
    now = outcome(change).item("levy")
    then = outcome(change, "levy_abolished").item("levy")

    assert (-then.without <= np.maximum(0.0, -now.without) + 1e-6).all()


def test_where_the_levy_is_abolished_every_tonne_in_the_base_is_additional_and_both_paths_stand():
    now, then = outcome(dirtier), outcome(dirtier, "levy_abolished")
    in_base = then.without.total("levy_base") - then.with_projects.total("levy_base")

    assert then.required[1:].tolist() == [0.0] * 18
    assert then.additional[1:] == pytest.approx(in_base[1:])
    assert then.rights == pytest.approx(now.rights)
    assert (then.additional_frozen[1:] <= then.additional[1:]).all()


def test_without_an_outlook_a_long_case_is_refused():
    with pytest.raises(NoValueOnDate):
        evaluate(case(), Law(LETTER))


# --- every unknown counts ----------------------------------------------------------------------


RANGED = {
    "discount_rate": lambda c: c["discount_rate"],
    "projects[0].capex": lambda c: c["projects"][0]["capex"],
    "projects[0].replacements[0].cost": lambda c: c["projects"][0]["replacements"][0]["cost"],
    "projects[0].fixed_opex": lambda c: c["projects"][0]["fixed_opex"],
    "projects[0].variable_opex": lambda c: c["projects"][0]["variable_opex"],
    "projects[0].energy.electricity": lambda c: c["projects"][0]["energy"]["electricity"],
    "projects[0].emissions.scope1": lambda c: c["projects"][0]["emissions"]["scope1"],
    "projects[0].emissions.levy_base": lambda c: c["projects"][0]["emissions"]["levy_base"],
    "projects[0].storage.volume": lambda c: c["projects"][0]["storage"]["volume"],
    "projects[0].premium.volume": lambda c: c["projects"][0]["premium"]["volume"],
    "projects[0].premium.price": lambda c: c["projects"][0]["premium"]["price"],
    "counterfactual[0].capex": lambda c: c["counterfactual"][0]["capex"],
    "counterfactual[0].fixed_opex": lambda c: c["counterfactual"][0]["fixed_opex"],
    "counterfactual[0].energy.natural_gas": lambda c: c["counterfactual"][0]["energy"][
        "natural_gas"
    ],
    "awards[0].amount": lambda c: c["awards"][0]["amount"],
    "installations[0].emissions.scope1": lambda c: c["installations"][0]["emissions"]["scope1"],
    "installations[0].rights.free_allocation_2025": lambda c: c["installations"][0]["rights"][
        "free_allocation_2025"
    ],
    "installations[1].rights.process_emissions": lambda c: c["installations"][1]["rights"][
        "process_emissions"
    ],
    "installations[1].energy.natural_gas": lambda c: c["installations"][1]["energy"]["natural_gas"],
}


@pytest.mark.parametrize(("place", "figure"), RANGED.items(), ids=RANGED)
def test_a_range_anywhere_in_a_case_reaches_the_value(place, figure):
    def ranged(content):
        found = figure(content)
        found.pop("range", None)
        middle = found.pop("value", 100)
        low, high = sorted((0.5 * middle, 1.5 * middle))
        found["range"] = {"low": low, "central": middle, "high": high}

    law = Law(LETTER, outlook="hold")
    low, high = (evaluate(case(ranged), law, Picks({place: end})).npv for end in ("low", "high"))

    assert abs(high - low) > 1.0


def test_the_labelled_items_add_up_to_the_cash_flow():
    found = outcome(as_it_is)

    items = found.labelled["items"]

    assert items.dims == ("state", "item", "year")
    assert items.sel(state="difference").sum("item").values == pytest.approx(found.cash_flow)
    assert found.labelled["gross"].sel(year=2030) == found.in_year(found.gross)
