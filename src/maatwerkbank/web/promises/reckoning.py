# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""From stored promises to what `dossier.promises` reckons with, and back to the rows.

Takes     rows that the guard gave, of one dossier or of many.
Gives     per dossier the outlook: dates, chains, what is at risk; and how each promise stands.
Leaves    who may see a row to `people/access.py`: what somebody does not see is not in the network
          that this person is shown, so no date gives it away.

The number of queries does not depend on the number of dossiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from maatwerkbank.dossier.promises import (
    DelayOdds,
    Network,
    Node,
    Outlook,
    Stake,
    Standing,
    Wait,
    outlook,
    standing,
)
from maatwerkbank.dossier.promises import promise as pure
from maatwerkbank.dossier.timeline import Forecast, Milestone
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.web.dossiers import models as dossiers
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import models

Thing = models.Promise | models.Dependency | models.ProjectStart | dossiers.Milestone
KIND_OF: Mapping[type[Any], str] = {
    models.Promise: "promise",
    models.Dependency: "dependency",
    models.ProjectStart: "project",
    dossiers.Milestone: "milestone",
}


@dataclass(frozen=True)
class Seen:
    """The network of one dossier, as one person may see it, on one day."""

    dossier: dossiers.Dossier
    on: date
    outlook: Outlook
    rows: Mapping[str, Thing]
    waits: tuple[models.Wait, ...]

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Per promise how it stands."""
        return {
            key: standing(as_promise(row), self.on, self._awaited(key))
            for key, row in self.rows.items()
            if isinstance(row, models.Promise)
        }

    @cached_property
    def codes_of_waits(self) -> Mapping[tuple[str, str], Any]:
        """Per connection, by its two ends, the code of the row."""
        names = {_by_number(row): key for key, row in self.rows.items()}
        ends = {wait.code: ends_of(wait) for wait in self.waits}
        return {(names[waiter], names[awaited]): code for code, (waiter, awaited) in ends.items()}

    def _awaited(self, key: str) -> list[pure.AwaitedFor]:
        """What a promise waits for, each with the day from which the promise can be kept."""
        moments, network = self.outlook.moments, self.outlook.network
        return [
            pure.AwaitedFor(network.nodes[wait.awaited].label, _after(moments, wait))
            for wait in network.awaited_by.get(key, ())
            if network.nodes[wait.awaited].dates.actual is None
            and not network.nodes[wait.awaited].waived
        ]


def seen_on(dossier: dossiers.Dossier, today: date | None = None) -> date:
    """A reconstruction knows nothing after its day; everything else is seen today."""
    today = today or timezone.localdate()
    return min(today, PORTFOLIO_DATE) if dossier.public_reconstruction else today


def seen_by(person: Person, dossier: dossiers.Dossier, odds: DelayOdds | None = None) -> Seen:
    """The network of one dossier as `person` may see it."""
    return seen_in(person, [dossier], {dossier.pk: odds} if odds else {})[dossier.pk]


def seen_in(
    person: Person,
    found: Iterable[dossiers.Dossier],
    odds: Mapping[int, DelayOdds] | None = None,
    today: date | None = None,
) -> dict[int, Seen]:
    """Per dossier the network as `person` may see it; of one without promises an empty one."""
    by_key = {each.pk: each for each in found}
    if not by_key:
        return {}
    within = {"dossier__in": list(by_key)}
    rows: list[Thing] = [
        *with_forecasts(access.promises_of(person).filter(**within)),
        *with_forecasts(access.dependencies_of(person).filter(**within)),
        *access.project_starts_of(person).filter(**within).select_related("project"),
        *access.milestones_of(person)
        .filter(awaited_by__dossier__in=list(by_key), **within)
        .distinct()
        .prefetch_related("forecasts"),
    ]
    waits: dict[int, list[models.Wait]] = {key: [] for key in by_key}
    for wait in access.rows_of(person, models.Wait, Deed.SEE_PROMISES).filter(**within):
        waits[wait.dossier_id].append(wait)
    groups: dict[int, list[Thing]] = {key: [] for key in by_key}
    for row in rows:
        groups[row.dossier_id].append(row)
    return {
        key: _seen(
            by_key[key],
            group,
            waits[key],
            (odds or {}).get(key),
            today,
        )
        for key, group in groups.items()
    }


def with_forecasts(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with every forecast, and for promises the waiver."""
    related = ("evidence", "forecasts") if rows.model is models.Promise else ("forecasts",)
    found = rows.prefetch_related(*related)
    return found.select_related("waiver__by") if rows.model is models.Promise else found


