# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Klimaschutzvertrag: the German carbon contract for difference, to hold a case beside.

Law        Förderrichtlinie Klimaschutzverträge and its calls of 2024 and 2026, as the ministry's
           pages and law firms describe them; the text of the formulas was not read.
Takes      the bid, energy and carbon prices by year, avoided tonnes.
Gives      euros by year, negative where the firm pays, and an offer.
Leaves out that a plant in the Netherlands cannot have it: the offer says what its terms would
           give. Also the risk components of the formula, green premium, bid guarantees, penalties.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from maatwerkbank.ground.errors import ShapeError
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
)
from maatwerkbank.rules.instrument import (
    AidForm,
    Condition,
    Floats,
    Offer,
    Project,
    Technique,
    Terms,
)

_CALL = "Förderrichtlinie Klimaschutzverträge, Förderaufruf"


@dataclass(frozen=True)
class Bid:
    """What a bidder states. None: not stated.

    `energy_per_t` is the energy of a carrier used more (or, negative, less) for each tonne
    avoided [MWh/t]; `energy_prices` the prices on which the bid was made [eur/MWh].
    """

    base_contract_price_eur_per_t: float
    energy_per_t: dict[str, float] = field(default_factory=dict)
    energy_prices: dict[str, float] = field(default_factory=dict)
    lost_free_allocation: Floats | None = None  # against the reference (..., year) [t]
    reference_emission_t: float | None = None  # of the reference system, a year
    reduction_path: Floats | None = None  # below the reference, by year of the contract [1]


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def contract_price(
    base_contract_price: ArrayLike,
    *,
    energy_per_t: ArrayLike,
    energy_prices: ArrayLike,
    base_energy_prices: ArrayLike,
) -> Floats:
    """What is a tonne paid at the energy prices of each year?  (..., year) [eur/t]

    The base price plus, per carrier, the energy for a tonne times the rise of its price. Carriers
    lie along the last axis but one of `energy_prices` and the last of the other two.

    >>> contract_price(
    ...     180.0, energy_per_t=[4.0], energy_prices=[[60.0, 50.0]], base_energy_prices=[60.0]
    ... ).tolist()
    [180.0, 140.0]

    Raises
    ------
    ShapeError    the three do not have the same number of carriers

    Source        "Dynamisierung" as described; the formula itself was not read: an open norm.
    """
    per_tonne = np.asarray(energy_per_t, dtype=np.float64)
    prices = np.asarray(energy_prices, dtype=np.float64)
    base = np.asarray(base_energy_prices, dtype=np.float64)
    if prices.ndim < 2 or not prices.shape[-2] == per_tonne.shape[-1] == base.shape[-1]:
        raise ShapeError(
            f"prices of shape {prices.shape} do not fit {per_tonne.shape} carriers per tonne and "
            f"{base.shape} base prices.",
            remedy="give one row of prices per carrier, (..., carrier, year)",
        )
    rise = ((prices - base[..., np.newaxis]) * per_tonne[..., np.newaxis]).sum(axis=-2)
    return np.asarray(np.add(base_contract_price, rise), dtype=np.float64)


def effective_co2_price(
    ets_price: ArrayLike, avoided_t: ArrayLike, lost_free_allocation: ArrayLike
) -> Floats:
    """What does the ETS already pay for a tonne avoided?  (..., year) [eur/t]

    The price of an allowance, for the tonnes that are not offset by free allocation lost; nought
    where nothing is avoided.

    >>> float(effective_co2_price(80.0, 100_000.0, 25_000.0))
    60.0

    Source        "effektiver CO2-Preis" as described; the formula was not read: an open norm.
    """
    price, tonnes, lost = np.broadcast_arrays(
        *(
            np.asarray(each, dtype=np.float64)
            for each in (ets_price, avoided_t, lost_free_allocation)
        )
    )
    earned = np.divide(tonnes - lost, tonnes, out=np.zeros(tonnes.shape), where=tonnes > 0)
    return np.asarray(price * earned)


def payment(
    contract_price_eur_per_t: ArrayLike, effective_price: ArrayLike, avoided_t: ArrayLike
) -> Floats:
    """What does the State pay?  (..., year) [eur], negative where the firm pays

    >>> payment([180.0, 60.0], 75.0, 100_000.0).tolist()
    [10500000.0, -1500000.0]

    Source        klimaschutzvertraege.info: contract price less effective CO2 price.
    """
    difference = np.subtract(contract_price_eur_per_t, effective_price)
    return np.asarray(difference * np.asarray(avoided_t), dtype=np.float64)


def right_to_end(payments: ArrayLike, pay_back_years: int) -> Floats:
    """From which year may the firm end the contract?  (..., year) 1 from the year after, else 0

    After `pay_back_years` years in a row in which it paid the State.

    >>> right_to_end([5.0, -1.0, -1.0, -1.0, 2.0], 3).tolist()
    [0.0, 0.0, 0.0, 0.0, 1.0]

    Source        as reported (Table.Media); "in a row" is our reading: an open norm.
    """
    flow = np.asarray(payments, dtype=np.float64)
    may_end = np.zeros(flow.shape)
    in_a_row = np.zeros(flow.shape[:-1])
    entitled = np.zeros(flow.shape[:-1])
    for year in range(flow.shape[-1]):
        may_end[..., year] = entitled
        in_a_row = np.where(flow[..., year] < 0, in_a_row + 1, 0)
        entitled = np.maximum(entitled, in_a_row >= pay_back_years)
    return may_end


