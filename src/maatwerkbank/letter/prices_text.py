# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Price processes and price families, as lines for a terminal.

Takes     what a file of processes or a family states, a language.
Gives     a table per carrier with standard errors, what they cannot tell, correlations, sources.
Leaves    fitting to `risk.fitting`, drawing to `risk.price_paths`; printing to the command.
"""

from collections.abc import Iterator, Sequence

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import day, number, stated
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import has_word, within_sentence, word
from maatwerkbank.parameters.price_families import PriceFamily, family, family_names
from maatwerkbank.parameters.price_processes import (
    Drawn,
    Follows,
    OnPath,
    PriceProcesses,
    process,
    process_names,
)
from maatwerkbank.parameters.price_sets import price_set, price_set_names
from maatwerkbank.sources.citation import citation
from maatwerkbank.sources.register import Seen, load_sources

DASH = "\N{EN DASH}"
DECIMALS = 2  # the standard errors carry no more
Lines = Iterator[str]


def carrier_label(carrier: str, language: Language) -> str:
    """The name of a carrier, as the first price set that has it gives it."""
    for name in price_set_names():
        price = price_set(name).prices.get(carrier)
        if price:
            return price.label.into(language)
    key = f"carrier.{carrier}"
    return word(key, language) if has_word(key) else carrier.replace("_", " ")


def list_lines(language: Language) -> Lines:
    """Every shipped file of processes and every family, with its label."""
    processes = [(name, process(name).label.into(language)) for name in process_names()]
    families = [(name, family(name).label.into(language)) for name in family_names()]
    yield word("prices.processes", language)
    yield from table_lines(processes, left=(0, 1))
    yield word("prices.families", language)
    yield from table_lines(families, left=(0, 1))


# ── processes ─────────────────────────────────────────────────────────────────────────────────


def processes_lines(found: PriceProcesses, language: Language) -> Lines:
    """The table of the drawn carriers, then what it cannot tell, the others, and the sources."""
    yield found.label.into(language)
    known = day(found.known_on.isoformat(), language)
    yield f"  {word('prices.known_on', language, day=known, year=found.starts_after)}"
    yield from _drawn(found.drawn, language)
    yield from _correlations(found, language)
    yield from _without_chance(found, language)
    yield f"  {word('prices.sources', language)}"
    for name, each in {**found.drawn, **found.carriers}.items():
        if not isinstance(each, OnPath):
            cited = _cited(each.source, each.place, each.seen, language)
            yield f"    {carrier_label(name, language)}: {cited}"


def _drawn(drawn: dict[str, Drawn], language: Language) -> Lines:
    heads = ("carrier", "half_life", "speed", "bias", "volatility", "intensity", "jump_sd")
    rows = [[word(f"prices.column.{each}", language) for each in (*heads, "months")]]
    rows += [_row(name, each, language) for name, each in drawn.items()]
    yield from table_lines(rows)
    yield f"  {word('prices.errors', language)} {word('prices.bias', language)}"
    doubtful = [
        within_sentence(carrier_label(name, language))
        for name, each in drawn.items()
        if each.speed_bias is not None and each.speed_bias > each.speed
    ]
    if doubtful:
        told = ", ".join(doubtful)
        yield f"  {word('prices.may_never_return', language, carriers=told)}"


def _row(name: str, each: Drawn, language: Language) -> list[str]:
    errors, jumps, half_life = each.standard_errors, each.jumps, each.half_life
    intensity, size = word("prices.no_jump", language), DASH
    if jumps:
        intensity = _with_error(jumps.intensity, errors.intensity if errors else None, language)
        size = _with_error(jumps.sd, errors.jump_sd if errors else None, language)
    return [
        carrier_label(name, language),
        word("prices.never", language) if half_life is None else number(half_life, language, 1),
        _with_error(each.speed, errors.speed if errors else None, language),
        DASH if each.speed_bias is None else number(each.speed_bias, language, DECIMALS),
        _with_error(each.volatility, errors.volatility if errors else None, language),
        intensity,
        size,
        word("prices.months", language, **each.months.model_dump()),
    ]


def _with_error(value: float, error: float | None, language: Language) -> str:
    shown = number(value, language, DECIMALS)
    return shown if error is None else f"{shown} ± {number(error, language, DECIMALS)}"


def _correlations(found: PriceProcesses, language: Language) -> Lines:
    """The lower triangle, each with the months that it rests on."""
    pairs = {frozenset(pair.of): pair for pair in found.correlation.pairs}
    names = list(found.drawn)
    if len(names) < 2:
        return
    labels = [carrier_label(name, language) for name in names]
    rows = [["", *labels[:-1]]]
    for number_of, name in enumerate(names[1:], 1):
        told = [pairs[frozenset((name, other))] for other in names[:number_of]]
        cells = [f"{number(each.value, language, DECIMALS)} ({each.months})" for each in told]
        rows.append([labels[number_of], *cells, *[""] * (len(names) - 1 - number_of)])
    yield f"  {word('prices.correlation', language)}"
    yield from table_lines(rows, indent="    ")


def _without_chance(found: PriceProcesses, language: Language) -> Lines:
    others = {n: each for n, each in found.carriers.items() if not isinstance(each, Drawn)}
    if others:
        yield f"  {word('prices.without_chance', language)}"
    for name, each in others.items():
        how = (
            word("prices.follows", language, formula=_formula(each, language))
            if isinstance(each, Follows)
            else word("prices.on_path", language)
        )
        yield f"    {carrier_label(name, language)}: {how}"


def _formula(each: Follows, language: Language) -> str:
    """`(aardgas + 0,202 × emissierecht) / 0,759`."""
    terms = []
    for carrier, factor in each.of.items():
        label = within_sentence(carrier_label(carrier, language))
        terms.append(label if factor == 1 else f"{stated(factor, language)} × {label}")
    total = " + ".join(terms)
    if each.divided_by == 1:
        return total
    return f"({total}) / {stated(each.divided_by, language)}"


# ── families ──────────────────────────────────────────────────────────────────────────────────


def family_lines(found: PriceFamily, language: Language) -> Lines:
    """Which end of each price the family takes, and why."""
    yield found.label.into(language)
    yield f"  {found.because.into(language)}"
    yield f"  {word(f'prices.path.{found.path}', language)}"
    rows: list[Sequence[str]] = [
        (word("prices.column.carrier", language), word("prices.column.end", language))
    ]
    rows += [
        (carrier_label(carrier, language), word(f"prices.end.{end}", language))
        for carrier, end in found.takes.items()
    ]
    yield from table_lines(rows, left=(0, 1))
    yield f"  {word('text.source', language)}: " + _cited(
        found.source, found.place, found.seen, language
    )


def _cited(source: str, place: str, seen: Seen, language: Language) -> str:
    """Publisher, title, place, date and address; and how the figure itself was seen."""
    entry = load_sources().get(source)
    if entry is None:
        return f"{source}, {place} ({word(f'seen.{seen}', language)})"
    cited = citation(entry, place, language)
    return cited if seen == entry.seen else f"{cited} [{word(f'seen.{seen}', language)}]"
