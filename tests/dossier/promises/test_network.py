# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for what: no cycles, earliest dates, the critical chain, what is at risk."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.dossier.promises.held_up import (
    DelayOdds,
    outlook,
    running_share,
    same_through,
    sum_of,
)
from maatwerkbank.dossier.promises.network import (
    Network,
    Node,
    Stake,
    Wait,
    critical_chain,
    schedule,
)
from maatwerkbank.dossier.timeline import Forecast, Milestone
from maatwerkbank.ground.errors import NetworkRefused
from maatwerkbank.ground.language import Text

TODAY = date(2026, 6, 30)


def node(
    name: str,
    planned: date | None = None,
    *forecasts: date,
    kind: Any = "promise",
    actual: date | None = None,
    **more: Any,
) -> Node:
    label = Text(nl=name, en=name)
    said = tuple(Forecast(each, TODAY, "", "") for each in forecasts)
    return Node(name, kind, label, Milestone(name, "", label, planned, said, actual), **more)


def project(name: str, planned: date, **stake: float) -> Node:
    return node(name, planned, kind="project", stake=Stake(**stake))


GRID = node("grid", date(2028, 1, 1), date(2030, 7, 2), kind="dependency")
STATE = node("connection", date(2028, 7, 1), side="state")
BOILER = project("boiler", date(2029, 1, 1), gross_t=400_000.0, support_eur=60e6)
CHAIN = (GRID, STATE, BOILER)
WAITS = (Wait("connection", "grid", 182), Wait("boiler", "connection"))


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_a_circle_is_refused_by_name():
    with pytest.raises(NetworkRefused) as refused:
        Network.of(CHAIN, (*WAITS, Wait("grid", "boiler")))

    assert refused.value.findings[0].found.nl == "boiler → connection → grid → boiler"


def test_what_waits_for_itself_is_a_circle():
    with pytest.raises(NetworkRefused) as refused:
        Network.of(CHAIN, (Wait("grid", "grid"),))

    assert refused.value.findings[0].found.nl == "grid → grid"


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(NetworkRefused) as refused:
        Network.of(
            (*CHAIN, GRID),
            (
                *WAITS, WAITS[0], Wait("boiler", "sun"), Wait("grid", "connection", -1),
            ),
        )  # fmt: skip

    assert sorted(each.code for each in refused.value.findings) == [
        "network.cycle", "network.double", "network.double", "network.lag", "network.unknown",
    ]  # fmt: skip


# ── dates, by hand ────────────────────────────────────────────────────────────────────────────


def test_a_late_grid_moves_all_that_waits_for_it():
    found = schedule(Network.of(CHAIN, WAITS), TODAY)

    assert found["connection"].expected == date(2030, 12, 31)  # 2 July 2030 and 182 days
    assert found["boiler"].expected == date(2030, 12, 31)
    assert found["boiler"].slip_days == 729  # from 1 January 2029
    assert [each.node.id for each in critical_chain("boiler", found)] == [
        "grid", "connection", "boiler",
    ]  # fmt: skip


def test_slack_is_what_is_left_before_the_project_moves():
    permit = node("permit", date(2028, 12, 31))
    found = schedule(Network.of((*CHAIN, permit), (*WAITS, Wait("boiler", "permit"))), TODAY)

    assert found["grid"].slack_days == 0
    assert found["permit"].slack_days == 730
    assert found["boiler"].slack_days == 0


def test_a_date_that_passed_is_expected_today_at_the_earliest():
    found = schedule(Network.of([node("permit", date(2026, 1, 1))], ()), TODAY)

    assert found["permit"].expected == TODAY
    assert found["permit"].is_late


def test_what_came_about_has_its_date_whatever_it_waited_for():
    done = replace(STATE, dates=replace(STATE.dates, actual=date(2026, 2, 1)))

    found = schedule(Network.of((GRID, done, BOILER), WAITS), TODAY)

    assert found["boiler"].expected == date(2029, 1, 1)
    assert found["boiler"].driver is None
    assert found["connection"].slack_days is None


