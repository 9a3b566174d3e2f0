# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What variants do to every case in every draw: each company has a distribution or a reason."""

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from tests.docs.test_json_page import assert_same, printed

from maatwerkbank.economics.assessment import assess
from maatwerkbank.ground.errors import ParameterError, PortfolioError, RuleError
from maatwerkbank.parameters.law import Law
from maatwerkbank.portfolio import drawn_effect as module
from maatwerkbank.portfolio.cases import case_ids
from maatwerkbank.portfolio.drawn_effect import (
    ENACTED,
    OUTCOMES,
    DrawnCase,
    DrawnEffect,
    drawn_effect,
)
from maatwerkbank.portfolio.exposure import exposure_case
from maatwerkbank.portfolio.register import register
from maatwerkbank.risk.blocks import BlocksError, run_blocks
from maatwerkbank.risk.kernel import batch
from maatwerkbank.risk.simulation import Draws, simulation_block
from maatwerkbank.risk.summary import NotKnown, Summary

ROOT = Path(__file__).parents[2]
LETTER = date(2025, 6, 30)
LAW = Law(LETTER, outlook="hold")
ABOLISHED, NO_STEP = "levy_abolished", "levy_no_step"
DRAWS = Draws(n=512, seed=1)


def under(*variants: str) -> dict[str, Law]:
    return {name: Law(LETTER, variant=name, outlook="hold") for name in variants}


@pytest.fixture(scope="module")
def drawn() -> DrawnEffect:
    return drawn_effect(LAW, under(ABOLISHED, NO_STEP), DRAWS)


@pytest.fixture(scope="module")
def plain(drawn):
    return drawn.as_json()


@pytest.fixture(scope="module")
def aeb(drawn) -> DrawnCase:
    """The one plan of which public figures give a net present value."""
    return next(case for case in drawn.cases if case.company.id == "aeb")


# ── every company ─────────────────────────────────────────────────────────────────────────────


def test_every_firm_of_the_register_is_there_once(plain):
    listed = [firm["id"] for key in ("cases", "exposure_only", "not_public") for firm in plain[key]]

    assert sorted(listed) == sorted(company.id for company in register(LETTER))
    assert {case["id"] for case in plain["cases"]} == set(case_ids())


def test_every_outcome_is_one_that_the_kernel_gives_and_is_asked_for_once():
    assert [key for key in batch.OUTCOMES if key in OUTCOMES] == list(OUTCOMES)


@pytest.mark.parametrize("law", [ENACTED, ABOLISHED])
def test_every_outcome_of_every_company_has_a_distribution_or_a_reason(drawn, law):
    told = [(case, case.told(law, key)) for case in drawn.cases for key in OUTCOMES]
    lacks = [lack for _, each in told if isinstance(each, NotKnown) for lack in each.lacks]
    known = [each for _, each in told if isinstance(each, Summary)]

    assert all(each.lacks for _, each in told if isinstance(each, NotKnown))
    assert all(lack.why["nl"] and lack.why["en"] and lack.ask["nl"] for lack in lacks)
    assert all(each.n_draws == 512 and math.isfinite(each.mean) for each in known)


def test_every_company_with_a_plan_has_some_distribution_of_a_change(drawn):
    silent = [
        case.company.id
        for case in drawn.cases
        if not any(isinstance(case.told_change(ABOLISHED, key), Summary) for key in OUTCOMES)
    ]

    assert silent == []


def test_what_a_company_lacks_is_said_with_the_outcomes_that_are_null_for_it(plain):
    yara = next(case for case in plain["cases"] if case["id"] == "yara")
    grid = next(lack for lack in yara["lacks"] if lack["place"] == "projects[0].grid_cost")

    assert grid["reason"] == "absent"
    assert {law["law"] for law in grid["laws"]} == {ENACTED, ABOLISHED, NO_STEP}
    assert grid["laws"][0]["figures"] == ["npv_eur", "npv_without_support_eur"]


