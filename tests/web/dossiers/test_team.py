# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The team: who gets a role, who loses one, and what then opens."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.dossiers import team
from maatwerkbank.web.dossiers.models import Membership
from maatwerkbank.web.people.access import dossiers_of
from maatwerkbank.web.refusals import NotAllowed


def address(world: World) -> str:
    """The team page of Zoutfabriek."""
    return reverse("dossiers:team", args=[world.zout.code])


def role_of(world: World, person: object) -> Membership:
    """The role of somebody on Zoutfabriek."""
    return Membership.objects.get(dossier=world.zout, person=person)


def end(world: World, membership: Membership) -> str:
    """Where a role is ended."""
    return reverse("dossiers:end-membership", args=[world.zout.code, membership.pk])


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_shows_who_has_which_role(world: World):
    page = world.browser(world.member).get(address(world)).text

    assert "Projectleider KGG" in page
    assert "Vergunningverlener" in page
    assert "Rol geven" not in page


def test_it_opens_the_dossier_to_who_gets_a_role(world: World):
    assert world.zout not in dossiers_of(world.outsider)

    response = world.browser(world.lead).post(
        address(world), {"person": world.outsider.pk, "role": "case_team", "because": "versterking"}
    )

    assert response.headers["Location"] == address(world)
    assert world.zout in dossiers_of(world.outsider)


def test_it_closes_the_dossier_at_once_to_who_loses_the_role(world: World):
    world.browser(world.lead).post(end(world, role_of(world, world.member)))

    assert world.zout not in dossiers_of(world.member)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert role_of(world, world.member).until == yesterday


def test_it_keeps_who_had_a_role_before(world: World):
    team.end_membership(membership=role_of(world, world.member), by=world.lead)

    page = world.browser(world.lead).get(address(world)).text

    assert "Projectteam KGG" in page
    assert not team.team_of(world.zout).filter(person=world.member).exists()


def test_it_lets_the_lead_hand_over(world: World):
    team.add_member(dossier=world.zout, by=world.lead, person=world.member, role="case_lead")

    team.end_membership(membership=role_of(world, world.lead), by=world.lead)

    assert [each.person for each in team.team_of(world.zout).filter(role="case_lead")] == [
        world.member
    ]


def test_it_lets_the_programme_make_up_the_team(world: World):
    team.add_member(dossier=world.staal, by=world.programme, person=world.lead, role="case_lead")

    assert world.staal in dossiers_of(world.lead)


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_it_keeps_the_last_case_lead(world: World):
    response = world.browser(world.lead).post(end(world, role_of(world, world.lead)))

    assert response.status_code == 409
    assert "houdt altijd een projectleider" in response.text
    assert role_of(world, world.lead).until is None


def test_it_gives_nobody_the_same_role_twice(world: World):
    response = world.browser(world.lead).post(
        address(world), {"person": world.member.pk, "role": "case_team"}
    )

    assert response.status_code == 409
    assert Membership.objects.filter(dossier=world.zout, person=world.member).count() == 1


def test_it_ends_no_role_twice(world: World):
    membership = role_of(world, world.member)
    team.end_membership(membership=membership, by=world.lead)

    with pytest.raises(team.EndedAlready):
        team.end_membership(membership=membership, by=world.lead)


@pytest.mark.parametrize(
    ("somebody", "role"),
    [
        ("company", "case_team"),  # a firm is not the State
        ("province", "analyst"),
        ("outsider", "company"),
        ("member", "province"),
    ],
)
def test_it_gives_a_role_to_who_can_hold_it(world: World, somebody: str, role: str):
    with pytest.raises(NotAllowed):
        team.add_member(
            dossier=world.zout, by=world.lead, person=getattr(world, somebody), role=role
        )


def test_it_offers_no_other_firm(world: World):
    response = world.browser(world.lead).get(address(world))

    assert world.other_company not in response.context["form"].fields["person"].queryset
    assert "Staalfabriek" not in response.text


def test_it_gives_no_role_above_a_clearance(world: World):
    world.outsider.clearance = Level.INTERN.value
    world.outsider.save()

    with pytest.raises(NotAllowed):
        team.add_member(dossier=world.zout, by=world.lead, person=world.outsider, role="case_team")


@pytest.mark.parametrize("somebody", ["member", "analyst", "ienw", "auditor"])
def test_it_is_made_up_by_the_lead_alone(world: World, somebody: str):
    browser = world.browser(getattr(world, somebody))

    added = browser.post(address(world), {"person": world.outsider.pk, "role": "case_team"})
    ended = browser.post(end(world, role_of(world, world.company)))

    assert (added.status_code, ended.status_code) == (403, 403)
    assert role_of(world, world.company).until is None


@pytest.mark.parametrize("somebody", ["province", "company", "minister_office"])
def test_it_hides_the_team_from_who_does_not_see_it(world: World, somebody: str):
    assert world.browser(getattr(world, somebody)).get(address(world)).status_code == 403


# ── who may not even know ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("somebody", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_who_may_not_know_of_it(world: World, somebody: str):
    browser = world.browser(getattr(world, somebody))

    assert browser.get(address(world)).status_code == 404
    assert browser.post(end(world, role_of(world, world.company))).status_code == 404


def test_it_ends_no_role_of_another_dossier(world: World):
    elsewhere = Membership.objects.get(dossier=world.staal)

    response = world.browser(world.lead).post(end(world, elsewhere))

    assert response.status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.until is None
