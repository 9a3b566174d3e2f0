# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choice as a mixed-integer programme: labelled rows in linopy, solved by HiGHS.

Takes     a `Programme`: bare arrays over option, year, draw and infrastructure, all finite.
Gives     which options are taken and the bound that no choice exceeds; or what every limit lacks.
Leaves    what the arrays mean to `best`, the second valuation of the answer to `value`.

    maximise   sum_i gain_i take_i - risk_aversion * CVaR(sum_i loss_i take_i)

under the limits.  Expected shortfall after Rockafellar and Uryasev: up to `ROWS_UP_TO` draws with a
row per draw; above, with a row per worst tail met so far, until the last one met is no longer worse
than what its rows say (exact too, and of a size that no longer grows with the draws).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import PortfolioError

if TYPE_CHECKING:
    import highspy
    import linopy
    import xarray as xr

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

# Above so many draws, worst tails are added as they are met: at 1,000 five to ten times faster.
ROWS_UP_TO = 250
# A bound on the shortfall meets far more tails than a weight on it: there rows pay up to here.
ROWS_OF_A_BOUND = 2000
# A tail counts as met when it is worse than its rows say by less than this part of the tonnes.
SAME_TAIL = 1e-9
FEASIBILITY = 1e-9
# Less than this part of the largest amount of its kind is rounding, and lacks nothing.
LACKING = 1e-7


@dataclass(frozen=True)
class Programme:
    """What the solver sees.  Limits that are not there are None, or infinite in a year.

    gain, tonnes (option,) [t]; loss (option, draw) [t]; money (option, year) [eur];
    staff (option, year) [fte]; uses (option, infrastructure, year) [its unit];
    capacity (infrastructure, year) [its unit]; fixed (infrastructure, year) [eur], what the budget
    bears when it is built; `needs` pairs an option with those of which it needs at least one.
    """

    options: tuple[str, ...]
    cases: tuple[str, ...]
    infrastructure: tuple[str, ...]
    years: Ints
    gain: Floats
    tonnes: Floats
    loss: Floats
    money: Floats
    staff: Floats
    uses: Floats
    needs: tuple[tuple[int, tuple[int, ...]], ...]
    must_take: tuple[int, ...]
    budget: Floats
    carry_over: bool
    staff_at_most: Floats | None
    capacity: Floats
    fixed: Floats
    risk_aversion: float
    level: float
    cvar_at_most: float | None
    at_least_t: float | None

    @property
    def weighs_risk(self) -> bool:
        """Whether the spread over draws plays a part at all."""
        return self.risk_aversion > 0.0 or self.cvar_at_most is not None


@dataclass(frozen=True)
class Solved:
    """take (option,); objective and bound [t]: no choice is worth more than `bound`."""

    take: Bools
    objective: float
    bound: float


@dataclass(frozen=True)
class Lack:
    """How far a limit would have to move, at least, for any choice to be possible."""

    limit: str
    year: int | None
    amount: float


class NoAnswer(PortfolioError):
    """The solver ended without an answer that it calls optimal."""

    code = "choice.no-answer"


def expected_shortfall(loss: Floats, level: float) -> float:
    """The mean of the worst `1 - level` of the draws.  loss (draw,); same unit.

    The draw on the border counts for the part that lies in the tail, as in the programme.
    """
    return float(tail_weights(loss, level) @ loss)


def tail_weights(loss: Floats, level: float) -> Floats:
    """What every draw weighs in the expected shortfall.  loss (draw,) -> (draw,), sum 1."""
    share = (1.0 - level) * len(loss)
    weights = np.zeros(len(loss))
    # A stable order: equal losses weigh in the order of the draws, whatever the platform.
    for_rank = np.clip(share - np.arange(len(loss)), 0.0, 1.0) / share
    weights[np.argsort(-loss, kind="stable")] = for_rank
    return weights


# --- building ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scales:
    """Divisors that bring every block near one, so that one tolerance fits all rows."""

    tonnes: float
    money: float
    staff: float
    uses: Floats  # (infrastructure,)

    @classmethod
    def of(cls, programme: Programme) -> Scales:
        """The largest amount of every block."""
        p = programme
        return cls(
            tonnes=_largest(p.gain, p.loss, p.tonnes),
            money=_largest(p.money, p.fixed),
            staff=_largest(p.staff),
            uses=np.array([_largest(p.uses[:, k]) for k in range(len(p.infrastructure))]),
        )


