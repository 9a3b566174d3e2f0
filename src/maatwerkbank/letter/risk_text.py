# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case under what we do not know, as lines for a terminal; and where it fails.

Takes     a `CaseRisk` or a `DiscoveryRun`, a language.
Gives     tables of outcomes, chances, drivers, items and guarantees; boxes and the tree.
Leaves    pictures and the report to `risk_report`, printing to the commands.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import cast

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import euros, millions, number, ratio, tonnes
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.parameters.price_families import family
from maatwerkbank.risk.case_discovery import CaseDiscovery, DiscoveryRun
from maatwerkbank.risk.case_risk import CaseRisk, LawRisk
from maatwerkbank.risk.discovery import Box, Leaf
from maatwerkbank.risk.drivers import Drivers, Factor
from maatwerkbank.risk.guarantees import Guarantee
from maatwerkbank.risk.parts import Part
from maatwerkbank.risk.robustness import BreakEven
from maatwerkbank.risk.summary import Chance, NotKnown, Promise, Summary, Told

SHOWN = (
    "npv_eur",
    "npv_without_support_eur",
    "carbon_value_eur",
    "gross_2030_t",
    "additional_2030_t",
    "removal_2030_t",
    "levy_to_2030_without_eur",
    "levy_to_2030_eur",
    "support_eur",
    "payback_years",
)
_SHOWN_AT = (0.05, 0.5, 0.95)
_NEGLIGIBLE = 0.005  # share of the variance, or of the widest bar, that no table shows
_LACKS_SHOWN = 6
Lines = Iterator[str]


def risk_lines(risk: CaseRisk, language: Language) -> Lines:
    """Everything of interest, law by law; what is lacking and the receipt at the end."""
    names = RiskNames(risk, language)
    yield risk.case.title.into(language)
    yield from _run(names)
    if risk.uses_benchmarks:
        yield f"  {names.word('risk_text.benchmarks')}"
    if any(each.variant for each in risk.laws) and risk.case.uncertainties.policy:
        yield f"  {names.word('risk_text.certain')}"
    for policy in risk.case.uncertainties.policy:
        filled = {
            "variant": names.variant(policy.variant),
            "chance": ratio(policy.probability, language),
        }
        yield f"  {names.word('risk_text.policy', **filled)}"
    for law in risk.laws:
        yield ""
        yield names.law(law)
        yield from _law(names, law)
    if risk.regret is not None:
        yield from _regret(names)
    yield from _lacks(names, [k for law in risk.laws for k in law.lacks])
    yield f"  {names.word('receipt')}: {risk.receipt.number}"


def _run(names: RiskNames) -> Lines:
    draws = names.risk.draws
    path = within_sentence(family(draws.family).label.into(names.language))
    told = names.word(
        "risk_text.run",
        draws=number(draws.n, names.language),
        method=names.word(f"risk_text.method.{draws.method}"),
        seed=draws.seed,
        family=f"{draws.family} ({path})",
        process=draws.process or names.word("risk_text.no_process"),
    )
    yield f"  {told}"
    yield f"  {names.word('risk_text.independent_error')}"


def _law(names: RiskNames, law: LawRisk) -> Lines:
    yield from _outcomes(names, law)
    yield from _chances(names, law)
    yield from _money(names, law)
    if law.drivers is not None:
        yield from _drivers(names, law.drivers)
    yield from _parts(names, law)
    yield from _guarantees(names, law)
    for found in law.discoveries:
        yield f"  {_fails(names, found)}"
        if found.box is not None:
            yield f"    {_box(names, found, found.box, found.chosen)}"
            yield f"    {_caught(names, found.box)}"


# ── outcomes and chances ──────────────────────────────────────────────────────────────────────


def _outcomes(names: RiskNames, law: LawRisk) -> Lines:
    heads = [f"P{round(100 * share):02d}" for share in _SHOWN_AT]
    mean, worst = (names.word(f"risk_text.column.{key}") for key in ("mean", "worst"))
    rows = [[names.word("risk_text.outcomes"), mean, "±", *heads, worst]]
    rows += [_outcome(names, law.outcomes[key]) for key in SHOWN]
    yield from table_lines(rows)


