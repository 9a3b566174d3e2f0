# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may be paid of a grant today, and what stands in the way of the rest?

Takes     the grant with its tranches, and what is known of each: milestone, evidence, verification.
Gives     per tranche what is due, what is held back, what is paid, and every reason that blocks it.
Leaves    the agreement itself: the grant is a decision of its own (Awb title 4.2), and a promise in
          the agreement is no grant. What falls short leads to a consequence (`execution`).

    due   = (tranche - held back) when nothing blocks it
          + held back when the indicator on which it waits is verified, less what is lost
    paid <= due <= granted
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.dossier.money.amounts import NIL, in_words, parts_of
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

BLOCKS: Mapping[str, Text] = MappingProxyType(
    {
        "no_decision": Text(
            nl="De subsidie is nog niet beschikt.", en="The subsidy has not been decided yet."
        ),
        "standstill": Text(
            nl="Standstill: de Europese Commissie heeft de steun nog niet goedgekeurd.",
            en="Standstill: the European Commission has not approved the aid yet.",
        ),
        "milestone": Text(
            nl="De mijlpaal is nog niet gehaald.", en="The milestone has not been reached yet."
        ),
        "evidence": Text(
            nl="Het bewijs van de mijlpaal is er niet of is niet geaccepteerd.",
            en="The evidence of the milestone is not there, or was not accepted.",
        ),
        "reports_late": Text(
            nl="Er is een rapportage te laat.", en="A report of the company is late."
        ),
        "verification": Text(
            nl="Een rapportage wacht op verificatie.", en="A report waits for verification."
        ),
        "holdback": Text(
            nl="De inhouding wacht op een geverifieerd resultaat of een besluit over het tekort.",
            en="The holdback waits for a verified result, or for a decision on the shortfall.",
        ),
    }
)


@dataclass(frozen=True)
class Grant:
    """A subsidy decision: at most this amount."""

    amount: Decimal
    decided_on: date | None
    standstill_ended_on: date | None = None
    needs_approval: bool = True
    """Whether the Commission must approve the aid before a cent of it is paid."""


@dataclass(frozen=True)
class Tranche:
    """A part of the grant, and what is known of what it waits for.

    `amount` or `share` of the grant; `holdback` is the share of the tranche that is kept until
    `result_verified`.
    """

    key: str
    amount: Decimal | None = None
    share: Decimal | None = None
    holdback: Decimal = Decimal(0)
    reached_on: date | None = None
    evidence_accepted: bool = False
    result_verified: bool = False
    lost: Decimal = NIL
    """What of the holdback is not paid any more, by decision."""
    paid: Decimal = NIL


@dataclass(frozen=True)
class Standing:
    """Where one tranche stands. All in euros."""

    tranche: Tranche
    amount: Decimal
    held_back: Decimal
    due: Decimal
    blocked_by: tuple[str, ...]

    @property
    def payable(self) -> Decimal:
        """Due and not paid."""
        return max(self.due - self.tranche.paid, NIL)

    @property
    def reasons(self) -> tuple[Text, ...]:
        """What blocks it, in words."""
        return tuple(BLOCKS[each] for each in self.blocked_by)


def amounts_of(grant: Grant, tranches: Sequence[Tranche]) -> tuple[Decimal, ...]:
    """The tranches in euros; those by share are parts of the grant, right to a cent."""
    shares = [each.share or Decimal(0) for each in tranches]
    by_share = parts_of(grant.amount, shares)
    return tuple(
        part if each.amount is None else each.amount
        for each, part in zip(tranches, by_share, strict=True)
    )


def lacks_of_tranches(grant: Grant, tranches: Sequence[Tranche]) -> list[Finding]:
    """Why these tranches do not fit the grant: all of it."""
    found = []
    for each in tranches:
        if (each.amount is None) == (each.share is None):
            found.append(_lack(each.key, ONE_OF_TWO, str(each.amount)))
        found.extend(
            _lack(each.key, MORE_THAN_NIL, str(value))
            for value in (each.amount, each.share)
            if value is not None and value <= 0
        )
        if not 0 <= each.holdback < 1:
            found.append(_lack(each.key, A_SHARE, str(each.holdback)))
    total = sum(amounts_of(grant, tranches), NIL)
    if total > grant.amount:
        most = in_words(grant.amount)
        expected = Text(
            nl=f"termijnen van samen ten hoogste {most.nl}: meer is niet toegezegd",
            en=f"tranches of at most {most.en} together: no more is granted",
        )
        found.append(_lack("amount", expected, in_words(total)))
    return found


def standing_of(
    grant: Grant, tranches: Sequence[Tranche], on: date, *, open_points: Iterable[str] = ()
) -> tuple[Standing, ...]:
    """Per tranche what is due on that day, and what blocks the rest.

    Parameters
    ----------
    open_points : of the whole dossier: `reports_late`, `verification`
    """
    of_all = (*_of_the_grant(grant, on), *open_points)
    return tuple(
        _standing(each, amount, on, of_all)
        for each, amount in zip(tranches, amounts_of(grant, tranches), strict=True)
    )


def lacks_of_payment(standing: Standing, amount: Decimal) -> list[Finding]:
    """Why this may not be paid: each reason that blocks it, or how much is due."""
    if 0 < amount <= standing.payable:
        return []
    found = [_lack("amount", reason, in_words(amount)) for reason in standing.reasons]
    most = in_words(standing.payable)
    expected = Text(
        nl=f"meer dan nul, ten hoogste {most.nl}", en=f"above nought, at most {most.en}"
    )
    return [*found, _lack("amount", expected, in_words(amount))]


def _of_the_grant(grant: Grant, on: date) -> Iterable[str]:
    if grant.decided_on is None or grant.decided_on > on:
        yield "no_decision"
    ended = grant.standstill_ended_on
    if grant.needs_approval and (ended is None or ended > on):
        yield "standstill"


def _standing(tranche: Tranche, amount: Decimal, on: date, of_all: tuple[str, ...]) -> Standing:
    blocked = list(of_all)
    if tranche.reached_on is None or tranche.reached_on > on:
        blocked.append("milestone")
    if not tranche.evidence_accepted:
        blocked.append("evidence")
    (kept,) = parts_of(amount, [tranche.holdback])
    held_back = min(tranche.lost, kept) if tranche.result_verified else kept
    due = NIL if blocked else amount - held_back
    if kept and not tranche.result_verified:
        blocked.append("holdback")
    # What was paid while nothing blocked it, stays due: a later stop takes nothing back by itself.
    return Standing(tranche, amount, held_back, max(due, tranche.paid), tuple(blocked))


ONE_OF_TWO = Text(
    nl="een bedrag of een deel, één van beide", en="an amount or a share, one of them"
)
MORE_THAN_NIL = Text(nl="meer dan nul", en="more than nought")
A_SHARE = Text(nl="een deel van 0 tot 1", en="a share from 0 up to 1")


def _lack(place: str, expected: Text, found: Text | str) -> Finding:
    remedy = Text(nl="los dit eerst op", en="solve this first")
    return Finding("error", "tranche", place, expected, found, remedy)
