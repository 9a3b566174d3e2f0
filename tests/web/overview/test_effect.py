# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The policy effect: asked, computed, read; over the dossiers of the reader and no other."""

import json
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse
from tests.web.overview.test_stored_portfolio import reached
from tests.web.runs.plans import handed_in
from tests.web.runs.test_jobs import ended, wait_for, worker
from tests.web.world import World, make_world

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents.models import Look
from maatwerkbank.web.overview.effect import ask_effect, question
from maatwerkbank.web.overview.effect_computing import EffectAnswer, answer
from maatwerkbank.web.overview.models import EffectRun
from maatwerkbank.web.people.models import Person

LEVY_GONE = {"variant": "levy_abolished", "known_on": date(2025, 6, 30)}
ASKED = {"variant": "levy_abolished", "known_on": "2025-06-30"}


def begin(world: World) -> World:
    """Both firms have begun; Zoutfabriek handed in a plan."""
    reached(world.zout, "exploration", date(2025, 1, 1))
    reached(world.staal, "exploration", date(2025, 1, 1))
    handed_in(world)
    return world


@pytest.fixture
def begun(world: World) -> World:
    """Both firms have begun; Zoutfabriek handed in a plan."""
    return begin(world)


ANSWERS: dict[tuple[str, ...], EffectAnswer] = {}
"""Charts take seconds, and the plan is always the same."""


def computed(person: Person) -> EffectRun:
    """The answer for `person`, as a worker would have made it."""
    run = ask_effect(by=person, **LEVY_GONE)
    plans = question(person, **LEVY_GONE).portfolio.read()
    firms = tuple(firm.id for firm in plans.register)
    if firms not in ANSWERS:
        ANSWERS[firms] = answer(plans, "levy_abolished", date(2025, 6, 30), lambda *_: None)
    found = ANSWERS[firms]
    EffectRun.objects.filter(pk=run.pk).update(
        state="done",
        progress=1.0,
        receipt_number=found.result["receipt"]["number"],
        result=found.result,
        figures=found.figures,
        pictures=found.pictures,
    )
    run.refresh_from_db()
    return run


def look(world: World, person: Person, name: str = "effect", **headers: str) -> HttpResponse:
    """The page, as `person` gets it for the usual question."""
    return world.browser(person).get(reverse(f"overview:{name}"), ASKED, headers=headers)


def ask(world: World, person: Person) -> HttpResponse:
    """The form, sent in by `person`."""
    return world.browser(person).post(reverse("overview:effect"), ASKED)


def cancel(world: World, person: Person) -> HttpResponse:
    """The button to cancel, pressed by `person`."""
    address = reverse("overview:effect-cancel")
    return world.browser(person).post(f"{address}?variant=levy_abolished&known_on=2025-06-30")


# ── asking ────────────────────────────────────────────────────────────────────────────────────


def test_it_starts_with_a_form_and_computes_nothing(begun: World):
    page = begun.browser(begun.lead).get(reverse("overview:effect"))

    assert page.status_code == 200
    assert 'value="2025-06-30"' in page.content.decode()
    assert not EffectRun.objects.exists()


def test_it_asks_for_a_run_and_shows_how_far_it_is(begun: World):
    answered = ask(begun, begun.lead)
    page = begun.browser(begun.lead).get(answered["Location"])

    run = EffectRun.objects.get()
    assert (run.state, run.variant, run.asked_by) == ("waiting", "levy_abolished", begun.lead)
    assert run.job_id is not None
    assert answered["Location"] == "/beleidseffect/?variant=levy_abolished&known_on=2025-06-30"
    assert "Het effect wordt berekend" in page.content.decode()
    assert "/beleidseffect/stand/?variant=levy_abolished" in page.content.decode()


def test_it_asks_once_however_often_the_button_is_pressed(begun: World):
    ask(begun, begun.lead)
    ask(begun, begun.lead)
    ask(begun, begun.member)

    assert EffectRun.objects.count() == 1