def _outcome(names: RiskNames, told: Told) -> list[str]:
    key = told.outcome
    if isinstance(told, NotKnown):
        return [names.outcome(key), names.word("risk_text.unknown"), *[""] * 5]
    # A mean over draws that never pay back says nothing.
    error = told.error_of_mean
    return [
        names.outcome(key),
        names.figure(key, told.mean),
        "" if not error else names.figure(key, error),
        *(names.figure(key, told.at(share)) for share in _SHOWN_AT),
        names.figure(key, told.shortfall) if told.varies else "",
    ]


def _chances(names: RiskNames, law: LawRisk) -> Lines:
    rows: list[tuple[str, Chance | None, str]] = [
        (names.word("risk_text.below_nil"), law.below_nil, ""),
        (names.word("risk_text.never_paid_back"), law.never_paid_back, ""),
        (names.word("risk_text.single_rate"), law.single_rate, ""),
    ]
    promise = names.risk.promise
    if promise.tonnes is not None:
        told = names.word("risk_text.kept", tonnes=tonnes(promise.tonnes, names.language))
        rows.append((told, law.promise_kept, names.word(f"risk_text.promise.{promise.basis}")))
    for start in names.risk.starts:
        late = names.word("risk_text.years", value=number(start.mean_years_late, names.language, 1))
        told = names.word("risk_text.starts_after", project=names.project(start.project))
        note = names.word("risk_text.starts_note", year=start.planned, late=late)
        rows.append((told, start.after_2030, note))
    yield f"  {names.word('risk_text.chances')}"
    yield from table_lines(
        [(name, _chance(names, chance), note) for name, chance, note in rows],
        left=(0, 2),
        indent="    ",
    )
    if promise.tonnes is None:
        yield f"    {_promise(names, promise)}"


def _promise(names: RiskNames, promise: Promise) -> str:
    key = promise.basis if promise.basis == "not_known" else "nothing"
    return names.word(f"risk_text.promise.{key}")


def _chance(names: RiskNames, chance: Chance | None) -> str:
    if chance is None:
        return names.word("risk_text.unknown")
    told = f"{number(100 * chance.probability, names.language, 1)}%"
    return f"{told} ± {number(100 * chance.error, names.language, 1)}" if chance.error else told


# ── public money ──────────────────────────────────────────────────────────────────────────────


def _money(names: RiskNames, law: LawRisk) -> Lines:
    money = law.money
    paid = isinstance(money.nominal, Summary) and money.nominal.most > 0.0
    if not paid:
        return
    yield f"  {names.word('risk_text.money')}"
    if money.at_risk:
        told = names.word(
            "risk_text.at_risk",
            mean=euros(money.at_risk.expected_eur, names.language),
            p95=euros(money.at_risk.p95_eur, names.language),
            chance=_chance(names, money.at_risk.missed),
        )
        yield f"    {told}"
    windfall = money.windfall
    if windfall is None:
        return
    if windfall.mean_eur is None:
        yield f"    {names.word('risk_text.windfall_none')}"
    else:
        chance, mean = _chance(names, windfall.chance), euros(windfall.mean_eur, names.language)
        yield f"    {names.word('risk_text.windfall', chance=chance, mean=mean)}"
    back = windfall.claw_back
    if back is None:
        yield f"    {names.word('risk_text.no_share')}"
        return
    told = names.word(
        "risk_text.claw_back",
        share=ratio(back.share, names.language),
        chance=_chance(names, back.taken_back),
        mean=euros(back.expected_eur, names.language),
        windfall=euros(back.expected_of_windfall_eur, names.language),
    )
    yield f"    {told}"


# ── what drives it ────────────────────────────────────────────────────────────────────────────


