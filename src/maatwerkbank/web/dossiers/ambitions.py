# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ambitions of a dossier in words: version after version, gross and additional side by side.

Takes     stored ambitions.
Gives     lines for a table. Gross and additional never share a cell; a share is never turned into
          tonnes; what a source does not state is said to be not stated.
Leaves    which ambitions somebody sees to `people/access.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from maatwerkbank.letter.numbers import ratio, tonnes
from maatwerkbank.web.dossiers.models import Ambition
from maatwerkbank.web.templatetags.words import day, in_language, page_language

VERSIONS = {
    "eop": gettext_noop("Expression of Principles"),
    "subsidy_decision": gettext_noop("Decision on the incidental subsidy"),
    "jloi": gettext_noop("Joint Letter of Intent"),
    "agreement": gettext_noop("Binding agreement"),
    "realised": gettext_noop("Realised"),
    "net_zero": gettext_noop("On the road to net zero"),
}
QUANTITIES = {
    "co2": gettext_noop("CO2"),
    "nox": gettext_noop("Nitrogen oxides (NOx)"),
    "nitrogen": gettext_noop("Nitrogen"),
    "water": gettext_noop("Water"),
}
UNITS = {
    "t/year": gettext_noop("tonnes a year"),
    "fraction": gettext_noop("per cent of the base year"),
}
BOUNDS = {
    "about": gettext_noop("about %(amount)s"),
    "at_least": gettext_noop("at least %(amount)s"),
    "at_most": gettext_noop("at most %(amount)s"),
}
ORDER = tuple(VERSIONS)


@dataclass(frozen=True)
class AmbitionShown:
    """One ambition in words of the page."""

    row: Ambition
    version: str
    quantity: str
    gross: str
    additional: str
    additional_to: str
    boundary: str
    dated: str


def in_words(ambitions: Iterable[Ambition]) -> list[AmbitionShown]:
    """Ambitions in words: CO2 first, and per quantity from intention to what came about."""
    ordered = sorted(
        ambitions,
        key=lambda each: (
            each.quantity != "co2",
            each.quantity,
            each.year,
            ORDER.index(each.version),
            each.dated,
        ),
    )
    return [_shown(each) for each in ordered]


def _shown(row: Ambition) -> AmbitionShown:
    return AmbitionShown(
        row=row,
        version=_(VERSIONS[row.version]),
        quantity=_(QUANTITIES[row.quantity]) if row.quantity in QUANTITIES else row.quantity,
        gross=_amount(row, row.gross_low, row.gross_high),
        additional=_amount(row, row.additional_low, row.additional_high),
        additional_to=in_language(row, "additional_to"),
        boundary=in_language(row, "boundary"),
        dated=day(row.dated) if row.dated else "",
    )


def _amount(row: Ambition, low: float | None, high: float | None) -> str:
    """An amount or a range, with the words at least, at most or about of the source."""
    if low is None and high is None:
        return ""
    write = ratio if row.unit == "fraction" else tonnes
    ends = [write(end, page_language()) for end in (low, high) if end is not None]
    if low is None or high is None:
        bound = BOUNDS["at_most" if low is None else "at_least"]
        return _(bound) % {"amount": ends[0]}
    if low != high:
        return _("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}
    return _(BOUNDS[row.bound]) % {"amount": ends[0]} if row.bound in BOUNDS else ends[0]
