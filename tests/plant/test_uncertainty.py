# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case declares not to know: every mistake at once, with place, sides and remedy."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from maatwerkbank.ground.documents import path_text
from maatwerkbank.plant.case_file import check_case, read_case
from maatwerkbank.plant.uncertainty import (
    Uncertainties,
    fitting_factor,
    is_positive,
    normal_correlations,
    shrunk,
    smallest_eigenvalue,
)

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "example_case.yaml"
HOW_TO = ROOT / "docs" / "how-to" / "declare-what-you-do-not-know.md"
DOCUMENTED = ROOT / "docs" / "reference" / "example-case.yaml"
CASE = EXAMPLE.read_text(encoding="utf-8")
BLOCK = """
uncertainties:
  figures:
    - id: capex
      of: ["projects[0].capex", "projects[0].replacements[0].cost"]
      as: ratio
      distribution: {kind: lognormal, mu: 0.18, sigma: 0.3}
      source: voorbeeld-studie
      place: tabel 8
    - id: stroom
      of: ["projects[0].energy.electricity"]
      as: value
      distribution: {kind: triangular, low: 90, mode: 120, high: 150}
      source: voorbeeld-studie
    - id: ketel
      of: ["projects[1].capex"]
      as: ratio
      reference_class: process_megaproject_after_fid
      source: voorbeeld-studie
  delays:
    - id: net
      cause: grid
      projects: [elektrische-ketel]
      years: {kind: discrete, values: [0, 1, 3], probabilities: [0.5, 0.3, 0.2]}
      source: voorbeeld-studie
    - id: bouw
      cause: construction
      projects: [afvang, elektrische-ketel]
      reference_class: first_projects_delay
      source: voorbeeld-studie
  policy:
    - {variant: levy_abolished, probability: 0.3, source: voorbeeld-studie}
    - {variant: levy_no_step, from: 2028, probability: 0.7, source: voorbeeld-studie}
  dependence:
    - {between: [capex, bouw], rank_correlation: 0.5, source: voorbeeld-studie}
    - {between: [capex, ketel], rank_correlation: 1, source: voorbeeld-studie}
    - {between: [ketel, bouw], rank_correlation: 0.5, source: voorbeeld-studie}
"""
VALID = CASE + BLOCK


@pytest.fixture
def checked(tmp_path):
    """Checks the example with passages replaced: (old, new), each once; gives the errors."""

    def check(*changes):
        path = tmp_path / "plan.yaml"
        path.write_text(changed(*changes), encoding="utf-8")
        found, findings = check_case(path)
        assert found is None
        return [finding for finding in findings if finding.severity == "error"]

    return check


@pytest.fixture
def declared(tmp_path):
    """What a case declares when passages of the example are replaced."""

    def read(*changes):
        path = tmp_path / "plan.yaml"
        path.write_text(changed(*changes), encoding="utf-8")
        return read_case(path).case.uncertainties

    return read


def changed(*changes):
    text = VALID
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def line_of(passage):
    before, _, _ = VALID.partition(passage)
    return before.count("\n") + 1


# ── a block without mistakes ──────────────────────────────────────────────────────────────────