def test_what_a_case_cannot_give_stands_in_no_table(drawn):
    plan = drawn.simulation.plan
    task = plan.tasks()[0]

    written = simulation_block(plan, task)["draws"]

    yara = written["case"] == "yara"
    assert np.isnan(written["npv_eur"][yara]).all()
    assert np.isfinite(written["carbon_value_eur"][yara]).all()


# ── the same draws ────────────────────────────────────────────────────────────────────────────


def test_a_change_is_variant_minus_law_in_one_and_the_same_draw(aeb):
    before, after = aeb.outcome(ENACTED, "npv_eur"), aeb.outcome(ABOLISHED, "npv_eur")

    change = aeb.change(ABOLISHED, "npv_eur")

    assert np.array_equal(change, after - before)
    assert change.std() < 0.25 * before.std()  # what both share falls out


def test_what_no_variant_touches_is_the_same_in_every_draw(drawn):
    untouched = [
        case.change(ABOLISHED, key)
        for case in drawn.cases
        for key in ("removal_2030_t", "support_eur")
    ]

    assert not any(np.any(each) for each in untouched)


def test_a_levy_that_is_gone_costs_less_save_where_a_refund_is_gone_too(drawn):
    sides = [
        [case.outcome(law, "levy_to_2030_eur") for law in (ENACTED, ABOLISHED)]
        for case in drawn.cases
        if case.change(ABOLISHED, "levy_to_2030_eur") is not None
    ]
    dearer = [after > before for before, after in sides]

    assert len(sides) >= 4
    assert all(np.all(after >= 0.0) for _, after in sides)
    # Rights left over in later years pay back the levy of 2025, and without a levy they do not.
    assert sum(each.mean() for each in dearer) < 0.1


def test_another_variant_beside_it_changes_nothing(drawn):
    alone = drawn_effect(LAW, under(ABOLISHED), DRAWS)

    for one, other in zip(alone.cases, drawn.cases, strict=True):
        assert one.told_change(ABOLISHED, "gross_2030_t") == other.told_change(
            ABOLISHED, "gross_2030_t"
        )


# ── the sign of the value, and what hangs on it ───────────────────────────────────────────────


def test_the_chances_are_shares_of_the_draws(aeb):
    before, after = aeb.outcome(ENACTED, "npv_eur"), aeb.outcome(ABOLISHED, "npv_eur")

    assert aeb.below_nil(ENACTED).probability == (before < 0).sum() / 512
    falls = aeb.chance_that_it_falls(ABOLISHED).probability
    rises = aeb.chance_that_it_rises(ABOLISHED).probability
    assert falls == ((before >= 0) & (after < 0)).sum() / 512
    assert rises == 0.0
    assert aeb.below_nil(ABOLISHED).probability == pytest.approx(
        aeb.below_nil(ENACTED).probability + falls - rises
    )


def test_tonnes_are_in_doubt_only_where_the_variant_turns_the_plan(aeb):
    gross = aeb.outcome(ENACTED, "gross_2030_t")
    falls = aeb.falls(ABOLISHED)

    in_doubt = aeb.in_doubt(ABOLISHED, "gross_2030_t")

    assert np.array_equal(in_doubt[falls], gross[falls])
    assert not in_doubt[~falls].any()
    assert in_doubt.any()


def test_extra_support_is_the_growth_of_the_gap_above_nil(aeb):
    gap_before = -aeb.outcome(ENACTED, "npv_without_support_eur")
    gap_after = -aeb.outcome(ABOLISHED, "npv_without_support_eur")

    extra = aeb.extra_support(ABOLISHED)

    assert (gap_before > 0).all()
    assert extra == pytest.approx(gap_after - gap_before)
    assert aeb.told_extra_support(ABOLISHED).worst_is == "most"


