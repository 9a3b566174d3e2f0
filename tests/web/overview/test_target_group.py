# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The target group: the largest emitters, and the weighing in plain sight."""

from tests.web.world import World


def test_it_ranks_the_largest_emitters(world: World):
    page = world.browser(world.lead).get("/doelgroep/").content.decode()

    assert "Tata Steel" in page
    assert "Het adviseert; mensen besluiten." in page


def test_it_says_nothing_of_a_hidden_dossier(world: World):
    page = world.browser(world.lead).get("/doelgroep/").content.decode()

    assert str(world.staal.code) not in page