def _largest(*arrays: Floats) -> float:
    return max((float(np.abs(a).max()) for a in arrays if a.size), default=0.0) or 1.0


def build(
    programme: Programme, *, with_draws: bool = True, limits: _Limits | None = None
) -> linopy.Model:
    """The programme as a labelled model that is minimised; tonnes, money and uses are scaled.

    Variables `take` (option), `build` (infrastructure), and where risk is weighed `at_risk` with
    `beyond` (draw), or without draws `shortfall`, which rows still to come hold up.  With elastic
    `limits` each may be broken by a `lack_...`, and the objective is the sum of those, scaled.
    """
    import linopy  # noqa: PLC0415  (slow to load, and only a choice needs it)

    model = linopy.Model()
    scales = Scales.of(programme)
    _add_variables(model, programme)
    rows = _Limits(elastic=False) if limits is None else limits
    _add_coherence(model, programme)
    _add_budget(model, programme, scales, rows)
    _add_staff(model, programme, scales, rows)
    _add_capacity(model, programme, scales, rows)
    _add_target(model, programme, scales, rows)
    cvar = _add_risk(model, programme, scales, with_draws=with_draws)
    gain = _labelled(programme.gain / scales.tonnes, option=programme.options)
    objective = -1 * (gain * model.variables["take"]).sum()
    if cvar is not None and programme.risk_aversion > 0.0:
        objective = objective + programme.risk_aversion * cvar
    model.add_objective(rows.total(model) if rows.lacks else objective)
    return model


def _labelled(values: Any, **axes: Any) -> xr.DataArray:
    import xarray as xr  # noqa: PLC0415  (as linopy)

    return xr.DataArray(values, coords={n: list(v) for n, v in axes.items()}, dims=list(axes))


class _Limits:
    """Adds the rows that are limits; elastic ones may be broken, by amounts that are minimised."""

    def __init__(self, *, elastic: bool) -> None:
        self._elastic = elastic
        self.lacks: dict[str, list[Lack]] = {}

    def at_most(
        self,
        model: linopy.Model,
        limit: str,
        amount: Any,
        most: xr.DataArray | float,
        unit_lacks: list[Lack],
    ) -> None:
        """The rows `amount <= most`; `unit_lacks` says what one scaled unit too little is."""
        if self._elastic:
            coords = None if isinstance(most, float) else most.coords
            amount = amount - model.add_variables(lower=0, coords=coords, name=f"lack_{limit}")
            self.lacks[limit] = unit_lacks
        model.add_constraints(amount <= most, name=limit)

    def total(self, model: linopy.Model) -> Any:
        """What is lacking in all, scaled."""
        return sum(1 * model.variables[f"lack_{limit}"].sum() for limit in self.lacks)

    def broken(self, highs: _Highs) -> tuple[Lack, ...]:
        """What the answer of an elastic model lacks."""
        return tuple(
            replace(unit, amount=unit.amount * float(amount))
            for limit, units in self.lacks.items()
            for unit, amount in zip(
                units, np.atleast_1d(highs.values(f"lack_{limit}")), strict=True
            )
            if amount > LACKING
        )


def _add_variables(model: linopy.Model, p: Programme) -> None:
    take = np.zeros(len(p.options))
    take[list(p.must_take)] = 1.0
    axes = {"option": p.options}
    model.add_variables(binary=True, coords=_labelled(take, **axes).coords, name="take")
    if p.must_take:
        must = _labelled(take, **axes)
        model.add_constraints((must * model.variables["take"]).sum() >= take.sum(), name="must")
    if p.infrastructure:
        coords = _labelled(np.zeros(len(p.infrastructure)), infrastructure=p.infrastructure).coords
        model.add_variables(binary=True, coords=coords, name="build")


