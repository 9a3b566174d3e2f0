# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where does a dossier stand, since when, and which source or decision says so?

Takes     a dossier and the stages that it reached.
Gives     the stages of its track in order, each with state and date, and the rows behind them.
Leaves    who may see it to `people/access.py`; looks to the templates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from maatwerkbank.dossier.trajectory import ExitKind, StageOfTrack, Track
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Decision, Dossier, StageReached
from maatwerkbank.web.templatetags.words import day, say

LONG_WORDS = {
    "Intentieovereenkomst": "Intentie\N{SOFT HYPHEN}overeenkomst",
    "adviescommissie": "advies\N{SOFT HYPHEN}commissie",
}

State = Literal["passed", "here", "ahead", "stopped", "paused"]


@dataclass(frozen=True)
class StageShown:
    """One stage as the page shows it."""

    label: str
    state: State
    date: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class ReachedShown:
    """One time that a stage was reached, as the page shows it."""

    label: str
    date: str
    source: str
    decision: Decision | None


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands in its track. `outward`: in the words for company and outsiders."""

    dossier: Dossier
    reached: Sequence[StageReached]
    outward: bool

    @property
    def track(self) -> Track:
        """The track on which the dossier runs."""
        return self.dossier.trajectory.track(self.dossier.track_id)

    @property
    def stage(self) -> StageOfTrack:
        """The stage where it stands."""
        return self.track.stage(self.dossier.stage)

    @property
    def label(self) -> str:
        """The name of that stage, as this reader calls it."""
        return self._name(self.stage)

    @property
    def exit(self) -> ExitKind | None:
        """How it left, where it did."""
        return self.dossier.trajectory.exit(self.dossier.exit) if self.dossier.exit else None

    @property
    def reasons(self) -> list[Text]:
        """Why it left, in the words of the trajectory."""
        known = self.dossier.trajectory.reasons
        return [known[code] for code in self.dossier.exit_reasons if code in known]

    @property
    def stages(self) -> list[StageShown]:
        """All stages of the track in order, each with its state and the last day it was reached."""
        at = self.track.position(self.dossier.stage)
        last = {each.stage: each for each in self.reached}
        return [
            StageShown(
                label=breakable(self._name(stage)),
                state="passed" if n < at else "ahead" if n > at else self._state_here(),
                date=told(last[stage.id]) if stage.id in last and n <= at else "",
            )
            for n, stage in enumerate(self.track.stages)
        ]

    @property
    def since(self) -> str:
        """Since when it stands in this stage; "" where nothing says so."""
        here = [each for each in self.reached if each.stage == self.dossier.stage]
        if here:
            return told(here[-1])
        return day(self.dossier.stage_since) if self.dossier.stage_since else ""

    @property
    def left(self) -> str:
        """Since when it has left; where that day is not public, the day by which it had."""
        if self.dossier.exit_since:
            return _("since %(date)s") % {"date": day(self.dossier.exit_since)}
        if self.dossier.exit_known_by:
            return _("by %(date)s at the latest") % {"date": day(self.dossier.exit_known_by)}
        return ""

    @property
    def rows(self) -> list[ReachedShown]:
        """Every time that a stage was reached, with the day and what shows it."""
        return [
            ReachedShown(self.name_of(each.stage), told(each), each.source, each.decision)
            for each in self.reached
        ]

    def name_of(self, stage_id: str) -> str:
        """The name of a stage, also of one that another version of the trajectory knows."""
        try:
            return self._name(self.track.stage(stage_id))
        except NotInTrajectory:
            return stage_id

    def _name(self, stage: StageOfTrack) -> str:
        return say(stage.outward_label if self.outward else stage.label)

    def _state_here(self) -> State:
        if not self.dossier.exit:
            return "here"
        return "paused" if self.dossier.exit == "paused" else "stopped"


def breakable(label: str) -> str:
    """The label with a place where a long word may break, in a narrow column."""
    for word, parts in LONG_WORDS.items():
        label = label.replace(word, parts)
    return label


def told(reached: StageReached) -> str:
    """The day on which a stage was reached; where it is not public, the day by which it was."""
    if reached.on:
        return day(reached.on)
    return _("by %(date)s at the latest") % {"date": day(reached.counts_from)}
