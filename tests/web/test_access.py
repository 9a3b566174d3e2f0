# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may see and do what. The walk over every address is in test_walk.py."""

from itertools import pairwise

import pytest
from django.http import Http404
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.web.people.access import (
    allowed,
    deeds_in,
    dossier_for,
    dossiers_of,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import OFFICE_RIGHTS, RIGHTS, Deed
from maatwerkbank.web.refusals import NotAllowed

KNOW_OF_ZOUT = {
    "lead",
    "member",
    "analyst",
    "ienw",
    "province",
    "environment",
    "company",
    "programme",
    "minister_office",
    "auditor",
}


def test_it_names_every_role_and_office():
    assert set(RIGHTS) == set(ROLES)
    assert set(OFFICE_RIGHTS) == {"", *Person.OFFICES}


def test_it_lets_just_these_people_know_of_a_dossier(world: World):
    knowing = {
        name for name, person in world.everybody().items() if world.zout in dossiers_of(person)
    }

    assert knowing == KNOW_OF_ZOUT


@pytest.mark.parametrize("deed", Deed)
def test_it_gives_one_answer_for_a_list_and_for_one_dossier(world: World, deed: Deed):
    for person in world.everybody().values():
        for dossier in (world.zout, world.staal):
            listed = dossiers_of(person, deed).filter(pk=dossier.pk).exists()

            assert listed == bool(allowed(person, deed, dossier)), (person, deed)


def test_it_closes_a_dossier_above_the_clearance(world: World):
    world.zout.level = Level.GEHEIM.value
    world.zout.save()

    assert deeds_in(world.lead, world.zout) == frozenset()
    assert not dossiers_of(world.lead).filter(pk=world.zout.pk).exists()


def test_it_opens_less_at_every_higher_level(world: World):
    for person in world.everybody().values():
        seen = []
        for level in Level:
            world.zout.level = level.value
            world.zout.save()
            seen.append(deeds_in(person, world.zout))

        assert all(after <= before for before, after in pairwise(seen))


def test_it_says_why_a_partner_may_not_decide(world: World):
    with pytest.raises(NotAllowed) as refused:
        dossier_for(world.province, world.zout.code, Deed.DECIDE)

    assert refused.value.code == "not-allowed"


def test_it_answers_an_outsider_as_if_there_were_no_dossier(world: World):
    with pytest.raises(Http404):
        dossier_for(world.outsider, world.zout.code)


def test_it_forgets_a_membership_that_has_ended(world: World):
    membership = world.zout.memberships.get(role="case_team")
    membership.until = membership.since.replace(year=membership.since.year - 1)
    membership.since = membership.until
    membership.save()

    assert not dossiers_of(world.member).exists()
