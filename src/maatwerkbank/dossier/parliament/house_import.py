# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What would change in our register of Parliament by what the House says?

Takes     rows that we hold, each with the values that the House also gives; what the House says.
Gives     a plan: what is new, what is different field by field, what the House took back.
Leaves    carrying it out to `web/parliament`, for the rows that a person chose.

A row of the House is found by its id there, else by its number or reference: somebody may have
written it down before. What we know and the House does not give stays as it is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

from maatwerkbank.sources.parliament.house import (
    HouseCommitment,
    HouseData,
    HouseLetter,
    HouseMotion,
    HouseRow,
)

Kind = Literal["commitment", "motion", "letter", "debate"]
Values = Mapping[str, str | date | None]


@dataclass(frozen=True)
class Held:
    """A row of our register, with the values of the fields that the House also gives.

    `identities`: its id in the House where it is known, its number, the identity of its reference.
    Under `told` a commitment names, with spaces between, the papers that report on it already.
    """

    code: str
    kind: Kind
    identities: frozenset[str]
    values: Values


@dataclass(frozen=True)
class Step:
    """One row that is new, different or taken back. `code` is empty for a new one."""

    what: Literal["new", "changed", "gone"]
    kind: Kind
    house_id: str
    code: str
    label: str
    before: Values
    after: Values
    letters: tuple[HouseLetter, ...] = ()
    done: bool = False

    @property
    def differences(self) -> tuple[tuple[str, str | date | None, str | date | None], ...]:
        """Field, before and after, of what differs."""
        names = self.after if self.what != "gone" else ()
        return tuple(
            (name, self.before.get(name), self.after[name])
            for name in names
            if self.before.get(name) != self.after[name]
        )


@dataclass(frozen=True)
class Plan:
    """Everything that would change, and how many rows stay as they are."""

    steps: tuple[Step, ...]
    same: int

    @property
    def fingerprint(self) -> str:
        """The same for the same plan: who agrees to one, agrees to no other."""
        text = json.dumps([asdict(step) for step in self.steps], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def values_of(row: HouseRow) -> tuple[Kind, Values]:
    """The kind of a row of the House, and its values under the names of our register."""
    if isinstance(row, HouseCommitment):
        return "commitment", {
            "number": row.number,
            "text_nl": row.text,
            "by_whom": row.by,
            "made_on": row.made_on,
            "due": row.due.isoformat() if row.due else "",
        }
    if isinstance(row, HouseMotion):
        return "motion", {
            "reference": row.reference.written() if row.reference else "",
            "text_nl": row.title,
            "by_whom": row.by,
            "on": row.on,
            "outcome": row.outcome,
        }
    if isinstance(row, HouseLetter):
        return "letter", {
            "reference": row.reference.written() if row.reference else "",
            "title": row.title,
            "on": row.on,
        }
    return "debate", {"number": row.number, "title_nl": f"{row.kind} {row.title}", "on": row.on}


def plan(held: Sequence[Held], data: HouseData) -> Plan:
    """What would change; an empty value of the House changes nothing that we hold."""
    known = {
        (each.kind, identity): each for each in held for identity in each.identities if identity
    }
    steps, same = [], 0
    for row in data.rows:
        kind, said = values_of(row)
        ours = next((known[kind, name] for name in _identities(row) if (kind, name) in known), None)
        step = _step(row, kind, said, ours)
        if step.what == "changed" and not step.differences and not step.letters:
            same += 1
        else:
            steps.append(step)
    return Plan((*steps, *_gone(held, data.removed)), same)


def _identities(row: HouseRow) -> Iterator[str]:
    yield row.house_id
    yield row.number
    if isinstance(row, HouseMotion | HouseLetter) and row.reference is not None:
        yield row.reference.identity


def _step(row: HouseRow, kind: Kind, said: Values, ours: Held | None) -> Step:
    letters = row.letters if isinstance(row, HouseCommitment) else ()
    done = isinstance(row, HouseCommitment) and row.status == "done"
    label = row.text if isinstance(row, HouseCommitment) else row.title
    if ours is None:
        return Step("new", kind, row.house_id, "", label, {}, said, letters, done)
    after = {
        name: ours.values.get(name) if value in {"", None, "unknown"} else value
        for name, value in said.items()
    }
    told = str(ours.values.get("told") or "").split()
    fresh = tuple(
        each
        for each in letters
        if each.number not in told
        and (each.reference is None or each.reference.identity not in told)
    )
    return Step("changed", kind, row.house_id, ours.code, label, ours.values, after, fresh, done)


def _gone(held: Sequence[Held], removed: Sequence[str]) -> Iterator[Step]:
    for each in held:
        for house_id in removed:
            if house_id in each.identities:
                label = str(each.values.get("text_nl") or each.values.get("title") or each.code)
                yield Step("gone", each.kind, house_id, each.code, label, each.values, {})
