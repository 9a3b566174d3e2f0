# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Some firms beside one another: stages, how long each took, what was promised, what runs say.

Takes     a few dossiers that a person may see.
Gives     groups of lines with a cell per firm, and a picture of the stages on one line of time.
Leaves    who may see which runs and ambitions to `people/access.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.letter.numbers import figure as told_figure
from maatwerkbank.letter.stages_picture import FirmStays, Stay, stages_svg
from maatwerkbank.letter.words import word
from maatwerkbank.web.dossiers import ambitions
from maatwerkbank.web.dossiers.models import Dossier, StageReached
from maatwerkbank.web.people.access import ambitions_of, runs_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.promises.reckoning import seen_on
from maatwerkbank.web.templatetags.words import day, in_language, page_language, say

AT_LEAST, AT_MOST = 2, 6
FIGURES = (
    "npv_eur",
    "additional_2030_t",
    "gross_2030_t",
    "levy_total_eur",
    "funding_gap_eur",
    "tailor_made_grant_eur",
)


@dataclass(frozen=True)
class Cell:
    """What one firm has on one line; `href` leads to where it comes from."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that is compared, a cell per firm."""

    label: str
    cells: tuple[Cell, ...]
    numeric: bool = False

    @property
    def differs(self) -> bool:
        """Whether the firms differ here."""
        return len({cell.text for cell in self.cells}) > 1


@dataclass(frozen=True)
class Lines:
    """Lines under one heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Comparison:
    """Firms beside one another."""

    dossiers: tuple[Dossier, ...]
    groups: tuple[Lines, ...]
    wide: str
    narrow: str


def comparison(person: Person, dossiers: Sequence[Dossier], today: date) -> Comparison:
    """The dossiers beside one another, as far as `person` may see what lies in them."""
    stays = {each.pk: _stays(each, today) for each in dossiers}
    firms = [FirmStays(each.company.name, stays[each.pk]) for each in dossiers]
    language = page_language()
    groups = (
        Lines(_("Where they stand"), _standing(dossiers, today)),
        Lines(_("Days at each stage"), _durations(dossiers, stays)),
        Lines(_("Reduction promised"), _promises(person, dossiers)),
        Lines(_("Latest run"), _runs(person, dossiers)),
    )
    return Comparison(
        dossiers=tuple(dossiers),
        groups=tuple(group for group in groups if group.lines),
        wide=stages_svg(firms, language, on=today),
        narrow=stages_svg(firms, language, on=today, width=360, names=0),
    )


def _line(
    label: str,
    dossiers: Sequence[Dossier],
    cell: Callable[[Dossier], str | Cell],
    *,
    numeric: bool = False,
) -> Line:
    cells = [cell(each) for each in dossiers]
    return Line(
        label,
        tuple(each if isinstance(each, Cell) else Cell(each) for each in cells),
        numeric=numeric,
    )


def _standing(dossiers: Sequence[Dossier], today: date) -> tuple[Line, ...]:
    def stage(each: Dossier) -> str:
        return say(each.trajectory.track(each.track_id).stage(each.stage).label)

    def left(each: Dossier) -> str:
        return say(each.trajectory.exit(each.exit).label) if each.exit else _("in the approach")

    return (
        _line(_("Sector"), dossiers, lambda each: in_language(each.company, "sector")),
        _line(_("Cluster"), dossiers, lambda each: each.company.cluster),
        _line(
            _("Track"),
            dossiers,
            lambda each: say(each.trajectory.track(each.track_id).label),
        ),
        _line(_("Stage"), dossiers, stage),
        _line(_("Since"), dossiers, lambda each: day(each.stage_since)),
        _line(_("In or out"), dossiers, left),
    )


def _stays(dossier: Dossier, today: date) -> tuple[Stay, ...]:
    """From each stage to the next; the last until it left, or until today."""
    reached: dict[str, StageReached] = {}
    for each in dossier.stages_reached.all():
        reached.setdefault(each.stage, each)
    ordered = sorted(reached.values(), key=lambda each: each.counts_from)
    ends = [
        *(each.counts_from for each in ordered),
        dossier.exit_since or seen_on(dossier, today),
    ][1:]
    track = dossier.trajectory.track(dossier.track_id)
    known = {stage.id: say(stage.label) for stage in track.stages}
    return tuple(
        Stay(known.get(each.stage, each.stage), each.counts_from, end)
        for each, end in zip(ordered, ends, strict=True)
        if end >= each.counts_from
    )


def _durations(dossiers: Sequence[Dossier], stays: dict[int, tuple[Stay, ...]]) -> tuple[Line, ...]:
    stages = list(dict.fromkeys(stay.stage for each in dossiers for stay in stays[each.pk]))

    def days(each: Dossier, stage: str) -> str:
        found = next((stay for stay in stays[each.pk] if stay.stage == stage), None)
        return "–" if found is None else str((found.until - found.since).days)

    return tuple(
        _line(stage, dossiers, lambda each, stage=stage: days(each, stage), numeric=True)  # type: ignore[misc]
        for stage in stages
    )


def _promises(person: Person, dossiers: Sequence[Dossier]) -> tuple[Line, ...]:
    stored = ambitions_of(person).filter(dossier__in=dossiers, quantity="co2")
    shown: dict[tuple[int, str], Any] = {
        (each.row.dossier_id, each.version): each for each in ambitions.in_words(stored)
    }
    versions = list(dict.fromkeys(version for _pk, version in shown))
    lines = []
    for version in versions:
        for label, field in ((_("gross"), "gross"), (_("additional"), "additional")):

            def cell(each: Dossier, version: str = version, field: str = field) -> str:
                found = shown.get((each.pk, version))
                return (found and getattr(found, field)) or "–"

            lines.append(_line(f"{version}, {label}", dossiers, cell, numeric=True))
    return tuple(lines)


def _runs(person: Person, dossiers: Sequence[Dossier]) -> tuple[Line, ...]:
    last = {
        run.dossier_id: run
        for run in runs_of(person)
        .filter(dossier__in=dossiers, state="done", variant="")
        .order_by("dossier_id", "-asked_at")
        .distinct("dossier_id")
        .defer("result")
    }
    if not last:
        return ()
    language = page_language()

    def cell(each: Dossier, key: str) -> Cell:
        run = last.get(each.pk)
        if run is None or key not in run.figures:
            return Cell("–")
        return Cell(
            told_figure(key, run.figures[key], language),
            reverse("runs:origin", args=[run.code, key]),
        )

    return tuple(
        _line(
            word(key, language),
            dossiers,
            lambda each, key=key: cell(each, key),  # type: ignore[misc]
            numeric=True,
        )
        for key in FIGURES
    )