def test_a_plan_without_a_value_has_no_chance_and_no_tonnes_in_doubt(drawn):
    yara = next(case for case in drawn.cases if case.company.id == "yara")

    assert yara.below_nil(ENACTED) is None
    assert yara.chance_that_it_falls(ABOLISHED) is None
    assert isinstance(yara.told_in_doubt(ABOLISHED, "gross_2030_t"), NotKnown)


# ── totals ────────────────────────────────────────────────────────────────────────────────────


def test_a_total_is_the_sum_by_draw_over_the_companies_of_which_it_is_known(drawn):
    total = drawn.total_change(ABOLISHED, "carbon_value_eur")

    members = [case for case in drawn.cases if case.company.id in total.members]
    assert total.values == pytest.approx(
        sum(case.change(ABOLISHED, "carbon_value_eur") for case in members)
    )
    assert {"yara", "aeb"} <= set(total.members)
    assert {*total.members, *total.left_out} == set(case_ids())
    assert all(total.left_out.values())


def test_totals_under_all_laws_are_over_the_same_companies(drawn):
    members = {
        (key, drawn.total(law, key).members)
        for law in drawn.laws
        for key in ("levy_total_eur", "required_2030_t")
    }

    assert len(members) == 2


def test_a_total_of_nobody_is_null_and_says_who_is_left_out(drawn):
    decided = drawn.total_in_doubt(ABOLISHED, "gross_2030_t", decided=True)

    assert decided.values is None
    assert set(decided.left_out) == {"nobian", "yara"}
    assert isinstance(decided.told, NotKnown)


# ── firms without a plan ──────────────────────────────────────────────────────────────────────


def test_a_firm_without_a_plan_keeps_the_range_that_it_has_without_draws(plain):
    company = next(each for each in register(LETTER) if each.id == "dow")
    alone = exposure_case(company, LETTER)
    sides = [assess(alone, known_on=LETTER, variant=variant) for variant in (None, ABOLISHED)]
    dow = next(firm for firm in plain["exposure_only"] if firm["id"] == "dow")

    change = next(each for each in dow["changes"] if each["variant"] == ABOLISHED)

    value, ends = sides[0].difference(sides[1])["levy_to_2030_eur"]
    assert (value, change["difference"]["levy_to_2030_eur"]) == (None, None)
    assert change["difference_ranges"]["levy_to_2030_eur"] == ends
    assert len(plain["exposure_only"]) == 7


# ── the receipt, the same bytes ───────────────────────────────────────────────────────────────


def test_the_receipt_names_seed_day_and_laws(drawn):
    receipt = drawn.receipt

    assert receipt.seed == 1
    assert receipt.known_on == "2025-06-30"
    assert receipt.variant == f"none, {ABOLISHED}, {NO_STEP}"
    assert len(receipt.number) == 16


@pytest.mark.parametrize(
    "change", [{"seed": 2}, {"n": 513}, {"family": "low"}], ids=["seed", "n", "prices"]
)
def test_another_run_has_another_receipt(drawn, change):
    other = drawn_effect(LAW, under(ABOLISHED, NO_STEP), replace(DRAWS, **change))

    assert other.receipt.number != drawn.receipt.number


def test_the_json_is_the_contract(plain):
    assert plain["format"] == "maatwerkbank-effect-draws-1"
    assert plain["laws"] == [ENACTED, ABOLISHED, NO_STEP]
    assert {
        "n": 512,
        "seed": 1,
        "method": "sobol",
        "family": "mid",
        "process": "nl-2025-06-30",
    }.items() <= plain["draws"].items()


def test_the_page_names_every_key(plain):
    assert_same("effect with draws", printed(plain))


def test_the_json_has_no_nan_and_no_minus_nothing(plain):
    text = json.dumps(plain, allow_nan=False)

    assert "-0.0," not in text
    assert "-0.0}" not in text


@pytest.mark.slow
def test_two_processes_with_other_threads_give_the_same_bytes():
    command = [sys.executable, "-m", "maatwerkbank", "effect", "--variant", ABOLISHED]
    asked = [*command, "--draws", "3000", "--seed", "5", "--json", "--threads"]

    one, three = (
        subprocess.run([*asked, threads], check=True, capture_output=True).stdout
        for threads in ("1", "3")
    )

    assert one.startswith(b"{")
    assert three == one


