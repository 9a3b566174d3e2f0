# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of money: what is booked, covered, granted, due and paid; the forms behind them.

Takes     the code of a dossier, and what was filled in.
Gives     the money of the State in that dossier, for the State.
Leaves    the rules to the deeds of `booking` and `agreed`.
"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier import money
from maatwerkbank.dossier.money import cover
from maatwerkbank.dossier.money.amounts import NIL
from maatwerkbank.dossier.money.budget import STATES, left
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution import agreed, booking, stored
from maatwerkbank.web.execution.agreed_forms import with_amendment
from maatwerkbank.web.execution.models import BudgetEntry, Envelope, SubsidyDecision, Tranche
from maatwerkbank.web.execution.money_forms import (
    CoverForm,
    DecisionForm,
    EntryForm,
    PayForm,
    TrancheForm,
)
from maatwerkbank.web.execution.shown import amount, columns, tranche_status
from maatwerkbank.web.execution.views.page import amendments_for, form_page, way_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, in_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def money_page(request: PageRequest, code: UUID) -> HttpResponse:
    """The money of the State in a dossier."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_MONEY)
    deeds = access.deeds_in(person, found)
    entries = list(
        access.rows_of(person, BudgetEntry, Deed.SEE_MONEY, found).select_related("envelope", "by")
    )
    granted = stored.granted_of(found, timezone.localdate())
    context = {
        "dossier": found,
        "deeds": deeds,
        "trail": way_to(found, "money"),
        "keeps": Deed.KEEP_MONEY in deeds,
        "tiles": _tiles(entries, granted),
        "lines_columns": columns(
            _("Envelope"),
            _("Year"),
            _("Reserved"),
            _("Committed"),
            _("Paid"),
            _("Left in the envelope"),
            numeric=(2, 3, 4, 5),
        ),
        "lines": _lines(entries),
        "entries_columns": columns(
            _("Day"),
            _("What"),
            _("Envelope"),
            _("Year"),
            _("Amount of money"),
            _("Why"),
            numeric=(4,),
        ),
        "entries": [_entry(each) for each in reversed(entries)],
        "cover_columns": columns(_("Question"), _("Yes or no"), _("Because")),
        "cover": _cover(found),
        "granted": granted,
        "grant_facts": grant_facts(granted),
        "tranche_columns": tranche_columns(pays=Deed.KEEP_MONEY in deeds),
        "tranches": tranche_rows(granted, pays=Deed.KEEP_MONEY in deeds),
    }
    return render(request, "execution/money.html", context)


def _tiles(entries: list[BudgetEntry], granted: stored.Granted | None) -> list[dict[str, Any]]:
    booked = money.position(stored.entries_of(entries))
    standings = [each for _row, each in granted.standings] if granted else []
    payable = sum((each.payable for each in standings), NIL)
    return [
        {
            "label": _("Granted, at most"),
            "value": amount(granted.grant.amount) if granted else None,
        },
        {"label": _("Reserved"), "value": amount(booked.reserved)},
        {"label": _("Paid"), "value": amount(booked.paid)},
        {"label": _("Can be paid today"), "value": amount(payable) if granted else None},
    ]


def _lines(entries: list[BudgetEntry]) -> list[list[Any]]:
    """Per envelope and year what is in each state, and what all dossiers left of it."""
    values = stored.entries_of(entries)
    pairs = dict.fromkeys((each.envelope, each.year) for each in entries)
    rows = []
    for envelope, year in sorted(pairs, key=lambda pair: (pair[0].name_nl, pair[1])):
        mine = [v for v, e in zip(values, entries, strict=True) if e.envelope == envelope]
        held = money.position(mine, year=year)
        room = left(stored.envelope_of(envelope), stored.booked_on(envelope), year)
        name = {"text": in_language(envelope, "name"), "note": envelope.article}
        figures = (held.reserved, held.committed, held.paid, room)
        rows.append([name, year, *(amount(each) for each in figures)])
    return rows


def _entry(row: BudgetEntry) -> list[Any]:
    return [
        day(row.booked_at),
        say(STATES[row.state]),
        in_language(row.envelope, "name"),
        row.year,
        amount(row.amount),
        {"text": row.because, "note": row.by.name},
    ]


def _cover(found: Dossier) -> list[list[Any]]:
    labels = {
        cover.enough_reserved: _("Is enough reserved?"),
        cover.text_and_money_agree: _("Does the text name what is reserved?"),
        cover.reservation_clause: _("Does the agreement hold a reservation clause?"),
        cover.comptabiliteitswet_tested: _("Was it tested against the Comptabiliteitswet?"),
        cover.parliament_before_signing: _("Was parliament informed before the signing?"),
    }
    known = stored.cover_of(found)
    rows = []
    for question in stored.COVER_QUESTIONS:
        answer = question(known)
        tone = "positive" if answer.yes else "warning"
        shown = {"text": _("yes") if answer.yes else _("no"), "tone": tone, "icon": ""}
        rows.append([labels[question], shown, say(answer.because)])
    return rows


def grant_facts(granted: stored.Granted | None) -> list[dict[str, Any]]:
    """The subsidy decision in a few facts."""
    if granted is None:
        return []
    row = granted.row
    free = None if row.needs_approval else _("not needed")
    ended = day(row.standstill_ended_on) if row.standstill_ended_on else free
    return [
        {"label": _("Subsidy decision, at most"), "value": amount(row.amount)},
        {"label": _("Decided on"), "value": day(row.decided_on) if row.decided_on else None},
        {"label": _("Approved by the Commission on"), "value": ended},
        {"label": _("Reference"), "value": row.reference or None},
    ]


def tranche_columns(*, pays: bool = False) -> list[dict[str, Any]]:
    """Heads of the table of tranches."""
    return columns(
        _("Tranche"),
        _("Planned"),
        _("Amount of money"),
        _("Held back"),
        _("Owed"),
        _("Paid"),
        _("Standing of the tranche"),
        *((_("Change"),) if pays else ()),
        numeric=(2, 3, 4, 5),
    )


def tranche_rows(granted: stored.Granted | None, *, pays: bool) -> list[list[Any]]:
    """Per tranche what is due, and what blocks the rest; a way to pay for who may."""
    if granted is None:
        return []
    return [
        [
            _tranche_name(row, pays=pays),
            day(row.planned) if row.planned else None,
            amount(standing.amount),
            amount(standing.held_back),
            amount(standing.due),
            amount(standing.tranche.paid),
            tranche_status(standing),
            *((None if standing.tranche.paid else _to_change(row),) if pays else ()),
        ]
        for row, standing in granted.standings
    ]


def _to_change(row: Tranche) -> dict[str, str]:
    href = reverse("execution:change-tranche", args=[row.dossier.code, row.code])
    return {"text": _("Change"), "href": href}


def _tranche_name(row: Tranche, *, pays: bool) -> dict[str, str]:
    note = ""
    if row.milestone:
        note = _("after the milestone “%s”") % in_language(row.milestone, "name")
    name = {"text": in_language(row, "name"), "note": note}
    if pays:
        name["href"] = reverse("execution:pay", args=[row.dossier.code, row.code])
    return name


# ── forms ─────────────────────────────────────────────────────────────────────────────────────


@GET_OR_POST
def book(request: PageRequest, code: UUID) -> HttpResponse:
    """Reserve or commit money."""
    found = access.dossier_for(request.user, code, Deed.KEEP_MONEY)
    form = EntryForm(request.POST or None, dossier=found)
    return form_page(
        request,
        found,
        form,
        page="money",
        heading=_("Book money"),
        deed=lambda: booking.book(dossier=found, by=request.user, **form.cleaned_data),
    )


@GET_OR_POST
def record_cover(request: PageRequest, code: UUID) -> HttpResponse:
    """Write down a fact about cover."""
    found = access.dossier_for(request.user, code, Deed.KEEP_MONEY)
    form = CoverForm(request.POST or None)
    return form_page(
        request,
        found,
        form,
        page="money",
        heading=_("Record a fact about cover"),
        deed=lambda: booking.record_cover(dossier=found, by=request.user, **form.cleaned_data),
    )


DECISION_FIELDS = ("reference", "amount", "decided_on", "needs_approval", "standstill_ended_on")


@GET_OR_POST
def decision(request: PageRequest, code: UUID) -> HttpResponse:
    """Write the subsidy decision down, or change what is known of it."""
    found = access.dossier_for(request.user, code, Deed.KEEP_MONEY)
    row = access.rows_of(request.user, SubsidyDecision, Deed.SEE_MONEY, found).first()
    initial = {name: getattr(row, name) for name in DECISION_FIELDS} if row else {}
    form = DecisionForm(request.POST or None, initial=initial or {"needs_approval": True})
    return form_page(
        request,
        found,
        form,
        page="money",
        heading=_("Record the subsidy decision"),
        deed=lambda: agreed.record_decision(dossier=found, by=request.user, **form.cleaned_data),
    )


def papers_of(person: Person, found: Dossier) -> QuerySet[DocumentVersion]:
    """Papers that may show that a milestone came about."""
    return DocumentVersion.objects.filter(
        document__in=access.documents_of(person, found), state__in=("handed_in", "accepted")
    ).select_related("document")


@GET_OR_POST
def new_tranche(request: PageRequest, code: UUID) -> HttpResponse:
    """Add a tranche to the grant."""
    person = request.user
    found = access.dossier_for(person, code, Deed.KEEP_MONEY)
    row = access.rows_of(person, SubsidyDecision, Deed.SEE_MONEY, found).first()
    if row is None:
        raise Http404
    form = TrancheForm(
        request.POST or None,
        decision=row,
        milestones=access.milestones_of(person, found),
        papers=papers_of(person, found),
        kpis=access.kpis_of(person, found),
    )
    with_amendment(form, amendments_for(person, found))
    return form_page(
        request,
        found,
        form,
        page="money",
        heading=_("Add a tranche"),
        deed=lambda: agreed.add_tranche(decision=row, by=person, **form.fields_of_deed()),
    )


@GET_OR_POST
def pay(request: PageRequest, code: UUID, tranche: UUID) -> HttpResponse:
    """Book a payment on a tranche."""
    person = request.user
    found = access.dossier_for(person, code, Deed.KEEP_MONEY)
    row = access.row_for(person, Tranche, tranche, Deed.SEE_MONEY)
    if row.dossier_id != found.pk:
        raise Http404
    granted = stored.granted_of(found, timezone.localdate())
    payable = next(each.payable for at, each in granted.standings if at == row) if granted else NIL
    used = Envelope.objects.filter(entries__dossier=found).first()
    form = PayForm(
        request.POST or None, tranche=row, initial={"amount": payable or None, "envelope": used}
    )
    return form_page(
        request,
        found,
        form,
        page="money",
        heading=_("Pay “%s”") % in_language(row, "name"),
        deed=lambda: booking.pay(tranche=row, by=person, **form.cleaned_data),
    )
