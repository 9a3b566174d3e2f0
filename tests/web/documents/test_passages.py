# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passages that may or may not be kept from the public."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.web.documents.samples import lay_down
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import GROUNDS
from maatwerkbank.web.documents.models import DocumentVersion, Passage
from maatwerkbank.web.documents.passages import (
    Claim,
    NotToBeWithheld,
    judge_passage,
    mark_passage,
)
from maatwerkbank.web.refusals import Conflict, NotAllowed

SECRET = Claim(
    place="p. 4, tabel 2",
    about="Kostprijs per ton stoom",
    supplied_in_confidence=True,
    ground="bedrijfsgegevens",
)
EMISSIONS = Claim(place="p. 7", about="Jaarvracht NOx per ketel", emission_data=True)


@pytest.fixture
def plan(world: World) -> DocumentVersion:
    """What the company handed in."""
    return lay_down(world, by=world.company, kind="plan_2050", title="Plan 2050", topic="general")


def page_of(version: DocumentVersion) -> str:
    """The address of the passages of a version."""
    return reverse("documents:passages", args=[version.code])


def judge_at(passage: Passage) -> str:
    """The address at which a passage is judged."""
    return reverse("documents:judge-passage", args=[passage.code])


# ── what works ──


def test_it_keeps_the_claim_of_a_company_with_name_day_and_ground(world: World, plan):
    world.browser(world.company).post(
        page_of(plan),
        {
            "place": "p. 4, tabel 2",
            "about": "Kostprijs per ton stoom",
            "supplied_in_confidence": "on",
            "ground": "bedrijfsgegevens",
        },
    )

    passage = Passage.objects.get()
    assert (passage.claimed_by, passage.ground) == (world.company, "bedrijfsgegevens")
    assert passage.supplied_in_confidence
    page = world.browser(world.lead).get(page_of(plan)).content.decode()
    assert "Woo 5.1 lid 1 onder c" in page
    assert "beroep op een grond, nog niet beoordeeld" in page


def test_it_judges_a_claim_with_reasons_and_a_day_to_look_again(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)

    world.browser(world.lead).post(
        judge_at(passage),
        {
            "judgement": "withhold",
            "reason": "Toont de marge op één product.",
            "review_on": "2028-01-01",
        },
    )

    passage.refresh_from_db()
    assert (passage.judgement, passage.judged_by) == ("withhold", world.lead)
    page = world.browser(world.company).get(page_of(plan)).content.decode()
    assert "niet openbaar" in page
    assert "Toont de marge op één product." in page
    assert "1 januari 2028" in page


def test_it_judges_otherwise_than_the_company_claims(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)

    judge_passage(
        passage=passage, by=world.lead, withhold=False, reason="Staat in het jaarverslag."
    )

    passage.refresh_from_db()
    assert (passage.judgement, passage.ground) == ("disclose", "bedrijfsgegevens")


def test_it_lets_the_state_find_that_a_claimed_passage_is_emission_data(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)

    judge_passage(
        passage=passage,
        by=world.lead,
        withhold=False,
        reason="Uit dit cijfer volgt de uitstoot.",
        emission_data=True,
    )

    passage.refresh_from_db()
    assert (passage.emission_data, passage.ground) == (True, "")


# ── emission data are public: form, service, database ──


def test_it_explains_before_it_is_filled_in_that_emission_data_are_public(world: World, plan):
    page = world.browser(world.company).get(page_of(plan)).content.decode()

    assert "Gegevens over emissies in het milieu zijn altijd openbaar" in page


def test_it_refuses_in_the_form_to_withhold_emission_data(world: World, plan):
    answer = world.browser(world.company).post(
        page_of(plan),
        {
            "place": "p. 7",
            "about": "NOx",
            "emission_data": "on",
            "supplied_in_confidence": "on",
            "ground": "bedrijfsgegevens",
        },
    )

    assert answer.status_code == 422
    assert "Die zijn altijd openbaar" in answer.content.decode()
    assert not Passage.objects.exists()


@pytest.mark.parametrize("ground", sorted(GROUNDS))
def test_it_refuses_in_the_service_to_withhold_emission_data_on_any_ground(
    world: World, plan, ground: str
):
    claim = Claim("p. 7", "NOx", emission_data=True, supplied_in_confidence=True, ground=ground)

    with pytest.raises(NotToBeWithheld) as refused:
        mark_passage(version=plan, by=world.company, claim=claim)

    assert "5.1 Woo" in str(refused.value.what_text)


def test_it_refuses_to_judge_that_emission_data_are_withheld(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=EMISSIONS)

    answer = world.browser(world.lead).post(
        judge_at(passage),
        {"judgement": "withhold", "ground": "beveiliging", "reason": "Sabotage."},
    )

    passage.refresh_from_db()
    assert answer.status_code == 409
    assert passage.judgement == ""


def test_it_refuses_in_the_database_to_withhold_emission_data(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=EMISSIONS)

    for ground, judgement in (("bedrijfsgegevens", ""), ("", "withhold")):
        with pytest.raises(DatabaseError), transaction.atomic():
            Passage.objects.filter(pk=passage.pk).update(
                ground=ground, judgement=judgement, judged_by=world.lead
            )


# ── what else the law refuses ──


def test_it_keeps_the_ground_of_business_data_to_what_was_given_in_confidence(world: World, plan):
    claim = Claim("p. 4", "Kostprijs", ground="bedrijfsgegevens")

    with pytest.raises(NotToBeWithheld):
        mark_passage(version=plan, by=world.company, claim=claim)


def test_it_does_not_let_disproportionate_harm_withhold_environmental_information(
    world: World, plan
):
    claim = Claim("p. 9", "Geluid", environmental=True, ground="onevenredige_benadeling")

    with pytest.raises(NotToBeWithheld):
        mark_passage(version=plan, by=world.company, claim=claim)


def test_it_withholds_nothing_without_a_ground(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=Claim("p. 4", "Kostprijs"))

    with pytest.raises(NotToBeWithheld):
        judge_passage(passage=passage, by=world.lead, withhold=True, reason="Liever niet.")


def test_it_asks_for_reasons(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)

    answer = world.browser(world.lead).post(judge_at(passage), {"judgement": "withhold"})

    assert answer.status_code == 422
    with pytest.raises(Conflict):
        judge_passage(passage=passage, by=world.lead, withhold=True, reason=" ")


def test_it_lets_a_company_not_judge_its_own_claim(world: World, plan):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)

    answer = world.browser(world.company).post(
        judge_at(passage), {"judgement": "withhold", "reason": "x"}
    )

    assert answer.status_code == 403


def test_it_lets_who_only_reads_not_mark(world: World, plan):
    with pytest.raises(NotAllowed):
        mark_passage(version=plan, by=world.auditor, claim=SECRET)


# ── who may not even know ──


@pytest.mark.parametrize("person", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_others(world: World, plan, person: str):
    passage = mark_passage(version=plan, by=world.company, claim=SECRET)
    client = world.browser(getattr(world, person))

    assert client.get(page_of(plan)).status_code == 404
    assert client.post(page_of(plan), {}).status_code == 404
    assert client.post(judge_at(passage), {}).status_code == 404