def _drivers(names: RiskNames, found: Drivers) -> Lines:
    for sobol in found.sobol:
        name = names.measure(sobol.outcome).in_sentence()
        yield f"  {names.word('risk_text.drivers', name=name)}"
        columns = ("factor", "alone", "together", "interval")
        rows = [[names.word(f"risk_text.column.{key}") for key in columns]]
        for share in sobol.shares:
            if share.total < _NEGLIGIBLE:
                continue
            first, total, low, high = (
                number(max(0.0, each), names.language, 2)
                for each in (share.first, share.total, share.total_low, share.total_high)
            )
            rows.append([names.factor(share.factor), first, total, f"{low}–{high}"])
        yield from table_lines(rows, indent="    ")
    if found.tornado is not None:
        yield from _tornado(names, found)
    if found.break_evens:
        yield f"  {names.word('risk_text.break_even')}"
        keys = ("factor", "now", "must_be")
        rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
        rows += [_break_even(names, found, each) for each in found.break_evens]
        yield from table_lines(rows, indent="    ")


def _tornado(names: RiskNames, found: Drivers) -> Lines:
    tornado = found.tornado
    assert tornado is not None  # noqa: S101  (asked for where there is one)
    widest = max((bar.swing for bar in tornado.bars), default=0.0)
    shown = [bar for bar in tornado.bars if bar.swing > _NEGLIGIBLE * widest]
    if not shown:
        return
    name = names.measure(found.outcome).in_sentence()
    centre = euros(tornado.centre, names.language)
    yield f"  {names.word('risk_text.tornado', name=name, centre=centre)}"
    keys = ("factor", "at_p10", "change_low", "at_p90", "change_high")
    rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
    for bar in shown:
        factor = found.factor(bar.name)
        rows.append(
            [
                names.factor(factor),
                names.value(factor, bar.value_low),
                euros(bar.change_at_low, names.language),
                names.value(factor, bar.value_high),
                euros(bar.change_at_high, names.language),
            ]
        )
    yield from table_lines(rows, indent="    ")


def _break_even(names: RiskNames, drivers: Drivers, found: BreakEven) -> list[str]:
    factor = drivers.factor(found.name)
    key = f"risk_text.break_even.{found.status}"
    if found.nearest is not None:
        told = names.word(key, value=names.value(factor, found.nearest.value))
    else:
        low, high = (names.value(factor, end) for end in (found.low, found.high))
        told = names.word(key, low=low, high=high)
    return [names.factor(factor), names.value(factor, found.centre), told]


# ── items and guarantees ──────────────────────────────────────────────────────────────────────


def _parts(names: RiskNames, law: LawRisk) -> Lines:
    found = law.waterfall
    if all(isinstance(part.told, NotKnown) for part in found.parts):
        return
    mean = names.word("risk_text.column.mean")
    rows = [[names.word("risk_text.parts"), mean, "P10", "P50", "P90"]]
    rows += [
        _part(names, _part_name(names, part), part.told)
        for part in found.parts
        if not (isinstance(part.told, Summary) and part.told.least == part.told.most == 0.0)
    ]
    rows.append(_part(names, names.word("risk_text.part.whole"), found.whole))
    yield from table_lines(rows)


def _part_name(names: RiskNames, part: Part) -> str:
    if part.carrier is not None:
        return within_sentence(names.carrier(part.carrier))
    return names.word(f"risk_text.part.{part.id}")


def _part(names: RiskNames, name: str, told: Told) -> list[str]:
    if isinstance(told, NotKnown):
        return [name, names.word("risk_text.unknown"), "", "", ""]
    shown = (told.mean, *(told.at(share) for share in (0.1, 0.5, 0.9)))
    return [name, *(millions(value, names.language) for value in shown)]


def _guarantees(names: RiskNames, law: LawRisk) -> Lines:
    if not law.guarantees:
        return
    name = names.measure(law.guarantees[0].outcome).in_sentence()
    yield f"  {names.word('risk_text.guarantees', name=name)}"
    keys = ("guarantee", "mean", "chance_below", "worst", "tonnes", "paid")
    rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
    rows += [_guarantee(names, each) for each in law.guarantees]
    yield from table_lines(rows, indent="    ")
    if any(each.kind != "price" and (each.mean_change_eur or 0.0) < 0.0 for each in law.guarantees):
        yield f"    {names.word('risk_text.guarantee.note')}"


