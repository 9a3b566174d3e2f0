# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options of cases and of documents, the questions that they make, and the answers."""

import itertools
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import Support
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import read_case
from maatwerkbank.portfolio import candidates_document
from maatwerkbank.portfolio.answer import answer
from maatwerkbank.portfolio.candidates import FromCases
from maatwerkbank.portfolio.candidates_file import (
    CandidatesRefused,
    FromFile,
    check_candidates,
    read_candidates,
)
from maatwerkbank.portfolio.cases import load_case
from maatwerkbank.portfolio.choice.terms import ChoiceNotConfirmed, Drawn, NoChoice
from maatwerkbank.portfolio.question import (
    Beside,
    LimitUnspoken,
    Question,
    YearlyLimit,
    question,
)
from maatwerkbank.portfolio.shared_use import is_place
from maatwerkbank.risk.plain import late
from maatwerkbank.risk.simulation import Draws, simulate

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "reference" / "example-choice.yaml"
CASE = ROOT / "docs" / "reference" / "example-case.yaml"
LAW = Law(date(2025, 6, 30), outlook="hold")
FEW = Draws(n=48, seed=3)
EXACT = 1e-9


def example():
    """The plain values of the shipped example."""
    return yaml.safe_load(EXAMPLE.read_text("utf-8"))


def document(folder, content):
    path = folder / "options.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return path


def read(folder, content):
    return read_candidates(document(folder, content))


def findings_of(folder, content):
    _, findings = check_candidates(document(folder, content))
    return [(each.code.removeprefix("candidates."), each.place) for each in findings]


# ── options from cases ────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def plan():
    return read_case(CASE)


@pytest.fixture(scope="module")
def made(plan):
    """The example case and two shipped ones, planned and a year later."""
    files = (plan, load_case("aeb"), load_case("yara"))
    return FromCases(files, LAW, FEW, first_year=2025, later=1).made()


def drafts(made):
    return {each.id: each for each in made.drafts}


def test_a_case_is_offered_as_planned_and_later(made):
    starts = {each.id: (each.case, each.start_year) for each in made.drafts}

    assert starts == {
        "example-2028": ("example", 2028),
        "example-2029": ("example", 2029),
        "aeb-2028": ("aeb", 2028),
        "aeb-2029": ("aeb", 2029),
    }


def test_a_start_after_2030_is_guidance_to_net_zero(plan):
    found = FromCases((plan,), LAW, Draws(n=8), first_year=2025).made()

    tracks = {each.start_year: each.track for each in found.drafts}
    assert tracks == {
        2028: "standard",
        2029: "standard",
        2030: "standard",
        2031: "net_zero_guidance",
    }


def test_a_later_start_is_the_case_so_many_years_later_in_the_same_draws(plan, made):
    later = replace(plan, case=late(plan.case, {"e-boiler": 1}))

    drawn = simulate([later], {"law": LAW}, FEW, outcomes=("additional_discounted_t",))

    tonnes = drawn.values("law", "example", "additional_discounted_t")
    assert np.array_equal(drafts(made)["example-2029"].additional_t, tonnes)


def test_either_count_of_tonnes_is_that_outcome_of_the_simulation(plan, made):
    in_2030 = FromCases((plan,), LAW, FEW, first_year=2025, counts="2030", later=0).made()
    drawn = simulate([plan], {"law": LAW}, FEW)

    of_2030 = drawn.values("law", "example", "additional_2030_t")
    assert np.array_equal(in_2030.drafts[0].additional_t, of_2030)
    assert drafts(made)["example-2028"].beside["additional_2030_t"] == of_2030.mean()


