# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What held cases up, what helped them on, and how often over the portfolio?

Takes     lessons: codes of reasons and of what helped, with the stage they come from.
Gives     counts per code and per stage, each with its denominators; nothing is suppressed.
Leaves    which lessons somebody may see to `web`: counts are over those that were handed in.

A dossier counts once per code, however many lessons of it name that code.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from maatwerkbank.dossier.trajectory import trajectory, trajectory_ids
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.register import source


@dataclass(frozen=True)
class Helped:
    """Something that helped a case on, and where that was seen."""

    id: str
    label: Text
    source: str


@dataclass(frozen=True)
class Lesson:
    """What one dossier taught at one stage."""

    dossier: str
    stage: str
    hindered: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Count:
    """In how many dossiers a code was named, and in how many per stage."""

    code: str
    label: Text
    dossiers: int
    per_stage: Mapping[str, int]


@dataclass(frozen=True)
class Tally:
    """All counts, with what they are out of."""

    dossiers: int
    with_lessons: int
    with_lessons_per_stage: Mapping[str, int]
    lessons: int
    hindered: tuple[Count, ...]
    helped: tuple[Count, ...]


@cache
def helps() -> Mapping[str, Helped]:
    """Every code of what helped."""
    told = yaml.load((files(__package__) / "lessons.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return MappingProxyType(
        {
            key: Helped(
                key,
                Text(nl=each["label"]["nl"], en=each["label"]["en"]),
                source(each["source"]).identity,
            )
            for key, each in told.items()
        }
    )


def reasons() -> Mapping[str, Text]:
    """Every reason for which a case stops or slows down, of the last version of the approach."""
    return trajectory(trajectory_ids()[-1]).reasons


def tally(lessons: Collection[Lesson], dossiers: Collection[str]) -> Tally:
    """The counts over these lessons; `dossiers`: all looked over, also those without a lesson."""
    counting = [each for each in lessons if each.dossier in set(dossiers)]
    return Tally(
        dossiers=len(set(dossiers)),
        with_lessons=len({each.dossier for each in counting}),
        with_lessons_per_stage=_per_stage(counting),
        lessons=len(counting),
        hindered=tuple(
            _count(code, label, [each for each in counting if code in each.hindered])
            for code, label in reasons().items()
        ),
        helped=tuple(
            _count(code, each.label, [lesson for lesson in counting if code in lesson.helped])
            for code, each in helps().items()
        ),
    )


def _count(code: str, label: Text, lessons: Collection[Lesson]) -> Count:
    return Count(code, label, len({each.dossier for each in lessons}), _per_stage(lessons))


def _per_stage(lessons: Iterable[Lesson]) -> Mapping[str, int]:
    found: dict[str, set[str]] = {}
    for each in lessons:
        found.setdefault(each.stage, set()).add(each.dossier)
    return {stage: len(dossiers) for stage, dossiers in found.items()}
