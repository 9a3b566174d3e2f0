# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One assessed case: its figures, their ranges, what is lacking, and where each comes from.

Takes     a checked case file, a day of knowledge, a variant, an outlook.
Gives     an `Assessment`: labelled arrays for people, plain values for programs (`as_json`).
Leaves    sentences and pictures to `letter`.

Ranged figures are taken at both ends: one at a time, then all against and all in favour of the
plan. A result that hangs on a range without a sourced centre is null and given as a range; a
result that needs an absent figure is null; both are named in `lacks` (METHOD §15).
"""

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

import maatwerkbank
from maatwerkbank.economics.business_case import (
    TARGET_YEAR,
    Outcome,
    evaluate,
    private_abatement_cost,
    required_support,
    social_abatement_cost,
)
from maatwerkbank.economics.carbon import BENCHMARK_BOUND
from maatwerkbank.economics.discounting import capital_recovery_factor, net_present_value
from maatwerkbank.ground.errors import OfficialRunRefused
from maatwerkbank.ground.receipt import Receipt, code_sha256, numeric_platform
from maatwerkbank.parameters.files import law_sha256
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile, absent_figures, figures, place_text
from maatwerkbank.plant.quantities import Floats, Picks, fall_in_activity
from maatwerkbank.sources.figure import Figure, Pick
from maatwerkbank.sources.register import Seen, load_sources

if TYPE_CHECKING:
    import xarray as xr

COST_EFFECTIVENESS_YEARS = (10, 15)
ENDS: tuple[Pick, Pick] = ("low", "high")

Judged = tuple[float | None, dict[str, float] | None]  # value or null, and its range if any


@dataclass(frozen=True)
class Swing:
    """What one ranged figure does to the NPV, all others at their centre. [eur]"""

    place: str
    npv_at_low: float
    npv_at_high: float
    has_centre: bool

    @property
    def width(self) -> float:
        """How far the NPV moves."""
        return abs(self.npv_at_high - self.npv_at_low)


@dataclass(frozen=True)
class Lack:
    """A result that cannot be judged, or not in full: why, and who can give what is lacking."""

    figure: str
    reason: str  # absent | interval | sign_open | undefined
    place: str
    why: dict[str, str]
    ask: dict[str, str]


class Assessment:
    """A case, valued. Made by `assess`; everything in it can be computed again from the receipt."""

    def __init__(self, case_file: CaseFile, law: Law) -> None:
        self.case_file = case_file
        self.case: Case = case_file.case
        self.law = law
        self.outcome: Outcome = evaluate(self.case, law)
        self._ranged = _ranged(self.case, law)
        self._ends = self._evaluate_ends()

    # ── ranges ────────────────────────────────────────────────────────────────────────────────

    def _evaluate_ends(self) -> dict[tuple[str, Pick], Outcome]:
        return {
            (place, end): evaluate(self.case, self.law, Picks({place: end}))
            for place in self._ranged
            for end in ENDS
        }

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """Every ranged figure by what it does to the NPV, the largest first."""
        swings = [
            Swing(
                place,
                self._ends[place, "low"].npv,
                self._ends[place, "high"].npv,
                has_centre,
            )
            for place, has_centre in self._ranged.items()
        ]
        return tuple(sorted(swings, key=lambda s: (-_or_zero(s.width), s.place)))

    @cached_property
    def _corners(self) -> tuple[Outcome, Outcome]:
        """All ranges against the plan, and all in its favour."""
        against: dict[str, Pick] = {}
        in_favour: dict[str, Pick] = {}
        for swing in self.swings:
            rising = swing.npv_at_high >= swing.npv_at_low
            against[swing.place] = "low" if rising else "high"
            in_favour[swing.place] = "high" if rising else "low"
        return (
            evaluate(self.case, self.law, Picks(against)),
            evaluate(self.case, self.law, Picks(in_favour)),
        )

    def at_ends(self, result: Callable[[Outcome], float]) -> dict[tuple[str, Pick], float]:
        """A result with one ranged figure at an end, for every figure and end."""
        return {key: result(outcome) for key, outcome in self._ends.items()}

    def judge(
        self, centre: float, ends: dict[tuple[str, Pick], float], corners: list[float]
    ) -> Judged:
        """The value at the centre, null where it cannot be judged, and its range if it has one."""
        finite = [v for v in (centre, *ends.values(), *corners) if math.isfinite(v)]
        low, high = (min(finite), max(finite)) if finite else (math.nan, math.nan)
        spread = bool(finite) and high - low > 1e-9 * max(abs(low), abs(high))
        hangs = any(
            not has_centre and not _same(ends[place, end], centre)
            for place, has_centre in self._ranged.items()
            for end in ENDS
        )
        value = None if hangs or not math.isfinite(centre) else centre
        return value, {"low": low, "high": high} if spread else None

    def _judged(self, result: Callable[[Outcome], float]) -> Judged:
        corners = [result(outcome) for outcome in self._corners]
        return self.judge(result(self.outcome), self.at_ends(result), corners)

    def difference(self, other: "Assessment") -> dict[str, Judged]:
        """`other` minus this, key by key, with every ranged figure at the same end in both."""
        mine, theirs = _results(self.law), _results(other.law)
        differences = {}
        for key, result in mine.items():
            ends = self.at_ends(result)
            other_ends = other.at_ends(theirs[key])
            other_centre = theirs[key](other.outcome)
            centre = result(self.outcome)
            apart = {
                (place, end): other_ends.get((place, end), other_centre)
                - ends.get((place, end), centre)
                for place, end in {**ends, **other_ends}
            }
            wider = other if len(other_ends) > len(ends) else self
            differences[key] = wider.judge(other_centre - centre, apart, [])
        return differences

    # ── results ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def results(self) -> dict[str, float | None]:
        """The flat figures by key; null = cannot be judged, see `lacks`."""
        return {key: value for key, (value, _) in self._results.items()}

    @cached_property
    def ranges(self) -> dict[str, dict[str, float]]:
        """Lowest and highest of each flat figure that has a range."""
        return {key: found for key, (_, found) in self._results.items() if found}

    @cached_property
    def _results(self) -> dict[str, Judged]:
        return {key: self._judged(result) for key, result in _results(self.law).items()}

    @property
    def npv_sign(self) -> str:
        """`positive`, `negative`, `open` (the ranges leave it open) or `unknown`."""
        value, found = self._results["npv_eur"]
        if found:
            low, high = found["low"], found["high"]
        elif value is not None:
            low = high = value
        else:
            return "unknown"
        return "open" if low < 0 <= high else "positive" if low >= 0 else "negative"

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """Every result that cannot be judged, or of which the sign stays open."""
        found = []
        for key, (value, ranged) in self._results.items():
            if value is None and ranged is not None:
                places = [s.place for s in self.swings if not s.has_centre]
                found += [_interval(key, place) for place in places]
            elif value is None:
                gaps = [
                    Lack(key, "absent", place_text(path), dict(gap.why), dict(gap.ask))
                    for path, gap in absent_figures(self.case)
                    if _bears_on(place_text(path), key)
                ]
                found += gaps or [_undefined(key)]
        if self.npv_sign == "open":
            found.append(_sign_open(self.swings))
        return tuple(found)

    # ── labelled views ────────────────────────────────────────────────────────────────────────

    @property
    def cash_flow(self) -> "xr.DataArray":
        """The cash flow by item: factual minus counterfactual. (item, year) [eur, nominal]"""
        import xarray as xr  # noqa: PLC0415  (slow to load, and only people need labels)

        items = self.outcome.items
        return xr.DataArray(
            np.stack([item.difference for item in items]),
            {"item": [item.id for item in items], "year": self.outcome.years},
            name="cash_flow",
            attrs={"unit": "EUR", "case": self.case.id, "receipt": self.receipt.number},
        )

    @property
    def emissions(self) -> "xr.Dataset":
        """Emissions with and without the projects, and the path of the levy. (year,) [t]"""
        import xarray as xr  # noqa: PLC0415  (slow to load, and only people need labels)

        outcome = self.outcome
        series = {
            "scope1_without": outcome.without.total("scope1"),
            "scope1_with": outcome.with_projects.total("scope1"),
            "levy_base_without": outcome.without.total("levy_base"),
            "levy_base_with": outcome.with_projects.total("levy_base"),
            "dispensatierechten": outcome.rights,
            "gross": outcome.gross,
            "required": outcome.required,
            "additional": outcome.additional,
            "removal": outcome.removal,
        }
        return xr.Dataset(
            {name: ("year", values, {"unit": "t"}) for name, values in series.items()},
            {"year": outcome.years},
        )

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'>{key}</th>"
            f"<td style='text-align:right'>{_cell(value)}</td>"
            f"<td>{_cell_range(self.ranges.get(key))}</td></tr>"
            for key, value in self.results.items()
        )
        return (
            f"<table><caption>{self.case.title.en} ({self.receipt.number})</caption>"
            f"<thead><tr><th></th><th>value</th><th>range</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )

    # ── origin ────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def receipt(self) -> Receipt:
        """What this assessment rests on."""
        return Receipt(
            version=maatwerkbank.__version__,
            code_sha256=code_sha256(),
            law_sha256=law_sha256(),
            input_sha256=self.case_file.sha256,
            variant=self.law.variant.name if self.law.variant else None,
            outlook=self.law.outlook.name if self.law.outlook else "none",
            known_on=self.law.known_on.isoformat(),
            seed=None,
            numeric_platform=numeric_platform(),
        )

    def not_official(self) -> list[str]:
        """Why this run may not be used officially (DESIGN §5)."""
        unverified = [
            f"{place_text(path)}: unverified in {figure.source}"
            for path, figure in figures(self.case)
            if self.case_file.seen(figure) == Seen.UNVERIFIED
        ]
        prices = [
            f"prices.{carrier}: unverified in {figure.source}"
            for carrier, figure in price_set(self.case.price_set).prices.items()
            if (figure.seen or load_sources()[figure.source].seen) == Seen.UNVERIFIED
        ]
        return [*self.law.not_official(), *unverified, *prices]

    def require_official(self) -> None:
        """Raises OfficialRunRefused, with every reason."""
        reasons = self.not_official()
        if reasons:
            raise OfficialRunRefused(reasons)

    # ── contract ──────────────────────────────────────────────────────────────────────────────

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank assess --json` (docs/reference/json.md)."""
        outcome = self.outcome
        years = [int(year) for year in outcome.years]
        roots = outcome.internal_rate.roots

        def by_year(series: Floats) -> dict[str, float | None]:
            return {str(y): plain(v) for y, v in zip(years, series, strict=True)}

        def both(identity: str) -> dict[str, dict[str, float | None]]:
            item = outcome.item(identity)
            return {
                str(y): {"with": plain(-w), "without": plain(-o)}
                for y, w, o in zip(years, item.with_projects, item.without, strict=True)
            }

        results = self.results
        return {
            "receipt": self.receipt.as_json(),
            "id": self.case.id,
            "company": self.case.company,
            "kind": self.case.kind,
            "outlook": self.outlook_json(),
            **results,
            "npv_sign": self.npv_sign,
            "irr": outcome.internal_rate.rate if results["npv_eur"] is not None else None,
            "irr_roots": len(roots),
            "irr_root_values": list(roots),
            "discounted_payback_years": outcome.payback_years,
            "ranges": self.ranges,
            "gross_by_year_t": by_year(outcome.gross),
            "required_by_year_t": by_year(outcome.required),
            "additional_by_year_t": by_year(outcome.additional),
            "removal_by_year_t": by_year(outcome.removal),
            "outside_levy_by_year_t": by_year(_outside_levy(outcome)),
            "fall_in_activity_by_year_t": by_year(fall_in_activity(self.case, outcome.years)),
            "dispensatierechten_by_year_t": by_year(outcome.rights),
            "levy_base_by_year_t": {
                str(y): {"with": plain(w), "without": plain(o)}
                for y, w, o in zip(
                    years,
                    outcome.with_projects.total("levy_base"),
                    outcome.without.total("levy_base"),
                    strict=True,
                )
            },
            "surplus_rights_by_year_t": {
                state: by_year(left) for state, left in outcome.surplus_rights.items()
            },
            "levy_by_year_eur": both("levy"),
            "ets_by_year_eur": both("ets"),
            "substances_2030_kg": self._substances(),
            "cost_effectiveness": self.cost_effectiveness(),
            "items": [
                {
                    "id": item.id,
                    "npv_eur": plain(_present(item.difference, outcome)),
                    "total_eur": plain(float(item.difference.sum())),
                    "by_year_eur": by_year(item.difference),
                }
                for item in outcome.items
            ],
            "sensitivity": [{**asdict(swing)} for swing in self.swings if _finite(swing)],
            "known": self.beside_what_is_known(),
            "assumptions": self.assumptions(),
            "law": self.law_values(),
            "lacks": [asdict(lack) for lack in self.lacks],
        }

    def outlook_json(self) -> dict[str, Any]:
        """What the run assumes about years on which the law is silent."""
        outlook = self.law.outlook
        if outlook is None:
            return {"name": None}
        scenario = sorted(
            {name for (name, _), v in self.law.used.items() if v.status == "scenario"}
        )
        return {
            "name": outlook.name,
            "inflation": outlook.inflation,
            "carry": outlook.carry,
            "scenario_values": scenario,
        }

    def _substances(self) -> dict[str, dict[str, float | None]]:
        """Air pollutants in 2030; with and without only where the case states the whole. [kg]"""
        outcome = self.outcome
        stated = {s for place in self.case.installations for s in place.substances}
        found = {}
        zero = np.zeros(len(outcome.years))
        for name in sorted({*outcome.without.substances, *outcome.with_projects.substances}):
            before = outcome.in_year(outcome.without.substances.get(name, zero)) * 1e3
            after = outcome.in_year(outcome.with_projects.substances.get(name, zero)) * 1e3
            whole = name in stated
            found[name] = {
                "change": plain(after - before),
                "without": plain(before) if whole else None,
                "with": plain(after) if whole else None,
            }
        return found

    def cost_effectiveness(self) -> list[dict[str, Any]]:
        """Awarded support per tonne, four ways, on gross and on additional tonnes (METHOD §8)."""
        support = self.results["support_eur"]
        gross, additional = self.results["gross_2030_t"], self.results["additional_2030_t"]
        rate = self.outcome.discount_rate

        def row(identity: str, years: int | None, cost: float | None) -> dict[str, Any]:
            return {
                "id": identity,
                "years": years,
                "gross_eur_per_t": _ratio(cost, gross),
                "additional_eur_per_t": _ratio(cost, additional),
            }

        def per_year(factor: float) -> float | None:
            return None if support is None else support * factor

        spans = COST_EFFECTIVENESS_YEARS
        return [
            row("support_per_yearly_tonne_2030", None, support),
            *(row("undiscounted", n, per_year(1 / n)) for n in spans),
            *(row("annuity", n, per_year(capital_recovery_factor(rate, n))) for n in spans),
        ]

    def beside_what_is_known(self) -> list[dict[str, Any]]:
        """What the case computes beside what is publicly known, and why they differ."""
        rows = []
        for number, known in enumerate(self.case.known):
            stated = known.figure.scalar()
            computed = self.results.get(known.result)
            rows.append(
                {
                    "place": f"known[{number}]",
                    "result": known.result,
                    "computed": computed,
                    "range": self.ranges.get(known.result),
                    "known": stated,
                    "unit": known.figure.kind,
                    "ratio": _ratio(computed, stated),
                    "source": self._citation(known.figure),
                    "difference": known.difference.model_dump(),
                }
            )
        return rows

    def assumptions(self) -> list[dict[str, Any]]:
        """Every figure of the case and every price it uses, each with its source."""
        rows = [
            self._assumption(place_text(path), figure)
            for path, figure in figures(self.case)
            if path[0] != "known"
        ]
        rows += [
            {
                "place": f"prices.{carrier}",
                **_stated(price),
                "source": {
                    "id": price.source,
                    "place": price.place,
                    "seen": str(price.seen or load_sources()[price.source].seen),
                },
            }
            for carrier, price in price_set(self.case.price_set).prices.items()
            if carrier in _carriers(self.case)
        ]
        return rows

    def _assumption(self, place: str, figure: Figure) -> dict[str, Any]:
        return {"place": place, **_stated(figure), "source": self._citation(figure)}

    def _citation(self, figure: Figure) -> dict[str, Any]:
        return {
            "id": figure.source,
            "place": figure.place,
            "seen": str(self.case_file.seen(figure)),
        }

    def law_values(self) -> list[dict[str, Any]]:
        """Every parameter used, by run of years with one status and source."""
        rows: list[dict[str, Any]] = []
        for (name, year), value in sorted(self.law.used.items()):
            source = value.citation.as_json()
            last = rows[-1] if rows else None
            same = last and (last["name"], last["status"], last["source"]) == (
                name,
                value.status,
                source,
            )
            if last and same:
                last["by_year"][str(year)] = plain(value.value)
            else:
                rows.append(
                    {
                        "name": name,
                        "unit": value.unit,
                        "price_year": value.price_year,
                        "status": value.status,
                        "source": source,
                        "by_year": {str(year): plain(value.value)},
                    }
                )
        return rows


