# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The choice beside every choice that there is, its properties, its frontier and its refusals."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.portfolio.choice import best
from maatwerkbank.portfolio.choice import model as choice_model
from maatwerkbank.portfolio.choice.best import choose, frontier
from maatwerkbank.portfolio.choice.by_price import cheapest_first
from maatwerkbank.portfolio.choice.findings import check_choice
from maatwerkbank.portfolio.choice.shadow_prices import shadow_prices
from maatwerkbank.portfolio.choice.terms import (
    ChoiceNotConfirmed,
    ChoiceRefused,
    Drawn,
    Infrastructure,
    Limits,
    NoChoice,
    Option,
)
from maatwerkbank.portfolio.choice.value import value_of

YEARS = np.arange(2026, 2031)
EXACT = 1e-9


def by_year(**amounts):
    """(year,) from `y2028=...`; zero elsewhere."""
    return np.array([float(amounts.get(f"y{year}", 0.0)) for year in YEARS])


def option(name, tonnes, cost, **more):
    """An option of its own case that costs all in 2027."""
    given_ = {"case": f"case of {name}", "start_year": 2029, **more}
    money = given_.pop("public_money_eur", by_year(y2027=cost))
    return Option(name, additional_t=np.atleast_1d(tonnes), public_money_eur=money, **given_)


def limits(budget_2027=np.inf, **more):
    """A budget in 2027 alone; other years are free."""
    budget = np.where(YEARS == 2027, float(budget_2027), np.inf)
    return Limits(**{"years": YEARS, "budget_eur": budget, **more})


def pipeline(capacity=100.0, cost=0.0, *, opening_year=2028, paid_by_state=True):
    return Infrastructure(
        "pipeline", np.full(5, capacity), opening_year, by_year(y2027=cost), paid_by_state
    )


def world(seed, n, draws=8, *, shared=2, risk_aversion=0.5):
    """Made-up options of which two variants share a case, with everything that can limit them."""
    g = np.random.default_rng(seed)
    common = g.normal(size=draws)
    options = []
    for i in range(n):
        mean = g.uniform(2e4, 4e5)
        uses = {f"k{g.integers(shared)}": np.where(YEARS >= 2029, mean, 0.0)}
        options.append(
            Option(
                id=f"o{i:02d}",
                case=f"c{i // 2:02d}",
                start_year=2029,
                additional_t=mean * np.clip(1 + 0.3 * common + 0.4 * g.normal(size=draws), 0, None),
                public_money_eur=np.outer(
                    mean * g.uniform(20, 200) * g.dirichlet(np.ones(5)), g.uniform(0.8, 1.2, draws)
                ),
                staff_fte=np.full(5, g.uniform(0.2, 1.5)),
                uses=uses if g.random() < 0.6 else {},
                co_benefits={"nox_kg": g.uniform(0, 1e5)},
                requires=(f"c{g.integers(i // 2):02d}",) if i > 3 and g.random() < 0.3 else (),
            )
        )
    money = sum(o.public_money_eur.mean(axis=1) for o in options)
    built = tuple(
        Infrastructure(
            f"k{k}", np.full(5, n * 4e4), 2029, by_year(y2027=g.uniform(1e6, 2e7)), bool(k)
        )
        for k in range(shared)
    )
    return options, Limits(
        years=YEARS,
        budget_eur=money * 0.3 + 1e6,
        staff_fte=np.full(5, n * 0.3),
        infrastructure=built,
        co_benefit_weights={"nox_kg": 0.1},
        risk_aversion=risk_aversion,
        cvar_level=0.8,
    )


