# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a dossier: nothing escapes it, nothing that was decided or handed in changes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.urls import reverse
from django.utils import timezone
from tests.web.walk.filled import fill
from tests.web.world import World

from maatwerkbank.web.advice.models import Advice, CriterionFinding
from maatwerkbank.web.documents.models import Document, DocumentVersion, FrozenSet, Look, Signatory
from maatwerkbank.web.dossiers.decisions import decide_gate
from maatwerkbank.web.dossiers.history import Changes, changed_by
from maatwerkbank.web.dossiers.history_kinds import KINDS
from maatwerkbank.web.dossiers.models import (
    Attestation,
    Dossier,
    Forecast,
    Milestone,
    Override,
    Project,
    StageReached,
)
from maatwerkbank.web.dossiers.statements import attest
from maatwerkbank.web.promises.models import Wait
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run


def address(dossier: Dossier) -> str:
    return reverse("dossiers:history", args=[dossier.code])


# ── what is kept ──────────────────────────────────────────────────────────────────────────────


def test_it_keeps_who_when_and_why(world: World):
    with changed_by(world.lead, "Gesprek van vandaag"):
        Project.objects.create(dossier=world.zout, name="E-boilers", first_year=2029)

    change = Changes(world.zout, world.lead, "project")[0]

    assert (change.operation, change.who, change.why) == (
        "insert",
        world.lead,
        "Gesprek van vandaag",
    )


def test_it_keeps_what_changed_from_what_to_what(world: World):
    project = Project.objects.create(dossier=world.zout, name="E-boilers", first_year=2029)
    project.first_year = 2031
    project.save()

    change = Changes(world.zout, world.lead, "project")[0]

    assert [(each.field, each.before, each.after) for each in change.differences] == [
        ("first_year", 2029, 2031)
    ]


def test_it_keeps_a_change_of_many_rows_at_once(world: World):
    for name in ("E-boilers", "Warmtepomp"):
        Project.objects.create(dossier=world.zout, name=name, first_year=2029)

    Project.objects.filter(dossier=world.zout).update(first_year=2032)

    first, second = Changes(world.zout, world.lead, "project")[:2]
    assert [first.operation, second.operation] == ["update", "update"]
    assert first.differences == second.differences


def test_it_keeps_a_change_by_hand_without_a_person(world: World):
    with connection.cursor() as cursor:
        cursor.execute("update dossiers_dossier set level = 4 where id = %s", [world.zout.pk])

    change = Changes(world.zout, world.lead, "dossier")[0]

    assert change.who is None
    assert [(each.field, each.after) for each in change.differences] == [("level", 4)]


def test_it_keeps_what_was_removed(world: World):
    project = Project.objects.create(dossier=world.zout, name="E-boilers")
    project.delete()

    change = Changes(world.zout, world.lead, "project")[0]

    assert (change.operation, change.about) == ("delete", "E-boilers")


def test_it_keeps_the_history_itself_from_change(world: World):
    event = KINDS["dossier"].events.filter(pgh_obj=world.zout).first()

    with pytest.raises(ProgrammingError), transaction.atomic():
        event.delete()
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update dossiers_dossierevent set stage = 'jloi'")


# ── what can never change ─────────────────────────────────────────────────────────────────────


def a_stage(world: World) -> models.Model:
    return StageReached.objects.create(
        dossier=world.zout, stage="eop", on="2026-01", counts_from=date(2026, 1, 31)
    )


def a_statement(world: World) -> models.Model:
    return Attestation.objects.create(
        dossier=world.zout, gate="g", criterion="c", by=world.lead, role="case_lead", statement="Ja"
    )


def an_answered_override(world: World) -> models.Model:
    made = Override.objects.create(
        dossier=world.zout, gate="g", criterion="c", reason="r", asked_by=world.lead
    )
    made.answer, made.answered_by, made.answered_at = "refused", world.member, made.asked_at
    made.save()
    return made


def a_decision(world: World) -> models.Model:
    return decide_gate(
        dossier=world.zout, gate="to_eop", by=world.lead, outcome="refused", reason="Nog niet."
    )


def a_forecast(world: World) -> models.Model:
    milestone = Milestone.objects.create(
        dossier=world.zout, track="permits", name_nl="Vergunning", name_en="Permit"
    )
    return Forecast.objects.create(milestone=milestone, expected=date(2028, 1, 1))


