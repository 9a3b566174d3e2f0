# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The state of a promise is judged from dates, evidence and what it waits for."""

from datetime import date
from typing import Any

import pytest

from maatwerkbank.dossier.promises.dependency import (
    KINDS,
    Dependency,
    Nitrogen,
    PermitStep,
    lacks_of,
)
from maatwerkbank.dossier.promises.promise import (
    Act,
    AwaitedFor,
    Party,
    Promise,
    Proof,
    Waiver,
    standing,
)
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS, Forecast, Milestone
from maatwerkbank.ground.language import Text

TODAY = date(2026, 6, 30)
DUE = date(2028, 1, 1)
LABEL = Text(nl="Netaansluiting", en="Grid connection")


def dates(*forecasts: date, planned: date | None = DUE, actual: date | None = None) -> Milestone:
    said = tuple(Forecast(each, TODAY, "TenneT", "station") for each in forecasts)
    return Milestone("grid", "infrastructure", LABEL, planned, said, actual)


def promise(when: Milestone, **more: Any) -> Promise:
    return Promise(
        "p",
        Party("Staat", "state"),
        Party("Zoutfabriek", "company"),
        Act(LABEL),
        when,
        **more,
    )


PROOF = (Proof("brief van de netbeheerder", date(2027, 12, 1)),)
LATE_GRID = AwaitedFor(LABEL, date(2030, 3, 1))


@pytest.mark.parametrize(
    ("given", "waits", "state", "told"),
    [
        (promise(dates()), (), "open", "niets wijst op uitloop"),
        (promise(dates(planned=None)), (), "open", "geen datum"),
        (promise(dates(date(2029, 1, 1))), (), "at_risk", "nu verwacht op 1 januari 2029"),
        (promise(dates(date(2027, 1, 1))), (), "open", "niets wijst"),
        (promise(dates()), (LATE_GRID,), "at_risk", "pas op 1 maart 2030"),
        (promise(dates()), (AwaitedFor(LABEL, None),), "open", "niets wijst"),
        (promise(dates(planned=date(2026, 6, 29))), (), "broken", "verstreken"),
        (promise(dates(planned=TODAY)), (), "open", "niets wijst"),
        (
            promise(dates(actual=DUE), proofs=PROOF),
            (LATE_GRID,),
            "kept",
            "Nagekomen op 1 januari 2028",
        ),
        (promise(dates(actual=date(2028, 1, 2)), proofs=PROOF), (), "kept", "1 dag te laat"),
        (promise(dates(actual=DUE)), (), "at_risk", "nog geen bewijs"),
        (
            promise(
                dates(planned=date(2020, 1, 1)), waiver=Waiver(TODAY, "de minister", "vervallen")
            ),
            (),
            "waived",
            "door de minister: vervallen",
        ),
    ],
)
def test_how_a_promise_stands(given, waits, state, told):
    found = standing(given, TODAY, waits)

    assert found.state == state
    assert told in found.because.nl


def test_of_two_late_things_the_latest_is_named():
    later = AwaitedFor(Text(nl="Natuurvergunning", en="Nature permit"), date(2031, 1, 1))

    assert "Natuurvergunning" in standing(promise(dates()), TODAY, (LATE_GRID, later)).because.nl


# ── what is waited for ────────────────────────────────────────────────────────────────────────


def test_every_kind_runs_on_a_track_of_the_timeline():
    assert {kind.topic for kind in KINDS.values()} <= set(PARALLEL_TRACKS)


def test_what_is_known_of_a_grid_connection_is_right():
    grid = Dependency("grid", "grid", dates(), capacity=120.0, capacity_unit="MW", band="likely")

    assert lacks_of(grid) == ()


def test_it_gives_everything_that_cannot_be_so_at_once():
    wrong = Dependency(
        "grid",
        "grid",
        dates(),
        capacity=-1.0,
        contract="misschien",
        band="wellicht",
        steps=(
            PermitStep("decision", actual=date(2026, 1, 1)),
            PermitStep("draft", actual=date(2026, 2, 1)),
            PermitStep("draft"),
            PermitStep("feest"),
        ),
        nitrogen=Nitrogen(netting="beide"),
    )

    places = [found.place for found in lacks_of(wrong)]

    assert places == [
        "contract", "band", "capacity", "capacity_unit", "netting", "steps",
        "steps[1]", "steps[2]", "steps[3]",
    ]  # fmt: skip