def best_of_all(options, limits_):
    """The worth of the best of all 2^n choices, by sums of its own over all of them at once."""
    n = len(options)
    take = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(float)
    money = take @ np.array([o.public_money_eur.mean(axis=1) for o in options])
    allowed = np.ones(2**n, dtype=bool)
    for k in limits_.infrastructure:
        used = take @ np.array([o.uses.get(k.id, np.zeros(5)) for o in options])
        built = used.max(axis=1) > 0
        money += np.outer(built, k.fixed_cost_eur) * k.paid_by_state
        allowed &= (used <= np.where(k.opening_year <= YEARS, k.capacity, 0.0) * (1 + 1e-12)).all(1)
    if limits_.carry_over:
        allowed &= (money.cumsum(axis=1) <= limits_.budget_eur.cumsum()).all(axis=1)
    else:
        allowed &= (money <= limits_.budget_eur).all(axis=1)
    allowed &= (take @ np.array([o.staff_fte for o in options]) <= limits_.staff_fte).all(axis=1)
    cases = np.array([o.case for o in options])
    for case in set(cases):
        allowed &= take[:, cases == case].sum(axis=1) <= 1
    for i, o in enumerate(options):
        for need in o.requires:
            allowed &= (take[:, i] == 0) | (take[:, cases == need].sum(axis=1) > 0)
    tonnes = np.array([o.additional_t for o in options])
    worth = take @ tonnes.mean(axis=1)
    for name, weight in limits_.co_benefit_weights.items():
        worth += weight * (take @ np.array([o.co_benefits[name] for o in options]))
    draws = tonnes.shape[1]
    tail = (1 - limits_.cvar_level) * draws
    whole = int(tail)
    lost = np.sort(take @ (tonnes.mean(axis=1)[:, None] - tonnes), axis=1)[:, ::-1]
    cvar = (lost[:, :whole].sum(axis=1) + (tail - whole) * lost[:, whole]) / tail
    if limits_.cvar_at_most is not None:
        allowed &= cvar <= limits_.cvar_at_most
    return float((worth - limits_.risk_aversion * cvar)[allowed].max())


@pytest.fixture
def tails(monkeypatch):
    """Whatever the number of draws, worst tails are added as they are met."""
    monkeypatch.setattr(choice_model, "ROWS_UP_TO", 0)


# --- beside every choice that there is -----------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_it_finds_the_best_of_all_choices_of_twelve(seed):
    options, within = world(seed, 12)

    found = choose(options, within, gap=EXACT)

    assert found.value.objective_t == pytest.approx(best_of_all(options, within), rel=1e-9)
    assert found.bound_t == pytest.approx(found.value.objective_t, rel=1e-6)