def a_version(world: World, state: str = "handed_in") -> DocumentVersion:
    paper = Document.objects.create(
        dossier=world.zout, kind="risk_analysis", title="Risico's", topic="business_case"
    )
    return DocumentVersion.objects.create(document=paper, number=1, state=state, sha256="a" * 64)


def a_signature(world: World) -> models.Model:
    return Signatory.objects.create(version=a_version(world), organisation="Staat", capacity="m")


def a_frozen_set(world: World) -> models.Model:
    return FrozenSet.objects.create(
        dossier=world.zout,
        purpose="Advies",
        content={},
        sha256="b" * 64,
        level=5,
        made_by=world.lead,
    )


def a_look(world: World) -> models.Model:
    return Look.objects.create(
        person=world.lead, dossier=world.zout, kind="document", thing=world.zout.code, level=6
    )


def a_plan(world: World) -> CaseVersion:
    return CaseVersion.objects.create(
        dossier=world.zout,
        number=1,
        state="handed_in",
        origin="upload",
        text="x",
        sha256="c" * 64,
        handed_in_by=world.company,
    )


def a_run(world: World) -> Run:
    return Run.objects.create(
        dossier=world.zout,
        case_version=a_plan(world),
        known_on=date(2026, 1, 1),
        state="done",
        asked_by=world.analyst,
        result={},
        result_sha256="d" * 64,
    )


def a_pin(world: World) -> models.Model:
    return PinnedRun.objects.create(
        dossier=world.zout, gate="g", run=a_run(world), by=world.analyst
    )


FROZEN: dict[str, tuple[Callable[[World], models.Model], str]] = {
    "a stage": (a_stage, "stage"),
    "a statement": (a_statement, "statement"),
    "an answered override": (an_answered_override, "reason"),
    "a decision": (a_decision, "reason"),
    "a forecast": (a_forecast, "because"),
    "a version": (a_version, "sha256"),
    "a signature": (a_signature, "capacity"),
    "a frozen set": (a_frozen_set, "purpose"),
    "a look": (a_look, "title"),
    "a plan": (a_plan, "text"),
    "a run": (a_run, "result_sha256"),
    "a pin": (a_pin, "reason"),
}


@pytest.mark.parametrize("what", FROZEN)
def test_it_refuses_every_way_to_change_what_stays(world: World, what: str):
    make, field = FROZEN[what]
    row = make(world)
    table, rows = row._meta.db_table, type(row).objects.filter(pk=row.pk)
    setattr(row, field, "anders")

    with pytest.raises(ProgrammingError), transaction.atomic():
        row.save()
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(**{field: "anders"})
    with pytest.raises(ProgrammingError), transaction.atomic():
        type(row).objects.bulk_update([row], [field])
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"update {table} set {field} = 'anders' where id = {row.pk}")  # noqa: S608
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"delete from {table} where id = {row.pk}")  # noqa: S608
    assert getattr(rows.get(), field) != "anders"


# ── the page ──────────────────────────────────────────────────────────────────────────────────


def test_it_tells_each_change_in_words(world: World):
    with changed_by(world.lead, "De bouw schuift"):
        project = Project.objects.create(dossier=world.zout, name="E-boilers", first_year=2029)
        Project.objects.filter(pk=project.pk).update(first_year=2031)

    page = world.browser(world.lead).get(address(world.zout)).content.decode()

    assert "Project: E-boilers" in page
    assert "eerste jaar in bedrijf" in page
    assert "De bouw schuift" in page
    assert "Projectleider KGG" in page


def test_it_shows_one_kind_where_that_is_asked(world: World):
    Project.objects.create(dossier=world.zout, name="E-boilers")

    page = world.browser(world.lead).get(address(world.zout), {"kind": "membership"})

    assert "E-boilers" not in page.content.decode()
    assert "Contactpersoon provincie" in page.content.decode()


def test_it_asks_as_much_of_a_long_history_as_of_a_short_one(
    world: World, django_assert_max_num_queries
):
    project = Project.objects.create(dossier=world.zout, name="E-boilers")
    for year in range(2027, 2077):
        Project.objects.filter(pk=project.pk).update(first_year=year)
    client = world.browser(world.lead)

    with django_assert_max_num_queries(30):
        page = client.get(address(world.zout), {"page": 2})

    assert page.status_code == 200