def test_it_asks_anew_after_a_new_plan(begun: World):
    computed(begun.lead)
    handed_in(begun)  # the same plan once more: nothing changes
    same = look(begun, begun.lead).content.decode()
    reached(begun.zout, "eop", date(2025, 3, 1))

    other = look(begun, begun.lead).content.decode()

    assert "Dit is nog niet berekend" not in same
    assert "Dit is nog niet berekend" in other


def test_it_says_what_is_wrong_with_a_question(begun: World):
    answered = begun.browser(begun.lead).post(
        reverse("overview:effect"), {"variant": "no_such", "known_on": "soon"}
    )

    assert answered.status_code == 422
    assert not EffectRun.objects.exists()


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def test_it_shows_the_difference_for_each_firm_with_a_way_to_its_dossier(begun: World):
    run = computed(begun.auditor)

    page = look(begun, begun.auditor).content.decode()

    assert "CO2-heffing industrie afgeschaft" in page
    assert f'<a href="/dossiers/{begun.zout.code}/">Zoutfabriek BV</a>' in page
    assert "Netto contante waarde" in page
    assert run.receipt_number in page
    assert 'aria-labelledby="forgone-wide-title' in page
    assert "Zaakvertrouwelijk" in page


def test_it_names_a_firm_of_which_nothing_can_be_computed(begun: World):
    run = computed(begun.auditor)

    page = look(begun, begun.auditor).content.decode()

    assert [each["name"] for each in run.result["not_public"]] == ["Staalfabriek BV"]
    assert "Ondernemingen die niet te berekenen zijn" in page


def test_it_speaks_english(begun: World):
    computed(begun.lead)
    browser = begun.browser(begun.lead)
    browser.cookies["maatwerkbank_language"] = "en"

    page = browser.get(reverse("overview:effect"), ASKED).content.decode()

    assert "What changes for each firm" in page
    assert "Net present value" in page


def test_it_gives_what_the_command_prints(begun: World):
    run = computed(begun.lead)

    answered = look(begun, begun.lead, "effect-json")

    told = json.loads(answered.content)
    assert told == run.result
    assert [case["id"] for case in told["cases"]] == ["zoutfabriek"]
    assert f"effect-levy_abolished-{run.receipt_number}.json" in answered["Content-Disposition"]


def test_a_colleague_who_sees_the_same_reads_the_same_answer(begun: World):
    run = computed(begun.lead)

    assert run.receipt_number in look(begun, begun.member).content.decode()


def test_the_part_that_asks_again_brings_the_answer_once_it_is_there(begun: World):
    ask(begun, begun.lead)
    waiting = look(begun, begun.lead, "effect-progress", HX_Request="true")
    EffectRun.objects.all().delete()
    computed(begun.lead)

    done = look(begun, begun.lead, "effect-progress", HX_Request="true")

    assert b'<section class="progress" id="effect-progress"' in waiting.content
    assert done["HX-Retarget"] == "#effect"
    assert b'<section id="effect"' in done.content


def test_it_tells_why_there_is_no_answer_and_can_be_asked_again(begun: World):
    ask(begun, begun.lead)
    EffectRun.objects.update(
        state="failed",
        error={
            "code": "parameter.no-value-on-date",
            "what": {"nl": "Geen waarde op die dag.", "en": "No value on that day."},
            "remedy": {"nl": "kies een andere dag", "en": "choose another day"},
        },
    )

    page = look(begun, begun.lead).content.decode()
    ask(begun, begun.lead)

    assert "Geen waarde op die dag." in page
    assert list(EffectRun.objects.values_list("state", flat=True)) == ["waiting", "failed"]


# ── looks ─────────────────────────────────────────────────────────────────────────────────────


