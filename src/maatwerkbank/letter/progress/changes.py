# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moved between two days, per firm?

Takes     two publications, the earlier one first.
Gives     changes as values: of stage, track, exit, documents, figures, promises, papers,
          commitments, motions.
Leaves    words to the letter, tables to the letter and the open data. Texts are not compared: only
          what they rest on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from maatwerkbank.dossier.parliament.standing import standing
from maatwerkbank.dossier.publication.publication import Figure, Publication, PublicPromise
from maatwerkbank.portfolio.register import STAGE_OF_DOCUMENT, CompanyState

What = Literal[
    "firm",
    "stage",
    "track",
    "exit",
    "document",
    "figure",
    "promise",
    "paper",
    "commitment",
    "motion",
]
Value = str | tuple[float | None, float | None] | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that moved. None on a side: it was not there.

    `identity` names the thing: a figure, a promise, a kind of document. `unit` of a figure.
    """

    firm: str | None
    what: What
    identity: str
    before: Value
    after: Value
    unit: str | None = None


def changes(before: Publication, after: Publication) -> tuple[Change, ...]:
    """Everything that moved, firm by firm in the order of the later register, then the whole."""
    then = {each.id: each for each in before.register}
    now = {each.id: each for each in after.register}
    found: list[Change] = []
    for firm in dict.fromkeys((*now, *then)):
        found += _of_firm(firm, then.get(firm), now.get(firm))
        found += _figures(firm, before, after)
        found += _promises(firm, before, after)
        found += _papers(firm, before, after)
    found += _figures(None, before, after)
    found += _papers(None, before, after)
    found += _commitments(before, after)
    found += _motions(before, after)
    return tuple(found)


def _of_firm(firm: str, then: CompanyState | None, now: CompanyState | None) -> Iterator[Change]:
    if then is None or now is None:
        names = (each.name if each else None for each in (then, now))
        yield Change(firm, "firm", firm, *names)
    facts_then, facts_now = _facts(then), _facts(now)
    for name in dict.fromkeys((*facts_now, *facts_then)):
        if facts_then.get(name) != facts_now.get(name):
            what, identity = name
            yield Change(firm, what, identity, facts_then.get(name), facts_now.get(name))


def _facts(firm: CompanyState | None) -> Mapping[tuple[What, str], str | None]:
    if firm is None:
        return {}
    left = firm.exit
    return {
        ("stage", "stage"): str(firm.stage),
        ("track", "track"): firm.track if firm.track != "standard" else None,
        ("exit", "exit"): " ".join((left.kind, *left.reasons)) if left else None,
        ("document", "eop"): (firm.eop_date or "signed") if firm.eop_signed else None,
        ("document", "jloi"): firm.jloi_date,
        ("document", "agreement"): firm.agreement_date,
    }


def _figures(firm: str | None, before: Publication, after: Publication) -> Iterator[Change]:
    then = {each.id: each for each in before.figures_of(firm)}
    now = {each.id: each for each in after.figures_of(firm)}
    for identity in dict.fromkeys((*now, *then)):
        old, new = then.get(identity), now.get(identity)
        if _value(old) != _value(new) or (old is None) != (new is None):
            unit = (new or old).unit if new or old else None  # type: ignore[union-attr]
            yield Change(firm, "figure", identity, _value(old), _value(new), unit)


def _value(figure: Figure | None) -> tuple[float | None, float | None] | None:
    return None if figure is None else (figure.low, figure.high)


def _promises(firm: str, before: Publication, after: Publication) -> Iterator[Change]:
    then = {each.id: each for each in before.promises_of(firm)}
    now = {each.id: each for each in after.promises_of(firm)}
    for identity in dict.fromkeys((*now, *then)):
        old, new = _promise(then.get(identity)), _promise(now.get(identity))
        if old != new:
            yield Change(firm, "promise", identity, old, new)


def _promise(promise: PublicPromise | None) -> str | None:
    """Due day and state: what may move in a promise."""
    if promise is None:
        return None
    return f"{promise.due or '-'} {promise.state or '-'}"


def _papers(firm: str | None, before: Publication, after: Publication) -> Iterator[Change]:
    """Papers but those whose signing is a fact of the firm already."""
    then, now = (
        {
            each.id: each.title
            for each in known.papers_of(firm)
            if not STAGE_OF_DOCUMENT.get(each.kind)
        }
        for known in (before, after)
    )
    for identity in dict.fromkeys((*now, *then)):
        if then.get(identity) != now.get(identity):
            yield Change(firm, "paper", identity, then.get(identity), now.get(identity))


def _commitments(before: Publication, after: Publication) -> Iterator[Change]:
    then, now = (
        {each.id: str(standing(each, known.as_of).state) for each in known.parliament.commitments}
        for known in (before, after)
    )
    for identity in dict.fromkeys((*now, *then)):
        if then.get(identity) != now.get(identity):
            yield Change(None, "commitment", identity, then.get(identity), now.get(identity))


def _motions(before: Publication, after: Publication) -> Iterator[Change]:
    then, now = (
        {each.id: str(each.outcome) for each in known.parliament.motions}
        for known in (before, after)
    )
    for identity in dict.fromkeys((*now, *then)):
        if then.get(identity) != now.get(identity):
            yield Change(None, "motion", identity, then.get(identity), now.get(identity))
