# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where does this number of a run come from?

Takes     a run that is done, and a figure: the key of a result (`npv_eur`), the place of a figure
          in the case file (`projects[0].capex`), a price (`prices.eua`), or a value of law
          (`co2_heffing/tarief`).
Gives     formula, inputs with their sources, years, the code that computes it; and how deep this
          trail goes.
Leaves    the run itself and its receipt to the page around it.

All of it stands in the result that was kept: nothing is computed here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.ground.documents import document_of
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.names import figure_label, parameter_label, unit_label
from maatwerkbank.letter.numbers import figure, span, stated
from maatwerkbank.letter.origins import resting, stated_figure
from maatwerkbank.letter.words import has_word, word
from maatwerkbank.parameters.files import parameter_file, parameter_names
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.sources.register import Source, load_sources
from maatwerkbank.web.runs.case_files import UNNAMED
from maatwerkbank.web.runs.figures import SUPPORT_FIGURES, label, origin_address
from maatwerkbank.web.runs.models import Run

HEAVIEST = 3  # of the unknown figures that move a result most


@dataclass(frozen=True)
class Cited:
    """A source: its title, where it can be read here or on the web, the place in it, how seen."""

    title: str
    href: str
    place: str
    seen: str


@dataclass(frozen=True)
class Input:
    """Something that a figure rests on."""

    label: str
    value: str
    href: str
    source: Cited | None = None


@dataclass(frozen=True)
class Origin:
    """The trail of one figure. `depth` says where it ends."""

    name: str
    value: str
    depth: str
    range: str = ""
    note: str = ""
    formula: str = ""
    section: str = ""  # of docs/explanation/method.md
    code: str = ""
    line: str = ""  # of the case file
    source: Cited | None = None
    lacks: tuple[Mapping[str, str], ...] = ()
    inputs: tuple[Input, ...] = ()
    inputs_note: str = ""
    parts: tuple[Input, ...] = ()  # that add up to it
    years: tuple[tuple[str, str], ...] = ()
    used_by: tuple[Input, ...] = field(default=())


def origin_of(run: Run, key: str, language: Language) -> Origin | None:
    """The trail of a figure; None where the run has no such figure."""
    trail = _Trail(run, language)
    if key in run.figures and key != "ranges":
        return trail.of_support(key) if key in SUPPORT_FIGURES else trail.of_result(key)
    if key in trail.assumptions:
        return trail.of_assumption(key)
    return trail.of_law(key) if key in trail.law else None


# What computes a result: the paragraph of the method, and the module.
_METHOD: dict[str, tuple[str, str]] = {
    "npv": ("8", "economics/discounting.py"),
    "irr": ("8", "economics/discounting.py"),
    "discounted_payback": ("8", "economics/discounting.py"),
    "discount": ("8", "economics/discounting.py"),
    "funding_gap": ("8", "economics/discounting.py"),
    "carbon_value": ("8", "economics/results.py"),
    "gross": ("2", "plant/quantities.py"),
    "removal": ("2", "plant/quantities.py"),
    "required_support": ("8", "economics/abatement_cost.py"),
    "required": ("6", "rules/additionaliteit.py"),
    "additional": ("6", "rules/additionaliteit.py"),
    "levy": ("5", "rules/co2_heffing.py"),
    "ets": ("4", "rules/eu_ets.py"),
    "investment": ("7", "economics/cash_flow.py"),
    "support": ("7", "economics/cash_flow.py"),
    "abatement": ("8", "economics/abatement_cost.py"),
    "social_abatement": ("8", "economics/abatement_cost.py"),
    "left_after": ("9", "support/ladder.py"),
    "tailor_made": ("9", "support/ladder.py"),
}
_RESULTS = "economics/results.py"
_FORMULAS = {
    "irr": Text(
        nl="De rekenrente waarbij de netto contante waarde nul is; leeg waar er geen of meer dan "
        "één is.",
        en="The discount rate at which the net present value is nil; empty where there is none or "
        "more than one.",
    ),
    "discounted_payback_years": Text(
        nl="Het aantal jaren waarna de opgetelde, contant gemaakte kasstroom niet meer onder nul "
        "komt.",
        en="The number of years after which the discounted cash flow, added up, stays at nil or "
        "above.",
    ),
    "npv_sign": Text(
        nl="Het teken van de netto contante waarde over het hele bereik.",
        en="The sign of the net present value over the whole range.",
    ),
    "left_after_generic_eur": Text(
        nl="Het tekort van het plan zonder steun, min de contante waarde van elke generieke "
        "regeling die past, in de volgorde van de ladder.",
        en="The gap of the plan without support, less the present worth of each generic scheme "
        "that fits, in the order of the ladder.",
    ),
    "tailor_made_grant_eur": Text(
        nl="De subsidie waarmee het plan, na de generieke regelingen, precies zijn rekenrente "
        "haalt.",
        en="The grant with which the plan, after the generic schemes, earns exactly its discount "
        "rate.",
    ),
}
# Results of the whole cash flow that no pattern of places tells.
_ON_ALL = ("irr", "npv_sign", "discounted_payback_years")
# Results that stand beside a yearly series of the same thing.
_SERIES = {
    "gross_2030_t": "gross_by_year_t",
    "required_2030_t": "required_by_year_t",
    "additional_2030_t": "additional_by_year_t",
    "removal_2030_t": "removal_by_year_t",
}
_SERIES_OF_BOTH = {
    "levy_to_2030_eur": ("levy_by_year_eur", "with"),
    "levy_total_eur": ("levy_by_year_eur", "with"),
    "levy_to_2030_without_eur": ("levy_by_year_eur", "without"),
    "levy_total_without_eur": ("levy_by_year_eur", "without"),
    "ets_total_eur": ("ets_by_year_eur", "with"),
}


