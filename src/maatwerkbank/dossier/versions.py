# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changes for a case when it moves from one version of the approach to another?

Takes     two versions of the trajectory, and the track on which the case runs.
Gives     every stage, gate and criterion that comes, goes or reads otherwise, in the order of the
          track.
Leaves    whether to move to people: a running dossier stays on its version until they decide.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Gate, Track, Trajectory
from maatwerkbank.ground.language import Text

STAGE = Text(nl="Fase", en="Stage")
GATE = Text(nl="Poort", en="Gate")
QUESTION = Text(nl="Vraag van de poort", en="Question of the gate")
DECIDES = Text(nl="Wie besluit", en="Who decides")
CRITERION = Text(nl="Criterium", en="Criterion")
TRACK = Text(nl="Spoor", en="Track")


@dataclass(frozen=True)
class Difference:
    """One thing that differs; `where` is the gate to which it belongs, None for the track."""

    kind: Literal["added", "removed", "changed"]
    what: Text
    where: Text | None
    before: Text | None
    after: Text | None


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Text: ...


def differences(before: Trajectory, after: Trajectory, track: str) -> tuple[Difference, ...]:
    """What a case on `track` would find otherwise; tracks that come or go come first.

    Raises
    ------
    NotInTrajectory   one of the two has no such track
    """
    old, new = before.track(track), after.track(track)
    return (
        *_names(TRACK, None, before.tracks.values(), after.tracks.values()),
        *_names(STAGE, None, old.stages, new.stages),
        *_names(GATE, None, old.gates, new.gates),
        *(each for gate in _common(old, new) for each in _gate(*gate)),
    )


def _common(old: Track, new: Track) -> Iterator[tuple[Gate, Gate]]:
    known = {gate.id: gate for gate in old.gates}
    return ((known[gate.id], gate) for gate in new.gates if gate.id in known)


def _gate(old: Gate, new: Gate) -> Iterator[Difference]:
    if old.question != new.question:
        yield Difference("changed", QUESTION, new.label, old.question, new.question)
    if old.decides != new.decides:
        before, after = ROLES[old.decides].label, ROLES[new.decides].label
        yield Difference("changed", DECIDES, new.label, before, after)
    yield from _names(CRITERION, new.label, old.criteria, new.criteria)


def _names(
    what: Text, where: Text | None, old: Iterable[_Named], new: Iterable[_Named]
) -> Iterator[Difference]:
    """What came, what went, and what is called otherwise now."""
    before: Mapping[str, Text] = {each.id: each.label for each in old}
    after: Mapping[str, Text] = {each.id: each.label for each in new}
    for key, label in after.items():
        if key not in before:
            yield Difference("added", what, where, None, label)
        elif before[key] != label:
            yield Difference("changed", what, where, before[key], label)
    for key, label in before.items():
        if key not in after:
            yield Difference("removed", what, where, label, None)