def assess(
    case_file: CaseFile,
    *,
    variant: str | None = None,
    known_on: date | None = None,
    outlook: str = "hold",
) -> Assessment:
    """Value a checked case file under the law as known on a day (the case's own, if not named)."""
    day = known_on or date.fromisoformat(case_file.case.known_on)
    return Assessment(case_file, Law(day, variant=variant, outlook=outlook))


# ── the flat figures ──────────────────────────────────────────────────────────────────────────


def _results(law: Law) -> dict[str, Callable[[Outcome], float]]:
    """Key -> how it follows from an outcome. The keys are a contract."""
    return {
        "npv_eur": lambda o: o.npv,
        "npv_without_support_eur": lambda o: o.npv_without_support,
        "funding_gap_eur": lambda o: -o.npv_without_support,
        "gross_2030_t": lambda o: o.in_year(o.gross),
        "required_2030_t": lambda o: o.in_year(o.required),
        "additional_2030_t": lambda o: o.in_year(o.additional),
        "additional_2030_frozen_path_t": lambda o: o.in_year(o.additional_frozen),
        "removal_2030_t": lambda o: o.in_year(o.removal),
        "levy_total_eur": lambda o: -float(o.item("levy").with_projects.sum()),
        "levy_total_without_eur": lambda o: -float(o.item("levy").without.sum()),
        "levy_to_2030_eur": lambda o: -float(o.item("levy").with_projects[_to_2030(o)].sum()),
        "levy_to_2030_without_eur": lambda o: -float(o.item("levy").without[_to_2030(o)].sum()),
        "ets_total_eur": lambda o: -float(o.item("ets").with_projects.sum()),
        "investment_eur": lambda o: -float(o.item("capex").difference.sum()),
        "support_eur": lambda o: float(
            sum(i.difference.sum() for i in o.items if i.id.startswith("support_"))
        ),
        "abatement_cost_eur_per_t": private_abatement_cost,
        "social_abatement_cost_eur_per_t": lambda o: social_abatement_cost(o, law),
        "required_support_gross_eur_per_t": lambda o: required_support(o, o.gross),
        "required_support_additional_eur_per_t": lambda o: required_support(o, o.additional),
        "discount_rate": lambda o: o.discount_rate,
    }


