# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main figures of a plan as a form: one site, one project, what would happen without it.

Takes     what somebody fills in, or a case file that was made so.
Gives     the same plan as a case file, and findings beside the field that they are about.
Leaves    every rule to the case file itself: the form has none of its own, so a plan is judged in
          one way, whichever way it came in. More sites or projects, ranges and prices of one's own
          are for the file.

Limits and explanations come from the schema of the case file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maatwerkbank.ground.documents import Place, document_of, path_text
from maatwerkbank.ground.errors import DocumentError
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import say
from maatwerkbank.parameters.price_sets import price_set_names
from maatwerkbank.plant.case_file import case_schema
from maatwerkbank.web.templatetags.words import page_language

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OWN_SOURCE = "plan"
SITE: Place = ("installations", 0)
PROJECT: Place = ("projects", 0)
FORMAT = "maatwerkbank-case-1"


@dataclass(frozen=True)
class Plain:
    """A value that is no figure: a year, a number of years, words."""

    name: str
    path: Place
    label: "StrOrPromise"
    kind: str  # text, words, year, number
    help: "StrOrPromise" = ""


@dataclass(frozen=True)
class Stated:
    """A figure: a number, its unit, and where in the plan of the firm it stands."""

    name: str
    path: Place
    label: "StrOrPromise"
    units: tuple[str, ...]
    help: "StrOrPromise" = ""
    shared: tuple[Place, ...] = ()  # places that take the same figure


GENERAL = (
    Plain("title", ("title",), _("Name of the plan"), "words"),
    Plain("summary", ("summary",), _("The plan in a few sentences"), "words"),
    Plain(
        "source_title",
        ("sources", OWN_SOURCE, "title"),
        _("Document in which the figures stand"),
        "text",
        _("For example: feasibility study, version 3. Every figure below refers to it."),
    ),
    Plain("source_date", ("sources", OWN_SOURCE, "date"), _("Date of that document"), "text"),
    Plain("last_year", ("last_year",), _("Last calendar year that counts"), "year"),
    Stated(
        "discount_rate",
        ("discount_rate",),
        _("Discount rate"),
        ("%/year", "1/year"),
        _("What the firm asks of its money, a year."),
    ),
)
SITE_FIELDS = (
    Plain("site_name", (*SITE, "name"), _("Name of the site"), "text"),
    Plain(
        "ets_id",
        (*SITE, "ets_id"),
        _("Number of the permit in the EU ETS"),
        "text",
        _("For example NL_123."),
    ),
    Stated(
        "emission",
        (*SITE, "emissions", "scope1"),
        _("Emission without the project"),
        ("kt/year", "t/year", "Mt/year"),
        _("Fossil CO2e of the site itself, a year (scope 1)."),
    ),
    Stated(
        "allocation",
        (*SITE, "rights", "free_allocation_2025"),
        _("Free allocation in 2025"),
        ("kt/year", "t/year", "Mt/year"),
    ),
    Stated(
        "electricity",
        (*SITE, "energy", "electricity"),
        _("Use of electricity without the project"),
        ("GWh/year", "MWh/year", "TJ/year"),
    ),
    Stated(
        "gas",
        (*SITE, "energy", "natural_gas"),
        _("Use of natural gas without the project"),
        ("GWh/year", "TJ/year", "Mm3 gas/year"),
        _("On the lower heating value."),
    ),
)
PROJECT_FIELDS = (
    Plain("project_name", (*PROJECT, "name"), _("Name of the project"), "words"),
    Plain("first_year", (*PROJECT, "first_year"), _("First calendar year of operation"), "year"),
    Plain("lifetime", (*PROJECT, "lifetime_years"), _("Lifetime, in years"), "number"),
    Stated("capex", (*PROJECT, "capex"), _("Investment"), ("MEUR", "EUR", "kEUR")),
    Stated(
        "opex",
        (*PROJECT, "fixed_opex"),
        _("Fixed cost of operation"),
        ("MEUR/year", "EUR/year", "%/year"),
        _("In money a year, or as a share of the investment."),
    ),
    Stated(
        "tonnes",
        (*PROJECT, "emissions", "scope1"),
        _("Change of the emission"),
        ("kt/year", "t/year", "Mt/year"),
        _("A year, from the first full year. A reduction is negative: -42."),
    ),
    Stated(
        "electricity_change",
        (*PROJECT, "energy", "electricity"),
        _("Change of the use of electricity"),
        ("GWh/year", "MWh/year", "TJ/year"),
        _("A year. Less is negative."),
    ),
    Stated(
        "gas_change",
        (*PROJECT, "energy", "natural_gas"),
        _("Change of the use of natural gas"),
        ("GWh/year", "TJ/year", "Mm3 gas/year"),
        _("A year. Less is negative."),
    ),
)
WITHOUT = (
    Plain(
        "counterfactual",
        ("counterfactual_description",),
        _("What the firm does without the project"),
        "words",
    ),
)
PARTS = (
    (_("The plan"), GENERAL),
    (_("The site as it is"), SITE_FIELDS),
    (_("The project"), PROJECT_FIELDS),
    (_("Without the project"), WITHOUT),
)
FIELDS: tuple[Plain | Stated, ...] = tuple(each for _title, part in PARTS for each in part)


