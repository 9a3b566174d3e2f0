# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with papers: add one, add a version, hand it in, judge it, sign it, classify it.

Takes     files and words, and who acts.
Gives     what was made. All findings about a file come at once, as `Unfit`.
Leaves    passages to `passages.py`, sets to `frozen_sets.py`; looking into a file to
          `inspection.py`.

A version goes draft → handed_in → accepted or refused. From handed_in on the database keeps its
content; a judgement is final. Nobody judges what he handed in himself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import MARKINGS, Level, refuse_state_secret
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS, TEAM, DocumentKind
from maatwerkbank.dossier.roles import EVERY_TOPIC, ROLES
from maatwerkbank.ground.errors import StateSecretRefused
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.content import Kept, forget, keep
from maatwerkbank.web.documents.inspection import (
    STATE_SECRET,
    Inspection,
    cleaned_name,
    inspect,
    state_secret_in,
)
from maatwerkbank.web.documents.models import Document, DocumentVersion, Signatory
from maatwerkbank.web.documents.virus_scan import scan
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed, Unfit


@dataclass(frozen=True)
class Classification:
    """How confidential a paper is, and who outside the State reads it."""

    level: Level
    with_company: bool = False
    marking: str = ""
    marking_basis: str = ""
    marking_until: date | None = None


# ── who may bring what ────────────────────────────────────────────────────────────────────────


def kinds_for(roles: frozenset[str]) -> Mapping[str, DocumentKind]:
    """Kinds of paper that these roles may add. The team keeps the dossier: every kind."""
    if roles & set(TEAM):
        return DOCUMENT_KINDS
    return {kind.id: kind for kind in DOCUMENT_KINDS.values() if roles & set(kind.given_by)}


def topics_for(roles: frozenset[str]) -> tuple[str, ...]:
    """Subjects under which they may put it: their own; a firm chooses freely."""
    if "company" in roles:
        return EVERY_TOPIC
    return tuple(
        topic for topic in EVERY_TOPIC if any(topic in ROLES[role].topics for role in roles)
    )


# ── adding ────────────────────────────────────────────────────────────────────────────────────


def add_document(
    *,
    dossier: Dossier,
    by: Person,
    kind: str,
    title: str,
    topic: str,
    classification: Classification,
    file: "File[bytes]",
    dated: str = "",
    remark: str = "",
) -> DocumentVersion:
    """A new paper with its first version, as a draft.

    Raises
    ------
    NotAllowed   `by` may not add papers here, or not of that kind or subject
    Unfit        something is wrong with the file or its marking: all findings
    """
    access.require(by, Deed.ATTACH, dossier)
    roles = access.roles_in(by, dossier)
    if kind not in kinds_for(roles) or topic not in topics_for(roles):
        raise NotAllowed(
            Text(
                nl="Dit soort document, of dit onderwerp, hoort niet bij uw rol in dit dossier.",
                en="This kind of document, or this subject, does not belong to your role here.",
            ),
            remedy=Text(
                nl="kies een ander soort of onderwerp, of stuur het naar de projectleider",
                en="choose another kind or subject, or send it to the case lead",
            ),
        )
    inspection = _fit(file, title=title, marking=classification.marking)
    own = by.organisation_id == dossier.company.organisation_id
    with _keeping(file) as kept:
        document = Document.objects.create(
            dossier=dossier,
            kind=kind,
            title=title,
            topic=topic,
            level=classification.level.value,
            with_company=own or classification.with_company,
            marking=classification.marking,
            marking_basis=classification.marking_basis,
            marking_until=classification.marking_until,
        )
        return _draft(document, 1, by, kept, inspection, file, dated, remark)


def add_version(
    *, document: Document, by: Person, file: "File[bytes]", dated: str = "", remark: str = ""
) -> DocumentVersion:
    """The next version of a paper, as a draft.

    Raises
    ------
    NotAllowed   `by` may not add papers here
    Unfit        something is wrong with the file: all findings
    Conflict     this content is already a version of this paper
    """
    access.require(by, Deed.ATTACH, document.dossier)
    inspection = _fit(file, title=document.title, marking=document.marking)
    with _keeping(file) as kept:
        Document.objects.select_for_update().get(pk=document.pk)
        same = document.versions.filter(sha256=kept.sha256).first()
        if same is not None:
            raise Conflict(
                Text(
                    nl=f"Dit bestand heeft dezelfde inhoud als versie {same.number}.",
                    en=f"This file has the same content as version {same.number}.",
                ),
                remedy=Text(
                    nl="kies het gewijzigde bestand; een gelijke versie is niet nodig",
                    en="choose the changed file; an equal version is not needed",
                ),
            )
        last = document.versions.aggregate(last=Max("number"))["last"] or 0
        return _draft(document, last + 1, by, kept, inspection, file, dated, remark)


