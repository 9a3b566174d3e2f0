# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case file, checked: every finding at once, each with its place.

Takes     a path to YAML or JSON.
Gives     the case with the hash of its bytes, and findings in Dutch and English.
Leaves    judgement about the plan itself: a case without errors may still be a poor plan.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from maatwerkbank.ground.documents import Document, Place, path_text, read_document
from maatwerkbank.ground.errors import DocumentError, DocumentRefused, UnknownParameter
from maatwerkbank.ground.findings import Finding, has_errors
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import parameter_file
from maatwerkbank.parameters.price_sets import price_set, price_set_names
from maatwerkbank.plant.case import Case, Measure, Rights
from maatwerkbank.sources.figure import Absent, Figure, Words
from maatwerkbank.sources.register import Seen, Source, load_sources

ENERGY_TAXED = ("electricity", "natural_gas")


@dataclass(frozen=True)
class CaseFile:
    """A case that was read, the hash of what was read, and warnings that came along."""

    case: Case
    sha256: str
    warnings: tuple[Finding, ...]

    def source(self, identity: str) -> Source:
        """The source that a figure cites: of the case itself, or of the shared register."""
        own = self.case.sources.get(identity)
        if own is None:
            return load_sources()[identity]
        return Source(identity, own.title, own.publisher or "", own.date, own.url, own.seen)

    def seen(self, figure: Figure) -> Seen:
        """How a figure was seen: by its own word, or as its source was."""
        return figure.seen or self.source(figure.source).seen


def read_case(path: Path) -> CaseFile:
    """The case at `path`.  Raises DocumentUnreadable, or DocumentRefused with all findings."""
    found, findings = check_case(path)
    if found is None:
        raise DocumentRefused(path.name, findings)
    return found


def check_case(path: Path) -> tuple[CaseFile | None, tuple[Finding, ...]]:
    """The case at `path` if it has no errors, and every finding."""
    try:
        document = read_document(path)
    except DocumentRefused as refused:
        return None, refused.findings
    except DocumentError as error:
        readable = Text(nl="een leesbaar bestand", en="a file that can be read")
        return None, (Finding("error", error.code, path.name, readable, error.what, error.remedy),)
    findings = list(document.findings)
    case: Case | None = None
    if isinstance(document.data, dict):
        try:
            case = Case.model_validate(document.data)
        except ValidationError as error:
            findings += [_structural(each, document) for each in error.errors()]
        findings += _uncited(document)
    else:
        wanted = Text(nl="een casusbestand (sleutels en waarden)", en="a case file (keys, values)")
        findings.append(
            Finding("error", "case.not-a-mapping", "line 1", wanted, _shown(document.data))
        )
    if case is not None:
        findings += list(_coherence(case, document))
    findings.sort(key=lambda finding: finding.severity)
    if case is None or has_errors(tuple(findings)):
        return None, tuple(findings)
    return CaseFile(case, document.sha256, tuple(findings)), tuple(findings)


# ── what pydantic found, in the words of a case file ──────────────────────────────────────────

