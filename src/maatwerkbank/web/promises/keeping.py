# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds on promises: write one down, change it, say when it is expected, kept, or let go.

Takes     a dossier or a promise, a person, values; never a request.
Gives     what was made or changed; the history keeps who, when and why.
Leaves    how a promise stands to `dossier.promises`: nobody types that in.

`lacks_of_…` give all findings at once; a form asks them before it hands in, a deed refuses on them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.promises.promise import SIDES
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import load_sources
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.deeds import (
    NOT_LATER,
    NOTHING,
    SOME_WORDS,
    finding,
    locked,
    one_of,
    refuse,
    role_of,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning import A_KNOWN_SOURCE, A_NAME, NOT_LESS, lacks_of_forecast
from maatwerkbank.web.people.access import require, versions_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.models import (
    QUANTITIES,
    TONNE_KINDS,
    Evidence,
    Promise,
    PromiseForecast,
    Waiver,
    WaiverRequest,
)
from maatwerkbank.web.refusals import Conflict, NotAllowed

Fields = Mapping[str, Any]

A_SUBJECT = Text(nl="een onderwerp uit de lijst", en="a subject of the list")
ANOTHER_SIDE = Text(nl="een andere partij dan wie belooft", en="another party than who promises")
A_DEED = Text(nl="wat wordt beloofd: een hoeveelheid of een daad", en="what is promised")
AN_AMOUNT = Text(nl="een bedrag of hoeveelheid", en="an amount")
A_UNIT = Text(nl="een eenheid, zoals t/year of EUR", en="a unit, such as t/year or EUR")
GROSS_OR_MORE = Text(nl="bruto of additioneel", en="gross or additional")
A_BOUNDARY = Text(
    nl="de grens: welke locatie, welke scope", en="the boundary: which site, which scope"
)
A_READABLE = Text(nl="een document van dit dossier", en="a document of this dossier")


class AskedAlready(Conflict):
    """A waiver of this promise was asked for, and nobody answered yet."""

    code = "promise.waiver-asked"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Kwijtschelding van deze belofte is al gevraagd.",
                en="A waiver of this promise was asked for already.",
            ),
            remedy=Text(nl="wacht op het antwoord", en="wait for the answer"),
        )


class WaiverAnswered(Conflict):
    """Somebody answered it already."""

    code = "promise.waiver-answered"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Op dit verzoek is al besloten.", en="This request was decided on already."),
            remedy=Text(
                nl="vraag opnieuw om kwijtschelding als dat nodig is",
                en="ask for a waiver again where that is needed",
            ),
        )


class Settled(Conflict):
    """It was kept or waived: it stays as it is."""

    code = "promise.settled"

    def __init__(self, promise: Promise) -> None:
        super().__init__(
            Text(
                nl=f"“{promise.name_nl}” is nagekomen of kwijtgescholden en verandert niet meer.",
                en=f"“{promise.name_en}” was kept or waived, and changes no more.",
            ),
            remedy=Text(
                nl="schrijf een nieuwe belofte op als er iets nieuws is afgesproken",
                en="write down a new promise where something new was agreed",
            ),
        )


def lacks_of_promise(fields: Fields) -> list[Finding]:
    """What is not right in the values of a promise: all of it."""
    found = [
        finding(name, A_NAME, NOTHING)
        for name in ("name_nl", "name_en", "by_name", "to_name")
        if not (fields.get(name) or "").strip()
    ]
    found += [
        finding(name, ", ".join(SIDES), fields.get(name) or NOTHING)
        for name in ("by_side", "to_side")
        if fields.get(name) not in SIDES
    ]
    if fields.get("by_side") == fields.get("to_side") and fields.get("by_side") in SIDES:
        found.append(finding("to_side", ANOTHER_SIDE, str(fields["to_side"])))
    if fields.get("subject") not in PARALLEL_TRACKS:
        found.append(finding("subject", A_SUBJECT, fields.get("subject") or NOTHING))
    return [*found, *_lacks_of_what(fields), *unknown_source(fields)]


def _lacks_of_what(fields: Fields) -> list[Finding]:
    """A quantity with amount, unit and boundary; or a deed in words."""
    quantity = fields.get("quantity") or ""
    if not quantity:
        asked = not (fields.get("words") or "").strip()
        return [finding("words", A_DEED, NOTHING)] if asked else []
    found = []
    if quantity not in QUANTITIES:
        found.append(finding("quantity", ", ".join(QUANTITIES), quantity))
    low, high = fields.get("amount_low"), fields.get("amount_high")
    if low is None and high is None:
        found.append(finding("amount_low", AN_AMOUNT, NOTHING))
    if low is not None and high is not None and high < low:
        found.append(finding("amount_high", NOT_LESS, str(high)))
    if not (fields.get("unit") or "").strip():
        found.append(finding("unit", A_UNIT, NOTHING))
    if not (fields.get("boundary") or "").strip():
        found.append(finding("boundary", A_BOUNDARY, NOTHING))
    if quantity == "co2" and fields.get("tonnes_are") not in TONNE_KINDS:
        found.append(finding("tonnes_are", GROSS_OR_MORE, NOTHING))
    return found


