# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole dossier in one zip file that needs nothing of this program to be read.

Takes     a dossier, who exports it, and an open file to write to.
Gives     the zip: originals, plans, runs with receipts, decisions with hashes and evidence, frozen
          sets, the bargain, the course of things, a page to read (index.html) and a manifest with
          every hash.
Leaves    what the exporter may not see: it is not in it, and the page says for whom it was made.
          Drafts are not in it either.

The order is fixed and so are the times in the zip: the same dossier gives the same files, but for
the moment and the name of the exporter. `export_check.py` checks an export without a database.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from maatwerkbank.dossier.confidentiality import Level, highest
from maatwerkbank.web.documents.content import Damaged, opened
from maatwerkbank.web.documents.export_bargain import bargain_of
from maatwerkbank.web.documents.export_check import DECISIONS, FORMAT, MANIFEST
from maatwerkbank.web.documents.export_public import public_of
from maatwerkbank.web.documents.frozen_sets import version_as_json
from maatwerkbank.web.documents.inspection import cleaned_name
from maatwerkbank.web.documents.models import DocumentVersion, FrozenSet
from maatwerkbank.web.dossiers.chain import entry_of
from maatwerkbank.web.dossiers.models import Decision, Dossier, StageReached
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.runs.models import CaseVersion, Run

PIECE = 2**20  # [bytes]
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip can name
ONLY_US = 0o600 << 16


@dataclass(frozen=True)
class Contents:
    """What an export will hold, all of it within reach of who exports."""

    dossier: Dossier
    versions: Sequence[DocumentVersion]
    cases: Sequence[CaseVersion]
    runs: Sequence[Run]
    decisions: Sequence[Decision]
    sets: Sequence[FrozenSet]
    stages: Sequence[StageReached]
    with_history: bool

    @property
    def level(self) -> Level:
        """The highest level of anything in it."""
        parts: list[Any] = [
            *(each.document for each in self.versions),
            *self.cases,
            *self.runs,
            *self.sets,
        ]
        return highest([Level(self.dossier.level), *(Level(each.level) for each in parts)])

    @property
    def held(self) -> Sequence[DocumentVersion]:
        """Versions whose file lies here."""
        return [version for version in self.versions if version.sha256]


def contents_of(*, dossier: Dossier, by: Person) -> Contents:
    """Everything in the dossier that `by` may take along.

    Raises
    ------
    NotAllowed   `by` may not export this dossier
    """
    access.require(by, Deed.EXPORT, dossier)
    may = access.deeds_in(by, dossier)
    versions = (
        access.versions_of(by, dossier)
        .exclude(state="draft")
        .select_related("document", "handed_in_by__organisation", "judged_by__organisation")
        .prefetch_related("signatories", "passages__claimed_by", "passages__judged_by")
        .order_by("document__kind", "document__title", "document_id", "number")
    )
    decisions = Decision.objects.none()
    if Deed.SEE_DECISIONS in may:
        decisions = dossier.decisions.select_related("dossier", "decided_by__organisation", "run")
    return Contents(
        dossier=dossier,
        versions=list(versions),
        cases=list(
            access.case_versions_of(by, dossier)
            .filter(state="handed_in")
            .select_related("handed_in_by__organisation")
            .order_by("number")
        ),
        runs=list(
            access.runs_of(by, dossier)
            .filter(state="done")
            .select_related("case_version", "asked_by")
            .order_by("asked_at", "pk")
        ),
        decisions=list(decisions.order_by("sequence")),
        sets=list(
            access.frozen_sets_of(by, dossier)
            .select_related("made_by")
            .prefetch_related("readers__person")
            .order_by("made_at", "pk")
        ),
        stages=list(dossier.stages_reached.all()),
        with_history=Deed.SEE_HISTORY in may,
    )


# ── writing ───────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Zip:
    """A zip file in the making, and the manifest of what already lies in it."""

    packed: zipfile.ZipFile
    entries: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, content: bytes, about: Mapping[str, Any]) -> None:
        with self.packed.open(_entry(name), "w") as entry:
            entry.write(content)
        self._note(name, hashlib.sha256(content).hexdigest(), len(content), about)

    def add_json(self, name: str, value: Any, about: Mapping[str, Any]) -> None:
        self.add(name, as_json(value), about)

    def add_kept(self, name: str, version: DocumentVersion, about: Mapping[str, Any]) -> None:
        total, size = hashlib.sha256(), 0
        with opened(version.sha256) as file, self.packed.open(_entry(name), "w") as entry:
            while piece := file.read(PIECE):
                entry.write(piece)
                total.update(piece)
                size += len(piece)
        if total.hexdigest() != version.sha256:
            raise Damaged(version.sha256)
        self._note(name, version.sha256, size, about)

    def _note(self, name: str, sha256: str, size: int, about: Mapping[str, Any]) -> None:
        self.entries.append({"name": name, "sha256": sha256, "size": size, **about})