def test_what_was_waived_holds_nothing_up():
    waived = replace(STATE, waived=True)

    assert not schedule(Network.of((GRID, waived, BOILER), WAITS), TODAY)["boiler"].is_late


def test_it_says_of_what_no_date_is_known():
    found = schedule(Network.of((*CHAIN, node("aid")), (*WAITS, Wait("boiler", "aid"))), TODAY)

    assert found["boiler"].undated == ("aid",)


# ── what is at risk, by hand ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "share"),
    [
        (date(2029, 12, 31), 1.0),
        (date(2030, 1, 1), 1.0),
        (date(2030, 7, 2), 183 / 365),
        (date(2030, 12, 31), 1 / 365),
        (date(2031, 1, 1), 0.0),
    ],
)
def test_a_project_runs_for_the_days_that_are_left(start, share):
    assert running_share(start, 2030) == pytest.approx(share)


def test_a_late_grid_puts_400_kt_at_risk_but_for_one_day():
    found = outlook(Network.of(CHAIN, WAITS), TODAY)

    lost = 400_000 * 364 / 365
    assert found.at_risk.gross_t == pytest.approx(lost)
    assert found.at_risk.support_eur == 60e6
    assert found.at_risk.additional_t is None  # nobody said how much of it is additional
    (held,) = found.held_by_state()
    assert held.moment.node.id == "connection"
    assert held.at_risk.gross_t == pytest.approx(lost)


def test_two_late_promises_show_the_same_tonnes_twice_and_the_total_once():
    permit = node("permit", date(2028, 1, 1), date(2032, 1, 1), side="state")
    network = Network.of((*CHAIN, permit), (*WAITS, Wait("boiler", "permit")))

    found = outlook(network, TODAY)

    by_name = {each.moment.node.id: each.at_risk.gross_t for each in found.held_by_state()}
    assert by_name["permit"] == 400_000
    assert by_name["connection"] == pytest.approx(400_000 * 364 / 365)
    assert found.at_risk.gross_t == 400_000


def test_a_delay_before_the_target_year_takes_nothing_from_it():
    late = node("permit", date(2027, 1, 1), date(2029, 6, 1), side="state")
    network = Network.of((late, BOILER), (Wait("boiler", "permit"),))

    found = outlook(network, TODAY)

    assert found.delayed[0].delay_days == 151
    assert found.at_risk == Stake(0.0, 0.0, 0.0)


def test_odds_are_handed_in_and_never_made():
    network = Network.of(CHAIN, WAITS)

    assert outlook(network, TODAY).delayed[0].after_target_year is None
    drawn = outlook(network, TODAY, DelayOdds(0.4, {"boiler": 0.7}))
    assert drawn.delayed[0].after_target_year == 0.7
    assert drawn.odds.promise_kept == 0.4


# ── properties ────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
N = 7


@st.composite
def networks(draw) -> tuple[tuple[Node, ...], tuple[Wait, ...]]:
    """Nodes of which each waits for earlier ones only; the last three are projects."""
    nodes = []
    for n in range(N):
        said = draw(st.lists(DAYS, max_size=2))
        planned = draw(DAYS)
        nodes.append(
            node(f"n{n}", planned, *said, side="state")
            if n < N - 3
            else replace(
                project(f"n{n}", planned, gross_t=draw(st.floats(0, 1e6))),
            )
        )
    pairs = draw(st.sets(st.tuples(st.integers(0, N - 1), st.integers(0, N - 1)), max_size=12))
    lags = st.integers(0, 400)
    return tuple(nodes), tuple(
        Wait(f"n{max(pair)}", f"n{min(pair)}", draw(lags))
        for pair in sorted({(min(p), max(p)) for p in pairs if p[0] != p[1]})
    )


