# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Onrendabele top: what a unit of output must bring in for equity to earn its return.

Method     the cash-flow model behind the SDE++ base amounts: a loan in equal yearly payments,
           straight depreciation over the term, cost that rises with inflation, tax on profit.
Takes      investment, yearly cost and output, and how the plant is financed.
Gives      a constant nominal amount per unit: in closed form where tax is a fixed share of every
           result, by halving a bracket where it is not. Shape: that of the inputs without years.
Leaves out long-term prices (`rules/sde.py`), interest during construction, residual value and
           replacement; a term other than that of the loan.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.errors import RuleError, ShapeError

Floats = NDArray[np.float64]
Belasting = Callable[[Floats], Floats]  # taxable result (..., year) [eur] -> tax (..., year) [eur]

# A double has 53 binary digits: after so many halvings, and some for a wide start, nothing moves.
_HALVINGS = 200
_DOUBLINGS = 60


@dataclass(frozen=True)
class Installatiekosten:
    """What the plant costs and makes. Amounts of the price level of the investment.

    `investering` (...) [eur]; `vaste_kosten` (...) [eur/year]; `variabele_kosten` (...) [eur/unit];
    `productie` one number [unit/year], or (..., year) with one year or all years of the term.
    """

    investering: ArrayLike
    vaste_kosten: ArrayLike
    variabele_kosten: ArrayLike
    productie: ArrayLike


@dataclass(frozen=True)
class Financiering:
    """How the plant is paid for. Shares and yearly nominal rates [1]; `looptijd` [year]."""

    vreemd_vermogen: float  # share of the investment that the loan pays
    rente: float
    rendement: float  # on equity, after tax
    inflatie: float
    looptijd: int  # of loan, depreciation and subsidy


def annuiteit(rente: float, looptijd: int) -> float:
    """What must be paid each year on a loan of one euro?  [1/year], first payment after a year

    >>> round(annuiteit(0.08, 15), 6), annuiteit(0.0, 20)
    (0.11683, 0.05)
    """
    if rente == 0.0:
        return 1.0 / looptijd
    return float(rente / -np.expm1(-looptijd * np.log1p(rente)))


def basisbedrag(
    kosten: Installatiekosten, financiering: Financiering, *, belastingtarief: float
) -> Floats:
    """Which amount per unit gives equity its return, when tax is a share of every result?  (...)

    A loss is used elsewhere in the firm in the same year, so the cash flow is a straight line in
    the amount, and the amount follows at once:
    `(equity + PV(cost after tax + payments - tax on interest and depreciation)) / PV(output after
    tax)`.

    Raises
    ------
    RuleError     nothing is made, or tax takes everything: no amount can ever be enough
    ShapeError    the output has another number of years than the term

    >>> plant = Installatiekosten(300, 15, 60, 1)
    >>> financed = Financiering(0.7, 0.04, 0.15, 0.02, 15)
    >>> round(float(basisbedrag(plant, financed, belastingtarief=0.258)), 6)
    121.08303

    Source        instruments, §1.3 of the method of PBL; METHOD §7 (losses elsewhere), §8.
    """
    flow = _yearly(kosten, financiering)
    keeps = 1.0 - belastingtarief
    out = _present(
        flow.cost * keeps + flow.payment - belastingtarief * flow.deducted, financiering.rendement
    )
    made = keeps * _present(flow.output, financiering.rendement)
    _refuse_unless(made)
    needed: Floats = (flow.equity + out) / made
    return needed


def basisbedrag_met_belasting(
    kosten: Installatiekosten, financiering: Financiering, belasting: Belasting
) -> Floats:
    """The same amount under any tax, such as one on profit only with losses carried on.  (...)

    The value of equity rises with the amount. A bracket around the point where it is nought is
    sought and halved until it no longer moves; every case along the leading axes has its own.

    Parameters
    ----------
    belasting : takes the taxable result of all years of the term, gives the tax of each;
        more result may never mean so much more tax that less is left

    Raises
    ------
    RuleError     no amount within reach gives equity its return

    Source        as `basisbedrag`; tax as the caller gives it (Vpb art. 20, 22).
    """
    flow = _yearly(kosten, financiering)
    _refuse_unless(_present(flow.output, financiering.rendement))

    def value(amount: Floats) -> Floats:
        before_tax = amount[..., None] * flow.output - flow.cost
        tax = belasting(before_tax - flow.deducted)
        return _present(before_tax - flow.payment - tax, financiering.rendement) - flow.equity

    low, high = _bracket(value, basisbedrag(kosten, financiering, belastingtarief=0.0))
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        enough = value(middle) >= 0.0
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    found: Floats = 0.5 * (low + high)
    return found