def test_what_is_needed_is_worth_the_mean_shortfall_to_the_plan(plan, made):
    npv = simulate([plan], {"law": LAW}, FEW, outcomes=("npv_eur",)).values(
        "law", "example", "npv_eur"
    )
    short = np.maximum(0.0, -npv).mean()
    money = drafts(made)["example-2028"].money_eur

    bare = evaluate(plan.case, LAW)
    paid = np.array([money.get(int(year), 0.0) for year in bare.years])
    aided = evaluate(plan.case, LAW, support=[Support("grant", "e-boiler", "capital_grant", paid)])

    assert short > 1e6
    assert aided.npv - bare.npv == pytest.approx(short, abs=1.0)


def test_what_is_needed_is_paid_as_the_investment_is(made):
    money = drafts(made)["example-2028"].money_eur
    later = drafts(made)["example-2029"].money_eur

    assert set(money) == {2026, 2027}
    assert set(later) == {2027, 2028}
    assert money[2026] / sum(money.values()) == pytest.approx(0.4)


def test_what_would_be_paid_before_the_first_year_is_paid_in_what_is_left_of_the_investment(plan):
    only_2027 = FromCases((plan,), LAW, FEW, first_year=2027, later=0).made().drafts[0]
    at_once = FromCases((plan,), LAW, FEW, first_year=2029, later=0).made().drafts[0]

    assert set(only_2027.money_eur) == {2027}
    assert set(at_once.money_eur) == {2029}


def test_what_was_awarded_is_paid_as_it_is(made):
    aeb = drafts(made)["aeb-2028"]

    assert aeb.money_eur[2040] == pytest.approx(80e6)
    assert aeb.money.awarded_eur == pytest.approx(1.2e9)
    assert aeb.money.needed_eur > 0.0
    assert sum(aeb.money_eur.values()) == pytest.approx(
        aeb.money.awarded_eur + aeb.money.needed_eur
    )
    assert drafts(made)["aeb-2029"].money_eur[2043] == pytest.approx(80e6)


def test_money_that_is_paid_before_the_first_year_is_no_matter_of_choice():
    found = FromCases((load_case("aeb"),), LAW, Draws(n=8), first_year=2030, later=0).made()

    (aeb,) = found.drafts
    assert aeb.money.before_eur == pytest.approx(160e6)
    assert min(aeb.money_eur) == 2030


def test_a_case_without_public_costs_is_not_offered_and_says_what_is_lacking(made):
    (yara,) = made.not_offered

    assert (yara.option, yara.reason.en) == ("yara-2026", "cannot be given: the cost to the State")
    assert [(each.place, each.is_absent) for each in yara.lacks] == [
        ("projects[0].grid_cost", True)
    ]
    assert "not public" in yara.lacks[0].why.en
    assert "Yara" in yara.lacks[0].ask.en
    assert yara.whole_reason.nl.endswith("nodig: projects[0].grid_cost")


def test_a_range_without_a_distribution_is_lacking_too():
    (anqore,) = FromCases((load_case("anqore"),), LAW, FEW, 2025, later=0).made().not_offered

    assert ("projects[0].capex", False) in [(e.place, e.is_absent) for e in anqore.lacks]


def test_a_plan_that_is_being_carried_out_starts_when_it_starts(made):
    # Yara is in execution on 30 June 2025: a year later it is no option, not even one that lacks.
    assert {each.option for each in made.not_offered} == {"yara-2026"}


def test_a_case_without_a_project_is_not_offered(plan):
    bare = replace(plan, case=plan.case.model_copy(update={"projects": [], "awards": []}))

    (found,) = FromCases((bare,), LAW, FEW, first_year=2025).made().not_offered

    assert (found.option, found.reason.en) == ("example", "the case has no project")


def test_what_a_case_asks_of_pipelines_and_grid_is_found_as_far_as_public_facts_go(made):
    aeb, boiler = drafts(made)["aeb-2028"], drafts(made)["example-2028"]

    # The delay of AEB cites a source of Aramis, although it pays the fee of Porthos.
    assert set(aeb.uses) == {"aramis", "power-grid"}
    assert (min(aeb.uses["aramis"]), aeb.uses["aramis"][2030]) == (2028, 480_000.0)
    assert boiler.uses == {"power-grid": dict.fromkeys(range(2028, 2043), 200_000 / 8760)}