def _add_coherence(model: linopy.Model, p: Programme) -> None:
    """One variant a case; nothing without what it needs; no use of what is not built."""
    take = model.variables["take"]
    several = sorted({case for case in p.cases if p.cases.count(case) > 1})
    if several:
        belongs = np.array([[c == case for c in p.cases] for case in several], dtype=float)
        member = _labelled(belongs, case=several, option=p.options)
        model.add_constraints((member * take).sum("option") <= 1, name="one_variant")
    if p.needs:
        wanted = np.zeros((len(p.needs), len(p.options)))
        for row, (needing, needed) in enumerate(p.needs):
            wanted[row, list(needed)] = 1.0
            wanted[row, needing] -= 1.0
        needs = _labelled(wanted, need=range(len(p.needs)), option=p.options)
        model.add_constraints((needs * take).sum("option") >= 0, name="needs")
    pairs = np.argwhere((p.uses > 0.0).any(axis=2))
    if len(pairs):
        # Implied by the capacity rows, but without them the relaxation builds by the fraction.
        rows, shared = range(len(pairs)), p.infrastructure
        user = _labelled(_one_hot(pairs[:, 0], len(p.options)), pair=rows, option=p.options)
        used = _labelled(_one_hot(pairs[:, 1], len(shared)), pair=rows, infrastructure=shared)
        built = (used * model.variables["build"]).sum("infrastructure")
        model.add_constraints((user * take).sum("option") - built <= 0, name="built_for")


def _one_hot(positions: Ints, count: int) -> Floats:
    """A one at its position in every row.  (position,) -> (position, count)"""
    rows = np.zeros((len(positions), count))
    rows[np.arange(len(positions)), positions] = 1.0
    return rows


def _add_budget(model: linopy.Model, p: Programme, scales: Scales, limits: _Limits) -> None:
    """Expected public money a year, or what was spent so far where money may wait."""
    money, fixed, budget = p.money, p.fixed, p.budget
    if p.carry_over:
        money, fixed, budget = (np.cumsum(a, axis=-1) for a in (money, fixed, budget))
    bounded = np.isfinite(budget)
    if not bounded.any():
        return
    year = p.years[bounded]
    cost = _labelled(money[:, bounded] / scales.money, option=p.options, year=year)
    spent = (cost * model.variables["take"]).sum("option")
    if p.infrastructure:
        share = fixed[:, bounded] / scales.money
        fixed_cost = _labelled(share, infrastructure=p.infrastructure, year=year)
        spent = spent + (fixed_cost * model.variables["build"]).sum("infrastructure")
    most = _labelled(budget[bounded] / scales.money, year=year)
    lacks = [Lack("budget", int(y), scales.money) for y in year]
    limits.at_most(model, "budget", spent, most, lacks)


def _add_staff(model: linopy.Model, p: Programme, scales: Scales, limits: _Limits) -> None:
    if p.staff_at_most is None or not np.isfinite(p.staff_at_most).any():
        return
    bounded = np.isfinite(p.staff_at_most)
    year = p.years[bounded]
    asked = _labelled(p.staff[:, bounded] / scales.staff, option=p.options, year=year)
    most = _labelled(p.staff_at_most[bounded] / scales.staff, year=year)
    busy = (asked * model.variables["take"]).sum("option")
    lacks = [Lack("staff", int(y), scales.staff) for y in year]
    limits.at_most(model, "staff", busy, most, lacks)


def _add_capacity(model: linopy.Model, p: Programme, scales: Scales, limits: _Limits) -> None:
    """What all taken options use together fits in what is built, in every year that it is used."""
    used = np.argwhere((p.uses > 0.0).any(axis=0) & np.isfinite(p.capacity))
    if not len(used):
        return
    k, year = used.T
    rows = range(len(used))
    asked = _labelled(p.uses[:, k, year].T / scales.uses[k, None], use=rows, option=p.options)
    most = p.capacity[k, year] / scales.uses[k]
    built = _labelled(
        _one_hot(k, len(p.infrastructure)) * most[:, None],
        use=rows,
        infrastructure=p.infrastructure,
    )
    filled = (asked * model.variables["take"]).sum("option")
    room = (built * model.variables["build"]).sum("infrastructure")
    lacks = [Lack(p.infrastructure[i], int(p.years[y]), float(scales.uses[i])) for i, y in used]
    none = _labelled(np.zeros(len(used)), use=rows)
    limits.at_most(model, "capacity", filled - room, none, lacks)