# ── the offer ─────────────────────────────────────────────────────────────────────────────────


def offer(project: Project, law: Law, *, bid: Bid | None = None) -> Offer:
    """What would the terms of the German contract give this project on its price path?"""
    terms = Terms(law, project.applied_on, stated=project.applied_here)
    scheme = "klimaschutzvertrag"
    found = terms.round(scheme)
    if bid is None:
        terms.lack(
            f"{scheme}/bid",
            Text(nl="de basisprijs van de bieder", en="the base contract price of the bidder"),
        )
    term = terms.value(f"{scheme}/term_years")
    years = paid_years(project.years, project.first_year, term)
    yearly = None if bid is None or years is None else _payments(project, bid, years, terms)
    aid = None
    if yearly is not None and in_sight(project, term, terms):
        aid = one_number(np.maximum(0.0, yearly).sum(axis=-1))
    conditions = (
        open_round(terms, scheme),
        limit_from_below(
            "reference_emission",
            Text(
                nl="Het referentiesysteem stoot genoeg uit.",
                en="The reference system emits enough.",
            ),
            bid.reference_emission_t if bid else None,
            terms.value(f"{scheme}/minimum_reference_emission"),
            "t/year",
            _CALL,
        ),
        *_reduction_path(bid, terms),
        _capture(project, terms),
        limit_from_above(
            "aid",
            Text(
                nl="De steun op het prijspad blijft binnen het hoogste bedrag per project.",
                en="The aid on the price path stays within the highest amount per project.",
            ),
            aid,
            terms.value(f"{scheme}/maximum_aid"),
            "EUR",
            _CALL,
        ),
    )
    return Offer(
        instrument=scheme,
        form=AidForm.TWO_SIDED,
        conditions=conditions,
        yearly=yearly,
        maximum_eur=aid,
        ranking_eur_per_t=bid.base_contract_price_eur_per_t if bid else None,
        round=found,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )


def _payments(project: Project, bid: Bid, years: Floats, terms: Terms) -> Floats | None:
    """What is paid each year of the contract; None, and noted, where a price or tonne lacks."""
    tonnes, lost = avoided(project), bid.lost_free_allocation
    carriers = sorted(bid.energy_per_t)
    absent = [name for name in carriers if name not in project.prices]
    absent += [name for name in carriers if name not in bid.energy_prices]
    for name in absent:
        terms.lack(
            f"prices/{name}",
            Text(
                nl="prijspad en uitgangsprijs van de energiedrager",
                en="price path and base price of the carrier",
            ),
        )
    if lost is None:
        terms.lack(
            "klimaschutzvertrag/lost_free_allocation",
            Text(
                nl="gratis rechten die het project tegenover de referentie verliest",
                en="free allowances that the project loses against the reference",
            ),
        )
    if tonnes is None or project.eua is None or lost is None or absent:
        return None
    price: Floats | float = bid.base_contract_price_eur_per_t
    if carriers:
        price = contract_price(
            price,
            energy_per_t=[bid.energy_per_t[name] for name in carriers],
            energy_prices=np.stack(
                np.broadcast_arrays(*(project.prices[name] for name in carriers)), axis=-2
            ),
            base_energy_prices=[bid.energy_prices[name] for name in carriers],
        )
    return payment(price, effective_co2_price(project.eua, tonnes, lost), tonnes * years)


def _reduction_path(bid: Bid | None, terms: Terms) -> tuple[Condition, ...]:
    """The cut in every year from the third on, and in the last year."""
    path = bid.reduction_path if bid else None
    from_third = terms.value("klimaschutzvertrag/reduction_third_year")
    at_end = terms.value("klimaschutzvertrag/reduction_end")
    lowest = None if path is None or path.shape[-1] < 3 else float(np.min(path[..., 2:]))
    last = None if path is None else float(np.min(path[..., -1]))
    return (
        limit_from_below(
            "reduction_third_year",
            Text(
                nl="Vanaf het derde jaar ligt de uitstoot ver genoeg onder de referentie.",
                en="From the third year emissions are far enough below the reference.",
            ),
            lowest,
            from_third,
            "1",
            _CALL,
        ),
        limit_from_below(
            "reduction_end",
            Text(
                nl="In het laatste jaar is de uitstoot vrijwel weg.",
                en="In the last year emissions are almost gone.",
            ),
            last,
            at_end,
            "1",
            _CALL,
        ),
    )


def _capture(project: Project, terms: Terms) -> Condition:
    """Capture of CO2 takes part only where the round lets it."""
    allowed = terms.value("klimaschutzvertrag/ccs_allowed")
    met: bool | None = None
    if project.technique is not None:
        captures = project.technique in (Technique.CCS, Technique.CCU)
        met = (None if allowed is None else allowed > 0) if captures else True
    return Condition(
        id="technique",
        says=Text(
            nl="De ronde staat de techniek toe; afvang van CO2 deed in de eerste ronde niet mee.",
            en="The round admits the technique; capture of CO2 took no part in the first round.",
        ),
        met=met,
        source=_CALL,
        found=project.technique,
    )
