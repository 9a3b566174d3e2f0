# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same project under the conditions of another country, and against the rate of the parent.

Takes     a checked case file, the law here, the name of a country, the parent's hurdle rate.
Gives     per factor, and for all together, NPV and internal rate there, and the gap: there minus
          here. What is lacking is null with the reason, never nil.
Leaves    what a plant would cost to build there, its output, gas, the rules by which profit is
          counted and losses are set off: they stay as they are here.

Nothing branches on a country: it becomes a change of law in memory, a price path, an award, a rate.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from maatwerkbank.economics.business_case import evaluate
from maatwerkbank.economics.cash_flow import (
    GRID_COST_FACTOR,
    Numbered,
    Support,
    capex_by_year,
    replacements,
)
from maatwerkbank.economics.condition_factors import (
    ASK_GRID_COST,
    ASK_NOT_ETS,
    CASE_LACKS,
    COVERED_BY_BILL,
    FACTORS,
    FIGURES,
    HURDLE,
    NO_GRID_COST,
    NO_HURDLE,
    NO_SINGLE_RATE,
    NOT_ALL_ETS,
    UNKNOWN,
    Comparison,
    Factor,
    Judged,
    Missing,
    RestsOn,
)
from maatwerkbank.economics.discounting import net_present_value
from maatwerkbank.economics.frame import Frame, PricePaths, frame_of
from maatwerkbank.economics.lacks import Lack, only_a_range
from maatwerkbank.economics.unknowns import ENDS, Unknown, unknowns_of
from maatwerkbank.ground.errors import NoProject, UnitError
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.countries import Country, GrantScheme, NoCharge, country_file
from maatwerkbank.parameters.files import Citation, Parameter, Statement, Variant, parameter_file
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.quantities import Floats, Picks, Years, years_of
from maatwerkbank.sources.figure import Absent, Figure, Pick
from maatwerkbank.sources.register import Seen

POWER = "electricity"
ENERGY_TAX = tuple(f"energy_tax/electricity/{bracket}" for bracket in (1, 2, 3, 4))
LEVY_RATES = ("co2_heffing/tarief", "co2_heffing/tarief_avi", "co2_heffing/minimumprijs")
TAX_RATES = ("tax/corporate_rate", "tax/corporate_rate_low")
Ends = dict[str, Pick]
Value = Callable[[Ends], float]


def compare(
    case_file: CaseFile,
    law: Law,
    country: str,
    *,
    hurdle_rate: Figure | float | None = None,
    support: Sequence[Support] | None = None,
) -> Comparison:
    """Value the project of a case factor by factor under the conditions of `country`.

    `support` is what would be paid there, where somebody knows it: the outcome of a bid. It takes
    the place of the ceiling in the country file.

    Raises ParameterError (no such country), UnitError (a hurdle rate that is no share a year),
    NoProject (a case that only shows exposure).
    """
    if not case_file.case.projects:
        raise NoProject(case_file.case.id)
    there = _There(case_file.case, law, country, _rate(hurdle_rate), support)
    takes = there.takes
    whole = {
        "npv_here_eur": there.judge(lambda ends: there.npv((), ends)),
        "irr_here": there.judge(lambda ends: there.irr((), ends)),
        "remainder_eur": there.judge(
            lambda ends: there.gap(takes, ends) - sum(there.gap((each,), ends) for each in takes)
        ),
    }
    return Comparison(
        case=case_file.case.id,
        country=country,
        label=there.country.label,
        because=there.country.because,
        npv_here=whole["npv_here_eur"],
        irr_here=whole["irr_here"],
        factors=tuple(there.factor(each) for each in (*FACTORS, HURDLE)),
        together=there.together(takes),
        takes=takes,
        leaves_out=tuple(set_aside(takes)),
        remainder=whole["remainder_eur"],
        lacks=there.lacks_of(whole),
    )


def set_aside(takes: Sequence[str]) -> list[str]:
    """The factors that stay as they are here when `takes` come from there.

    The bill stands for power and grid, and they for it: neither then counts as left out.
    """
    instead = COVERED_BY_BILL if "electricity_bill" in takes else ("electricity_bill",)
    return [each for each in (*FACTORS, HURDLE) if each not in takes and each not in instead]