@pytest.mark.usefixtures("tails")
@pytest.mark.parametrize("seed", range(4))
def test_worst_tails_one_by_one_find_the_same_choice(seed):
    options, within = world(seed, 12)

    found = choose(options, within, gap=EXACT)

    assert found.value.objective_t == pytest.approx(best_of_all(options, within), rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_money_that_may_wait_finds_the_best_of_all_choices_too(seed):
    options, within = world(seed, 10)
    waiting = replace(within, carry_over=True)

    found = choose(options, waiting, gap=EXACT)

    assert found.value.objective_t == pytest.approx(best_of_all(options, waiting), rel=1e-9)
    assert found.value.objective_t >= choose(options, within, gap=EXACT).value.objective_t


@pytest.mark.slow
def test_it_finds_the_best_of_all_choices_of_twenty():
    options, within = world(20, 20)

    found = choose(options, within, gap=EXACT)

    assert found.value.objective_t == pytest.approx(best_of_all(options, within), rel=1e-9)


def test_many_draws_give_the_same_choice_with_a_row_each_and_with_worst_tails(monkeypatch):
    options, within = world(4, 10, draws=400)

    by_tails = choose(options, within, gap=EXACT)
    monkeypatch.setattr(choice_model, "ROWS_UP_TO", 400)
    by_rows = choose(options, within, gap=EXACT)

    assert by_tails.options == by_rows.options
    assert by_tails.bound_t == pytest.approx(by_rows.bound_t, rel=1e-6)


@pytest.mark.usefixtures("tails")
@pytest.mark.parametrize("seed", [0, 1, 5])
def test_a_bound_on_the_risk_finds_the_best_of_all_choices_within_it(seed):
    options, within = world(seed, 10, risk_aversion=0.0)
    bold = choose(options, within, gap=EXACT).value
    bounded = replace(within, cvar_at_most=bold.cvar / 2)

    found = choose(options, bounded, gap=EXACT)

    assert found.value.objective_t == pytest.approx(best_of_all(options, bounded), rel=1e-9)
    assert 0.0 < found.value.objective_t < bold.objective_t


def test_the_gap_that_is_told_holds():
    options, within = world(3, 12)

    found = choose(options, within, gap=0.05)

    best = best_of_all(options, within)
    assert found.value.objective_t <= best * (1 + 1e-9)
    assert best <= found.bound_t * (1 + 1e-9)
    assert found.gap == pytest.approx(
        (found.bound_t - found.value.objective_t) / found.value.objective_t
    )


# --- properties ----------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000), more=st.floats(1.0, 2.0))
def test_more_budget_never_lowers_the_optimum(seed, more):
    options, within = world(seed, 8)

    before = choose(options, within, gap=EXACT).value.objective_t
    after = choose(
        options, replace(within, budget_eur=within.budget_eur * more), gap=EXACT
    ).value.objective_t

    assert after >= before * (1 - 1e-9)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_one_option_more_never_lowers_the_optimum(seed):
    options, within = world(seed, 9)
    # The limits stay those of nine; the last one is needed by none that came before it.
    before = choose(options[:-1], within, gap=EXACT).value.objective_t

    after = choose(options, within, gap=EXACT).value.objective_t

    assert after >= before * (1 - 1e-9)


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1000))
def test_without_risk_aversion_the_spread_of_the_draws_plays_no_part(seed):
    options, within = world(seed, 8, risk_aversion=0.0)
    certain = [
        replace(o, additional_t=np.full_like(o.additional_t, o.additional_t.mean()))
        for o in options
    ]

    spread = choose(options, within, gap=EXACT)

    assert spread.value.objective_t == pytest.approx(
        choose(certain, within, gap=EXACT).value.objective_t, rel=1e-9
    )


def test_the_order_of_the_options_does_not_change_the_choice():
    options, within = world(5, 12)

    assert choose(options[::-1], within).options == choose(options, within).options


def test_the_same_question_has_the_same_answer_to_the_last_bit():
    options, within = world(5, 12)

    first, second = choose(options, within), choose(options, within)

    assert json.dumps(first.as_json()) == json.dumps(second.as_json())


def test_a_risk_averse_choice_prefers_the_sure_tonnes():
    risky = option("risky", [0.0, 220.0], 1.0)
    sure = option("sure", [100.0, 100.0], 1.0)

    bold = choose([risky, sure], limits(1.0))
    careful = choose([risky, sure], limits(1.0, risk_aversion=0.5, cvar_level=0.5))

    assert bold.options == ("risky",)
    assert careful.options == ("sure",)
    assert careful.value.cvar == 0.0


def test_options_that_fail_in_different_draws_spread_the_risk():
    even = option("even", [0.0, 200.0], 1.0)
    odd = option("odd", [200.0, 0.0], 1.0)

    both = value_of([even, odd], limits())
    one = value_of([even], limits())

    assert one.cvar == pytest.approx(100.0)
    assert both.cvar == pytest.approx(0.0)


def test_a_loss_of_its_own_takes_the_place_of_the_shortfall():
    costly = option("costly", [100.0, 100.0], 1.0, loss=np.array([0.0, 500.0]))

    assert value_of([costly], limits(cvar_level=0.5)).cvar == pytest.approx(500.0)


def test_a_draw_on_the_border_counts_for_the_part_in_the_tail():
    # The worst 30 % of four draws is the worst one and a fifth of the next: (40 + 0.2 * 30) / 1.2.
    loss = np.array([10.0, 40.0, 20.0, 30.0])

    assert choice_model.expected_shortfall(loss, 0.7) == pytest.approx(46.0 / 1.2)


# --- by hand -------------------------------------------------------------------------------------


def test_one_variant_of_a_case_is_taken_at_most():
    small = option("small", 100.0, 1.0, case="site")
    large = option("large", 150.0, 2.0, case="site")

    assert choose([small, large], limits(10.0)).options == ("large",)


