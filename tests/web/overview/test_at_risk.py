# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What promises put at risk over many dossiers: kept, and never older than what it rests on."""

from datetime import date, timedelta

import pytest
from tests.web.promises.test_deeds import boiler, chain
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.overview import at_risk as kept
from maatwerkbank.web.overview.board import Choice, board
from maatwerkbank.web.overview.models import AtRisk
from maatwerkbank.web.promises import waiting
from maatwerkbank.web.promises.models import ProjectStart
from maatwerkbank.web.promises.reckoning import seen_in

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
    assert (row.starts, row.late, row.gross_t) == (1, 1, whole)
    found = board(world.province, Choice(), TODAY)
    mine = reckoned_now(world.province, world.zout)
    assert (found.sums.by_promises.gross_t or 0.0) == pytest.approx(mine or 0.0)


def test_a_project_without_a_start_is_not_counted(world: World):
    start = boiler(world.zout, world.lead)
    assert board(world.lead, Choice(), TODAY).sums.with_promises == 1

    start.delete()
    assert board(world.lead, Choice(), TODAY).sums.with_promises == 0