class _There:
    """A project, with any of the conditions of one country in place of those here."""

    def __init__(
        self,
        case: Case,
        law: Law,
        name: str,
        hurdle_rate: Figure | None,
        support: Sequence[Support] | None,
    ) -> None:
        self.country: Country = country_file(name)
        self._case = case
        self._law = law
        self._name = name
        self._hurdle = hurdle_rate
        self._support = support
        self._laws: dict[tuple[tuple[str, float], ...], Law] = {}
        self._found: dict[tuple[tuple[str, ...], frozenset[tuple[str, Pick]]], Valued] = {}
        self._owner: dict[str, str] = {}  # unknown of the country -> the factor that it can move
        self.npv((), {})  # so that the law remembers which of its values are intervals
        self._unknowns = {**unknowns_of(case, law), **self._unknowns_there()}

    # ── what is known ─────────────────────────────────────────────────────────────────────────

    @cached_property
    def lacking(self) -> dict[str, Missing | None]:
        """Per factor why it cannot be taken from there; None where it can."""
        stated = {
            "electricity": self.country.electricity,
            "grid": self.country.grid,
            "electricity_bill": self.country.electricity_bill,
            "co2_price_and_levy": self.country.levy,
            "support": None if self._support is not None else self.country.support,
            "tax": self.country.tax,
        }
        found = {
            each: Missing((self._place(self._field(each)),), there.why, there.ask)
            if isinstance(there, Absent)
            else None
            for each, there in stated.items()
        }
        if self._without_grid_cost:
            silent = Missing(self._without_grid_cost, NO_GRID_COST, ASK_GRID_COST)
            found["grid"] = found["grid"] or silent
            found["electricity_bill"] = found["electricity_bill"] or silent
        outside = tuple(
            f"installations[{number}].levy"
            for number, each in enumerate(self._case.installations)
            if each.levy != "ets"
        )
        if outside:
            found["co2_price_and_levy"] = Missing(outside, NOT_ALL_ETS, ASK_NOT_ETS)
        return {**found, HURDLE: None if self._hurdle else NO_HURDLE}

    @property
    def takes(self) -> tuple[str, ...]:
        """The factors that can be taken from there together: the bill, or what it covers."""
        known = [each for each in (*FACTORS, HURDLE) if self.lacking[each] is None]
        covered = COVERED_BY_BILL if "electricity_bill" in known else ()
        return tuple(each for each in known if each not in covered)

    @property
    def _without_grid_cost(self) -> tuple[str, ...]:
        """The measures that take more or less power and do not say what the grid costs for it."""
        groups = {"projects": self._case.projects, "counterfactual": self._case.counterfactual}
        return tuple(
            f"{group}[{number}].grid_cost"
            for group, measures in groups.items()
            for number, each in enumerate(measures)
            if POWER in each.energy and not each.grid_cost
        )

    @staticmethod
    def _field(factor: str) -> str:
        """What the country file calls a factor."""
        return "levy" if factor == "co2_price_and_levy" else factor

    def rests_on(self, factor: str) -> RestsOn:
        """The figures of the country behind a factor, each with what it is."""
        if factor == HURDLE:
            return (("hurdle_rate", self._hurdle),) if self._hurdle else ()
        if factor == "support":
            scheme = self.country.support
            if self._support is not None or isinstance(scheme, Absent):
                return ()
            parts = ("share", "share_with_storage", "maximum")
            return tuple((f"support.{part}", getattr(scheme, part)) for part in parts)
        found: Figure | NoCharge | Absent = getattr(self.country, self._field(factor))
        return () if isinstance(found, Absent) else ((self._field(factor), found),)

    def _ratio(self, factor: str) -> Figure | Absent:
        found: Figure | Absent = getattr(self.country, factor)
        return found

    def _unknowns_there(self) -> dict[str, Unknown]:
        """Ranged figures of the country, and of the hurdle rate, by place or common name."""
        found: dict[str, Unknown] = {}
        for factor in (*FACTORS, HURDLE):
            for _, figure in self.rests_on(factor):
                if isinstance(figure, Figure) and figure.is_ranged:
                    name = self._place(figure.moves_with or factor)
                    found[name] = Unknown(figure.has_centre, {name: False})
                    self._owner[name] = factor
        return found

    def _place(self, name: str) -> str:
        return f"countries.{self._name}.{name}"

    def _number(self, figure: Figure, factor: str, picks: Picks) -> float:
        return figure.scalar(picks.of(self._place(figure.moves_with or factor)))

    # ── values ────────────────────────────────────────────────────────────────────────────────

    def npv(self, factors: Sequence[str], ends: Ends) -> float:
        """NPV with some factors taken from there. [eur]"""
        return self._valued(factors, ends).npv

    def irr(self, factors: Sequence[str], ends: Ends) -> float:
        """Internal rate of return with some factors taken from there; NaN: none or several."""
        return self._valued(factors, ends).irr

    def gap(self, factors: Sequence[str], ends: Ends) -> float:
        """NPV there minus NPV here, with every range at the same end in both. [eur]"""
        return self.npv(factors, ends) - self.npv((), ends)

    def _irr_gap(self, factors: Sequence[str], ends: Ends) -> float:
        if tuple(factors) == (HURDLE,):
            return self.irr((), ends) - self._discount_rate_of_parent(self._picks(ends))
        return self.irr(factors, ends) - self.irr((), ends)

    def _valued(self, factors: Sequence[str], ends: Ends) -> "Valued":
        matter = {n: end for n, end in ends.items() if self._owner.get(n) in (None, *factors)}
        key = tuple(factors), frozenset(matter.items())
        if key not in self._found:
            self._found[key] = self._value(factors, self._picks(matter))
        return self._found[key]

    def _picks(self, ends: Ends) -> Picks:
        return Picks(
            {k: v for n, end in ends.items() for k, v in self._unknowns[n].at(end).items()}
        )

    def _value(self, factors: Sequence[str], picks: Picks) -> "Valued":
        outcome = evaluate(
            self._case,
            self._law_there(factors, picks),
            picks,
            support=self._support_there(factors, picks),
            paths=self._paths_there(factors, picks),
        )
        rate = outcome.discount_rate
        if HURDLE in factors:
            rate = self._discount_rate_of_parent(picks)
        single = outcome.internal_rate.rate
        return Valued(
            float(net_present_value(outcome.cash_flow, rate)),
            math.nan if single is None else single,
        )

    def _discount_rate_of_parent(self, picks: Picks) -> float:
        return self._number(self._hurdle, HURDLE, picks) if self._hurdle else math.nan

    # ── conditions ────────────────────────────────────────────────────────────────────────────

    def _law_there(self, factors: Sequence[str], picks: Picks) -> Law:
        """The law here, with what these factors change in it; made once for the same numbers."""
        changed = {
            factor: self._of(factor, picks)
            for factor in ("grid", "electricity_bill", "tax", "co2_price_and_levy")
            if factor in factors
        }
        key = tuple(changed.items())
        if key not in self._laws:
            self._laws[key] = self._law.under(self._overlay(changed)) if changed else self._law
        return self._laws[key]

    def _overlay(self, changed: dict[str, float]) -> Variant:
        """Ratios and rates as a change of law that holds from the first year of the case."""
        years = years_of(self._case)
        sets: dict[str, Parameter] = {}
        grid = changed.get("electricity_bill", changed.get("grid"))
        if grid is not None:
            before = self._law.yearly(GRID_COST_FACTOR, years)
            sets |= self._overrides([GRID_COST_FACTOR], years, before * grid)
        if "electricity_bill" in changed and self._power_is_taxed:
            for name in ENERGY_TAX:
                before = self._law.nominal(name, years)
                sets |= self._overrides([name], years, before * changed["electricity_bill"])
        if "tax" in changed:
            sets |= self._overrides(TAX_RATES, years, np.full(len(years), changed["tax"]))
        if "co2_price_and_levy" in changed:
            sets |= self._overrides(LEVY_RATES, years, np.zeros(len(years)))
        label, because = self.country.label, self.country.because
        return Variant(
            name=f"countries/{self._name}",
            label=Text(nl=label.nl, en=label.en),
            because=Text(nl=because.nl, en=because.en),
            citation=self._citation,
            since=date(int(years[0]), 1, 1),
            removes=("levy",) if "co2_price_and_levy" in changed else (),
            as_known_on={},
            sets=sets,
        )

    def _of(self, factor: str, picks: Picks) -> float:
        """The ratio or rate of a factor that is known; nothing is paid where there is no levy."""
        if factor == "co2_price_and_levy":
            return 0.0
        figure = self._ratio(factor)
        return math.nan if isinstance(figure, Absent) else self._number(figure, factor, picks)

    @property
    def _citation(self) -> Citation:
        return Citation(f"countries/{self._name}", None, Seen.DERIVED)

    @property
    def _power_is_taxed(self) -> bool:
        taxes = [each.energy_tax.get(POWER) for each in self._case.installations]
        return any(tax is not None and tax.taxed for tax in taxes)

    def _overrides(
        self, names: Sequence[str], years: Years, values: Floats
    ) -> dict[str, Parameter]:
        """Parameters that say these values, in money of each year, and go on with the last."""
        statement = Statement(
            known_from=date.min,
            status="scenario",
            citation=self._citation,
            values=tuple(
                (date(int(y), 1, 1), float(v)) for y, v in zip(years, values, strict=True)
            ),
            price_year=None,
            step=None,
            until=None,
            carries_on=True,
            required_where=None,
            note=None,
        )
        found = {}
        for name in names:
            parameter = parameter_file(name)
            basis = "none" if parameter.price_basis == "none" else "nominal"
            found[name] = replace(parameter, price_basis=basis, statements=(statement,))
        return found

    def _paths_there(self, factors: Sequence[str], picks: Picks) -> PricePaths | None:
        """The price of power there: the Dutch path times the ratio of the two."""
        factor = next((f for f in ("electricity_bill", "electricity") if f in factors), None)
        frame = frame_of(self._case, self._law, picks)
        if factor is None or POWER not in frame.prices.prices:
            return None
        price = frame.price(POWER) * self._of(factor, picks)
        years = np.concatenate([frame.years[:1] - 1, frame.years])
        return PricePaths(years, {POWER: np.concatenate([price[:1], price])})

    def _support_there(self, factors: Sequence[str], picks: Picks) -> Sequence[Support] | None:
        """What would be paid there in place of what is awarded here; None: as here."""
        if "support" not in factors:
            return None
        if self._support is not None:
            return self._support
        scheme = self.country.support
        if isinstance(scheme, Absent):
            return ()
        return _grants(frame_of(self._case, self._law, picks), scheme, self._number, picks)

    # ── judgement ─────────────────────────────────────────────────────────────────────────────

    def factor(self, identity: str) -> Factor:
        """One factor alone."""
        missing = self.lacking[identity]
        if missing is None:
            return self._judged_factor(identity, (identity,))
        lacks = tuple(_lack(figure, "absent", missing) for figure in FIGURES)
        return Factor(identity, dict.fromkeys(FIGURES, UNKNOWN), lacks, self.rests_on(identity))

    def together(self, takes: Sequence[str]) -> Factor:
        """All factors that are known, at once."""
        return self._judged_factor("together", takes)

    def _judged_factor(self, identity: str, takes: Sequence[str]) -> Factor:
        found = {
            "npv_eur": self.judge(lambda ends: self.npv(takes, ends)),
            "npv_gap_eur": self.judge(lambda ends: self.gap(takes, ends)),
            "irr": self.judge(lambda ends: self.irr(takes, ends)),
            "irr_gap": self.judge(lambda ends: self._irr_gap(takes, ends)),
        }
        rests_on = tuple(each for factor in takes for each in self.rests_on(factor))
        return Factor(identity, found, self.lacks_of(found), rests_on)

    def lacks_of(self, found: Mapping[str, Judged]) -> tuple[Lack, ...]:
        """Why each of these figures is null, where it is."""
        case_is_known = not math.isnan(self.npv((), {}))
        lacks: list[Lack] = []
        for figure, each in found.items():
            if each.value is not None:
                continue
            if each.hangs_on:
                lacks += [
                    only_a_range(figure, name, tuple(self._unknowns[name].members))
                    for name in each.hangs_on
                ]
            elif case_is_known:
                lacks.append(_lack(figure, "undefined", NO_SINGLE_RATE))
            else:
                lacks.append(_lack(figure, "absent", CASE_LACKS))
        return tuple(lacks)

    def judge(self, value: Value) -> Judged:
        """A value at the centre, and how far it lies at the ends and corners of all ranges.

        Null where it hangs on a range without a centre from a source (METHOD §15).
        """
        centre = value({})
        if math.isnan(centre):
            return UNKNOWN
        at = {name: (value({name: "low"}), value({name: "high"})) for name in self._unknowns}
        moving = {name: both for name, both in at.items() if not _same(both, centre)}
        corners: list[Ends] = [{}, {}]
        for name, (low, high) in moving.items():
            first = ENDS if low <= high else ENDS[::-1]
            for corner, end in zip(corners, first, strict=True):
                corner[name] = end
        reached = [centre, *(v for both in moving.values() for v in both), *map(value, corners)]
        finite = [each for each in reached if math.isfinite(each)]
        hangs = tuple(name for name in moving if not self._unknowns[name].has_centre)
        known = None if hangs else centre + 0.0
        if not moving:
            return Judged(known)
        return Judged(known, min(finite) + 0.0, max(finite) + 0.0, hangs)


