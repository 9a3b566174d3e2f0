# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An assessed case: what is judged, what is given as a range, what is null and who can help."""

import json
import math
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from maatwerkbank.economics.assessment import assess
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.ground.errors import NoValueOnDate, OfficialRunRefused, UnknownVariant
from maatwerkbank.ground.receipt import digest
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile, read_case
from maatwerkbank.sources.register import Seen

FILE = Path(__file__).parents[1] / "example_case.yaml"
ABSENT = {
    "absent": True,
    "why": {"nl": "niet openbaar", "en": "not public"},
    "ask": {"nl": "de onderneming", "en": "the firm"},
}


def as_it_is(content):
    return content


def assessed(change=as_it_is, **law):
    content = yaml.safe_load(FILE.read_text("utf-8"))
    change(content)
    return assess(CaseFile(Case.model_validate(content), digest(content), ()), **law)


def numbers(value):
    """Every number in plain values, with the path to it."""
    if isinstance(value, dict):
        return [(f"{k}.{p}", n) for k, v in value.items() for p, n in numbers(v)]
    if isinstance(value, list):
        return [(f"[{k}].{p}", n) for k, v in enumerate(value) for p, n in numbers(v)]
    return [("", value)] if isinstance(value, float) else []


@pytest.fixture(scope="module")
def example():
    return assess(read_case(FILE))


@pytest.fixture(scope="module")
def plain(example):
    return example.as_json()


# --- the contract ------------------------------------------------------------------------------

FLAT = {
    "npv_eur", "npv_without_support_eur", "irr", "irr_roots", "funding_gap_eur", "gross_2030_t",
    "required_2030_t", "additional_2030_t", "levy_total_eur", "abatement_cost_eur_per_t",
}  # fmt: skip
BY_YEAR = {"gross_by_year_t", "additional_by_year_t", "removal_by_year_t"}
WITH_AND_WITHOUT = {"levy_by_year_eur", "ets_by_year_eur"}


def test_the_json_has_every_key_that_others_rely_on(plain):
    assert set(plain) >= {
        *FLAT,
        *BY_YEAR,
        *WITH_AND_WITHOUT,
        "receipt",
        "outlook",
        "substances_2030_kg",
        "items",
        "lacks",
    }


@pytest.mark.parametrize("key", sorted(BY_YEAR))
def test_a_yearly_series_has_every_year_of_the_case(plain, key):
    assert list(plain[key]) == [str(year) for year in range(2025, 2044)]


@pytest.mark.parametrize("key", sorted(WITH_AND_WITHOUT))
def test_levy_and_allowances_are_given_with_and_without_the_projects(plain, key):
    assert list(plain[key]) == [str(year) for year in range(2025, 2044)]
    assert {frozenset(each) for each in plain[key].values()} == {frozenset({"with", "without"})}


def test_the_figures_of_2030_are_those_of_the_series(plain):
    assert plain["gross_2030_t"] == plain["gross_by_year_t"]["2030"] == 253_000
    assert plain["additional_2030_t"] == plain["additional_by_year_t"]["2030"]
    assert plain["removal_2030_t"] == plain["removal_by_year_t"]["2030"] == 20_000


def test_the_example_in_2030_by_hand(plain):
    # rights: 700,000 x 0.667 + 90,000 x 0.91 x 0.667 x 0.40 = 466,900 + 21,850.92
    # base without: 610,000 - 22,000 + 95,000 = 683,000; with: 610,000 - 250,000 + 80,000 = 440,000
    assert plain["dispensatierechten_by_year_t"]["2030"] == pytest.approx(488_750.92)
    assert plain["required_2030_t"] == pytest.approx(194_249.08)
    assert plain["additional_2030_t"] == pytest.approx(48_750.92)
    assert plain["levy_base_by_year_t"]["2030"] == {"with": 440_000, "without": 683_000}
    assert plain["outside_levy_by_year_t"]["2030"] == 10_000


def test_the_totals_are_the_sums_of_the_years(plain):
    levy = [year["with"] for year in plain["levy_by_year_eur"].values()]

    assert plain["levy_total_eur"] == pytest.approx(sum(levy))
    assert plain["levy_to_2030_eur"] == pytest.approx(sum(levy[:6]))
    assert plain["support_eur"] == 90e6
    assert plain["funding_gap_eur"] == -plain["npv_without_support_eur"]


