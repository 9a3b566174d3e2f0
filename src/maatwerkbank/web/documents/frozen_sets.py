# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with frozen sets: lay papers and a run together as they are now, for who has to advise.

Takes     versions that were handed in, a run that is done, a purpose, and readers.
Gives     a set that never changes, with a manifest and its hash.
Leaves    who may read a set to `people/access.py`: a reader sees these versions and this run, and
          nothing newer or else of the dossier.

The level of a set is the highest of its parts. Lower takes a named person and a reason.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level, highest
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.documents.models import DocumentVersion, FrozenSet, FrozenSetReader
from maatwerkbank.web.dossiers.models import Dossier, Membership
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.runs.models import Run

FORMAT = "maatwerkbank-frozen-set/1"
READING_ROLES = ("adviser", "committee_secretary")
FREEZABLE = ("handed_in", "accepted")


def level_of(versions: Sequence[DocumentVersion], run: Run | None) -> Level:
    """The level of a set of these: the highest of its parts."""
    levels = [Level(version.document.level) for version in versions]
    return highest([*levels, *([Level(run.level)] if run else [])])


@transaction.atomic
def freeze_set(
    *,
    dossier: Dossier,
    by: Person,
    purpose: str,
    versions: Sequence[DocumentVersion],
    run: Run | None = None,
    gate: str = "",
    level: Level | None = None,
    level_reason: str = "",
) -> FrozenSet:
    """Freeze these versions and this run, as they are now.

    Raises
    ------
    NotAllowed   `by` may not freeze sets here
    Conflict     there is nothing in it; a version is a draft, refused, not held here or out of
                 reach; the run is not done; or the level is lowered without a reason
    """
    access.require(by, Deed.FREEZE_SET, dossier)
    _refuse_unfrozen(dossier, by, versions, run)
    derived = level_of(versions, run)
    if level is not None and level < derived and not level_reason.strip():
        raise Conflict(
            Text(
                nl=f"De set bevat stukken van niveau {derived.label.nl}; lager vraagt een reden.",
                en=f"The set holds papers of level {derived.label.en}; lower takes a reason.",
            ),
            remedy=Text(
                nl="laat het niveau staan, of schrijf op waarom het lager mag",
                en="leave the level as it is, or write down why it may be lower",
            ),
        )
    content = _manifest(dossier, purpose, gate, versions, run)
    frozen = FrozenSet.objects.create(
        dossier=dossier,
        purpose=purpose,
        gate=gate,
        content=content,
        sha256=digest(content),
        level=(derived if level is None else level).value,
        level_reason=level_reason if level is not None and level < derived else "",
        made_by=by,
        run=run,
    )
    frozen.versions.add(*versions)
    return frozen


def holds(frozen_set: FrozenSet) -> bool:
    """Whether the manifest still has its hash, and names just what lies in the set."""
    named = {item["code"] for item in frozen_set.content["versions"]}
    there = {str(code) for code in frozen_set.versions.values_list("code", flat=True)}
    return named == there and digest(frozen_set.content) == frozen_set.sha256


# ── readers ───────────────────────────────────────────────────────────────────────────────────


def possible_readers(frozen_set: FrozenSet) -> QuerySet[Person]:
    """Advisers of the dossier who may read this level and do not read the set yet."""
    today = timezone.localdate()
    advisers = Membership.objects.filter(
        Q(until=None) | Q(until__gte=today),
        dossier=frozen_set.dossier,
        role__in=READING_ROLES,
        person__is_active=True,
        person__clearance__gte=frozen_set.level,
    ).values("person")
    reading = readers_of(frozen_set).values("person")
    found = Person.objects.filter(pk__in=advisers).exclude(pk__in=reading)
    return found.select_related("organisation")


def readers_of(frozen_set: FrozenSet) -> QuerySet[FrozenSetReader]:
    """Who reads the set today."""
    current = Q(until=None) | Q(until__gte=timezone.localdate())
    return frozen_set.readers.filter(current).select_related("person__organisation")