def _guarantee(names: RiskNames, found: Guarantee) -> list[str]:
    if found.kind == "price":
        carrier = within_sentence(names.carrier(found.of[0]))
        name = names.word("risk_text.guarantee.price", name=carrier)
    else:
        causes = ", ".join(names.word(f"risk_text.cause.{cause}") for cause in found.of)
        name = names.word(f"risk_text.guarantee.{found.kind}", causes=causes)
    chance = found.below_nil_change
    return [
        name,
        _or_dash(found.mean_change_eur, euros, names),
        "–" if chance is None else f"{number(100 * chance, names.language, 1)}%",
        _or_dash(found.shortfall_change_eur, euros, names),
        _or_dash(found.additional_2030_change_t, tonnes, names),
        _or_dash(found.paid_eur, euros, names),
    ]


def _or_dash(value: float | None, told: Callable[[float, Language], str], names: RiskNames) -> str:
    return "–" if value is None else told(value, names.language)


# ── policy × prices ───────────────────────────────────────────────────────────────────────────


def _regret(names: RiskNames) -> Lines:
    found = names.risk.regret
    assert found is not None  # noqa: S101  (asked for where there is one)
    judged = found.judged
    name = names.measure(found.outcome).in_sentence()
    yield ""
    yield names.word("risk_text.regret", name=name)
    heads = [family(each).label.into(names.language) for each in judged.families]
    several = len(judged.policies) > 1
    regret = [names.word("risk_text.column.greatest_regret")] if several else []
    rows = [["", *heads, *regret]]
    for row, law in enumerate(names.risk.laws):
        cells = [euros(value, names.language) for value in judged.values[row].tolist()]
        greatest = [euros(float(judged.greatest_regret[row]), names.language)] if several else []
        rows.append([names.law(law), *cells, *greatest])
    yield from table_lines(rows)


# ── what is lacking ───────────────────────────────────────────────────────────────────────────


def _lacks(names: RiskNames, lacks: Sequence[Lack]) -> Lines:
    """Once per figure that is lacking; the first few."""
    by_place: dict[tuple[str, str], Lack] = {}
    for lack in lacks:
        if lack.figure in SHOWN:
            by_place.setdefault((lack.place, lack.reason), lack)
    for lack in [*by_place.values()][:_LACKS_SHOWN]:
        filled = {"why": lack.why[names.language], "ask": lack.ask[names.language]}
        if lack.reason == "undefined":
            yield f"  {names.word('risk_text.lack_none', why=filled['why'])}"
            continue
        yield f"  {names.word('risk_text.lack', place=names.places([lack.place]), **filled)}"
    more = len(by_place) - _LACKS_SHOWN
    if more > 0:
        yield f"  {names.word('risk_text.more_lacking', count=more)}"


# ── where it fails ────────────────────────────────────────────────────────────────────────────


def discovery_lines(run: DiscoveryRun, language: Language) -> Lines:
    """The boxes, the one that is chosen with its limits in words, and the tree."""
    # Of what it names, a run of discovery has all: case, laws by name, draws.
    names = RiskNames(cast("CaseRisk", run), language)
    yield run.case.title.into(language)
    yield from _run(names)
    found = run.found
    if found is None:
        yield f"  {names.word('risk_text.not_asked')}"
        if run.interest == "tonnes_missed" and run.promise.tonnes is None:
            yield f"  {_promise(names, run.promise)}"
        yield from _lacks(names, run.lacks)
    else:
        yield f"  {_fails(names, found)}"
        if found.trajectory:
            yield from _trajectory(names, found)
            yield from _chosen(names, found)
            yield from _tree(names, found)
    yield f"  {names.word('receipt')}: {run.receipt.number}"


