# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds on promises, on what they wait for, and on risks."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from tests.web.world import World

from maatwerkbank.dossier.evidence import RiskRegisterFact
from maatwerkbank.dossier.promises import DelayOdds
from maatwerkbank.dossier.trajectory import trajectory
from maatwerkbank.web.dossiers.models import Dossier, Project
from maatwerkbank.web.people.access import dependencies_of, project_starts_of, promises_of
from maatwerkbank.web.people.held import asked_once
from maatwerkbank.web.promises import keeping, risks, waiting
from maatwerkbank.web.promises.models import (
    Dependency,
    ProjectStart,
    Promise,
    PromiseForecast,
    Risk,
    Waiver,
    WaiverRequest,
)
from maatwerkbank.web.promises.reckoning import seen_by, seen_in, waiver_requests_of
from maatwerkbank.web.promises.stored_risks import GATES_THAT_ASK, risk_register_facts
from maatwerkbank.web.refusals import NotAllowed, Unfit
from maatwerkbank.web.runs.models import CaseVersion, Run

PROMISE: dict[str, Any] = {
    "by_side": "state",
    "by_name": "Ministerie van KGG",
    "to_side": "company",
    "to_name": "Zoutfabriek BV",
    "subject": "infrastructure",
    "name_nl": "Zwaardere netaansluiting",
    "name_en": "Heavier grid connection",
    "words": "Voorrang bij de netbeheerder",
    "planned": date(2028, 7, 1),
}
GRID: dict[str, Any] = {
    "kind": "grid",
    "name_nl": "Station Hengelo",
    "name_en": "Substation Hengelo",
    "operator": "TenneT",
    "planned": date(2028, 1, 1),
}
RISK: dict[str, Any] = {
    "cause": "Het station is vol",
    "event": "De aansluiting komt later",
    "effect": "De ketel start later",
    "owner": "Netbeheerder",
    "before_likelihood": "likely",
    "before_impact": "large",
}


def boiler(dossier: Dossier, by: Any, **stake: Any) -> ProjectStart:
    project = Project.objects.create(dossier=dossier, name="Elektrische ketel", key="boiler")
    return waiting.put_start(
        project=project,
        by=by,
        planned=date(2029, 1, 1),
        **{"gross_t": 400_000.0, "source": "kamerbrief-2025-06-30", **stake},
    )


def chain(world: World) -> tuple[Promise, Dependency, ProjectStart]:
    """The ketel waits for the connection that the State promised; that waits for a substation."""
    dossier, lead = world.zout, world.lead
    promise = keeping.add_promise(dossier=dossier, by=lead, **PROMISE)
    grid = waiting.add_dependency(dossier=dossier, by=lead, **GRID)
    start = boiler(dossier, lead)
    waiting.connect(dossier=dossier, by=lead, waiter=promise, awaited=grid, lag_days=182)
    waiting.connect(dossier=dossier, by=lead, waiter=start, awaited=promise)
    return promise, grid, start


def test_a_late_grid_puts_the_promise_and_the_tonnes_at_risk(world: World):
    promise, grid, start = chain(world)

    before = seen_by(world.lead, world.zout)
    waiting.forecast_dependency(
        dependency=grid, by=world.lead, expected=date(2030, 12, 31), because="levertijd trafo"
    )
    after = seen_by(world.lead, world.zout)

    key = f"promise:{promise.code}"
    assert before.standings[key].state == "open"
    assert before.outlook.at_risk.gross_t is None
    assert after.standings[key].state == "at_risk"
    assert "Station Hengelo" in after.standings[key].because.nl
    assert after.outlook.at_risk.gross_t == 400_000
    (held,) = after.outlook.held_by_state()
    assert [each.project.id for each in held.projects] == [f"project:{start.code}"]


def test_a_circle_is_refused_and_named(world: World):
    promise, grid, _ = chain(world)

    with pytest.raises(waiting.Circle) as refused:
        waiting.connect(dossier=world.zout, by=world.lead, waiter=grid, awaited=promise)

    assert refused.value.status == 409
    assert "Station Hengelo → Zwaardere netaansluiting" in refused.value.what_text.nl
    with pytest.raises(Unfit):  # it waits for it already
        waiting.connect(dossier=world.zout, by=world.lead, waiter=promise, awaited=grid)
    other = Dependency.objects.create(dossier=world.staal, **GRID)
    with pytest.raises(Unfit):  # of another dossier
        waiting.connect(dossier=world.zout, by=world.lead, waiter=promise, awaited=other)


def test_a_promise_is_kept_with_evidence_and_then_stays(world: World):
    promise, _, _ = chain(world)
    with pytest.raises(Unfit) as refused:
        keeping.keep_promise(promise=promise, by=world.lead, on=date(2999, 1, 1), words=" ")
    assert {each.place for each in refused.value.findings} == {"on", "words"}

    keeping.keep_promise(
        promise=promise, by=world.lead, on=date(2026, 1, 1), words="brief van de netbeheerder"
    )

    seen = seen_by(world.lead, world.zout)
    assert seen.standings[f"promise:{promise.code}"].state == "kept"
    for deed in (
        lambda: keeping.ask_waiver(promise=promise, by=world.lead, because="x"),
        lambda: keeping.change_promise(promise=promise, by=world.lead, because="x", **PROMISE),
        lambda: keeping.forecast_promise(
            promise=promise, by=world.lead, expected=date(2030, 1, 1), because="x"
        ),
    ):
        with pytest.raises(keeping.Settled):
            deed()