class PlanForm(forms.Form):
    """Every field may stay empty: what lacks is a finding of the case file, told with the rest."""

    def __init__(self, *args: Any, findings: Iterable[Finding] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for each in FIELDS:
            self.fields.update(_fields_of(each))
        self._findings = tuple(findings)

    def clean(self) -> dict[str, Any]:
        """Every finding beside the field that it is about."""
        language = page_language()
        for finding in self._findings:
            name = field_at(finding.place)
            if name and name not in self.errors:
                told = f"{finding.found_text(language)}. {say(finding.remedy, language)}"
                lacks = finding.code == "case.missing"
                self.add_error(name, gettext("Fill this in.") if lacks else told.strip())
        return dict(self.cleaned_data)

    def parts(self) -> Iterator[tuple[str, list[Any]]]:
        """Titles with the fields under them, a figure as one group of three."""
        for title, part in PARTS:
            yield str(title), [_shown(self, each) for each in part]


@dataclass(frozen=True)
class Shown:
    """A field of the form, or the three of a figure."""

    label: str
    fields: tuple[forms.BoundField, ...]
    figure: bool


def _shown(form: PlanForm, each: Plain | Stated) -> Shown:
    if isinstance(each, Plain):
        return Shown(str(each.label), (form[each.name],), figure=False)
    names = (each.name, f"{each.name}_unit", f"{each.name}_place")
    return Shown(str(each.label), tuple(form[n] for n in names), figure=True)


def _fields_of(each: Plain | Stated) -> dict[str, forms.Field]:
    if isinstance(each, Stated):
        units = [(unit, unit) for unit in each.units]
        return {
            each.name: forms.CharField(
                label=each.label,
                help_text=each.help,
                required=False,
                max_length=40,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            ),
            f"{each.name}_unit": forms.ChoiceField(label=_("Unit"), choices=units, required=False),
            f"{each.name}_place": forms.CharField(
                label=_("Page or table in the document"), required=False, max_length=400
            ),
        }
    help_text = each.help or _limits(each.path)
    if each.kind == "words":
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3})
    else:
        numeric = each.kind in ("year", "number")
        widget = forms.TextInput(attrs={"inputmode": "numeric"} if numeric else {})
    return {
        each.name: forms.CharField(
            label=each.label, help_text=help_text, required=False, max_length=4000, widget=widget
        )
    }


@cache
def _schema() -> Mapping[str, Any]:
    return case_schema()


def _limits(path: Place) -> "StrOrPromise":
    """What the schema says of the least and the most; empty where it says nothing."""
    names = {"installations": "Installation", "projects": "Measure"}
    model = _schema()["$defs"][names[str(path[0])]] if path[0] in names else _schema()
    found = model["properties"].get(path[-1], {})
    if "minimum" not in found:
        return ""
    limits = {"least": found["minimum"], "most": found["maximum"]}
    return SafeString(_("From %(least)s to %(most)s.") % limits)


# ── form to case file, and back ───────────────────────────────────────────────────────────────


def case_text(values: Mapping[str, str], *, company: str, today: date) -> str:
    """The case file that the form says."""
    document: dict[str, Any] = {
        "format": FORMAT,
        "id": f"{company}-plan",
        "company": company,
        "title": {},
        "summary": {},
        "kind": "company_plan",
        "known_on": today.isoformat(),
        "valuation_year": today.year,
        "price_set": price_set_names()[-1],
    }
    _put(document, (*SITE, "id"), "site")
    _put(document, (*PROJECT, "id"), "project")
    _put(document, (*PROJECT, "installation"), "site")
    _put(document, ("sources", OWN_SOURCE, "seen"), "official")
    for each in FIELDS:
        _fill(document, each, values)
    _follow(document)
    document = {key: value for key, value in document.items() if value != {}}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=100)