def onrendabele_top(basisbedrag: ArrayLike, langetermijnbedrag: ArrayLike) -> Floats:
    """What part of the base amount does the long-term price not cover?  (...) [eur/unit]

    Not below nil: a plant that earns its return by itself has no unprofitable top.

    Source        RVO, kenmerken SDE++ (base amount less correction amount).
    """
    top: Floats = np.maximum(0.0, np.subtract(basisbedrag, langetermijnbedrag))
    return top


# ── the parts of the sum ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Yearly:
    """All that does not hang on the amount. Years 1 to `looptijd` on the last axis."""

    equity: Floats  # (...) [eur], paid at the start
    output: Floats  # (..., year) [unit]
    cost: Floats  # (..., year) [eur]
    payment: Floats  # (..., year) [eur] on the loan
    deducted: Floats  # (..., year) [eur] interest and depreciation


def _yearly(kosten: Installatiekosten, financiering: Financiering) -> _Yearly:
    term = financiering.looptijd
    years = np.arange(1, term + 1)
    invested = np.asarray(kosten.investering, dtype=np.float64)[..., None]
    output = np.atleast_1d(np.asarray(kosten.productie, dtype=np.float64))
    if output.shape[-1] not in {1, term}:
        raise ShapeError(
            f"the output has {output.shape[-1]} years and the term has {term}.",
            remedy="give one number, or an array whose last axis is one year or the whole term",
        )
    output = output * np.ones(term)
    fixed, variable = (
        np.asarray(each, dtype=np.float64)[..., None]
        for each in (kosten.vaste_kosten, kosten.variabele_kosten)
    )
    loan = financiering.vreemd_vermogen * invested
    payment = loan * annuiteit(financiering.rente, term) * np.ones(term)
    return _Yearly(
        equity=(invested - loan)[..., 0],
        output=output,
        cost=(fixed + variable * output) * (1.0 + financiering.inflatie) ** years,
        payment=payment,
        deducted=_interest(loan, payment, financiering.rente) + invested / term,
    )


def _interest(loan: Floats, payment: Floats, rente: float) -> Floats:
    """Interest of each year on what is left of the loan. (..., year) [eur]"""
    interest = np.zeros(payment.shape)
    left = loan[..., 0]
    for year in range(payment.shape[-1]):
        interest[..., year] = rente * left
        left = left - (payment[..., year] - interest[..., year])
    return interest


def _present(flow: Floats, rate: float) -> Floats:
    """Value at the start of a flow at the end of years 1, 2, ... (...)"""
    years = np.arange(1, flow.shape[-1] + 1)
    worth: Floats = (flow * (1.0 + rate) ** -years).sum(axis=-1)
    return worth


def _bracket(value: Callable[[Floats], Floats], start: Floats) -> tuple[Floats, Floats]:
    """Two amounts with a negative and a positive value, found by ever wider steps from `start`."""
    low, high = np.array(start), np.array(start)
    step = np.maximum(1.0, np.abs(start))
    for _ in range(_DOUBLINGS):
        too_high, too_low = value(low) > 0.0, value(high) < 0.0
        if not (too_high.any() or too_low.any()):
            return low, high
        low, high = np.where(too_high, low - step, low), np.where(too_low, high + step, high)
        step = 2.0 * step
    raise RuleError(
        f"no amount up to {float(np.max(high)):.3g} per unit gives equity its return.",
        remedy="check that tax leaves something of every extra euro of result",
    )


def _refuse_unless(made: Floats) -> None:
    """Refuse a plant whose output earns nothing at any amount."""
    if np.any(~(made > 0.0)):
        raise RuleError(
            f"the output of the term is worth {float(np.min(made))} units after tax, so that no "
            "amount per unit can give equity its return.",
            remedy="give an output above nil and a tax rate below one",
        )
