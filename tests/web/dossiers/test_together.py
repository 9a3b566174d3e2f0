# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Several people at once: one goes first, the other is told, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from tests.web.world import World, make_world

from maatwerkbank.web.dossiers import chain
from maatwerkbank.web.dossiers.conflicts import DecidedMeanwhile, GateLacks, NotWaitingFor
from maatwerkbank.web.dossiers.decisions import decide_gate, open_dossier
from maatwerkbank.web.dossiers.models import Company, Decision, Override
from maatwerkbank.web.dossiers.statements import (
    answer_override,
    ask_override,
    attest,
    withdraw_attestation,
)
from maatwerkbank.web.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Everybody, in a database in which transactions really end."""
    return make_world()


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed gave or raised, all of them started together."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return deed()
        except Exception as error:  # noqa: BLE001  # what it raised is the answer
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def ready(world: World) -> None:
    """Nothing lacks at the gate to working out."""
    world.zout.stage = "eop"
    world.zout.save()
    for criterion, by in {
        "team_in_place": world.lead,
        "routes_to_study": world.company,
        "permit_team": world.province,
    }.items():
        attest(
            dossier=world.zout, gate="to_working_out", criterion=criterion, by=by, statement="Ja."
        )


def decide(world: World, who: str, outcome: str) -> Callable[[], Decision]:
    return lambda: decide_gate(
        dossier=world.zout,
        gate="to_working_out",
        by=getattr(world, who),
        outcome=outcome,
        reason="Zo besloten.",
        expected_stage="eop",
        last_seen=0,
    )


@pytest.mark.parametrize("outcomes", [("passed", "passed"), ("passed", "refused")])
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(
    world: World, outcomes: tuple[str, str]
):
    ready(world)

    answers = at_once(decide(world, "lead", outcomes[0]), decide(world, "programme", outcomes[1]))

    won = [each for each in answers if isinstance(each, Decision)]
    told = [each for each in answers if isinstance(each, DecidedMeanwhile)]
    assert (len(won), len(told)) == (1, 1)
    assert won[0].decided_by.name in told[0].what
    assert Decision.objects.count() == 1
    assert verify().findings == []


def test_many_decisions_at_once_make_one_chain(world: World):
    companies = [
        Company.objects.create(slug=f"firma-{number}", name=f"Firma {number}")
        for number in range(8)
    ]

    answers = at_once(
        *(
            lambda company=company: open_dossier(
                company=company, by=world.programme, lead=world.lead
            )
            for company in companies
        )
    )

    assert all(isinstance(each, Decision) for each in answers)
    assert [each.sequence for each in chain.decisions()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert verify().findings == []


def test_a_statement_is_not_withdrawn_under_a_decision(world: World):
    ready(world)
    stated = world.zout.attestations.get(criterion="team_in_place")

    decided, withdrawn = at_once(
        decide(world, "programme", "passed"),
        lambda: withdraw_attestation(attestation=stated, by=world.lead, statement="Toch niet."),
    )

    rested_on_it = isinstance(decided, Decision) and decided.evidence["passes"]
    assert rested_on_it or isinstance(decided, GateLacks)
    assert withdrawn.withdraws == stated


def test_an_override_is_asked_once_and_answered_once(world: World):
    world.zout.stage = "eop"
    world.zout.save()

    def ask(who: str) -> Callable[[], Override]:
        return lambda: ask_override(
            dossier=world.zout,
            gate="to_working_out",
            criterion="permit_team",
            by=getattr(world, who),
            reason="Later.",
        )

    asked = at_once(ask("lead"), ask("member"))
    override = Override.objects.get()
    answered = at_once(
        lambda: answer_override(override=override, by=world.programme, answer="confirmed"),
        lambda: answer_override(
            override=override, by=world.programme, answer="refused", reason="Nee."
        ),
    )

    assert sum(isinstance(each, NotWaitingFor) for each in asked) == 1
    assert sum(isinstance(each, Override) for each in answered) == 1
