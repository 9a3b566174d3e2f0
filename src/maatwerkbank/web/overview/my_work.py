# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for me, and by when?

Takes     a person and a day.
Gives     tasks with a date where there is one, in groups: overdue, this week, later, no date.
Leaves    doing them to the pages that each task points to.

Tasks come from the dossiers on which the person holds a role; an office that looks over all of them
is not asked for everything. The number of queries does not depend on the number of dossiers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.web.advice.waiting import waiting_in_advice
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.gates import GateFound, evidence_of
from maatwerkbank.web.dossiers.models import Dossier, Override
from maatwerkbank.web.execution import waiting
from maatwerkbank.web.parliament.waiting import commitments_due
from maatwerkbank.web.people.access import (
    case_versions_of,
    documents_of,
    dossiers_of,
    frozen_sets_of,
    milestones_of,
    own_dossiers,
    roles_in,
    runs_of,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.reckoning import waiver_requests_of
from maatwerkbank.web.releases.waiting import statements_waiting
from maatwerkbank.web.templatetags.words import in_language, say
from maatwerkbank.web.woo.waiting import waiting_in_disclosure

A_WEEK = timedelta(days=7)
A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, about which firm, by when, since when."""

    kind: str
    what: str
    firm: str
    href: str
    due: date | None = None
    since: date | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one stretch of time."""

    label: str
    tone: str
    tasks: tuple[Task, ...]


def my_work(person: Person, today: date) -> tuple[TaskGroup, ...]:
    """The tasks of `person` in groups, the most urgent first; an empty group is left out."""
    tasks = sorted(_tasks(person, today), key=lambda each: (each.due or date.max, each.firm))
    groups = (
        TaskGroup(_("Overdue"), "negative", tuple(t for t in tasks if t.due and t.due < today)),
        TaskGroup(
            _("This week"),
            "warning",
            tuple(t for t in tasks if t.due and today <= t.due < today + A_WEEK),
        ),
        TaskGroup(_("Later"), "info", tuple(t for t in tasks if t.due and t.due >= today + A_WEEK)),
        TaskGroup(_("Without a date"), "neutral", tuple(t for t in tasks if t.due is None)),
    )
    return tuple(group for group in groups if group.tasks)


def _tasks(person: Person, today: date) -> Iterator[Task]:
    mine = list(dossiers_of(person).filter(pk__in=own_dossiers(person)).select_related("company"))
    yield from _waivers(person)
    yield from _at_gates(person, mine)
    yield from _overrides(person)
    yield from _papers(person)
    yield from _milestones(person, today)
    yield from _contacts(person, mine)
    yield from _failed_runs(person, today)
    yield from _drafts(person)
    yield from _sets(person, today)
    yield from _execution(person, today)
    yield from _advice(person)
    yield from _statements(person, today)
    yield from _disclosure(person, today)
    for due in commitments_due(person, today):
        yield Task(_("Commitment"), due.what, due.firm, due.href, due=due.due)


def _able(person: Person, *deeds: Deed) -> dict[Deed, frozenset[int]]:
    return {deed: own_dossiers(person, deed) for deed in deeds}


def _at_gates(person: Person, mine: list[Dossier]) -> Iterator[Task]:
    """What my role can still give at the gate ahead; or that nothing lacks and I can decide."""
    readable = own_dossiers(person, Deed.SEE_GATES)
    found = evidence_of([each for each in mine if each.pk in readable])
    for dossier in mine:
        ahead = next(iter(found.get(dossier.pk, ())), None)
        if ahead is not None:
            yield from _at_gate(dossier, ahead, roles_in(person, dossier))


def _at_gate(dossier: Dossier, ahead: GateFound, roles: frozenset[str]) -> Iterator[Task]:
    gate = ahead.gate
    href = reverse("dossiers:gate", args=[dossier.code, gate.id])
    firm = dossier.company.name
    lacking = [each.criterion for each in ahead.judgement.lacking]
    mine = [each for each in lacking if roles & set(each.given_by)]
    if mine:
        yield Task(
            kind=_("Gate"),
            what=ngettext(
                "One thing that you can give is lacking: %(gate)s",
                "%(number)s things that you can give are lacking: %(gate)s",
                len(mine),
            )
            % {"number": len(mine), "gate": say(gate.label)},
            firm=firm,
            href=href,
            since=min(ahead.waiting_since(each) for each in mine),
            details=tuple(say(each.label) for each in mine),
        )
    if not lacking and roles & {gate.decides, "case_lead"}:
        yield Task(
            kind=_("Decision"),
            what=_("Nothing lacks any more: %(gate)s") % {"gate": say(gate.label)},
            firm=firm,
            href=href,
            since=ahead.since,
        )


def _overrides(person: Person) -> Iterator[Task]:
    able = own_dossiers(person, Deed.OVERRIDE)
    asked = Override.objects.filter(dossier__in=able, answer="").exclude(asked_by=person)
    for each in asked.select_related("dossier__company", "asked_by"):
        yield Task(
            kind=_("Override"),
            what=_("%(person)s asks to pass over a criterion") % {"person": each.asked_by.name},
            firm=each.dossier.company.name,
            href=reverse("dossiers:gate", args=[each.dossier.code, each.gate]),
            since=timezone.localdate(each.asked_at),
            details=(each.reason,),
        )


def _waivers(person: Person) -> Iterator[Task]:
    able = own_dossiers(person, Deed.WAIVE_PROMISE)
    asked = waiver_requests_of(person).filter(answer="", promise__dossier__in=able)
    for each in asked.exclude(asked_by=person):
        dossier = each.promise.dossier
        yield Task(
            kind=_("Waiver"),
            what=_("%(person)s asks to waive a promise") % {"person": each.asked_by.name},
            firm=dossier.company.name,
            href=reverse("promises:answer-waiver", args=[dossier.code, each.code]),
            since=timezone.localdate(each.asked_at),
            details=(in_language(each.promise, "name"), each.reason),
        )


def _papers(person: Person) -> Iterator[Task]:
    able = own_dossiers(person, Deed.JUDGE_DOCUMENT)
    papers = DocumentVersion.objects.filter(
        state="handed_in", document__in=documents_of(person).filter(dossier__in=able)
    ).exclude(handed_in_by=person)
    for each in papers.select_related("document__dossier__company"):
        yield Task(
            kind=_("Document"),
            what=_("Judge “%(title)s”, version %(number)s")
            % {"title": each.document.title, "number": each.number},
            firm=each.document.dossier.company.name,
            href=reverse("documents:document", args=[each.document.code]),
            since=timezone.localdate(each.handed_in_at) if each.handed_in_at else None,
        )


def _milestones(person: Person, today: date) -> Iterator[Task]:
    able = own_dossiers(person, Deed.PLAN)
    near = (
        milestones_of(person)
        .filter(dossier__in=able, actual=None)
        .annotate(expected=Coalesce("last_forecast", "planned"))
        .filter(expected__lt=today + A_MONTH)
        .select_related("dossier__company")
    )
    for each in near:
        expected: Any = each.expected
        yield Task(
            kind=_("Planning"),
            what=_("Say whether it happened, or forecast anew: %(milestone)s")
            % {"milestone": in_language(each, "name")},
            firm=each.dossier.company.name,
            href=reverse("dossiers:planning", args=[each.dossier.code]),
            due=expected,
        )


def _contacts(person: Person, mine: list[Dossier]) -> Iterator[Task]:
    able = own_dossiers(person, Deed.CLOSE)
    for each in mine:
        if each.next_contact and each.pk in able:
            yield Task(
                kind=_("Contact"),
                what=_("Speak with the firm: the door is open"),
                firm=each.company.name,
                href=reverse("dossiers:dossier", args=[each.code]),
                due=each.next_contact,
            )


def _failed_runs(person: Person, today: date) -> Iterator[Task]:
    failed = runs_of(person).filter(
        asked_by=person, state="failed", asked_at__date__gte=today - A_MONTH
    )
    for each in failed.select_related("dossier__company").defer("result"):
        yield Task(
            kind=_("Run"),
            what=_("A run that you started failed"),
            firm=each.dossier.company.name,
            href=reverse("runs:run", args=[each.code]),
            since=timezone.localdate(each.asked_at),
        )


def _drafts(person: Person) -> Iterator[Task]:
    drafts = case_versions_of(person).filter(handed_in_by=person, state="draft")
    for each in drafts.select_related("dossier__company").defer("text", "document"):
        number = sum(1 for finding in each.findings if finding.get("severity") == "error")
        yield Task(
            kind=_("Plan"),
            what=ngettext(
                "Correct one mistake in your plan, and hand it in",
                "Correct %(number)s mistakes in your plan, and hand it in",
                number,
            )
            % {"number": number}
            if number
            else _("Hand in your plan: it has no mistakes"),
            firm=each.dossier.company.name,
            href=reverse("runs:case-version", args=[each.code]),
            since=timezone.localdate(each.made_at),
        )


def _sets(person: Person, today: date) -> Iterator[Task]:
    put_before = frozen_sets_of(person).filter(readers__person=person)
    for each in put_before.select_related("dossier__company"):
        yield Task(
            kind=_("Advice"),
            what=_("Read the set: %(purpose)s") % {"purpose": each.purpose},
            firm=each.dossier.company.name,
            href=reverse("documents:set", args=[each.code]),
            since=timezone.localdate(each.made_at),
        )


def _execution(person: Person, today: date) -> Iterator[Task]:
    """Reports to hand in and to verify, and money to pay."""
    found = (
        *waiting.reports_to_hand_in(own_dossiers(person, Deed.REPORT), today),
        *waiting.reports_to_verify(own_dossiers(person, Deed.VERIFY)),
        *waiting.payments(own_dossiers(person, Deed.KEEP_MONEY), today + A_MONTH),
    )
    for each in found:
        yield Task(each.kind, each.what, each.firm, each.href, due=each.due, since=each.since)


def _statements(person: Person, today: date) -> Iterator[Task]:
    """Statements to approve, to release, to write anew or to read again."""
    able = _able(person, Deed.DRAFT_STATEMENT, Deed.APPROVE_STATEMENT, Deed.RELEASE)
    for each in statements_waiting(person, able, today):
        yield Task(each.kind, each.what, each.firm, each.href, since=each.since)


def _advice(person: Person) -> Iterator[Task]:
    """Advices to write or to answer, findings of reviews, positions that were asked."""
    able = _able(person, Deed.ANSWER_ADVICE, Deed.KEEP_REVIEWS, Deed.TAKE_POSITION)
    for each in waiting_in_advice(person, able):
        yield Task(each.kind, each.what, each.firm, each.href, due=each.due, since=each.since)


def _disclosure(person: Person, today: date) -> Iterator[Task]:
    """Requests for disclosure on which a term runs, and views that were asked."""
    able = _able(person, Deed.KEEP_DISCLOSURE, Deed.DECIDE_DISCLOSURE, Deed.GIVE_VIEW)
    for each in waiting_in_disclosure(person, able, today):
        yield Task(each.kind, each.what, each.firm, each.href, due=each.due)
