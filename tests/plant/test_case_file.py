# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case file as a firm may hand it in: every mistake at once, with place and remedy."""

import copy
import json
import os
from pathlib import Path

import pytest
import yaml

from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable
from maatwerkbank.plant.case_file import case_schema, check_case, read_case
from maatwerkbank.plant.figure_places import figures
from maatwerkbank.sources.register import Seen

EXAMPLE = Path(__file__).parents[1] / "example_case.yaml"
TEXT = EXAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def checked(tmp_path):
    """Checks the example with passages replaced: (old, new), each once; gives errors by code."""

    def check(*changes):
        text = changed(*changes)
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        found, findings = check_case(path)
        assert found is None
        return [finding for finding in findings if finding.severity == "error"]

    return check


def changed(*changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def line_of(passage, *changes):
    """The line on which a passage starts in the changed example."""
    before, _, _ = changed(*changes).partition(passage)
    return before.count("\n") + 1


def test_the_example_has_no_errors_and_warns_of_figures_that_nobody_verified():
    found, findings = check_case(EXAMPLE)

    assert found is not None
    assert {finding.severity for finding in findings} == {"warning"}
    assert {finding.code for finding in findings} == {"case.unverified"}
    assert found.warnings == findings


def test_a_figure_is_seen_as_it_says_itself_or_as_its_source_was(tmp_path):
    old = "source: voorbeeld-beschikking}"
    path = tmp_path / "plan.yaml"
    path.write_text(changed((old, "source: voorbeeld-beschikking, seen: press}")))

    found = read_case(path)

    assert found.seen(found.case.awards[0].amount) == Seen.PRESS
    assert found.seen(found.case.known[0].figure) == Seen.UNVERIFIED
    assert found.source("voorbeeld-studie").publisher == "Voorbeeld Ingenieurs"


# One mistake each: (old, new), code, path, expected, found, all in English.
CAPEX = "capex: {value: 18, unit: MEUR,"
PRICED = (
    "a carrier with a price: co2_transport_storage_porthos, co2_transport_storage_ship, "
    "coking_coal, electricity, eua, hydrogen_grey, iron_ore, natural_gas, scrap"
)
PROCESS = (
    "      process_emissions: {value: 90, unit: kt/year, source: voorbeeld-jaarverslag, "
    "place: blz. 16}\n"
)
PRODUCT = (
    "      sub_installations:\n"
    "        - product: {}\n"
    "          activity: {{value: 90, unit: kt/year, source: voorbeeld-plan}}\n"
)
ALLOCATION = "      free_allocation_2025: {value: 1, unit: t/year, source: voorbeeld-plan}\n"
MISTAKES = {
    "an unknown unit": (
        (CAPEX, "capex: {value: 18, unit: MEURO,"),
        "case.unit-unknown",
        "counterfactual[0].capex.unit",
        "a known unit",
        "'MEURO'",
    ),
    "a unit of the wrong kind": (
        (CAPEX, "capex: {value: 18, unit: GWh/year,"),
        "case.unit-kind",
        "counterfactual[0].capex.unit",
        "a unit of the kind EUR",
        "'GWh/year'",
    ),
    "a negative investment": (
        (CAPEX, "capex: {value: -18, unit: MEUR,"),
        "case.capex-negative",
        "counterfactual[0].capex",
        "an amount of 0 or more",
        "-18,000,000 EUR",
    ),
    "a negative investment in one year": (
        (CAPEX, "capex: {by_year: {2026: -18, 2027: 1}, beyond: hold, unit: MEUR,"),
        "case.capex-negative",
        "counterfactual[0].capex",
        "an amount of 0 or more",
        "-18,000,000 EUR",
    ),
    "not a number": (
        (CAPEX, "capex: {value: .nan, unit: MEUR,"),
        "case.finite-number",
        "counterfactual[0].capex.value",
        "a finite number",
        "nan",
    ),
    "infinite": (
        (CAPEX, "capex: {value: .inf, unit: MEUR,"),
        "case.finite-number",
        "counterfactual[0].capex.value",
        "a finite number",
        "inf",
    ),
    "more than the earth": (
        (CAPEX, "capex: {value: 1e300, unit: MEUR,"),
        "case.less-than-equal",
        "counterfactual[0].capex.value",
        "at most 1e+15",
        "1e+300",
    ),
    "a number of four hundred digits": (
        (CAPEX, f"capex: {{value: 1{'0' * 400}, unit: MEUR,"),
        "case.float-type",
        "counterfactual[0].capex.value",
        "a number",
        "1" + "0" * 56 + "...",
    ),
    "a number in quotes": (
        (CAPEX, "capex: {value: '18', unit: MEUR,"),
        "case.float-type",
        "counterfactual[0].capex.value",
        "a number",
        "'18'",
    ),
    "a number with a comma": (
        (CAPEX, 'capex: {value: "1,8", unit: MEUR,'),
        "case.float-type",
        "counterfactual[0].capex.value",
        "a number",
        "'1,8'",
    ),
    "a truth for a number": (
        (CAPEX, "capex: {value: true, unit: MEUR,"),
        "case.float-type",
        "counterfactual[0].capex.value",
        "a number",
        "true",
    ),
    "a figure without a number": (
        (CAPEX, "capex: {unit: MEUR,"),
        "case.figure-form",
        "counterfactual[0].capex",
        "exactly one of value, range and by_year",
        "nothing",
    ),
    "a number where a figure should be": (
        ("amount: {value: 90, unit: MEUR, source: voorbeeld-beschikking}", "amount: 90"),
        "case.model-type",
        "awards[0].amount",
        "keys with values",
        "90",
    ),
    "a range upside down": (
        ("{low: 240, central: 290, high: 380}", "{low: 440, central: 290, high: 380}"),
        "case.range-order",
        "projects[0].capex.range",
        "low ≤ central ≤ high",
        "{'low': 440, 'central': 290, 'high': 380}",
    ),
    "a missing field": (
        ("    first_year: 2027\n", ""),
        "case.missing",
        "counterfactual[0].first_year",
        "this field, it is required",
        "nothing",
    ),
    "a misspelt field": (
        ("    variable_opex:", "    variabel_opex:"),
        "case.extra-forbidden",
        "projects[0].variabel_opex",
        "a field of the schema",
        "'variabel_opex'",
    ),
    "an unknown source": (
        ("source: voorbeeld-beschikking}", "source: voorbeeld-beschiking}"),
        "case.source-unknown",
        "awards[0].amount.source",
        "the name of a source",
        "'voorbeeld-beschiking'",
    ),
    "an unknown carrier": (
        ("      natural_gas: {value: -110,", "      naturel_gas: {value: -110,"),
        "case.carrier-unpriced",
        "counterfactual[0].energy.naturel_gas",
        PRICED,
        "'naturel_gas'",
    ),
    "an unknown price of storage": (
        ("price: co2_transport_storage_porthos", "price: porthos"),
        "case.carrier-unpriced",
        "projects[0].storage.price",
        PRICED,
        "'porthos'",
    ),
    "tonnes of what is priced by the MWh": (
        ("natural_gas: {value: -110, unit: GWh/year,", "natural_gas: {value: -110, unit: kt/year,"),
        "case.carrier-unit",
        "counterfactual[0].energy.natural_gas",
        "a unit of the kind MWh/year, since the price is in EUR/MWh",
        "'kt/year'",
    ),
    "heat measured in tonnes": (
        (
            PROCESS,
            PRODUCT.format("heat"),
        ),
        "case.activity-unit",
        "installations[1].rights.sub_installations[0].activity",
        "a unit of the kind MWh/year, since the benchmark is in t/TJ",
        "'kt/year'",
    ),
    "an unknown benchmark": (
        (
            PROCESS,
            PRODUCT.format("amonia"),
        ),
        "case.benchmark-unknown",
        "installations[1].rights.sub_installations[0].product",
        "an EU ETS benchmark",
        "'amonia'",
    ),
    "shares of the investment that are not one": (
        ("capex_by_year: {2026: 0.2, 2027: 0.4, 2028: 0.4}", "capex_by_year: {2026: 0.2, 2027: 1}"),
        "case.shares",
        "projects[0].capex_by_year",
        "shares that add up to 1",
        "1.2",
    ),
    "a share above one": (
        ("paid_by_year: {2027: 0.5, 2028: 0.5}", "paid_by_year: {2027: 50, 2028: 0.5}"),
        "case.less-than-equal",
        "awards[0].paid_by_year.2027",
        "at most 1",
        "50",
    ),
    "an award paid before the case begins": (
        ("paid_by_year: {2027: 0.5, 2028: 0.5}", "paid_by_year: {2019: 0.5, 2028: 0.5}"),
        "case.paid-year",
        "awards[0].paid_by_year",
        "years within 2025-2043",
        "2019",
    ),
    "an investment after the case ends": (
        ("capex_by_year: {2027: 1.0}", "capex_by_year: {2044: 1.0}"),
        "case.capex-year",
        "projects[1].capex_by_year",
        "years within 2025-2043",
        "2044",
    ),
    "a part replaced after the case ends": (
        ("year: 2037", "year: 2050"),
        "case.replacement-year",
        "projects[0].replacements[0].year",
        "years within 2025-2043",
        "2050",
    ),
    "a start before the case begins": (
        ("    first_year: 2027\n", "    first_year: 2024\n"),
        "case.first-year",
        "counterfactual[0].first_year",
        "years within 2025-2043",
        "2024",
    ),
    "an unknown installation": (
        ("    installation: verbrander", "    installation: verbander"),
        "case.installation-unknown",
        "projects[1].installation",
        "the id of an installation",
        "'verbander'",
    ),
    "an unknown project": (
        ("    project: afvang", "    project: opvang"),
        "case.project-unknown",
        "awards[0].project",
        "the id of a project",
        "'opvang'",
    ),
    "a duplicate key": (
        ("    first_year: 2027\n", "    first_year: 2027\n    first_year: 2028\n"),
        "document.duplicate-key",
        "counterfactual[0].first_year",
        "the key 'first_year' once",
        "a second time",
    ),
    "a duplicate id": (
        ("  - id: elektrische-ketel", "  - id: afvang"),
        "case.id-twice",
        "projects[1].id",
        "every id once",
        "'afvang'",
    ),
    "an id with a space": (
        ("  - id: elektrische-ketel", "  - id: elektrische ketel"),
        "case.string-pattern-mismatch",
        "projects[1].id",
        "text like ^[a-z0-9][a-z0-9_-]*$",
        "'elektrische ketel'",
    ),
    "a series that stops too early": (
        ("scope1: {value: 610,", "scope1: {by_year: {2025: 610, 2030: 600},"),
        "case.year-missing",
        "installations[0].emissions.scope1.by_year",
        "a value for every year from 2025 to 2043",
        "nothing for 2031, 2032, 2033, ...",
    ),
    "a year that is none": (
        ("capex_by_year: {2027: 1.0}", "capex_by_year: {soon: 1.0}"),
        "case.int-parsing",
        "projects[1].capex_by_year.soon",
        "a whole number",
        "'soon'",
    ),
    "half a year of life": (
        ("    lifetime_years: 15\n", "    lifetime_years: 15.5\n"),
        "case.int-type",
        "counterfactual[0].lifetime_years",
        "a whole number",
        "15.5",
    ),
    "a discount rate in per cents": (
        ("discount_rate: {value: 0.08,", "discount_rate: {value: 8,"),
        "case.discount-rate",
        "discount_rate",
        "a share from 0 to 1 a year",
        "8",
    ),
    "a discount rate of minus one": (
        ("discount_rate: {value: 0.08,", "discount_rate: {value: -1,"),
        "case.discount-rate",
        "discount_rate",
        "a share from 0 to 1 a year",
        "-1",
    ),
    "a discount rate by year": (
        ("discount_rate: {value: 0.08,", "discount_rate: {by_year: {2025: 0.08}, beyond: hold,"),
        "case.one-number",
        "discount_rate",
        "one number or one range",
        "by_year",
    ),
    "an amount of support by year": (
        ("amount: {value: 90,", "amount: {by_year: {2025: 90}, beyond: hold,"),
        "case.one-number",
        "awards[0].amount",
        "one number or one range",
        "by_year",
    ),
    "a day that does not exist": (
        ('known_on: "2025-06-30"', 'known_on: "2025-02-30"'),
        "case.date",
        "known_on",
        "a day that exists",
        "'2025-02-30'",
    ),
    "a month that does not exist": (
        ('date: "2025-04"', 'date: "2025-13"'),
        "case.date",
        "sources.voorbeeld-jaarverslag.date",
        "a day that exists",
        "'2025-13'",
    ),
    "an end before the beginning": (
        ("last_year: 2043", "last_year: 2020"),
        "case.years",
        "last_year",
        "2025 or later",
        "2020",
    ),
    "an unknown price set": (
        ("price_set: public-2025-06-30", "price_set: public"),
        "case.price-set",
        "price_set",
        "one of public-2025-06-30",
        "'public'",
    ),
    "an unknown kind": (
        ("kind: example", "kind: invented"),
        "case.literal-error",
        "kind",
        "one of 'public_reconstruction', 'company_plan', 'example' or 'exposure_only'",
        "'invented'",
    ),
    "two forms of rights": (
        (
            "      process_emissions:",
            f"{ALLOCATION}      process_emissions:",
        ),
        "case.rights-form",
        "installations[1].rights",
        "one of free_allocation_2025, sub_installations and process_emissions",
        "2",
    ),
    "an energy tax that does not exist": (
        ("      natural_gas:\n        taxed: false", "      natural_gaz:\n        taxed: false"),
        "case.energy-untaxed",
        "installations[0].energy_tax.natural_gaz",
        "one of electricity, natural_gas",
        "'natural_gaz'",
    ),
    "a taxed carrier without its total": (
        ("      natural_gas: {value: 160,", "      scrap: {value: 160,"),
        "case.energy-total",
        "installations[1].energy_tax.natural_gas",
        "energy.natural_gas at installation verbrander: a bracket counts all",
        "nothing",
    ),
    "a word without its Dutch": (
        ("boundary: {nl: zonder de centrale van de buren, en:", "boundary: {en:"),
        "case.missing",
        "installations[0].boundary.nl",
        "this field, it is required",
        "nothing",
    ),
    "an empty word": (
        ("name: Fabriek Voorbeeldstad", 'name: ""'),
        "case.string-too-short",
        "installations[0].name",
        "text, not empty",
        "''",
    ),
}


@pytest.mark.parametrize(
    ("change", "code", "path", "expected", "found"), MISTAKES.values(), ids=MISTAKES
)
def test_a_mistake_is_found_with_its_place_what_was_expected_and_what_was_found(
    checked, change, code, path, expected, found
):
    findings = checked(change)

    mine = next(finding for finding in findings if finding.code == code)
    place, _, line = mine.place.partition(", line ")
    assert place == path
    assert mine.found_text("en") == f"expected {expected}; found {found}"
    assert 1 <= int(line) <= TEXT.count("\n") + 2


@pytest.mark.parametrize("change", [row[0] for row in MISTAKES.values()], ids=MISTAKES)
def test_every_finding_says_in_two_languages_what_to_do(checked, change):
    findings = checked(change)

    assert all(finding.as_json("nl")["expected"] for finding in findings)
    assert all(finding.as_json("nl")["remedy"] for finding in findings)
    assert all(finding.as_json("en")["remedy"] for finding in findings)


def test_the_line_is_that_of_the_place_in_the_file(checked):
    change = ("    installation: verbrander", "    installation: verbander")

    (finding,) = checked(change)

    assert finding.place.endswith(f", line {line_of('    installation: verbander', change)}")


def test_all_mistakes_are_found_at_once_also_in_one_project(checked):
    changes = [
        (CAPEX, "capex: {value: 18, unit: MEURO,"),
        ("capex: {value: 22, unit: MEUR,", "capex: {value: -22, unit: MEUR,"),
        ("{low: 240, central: 290, high: 380}", "{low: 440, central: 290, high: 380}"),
        ("scope1: {value: 610,", "scope1: {by_year: {2025: 610, 2030: 600},"),
        ("    variable_opex:", "    variabel_opex:"),
        ("      natural_gas: {value: -110,", "      naturel_gas: {value: -110,"),
        ("capex_by_year: {2026: 0.2, 2027: 0.4, 2028: 0.4}", "capex_by_year: {2026: 0.2}"),
        ("    installation: verbrander", "    installation: verbander"),
        ("source: voorbeeld-beschikking}", "source: voorbeeld-beschiking}"),
        ("paid_by_year: {2027: 0.5,", "paid_by_year: {2017: 0.5,"),
        ("  - id: verbrander", "  - id: fabriek"),
        (
            "    depreciation_years: 15\n    fixed_opex: {value: 0.02,",
            "    fixed_opex: {value: 0.02,",
        ),
        ("      scope1: {value: -22,", "      scope1: {value: .nan,"),
        ("    only_while: levy\n", "    only_while: levy\n    only_while: levy\n"),
        ('known_on: "2025-06-30"', 'known_on: "2025-06-31"'),
        ("discount_rate: {value: 0.08,", "discount_rate: {value: 8,"),
    ]

    findings = checked(*changes)

    assert sorted(f"{f.code} {f.place.partition(', line ')[0]}" for f in findings) == [
        "case.capex-negative projects[1].capex",
        "case.carrier-unpriced counterfactual[0].energy.naturel_gas",
        "case.date known_on",
        "case.discount-rate discount_rate",
        "case.extra-forbidden projects[0].variabel_opex",
        "case.finite-number counterfactual[0].emissions.scope1.value",
        "case.id-twice installations[1].id",
        "case.installation-unknown projects[1].installation",
        "case.missing counterfactual[0].depreciation_years",
        "case.paid-year awards[0].paid_by_year",
        "case.range-order projects[0].capex.range",
        "case.shares projects[0].capex_by_year",
        "case.source-unknown awards[0].amount.source",
        "case.unit-unknown counterfactual[0].capex.unit",
        "case.year-missing installations[0].emissions.scope1.by_year",
        "document.duplicate-key counterfactual[0].only_while",
    ]


MALFORMED = {
    "a carrier of an installation": ("natural_gas: {value: 160,", "natural_gas: {value: .nan,"),
    "the tax of a carrier": ("natural_gas: {taxed: true,", "natural_gas: {taxed: perhaps,"),
    "the id of an installation": ("  - id: verbrander", "  - id: de verbrander"),
    "the id of a project": ("  - id: afvang", "  - id: de afvang"),
    "a share": ("paid_by_year: {2027: 0.5,", "paid_by_year: {2027: half,"),
    "a year in a series": ("scope1: {value: 610,", "scope1: {by_year: {2025: 610, 2043: x},"),
    "the first year": ("    first_year: 2027\n", "    first_year: soon\n"),
    "all energy": (
        "    energy:\n      electricity: {value: 210",
        "    energy: 1\n    x:\n      electricity: {value: 210",
    ),
    "the rights": ("    rights:\n      process_emissions:", "    rights:\n      process_emission:"),
    "a project that is a word": ("projects:\n", "projects:\n  - afvang\n"),
    "the valuation year": ("valuation_year: 2025", "valuation_year: now"),
}


@pytest.mark.parametrize("change", MALFORMED.values(), ids=MALFORMED)
def test_what_is_malformed_never_makes_the_rest_look_wrong(checked, change):
    findings = checked(change)

    structural = {
        "case.missing",
        "case.extra-forbidden",
        "case.finite-number",
        "case.bool-parsing",
        "case.string-pattern-mismatch",
        "case.float-type",
        "case.int-parsing",
        "case.dict-type",
        "case.model-type",
        "case.rights-form",
    }
    assert {finding.code for finding in findings} <= structural


def test_a_json_case_is_the_same_case_as_the_yaml_one(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(yaml.safe_load(TEXT)), encoding="utf-8")

    found, findings = check_case(path)

    assert found is not None
    assert found.case == read_case(EXAMPLE).case
    assert found.sha256 != read_case(EXAMPLE).sha256
    assert len(findings) == len(check_case(EXAMPLE)[1])


def test_not_a_number_in_json_is_found(tmp_path):
    content = yaml.safe_load(TEXT)
    content["projects"][1]["capex"]["value"] = float("nan")
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    found, findings = check_case(path)

    assert found is None
    assert findings[0].code == "case.finite-number"
    assert findings[0].place == "projects[1].capex.value"


DOCUMENTS = {
    "an empty file": (b"", "case.not-a-mapping"),
    "a list": (b"- 1\n- 2\n", "case.not-a-mapping"),
    "a JSON list": (b"[1, 2]", "case.not-a-mapping"),
    "a word": (b"hello\n", "case.not-a-mapping"),
    "a number": (b"42", "case.not-a-mapping"),
    "latin-1": (TEXT.replace("Fabriek", "Fabri\xebk").encode("latin-1"), "document.unreadable"),
    "utf-16": (TEXT.encode("utf-16"), "document.unreadable"),
    "a billion laughs": (b"a: &a [x]\nb: [*a, *a]\n", "document.malformed"),
    "a hundred thousand brackets": (b"[" * 100_000, "document.malformed"),
    "a hundred thousand brackets in YAML": (b"a: " + b"[" * 100_000, "document.malformed"),
    "deep and closed": (b'{"a":' * 900 + b"1" + b"}" * 900, "document.malformed"),
    "a surrogate": (b'{"a": "\\ud800"}', "document.malformed"),
    "binary junk": (bytes(range(256)) * 10, "document.unreadable"),
    "a PDF": (b"%PDF-1.7\n1 0 obj\n", "document.malformed"),
    "a workbook": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "document.malformed"),
    "a web page": (b"<!DOCTYPE html><p>no</p>", "case.not-a-mapping"),
    "an object of Python": (b"!!python/object/apply:os.system ['true']\n", "case.not-a-mapping"),
}