_A_NUMBER = Text(nl="een getal", en="a number")
_EXPECTED: dict[str, Text] = {
    "missing": Text(nl="dit veld, het is verplicht", en="this field, it is required"),
    "extra_forbidden": Text(nl="een veld van het schema", en="a field of the schema"),
    "float_type": _A_NUMBER,
    "float_parsing": _A_NUMBER,
    "finite_number": Text(nl="een eindig getal", en="a finite number"),
    "int_type": Text(nl="een geheel getal", en="a whole number"),
    "int_parsing": Text(nl="een geheel getal", en="a whole number"),
    "int_from_float": Text(nl="een geheel getal", en="a whole number"),
    "string_type": Text(nl="tekst", en="text"),
    "bool_type": Text(nl="true of false", en="true or false"),
    "bool_parsing": Text(nl="true of false", en="true or false"),
    "list_type": Text(nl="een lijst", en="a list"),
    "dict_type": Text(nl="sleutels met waarden", en="keys with values"),
    "model_type": Text(nl="sleutels met waarden", en="keys with values"),
    "model_attributes_type": Text(nl="sleutels met waarden", en="keys with values"),
    "too_short": Text(nl="ten minste één waarde", en="at least one value"),
    "string_too_short": Text(nl="tekst, niet leeg", en="text, not empty"),
    "string_pattern_mismatch": Text(nl="tekst van de vorm {pattern}", en="text like {pattern}"),
    "string_too_long": Text(
        nl="hoogstens {max_length} tekens", en="at most {max_length} characters"
    ),
    "literal_error": Text(nl="een van {expected}", en="one of {expected}"),
    "enum": Text(nl="een van {expected}", en="one of {expected}"),
    "greater_than_equal": Text(nl="ten minste {ge}", en="at least {ge}"),
    "less_than_equal": Text(nl="ten hoogste {le}", en="at most {le}"),
    "greater_than": Text(nl="meer dan {gt}", en="more than {gt}"),
    "range_order": Text(nl="low ≤ central ≤ high", en="low ≤ central ≤ high"),
    "figure_form": Text(
        nl="precies één van value, range en by_year", en="exactly one of value, range and by_year"
    ),
    "unit_unknown": Text(nl="een bekende eenheid", en="a known unit"),
    "unit_kind": Text(nl="een eenheid van de soort {kinds}", en="a unit of the kind {kinds}"),
}
_REMEDY: dict[str, Text] = {
    "missing": Text(
        nl="vul het in; niet openbaar: schrijf absent: true met why en ask, waar dat mag",
        en="give it; not public: write absent: true with why and ask, where that is allowed",
    ),
    "extra_forbidden": Text(
        nl="controleer de spelling: `maatwerkbank schema case` toont alle velden",
        en="check the spelling: `maatwerkbank schema case` shows all fields",
    ),
    "unit_unknown": Text(
        nl="schrijf bijvoorbeeld EUR, MEUR, kt/year, GWh/year, EUR/t, EUR/MWh, 1/year",
        en="write for instance EUR, MEUR, kt/year, GWh/year, EUR/t, EUR/MWh, 1/year",
    ),
    "finite_number": Text(
        nl="absent is geen NaN: laat het veld weg of schrijf absent: true",
        en="absent is not NaN: leave the field out or write absent: true",
    ),
}
_SEE_SCHEMA = Text(nl="zie `maatwerkbank schema case`", en="see `maatwerkbank schema case`")


def _structural(error: Any, document: Document) -> Finding:
    path = tuple(step for step in error["loc"] if not (isinstance(step, str) and step[:1] in "<["))
    kind = str(error["type"])
    context = error.get("ctx", {})
    expected = _EXPECTED.get(kind)
    if expected is None:
        expected = Text(nl=error["msg"], en=error["msg"])
    expected = Text(nl=_filled(expected.nl, context), en=_filled(expected.en, context))
    return Finding(
        "error",
        f"case.{kind.replace('_', '-')}",
        document.place(path),
        expected,
        _found(kind, error, context),
        _REMEDY.get(kind, _SEE_SCHEMA),
    )


def _filled(text: str, context: dict[str, Any]) -> str:
    for key, value in context.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def _found(kind: str, error: Any, context: dict[str, Any]) -> Text | str:
    if kind == "missing":
        return Text(nl="niets", en="nothing")
    if kind == "extra_forbidden":
        return f"'{error['loc'][-1]}'"
    if kind == "figure_form":
        return str(context["given"])
    if kind in ("unit_unknown", "unit_kind"):
        return f"'{context['unit']}'"
    return _shown(error["input"])