class _Trail:
    """Reads trails out of the result of a run."""

    def __init__(self, run: Run, language: Language) -> None:
        self.run = run
        self.language = language
        self.result: dict[str, Any] = run.result or {}
        self.assumptions = {row["place"]: row for row in self.result.get("assumptions", ())}
        self.law: dict[str, list[dict[str, Any]]] = {}
        for row in self.result.get("law", ()):
            self.law.setdefault(row["name"], []).append(row)
        self.case = Case.model_validate(run.case_version.document)
        self._file = CaseFile(self.case, run.case_version.sha256, ())

    # ── results ───────────────────────────────────────────────────────────────────────────────

    def of_result(self, key: str) -> Origin:
        """A flat figure of the assessment."""
        value = self.run.figures[key]
        found = self.run.figures["ranges"].get(key)
        section, module = _computed_by(key)
        inputs, note = self._inputs(key)
        return Origin(
            name=label(key, self.language),
            value=self._value(key, value),
            range=span(key, found, self.language) if found else "",
            formula=self._formula(key),
            section=section,
            code=f"{module}; {_RESULTS}:{_line_of(key)}" if _line_of(key) else module,
            lacks=tuple(
                {"why": each["why"][self.language], "ask": each["ask"][self.language]}
                for each in self.result["lacks"]
                if each["figure"] == key
            ),
            inputs=inputs,
            inputs_note=note,
            parts=self._parts(key),
            years=self._years(key),
            depth=_(
                "Down to every figure of the case file and every value of law that it rests on. "
                "Amounts in between are not kept one by one: the code that is named computes them "
                "again from this receipt."
            ),
        )

    def of_support(self, key: str) -> Origin:
        """A figure of the ladder of support."""
        support = self.result["support"]
        found = support.get(key.replace("_eur", "_range_eur"))
        rungs = [*support["ladder"], *support["tailor_made"]]
        section, module = _computed_by(key)
        return Origin(
            name=label(key, self.language),
            value=figure(key, support[key], self.language),
            range=span(key, found, self.language) if found else "",
            formula=self._formula(key),
            section=section,
            code=module,
            inputs=tuple(
                Input(
                    f"{_scheme(rung['scheme'], self.language)} ({rung['project']})",
                    self._rung(rung),
                    "",
                )
                for rung in rungs
            ),
            inputs_note=_("The schemes of the ladder, each with what it comes to for a project."),
            depth=_(
                "Down to the schemes of the ladder. Their conditions and the law behind each stand "
                "in the report and in the JSON of the run, under support."
            ),
        )

    def _rung(self, rung: Mapping[str, Any]) -> str:
        key = f"outcome.{rung['outcome']}"
        outcome = word(key, self.language) if has_word(key) else str(rung["outcome"])
        if rung.get("worth_eur") is None:
            return outcome
        return f"{outcome}; {figure('worth_eur', rung['worth_eur'], self.language)}"

    def _value(self, key: str, value: Any) -> str:
        if key == "npv_sign":
            return word(f"npv_sign.{value}", self.language)
        if key == "discounted_payback_years" and value is not None:
            return stated(float(value), self.language)
        return figure(key, value, self.language)

    def _formula(self, key: str) -> str:
        if key in _FORMULAS:
            return _FORMULAS[key].into(self.language)
        if not has_word(f"how.{key}"):
            return ""
        return word(f"how.{key}", self.language).format(year=self.case.valuation_year)

    def _inputs(self, key: str) -> tuple[tuple[Input, ...], str]:
        rests = None if key in _ON_ALL else resting(key, self.assumptions, self.law)
        if rests is not None:
            inputs = (
                *(self._assumed(place) for place in rests.places),
                *(self._of_law(name) for name in rests.parameters),
            )
            return inputs, ""
        places = [swing["place"] for swing in self.result["sensitivity"][:HEAVIEST]]
        heavy = tuple(self._assumed(place) for place in places if place in self.assumptions)
        every = tuple(self._assumed(p) for p in self.assumptions if p not in places)
        note = _("It rests on every figure of the case and every price that it uses.")
        if heavy:
            note = _("%(note)s Those that are not known and weigh most stand first.") % {
                "note": note
            }
        return (*heavy, *every), note

    def _parts(self, key: str) -> tuple[Input, ...]:
        if key != "npv_eur":
            return ()
        return tuple(
            Input(self._item(item["id"]), figure("npv_eur", item["npv_eur"], self.language), "")
            for item in self.result["items"]
        )

    def _item(self, identity: str) -> str:
        if has_word(f"item.{identity}"):
            return word(f"item.{identity}", self.language)
        if identity.startswith("support_"):
            names = {award.id: award.name.into(self.language) for award in self.case.awards}
            name = names.get(identity.removeprefix("support_"), identity)
            return word("item.support", self.language, name=name)
        place = f"prices.{identity.removeprefix('energy_')}"
        return figure_label(self.case, place, self.language)

    def _years(self, key: str) -> tuple[tuple[str, str], ...]:
        if key in _SERIES:
            series = self.result[_SERIES[key]]
        elif key in _SERIES_OF_BOTH:
            name, which = _SERIES_OF_BOTH[key]
            series = {year: both[which] for year, both in self.result[name].items()}
        else:
            return ()
        return tuple((year, figure(key, value, self.language)) for year, value in series.items())

    # ── what was put in ───────────────────────────────────────────────────────────────────────

    def of_assumption(self, place: str) -> Origin:
        """A figure of the case file, or a price that it uses."""
        row = self.assumptions[place]
        of_set = place.startswith("prices.")
        return Origin(
            name=figure_label(self.case, place, self.language),
            value=stated_figure(row, self.language),
            note=row.get("note", ""),
            source=self._cited(row["source"]),
            line="" if of_set else self._line(place),
            code=f"parameters/price_sets/{self.case.price_set}.yaml" if of_set else "",
            used_by=self._used_by(place),
            depth=_("This is where the trail ends: the figure as its source states it."),
        )

    def of_law(self, name: str) -> Origin:
        """A value of law, by year."""
        rows = self.law[name]
        parameter = parameter_file(name) if name in parameter_names() else None
        years = [
            (
                year,
                self._dated(value, row),
            )
            for row in rows
            for year, value in row["by_year"].items()
        ]
        return Origin(
            name=parameter.label.into(self.language) if parameter else name,
            value=years[0][1] if len(years) == 1 else _("%(n)s years") % {"n": len(years)},
            note=parameter.description.into(self.language) if parameter else "",
            code=f"parameters/data/{name}.yaml",
            inputs=tuple(Input(_years_of(row), "", "", self._cited(row["source"])) for row in rows),
            inputs_note=_("Which source speaks of which years."),
            years=tuple(years),
            used_by=self._used_by_law(name),
            depth=_("This is where the trail ends: the value as the law or its source states it."),
        )

    def _dated(self, value: Any, row: Mapping[str, Any]) -> str:
        status = word(f"status.{row['status']}", self.language)
        return f"{_law_value(value, row['unit'], self.language)} ({status})"

    def _assumed(self, place: str) -> Input:
        row = self.assumptions[place]
        return Input(
            figure_label(self.case, place, self.language),
            stated_figure(row, self.language),
            origin_address(self.run, place),
            self._cited(row["source"]),
        )

    def _of_law(self, name: str) -> Input:
        rows = self.law[name]
        values = [each for row in rows for each in row["by_year"].items()]
        ends = values if len(values) == 1 else (values[0], values[-1])
        told = "; … ".join(
            f"{year}: {_law_value(value, rows[0]['unit'], self.language)}" for year, value in ends
        )
        return Input(
            parameter_label(name, self.language),
            told,
            origin_address(self.run, name),
            self._cited(rows[-1]["source"]),
        )

    def _used_by(self, place: str) -> tuple[Input, ...]:
        """Results that rest on a figure; those that rest on all are told by the page."""
        keys = [
            key
            for key in self.run.figures
            if key not in _ON_ALL
            and (rests := resting(key, [place], ())) is not None
            and rests.places
        ]
        return self._results(keys)

    def _used_by_law(self, name: str) -> tuple[Input, ...]:
        keys = [
            key
            for key in self.run.figures
            if (rests := resting(key, (), [name])) is not None and rests.parameters
        ]
        return self._results(keys)

    def _results(self, keys: Iterable[str]) -> tuple[Input, ...]:
        return tuple(
            Input(
                label(key, self.language),
                figure(key, self.run.figures[key], self.language),
                origin_address(self.run, key),
            )
            for key in keys
            if has_word(key)
        )

    def _cited(self, source: Mapping[str, Any]) -> Cited:
        found: Source | None
        try:
            found = self._file.source(source["id"])
        except KeyError:
            found = None
        seen = word(f"seen.{source['seen']}", self.language) if source.get("seen") else ""
        return Cited(
            title=found.title if found else source["id"],
            href=_source_address(source["id"]),
            place=" ".join((source.get("place") or "").split()),
            seen=seen,
        )

    def _line(self, place: str) -> str:
        """Where the figure stands in the case file."""
        version = self.run.case_version
        document = document_of(version.text.encode(), version.file_name or UNNAMED)
        path = tuple(
            int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)
        )
        line = document.lines.get(path)
        return str(line) if line else ""