@transaction.atomic
def add_promise(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Promise:
    """Write down what one party promised another.

    Parameters
    ----------
    fields : as `models.Promise`, without `actual`: that a promise was kept needs evidence
    """
    require(by, Deed.KEEP_PROMISES, dossier)
    refuse([*lacks_of_promise(fields), *unreadable(by, dossier, fields)])
    with changed_by(by, because):
        return Promise.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_promise(*, promise: Promise, by: Person, because: str, **fields: Any) -> Promise:
    """Put a promise right. What was there stays in the history.

    Raises
    ------
    Settled   it was kept or waived
    """
    require(by, Deed.KEEP_PROMISES, promise.dossier)
    reason = said(because, "because")
    refuse([*lacks_of_promise(fields), *unreadable(by, promise.dossier, fields)])
    now = _open(promise)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, reason):
        now.save(update_fields=list(fields))
    return now


@transaction.atomic
def forecast_promise(
    *, promise: Promise, by: Person, expected: date, because: str, source: str = ""
) -> PromiseForecast:
    """Say when a promise is expected to be kept now, and why. Every earlier forecast stays.

    Raises
    ------
    Settled   it was kept or waived
    """
    require(by, Deed.KEEP_PROMISES, promise.dossier)
    refuse(lacks_of_forecast({"expected": expected, "because": because, "source": source}))
    now = _open(promise)
    with changed_by(by, because):
        return PromiseForecast.objects.create(
            promise=now, expected=expected, by=by, because=because.strip(), source=source
        )


def lacks_of_keeping(fields: Fields) -> list[Finding]:
    """What is not right in the evidence that a promise was kept: all of it."""
    found = []
    on = fields.get("on")
    if on is None:
        found.append(finding("on", Text(nl="een datum", en="a date"), NOTHING))
    elif on > timezone.localdate():
        found.append(finding("on", NOT_LATER, on.isoformat()))
    if not (fields.get("words") or "").strip():
        found.append(finding("words", SOME_WORDS, NOTHING))
    return found


@transaction.atomic
def keep_promise(
    *,
    promise: Promise,
    by: Person,
    on: date,
    words: str,
    document: DocumentVersion | None = None,
) -> Promise:
    """Say that a promise was kept, with what shows it.

    Raises
    ------
    Settled   it was kept or waived already
    """
    require(by, Deed.KEEP_PROMISES, promise.dossier)
    fields = {"on": on, "words": words, "document": document}
    refuse([*lacks_of_keeping(fields), *unreadable(by, promise.dossier, fields)])
    now = _open(promise)
    now.actual = on
    with changed_by(by, words.strip()):
        Evidence.objects.create(promise=now, words=words.strip(), document=document, by=by)
        now.save(update_fields=["actual"])
    return now


@transaction.atomic
def ask_waiver(*, promise: Promise, by: Person, because: str) -> WaiverRequest:
    """Ask to let go of a promise; nothing changes until a second person grants it.

    Raises
    ------
    Settled        it was kept or waived already
    AskedAlready   somebody asked, and nobody answered yet
    """
    require(by, Deed.KEEP_PROMISES, promise.dossier)
    reason = said(because, "because")
    now = _open(promise)
    if now.waiver_requests.filter(answer="").exists():
        raise AskedAlready
    with changed_by(by, reason):
        return WaiverRequest.objects.create(promise=now, reason=reason, asked_by=by)


@transaction.atomic
def answer_waiver(
    *, request: WaiverRequest, by: Person, answer: str, because: str
) -> WaiverRequest:
    """A second person grants or refuses a waiver, with a reason. Granted, the promise is waived.

    Raises
    ------
    NotAllowed       `by` asked for it, or may not let go of a promise
    WaiverAnswered   somebody answered it already
    Settled          the promise was kept meanwhile
    """
    require(by, Deed.WAIVE_PROMISE, request.promise.dossier)
    reason = said(because, "because")
    one_of(answer, WaiverRequest.ANSWERS, "answer")
    if request.asked_by_id == by.pk:
        raise NotAllowed(
            Text(
                nl="U hebt deze kwijtschelding zelf gevraagd; een tweede persoon besluit erover.",
                en="You asked for this waiver yourself; a second person decides on it.",
            ),
            remedy=Text(
                nl="vraag een collega met dit recht", en="ask a colleague who has this right"
            ),
        )
    locked(request.promise.dossier)
    asked = WaiverRequest.objects.select_related("promise__dossier").get(pk=request.pk)
    if asked.answer:
        raise WaiverAnswered
    asked.answer, asked.answer_reason = answer, reason
    asked.answered_by, asked.answered_at = by, timezone.now()
    with changed_by(by, reason):
        if answer == "granted":
            now = _open(asked.promise)
            role = role_of(by, now.dossier, Deed.WAIVE_PROMISE)
            Waiver.objects.create(request=asked, promise=now, by=by, role=role, because=reason)
        asked.save()
    return asked


def _open(promise: Promise) -> Promise:
    """The promise as it is now, in a dossier that nobody else changes. Raises Settled."""
    locked(promise.dossier)
    now = Promise.objects.select_related("dossier").get(pk=promise.pk)
    if now.actual is not None or Waiver.objects.filter(promise=now).exists():
        raise Settled(now)
    return now


# ── what all of them ask ──────────────────────────────────────────────────────────────────────


def unknown_source(fields: Fields) -> list[Finding]:
    """A source that is not in the register."""
    named = fields.get("source") or ""
    return [finding("source", A_KNOWN_SOURCE, named)] if named not in {"", *load_sources()} else []


def unreadable(by: Person, dossier: Dossier, fields: Fields) -> list[Finding]:
    """A paper that is not of this dossier, or that `by` may not read."""
    document = fields.get("document")
    if document is None or versions_of(by, dossier).filter(pk=document.pk).exists():
        return []
    return [finding("document", A_READABLE, NOTHING)]