@settings(max_examples=60)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
def test_no_circle_passes(pairs):
    nodes = [node(f"n{n}", TODAY) for n in range(6)]
    waits = [Wait(f"n{a}", f"n{b}") for a, b in pairs]

    try:
        network = Network.of(nodes, waits)
    except NetworkRefused as refused:
        for found in refused.findings:
            way = found.found.nl.split(" → ")
            assert way[0] == way[-1]
            steps = pairwise(way)
            assert all((int(a[1:]), int(b[1:])) in pairs for a, b in steps)
    else:
        place = {key: n for n, key in enumerate(network.order)}
        assert all(place[w.awaited] < place[w.waiter] for w in waits)


@settings(max_examples=60)
@given(networks(), st.integers(0, N - 1), st.integers(1, 2000))
def test_a_later_date_never_makes_anything_earlier(drawn, which, days):
    nodes, waits = drawn
    before = schedule(Network.of(nodes, waits), TODAY)
    moved = nodes[which]
    assert moved.dates.expected is not None
    later = Forecast(moved.dates.expected + timedelta(days=days), TODAY, "", "")
    dates = replace(moved.dates, forecasts=(*moved.dates.forecasts, later))

    after = schedule(
        Network.of([*nodes[:which], replace(moved, dates=dates), *nodes[which + 1 :]], waits), TODAY
    )

    assert all(after[key].expected >= before[key].expected for key in before)


@settings(max_examples=40)
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_named_changes_nothing(drawn, random):
    nodes, waits = map(list, drawn)
    before = outlook(Network.of(nodes, waits), TODAY)
    random.shuffle(nodes)
    random.shuffle(waits)

    after = outlook(Network.of(nodes, waits), TODAY)

    assert after.moments == before.moments
    assert after.holders == before.holders
    assert after.at_risk == before.at_risk


@settings(max_examples=60)
@given(networks())
def test_no_more_is_at_risk_than_there_is_and_each_project_counts_once(drawn):
    nodes, waits = drawn
    found = outlook(Network.of(nodes, waits), TODAY)
    whole = sum_of(each.stake for each in nodes if each.stake).gross_t or 0.0
    by_project = {each.project.id: each for each in found.delayed}

    assert len(by_project) == len(found.delayed)
    assert (found.at_risk.gross_t or 0.0) <= whole * (1 + 1e-12)
    for holder in found.holders:
        for held in holder.projects:
            mine = by_project[held.project.id]
            assert held.start <= mine.start
            assert (held.at_risk.gross_t or 0.0) <= (mine.at_risk.gross_t or 0.0) * (1 + 1e-9)


def test_a_project_starts_as_it_does_now_until_the_slack_before_it_is_used_up():
    grid = node("grid", date(2028, 1, 1), kind="dependency")
    found = outlook(Network.of((grid, STATE, BOILER), WAITS), TODAY)

    # The grid may come until 3 July 2028, the connection until 1 January 2029.
    assert same_through(found) == date(2028, 7, 3)
    assert same_through(outlook(Network.of((grid,), ()), TODAY)) is None


@settings(max_examples=60)
@given(networks(), st.integers(0, 3000))
def test_nothing_starts_later_before_the_day_on_which_it_may(drawn, days):
    network = Network.of(*drawn)
    now = outlook(network, TODAY)
    through = same_through(now)
    day = TODAY + timedelta(days=days)

    then = outlook(network, day if through is None else min(day, through))

    assert through is None or through >= TODAY
    assert then.delayed == now.delayed
    assert then.at_risk == now.at_risk


@settings(max_examples=60)
@given(networks())
def test_a_day_after_that_some_project_starts_later(drawn):
    network = Network.of(*drawn)
    through = same_through(outlook(network, TODAY))
    if through is None:
        return
    starts = [
        {key: each.expected for key, each in outlook(network, day).moments.items()
         if each.node.kind == "project"}
        for day in (through, through + timedelta(days=1))
    ]  # fmt: skip

    assert starts[0] != starts[1]