def test_it_tells_of_promises_advices_texts_and_money_to_who_may_read_them(world: World):
    things, _other = fill(world)
    with changed_by(world.lead, "De vergunning is later"):
        Wait.objects.filter(pk=things.wait.pk).delete()
    CriterionFinding.objects.create(
        advice=things.advice, criterion="feasibility", words="Nog niet gezegd."
    )
    Advice.objects.filter(pk=things.advice.pk).update(considerations="Nog in overleg.")
    kinds = {
        who: {each.kind for each in Changes(world.zout, getattr(world, who))[:]}
        for who in ("lead", "auditor")
    }

    def told() -> str:
        browser, pages = world.browser(world.lead), (1, 2, 3, 4)  # one moment, so in any order
        return " ".join(browser.get(address(world.zout), {"page": each}).text for each in pages)

    pages = told()
    Advice.objects.filter(pk=things.advice.pk).update(
        considerations="Nu gegeven.", given_at=timezone.now()
    )
    given = told()

    assert {"promise", "wait", "risk", "review", "item", "lesson"} <= kinds["lead"]
    assert {"text", "terms", "amendment_change", "mandate", "move"} <= kinds["lead"]
    assert {"kpi", "kpi_year", "tranche", "report_figure", "money_clause"} <= kinds["lead"]
    assert {"mandate", "move", "informed"} <= kinds["lead"] - kinds["auditor"]
    assert "De vergunning is later" in pages
    assert "Verband: wat op wat wacht" in pages
    assert "Zoutfabriek natuurvergunning" in pages
    assert "Zoutfabriek uitstel" in pages
    assert "Nog niet gezegd." not in pages
    assert "Nog in overleg." not in pages
    assert "Nu gegeven." in given
    assert "Nog niet gezegd." in given


def test_it_tells_of_what_goes_to_the_public_to_who_may_read_it(world: World):
    things, _other = fill(world)
    things.disclosure_request.extended_because = "Veel stukken."
    things.disclosure_request.save()
    Document.objects.filter(pk=things.requested.version.document_id).update(topic="negotiation")

    def told(who: str, kind: str) -> str:
        page = world.browser(getattr(world, who)).get(address(world.zout), {"kind": kind})
        return page.content.decode()

    kinds = {
        who: {each.kind for each in Changes(world.zout, getattr(world, who))[:]}
        for who in ("lead", "auditor")
    }
    woo = {"disclosure_request", "disclosure_part", "requested_paper", "hearing", "inventory"}

    assert {"status_text", "figure_release", "passage_judgement", *woo} <= kinds["lead"]
    assert {"status_text", "figure_release"} <= kinds["auditor"]
    assert not kinds["auditor"] & {"passage_judgement", *woo}
    assert "Statustekst: 30 juni 2025" in told("lead", "status_text")
    assert "Expression of Principles" in told("lead", "status_text")
    assert "financiële belangen" in told("lead", "figure_release")
    assert "Veel stukken." in told("lead", "disclosure_request")
    assert things.passage_judgement.words in told("lead", "passage_judgement")
    assert things.passage_judgement.words not in told("analyst", "passage_judgement")
    assert "Niet openbaar" not in told("analyst", "requested_paper")


def test_it_leaves_out_what_a_reader_may_not_read(world: World):
    Document.objects.create(
        dossier=world.zout, kind="other", title="Onderhandelingslijn", topic="negotiation"
    )
    attest(
        dossier=world.zout,
        gate="to_eop",
        criterion="living_environment_topics",
        by=world.ienw,
        statement="Geur van de verdampers.",
    )

    lead = world.browser(world.lead).get(address(world.zout)).content.decode()
    analyst = world.browser(world.analyst).get(address(world.zout)).content.decode()

    assert "Onderhandelingslijn" in lead
    assert "Geur van de verdampers." in lead
    assert "Onderhandelingslijn" not in analyst
    assert "Geur van de verdampers." not in analyst


@pytest.mark.parametrize("who", ["province", "company", "minister_office"])
def test_it_refuses_who_may_know_of_the_dossier_only(world: World, who: str):
    assert world.browser(world.everybody()[who]).get(address(world.zout)).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "adviser", "observer", "other_company"])
def test_it_hides_the_history_from_the_rest(world: World, who: str):
    assert world.browser(world.everybody()[who]).get(address(world.zout)).status_code == 404