def test_the_items_add_up_to_the_value(plain):
    assert sum(item["npv_eur"] for item in plain["items"]) == pytest.approx(plain["npv_eur"])
    assert [item["id"] for item in plain["items"]].count("tax") == 1


def test_substances_are_kilogrammes_and_what_is_absent_is_null(plain):
    # nox: 40 t less; the whole is not known, since that of the incinerator is not public
    assert plain["substances_2030_kg"] == {
        "nox": {"change": -40_000, "with": None, "without": None}
    }


def test_the_internal_rate_makes_the_value_nothing(example, plain):
    assert plain["irr_roots"] == 1
    assert float(net_present_value(example.outcome.cash_flow, plain["irr"])) == pytest.approx(
        0, abs=1
    )


def test_no_number_is_infinite_or_minus_nothing(plain):
    assert [path for path, n in numbers(plain) if not math.isfinite(n)] == []
    assert [path for path, n in numbers(plain) if n == 0 and math.copysign(1, n) < 0] == []


@pytest.mark.parametrize("variant", ["levy_abolished", "levy_2020", "levy_2026", "levy_2026_flat"])
def test_every_variant_gives_json_without_nan_or_minus_nothing(variant):
    found = assessed(variant=variant).as_json()

    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [path for path, n in numbers(found) if n == 0 and math.copysign(1, n) < 0] == []


def test_every_assumption_has_a_unit_and_a_source_with_how_it_was_seen(plain):
    seen = {"official", "press", "derived", "unverified", "database"}

    assert all(row["unit"] and row["source"]["id"] for row in plain["assumptions"])
    assert {row["source"]["seen"] for row in plain["assumptions"]} <= seen
    assert {"discount_rate", "prices.eua", "prices.electricity", "awards[0].amount"} <= {
        row["place"] for row in plain["assumptions"]
    }


def test_every_value_of_law_that_was_used_is_listed_with_its_source(plain):
    listed = {row["name"] for row in plain["law"]}

    assert listed >= {
        "co2_heffing/reductiefactor",
        "co2_heffing/tarief",
        "co2_heffing/correctiefactor_avi",
        "co2_heffing/minimumprijs",
        "co2_heffing/benchmarkperiode",
        "eu_ets/cscf",
        "eu_ets/procesfactor",
        "eu_ets/price",
        "energy_tax/electricity/1",
        "tax/corporate_rate",
        "tax/loss_threshold",
        "economics/social_discount_rate",
    }
    assert all(row["source"]["id"] and row["status"] for row in plain["law"])


def test_what_the_outlook_filled_in_is_named(plain):
    assert plain["outlook"]["name"] == "hold"
    assert plain["outlook"]["inflation"] == 0.02
    assert "co2_heffing/reductiefactor" in plain["outlook"]["scenario_values"]
    assert "co2_heffing/minimumprijs" not in plain["outlook"]["scenario_values"]


# --- ranges ------------------------------------------------------------------------------------


def test_a_range_with_a_centre_gives_a_value_and_a_range(plain):
    low, high = plain["ranges"]["npv_eur"].values()

    assert low < plain["npv_eur"] < high
    assert "support_eur" not in plain["ranges"]


def test_every_value_lies_within_its_range(plain):
    outside = [
        key
        for key, found in plain["ranges"].items()
        if plain[key] is not None and not found["low"] <= plain[key] <= found["high"]
    ]

    assert outside == []


def test_the_range_holds_every_figure_alone_at_its_ends(plain):
    low, high = plain["ranges"]["npv_eur"].values()
    ends = ("npv_at_low_eur", "npv_at_high_eur")
    alone = [row[end] for row in plain["sensitivity"] for end in ends]

    assert low <= min(alone) <= max(alone) <= high


def test_sensitivity_is_in_order_of_what_it_does(plain):
    widths = [abs(row["npv_at_high_eur"] - row["npv_at_low_eur"]) for row in plain["sensitivity"]]

    assert widths == sorted(widths, reverse=True)
    assert {row["place"] for row in plain["sensitivity"]} == {
        "projects[0].capex",
        "projects[0].energy.electricity",
        "prices.electricity",
        "prices.eua",
        "prices.natural_gas",
    }


def no_centre(content):
    del content["projects"][0]["capex"]["range"]["central"]


