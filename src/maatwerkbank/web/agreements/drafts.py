# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with texts: begin one, fill it from the dossier, change a clause, make it final, share it.

Takes     a dossier or a draft, a person, values; never a request.
Gives     what was made or changed; the history keeps who, when and why.
Leaves    what a text says to `dossier.agreement`, paper to `letter`.

A draft is one version of a text: final ones stay, and the next version is a new draft beside it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maatwerkbank.dossier.agreement import drafting
from maatwerkbank.dossier.agreement.drafting import FieldValue
from maatwerkbank.dossier.agreement.library import Clause, fields, library
from maatwerkbank.dossier.agreement.values import lacks_of_value
from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Draft, DraftField
from maatwerkbank.web.agreements.paper import odt_of
from maatwerkbank.web.agreements.sources import values_of
from maatwerkbank.web.agreements.stored import name_of, text_of
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.services import Classification, add_document, add_version
from maatwerkbank.web.documents.services import hand_in as hand_in_version
from maatwerkbank.web.dossiers.deeds import SOME_WORDS, finding, locked, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, Unfit

A_LIBRARY = Text(nl="een soort tekst", en="a kind of text")


class FinalAlready(Conflict):
    """The text is final: it changes no more."""

    code = "draft.final"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze versie is definitief.", en="This version is final."),
            remedy=Text(nl="begin een nieuwe versie", en="begin a new version"),
        )


class NotFinal(Conflict):
    """The text is not final yet."""

    code = "draft.not-final"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze versie is nog open.", en="This version is still open."),
            remedy=Text(nl="maak haar eerst definitief", en="make it final first"),
        )


class StillOpen(Conflict):
    """There is an open version of this text already."""

    code = "draft.open"

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            Text(
                nl=f"Versie {draft.number} van deze tekst is nog open.",
                en=f"Version {draft.number} of this text is still open.",
            ),
            remedy=Text(
                nl="werk in die versie verder, of maak haar definitief",
                en="go on in that version, or make it final",
            ),
        )


# ── beginning ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def begin(*, dossier: Dossier, by: Person, kind: str, optional: Sequence[str] = ()) -> Draft:
    """The next version of a text: the last one once more, or the library where there is none.

    Its fields are filled with what the dossier says now; what people filled in before stays.

    Raises
    ------
    StillOpen    the last version is not final
    """
    require(by, Deed.DRAFT, dossier)
    shelf = library(kind)
    dossier = locked(dossier)
    last = Draft.objects.filter(dossier=dossier, library=kind).order_by("number").last()
    if last is not None and last.state == "open":
        raise StillOpen(last)
    made = drafting.begin(shelf, optional)
    clauses = [each.as_json() for each in made.clauses]
    with changed_by(by):
        draft = Draft.objects.create(
            dossier=dossier,
            library=kind,
            number=_next_number(dossier, kind),
            based_on=last,
            clauses=last.clauses if last else clauses,
            made_by=by,
        )
        for each in last.fields.all() if last else ():
            DraftField.objects.create(
                draft=draft,
                name=each.name,
                value=each.value,
                origin=each.origin,
                reference=each.reference,
                taken_on=each.taken_on,
            )
        _take(draft, values_of(dossier, shelf))
    return draft


def _next_number(dossier: Dossier, kind: str) -> int:
    made = Draft.objects.filter(dossier=dossier, library=kind)
    return int(made.aggregate(last=Max("number"))["last"] or 0) + 1


# ── filling ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def take_over(*, draft: Draft, by: Person, names: Sequence[str] = ()) -> Draft:
    """Take from the dossier what it says now: these fields, or all that it knows.

    A value that a person filled in gives way only when it is named.
    """
    require(by, Deed.DRAFT, draft.dossier)
    draft = _open(draft)
    found = values_of(draft.dossier, library(draft.library))
    chosen = {name: found[name] for name in names if name in found} if names else found
    with changed_by(by):
        _take(draft, chosen, over_people=bool(names))
    return draft


def lacks_of_value_given(name: str, value: Any) -> list[Finding]:
    """What is not right in a value that somebody fills in."""
    known = fields().get(name)
    if known is None:
        return [finding("name", ", ".join(fields()), name)]
    return list(lacks_of_value("value", known.kind, value))


@transaction.atomic
def fill(*, draft: Draft, by: Person, name: str, value: Any, because: str = "") -> DraftField:
    """Fill a field in by hand; it says so wherever it is shown."""
    require(by, Deed.DRAFT, draft.dossier)
    refuse(lacks_of_value_given(name, value))
    draft = _open(draft)
    with changed_by(by, because):
        made, _ = DraftField.objects.update_or_create(
            draft=draft,
            name=name,
            defaults={
                "value": value,
                "origin": "person",
                "reference": "",
                "taken_on": timezone.localdate(),
            },
        )
    return made


@transaction.atomic
def change_clause(
    *, draft: Draft, by: Person, clause: str, heading: Text, text: Text, because: str
) -> Draft:
    """Change the words of one clause. Figures stay fields: an amount typed by hand is refused."""
    require(by, Deed.DRAFT, draft.dossier)
    draft = _open(draft)
    old = _clause(draft, clause)
    new = Clause(old.id, heading, text, old.points, old.optional)
    reason = [] if because.strip() else [finding("because", SOME_WORDS, Text("niets", "nothing"))]
    refuse([*drafting.lacks_of_clause(new), *reason])
    draft.clauses = [new.as_json() if each["id"] == clause else each for each in draft.clauses]
    with changed_by(by, because.strip()):
        draft.save(update_fields=["clauses"])
    return draft


