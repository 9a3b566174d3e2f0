# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The schemes, in the order in which the approach tries them, and which do not go together.

Takes     nothing.
Gives     id -> offer, generic schemes first and the tailor-made grant last (METHOD §9); the
          foreign contracts beside which a case can be held; pairs that exclude one another.
Leaves    the terms of each scheme to its file in `rules`.

Source    letter to parliament of 30 June 2025: generic instruments first, then tailor-made.
"""

from collections.abc import Callable
from dataclasses import dataclass

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules import (
    dei,
    energie_investeringsaftrek,
    ikc,
    innovatiefonds,
    innovatiefonds_veilingen,
    milieu_investeringsaftrek,
    niki,
    owe,
    sde,
    veki,
)
from maatwerkbank.rules.instrument import Offer, Project

Scheme = Callable[[Project, Law], Offer]

GENERIC: dict[str, Scheme] = {
    "sde": sde.offer,
    "dei": dei.offer,
    "veki": veki.offer,
    "eia": energie_investeringsaftrek.offer,
    "mia": milieu_investeringsaftrek.offer,
    "vamil": milieu_investeringsaftrek.offer_vamil,
    "niki": niki.offer,
    "owe": owe.offer,
    "ikc": ikc.offer,
    "innovation_fund": innovatiefonds.offer,
    "innovation_fund_heat": innovatiefonds_veilingen.offer_heat_auction,
    "hydrogen_bank": innovatiefonds_veilingen.offer_hydrogen_bank,
}
FOREIGN = ("klimaschutzvertrag", "gpid")
CENTRAL_UNION_MONEY = ("innovation_fund", "innovation_fund_heat", "hydrogen_bank")


@dataclass(frozen=True)
class Exclusion:
    """Two schemes that may not both pay one project."""

    schemes: frozenset[str]
    says: Text
    source: str


EXCLUSIONS = (
    Exclusion(
        frozenset({"sde", "owe"}),
        Text(
            nl="OWE gaat niet samen met SDE++ voor hetzelfde project",
            en="OWE does not go together with SDE++ for the same project",
        ),
        "RVO, OWE",
    ),
    Exclusion(
        frozenset({"dei", "veki"}),
        Text(
            nl="VEKI staat alleen open waar DEI+ dat niet doet",
            en="VEKI is open only where DEI+ is not",
        ),
        "Regeling nationale EZK- en LNV-subsidies art. 4.6.7.1.f",
    ),
)


# A firm takes no scheme that costs it money, such as a deduction that only moves losses.
DECLINED = Exclusion(
    frozenset(),
    Text(
        nl="de regeling verlaagt de waarde van dit plan; een onderneming vraagt haar dan niet aan",
        en="the scheme lowers the value of this plan; a firm then does not ask for it",
    ),
    "METHOD §7",
)


def excluded_by(scheme: str, others: set[str]) -> Exclusion | None:
    """What keeps a scheme from a project that others pay already."""
    return next(
        (
            each
            for each in EXCLUSIONS
            if scheme in each.schemes and each.schemes - {scheme} <= others
        ),
        None,
    )