def test_a_range_without_a_centre_gives_null_a_range_and_a_lack():
    found = assessed(no_centre).as_json()

    assert found["npv_eur"] is found["irr"] is found["investment_eur"] is None
    assert found["ranges"]["npv_eur"]["low"] < found["ranges"]["npv_eur"]["high"]
    lack = next(lack for lack in found["lacks"] if lack["figure"] == "npv_eur")
    assert (lack["reason"], lack["place"]) == ("interval", "projects[0].capex")
    assert lack["ask"]["nl"] == "geef een waarde met bron"


def test_what_does_not_hang_on_the_range_is_still_given():
    found = assessed(no_centre)

    assert found.results["gross_2030_t"] == 253_000
    assert found.results["levy_total_eur"] is not None
    assert "gross_2030_t" not in {lack.figure for lack in found.lacks}


def test_a_line_of_the_cash_flow_that_hangs_on_the_range_is_null_and_others_are_not():
    found = {item["id"]: item for item in assessed(no_centre).as_json()["items"]}

    assert found["capex"]["npv_eur"] is found["tax"]["total_eur"] is None
    assert found["capex"]["by_year_eur"]["2026"] is None
    assert found["capex"]["by_year_eur"]["2030"] == 0
    assert found["energy_electricity"]["npv_eur"] is not None


@pytest.mark.parametrize(("capex", "sign"), [(1, "positive"), (3000, "negative"), (None, "open")])
def test_the_sign_is_given_where_the_ranges_leave_it_and_open_where_they_do_not(capex, sign):
    def change(content):
        # the discount rate alone decides nothing here: prices and power are ranges too
        range_ = {"low": capex, "central": capex, "high": capex}
        content["projects"][0]["capex"]["range"].update(range_ if capex else {})
        content["projects"][0]["premium"]["price"]["value"] = 180 if capex == 1 else 90

    assert assessed(change).npv_sign == sign


def test_an_open_sign_is_a_lack_that_names_what_weighs_most(example):
    (lack,) = [lack for lack in example.lacks if lack.reason == "sign_open"]

    assert lack.figure == "npv_eur"
    assert lack.place.startswith(example.swings[0].place)


# --- absent ------------------------------------------------------------------------------------


def absent_capex(content):
    content["projects"][0]["capex"] = ABSENT


@pytest.mark.parametrize("field", ["grid_cost", "variable_opex", "premium"])
def test_a_running_cost_or_income_that_is_absent_leaves_the_value_unknown(field):
    def change(content):
        content["projects"][0][field] = ABSENT

    found = assessed(change)
    places = {lack.place for lack in found.lacks if lack.figure == "npv_eur"}

    assert found.results["npv_eur"] is None
    assert found.npv_sign == "unknown"
    assert places == {f"projects[0].{field}"}
    # what it does not touch is still known
    assert found.results["carbon_value_eur"] is not None
    assert found.results["levy_to_2030_eur"] is not None


def test_grid_cost_is_paid_in_every_year_of_operation_and_only_then():
    def change(content):
        content["projects"][0]["grid_cost"] = {
            "value": 3,
            "unit": "MEUR/year",
            "source": "voorbeeld-studie",
            "place": "tabel 8",
        }

    (item,) = [row for row in assessed(change).as_json()["items"] if row["id"] == "grid_cost"]

    # 2029 to 2043, nominal as no price level is stated
    assert item["by_year_eur"]["2028"] == 0
    assert item["by_year_eur"]["2029"] == item["by_year_eur"]["2043"] == -3e6
    assert item["total_eur"] == pytest.approx(-45e6)


def test_a_case_without_grid_cost_has_no_such_line(plain):
    assert "grid_cost" not in {row["id"] for row in plain["items"]}


def another_operator(content):
    content["installations"][1]["operator"] = "buurbedrijf"


def test_the_levy_of_another_operator_stands_apart_and_no_rights_go_there():
    whole, apart = assessed(), assessed(another_operator)
    own = [each.id for each in apart.case.installations if each.operator is None]

    assert len(own) == len(apart.case.installations) - 1
    assert whole.results["levy_other_operators_to_2030_eur"] == 0
    assert apart.results["levy_other_operators_to_2030_eur"] > 0
    assert (
        apart.results["levy_to_2030_eur"] + apart.results["levy_other_operators_to_2030_eur"]
        >= whole.results["levy_to_2030_eur"]
    )
    # gross is over the whole boundary, whoever holds the permit
    assert apart.results["gross_2030_t"] == whole.results["gross_2030_t"]