def test_a_promise_is_let_go_of_by_two_and_that_stays(world: World):
    promise, _, _ = chain(world)
    with pytest.raises(NotAllowed):
        keeping.ask_waiver(promise=promise, by=world.company, because="niet meer nodig")
    asked = keeping.ask_waiver(promise=promise, by=world.lead, because="niet meer nodig")
    with pytest.raises(keeping.AskedAlready):
        keeping.ask_waiver(promise=promise, by=world.member, because="ook ik")

    def answer(by, answer, because="zo besloten"):
        return keeping.answer_waiver(request=asked, by=by, answer=answer, because=because)

    for who in (world.lead, world.member):  # who asked; who may not let go
        with pytest.raises(NotAllowed):
            answer(who, "granted")
    with pytest.raises(Unfit):
        answer(world.programme, "granted", because=" ")
    assert seen_by(world.lead, world.zout).standings[f"promise:{promise.code}"].state != "waived"
    answer(world.programme, "refused")
    with pytest.raises(keeping.WaiverAnswered):
        answer(world.programme, "granted")

    again = keeping.ask_waiver(promise=promise, by=world.member, because="nu echt")
    keeping.answer_waiver(request=again, by=world.lead, answer="granted", because="akkoord")

    seen = seen_by(world.lead, world.zout).standings[f"promise:{promise.code}"]
    assert (seen.state, again.promise.waiver.role) == ("waived", "case_lead")
    assert [each.answer for each in waiver_requests_of(world.auditor)] == ["refused", "granted"]
    assert list(waiver_requests_of(world.company)) == []
    for row in (asked, Waiver.objects.get()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            row.delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        WaiverRequest.objects.filter(pk=asked.pk).update(reason="anders")


def test_it_keeps_every_forecast_and_every_change(world: World):
    promise, _, _ = chain(world)
    for expected in (date(2029, 1, 1), date(2030, 1, 1)):
        keeping.forecast_promise(
            promise=promise, by=world.lead, expected=expected, because="station"
        )
    keeping.change_promise(
        promise=promise, by=world.member, because="verschreven", **{**PROMISE, "clause": "art. 4"}
    )

    said = [each.expected for each in PromiseForecast.objects.all()]
    assert said == [date(2029, 1, 1), date(2030, 1, 1)]
    assert promise.events.order_by("-pgh_id").first().pgh_context == {
        "user": world.member.pk,
        "reason": "verschreven",
    }
    with pytest.raises(ProgrammingError), transaction.atomic():
        PromiseForecast.objects.update(expected=date(2028, 1, 1))


def test_it_gives_everything_that_lacks_at_once(world: World):
    with pytest.raises(Unfit) as refused:
        keeping.add_promise(
            dossier=world.zout,
            by=world.lead,
            **{**PROMISE, "to_side": "state", "name_en": "", "quantity": "co2", "source": "krant"},
        )
    assert {each.place for each in refused.value.findings} == {
        "to_side", "name_en", "amount_low", "unit", "boundary", "tonnes_are", "source",
    }  # fmt: skip

    with pytest.raises(Unfit) as refused:
        waiting.add_dependency(
            dossier=world.zout,
            by=world.lead,
            **{**GRID, "kind": "zon", "capacity": 4.0, "actual": date(2999, 1, 1)},
        )
    assert {each.place for each in refused.value.findings} == {"kind", "capacity_unit", "actual"}

    project = Project.objects.create(dossier=world.zout, name="x")
    with pytest.raises(Unfit) as refused:
        waiting.put_start(project=project, by=world.lead, planned=None, gross_t=5.0)
    assert {each.place for each in refused.value.findings} == {"planned", "source"}


def test_steps_of_a_permit_come_once_each(world: World):
    permit = waiting.add_dependency(
        dossier=world.zout, by=world.lead, **{**GRID, "kind": "nature_permit"}
    )
    waiting.put_step(dependency=permit, by=world.lead, step="draft", planned=date(2027, 1, 1))
    waiting.put_step(dependency=permit, by=world.lead, step="draft", actual=date(2026, 2, 1))

    assert [each.actual for each in permit.steps.all()] == [date(2026, 2, 1)]
    with pytest.raises(Unfit):
        waiting.put_step(dependency=permit, by=world.lead, step="decision", actual=date(2026, 1, 1))


def test_each_sees_what_is_theirs(world: World):
    promise, grid, start = chain(world)
    hidden = keeping.add_promise(
        dossier=world.zout, by=world.lead, **{**PROMISE, "name_nl": "Intern", "internal": True}
    )
    permit = keeping.add_promise(
        dossier=world.zout, by=world.lead, **{**PROMISE, "subject": "permits"}
    )

    assert set(promises_of(world.lead)) == {promise, hidden, permit}
    assert set(promises_of(world.company)) == {promise, permit}
    assert set(promises_of(world.province)) == {permit}
    assert set(dependencies_of(world.company)) == {grid}
    assert not dependencies_of(world.province).exists()
    assert set(project_starts_of(world.province)) == {start}
    for stranger in (world.other_company, world.outsider, world.adviser, world.observer):
        assert not promises_of(stranger).exists()
    # What somebody does not see moves no date that this person is shown.
    assert set(seen_by(world.province, world.zout).rows) == {
        f"promise:{permit.code}", f"project:{start.code}",
    }  # fmt: skip


def test_a_risk_is_held_against_the_plan(world: World):
    made = risks.add_risk(dossier=world.zout, by=world.lead, **RISK, uncertainties=["grid", "weer"])

    assert risks.contradictions([made], risks.uncertainties_of(world.lead, world.zout)) == ()
    with pytest.raises(NotAllowed):
        risks.change_risk(risk=made, by=world.company, because="x", **RISK)
    with pytest.raises(Unfit) as refused:
        risks.add_risk(
            dossier=world.zout,
            by=world.lead,
            **{**RISK, "after_own_likelihood": "unlikely", "owner": ""},
        )
    assert {each.place for each in refused.value.findings} == {"after_own_likelihood"}


def test_the_plan_and_the_draws_of_its_run_are_set_beside_the_register(world: World):
    start = boiler(world.zout, world.lead)
    delay = {"id": "grid", "cause": "grid", "projects": ["boiler"], "source": "x", "place": "p"}
    years = {"kind": "discrete", "values": [0, 2], "probabilities": [0.3, 0.7]}
    case = CaseVersion.objects.create(
        dossier=world.zout,
        number=1,
        state="handed_in",
        origin="upload",
        text="",
        document={"uncertainties": {"delays": [{**delay, "years": years}]}},
        sha256="c" * 64,
        handed_in_by=world.company,
    )
    chances = {"project": "boiler", "after_2030": {"probability": 0.7, "error": 0.01}}
    Run.objects.create(
        dossier=world.zout,
        case_version=case,
        known_on=date(2025, 6, 30),
        state="done",
        draws=100,
        asked_by=world.lead,
        result={
            "draws": {
                "laws": [{"promise_kept": {"probability": 0.25, "error": 0.01}}],
                "starts": [chances],
            }
        },
    )

    odds = risks.odds_of(world.lead, world.zout, {"boiler": f"project:{start.code}"})
    contradicting = {**RISK, "before_likelihood": "unlikely", "uncertainties": ["grid", "weer"]}
    with pytest.raises(Unfit) as refused:
        risks.add_risk(dossier=world.zout, by=world.lead, **contradicting)
    assert [(each.code, each.place) for each in refused.value.findings] == [
        ("risk.other-likelihood", "before_likelihood"),
        ("risk.not-declared", "uncertainties"),
    ]
    agreeing = {**contradicting, "before_likelihood": "likely", "uncertainties": ["grid"]}
    made = risks.add_risk(dossier=world.zout, by=world.lead, **agreeing)
    with pytest.raises(Unfit):
        risks.change_risk(risk=made, by=world.lead, because="x", **contradicting)
    assert risk_register_facts([world.zout], GATES_THAT_ASK) == {
        world.zout.pk: RiskRegisterFact(1, 1)
    }
    asking = {
        gate.id
        for track in trajectory("maatwerk-2025").tracks.values()
        for gate in track.gates
        if any(each.check == "risks_agree_with_plan" for each in gate.criteria)
    }
    assert asking <= set(GATES_THAT_ASK)
    Risk.objects.filter(pk=made.pk).update(  # as a later plan leaves it
        before_likelihood="unlikely", uncertainties=["grid", "weer"]
    )
    made.refresh_from_db()
    facts = risk_register_facts([world.zout], GATES_THAT_ASK)
    assert facts == {world.zout.pk: RiskRegisterFact(1, 1, (str(made.code),))}
    form = world.browser(world.lead).post(
        f"/beloften/{world.zout.code}/risicos/nieuw/", {**contradicting, "uncertainties": ["grid"]}
    )
    assert form.status_code == 422
    assert "before_likelihood" in form.context["form"].errors
    found = risks.contradictions([made], risks.uncertainties_of(world.lead, world.zout))

    assert odds == DelayOdds(0.25, {f"project:{start.code}": 0.7})
    assert risks.odds_of(world.company, world.zout, {}) is None
    assert [each.code for each in found] == ["risk.other-likelihood", "risk.not-declared"]
    page = world.browser(world.lead).get(f"/beloften/{world.zout.code}/risicos/").text
    assert "de kans die het plan geeft: 70%" in page
    page = world.browser(world.lead).get(f"/beloften/{world.zout.code}/").text
    assert "25%" in page


def test_it_asks_as_much_for_many_dossiers_as_for_one(world: World, django_assert_max_num_queries):
    chain(world)

    with django_assert_max_num_queries(13), asked_once():
        found = seen_in(world.programme, [world.zout, world.staal])

    assert found[world.zout.pk].rows
    assert not found[world.staal.pk].rows
