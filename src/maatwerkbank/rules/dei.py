# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""DEI+: a grant for the demonstration of a technique that is new in the Netherlands.

Law        Regeling nationale EZK-, LVVN- en KGG-subsidies, § 4.2.10.
Takes      a project and the law as known on a day.
Gives      an offer: a share of the eligible cost, and every condition with both sides shown.
Leaves out pilots, test infrastructure, buildings and local infrastructure, experimental
           development (25 %), themes and their budgets, and evidence and reports.
"""

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect, open_round
from maatwerkbank.rules.instrument import AidForm, Condition, Offer, Project, Terms, at_most
from maatwerkbank.rules.investeringssubsidie import (
    BEFORE_WORKS,
    fully_renewable,
    hoogste_subsidie,
    known_technique,
    paid_while_built,
    realised_in_time,
)


def offer(project: Project, law: Law) -> Offer:
    """What DEI+ has to say to a project, taken as a demonstration. Euros nominal."""
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    subsidie = hoogste_subsidie(project, terms, "dei")
    too_often = _few_similar(project, terms)
    conditions = (
        known_technique(project),
        _new(project),
        too_often,
        *fully_renewable(project),
        incentive_effect(project, BEFORE_WORKS),
        realised_in_time(project, terms, "dei"),
        open_round(terms, "dei", rounds_known=False),
    )
    return Offer(
        instrument="dei",
        form=AidForm.CAPITAL_GRANT,
        conditions=conditions,
        yearly=paid_while_built(project, subsidie),
        maximum_eur=subsidie,
        round=terms.round("dei"),
        rests_on=terms.rests_on,
        lacks=terms.lacks,
        instead="veki" if project.proven or too_often.met is False else None,
    )


def _new(project: Project) -> Condition:
    return Condition(
        "new",
        Text(
            nl="De techniek is nieuw voor Nederland.",
            en="The technique is new to the Netherlands.",
        ),
        None if project.proven is None else not project.proven,
        "Regeling art. 4.2.64-4.2.65",
        asked=True,
        found=None if project.proven is None else not project.proven,
    )


def _few_similar(project: Project, terms: Terms) -> Condition:
    """The refusal ground is "three or more", so at most one fewer is allowed."""
    refused_from = terms.value("dei/gelijksoortige_projecten")
    allowed = None if refused_from is None else refused_from - 1
    return Condition(
        "similar_projects",
        Text(
            nl="Er zijn nog niet te veel gelijksoortige projecten gesubsidieerd.",
            en="Not too many similar projects have been subsidised before.",
        ),
        at_most(project.similar_subsidised_projects, allowed),
        Text(
            nl="Regeling § 4.2.10, afwijzingsgronden",
            en="Regeling § 4.2.10, grounds for refusal",
        ),
        "at_most",
        asked=allowed,
        found=project.similar_subsidised_projects,
        unit="1",
    )
