# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of positions: what was put to whom, and who said what.

Takes     the code of a dossier or an item, and what was filled in.
Gives     the items that the reader may see; a partner sees those put to its own organisation.
Leaves    who speaks for whom to `consulting.py`.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.advice.positions import FORUMS
from maatwerkbank.web.advice import consulting, shown
from maatwerkbank.web.advice.models import Item, Party
from maatwerkbank.web.advice.other_forms import ItemForm, PositionForm
from maatwerkbank.web.advice.stored import as_item, with_positions
from maatwerkbank.web.advice.views import ways
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.templatetags.words import day, say

# Whom one asks for a position: those who govern, not the firm, its advisers or its overseers.
ASKED_KINDS = ("ministry", "agency", "province", "environmental_service")


@require_GET
def of_dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """Everything that was put to others."""
    found = access.dossier_for(request.user, code, Deed.SEE_POSITIONS)
    today = timezone.localdate()
    items = with_positions(access.items_of(request.user, found))
    context = {
        "here": "portfolio",
        "dossier": found,
        "deeds": access.deeds_in(request.user, found),
        "items": [shown.item_card(each, today) for each in items],
        "trail": [*ways.to_positions(found)[:-1], {"label": _("Positions"), "href": ""}],
    }
    return render(request, "advice/positions.html", context)


@require_http_methods(["GET", "POST"])
def put(request: PageRequest, code: UUID) -> HttpResponse:
    """Put something to the sounding board or to partners."""
    found = access.dossier_for(request.user, code, Deed.ASK_POSITION)
    organisations = Organisation.objects.filter(kind__in=ASKED_KINDS).order_by("name")
    form = ItemForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        made = consulting.put_item(dossier=found, by=request.user, **form.fields_of_deed())
        return redirect("advice:item", made.code)
    context = {
        "dossier": found,
        "heading": _("Ask for a position"),
        "form": form,
        "submit": _("Ask for a position"),
        "back": reverse("advice:positions", args=[code]),
        "trail": ways.to_positions(found, (_("Ask for a position"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def item(request: PageRequest, code: UUID) -> HttpResponse:
    """One item with every position; who speaks for a party takes one here."""
    person = request.user
    found = access.item_for(person, code)
    row = with_positions(Item.objects.filter(pk=found.pk)).get()
    mine = [each for each in row.parties.all() if consulting.may_take(person, each)]
    if request.method == "POST" and not mine:
        raise NotAllowed(access.REFUSALS["role"], remedy=access.ASK_THE_LEAD)
    parties = Party.objects.filter(pk__in=[each.pk for each in mine])
    form = PositionForm(
        request.POST or None,
        parties=parties.select_related("organisation", "item__dossier"),
        initial={"party": _own(mine, person)},
    )
    if request.method == "POST" and form.is_valid():
        consulting.take_position(by=person, **form.fields_of_deed())
        return redirect("advice:item", code)
    judged = as_item(row)
    facts = [{"label": _("Put on"), "value": day(row.put_on)}]
    if row.due_on:
        facts.append({"label": _("Position asked by"), "value": day(row.due_on)})
    context = {
        "here": "portfolio",
        "item": row,
        "dossier": row.dossier,
        "deeds": access.deeds_in(person, row.dossier),
        "forum": say(FORUMS[row.forum]),
        "facts": facts,
        "parties": shown.party_rows(row),
        "dissent": judged.dissent(),
        "withdrawn": judged.withdrawn_dissent(),
        "form": form if mine else None,
        "trail": ways.to_positions(row.dossier, (row.subject, "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/item.html", context, status=status)


def _own(parties: list[Party], person: Person) -> int | None:
    """The party of the reader's own organisation, else the first."""
    own = [each for each in parties if each.organisation_id == person.organisation_id]
    return (own or parties or [Party()])[0].pk