def _computed_by(key: str) -> tuple[str, str]:
    """The longest start of a key that the table names."""
    start = max((s for s in _METHOD if key.startswith(s)), key=len, default="")
    return _METHOD.get(start, ("", _RESULTS))


@cache
def _result_lines() -> dict[str, int]:
    """Where each result is defined in `economics/results.py`."""
    text = (files("maatwerkbank.economics") / "results.py").read_text("utf-8")
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s+"([a-z0-9_]+)":', line)
        if match:
            found.setdefault(match[1], number)
    return found


def _line_of(key: str) -> int | None:
    return _result_lines().get(key)


def _source_address(identity: str) -> str:
    if identity not in load_sources():
        return ""
    return reverse("source", args=[identity])


def _scheme(identity: str, language: Language) -> str:
    key = f"scheme.{identity}"
    return word(key, language) if has_word(key) else identity


def _years_of(row: Mapping[str, Any]) -> str:
    years = list(row["by_year"])
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _law_value(value: Any, unit: str, language: Language) -> str:
    """A value of law as it was taken; of one that nobody has seen its bounds."""
    if unit in ("year", "code"):
        return f"{value:.0f}"
    if value is None:
        return word("cannot_be_judged", language)
    named = unit_label(unit, language)
    if isinstance(value, dict):
        low, high = stated(value["low"], language), stated(value["high"], language)
        return f"{word('text.range', language, low=low, high=high)} {named}".strip()
    return f"{stated(value, language)} {named}".strip()