def write_export(*, contents: Contents, by: Person, file: IO[bytes], at: datetime) -> None:
    """Write the zip to `file`.

    Raises
    ------
    Damaged   a file of the dossier is not as it was handed in, or gone
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        made = _Zip(packed)
        for version in contents.held:
            made.add_kept(name_of(version), version, _about(version))
        for case in contents.cases:
            made.add(case_name(case), case.text.encode(), _about_case(case))
        for run in contents.runs:
            made.add_json(run_name(run), _run(run), _of_level("run", run.level))
        for decision in contents.decisions:
            made.add_json(decision_name(decision), _decision(decision), {"kind": "decision"})
        for frozen_set in contents.sets:
            name = f"sets/{frozen_set.code}.json"
            about = _of_level("frozen_set", frozen_set.level)
            made.add_json(name, _frozen_set(frozen_set), about)
        made.add_json(
            "dossier.json", _dossier(contents, by), _of_level("dossier", contents.dossier.level)
        )
        bargain = bargain_of(contents.dossier, by)
        made.add_json("afspraak.json", bargain, _of_level("bargain", contents.dossier.level))
        public = public_of(contents.dossier, by)
        made.add_json("openbaarheid.json", public, _of_level("public", contents.level))
        if contents.with_history:
            made.add_json("verloop.json", course(contents), {"kind": "history"})
        made.add("opmaak.css", _style(), {"kind": "page"})
        made.add("index.html", _page(contents, by, at), {"kind": "page"})
        packed.writestr(_entry(MANIFEST), as_json(_manifest(contents, by, at, made.entries)))


def as_json(value: Any) -> bytes:
    """Plain values, readable and always spelled the same way."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = ONLY_US
    return entry


# ── names in the zip ──────────────────────────────────────────────────────────────────────────


def name_of(version: DocumentVersion) -> str:
    """Where a version lies in the zip: kind, paper, number, cleaned file name."""
    document = version.document
    folder = f"stukken/{document.kind}/{str(document.code)[:8]}"
    return f"{folder}/versie-{version.number}/{cleaned_name(version.file_name)}"


def case_name(case: CaseVersion) -> str:
    """Where a plan lies in the zip."""
    return f"plannen/{case.number}/{cleaned_name(case.file_name or 'plan.yaml')}"


def run_name(run: Run) -> str:
    """Where a run lies in the zip."""
    return f"runs/{run.code}.json"


def decision_name(decision: Decision) -> str:
    """Where a decision lies in the zip."""
    return f"{DECISIONS}{decision.sequence:06}-{decision.kind}.json"


# ── what the files say ────────────────────────────────────────────────────────────────────────


def _manifest(
    contents: Contents, by: Person, at: datetime, entries: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "dossier": str(contents.dossier.code),
        "company": contents.dossier.company.name,
        "level": contents.level.name.lower(),
        "exported_by": by.name,
        "organisation": str(by.organisation),
        "exported_at": at.astimezone(UTC).isoformat(),
        "files": entries,
    }


def _of_level(kind: str, level: int) -> dict[str, Any]:
    return {"kind": kind, "level": Level(level).name.lower()}


def _about(version: DocumentVersion) -> dict[str, Any]:
    told = version_as_json(version)
    keys = ("kind", "title", "version", "state", "level", "handed_in_by", "handed_in_at")
    return {key: told[key] for key in keys}


def _about_case(case: CaseVersion) -> dict[str, Any]:
    return {
        "kind": "case",
        "version": case.number,
        "level": Level(case.level).name.lower(),
        "handed_in_by": str(case.handed_in_by.organisation),
        "handed_in_at": _moment(case.handed_in_at),
    }


def _dossier(contents: Contents, by: Person) -> dict[str, Any]:
    dossier = contents.dossier
    return {
        "code": str(dossier.code),
        "company": dossier.company.name,
        "sites": [site.name for site in dossier.company.sites.all()],
        "trajectory": dossier.trajectory_id,
        "track": dossier.track_id,
        "stage": dossier.stage,
        "exit": dossier.exit or None,
        "exit_reasons": dossier.exit_reasons,
        "level": Level(dossier.level).name.lower(),
        "public_reconstruction": dossier.public_reconstruction,
        "stages_reached": [
            {"stage": each.stage, "on": each.on or None, "source": each.source or None}
            for each in contents.stages
        ],
        "documents": [_version(version) for version in contents.versions],
        "ambitions": _rows(access.ambitions_of(by, dossier)),
        "projects": _rows(access.projects_of(by, dossier)),
        "milestones": _rows(access.milestones_of(by, dossier)),
        "remarks": _rows(access.remarks_of(by, dossier)),
    }


def _rows(rows: Any) -> list[dict[str, Any]]:
    """Rows as plain values, without the numbers by which the database joins them."""
    return [
        {
            key: value.isoformat() if hasattr(value, "isoformat") else value
            for key, value in row.items()
            if key not in {"id", "code", "dossier_id", "document_id"}
        }
        for row in rows.order_by("pk").values()
    ]