def same_content(version: DocumentVersion, person: Person) -> QuerySet[DocumentVersion]:
    """Other versions with the same bytes, as far as `person` may read them."""
    return (
        access.versions_of(person, version.document.dossier)
        .filter(sha256=version.sha256)
        .exclude(pk=version.pk)
        .select_related("document")
    )


def discard_draft(*, version: DocumentVersion, by: Person) -> None:
    """Throw a draft away, with its paper where it was the only version, and its bytes.

    Raises
    ------
    Conflict     it is no draft, or something rests on it already
    """
    access.require(by, Deed.ATTACH, version.document.dossier)
    with transaction.atomic():
        version = _locked(version, "draft")
        if version.signatories.exists() or version.passages.exists():
            raise Conflict(
                Text(
                    nl="Bij dit concept staan al ondertekenaars of passages.",
                    en="This draft already has signatories or passages.",
                ),
                remedy=Text(
                    nl="bied het aan, of voeg een nieuwe versie toe",
                    en="hand it in, or add a new version",
                ),
            )
        document, sha256 = version.document, version.sha256
        version.delete()
        if not document.versions.exists():
            document.delete()
    with transaction.atomic():
        forget(sha256)


def look_at(
    file: "File[bytes]", *, title: str = "", marking: str = ""
) -> tuple[Inspection, list[Finding]]:
    """What a file is, and everything that keeps it, or its title or marking, out of the dossier."""
    name = cleaned_name(file.name or "")
    inspection = inspect(_bytes_of(file), name, size=file.size, limit=settings.MAX_UPLOAD_BYTES)
    findings = [*_marked(title, marking), *inspection.findings]
    if file.size <= settings.MAX_UPLOAD_BYTES:
        findings += scan(_bytes_of(file), name, address=settings.CLAMD)
    return inspection, findings


def _fit(file: "File[bytes]", *, title: str, marking: str) -> Inspection:
    """What the file is; raises Unfit with everything that is wrong with it."""
    inspection, findings = look_at(file, title=title, marking=marking)
    if findings:
        name = cleaned_name(file.name or "")
        raise Unfit(
            Text(
                nl=f"'{name}' kan niet in het dossier.",
                en=f"'{name}' cannot go into the dossier.",
            ),
            tuple(findings),
            remedy=Text(
                nl="verhelp wat hieronder staat en bied het bestand opnieuw aan",
                en="correct what stands below and hand the file in again",
            ),
        )
    return inspection


def _bytes_of(file: "File[bytes]") -> IO[bytes]:
    """Django's file reads as any other; its type does not say so."""
    return cast("IO[bytes]", file)


def _marked(title: str, marking: str) -> Iterator[Finding]:
    if STATE_SECRET.search(title):
        yield state_secret_in("titel", title)
    try:
        refuse_state_secret(marking)
    except StateSecretRefused:
        known = MARKINGS.get(marking)
        yield state_secret_in("rubricering", known.label.nl if known else marking)


@contextmanager
def _keeping(file: "File[bytes]") -> Iterator[Kept]:
    """Keep the bytes together with the rows that are made in this block, or neither."""
    kept: Kept | None = None
    try:
        with transaction.atomic():
            kept = keep(_bytes_of(file))
            yield kept
    except BaseException:
        if kept and kept.new:
            with transaction.atomic():
                forget(kept.sha256)
        raise


def _draft(
    document: Document,
    number: int,
    by: Person,
    kept: Kept,
    inspection: Inspection,
    file: "File[bytes]",
    dated: str,
    remark: str,
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        number=number,
        dated=dated,
        file_name=cleaned_name(file.name or ""),
        media_type=inspection.media_type,
        size=kept.size,
        sha256=kept.sha256,
        remark=remark,
        handed_in_by=by,
    )


# ── handing in and judging ────────────────────────────────────────────────────────────────────


@transaction.atomic
def hand_in(*, version: DocumentVersion, by: Person) -> DocumentVersion:
    """Hand a draft in: from here on its content stays as it is.

    Raises
    ------
    NotAllowed   `by` may not hand papers in here
    Conflict     it is no draft any more
    """
    access.require(by, Deed.ATTACH, version.document.dossier)
    version = _locked(version, "draft")
    version.state = "handed_in"
    version.handed_in_by = by
    version.handed_in_at = timezone.now()
    with changed_by(by):
        version.save()
    return version


