# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Planning: milestones with every forecast, projects, ambitions."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from tests.web.world import World

from maatwerkbank.web.dossiers import planning
from maatwerkbank.web.dossiers.models import Ambition, Forecast, Milestone, Project
from maatwerkbank.web.refusals import NotAllowed, Unfit

MILESTONE = {"track": "permits", "name_nl": "Natuurvergunning", "name_en": "Nature permit"}
AMBITION = {
    "version": "eop",
    "quantity": "co2",
    "year": 2030,
    "unit": "t/year",
    "gross_low": 400_000.0,
    "gross_high": 500_000.0,
    "boundary_nl": "scope 1",
    "boundary_en": "scope 1",
    "source": "kamerbrief-2025-06-30",
}


def milestone(world: World) -> Milestone:
    """A milestone of Zoutfabriek, planned on 1 March 2026."""
    return planning.add_milestone(
        dossier=world.zout, by=world.lead, planned=date(2026, 3, 1), **MILESTONE
    )


def address(world: World, name: str, *more: object) -> str:
    """A page of planning of Zoutfabriek."""
    return reverse(f"dossiers:{name}", args=[world.zout.code, *more])


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_plans_a_milestone(world: World):
    response = world.browser(world.member).post(
        address(world, "new-milestone"), {**MILESTONE, "planned": "2026-03-01"}
    )

    assert response.headers["Location"] == address(world, "planning")
    made = Milestone.objects.get()
    assert (made.track, made.name_nl, made.planned) == (
        "permits",
        "Natuurvergunning",
        date(2026, 3, 1),
    )


def test_it_keeps_every_forecast_with_its_slip(world: World):
    planned = milestone(world)
    browser = world.browser(world.member)
    page = address(world, "milestone", planned.code)

    browser.post(page, {"expected": "2026-06-01", "because": "de zienswijzen"})
    browser.post(page, {"expected": "2027-02-01", "because": "het bezwaar"})

    said = [(each.expected.isoformat(), each.because) for each in Forecast.objects.all()]
    assert said == [("2026-06-01", "de zienswijzen"), ("2027-02-01", "het bezwaar")]
    shown = browser.get(page).text
    assert "3 maanden later" in shown
    assert "11 maanden later" in shown


