# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reports as they are stored: handed in, verified, and what follows from a shortfall."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from tests.web.execution.agreed import Agreed, D, agree
from tests.web.world import World

from maatwerkbank.dossier.execution import Reported
from maatwerkbank.web.dossiers.models import Milestone
from maatwerkbank.web.execution import following, reporting, stored
from maatwerkbank.web.execution.models import (
    ConsequenceDecision,
    Report,
    ReportDue,
    ReportFigure,
)
from maatwerkbank.web.refusals import Conflict, NotAllowed, Unfit

TODAY = date(2026, 6, 1)


def hand_in(world: World, it: Agreed, co2: int | None, reason: str = "storing") -> Report:
    reported = [Reported("co2", None if co2 is None else D(co2), reason), Reported("nox", D(60))]
    report, _ = reporting.keep_draft(
        asked=it.asked, by=world.company, reported=reported, origin="form"
    )
    return reporting.hand_in(report=report, by=world.company)


def test_a_report_that_falls_short_costs_a_part_of_the_holdback(world: World):
    it = agree(world)
    Milestone.objects.update(actual=date(2026, 2, 1))
    it.accept_evidence()
    report = hand_in(world, it, 35_700)
    waiting = stored.granted_of(world.zout, TODAY).standings[0][1]
    assert waiting.blocked_by == ("verification", "holdback")
    assert following.reckon(it.clause, 2025).found.amount is None

    reporting.verify(report=report, by=world.member, verdict="verified", statement="nagegaan")
    reckoned = following.reckon(it.clause, 2025).found
    before = stored.granted_of(world.zout, TODAY).standings[0][1]
    decided = following.decide(
        clause=it.clause, year=2025, by=world.lead, amount=D("18.00"), reason="naar de bepaling"
    )
    after = stored.granted_of(world.zout, TODAY).standings[0][1]

    assert reckoned.amount == D("18.00")  # 120 x 15%
    assert (before.due, before.blocked_by) == (D(480), ("holdback",))
    assert (after.due, after.held_back, after.blocked_by) == (D(582), D(18), ())
    assert decided.steps[-1]["value"] == "18.00"
    with pytest.raises(Conflict):
        following.decide(clause=it.clause, year=2025, by=world.lead, amount=D(1), reason="nog eens")
    changes = ((ConsequenceDecision, "decided"), (Report, "number"), (ReportFigure, "value"))
    for row, changed in changes:
        with pytest.raises(ProgrammingError), transaction.atomic():
            row.objects.update(**{changed: 1})


def test_a_verifier_puts_a_figure_right_and_absent_stays_absent(world: World):
    it = agree(world)
    report = hand_in(world, it, 40_000)

    reporting.verify(
        report=report,
        by=world.analyst,
        verdict="verified",
        statement="een meter was stuk",
        corrected={"co2": None},
    )

    assert following.reckon(it.clause, 2025).found.amount is None
    assert reporting.check(it.asked, [Reported("co2", D(1), "x")])[0].code == "report.short"


def test_a_report_without_a_reason_is_not_handed_in(world: World):
    it = agree(world)

    with pytest.raises(Unfit) as refusal:
        hand_in(world, it, 35_700, reason=" ")

    assert [each.code for each in refusal.value.findings] == ["report.short"]
    assert Report.objects.get().state == "draft"


def test_a_report_on_a_year_that_runs_is_kept_and_not_handed_in(world: World):
    it = agree(world)
    ReportDue.objects.update(last_day=date(2126, 12, 31))
    it.asked.refresh_from_db()

    with pytest.raises(Conflict) as refusal:
        hand_in(world, it, 42_000)

    assert refusal.value.code == "report.period-runs"


def test_what_was_sent_back_is_asked_again(world: World):
    it = agree(world)
    report = hand_in(world, it, 42_000)
    with pytest.raises(Conflict):
        hand_in(world, it, 42_000)
    reporting.verify(
        report=report, by=world.lead, verdict="sent_back", statement="grens klopt niet"
    )

    second = hand_in(world, it, 41_000)

    assert (second.number, second.asked_id) == (2, report.asked_id)
    with pytest.raises(Conflict):
        reporting.verify(report=report, by=world.lead, verdict="verified", statement="toch")


def test_the_firm_reports_and_the_state_verifies(world: World):
    it = agree(world)
    with pytest.raises(NotAllowed):
        reporting.keep_draft(asked=it.asked, by=world.lead, reported=[], origin="form")
    report = hand_in(world, it, None)
    for somebody in (world.company, world.province):
        with pytest.raises(NotAllowed):
            reporting.verify(report=report, by=somebody, verdict="verified", statement="ja")
    with pytest.raises(NotAllowed):
        following.decide(
            clause=it.clause, year=2025, by=world.member, amount=Decimal(0), reason="nee"
        )