def _shown(value: Any) -> str:
    """A value as found, short enough to read."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _uncited(document: Document) -> list[Finding]:
    """Figures whose source is neither in the case nor in the shared register."""
    own = document.data.get("sources")
    known = set(own) if isinstance(own, dict) else set()
    known |= set(load_sources())
    return [
        Finding(
            "error",
            "case.source-unknown",
            document.place(path),
            Text(nl="de naam van een bron", en="the name of a source"),
            f"'{cited}'",
            Text(
                nl="voeg de bron toe onder sources: met title, publisher, date, url en seen",
                en="add the source under sources: with title, publisher, date, url and seen",
            ),
        )
        for path, cited in _citations(document.data, ())
        if cited not in known
    ]


def _citations(value: Any, path: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield (*path, key), inner
            else:
                yield from _citations(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _citations(inner, (*path, number))


# ── what only the whole case can tell ─────────────────────────────────────────────────────────


def _coherence(case: Case, document: Document) -> Iterator[Finding]:
    def at(*path: str | int) -> str:
        return document.place(path)

    def error(
        code: str, place: str, expected: Text, found: str, remedy: Text | str = ""
    ) -> Finding:
        return Finding("error", f"case.{code}", place, expected, found, remedy)

    if case.last_year < case.valuation_year:
        later = Text(nl=f"{case.valuation_year} of later", en=f"{case.valuation_year} or later")
        yield error("years", at("last_year"), later, str(case.last_year))
        return
    if case.price_set not in price_set_names():
        names = ", ".join(price_set_names())
        choose = Text(nl=f"een van {names}", en=f"one of {names}")
        yield error("price-set", at("price_set"), choose, f"'{case.price_set}'")
        return
    if not case.projects and case.kind != "exposure_only":
        one = Text(nl="ten minste één project", en="at least one project")
        yield error("no-project", at("projects"), one, "an empty list")
    prices = price_set(case.price_set).prices
    yield from _identities(case, at, error)
    installations = {installation.id for installation in case.installations}
    for number, installation in enumerate(case.installations):
        here: Place = ("installations", number)
        if isinstance(installation.rights, Rights):
            yield from _rights(installation.rights, here, at, error)
        for carrier in installation.energy:
            if carrier not in prices:
                yield _unpriced(carrier, at(*here, "energy", carrier), prices, error)
    measures = [("projects", n, m) for n, m in enumerate(case.projects)]
    measures += [("counterfactual", n, m) for n, m in enumerate(case.counterfactual)]
    for group, number, measure in measures:
        yield from _measure(case, measure, (group, number), installations, prices, at, error)
    for number, award in enumerate(case.awards):
        if award.project not in {project.id for project in case.projects}:
            known = Text(nl="de id van een project", en="the id of a project")
            yield error("project-unknown", at("awards", number, "project"), known, award.project)
        if abs(sum(award.paid_by_year.values()) - 1) > 1e-9:
            yield _not_whole(at("awards", number, "paid_by_year"), award.paid_by_year, error)
    years = np.arange(case.valuation_year, case.last_year + 1)
    for path, figure in figures(case):
        yield from _figure(path, figure, years, at, error)
    yield from _seen(case, at)


def _identities(case: Case, at: Any, error: Any) -> Iterator[Finding]:
    groups = ("installations", "projects", "counterfactual", "awards")
    once = Text(nl="elke id één keer", en="every id once")
    for group in groups:
        seen: set[str] = set()
        for number, item in enumerate(getattr(case, group)):
            if item.id in seen:
                yield error("id-twice", at(group, number, "id"), once, f"'{item.id}'")
            seen.add(item.id)


def _rights(rights: Rights, here: Place, at: Any, error: Any) -> Iterator[Finding]:
    forms = [
        rights.free_allocation_2025 is not None,
        bool(rights.sub_installations),
        rights.process_emissions is not None,
    ]
    if sum(forms) != 1:
        one = Text(
            nl="één van free_allocation_2025, sub_installations en process_emissions",
            en="one of free_allocation_2025, sub_installations and process_emissions",
        )
        yield error("rights-form", at(*here, "rights"), one, str(sum(forms)))
    if rights.products and abs(sum(p.share for p in rights.products) - 1) > 1e-9:
        whole = Text(nl="aandelen die samen 1 zijn", en="shares that add up to 1")
        total = f"{sum(p.share for p in rights.products):.6g}"
        yield error("shares", at(*here, "rights", "products"), whole, total)
    named: list[Any] = [*rights.products, *rights.sub_installations]
    for item in named:
        try:
            parameter_file(f"eu_ets/benchmark/{item.product}")
        except UnknownParameter as unknown:
            wanted = Text(nl="een EU ETS-benchmark", en="an EU ETS benchmark")
            yield error(
                "benchmark-unknown", at(*here, "rights"), wanted, item.product, unknown.remedy
            )


def _measure(
    case: Case,
    measure: Measure,
    here: Place,
    installations: set[str],
    prices: dict[str, Any],
    at: Any,
    error: Any,
) -> Iterator[Finding]:
    if measure.installation not in installations:
        known = Text(nl="de id van een installatie", en="the id of an installation")
        yield error(
            "installation-unknown", at(*here, "installation"), known, f"'{measure.installation}'"
        )
    if not case.valuation_year <= measure.first_year <= case.last_year:
        span = f"{case.valuation_year}-{case.last_year}"
        within = Text(nl=f"een jaar in {span}", en=f"a year within {span}")
        yield error("first-year", at(*here, "first_year"), within, str(measure.first_year))
    if abs(sum(measure.capex_by_year.values()) - 1) > 1e-9:
        yield _not_whole(at(*here, "capex_by_year"), measure.capex_by_year, error)
    outside = [
        year for year in measure.capex_by_year if not case.valuation_year <= year <= case.last_year
    ]
    if outside:
        span = f"{case.valuation_year}-{case.last_year}"
        within = Text(nl=f"jaren in {span}", en=f"years within {span}")
        yield error("capex-year", at(*here, "capex_by_year"), within, str(outside))
    if isinstance(measure.capex, Figure) and measure.capex.scalar("low") < 0:
        positive = Text(nl="een bedrag van 0 of meer", en="an amount of 0 or more")
        yield error("capex-negative", at(*here, "capex"), positive, _number(measure.capex))
    wanted = [*measure.energy, *([measure.storage.price] if measure.storage else [])]
    for carrier in wanted:
        if carrier not in prices:
            yield _unpriced(carrier, at(*here, "energy", carrier), prices, error)
    place = {i.id: i for i in case.installations}.get(measure.installation)
    for carrier in measure.energy:
        if carrier not in ENERGY_TAXED or place is None:
            continue
        if carrier not in place.energy_tax:
            told = Text(
                nl=f"energy_tax.{carrier} bij installatie {place.id}: belast of niet, en waarom",
                en=f"energy_tax.{carrier} at installation {place.id}: taxed or not, and why",
            )
            nothing = "nothing"
            yield error("energy-tax", at(*here, "energy", carrier), told, nothing)
        elif place.energy_tax[carrier].taxed and carrier not in place.energy:
            told = Text(
                nl=f"energy.{carrier} bij installatie {place.id}: de schijven gaan over het totaal",
                en=f"energy.{carrier} at installation {place.id}: brackets apply to the total",
            )
            yield error("energy-total", at(*here, "energy", carrier), told, "nothing")


def _unpriced(carrier: str, place: str, prices: dict[str, Any], error: Any) -> Finding:
    names = ", ".join(sorted(prices))
    priced = Text(nl=f"een drager met een prijs: {names}", en=f"a carrier with a price: {names}")
    finding: Finding = error("carrier-unpriced", place, priced, f"'{carrier}'")
    return finding


def _not_whole(place: str, shares: dict[int, float], error: Any) -> Finding:
    whole = Text(nl="aandelen die samen 1 zijn", en="shares that add up to 1")
    finding: Finding = error("shares", place, whole, f"{sum(shares.values()):.6g}")
    return finding


def _number(figure: Figure) -> str:
    return f"{figure.scalar('low'):,.0f} {figure.kind}"


def _figure(
    path: Place, figure: Figure, years: np.ndarray[Any, Any], at: Any, error: Any
) -> Iterator[Finding]:
    missing = figure.missing_years(years)
    if missing and path[0] != "known":
        span = f"{missing[0]}-{missing[-1]}" if len(missing) > 1 else str(missing[0])
        every = Text(
            nl=f"een waarde voor elk jaar van {years[0]} tot en met {years[-1]}",
            en=f"a value for every year from {years[0]} to {years[-1]}",
        )
        remedy = Text(
            nl="voeg de jaren toe, of verklaar beyond: hold of beyond: zero",
            en="add the years, or declare beyond: hold or beyond: zero",
        )
        yield error("year-missing", at(*path, "by_year"), every, f"- {span} -", remedy)


def _seen(case: Case, at: Any) -> Iterator[Finding]:
    """Warnings: figures that nobody verified."""
    shared = load_sources()
    for path, figure in figures(case):
        own = case.sources.get(figure.source)
        source = own or shared.get(figure.source)
        if source is None:
            continue
        if (figure.seen or source.seen) == Seen.UNVERIFIED:
            yield Finding(
                "warning",
                "case.unverified",
                at(*path),
                Text(nl="een bron die iemand gezien heeft", en="a source that somebody has seen"),
                figure.source,
                Text(nl="niet in een officiële run", en="not in an official run"),
            )


def figures(case: Case) -> Iterator[tuple[Place, Figure]]:
    """Every figure of a case with its path, in the order of the file."""
    yield from _walk(case, ())


def absent_figures(case: Case) -> Iterator[tuple[Place, Absent]]:
    """Every figure that the case declares absent, with its path."""
    for path, found in _models(case, ()):
        if isinstance(found, Absent):
            yield path, found


def _walk(value: Any, path: Place) -> Iterator[tuple[Place, Figure]]:
    for where, found in _models(value, path):
        if isinstance(found, Figure):
            yield where, found


def _models(value: Any, path: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, Figure | Absent):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _models(inner, (*path, number))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _models(inner, (*path, str(key)))
    elif hasattr(type(value), "model_fields") and not isinstance(value, Words):
        for key in type(value).model_fields:
            yield from _models(getattr(value, key), (*path, key))


def place_text(path: Place) -> str:
    """The path of a figure, as findings and reports print it."""
    return path_text(path)


def case_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the case file."""
    schema = Case.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:maatwerkbank:schema:case:1",
        "description": "One company's plan; every figure with unit and source.",
        **{key: value for key, value in schema.items() if key != "description"},
    }
