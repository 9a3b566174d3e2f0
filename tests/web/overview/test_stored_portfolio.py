# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portfolio of stored dossiers: the same as the shipped one, and of that what a person sees."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo
from tests.web.runs.plans import EXAMPLE, handed_in
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.receipt import digest
from maatwerkbank.portfolio.register import CompanyState, Exit, Register, Stage, register
from maatwerkbank.web.demo.public_record import load_public_record
from maatwerkbank.web.dossiers.decisions import close_dossier, move_trajectory, re_enter
from maatwerkbank.web.dossiers.models import Dossier, StageReached
from maatwerkbank.web.overview.stored_portfolio import stored, stored_portfolio
from maatwerkbank.web.people.held import asked_once
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.services import keep_draft

TODAY = timezone.localdate()
CUT_OFF = date(2025, 6, 30)
# A later source that shows a stage once more is not kept: the letter on stages reached before it.
SHOWN_AGAIN = {
    "yara": {Stage.EXECUTION: ("yara-first-pile-2024-05-22",)},
    "tata-steel": {Stage.WORKING_OUT: ("tata-plan-2023-11-03",)},
    "aeb": {Stage.EXPLORATION: ("kst-30872-306",)},
    "avr": {Stage.EXPLORATION: ("kst-30872-306",)},
}


def reached(dossier: Dossier, stage: str, on: date) -> None:
    """A source tells that a stage was reached."""
    StageReached.objects.create(
        dossier=dossier, stage=stage, on=on.isoformat(), counts_from=on, source=f"about-{stage}"
    )


@pytest.fixture
def begun(world: World) -> World:
    """Both firms have begun, Zoutfabriek is further."""
    reached(world.zout, "exploration", date(2025, 1, 1))
    reached(world.zout, "eop", date(2025, 3, 1))
    reached(world.staal, "exploration", date(2025, 1, 1))
    return world


def firms(person: Person | None, on: date = TODAY) -> list[str]:
    """The ids of the firms that somebody sees."""
    return [firm.id for firm in stored(person, on).register]


def state(world: World, on: date, person: Person | None = None) -> CompanyState:
    """Zoutfabriek, as on a day."""
    return stored(person, on).register.company("zoutfabriek")


# ── two roads ─────────────────────────────────────────────────────────────────────────────────


def without_repeats(shipped: Register) -> tuple[CompanyState, ...]:
    """The shipped register without a second source for a stage that was reached before."""
    return tuple(
        replace(firm, sources={**firm.sources, **SHOWN_AGAIN.get(firm.id, {})}) for firm in shipped
    )


@pytest.mark.slow
def test_it_tells_the_same_as_the_shipped_register_at_the_cut_off(db: None):
    load_public_record()

    told = stored(None, CUT_OFF).register

    assert told.companies == without_repeats(register(CUT_OFF))


@pytest.mark.slow
@pytest.mark.parametrize(
    "day",
    [
        date(2022, 7, 14),
        date(2022, 7, 15),
        date(2023, 10, 22),
        date(2023, 10, 23),
        date(2023, 12, 20),
        date(2023, 12, 21),
        date(2024, 12, 31),
        date(2025, 6, 29),
    ],
)
def test_it_tells_the_same_on_days_before_that(db: None, day: date):
    load_public_record()

    told = stored(None, day).register

    assert told.companies == register(day).companies


# ── what it works with ────────────────────────────────────────────────────────────────────────


def test_it_takes_the_last_plan_that_was_handed_in(begun: World):
    handed_in(begun)
    last = handed_in(begun)
    keep_draft(dossier=begun.zout, by=begun.analyst, raw=EXAMPLE)

    found = stored(begun.lead, TODAY)

    assert found.plans == {"zoutfabriek": last}
    assert found.read().case_files["zoutfabriek"].sha256 == last.sha256


def test_it_knows_nobody_who_had_not_begun(begun: World):
    assert firms(None, date(2024, 12, 31)) == []
    assert firms(None, date(2025, 1, 1)) == ["zoutfabriek", "staalfabriek"]
    assert state(begun, date(2025, 2, 28)).stage == Stage.EXPLORATION
    assert state(begun, date(2025, 3, 1)).stage == Stage.EOP


def test_it_goes_back_where_a_decision_says_so(begun: World):
    begun.zout.stage = "working_out"
    begun.zout.save()
    reached(begun.zout, "working_out", date(2025, 5, 1))

    move_trajectory(
        dossier=begun.zout, by=begun.lead, to="maatwerk-2022", stage="eop", reason="Opnieuw."
    )

    assert state(begun, date(2025, 5, 1)).stage == Stage.WORKING_OUT
    assert state(begun, TODAY).stage == Stage.EOP


