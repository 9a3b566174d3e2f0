# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which stages does a company pass, and what must lie on the table at each gate between them?

Takes     the tables in trajectories/<id>.yaml and the criteria in criteria.yaml.
Gives     frozen tracks, stages, gates, criteria and exits: names in, names out.
Leaves    what a dossier holds to `evidence`, whether a gate opens to `gates`, who moves a dossier
          and where it stands to `web`. A running dossier stays on its version.

Source    Kamerbrief Voortgang Maatwerkafspraken Verduurzaming Industrie, 30 juni 2025, and per
          criterion the source that the table names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import yaml

from maatwerkbank.ground.errors import NotInTrajectory, UnknownTrajectory
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import source

Found = TypeVar("Found")
CriterionKind = Literal["computed", "attested", "attached"]


@dataclass(frozen=True)
class Criterion:
    """One thing that must be so before a gate opens: computed, attested or attached.

    `given_by`: the roles that can attest it, hand it in, or make the run that it needs.
    `check` names a function in `checks.CHECKS`, `document_kind` a kind of document.
    """

    id: str
    kind: CriterionKind
    label: Text
    help: Text
    given_by: tuple[str, ...]
    source: str
    place: str
    document_kind: str | None
    signed: bool
    check: str | None
    topic: str


@dataclass(frozen=True)
class Gate:
    """A way from one stage to another, the question that it asks, and who decides."""

    id: str
    from_stage: str
    to_stage: str
    label: Text
    question: Text
    decides: str
    criteria: tuple[Criterion, ...]

    def criterion(self, identity: str) -> Criterion:
        """The criterion with that id. Raises NotInTrajectory."""
        return _one("criterion", identity, {each.id: each for each in self.criteria})


@dataclass(frozen=True)
class StageOfTrack:
    """A stage: its name inside, its name for company and outsiders, and which step it belongs to.

    `step` is 1, 2 or 3 of the letter of 30 June 2025, None outside them. `usual_months` is what
    a source shows, None where none does; `usual_because` says which case that was.
    """

    id: str
    label: Text
    outward_label: Text
    description: Text
    step: int | None
    usual_months: float | None
    usual_because: Text | None
    usual_source: str | None


@dataclass(frozen=True)
class Track:
    """One road through the approach: stages in order, and the gates between them."""

    id: str
    label: Text
    purpose: Text
    stages: tuple[StageOfTrack, ...]
    gates: tuple[Gate, ...]

    def stage(self, identity: str) -> StageOfTrack:
        """The stage with that id. Raises NotInTrajectory."""
        return _one("stage", identity, {each.id: each for each in self.stages})

    def gate(self, identity: str) -> Gate:
        """The gate with that id. Raises NotInTrajectory."""
        return _one("gate", identity, {each.id: each for each in self.gates})

    def gates_from(self, stage_id: str) -> tuple[Gate, ...]:
        """The ways on from a stage, the one forward first; none from the last. Raises as above."""
        self.stage(stage_id)
        return tuple(gate for gate in self.gates if gate.from_stage == stage_id)

    def position(self, stage_id: str) -> int:
        """The place of a stage in the order, from 0 on. Raises NotInTrajectory."""
        return self.stages.index(self.stage(stage_id))


@dataclass(frozen=True)
class WayBack:
    """Where a dossier that left may come in again; `stage` None: where it stood."""

    track: str
    stage: str | None
    because: Text


@dataclass(frozen=True)
class ExitKind:
    """A way out. An open door says where a company may come in again."""

    id: str
    label: Text
    description: Text
    door_open: bool
    needs_reason: bool
    needs_next_contact: bool
    ways_back: tuple[WayBack, ...]


@dataclass(frozen=True)
class Trajectory:
    """One version of the approach: tracks, exits and the reasons for which a case may stop."""

    id: str
    version: int
    label: Text
    valid_from: date
    because: Text
    sources: tuple[str, ...]
    tracks: Mapping[str, Track]
    exits: Mapping[str, ExitKind]
    reasons: Mapping[str, Text]

    def track(self, identity: str) -> Track:
        """The track with that id. Raises NotInTrajectory."""
        return _one("track", identity, self.tracks)

    def exit(self, identity: str) -> ExitKind:
        """The exit with that id. Raises NotInTrajectory."""
        return _one("exit", identity, self.exits)

    def ways_back(self, exit_id: str, track_id: str, stage_id: str) -> tuple[tuple[str, str], ...]:
        """Track and stage where a dossier may come in again that left so from that stage.

        A way "where it stood" holds for the track that it left.
        """
        ways = (
            (way.track, way.stage or stage_id)
            for way in self.exit(exit_id).ways_back
            if way.stage is not None or way.track == track_id
        )
        return tuple(dict.fromkeys(ways))


