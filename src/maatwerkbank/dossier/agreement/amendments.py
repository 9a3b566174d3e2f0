# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which terms hold, what would an amendment change, and what happens to the other one?

Takes     versions of the terms in force, and amendments: a base version and changes with reasons.
Gives     differences field by field; the next version, chained by hash to the one before; an open
          amendment played again on top of a later version, or the conflicts that a person settles.
Leaves    who decides to `web/people/access.py`, what a path means to whoever shows it.

Nothing changes a version once it is there. Two open amendments may stand on one base: what touches
other fields carries over; where both touch one field, nobody chooses silently. The order of the
clauses is one field; two changes of it are one where they move different clauses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.agreement.order import ORDER, merged
from maatwerkbank.dossier.agreement.values import Value
from maatwerkbank.ground.errors import AmendmentOutdated, NothingAmended
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest

CHANGE_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "schedule": Text(nl="planning", en="schedule"),
        "scope": Text(nl="omvang", en="scope"),
        "cost": Text(nl="kosten", en="cost"),
        "other": Text(nl="anders", en="other"),
    }
)
GENESIS = "0" * 64
"""What the first version carries as the hash of the one before."""
Choice = Literal["in_force", "proposed", "other"]


@dataclass(frozen=True)
class Change:
    """One path that is set to a value, or removed where `removes`; with the reason for it."""

    path: str
    value: Value
    reason: str
    kind: str
    removes: bool = False


@dataclass(frozen=True)
class Version:
    """The terms in force from one decision to the next. Its hash seals it and the one before."""

    number: int
    terms: Mapping[str, Value]
    previous: str
    hash: str
    decided_on: str
    amendment: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Amendment:
    """Changes on top of one version. `id` names it among the others."""

    id: str
    base: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class FieldDifference:
    """One path before and after; `absent` on the side where the terms have no such path."""

    path: str
    before: Value
    after: Value
    was_there: bool
    is_there: bool
    reason: str
    kind: str


@dataclass(frozen=True)
class Conflict:
    """One path that a decided amendment and an open one both changed, and not to the same."""

    path: str
    base: Value
    in_force: Value
    in_force_reason: str
    proposed: Value
    proposed_reason: str
    gone: bool
    removes: bool

    def finding(self) -> Finding:
        """The conflict as a finding that names both values and both reasons."""
        return Finding(
            "error",
            "amendment.conflict",
            self.path,
            Text(
                nl=f"in werking: {self.in_force} ({self.in_force_reason})",
                en=f"in force: {self.in_force} ({self.in_force_reason})",
            ),
            Text(
                nl=f"voorgesteld: {self.proposed} ({self.proposed_reason})",
                en=f"proposed: {self.proposed} ({self.proposed_reason})",
            ),
            Text(nl="kies een van beide, of een derde", en="choose one of the two, or a third"),
        )


@dataclass(frozen=True)
class Resolution:
    """What a person chose for one conflict, and why; `value` only where it is another one."""

    path: str
    choice: Choice
    reason: str
    value: Value = None


def first_version(terms: Mapping[str, Value], decided_on: date) -> Version:
    """The terms as they were signed."""
    return _sealed(1, terms, GENESIS, decided_on.isoformat(), "", {})


def differences(terms: Mapping[str, Value], amendment: Amendment) -> tuple[FieldDifference, ...]:
    """What the amendment would change in these terms, field by field; what stays so is left out."""
    return tuple(
        FieldDifference(
            each.path,
            terms.get(each.path),
            None if each.removes else each.value,
            each.path in terms,
            not each.removes,
            each.reason,
            each.kind,
        )
        for each in amendment.changes
        if _changes(terms, each)
    )


def applied(terms: Mapping[str, Value], changes: Iterable[Change]) -> dict[str, Value]:
    """The terms as they read with these changes in them."""
    found = dict(terms)
    for each in changes:
        if each.removes:
            found.pop(each.path, None)
        else:
            found[each.path] = each.value
    return found


def decide(versions: Sequence[Version], amendment: Amendment, decided_on: date) -> Version:
    """The next version. The ones before stay as they are.

    Raises
    ------
    AmendmentOutdated   a later version is in force than the one that it was made on: replay first
    NothingAmended      it changes nothing
    """
    last = versions[-1]
    if amendment.base != last.number:
        raise AmendmentOutdated(amendment.base, last.number)
    changed = [each for each in amendment.changes if _changes(last.terms, each)]
    if not changed:
        raise NothingAmended
    terms = applied(last.terms, changed)
    reasons = {each.path: each.reason for each in changed}
    return _sealed(last.number + 1, terms, last.hash, decided_on.isoformat(), amendment.id, reasons)


