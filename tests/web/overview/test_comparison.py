# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Firms beside one another."""

from datetime import date

from tests.web.world import World

from maatwerkbank.web.dossiers.models import Ambition, StageReached
from maatwerkbank.web.overview.comparison import comparison

TODAY = date(2025, 6, 30)


def cells(found, label: str) -> list[str]:
    return [
        cell.text
        for group in found.groups
        for line in group.lines
        if line.label == label
        for cell in line.cells
    ]


def test_it_counts_the_days_at_each_stage(world: World):
    for stage, on in (("exploration", date(2022, 1, 1)), ("eop", date(2022, 12, 12))):
        StageReached.objects.create(dossier=world.zout, stage=stage, counts_from=on)

    found = comparison(world.programme, [world.zout, world.staal], TODAY)

    assert cells(found, "Verkenning") == ["345", "–"]


def test_it_keeps_gross_and_additional_apart(world: World):
    Ambition.objects.create(
        dossier=world.zout, version="eop", year=2030, gross_low=4e5, gross_high=4e5
    )

    found = comparison(world.programme, [world.zout, world.staal], TODAY)

    assert cells(found, "Expression of Principles, bruto") == ["400\xa0kt", "–"]
    assert cells(found, "Expression of Principles, additioneel") == ["–", "–"]


def test_it_asks_for_two_firms(world: World):
    page = world.browser(world.programme).get(f"/vergelijken/?d={world.zout.code}")

    assert "Vink hierboven minstens 2 bedrijven aan" in page.content.decode()


def test_it_compares_two(world: World):
    query = f"?d={world.zout.code}&d={world.staal.code}"
    page = world.browser(world.programme).get(f"/vergelijken/{query}")

    assert page.status_code == 200
    assert "Waar ze staan" in page.content.decode()


def test_it_leaves_out_what_a_person_may_not_see(world: World):
    query = f"?d={world.zout.code}&d={world.staal.code}&d=geen-code"
    page = world.browser(world.lead).get(f"/vergelijken/{query}").content.decode()

    assert "Staalfabriek" not in page
    assert "Waar ze staan" not in page