def trajectory_ids() -> tuple[str, ...]:
    """All versions of the approach, the oldest first."""
    return tuple(sorted(_tables(), key=lambda identity: str(_tables()[identity]["valid_from"])))


@cache
def trajectory(identity: str) -> Trajectory:
    """One version of the approach.

    Raises
    ------
    UnknownTrajectory   no table of that name
    UnknownSource       a table cites a source that is not in the register
    """
    table = _tables().get(identity)
    if table is None:
        raise UnknownTrajectory(identity, list(trajectory_ids()))
    return Trajectory(
        id=identity,
        version=table["version"],
        label=_text(table["label"]),
        valid_from=table["valid_from"],
        because=_text(table["because"]),
        sources=tuple(source(each).identity for each in table["sources"]),
        tracks=MappingProxyType(
            {key: _track(key, body) for key, body in table["tracks"].items()},
        ),
        exits=MappingProxyType({key: _exit(key, body) for key, body in table["exits"].items()}),
        reasons=MappingProxyType({key: _text(said) for key, said in table["reasons"].items()}),
    )


@cache
def _tables() -> Mapping[str, dict[str, Any]]:
    folder = files("maatwerkbank.dossier") / "trajectories"
    return {
        table["id"]: table
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
        for table in [_read(file.read_text("utf-8"))]
    }


@cache
def criteria() -> Mapping[str, Criterion]:
    """Every criterion by its id. One that changes gets a new id: old versions keep theirs."""
    table = _read((files("maatwerkbank.dossier") / "criteria.yaml").read_text("utf-8"))
    return MappingProxyType({key: _criterion(key, body) for key, body in table.items()})


def _read(text: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content


def _criterion(identity: str, body: dict[str, Any]) -> Criterion:
    return Criterion(
        id=identity,
        kind=body["kind"],
        label=_text(body["label"]),
        help=_text(body["help"]),
        given_by=tuple(body["given_by"]),
        source=source(body["source"]).identity,
        place=body["place"],
        document_kind=body.get("document_kind"),
        signed=body.get("signed", False),
        check=body.get("check"),
        topic=body["topic"],
    )


def _track(identity: str, body: dict[str, Any]) -> Track:
    return Track(
        id=identity,
        label=_text(body["label"]),
        purpose=_text(body["purpose"]),
        stages=tuple(_stage(each) for each in body["stages"]),
        gates=tuple(_gate(each) for each in body["gates"]),
    )


def _stage(body: dict[str, Any]) -> StageOfTrack:
    usual = body.get("usual") or {}
    return StageOfTrack(
        id=body["id"],
        label=_text(body["label"]),
        outward_label=_text(body["outward_label"]),
        description=_text(body["description"]),
        step=body["step"],
        usual_months=usual.get("months"),
        usual_because=_text(usual["because"]) if usual else None,
        usual_source=source(usual["source"]).identity if usual else None,
    )


def _gate(body: dict[str, Any]) -> Gate:
    return Gate(
        id=body["id"],
        from_stage=body["from"],
        to_stage=body["to"],
        label=_text(body["label"]),
        question=_text(body["question"]),
        decides=body["decides"],
        criteria=tuple(criteria()[each] for each in body["criteria"]),
    )


def _exit(identity: str, body: dict[str, Any]) -> ExitKind:
    return ExitKind(
        id=identity,
        label=_text(body["label"]),
        description=_text(body["description"]),
        door_open=body["door_open"],
        needs_reason=body["needs_reason"],
        needs_next_contact=body["needs_next_contact"],
        ways_back=tuple(
            WayBack(each["track"], each.get("stage"), _text(each["because"]))
            for each in body["ways_back"]
        ),
    )


def _text(body: Mapping[str, str]) -> Text:
    return Text(nl=" ".join(body["nl"].split()), en=" ".join(body["en"].split()))


def _one(what: str, identity: str, known: Mapping[str, Found]) -> Found:
    if identity not in known:
        raise NotInTrajectory(what, identity, list(known))
    return known[identity]
