# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with reports: keep a draft with all findings, hand it in, verify it.

Takes     a report that is due, a person, figures; never a request.
Gives     a version of the report; or all findings at once.
Leaves    what is odd in a figure to `dossier.execution`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.execution import Kpi as KpiValue
from maatwerkbank.dossier.execution import Reported, findings_of
from maatwerkbank.dossier.execution.report import blocks
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import locked, one_of, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.execution import stored
from maatwerkbank.web.execution.models import (
    Kpi,
    Report,
    ReportDue,
    ReportFigure,
    Verification,
    VerifiedFigure,
)
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict


class ReportedAlready(Conflict):
    """A version was handed in, and nobody sent it back."""

    code = "report.handed-in"

    def __init__(self, asked: ReportDue) -> None:
        super().__init__(
            Text(
                nl=f"De rapportage over {asked.period} is al aangeleverd.",
                en=f"The report on {asked.period} was handed in already.",
            ),
            remedy=Text(
                nl="vraag de overheid om haar terug te sturen als er iets niet klopt",
                en="ask the State to send it back if something is wrong",
            ),
        )


class PeriodRuns(Conflict):
    """The period has not ended: a draft can be kept, and not handed in."""

    code = "report.period-runs"

    def __init__(self, asked: ReportDue) -> None:
        super().__init__(
            Text(
                nl=f"De periode {asked.period} loopt nog.",
                en=f"The period {asked.period} has not ended yet.",
            ),
            remedy=Text(
                nl="lever de rapportage aan na het einde van de periode",
                en="hand in the report after the end of the period",
            ),
        )


class NothingToVerify(Conflict):
    """No version was handed in, or it was verified."""

    code = "report.nothing-to-verify"

    def __init__(self, asked: ReportDue) -> None:
        super().__init__(
            Text(
                nl=f"Over {asked.period} is er geen rapportage die op verificatie wacht.",
                en=f"There is no report on {asked.period} that waits for verification.",
            )
        )


def last_year_of(asked: ReportDue) -> dict[str, Decimal | None]:
    """Per key of an indicator the figure of the same period one year before.

    The verified one; while it waits for verification, the one that was reported.
    """
    before = ReportDue.objects.filter(
        dossier=asked.dossier, period=stored.period_of(asked).year_before
    )
    keys = dict(Kpi.objects.filter(dossier=asked.dossier).values_list("pk", "key"))
    for each in stored.reports_of(before):
        figures = each.verified() or each.reported()
        return {keys[number]: value for number, value in figures.items()}
    return {}


def check(asked: ReportDue, reported: Sequence[Reported]) -> tuple[Finding, ...]:
    """Everything that is wrong or odd in these figures."""
    period = stored.period_of(asked)
    year = period.year if period.is_a_year else None
    return findings_of(reported, kpis_of(asked), year, last_year_of(asked))


def kpis_of(asked: ReportDue) -> tuple[KpiValue, ...]:
    """The indicators of the dossier, in their order."""
    return tuple(stored.kpis_with_years(Kpi.objects.filter(dossier=asked.dossier)).values())


@transaction.atomic
def keep_draft(
    *,
    asked: ReportDue,
    by: Person,
    reported: Sequence[Reported],
    origin: str,
    unreadable: Sequence[Finding] = (),
) -> tuple[Report, tuple[Finding, ...]]:
    """Keep what was filled in, with everything that is wrong or odd in it.

    Raises
    ------
    ReportedAlready   a version was handed in, and nobody sent it back
    """
    require(by, Deed.REPORT, asked.dossier)
    locked(asked.dossier)
    found = _stored(asked)
    if not found.may_be_handed_in:
        raise ReportedAlready(asked)
    findings = (*unreadable, *check(asked, reported))
    told = [
        {"nl": each.as_json("nl"), "en": each.as_json("en"), "severity": each.severity}
        for each in findings
    ]
    numbers = {row.key: row.pk for row in Kpi.objects.filter(dossier=asked.dossier)}
    with changed_by(by):
        if found.draft:
            found.draft.delete()
        report = Report.objects.create(
            asked=asked,
            number=asked.versions.filter(state="handed_in").count() + 1,
            origin=origin,
            findings=told,
            handed_in_by=by,
        )
        ReportFigure.objects.bulk_create(
            ReportFigure(
                report=report, kpi_id=numbers[each.kpi], value=each.value, reason=each.reason
            )
            for each in reported
            if each.kpi in numbers
        )
    return report, findings


@transaction.atomic
def hand_in(*, report: Report, by: Person) -> Report:
    """Hand a draft in. From then on nothing of it changes.

    Raises
    ------
    PeriodRuns   the period has not ended
    Unfit        with every finding, where one is an error or lacks a reason
    """
    require(by, Deed.REPORT, report.asked.dossier)
    locked(report.asked.dossier)
    now = Report.objects.select_for_update().get(pk=report.pk)
    if now.state == "handed_in":
        raise ReportedAlready(report.asked)
    if report.asked.last_day >= timezone.localdate():
        raise PeriodRuns(report.asked)
    reported = [
        Reported(each.kpi.key, each.value, each.reason)
        for each in now.figures.select_related("kpi")
    ]
    findings = check(report.asked, reported)
    if blocks(findings, reported):
        refuse(findings)
    now.state, now.handed_in_by, now.handed_in_at = "handed_in", by, timezone.now()
    with changed_by(by):
        now.save()
    return now


@transaction.atomic
def verify(
    *,
    report: Report,
    by: Person,
    verdict: str,
    statement: str,
    verifier: str = "",
    corrected: Mapping[str, Decimal | None] | None = None,
) -> Verification:
    """Verify a report, with figures put right where they had to be; or send it back.

    Parameters
    ----------
    corrected : per key of an indicator the figure that it had to be

    Raises
    ------
    NothingToVerify   it is a draft, or somebody went over it already
    """
    require(by, Deed.VERIFY, report.asked.dossier)
    one_of(verdict, Verification.VERDICTS, "verdict")
    statement = said(statement, "statement")
    locked(report.asked.dossier)
    now = Report.objects.get(pk=report.pk)
    if now.state != "handed_in" or Verification.objects.filter(report=now).exists():
        raise NothingToVerify(report.asked)
    right = corrected or {}
    with changed_by(by, statement):
        made = Verification.objects.create(
            report=now, verdict=verdict, verifier=verifier, statement=statement, by=by
        )
        if verdict == "verified":
            VerifiedFigure.objects.bulk_create(
                VerifiedFigure(
                    verification=made,
                    kpi=each.kpi,
                    value=right.get(each.kpi.key, each.value),
                )
                for each in now.figures.select_related("kpi")
            )
    return made


def _stored(asked: ReportDue) -> stored.Asked:
    return stored.reports_of(ReportDue.objects.filter(pk=asked.pk))[0]
