# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What do promises put at risk in 2030, over as many dossiers as somebody sees?

Takes     a person, dossiers that this person may see, the day.
Gives     per dossier, and over all of them, what is at risk; those without a start are not counted.
Leaves    the reckoning to `dossier.promises`, who sees what to `people/access.py`.

Who sees every promise of a dossier sees what was reckoned over all of them, and that is kept
(`models.AtRisk`): ten thousand networks are not reckoned for one page. Who sees some of them gets a
network of those, reckoned for this page: no date of the others can be read from it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum

from maatwerkbank.dossier.promises import Stake
from maatwerkbank.dossier.promises.held_up import same_through, sum_of
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.overview.models import AtRisk
from maatwerkbank.web.people.access import dossiers_of, over_all
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.models import ProjectStart
from maatwerkbank.web.promises.reckoning import Seen, seen_in

NOTHING = Stake(0.0, 0.0, 0.0)
AT_A_TIME = 500


@dataclass(frozen=True)
class Part:
    """What is at risk in one dossier: projects that start later, and what of the State does it."""

    stake: Stake
    late: int
    by_state: int


@dataclass(frozen=True)
class Overall:
    """What is at risk over many dossiers. Each project counts once.

    `late`: projects that start later; `by_state`: late promises of the State that hold one up.
    """

    dossiers: int
    stake: Stake
    late: int
    by_state: int
    seen_in_part: Mapping[int, Part]
    """Of dossiers of which the reader sees some of the promises."""
    kept: QuerySet[AtRisk]
    """Of dossiers of which the reader sees all of them."""

    def of_these(self, dossiers: Iterable[Dossier]) -> dict[int, Stake]:
        """Per dossier (its pk) what is at risk; nothing of one without a start. One query."""
        shown = self.kept.filter(dossier__in=list(dossiers))
        known = {
            row.dossier_id: Stake(row.gross_t, row.additional_t, row.support_eur) for row in shown
        }
        return {**known, **{key: each.stake for key, each in self.seen_in_part.items()}}

    def late_first(self) -> list[int]:
        """Dossiers (pk) with a project that starts later, those held up by the State first.

        Of these the most tonnes first. One query.
        """
        late = list(self.kept.filter(late__gt=0).values_list("dossier_id", "by_state", "gross_t"))
        late += [
            (key, each.by_state, each.stake.gross_t)
            for key, each in self.seen_in_part.items()
            if each.late
        ]
        return [key for key, *_ in sorted(late, key=_worst_first)]


def at_risk(person: Person, chosen: QuerySet[Dossier], today: date) -> Overall:
    """What is at risk in the chosen dossiers, as far as `person` sees promises of them."""
    chosen = chosen.order_by() & dossiers_of(person, Deed.SEE_PROMISES)
    whole = chosen & dossiers_of(person, Deed.SEE_DECISIONS)
    _reckon_what_is_old(person, whole, today)
    part = _in_part(person, chosen, today)
    kept = AtRisk.objects.filter(dossier__in=whole, starts__gt=0)
    known = kept.aggregate(
        number=Count("pk"),
        gross_t=Sum("gross_t"),
        additional_t=Sum("additional_t"),
        support_eur=Sum("support_eur"),
        late=Sum("late", default=0),
        by_state=Sum("by_state", default=0),
    )
    number, late, by_state = (known.pop(name) for name in ("number", "late", "by_state"))
    return Overall(
        dossiers=number + len(part),
        stake=sum_of((Stake(**known), *(each.stake for each in part.values()))),
        late=late + sum(each.late for each in part.values()),
        by_state=by_state + sum(each.by_state for each in part.values()),
        seen_in_part=part,
        kept=kept,
    )


def _in_part(person: Person, chosen: QuerySet[Dossier], today: date) -> dict[int, Part]:
    if over_all(person, Deed.SEE_DECISIONS):
        return {}
    reach = chosen.exclude(pk__in=dossiers_of(person, Deed.SEE_DECISIONS)).filter(
        project_starts__isnull=False
    )
    found = seen_in(person, reach.select_related("company").distinct(), today=today)
    return {
        key: Part(_stake(seen), len(seen.outlook.delayed), len(seen.outlook.held_by_state()))
        for key, seen in found.items()
        if _starts(seen)
    }


def _stake(seen: Seen) -> Stake:
    return seen.outlook.at_risk if seen.outlook.delayed else NOTHING


def _worst_first(late: tuple[int, int, float | None]) -> tuple[bool, float, int]:
    key, by_state, gross_t = late
    return not by_state, -(gross_t or 0.0), key


def _starts(seen: Seen) -> int:
    return sum(isinstance(row, ProjectStart) for row in seen.rows.values())


# ── keeping it ────────────────────────────────────────────────────────────────────────────────

KEEP = """
UPDATE overview_atrisk kept
SET reckoned = new.changes, through = new.through, starts = new.starts, late = new.late,
    by_state = new.by_state, gross_t = new.gross_t, additional_t = new.additional_t,
    support_eur = new.support_eur
FROM unnest(%s::bigint[], %s::int[], %s::date[], %s::int[], %s::int[], %s::int[],
            %s::float8[], %s::float8[], %s::float8[])
    AS new (dossier_id, changes, through, starts, late, by_state, gross_t, additional_t,
            support_eur)
WHERE kept.dossier_id = new.dossier_id AND kept.changes = new.changes
"""


def _reckon_what_is_old(person: Person, dossiers: QuerySet[Dossier], today: date) -> None:
    """Reckon anew what changed, or what the day has made old.

    The number of changes was read first: who changes something meanwhile makes this old again.
    """
    holds = Q(reckoned=F("changes")) & (Q(through=None) | Q(through__gte=today))
    old = dict(
        AtRisk.objects.filter(~holds | Q(reckoned=None), dossier__in=dossiers).values_list(
            "dossier_id", "changes"
        )
    )
    numbers = list(old)
    for first in range(0, len(numbers), AT_A_TIME):
        rows = Dossier.objects.filter(pk__in=numbers[first : first + AT_A_TIME]).select_related(
            "company"
        )
        found = seen_in(person, rows, today=today)
        columns = zip(*_to_keep(found, old), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [list(each) for each in columns])


def _to_keep(found: Mapping[int, Seen], changes: Mapping[int, int]) -> Iterator[tuple[object, ...]]:
    for key, seen in found.items():
        stake = _stake(seen)
        # A reconstruction knows nothing after its day: no day makes it old.
        through = None if seen.dossier.public_reconstruction else same_through(seen.outlook)
        yield (
            *(key, changes[key], through, _starts(seen), len(seen.outlook.delayed)),
            len(seen.outlook.held_by_state()),
            *(stake.gross_t, stake.additional_t, stake.support_eur),
        )