@dataclass(frozen=True)
class Valued:
    """What one set of conditions gives."""

    npv: float  # [eur]
    irr: float  # [1/year], NaN where there is none or more than one


def _grants(
    frame: Frame,
    scheme: GrantScheme,
    number: Callable[[Figure, str, Picks], float],
    picks: Picks,
) -> tuple[Support, ...]:
    """A share of the extra investment of each project, up to the maximum, paid along with it.

    Extra is above what would be invested without the projects, in proportion to their own.
    """
    case = frame.case
    spent = [
        _first_investment(("projects", n, each), frame) for n, each in enumerate(case.projects)
    ]
    instead = [
        _first_investment(("counterfactual", n, each), frame)
        for n, each in enumerate(case.counterfactual)
        if not (each.only_while and frame.law.removes(each.only_while))
    ]
    invested = float(sum((each.sum() for each in spent), 0.0))
    extra = 1.0 - sum(float(each.sum()) for each in instead) / invested if invested else 0.0
    most = number(scheme.maximum, "support", picks)
    found = []
    for project, by_year in zip(case.projects, spent, strict=True):
        share = number(
            scheme.share_with_storage if project.storage else scheme.share, "support", picks
        )
        total = float(by_year.sum())
        grant = float(np.minimum(np.maximum(0.0, share * extra * total), most))
        paid = by_year * (grant / total) if total else by_year
        found.append(Support("there", project.id, "capital_grant", paid))
    return tuple(found)


