# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a gate and the deeds on it."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.world import World

from maatwerkbank.web.documents.models import Document, DocumentVersion, Signatory
from maatwerkbank.web.dossiers.gates import evidence_of, gate_of
from maatwerkbank.web.dossiers.models import (
    Attestation,
    Company,
    Decision,
    Dossier,
    Override,
)
from maatwerkbank.web.dossiers.statements import attest, withdraw_attestation

GATE = "to_working_out"


@pytest.fixture
def zout(world: World) -> Dossier:
    """Zoutfabriek, before the gate to working out."""
    world.zout.stage = "eop"
    world.zout.save()
    return world.zout


def address(dossier: Dossier, deed: str = "gate", gate: str = GATE) -> str:
    return reverse(f"dossiers:{deed}", args=[dossier.code, gate])


def state(client: Client, dossier: Dossier, criterion: str, **more: str):
    given = {"criterion": criterion, f"attest-{criterion}-statement": "Alle plaatsen zijn bezet."}
    return client.post(address(dossier, "attest"), given, **more)


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_says_what_lacks_and_who_can_give_it(world: World, zout: Dossier):
    page = world.browser(world.lead).get(address(zout))

    assert page.status_code == 200
    assert "3 van 3 ontbreken" in page.content.decode()
    assert "Het team van de overheid is compleet" in page.content.decode()
    assert "Vergunningverlener" in page.content.decode()


def test_it_records_a_statement_in_the_role_that_was_asked(world: World, zout: Dossier):
    answer = state(world.browser(world.lead), zout, "team_in_place")

    stated = Attestation.objects.get()
    assert answer.status_code == 302
    assert (stated.by, stated.role, stated.criterion) == (world.lead, "case_lead", "team_in_place")


def test_it_shows_the_same_section_by_htmx(world: World, zout: Dossier):
    answer = state(world.browser(world.lead), zout, "team_in_place", HTTP_HX_REQUEST="true")

    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith('<div id="gate">')
    assert "Uw verklaring is vastgelegd" in answer.content.decode()


def test_it_waits_again_since_the_day_that_a_statement_fell_away(world: World, zout: Dossier):
    stated = attest(
        dossier=zout, gate=GATE, criterion="team_in_place", by=world.lead, statement="Ja."
    )
    withdrawn = withdraw_attestation(attestation=stated, by=world.lead, statement="Toch niet.")

    found = gate_of(zout, GATE)

    assert not found.judgement.found[0].met
    assert found.fell_away == {"team_in_place": withdrawn.on}


def test_it_lets_a_firm_state_what_is_asked_of_it_and_see_no_more(world: World, zout: Dossier):
    client = world.browser(world.company)

    page = client.get(address(zout)).content.decode()
    answer = state(client, zout, "routes_to_study")

    assert "criterion-routes_to_study" in page
    assert "criterion-team_in_place" not in page
    assert "criterion-permit_team" not in page
    assert answer.status_code == 302
    assert Attestation.objects.get().by == world.company


def test_it_decides_and_shows_the_frozen_evidence(world: World, zout: Dossier):
    for criterion, by in {
        "team_in_place": world.lead,
        "routes_to_study": world.company,
        "permit_team": world.province,
    }.items():
        attest(dossier=zout, gate=GATE, criterion=criterion, by=by, statement="Ja.")
    client = world.browser(world.lead)

    answer = client.post(address(zout, "decide-gate"), decision(outcome="passed"), follow=True)

    zout.refresh_from_db()
    assert zout.stage == "working_out"
    assert "Waarop het rustte" in answer.content.decode()
    assert Decision.objects.get().hash in answer.content.decode()


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def decision(**said: object) -> dict[str, object]:
    """What the form to decide sends."""
    given = {
        "outcome": "passed",
        "reason": "",
        "conditions": "",
        "dissent": "",
        "decided_on": "2026-01-15",
        "expected_stage": "eop",
        "last_seen": 0,
    } | said
    return {f"decide-{name}": value for name, value in given.items()}


