# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portfolio on one screen: who stands where, how long, what lacks, which tonnes and euros.

Takes     what a person may see, a choice of it, an order, a page.
Gives     the rows of that page, the number per stage, and sums over what the choice holds.
Leaves    who may see what to `people/access.py`: sums and numbers are over that and nothing else.

A dossier is late when a milestone has passed its date without happening, or is forecast later than
planned. Where a dossier says what its projects wait for, tonnes and euros at risk follow from that
network (`dossier.promises`). Of late dossiers without one it is told what they promised and the
grant of their last run. What is not known is counted beside each sum, never as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    IntegerField,
    OrderBy,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, RowNumber

from maatwerkbank.dossier.promises import Stake
from maatwerkbank.dossier.trajectory import StageOfTrack, Track, trajectory, trajectory_ids
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.numbers import judged, tonnes
from maatwerkbank.web.dossiers.gates import GateFound, evidence_of
from maatwerkbank.web.dossiers.models import Ambition, Dossier
from maatwerkbank.web.overview.at_risk import at_risk
from maatwerkbank.web.people.access import ambitions_of, dossiers_of, runs_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.reckoning import seen_on
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.templatetags.words import page_language, say

Kept = TypeVar("Kept", Ambition, Run)

ROWS = 25
TARGET_YEAR = 2030
VERSIONS = ("eop", "jloi", "agreement")  # promises in the order in which one replaces the other
GRANT = "tailor_made_grant_eur"
NOT_KNOWN = Text(nl="onbekend", en="unknown")
NOT_ASKED = Text(nl="niet berekend", en="not computed")
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "company": ("company__name", "pk"),
    "stage": ("stage_rank", "company__name", "pk"),
    "since": (F("stage_since").asc(nulls_last=True), "company__name", "pk"),
    "contact": (F("next_contact").asc(nulls_last=True), "company__name", "pk"),
}


@dataclass(frozen=True)
class Choice:
    """Which dossiers, in which order. Empty: all."""

    track: str = ""
    stage: str = ""
    state: str = ""  # running, left
    cluster: str = ""
    late: bool = False
    order: str = "stage"
    page: int = 1


@dataclass(frozen=True)
class Promised:
    """Tonnes per year in 2030 of the latest version. Gross and additional never mix. [t]"""

    version: str
    gross: tuple[float | None, float | None]
    additional: tuple[float | None, float | None]


@dataclass(frozen=True)
class Row:
    """One dossier on the board."""

    dossier: Dossier
    stage: StageOfTrack | None
    days: int | None
    usual_days: int | None
    gate: GateFound | None
    promised: Promised | None
    run: Run | None
    late: bool
    at_risk: Stake | None
    """By its promises; None where nobody said what its projects wait for."""

    @property
    def ageing(self) -> bool:
        """Whether it stands here longer than the case that a source tells of."""
        return None not in (self.days, self.usual_days) and self.days > self.usual_days  # type: ignore[operator]

    @property
    def exit_label(self) -> str:
        """How it left the approach."""
        return say(self.dossier.trajectory.exit(self.dossier.exit).label)

    @property
    def gross(self) -> str:
        """The gross tonnes promised, in words."""
        return _told(self.promised.gross if self.promised else (None, None))

    @property
    def additional(self) -> str:
        """The additional tonnes promised, in words."""
        return _told(self.promised.additional if self.promised else (None, None))

    @property
    def grant_told(self) -> str:
        """The tailor-made grant of the last run, in words."""
        figures = self.run.figures if self.run else {}
        if GRANT not in figures:
            return say(NOT_ASKED)
        found = (figures[GRANT], figures.get("ranges", {}).get(GRANT))
        return judged(GRANT, found, page_language())


@dataclass(frozen=True)
class OfLate:
    """What late dossiers promised and what their last runs grant, and of how many it is known."""

    gross: float | None
    gross_known: int
    grant: float | None
    grant_known: int


@dataclass(frozen=True)
class Sums:
    """Sums over the whole choice, and of how many dossiers each is known.

    `of_late`: only where no promise says what is at risk.
    """

    dossiers: int
    late: int
    gross: float | None
    gross_known: int
    additional: float | None
    additional_known: int
    with_promises: int
    by_promises: Stake
    of_late: OfLate | None


@dataclass(frozen=True)
class Board:
    """What the screen shows."""

    page: Page[Any]
    rows: tuple[Row, ...]
    per_stage: Mapping[tuple[str, str], int]
    sums: Sums


def board(person: Person, choice: Choice, today: date) -> Board:
    """The board of `person`; the number of queries does not depend on the number of dossiers."""
    chosen = _chosen(dossiers_of(person, Deed.SEE_GATES), choice, today)
    order = ORDERS.get(choice.order, ORDERS["stage"])
    listed = chosen.annotate(stage_rank=_stage_rank()).order_by(*order).select_related("company")
    counted = _counted(chosen, today)
    pages = Paginator(listed, ROWS)
    pages.count = sum(number for number, _ in counted.values())  # known: no question of its own
    page = pages.get_page(choice.page)
    by_promises = at_risk(person, chosen, today)
    shown = list(page)
    return Board(
        page=page,
        rows=tuple(_rows(person, shown, today, by_promises.of_these(shown))),
        per_stage={place: number for place, (number, _) in counted.items()},
        sums=Sums(
            dossiers=pages.count,
            late=sum(late for _, late in counted.values()),
            **_tonnes(person, chosen),
            with_promises=by_promises.dossiers,
            by_promises=by_promises.stake,
            of_late=None if by_promises.dossiers else _of_late(person, chosen.filter(_late(today))),
        ),
    )


def tracks() -> dict[str, Track]:
    """The tracks of the newest version of the approach, for choosing."""
    newest = trajectory(trajectory_ids()[-1])
    return dict(newest.tracks)


