# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for me, by date."""

from datetime import date, timedelta

from django.utils import timezone
from tests.web.world import TODAY_TRAJECTORY, World

from maatwerkbank.web.dossiers.models import Company, Dossier, Membership, Milestone, Override
from maatwerkbank.web.overview.my_work import my_work


def tasks(person, today: date | None = None):
    groups = my_work(person, today or timezone.localdate())
    return {(group.label, task.kind): task for group in groups for task in group.tasks}


def milestone(dossier: Dossier, planned: date) -> Milestone:
    return Milestone.objects.create(
        dossier=dossier, track="permits", name_nl="Vergunning", name_en="Permit", planned=planned
    )


def test_it_tells_a_lead_what_the_gate_ahead_lacks(world: World):
    page = world.browser(world.lead).get("/")

    assert page.status_code == 200
    assert ("Zonder datum", "Poort") in tasks(world.lead)


def test_it_tells_a_milestone_whose_date_has_passed(world: World):
    yesterday = timezone.localdate() - timedelta(days=1)
    milestone(world.zout, yesterday)

    task = tasks(world.lead)["Te laat", "Planning"]

    assert task.due == yesterday
    assert "Vergunning" in task.what


def test_it_keeps_a_milestone_of_next_year_for_later(world: World):
    milestone(world.zout, timezone.localdate() + timedelta(days=400))

    assert ("Later", "Planning") not in tasks(world.lead)


def test_it_asks_a_second_person_about_an_override_and_not_who_asked(world: World):
    Override.objects.create(
        dossier=world.zout,
        gate="to_eop",
        criterion="emitter",
        reason="buiten de lijst, wel groot",
        asked_by=world.member,
    )

    assert ("Zonder datum", "Afwijking") in tasks(world.lead)
    assert ("Zonder datum", "Afwijking") not in tasks(world.member)
    assert ("Zonder datum", "Afwijking") not in tasks(world.outsider)


def test_it_has_nothing_for_who_holds_no_role(world: World):
    page = world.browser(world.outsider).get("/")

    assert "Er wacht niets op u" in page.content.decode()


def test_it_asks_as_much_for_many_dossiers_as_for_one(world: World, django_assert_max_num_queries):
    for number in range(30):
        company = Company.objects.create(slug=f"firma-{number}", name=f"Firma {number}")
        dossier = Dossier.objects.create(
            company=company,
            trajectory_id=TODAY_TRAJECTORY,
            track_id="standard",
            stage="working_out",
        )
        Membership.objects.create(dossier=dossier, person=world.lead, role="case_lead")
        milestone(dossier, date(2025, 1, 1))
    browser = world.browser(world.lead)

    with django_assert_max_num_queries(58):
        page = browser.get("/")

    assert "Firma 29" in page.content.decode()