def _version(version: DocumentVersion) -> dict[str, Any]:
    return {
        **version_as_json(version),
        "file": name_of(version) if version.sha256 else None,
        "remark": version.remark or None,
        "judgement": version.judgement or None,
        "judged_by": version.judged_by.name if version.judged_by else None,
        "judged_at": _moment(version.judged_at),
        "passages": [
            {
                "place": passage.place,
                "about": passage.about,
                "emission_data": passage.emission_data,
                "environmental": passage.environmental,
                "supplied_in_confidence": passage.supplied_in_confidence,
                "ground": passage.ground or None,
                "claimed_by": passage.claimed_by.name,
                "claimed_on": passage.claimed_on.isoformat(),
                "judgement": passage.judgement or None,
                "judgement_reason": passage.judgement_reason or None,
                "judged_by": passage.judged_by.name if passage.judged_by else None,
                "review_on": passage.review_on.isoformat() if passage.review_on else None,
            }
            for passage in version.passages.all()
        ],
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "code": str(run.code),
        "case_version": run.case_version.number,
        "case_sha256": run.case_version.sha256,
        "variant": run.variant or None,
        "outlook": run.outlook,
        "known_on": run.known_on.isoformat(),
        "official": run.official,
        "draws": run.draws,
        "seed": run.seed,
        "asked_by": run.asked_by.name,
        "asked_at": _moment(run.asked_at),
        "ended_at": _moment(run.ended_at),
        "receipt": run.receipt,
        "figures": run.figures,
        "result_sha256": run.result_sha256,
        "result": run.result,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "number": decision.sequence,
        "previous_hash": decision.previous_hash,
        "hash": decision.hash,
        "decided_by": decision.decided_by.name,
        "organisation": str(decision.decided_by.organisation),
        "entry": entry_of(decision),
        "evidence": decision.evidence,
    }


def _frozen_set(frozen_set: FrozenSet) -> dict[str, Any]:
    return {
        "code": str(frozen_set.code),
        "made_by": frozen_set.made_by.name,
        "made_at": _moment(frozen_set.made_at),
        "level": Level(frozen_set.level).name.lower(),
        "level_reason": frozen_set.level_reason or None,
        "sha256": frozen_set.sha256,
        "content": frozen_set.content,
        "readers": [
            {
                "name": reader.person.name,
                "until": reader.until.isoformat() if reader.until else None,
            }
            for reader in frozen_set.readers.all()
        ],
    }


def course(contents: Contents) -> list[dict[str, Any]]:
    """What happened, in order: a summary; the full history stays in the database."""
    return sorted(_happened(contents), key=lambda each: (each["at"], each["what"], each["thing"]))


def _happened(contents: Contents) -> Iterator[dict[str, Any]]:
    for reached in contents.stages:
        yield _event(reached.counts_from.isoformat(), "stage_reached", reached.stage, None)
    for version in contents.versions:
        thing = f"{version.document.title}, {version.number}"
        if version.handed_in_at:
            who = version.handed_in_by.name if version.handed_in_by else None
            yield _event(_moment(version.handed_in_at), "document_handed_in", thing, who)
        if version.judged_at:
            who = version.judged_by.name if version.judged_by else None
            yield _event(_moment(version.judged_at), f"document_{version.state}", thing, who)
    for case in contents.cases:
        who = case.handed_in_by.name
        yield _event(_moment(case.handed_in_at), "case_handed_in", str(case.number), who)
    for run in contents.runs:
        yield _event(
            _moment(run.ended_at or run.asked_at), "run_done", run.receipt_number, run.asked_by.name
        )
    for decision in contents.decisions:
        what = f"decision_{decision.kind}_{decision.outcome}"
        thing = decision.gate or str(decision.sequence)
        yield _event(_moment(decision.recorded_at), what, thing, decision.decided_by.name)
    for frozen_set in contents.sets:
        made = _moment(frozen_set.made_at)
        yield _event(made, "set_frozen", frozen_set.purpose, frozen_set.made_by.name)


def _event(at: str | None, what: str, thing: str, who: str | None) -> dict[str, Any]:
    return {"at": at or "", "what": what, "thing": thing, "who": who}


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


# ── the page ──────────────────────────────────────────────────────────────────────────────────


def _page(contents: Contents, by: Person, at: datetime) -> bytes:
    dossier = contents.dossier
    track = dossier.trajectory.track(dossier.track_id)
    with override("nl"):
        page = render_to_string(
            "documents/export/index.html",
            {
                "dossier": dossier,
                "level": contents.level.value,
                "by": by,
                "at": timezone.localtime(at),
                "track": track.label,
                "stages": [
                    (
                        track.stage(each.stage).label if _known(track, each.stage) else each.stage,
                        each,
                    )
                    for each in contents.stages
                ],
                "papers": [
                    (version, name_of(version) if version.sha256 else "")
                    for version in contents.versions
                ],
                "cases": [(case, case_name(case)) for case in contents.cases],
                "runs": [(run, run_name(run)) for run in contents.runs],
                "decisions": [(each, decision_name(each)) for each in contents.decisions],
                "sets": [(each, f"sets/{each.code}.json") for each in contents.sets],
                "with_history": contents.with_history,
            },
        )
    return page.encode()


def _known(track: Any, stage: str) -> bool:
    return any(each.id == stage for each in track.stages)


def _style() -> bytes:
    return (files("maatwerkbank.web.documents") / "export.css").read_bytes()