def test_an_absent_figure_gives_null_with_why_and_whom_to_ask():
    found = assessed(absent_capex).as_json()
    lack = next(lack for lack in found["lacks"] if lack["figure"] == "npv_eur")

    assert found["npv_eur"] is None
    assert found["npv_sign"] == "unknown"
    assert "npv_eur" not in found["ranges"]
    assert lack == {
        "figure": "npv_eur",
        "reason": "absent",
        "place": "projects[0].capex",
        "members": ["projects[0].capex"],
        "why": ABSENT["why"],
        "ask": ABSENT["ask"],
    }


def test_absent_is_not_nothing_and_leaves_what_does_not_need_it():
    found = assessed(absent_capex)

    assert found.results["investment_eur"] is None
    assert found.results["gross_2030_t"] == 253_000
    assert found.results["levy_total_eur"] is not None


def test_absent_rights_leave_levy_and_additional_tonnes_open_and_gross_not():
    def change(content):
        content["installations"][0]["rights"] = ABSENT

    found = assessed(change)

    assert found.results["additional_2030_t"] is found.results["levy_total_eur"] is None
    assert found.results["gross_2030_t"] == 253_000
    assert {lack.place for lack in found.lacks if lack.figure == "additional_2030_t"} == {
        "installations[0].rights"
    }


def test_absent_emissions_of_a_project_leave_every_tonne_open():
    def change(content):
        content["projects"][0]["emissions"] = {"scope1": ABSENT}

    found = assessed(change)

    assert found.results["gross_2030_t"] is None
    assert found.results["investment_eur"] is not None
    assert {lack.place for lack in found.lacks if lack.figure == "gross_2030_t"} == {
        "projects[0].emissions.scope1"
    }


@pytest.mark.parametrize(
    "change", [as_it_is, no_centre, absent_capex], ids=["whole", "no centre", "absent"]
)
@pytest.mark.parametrize("variant", [None, "levy_2026", "levy_abolished"])
def test_every_null_result_is_named_with_a_reason_in_two_languages(change, variant):
    found = assessed(change, variant=variant)
    null = {key for key, value in found.results.items() if value is None}

    assert null <= {lack.figure for lack in found.lacks}
    assert all(lack.why["nl"] and lack.why["en"] for lack in found.lacks)
    assert all(lack.ask["nl"] and lack.ask["en"] for lack in found.lacks)


def test_a_plan_without_tonnes_has_no_cost_per_tonne():
    def change(content):
        for project in content["projects"]:
            project["emissions"]["scope1"]["value"] = 0
        content["counterfactual"] = []

    found = assessed(change)

    assert found.results["gross_2030_t"] == 0
    assert found.results["abatement_cost_eur_per_t"] is None
    assert found.as_json()["cost_effectiveness"][0]["gross_eur_per_t"] is None


def test_a_case_that_ends_before_2030_has_no_figure_of_2030_and_says_so():
    def change(content):
        content["last_year"] = 2029
        content["projects"][0]["replacements"] = []

    found = assessed(change)

    assert found.results["gross_2030_t"] is None
    assert "gross_2030_t" in {lack.figure for lack in found.lacks}


# --- support per tonne -------------------------------------------------------------------------


def test_the_four_figures_of_cost_effectiveness(plain):
    rows = {(row["id"], row["years"]): row for row in plain["cost_effectiveness"]}

    # 90 million for 253,000 t in 2030; over ten years; as an annuity of 8 %: 0.1490295
    assert rows["support_per_yearly_tonne_2030", None]["gross_eur_per_t"] == pytest.approx(
        355.731, abs=1e-3
    )
    assert rows["undiscounted", 10]["gross_eur_per_t"] == pytest.approx(35.5731, abs=1e-4)
    assert rows["undiscounted", 15]["gross_eur_per_t"] == pytest.approx(23.7154, abs=1e-4)
    assert rows["annuity", 10]["gross_eur_per_t"] == pytest.approx(53.0144, abs=1e-3)
    assert rows["support_per_yearly_tonne_2030", None]["additional_eur_per_t"] == pytest.approx(
        90e6 / 48_750.92
    )


def test_a_known_outcome_stands_beside_ours(plain):
    (row,) = plain["known"]

    assert (row["result"], row["computed"], row["known"]) == ("gross_2030_t", 253_000, 300_000)
    assert row["ratio"] == pytest.approx(253 / 300)
    assert row["difference"]["nl"].startswith("het persbericht")