def test_an_option_comes_with_a_variant_of_the_case_that_it_requires():
    furnace = option("furnace", 500.0, 5.0, requires=("electrolyser",))
    early = option("early", 1.0, 9.0, case="electrolyser")
    late = option("late", 1.0, 4.0, case="electrolyser")

    assert choose([furnace, early, late], limits(10.0)).options == ("furnace", "late")
    assert choose([furnace, early, late], limits(8.0)).options == ("late",)


def test_a_pipeline_is_paid_once_and_shared():
    uses = {"pipeline": by_year(y2029=50.0)}
    users = [option(name, 100.0, 10.0, uses=uses) for name in ("a", "b")]

    both = choose(users, limits(120.0, infrastructure=(pipeline(cost=100.0),)))
    none = choose(users, limits(109.0, infrastructure=(pipeline(cost=100.0),)))

    assert both.options == ("a", "b")
    assert both.value.built == ("pipeline",)
    assert both.value.spent_eur[1] == pytest.approx(120.0)
    assert none.options == ()


def test_a_pipeline_that_others_pay_costs_the_budget_nothing():
    user = option("user", 100.0, 10.0, uses={"pipeline": by_year(y2029=50.0)})
    shared = pipeline(cost=100.0, paid_by_state=False)

    assert choose([user], limits(10.0, infrastructure=(shared,))).options == ("user",)


def test_nothing_flows_before_the_opening():
    user = option("user", 100.0, 10.0, uses={"pipeline": by_year(y2028=50.0)})

    late = limits(infrastructure=(pipeline(opening_year=2029),))

    assert choose([user], late).options == ()
    assert choose([user], limits(infrastructure=(pipeline(),))).options == ("user",)


def test_money_that_is_left_may_wait_where_that_is_allowed():
    late = option("late", 100.0, 0.0, public_money_eur=by_year(y2028=15.0))
    budget = np.array([0.0, 10.0, 5.0, 0.0, 0.0])

    assert choose([late], Limits(YEARS, budget)).options == ()
    assert choose([late], Limits(YEARS, budget, carry_over=True)).options == ("late",)


def test_co_benefits_weigh_and_are_told_by_name():
    plain = option("plain", 100.0, 1.0)
    clean = option("clean", 95.0, 1.0, co_benefits={"nox_kg": 1_000.0})

    found = choose([plain, clean], limits(1.0, co_benefit_weights={"nox_kg": 0.01}))

    assert found.options == ("clean",)
    assert found.value.co_benefits == {"nox_kg": 1_000.0}
    assert found.value.objective_t == pytest.approx(95.0 + 10.0)


def test_tonnes_are_told_by_track():
    now = option("now", 100.0, 1.0)
    later = option("later", 30.0, 1.0, track="net_zero_guidance")

    found = choose([now, later], limits())

    assert found.value.additional_by_track_t == {"standard": 100.0, "net_zero_guidance": 30.0}


# --- frontier, shadow prices, buying by price ----------------------------------------------------


def test_the_frontier_rises_in_risk_and_tonnes_and_holds_no_choice_twice():
    options, within = world(7, 12)

    found = frontier(options, within, points=6)

    risks = [c.value.cvar for c in found]
    worths = [c.value.objective_t for c in found]
    assert len(found) > 2
    assert np.all(np.diff(risks) > 0)
    assert np.all(np.diff(worths) > 0)
    assert len({c.options for c in found}) == len(found)


def test_the_frontier_ends_at_the_choice_that_does_not_look_at_risk():
    options, within = world(7, 10)

    found = frontier(options, within, points=4, gap=EXACT)

    blind = choose(options, replace(within, risk_aversion=0.0), gap=EXACT)
    assert found[-1].value.objective_t == pytest.approx(blind.value.objective_t, rel=1e-9)
    assert found[0].value.cvar == pytest.approx(0.0, abs=1.0)


