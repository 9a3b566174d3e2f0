# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What only the whole case can tell: names that meet, years that fit, units that belong.

Takes     a case that has the right form, or the readable part of one that has not.
Gives     findings in Dutch and English: place, expected, found, remedy.
Leaves    the form itself to `structure`.
"""

import difflib
from collections.abc import Callable, Iterator

import numpy as np

from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.documents import Document, Place
from maatwerkbank.ground.errors import UnknownParameter
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text, say
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.files import parameter_file
from maatwerkbank.parameters.price_sets import price_set, price_set_names
from maatwerkbank.parameters.sde_tables import category_ids
from maatwerkbank.plant import uncertainty_coherence
from maatwerkbank.plant.case import Award, Case, Installation, Measure, Rights
from maatwerkbank.plant.figure_places import figures, statements
from maatwerkbank.plant.readable_part import readable_part
from maatwerkbank.plant.scheme_facts import Day, Stated
from maatwerkbank.plant.structure import NOTHING, OTHER_UNIT
from maatwerkbank.sources.figure import Figure, Range
from maatwerkbank.sources.register import Seen, load_sources

ENERGY_TAXED = ("electricity", "natural_gas")

At = Callable[..., str]


def coherence_of_the_rest(document: Document) -> list[Finding]:
    """What can be said about the whole although parts of it are malformed, and no more."""
    readable = readable_part(document.data)
    if readable is None:
        return []
    case, aside = readable
    asked: dict[str, Place] = {}

    def at(*path: str | int) -> str:
        place = document.place(path)
        asked[place] = path
        return place

    return [
        finding
        for finding in coherence(case, at)
        if not any(_touches(finding, asked[finding.place], path) for path in aside)
    ]


def _touches(finding: Finding, path: Place, aside: Place) -> bool:
    """Whether a finding at `path` may exist only because what stood at `aside` was put aside."""
    if path[: len(aside)] == aside or aside[: len(path)] == path:
        return True
    if finding.code.startswith("case.energy-"):
        return aside[0] == "installations" and bool({"energy", "energy_tax", "id"} & {*aside})
    if finding.code == "case.installation-unknown":
        return aside[0] == "installations" and aside[2:] == ("id",)
    if finding.code.startswith("case.uncertain-"):  # a figure there may be among what is aside
        return aside[0] != "uncertainties" and str(aside[0]) in say(finding.found, "en")
    if finding.code == "case.dependence-unknown":  # with one of a list the others may be aside
        return aside[:2] in (("uncertainties", "figures"), ("uncertainties", "delays"))
    return finding.code == "case.project-unknown" and aside[2:] == ("id",)


def coherence(case: Case, at: At) -> Iterator[Finding]:
    """Every finding about the whole; `at` gives the place that a path is printed as."""
    yield from _days(case, at)
    yield from _identities(case, at)
    if not case.projects and case.kind != "exposure_only":
        one = Text(nl="ten minste één project", en="at least one project")
        yield _error("no-project", at("projects"), one, _EMPTY, _ADD_PROJECT)
    if case.last_year < case.valuation_year:
        later = Text(nl=f"{case.valuation_year} of later", en=f"{case.valuation_year} or later")
        yield _error("years", at("last_year"), later, str(case.last_year), _WITHIN)
    else:
        yield from _years(case, at)
    if case.price_set not in price_set_names():
        names = ", ".join(price_set_names())
        choose = Text(nl=f"een van {names}", en=f"one of {names}")
        yield _error("price-set", at("price_set"), choose, f"'{case.price_set}'", _CHOOSE)
    else:
        yield from _priced(case, at)
    yield from _one_number(case, at)
    for number, installation in enumerate(case.installations):
        if isinstance(installation.rights, Rights):
            yield from _rights(installation.rights, ("installations", number), at)
        yield from _energy_tax(installation, ("installations", number), at)
    for here, measure in _measures(case):
        yield from _measure(case, measure, here, at)
    for number, award in enumerate(case.awards):
        if award.project not in {project.id for project in case.projects}:
            known = Text(nl="de id van een project", en="the id of a project")
            place = at("awards", number, "project")
            yield _error("project-unknown", place, known, f"'{award.project}'", _SPELL_ID)
        if award.contract:
            yield from _contract(case, number, award, at)
        elif abs(sum(award.paid_by_year.values()) - 1) > 1e-9:
            yield _not_whole(at("awards", number, "paid_by_year"), award.paid_by_year)
    yield from _seen(case, at)
    yield from uncertainty_coherence.findings(case, at)


def _contract(case: Case, number: int, award: Award, at: At) -> Iterator[Finding]:
    """A contract along a price: one way to be paid, and a price of the kind of its strike."""
    contract = award.contract
    if contract is None:
        return
    here = ("awards", number)
    if award.form != "operating_aid":
        aid = Text(nl="operating_aid bij een contract", en="operating_aid with a contract")
        remedy = Text(nl="schrijf operating_aid", en="write operating_aid")
        yield _error("contract-form", at(*here, "form"), aid, award.form, remedy)
    if award.paid_by_year:
        one = Text(nl="contract of paid_by_year", en="contract or paid_by_year")
        both = Text(nl="beide", en="both")
        remedy = Text(nl="laat paid_by_year weg", en="leave paid_by_year out")
        yield _error("contract-paid", at(*here, "paid_by_year"), one, both, remedy)
    prices = price_set(case.price_set).prices if case.price_set in price_set_names() else {}
    if prices and contract.price not in prices:
        priced = Text(
            nl=f"een prijs van de prijzenset: {', '.join(sorted(prices))}",
            en=f"a price of the price set: {', '.join(sorted(prices))}",
        )
        place = at(*here, "contract", "price")
        yield _error("contract-price", place, priced, f"'{contract.price}'", _CHOOSE)
    elif prices and _bought(prices[contract.price]) != _bought(contract.strike):
        kind = prices[contract.price].kind
        fitting = Text(nl=f"een eenheid van de soort {kind}", en=f"a unit of the kind {kind}")
        place = at(*here, "contract", "strike")
        yield _error("contract-unit", place, fitting, f"'{contract.strike.unit}'", OTHER_UNIT)
    if contract.volume.kind != _bought(contract.strike):
        kind = _bought(contract.strike)
        fitting = Text(nl=f"een eenheid van de soort {kind}", en=f"a unit of the kind {kind}")
        place = at(*here, "contract", "volume")
        yield _error("contract-unit", place, fitting, f"'{contract.volume.unit}'", OTHER_UNIT)


def _error(code: str, place: str, expected: Text, found: Text | str, remedy: Text | str) -> Finding:
    return Finding("error", f"case.{code}", place, expected, found, remedy)


_EMPTY = Text(nl="een lege lijst", en="an empty list")
_ADD_PROJECT = Text(
    nl="voeg een project toe, of noem de casus exposure_only",
    en="add a project, or call the case exposure_only",
)
_WITHIN = Text(
    nl="verander dit jaar, of valuation_year en last_year van de casus",
    en="change this year, or valuation_year and last_year of the case",
)
_CHOOSE = Text(nl="kies een van deze namen", en="choose one of these names")
_SPELL_ID = Text(
    nl="controleer de spelling van de id, of voeg toe wat ontbreekt",
    en="check the spelling of the id, or add what is missing",
)
_MAKE_WHOLE = Text(
    nl="verdeel het geheel over de jaren of delen: de som is 1",
    en="divide the whole over the years or parts: the sum is 1",
)


def _measures(case: Case) -> Iterator[tuple[Place, Measure]]:
    for group in ("projects", "counterfactual"):
        for number, measure in enumerate(getattr(case, group)):
            yield (group, number), measure


def _days(case: Case, at: At) -> Iterator[Finding]:
    """Days that the calendar does not have."""
    stated: list[tuple[Place, str]] = [(("known_on",), case.known_on)]
    stated += [
        (("sources", name, "date"), own.date) for name, own in case.sources.items() if own.date
    ]
    stated += [
        ((*path, "value"), said.value) for path, said in statements(case) if isinstance(said, Day)
    ]
    for path, text in stated:
        try:
            last_day(text)
        except ValueError:
            day = Text(nl="een dag die bestaat", en="a day that exists")
            remedy = Text(nl="schrijf jjjj-mm-dd", en="write yyyy-mm-dd")
            yield _error("date", at(*path), day, f"'{text}'", remedy)


def _identities(case: Case, at: At) -> Iterator[Finding]:
    groups = ("installations", "projects", "counterfactual", "awards")
    once = Text(nl="elke id één keer", en="every id once")
    remedy = Text(nl="geef een van beide een andere id", en="give one of the two another id")
    for group in groups:
        seen: set[str] = set()
        for number, item in enumerate(getattr(case, group)):
            if item.id in seen:
                yield _error("id-twice", at(group, number, "id"), once, f"'{item.id}'", remedy)
            seen.add(item.id)


def _years(case: Case, at: At) -> Iterator[Finding]:
    """Years outside the case, and years inside it about which a figure says nothing."""
    for here, measure in _measures(case):
        stated: list[tuple[str, list[int], Place]] = [
            ("first-year", [measure.first_year], (*here, "first_year")),
            ("capex-year", list(measure.capex_by_year), (*here, "capex_by_year")),
        ]
        stated += [
            ("replacement-year", [part.year], (*here, "replacements", n, "year"))
            for n, part in enumerate(measure.replacements)
        ]
        for code, years, path in stated:
            yield from _within(case, code, years, at(*path))
    for number, award in enumerate(case.awards):
        path = ("awards", number, "paid_by_year")
        yield from _within(case, "paid-year", list(award.paid_by_year), at(*path))
    for path, figure in figures(case):
        if path[0] != "known":
            yield from _covered(case, figure, at(*path, "by_year"))


def _within(case: Case, code: str, years: list[int], place: str) -> Iterator[Finding]:
    outside = [year for year in years if not case.valuation_year <= year <= case.last_year]
    if outside:
        span = f"{case.valuation_year}-{case.last_year}"
        within = Text(nl=f"jaren in {span}", en=f"years within {span}")
        yield _error(code, place, within, ", ".join(map(str, outside)), _WITHIN)


def _covered(case: Case, figure: Figure, place: str) -> Iterator[Finding]:
    missing = figure.missing_years(np.arange(case.valuation_year, case.last_year + 1))
    if missing:
        every = Text(
            nl=f"een waarde voor elk jaar van {case.valuation_year} tot en met {case.last_year}",
            en=f"a value for every year from {case.valuation_year} to {case.last_year}",
        )
        listed = ", ".join(map(str, missing[:3])) + (", ..." if len(missing) > 3 else "")
        nothing = Text(nl=f"niets voor {listed}", en=f"nothing for {listed}")
        remedy = Text(
            nl="voeg de jaren toe, of verklaar beyond: hold of beyond: zero",
            en="add the years, or declare beyond: hold or beyond: zero",
        )
        yield _error("year-missing", place, every, nothing, remedy)


def _priced(case: Case, at: At) -> Iterator[Finding]:
    """Carriers without a price, and quantities that the price does not fit."""
    prices = price_set(case.price_set).prices
    used: list[tuple[Place, str, Figure]] = [
        (("installations", number, "energy", carrier), carrier, figure)
        for number, installation in enumerate(case.installations)
        for carrier, figure in installation.energy.items()
    ]
    for here, measure in _measures(case):
        used += [((*here, "energy", c), c, figure) for c, figure in measure.energy.items()]
        if measure.storage:
            place = (*here, "storage", "price")
            used.append((place, measure.storage.price, measure.storage.volume))
    for path, carrier, figure in used:
        if carrier not in prices:
            names = ", ".join(sorted(prices))
            priced = Text(
                nl=f"een drager met een prijs: {names}", en=f"a carrier with a price: {names}"
            )
            yield _error("carrier-unpriced", at(*path), priced, f"'{carrier}'", _CHOOSE)
        elif figure.kind != _bought(prices[carrier]):
            kind = _bought(prices[carrier])
            fitting = Text(
                nl=f"een eenheid van de soort {kind}, want de prijs is in {prices[carrier].unit}",
                en=f"a unit of the kind {kind}, since the price is in {prices[carrier].unit}",
            )
            yield _error("carrier-unit", at(*path), fitting, f"'{figure.unit}'", OTHER_UNIT)


def _bought(price: Figure) -> str:
    """The kind of quantity that a price is paid for: MWh/year for EUR/MWh."""
    return f"{price.kind.removeprefix('EUR/')}/year"


def _one_number(case: Case, at: At) -> Iterator[Finding]:
    """Figures that may not be a series by year, and those that have bounds."""
    single: list[tuple[Place, Figure | None]] = [(("discount_rate",), case.discount_rate)]
    single += [(("awards", n, "amount"), award.amount) for n, award in enumerate(case.awards)]
    single += [(("known", n, "figure"), known.figure) for n, known in enumerate(case.known)]
    single += [
        (("installations", n, "rights", "free_allocation_2025"), place.rights.free_allocation_2025)
        for n, place in enumerate(case.installations)
        if isinstance(place.rights, Rights)
    ]
    for path, figure in single:
        if figure is not None and figure.by_year is not None:
            one = Text(nl="één getal of één bereik", en="one number or one range")
            remedy = Text(nl="schrijf value of range", en="write value or range")
            yield _error("one-number", at(*path), one, "by_year", remedy)
    low, high = _bounds(case.discount_rate)
    if not 0 <= low <= high < 1:
        share = Text(nl="een aandeel van 0 tot 1 per jaar", en="a share from 0 to 1 a year")
        found = f"{low:g}" if low == high else f"{low:g} - {high:g}"
        remedy = Text(
            nl="schrijf 8 procent als 0.08 (1/year) of als 8 (%/year)",
            en="write 8 per cent as 0.08 (1/year) or as 8 (%/year)",
        )
        yield _error("discount-rate", at("discount_rate"), share, found, remedy)


def _bounds(figure: Figure) -> tuple[float, float]:
    """Lowest and highest number of a figure, in house units."""
    stated = [figure.value, figure.range, *(figure.by_year or {}).values()]
    ends = [
        end
        for each in stated
        if each is not None
        for end in ((each.low, each.high) if isinstance(each, Range) else (each,))
    ]
    factor = unit(figure.unit).factor
    return min(ends) * factor, max(ends) * factor


def _rights(rights: Rights, here: Place, at: At) -> Iterator[Finding]:
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
        remedy = Text(nl="houd de vorm die een bron heeft", en="keep the form that has a source")
        yield _error("rights-form", at(*here, "rights"), one, str(sum(forms)), remedy)
    if rights.products and abs(sum(p.share for p in rights.products) - 1) > 1e-9:
        shares = {number: part.share for number, part in enumerate(rights.products)}
        yield _not_whole(at(*here, "rights", "products"), shares)
    named: list[tuple[Place, str, Figure | None]] = [
        ((*here, "rights", "products", n, "product"), part.product, None)
        for n, part in enumerate(rights.products)
    ]
    named += [
        ((*here, "rights", "sub_installations", n, "product"), sub.product, sub.activity)
        for n, sub in enumerate(rights.sub_installations)
    ]
    for path, product, activity in named:
        yield from _benchmark(path, product, activity, at)


def _benchmark(path: Place, product: str, activity: Figure | None, at: At) -> Iterator[Finding]:
    try:
        benchmark = parameter_file(f"eu_ets/benchmark/{product}")
    except UnknownParameter as unknown:
        wanted = Text(nl="een EU ETS-benchmark", en="an EU ETS benchmark")
        yield _error("benchmark-unknown", at(*path), wanted, f"'{product}'", unknown.remedy)
        return
    _, _, per = benchmark.unit.partition("/")
    kind = f"{unit(per).kind}/year"
    if activity is not None and activity.kind != kind:
        fitting = Text(
            nl=f"een eenheid van de soort {kind}, want de benchmark is in {benchmark.unit}",
            en=f"a unit of the kind {kind}, since the benchmark is in {benchmark.unit}",
        )
        place = at(*path[:-1], "activity")
        yield _error("activity-unit", place, fitting, f"'{activity.unit}'", OTHER_UNIT)


def _energy_tax(installation: Installation, here: Place, at: At) -> Iterator[Finding]:
    for carrier, tax in installation.energy_tax.items():
        place = at(*here, "energy_tax", carrier)
        if carrier not in ENERGY_TAXED:
            names = ", ".join(ENERGY_TAXED)
            one = Text(nl=f"een van {names}", en=f"one of {names}")
            yield _error("energy-untaxed", place, one, f"'{carrier}'", _CHOOSE)
        elif tax.taxed and carrier not in installation.energy:
            total = Text(
                nl=f"energy.{carrier} bij installatie {installation.id}: een schijf telt alles",
                en=f"energy.{carrier} at installation {installation.id}: a bracket counts all",
            )
            remedy = Text(
                nl="geef het hele verbruik, of schrijf taxed: false en waarom",
                en="give the whole use, or write taxed: false and why",
            )
            yield _error("energy-total", place, total, NOTHING, remedy)


def _measure(case: Case, measure: Measure, here: Place, at: At) -> Iterator[Finding]:
    place = {each.id: each for each in case.installations}.get(measure.installation)
    if place is None:
        known = Text(nl="de id van een installatie", en="the id of an installation")
        found = f"'{measure.installation}'"
        yield _error("installation-unknown", at(*here, "installation"), known, found, _SPELL_ID)
    if abs(sum(measure.capex_by_year.values()) - 1) > 1e-9:
        yield _not_whole(at(*here, "capex_by_year"), measure.capex_by_year)
    if isinstance(measure.capex, Figure) and _bounds(measure.capex)[0] < 0:
        positive = Text(nl="een bedrag van 0 of meer", en="an amount of 0 or more")
        found = f"{_bounds(measure.capex)[0]:,.0f} EUR"
        remedy = Text(
            nl="schrijf een investering als positief bedrag", en="write an investment as positive"
        )
        yield _error("capex-negative", at(*here, "capex"), positive, found, remedy)
    yield from _schemes(measure, (*here, "schemes"), at)
    for carrier in measure.energy:
        if carrier in ENERGY_TAXED and place is not None and carrier not in place.energy_tax:
            told = Text(
                nl=f"energy_tax.{carrier} bij installatie {place.id}: belast of niet, en waarom",
                en=f"energy_tax.{carrier} at installation {place.id}: taxed or not, and why",
            )
            remedy = Text(nl="voeg het daar toe", en="add it there")
            yield _error("energy-tax", at(*here, "energy", carrier), told, NOTHING, remedy)


def _schemes(measure: Measure, here: Place, at: At) -> Iterator[Finding]:
    """Statements for schemes that cannot be so, or that no scheme knows."""
    schemes = measure.schemes
    if schemes is None:
        return
    if schemes.sde_category and schemes.sde_category.value not in category_ids():
        named = schemes.sde_category.value
        near = difflib.get_close_matches(named, category_ids(), 3, 0.4) or category_ids()[:3]
        row = Text(nl="een rij van een SDE++-tabel", en="a row of an SDE++ table")
        choose = Text(nl=f"bijvoorbeeld {', '.join(near)}", en=f"such as {', '.join(near)}")
        yield _error("sde-category", at(*here, "sde_category"), row, f"'{named}'", choose)
    parts = ("reference_investment", "energy_list_investment", "environment_list_investment")
    for name in parts if isinstance(measure.capex, Figure) else ():
        figure: Figure | None = getattr(schemes, name)
        most = _bounds(measure.capex)[1] if isinstance(measure.capex, Figure) else 0.0
        if figure is not None and 0 <= most < _bounds(figure)[0]:
            within = Text(nl=f"ten hoogste {most:,.0f} EUR", en=f"at most {most:,.0f} EUR")
            correct = Text(
                nl="verbeter een van beide bedragen", en="correct one of the two amounts"
            )
            found = f"{_bounds(figure)[0]:,.0f} EUR"
            yield _error("part-of-investment", at(*here, name), within, found, correct)
    works, runs = schemes.works_start_on, schemes.in_operation_on
    if works and runs and runs.value < works.value:
        later = Text(nl=f"{works.value} of later", en=f"{works.value} or later")
        correct = Text(nl="verbeter een van beide dagen", en="correct one of the two days")
        yield _error("days", at(*here, "in_operation_on"), later, runs.value, correct)


def _not_whole(place: str, shares: dict[int, float]) -> Finding:
    whole = Text(nl="aandelen die samen 1 zijn", en="shares that add up to 1")
    return _error("shares", place, whole, f"{sum(shares.values()):.6g}", _MAKE_WHOLE)


def _seen(case: Case, at: At) -> Iterator[Finding]:
    """Warnings: figures that nobody verified."""
    shared = load_sources()
    stated: list[tuple[Place, Figure | Stated]] = [*figures(case), *statements(case)]
    for path, cited in stated:
        own = case.sources.get(cited.source)
        source = own or shared.get(cited.source)
        if source is None:
            continue
        if (cited.seen or source.seen) == Seen.UNVERIFIED:
            yield Finding(
                "warning",
                "case.unverified",
                at(*path),
                Text(nl="een bron die iemand gezien heeft", en="a source that somebody has seen"),
                cited.source,
                Text(
                    nl="lees de bron na en pas seen aan; een officiële run weigert dit cijfer",
                    en="read the source and change seen; an official run refuses this figure",
                ),
            )