@transaction.atomic
def admit_reader(
    *, frozen_set: FrozenSet, by: Person, person: Person, until: date | None = None
) -> FrozenSetReader:
    """Put the set before an adviser of the dossier.

    Raises
    ------
    NotAllowed   `by` may not do that here
    Conflict     `person` does not advise on this dossier, may not read this level, or reads already
    """
    access.require(by, Deed.FREEZE_SET, frozen_set.dossier)
    if person not in possible_readers(frozen_set):
        raise Conflict(
            Text(
                nl="Deze persoon adviseert niet over dit dossier, mag dit niveau niet inzien of "
                "leest de set al.",
                en="This person does not advise on this dossier, may not read this level, or "
                "reads the set already.",
            ),
            remedy=Text(
                nl="geef de persoon eerst de rol van adviseur in het dossier",
                en="give the person the role of adviser on the dossier first",
            ),
        )
    reader, _ = FrozenSetReader.objects.update_or_create(
        frozen_set=frozen_set, person=person, defaults={"until": until}
    )
    return reader


@transaction.atomic
def end_reading(*, reader: FrozenSetReader, by: Person) -> FrozenSetReader:
    """From now on the reader no longer sees the set.

    Raises
    ------
    NotAllowed   `by` may not do that here
    """
    access.require(by, Deed.FREEZE_SET, reader.frozen_set.dossier)
    reader.until = timezone.localdate() - timedelta(days=1)
    reader.save()
    return reader


# ── the manifest ──────────────────────────────────────────────────────────────────────────────


def _refuse_unfrozen(
    dossier: Dossier, by: Person, versions: Sequence[DocumentVersion], run: Run | None
) -> None:
    if not versions and run is None:
        raise Conflict(
            Text(nl="Er ligt niets in de set.", en="There is nothing in the set."),
            remedy=Text(nl="kies stukken of een run", en="choose papers or a run"),
        )
    reach = access.versions_of(by, dossier).filter(state__in=FREEZABLE).exclude(sha256="")
    reachable = set(reach.values_list("pk", flat=True))
    outside = [version for version in versions if version.pk not in reachable]
    if outside:
        titles = ", ".join(sorted(version.document.title for version in outside))
        raise Conflict(
            Text(
                nl=f"Dit kan niet in een set: {titles}.",
                en=f"This cannot go into a set: {titles}.",
            ),
            remedy=Text(
                nl="kies versies die zijn ingediend en niet geweigerd, en die hier liggen",
                en="choose versions that were handed in, not refused, and are held here",
            ),
        )
    if run is not None and not access.runs_of(by, dossier).filter(pk=run.pk, state="done").exists():
        raise Conflict(
            Text(nl="Deze run is niet klaar.", en="This run is not done."),
            remedy=Text(nl="kies een run die klaar is", en="choose a run that is done"),
        )


def _manifest(
    dossier: Dossier,
    purpose: str,
    gate: str,
    versions: Sequence[DocumentVersion],
    run: Run | None,
) -> dict[str, Any]:
    ordered = sorted(
        versions, key=lambda each: (each.document.kind, each.document.title, each.number)
    )
    return {
        "format": FORMAT,
        "dossier": str(dossier.code),
        "company": dossier.company.name,
        "stage": dossier.stage,
        "purpose": purpose,
        "gate": gate,
        "versions": [version_as_json(version) for version in ordered],
        "run": run_as_json(run) if run else None,
    }


def version_as_json(version: DocumentVersion) -> dict[str, Any]:
    """A version with its hash, plain; also in the manifest of an export."""
    document = version.document
    return {
        "code": str(version.code),
        "kind": document.kind,
        "title": document.title,
        "version": version.number,
        "state": version.state,
        "topic": document.topic,
        "level": Level(document.level).name.lower(),
        "dated": version.dated or None,
        "source": version.source or document.source or None,
        "file_name": version.file_name or None,
        "media_type": version.media_type or None,
        "size": version.size,
        "sha256": version.sha256 or None,
        "handed_in_by": str(version.handed_in_by.organisation) if version.handed_in_by else None,
        "handed_in_at": version.handed_in_at.isoformat() if version.handed_in_at else None,
        "signatories": [
            {
                "organisation": each.organisation,
                "capacity": each.capacity,
                "signed_on": each.signed_on or None,
            }
            for each in version.signatories.all()
        ],
    }


def run_as_json(run: Run) -> dict[str, Any]:
    """A run by its receipt and hashes, plain."""
    return {
        "code": str(run.code),
        "receipt": run.receipt_number,
        "result_sha256": run.result_sha256,
        "case_sha256": run.case_version.sha256,
        "variant": run.variant or None,
        "known_on": run.known_on.isoformat(),
        "official": run.official,
        "level": Level(run.level).name.lower(),
    }