def test_a_folder_gives_the_same_answer_and_holds_every_draw(plain, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")

    kept = drawn_effect(LAW, under(ABOLISHED, NO_STEP), DRAWS, out=tmp_path / "run")

    table = parquet.read_table(tmp_path / "run" / "draws")
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert kept.as_json() == plain
    assert table.column_names == ["law", "case", "draw", *OUTCOMES]
    assert table.num_rows == 3 * len(case_ids()) * 512
    assert manifest["receipt"] == plain["draws"]["receipt"]


@pytest.mark.slow
def test_a_cluster_gives_the_same_answer(plain):
    distributed = pytest.importorskip("distributed")

    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=True,
        dashboard_address="127.0.0.1:0",
        env={"PYTHONPATH": os.fspath(ROOT / "src")},
    ) as cluster:
        there = drawn_effect(
            LAW, under(ABOLISHED, NO_STEP), DRAWS, cluster=cluster.scheduler_address
        )

    assert there.as_json() == plain


def test_the_work_is_a_function_of_plan_and_task_only(drawn):
    plan = drawn.simulation.plan

    again = run_blocks(plan, plan.tasks()[:1], simulation_block).tables(plan.tasks()[0])

    alone = simulation_block(plan, plan.tasks()[0])
    assert all(again["draws"][name].tolist() == alone["draws"][name].tolist() for name in ("draw",))
    assert again["draws"]["npv_eur"].tobytes() == alone["draws"]["npv_eur"].tobytes()


# ── refusals, before any work ─────────────────────────────────────────────────────────────────


@pytest.fixture
def _no_work(monkeypatch):
    def started(*_: object, **__: object) -> None:
        raise AssertionError("work has started")

    monkeypatch.setattr(module, "run_blocks", started)


@pytest.mark.usefixtures("_no_work")
@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"n": 0}, RuleError, "0 draws were asked for"),
        ({"n": -5}, RuleError, "-5 draws were asked for"),
        ({"n": 2**20 + 1}, RuleError, "there are 1 to 1,048,576"),
        ({"family": "hope"}, ParameterError, "no price family 'hope'"),
        ({"process": "luck"}, ParameterError, "no price processes 'luck'"),
    ],
    ids=["none", "fewer than none", "too many", "family", "process"],
)
def test_draws_that_cannot_be_drawn_are_refused_with_a_remedy(change, error, message):
    with pytest.raises(error, match=message) as refused:
        drawn_effect(LAW, under(ABOLISHED), replace(DRAWS, **change))

    assert refused.value.remedy


@pytest.mark.usefixtures("_no_work")
@pytest.mark.parametrize(
    ("law", "others", "message"),
    [
        (LAW, {}, "at least one variant"),
        (under(NO_STEP)[NO_STEP], under(ABOLISHED), "at least one variant"),
        (LAW, {"other": under(ABOLISHED)[ABOLISHED]}, "stands under the name 'other'"),
        (LAW, {"other": LAW}, "has no variant"),
    ],
    ids=["no variant", "a variant as the law", "another name", "twice the law"],
)
def test_laws_that_are_no_comparison_are_refused(law, others, message):
    with pytest.raises(PortfolioError, match=message):
        drawn_effect(law, others, DRAWS)


@pytest.mark.usefixtures("_no_work")
def test_draws_that_do_not_fit_in_memory_are_refused_with_both_numbers(monkeypatch):
    monkeypatch.setattr(module, "free_memory", lambda: 10**6)

    with pytest.raises(
        BlocksError, match=r"need .* GB to be summed up; 0.001 GB is free"
    ) as refused:
        drawn_effect(LAW, under(ABOLISHED), DRAWS)

    assert "fewer draws" in refused.value.remedy