def _first_investment(measure: Numbered, frame: Frame) -> Floats:
    """Investment by year without later replacements: those get no aid. (year,) [eur, nominal]"""
    return capex_by_year(measure, frame) - replacements(measure, frame)


def _rate(hurdle_rate: Figure | float | None) -> Figure | None:
    """The hurdle rate as a figure; a bare number is what somebody supposes."""
    if hurdle_rate is None:
        return None
    if isinstance(hurdle_rate, Figure):
        if hurdle_rate.kind != "1/year" or hurdle_rate.by_year is not None:
            raise UnitError(
                f"the hurdle rate is in {hurdle_rate.unit}, or differs by year.",
                remedy="give one rate with unit 1/year or %/year",
            )
        return hurdle_rate
    if not (math.isfinite(hurdle_rate) and -1.0 < hurdle_rate < 1.0):
        raise UnitError(
            f"a hurdle rate of {hurdle_rate} is not a share a year.",
            remedy="write 0.12 for 12 per cent",
        )
    return Figure(
        value=hurdle_rate, unit="1/year", source="supposed", place=None, seen=Seen.UNVERIFIED
    )


def _lack(figure: str, reason: str, missing: Missing) -> Lack:
    """A figure that is null, in the form in which an assessment names it."""
    why, ask = missing.why.model_dump(), missing.ask.model_dump()
    return Lack(figure, reason, missing.place, missing.places, why, ask)


def _same(both: tuple[float, float], centre: float) -> bool:
    """Whether a value is the same at both ends; an end at which there is none does not count."""
    return all(
        math.isnan(end) or math.isclose(end, centre, rel_tol=1e-9, abs_tol=1e-9) for end in both
    )
