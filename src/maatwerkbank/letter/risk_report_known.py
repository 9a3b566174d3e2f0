# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a risk rests on: what nobody knows, what was drawn and from which source, which prices.

Takes     the names of a risk (and so the risk itself).
Gives     tables of what is lacking with who can give it, of distributions, of prices with sources.
Leaves    figures that are not drawn to the report of the case.
"""

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.language import Language
from maatwerkbank.letter import origins
from maatwerkbank.letter.blocks import Block, Column, Facts, Paragraph, Phrase, Row, Table
from maatwerkbank.letter.names import unit_label
from maatwerkbank.letter.numbers import SPACE, number, ratio, stated
from maatwerkbank.letter.risk_measures import listed
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.words import capitalised, within_sentence, word
from maatwerkbank.parameters.price_families import family
from maatwerkbank.parameters.price_processes import process as price_processes
from maatwerkbank.parameters.reference_classes import (
    Discrete,
    Distribution,
    Empirical,
    Fixed,
    Lognormal,
    Normal,
    Triangular,
    Uniform,
    reference_class,
)
from maatwerkbank.plant.figure_places import figures, place_text
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.plant.uncertainty import FigureUncertainty

_DASH = "\N{EN DASH}"
_MANY = 6  # values of a sample are listed up to so many


# ── what nobody knows ─────────────────────────────────────────────────────────────────────────


def lacks(names: RiskNames) -> list[Block]:
    """Each figure that is lacking once, with who can give it and what hangs on it."""
    by_place: dict[tuple[str, str], list[Lack]] = {}
    for law in names.risk.laws:
        for lack in law.lacks:
            if lack.reason == "undefined":
                continue  # nobody can give what does not exist: the section of it says so
            key = (lack.place, lack.why[names.language])
            of = by_place.setdefault(key, [])
            if lack.figure not in {each.figure for each in of}:
                of.append(lack)
    if not by_place:
        return [Paragraph((names.word("risk_report.lacks_none"),))]
    rows = tuple(
        Row(
            (
                (names.places(of[0].members) or _DASH,),
                (of[0].why[names.language],),
                (of[0].ask[names.language],),
                ("; ".join(within_sentence(names.outcome(lack.figure)) for lack in of),),
            )
        )
        for of in by_place.values()
    )
    table = Table(
        names.word("table.lacks"),
        (
            Column(names.word("column.place"), share=1.3),
            Column(names.word("column.why"), share=1.4),
            Column(names.word("column.ask"), share=1.2),
            Column(names.word("column.hangs_on_it"), share=1.6),
        ),
        rows,
    )
    return [names.lead("risk_report.lacks_lead"), table]


# ── what was drawn ────────────────────────────────────────────────────────────────────────────


def assumptions(names: RiskNames) -> list[Block]:
    """The distributions of the case, what goes together, and the prices."""
    declared = names.risk.case.uncertainties
    blocks: list[Block] = [names.lead("risk_report.assumptions_lead"), _run(names)]
    rows = [_figure_row(names, each) for each in declared.figures]
    rows += [
        _row(
            names,
            capitalised(names.declared(each.id)),
            _distribution(names, each.drawn_from, "year"),
            each,
            each.reference_class,
        )
        for each in declared.delays
    ]
    rows += [
        Row(
            (
                (names.word("risk_report.factor.policy", names=names.variant(each.variant)),),
                (_policy(names, each.probability, each.since),),
                _cited(names, each),
                (_seen(names, each),),
            )
        )
        for each in declared.policy
    ]
    if rows:
        blocks.append(
            Table(
                names.word("risk_report.table.distributions"),
                (
                    Column(names.word("risk_chart.column.input"), share=1.3),
                    Column(names.word("risk_report.column.distribution"), share=1.6),
                    Column(names.word("column.source"), share=2.2),
                    Column(names.word("column.seen"), share=0.8),
                ),
                tuple(rows),
            )
        )
    else:
        blocks.append(names.note("risk_report.nothing_declared"))
    if declared.dependence:
        blocks.append(_dependence(names))
    if names.risk.uses_benchmarks:
        blocks.append(Paragraph((names.word("risk_report.benchmarks"),)))
    return [*blocks, *_prices(names)]


def _run(names: RiskNames) -> Facts:
    draws = names.risk.draws
    chance = names.word("risk_report.no_process")
    if draws.process is not None:
        chance = price_processes(draws.process).label.into(names.language)
    pairs: tuple[tuple[str, Phrase], ...] = (
        (names.word("risk_report.fact.draws"), (number(draws.n, names.language),)),
        (names.word("risk_report.fact.seed"), (str(draws.seed),)),
        (
            names.word("risk_report.fact.method"),
            (names.word(f"risk_report.method.{draws.method}"),),
        ),
        (
            names.word("risk_report.fact.family"),
            (family(draws.family).label.into(names.language),),
        ),
        (names.word("risk_report.fact.process"), (chance,)),
    )
    return Facts(pairs)


def _figure_row(names: RiskNames, each: FigureUncertainty) -> Row:
    unit = "" if each.how == "ratio" else _unit(names, each.of[0])
    told = _distribution(names, each.drawn_from, unit)
    if each.how == "ratio":
        told = names.word("risk_report.of_stated", distribution=told)
    return _row(names, names.places(each.of), told, each, each.reference_class)


def _unit(names: RiskNames, place: str) -> str:
    """The unit in which a figure of the case is stated."""
    found = (each.unit for path, each in figures(names.risk.case) if place_text(path) == place)
    return next(found, "")


def _row(names: RiskNames, name: str, told: str, each: Stated, named: str | None) -> Row:
    if named is not None:
        label = reference_class(named).label.into(names.language)
        told = names.word("risk_report.of_class", distribution=told, name=within_sentence(label))
    return Row(((name,), (told,), _cited(names, each, named), (_seen(names, each),)))


def _cited(names: RiskNames, each: Stated, named: str | None = None) -> Phrase:
    """Where it was said; of a reference class also where that comes from."""
    cited = origins.cited(each.source, each.place, names.base, names.language)
    if named is None:
        return cited
    of_class = reference_class(named)
    theirs = origins.cited(of_class.source, of_class.place, names.base, names.language)
    return (*cited, f"; {names.word('risk_report.class_source')} ", *theirs)


def _seen(names: RiskNames, each: Stated) -> str:
    seen = each.seen or names.risk.case_file.source(each.source).seen
    return names.word(f"seen.{seen}")


def _policy(names: RiskNames, probability: float, since: int | None) -> str:
    share = ratio(probability, names.language)
    if since is None:
        return names.word("risk_report.policy", share=share)
    return names.word("risk_report.policy_since", share=share, year=since)


def _dependence(names: RiskNames) -> Table:
    rows = tuple(
        Row(
            (
                (listed([names.declared(one) for one in each.between], names.language),),
                (number(each.rank_correlation, names.language, 2),),
            )
        )
        for each in names.risk.case.uncertainties.dependence
    )
    return Table(
        names.word("risk_report.table.dependence"),
        (
            Column(names.word("risk_report.column.together"), share=2.5),
            Column(names.word("risk_report.column.correlation"), "number"),
        ),
        rows,
    )


def _distribution(names: RiskNames, found: Distribution, unit: str) -> str:
    """A distribution in words, with its numbers and unit."""
    return distribution_told(found, unit, names.language)


def distribution_told(found: Distribution, unit: str, language: Language) -> str:
    """A distribution in words.

    >>> distribution_told(Uniform(kind="uniform", low=2, high=3), "", "en")
    'every value from 2 to 3 equally likely'
    """

    def told(value: float) -> str:
        return stated(round(value, 6), language)

    def say(kind: str, **filled: object) -> str:
        return word(f"risk_report.distribution.{kind}", language, **filled)

    def whole(text: str) -> str:
        """The number with its unit."""
        if unit == "year":
            return word("asked.one_year" if text == "1" else "asked.years", language, value=text)
        return f"{text}{SPACE}{unit_label(unit, language)}" if unit else text

    match found:
        case Fixed():
            return say("fixed", value=whole(told(found.value)))
        case Uniform():
            return say("uniform", low=told(found.low), high=whole(told(found.high)))
        case Triangular():
            low, mode, high = (told(each) for each in (found.low, found.mode, found.high))
            return say("triangular", low=low, mode=whole(mode), high=whole(high))
        case Normal():
            return say("normal", mean=whole(told(found.mean)), sd=whole(told(found.sd)))
        case Lognormal():
            return say("lognormal", mu=told(found.mu), sigma=told(found.sigma))
        case Discrete():
            pairs = zip(found.values, found.probabilities, strict=True)
            shown = [f"{whole(told(v))} ({ratio(p, language)})" for v, p in pairs]
            return say("discrete", values=listed(shown, language))
        case Empirical():
            if len(found.sample) <= _MANY:
                return say(
                    "empirical", values=whole(listed(list(map(told, found.sample)), language))
                )
            low, high = told(min(found.sample)), whole(told(max(found.sample)))
            return say("empirical_many", count=len(found.sample), low=low, high=high)


# ── prices ────────────────────────────────────────────────────────────────────────────────────


def _prices(names: RiskNames) -> list[Block]:
    """How the path of each carrier came about, whether chance moves it, and the sources."""
    if not names.risk.prices:
        return [names.note("risk_report.no_prices")]
    rows = tuple(
        Row(
            (
                (names.carrier(each.carrier),),
                (names.word(f"risk_report.taken.{each.taken}"),),
                (names.word(f"risk_report.chance_of.{each.chance}"),),
                _price_source(names, each.carrier),
            )
        )
        for each in names.risk.prices
    )
    table = Table(
        names.word("risk_report.table.prices"),
        (
            Column(names.word("prices.column.carrier")),
            Column(names.word("risk_report.column.path"), share=1.3),
            Column(names.word("risk_report.column.chance"), share=1.5),
            Column(names.word("column.source"), share=2.2),
        ),
        rows,
    )
    chosen = family(names.risk.draws.family)
    because = f"{chosen.label.into(names.language)}: {chosen.because.into(names.language)}"
    told: list[str] = [because]
    if names.risk.draws.process is not None:
        told.append(price_processes(names.risk.draws.process).because.into(names.language))
    return [table, *(Paragraph((each,)) for each in told)]


def _price_source(names: RiskNames, carrier: str) -> Phrase:
    """The source of the path; of a price that chance moves also that of its process."""
    row = next(
        (each for each in names.base.assumptions() if each["place"] == f"prices.{carrier}"), None
    )
    path: Phrase = (_DASH,)
    if row is not None:
        path = origins.cited(
            row["source"]["id"], row["source"]["place"], names.base, names.language
        )
    if names.risk.draws.process is None:
        return path
    moved = price_processes(names.risk.draws.process).carriers.get(carrier)
    if moved is None or moved.kind == "on_path":
        return path
    theirs = origins.cited(moved.source, moved.place, names.base, names.language)
    return (*path, f"; {names.word('risk_report.chance_source')} ", *theirs)