def test_it_writes_down_who_saw_an_answer_over_something_confidential(begun: World):
    handed_in(begun, level=Level.VERTROUWELIJK.value)
    computed(begun.lead)

    look(begun, begun.lead)

    seen = Look.objects.get()
    assert (seen.person, seen.dossier, seen.kind) == (begun.lead, begun.zout, "effect")
    assert seen.title == "levy_abolished, 2025-06-30"


def test_it_writes_nothing_down_below_that_level(begun: World):
    computed(begun.lead)

    look(begun, begun.lead)

    assert not Look.objects.exists()


# ── cancelling ────────────────────────────────────────────────────────────────────────────────


def test_it_cancels_what_waits(begun: World):
    ask(begun, begun.lead)

    answered = cancel(begun, begun.lead)

    assert answered.status_code == 302
    assert EffectRun.objects.get().state == "cancelled"
    assert "Dit is nog niet berekend" in look(begun, begun.lead).content.decode()


def test_only_who_asked_can_cancel(begun: World):
    ask(begun, begun.lead)

    answered = cancel(begun, begun.member)

    assert answered.status_code == 403
    assert EffectRun.objects.get().state == "waiting"


def test_what_has_ended_cannot_be_cancelled(begun: World):
    computed(begun.lead)

    assert cancel(begun, begun.lead).status_code == 409


# ── who may not even know ─────────────────────────────────────────────────────────────────────


def test_an_answer_over_other_dossiers_is_not_found(begun: World):
    computed(begun.auditor)

    page = look(begun, begun.lead).content.decode()

    assert "Dit is nog niet berekend" in page
    assert look(begun, begun.lead, "effect-json").status_code == 404
    assert "Staalfabriek" not in page


def test_an_answer_is_out_of_reach_for_who_left_the_team(begun: World):
    computed(begun.member)
    begun.member.memberships.update(until=date(2025, 1, 1))

    page = look(begun, begun.member).content.decode()

    assert "Er is geen dossier waarvan u de berekeningen mag inzien" in page
    assert "Zoutfabriek" not in page


@pytest.mark.parametrize(
    "who", ["company", "province", "adviser", "minister_office", "administrator", "outsider"]
)
def test_who_sees_no_runs_gets_no_answer(begun: World, who: str):
    computed(begun.lead)
    person = begun.everybody()[who]

    assert "Er is geen dossier waarvan u" in look(begun, person).content.decode()
    assert look(begun, person, "effect-json").status_code == 404
    assert ask(begun, person).status_code == 403


# ── by a worker ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_computes_it(transactional_db: None):
    world = begin(make_world())
    run = ask_effect(by=world.lead, **LEVY_GONE)

    with worker("--until-empty"):
        wait_for(run, ended)

    assert (run.state, run.attempts, run.error) == ("done", 1, None)
    assert set(run.pictures) == {"nl", "en"}
    assert run.result["receipt"]["number"] == run.receipt_number


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_answers_over_what_the_asker_sees_by_then(transactional_db: None):
    world = begin(make_world())
    run = ask_effect(by=world.lead, **LEVY_GONE)
    reached(world.zout, "eop", date(2025, 3, 1))

    with worker("--until-empty"):
        wait_for(run, ended)

    assert (run.state, run.error) == ("done", None)
    assert [case["stage"] for case in run.result["cases"]] == ["eop"]
    assert run.receipt_number in look(world, world.lead).content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_answer_twice(transactional_db: None):
    world = begin(make_world())
    first = ask_effect(by=world.lead, **LEVY_GONE)
    EffectRun.objects.filter(pk=first.pk).update(key="of a program before this one")
    second = ask_effect(by=world.lead, **LEVY_GONE)

    with worker("--until-empty"):
        wait_for(first, ended)
        wait_for(second, ended)

    assert {first.state, second.state} == {"done", "cancelled"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_finds_one_again_that_fell_out_of_the_queue(transactional_db: None):
    world = begin(make_world())
    run = ask_effect(by=world.lead, **LEVY_GONE)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")

    with worker():
        wait_for(run, ended)

    assert (run.state, run.error) == ("done", None)