def _add_target(model: linopy.Model, p: Programme, scales: Scales, limits: _Limits) -> None:
    if p.at_least_t is None:
        return
    minus_tonnes = _labelled(-p.tonnes / scales.tonnes, option=p.options)
    missed = (minus_tonnes * model.variables["take"]).sum()
    least = [Lack("target", None, scales.tonnes)]
    limits.at_most(model, "target", missed, -p.at_least_t / scales.tonnes, least)


def _add_risk(model: linopy.Model, p: Programme, scales: Scales, *, with_draws: bool) -> Any:
    """The expected shortfall as an expression [scaled t]; None where nobody asks for it."""
    if not p.weighs_risk:
        return None
    if with_draws:
        draws = range(p.loss.shape[1])
        at_risk = model.add_variables(name="at_risk")
        coords = _labelled(np.zeros(len(draws)), draw=draws).coords
        beyond = model.add_variables(lower=0, coords=coords, name="beyond")
        loss = _labelled(p.loss.T / scales.tonnes, draw=draws, option=p.options)
        lost = (loss * model.variables["take"]).sum("option")
        model.add_constraints(beyond + at_risk - lost >= 0, name="tail")
        cvar = at_risk + (1.0 / ((1.0 - p.level) * len(draws))) * beyond.sum()
    else:
        # Below what any choice can reach: without a row yet, the shortfall must still have a floor.
        floor = float(np.minimum(p.loss.min(axis=1), 0.0).sum()) / scales.tonnes
        cvar = 1 * model.add_variables(lower=floor, name="shortfall")
    if p.cvar_at_most is not None:
        most = p.cvar_at_most / scales.tonnes
        model.add_constraints(cvar <= most, name="cvar")
    return cvar


# --- solving -------------------------------------------------------------------------------------


def solve(programme: Programme, *, gap: float) -> Solved | None:
    """The best choice to within the relative `gap`; None where the limits allow none.

    Raises
    ------
    NoAnswer   the solver stopped for another reason
    """
    most = ROWS_UP_TO if programme.cvar_at_most is None else ROWS_OF_A_BOUND
    with_draws = not programme.weighs_risk or programme.loss.shape[1] <= most
    highs = _Highs(build(programme, with_draws=with_draws), gap)
    return solved(programme, highs) if with_draws else _with_tails(programme, highs)


def solved(programme: Programme, highs: _Highs) -> Solved | None:
    """The answer of a model that is complete."""
    if not highs.run():
        return None
    scale = Scales.of(programme).tonnes
    return Solved(
        take=highs.values("take") > 0.5,
        objective=-highs.objective * scale,
        bound=-highs.bound * scale,
    )


def _with_tails(programme: Programme, highs: _Highs) -> Solved | None:
    """Solve, look which draws are the worst of the answer, add their row, and solve again.

    First without whole numbers, which is quick and finds most rows.  It ends: there are finitely
    many tails, and one that has its row already is held to it but for the rounding of the solver.
    """
    scale = Scales.of(programme).tonnes
    met: set[bytes] = set()
    for whole in (False, True):
        highs.whole_numbers(whole=whole)
        while True:
            answer = solved(programme, highs)
            if answer is None:
                return None
            take = answer.take.astype(float) if whole else highs.values("take")
            lost = take @ programme.loss / scale
            weights = tail_weights(lost, programme.level)
            worse = float(weights @ lost) - float(highs.values("shortfall"))
            enough = worse <= SAME_TAIL * max(1.0, float(np.abs(lost).max()))
            if enough or weights.tobytes() in met:
                break
            met.add(weights.tobytes())
            highs.add_tail(programme.loss @ weights / scale)
    return answer


def lacks(programme: Programme) -> tuple[Lack, ...] | None:
    """Which limits would have to give way, and by how much at least, for any choice to stand.

    The smallest total of what is lacking, each as a part of the largest amount of its kind.  A
    bound on risk never gives way: ask without it.  None: what must be taken contradicts itself, and
    no limit can mend that.
    """
    limits = _Limits(elastic=True)
    highs = _Highs(build(programme, limits=limits), gap=0.0)
    return limits.broken(highs) if highs.run() else None


