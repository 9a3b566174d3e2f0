# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Support that follows a price: what an awarded contract pays in each year of a run.

Takes     the frame, an award with a contract.
Gives     (year,) euros, nominal; negative where a two-sided contract takes back.
Leaves    the rules to `rules/sde` (one side, carrying over) and `rules/maatwerksubsidie` (two).
"""

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.frame import Frame, eua_path
from maatwerkbank.plant.case import Award, Measure, PriceContract
from maatwerkbank.plant.quantities import Floats
from maatwerkbank.rules.maatwerksubsidie import contract_payment
from maatwerkbank.rules.sde import subsidiabele_productie, subsidie


def paid_along(frame: Frame, award: Award, contract: PriceContract, place: str) -> Floats:
    """What the contract of `award` pays, `award.amount` at most in all. (year,) [eur, nominal]

    A project that is late is paid later: the term starts when it works.
    """
    term = contract_term(frame, award, contract)
    volume = counted(frame, contract, place, term, project_works(frame, award))
    reference = contract.price_share * price_of(frame, contract.price)
    strike = frame.money(contract.strike, f"{place}.contract.strike")
    if contract.kind == "one_sided":
        floor = frame.nothing
        if contract.floor:
            floor = frame.money(contract.floor, f"{place}.contract.floor")
        due = subsidie(strike, reference, floor, volume)
    else:
        due = contract_payment(strike, reference, volume)
    most = award.amount.scalar(frame.picks.of(f"{place}.amount"))
    return within_limits(due, most, beyond_paid=contract.beyond_paid)


def contract_term(frame: Frame, award: Award, contract: PriceContract) -> NDArray[np.bool_]:
    """In which years the contract pays: from when the project works, within its deadline."""
    first = _project(frame, award).first_year
    term = (frame.years >= first) & (frame.years < first + contract.term_years)
    deadline = award.deadline
    if deadline and deadline.then == "shortened":
        term &= frame.years < deadline.first_year + contract.term_years
    if deadline and deadline.then == "lapses":
        term &= first <= deadline.first_year
    return term


def _project(frame: Frame, award: Award) -> Measure:
    return next(each for each in frame.case.projects if each.id == award.project)


def project_works(frame: Frame, award: Award) -> Floats:
    """1 in the years in which the project of an award works. (year,)"""
    return frame.operating(_project(frame, award))


def price_of(frame: Frame, carrier: str) -> Floats:
    """The price that a contract is set against. (year,) [eur per MWh or t]"""
    return eua_path(frame) if carrier == "eua" else frame.price(carrier)


def counted(
    frame: Frame, contract: PriceContract, place: str, term: NDArray[np.bool_], works: Floats
) -> Floats:
    """The volume that counts in each year, with what is carried over. (year,) [MWh or t]"""
    made = frame.quantity(contract.volume, f"{place}.contract.volume") * works
    if contract.most_a_year is None:
        return np.where(term, made, 0.0)
    most = frame.quantity(contract.most_a_year, f"{place}.contract.most_a_year")
    waiting = contract.carried_over * float(most.max())
    return subsidiabele_productie(np.where(term, made, 0.0), np.where(term, most, 0.0), waiting)


def within_limits(due: Floats, most: float, *, beyond_paid: bool) -> Floats:
    """Payments that together stay at or below `most`, and above nil unless more may come back.

    >>> within_limits(np.array([60.0, 60.0, -150.0]), 100.0, beyond_paid=False).tolist()
    [60.0, 40.0, -100.0]
    """
    kept = np.zeros(len(due))
    balance = 0.0
    for year, amount in enumerate(due):
        least = -np.inf if beyond_paid else -balance
        kept[year] = max(min(amount, most - balance), least)
        balance += kept[year]
        if not beyond_paid:
            # What is added and taken off again may leave dust; a balance is never below nil.
            balance = max(0.0, balance)
    return kept
