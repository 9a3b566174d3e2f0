# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One sample of every component, in each state that it knows: `test_components.py` renders them."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.refusals import Conflict


class PlanForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Naam van het project", help_text="Zoals in de ambitieverklaring")
    email = forms.EmailField(
        label="E-mailadres", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    capex_eur = forms.DecimalField(label="Investering in euro", min_value=0)
    start = forms.DateField(
        label="Eerste jaar in bedrijf",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    carrier = forms.ChoiceField(
        label="Energiedrager", choices=[("gas", "aardgas"), ("power", "elektriciteit")]
    )
    boundary = forms.ChoiceField(
        label="Afbakening",
        choices=[("scope_1", "scope 1"), ("scope_2", "scope 2")],
        widget=forms.RadioSelect,
        help_text="Scope 1, 2 en 3 staan nooit in hetzelfde veld.",
    )
    topics = forms.MultipleChoiceField(
        label="Onderwerpen",
        choices=[("permits", "Vergunningen"), ("nitrogen", "Stikstof")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    plan = forms.FileField(label="Plan", help_text="YAML of JSON, ten hoogste 25 MB")
    confirmed = forms.BooleanField(label="De cijfers komen van het bedrijf zelf")


FINDINGS = (
    Finding(
        severity="error",
        code="case.unit",
        place="projects[0].capex.unit",
        expected=Text(nl="een bedrag in eur", en="an amount in eur"),
        found="keur",
        remedy=Text(nl="schrijf het bedrag in euro, niet in duizenden", en="write it in euros"),
    ),
    Finding(
        severity="warning",
        code="case.source",
        place="baseline.emission.source",
        expected=Text(nl="een bron uit het register", en="a source of the register"),
        found="jaarverslag",
        remedy=Text(nl="noem de bron bij haar naam", en="name the source"),
    ),
)
REFUSAL = Conflict(
    Text(
        nl="Zoutfabriek kan nog niet naar 'concept-JLoI': er ontbreekt een risicoanalyse.",
        en="Zoutfabriek cannot go to 'draft JLoI' yet: a risk analysis is lacking.",
    ),
    remedy=Text(nl="Voeg het stuk toe en laat het aannemen.", en="Add it and have it accepted."),
)
STAGES = [
    {"label": "Verkenning", "state": "passed", "date": "3 maart 2022", "href": "#verkenning"},
    {"label": "Expression of Principles", "state": "passed", "date": "12 december 2022"},
    {"label": "Uitwerking", "state": "here", "note": "sinds 930 dagen"},
    {"label": "Concept-JLoI", "state": "ahead"},
    {"label": "Advies", "state": "ahead"},
    {"label": "JLoI", "state": "ahead"},
    {"label": "Maatwerkafspraak", "state": "ahead"},
    {"label": "Uitvoering", "state": "ahead"},
]
STOPPED = [
    {"label": "Verkenning", "state": "passed"},
    {"label": "Expression of Principles", "state": "stopped", "note": "de deur staat open"},
    {"label": "Uitwerking", "state": "paused"},
]
COLUMNS = [
    {"label": "Bedrijf", "href": "?sort=name", "sorted": "ascending"},
    {"label": "Fase"},
    {"label": "Extra in 2030 [t]", "numeric": True, "href": "?sort=tonnes"},
    {"label": "Wacht sinds"},
]
ROWS: list[list[Any]] = [
    [
        {"text": "Zoutfabriek", "href": "#zout", "note": "Delfzijl"},
        {"text": "uitwerking", "tone": "info"},
        {"text": "125.000", "href": "#herkomst"},
        "3 maart 2025",
    ],
    ["Staalfabriek", {"text": "te laat", "tone": "negative", "icon": "clock"}, None, "–"],
    ["Suikerfabriek", {"text": "gehaald", "tone": "positive"}, "48.500", "–"],
]
TRACKS = [
    {
        "label": "Vergunningen en stikstof",
        "moments": [
            {
                "label": "Natuurvergunning",
                "planned": "1 maart 2025",
                "actual": "28 februari 2025",
                "state": "done",
            },
            {
                "label": "Omgevingsvergunning",
                "planned": "1 juli 2025",
                "forecast": "1 februari 2026",
                "slip": "215 dagen later",
                "state": "late",
                "note": "wacht op de natuurvergunning",
            },
        ],
    },
    {
        "label": "Infrastructuur",
        "moments": [
            {
                "label": "Aansluiting op het net",
                "planned": "2028",
                "forecast": "2028",
                "state": "on_time",
            },
            {"label": "Waterstofleiding", "state": "unknown"},
        ],
    },
]
PICTURE = mark_safe(
    '<svg role="img" aria-labelledby="p-t" viewBox="0 0 640 200" xmlns="http://www.w3.org/2000/svg">'
    '<title id="p-t">Uitstoot per jaar</title><rect width="640" height="200" fill="#ffffff"/>'
    '<path d="M40 160H620" stroke="#5b6773"/><path d="M40 40 300 70 620 150" fill="none" '
    'stroke="#0072b2" stroke-width="3"/><text x="46" y="30" font-size="13">kt CO2</text>'
    "</svg>"
)
JOBS = [
    {
        "name": "job-1",
        "label": "Berekening van Zoutfabriek",
        "state": "running",
        "percent": 42.5,
        "text": "42.500 van 100.000 trekkingen",
        "poll": "/runs/1/voortgang",
        "cancel": "/runs/1/stop",
    },
    {"name": "job-2", "label": "Berekening van Zoutfabriek", "state": "waiting"},
    {"name": "job-3", "label": "Berekening van Zoutfabriek", "state": "done"},
    {
        "name": "job-4",
        "label": "Berekening van Zoutfabriek",
        "state": "failed",
        "text": "De werker stopte halverwege; de berekening is opnieuw in de rij gezet.",
    },
    {"name": "job-5", "label": "Berekening van Zoutfabriek", "state": "cancelled"},
]


def samples() -> dict[str, Any]:
    """What the sheet of samples needs."""
    wrong = PlanForm({"email": "geen adres", "capex_eur": "-1"}, auto_id="wrong_%s")
    return {
        "trail": [
            {"label": "Portefeuille", "href": "#portefeuille"},
            {"label": "Zoutfabriek", "href": "#zout"},
            {"label": "Componenten"},
        ],
        "statuses": [
            {"tone": "info", "label": "Uitwerking"},
            {"tone": "warning", "label": "wacht op u", "icon": "clock"},
            {"tone": "neutral", "label": "zaakvertrouwelijk", "icon": "lock"},
        ],
        "tones": ["neutral", "info", "positive", "warning", "negative"],
        "facts": [
            {"label": "Eerste aanspreekpunt", "value": "Projectleider KGG"},
            {"label": "Volgende poort", "value": "Concept-JLoI", "href": "#poort"},
            {
                "label": "Extra reductie in 2030",
                "value": "125.000",
                "unit": "t CO2",
                "note": "scope 1",
            },
            {"label": "Subsidie", "value": None},
            {
                "label": "Termijn",
                "value": "1 juli 2025",
                "status": {"tone": "negative", "label": "te laat", "icon": "clock"},
            },
        ],
        "tiles": [
            {
                "label": "Dossiers in behandeling",
                "value": 14,
                "note": "van de 30 grootste uitstoters",
            },
            {"label": "Extra in 2030", "value": "1,9", "unit": "Mt CO2", "href": "#herkomst"},
            {
                "label": "Aan tijd gebonden",
                "value": "420",
                "unit": "kt",
                "status": {"tone": "warning", "label": "op 3 plaatsen"},
            },
            {"label": "Subsidie nodig", "value": None},
        ],
        "columns": COLUMNS,
        "rows": ROWS,
        "figure_columns": [{"label": "Jaar"}, {"label": "kt CO2", "numeric": True}],
        "figure_rows": [["2025", "180"], ["2030", "40"]],
        "picture": PICTURE,
        "refusal": REFUSAL,
        "lacks": [
            {"label": "Risicoanalyse", "who": "RVO", "since": "3 maart 2025"},
            {"label": "Plan voor 2050", "who": "Zoutfabriek"},
        ],
        "findings": FINDINGS,
        "stages": STAGES,
        "stopped": STOPPED,
        "tracks": TRACKS,
        "page": Paginator(range(480), 20).page(7),
        "tabs": [
            {"label": "Dossier", "href": "#dossier", "here": True},
            {"label": "Stukken", "href": "#stukken", "count": 12},
            {"label": "Berekeningen", "href": "#runs", "count": 0},
        ],
        "subjects": [
            {
                "label": "De zaak",
                "tabs": [
                    {"label": name, "href": f"#{name}", "here": name == "Planning"}
                    for name in ("Overzicht", "Traject", "Planning", "Documenten", "Besluiten")
                ],
            },
            {
                "label": "Afspraken en advies",
                "tabs": [
                    {"label": name, "href": f"#{name}"}
                    for name in ("Beloften", "Afspraak", "Geld", "Uitvoering", "Advies")
                ],
            },
        ],
        "jobs": JOBS,
        "differences": [
            {
                "field": "projects[0].capex",
                "before": "€ 100 mln",
                "after": "€ 120 mln",
                "kind": "changed",
                "change": "+20%",
            },
            {"field": "baseline.year", "before": "2021", "after": "2020", "kind": "changed"},
            {"field": "projects[1]", "before": None, "after": "e-boiler", "kind": "added"},
            {"field": "projects[2]", "before": "warmtepomp", "after": None, "kind": "removed"},
            {"field": "name", "before": "Zoutfabriek", "after": "Zoutfabriek", "kind": "same"},
        ],
        "cards": [
            {
                "heading": "Zoutfabriek",
                "href": "#a",
                "kicker": "Chemie, Delfzijl",
                "text": "Elektrificatie van de stoom.",
                "status": {"tone": "info", "label": "uitwerking"},
                "facts": [{"label": "Extra in 2030", "value": "125 kt"}],
            },
            {
                "heading": "Staalfabriek",
                "href": "#b",
                "status": {"tone": "neutral", "label": "gepauzeerd", "icon": "pause"},
            },
            {"heading": "Suikerfabriek", "href": "#c", "text": "Groen gas uit reststromen."},
        ],
        "origin": {
            "formula": "npv = Σ cash_flow / (1 + r) ** t",
            "inputs": [
                {"label": "Disconteringsvoet", "value": "8%", "href": "#r"},
                {"label": "Investering", "value": "€ 100 mln"},
            ],
            "source": {"label": "Kamerbrief van 30 juni 2025", "href": "#brief"},
            "run": {"label": "run 7f3a", "href": "#run"},
            "code_version": "0.4.0",
        },
        "form": PlanForm(),
        "wrong": wrong,
        "filters": FilterForm({"search": "zout"}),
    }


class FilterForm(forms.Form):
    """Above a list."""

    search = forms.CharField(label="Zoek", required=False)
    track = forms.ChoiceField(
        label="Spoor", required=False, choices=[("", "alle"), ("standard", "standaard")]
    )
