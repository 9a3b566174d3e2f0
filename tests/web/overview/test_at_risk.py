# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What promises put at risk over many dossiers: kept, and never older than what it rests on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.web.promises.test_deeds import PROMISE, boiler, chain
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Company, Dossier, Project
from maatwerkbank.web.overview import at_risk as kept
from maatwerkbank.web.overview.board import Choice, board
from maatwerkbank.web.overview.models import AtRisk
from maatwerkbank.web.promises import waiting
from maatwerkbank.web.promises.models import ProjectStart, Promise, PromiseForecast, Wait
from maatwerkbank.web.promises.reckoning import seen_in
from maatwerkbank.web.promises.views import held_up

TODAY = date(2026, 11, 29)


def gross(person, today: date = TODAY) -> float | None:
    return board(person, Choice(), today).sums.by_promises.gross_t


def reckoned_now(person, dossier: Dossier, today: date = TODAY) -> float | None:
    """What the network says, without anything that was kept."""
    return seen_in(person, [dossier], today=today)[dossier.pk].outlook.at_risk.gross_t


def test_it_is_reckoned_anew_after_every_change_and_not_before(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    _promise, grid, _ = chain(world)
    asked: list[int] = []

    def counted(*given, **named):
        asked.append(1)
        return seen_in(*given, **named)

    monkeypatch.setattr(kept, "seen_in", counted)
    dated = {"dependency": grid, "by": world.lead, "because": "levertijd"}
    waiting.forecast_dependency(**dated, expected=date(2030, 7, 2))
    first = gross(world.lead)
    assert first == pytest.approx(reckoned_now(world.lead, world.zout))
    asked.clear()
    assert gross(world.lead) == first
    assert len(asked) == 1  # the dossiers of which somebody sees a part; none

    waiting.forecast_dependency(**dated, expected=date(2030, 12, 31))
    later = gross(world.lead)
    assert later > first
    assert later == pytest.approx(reckoned_now(world.lead, world.zout))
    assert gross(world.programme) == later


def test_the_day_makes_it_old(world: World):
    chain(world)
    gross(world.lead)
    row = AtRisk.objects.get(dossier=world.zout)
    after = row.through + timedelta(days=200)

    assert gross(world.lead, row.through) == pytest.approx(
        reckoned_now(world.lead, world.zout, row.through) or 0.0
    )
    assert gross(world.lead, after) == pytest.approx(reckoned_now(world.lead, world.zout, after))


def test_who_changes_something_meanwhile_makes_it_old_again(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    chain(world)

    def changed_meanwhile(*given, **named):
        found = seen_in(*given, **named)
        ProjectStart.objects.update(gross_t=7.0)
        return found

    monkeypatch.setattr(kept, "seen_in", changed_meanwhile)
    gross(world.lead)
    row = AtRisk.objects.get(dossier=world.zout)
    assert row.reckoned != row.changes


def test_who_sees_a_part_gets_the_network_of_that_part(world: World):
    _promise, grid, _ = chain(world)
    waiting.forecast_dependency(
        dependency=grid, by=world.lead, expected=date(2030, 12, 31), because="levertijd"
    )
    whole = gross(world.lead)
    row = AtRisk.objects.get(dossier=world.zout)

    assert whole > 0
    assert (row.starts, row.late, row.by_state, row.gross_t) == (1, 1, 1, whole)
    found = board(world.province, Choice(), TODAY)
    mine = reckoned_now(world.province, world.zout)
    assert (found.sums.by_promises.gross_t or 0.0) == pytest.approx(mine or 0.0)


def test_a_project_without_a_start_is_not_counted(world: World):
    start = boiler(world.zout, world.lead)
    assert board(world.lead, Choice(), TODAY).sums.with_promises == 1

    start.delete()
    assert board(world.lead, Choice(), TODAY).sums.with_promises == 0


def test_the_page_of_held_up_tonnes_reads_what_is_kept_and_has_pages(
    world: World, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
):
    def late(number: int) -> None:
        dossier = Dossier.objects.create(
            company=Company.objects.create(slug=f"firma-{number}", name=f"Firma {number:02}"),
            trajectory_id="maatwerk-2025",
            track_id="standard",
            stage="jloi",
        )
        promise = Promise.objects.create(dossier=dossier, **PROMISE)
        PromiseForecast.objects.create(
            promise=promise, expected=date(2031, 1, 1), because="later", by=world.lead
        )
        project = Project.objects.create(dossier=dossier, name="Ketel", key="ketel")
        start = ProjectStart.objects.create(
            dossier=dossier, project=project, planned=date(2029, 1, 1), gross_t=1000.0 * number
        )
        Wait.objects.create(dossier=dossier, waiter_project=start, awaited_promise=promise)

    for number in range(1, 23):
        late(number)
    browser, address = world.browser(world.programme), reverse("promises:held-up")
    browser.get(address)  # it is reckoned and kept
    reckoned: list[int] = []

    def counted(person, dossiers, **named):
        listed = list(dossiers)
        reckoned.append(len(listed))
        return seen_in(person, listed, **named)

    monkeypatch.setattr(kept, "seen_in", counted)
    monkeypatch.setattr(held_up, "seen_in", counted)
    with django_assert_max_num_queries(30) as asked:
        first = browser.get(address)
    number = len(asked)
    with django_assert_max_num_queries(number):
        second = browser.get(address, {"page": 2})

    assert reckoned == [20, 2]
    firms = [[row[0]["text"] for row in page.context["state"]["rows"]] for page in (first, second)]
    assert firms[0][:2] == ["Firma 22", "Firma 21"]
    assert firms[1] == ["Firma 02", "Firma 01"]
    assert [each["value"] for each in first.context["tiles"][:2]] == ["22", "22"]
    assert "253" in str(second.context["tiles"][2]["value"])
    assert world.browser(world.outsider).get(address).context["by_state"] == 0
