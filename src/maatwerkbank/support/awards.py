# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Support that was awarded elsewhere, per tonne, beside what was said about it.

Takes     `parameters/awards/known.yaml`: public money, tonnes and years as published, with source.
Gives     euros per tonne, four ways, and whether a stated figure agrees with its own parts: as
          functions of arrays, and for each award as far as its source goes.
Leaves    awards in cases of this program to `economics`, which knows tonnes by year.

A figure that the source does not give stays None, and so does what would follow from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.economics.discounting import capital_recovery_factor
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import Citation, citation_of, content_of, folder_of

Floats = NDArray[np.float64]

# A published figure is rounded; a difference beyond this share is not rounding.
ROUNDED = 0.05


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def per_tonne(money: ArrayLike, tonnes: ArrayLike) -> Floats:
    """Money over tonnes, undiscounted.  (...) [eur/t]

    Source    METHOD §8.
    """
    return np.asarray(np.divide(money, tonnes), dtype=np.float64)


def per_tonne_over(money: ArrayLike, tonnes_a_year: ArrayLike, years: ArrayLike) -> Floats:
    """Money over the tonnes of a number of years, undiscounted.  (...) [eur/t]

    Source    METHOD §8.
    """
    return per_tonne(money, np.multiply(tonnes_a_year, years))


def annuity_per_tonne(money: float, tonnes_a_year: float, *, rate: float, years: int) -> float:
    """Money per tonne as an ordinary annuity, first term after one year. [eur/t]

    Source    METHOD §8.
    """
    return float(per_tonne(money, tonnes_a_year)) * capital_recovery_factor(rate, years)


def share_of(part: ArrayLike, whole: ArrayLike) -> Floats:
    """Which part of the whole the State pays.  (...) [1]"""
    return np.asarray(np.divide(part, whole), dtype=np.float64)


def gap_behind(money: ArrayLike, share_of_gap: ArrayLike) -> Floats:
    """The funding gap behind an award that is said to cover a share of it.  (...) [eur]"""
    return np.asarray(np.divide(money, share_of_gap), dtype=np.float64)


def pot(by_year: ArrayLike) -> Floats:
    """What a budget by year comes to.  (..., year) -> (...) [eur]"""
    return np.asarray(np.sum(by_year, axis=-1), dtype=np.float64)


def contradicts(stated: ArrayLike, computed: ArrayLike) -> NDArray[np.bool_]:
    """Whether a stated figure differs from its own parts by more than rounding.  (...)"""
    return ~np.isclose(stated, computed, rtol=ROUNDED, atol=0.0)


# ── awards ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Award:
    """One award as published. A range of money is kept as its two ends."""

    id: str
    name: Text
    country: str
    instrument: str
    state_money_eur: float | None
    low_eur: float | None
    high_eur: float | None
    investment_eur: float | None
    tonnes_per_year: float | None
    tonnes_total: float | None
    years: float | None
    paid_by_year: dict[int, float]
    stated: dict[str, float]
    citation: Citation
    note: Text | None

    @property
    def all_tonnes(self) -> float | None:
        """Tonnes over the whole term, as published or yearly tonnes times years. [t]"""
        if self.tonnes_total is not None:
            return self.tonnes_total
        if self.tonnes_per_year is None or self.years is None:
            return None
        return self.tonnes_per_year * self.years

    @property
    def eur_per_yearly_t(self) -> float | None:
        """Money per tonne of one year. [eur/t a year]"""
        return _of_known(per_tonne, self.state_money_eur, self.tonnes_per_year)

    @property
    def eur_per_t(self) -> float | None:
        """Money per tonne over the term, undiscounted. [eur/t]"""
        return _of_known(per_tonne, self.state_money_eur, self.all_tonnes)

    def eur_per_t_over(self, years: int) -> float | None:
        """Money per tonne over a number of years, undiscounted. [eur/t]"""
        return _of_known(per_tonne_over, self.state_money_eur, self.tonnes_per_year, years)

    def annuity_per_t(self, years: int, rate: float) -> float | None:
        """Money per tonne as an ordinary annuity, first term after one year. [eur/t]"""
        money, tonnes = self.state_money_eur, self.tonnes_per_year
        if money is None or tonnes is None:
            return None
        return annuity_per_tonne(money, tonnes, rate=rate, years=years)

    @property
    def public_share(self) -> float | None:
        """Part of the investment that the State pays. [1]"""
        return _of_known(share_of, self.state_money_eur, self.investment_eur)

    @property
    def gap_eur(self) -> float | None:
        """The funding gap behind an award that is said to cover a share of it. [eur]"""
        return _of_known(gap_behind, self.state_money_eur, self.stated.get("share_of_gap"))

    @property
    def contradicts_itself(self) -> bool | None:
        """Whether the stated amount per tonne differs from its parts by more than rounding."""
        stated, computed = self.stated.get("eur_per_t"), self.eur_per_t
        if stated is None or computed is None:
            return None
        return bool(contradicts(stated, computed))


def _of_known(sum_of: Callable[..., Floats], *figures: float | None) -> float | None:
    """A sum of figures that are all given; None where one is not."""
    return None if None in figures else float(sum_of(*figures))


@cache
def known_awards() -> dict[str, Award]:
    """Every award in the file, by its id, in the order of the file."""
    content = content_of(folder_of("awards") / "known.yaml")
    return {row["id"]: _award(row) for row in content["awards"]}


def _award(row: dict[str, Any]) -> Award:
    money = row.get("state_money_eur")
    ends = money if isinstance(money, dict) else {"low": money, "high": money}
    return Award(
        id=row["id"],
        name=Text(**row["name"]),
        country=row["country"],
        instrument=row["instrument"],
        state_money_eur=None if isinstance(money, dict) else money,
        low_eur=ends["low"],
        high_eur=ends["high"],
        investment_eur=row.get("investment_eur"),
        tonnes_per_year=row.get("tonnes_per_year"),
        tonnes_total=row.get("tonnes_total"),
        years=row.get("years"),
        paid_by_year=dict(row.get("paid_by_year", {})),
        stated=dict(row.get("stated", {})),
        citation=citation_of(row["source"]),
        note=Text(**row["note"]) if "note" in row else None,
    )
