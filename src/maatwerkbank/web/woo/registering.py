# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with a request as a whole: register, clarify, extend, withdraw, note an objection.

Takes     a request or the dossiers that it concerns, a person, words and days.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    the work on each part to the other modules of this app; terms to `dossier.disclosure`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.disclosure.terms import may_extend_until
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import (
    A_DATE,
    NOT_LATER,
    NOTHING,
    SOME_WORDS,
    finding,
    refuse,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.woo.models import DisclosureRequest, RequestPart

Fields = Mapping[str, Any]
A_REFERENCE = Text(nl="een kenmerk dat nog niet bestaat", en="a reference that does not exist yet")
A_DOSSIER = Text(nl="ten minste één dossier", en="at least one dossier")
CAPACITY = Text(nl="in welke hoedanigheid, zonder naam", en="in what capacity, without a name")
STEPS: Mapping[str, Text] = {
    "clarified": Text(nl="De verzoeker lichtte het toe", en="The requester clarified it"),
    "extended": Text(nl="De termijn is verlengd", en="The term was extended"),
    "objection": Text(nl="Iemand maakte bezwaar", en="Somebody objected"),
    "withdrawn": Text(nl="Het verzoek is ingetrokken", en="The request was withdrawn"),
}
REGISTERING = (Deed.KEEP_DISCLOSURE, Deed.DECIDE_DISCLOSURE)


def may_register(person: Person, dossier: Dossier) -> bool:
    """Whether `person` may register a request that concerns this dossier."""
    return bool(access.deeds_in(person, dossier) & set(REGISTERING))


def lacks_of_request(fields: Fields) -> list[Finding]:
    """What is not right in a request: all of it."""
    wanted = {"subject": SOME_WORDS, "words": SOME_WORDS, "requester": CAPACITY}
    found = [
        finding(name, expected, NOTHING)
        for name, expected in wanted.items()
        if not (fields.get(name) or "").strip()
    ]
    reference = (fields.get("reference") or "").strip()
    if not reference or DisclosureRequest.objects.filter(reference=reference).exists():
        found.append(finding("reference", A_REFERENCE, reference or NOTHING))
    received = fields.get("received_on")
    if not received or received > timezone.localdate():
        found.append(finding("received_on", NOT_LATER, received.isoformat() if received else ""))
    if not fields.get("dossiers"):
        found.append(finding("dossiers", A_DOSSIER, NOTHING))
    return found


@transaction.atomic
def register(
    *,
    by: Person,
    reference: str,
    subject: str,
    words: str,
    requester: str,
    received_on: date,
    dossiers: Collection[Dossier],
) -> DisclosureRequest:
    """Register a request, with a part for each dossier that it concerns.

    Raises
    ------
    NotAllowed   `by` may not do so for one of the dossiers
    """
    for each in dossiers:
        if not may_register(by, each):
            access.require(by, Deed.KEEP_DISCLOSURE, each)
    given = {
        "reference": reference,
        "subject": subject,
        "words": words,
        "requester": requester,
        "received_on": received_on,
    }
    refuse(lacks_of_request({**given, "dossiers": dossiers}))
    with changed_by(by):
        request = DisclosureRequest.objects.create(
            handled_by=by,
            received_on=received_on,
            **{name: value.strip() for name, value in given.items() if isinstance(value, str)},
        )
        for each in dossiers:
            RequestPart.objects.create(request=request, dossier=each)
    return request


def lacks_of_step(request: DisclosureRequest, fields: Fields) -> list[Finding]:
    """What is not right in a step of the request: all of it."""
    step, on = fields.get("step") or "", fields.get("on")
    found = []
    if step not in STEPS:
        found.append(finding("step", ", ".join(STEPS), step or NOTHING))
    if not on:
        found.append(finding("on", A_DATE, NOTHING))
    elif not request.received_on <= on <= timezone.localdate():
        found.append(finding("on", NOT_LATER, on.isoformat()))
    elif step == "extended" and on > (until := _may_extend_until(request)):
        expected = Text(nl=f"uiterlijk {until}", en=f"{until} at the latest")
        found.append(finding("on", expected, on.isoformat()))
    if step == "extended" and not (fields.get("because") or "").strip():
        found.append(finding("because", SOME_WORDS, NOTHING))
    return found


def _may_extend_until(request: DisclosureRequest) -> date:
    """Without the hearings, which are of the parts: so never a day too late."""
    return may_extend_until(request.received_on)


@transaction.atomic
def take_step(
    *, request: DisclosureRequest, by: Person, step: str, on: date, because: str = ""
) -> DisclosureRequest:
    """Write down what happened to the request as a whole.

    Raises
    ------
    NotAllowed   `by` does not handle it
    Conflict     that was written down already
    """
    access.require_handler(by, request)
    request = DisclosureRequest.objects.select_for_update().get(pk=request.pk)
    refuse(lacks_of_step(request, {"step": step, "on": on, "because": because}))
    field = f"{step}_on"
    if getattr(request, field) is not None:
        raise Conflict(
            Text(nl="Dat staat al vast.", en="That is on record already."),
            remedy=Text(nl="ververs de pagina", en="reload the page"),
        )
    setattr(request, field, on)
    if step == "extended":
        request.extended_because = because.strip()
    with changed_by(by, because):
        request.save()
    return request


@transaction.atomic
def record_search(*, part: RequestPart, by: Person, how: str) -> RequestPart:
    """Write down where and how was searched."""
    access.require(by, Deed.KEEP_DISCLOSURE, part.dossier)
    refuse_closed(part)
    part.searched_how = said(how, "how")
    part.searched_on = timezone.localdate()
    with changed_by(by):
        part.save()
    return part


def refuse_closed(part: RequestPart) -> None:
    """Raises Conflict where the request was withdrawn."""
    if part.request.withdrawn_on is not None:
        raise Conflict(
            Text(nl="Dit verzoek is ingetrokken.", en="This request was withdrawn."),
            remedy=Text(
                nl="registreer een nieuw verzoek, als dat er is",
                en="register a new request, if there is one",
            ),
        )
