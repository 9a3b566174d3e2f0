# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""NIKI: a grant for large climate projects in industry, by tender on aid per tonne.

Law        NIKI module of the Regeling nationale EZ-, LVVN- en KGG-subsidies: not read. What is
           known comes from the approval by the European Commission (IP/25/1250), in the press.
Takes      a project and the law as known on a day.
Gives      an offer without an amount: who may compete, and what must be read before one can judge.
Leaves out share, maximum, ceiling per tonne and dates of opening (required values), and the bid.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import open_round
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms
from maatwerkbank.rules.investeringssubsidie import sbi_division

Floats = NDArray[np.float64]

# Manufacturing (section C), and waste and remediation in section E.
MANUFACTURING, WASTE_AND_REMEDIATION = range(10, 34), range(38, 40)
_REPORTED = Text(nl="IP/25/1250, zoals de pers het weergeeft", en="IP/25/1250, as reported")
TERMS = ("niki/aandeel", "niki/maximum", "niki/steun_per_ton")


def gevraagde_steun_per_ton(steun: ArrayLike, reductie: ArrayLike) -> Floats:
    """On what is an application ranked, lowest first?  (...) [eur/t]

    Aid asked for each tonne of CO2 equivalent that the project cuts over its life cycle.

    >>> float(gevraagde_steun_per_ton(60e6, 1_200_000))
    50.0

    Source        European Commission, IP/25/1250, as reported.
    """
    per_tonne: Floats = np.asarray(steun, dtype=np.float64) / np.asarray(reductie)
    return per_tonne


def offer(project: Project, law: Law) -> Offer:
    """What NIKI has to say to a project, as far as its terms are known."""
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    conditions = (
        _in_sector(project),
        _large_cut(project, terms),
        open_round(terms, "niki", rounds_known=False),
    )
    for name in TERMS:
        terms.value(name)
    return Offer(
        instrument="niki",
        form=AidForm.CAPITAL_GRANT,
        conditions=conditions,
        yearly=None,
        maximum_eur=None,
        round=terms.round("niki"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _in_sector(project: Project) -> Condition:
    division = sbi_division(project.sbi)
    within = division in MANUFACTURING or division in WASTE_AND_REMEDIATION
    return Condition(
        "sector",
        Text(
            nl="De onderneming werkt in de industrie, de afvalverwerking of de sanering.",
            en="The firm is in manufacturing, waste treatment or remediation.",
        ),
        None if division is None else within,
        _REPORTED,
        asked="C, E",
        found=project.sbi,
    )


def _large_cut(project: Project, terms: Terms) -> Condition:
    """The scheme counts the life cycle; a project states its own stack, which settles nothing."""
    return Condition(
        "life_cycle_reduction",
        Text(
            nl="De reductie over de levenscyclus haalt de drempel; getoond zijn de eigen tonnen in "
            "de run, en die zeggen niet genoeg over de levenscyclus.",
            en="The life-cycle reduction reaches the threshold; shown are the direct tonnes in the "
            "run, which do not tell enough about the life cycle.",
        ),
        None,
        _REPORTED,
        "at_least",
        asked=terms.value("niki/drempel"),
        found=_direct_tonnes(project),
        unit="t",
    )


def _direct_tonnes(project: Project) -> float | None:
    """Tonnes of scope 1 over the years of the run, averaged over draws. [t]"""
    return None if project.reduction is None else float(project.reduction.sum(axis=-1).mean())
