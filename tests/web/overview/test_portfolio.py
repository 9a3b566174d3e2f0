# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The portfolio board: who stands where, within what one may see."""

from datetime import date

import pytest
from tests.web.world import TODAY_TRAJECTORY, World

from maatwerkbank.web.dossiers.models import Ambition, Company, Dossier, Membership, Milestone
from maatwerkbank.web.overview.board import Choice, board

TODAY = date(2025, 6, 30)
URL = "/portefeuille/"


def promise(dossier: Dossier, version: str, **amounts: float) -> Ambition:
    return Ambition.objects.create(
        dossier=dossier, version=version, year=2030, source="kamerbrief-2025-06-30", **amounts
    )


def test_it_shows_the_dossiers_of_a_person(world: World):
    page = world.browser(world.lead).get(URL)

    assert page.status_code == 200
    assert "Zoutfabriek BV" in page.content.decode()


def test_it_takes_the_promise_that_is_furthest_in_the_approach(world: World):
    promise(world.zout, "eop", gross_low=400_000, gross_high=400_000)
    promise(world.zout, "jloi", gross_low=300_000, gross_high=350_000)

    found = board(world.lead, Choice(), TODAY)

    assert found.rows[0].promised.gross == (300_000, 350_000)
    assert found.sums.gross == 300_000


def test_it_never_counts_gross_tonnes_as_additional(world: World):
    promise(world.zout, "eop", gross_low=400_000, gross_high=400_000)

    found = board(world.lead, Choice(), TODAY)

    assert found.rows[0].promised.additional == (None, None)
    assert found.sums.additional is None
    assert found.sums.additional_known == 0
    assert found.rows[0].additional == "onbekend"


def test_it_calls_a_dossier_late_when_a_milestone_has_passed(world: World):
    promise(world.zout, "eop", gross_low=400_000, gross_high=400_000)
    Milestone.objects.create(
        dossier=world.zout,
        track="permits",
        name_nl="Vergunning",
        name_en="Permit",
        planned=date(2025, 1, 1),
    )

    found = board(world.lead, Choice(), TODAY)

    assert found.rows[0].late
    assert found.sums.of_late.gross == 400_000


def test_it_finds_nothing_late_before_its_date(world: World):
    Milestone.objects.create(
        dossier=world.zout,
        track="permits",
        name_nl="Vergunning",
        name_en="Permit",
        planned=date(2026, 1, 1),
    )

    assert not board(world.lead, Choice(), TODAY).rows[0].late


def test_it_narrows_down_to_a_stage(world: World):
    found = board(world.programme, Choice(stage="jloi"), TODAY)

    assert found.rows == ()


def test_it_sums_over_what_a_person_may_see_and_nothing_else(world: World):
    promise(world.zout, "eop", gross_low=400_000, gross_high=400_000)
    promise(world.staal, "eop", gross_low=5_000_000, gross_high=5_000_000)

    assert board(world.lead, Choice(), TODAY).sums.gross == 400_000
    assert board(world.programme, Choice(), TODAY).sums.gross == 5_400_000


def test_it_names_no_cluster_of_a_hidden_dossier(world: World):
    Company.objects.filter(dossiers=world.staal).update(cluster="Noordzeekanaalgebied")

    page = world.browser(world.lead).get(URL)

    assert "Noordzeekanaalgebied" not in page.content.decode()


@pytest.mark.parametrize("query", ["?page=x", "?stage=nergens", "?order=;drop", "?late=misschien"])
def test_it_bears_with_an_address_that_cannot_be_read(world: World, query: str):
    assert world.browser(world.lead).get(URL + query).status_code == 200


def test_it_says_where_dossiers_come_from_to_who_has_none(world: World):
    page = world.browser(world.outsider).get(URL)

    assert "Er zijn hier geen dossiers voor u" in page.content.decode()


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
        promise(dossier, "eop", gross_low=1.0, gross_high=1.0)
    browser = world.browser(world.lead)

    with django_assert_max_num_queries(40):
        page = browser.get(URL)

    assert "Firma 29" in page.content.decode()