@pytest.mark.slow
def test_no_choice_on_the_frontier_is_beaten_by_one_that_weighs_risk():
    options, within = world(8, 10)

    found = frontier(options, within, points=5, gap=EXACT)
    weighed = choose(options, replace(within, risk_aversion=0.7), gap=EXACT)

    best = max(c.value.objective_t - 0.7 * c.value.cvar for c in found)
    assert best <= weighed.value.objective_t * (1 + 1e-9)


def test_a_shadow_price_is_what_more_of_the_limit_really_brings():
    cheap, dear = option("cheap", 100.0, 10.0), option("dear", 60.0, 10.0)

    (budget,) = shadow_prices([cheap, dear], limits(19.9), more=0.01)

    assert (budget.limit, budget.unit) == ("budget", "EUR")
    assert budget.more == pytest.approx(0.199)
    assert budget.gain_t == pytest.approx(60.0)
    assert budget.gain_per_unit == pytest.approx(60.0 / 0.199)
    assert (budget.enters, budget.leaves) == (("dear",), ())


def test_a_limit_with_room_to_spare_is_worth_nothing():
    options = [option("only", 100.0, 10.0, staff_fte=np.ones(5))]
    within = limits(10.0, staff_fte=np.full(5, 3.0))

    prices = {price.limit: price for price in shadow_prices(options, within)}

    assert prices["staff"].gain_t == 0.0
    assert prices["staff"].more == pytest.approx(0.15)


def test_more_of_a_full_pipeline_lets_the_next_user_in():
    users = [
        option(name, tonnes, 1.0, uses={"pipeline": by_year(y2029=tonnes)})
        for name, tonnes in (("a", 100.0), ("b", 1.0))
    ]
    within = limits(infrastructure=(pipeline(capacity=100.0),))

    prices = {price.limit: price for price in shadow_prices(users, within, more=0.01)}

    assert prices["pipeline"].gain_t == pytest.approx(1.0)
    assert prices["pipeline"].enters == ("b",)


def test_a_budget_of_nothing_is_raised_by_a_million():
    free = Limits(YEARS, np.zeros(5))

    (budget,) = shadow_prices([option("one", 100.0, 1e6)], free)

    assert budget.more == pytest.approx(5e6)
    assert budget.gain_t == pytest.approx(100.0)


def test_buying_by_price_takes_the_cheap_variant_and_misses_the_large_one():
    small = option("small", 100.0, 100.0, case="site")
    large = option("large", 300.0, 400.0, case="site")

    bought = cheapest_first([small, large], limits(400.0))

    assert bought.options == ("small",)
    assert bought.eur_per_t == {"small": 1.0, "large": pytest.approx(4 / 3)}
    assert [(out.option, str(out.reason)) for out in bought.left_out] == [
        ("large", "of site, small was chosen already, which is cheaper per tonne")
    ]
    assert choose([small, large], limits(400.0)).options == ("large",)


def test_buying_by_price_says_which_limit_was_in_the_way():
    uses = {"pipeline": by_year(y2029=80.0)}
    users = [option("a", 100.0, 10.0, uses=uses), option("b", 90.0, 10.0, uses=uses)]
    poor = option("poor", 10.0, 5000.0)

    bought = cheapest_first([*users, poor], limits(1000.0, infrastructure=(pipeline(),)))

    reasons = {out.option: str(out.reason) for out in bought.left_out}
    assert bought.options == ("a",)
    assert reasons["b"] == "capacity of pipeline 2029: 160 > 100"
    assert reasons["poor"] == "budget 2027: 5,010 > 1,000 EUR"


def test_buying_by_price_waits_for_what_an_option_requires():
    furnace = option("furnace", 500.0, 5.0, requires=("electrolyser",))
    electrolyser = option("dear", 10.0, 100.0, case="electrolyser")

    bought = cheapest_first([furnace, electrolyser], limits(200.0))

    assert bought.options == ("dear", "furnace")


def test_buying_by_price_buys_no_option_without_tonnes():
    none = option("none", 0.0, 5.0)

    (out,) = cheapest_first([none], limits(10.0)).left_out

    assert (out.option, str(out.reason)) == ("none", "no additional tonnes are expected")


