# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of promises: what they say, and what is asked on them."""

from datetime import date

from django.urls import reverse
from tests.web.promises.test_deeds import GRID, PROMISE, RISK, boiler, chain
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Membership, Project
from maatwerkbank.web.overview.board import Choice, board
from maatwerkbank.web.promises import keeping, waiting
from maatwerkbank.web.promises.models import (
    Dependency,
    Evidence,
    ProjectStart,
    Promise,
    Risk,
    Wait,
    Waiver,
    WaiverRequest,
)


def address(world: World, name: str, *more: object) -> str:
    return reverse(f"promises:{name}", args=[world.zout.code, *more])


def words(page) -> str:
    return page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_late_grid_shows_on_dossier_portfolio_and_board(world: World):
    promise, grid, _ = chain(world)
    waiting.forecast_dependency(
        dependency=grid, by=world.lead, expected=date(2030, 12, 31), because="levertijd trafo"
    )
    browser = world.browser(world.lead)

    register = words(browser.get(address(world, "dossier")))
    dossier = words(browser.get(f"/dossiers/{world.zout.code}/"))
    held_up = words(browser.get(reverse("promises:held-up")))
    portfolio = words(browser.get("/portefeuille/"))

    for page in (register, dossier):
        assert "400 kt" in page
        assert "Station Hengelo" in page
    assert "Station Hengelo → Zwaardere netaansluiting → Elektrische ketel" in register
    assert "in gevaar" in register
    assert "Zwaardere netaansluiting" in held_up
    assert "Elektrische ketel" in held_up
    assert "400 kt in gevaar" in portfolio
    assert board(world.lead, Choice(), date(2026, 6, 30)).sums.by_promises.gross_t == 400_000
    page = words(browser.get(address(world, "promise", promise.code)))
    assert "kan daardoor pas op 1 juli 2031" in page
    for who in (world.company, world.province):
        assert world.browser(who).get(address(world, "dossier")).status_code == 200


def test_a_promise_is_written_down_forecast_kept_and_another_waived(world: World):
    browser = world.browser(world.lead)
    filled = {**PROMISE, "planned": "2028-07-01"}

    assert browser.post(address(world, "new-promise"), filled).status_code == 302
    promise = Promise.objects.get()
    page = address(world, "promise", promise.code)
    browser.post(page, {"expected": "2029-03-01", "because": "de trafo is laat"})
    late = browser.get(page).text
    assert "8 maanden later" in late
    assert "hele maanden, verwacht min gepland" in late
    changed = {**filled, "clause": "artikel 4", "because": "nummer bekend"}
    assert browser.post(address(world, "change-promise", promise.code), changed).status_code == 302
    kept = {"on": "2026-01-10", "words": "brief"}
    assert browser.post(address(world, "keep", promise.code), kept).status_code == 302
    refused = browser.post(address(world, "waive", promise.code), {"because": "te laat"})

    promise.refresh_from_db()
    assert (promise.clause, promise.actual) == ("artikel 4", date(2026, 1, 10))
    assert Evidence.objects.get().words == "brief"
    assert refused.status_code == 409
    assert "verandert niet meer" in refused.text
    assert "Nagekomen op 10 januari 2026" in browser.get(page).text
    other = keeping.add_promise(dossier=world.zout, by=world.lead, **PROMISE)
    browser.post(address(world, "waive", other.code), {"because": "niet meer nodig"})
    assert "Besluit hierover" not in browser.get(address(world, "promise", other.code)).text
    Membership.objects.create(dossier=world.zout, person=world.programme, role="programme")
    second = world.browser(world.programme)
    assert "vraagt een belofte kwijt te schelden" in second.get(reverse("overview:my-work")).text
    asked = address(world, "answer-waiver", WaiverRequest.objects.get().code)
    assert asked in second.get(address(world, "promise", other.code)).text
    filled = {"answer": "granted", "because": "de trafo komt er niet"}
    assert browser.post(asked, filled).status_code == 403
    assert second.post(asked, {"answer": "granted"}).status_code == 422
    assert second.post(asked, filled).status_code == 302
    assert Waiver.objects.get().because == "de trafo komt er niet"
    listed = second.get(reverse("promises:waivers"), {"answer": "granted"}).text
    assert "niet meer nodig" in listed
    assert "de trafo komt er niet" in listed
    assert "niet meer nodig" not in world.browser(world.company).get(page).text


def test_all_findings_stand_beside_the_fields(world: World):
    browser = world.browser(world.lead)

    promise = browser.post(address(world, "new-promise"), {**PROMISE, "name_en": "", "words": ""})
    dependency = browser.post(address(world, "new-dependency"), {**GRID, "capacity": "4"})
    risk = browser.post(address(world, "new-risk"), {**RISK, "owner": ""})

    assert {promise.status_code, dependency.status_code, risk.status_code} == {422}
    assert set(promise.context["form"].errors) == {"name_en", "words"}
    assert set(dependency.context["form"].errors) == {"capacity_unit"}
    assert set(risk.context["form"].errors) == {"owner"}


def test_things_are_connected_and_a_circle_is_named(world: World):
    browser = world.browser(world.lead)
    browser.post(address(world, "new-dependency"), {**GRID, "planned": "2028-01-01"})
    grid = Dependency.objects.get()
    promise = keeping.add_promise(dossier=world.zout, by=world.lead, **PROMISE)
    this, that = f"promise:{promise.code}", f"dependency:{grid.code}"

    browser.post(address(world, "connect"), {"waiter": this, "awaited": that, "lag_days": "10"})
    refused = browser.post(
        address(world, "connect"), {"waiter": that, "awaited": this, "lag_days": "0"}
    )

    wait = Wait.objects.get()
    assert wait.lag_days == 10
    assert refused.status_code == 409
    assert "Station Hengelo → Zwaardere netaansluiting → Station Hengelo" in refused.text
    browser.post(address(world, "disconnect", wait.code), {"because": "vergissing"})
    assert not Wait.objects.exists()


def test_a_start_a_step_and_a_risk_are_written_down(world: World):
    browser = world.browser(world.lead)
    project = Project.objects.create(dossier=world.zout, name="Ketel")
    permit = waiting.add_dependency(
        dossier=world.zout, by=world.lead, **{**GRID, "kind": "nature_permit"}
    )

    start = {"planned": "2029-01-01", "gross_t": "1000", "source": "kamerbrief-2025-06-30"}
    browser.post(address(world, "start", project.pk), start)
    browser.post(address(world, "step", permit.code), {"step": "draft", "planned": "2027-01-01"})
    browser.post(address(world, "new-risk"), RISK)

    assert ProjectStart.objects.get().gross_t == 1000
    assert [each.step for each in permit.steps.all()] == ["draft"]
    assert "ontwerpbesluit" in browser.get(address(world, "dependency", permit.code)).text
    risk = Risk.objects.get()
    changed = {**RISK, "owner": "Bedrijf", "because": "afgesproken"}
    browser.post(address(world, "change-risk", risk.code), changed)
    shown = browser.get(address(world, "risks")).text
    assert "Bedrijf" in shown
    assert "waarschijnlijk, groot" in shown


def test_a_partner_is_not_told_of_money(world: World):
    boiler(world.zout, world.lead, support_eur=60e6)

    assert "Steun in gevaar" in world.browser(world.lead).get(address(world, "dossier")).text
    assert "Steun in gevaar" not in world.browser(world.province).get(
        address(world, "dossier")
    ).text  # fmt: skip
