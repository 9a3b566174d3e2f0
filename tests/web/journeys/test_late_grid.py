# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A late grid connection puts 400 kt at risk, and everybody sees the chain that explains it."""

from tests.web.journeys.visitor import Visitor
from tests.web.promises.test_deeds import chain
from tests.web.world import World

from maatwerkbank.dossier.promises.promise import STATES
from maatwerkbank.ground.language import Text

STATION = "Station Hengelo"
PROMISE = Text(nl="Zwaardere netaansluiting", en="Heavier grid connection")
GRID = Text(nl=STATION, en="Substation Hengelo")
AT_RISK = Text(nl="400\N{NO-BREAK SPACE}kt in gevaar", en="400\N{NO-BREAK SPACE}kt at risk")


def test_a_late_grid_connection_puts_tonnes_at_risk(visitor: Visitor, world: World):
    chain(world)
    zout = world.zout

    # The case lead hears that the substation comes three years later, and says so.
    visitor.become(world.lead)
    visitor.go(f"/dossiers/{zout.code}/")
    with visitor.at("main"):
        visitor.follow("Promises")
    visitor.follow(GRID)
    visitor.fill("Expected on", "2030-12-31")
    visitor.fill("Why", "De transformator komt later.")
    visitor.press("Add the forecast", then="De transformator komt later.")

    # The dossier says which chain decides the start, from the substation to the project.
    visitor.go(f"/dossiers/{zout.code}/")
    with visitor.at("#at-risk"):
        visitor.reads(GRID)
        visitor.reads(PROMISE)
        visitor.reads("Elektrische ketel")
        visitor.reads("400\N{NO-BREAK SPACE}kt")

    # The portfolio counts the tonnes, and leads to the promise of the State that holds them up.
    visitor.go("/portefeuille/")
    visitor.reads(AT_RISK)
    visitor.go("/beloften/")
    visitor.reads("Late promises of the State")
    visitor.follow(PROMISE)
    visitor.reads(STATES["at_risk"])
    visitor.go(f"/beloften/{zout.code}/")

    # The company sees the promises of both sides, and not the risk register.
    visitor.become(world.company)
    visitor.go(f"/beloften/{zout.code}/")
    visitor.reads(PROMISE)
    visitor.go(f"/beloften/{zout.code}/risicos/", status=403)
