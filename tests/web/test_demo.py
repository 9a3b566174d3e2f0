# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What somebody finds who opens the demo: the public portfolio, and one invented firm."""

from datetime import date

import pytest

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.decision_chain import verify_chain
from maatwerkbank.portfolio.register import register
from maatwerkbank.sources import source
from maatwerkbank.web.advice.models import PublicAdvice, PublicPoint
from maatwerkbank.web.demo import load as demo
from maatwerkbank.web.demo.public_record import load_public_record
from maatwerkbank.web.documents.models import DocumentVersion, FrozenSet
from maatwerkbank.web.dossiers.chain import decisions, link_of
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Decision,
    Dossier,
    Forecast,
    Milestone,
    Override,
    StageReached,
)
from maatwerkbank.web.people.access import dossiers_of, frozen_sets_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.models import CaseVersion, Run

CUT_OFF = date(2025, 6, 30)
pytestmark = pytest.mark.slow


@pytest.fixture
def record(db):
    """The dossiers of the public record, by firm."""
    return load_public_record()


@pytest.fixture
def loaded(db):
    """The whole demo."""
    demo.load()


def person(name):
    return Person.objects.get(email=f"{name}@maatwerkbank.example")


# ── the public record ─────────────────────────────────────────────────────────────────────────


def test_it_puts_every_firm_where_the_register_says_that_it_stood(record):
    said = {
        each.id: (each.stage.value, each.track, each.exit.kind if each.exit else "")
        for each in register(CUT_OFF)
    }

    stands = {firm: (each.stage, each.track_id, each.exit) for firm, each in record.items()}

    assert stands == said
    assert stands["nobian"] == ("execution", "standard", "")
    assert stands["yara"] == ("execution", "incidental_subsidy", "")
    assert stands["dow"] == ("working_out", "standard", "stopped_door_open")


def test_it_gives_each_fact_a_source_that_can_be_looked_up(record):
    cited = {
        row.source
        for model in (StageReached, Ambition, Milestone, Forecast, DocumentVersion)
        for row in model.objects.all()
    }

    assert len(cited) > 30
    assert [each for each in cited if not source(each).title] == []


def test_it_takes_no_decision_for_a_real_firm(record):
    assert not Decision.objects.exists()
    assert {each.public_reconstruction for each in record.values()} == {True}
    assert {each.level for each in record.values()} == {Level.OPENBAAR}


def test_it_knows_two_ambition_documents_of_tata_steel_and_holds_neither(record):
    versions = record["tata-steel"].documents.get().versions.order_by("number")

    assert [(each.number, each.dated, each.sha256) for each in versions] == [
        (1, "2021-03-30", ""),
        (2, "2022-07-15", ""),
    ]
    assert versions[1].source == "tata-eop-2022-07-15"


def test_it_keeps_gross_and_additional_tonnes_apart(record):
    shell = record["shell"].ambitions.get(quantity="co2")
    yara = record["yara"].ambitions.get(quantity="co2", version="eop")

    assert (shell.gross_low, shell.additional_low) == (3_900_000, 500_000)
    assert (yara.gross_low, yara.additional_low) == (1_500_000, None)


def test_it_leaves_a_day_that_is_not_public_open(record):
    assert record["zeeland-refinery"].stage_since is None
    assert record["tata-steel"].stage_since == date(2023, 11, 3)
    assert record["alco"].stages_reached.get(stage="eop").on == "2024-10"


def test_it_shows_how_far_porthos_slipped(record):
    porthos = record["air-liquide"].milestones.get(track="infrastructure")

    assert porthos.planned == date(2024, 12, 31)
    assert porthos.forecasts.get().expected == date(2026, 12, 31)
    assert porthos.forecasts.get().said_on == date(2023, 10, 18)


def test_it_tells_of_nothing_after_the_cut_off(record):
    said = [each.said_on for each in Forecast.objects.all()]
    done = [each.actual for each in Milestone.objects.exclude(actual=None)]

    assert max([*said, *done]) <= CUT_OFF


# ── everything ────────────────────────────────────────────────────────────────────────────────


def test_it_asks_for_the_runs_of_every_shipped_case_with_and_without_the_levy(loaded):
    assert CaseVersion.objects.filter(origin="public", state="handed_in").count() == 8
    assert Run.objects.filter(level=Level.OPENBAAR, variant="").count() == 8
    assert Run.objects.filter(level=Level.OPENBAAR, variant="levy_abolished").count() == 8
    assert set(Run.objects.values_list("state", flat=True)) == {"waiting"}


def test_the_invented_firm_was_refused_at_the_third_gate(loaded):
    dossier = Dossier.objects.get(company__slug="voorbeeldchemie")

    told = dossier.decisions.values_list("kind", "gate", "outcome")

    assert not dossier.public_reconstruction
    assert "verzonnen" in dossier.company.name
    assert dossier.stage == "working_out"
    assert list(told) == [
        ("opening", "", "done"),
        ("gate", "to_eop", "passed"),
        ("gate", "to_working_out", "passed"),
        ("gate", "to_draft_jloi", "refused"),
    ]
    assert verify_chain([link_of(each) for each in decisions()]) == ()


def test_public_advices_stand_on_the_dossiers_of_real_firms_with_their_sources(loaded):
    given = {each.dossier.company.slug: each.given for each in PublicAdvice.objects.all()}
    cited = {row.source for model in (PublicAdvice, PublicPoint) for row in model.objects.all()}

    assert given == {"nobian": "2023-06", "yara": "2023-10", "anqore": ""}
    assert not PublicAdvice.objects.exclude(verdict="").exists()
    assert [each for each in cited if not source(each).title] == []


def test_one_override_was_confirmed_by_a_second_person_and_one_waits(loaded):
    confirmed, waiting = Override.objects.all()

    assert (confirmed.answer, waiting.answer) == ("confirmed", "")
    assert confirmed.answered_by != confirmed.asked_by


def test_the_people_see_what_belongs_to_their_role(loaded):
    seen = {
        name: set(dossiers_of(person(name)).values_list("company__slug", flat=True))
        for name in ("bedrijf", "adviseur", "beheerder", "meelezer", "provincie")
    }

    assert seen["bedrijf"] == {"voorbeeldchemie"}
    assert seen["adviseur"] == seen["beheerder"] == set()
    assert seen["provincie"] == {"yara", "zeeland-refinery", "dow"}
    assert len(seen["meelezer"]) == 17
    assert frozen_sets_of(person("adviseur")).get() == FrozenSet.objects.get()


def test_nobody_of_the_demo_has_a_password_or_a_name_of_somebody(loaded):
    people = Person.objects.all()

    assert [each.email for each in people if each.has_usable_password()] == []
    assert [each.email for each in people if not each.email.endswith("@maatwerkbank.example")] == []


def test_it_is_loaded_once(loaded):
    assert demo.is_loaded()