# --- receipt and official use ------------------------------------------------------------------


def test_the_receipt_names_law_outlook_and_day(plain):
    receipt = plain["receipt"]

    assert receipt["variant"] is None
    assert (receipt["outlook"], receipt["known_on"]) == ("hold", "2025-06-30")
    assert receipt["input_sha256"] == read_case(FILE).sha256
    assert len(receipt["number"]) == 16


def test_another_law_day_or_case_gives_another_receipt(example):
    numbers_ = {
        example.receipt.number,
        assess(read_case(FILE), variant="levy_abolished").receipt.number,
        assess(read_case(FILE), known_on=date(2025, 7, 1)).receipt.number,
        assessed(no_centre).receipt.number,
    }

    assert len(numbers_) == 4


def test_the_same_receipt_gives_the_same_bytes_in_two_processes():
    program = (
        "import json, sys; from pathlib import Path;"
        "from maatwerkbank.economics.assessment import assess;"
        "from maatwerkbank.plant.case_file import read_case;"
        "print(json.dumps(assess(read_case(Path(sys.argv[1])), variant='levy_2026').as_json()))"
    )

    shown = {printed(program, hash_seed) for hash_seed in ("0", "31415")}

    assert len(shown) == 1


def printed(program, hash_seed):
    return subprocess.run(
        [sys.executable, "-c", program, str(FILE)],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
    ).stdout


def test_an_official_run_is_refused_with_every_reason(example):
    with pytest.raises(OfficialRunRefused) as refused:
        example.require_official()

    assert "projects[0].capex: unverified in voorbeeld-studie" in refused.value.what
    assert "eu_ets/cscf: seen as 'press' in cscf-2021-2025" in refused.value.what
    assert "awards[0].amount: unverified in voorbeeld-beschikking" in refused.value.what


def test_an_unverified_price_is_a_reason_only_where_the_case_uses_it(example, monkeypatch):
    shipped = price_set("public-2025-06-30")
    doubtful = {
        carrier: shipped.prices[carrier].model_copy(update={"seen": Seen.UNVERIFIED})
        for carrier in ("electricity", "iron_ore")
    }
    other = shipped.model_copy(update={"prices": {**shipped.prices, **doubtful}})
    monkeypatch.setattr("maatwerkbank.economics.assessment.price_set", lambda _: other)

    reasons = [reason for reason in example.not_official() if reason.startswith("prices.")]

    assert reasons == ["prices.electricity: unverified in scenario-corners"]


def test_the_day_of_the_case_is_taken_where_no_other_is_named(example):
    assert example.law.known_on == date(2025, 6, 30)
    assert assessed(known_on=date(2026, 1, 1)).law.known_on == date(2026, 1, 1)


def test_a_day_before_the_law_is_refused():
    with pytest.raises(NoValueOnDate):
        assessed(known_on=date(2019, 1, 1))


def test_an_unknown_variant_is_refused():
    with pytest.raises(UnknownVariant):
        assessed(variant="levy_doubled")


# --- labelled views ----------------------------------------------------------------------------


def test_the_labelled_cash_flow_has_its_axes_unit_and_receipt(example):
    flow = example.cash_flow

    assert flow.dims == ("item", "year")
    assert flow.attrs["unit"] == "EUR"
    assert flow.attrs["receipt"] == example.receipt.number
    assert float(flow.sel(item="capex", year=2037)) == pytest.approx(-14e6 * 1.02**13)


def test_the_labelled_emissions_keep_gross_required_and_additional_apart(example):
    emissions = example.emissions.sel(year=2030)

    assert float(emissions["gross"]) == 253_000
    assert float(emissions["additional"]) == pytest.approx(48_750.92)
    assert emissions["gross"].attrs["unit"] == "t"


def test_a_notebook_shows_a_table_with_the_receipt(example):
    shown = example._repr_html_()

    assert shown.startswith("<table>")
    assert example.receipt.number in shown
    assert "nan" not in shown.lower().replace("finance", "")


def test_the_difference_between_two_laws_takes_every_range_at_the_same_end(example):
    difference = example.difference(assess(read_case(FILE), variant="levy_abolished"))

    value, spread = difference["npv_eur"]
    assert value == pytest.approx(
        assess(read_case(FILE), variant="levy_abolished").outcome.npv - example.outcome.npv
    )
    assert spread["low"] <= value <= spread["high"]
    assert difference["gross_2030_t"][0] == 22_000
