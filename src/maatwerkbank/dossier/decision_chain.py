# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Decisions in a chain: each carries the hash of the one before, so that none changes unseen.

Takes     entries as plain JSON values, in the order in which they were taken.
Gives     the hash of an entry, and every break in a chain with its place.
Leaves    one thing that no chain can see by itself: entries cut off at the end. For that, keep
          number and hash of the last entry elsewhere (a letter prints them); pass them as `last`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest

GENESIS = "0" * 64
"""What the first entry carries as the hash of the one before."""


@dataclass(frozen=True)
class Link:
    """One entry as it is stored: its number from 1 on, both hashes, and what was decided."""

    number: int
    previous: str
    hash: str
    entry: Mapping[str, Any]


def entry_hash(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry after the one with the hash `previous`. `entry` is plain JSON."""
    return digest({"previous": previous, "entry": dict(entry)})


def link(previous: Link | None, entry: Mapping[str, Any]) -> Link:
    """The next link after `previous`, or the first.

    >>> first = link(None, {"decision": "to_eop"})
    >>> first.number, first.previous == GENESIS, verify_chain([first])
    (1, True, ())
    """
    number, before = (previous.number + 1, previous.hash) if previous else (1, GENESIS)
    return Link(number, before, entry_hash(before, entry), entry)


def verify_chain(
    links: Iterable[Link], *, last: tuple[int, str] | None = None
) -> tuple[Finding, ...]:
    """Every break in the chain, with its place; nothing where it holds.

    Parameters
    ----------
    last : number and hash of the last entry, as kept elsewhere
    """
    findings: list[Finding] = []
    number, before = 0, GENESIS
    for each in links:
        place = f"decision[{each.number}]"
        if each.number != number + 1:
            findings.append(_number(place, number + 1, each.number))
        if each.previous != before:
            findings.append(_previous(place, before, each.previous))
        made = entry_hash(each.previous, each.entry)
        if each.hash != made:
            findings.append(_altered(place, each.hash, made))
        number, before = each.number, each.hash
    if last is not None and last != (number, before):
        findings.append(_end(last, number, before))
    return tuple(findings)


def _number(place: str, expected: int, found: int) -> Finding:
    return Finding(
        "error",
        "chain.number",
        place,
        Text(nl=f"besluit {expected}", en=f"decision {expected}"),
        Text(nl=f"besluit {found}", en=f"decision {found}"),
        Text(
            nl="zoek het besluit dat ontbreekt, dubbel staat of is verplaatst in een reservekopie",
            en="look in a backup for the decision that is missing, doubled or moved",
        ),
    )


def _previous(place: str, expected: str, found: str) -> Finding:
    return Finding(
        "error",
        "chain.previous",
        place,
        Text(nl=f"aansluiting op {expected[:16]}", en=f"a link to {expected[:16]}"),
        Text(nl=f"aansluiting op {found[:16]}", en=f"a link to {found[:16]}"),
        Text(
            nl="vergelijk dit besluit en het vorige met een reservekopie",
            en="compare this decision and the one before with a backup",
        ),
    )


def _altered(place: str, stored: str, made: str) -> Finding:
    return Finding(
        "error",
        "chain.altered",
        place,
        Text(nl=f"inhoud met hash {stored[:16]}", en=f"content with hash {stored[:16]}"),
        Text(nl=f"inhoud met hash {made[:16]}", en=f"content with hash {made[:16]}"),
        Text(
            nl="de inhoud is na het besluit gewijzigd: zet haar terug uit een reservekopie",
            en="the content was changed after the decision: restore it from a backup",
        ),
    )


def _end(last: tuple[int, str], number: int, found: str) -> Finding:
    return Finding(
        "error",
        "chain.end",
        f"decision[{last[0]}]",
        Text(
            nl=f"besluit {last[0]} met hash {last[1][:16]} als laatste",
            en=f"decision {last[0]} with hash {last[1][:16]} as the last",
        ),
        Text(
            nl=f"besluit {number} met hash {found[:16]} als laatste",
            en=f"decision {number} with hash {found[:16]} as the last",
        ),
        Text(
            nl="besluiten aan het einde zijn verwijderd of vervangen: zie een reservekopie",
            en="decisions at the end were removed or replaced: see a backup",
        ),
    )