@transaction.atomic
def choose_clauses(*, draft: Draft, by: Person, optional: Sequence[str]) -> Draft:
    """Put the chosen optional clauses in and take the others out; the required ones stay."""
    require(by, Deed.DRAFT, draft.dossier)
    draft = _open(draft)
    shelf = library(draft.library)
    there = {each["id"]: each for each in draft.clauses}
    wanted = {*shelf.required, *optional}
    draft.clauses = [
        there.get(key, clause.as_json()) for key, clause in shelf.clauses.items() if key in wanted
    ]
    with changed_by(by):
        draft.save(update_fields=["clauses"])
    return draft


# ── making final, sharing, handing in ─────────────────────────────────────────────────────────


@transaction.atomic
def make_final(*, draft: Draft, by: Person) -> Draft:
    """Freeze text and values under one seal.  Raises Unfit with all that still lacks."""
    require(by, Deed.DRAFT, draft.dossier)
    draft = _open(draft)
    text = text_of(draft)
    lacks = drafting.lacks(text)
    if lacks:
        raise Unfit(
            Text(nl="Deze tekst is nog niet volledig.", en="This text is not complete yet."),
            lacks,
        )
    draft.state, draft.final_at, draft.sha256 = "final", timezone.now(), text.sealed
    with changed_by(by):
        draft.save(update_fields=["state", "final_at", "sha256"])
    return draft


@transaction.atomic
def share(*, draft: Draft, by: Person) -> Draft:
    """Let company and partners see this version. It cannot be unseen.  Raises NotFinal."""
    require(by, Deed.DRAFT, draft.dossier)
    draft = _now(draft)
    if draft.state == "open":
        raise NotFinal
    if draft.shared_on is None:
        draft.shared_on = timezone.localdate()
        with changed_by(by):
            draft.save(update_fields=["shared_on"])
    return draft


@transaction.atomic
def hand_in(*, draft: Draft, by: Person) -> DocumentVersion:
    """Put the final text among the papers of the dossier, as a version of the right kind.

    Raises
    ------
    NotFinal     it is still open
    Conflict     it was handed in already
    """
    require(by, Deed.DRAFT, draft.dossier)
    draft = _now(draft)
    if draft.state == "open":
        raise NotFinal
    if draft.document is not None:
        raise Conflict(
            Text(nl="Deze versie is al aangeleverd.", en="This version was handed in already."),
            remedy=Text(nl="zie de documenten", en="see the documents"),
        )
    shelf = library(draft.library)
    name = name_of(draft)
    file = ContentFile(odt_of(draft, "nl"), f"{draft.library}-{draft.number}.odt")
    remark = f"{name.nl}; zegel {draft.sha256[:16]}"
    earlier = _earlier(draft)
    if earlier is None:
        version = add_document(
            dossier=draft.dossier,
            by=by,
            kind=shelf.draft_kind,
            title=shelf.label.nl,
            topic="negotiation",
            classification=Classification(
                Level(draft.dossier.level), with_company=draft.shared_on is not None
            ),
            file=file,
            dated=timezone.localdate().isoformat(),
            remark=remark,
        )
    else:
        version = add_version(
            document=earlier.document,
            by=by,
            file=file,
            dated=timezone.localdate().isoformat(),
            remark=remark,
        )
    version = hand_in_version(version=version, by=by)
    draft.document = version
    with changed_by(by):
        draft.save(update_fields=["document"])
    return version


def _earlier(draft: Draft) -> DocumentVersion | None:
    """The paper of an earlier version of this text, so that this one becomes its next version."""
    before = Draft.objects.filter(dossier=draft.dossier, library=draft.library)
    found = before.exclude(document=None).order_by("number").select_related("document").last()
    return found.document if found else None


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _now(draft: Draft) -> Draft:
    rows = Draft.objects.select_for_update(of=("self",)).select_related("dossier__company")
    return rows.get(pk=draft.pk)


def _open(draft: Draft) -> Draft:
    now = _now(draft)
    if now.state != "open":
        raise FinalAlready
    return now


def _clause(draft: Draft, identity: str) -> Clause:
    for each in draft.clauses:
        if each["id"] == identity:
            return Clause.from_json(each)
    known = ", ".join(each["id"] for each in draft.clauses)
    raise Unfit(A_LIBRARY, (finding("clause", known, identity),))


def _take(
    draft: Draft,
    found: Mapping[str, FieldValue],
    *,
    over_people: bool = False,
) -> None:
    there = {each.name: each for each in draft.fields.all()}
    for name, given in found.items():
        held = there.get(name)
        if held is not None and (held.origin == "person" and not over_people):
            continue
        DraftField.objects.update_or_create(
            draft=draft,
            name=name,
            defaults={
                "value": given.value,
                "origin": given.origin,
                "reference": given.reference,
                "taken_on": given.taken_on or timezone.localdate(),
            },
        )