def _chosen(reach: QuerySet[Dossier], choice: Choice, today: date) -> QuerySet[Dossier]:
    conditions = Q()
    if choice.track:
        conditions &= Q(track_id=choice.track)
    if choice.stage:
        conditions &= Q(stage=choice.stage)
    if choice.state:
        conditions &= Q(exit="") if choice.state == "running" else ~Q(exit="")
    if choice.cluster:
        conditions &= Q(company__cluster=choice.cluster)
    if choice.late:
        conditions &= _late(today)
    return reach.filter(conditions)


def _late(today: date) -> Q:
    """Whether the dossier is late."""
    return Q(slips=True) | Q(next_due__lt=today)


def _stage_rank() -> Case:
    """The place of a stage in its track, over all versions."""
    places: dict[str, int] = {}
    for identity in trajectory_ids():
        for track in trajectory(identity).tracks.values():
            for place, stage in enumerate(track.stages):
                places.setdefault(stage.id, place)
    return Case(
        *(When(stage=stage, then=Value(place)) for stage, place in places.items()),
        default=Value(len(places)),
        output_field=IntegerField(),
    )


def _counted(chosen: QuerySet[Dossier], today: date) -> dict[tuple[str, str], tuple[int, int]]:
    """Per track and stage the number of dossiers, and how many of them are late."""
    counted = (
        chosen.order_by()
        .values_list("track_id", "stage")
        .annotate(number=Count("pk"), late=Count("pk", filter=_late(today)))
    )
    return {(track, stage): (number, late) for track, stage, number, late in counted}


def _rows(
    person: Person, dossiers: Sequence[Dossier], today: date, stakes: Mapping[int, Stake]
) -> list[Row]:
    gates = evidence_of(dossiers)
    promised = _promised(ambitions_of(person).filter(dossier__in=dossiers))
    last = _last_runs(runs_of(person).filter(dossier__in=dossiers))
    runs = {run.dossier_id: run for run in last.only("dossier_id", "code", "figures", "asked_at")}
    return [
        Row(
            dossier=each,
            stage=_stage(each),
            days=(seen_on(each, today) - each.stage_since).days if each.stage_since else None,
            usual_days=_usual_days(_stage(each)),
            gate=next(iter(gates[each.pk]), None),
            promised=promised.get(each.pk),
            run=runs.get(each.pk),
            late=each.slips or bool(each.next_due and each.next_due < today),
            at_risk=stakes.get(each.pk),
        )
        for each in dossiers
    ]


def _last_runs(runs: QuerySet[Run]) -> QuerySet[Run]:
    """Per dossier its last run under the law as it is."""
    return _first(runs.filter(state="done", variant=""), F("asked_at").desc())


def _first(rows: QuerySet[Kept], *order: OrderBy) -> QuerySet[Kept]:
    """Per dossier the first row in this order."""
    nth = Window(RowNumber(), partition_by="dossier_id", order_by=order)
    return rows.order_by().annotate(nth=nth).filter(nth=1)


def _stage(dossier: Dossier) -> StageOfTrack | None:
    try:
        return dossier.trajectory.track(dossier.track_id).stage(dossier.stage)
    except NotInTrajectory:
        return None


def _usual_days(stage: StageOfTrack | None) -> int | None:
    months = stage.usual_months if stage else None
    return None if months is None else round(months * 365.25 / 12)


def _told(amount: tuple[float | None, float | None]) -> str:
    """An amount of tonnes or its range; an amount that is not known is no zero."""
    low, high = (tonnes(end, page_language()) if end is not None else None for end in amount)
    if low is None and high is None:
        return say(NOT_KNOWN)
    if low == high or high is None or low is None:
        return low or high or ""
    return f"{low} – {high}"


# ── tonnes ────────────────────────────────────────────────────────────────────────────────────


def _latest(ambitions: QuerySet[Ambition]) -> QuerySet[Ambition]:
    """Per dossier the promise of 2030 that counts: the version furthest in the approach."""
    rank = Case(
        *(When(version=version, then=Value(n)) for n, version in enumerate(VERSIONS)),
        output_field=IntegerField(),
    )
    promised = ambitions.filter(
        quantity="co2", unit="t/year", year=TARGET_YEAR, version__in=VERSIONS
    )
    return _first(promised, rank.desc(), F("dated").desc(), F("pk").desc())


def _promised(ambitions: QuerySet[Ambition]) -> dict[int, Promised]:
    return {
        each.dossier_id: Promised(
            each.version,
            (each.gross_low, each.gross_high),
            (each.additional_low, each.additional_high),
        )
        for each in _latest(ambitions)
    }


def _tonnes(person: Person, chosen: QuerySet[Dossier]) -> dict[str, Any]:
    """What was promised, and of how many it is known. [t]"""
    latest = _latest(ambitions_of(person).filter(dossier__in=chosen)).annotate(
        t_gross=Coalesce("gross_low", "gross_high"),
        t_additional=Coalesce("additional_low", "additional_high"),
    )
    return latest.aggregate(
        gross=Sum("t_gross"),
        gross_known=Count("t_gross"),
        additional=Sum("t_additional"),
        additional_known=Count("t_additional"),
    )


def _of_late(person: Person, late: QuerySet[Dossier]) -> OfLate:
    promised = _tonnes(person, late)
    last = _last_runs(runs_of(person).filter(dossier__in=late)).annotate(
        grant=Cast(KeyTextTransform(GRANT, "figures"), FloatField())
    )
    granted = last.aggregate(sum=Sum("grant"), known=Count("grant"))
    return OfLate(promised["gross"], promised["gross_known"], granted["sum"], granted["known"])