@pytest.mark.parametrize(("content", "code"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_case_is_refused_with_a_finding(tmp_path, content, code):
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)

    found, findings = check_case(path)

    assert found is None
    assert [finding.code for finding in findings] == [code]


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "huge.yaml"
    path.touch()
    os.truncate(path, 200_000_000)

    found, findings = check_case(path)

    assert found is None
    assert findings[0].code == "document.unreadable"


@pytest.mark.parametrize("name", ["", "nothing.yaml", "broken.yaml"])
def test_a_path_that_is_no_file_is_refused_with_a_finding(tmp_path, name):
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "gone.yaml")

    found, findings = check_case(tmp_path / name)

    assert found is None
    assert [finding.code for finding in findings] == ["document.unreadable"]


def test_reading_a_refused_case_raises_with_every_finding(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("a: 1\n")

    with pytest.raises(DocumentRefused) as refused:
        read_case(path)

    assert len(refused.value.findings) == 15
    assert "plan.yaml has 15 error(s)" in refused.value.what
    assert refused.value.remedy == (
        f"run `maatwerkbank check {path}` to see every finding with its place"
    )


def test_reading_what_cannot_be_read_raises(tmp_path):
    with pytest.raises((DocumentRefused, DocumentUnreadable)):
        read_case(tmp_path)


def test_every_figure_of_the_example_is_walked_in_the_order_of_the_file():
    case = read_case(EXAMPLE).case

    places = [".".join(map(str, path)) for path, _ in figures(case)]

    assert len(places) == len(set(places))
    assert places[0] == "discount_rate"
    assert "projects.0.replacements.0.cost" in places
    assert places[-1] == "known.0.figure"


def test_the_example_fits_the_published_schema():
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    schema = case_schema()
    content = as_json_would_have_it(yaml.safe_load(TEXT))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(content)

    misspelt = copy.deepcopy(content)
    misspelt["projects"][0]["capx"] = misspelt["projects"][0].pop("capex")
    assert not jsonschema.Draft202012Validator(schema).is_valid(misspelt)


def as_json_would_have_it(content):
    return json.loads(json.dumps(content))