def waiver_requests_of(
    person: Person, dossier: dossiers.Dossier | None = None
) -> QuerySet[models.WaiverRequest]:
    """Waivers that were asked for, of promises that `person` sees: for who sees decisions."""
    return models.WaiverRequest.objects.filter(
        promise__in=access.promises_of(person, dossier),
        promise__dossier__in=access.dossiers_of(person, Deed.SEE_DECISIONS),
    ).select_related("promise__dossier__company", "asked_by", "answered_by")


def _seen(
    dossier: dossiers.Dossier,
    rows: Iterable[Thing],
    waits: Iterable[models.Wait],
    odds: DelayOdds | None,
    today: date | None,
) -> Seen:
    nodes = {_by_number(row): as_node(row) for row in rows}
    keys = {_by_number(row): row for row in rows}
    edges, shown = [], []
    for wait in waits:
        waiter, awaited = ends_of(wait)
        if waiter in nodes and awaited in nodes:
            edges.append(Wait(nodes[waiter].id, nodes[awaited].id, wait.lag_days))
            shown.append(wait)
    on = seen_on(dossier, today)
    return Seen(
        dossier,
        on,
        outlook(Network.of(nodes.values(), edges), on, odds),
        {nodes[number].id: row for number, row in keys.items()},
        tuple(shown),
    )


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def key_of(row: Thing) -> str:
    """The name of a row in the network, and in a form that chooses one."""
    return f"{KIND_OF[type(row)]}:{row.code}"


def ends_of(wait: models.Wait) -> tuple[tuple[str, int], tuple[str, int]]:
    """What waits and what is awaited: kind and number, without asking the database."""
    return _end(wait, "waiter", wait.WAITERS), _end(wait, "awaited", wait.AWAITED)


def _end(wait: models.Wait, end: str, kinds: tuple[str, ...]) -> tuple[str, int]:
    return next(
        (kind, number)
        for kind in kinds
        if (number := getattr(wait, f"{end}_{kind}_id")) is not None
    )


def _by_number(row: Thing) -> tuple[str, int]:
    return KIND_OF[type(row)], row.pk


def _after(moments: Mapping[str, Any], wait: Wait) -> date | None:
    expected = moments[wait.awaited].expected
    return None if expected is None else date.fromordinal(expected.toordinal() + wait.lag_days)


# ── rows as values ────────────────────────────────────────────────────────────────────────────


def as_node(row: Thing) -> Node:
    """A row as a node of the network."""
    side, waived, stake = "", False, None
    if isinstance(row, models.Promise):
        side, waived = row.by_side, hasattr(row, "waiver")
    elif isinstance(row, models.Dependency):
        side = "third"
    elif isinstance(row, models.ProjectStart):
        side, stake = "company", Stake(row.gross_t, row.additional_t, row.support_eur)
    kind: Any = KIND_OF[type(row)]
    return Node(key_of(row), kind, label_of(row), dates_of(row), side, waived, stake)


def label_of(row: Thing) -> Text:
    """What it is called."""
    if isinstance(row, models.ProjectStart):
        return Text(nl=row.project.name, en=row.project.name)
    return Text(nl=row.name_nl, en=row.name_en)


def dates_of(row: Thing) -> Milestone:
    """What was planned, every forecast, and when it came about."""
    said: Iterable[Any] = () if isinstance(row, models.ProjectStart) else row.forecasts.all()
    return Milestone(
        id=key_of(row),
        track=getattr(row, "subject", "") or getattr(row, "track", ""),
        label=label_of(row),
        planned=row.planned,
        forecasts=tuple(
            Forecast(each.expected, each.said_on, each.source, each.because) for each in said
        ),
        actual=row.actual,
    )


def as_promise(row: models.Promise) -> pure.Promise:
    """A row as the value whose state is judged."""
    waived = row.waiver if hasattr(row, "waiver") else None
    by_side: Any = row.by_side
    to_side: Any = row.to_side
    return pure.Promise(
        id=key_of(row),
        by=pure.Party(row.by_name, by_side),
        to=pure.Party(row.to_name, to_side),
        what=what_of(row),
        dates=dates_of(row),
        clause=row.clause,
        condition=row.condition,
        proofs=tuple(pure.Proof(each.words, each.said_on) for each in row.evidence.all()),
        waiver=pure.Waiver(waived.on, waived.by.name, waived.because) if waived else None,
    )


def what_of(row: models.Promise) -> pure.Measure | pure.Act:
    """The measure or the deed that was promised."""
    if not row.quantity:
        return pure.Act(Text(nl=row.words, en=row.words))
    kind: Any = row.tonnes_are
    return pure.Measure(
        quantity=row.quantity,
        low=row.amount_low,
        high=row.amount_high,
        unit=row.unit,
        boundary=Text(nl=row.boundary, en=row.boundary),
        base_year=row.base_year,
        kind=kind,
    )