def _to_2030(outcome: Outcome) -> Any:
    return outcome.years <= TARGET_YEAR


def _outside_levy(outcome: Outcome) -> Floats:
    """The part of gross that the levy base does not see (METHOD §2). (year,) [t]"""
    in_base = outcome.without.total("levy_base") - outcome.with_projects.total("levy_base")
    return np.asarray(outcome.gross - in_base)


def _present(series: Floats, outcome: Outcome) -> float:
    return float(net_present_value(series, outcome.discount_rate))


# ── ranges and lacks ──────────────────────────────────────────────────────────────────────────


def _ranged(case: Case, law: Law) -> dict[str, bool]:
    """Places of ranged figures that this case uses -> whether a source gives a centre."""
    found = {
        place_text(path): figure.has_centre
        for path, figure in figures(case)
        if figure.is_ranged and path[0] != "known"
    }
    for carrier in _carriers(case):
        price = price_set(case.price_set).prices[carrier]
        if price.is_ranged:
            found[f"prices.{carrier}"] = price.has_centre
    if any(value.is_interval for value in law.used.values()):
        found[BENCHMARK_BOUND] = False
    return found


def _carriers(case: Case) -> list[str]:
    """Every price that a case uses, EU allowances included."""
    measures = [*case.projects, *case.counterfactual]
    used = {"eua"}
    used |= {c for place in case.installations for c in place.energy}
    used |= {c for measure in measures for c in measure.energy}
    used |= {measure.storage.price for measure in measures if measure.storage}
    return sorted(used)