def test_a_co_benefit_that_is_absent_is_left_out_and_no_zero(plan, made):
    content = yaml.safe_load(CASE.read_text("utf-8"))
    stated = {"value": -10, "unit": "t/year", "source": "round-numbers"}
    content["projects"][0]["substances"]["nox"] = stated
    less = type(plan.case).model_validate(content)
    files = (replace(plan, case=less),)

    (found,) = FromCases(files, LAW, FEW, first_year=2025, later=0).made().drafts

    assert found.co_benefits == {"nox_kg": 10_000.0}
    assert drafts(made)["example-2028"].co_benefits == {}


def test_the_effort_of_a_case_team_moves_with_the_start(plan):
    effort = {"example": {2026: 1.5}}

    found = FromCases((plan,), LAW, FEW, 2025, later=1, effort_fte=effort).made().drafts

    assert [each.staff_fte for each in found] == [{2026: 1.5}, {2027: 1.5}]


# ── a document ────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_example_has_no_findings():
    found, findings = check_candidates(EXAMPLE)

    assert findings == ()
    assert found.content.counts == "2030"


def test_the_guide_names_every_field_of_the_document():
    page = (ROOT / "docs" / "how-to" / "choose-under-a-budget.md").read_text("utf-8")
    told = set(re.findall(r"`([a-z_]+)`", page))
    models = (
        candidates_document.CandidatesDocument,
        candidates_document.CandidateOption,
        candidates_document.CandidateInfrastructure,
        candidates_document.CandidateLimits,
        candidates_document.ChoiceYears,
        candidates_document.Spread,
    )

    assert sorted({name for model in models for name in model.model_fields} - told) == []


def test_a_number_a_spread_and_a_list_are_tonnes_by_draw(tmp_path):
    content = example()
    content |= {"options": content["options"][:3], "limits": {}}
    for option, tonnes in zip(content["options"], (5, [1, 2, 3], 7), strict=True):
        option["additional_t"] = tonnes
    file = read(tmp_path, content)

    found = FromFile(file, Draws(n=file.listed_draws)).made().drafts

    assert [each.additional_t.tolist() for each in found] == [[5, 5, 5], [1, 2, 3], [7, 7, 7]]


def test_a_mean_with_a_standard_deviation_is_drawn_so_and_never_below_nil():
    (steel,) = FromFile(read_candidates(EXAMPLE), Draws(n=4096)).made({"steel-2030"}).drafts

    assert steel.additional_t.mean() == pytest.approx(900_000, rel=0.01)
    assert steel.additional_t.std() == pytest.approx(300_000, rel=0.02)
    assert steel.additional_t.min() >= 0.0


def test_another_option_changes_no_draw(tmp_path):
    content = example()
    content["options"] = [each for each in content["options"] if each["id"] == "fertiliser"]

    (alone,) = FromFile(read(tmp_path, content), FEW).made().drafts
    (among,) = FromFile(read_candidates(EXAMPLE), FEW).made({"fertiliser"}).drafts

    assert np.array_equal(alone.additional_t, among.additional_t)


def bad_document():
    content = example()
    one, two, three, *_ = content["options"]
    content["counts"] = "2031"
    content["colour"] = "red"
    one |= {"additional_t": {"mean": 100, "sd": 50}, "public_money_eur": {2035: 1}}
    one |= {"staff_fte": -1, "uses": {"ghost": 1}, "needs": ["nobody"], "source": "nowhere"}
    two |= {"start_year": "soon", "excludes": ["steel-2030"], "public_money_eur": 100}
    three |= {"id": "steel-2030", "additional_t": [1, -2]}
    content["infrastructure"] += [
        {"id": "own", "capacity": 5, "source": "round-numbers"},
        {"id": "power-grid", "capacity": 5, "opening_year": 2020, "source": "round-numbers"},
    ]
    content["limits"] |= {"level": 1.0, "must_take": ["zed"], "budget_eur": {2026: -1}}
    content["limits"]["co_benefit_weights"] = {"noise": 1}
    return content


