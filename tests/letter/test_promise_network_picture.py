# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The picture of promises: every node, the heavy chain, words beside shapes."""

import re
from datetime import date
from html import unescape

import pytest
from tests.dossier.promises.test_network import CHAIN, TODAY, WAITS, node

from maatwerkbank.dossier.promises.held_up import outlook
from maatwerkbank.dossier.promises.network import Network, Wait
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.promise_network_picture import network_svg, summary

AT_RISK = Text(nl="in gevaar", en="at risk")
FOUND = outlook(Network.of(CHAIN, WAITS), TODAY)


def words_of(svg: str) -> str:
    """Everything that can be read in a picture."""
    return unescape(re.sub(r"<[^>]+>", " ", svg))


@pytest.mark.parametrize("narrow", [False, True])
def test_it_draws_every_node_with_its_state_in_a_word(narrow):
    svg = network_svg(FOUND, {"connection": AT_RISK}, "nl", on=TODAY, narrow=narrow)

    words = words_of(svg)
    assert all(each in words for each in ("grid", "connection", "boiler", "in gevaar"))
    assert svg.count('stroke-width="3"') == 2  # grid to connection, connection to boiler


def test_it_says_what_it_shows():
    told = summary(FOUND, "nl")

    assert "grid → connection → boiler" in told
    assert "399 kt bruto in gevaar" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert told in words_of(network_svg(FOUND, {}, "nl", on=TODAY))


def test_thirty_nodes_fit_and_a_strange_name_stays_a_word():
    nodes = [node(f"<n{n}>", date(2027 + n % 5, 1, 1)) for n in range(30)]
    waits = [Wait(f"<n{n}>", f"<n{n - 1}>") for n in range(1, 30)]

    svg = network_svg(outlook(Network.of(nodes, waits), TODAY), {}, "en", on=TODAY)

    assert "<n29>" in words_of(svg)


def test_nothing_with_a_date_is_no_picture():
    assert network_svg(outlook(Network.of([node("a")], ()), TODAY), {}, "nl", on=TODAY) == ""
    assert summary(outlook(Network.of((), ()), TODAY), "nl") == "Er zijn nog geen beloften."
