# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""OWE: a grant and operating support for hydrogen that is fully renewable, by tender.

Law        Subsidieregeling opschaling volledig hernieuwbare waterstofproductie via elektrolyse: not
           read. What is known comes from pages of RVO and the press on the rounds 2023 and 2024.
Takes      a project and the law as known on a day.
Gives      an offer without an amount: who may compete, and what must be read before one can judge.
Leaves out the bid, the ceiling per kilogram (a required value) and the order of ranking.

A project gets no SDE++ for the same electrolyser: `support` keeps that rule (`EXCLUDES`).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import open_round
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    Offer,
    Project,
    Technique,
    Terms,
    at_least,
    at_most,
)
from maatwerkbank.rules.investeringssubsidie import fully_renewable

Floats = NDArray[np.float64]

EXCLUDES = ("sde",)


def subsidie_per_mw(subsidie: ArrayLike, vermogen: ArrayLike) -> Floats:
    """What is granted for each megawatt of electrolyser?  (...) [eur/MW]

    Source        RVO and press on the round of 2023: about 2.5 million a MW on average.
    """
    per_mw: Floats = np.asarray(subsidie, dtype=np.float64) / np.asarray(vermogen)
    return per_mw


def offer(project: Project, law: Law) -> Offer:
    """What OWE has to say to a project, as far as its terms are known."""
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    conditions = (
        _electrolysis(project),
        *fully_renewable(project),
        *_capacity(project, terms),
        open_round(terms, "owe", rounds_known=False),
    )
    for name in ("owe/investeringsaandeel", "owe/looptijd", "owe/exploitatiesteun_per_kg"):
        terms.value(name)
    return Offer(
        instrument="owe",
        form=AidForm.OPERATING_AID,
        conditions=conditions,
        yearly=None,
        maximum_eur=None,
        round=terms.round("owe"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _electrolysis(project: Project) -> Condition:
    return Condition(
        "electrolysis",
        Text(
            nl="Het project maakt waterstof met een elektrolyser.",
            en="The project makes hydrogen with an electrolyser.",
        ),
        None if project.technique is None else project.technique is Technique.ELECTROLYSIS,
        "RVO, OWE",
        asked=Technique.ELECTROLYSIS,
        found=project.technique,
    )


def _capacity(project: Project, terms: Terms) -> tuple[Condition, ...]:
    smallest = terms.value("owe/minimum_vermogen")
    found = project.capacity_mw
    says = Text(
        nl="De elektrolyser heeft ten minste het kleinste vermogen van de ronde.",
        en="The electrolyser has at least the smallest capacity of the round.",
    )
    at_bottom = Condition(
        "minimum_capacity",
        says,
        at_least(found, smallest),
        "RVO, OWE",
        "at_least",
        smallest,
        found,
        "MW",
    )
    # Only the round of 2023 had an upper limit.
    if terms.on.year != 2023:
        return (at_bottom,)
    largest = terms.value("owe/maximum_vermogen")
    says = Text(
        nl="De elektrolyser blijft onder het grootste vermogen van de ronde.",
        en="The electrolyser stays below the largest capacity of the round.",
    )
    at_top = Condition(
        "maximum_capacity",
        says,
        at_most(found, largest),
        "RVO, OWE",
        "at_most",
        largest,
        found,
        "MW",
    )
    return (at_bottom, at_top)