@pytest.mark.parametrize("seed", range(4))
def test_buying_by_price_never_beats_the_choice(seed):
    options, within = world(seed, 14, risk_aversion=0.0)

    bought = cheapest_first(options, within)

    assert bought.value.breaks == ()
    assert bought.value.objective_t <= choose(options, within, gap=EXACT).value.objective_t * (
        1 + 1e-9
    )


# --- valued again --------------------------------------------------------------------------------


def test_a_choice_that_is_made_anew_with_the_same_arrays_is_confirmed():
    options, within = world(1, 8)
    by_name = {o.id: o for o in options}
    asked = []

    def anew(names):
        asked.append(names)
        return {n: Drawn(by_name[n].additional_t, by_name[n].public_money_eur) for n in names}

    found = choose(options, within, revalue=anew)

    assert asked == [found.options]


def test_a_choice_that_is_worth_something_else_when_made_anew_is_not_returned():
    options, within = world(1, 8)
    by_name = {o.id: o for o in options}

    def anew(names):
        return {
            n: Drawn(by_name[n].additional_t * 1.001, by_name[n].public_money_eur) for n in names
        }

    with pytest.raises(ChoiceNotConfirmed, match="made anew"):
        choose(options, within, revalue=anew)


def test_a_choice_that_breaks_the_budget_when_made_anew_is_not_returned():
    one = option("one", 100.0, 10.0)

    def anew(names):
        return {n: Drawn(one.additional_t, by_year(y2027=10.1)) for n in names}

    with pytest.raises(ChoiceNotConfirmed, match=r"budget 2027: 10\.1 > 10"):
        choose([one], limits(10.0), revalue=anew)


def test_what_the_solver_says_of_another_choice_is_not_returned(monkeypatch):
    options, within = world(1, 8)

    def mistaken(programme, *, gap):
        found = choice_model.solve(programme, gap=gap)
        return replace(found, take=np.roll(found.take, 1))

    monkeypatch.setattr(best, "solve", mistaken)

    with pytest.raises(ChoiceNotConfirmed):
        choose(options, within)


# --- refusals ------------------------------------------------------------------------------------


def test_all_findings_come_at_once():
    options = [
        option("a", 100.0, 1.0, requires=("ghost",), uses={"canal": np.ones(5)}),
        option("b", 100.0, 0.0, public_money_eur=np.zeros(4)),
        option("c", [1.0, 2.0], 1.0),
        option("c", 1.0, 1.0, case="other", requires=("other",)),
    ]
    within = Limits(
        YEARS,
        np.array([1.0, -5.0, 1.0, 1.0, 1.0]),
        staff_fte=np.ones(3),
        cvar_level=1.0,
        risk_aversion=-1.0,
        co_benefit_weights={"noise": 1.0},
        must_take=("nobody",),
    )

    found = {(f.code, f.place) for f in check_choice(options, within)}

    assert found >= {
        ("choice.negative", "limits.budget_eur[2027]"),
        ("choice.years", "limits.staff_fte"),
        ("choice.cvar-level", "limits.cvar_level"),
        ("choice.negative", "limits.risk_aversion"),
        ("choice.unknown", "limits.co_benefit_weights"),
        ("choice.unknown", "limits.must_take"),
        ("choice.unknown", "options.a.requires"),
        ("choice.unknown", "options.a.uses"),
        ("choice.years", "options.b.public_money_eur"),
        ("choice.draws", "options.c.additional_t"),
        ("choice.twice", "options.c"),
        ("choice.requires-itself", "options.c.requires"),
    }
    with pytest.raises(ChoiceRefused) as refused:
        choose(options, within)
    assert {(f.code, f.place) for f in refused.value.findings} == found


def test_no_draws_at_all_are_refused():
    with pytest.raises(ChoiceRefused, match="1 draws"):
        choose([option("none", np.zeros(0), 1.0)], limits())


def test_capacity_that_is_negative_is_refused():
    (finding,) = check_choice([], limits(infrastructure=(pipeline(capacity=-1.0),)))[:1]

    assert finding.place == "limits.infrastructure.pipeline.capacity[2026]"


