# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The road of a dossier, its versions, and opening a dossier."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.target_group import weighings
from maatwerkbank.web.dossiers.firms import firm
from maatwerkbank.web.dossiers.models import Company, Decision, Dossier, Membership


def address(world: World) -> str:
    """The trajectory page of Zoutfabriek."""
    return reverse("dossiers:trajectory", args=[world.zout.code])


def on_the_old_version(world: World) -> None:
    """Zoutfabriek runs on the approach as it was before the letter."""
    world.zout.trajectory_id = "maatwerk-2022"
    world.zout.save()


@pytest.fixture
def papierfabriek(db: None) -> Company:
    """A firm without a dossier."""
    return Company.objects.create(slug="papierfabriek", name="Papierfabriek BV")


def opening(world: World, **changed: object) -> dict[str, object]:
    """What somebody fills in to open a dossier."""
    return {
        "version": "maatwerk-2025",
        "track": "standard",
        "lead": world.lead.pk,
        "level": "4",
        "reason": "eerste gesprek gevoerd",
        **changed,
    }


# ── what works ────────────────────────────────────────────────────────────────────────────────


def test_it_draws_the_road_and_says_what_each_gate_asks(world: World):
    page = world.browser(world.lead).get(address(world)).text

    assert 'class="trajectory trajectory-wide"' in page
    assert "Naar het ambitiedocument" in page
    assert "Bindende afspraak" in page


def test_it_shows_a_partner_the_road(world: World):
    assert world.browser(world.province).get(address(world)).status_code == 200


def test_it_shows_what_a_newer_version_changes(world: World):
    on_the_old_version(world)

    page = world.browser(world.lead).get(address(world)).text

    assert "Het effect van afschaffing van de CO2-heffing is in kaart" in page
    assert "<ins>Begeleiding naar netto nul</ins>" in page


def test_it_moves_the_dossier_by_a_decision(world: World):
    on_the_old_version(world)

    response = world.browser(world.lead).post(
        address(world),
        {"to": "maatwerk-2025", "stage": "exploration", "reason": "de brief", "last_seen": "0"},
    )

    assert response.headers["Location"] == address(world)
    world.zout.refresh_from_db()
    assert world.zout.trajectory_id == "maatwerk-2025"
    decision = Decision.objects.get()
    assert (decision.kind, decision.reason) == ("trajectory", "de brief")


def test_it_opens_a_dossier(world: World, papierfabriek: Company):
    response = world.browser(world.programme).post(
        reverse("dossiers:open", args=["papierfabriek"]), opening(world)
    )

    made = Dossier.objects.get(company=papierfabriek)
    assert response.headers["Location"] == reverse("dossiers:dossier", args=[made.code])
    assert (made.trajectory_id, made.track_id, made.stage) == (
        "maatwerk-2025",
        "standard",
        "exploration",
    )
    assert Membership.objects.get(dossier=made).person == world.lead


def test_it_opens_a_dossier_for_a_firm_of_the_public_register(world: World):
    world.browser(world.programme).post(reverse("dossiers:open", args=["nobian"]), opening(world))

    made = Dossier.objects.get(company__slug="nobian")
    assert made.company.name == "Nobian"
    assert [each.name for each in made.company.sites.all()] == [
        "Delfzijl",
        "Hengelo",
        "Rotterdam Botlek",
    ]


@pytest.mark.django_db
def test_it_knows_every_firm_of_the_target_group():
    today = timezone.localdate()

    unknown = [each.firm for each in weighings(today) if firm(each.firm, today) is None]

    assert unknown == []
    assert all(reverse("dossiers:open", args=[each.firm]) for each in weighings(today))


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_it_asks_why_it_moves(world: World):
    on_the_old_version(world)

    response = world.browser(world.lead).post(
        address(world), {"to": "maatwerk-2025", "stage": "exploration", "reason": ""}
    )

    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_it_tells_who_moves_second(world: World):
    on_the_old_version(world)
    moved = {"to": "maatwerk-2025", "stage": "exploration", "reason": "de brief", "last_seen": "0"}
    browser = world.browser(world.lead)
    browser.post(address(world), moved)
    on_the_old_version(world)

    response = browser.post(address(world), moved)

    assert response.status_code == 409
    assert Decision.objects.count() == 1


def test_it_offers_no_older_version(world: World):
    response = world.browser(world.lead).post(
        address(world), {"to": "maatwerk-2022", "stage": "exploration", "reason": "terug"}
    )

    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_it_is_moved_by_the_lead_alone(world: World):
    on_the_old_version(world)

    response = world.browser(world.member).post(
        address(world), {"to": "maatwerk-2025", "stage": "exploration", "reason": "de brief"}
    )

    assert response.status_code == 403


def test_it_opens_no_second_dossier_on_the_same_track(world: World):
    response = world.browser(world.programme).post(
        reverse("dossiers:open", args=["zoutfabriek"]), opening(world)
    )

    assert response.status_code == 409
    assert Dossier.objects.filter(company=world.zout.company).count() == 1


def test_it_opens_no_track_that_the_version_does_not_know(world: World, papierfabriek: Company):
    response = world.browser(world.programme).post(
        reverse("dossiers:open", args=["papierfabriek"]),
        opening(world, version="maatwerk-2022", track="net_zero_guidance"),
    )

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"track"}


@pytest.mark.parametrize("slug", ["papierfabriek", "no-such-firm"])
@pytest.mark.parametrize("somebody", ["lead", "company", "administrator", "outsider"])
def test_it_is_opened_by_the_programme_alone(
    world: World, papierfabriek: Company, somebody: str, slug: str
):
    browser = world.browser(getattr(world, somebody))

    assert browser.get(reverse("dossiers:open", args=[slug])).status_code == 403


def test_it_stores_no_firm_whose_dossier_is_refused(world: World):
    response = world.browser(world.programme).post(
        reverse("dossiers:open", args=["nobian"]), opening(world, opened_on="2126-01-01")
    )

    assert response.status_code == 422
    assert not Company.objects.filter(slug="nobian").exists()


def test_it_knows_no_firm_that_is_nowhere(world: World):
    page = reverse("dossiers:open", args=["no-such-firm"])

    assert world.browser(world.programme).get(page).status_code == 404


# ── who may not even know ─────────────────────────────────────────────────────────────────────


def test_it_keeps_the_gates_from_the_firm(world: World):
    assert world.browser(world.company).get(address(world)).status_code == 403


@pytest.mark.parametrize("somebody", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_who_may_not_know_of_it(world: World, somebody: str):
    assert world.browser(getattr(world, somebody)).get(address(world)).status_code == 404