def test_it_tells_of_an_exit_between_the_decisions_that_made_and_ended_it(begun: World):
    close_dossier(
        dossier=begun.zout,
        by=begun.lead,
        to="stopped_door_open",
        reason="De stikstofruimte ontbreekt.",
        reasons=["R2"],
        next_contact=date(2027, 9, 1),
        decided_on=date(2025, 9, 1),
    )
    re_enter(
        dossier=begun.zout,
        by=begun.lead,
        track="standard",
        stage="exploration",
        reason="Er is ruimte.",
        decided_on=date(2026, 2, 1),
    )

    assert state(begun, date(2025, 8, 31)).exit is None
    assert state(begun, date(2025, 9, 1)).exit == Exit(
        "stopped_door_open", ("R2",), "2025-09-01", None, "", None
    )
    assert state(begun, date(2026, 2, 1)).exit is None


def test_a_firm_with_several_dossiers_stands_in_it_once(begun: World):
    later = Dossier.objects.create(
        company=begun.zout.company,
        trajectory_id="maatwerk-2025",
        track_id="net_zero_guidance",
        stage="exploration",
    )
    reached(later, "exploration", date(2025, 8, 1))

    found = stored(None, TODAY)

    assert [firm.id for firm in found.register] == ["zoutfabriek", "staalfabriek"]
    assert found.dossiers["zoutfabriek"] == begun.zout


@pytest.mark.slow
def test_it_asks_no_more_questions_of_many_dossiers_than_of_a_few(
    begun: World, django_assert_num_queries, django_assert_max_num_queries
):
    handed_in(begun)

    with django_assert_max_num_queries(12), asked_once():
        stored(begun.programme, TODAY)
    load_public_record()
    with django_assert_num_queries(12), asked_once():
        stored(begun.programme, TODAY)


# ── who may not even know ─────────────────────────────────────────────────────────────────────


def test_it_holds_only_what_a_person_sees(begun: World):
    handed_in(begun)

    assert firms(begun.lead) == ["zoutfabriek"]
    assert firms(begun.other_company) == ["staalfabriek"]
    assert firms(begun.auditor) == ["zoutfabriek", "staalfabriek"]
    assert firms(begun.outsider) == firms(begun.adviser) == firms(begun.administrator) == []


def test_it_holds_no_plan_for_who_may_not_see_runs(begun: World):
    handed_in(begun)

    for person in (begun.company, begun.province, begun.minister_office):
        assert stored(person, TODAY).plans == {}
        assert stored_portfolio(person, TODAY).case_files == {}


def test_it_holds_no_plan_above_the_clearance_of_the_reader(begun: World):
    handed_in(begun, level=Level.VERTROUWELIJK.value)
    begun.member.clearance = Level.ZAAKVERTROUWELIJK.value
    begun.member.save()

    assert stored(begun.lead, TODAY).level == Level.VERTROUWELIJK
    assert stored(begun.member, TODAY).plans == {}
    assert stored(begun.member, TODAY).level == Level.ZAAKVERTROUWELIJK


def test_it_tells_why_a_firm_left_only_to_who_sees_decisions(begun: World):
    close_dossier(
        dossier=begun.zout,
        by=begun.lead,
        to="stopped_door_open",
        reason="De moeder kiest een ander land.",
        reasons=["R4"],
        next_contact=date(2027, 9, 1),
    )

    assert state(begun, TODAY, begun.lead).exit.reasons == ("R4",)
    assert state(begun, TODAY, begun.province).exit.reasons == ()


# ── from a terminal ───────────────────────────────────────────────────────────────────────────


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Our program, on the database of the test."""
    at = connections["default"].settings_dict
    address = make_conninfo(
        dbname=at["NAME"], user=at["USER"], host=at["HOST"], port=at["PORT"] or None
    )
    return subprocess.run(
        [sys.executable, "-m", "maatwerkbank", *arguments],
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_commands_read_the_database_that_is_named(transactional_db: None):
    load_public_record()

    told = command("register", "--as-of", "2024-12-31", "--json")
    effect = command("effect", "--variant", "levy_abolished", "--json")

    assert (told.returncode, told.stderr) == (0, "")
    shipped = register(date(2024, 12, 31)).as_json()
    assert digest(json.loads(told.stdout)["companies"]) == digest(shipped["companies"])
    assert json.loads(told.stdout)["source"] == "Dossiers van deze Maatwerkbank"
    cases = json.loads(effect.stdout)["cases"]
    assert {case["exposure_only"] for case in cases} == {True}  # no plan was handed in


def test_a_command_says_that_the_database_cannot_be_reached():
    told = subprocess.run(
        [sys.executable, "-m", "maatwerkbank", "register", "--as-of", "2025-06-30"],
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 2
    assert told.stderr.startswith("error [database.unreachable]: the database that DATABASE_URL")