def test_an_option_without_a_number_is_left_out_and_so_is_what_requires_it():
    broken = option("broken", [np.nan, 1.0], 1.0)
    follower = option("follower", [9.0, 9.0], 1.0, requires=("broken",))
    sound = option("sound", [5.0, 5.0], 1.0)

    found = choose([broken, follower, sound], limits())

    assert found.options == ("sound",)
    assert [(out.option, str(out.reason)) for out in found.left_out] == [
        ("broken", "additional_t is not a number somewhere"),
        ("follower", "requires broken, which is left out itself"),
    ]


def test_two_variants_that_must_be_taken_are_refused():
    pair = [option(name, 1.0, 1.0, case="site") for name in ("a", "b")]

    with pytest.raises(ChoiceRefused, match="one variant of site"):
        choose(pair, limits(must_take=("a", "b")))


def test_what_must_be_taken_is_taken_though_it_saves_little():
    little, much = option("little", 1.0, 10.0), option("much", 100.0, 10.0)

    assert choose([little, much], limits(10.0, must_take=("little",))).options == ("little",)


def test_without_any_choice_the_limit_that_lacks_is_named_with_its_amount():
    users = [
        option(n, 100.0, 30.0, uses={"pipeline": by_year(y2029=80.0)}, staff_fte=np.ones(5))
        for n in ("a", "b")
    ]
    within = limits(
        50.0,
        infrastructure=(pipeline(),),
        staff_fte=np.full(5, 2.0),
        must_take=("a", "b"),
    )

    with pytest.raises(NoChoice, match="budget 2027 lacks 10") as refused:
        choose(users, within)

    lacks = {(lack.limit, lack.year): lack.amount for lack in refused.value.lacks}
    assert lacks == {
        ("budget", 2027): pytest.approx(10.0),
        ("pipeline", 2029): pytest.approx(60.0),
    }


def test_a_target_beyond_reach_says_how_many_tonnes_are_missing():
    with pytest.raises(NoChoice, match="target lacks 50"):
        choose([option("all", 100.0, 1.0)], limits(at_least_t=150.0))


def test_a_target_within_reach_is_met_at_a_price():
    sure, risky = option("sure", [50.0, 50.0], 1.0), option("risky", [0.0, 120.0], 1.0)
    careful = limits(1.0, risk_aversion=2.0, cvar_level=0.5)

    assert choose([sure, risky], careful).options == ("sure",)
    assert choose([sure, risky], replace(careful, at_least_t=55.0)).options == ("risky",)


def test_a_risk_that_cannot_be_kept_is_named():
    risky = option("risky", [0.0, 100.0], 1.0)

    with pytest.raises(NoChoice, match="cvar lacks 40"):
        choose([risky], limits(must_take=("risky",), cvar_at_most=10.0, cvar_level=0.5))


def test_what_must_be_taken_and_contradicts_itself_is_told():
    a = option("a", 1.0, 1.0, requires=("x1",))
    b = option("b", 1.0, 1.0, requires=("x2",))
    variants = [option(n, 1.0, 1.0, case="x") for n in ("x1", "x2")]

    with pytest.raises(NoChoice, match="contradicts itself"):
        choose([a, b, *variants], limits(must_take=("a", "b")))


def test_nothing_to_choose_from_is_an_empty_choice():
    found = choose([], limits(10.0))

    assert (found.options, found.value.objective_t, found.gap) == ((), 0.0, 0.0)
    with pytest.raises(NoChoice, match="target lacks 5"):
        choose([], limits(at_least_t=5.0))


def test_a_choice_is_plain_json():
    options, within = world(2, 8)

    told = choose(options, within).as_json()

    assert json.loads(json.dumps(told)) == told
    assert set(told) == {"options", "value", "bound_t", "gap", "left_out"}


def test_the_solver_prints_nothing(capfd):
    options, within = world(2, 8)

    choose(options, within)

    assert capfd.readouterr() == ("", "")
