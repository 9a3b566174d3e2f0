# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which cases, in which variant and with which start year, under the limits that there are?

Takes     options as plain arrays over year and draw, and the limits: yearly budget, staff, shared
          infrastructure, what excludes and what needs what, and how much risk weighs.
Gives     the best choice with the bound that none exceeds, the frontier of tonnes against risk,
          what more of a limit is worth, and what buying by euro per tonne would have chosen.
Leaves    where the arrays come from to the caller; `revalue` lets it value an answer once more.

METHOD §12.  What is maximised, in tonnes:

    E[additional tonnes] + Σ weight · co-benefit - risk_aversion · CVaR(loss)

The loss of an option in a draw is, unless the caller gives another, its *shortfall*: expected minus
drawn additional tonnes.  The losses of a choice add up per draw before the worst draws are sought,
so that options that fail in different draws spread the risk.  A loss in another unit (minus the
value to the State [eur]) may be given; `risk_aversion` then carries the unit t per unit of loss.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.choice_model import (
    Lack,
    Programme,
    Solved,
    expected_shortfall,
    lacks,
    solve,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Track = Literal["standard", "net_zero_guidance"]

GAP = 1e-4
# How far the solver's value of a choice, or its limits, may lie from our own, relative.
AGREES = 1e-6
# One unit more of a limit that is zero everywhere, where one per cent more would be nothing.
ONE_UNIT = {"budget": 1e6, "staff": 1.0}


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


# --- the questions -------------------------------------------------------------------------------


def choose(
    options: Sequence[Option],
    limits: Limits,
    *,
    gap: float = GAP,
    revalue: Revalue | None = None,
) -> Choice:
    """The choice that is worth most, to within the relative `gap`.

    Options with figures that are no numbers are left out and named in `left_out`.  The answer is
    valued again from the arrays, and with `revalue` from arrays made anew.

    Raises
    ------
    ChoiceRefused        findings in options or limits
    NoChoice             no set of options keeps the limits
    ChoiceNotConfirmed   the solver and our own valuation disagree
    """
    usable, left_out = _checked(options, limits)
    found = _best(usable, limits, gap=gap, revalue=revalue)
    return replace(found, left_out=left_out)


def frontier(
    options: Sequence[Option],
    limits: Limits,
    *,
    points: int = 11,
    gap: float = GAP,
    revalue: Revalue | None = None,
) -> tuple[Choice, ...]:
    """Most tonnes (with weighted co-benefits) for every amount of risk, least risk first.

    The risk is bounded at `points` even steps between the least that there is and that of the
    choice that does not look at it, which also finds choices that no `risk_aversion` finds.  Equal
    choices stand there once, dominated ones not; `risk_aversion` and `cvar_at_most` of the limits
    play no part.  Raises as `choose`.
    """
    usable, left_out = _checked(options, limits)
    blind = replace(limits, risk_aversion=0.0, cvar_at_most=None)
    boldest = _best(usable, blind, gap=gap, revalue=revalue)
    least = _least_risk(usable, blind, gap)
    found = [boldest]
    for most in np.linspace(least, boldest.value.cvar, points)[:-1]:
        slack = AGREES * max(abs(least), abs(boldest.value.cvar))
        bounded = replace(blind, cvar_at_most=float(most) + slack)
        found.append(_best(usable, bounded, gap=gap, revalue=revalue))
    return tuple(replace(choice, left_out=left_out) for choice in _undominated(found))


def shadow_prices(
    options: Sequence[Option], limits: Limits, *, more: float = 0.01, gap: float = 1e-9
) -> tuple[ShadowPrice, ...]:
    """What `more` (a share; 0.01 is one per cent in every year) of each limit is worth.

    By solving again with that limit widened, so the numbers hold for whole projects, and a limit
    may be worth nothing until there is enough of it.  A limit that is zero gets one unit a year
    more (1 million EUR, 1 fte, 1 t or MW).  Raises as `choose`.
    """
    usable, _ = _checked(options, limits)
    base = _best(usable, limits, gap=gap)
    return tuple(
        _shadow_price(usable, base, widened, limit, unit, added, gap)
        for limit, unit, widened, added in _widened(limits, more)
    )


def cheapest_first(options: Sequence[Option], limits: Limits) -> ByPrice:
    """What one gets by buying the cheapest tonnes first until nothing more fits.

    Shown beside the best choice, so that people see where a list by euro per tonne goes wrong:
    it pays a pipeline for the first user alone, and takes a cheap small variant of a case where a
    dearer one saves more.  An option waits for what it requires.  `must_take`, `at_least_t` and
    risk play no part.  Raises ChoiceRefused.
    """
    usable, unusable = _checked(options, limits)
    price = {o.id: _eur_per_t(o) for o in usable if float(np.mean(o.additional_t)) > 0.0}
    waiting = sorted((o for o in usable if o.id in price), key=lambda o: (price[o.id], o.id))
    taken: list[Option] = []
    refused: dict[str, Text] = {}
    bare = replace(limits, must_take=(), at_least_t=None, cvar_at_most=None)
    while True:
        refused.clear()
        for option in waiting:
            reason = _refusal(option, taken, bare)
            if reason is None:
                taken.append(option)
                waiting.remove(option)
                break
            refused[option.id] = reason
        else:
            break
    return ByPrice(
        options=tuple(o.id for o in taken),
        eur_per_t=price,
        value=value_of(taken, limits),
        left_out=(
            *(LeftOut(o.id, NO_TONNES) for o in usable if o.id not in price),
            *(LeftOut(name, reason) for name, reason in refused.items()),
            *unusable,
        ),
    )


# --- our own valuation ---------------------------------------------------------------------------


def value_of(taken: Sequence[Option], limits: Limits) -> Value:
    """What these options are worth together, and which limits they break.

    Plain sums over the options one by one; shares no line with the model of the solver, except
    what an expected shortfall is.
    """
    years = len(limits.years)
    tonnes = {o.id: float(np.mean(o.additional_t)) for o in taken}
    by_track: dict[str, float] = {}
    co_benefits: dict[str, float] = {}
    spent, staff = np.zeros(years), np.zeros(years)
    used: dict[str, Floats] = {}
    lost: Floats | None = None
    for option in taken:
        by_track[option.track] = by_track.get(option.track, 0.0) + tonnes[option.id]
        for name, amount in option.co_benefits.items():
            co_benefits[name] = co_benefits.get(name, 0.0) + amount
        spent = spent + _expected(option.public_money_eur)
        staff = staff if option.staff_fte is None else staff + option.staff_fte
        for name, amounts in option.uses.items():
            used[name] = used.get(name, np.zeros(years)) + amounts
        lost = _loss(option) if lost is None else lost + _loss(option)
    built = tuple(k.id for k in limits.infrastructure if np.any(used.get(k.id, 0.0) > 0.0))
    for k in limits.infrastructure:
        if k.id in built and k.paid_by_state:
            spent = spent + k.fixed_cost_eur
    additional = float(sum(tonnes.values()))
    weights = limits.co_benefit_weights
    weighted = float(sum(w * co_benefits.get(name, 0.0) for name, w in weights.items()))
    cvar = 0.0 if lost is None else expected_shortfall(lost, limits.cvar_level)
    value = Value(
        options=tuple(o.id for o in taken),
        objective_t=additional + weighted - limits.risk_aversion * cvar,
        additional_t=additional,
        additional_by_track_t=by_track,
        co_benefits=co_benefits,
        co_benefits_t=weighted,
        cvar=cvar,
        spent_eur=spent,
        staff_fte=staff,
        used=used,
        built=built,
        breaks=(),
    )
    return replace(value, breaks=tuple(_breaks(value, taken, limits)))


def _breaks(value: Value, taken: Sequence[Option], limits: Limits) -> Iterator[Text]:
    """Every limit that the options break together."""
    spent, budget = value.spent_eur, limits.budget_eur
    if limits.carry_over:
        spent, budget = np.cumsum(spent), np.cumsum(budget)
    yield from _over(Text(nl="budget", en="budget"), "EUR", spent, budget, limits.years)
    if limits.staff_fte is not None:
        staff = Text(nl="personeel", en="staff")
        yield from _over(staff, "fte", value.staff_fte, limits.staff_fte, limits.years)
    for k in limits.infrastructure:
        if k.id in value.built:
            name = Text(nl=f"capaciteit van {k.id}", en=f"capacity of {k.id}")
            yield from _over(name, "", value.used[k.id], _open_capacity(k, limits), limits.years)
    names = set(value.options)
    cases = Counter(option.case for option in taken)
    for case, count in cases.items():
        if count > 1:
            yield Text(nl=f"{count} varianten van {case}", en=f"{count} variants of {case}")
    for option in taken:
        for need in option.requires:
            if need not in names and need not in cases:
                yield Text(nl=f"{option.id} vereist {need}", en=f"{option.id} requires {need}")
    for must in limits.must_take:
        if must not in names:
            yield Text(nl=f"{must} is verplicht", en=f"{must} must be taken")
    if limits.at_least_t is not None and _exceeds(limits.at_least_t, value.additional_t):
        yield Text(
            nl=f"ten minste {limits.at_least_t:.6g} t gevraagd, {value.additional_t:.6g} t bereikt",
            en=f"at least {limits.at_least_t:.6g} t asked, {value.additional_t:.6g} t reached",
        )
    if limits.cvar_at_most is not None and _exceeds(value.cvar, limits.cvar_at_most):
        yield Text(
            nl=f"risico {value.cvar:.6g}, ten hoogste {limits.cvar_at_most:.6g}",
            en=f"risk {value.cvar:.6g}, at most {limits.cvar_at_most:.6g}",
        )


def _over(what: Text, unit: str, asked: Floats, most: Floats, years: Ints) -> Iterator[Text]:
    """The years in which more is asked than there is, beyond rounding."""
    for year, a, m in zip(years, asked, most, strict=True):
        if _exceeds(float(a), float(m)):
            numbers = f"{a:,.6g} > {m:,.6g} {unit}".rstrip()
            yield Text(nl=f"{what.nl} {year}: {numbers}", en=f"{what.en} {year}: {numbers}")


def _exceeds(asked: float, most: float) -> bool:
    return asked - most > AGREES * max(abs(asked), abs(most)) if np.isfinite(most) else False


def _expected(money: Floats) -> Floats:
    """(year,) or (year, draw) -> (year,) [eur]"""
    return money.mean(axis=1) if money.ndim == 2 else money


def _loss(option: Option) -> Floats:
    """(draw,) [t]; the shortfall where the option has no loss of its own."""
    if option.loss is not None:
        return option.loss
    return np.asarray(np.mean(option.additional_t) - option.additional_t)


def _open_capacity(k: Infrastructure, limits: Limits) -> Floats:
    return np.where(limits.years >= k.opening_year, k.capacity, 0.0)


def _eur_per_t(option: Option) -> float:
    return float(_expected(option.public_money_eur).sum() / np.mean(option.additional_t))


# --- solving and confirming ----------------------------------------------------------------------


def _best(
    usable: Sequence[Option], limits: Limits, *, gap: float, revalue: Revalue | None = None
) -> Choice:
    if not usable:
        return _nothing(limits)
    ordered = sorted(usable, key=lambda option: option.id)
    programme = programme_of(ordered, limits)
    solved = solve(programme, gap=gap)
    if solved is None:
        raise NoChoice(_lacking(ordered, limits, gap))
    taken = [option for option, take in zip(ordered, solved.take, strict=True) if take]
    value = value_of(taken, limits)
    _confirm("the worth of the choice", solved, value, limits)
    if revalue is not None:
        anew = [_made_anew(o, drawn) for o, drawn in _pairs(taken, revalue)]
        _confirm("the worth of the choice made anew", solved, value_of(anew, limits), limits)
    bound = max(solved.bound, value.objective_t)
    apart = bound - value.objective_t
    return Choice(
        options=value.options,
        value=value,
        bound_t=bound,
        gap=apart / abs(value.objective_t) if value.objective_t else float(apart > 0.0),
        left_out=(),
    )


def _lacking(ordered: Sequence[Option], limits: Limits, gap: float) -> tuple[Lack, ...]:
    """What the limits lack; the bound on risk only where the others allow a choice without it."""
    blind = replace(limits, risk_aversion=0.0, cvar_at_most=None)
    broken = lacks(programme_of(ordered, blind))
    if broken is None or broken or limits.cvar_at_most is None:
        return broken or ()
    return (Lack("cvar", None, _least_risk(ordered, blind, gap) - limits.cvar_at_most),)


def _nothing(limits: Limits) -> Choice:
    """The empty choice, where there is nothing to choose from.  Raises NoChoice."""
    value = value_of((), limits)
    if limits.at_least_t:
        raise NoChoice((Lack("target", None, limits.at_least_t),))
    if limits.cvar_at_most is not None and limits.cvar_at_most < 0.0:
        raise NoChoice((Lack("cvar", None, -limits.cvar_at_most),))
    return Choice(options=(), value=value, bound_t=0.0, gap=0.0, left_out=())


def _confirm(what: str, solved: Solved, value: Value, limits: Limits) -> None:
    """Our own valuation must give what the solver gives, and keep every limit."""
    # Tonnes and risk may nearly cancel: what they are made of sets the scale.
    risk = limits.risk_aversion * abs(value.cvar)
    scale = max(abs(value.additional_t) + abs(value.co_benefits_t) + risk, abs(solved.objective))
    if not abs(solved.objective - value.objective_t) <= AGREES * scale:
        raise ChoiceNotConfirmed(what, solved.objective, value.objective_t)
    if value.breaks:
        raise ChoiceNotConfirmed(f"{what} ({value.breaks[0]})", 0.0, float(len(value.breaks)))


def _pairs(taken: Sequence[Option], revalue: Revalue) -> list[tuple[Option, Drawn]]:
    drawn = revalue(tuple(option.id for option in taken))
    return [(option, drawn[option.id]) for option in taken]


def _made_anew(option: Option, drawn: Drawn) -> Option:
    return replace(
        option,
        additional_t=drawn.additional_t,
        public_money_eur=drawn.public_money_eur,
        loss=drawn.loss,
    )


def programme_of(options: Sequence[Option], limits: Limits) -> Programme:
    """What the solver sees: the arrays of all options side by side, in the order given.

    For options and limits that `check_choice` finds nothing against.
    """
    years, shared = len(limits.years), limits.infrastructure
    nothing = np.zeros(years)
    positions = {option.id: n for n, option in enumerate(options)}
    tonnes = np.array([float(np.mean(o.additional_t)) for o in options])
    weighted = [
        sum(w * o.co_benefits.get(name, 0.0) for name, w in limits.co_benefit_weights.items())
        for o in options
    ]
    return Programme(
        options=tuple(o.id for o in options),
        cases=tuple(o.case for o in options),
        infrastructure=tuple(k.id for k in shared),
        years=limits.years,
        gain=tonnes + np.array(weighted),
        tonnes=tonnes,
        loss=np.array([_loss(o) for o in options]),
        money=np.array([_expected(o.public_money_eur) for o in options]),
        staff=np.array([nothing if o.staff_fte is None else o.staff_fte for o in options]),
        uses=np.array([[o.uses.get(k.id, nothing) for k in shared] for o in options]).reshape(
            len(options), len(shared), years
        ),
        needs=tuple(
            (n, tuple(m for m, other in enumerate(options) if need in (other.id, other.case)))
            for n, option in enumerate(options)
            for need in option.requires
        ),
        must_take=tuple(positions[name] for name in limits.must_take),
        budget=limits.budget_eur,
        carry_over=limits.carry_over,
        staff_at_most=limits.staff_fte,
        capacity=np.array([_open_capacity(k, limits) for k in shared]).reshape(-1, years),
        fixed=np.array([k.fixed_cost_eur if k.paid_by_state else nothing for k in shared]).reshape(
            -1, years
        ),
        risk_aversion=limits.risk_aversion,
        level=limits.cvar_level,
        cvar_at_most=limits.cvar_at_most,
        at_least_t=limits.at_least_t,
    )


def _least_risk(usable: Sequence[Option], limits: Limits, gap: float) -> float:
    """The smallest expected shortfall that any choice has."""
    if not usable:
        return 0.0
    ordered = sorted(usable, key=lambda option: option.id)
    programme = replace(programme_of(ordered, limits), risk_aversion=1.0)
    solved = solve(replace(programme, gain=np.zeros(len(ordered))), gap=gap)
    if solved is None:
        raise NoChoice(())
    return value_of([o for o, take in zip(ordered, solved.take, strict=True) if take], limits).cvar


def _undominated(choices: Sequence[Choice]) -> list[Choice]:
    """Distinct choices of which none has both less risk and more tonnes beside it, by risk."""
    kept: list[Choice] = []
    for choice in sorted(choices, key=lambda c: (c.value.cvar, -c.value.objective_t)):
        if not kept or choice.value.objective_t > kept[-1].value.objective_t:
            kept.append(choice)
    return kept


# --- more of a limit -----------------------------------------------------------------------------


def _widened(limits: Limits, more: float) -> Iterator[tuple[str, str, Limits, float]]:
    """Every limit with its unit, the limits with that one widened, and what was added in all."""
    added = _added(limits.budget_eur, more, ONE_UNIT["budget"])
    if added.any():
        wider = replace(limits, budget_eur=limits.budget_eur + added)
        yield "budget", "EUR", wider, float(added.sum())
    if limits.staff_fte is not None:
        added = _added(limits.staff_fte, more, ONE_UNIT["staff"])
        if added.any():
            wider = replace(limits, staff_fte=limits.staff_fte + added)
            yield "staff", "fte", wider, float(added.sum())
    for n, k in enumerate(limits.infrastructure):
        open_years = limits.years >= k.opening_year
        added = np.where(open_years, _added(_open_capacity(k, limits), more, 1.0), 0.0)
        if added.any():
            wider_k = replace(k, capacity=k.capacity + added)
            shared = (*limits.infrastructure[:n], wider_k, *limits.infrastructure[n + 1 :])
            yield k.id, "t or MW", replace(limits, infrastructure=shared), float(added.sum())
    if limits.cvar_at_most is not None:
        extra = more * abs(limits.cvar_at_most) or 1.0
        wider = replace(limits, cvar_at_most=limits.cvar_at_most + extra)
        yield "cvar_at_most", "t", wider, extra


def _added(limit: Floats, more: float, one_unit: float) -> Floats:
    """(year,) the share of a limit, or one unit a year where the limit is zero in all years."""
    finite = np.where(np.isfinite(limit), limit, 0.0)
    if finite.any():
        return np.asarray(more * finite)
    return np.where(np.isfinite(limit), one_unit, 0.0)


def _shadow_price(
    usable: Sequence[Option],
    base: Choice,
    widened: Limits,
    limit: str,
    unit: str,
    added: float,
    gap: float,
) -> ShadowPrice:
    found = _best(usable, widened, gap=gap)
    before, after = base.value.objective_t, found.value.objective_t
    # The old choice is still allowed: within the gap the solver may come back with less.
    kept = base if after < before else found
    return ShadowPrice(
        limit=limit,
        unit=unit,
        more=added,
        gain_t=kept.value.objective_t - before,
        gain_at_most_t=max(found.bound_t, before) - before,
        enters=tuple(sorted(set(kept.options) - set(base.options))),
        leaves=tuple(sorted(set(base.options) - set(kept.options))),
    )


# --- buying by price -----------------------------------------------------------------------------

NO_TONNES = Text(
    nl="geen additionele tonnen naar verwachting", en="no additional tonnes are expected"
)


def _refusal(option: Option, taken: Sequence[Option], limits: Limits) -> Text | None:
    """Why the option cannot be bought beside what was bought already; None where it can."""
    same = next((other.id for other in taken if other.case == option.case), None)
    if same is not None:
        return Text(
            nl=f"van {option.case} is {same} al gekozen, dat goedkoper is per ton",
            en=f"of {option.case}, {same} was chosen already, which is cheaper per tonne",
        )
    breaks = value_of([*taken, option], limits).breaks
    return breaks[0] if breaks else None


# --- input ---------------------------------------------------------------------------------------


def _checked(options: Sequence[Option], limits: Limits) -> tuple[list[Option], tuple[LeftOut, ...]]:
    """The options that can be computed with, and those that cannot.  Raises ChoiceRefused."""
    findings = check_choice(options, limits)
    if has_errors(findings):
        raise ChoiceRefused(findings)
    left_out = _unusable(options)
    return [option for option in options if option.id not in left_out], tuple(
        LeftOut(name, reason) for name, reason in left_out.items()
    )


def check_choice(options: Sequence[Option], limits: Limits) -> tuple[Finding, ...]:
    """Everything that is wrong with the options and the limits, at once; empty when nothing is."""
    return (
        *_check_limits(limits),
        *_check_names(options, limits),
        *_check_arrays(options, limits),
        *_check_must_take(options, limits),
        *(_left_out_finding(name, reason) for name, reason in _unusable(options).items()),
    )


def _finding(code: str, place: str, expected: Text, found: object, remedy: Text) -> Finding:
    told = found if isinstance(found, Text) else str(found)
    return Finding("error", f"choice.{code}", place, expected, told, remedy)


def _left_out_finding(name: str, reason: Text) -> Finding:
    return Finding(
        "warning",
        "choice.left-out",
        f"options.{name}",
        Text(nl="eindige getallen in elke trekking", en="finite numbers in every draw"),
        reason,
        Text(
            nl="de optie doet niet mee; geef de ontbrekende figuren van de casus",
            en="the option plays no part; give the missing figures of the case",
        ),
    )


def _unusable(options: Sequence[Option]) -> dict[str, Text]:
    """Options whose figures are no numbers, and those that need one of them; with the reason."""
    reasons: dict[str, Text] = {}
    for option in options:
        broken = [name for name, array in _figures(option) if not np.all(np.isfinite(array))]
        if broken:
            what = ", ".join(broken)
            reasons[option.id] = Text(
                nl=f"geen getal in {what}", en=f"{what} is not a number somewhere"
            )
    known = {name for o in options for name in (o.id, o.case)}
    before = -1
    while len(reasons) != before:
        before = len(reasons)
        there = {name for o in options if o.id not in reasons for name in (o.id, o.case)}
        for option in options:
            absent = [need for need in option.requires if need in known - there]
            if absent and option.id not in reasons:
                reasons[option.id] = Text(
                    nl=f"vereist {absent[0]}, dat zelf afvalt",
                    en=f"requires {absent[0]}, which is left out itself",
                )
    return reasons


def _figures(option: Option) -> Iterator[tuple[str, Floats]]:
    yield "additional_t", np.asarray(option.additional_t)
    yield "public_money_eur", np.asarray(option.public_money_eur)
    if option.staff_fte is not None:
        yield "staff_fte", np.asarray(option.staff_fte)
    if option.loss is not None:
        yield "loss", np.asarray(option.loss)
    for name, amounts in option.uses.items():
        yield f"uses.{name}", np.asarray(amounts)
    for name, amount in option.co_benefits.items():
        yield f"co_benefits.{name}", np.asarray(amount)


AT_LEAST_ZERO = Text(nl="nul of meer", en="zero or more")
GIVE_YEARS = Text(
    nl="geef één bedrag per jaar van `years`, in die volgorde",
    en="give one amount per year of `years`, in that order",
)
RAISE_TO_ZERO = Text(
    nl="zet het op nul of meer; oneindig betekent geen grens",
    en="set it to zero or more; infinite means no limit",
)


def _check_limits(limits: Limits) -> Iterator[Finding]:
    years = np.asarray(limits.years)
    if not len(years) or np.any(np.diff(years) <= 0):
        yield _finding(
            "years",
            "limits.years",
            Text(nl="oplopende jaren", en="years in ascending order"),
            list(years),
            Text(nl="noem elk jaar eenmaal, oplopend", en="name every year once, ascending"),
        )
    yield from _amounts("limits.budget_eur", limits.budget_eur, limits)
    if limits.staff_fte is not None:
        yield from _amounts("limits.staff_fte", limits.staff_fte, limits)
    for k in limits.infrastructure:
        place = f"limits.infrastructure.{k.id}"
        yield from _amounts(f"{place}.capacity", k.capacity, limits)
        yield from _amounts(f"{place}.fixed_cost_eur", k.fixed_cost_eur, limits, finite=True)
    for name, weight in limits.co_benefit_weights.items():
        yield from _number(f"limits.co_benefit_weights.{name}", weight)
    yield from _number("limits.risk_aversion", limits.risk_aversion)
    if limits.at_least_t is not None:
        yield from _number("limits.at_least_t", limits.at_least_t)
    if limits.cvar_at_most is not None and not np.isfinite(limits.cvar_at_most):
        yield from _number("limits.cvar_at_most", limits.cvar_at_most)
    if not 0.0 <= limits.cvar_level < 1.0:
        yield _finding(
            "cvar-level",
            "limits.cvar_level",
            Text(nl="van 0 tot (niet tot en met) 1", en="from 0 up to but not including 1"),
            limits.cvar_level,
            Text(nl="0,95 kijkt naar de slechtste 5 %", en="0.95 looks at the worst 5 %"),
        )


def _amounts(
    place: str, amounts: Floats, limits: Limits, *, finite: bool = False
) -> Iterator[Finding]:
    """One amount a year, none of them negative or not a number."""
    found = np.asarray(amounts)
    if found.shape != np.shape(limits.years):
        yield _years(place, found, limits)
        return
    for year, amount in zip(limits.years, found, strict=True):
        if not amount >= 0.0 or (finite and not np.isfinite(amount)):
            yield _finding("negative", f"{place}[{year}]", AT_LEAST_ZERO, amount, RAISE_TO_ZERO)


def _years(place: str, found: Floats, limits: Limits) -> Finding:
    count = len(limits.years)
    first, last = (limits.years[0], limits.years[-1]) if count else ("-", "-")
    expected = Text(
        nl=f"{count} jaren, {first} tot en met {last}",
        en=f"{count} years, {first} up to and including {last}",
    )
    return _finding("years", place, expected, found.shape, GIVE_YEARS)


def _number(place: str, number: float) -> Iterator[Finding]:
    if not 0.0 <= number < np.inf:
        yield _finding("negative", place, AT_LEAST_ZERO, number, RAISE_TO_ZERO)


def _check_names(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """Every name stands for one thing that is there."""
    shared = [k.id for k in limits.infrastructure]
    cases = {option.id: option.case for option in options}
    for place, names in (("options", [o.id for o in options]), ("limits.infrastructure", shared)):
        for name, count in Counter(names).items():
            if count > 1:
                yield _finding(
                    "twice",
                    f"{place}.{name}",
                    Text(nl="een eigen naam", en="a name of its own"),
                    f"{count} x {name}",
                    Text(nl="geef elk een eigen id", en="give each an id of its own"),
                )
    known = set(cases) | set(cases.values())
    for option in options:
        for need in option.requires:
            if need not in known:
                yield _unknown(f"options.{option.id}.requires", need, known)
            elif need == option.case or cases.get(need) == option.case:
                yield _finding(
                    "requires-itself",
                    f"options.{option.id}.requires",
                    Text(nl="een optie van een andere casus", en="an option of another case"),
                    need,
                    Text(
                        nl="varianten van één casus sluiten elkaar uit",
                        en="variants of one case exclude each other",
                    ),
                )
        for name in option.uses:
            if name not in shared:
                yield _unknown(f"options.{option.id}.uses", name, set(shared))
    offered = {name for option in options for name in option.co_benefits}
    for name in limits.co_benefit_weights:
        if name not in offered:
            yield _unknown("limits.co_benefit_weights", name, offered)


def _unknown(place: str, name: str, known: set[str]) -> Finding:
    listed = ", ".join(sorted(known)) or "-"
    return _finding(
        "unknown",
        place,
        Text(nl=f"een van: {listed}", en=f"one of: {listed}"),
        name,
        Text(nl="verbeter de naam, of voeg toe wat ontbreekt", en="mend the name, or add it"),
    )


def _check_arrays(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """As many years as the limits have, the same draws everywhere, and no negative use."""
    draws = Counter(np.size(option.additional_t) for option in options).most_common(1)
    wanted = draws[0][0] if draws else 1
    for option in options:
        place = f"options.{option.id}"
        money = np.asarray(option.public_money_eur)
        if money.ndim not in (1, 2) or money.shape[0] != len(limits.years):
            yield _years(f"{place}.public_money_eur", money, limits)
        elif money.ndim == 2 and money.shape[1] != wanted:
            yield _draws(f"{place}.public_money_eur", money.shape, wanted)
        for name, array in (("additional_t", option.additional_t), ("loss", option.loss)):
            if array is not None and (np.shape(array) != (wanted,) or not wanted):
                yield _draws(f"{place}.{name}", np.shape(array), wanted)
        by_year = {f"uses.{name}": amounts for name, amounts in option.uses.items()}
        if option.staff_fte is not None:
            by_year["staff_fte"] = option.staff_fte
        for name, amounts in by_year.items():
            found = np.asarray(amounts)
            if found.shape != np.shape(limits.years):
                yield _years(f"{place}.{name}", found, limits)
            elif np.any(found < 0.0):
                low = found.min()
                yield _finding("negative", f"{place}.{name}", AT_LEAST_ZERO, low, RAISE_TO_ZERO)


def _draws(place: str, shape: tuple[int, ...], wanted: int) -> Finding:
    return _finding(
        "draws",
        place,
        Text(
            nl=f"{max(wanted, 1)} trekkingen, als de andere",
            en=f"{max(wanted, 1)} draws, as the others",
        ),
        shape,
        Text(
            nl="waardeer alle opties over dezelfde trekkingen",
            en="value all options over the same draws",
        ),
    )


def _check_must_take(options: Sequence[Option], limits: Limits) -> Iterator[Finding]:
    """What must be taken is there, can be computed with, and does not exclude itself."""
    cases = {option.id: option.case for option in options}
    left_out = _unusable(options)
    for name in limits.must_take:
        if name not in cases:
            yield _unknown("limits.must_take", name, set(cases))
        elif name in left_out:
            yield _finding(
                "must-take",
                f"limits.must_take.{name}",
                Text(nl="een optie met getallen", en="an option with numbers"),
                left_out[name],
                Text(nl="geef de ontbrekende figuren", en="give the missing figures"),
            )
    for case, count in Counter(cases[n] for n in set(limits.must_take) if n in cases).items():
        if count > 1:
            yield _finding(
                "must-take",
                "limits.must_take",
                Text(nl=f"één variant van {case}", en=f"one variant of {case}"),
                count,
                Text(nl="kies er een", en="choose one of them"),
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
