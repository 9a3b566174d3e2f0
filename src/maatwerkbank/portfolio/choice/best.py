# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which choice is worth most, and which for every amount of risk?

Takes     options, limits, how near to the bound is near enough; `revalue` where arrays are to be
          made anew.
Gives     choices that the solver and our own valuation agree on.
Leaves    the programme to `model`, the second valuation to `value`, what is wrong with the question
          to `findings`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from maatwerkbank.portfolio.choice.findings import usable_options
from maatwerkbank.portfolio.choice.model import Lack, Programme, Solved, lacks, solve
from maatwerkbank.portfolio.choice.terms import (
    Choice,
    ChoiceNotConfirmed,
    Drawn,
    Limits,
    NoChoice,
    Option,
    Revalue,
    Value,
)
from maatwerkbank.portfolio.choice.value import (
    AGREES,
    expected_money,
    loss_of,
    open_capacity,
    value_of,
)

GAP = 1e-4


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
    usable, left_out = usable_options(options, limits)
    found = best(usable, limits, gap=gap, revalue=revalue)
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
    usable, left_out = usable_options(options, limits)
    blind = replace(limits, risk_aversion=0.0, cvar_at_most=None)
    boldest = best(usable, blind, gap=gap, revalue=revalue)
    least = _least_risk(usable, blind, gap)
    found = [boldest]
    for most in np.linspace(least, boldest.value.cvar, points)[:-1]:
        slack = AGREES * max(abs(least), abs(boldest.value.cvar))
        bounded = replace(blind, cvar_at_most=float(most) + slack)
        found.append(best(usable, bounded, gap=gap, revalue=revalue))
    return tuple(replace(choice, left_out=left_out) for choice in _undominated(found))


def best(
    usable: Sequence[Option], limits: Limits, *, gap: float, revalue: Revalue | None = None
) -> Choice:
    """The best of options that nothing is wrong with, valued twice.  Raises as `choose`."""
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
        loss=np.array([loss_of(o) for o in options]),
        money=np.array([expected_money(o.public_money_eur) for o in options]),
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
        capacity=np.array([open_capacity(k, limits) for k in shared]).reshape(-1, years),
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