def test_all_findings_come_at_once_each_with_its_place(tmp_path):
    found = findings_of(tmp_path, bad_document())

    places = {(code, re.sub(r", line \d+$", "", place)) for code, place in found}
    assert places == {
        ("extra-forbidden", "colour"),
        ("form", "options[1].public_money_eur"),
        ("id-twice", "options"),
        ("int-parsing", "options[1].start_year"),
        ("level", "limits.level"),
        ("literal-error", "counts"),
        ("negative", "limits.budget_eur.2026"),
        ("negative", "options[0].staff_fte"),
        ("negative", "options[2].additional_t[1]"),
        ("not-public", "infrastructure[1]"),
        ("not-public", "infrastructure[2]"),
        ("same-case", "options[1].excludes[0]"),
        ("source-unknown", "options[0].source"),
        ("spread", "options[0].additional_t"),
        ("unknown", "limits.co_benefit_weights.noise"),
        ("unknown", "limits.must_take[0]"),
        ("unknown", "options[0].needs[0]"),
        ("unknown", "options[0].uses.ghost"),
        ("year-missing", "limits.budget_eur"),
        ("year-outside", "options[0].public_money_eur.2035"),
    }
    assert all("line" in place for _, place in found)


def test_every_finding_says_in_both_languages_what_was_found_and_what_to_do(tmp_path):
    _, findings = check_candidates(document(tmp_path, bad_document()))

    english = [each.as_json("en") for each in findings]
    dutch = [each.as_json("nl") for each in findings]
    assert all(all(each.values()) for each in (*english, *dutch))
    assert [n for n, each in enumerate(english) if each["remedy"] == dutch[n]["remedy"]] == []


def test_lists_of_different_lengths_are_a_finding(tmp_path):
    content = example()
    for option, tonnes in zip(content["options"], ([1, 2], [1, 2], [1, 2, 3]), strict=False):
        option["additional_t"] = tonnes

    assert [code for code, _ in findings_of(tmp_path, content)] == ["draws"]


def test_years_in_the_wrong_order_are_one_finding(tmp_path):
    content = example() | {"years": {"first": 2031, "last": 2026}}

    assert [code for code, _ in findings_of(tmp_path, content)] == ["years"]


def test_the_state_pays_in_a_year_of_the_choice(tmp_path):
    content = example()
    content["infrastructure"][0] |= {"paid_in": [2040]}

    assert [code for code, _ in findings_of(tmp_path, content)] == ["year-outside"]


def test_a_document_that_is_no_mapping_is_refused(tmp_path):
    assert findings_of(tmp_path, [1, 2]) == [("not-a-mapping", "line 1")]
    with pytest.raises(CandidatesRefused):
        read(tmp_path, [1, 2])


# ── the question ──────────────────────────────────────────────────────────────────────────────


def asked(file, **more):
    return question(**{"file": file, "draws": FEW, **more})


def test_an_option_without_a_figure_is_left_out_with_the_reason_and_so_is_what_needs_it(tmp_path):
    content = example()
    by_id = {each["id"]: each for each in content["options"]}
    by_id["sugar"]["needs"] = ["glass"]
    by_id["steel-2030"]["needs"] = ["sugar"]

    found = asked(read(tmp_path, content))

    reasons = {each.option: each.reason.en for each in found.not_offered}
    assert reasons == {
        "glass": "not given: the cost to the State",
        "sugar": "requires glass, which cannot be chosen itself",
        "steel-2030": "requires sugar, which cannot be chosen itself",
    }
    assert set(reasons).isdisjoint(found.drafts)


def test_under_a_limit_on_staff_an_option_must_say_what_staff_it_asks(tmp_path):
    content = example()
    del content["options"][0]["staff_fte"]
    free = {**content, "limits": {**content["limits"], "staff_fte": None}}

    limited, unlimited = asked(read(tmp_path, content)), asked(read(tmp_path, free))

    assert "steel-2030" in {each.option for each in limited.not_offered}
    assert "steel-2030" in unlimited.drafts