@transaction.atomic
def judge(
    *, version: DocumentVersion, by: Person, accepted: bool, judgement: str = ""
) -> DocumentVersion:
    """Accept or refuse a version that was handed in. Final; a better one is a new version.

    Raises
    ------
    NotAllowed   `by` may not judge papers here
    Conflict     it does not wait for a judgement, `by` handed it in, or a refusal gives no reason
    """
    access.require(by, Deed.JUDGE_DOCUMENT, version.document.dossier)
    version = _locked(version, "handed_in")
    if version.handed_in_by_id == by.pk:
        raise Conflict(
            Text(
                nl="U hebt deze versie zelf ingediend.",
                en="You handed this version in yourself.",
            ),
            remedy=Text(
                nl="laat een ander lid van het projectteam haar beoordelen",
                en="have another member of the case team judge it",
            ),
        )
    if not accepted and not judgement.strip():
        raise Conflict(
            Text(
                nl="Wie weigert, zegt waarom.",
                en="Who refuses says why.",
            ),
            remedy=Text(
                nl="schrijf op wat er aan deze versie ontbreekt of niet klopt",
                en="write down what this version lacks or what is wrong with it",
            ),
        )
    version.state = "accepted" if accepted else "refused"
    version.judged_by = by
    version.judged_at = timezone.now()
    version.judgement = judgement
    with changed_by(by, judgement):
        version.save()
    return version


_STATES: Mapping[str, Text] = {
    "draft": Text(nl="concept", en="draft"),
    "handed_in": Text(nl="ingediend", en="handed in"),
    "accepted": Text(nl="aanvaard", en="accepted"),
    "refused": Text(nl="geweigerd", en="refused"),
}


def state_label(state: str) -> Text:
    """A state of a version in words."""
    return _STATES[state]


def _locked(version: DocumentVersion, state: str) -> DocumentVersion:
    """The version as it is now, for this transaction alone; raises Conflict in another state."""
    now = (
        DocumentVersion.objects.select_for_update(of=("self",))
        .select_related("document__dossier")
        .filter(pk=version.pk)
        .first()
    )
    stands = state_label(now.state) if now else Text(nl="weg", en="gone")
    if now is None or now.state != state:
        expected = state_label(state)
        raise Conflict(
            Text(
                nl=f"Deze versie is {stands.nl}, niet {expected.nl}.",
                en=f"This version is {stands.en}, not {expected.en}.",
            ),
            remedy=Text(
                nl="ververs de pagina: iemand anders was u voor",
                en="reload the page: somebody else was before you",
            ),
        )
    return now


# ── signing and classifying ───────────────────────────────────────────────────────────────────


@transaction.atomic
def sign(
    *,
    version: DocumentVersion,
    by: Person,
    organisation: str,
    capacity: str,
    signed_on: str = "",
) -> Signatory:
    """Write down who signed a version. Who is not of the team does so for the own side only.

    Raises
    ------
    NotAllowed   `by` may not write that down
    Conflict     the version was refused, or this signature is there already
    """
    dossier = version.document.dossier
    access.require(by, Deed.ATTACH, dossier)
    if not access.allowed(by, Deed.JUDGE_DOCUMENT, dossier) and organisation != str(
        by.organisation
    ):
        raise NotAllowed(
            Text(
                nl="U legt alleen handtekeningen van uw eigen organisatie vast.",
                en="You record signatures of your own organisation only.",
            ),
            remedy=access.ASK_THE_LEAD,
        )
    there = version.signatories.filter(organisation=organisation, capacity=capacity).exists()
    if version.state == "refused" or there:
        raise Conflict(
            Text(
                nl="Deze handtekening staat er al, of de versie is geweigerd.",
                en="This signature is there already, or the version was refused.",
            ),
            remedy=Text(nl="bekijk de lijst van ondertekenaars", en="look at the signatories"),
        )
    return Signatory.objects.create(
        version=version, organisation=organisation, capacity=capacity, signed_on=signed_on
    )


def classify(
    *, document: Document, by: Person, classification: Classification, reason: str = ""
) -> Document:
    """Change how confidential a paper is. To open it further takes a reason; the history keeps it.

    Raises
    ------
    NotAllowed   `by` may not classify here, or not as high as that
    Unfit        the marking is one of a state secret
    Conflict     it opens the paper further, without a reason
    """
    access.require(by, Deed.CLASSIFY, document.dossier)
    if classification.level > by.clearance:
        raise NotAllowed(access.REFUSALS["level"], remedy=access.ASK_THE_LEAD)
    secrets = tuple(_marked("", classification.marking))
    if secrets:
        raise Unfit(
            Text(
                nl="Een staatsgeheim hoort niet in dit systeem.",
                en="A state secret does not belong in this system.",
            ),
            secrets,
        )
    with transaction.atomic(), changed_by(by, reason):
        document = Document.objects.select_for_update().get(pk=document.pk)
        opens = classification.level < document.level or (
            classification.with_company and not document.with_company
        )
        if opens and not reason.strip():
            raise Conflict(
                Text(
                    nl="Dit opent het document voor meer mensen; daar hoort een reden bij.",
                    en="This opens the document to more people; that takes a reason.",
                ),
                remedy=Text(
                    nl="schrijf op waarom het opener mag; uw naam komt erbij te staan",
                    en="write down why it may be more open; your name is kept with it",
                ),
            )
        document.level = classification.level.value
        document.with_company = classification.with_company
        document.marking = classification.marking
        document.marking_basis = classification.marking_basis
        document.marking_until = classification.marking_until
        document.save()
    return document