class _Highs:
    """A linopy model inside HiGHS: silent, and on one thread with one seed, so alike every time."""

    def __init__(self, model: linopy.Model, gap: float) -> None:
        self._model = model
        self._solver = _silent_solver()
        for option, value in {
            "threads": 1,
            "random_seed": 0,
            "mip_rel_gap": gap,
            "mip_abs_gap": FEASIBILITY,
            "mip_feasibility_tolerance": FEASIBILITY,
            "primal_feasibility_tolerance": FEASIBILITY,
            "dual_feasibility_tolerance": FEASIBILITY,
        }.items():
            self._solver.setOptionValue(option, value)
        self._columns: Ints = np.asarray(model.matrices.vlabels)
        self._solver.passModel(_as_lp(model))
        self._whole = True

    @property
    def names(self) -> list[str]:
        """The variables of the model."""
        return list(self._model.variables)

    def run(self) -> bool:
        """Solve; False where nothing is feasible."""
        import highspy  # noqa: PLC0415  (as linopy)

        self._solver.solve()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return True
        none = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        if status in none:
            return False
        if status == highspy.HighsModelStatus.kInterrupt:
            raise KeyboardInterrupt
        raise NoAnswer(
            f"the solver ended with '{self._solver.modelStatusToString(status)}'.",
            remedy="look for amounts that differ by more than nine orders of magnitude",
        )

    def values(self, name: str) -> Floats:
        """The answer for one variable, in its own shape."""
        labels = self._model.variables[name].labels.values
        solution = np.asarray(self._solver.getSolution().col_value)
        return np.asarray(solution[np.searchsorted(self._columns, labels)])

    @property
    def objective(self) -> float:
        return float(self._solver.getInfo().objective_function_value)

    @property
    def bound(self) -> float:
        """What no answer goes below; of a relaxed model its own optimum."""
        info = self._solver.getInfo()
        return float(info.mip_dual_bound if self._whole else info.objective_function_value)

    def whole_numbers(self, *, whole: bool) -> None:
        """Whether options and infrastructure are taken whole."""
        import highspy  # noqa: PLC0415  (as linopy)

        self._whole = whole
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        for name in {"take", "build"} & set(self.names):
            for label in self._model.variables[name].labels.values:
                column = int(np.searchsorted(self._columns, label))
                self._solver.changeColIntegrality(column, kind)

    def add_tail(self, loss: Floats) -> None:
        """One more row: the shortfall is at least the mean loss in this tail.  loss (option,)"""
        labels = self._model.variables["take"].labels.values
        shortfall = self._model.variables["shortfall"].labels.values
        columns = np.searchsorted(self._columns, np.append(labels, shortfall)).astype(np.int32)
        self._solver.addRow(0.0, np.inf, len(columns), columns, np.append(-loss, 1.0))


def _silent_solver() -> highspy.Highs:
    """HiGHS that prints nothing, not even its name: what we print may be read by a program."""
    import highspy  # noqa: PLC0415  (as linopy)

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802  (its name in HiGHS)
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    solver = Silent()  # type: ignore[no-untyped-call]
    solver.HandleKeyboardInterrupt = True
    return solver


def _as_lp(model: linopy.Model) -> highspy.HighsLp:
    """The model in the arrays that HiGHS takes: nothing is printed, and rows may be added."""
    import highspy  # noqa: PLC0415  (as linopy)

    matrices = model.matrices
    lp = highspy.HighsLp()
    lp.num_col_, lp.col_cost_ = len(matrices.vlabels), np.asarray(matrices.c, dtype=float)
    lp.col_lower_, lp.col_upper_ = matrices.lb, matrices.ub
    lp.integrality_ = [
        highspy.HighsVarType.kContinuous if kind == "C" else highspy.HighsVarType.kInteger
        for kind in matrices.vtypes
    ]
    lp.num_row_ = 0
    if matrices.A is not None:
        rows = matrices.A.tocsr()
        lp.num_row_ = rows.shape[0]
        lp.row_lower_ = np.where(matrices.sense == "<", -np.inf, matrices.b)
        lp.row_upper_ = np.where(matrices.sense == ">", np.inf, matrices.b)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = rows.indptr, rows.indices
        lp.a_matrix_.value_ = rows.data
    return lp