def test_what_must_be_taken_and_cannot_be_chosen_is_refused_with_the_reason(tmp_path):
    content = example()
    content["limits"]["must_take"] = ["glass"]

    with pytest.raises(PortfolioError, match=r"'glass' must be taken .* the cost to the State"):
        asked(read(tmp_path, content))


def test_infrastructure_of_the_public_list_takes_from_there_what_is_left_out(tmp_path):
    content = example()
    content["options"][2]["uses"] = {"aramis": 200_000}
    content["infrastructure"].append(
        {
            "id": "aramis",
            "capacity": dict.fromkeys(range(2026, 2032), 1e6),
            "source": "round-numbers",
        }
    )

    found = asked(read(tmp_path, content))

    aramis = next(each for each in found.limits.infrastructure if each.id == "aramis")
    paid = dict(zip(found.limits.years.tolist(), aramis.fixed_cost_eur.tolist(), strict=True))
    assert (aramis.opening_year, aramis.capacity.max(), aramis.paid_by_state) == (2030, 1e6, True)
    assert {year: eur for year, eur in paid.items() if eur} == {2029: 639e6}
    assert found.names["aramis"].nl == "Aramis"


def test_what_is_not_public_about_infrastructure_limits_nothing_and_is_told(tmp_path):
    content = example()
    content["options"][2]["uses"] = {"power-grid": 20, "aramis": 200_000}

    found = asked(read(tmp_path, content), beside=Beside(budget_eur=YearlyLimit(1e9)))

    grid = next(each for each in found.limits.infrastructure if each.id == "power-grid")
    told = [note.en for note in found.notes]
    assert np.isinf(grid.capacity).all()
    assert not grid.paid_by_state
    assert any("High-voltage grid, not public: the room, the year" in note for note in told)
    assert any("0 to 7,500,000; the middle, 3,750,000, is counted" in note for note in told)


def test_a_limit_beside_the_document_goes_before_it_year_by_year():
    file = read_candidates(EXAMPLE)

    one_year = asked(file, beside=Beside(budget_eur=YearlyLimit(by_year={2027: 5.0})))
    all_years = asked(file, beside=Beside(budget_eur=YearlyLimit(7.0), staff_fte=YearlyLimit(2.0)))

    assert one_year.limits.budget_eur.tolist() == [0.0, 5.0, 200e6, 200e6, 0.0, 0.0]
    assert all_years.limits.budget_eur.tolist() == [7.0] * 6
    assert all_years.limits.staff_fte.tolist() == [2.0] * 6


def test_a_limit_that_is_silent_about_a_year_in_which_something_is_asked_is_refused(plan):
    only_2026 = Beside(budget_eur=YearlyLimit(by_year={2026: 1e9}))

    with pytest.raises(LimitUnspoken, match="no budget is given for 2027, in which"):
        question(case_files=[plan], law=LAW, draws=FEW, later=0, beside=only_2026)


def test_without_a_budget_money_is_no_limit_and_that_is_told(plan):
    found = question(case_files=[plan], law=LAW, draws=FEW, later=0)

    assert np.isinf(found.limits.budget_eur).all()
    assert "No budget was given." in [note.en for note in found.notes]


def test_figures_of_a_firm_can_stand_in_place_of_what_is_not_public(tmp_path, plan):
    content = example()
    content["options"][0] |= {"id": "our-boiler", "case": "example"}
    content["limits"] = {}
    file = read_candidates(document(tmp_path, content), ["example"])

    found = question(file=file, case_files=[plan], law=LAW, draws=FEW, counts="2030", later=0)

    # Options of one case exclude each other: the firm's own and the one that follows from the case.
    cases = {each.id: each.case for each in found.options}
    assert (cases["our-boiler"], cases["example-2028"]) == ("example", "example")


