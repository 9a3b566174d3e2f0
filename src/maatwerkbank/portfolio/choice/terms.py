# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is chosen from, under what, and what comes back; and how a choice is refused.

Takes     nothing.
Gives     the frozen terms of a choice, and its errors.
Leaves    every sum to the modules beside it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.choice.model import Lack

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Track = Literal["standard", "net_zero_guidance"]


# --- what is chosen from, and under what ---------------------------------------------------------


@dataclass(frozen=True)
class Option:
    """A variant of a case with a start year.  Options of one `case` exclude each other.

    additional_t (draw,) [t], over the horizon or in the year that the caller chose;
    public_money_eur (year,) or (year, draw) [eur], what the State receives being negative;
    staff_fte (year,) [fte]; uses: infrastructure -> (year,) [t or MW, as its capacity];
    co_benefits: name -> amount a year in its own unit (`nox_kg`);
    loss (draw,) [t], None: the shortfall.  `requires` names options or cases: of every name at
    least one option must be taken too.
    """

    id: str
    case: str
    start_year: int
    additional_t: Floats
    public_money_eur: Floats
    track: Track = "standard"
    staff_fte: Floats | None = None
    uses: Mapping[str, Floats] = field(default_factory=dict)
    co_benefits: Mapping[str, float] = field(default_factory=dict)
    loss: Floats | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Infrastructure:
    """Something that several options share, such as a CO2 pipeline.

    capacity (year,) [its unit], what is free for the options if it is built; it counts from
    `opening_year` on.  fixed_cost_eur (year,) [eur] falls in the budget where the State pays it.
    """

    id: str
    capacity: Floats
    opening_year: int
    fixed_cost_eur: Floats
    paid_by_state: bool


@dataclass(frozen=True)
class Limits:
    """What there is to choose with.  An infinite budget or staff in a year is no limit.

    years (year,); budget_eur (year,) [eur] on the expected public money, with `carry_over` what is
    left of a year may be spent later; staff_fte (year,) [fte]; co_benefit_weights: name -> [t per
    unit a year]; risk_aversion [t per t]; cvar_level, the share of draws that is not the tail.
    `must_take` names options that are in any choice; `at_least_t` [t] and `cvar_at_most` bound the
    expected tonnes and the risk themselves.
    """

    years: Ints
    budget_eur: Floats
    carry_over: bool = False
    staff_fte: Floats | None = None
    infrastructure: tuple[Infrastructure, ...] = ()
    co_benefit_weights: Mapping[str, float] = field(default_factory=dict)
    risk_aversion: float = 0.0
    cvar_level: float = 0.95
    cvar_at_most: float | None = None
    at_least_t: float | None = None
    must_take: tuple[str, ...] = ()


# --- what comes back -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Value:
    """A set of options by our own arithmetic.

    objective_t, additional_t, co_benefits_t, cvar [t]; co_benefits by name, a year; spent_eur
    (year,) with the fixed cost that the State pays; staff_fte (year,); used: infrastructure ->
    (year,).  `breaks` says which limits are broken; empty for any `Choice`.
    """

    options: tuple[str, ...]
    objective_t: float
    additional_t: float
    additional_by_track_t: Mapping[str, float]
    co_benefits: Mapping[str, float]
    co_benefits_t: float
    cvar: float
    spent_eur: Floats
    staff_fte: Floats
    used: Mapping[str, Floats]
    built: tuple[str, ...]
    breaks: tuple[Text, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return _plain(self)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class LeftOut:
    """An option that was not taken, and why."""

    option: str
    reason: Text


@dataclass(frozen=True)
class Choice:
    """The best choice that was found.  None is worth more than `bound_t`; `gap` is relative."""

    options: tuple[str, ...]
    value: Value
    bound_t: float
    gap: float
    left_out: tuple[LeftOut, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return _plain(self)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class ByPrice:
    """What buying the cheapest tonnes first takes, in the order of buying, and what it refuses."""

    options: tuple[str, ...]
    eur_per_t: Mapping[str, float]
    value: Value
    left_out: tuple[LeftOut, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return _plain(self)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class ShadowPrice:
    """What more of one limit is worth, by solving again.

    `more` [unit] is what was added, summed over the years; gain_t what that was worth, and
    gain_at_most_t what it can be worth at the gap that was asked for.  `enters` and `leaves` are
    the options that come and go.
    """

    limit: str
    unit: str
    more: float
    gain_t: float
    gain_at_most_t: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def gain_per_unit(self) -> float:
        """[t per unit]"""
        return self.gain_t / self.more

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**_plain(self), "gain_per_unit": self.gain_per_unit}


@dataclass(frozen=True)
class Drawn:
    """The arrays of one option, made anew; as in `Option`."""

    additional_t: Floats
    public_money_eur: Floats
    loss: Floats | None = None


Revalue = Callable[[tuple[str, ...]], Mapping[str, Drawn]]


class ChoiceRefused(PortfolioError):
    """The options or the limits do not hold together. `findings` holds every reason."""

    code = "choice.refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(
            f"the choice has {len(errors)} error(s), the first at {errors[0].place}: "
            f"{errors[0].found_text()}.",
            remedy=str(errors[0].remedy) or "mend every finding; `check_choice` lists them",
        )


class NoChoice(PortfolioError):
    """No set of options keeps all limits. `lacks` says which ones would have to give way."""

    code = "choice.none"

    def __init__(self, lacking: tuple[Lack, ...]) -> None:
        self.lacks = lacking
        told = "; ".join(
            f"{lack.limit}{'' if lack.year is None else f' {lack.year}'} lacks {lack.amount:,.6g}"
            for lack in lacking
        )
        super().__init__(
            f"no choice keeps all limits: {told or 'what must be taken contradicts itself'}.",
            remedy="widen those limits by as much, or take names out of must_take",
        )


class ChoiceNotConfirmed(PortfolioError):
    """Our own valuation of a choice differs from the solver's; such a choice is never returned."""

    code = "choice.not-confirmed"

    def __init__(self, what: str, solver: float, ours: float) -> None:
        super().__init__(
            f"{what}: the solver says {solver:.12g}, our own valuation {ours:.12g}.",
            remedy="do not use this choice; report the options and limits with which it arose",
        )


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, Text):
        return {"nl": value.nl, "en": value.en}
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray) else value