def _fill(document: dict[str, Any], each: Plain | Stated, values: Mapping[str, str]) -> None:
    text = values.get(each.name, "").strip()
    if not text:
        return
    if isinstance(each, Stated):
        figure: dict[str, Any] = {"value": _number(text), "unit": values.get(f"{each.name}_unit")}
        figure["source"] = OWN_SOURCE
        place = values.get(f"{each.name}_place", "").strip()
        _put(document, each.path, figure | ({"place": place} if place else {}))
    elif each.kind == "words":
        _put(document, each.path, {"nl": text, "en": text})
    else:
        numeric = each.kind in ("year", "number")
        _put(document, each.path, _number(text) if numeric else text)


def _follow(document: dict[str, Any]) -> None:
    """What follows from the figures: investment in the year before, written off over the lifetime.

    Heat as the product of the site, and energy that is taxed, are what the case file asks for and
    the form does not: they are stated as assumptions, to be corrected in the file.
    """
    project = document["projects"][0]
    year, years = project.get("first_year"), project.get("lifetime_years")
    if isinstance(year, int):
        project["capex_by_year"] = {year - 1: 1.0}
    if isinstance(years, int):
        project["depreciation_years"] = years
    project.setdefault("emissions", {})
    site = document["installations"][0]
    site.setdefault("emissions", {})
    rights = site.get("rights")
    if rights is None:
        site["rights"] = {
            "absent": True,
            "why": {"nl": "Niet ingevuld.", "en": "Not filled in."},
            "ask": {"nl": "De onderneming.", "en": "The firm."},
        }
    else:
        rights["products"] = [{"product": "heat", "share": 1}]
        rights["assumption"] = {
            "nl": "De gratis toewijzing is geheel voor warmte; zo nam het formulier het aan.",
            "en": "All free allocation is for heat; the form took it so.",
        }
    carriers = sorted({*site.get("energy", {}), *project.get("energy", {})})
    if carriers:
        site["energy_tax"] = {
            carrier: {
                "taxed": True,
                "why": {
                    "nl": "Gewone aansluiting; zo nam het formulier het aan.",
                    "en": "An ordinary connection; the form took it so.",
                },
            }
            for carrier in carriers
        }


def _number(text: str) -> float | int | str:
    """A number as Dutch or English writes it; anything else stays text, for the findings."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(plain)
    except ValueError:
        return text


def _put(document: Any, path: Place, value: Any) -> None:
    """Put `value` at `path`, making what it lies in."""
    *way, last = path
    for step, after in zip(way, path[1:], strict=True):
        empty: Any = [] if isinstance(after, int) else {}
        if isinstance(step, int):
            while len(document) <= step:
                document.append(empty)
            document = document[step]
        else:
            document = document.setdefault(step, empty)
    if isinstance(last, int):
        document.append(value)
    else:
        document[last] = value


def values_of(text: str) -> dict[str, str] | None:
    """What the form said, read back from its case file; None where that cannot be read."""
    try:
        data = document_of(text.encode(), "form").data
    except DocumentError:
        return None
    found: dict[str, str] = {}
    for each in FIELDS:
        value = _at(data, each.path)
        if isinstance(each, Stated) and isinstance(value, dict):
            found[each.name] = str(value.get("value", ""))
            found[f"{each.name}_unit"] = str(value.get("unit", each.units[0]))
            found[f"{each.name}_place"] = str(value.get("place", ""))
        elif isinstance(value, dict):
            found[each.name] = str(value.get(page_language(), ""))
        elif value is not None:
            found[each.name] = str(value)
    return found


def _at(data: Any, path: Place) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


# What the form makes out of another field.
_FOLLOWS = {
    "projects[0].capex_by_year": "projects[0].first_year",
    "projects[0].depreciation_years": "projects[0].lifetime_years",
}


def field_at(place: str) -> str:
    """The field that a place of the case file belongs to; empty where the form has none."""
    path = place.split(",", maxsplit=1)[0]
    path = _FOLLOWS.get(path, path)
    for each in sorted(FIELDS, key=lambda each: -len(each.path)):
        own = path_text(each.path)
        if path == own or path.startswith((f"{own}.", f"{own}[")):
            ending = path.removeprefix(own).lstrip(".")
            return f"{each.name}_{ending}" if ending in ("unit", "place") else each.name
    return ""