def test_a_document_may_hold_only_limits(tmp_path, plan):
    content = example() | {"options": [], "counts": "all_years"}
    content["limits"] = {"budget_eur": 90e6, "staff_fte": 1}
    content["effort_of_cases"] = {"example": {2026: 0.5}}

    found = question(file=read(tmp_path, content), case_files=[plan], law=LAW, draws=FEW, later=0)

    assert list(found.drafts) == ["example-2028"]
    assert found.limits.budget_eur[0] == 90e6
    assert found.options[0].staff_fte.tolist() == [0.5, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_the_frozen_path_is_told_of_where_the_levy_is_abolished(plan):
    law = Law(date(2025, 6, 30), variant="levy_abolished", outlook="hold")

    found = question(case_files=[plan], law=law, draws=FEW, later=0)

    frozen = found.drafts["example-2028"].beside["additional_2030_frozen_path_t"]
    assert any("frozen path" in note.en for note in found.notes)
    assert frozen < found.drafts["example-2028"].beside["additional_2030_t"]


def test_nothing_to_choose_from_is_refused(tmp_path):
    with pytest.raises(PortfolioError, match="nothing to choose from"):
        question(file=read(tmp_path, example() | {"options": [], "limits": {}}))


def test_tonnes_of_different_counts_are_never_added(plan):
    with pytest.raises(PortfolioError, match="cannot be added"):
        question(file=read_candidates(EXAMPLE), case_files=[plan], law=LAW, counts="all_years")


def test_lists_over_draws_say_how_many_draws_there_are(tmp_path):
    content = example()
    content["options"][0]["additional_t"] = [1e5, 2e5, 3e5, 4e5]
    file = read(tmp_path, content)

    assert question(file=file).draws.n == 4
    with pytest.raises(PortfolioError, match="lists 4 draws, and 48 are asked"):
        asked(file)


# ── the answer ────────────────────────────────────────────────────────────────────────────────

YEARS = range(2026, 2031)


def world(seed, n=11, draws=6):
    """A document with everything that can limit a choice, in plain values."""
    g = np.random.default_rng(seed)
    common = g.normal(size=draws)
    options = []
    for i in range(n):
        mean = float(g.uniform(2e4, 4e5))
        drawn = mean * np.clip(1 + 0.3 * common + 0.4 * g.normal(size=draws), 0, None)
        paid = mean * g.uniform(20, 200) * g.dirichlet(np.ones(3))
        options.append(
            {
                "id": f"o{i:02d}",
                "case": f"c{i // 2:02d}",
                "name": {"nl": "-", "en": "-"},
                "start_year": 2029,
                "additional_t": drawn.tolist(),
                "public_money_eur": {2027 + k: float(eur) for k, eur in enumerate(paid)},
                "staff_fte": {2026: float(g.uniform(0.2, 1.5)), 2027: 0.5},
                "uses": {"pipe": mean} if g.random() < 0.6 else {},
                "co_benefits": {"nox_kg": float(g.uniform(0, 1e5))},
                "needs": [f"c{g.integers(i // 2):02d}"] if i > 3 and g.random() < 0.3 else [],
                "source": "round-numbers",
            }
        )
    options[0]["excludes"] = [options[4]["id"], options[7]["case"]]
    total = {y: sum(o["public_money_eur"].get(y, 0.0) for o in options) for y in YEARS}
    return {
        "format": "maatwerkbank-candidates-1",
        "title": {"nl": "-", "en": "-"},
        "known_on": "2025-06-30",
        "counts": "2030",
        "years": {"first": 2026, "last": 2030},
        "options": options,
        "infrastructure": [
            {
                "id": "pipe",
                "capacity": n * 4e4,
                "opening_year": 2029,
                "state_eur": float(g.uniform(1e6, 2e7)),
                "source": "round-numbers",
            }
        ],
        "limits": {
            "budget_eur": {y: 0.35 * eur + 2e6 for y, eur in total.items()},
            "carry_over": bool(seed % 2),
            "staff_fte": n * 0.3,
            "risk_aversion": 0.5,
            "level": 0.7,
            "co_benefit_weights": {"nox_kg": 0.1},
        },
        "sources": {"round-numbers": {"title": "-", "seen": "unverified"}},
    }


def worth(content, taken):
    """What some options of a document are worth; None where they break a limit. By hand."""
    limits, (pipe,) = content["limits"], content["infrastructure"]
    there = {name for o in taken for name in (o["id"], o["case"])}
    if len({o["case"] for o in taken}) < len(taken):
        return None
    if any(name in there for o in taken for name in o.get("excludes", ())):
        return None
    if any(name not in there for o in taken for name in o["needs"]):
        return None
    users = [o for o in taken if o["uses"]]
    if sum(o["uses"]["pipe"] for o in users) > pipe["capacity"]:
        return None
    spent = {y: sum(o["public_money_eur"].get(y, 0.0) for o in taken) for y in YEARS}
    spent[2028] += pipe["state_eur"] if users else 0.0
    asked_for = list(spent.values())
    there_is = [limits["budget_eur"][y] for y in YEARS]
    if limits["carry_over"]:
        asked_for, there_is = itertools.accumulate(asked_for), itertools.accumulate(there_is)
    if any(a > b for a, b in zip(asked_for, there_is, strict=True)):
        return None
    if any(sum(o["staff_fte"].get(y, 0.0) for o in taken) > limits["staff_fte"] for y in YEARS):
        return None
    drawn = np.sum([o["additional_t"] for o in taken], axis=0) if taken else np.zeros(6)
    lost = np.sort(drawn.mean() - drawn)[::-1]
    tail = 0.3 * 6  # one whole draw, and 0.8 of the next
    risk = (lost[0] + (tail - 1) * lost[1]) / tail
    less_nox = sum(o["co_benefits"]["nox_kg"] for o in taken)
    return drawn.mean() + 0.1 * less_nox - 0.5 * risk


@pytest.mark.parametrize("seed", range(5))
def test_the_best_of_all_choices_from_a_document_is_found(tmp_path, seed):
    content = world(seed)
    options = content["options"]

    best = answer(question(file=read(tmp_path, content)), gap=EXACT).choice

    subsets = itertools.product((False, True), repeat=len(options))
    worths = [worth(content, list(itertools.compress(options, taken))) for taken in subsets]
    assert best.value.objective_t == pytest.approx(max(w for w in worths if w is not None))
    assert best.value.objective_t == pytest.approx(
        worth(content, [o for o in options if o["id"] in best.options])
    )


def test_options_that_exclude_each_other_are_never_taken_together(tmp_path):
    content = example()
    content["limits"] = {}

    found = answer(asked(read(tmp_path, content)), gap=EXACT)

    left = {each.option: each.reason.en for each in found.by_price.left_out}
    assert "biogas" in found.choice.options
    assert "sugar" not in found.choice.options
    assert left["biogas"] == (
        "does not go with what was chosen already: the place for one of biogas and sugar"
    )
    assert not any(is_place(name) for name in found.as_json()["choice"]["built"])


@pytest.mark.parametrize("seed", range(3))
def test_more_budget_never_lowers_the_optimum(tmp_path, seed):
    content = world(seed)
    budget = content["limits"]["budget_eur"]

    worths = []
    for times in (0.5, 1.0, 1.7):
        content["limits"]["budget_eur"] = {y: times * eur for y, eur in budget.items()}
        found = answer(question(file=read(tmp_path, content)), gap=EXACT)
        worths.append(found.choice.value.objective_t)

    assert worths == sorted(worths)


@pytest.fixture(scope="module")
def best():
    """The best choice of the shipped example."""
    return answer(asked(read_candidates(EXAMPLE)))


@pytest.fixture(scope="module")
def whole(best):
    """The same with all that can be asked."""
    return answer(best.question, with_frontier=True, with_shadow_prices=True)


@pytest.mark.slow
def test_every_choice_that_is_returned_is_valued_from_options_made_anew(whole):
    returned = [whole.choice, *whole.frontier]

    anew = whole.question._anew
    assert {name for each in returned for name in each.options} <= set(anew)
    assert not any(anew[n].additional_t is whole.options[n].additional_t for n in anew)


@pytest.mark.slow
def test_the_choice_that_looks_at_no_risk_ends_the_frontier(whole):
    risks = [each.value.cvar for each in whole.frontier]
    tonnes = [each.value.objective_t for each in whole.frontier]

    assert risks == sorted(risks)
    assert tonnes == sorted(tonnes)
    assert len(risks) > 2


def test_a_choice_of_cases_is_simulated_anew(plan):
    asked_of = question(case_files=[plan], law=LAW, draws=FEW, later=1)

    anew = asked_of.revalue(("example-2029",))

    option = next(each for each in asked_of.options if each.id == "example-2029")
    assert set(anew) == {"example-2029"}
    assert np.array_equal(anew["example-2029"].additional_t, option.additional_t)
    assert np.array_equal(anew["example-2029"].public_money_eur, option.public_money_eur)


def test_a_choice_that_is_worth_something_else_when_made_anew_is_not_returned(monkeypatch):
    asked_of = asked(read_candidates(EXAMPLE))
    options = {each.id: each for each in asked_of.options}

    def mistaken(_self, names):
        made = ((name, options[name]) for name in names)
        return {n: Drawn(o.additional_t * 1.01, o.public_money_eur) for n, o in made}

    monkeypatch.setattr(Question, "revalue", mistaken)
    with pytest.raises(ChoiceNotConfirmed, match="made anew"):
        answer(asked_of)


def test_without_any_choice_each_limit_that_lacks_is_named(tmp_path):
    content = example()
    content["limits"] |= {"must_take": ["steel-2030", "refinery"], "staff_fte": 4}

    with pytest.raises(NoChoice) as refused:
        answer(asked(read(tmp_path, content)))

    lacks = {(each.limit, each.year): each.amount for each in refused.value.lacks}
    assert lacks == {
        ("staff", 2026): pytest.approx(1.0),
        ("budget", 2028): pytest.approx(10e6),
    }


def test_the_cheapest_first_falls_short_of_the_best(best):
    assert "steel-2030" in best.choice.options
    assert "steel-2030" not in best.by_price.options
    assert best.falls_short_t > 500_000


def test_what_played_no_part_is_told_with_its_reason(best):
    told = {each.option: each.reason.nl for each in best.left_out}
    assert told == {
        "glass": "niet gegeven: de kosten voor de overheid; nodig: options.glass.public_money_eur"
    }


def plain(**more):
    found = answer(asked(read_candidates(EXAMPLE), **more))
    return json.dumps(found.as_json(), allow_nan=False)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others():
    once = plain()

    assert plain(threads=1) == once
    assert plain(draws=Draws(n=48, seed=4)) != once


def test_the_plain_values_say_what_stands_in_the_way_of_each_option(best):
    told = json.loads(json.dumps(best.as_json(), allow_nan=False))

    options = {each["id"]: each for each in told["options"]}
    assert told["format"] == "maatwerkbank-choice-1"
    assert options["steel-2030"]["chosen"]
    assert options["steel-2030"]["beside_the_choice"] is None
    assert options["salt-whole"]["beside_the_choice"]["same_case"] == "salt-small"
    assert "budget 2027" in options["sugar"]["beside_the_choice"]["breaks"][0]["en"]
    assert told["limits"]["budget_by_year_eur"]["2027"] == 242e6


@pytest.mark.slow
def test_no_shadow_price_is_told_of_room_that_stands_for_an_exclusion(whole):
    limits = [each.limit for each in whole.shadow_prices]

    assert limits == ["budget", "staff", "co2-line"]
