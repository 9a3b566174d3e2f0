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
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import maatwerkbank
from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.contract import assessment_json, plain
from maatwerkbank.economics.discounting import capital_recovery_factor
from maatwerkbank.economics.lacks import (
    ASK_SPLIT,
    NO_SPLIT,
    Lack,
    only_a_range,
    sign_open,
    undefined,
)
from maatwerkbank.economics.results import Result, results_under
from maatwerkbank.economics.spread import Judged, Series, Spread
from maatwerkbank.economics.unknowns import ENDS, Swing, carriers_of
from maatwerkbank.ground.errors import OfficialRunRefused
from maatwerkbank.ground.receipt import Receipt, code_sha256, numeric_platform
from maatwerkbank.parameters.files import law_sha256
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.price_sets import price_set
from maatwerkbank.plant.case import Case, Rights
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.figure_places import absent_figures, figures, place_text, statements
from maatwerkbank.plant.quantities import Picks
from maatwerkbank.sources.figure import Figure
from maatwerkbank.sources.register import Seen, load_sources

if TYPE_CHECKING:
    import xarray as xr

COST_EFFECTIVENESS_YEARS = (10, 15)


class Assessment:
    """A case, valued. Made by `assess`; everything in it can be computed again from the receipt."""

    def __init__(self, case_file: CaseFile, law: Law) -> None:
        self.case_file = case_file
        self.case: Case = case_file.case
        self.law = law
        self.spread = Spread(self.case, law)

    @property
    def outcome(self) -> Outcome:
        """The computation with every range at its centre, or its middle where it has none."""
        return self.spread.centre

    @property
    def swings(self) -> tuple[Swing, ...]:
        """Every unknown by what it does to the NPV, the largest first."""
        return self.spread.swings

    # ── results ───────────────────────────────────────────────────────────────────────────────

    def difference(self, other: "Assessment") -> dict[str, Judged]:
        """`other` minus this, key by key, with every ranged figure at the same end in both."""
        mine, theirs = results_under(self.law), results_under(other.law)
        return {
            key: self.spread.difference(result, other.spread, theirs[key])
            for key, result in mine.items()
        }

    @cached_property
    def results(self) -> dict[str, float | None]:
        """The flat figures by key; null = cannot be judged, see `lacks`."""
        return {key: value for key, (value, _) in self._judgements.items()}

    @cached_property
    def ranges(self) -> dict[str, dict[str, float]]:
        """Lowest and highest of each flat figure that has a range."""
        return {key: found for key, (_, found) in self._judgements.items() if found}

    @cached_property
    def _judgements(self) -> dict[str, Judged]:
        return {key: self.spread.judged(result) for key, result in results_under(self.law).items()}

    @property
    def npv_sign(self) -> str:
        """`positive`, `negative`, `open` (the ranges leave it open) or `unknown`."""
        value, found = self._judgements["npv_eur"]
        if found:
            low, high = found["low"], found["high"]
        elif value is not None:
            low = high = value
        else:
            return "unknown"
        return "open" if low < 0 <= high else "positive" if low >= 0 else "negative"

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """Every result that cannot be judged, or of which the sign stays open, and why."""
        found: list[Lack] = []
        for key, (value, ranged) in self._judgements.items():
            if value is None and ranged is not None:
                moving = self.spread.moving(results_under(self.law)[key])
                found += [only_a_range(key, name, members) for name, members in moving.items()]
            elif value is None:
                found += self._gaps(key) or [undefined(key)]
        if self.npv_sign == "open":
            found.append(sign_open(self.swings))
        if self._judgements["npv_eur"][0] is None:
            # A rate and a payback are those of the same cash flow.
            rates = [replace(k, figure="irr") for k in found if k.figure == "npv_eur"]
            found += [*rates, *(replace(k, figure="discounted_payback_years") for k in rates)]
        return tuple(found)

    def _gaps(self, key: str) -> list[Lack]:
        """Absent figures on which a result hangs: it stays unknown were all others nothing."""
        result = results_under(self.law)[key]
        return [
            Lack(key, "absent", place, (place,), why, ask)
            for place, (why, ask) in self._absent.items()
            if math.isnan(result(self._were_known_but[place]))
        ]

    @cached_property
    def _absent(self) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
        """Places of absent figures, with why, and who can give them."""
        declared = {
            place_text(path): (gap.why.model_dump(), gap.ask.model_dump())
            for path, gap in absent_figures(self.case)
        }
        unsplit = {
            f"installations[{n}].rights.products": (NO_SPLIT, ASK_SPLIT)
            for n, installation in enumerate(self.case.installations)
            if isinstance(installation.rights, Rights)
            and installation.rights.free_allocation_2025 is not None
            and not installation.rights.products
        }
        return {**declared, **unsplit}

    @cached_property
    def _were_known_but(self) -> dict[str, Outcome]:
        """For each absent figure: the outcome were all other absent figures nothing."""
        every = set(self._absent)
        return {
            place: evaluate(self.case, self.law, Picks(supposed_nil=every - {place}))
            for place in every
        }

    # ── labelled views ────────────────────────────────────────────────────────────────────────

    @property
    def cash_flow(self) -> "xr.DataArray":
        """The cash flow by item: factual minus counterfactual. (item, year) [eur, nominal]"""
        items = self.outcome.labelled["items"].sel(state="difference", drop=True)
        return items.assign_attrs(case=self.case.id, receipt=self.receipt.number)

    @property
    def emissions(self) -> "xr.Dataset":
        """Emissions with and without the projects, and the path of the levy. (year,) [t]"""
        return self.outcome.labelled.drop_dims(["state", "item"])

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
        unverified += [
            f"{place_text(path)}: unverified in {said.source}"
            for path, said in statements(self.case)
            if path[0] != "uncertainties" and self.case_file.seen(said) == Seen.UNVERIFIED
        ]
        prices = [
            f"prices.{carrier}: unverified in {figure.source}"
            for carrier, figure in price_set(self.case.price_set).prices.items()
            if carrier in carriers_of(self.case)
            and (figure.seen or load_sources()[figure.source].seen) == Seen.UNVERIFIED
        ]
        return [*self.law.not_official(), *unverified, *prices]

    def require_official(self) -> None:
        """Raises OfficialRunRefused, with every reason."""
        reasons = self.not_official()
        if reasons:
            raise OfficialRunRefused(reasons)

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

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank assess --json` (docs/reference/json.md)."""
        return assessment_json(self)

    def cost_effectiveness(self, support: Result | None = None) -> list[dict[str, Any]]:
        """Support per tonne, four ways, on gross and on additional tonnes (METHOD §8).

        `support` gives the euros; what is awarded if not named.
        """
        spans = COST_EFFECTIVENESS_YEARS
        euros = support or results_under(self.law)["support_eur"]
        return [
            self._per_tonne(euros, "support_per_yearly_tonne_2030", None, _evenly(1)),
            *(self._per_tonne(euros, "undiscounted", n, _evenly(n)) for n in spans),
            *(self._per_tonne(euros, "annuity", n, _as_annuity(n)) for n in spans),
        ]

    def _per_tonne(
        self, support: Result, identity: str, years: int | None, share_a_year: Result
    ) -> dict[str, Any]:
        def per_tonne(series: Series) -> Result:
            def result(outcome: Outcome) -> float:
                tonnes = outcome.in_year(series(outcome))
                cost = support(outcome) * share_a_year(outcome)
                return cost / tonnes if tonnes > 0 else float("nan")

            return result

        gross, gross_range = self.spread.judged(per_tonne(lambda o: o.gross))
        additional, additional_range = self.spread.judged(per_tonne(lambda o: o.additional))
        return {
            "id": identity,
            "years": years,
            "gross_eur_per_t": gross,
            "gross_range_eur_per_t": gross_range,
            "additional_eur_per_t": additional,
            "additional_range_eur_per_t": additional_range,
        }

    def beside_what_is_known(self) -> list[dict[str, Any]]:
        """What the case computes beside what is publicly known, and why they differ."""
        rows = []
        for number, known in enumerate(self.case.known):
            stated = known.figure.scalar() if known.figure.has_centre else None
            low, high = (known.figure.scalar(end) for end in ENDS)
            computed = self.results.get(known.result)
            rows.append(
                {
                    "place": f"known[{number}]",
                    "result": known.result,
                    "computed": computed,
                    "range": self.ranges.get(known.result),
                    "known": stated,
                    "known_range": {"low": low, "high": high} if low != high else None,
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
            if carrier in carriers_of(self.case)
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
        _ = self.results  # what a result asks of the law counts as used
        rows: list[dict[str, Any]] = []
        for (name, year), value in sorted(self.law.used.items()):
            source = value.citation.as_json()
            last = rows[-1] if rows else None
            stated = (name, value.price_year, value.status, source)
            told = (
                {"low": value.low, "high": value.high} if value.is_interval else plain(value.value)
            )
            if (
                last
                and (last["name"], last["price_year"], last["status"], last["source"]) == stated
            ):
                last["by_year"][str(year)] = told
            else:
                rows.append(
                    {
                        "name": name,
                        "unit": value.unit,
                        "price_year": value.price_year,
                        "status": value.status,
                        "source": source,
                        "by_year": {str(year): told},
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


def _evenly(years: int) -> Result:
    """The share of an amount that falls on one of so many years."""
    return lambda _: 1.0 / years


def _as_annuity(years: int) -> Result:
    """The same as an ordinary annuity at the rate of the case: first term after one year."""
    return lambda outcome: capital_recovery_factor(outcome.discount_rate, years)


def _ratio(above: float | None, below: float | None) -> float | None:
    if above is None or below is None or below == 0:
        return None
    return above / below


def _stated(figure: Figure) -> dict[str, Any]:
    """A figure as it was stated."""
    fields = {"value", "range", "by_year", "unit", "price_year", "note"}
    if figure.by_year is not None:
        fields |= {"between", "beyond"}
    stated: dict[str, Any] = figure.model_dump(include=fields, exclude_none=True, mode="json")
    return stated


def _cell(value: float | None) -> str:
    return (
        "not known" if value is None else f"{value:,.4g}" if abs(value) < 1e3 else f"{value:,.0f}"
    )


def _cell_range(found: dict[str, float] | None) -> str:
    return "" if found is None else f"{_cell(found['low'])} to {_cell(found['high'])}"