def conflicts(versions: Sequence[Version], amendment: Amendment) -> tuple[Conflict, ...]:
    """Where what was decided since its base and the amendment say different things of one path."""
    base, last = versions[amendment.base - 1], versions[-1]
    return tuple(
        Conflict(
            each.path,
            base.terms.get(each.path),
            last.terms.get(each.path),
            _last_reason(versions[amendment.base :], each.path),
            None if each.removes else each.value,
            each.reason,
            gone=each.path not in last.terms,
            removes=each.removes,
        )
        for each in amendment.changes
        if _touched(base, last, each.path)
        and _changes(last.terms, each)
        and _both_orders(base, last, each) is None
    )


def unresolved(
    versions: Sequence[Version], amendment: Amendment, resolutions: Mapping[str, Resolution]
) -> tuple[Finding, ...]:
    """The conflicts that nobody has settled yet."""
    return tuple(
        each.finding()
        for each in conflicts(versions, amendment)
        if each.path not in resolutions or not resolutions[each.path].reason.strip()
    )


def replay(
    versions: Sequence[Version],
    amendment: Amendment,
    resolutions: Mapping[str, Resolution] = MappingProxyType({}),
) -> Amendment | tuple[Finding, ...]:
    """The amendment on top of the last version; or every conflict that is still open."""
    open_ones = unresolved(versions, amendment, resolutions)
    if open_ones:
        return open_ones
    base, last = versions[amendment.base - 1], versions[-1]
    clashing = {each.path for each in conflicts(versions, amendment)}
    carried: list[Change] = []
    for each in amendment.changes:
        if each.path in clashing:
            kept = _resolved(each, resolutions[each.path])
            carried.extend([kept] if kept else [])
        elif _changes(last.terms, each):
            both = _both_orders(base, last, each)
            carried.append(each if both is None else replace(each, value=both))
    return replace(amendment, base=last.number, changes=tuple(carried))


def verify(versions: Sequence[Version]) -> tuple[Finding, ...]:
    """Every break in the chain of versions; nothing where it holds."""
    found = []
    before = GENESIS
    for number, each in enumerate(versions, 1):
        made = _hash(
            each.number, each.terms, each.previous, each.decided_on, each.amendment, each.reasons
        )
        if each.number != number or each.previous != before or each.hash != made:
            found.append(
                Finding(
                    "error",
                    "terms.altered",
                    f"version[{each.number}]",
                    Text(nl=f"hash {made[:16]}", en=f"hash {made[:16]}"),
                    Text(nl=f"hash {each.hash[:16]}", en=f"hash {each.hash[:16]}"),
                    Text(
                        nl="vergelijk deze versie met een reservekopie",
                        en="compare this version with a backup",
                    ),
                )
            )
        before = each.hash
    return tuple(found)


def _sealed(
    number: int,
    terms: Mapping[str, Value],
    previous: str,
    decided_on: str,
    amendment: str,
    reasons: Mapping[str, str],
) -> Version:
    sealed = _hash(number, terms, previous, decided_on, amendment, reasons)
    return Version(
        number,
        MappingProxyType(dict(terms)),
        previous,
        sealed,
        decided_on,
        amendment,
        MappingProxyType(dict(reasons)),
    )


def _hash(
    number: int,
    terms: Mapping[str, Value],
    previous: str,
    decided_on: str,
    amendment: str,
    reasons: Mapping[str, str],
) -> str:
    return digest(
        {
            "number": number,
            "terms": dict(terms),
            "previous": previous,
            "decided_on": decided_on,
            "amendment": amendment,
            "reasons": dict(reasons),
        }
    )


def _changes(terms: Mapping[str, Value], change: Change) -> bool:
    if change.removes:
        return change.path in terms
    return change.path not in terms or terms[change.path] != change.value


def _touched(base: Version, last: Version, path: str) -> bool:
    there, still = path in base.terms, path in last.terms
    return there != still or base.terms.get(path) != last.terms.get(path)


def _both_orders(base: Version, last: Version, change: Change) -> list[str] | None:
    """Two changes of the order of the clauses as one; None where there are not two, or cannot be.

    What moved since the base and what the amendment moves may be different clauses.
    """
    if change.path != ORDER or change.removes or not _touched(base, last, ORDER):
        return None
    in_force = last.terms.get(ORDER) or ()
    both = merged(base.terms.get(ORDER) or (), in_force, change.value)
    return None if both is None else list(both)


def _last_reason(since: Sequence[Version], path: str) -> str:
    return next((each.reasons[path] for each in reversed(since) if path in each.reasons), "")


def _resolved(change: Change, chosen: Resolution) -> Change | None:
    if chosen.choice == "in_force":
        return None
    if chosen.choice == "other":
        return Change(change.path, chosen.value, chosen.reason, change.kind)
    return replace(change, reason=f"{change.reason} ({chosen.reason})")