def test_a_block_without_mistakes_gives_no_error(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(VALID, encoding="utf-8")

    found, findings = check_case(path)

    assert found is not None
    assert {finding.code for finding in findings} == {"case.unverified"}


def test_a_case_may_declare_nothing():
    found = read_case(EXAMPLE).case.uncertainties

    assert found == Uncertainties()
    assert found.inputs == ()
    assert found.rank_correlations().shape == (0, 0)


def test_inputs_stand_in_the_order_of_the_file_figures_before_delays(declared):
    assert declared().inputs == ("capex", "stroom", "ketel", "net", "bouw")


def test_the_matrix_holds_each_pair_both_ways_and_nought_for_pairs_that_are_not_named(declared):
    matrix = declared().rank_correlations()

    assert np.array_equal(matrix, matrix.T)
    assert matrix[0].tolist() == [1, 0, 1, 0, 0.5]
    assert matrix[1].tolist() == [0, 1, 0, 0, 0]


def test_an_entry_is_drawn_from_its_own_distribution_or_from_that_of_its_class(declared):
    found = declared()

    assert found.figures[0].drawn_from.kind == "lognormal"
    assert found.figures[2].drawn_from.sigma == 0.365
    assert found.delays[0].drawn_from.values == [0, 1, 3]
    assert found.delays[1].drawn_from.sample == [1, 2, 2, 2.5, 3, 3]


def test_every_entry_that_nobody_verified_is_a_warning_with_its_place(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(VALID, encoding="utf-8")

    _, findings = check_case(path)

    places = [finding.place.partition(", line ")[0] for finding in findings]
    assert [place for place in places if place.startswith("uncertainties")] == [
        "uncertainties.figures[0]",
        "uncertainties.figures[1]",
        "uncertainties.figures[2]",
        "uncertainties.delays[0]",
        "uncertainties.delays[1]",
        "uncertainties.policy[0]",
        "uncertainties.policy[1]",
        "uncertainties.dependence[0]",
        "uncertainties.dependence[1]",
        "uncertainties.dependence[2]",
    ]


def test_a_class_that_nobody_verified_is_a_warning_even_where_the_choice_of_it_is_sourced(tmp_path):
    text = changed(("first_projects_delay\n", "delay_after_fid\n      seen: press\n"))
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")

    found, findings = check_case(path)

    mine = [each for each in findings if "delays[1]" in each.place]
    assert found is not None
    assert [each.place.partition(", line ")[0] for each in mine] == [
        "uncertainties.delays[1].reference_class"
    ]
    assert mine[0].found_text("en") == (
        "expected a source that somebody has seen; found delay-judgement"
    )
    assert mine[0].as_json("nl")["remedy"] == (
        "kies een andere klasse, of geef een eigen verdeling met bron"
    )


# ── one mistake each: (old, new), code, place, expected, found, remedy, all in English ───────

KINDS = "fixed, uniform, triangular, normal, lognormal, discrete, empirical"
CLASSES = (
    "delay_after_fid, energy_project_general, first_dutch_infrastructure, first_projects_delay, "
    "process_megaproject_after_fid, process_megaproject_before_fid, process_project_delay"
)
COST_CLASSES = (
    "energy_project_general, first_dutch_infrastructure, process_megaproject_after_fid, "
    "process_megaproject_before_fid"
)
NEAREST = (
    "did you mean projects[1].energy.electricity or projects[0].energy.electricity or "
    "installations[1].energy.electricity?"
)
VARIANTS = (
    "cbam_proposal_2026, grid_cost_as_neighbours, ikc_extended, ikc_to_2030, levy_2020, "
    "levy_2023, levy_2026, levy_2026_flat, levy_abolished, levy_factor_frozen, levy_no_step"
)
SCHEMA = "see `maatwerkbank schema case`"
GIVE_IT = "give it; not public: write absent: true with why and ask, where that is allowed"
SPELL_ID = "check the spelling of the id, or add what is missing"
NO_NEGATIVE = "choose low, sample or values of 0 or more, or a lognormal distribution"
ONE_OF_TWO = "give exactly one of the two"
LOGNORMAL = "{kind: lognormal, mu: 0.18, sigma: 0.3}"
TRIANGULAR = "{kind: triangular, low: 90, mode: 120, high: 150}"
DISCRETE = "{kind: discrete, values: [0, 1, 3], probabilities: [0.5, 0.3, 0.2]}"
POWER = 'of: ["projects[0].energy.electricity"]'
FIGURE = "uncertainties.figures[0]"
VALUE = "uncertainties.figures[1]"
CLASS = "uncertainties.figures[2]"
DELAY = "uncertainties.delays[0]"
PAIR = "uncertainties.dependence[0]"

STRUCTURE = {
    "an unknown kind of distribution": (
        (LOGNORMAL, "{kind: pareto}"),
        "case.distribution-kind",
        f"{FIGURE}.distribution",
        f"kind: one of {KINDS}",
        "{'kind': 'pareto'}",
        SCHEMA,
    ),
    "a distribution without a kind": (
        (LOGNORMAL, "{low: 1, high: 2}"),
        "case.distribution-kind",
        f"{FIGURE}.distribution",
        f"kind: one of {KINDS}",
        "{'low': 1, 'high': 2}",
        SCHEMA,
    ),
    "a number for a distribution": (
        (LOGNORMAL, "1.2"),
        "case.distribution-kind",
        f"{FIGURE}.distribution",
        f"kind: one of {KINDS}",
        "1.2",
        SCHEMA,
    ),
    "not a number": (
        (LOGNORMAL, "{kind: uniform, low: .nan, high: 2}"),
        "case.finite-number",
        f"{FIGURE}.distribution.low",
        "a finite number",
        "nan",
        "absent is not NaN: leave the field out or write absent: true",
    ),
    "an infinite number": (
        (LOGNORMAL, "{kind: empirical, sample: [1, .inf]}"),
        "case.finite-number",
        f"{FIGURE}.distribution.sample[1]",
        "a finite number",
        "inf",
        "absent is not NaN: leave the field out or write absent: true",
    ),
    "an end that is missing": (
        (LOGNORMAL, "{kind: uniform, low: 1}"),
        "case.missing",
        f"{FIGURE}.distribution.high",
        "this field, it is required",
        "nothing",
        GIVE_IT,
    ),
    "an end that the kind does not have": (
        (LOGNORMAL, "{kind: uniform, low: 1, high: 2, mode: 1}"),
        "case.extra-forbidden",
        f"{FIGURE}.distribution.mode",
        "a field of the schema",
        "'mode'",
        "check the spelling: `maatwerkbank schema case` shows all fields",
    ),
    "an empty sample": (
        (LOGNORMAL, "{kind: empirical, sample: []}"),
        "case.too-short",
        f"{FIGURE}.distribution.sample",
        "at least one value",
        "[]",
        SCHEMA,
    ),
    "a number in quotes": (
        (TRIANGULAR, "{kind: fixed, value: '120'}"),
        "case.float-type",
        f"{VALUE}.distribution.value",
        "a number",
        "'120'",
        SCHEMA,
    ),
    "another way to use a draw": (
        ("as: value", "as: sum"),
        "case.literal-error",
        f"{VALUE}.as",
        "one of 'ratio' or 'value'",
        "'sum'",
        SCHEMA,
    ),
    "no place at all": (
        (POWER, "of: []"),
        "case.too-short",
        f"{VALUE}.of",
        "at least one value",
        "[]",
        SCHEMA,
    ),
    "an entry without a source": (
        (POWER, f"{POWER}\n      bron: x"),
        "case.extra-forbidden",
        f"{VALUE}.bron",
        "a field of the schema",
        "'bron'",
        "check the spelling: `maatwerkbank schema case` shows all fields",
    ),
    "a source that nobody knows": (
        ("source: voorbeeld-studie\n      place: tabel 8", "source: voorbeeld-study"),
        "case.source-unknown",
        f"{FIGURE}.source",
        "the name of a source",
        "'voorbeeld-study'",
        "add the source under sources: with title, publisher, date, url and seen",
    ),
    "an unknown cause": (
        ("cause: grid", "cause: weather"),
        "case.literal-error",
        f"{DELAY}.cause",
        "one of 'permit', 'grid', 'hydrogen', 'co2_storage' or 'construction'",
        "'weather'",
        SCHEMA,
    ),
    "a delay of no project": (
        ("projects: [elektrische-ketel]", "projects: []"),
        "case.too-short",
        f"{DELAY}.projects",
        "at least one value",
        "[]",
        SCHEMA,
    ),
    "an id with a space": (
        ("id: stroom", "id: de stroom"),
        "case.string-pattern-mismatch",
        f"{VALUE}.id",
        "text like ^[a-z0-9][a-z0-9_-]*$",
        "'de stroom'",
        SCHEMA,
    ),
    "a year that is none": (
        ("from: 2028", "from: soon"),
        "case.int-parsing",
        "uncertainties.policy[1].from",
        "a whole number",
        "'soon'",
        SCHEMA,
    ),
}

FIGURES = {
    "a place that is no figure, with the nearest": (
        (POWER, 'of: ["projects[1].energy.electricty"]'),
        "case.uncertain-place",
        f"{VALUE}.of[0]",
        "the place of a figure here",
        "'projects[1].energy.electricty'",
        NEAREST,
    ),
    "a place like no other": (
        (POWER, 'of: ["x"]'),
        "case.uncertain-place",
        f"{VALUE}.of[0]",
        "the place of a figure here",
        "'x'",
        "write for instance projects[0].capex",
    ),
    "an outcome beside the case": (
        (POWER, 'of: ["known[0].figure"]'),
        "case.uncertain-place",
        f"{VALUE}.of[0]",
        "a figure that the case computes with",
        "'known[0].figure', a known outcome",
        "leave it out: a known outcome stands beside the sum and is no part of it",
    ),
    "a figure that is absent": (
        (POWER, 'of: ["installations[1].substances.nox"]'),
        "case.uncertain-absent",
        f"{VALUE}.of[0]",
        "a figure that the case gives",
        "'installations[1].substances.nox', which says absent",
        "first give value or range with its source there: what is absent cannot spread",
    ),
    "a figure that is drawn twice": (
        (POWER, 'of: ["projects[0].capex"]'),
        "case.uncertain-twice",
        f"{VALUE}.of[0]",
        "every figure in one uncertainty",
        "'projects[0].capex' is in 'capex' too",
        "keep it in one place",
    ),
    "a figure that is named twice in one entry": (
        (POWER, 'of: ["projects[0].variable_opex", "projects[0].variable_opex"]'),
        "case.uncertain-twice",
        f"{VALUE}.of[1]",
        "every figure in one uncertainty",
        "'projects[0].variable_opex' is in 'stroom' too",
        "keep it in one place",
    ),
    "one value for a series": (
        (
            "range: {low: 90, central: 120, high: 150}",
            "by_year: {2029: 120}\n        beyond: hold",
        ),
        "case.uncertain-series",
        f"{VALUE}.of[0]",
        "a figure without years under as: value",
        "'projects[0].energy.electricity' with by_year",
        "write as: ratio, which multiplies every year",
    ),
    "one value for figures in several units": (
        (POWER, 'of: ["projects[0].energy.electricity", "projects[0].variable_opex"]'),
        "case.uncertain-units",
        f"{VALUE}.of",
        "figures in one unit under as: value",
        "GWh/year, MEUR/year",
        "write as: ratio, or give each figure an uncertainty of its own",
    ),
    "a figure that no draw can change": (
        ('of: ["projects[1].capex"]', "of: [discount_rate]"),
        "case.uncertain-fixed",
        "uncertainties.figures[2].of[0]",
        "a figure that a run with draws can draw",
        "'discount_rate'",
        (
            "leave it out and compute variants of the case, or make cost, energy, tonnes, rights "
            "or volume uncertain"
        ),
    ),
    "a figure that is nought": (
        ("range: {low: 90, central: 120, high: 150}", "range: {low: -90, high: 90}"),
        "case.uncertain-nil",
        f"{VALUE}.of[0]",
        "a figure of which the middle is not nought",
        "'projects[0].energy.electricity' is nought",
        "nought times anything is nought: give the figure a middle, or leave it out here",
    ),
    "an id that is given twice": (
        ("id: net", "id: stroom"),
        "case.id-twice",
        f"{DELAY}.id",
        "every id once",
        "'stroom'",
        "give one of the two another id",
    ),
}

DISTRIBUTIONS = {
    "low above high": (
        (LOGNORMAL, "{kind: uniform, low: 1.3, high: 0.8}"),
        "case.distribution-order",
        f"{FIGURE}.distribution",
        "low ≤ high",
        "low 1.3, high 0.8",
        "put the numbers in order",
    ),
    "low above high in the seventh digit": (
        (TRIANGULAR, "{kind: uniform, low: 2840335, high: 2840334}"),
        "case.distribution-order",
        f"{VALUE}.distribution",
        "low ≤ high",
        "low 2840335, high 2840334",
        "put the numbers in order",
    ),
    "a mode above high": (
        (TRIANGULAR, "{kind: triangular, low: 90, mode: 160, high: 150}"),
        "case.distribution-order",
        f"{VALUE}.distribution",
        "low ≤ mode ≤ high",
        "low 90, mode 160, high 150",
        "put the numbers in order",
    ),
    "a mode below low": (
        (TRIANGULAR, "{kind: triangular, low: 90, mode: 80, high: 150}"),
        "case.distribution-order",
        f"{VALUE}.distribution",
        "low ≤ mode ≤ high",
        "low 90, mode 80, high 150",
        "put the numbers in order",
    ),
    "a negative standard deviation": (
        (TRIANGULAR, "{kind: normal, mean: 120, sd: -10}"),
        "case.distribution-spread",
        f"{VALUE}.distribution",
        "sd of 0 or more",
        "sd -10",
        "a standard deviation has no sign",
    ),
    "a negative sigma": (
        (LOGNORMAL, "{kind: lognormal, mu: 0.18, sigma: -0.3}"),
        "case.distribution-spread",
        f"{FIGURE}.distribution",
        "sigma of 0 or more",
        "sigma -0.3",
        "a standard deviation has no sign",
    ),
    "the numbers themselves for their logarithms": (
        (TRIANGULAR, "{kind: lognormal, mu: 120, sigma: 15}"),
        "case.distribution-wide",
        f"{VALUE}.distribution",
        "mu + 9 sigma of at most 34.5",
        "255",
        "mu and sigma are of the natural logarithm: a median of 1.2 is mu 0.18",
    ),
    "a value without a probability": (
        (DISCRETE, "{kind: discrete, values: [0, 1, 3], probabilities: [0.5, 0.5]}"),
        "case.distribution-lengths",
        f"{DELAY}.years",
        "a probability for each value",
        "3 values, 2 probabilities",
        "make the lists equally long",
    ),
    "probabilities that are not one": (
        (DISCRETE, "{kind: discrete, values: [0, 1], probabilities: [0.5, 0.4]}"),
        "case.probabilities",
        f"{DELAY}.years",
        "probabilities that add up to 1",
        "0.9",
        "divide the whole over the values",
    ),
    "probabilities in per cents": (
        (DISCRETE, "{kind: discrete, values: [0, 1], probabilities: [50, 50]}"),
        "case.probability",
        f"{DELAY}.years",
        "a probability from 0 to 1",
        "50, 50",
        "write 30 per cent as 0.3",
    ),
    "a project that starts earlier": (
        (DISCRETE, "{kind: uniform, low: -1, high: 2}"),
        "case.delay-negative",
        f"{DELAY}.years",
        "years of 0 or more",
        "can be -1",
        NO_NEGATIVE,
    ),
    "a ratio below nought": (
        (LOGNORMAL, "{kind: empirical, sample: [0.9, -0.2, 1.4]}"),
        "case.ratio-negative",
        f"{FIGURE}.distribution",
        "a ratio of 0 or more",
        "can be -0.2",
        NO_NEGATIVE,
    ),
    "a normal ratio that reaches below nought": (
        (LOGNORMAL, "{kind: normal, mean: 1, sd: 0.2}"),
        "case.ratio-negative",
        f"{FIGURE}.distribution",
        "a ratio of 0 or more",
        "can be -0.8",
        NO_NEGATIVE,
    ),
    "an investment below nought": (
        (
            "as: ratio\n      reference_class: process_megaproject_after_fid",
            "as: value\n      distribution: {kind: fixed, value: -22}",
        ),
        "case.capex-negative",
        f"{CLASS}.distribution",
        "an investment of 0 or more",
        "can be -22",
        NO_NEGATIVE,
    ),
}

REFERENCES = {
    "a distribution and a class": (
        ("first_projects_delay\n", "first_projects_delay\n      years: {kind: fixed, value: 1}\n"),
        "case.distribution-or-class",
        "uncertainties.delays[1]",
        "years or reference_class",
        "both",
        ONE_OF_TWO,
    ),
    "neither a distribution nor a class": (
        ("      reference_class: process_megaproject_after_fid\n", ""),
        "case.distribution-or-class",
        CLASS,
        "distribution or reference_class",
        "neither",
        ONE_OF_TWO,
    ),
    "an unknown class": (
        ("process_megaproject_after_fid", "process_megaproject"),
        "case.reference-class",
        f"{CLASS}.reference_class",
        f"one of {CLASSES}",
        "'process_megaproject'",
        "choose one of these names",
    ),
    "a class of delay for a cost": (
        ("process_megaproject_after_fid", "process_project_delay"),
        "case.reference-class-kind",
        f"{CLASS}.reference_class",
        "a class of the kind cost_ratio",
        "'process_project_delay', delay_years",
        f"choose one of {COST_CLASSES}",
    ),
    "a class of cost for a delay": (
        ("first_projects_delay", "energy_project_general"),
        "case.reference-class-kind",
        "uncertainties.delays[1].reference_class",
        "a class of the kind delay_years",
        "'energy_project_general', cost_ratio",
        "choose one of delay_after_fid, first_projects_delay, process_project_delay",
    ),
    "a class in place of the figure": (
        ("as: ratio\n      reference_class", "as: value\n      reference_class"),
        "case.reference-class-kind",
        f"{CLASS}.reference_class",
        "as: ratio with a reference class",
        "as: value",
        "write as: ratio",
    ),
    "an unknown project": (
        ("projects: [elektrische-ketel]", "projects: [elektrische-boiler]"),
        "case.project-unknown",
        f"{DELAY}.projects[0]",
        "the id of a project",
        "'elektrische-boiler'",
        SPELL_ID,
    ),
    "an unknown variant": (
        ("variant: levy_abolished", "variant: no_levy"),
        "case.variant-unknown",
        "uncertainties.policy[0].variant",
        f"one of {VARIANTS}",
        "'no_levy'",
        "choose one of these names",
    ),
    "a variant after the case ends": (
        ("from: 2028", "from: 2044"),
        "case.policy-year",
        "uncertainties.policy[1].from",
        "a year within 2025-2043",
        "2044",
        "change it, or leave it out",
    ),
    "a variant before the case begins": (
        ("from: 2028", "from: 2024"),
        "case.policy-year",
        "uncertainties.policy[1].from",
        "a year within 2025-2043",
        "2024",
        "change it, or leave it out",
    ),
    "a probability in per cents": (
        ("probability: 0.3", "probability: 30"),
        "case.probability",
        "uncertainties.policy[0].probability",
        "a probability from 0 to 1",
        "30",
        "write 30 per cent as 0.3",
    ),
    "a probability below nought": (
        ("probability: 0.3", "probability: -0.3"),
        "case.probability",
        "uncertainties.policy[0].probability",
        "a probability from 0 to 1",
        "-0.3",
        "write 30 per cent as 0.3",
    ),
    "variants that are together more than certain": (
        ("probability: 0.3", "probability: 0.4"),
        "case.policy-probabilities",
        "uncertainties.policy",
        "probabilities of at most 1 in all",
        "1.1",
        "variants exclude one another, and what is left is for the law as it is",
    ),
    "a correlation above one": (
        ("[capex, bouw], rank_correlation: 0.5", "[capex, bouw], rank_correlation: 50"),
        "case.rank-correlation",
        f"{PAIR}.rank_correlation",
        "from -1 to 1",
        "50",
        "write 60 per cent as 0.6",
    ),
    "a correlation below minus one": (
        ("[capex, bouw], rank_correlation: 0.5", "[capex, bouw], rank_correlation: -1.1"),
        "case.rank-correlation",
        f"{PAIR}.rank_correlation",
        "from -1 to 1",
        "-1.1",
        "write 60 per cent as 0.6",
    ),
    "a pair with something that is not drawn, with the nearest": (
        ("between: [capex, bouw]", "between: [capex, stroon]"),
        "case.dependence-unknown",
        f"{PAIR}.between[1]",
        "the id of a figure or delay here",
        "'stroon'",
        "did you mean stroom?",
    ),
    "a pair with something like nothing else": (
        ("between: [capex, bouw]", "between: [capex, zzz]"),
        "case.dependence-unknown",
        f"{PAIR}.between[1]",
        "the id of a figure or delay here",
        "'zzz'",
        SPELL_ID,
    ),
    "a pair of one": (
        ("between: [capex, bouw]", "between: [capex]"),
        "case.dependence-pair",
        f"{PAIR}.between",
        "two different ids",
        "'capex'",
        "name every pair apart",
    ),
    "a pair of three": (
        ("between: [capex, bouw]", "between: [capex, bouw, net]"),
        "case.dependence-pair",
        f"{PAIR}.between",
        "two different ids",
        "'capex', 'bouw', 'net'",
        "name every pair apart",
    ),
    "a pair of nothing": (
        ("between: [capex, bouw]", "between: []"),
        "case.dependence-pair",
        f"{PAIR}.between",
        "two different ids",
        "nothing",
        "name every pair apart",
    ),
    "something with itself": (
        ("between: [capex, bouw]", "between: [capex, capex]"),
        "case.dependence-pair",
        f"{PAIR}.between",
        "two different ids",
        "'capex', 'capex'",
        "name every pair apart",
    ),
    "the same pair the other way round": (
        ("between: [capex, ketel]", "between: [bouw, capex]"),
        "case.dependence-twice",
        "uncertainties.dependence[1].between",
        "every pair once",
        "'bouw', 'capex'",
        "keep one of the two",
    ),
    # Two that are as one, and go with and against a third: a = 2 sin(pi / 12) = 0.517638, and the
    # smallest eigenvalue is (1 - sqrt(1 + 8 a^2)) / 2 = -0.3865.
    "correlations that cannot exist together": (
        ("[ketel, bouw], rank_correlation: 0.5", "[ketel, bouw], rank_correlation: -0.5"),
        "case.correlation-matrix",
        "uncertainties.dependence",
        "correlations that can exist together: smallest eigenvalue of 0 or more",
        "smallest eigenvalue -0.3865",
        "multiply all rank correlations by at most 0.71",
    ),
}

MISTAKES = {**STRUCTURE, **FIGURES, **DISTRIBUTIONS, **REFERENCES}


@pytest.mark.parametrize(
    ("change", "code", "place", "expected", "found", "remedy"), MISTAKES.values(), ids=MISTAKES
)
def test_a_mistake_is_found_with_its_place_both_sides_and_what_to_do(
    checked, change, code, place, expected, found, remedy
):
    findings = checked(change)

    mine = next(finding for finding in findings if finding.code == code)
    assert mine.place.partition(", line ")[0] == place
    assert mine.found_text("en") == f"expected {expected}; found {found}"
    assert mine.as_json("en")["remedy"] == remedy


@pytest.mark.parametrize("change", [row[0] for row in MISTAKES.values()], ids=MISTAKES)
def test_one_mistake_gives_one_finding(checked, change):
    assert len(checked(change)) == 1


@pytest.mark.parametrize("change", [row[0] for row in MISTAKES.values()], ids=MISTAKES)
def test_every_finding_speaks_dutch_as_well(checked, change):
    (finding, *_) = checked(change)

    dutch, english = finding.as_json("nl"), finding.as_json("en")
    assert dutch["remedy"]
    assert dutch["remedy"] != english["remedy"]
    assert finding.found_text("nl").startswith("verwacht ")


def test_the_line_is_that_of_the_place_in_the_file(checked):
    change = ("[capex, bouw], rank_correlation: 0.5", "[capex, bouw], rank_correlation: 5")

    (finding,) = checked(change)

    assert finding.place.endswith(f", line {line_of('    - {between: [capex, bouw]')}")


def test_all_mistakes_are_found_at_once(checked):
    findings = checked(
        ("projects[0].replacements[0].cost", "projects[0].replacement[0].cost"),
        (LOGNORMAL, "{kind: uniform, low: 1.3, high: 0.8}"),
        (POWER, 'of: ["projects[0].capex"]'),
        ("low: 90, mode: 120, high: 150}", "low: -90, mode: -120, high: 150}"),
        ("process_megaproject_after_fid", "first_projects_delay"),
        ("projects: [elektrische-ketel]", "projects: [ketel]"),
        ("probabilities: [0.5, 0.3, 0.2]", "probabilities: [0.5, 0.3]"),
        ("variant: levy_abolished, probability: 0.3", "variant: no_levy, probability: 0.4"),
        ("from: 2028", "from: 2050"),
        ("between: [capex, bouw]", "between: [capex, brug]"),
        ("[capex, ketel], rank_correlation: 1", "[capex, ketel], rank_correlation: 1.5"),
    )

    assert sorted(f"{f.code} {f.place.partition(', line ')[0]}" for f in findings) == [
        "case.capex-negative uncertainties.figures[1].distribution",
        "case.dependence-unknown uncertainties.dependence[0].between[1]",
        "case.distribution-lengths uncertainties.delays[0].years",
        "case.distribution-order uncertainties.figures[0].distribution",
        "case.distribution-order uncertainties.figures[1].distribution",
        "case.policy-probabilities uncertainties.policy",
        "case.policy-year uncertainties.policy[1].from",
        "case.probabilities uncertainties.delays[0].years",
        "case.project-unknown uncertainties.delays[0].projects[0]",
        "case.rank-correlation uncertainties.dependence[1].rank_correlation",
        "case.reference-class-kind uncertainties.figures[2].reference_class",
        "case.uncertain-place uncertainties.figures[0].of[1]",
        "case.uncertain-twice uncertainties.figures[1].of[0]",
        "case.variant-unknown uncertainties.policy[0].variant",
    ]


def test_what_is_malformed_hides_no_mistake_elsewhere_in_the_block(checked):
    findings = checked(
        (TRIANGULAR, "{kind: triangular, low: 90, mode: x, high: 150}"),
        ("probability: 0.3", "probability: 30"),
        ("projects: [elektrische-ketel]", "projects: [ketel]"),
    )

    assert sorted(finding.code for finding in findings) == [
        "case.float-type",
        "case.probability",
        "case.project-unknown",
    ]


ASIDE = {
    "the id of a figure": ("id: capex", "id: de capex"),
    "the cause of a delay": ("cause: construction", "cause: weather"),
    "a figure that is a word": ("    - id: stroom\n", "    - stroom\n    - id: stroom\n"),
    "a figure that is drawn": ("range: {low: 240, central: 290, high: 380}", "range: {low: x}"),
    "energy that is drawn": ("range: {low: 90, central: 120, high: 150}", "range: much"),
    "the id of a project": ("  - id: elektrische-ketel", "  - id: de ketel"),
}


@pytest.mark.parametrize("change", ASIDE.values(), ids=ASIDE)
def test_what_is_malformed_never_makes_a_declaration_look_wrong(checked, change):
    findings = checked(change)

    told = {finding.code for finding in findings}
    assert told <= {
        "case.float-type",
        "case.literal-error",
        "case.missing",
        "case.model-type",
        "case.string-pattern-mismatch",
    }


# ── what is no mistake ────────────────────────────────────────────────────────────────────────

FINE = {
    "a distribution that never varies": (LOGNORMAL, "{kind: uniform, low: 1, high: 1}"),
    "a standard deviation of nought": (TRIANGULAR, "{kind: normal, mean: 120, sd: 0}"),
    "a mode at an end": (TRIANGULAR, "{kind: triangular, low: 90, mode: 90, high: 150}"),
    "a value below nought where the figure may be so": (
        (TRIANGULAR, "{kind: uniform, low: -20, high: 40}")
    ),
    "a value that never occurs": (
        (DISCRETE, "{kind: discrete, values: [-1, 0, 1], probabilities: [0, 0.5, 0.5]}")
    ),
    "thirds that do not quite add up": (
        (
            "values: [0, 1, 3], probabilities: [0.5, 0.3, 0.2]",
            "values: [0, 1, 3], probabilities: [0.3333333333, 0.3333333333, 0.3333333333]",
        )
    ),
    "a variant that never comes": ("probability: 0.3", "probability: 0.0"),
}


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_what_is_unusual_and_no_mistake_gives_no_error(declared, change):
    assert declared(change).inputs == ("capex", "stroom", "ketel", "net", "bouw")


# ── correlations that can exist together ──────────────────────────────────────────────────────

IMPOSSIBLE = np.array([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]])


def test_a_matrix_that_cannot_be_has_an_eigenvalue_below_nought():
    assert smallest_eigenvalue(IMPOSSIBLE) == pytest.approx(1 - 2 * 2 * np.sin(np.pi * 0.9 / 6))
    assert not is_positive(IMPOSSIBLE)


def test_the_factor_is_the_largest_in_hundredths_that_fits():
    # 2 sin(pi rho / 6) = 1/2 at rho = 0.482584, so 0.536 times 0.9: 0.53 in hundredths.
    factor = fitting_factor(IMPOSSIBLE)

    assert factor == 0.53
    assert is_positive(shrunk(IMPOSSIBLE, factor))
    assert not is_positive(shrunk(IMPOSSIBLE, factor + 0.01))


def test_inputs_that_go_fully_together_can_exist():
    assert is_positive(np.ones((3, 3)))
    assert fitting_factor(np.ones((3, 3))) == 1.0


def test_independent_inputs_can_exist():
    assert smallest_eigenvalue(np.eye(4)) == 1.0
    assert smallest_eigenvalue(np.zeros((0, 0))) == 1.0


def test_the_normal_correlations_keep_the_signs_and_the_ends():
    rank = np.array([[1.0, -1.0, 0.5], [-1.0, 1.0, 0.0], [0.5, 0.0, 1.0]])

    found = normal_correlations(rank)

    assert found == pytest.approx(
        np.array([[1.0, -1.0, 0.517638], [-1.0, 1.0, 0.0], [0.517638, 0.0, 1.0]]), abs=1e-6
    )


# ── what is shown to readers ──────────────────────────────────────────────────────────────────


def test_the_example_of_the_how_to_passes_the_check(tmp_path):
    shown = re.search(r"```yaml\n(uncertainties:.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    case = yaml.safe_load(DOCUMENTED.read_text("utf-8"))
    case["uncertainties"] = yaml.safe_load(shown[1])["uncertainties"]
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(case, allow_unicode=True), encoding="utf-8")

    found, findings = check_case(path)

    assert found is not None
    assert {finding.code for finding in findings} == {"case.unverified"}


def test_the_how_to_names_every_reference_class():
    from maatwerkbank.parameters.reference_classes import reference_class_names

    text = HOW_TO.read_text("utf-8")

    assert [name for name in reference_class_names() if f"| `{name}` |" not in text] == []


def test_a_place_is_written_as_findings_print_it():
    assert path_text(("projects", 0, "replacements", 0, "cost")) == (
        "projects[0].replacements[0].cost"
    )
