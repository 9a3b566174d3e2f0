# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a dossier: one firm, one track, as far as the reader may see it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.parameters.files import variant_file
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Dossier,
    Forecast,
    Milestone,
    Project,
    Remark,
    StageReached,
)
from maatwerkbank.web.runs.models import CaseVersion, Run


def page(world: World, person: str, dossier: Dossier | None = None):
    """The page of Zoutfabriek's dossier, in the browser of somebody."""
    code = (dossier or world.zout).code
    return world.browser(getattr(world, person)).get(reverse("dossiers:dossier", args=[code]))


def plan(dossier: Dossier, n: int = 1) -> None:
    """So many of everything that the page shows."""
    for k in range(n):
        milestone = Milestone.objects.create(
            dossier=dossier,
            track="permits",
            name_nl=f"Natuurvergunning {k}",
            name_en=f"Nature permit {k}",
            planned=date(2026, 3, 1),
            owner="Provincie",
        )
        Forecast.objects.create(
            milestone=milestone, expected=date(2027, 5, 1), because="bezwaar van de buren"
        )
        Ambition.objects.create(
            dossier=dossier,
            version="eop",
            year=2030,
            gross_low=400_000,
            gross_high=500_000,
            additional_low=120_000,
            additional_high=120_000,
            boundary_nl="scope 1",
            boundary_en="scope 1",
        )
        Project.objects.create(dossier=dossier, name=f"Elektrische ketel {k}", first_year=2029)
        Remark.objects.create(dossier=dossier, kind="note", nl="Stroef gesprek", en="Hard talk")
        StageReached.objects.create(
            dossier=dossier, stage="exploration", on="2024-02", counts_from=date(2024, 2, 29)
        )


def done_run(world: World, variant: str = "", **figures: float | None) -> Run:
    """A run on Zoutfabriek that is done, with these figures."""
    case = CaseVersion.objects.create(
        dossier=world.zout,
        number=1,
        state="handed_in",
        origin="upload",
        text="{}",
        sha256="0" * 64,
        handed_in_by=world.company,
    )
    return Run.objects.create(
        dossier=world.zout,
        case_version=case,
        known_on=date(2026, 10, 1),
        variant=variant,
        state="done",
        asked_by=world.analyst,
        ended_at=timezone.now(),
        receipt_number="1f3a92cc",
        figures=figures,
    )


def paper(
    world: World,
    title: str,
    *,
    kind: str = "expression_of_principles",
    topic: str = "general",
    with_company: bool = False,
    dated: str = "2026",
) -> Document:
    """A paper of Zoutfabriek with one version that was handed in."""
    made = Document.objects.create(
        dossier=world.zout, kind=kind, title=title, topic=topic, with_company=with_company
    )
    DocumentVersion.objects.create(
        document=made, number=1, state="handed_in", dated=dated, sha256="ab" * 32
    )
    return made


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_says_where_the_dossier_stands(world: World):
    response = page(world, "lead")

    assert response.status_code == 200
    assert "Zoutfabriek BV" in response.text
    assert 'class="here" aria-current="step"' in response.text


def test_it_says_what_the_next_gate_lacks_from_whom_and_where(world: World):
    text = page(world, "lead").text

    assert "criteria ontbreken" in text
    assert reverse("dossiers:gate", args=[world.zout.code, "to_eop"]) in text
    assert "Wacht sinds" in text


def test_it_says_how_a_stage_was_reached(world: World):
    plan(world.zout)

    assert "februari 2024" in page(world, "lead").text


def test_it_shows_three_dates_as_a_picture_a_table_and_a_sentence(world: World):
    plan(world.zout)

    text = page(world, "lead").text

    assert text.count('role="img" aria-labelledby="timeline') == 2
    assert "1 mijlpaal: 0 gehaald, 1 te laat, 0 nog te gaan." in text
    assert "1 maart 2026" in text
    assert "1 mei 2027" in text
    assert "14 maanden later" in text


def test_it_keeps_gross_and_additional_in_columns_of_their_own(world: World):
    plan(world.zout)

    text = page(world, "lead").text

    row = text[text.index("Ambities per versie") :]
    assert row.index("Bruto, per jaar") < row.index("Additioneel, per jaar")
    assert "400\N{NO-BREAK SPACE}kt tot 500\N{NO-BREAK SPACE}kt</td>" in row
    assert "120\N{NO-BREAK SPACE}kt</td>" in row


def test_it_says_how_a_dossier_left_why_and_when_to_talk_again(world: World):
    world.zout.exit = "stopped_door_open"
    world.zout.exit_reasons = ["R7"]
    world.zout.exit_since = date(2025, 6, 30)
    world.zout.next_contact = date(2027, 1, 15)
    world.zout.save()

    text = page(world, "lead").text

    assert "Gestopt, deur open" in text
    assert "sinds 30 juni 2025" in text
    assert "Infrastructuur te laat" in text
    assert "15 januari 2027" in text
    assert 'class="stopped"' in text


def test_it_links_the_figures_of_the_latest_run_to_their_origin(world: World):
    run = done_run(world, additional_2030_t=153_000.0, npv_eur=None)

    text = page(world, "lead").text

    assert reverse("runs:origin", args=[run.code, "additional_2030_t"]) in text
    assert "153\N{NO-BREAK SPACE}kt" in text
    assert "niet te beoordelen" in text


@pytest.mark.parametrize("variant", ["", "levy_abolished"])
def test_it_says_under_which_law_the_latest_run_was_reckoned(world: World, variant: str):
    done_run(world, variant, additional_2030_t=153_000.0)

    law = (
        variant_file(variant).label.into("nl")
        if variant
        else "Recht zoals bekend op 1 oktober 2026"
    )
    assert f"{law}. Rekenbewijs 1f3a92cc" in page(world, "lead").text


