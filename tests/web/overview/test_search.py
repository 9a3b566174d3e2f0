# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search: in what one may see, and nowhere else."""

import pytest
from tests.web.world import World

from maatwerkbank.web.documents.models import Document
from maatwerkbank.web.dossiers.models import Project
from maatwerkbank.web.overview.search import search


def titles(person, text: str) -> set[str]:
    return {match.title for group in search(person, text) for match in group.matches}


def test_it_finds_a_firm_by_the_beginning_of_its_name(world: World):
    assert "Zoutfabriek BV" in titles(world.lead, "zout")


def test_it_finds_a_firm_by_its_site(world: World):
    assert "Zoutfabriek BV: Hengelo" in titles(world.lead, "hengelo")


def test_it_finds_a_paper_and_a_project(world: World):
    Document.objects.create(
        dossier=world.zout, kind="other", title="Plan voor stoom", topic="general", level=0
    )
    Project.objects.create(dossier=world.zout, name="Stoom uit stroom")

    assert titles(world.lead, "stoom") == {"Plan voor stoom", "Zoutfabriek BV: Stoom uit stroom"}


def test_it_wants_every_word(world: World):
    assert titles(world.lead, "zout staal") == set()


def test_it_finds_nothing_of_a_hidden_dossier(world: World):
    assert titles(world.lead, "staalfabriek") == set()
    assert "Staalfabriek BV" in titles(world.programme, "staalfabriek")


@pytest.mark.parametrize("text", ["", "   ", "'; drop table", "zout & | !", "a:*b", "%%%", "\x00"])
def test_it_takes_words_only_and_no_query(world: World, text: str):
    page = world.browser(world.lead).get("/zoeken/", {"q": text})

    assert page.status_code == 200


def test_it_gives_only_what_was_found_to_a_part_of_the_page(world: World):
    page = world.browser(world.lead).get("/zoeken/?q=zout", headers={"HX-Request": "true"})

    assert "Zoutfabriek BV" in page.content.decode()
    assert "<html" not in page.content.decode()
