# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run, an ambition or the register of emissions can answer."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from tests.dossier.example import RUN, ambition

from maatwerkbank.cli.main import cli
from maatwerkbank.dossier.checks import CHECKS, additional_in_2030
from maatwerkbank.dossier.evidence import Evidence, StateAidFact, run_fact
from maatwerkbank.dossier.target_group import standing
from maatwerkbank.portfolio.register import Span


def checked(check, **changed):
    return CHECKS[check](Evidence(run=replace(RUN, **changed)))


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_met_by_nothing(check):
    result = CHECKS[check](Evidence())

    assert not result.met
    assert result.because.nl.endswith(".")
    assert result.because.en.endswith(".")
    assert result.rests_on == ()


# ── additional reduction in 2030 ──────────────────────────────────────────────────────────────


def test_extra_tonnes_in_2030_are_additional():
    result = checked("additional_in_2030")

    assert result.met
    assert result.because.nl == "De additionele reductie in 2030 is 125.000 ton per jaar."
    assert result.because.en == "The additional reduction in 2030 is 125,000 t a year."
    assert result.rests_on == ("f8710be88629715c", "a" * 64)


def test_a_large_gross_cut_is_not_additional():
    result = checked("additional_in_2030", figures={"additional_2030_t": 0.0, "gross_2030_t": 9e6})

    assert not result.met


def test_an_unknown_figure_is_not_nought_and_not_met():
    result = checked(
        "additional_in_2030",
        figures={"additional_2030_t": None, "gross_2030_t": 9e6},
        lacks=("npv_eur", "additional_2030_t"),
    )

    assert not result.met
    assert result.because.en == "Cannot be judged: lacks additional_2030_t."


def test_a_range_above_nought_is_enough():
    result = checked(
        "additional_in_2030",
        figures={"additional_2030_t": None},
        ranges={"additional_2030_t": (124_934.4, 269_176.9)},
    )

    assert result.met
    assert result.because.en == (
        "The additional reduction in 2030 lies between 124,934 t and 269,177 t a year."
    )


def test_a_range_around_nought_is_not():
    result = checked(
        "additional_in_2030",
        figures={"additional_2030_t": None},
        ranges={"additional_2030_t": (-10.0, 10.0)},
    )

    assert not result.met
    assert result.because.en.endswith("it is not certain that there is any.")


@given(
    st.none() | st.floats(-1e7, 1e7),
    st.floats(-1e7, 1e7),
)
def test_gross_tonnes_never_decide(additional, gross):
    run = replace(RUN, figures={"additional_2030_t": additional, "gross_2030_t": gross})

    result = additional_in_2030(Evidence(run=run))

    assert result.met == (additional is not None and additional > 0.0)


# ── the path to 2050 ──────────────────────────────────────────────────────────────────────────


def test_the_path_to_2050_names_first_year_and_total():
    result = checked("net_zero_figures")

    assert result.met
    assert result.because.en == (
        "In operation from 2032; 50,000 t in 2050, 950,000 t in all up to and including 2050."
    )


@pytest.mark.parametrize(
    "series",
    [{}, {2049: 1.0}, {2049: None, 2050: 1.0}, {2049: 0.0, 2050: 0.0}],
    ids=["none", "too short", "a gap", "no cut"],
)
def test_a_path_that_is_not_known_to_2050_is_not_met(series):
    assert not checked("net_zero_figures", by_year_t={"gross_by_year_t": series}).met


def test_the_path_asks_nothing_of_2030():
    later = {2030: 0.0, **dict.fromkeys(range(2031, 2051), 10.0)}

    assert checked("net_zero_figures", by_year_t={"gross_by_year_t": later}).met


# ── support and State aid ─────────────────────────────────────────────────────────────────────


def test_every_generic_scheme_of_the_letter_must_be_judged():
    result = checked("generic_instruments_judged", instruments={"sde": "refused", "dei": "fits"})

    assert not result.met
    assert result.because.en == "Cannot be judged yet: VEKI, EIA, NIKI."


def test_it_says_what_came_out_per_scheme():
    result = checked("generic_instruments_judged")

    assert result.met
    assert result.because.nl == (
        "SDE++ past niet; DEI+ past niet; VEKI past niet; EIA past niet; NIKI past niet."
    )


