# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many tonnes were agreed, how many are aimed at, and how many came about?

Takes     a publication.
Gives     per group of firms the sum of what their last document names, gross and additional apart;
          and of how many firms no tonnes are public.
Leaves    firms that left the track: what they once aimed at counts no longer.

A sum takes "at least" and "at most" as the number that is named; whoever shows it says so. Nothing
is added for a firm that names no tonnes: absent is not zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.portfolio.register import ORDER, Ambition, CompanyState, Span, Stage

PER_YEAR = "t/year"
# From the first document to the last that binds; a subsidy decision binds as an agreement does.
INTENDED = ("eop", "jloi")
BINDING = ("subsidy_decision", "agreement")


@dataclass(frozen=True, slots=True)
class Sum:
    """Tonnes a year over `firms`, lowest and highest; None where no firm names any."""

    firms: tuple[str, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Firms whose last document binds, or does not. `silent`: those that name no tonnes of CO2."""

    firms: tuple[str, ...]
    gross: Sum
    additional: Sum
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Of firms that are in the track on the day."""

    binding: Group
    intended: Group
    realised: Sum


def totals(publication: Publication) -> Totals:
    """The sums on the day of the publication."""
    running = [firm for firm in publication.register if firm.exit is None]
    bound = [firm for firm in running if _is_bound(firm)]
    aiming = [firm for firm in running if firm not in bound]
    return Totals(
        binding=_group(bound, BINDING),
        intended=_group(aiming, INTENDED),
        realised=_realised(publication),
    )


def _is_bound(firm: CompanyState) -> bool:
    """An agreement was reached, or a subsidy was decided on for tonnes that it names."""
    return ORDER[firm.stage] >= ORDER[Stage.AGREEMENT] or _last_of(firm, BINDING) is not None


def _group(firms: list[CompanyState], versions: tuple[str, ...]) -> Group:
    last = {firm.id: _last_of(firm, versions) for firm in firms}
    named = {firm: each for firm, each in last.items() if each is not None}
    return Group(
        firms=tuple(firm.id for firm in firms),
        gross=_sum((firm, each.gross) for firm, each in named.items()),
        additional=_sum((firm, each.additional) for firm, each in named.items()),
        silent=tuple(firm for firm in last if firm not in named),
    )


def _last_of(firm: CompanyState, versions: tuple[str, ...]) -> Ambition | None:
    """The tonnes of CO2 in the furthest of these documents that names any."""
    told = {
        each.version: each
        for each in firm.ambitions
        if each.quantity == "co2"
        and each.unit == PER_YEAR
        and (each.gross is not None or each.additional is not None)
    }
    return next((told[version] for version in reversed(versions) if version in told), None)


def _realised(publication: Publication) -> Sum:
    """What came of promises of gross tonnes of CO2, as far as that is public."""
    found = {
        promise.realised: promise.firm
        for promise in publication.promises
        if promise.realised in publication.figures
    }
    figures = (publication.figures[each] for each in found if each)
    return _sum(
        (each.firm or "", Span(each.low, each.high))
        for each in figures
        if each.quantity == "co2"
        and each.unit in {PER_YEAR, "t"}
        and each.kind == "gross"
        and each.low is not None
        and each.high is not None
    )


def _sum(amounts: Iterable[tuple[str, float | Span | None]]) -> Sum:
    known = [(firm, amount) for firm, amount in amounts if amount is not None]
    if not known:
        return Sum((), None, None)
    spans = [each if isinstance(each, Span) else Span(each, each) for _, each in known]
    return Sum(
        firms=tuple(dict.fromkeys(firm for firm, _ in known)),
        low=sum(span.low for span in spans),
        high=sum(span.high for span in spans),
    )
