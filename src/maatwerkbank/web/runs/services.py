# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything that changes case files and runs. One function, one deed, one transaction.

Takes     things, and the person who acts; that person must be allowed to (`people/access.py`).
Gives     what was made. A refusal says why.
Leaves    computing to `computing`, the queue to `jobs`.
"""

import hashlib
import json
from datetime import date

import pghistory
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level, highest
from maatwerkbank.ground.documents import document_of
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import outlook_file, variant_file
from maatwerkbank.plant.case_file import check_case_bytes
from maatwerkbank.web import attempts
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, Unfit
from maatwerkbank.web.runs import jobs
from maatwerkbank.web.runs.case_files import UNNAMED
from maatwerkbank.web.runs.findings import stored, told
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run

MOST_DRAWS = 200_000
DEFAULT_SEED = 0  # that of `assess --draws`
_NUL = "\x00"

# ── case files ────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def keep_draft(
    *,
    dossier: Dossier,
    by: Person,
    raw: bytes,
    file_name: str = "",
    origin: str = "upload",
    level: int | None = None,
) -> CaseVersion:
    """Keep a case file as a draft, with all its findings. Nothing of it is lost.

    Raises NotAllowed where `by` may not hand in for this dossier.
    """
    access.require(by, Deed.HAND_IN_CASE, dossier)
    locked = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    last = locked.case_versions.aggregate(last=Max("number"))["last"] or 0
    version = CaseVersion(
        dossier=dossier,
        number=last + 1,
        origin=origin,
        level=_level(dossier, by, level),
        handed_in_by=by,
    )
    _read(version, raw, file_name)
    version.save()
    return version


def _level(dossier: Dossier, by: Person, asked: int | None) -> int:
    """The level that was asked for: never below the dossier, never above what `by` may read."""
    lowest = highest([Level(dossier.level), Level.OPENBAAR])
    if asked is None:
        return lowest.value
    if asked < lowest:
        raise Conflict(
            Text(
                nl="Een casusbestand kan niet lager gerubriceerd zijn dan zijn dossier.",
                en="A case file cannot be classified lower than its dossier.",
            ),
            remedy=Text(nl=f"kies {lowest.label.nl} of hoger", en=f"choose {lowest.label.en} up"),
        )
    if asked > by.clearance:
        raise Conflict(
            Text(
                nl="U kunt niets rubriceren boven wat u zelf mag inzien.",
                en="You cannot classify above what you may read yourself.",
            ),
            remedy=Text(nl="kies een lager niveau", en="choose a lower level"),
        )
    return asked


@transaction.atomic
def correct_draft(
    *, case_version: CaseVersion, by: Person, raw: bytes, file_name: str = ""
) -> CaseVersion:
    """Put corrected text in the place of a draft; its findings are made anew.

    Raises NotAllowed, or Conflict where it was handed in already.
    """
    version = _locked_draft(case_version, by)
    _read(version, raw, file_name or version.file_name)
    version.save()
    return version


@transaction.atomic
def hand_in(*, case_version: CaseVersion, by: Person) -> CaseVersion:
    """Freeze a draft: from now on it can be run and not be changed.

    Raises NotAllowed; Conflict where it was handed in already; Unfit with every finding where one
    of them is an error. Warnings do not stop it.
    """
    version = _locked_draft(case_version, by)
    if version.document is None:
        raise Unfit(
            Text(
                nl="Dit casusbestand bevat nog fouten.", en="This case file still contains errors."
            ),
            told(version.findings),
            remedy=Text(
                nl="herstel wat hieronder staat; het concept blijft bewaard",
                en="mend what is listed below; the draft is kept",
            ),
        )
    version.state = "handed_in"
    version.handed_in_by = by
    version.handed_in_at = timezone.now()
    with pghistory.context(reason="case file handed in"):
        version.save()
    return version


@transaction.atomic
def discard_draft(*, case_version: CaseVersion, by: Person) -> None:
    """Remove a draft that was never handed in."""
    _locked_draft(case_version, by).delete()


def _locked_draft(case_version: CaseVersion, by: Person) -> CaseVersion:
    access.require(by, Deed.HAND_IN_CASE, case_version.dossier)
    version = (
        CaseVersion.objects.select_for_update(of=("self",))
        .select_related("dossier")
        .get(pk=case_version.pk)
    )
    if version.state != "draft":
        raise Conflict(
            Text(
                nl="Dit casusbestand is al ingediend en ligt vast.",
                en="This case file was handed in already and is frozen.",
            ),
            remedy=Text(nl="dien een nieuwe versie in", en="hand in a new version"),
        )
    return version


def _read(version: CaseVersion, raw: bytes, file_name: str) -> None:
    """Fill in what a file says, and what is wrong with it."""
    name = file_name or UNNAMED
    found, findings = check_case_bytes(raw, name)
    document = document_of(raw, name).data if found else None
    text = raw.decode("utf-8", "replace")
    if _NUL in text or r"\u0000" in json.dumps(document):
        findings, document = (*findings, _NO_NUL), None
    version.text = text.replace(_NUL, "\N{REPLACEMENT CHARACTER}")
    version.document = document
    version.sha256 = hashlib.sha256(raw).hexdigest()
    version.findings = stored(findings)
    version.file_name = file_name[:200]


_NO_NUL = Finding(
    "error",
    "document.malformed",
    "(the whole document)",
    Text(nl="leesbare tekst", en="legible text"),
    Text(nl="een teken zonder betekenis (NUL)", en="a character without meaning (NUL)"),
    Text(nl="verwijder dat teken", en="remove that character"),
)


# ── runs ──────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def start_run(
    *,
    case_version: CaseVersion,
    by: Person,
    variant: str = "",
    outlook: str = "hold",
    known_on: date | None = None,
    official: bool = False,
    draws: int | None = None,
    seed: int | None = None,
) -> Run:
    """Ask for a run of a case file that was handed in, as a job.

    Without `known_on` the law is taken as known on the day that the case file names. The level of
    the run is the highest of the case file and its dossier.

    Raises NotAllowed; Conflict for a draft; UnknownVariant, UnknownOutlook.
    """
    access.require(by, Deed.RUN, case_version.dossier)
    if case_version.state != "handed_in":
        raise Conflict(
            Text(
                nl="Alleen een ingediend casusbestand kan worden doorgerekend.",
                en="Only a case file that was handed in can be run.",
            ),
            remedy=Text(nl="dien het concept eerst in", en="hand the draft in first"),
        )
    if variant:
        variant_file(variant)
    outlook_file(outlook)
    _check_draws(draws)
    document = case_version.document or {}
    run: Run = Run.objects.create(
        dossier=case_version.dossier,
        case_version=case_version,
        level=max(case_version.level, case_version.dossier.level),
        variant=variant,
        outlook=outlook,
        known_on=known_on or date.fromisoformat(document["known_on"]),
        official=official,
        draws=draws,
        seed=None if draws is None else DEFAULT_SEED if seed is None else seed,
        asked_by=by,
    )
    jobs.defer_run(run)
    return run


def _check_draws(draws: int | None) -> None:
    if draws is not None and not 2 <= draws <= MOST_DRAWS:
        raise Conflict(
            Text(
                nl=f"Het aantal trekkingen moet tussen 2 en {MOST_DRAWS} liggen.",
                en=f"The number of draws must lie between 2 and {MOST_DRAWS}.",
            ),
            remedy=Text(nl="noem bijvoorbeeld 10000", en="name for instance 10000"),
        )


def repeat_run(*, run: Run, by: Person) -> Run:
    """Ask the same question again: where the receipt is the same, so must the bytes be."""
    return start_run(
        case_version=run.case_version,
        by=by,
        variant=run.variant,
        outlook=run.outlook,
        known_on=run.known_on,
        official=run.official,
        draws=run.draws,
        seed=run.seed,
    )


@transaction.atomic
def cancel_run(*, run: Run, by: Person) -> Run:
    """Stop a run: at once while it waits, at its next step while it runs.

    Raises NotAllowed, or Conflict where it has ended already.
    """
    access.require(by, Deed.RUN, run.dossier)
    stopped: Run | None = attempts.cancel(run)
    if stopped is None:
        raise Conflict(
            Text(nl="Deze berekening is al afgelopen.", en="This run has ended already."),
            remedy=Text(nl="ververs de pagina", en="reload the page"),
        )
    return stopped


@transaction.atomic
def pin_run(*, run: Run, gate: str, by: Person, reason: str) -> PinnedRun:
    """Name the run on which a gate of its dossier is to be judged; the last pin counts.

    Raises NotAllowed; NotInTrajectory for a gate of another track; Conflict for a run without
    figures, or without a reason.
    """
    dossier = run.dossier
    access.require(by, Deed.PIN, dossier)
    dossier.trajectory.tracks[dossier.track_id].gate(gate)
    if run.state != "done":
        raise Conflict(
            Text(
                nl="Alleen een berekening die klaar is kan bij een poort horen.",
                en="Only a run that is done can belong to a gate.",
            ),
            remedy=Text(nl="wacht tot zij klaar is", en="wait until it is done"),
        )
    if not reason.strip():
        raise Conflict(
            Text(
                nl="Zeg waarom de poort op deze berekening moet worden beoordeeld.",
                en="Say why the gate is to be judged on this run.",
            ),
            remedy=Text(nl="geef een reden in één zin", en="give a reason in one sentence"),
        )
    return PinnedRun.objects.create(
        dossier=dossier, gate=gate, run=run, by=by, reason=reason.strip()
    )