def test_an_open_framework_with_room_fits():
    result = checked("fits_state_aid")

    assert result.met
    assert result.because.nl == "steam: € 90,0 miljoen nodig, € 193,5 miljoen ruimte."


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (
            StateAidFact("steam", None, 90e6, None, {}),
            "No aid framework is plainly open to: steam.",
        ),
        (
            StateAidFact("steam", "tctf", None, 193.5e6, {}),
            "Cannot be judged: the aid that is needed or the room is lacking for steam.",
        ),
        (
            StateAidFact("steam", "tctf", 200e6, 193.5e6, {}),
            "steam: €200.0 million needed, €193.5 million room.",
        ),
    ],
    ids=["shut", "unknown", "over"],
)
def test_aid_that_does_not_fit_is_not_met(fact, said):
    result = checked("fits_state_aid", state_aid=(fact,))

    assert not result.met
    assert result.because.en == said


def test_a_run_without_a_word_on_state_aid_is_not_met():
    assert not checked("fits_state_aid", state_aid=()).met


def test_an_unverified_value_is_named():
    result = checked("run_without_unverified", unverified=("sde/bestellingstermijn", "x"))

    assert not result.met
    assert "2 values" in result.because.en
    assert "sde/bestellingstermijn" in result.because.en


# ── ambitions and the register ────────────────────────────────────────────────────────────────


def test_an_ambition_of_another_document_does_not_count():
    result = CHECKS["ambition_of_jloi"](Evidence(ambitions=(ambition("eop"),)))

    assert not result.met


def test_gross_and_additional_are_told_apart():
    stated = replace(ambition("eop"), gross=Span(800_000, 1_700_000))

    result = CHECKS["ambition_of_eop"](Evidence(ambitions=(stated,)))

    assert result.met
    assert result.because.en == (
        "Gross 800,000 t to 1,700,000 t a year, additional not stated, in 2030; boundary: scope 1 "
        "of the plant."
    )
    assert result.rests_on == ("oci-eop-2023-01-26",)


def test_a_share_is_never_turned_into_tonnes():
    stated = ambition("eop", gross=0.7, unit="fraction")

    result = CHECKS["ambition_of_eop"](Evidence(ambitions=(stated,)))

    assert "Gross 70% of 2020" in result.because.en


@pytest.mark.parametrize(
    ("firm", "met"),
    [("yara", True), ("anqore", True), ("cosun", True), ("aeb", True), ("bakkerij", False)],
)
def test_who_belongs_to_the_target_group(firm, met):
    evidence = Evidence(register=standing(firm, date(2025, 6, 30)))

    assert CHECKS["among_largest_emitters"](evidence).met is met


def test_a_joint_permit_gives_no_tonnes_to_one_firm():
    evidence = Evidence(register=standing("anqore", date(2025, 6, 30)))

    because = CHECKS["among_largest_emitters"](evidence).because.en

    assert because == (
        "Under the joint permit Chemelot BKG 01, number 3 of the largest industrial emitters; the "
        "share of the company is not public."
    )


# ── from a run to facts ───────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def nobian():
    def printed(command):
        return json.loads(CliRunner().invoke(cli, [command, "nobian", "--json"]).stdout)

    return run_fact(printed("assess"), printed("support"), sha256="a" * 64)


def test_a_run_becomes_facts(nobian):
    assert len(nobian.receipt) == 16
    assert nobian.figures["gross_2030_t"] == 525_000.0
    assert nobian.figures["additional_2030_t"] is None
    assert nobian.by_year_t["gross_by_year_t"][2050] == 525_000.0
    assert "npv_eur" in nobian.lacks
    assert nobian.unverified
    assert nobian.instruments["owe"] == "refused"
    assert nobian.state_aid[0].framework == "tctf"


def test_nobian_is_additional_over_its_whole_range(nobian):
    assert additional_in_2030(Evidence(run=nobian)).met


def test_the_public_reconstruction_of_nobian_cannot_tell_of_all_generic_schemes(nobian):
    assert not CHECKS["generic_instruments_judged"](Evidence(run=nobian)).met
