# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grands Projets Industriels de Décarbonation: the French tender, to hold a case beside.

Law        Appel d'offres GPID of 31 December 2024, as the ministry's pages describe it; the
           cahier des charges was not read.
Takes      the bid in aid per tonne, avoided tonnes and extra cost by year.
Gives      euros by year, and an offer.
Leaves out that a plant in the Netherlands cannot have it: the offer says what its terms would
           give. Also indexation of the grant, penalties, the score for ambition beside the price.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import (
    avoided,
    in_sight,
    limit_from_above,
    limit_from_below,
    one_number,
    open_round,
    paid_years,
    present_value,
    running_cost,
)
from maatwerkbank.rules.instrument import AidForm, Condition, Floats, Offer, Project, Terms

_TENDER = Text(
    nl="AO GPID 2024, zoals de Direction générale des Entreprises het beschrijft",
    en="AO GPID 2024, as the Direction générale des Entreprises describes it",
)
PETROLEUM_REFINING = "19.2"  # division of NACE and SBI


@dataclass(frozen=True)
class Bid:
    """What a bidder states. None: not stated."""

    aid_eur_per_t: float
    discount_rate: float | None = None  # at which extra cost and aid are compared


def yearly_grant(aid_eur_per_t: ArrayLike, avoided_t: ArrayLike) -> Floats:
    """What is paid for the cuts of a year?  (..., year) [eur]; a year without cuts pays nothing

    >>> yearly_grant(28.0, [100_000.0, 0.0, -5.0]).tolist()
    [2800000.0, 0.0, 0.0]

    Source        DGE: yearly grant, tied to real cuts.
    """
    tonnes = np.maximum(0.0, np.asarray(avoided_t, dtype=np.float64))
    return np.asarray(np.multiply(aid_eur_per_t, tonnes))


def net_extra_cost(extra_investment: ArrayLike, running: ArrayLike, rate: float) -> Floats:
    """What does the project cost more over the term?  (...) [eur], not below nil

    Investment above the reference and the present value of running cost, savings negative.

    >>> float(net_extra_cost(100.0, [-10.0, -10.0], 0.0))
    80.0

    Source        DGE: the grant covers net extra cost of projects without return.
    """
    cost = np.add(extra_investment, present_value(running, rate))
    return np.asarray(np.maximum(0.0, cost))


def offer(project: Project, law: Law, *, bid: Bid | None = None) -> Offer:
    """What would the terms of the French tender give this project at its bid?"""
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    found = terms.round("gpid")
    if bid is None:
        terms.lack(
            "gpid/bid",
            Text(nl="het bod: gevraagde steun per ton", en="the bid: aid asked per tonne"),
        )
    term = terms.value("gpid/term_years")
    years = paid_years(project.years, project.first_year, term)
    tonnes = avoided(project)
    yearly: Floats | None = None
    if bid is not None and tonnes is not None and years is not None:
        yearly = yearly_grant(bid.aid_eur_per_t, tonnes * years)
    whole = in_sight(project, term, terms)
    aid = None if yearly is None or not whole else one_number(yearly.sum(axis=-1))
    conditions = (
        open_round(terms, "gpid"),
        _ets_site(project),
        _no_refinery(project),
        limit_from_below(
            "aid",
            Text(
                nl="De gevraagde steun haalt het kleinste bedrag.",
                en="The aid asked reaches the smallest amount.",
            ),
            aid,
            terms.value("gpid/minimum_aid"),
            "EUR",
            _TENDER,
        ),
        _within_extra_cost(project, bid, yearly if whole else None, years),
    )
    return Offer(
        instrument="gpid",
        form=AidForm.OPERATING_AID,
        conditions=conditions,
        yearly=yearly,
        maximum_eur=aid,
        ranking_eur_per_t=bid.aid_eur_per_t if bid else None,
        round=found,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _ets_site(project: Project) -> Condition:
    return Condition(
        id="ets_site",
        says=Text(
            nl="Het is een bestaande locatie onder het Europese emissiehandelssysteem.",
            en="It is an existing site under the European emissions trading system.",
        ),
        met=project.under_ets,
        source=_TENDER,
        asked=True,
        found=project.under_ets,
    )


def _no_refinery(project: Project) -> Condition:
    met = None if project.sbi is None else not project.sbi.startswith(PETROLEUM_REFINING)
    return Condition(
        id="no_refinery",
        says=Text(nl="Raffinaderijen doen niet mee.", en="Refineries take no part."),
        met=met,
        source=_TENDER,
        found=project.sbi,
    )


def _within_extra_cost(
    project: Project, bid: Bid | None, yearly: Floats | None, years: Floats | None
) -> Condition:
    """Aid covers net extra cost and no more; both as present values."""
    extra, running = project.extra_cost_eur, running_cost(project)
    rate = bid.discount_rate if bid else None
    cost: float | None = None
    aid: float | None = None
    if extra is not None and running is not None and rate is not None and years is not None:
        cost = one_number(net_extra_cost(extra, running * years, rate))
    if yearly is not None and rate is not None:
        aid = one_number(present_value(yearly, rate))
    return limit_from_above(
        "net_extra_cost",
        Text(
            nl="De steun is niet hoger dan de netto meerkosten.",
            en="The aid is not above the net extra cost.",
        ),
        aid,
        cost,
        "EUR",
        _TENDER,
    )