def _fails(names: RiskNames, found: CaseDiscovery) -> str:
    interest = names.word(
        f"risk_text.interest.{found.interest}",
        **(
            {"name": names.measure(found.outcome).in_sentence()}
            if found.interest == "value_below_nil"
            else {"tonnes": tonnes(found.threshold, names.language)}
        ),
    )
    said = names.word(
        "risk_text.fails",
        interest=interest,
        share=f"{number(100 * found.share, names.language, 1)}%",
        draws=number(found.n_draws, names.language),
    )
    if found.n_of_interest in (0, found.n_draws):
        key = "risk_text.always" if found.n_of_interest else "risk_text.never"
        return f"{said}. {names.word(key)}."
    return said if found.factors else f"{said}. {names.word('risk_text.nothing_varies')}."


def _trajectory(names: RiskNames, found: CaseDiscovery) -> Lines:
    yield f"  {names.word('risk_text.trajectory')}"
    keys = ("box", "coverage", "density", "mass", "limits")
    rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
    for n, box in enumerate(found.trajectory):
        limited = ", ".join(names.factor(found.factor(each)) for each in box.restricted)
        mark = f"{n} *" if n == found.chosen else f"{n}  "
        rows.append([mark, *_shares(names, box), limited])
    yield from table_lines(rows, left=(4,), indent="    ")


def _chosen(names: RiskNames, found: CaseDiscovery) -> Lines:
    box = found.box
    assert box is not None  # noqa: S101  (there is one where there is a trajectory)
    yield f"  {names.word('risk_text.chosen', number=found.chosen)}"
    yield f"    {_caught(names, box)}"
    keys = ("limit", "quasi_p")
    rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
    for limit in box.limits:
        told = _limit(names, found.factor(limit.name), limit.side, limit.value)
        rows.append([told, _quasi_p(names, limit.quasi_p)])
    if not box.limits:
        yield f"    {names.word('risk_text.no_limits')}"
        return
    yield from table_lines(rows, indent="    ")


def _quasi_p(names: RiskNames, value: float) -> str:
    if value < 1e-4:
        return f"< {number(1e-4, names.language, 4)}"
    return number(value, names.language, 4)


def _tree(names: RiskNames, found: CaseDiscovery) -> Lines:
    if not found.leaves:
        return
    yield f"  {names.word('risk_text.tree')}"
    keys = ("density", "coverage", "mass", "rule")
    rows = [[names.word(f"risk_text.column.{key}") for key in keys]]
    for leaf in found.leaves:
        turns = [
            _limit(names, found.factor(turn.name), turn.side, turn.value) for turn in leaf.path
        ]
        coverage, density, mass = _shares(names, leaf)
        rows.append([density, coverage, mass, "; ".join(turns)])
    yield from table_lines(rows, left=(3,), indent="    ")


def _box(names: RiskNames, found: CaseDiscovery, box: Box, chosen: int) -> str:
    told = [_limit(names, found.factor(k.name), k.side, k.value) for k in box.limits]
    limits = "; ".join(told) or names.word("risk_text.no_limits")
    return names.word("risk_text.box", number=chosen, limits=limits)


def _caught(names: RiskNames, found: Box | Leaf) -> str:
    coverage, density, mass = _shares(names, found)
    return names.word("risk_text.box_caught", coverage=coverage, density=density, mass=mass)


def _shares(names: RiskNames, found: Box | Leaf) -> tuple[str, str, str]:
    coverage, density, mass = (
        f"{number(100 * share, names.language)}%"
        for share in (found.coverage, found.density, found.mass)
    )
    return coverage, density, mass


def _limit(names: RiskNames, factor: Factor, side: str, value: float) -> str:
    """One side of a box or a turn of the tree, in words."""
    if factor.kind == "policy":
        holds = side in ("at_least", "above")
        key = "risk_text.policy_holds" if holds else "risk_text.policy_not"
        return names.word(key, variant=names.variant(factor.members[0]))
    if factor.unit == "year":  # a delay is whole years: above 1.5 is at least 2
        value = math.floor(value) + 1 if side == "above" else math.floor(value)
        side = "at_least" if side == "above" else side
    name, told = names.factor(factor), names.value(factor, value)
    return names.word(f"risk_text.limit.{side}", name=name, value=told)
