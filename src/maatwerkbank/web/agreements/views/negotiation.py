# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of the negotiation: mandates, moves, who was informed. For the team of the State only.

Takes     the code of a dossier, and what was filled in.
Gives     the log; a form for who negotiates.
Leaves    the rules to `bargaining`.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.agreement.negotiation import MOVES, SIDES, SUBJECTS, outside
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.numbers import stated
from maatwerkbank.web.agreements import bargaining
from maatwerkbank.web.agreements.models import Informed, Mandate, Move
from maatwerkbank.web.agreements.negotiation_forms import InformedForm, MandateForm, MoveForm
from maatwerkbank.web.agreements.views.form_page import form_page, trail_to
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import day, page_language, say

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def negotiation(request: PageRequest, code: UUID) -> HttpResponse:
    """Everything that was allowed, asked, offered and told."""
    person = request.user
    found = access.dossier_for(person, code, Deed.SEE_NEGOTIATION)
    mandates = list(access.rows_of(person, Mandate, Deed.SEE_NEGOTIATION, found))
    moves = access.rows_of(person, Move, Deed.SEE_NEGOTIATION, found)
    told = [bargaining.mandate_as_told(each) for each in mandates]
    today = timezone.localdate()
    shown = [
        _move(each, outside(bargaining.move_as_told(each), told))
        for each in moves.select_related("in_return_for").order_by("-on", "-id")
    ]
    context = {
        "dossier": found,
        "deeds": access.deeds_in(person, found),
        "trail": trail_to(found, (_("Negotiation"), "")),
        "mandates": [_mandate(each, today) for each in mandates],
        "moves": shown,
        "outside": [_told_outside(each) for each in shown if each["outside"]],
        "informed": access.rows_of(person, Informed, Deed.SEE_NEGOTIATION, found),
    }
    return render(request, "agreements/negotiation.html", context)


@GET_OR_POST
def mandate(request: PageRequest, code: UUID) -> HttpResponse:
    """Write a mandate down."""
    form = MandateForm(request.POST or None)
    return _form(request, code, form, _("Write a mandate down"), bargaining.give_mandate)


@GET_OR_POST
def move(request: PageRequest, code: UUID) -> HttpResponse:
    """Write an ask, an offer or a concession down."""
    found = access.dossier_for(request.user, code, Deed.NEGOTIATE)
    moves = access.rows_of(request.user, Move, Deed.NEGOTIATE, found).order_by("-on", "-id")
    form = MoveForm(
        request.POST or None,
        dossier=found,
        moves=moves,
        initial={"on": timezone.localdate()},
    )
    return _form(request, code, form, _("Write a step down"), bargaining.record_move)


@GET_OR_POST
def informed(request: PageRequest, code: UUID) -> HttpResponse:
    """Write down who was informed."""
    form = InformedForm(request.POST or None, initial={"on": timezone.localdate()})
    return _form(request, code, form, _("Write down who was informed"), bargaining.record_informed)


def _form(request: PageRequest, code: UUID, form: Any, heading: str, deed: Any) -> HttpResponse:
    found = access.dossier_for(request.user, code, Deed.NEGOTIATE)
    back = reverse("agreements:negotiation", args=[code])
    return form_page(
        request,
        found,
        form,
        heading=heading,
        lead=_("What is written down here stays. What comes later is a new line."),
        back=back,
        way=((_("Negotiation"), back),),
        deed=lambda: deed(dossier=found, by=request.user, **form.fields_of_deed()),
    )


def _mandate(row: Mandate, today: Any) -> dict[str, Any]:
    return {
        "row": row,
        "subject": say(SUBJECTS[row.subject].label),
        "low": _amount(row.subject, row.low),
        "high": _amount(row.subject, row.high),
        "holds": row.since <= today <= row.until,
        "ended": row.until < today,
    }


def _move(row: Move, findings: Any) -> dict[str, Any]:
    return {
        "row": row,
        "side": say(SIDES[row.side]),
        "kind": say(MOVES[row.kind]),
        "subject": say(SUBJECTS[row.subject].label),
        "amount": _amount(row.subject, row.amount),
        "return": _in_short(row.in_return_for) if row.in_return_for else "",
        "outside": findings[0].found_text(page_language()) if findings else "",
    }


def _told_outside(shown: dict[str, Any]) -> str:
    row = shown["row"]
    return f"{day(row.on)}, {shown['subject']}: {shown['outside']}. {row.outside_because}"


def _in_short(row: Move) -> str:
    told: tuple[Text, ...] = (SIDES[row.side], MOVES[row.kind], SUBJECTS[row.subject].label)
    amount = _amount(row.subject, row.amount)
    return ", ".join([*(say(each) for each in told), *([amount] if amount else [])])


def _amount(subject: str, value: float | None) -> str:
    unit = SUBJECTS[subject].unit
    if value is None:
        return ""
    return f"{stated(value, page_language())} {say(unit) if unit else ''}".strip()
