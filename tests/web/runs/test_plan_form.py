# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The main figures of a plan as a form: it makes a case file and has no rules of its own."""

from datetime import date

from django.urls import reverse
from tests.web.world import World

from maatwerkbank.plant.case_file import check_case_bytes
from maatwerkbank.web.runs.models import CaseVersion
from maatwerkbank.web.runs.plan_form import case_text, field_at, values_of

FILLED_IN = {
    "title": "Stoom uit stroom",
    "summary": "Een elektrische boiler naast gas.",
    "source_title": "Haalbaarheidsstudie, versie 3",
    "source_date": "2026-02",
    "last_year": "2045",
    "discount_rate": "8",
    "discount_rate_unit": "%/year",
    "site_name": "Hengelo",
    "ets_id": "NL_12",
    "emission": "100",
    "emission_unit": "kt/year",
    "emission_place": "tabel 2",
    "allocation": "70",
    "allocation_unit": "kt/year",
    "electricity": "50",
    "electricity_unit": "GWh/year",
    "gas": "400",
    "gas_unit": "GWh/year",
    "project_name": "Elektrische boiler",
    "first_year": "2029",
    "lifetime": "15",
    "capex": "27,5",
    "capex_unit": "MEUR",
    "opex": "2",
    "opex_unit": "%/year",
    "tonnes": "\N{MINUS SIGN}42",
    "tonnes_unit": "kt/year",
    "electricity_change": "200",
    "electricity_change_unit": "GWh/year",
    "gas_change": "-210",
    "gas_change_unit": "GWh/year",
    "counterfactual": "De gasketel draait door.",
}
TODAY = date(2026, 11, 29)


def text_of(values: dict[str, str]) -> str:
    """The case file that these values make."""
    return case_text(values, company="zoutfabriek", today=TODAY)


def test_what_is_filled_in_whole_is_a_case_file_without_findings():
    found, findings = check_case_bytes(text_of(FILLED_IN).encode(), "form.yaml")

    assert findings == ()
    assert found is not None
    assert found.case.projects[0].first_year == 2029


def test_numbers_are_read_as_dutch_and_english_write_them():
    found, _ = check_case_bytes(text_of(FILLED_IN).encode(), "form.yaml")

    assert found is not None
    assert found.case.projects[0].capex.value == 27.5
    assert found.case.projects[0].emissions.scope1.value == -42


def test_every_figure_refers_to_the_document_of_the_firm():
    found, _ = check_case_bytes(text_of(FILLED_IN).encode(), "form.yaml")

    assert found is not None
    emission = found.case.installations[0].emissions.scope1
    assert (emission.source, emission.place) == ("plan", "tabel 2")
    assert found.case.sources["plan"].title == "Haalbaarheidsstudie, versie 3"


def test_what_the_form_said_is_read_back_from_its_case_file():
    told = values_of(text_of({"site_name": "Hengelo", "capex": "27,5", "lifetime": "zeventien"}))

    assert told is not None
    assert (told["site_name"], told["capex"], told["lifetime"]) == ("Hengelo", "27.5", "zeventien")


def test_a_finding_stands_beside_the_field_that_it_is_about():
    assert field_at("projects[0].capex.unit, line 41") == "capex_unit"
    assert field_at("projects[0].capex.value, line 40") == "capex"
    assert field_at("projects[0].capex_by_year") == "first_year"
    assert field_at("awards") == ""


def test_the_page_keeps_what_was_filled_in_and_tells_what_lacks(world: World):
    browser = world.browser(world.company)
    values = {**FILLED_IN, "lifetime": "150", "capex": ""}

    page = browser.post(
        reverse("runs:fill-in", args=[world.zout.code]), values, follow=True
    ).content.decode()

    version = CaseVersion.objects.get()
    assert (version.origin, version.state) == ("form", "draft")
    assert 'value="150"' in page
    assert "verwacht ten hoogste 60; gevonden 150" in page
    assert 'value="Hengelo"' in page


def test_the_form_is_corrected_and_handed_in(world: World):
    browser = world.browser(world.company)
    browser.post(reverse("runs:fill-in", args=[world.zout.code]), {**FILLED_IN, "capex": ""})
    version = CaseVersion.objects.get()

    browser.post(reverse("runs:case-version", args=[version.code]), FILLED_IN)
    browser.post(reverse("runs:freeze", args=[version.code]))

    version.refresh_from_db()
    assert version.state == "handed_in"
    assert version.document["projects"][0]["capex"]["value"] == 27.5