def test_it_refuses_with_everything_that_lacks_and_keeps_the_words(world: World, zout: Dossier):
    words = decision(conditions="Met een voorwaarde.")

    answer = world.browser(world.lead).post(address(zout, "decide-gate"), words)

    told = answer.content.decode()
    assert answer.status_code == 409
    assert "Het team van de overheid is compleet" in told
    assert "Met een voorwaarde." in told
    assert not Decision.objects.exists()


def test_it_asks_a_reason_for_not_yet(world: World, zout: Dossier):
    answer = world.browser(world.lead).post(
        address(zout, "decide-gate"), decision(outcome="refused")
    )

    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_it_does_not_count_a_statement_of_another_role(world: World, zout: Dossier):
    answer = state(world.browser(world.province), zout, "team_in_place")

    assert answer.status_code == 403
    assert not Attestation.objects.exists()


def test_it_tells_that_the_dossier_stands_elsewhere(world: World, zout: Dossier):
    page = world.browser(world.lead).get(address(zout, gate="to_agreement"))

    assert page.status_code == 200
    assert "staat niet voor de poort" in page.content.decode()


def test_it_counts_no_paper_that_was_not_accepted_or_has_too_few_signatures(world: World):
    for state_, signatures in (("handed_in", 2), ("accepted", 1)):
        paper = Document.objects.create(
            dossier=world.zout, kind="expression_of_principles", title=state_, topic="general"
        )
        version = DocumentVersion.objects.create(
            document=paper, number=1, state=state_, sha256="a" * 64
        )
        for number in range(signatures):
            Signatory.objects.create(version=version, organisation=f"Partij {number}", capacity="")

    found = {each.criterion.id: each.met for each in gate_of(world.zout, "to_eop").judgement.found}

    assert found["expression_of_principles"] is False


# ── who may read what ─────────────────────────────────────────────────────────────────────────


def test_it_keeps_a_statement_from_who_does_not_speak_about_it(world: World, zout: Dossier):
    attest(
        dossier=zout,
        gate=GATE,
        criterion="routes_to_study",
        by=world.company,
        statement="Geheime route.",
    )

    assert "Geheime route." in world.browser(world.analyst).get(address(zout)).content.decode()
    assert "Geheime route." not in world.browser(world.province).get(address(zout)).content.decode()


@pytest.mark.parametrize("who", ["observer", "adviser", "secretary", "outsider", "other_company"])
def test_it_tells_nobody_else_that_there_is_a_gate(world: World, zout: Dossier, who: str):
    client = world.browser(world.everybody()[who])

    assert client.get(address(zout)).status_code == 404
    assert client.post(address(zout, "decide-gate"), decision()).status_code == 404
    assert state(client, zout, "team_in_place").status_code == 404


def test_it_lets_a_partner_see_the_gate_and_not_decide(world: World, zout: Dossier):
    client = world.browser(world.province)

    assert client.get(address(zout)).status_code == 200
    assert client.post(address(zout, "decide-gate"), decision()).status_code == 403
    assert not Override.objects.exists()


# ── how much it asks of the database ──────────────────────────────────────────────────────────


def test_it_gathers_evidence_of_many_dossiers_in_as_many_queries_as_of_two(
    world: World, django_assert_num_queries
):
    for number in range(20):
        company = Company.objects.create(slug=f"firma-{number}", name=f"Firma {number}")
        Dossier.objects.create(
            company=company,
            trajectory_id="maatwerk-2025",
            track_id="standard",
            stage="working_out" if number % 2 else "exploration",
        )
    dossiers = Dossier.objects.select_related("company")

    with django_assert_num_queries(13):
        two = evidence_of(dossiers.filter(company__slug__in=[world.zout.company.slug, "firma-1"]))
    with django_assert_num_queries(13):
        many = evidence_of(dossiers.all())

    assert (len(two), len(many)) == (2, 22)


def test_it_asks_no_more_of_a_page_with_much_on_it(
    world: World, zout: Dossier, django_assert_max_num_queries
):
    for number in range(12):
        attest(
            dossier=zout,
            gate=GATE,
            criterion="team_in_place",
            by=world.lead,
            statement=f"Ja, keer {number}.",
        )
    client = world.browser(world.lead)

    with django_assert_max_num_queries(40):
        client.get(address(zout))