_ONLY_MONEY = ("capex", "fixed_opex", "variable_opex", "premium", "cost", "energy")
_TONNE_RESULTS = (
    "gross_2030_t",
    "required_2030_t",
    "additional_2030_t",
    "additional_2030_frozen_path_t",
    "removal_2030_t",
)
_LEVY_RESULTS = ("levy_", "required_2030", "additional_2030", "required_support_additional")


def _bears_on(place: str, key: str) -> bool:
    """Whether an absent figure at `place` can be why `key` is null."""
    if ".substances." in place:
        return False
    if any(f".{word}" in place for word in _ONLY_MONEY):
        return key not in _TONNE_RESULTS and not key.startswith(("levy_", "ets_"))
    if place.endswith(".rights"):
        return key.startswith((*_LEVY_RESULTS, "npv", "funding", "ets_", "required_support"))
    return True


_INTERVAL = {
    "nl": "alleen een bereik is bekend, zonder midden uit een bron",
    "en": "only a range is known, without a centre from a source",
}
_GIVE_CENTRE = {
    "nl": "geef een waarde met bron",
    "en": "give a value with a source",
}


def _interval(key: str, place: str) -> Lack:
    return Lack(key, "interval", place, _INTERVAL, _GIVE_CENTRE)


def _undefined(key: str) -> Lack:
    return Lack(
        key,
        "undefined",
        "",
        {
            "nl": "er zijn geen tonnen om door te delen, of het jaar 2030 valt buiten de casus",
            "en": "there are no tonnes to divide by, or the year 2030 is outside the case",
        },
        {"nl": "niemand: de uitkomst bestaat niet", "en": "nobody: the outcome does not exist"},
    )