def test_a_run_under_the_law_as_it_is_goes_before_a_later_one_that_supposes_another(world: World):
    first = done_run(world, additional_2030_t=153_000.0)
    Run.objects.create(
        dossier=world.zout,
        case_version=first.case_version,
        known_on=first.known_on,
        variant="levy_abolished",
        state="done",
        asked_by=world.analyst,
        ended_at=timezone.now(),
        receipt_number="77aa77aa",
        figures={"additional_2030_t": 1_000.0},
    )

    text = page(world, "lead").text

    assert "153\N{NO-BREAK SPACE}kt" in text
    assert "77aa77aa" not in text


def test_it_shows_the_last_paper_of_each_kind(world: World):
    for n, title in enumerate(("Eerste EoP", "Tweede EoP"), start=1):
        paper(world, title, dated=f"202{n}")

    response = page(world, "lead")

    assert [each.document.title for each in response.context["documents"]] == ["Tweede EoP"]


def test_it_links_a_source_to_its_page(world: World):
    plan(world.zout)
    Remark.objects.update(source="kamerbrief-2025-06-30")

    there = reverse("source", args=["kamerbrief-2025-06-30"])

    assert there in page(world, "lead").text
    found = world.browser(world.observer).get(there)
    assert found.status_code == 200
    assert "Tweede Kamer" in found.text or "Kamerbrief" in found.text


def test_it_says_that_a_dossier_is_a_public_reconstruction(world: World):
    assert "Openbare reconstructie" not in page(world, "lead").text

    world.zout.public_reconstruction = True
    world.zout.save()

    assert "Openbare reconstructie" in page(world, "lead").text


def test_it_speaks_english(world: World):
    plan(world.zout)
    browser = world.browser(world.lead)
    browser.cookies["maatwerkbank_language"] = "en"

    text = browser.get(reverse("dossiers:dossier", args=[world.zout.code])).text

    assert "Where it stands" in text
    assert "1 milestone: 0 done, 1 late, 0 to go." in text


@pytest.mark.parametrize("somebody", ["lead", "province", "company"])
def test_it_asks_as_much_of_the_database_for_one_as_for_twenty(
    world: World, somebody: str, django_assert_max_num_queries
):
    browser = world.browser(getattr(world, somebody))
    here = reverse("dossiers:dossier", args=[world.zout.code])
    plan(world.zout, 1)
    paper(world, "Een", kind="permit")
    done_run(world, npv_eur=1.0)
    with CaptureQueriesContext(connection) as one:
        browser.get(here)
    plan(world.zout, 20)
    for n, kind in enumerate(("permit", "advice", "agreement", "other"), start=2):
        paper(world, f"Stuk {n}", kind=kind)

    with django_assert_max_num_queries(min(len(one), 34)):
        browser.get(here)


# ── what others see of it ─────────────────────────────────────────────────────────────────────


def test_it_tells_a_firm_its_stage_in_words_for_outside(world: World):
    world.zout.stage = "working_out"
    world.zout.save()

    text = page(world, "company").text

    assert "Plannen in uitwerking" in text
    assert "Wat nu volgt" not in text
    assert "Uitwerking" not in text


def test_it_shows_a_firm_what_is_its_own(world: World):
    plan(world.zout)
    done_run(world, npv_eur=-38_400_000.0)
    paper(world, "Interne nota")
    paper(world, "Plan van het bedrijf", with_company=True)

    text = page(world, "company").text

    assert "Natuurvergunning 0" in text
    assert "Elektrische ketel 0" in text
    assert "Plan van het bedrijf" in text
    for inside in (
        "Stroef gesprek",
        "bezwaar van de buren",
        "38,4",
        "Interne nota",
        "Vergunningverlener",
    ):
        assert inside not in text


def test_it_shows_a_partner_its_own_subjects(world: World):
    plan(world.zout)
    Milestone.objects.create(
        dossier=world.zout, track="finance_and_aid", name_nl="Steunbesluit", name_en="Aid decision"
    )
    done_run(world, npv_eur=-38_400_000.0)
    paper(world, "Staatssteuntoets", topic="state_aid")
    paper(world, "Vergunningaanvraag", topic="permits")

    text = page(world, "province").text

    assert "Natuurvergunning 0" in text
    assert "Vergunningaanvraag" in text
    for other in (
        "Steunbesluit",
        "Stroef gesprek",
        "38,4",
        "Staatssteuntoets",
        "400\N{NO-BREAK SPACE}kt",
    ):
        assert other not in text


def test_it_shows_an_observer_what_has_a_public_source(world: World):
    world.zout.level = Level.OPENBAAR.value
    world.zout.save()
    plan(world.zout)
    Remark.objects.create(
        dossier=world.zout,
        kind="note",
        nl="Uit de brief",
        en="From the letter",
        source="kamerbrief-2025-06-30",
    )

    text = page(world, "observer").text

    assert "Uit de brief" in text
    for inside in ("Stroef gesprek", "Natuurvergunning 0", "Elektrische ketel 0"):
        assert inside not in text


# ── who may not even know ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "somebody", ["outsider", "other_company", "adviser", "secretary", "observer", "administrator"]
)
def test_it_hides_the_dossier_from_who_may_not_know_of_it(world: World, somebody: str):
    assert page(world, somebody).status_code == 404


def test_it_hides_a_source_that_is_not_there(world: World):
    assert world.browser(world.lead).get(reverse("source", args=["nowhere"])).status_code == 404