def test_it_answers_htmx_with_the_section_alone(world: World):
    planned = milestone(world)

    response = world.browser(world.lead).post(
        address(world, "milestone", planned.code),
        {"expected": "2026-06-01", "because": "de zienswijzen"},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 200
    assert "<html" not in response.text
    assert "1 juni 2026" in response.text


def test_it_says_that_a_milestone_came_about(world: World):
    planned = milestone(world)

    world.browser(world.lead).post(
        address(world, "change-milestone", planned.code),
        {
            **MILESTONE,
            "planned": "2026-03-01",
            "actual": "2026-02-20",
            "because": "brief ontvangen",
        },
    )

    planned.refresh_from_db()
    assert planned.actual == date(2026, 2, 20)


def test_it_writes_down_who_changed_a_milestone_and_why(world: World):
    planned = milestone(world)

    planning.change_milestone(
        milestone=planned, by=world.member, because="nieuw plan", **MILESTONE, planned=None
    )

    before, after = planned.events.order_by("pgh_id")
    assert (before.planned, after.planned) == (date(2026, 3, 1), None)
    assert after.pgh_context == {"user": world.member.pk, "reason": "nieuw plan"}


def test_it_adds_and_changes_a_project(world: World):
    browser = world.browser(world.lead)
    browser.post(address(world, "new-project"), {"name": "Elektrische ketel", "first_year": "2029"})
    made = Project.objects.get()

    browser.post(
        address(world, "change-project", made.pk),
        {"name": "Elektrische ketel", "first_year": "2030", "because": "netaansluiting later"},
    )

    made.refresh_from_db()
    assert (made.name, made.first_year) == ("Elektrische ketel", 2030)


def test_it_keeps_gross_and_additional_apart(world: World):
    world.browser(world.lead).post(
        address(world, "new-ambition"),
        {
            "version": "jloi",
            "quantity": "co2",
            "year": "2030",
            "unit": "t/year",
            "gross_low": "450000",
            "additional_low": "150000",
            "additional_high": "180000",
            "additional_to_nl": "de CO2-heffing",
            "additional_to_en": "the CO2 levy",
            "boundary_nl": "scope 1",
            "boundary_en": "scope 1",
            "source": "kamerbrief-2025-06-30",
        },
    )

    made = Ambition.objects.get()
    assert (made.gross_low, made.gross_high) == (450_000, 450_000)
    assert (made.additional_low, made.additional_high) == (150_000, 180_000)


def test_it_takes_per_cent_and_keeps_a_ratio(world: World):
    world.browser(world.lead).post(
        address(world, "new-ambition"),
        {
            "version": "eop",
            "quantity": "co2",
            "year": "2030",
            "unit": "fraction",
            "gross_low": "70",
            "base_year": "2021",
            "boundary_nl": "scope 1",
            "boundary_en": "scope 1",
            "source": "kamerbrief-2025-06-30",
        },
    )

    made = Ambition.objects.get()
    assert (made.unit, made.gross_low, made.gross_high) == ("fraction", 0.7, 0.7)


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_it_gives_all_findings_on_an_ambition_at_once(world: World):
    response = world.browser(world.lead).post(
        address(world, "new-ambition"),
        {
            "version": "eop",
            "quantity": "co2",
            "year": "1830",
            "unit": "fraction",
            "gross_low": "140",
            "gross_high": "120",
            "additional_low": "12",
            "boundary_nl": "",
            "boundary_en": "",
            "dated": "juni 2025",
            "source": "de krant",
        },
    )

    assert response.status_code == 422
    assert not Ambition.objects.exists()
    assert set(response.context["form"].errors) == {
        "additional_to_nl",
        "base_year",
        "boundary_en",
        "boundary_nl",
        "dated",
        "gross_high",
        "gross_low",
        "source",
        "year",
    }


def test_it_asks_a_source_or_a_document_of_an_ambition(world: World):
    with pytest.raises(Unfit) as refusal:
        planning.add_ambition(dossier=world.zout, by=world.lead, **{**AMBITION, "source": ""})

    assert [each.place for each in refusal.value.findings] == ["source"]


def test_it_asks_why_a_forecast_changes(world: World):
    planned = milestone(world)

    response = world.browser(world.lead).post(
        address(world, "milestone", planned.code), {"expected": "2026-06-01", "because": " "}
    )

    assert response.status_code == 422
    assert not Forecast.objects.exists()


def test_it_forecasts_nothing_that_came_about(world: World):
    planned = milestone(world)
    Milestone.objects.update(actual=date(2026, 2, 20))

    response = world.browser(world.lead).post(
        address(world, "milestone", planned.code), {"expected": "2026-06-01", "because": "later"}
    )

    assert response.status_code == 409
    assert not Forecast.objects.exists()


def test_it_never_changes_a_forecast(world: World):
    planned = milestone(world)
    planning.forecast(
        milestone=planned, by=world.lead, expected=date(2026, 6, 1), because="zienswijzen"
    )

    with pytest.raises(ProgrammingError), transaction.atomic():
        Forecast.objects.update(expected=date(2026, 3, 1))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Forecast.objects.all().delete()


def test_it_lets_nothing_come_about_in_the_future(world: World):
    with pytest.raises(Unfit) as refusal:
        planning.add_milestone(
            dossier=world.zout, by=world.lead, **MILESTONE, actual=date(2126, 1, 1)
        )

    assert [each.place for each in refusal.value.findings] == ["actual"]


@pytest.mark.parametrize("somebody", ["ienw", "province", "company", "auditor", "minister_office"])
def test_it_is_planned_by_the_team_alone(world: World, somebody: str):
    person = getattr(world, somebody)

    response = world.browser(person).get(address(world, "new-milestone"))

    assert response.status_code == 403
    with pytest.raises(NotAllowed):
        planning.add_project(dossier=world.zout, by=person, name="Ketel")


# ── who may not even know ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("somebody", ["outsider", "other_company", "adviser", "administrator"])
@pytest.mark.parametrize("page", ["planning", "new-milestone", "new-project", "new-ambition"])
def test_it_hides_the_plan_from_who_may_not_know_of_it(world: World, somebody: str, page: str):
    browser = world.browser(getattr(world, somebody))

    assert browser.get(address(world, page)).status_code == 404


def test_it_shows_a_partner_the_tracks_of_its_own_subjects(world: World):
    planned = milestone(world)
    money = planning.add_milestone(
        dossier=world.zout,
        by=world.lead,
        track="finance_and_aid",
        name_nl="Steunbesluit",
        name_en="Aid decision",
    )

    browser = world.browser(world.province)

    assert "Natuurvergunning" in browser.get(address(world, "planning")).text
    assert "Steunbesluit" not in browser.get(address(world, "planning")).text
    assert browser.get(address(world, "milestone", planned.code)).status_code == 200
    assert browser.get(address(world, "milestone", money.code)).status_code == 404


def test_it_tells_a_firm_when_and_not_why(world: World):
    planned = milestone(world)
    planning.forecast(
        milestone=planned, by=world.lead, expected=date(2026, 6, 1), because="het ministerie talmt"
    )

    page = world.browser(world.company).get(address(world, "milestone", planned.code)).text

    assert "1 juni 2026" in page
    assert "talmt" not in page