def _sign_open(swings: tuple[Swing, ...]) -> Lack:
    widest = ", ".join(swing.place for swing in swings[:3])
    return Lack(
        "npv_eur",
        "sign_open",
        widest,
        {
            "nl": "de bereiken laten het teken van de netto contante waarde open",
            "en": "the ranges leave the sign of the net present value open",
        },
        {
            "nl": "versmal de bereiken die het meest wegen",
            "en": "narrow the ranges that weigh most",
        },
    )


# ── plain values ──────────────────────────────────────────────────────────────────────────────


def plain(value: Any) -> float | None:
    """A number for JSON: NaN is null, minus nothing is nothing."""
    number = float(value)
    return None if not math.isfinite(number) else number + 0.0


def _ratio(above: float | None, below: float | None) -> float | None:
    if above is None or below is None or below == 0:
        return None
    return above / below


def _same(a: float, b: float) -> bool:
    return (math.isnan(a) and math.isnan(b)) or math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def _or_zero(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _finite(swing: Swing) -> bool:
    return math.isfinite(swing.npv_at_low) and math.isfinite(swing.npv_at_high)


def _stated(figure: Figure) -> dict[str, Any]:
    """A figure as it was stated."""
    fields = {"value", "range", "by_year", "unit", "price_year", "note"}
    stated: dict[str, Any] = figure.model_dump(include=fields, exclude_none=True, mode="json")
    return stated


def _cell(value: float | None) -> str:
    return (
        "not known" if value is None else f"{value:,.4g}" if abs(value) < 1e3 else f"{value:,.0f}"
    )


def _cell_range(found: dict[str, float] | None) -> str:
    return "" if found is None else f"{_cell(found['low'])} to {_cell(found['high'])}"
