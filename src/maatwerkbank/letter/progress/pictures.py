# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The charts of the letter: firms by stage, and tonnes aimed at per firm.

Takes     the context of a letter.
Gives     charts with a text for who cannot see them and a table with the same figures.
Leaves    where they stand to sections.yaml.

Own SVG in ink that prints: bars with their figure behind them. Gross and additional are bars apart,
never stacked. What is absent is not drawn, and never drawn as nought.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from maatwerkbank.dossier.publication.publication import Figure
from maatwerkbank.letter.numbers import SPACE, number
from maatwerkbank.letter.progress.context import Context
from maatwerkbank.letter.progress.groups import GROUPS
from maatwerkbank.letter.progress.model import Chart, LetterTable
from maatwerkbank.letter.progress.vocabulary import said
from maatwerkbank.letter.words import word
from maatwerkbank.portfolio.register import CompanyState

# The inks and the font of `chart_style`, which loads a chart library that these need not.
INK, QUIET, BLUE, ORANGE = "#16202b", "#5b6773", "#0072b2", "#b8520a"
DOCUMENT_FONT = "Libertinus Serif"
WIDTH, NAMES, ROOM = 800, 220, 150  # [px]: of the whole, of the names, of the figures behind bars
BAR, GAP, HEAD = 14, 10, 30  # [px]
_BOUND = {"at_least": "≥", "at_most": "≤", "about": "±"}


@dataclass(frozen=True, slots=True)
class _Bar:
    low: float
    high: float
    ink: str
    shown: str


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    bars: tuple[_Bar, ...]


def stages(it: Context) -> Iterator[Chart]:
    """How many firms stand in each group."""
    found = [(group, firms) for group in GROUPS if (firms := it.groups[group])]
    if not found:
        return
    labels = {group: said(f"group.{group}", it.language) for group, _ in found}
    title = said("chart.stages", it.language)
    listed = "; ".join(f"{labels[group]} {len(firms)}" for group, firms in found)
    alt = said("chart.stages.alt", it.language, list=listed)
    rows = [
        _Row(labels[group], (_Bar(0, len(firms), BLUE, str(len(firms))),)) for group, firms in found
    ]
    table = LetterTable(
        "chart.stages",
        title,
        tuple(said(f"column.{each}", it.language) for each in ("stage", "names", "firms")),
        tuple(
            (labels[group], it.enumerated(each.name for each in firms), str(len(firms)))
            for group, firms in found
        ),
        frozenset({2}),
        (1.3, 3.5, 1.0),
    )
    yield Chart("stages", title, alt, _svg(rows, title, alt, ()), table)


def tonnes(it: Context) -> Iterator[Chart]:
    """The latest aim of each firm in tonnes a year, gross and additional apart."""
    found = [each for firm in it.publication.register if (each := _latest(it, firm))]
    if not found:
        return
    title = said("chart.tonnes", it.language)
    words = {kind: said(f"column.{kind}", it.language) for kind in ("gross", "additional")}
    items, rows, cells = [], [], []
    for name, gross, additional in found:
        told = [_in_words(it, each) for each in (gross, additional)]
        items.append(
            said("chart.tonnes.item", it.language, name=name, gross=told[0], additional=told[1])
        )
        cells.append((name, *told))
        bars = [
            _Bar(each.low, each.high, ink, f"{_BOUND.get(each.bound or '', '')}{_ends(it, each)}")
            for each, ink in ((gross, BLUE), (additional, ORANGE))
            if each and each.low is not None and each.high is not None
        ]
        rows.append(_Row(name, tuple(bars)))
    alt = said("chart.tonnes.alt", it.language, list="; ".join(items))
    table = LetterTable(
        "chart.tonnes",
        said("chart.tonnes.table", it.language),
        tuple(said(f"column.{each}", it.language) for each in ("firm", "gross_t", "additional_t")),
        tuple(cells),
        frozenset({1, 2}),
        (2.0, 1.4, 1.4),
    )
    legend = ((words["gross"], BLUE), (words["additional"], ORANGE))
    yield Chart("tonnes", title, alt, _svg(rows, title, alt, legend), table)


def _latest(it: Context, firm: CompanyState) -> tuple[str, Figure | None, Figure | None] | None:
    """The last aim of a firm that its source gives in tonnes."""
    aims = [each for each in firm.ambitions if each.quantity == "co2" and each.unit == "t/year"]
    for aim in reversed(aims):
        start = f"{firm.id}.co2.{aim.version}"
        gross, additional = (
            it.publication.figures.get(f"{start}.{kind}") for kind in ("gross", "additional")
        )
        if gross or additional:
            return firm.name, gross, additional
    return None


def _in_words(it: Context, figure: Figure | None) -> str:
    if figure is None or figure.low is None or figure.high is None:
        return said("absent", it.language)
    ends = _ends(it, figure)
    return word(f"bound.{figure.bound}", it.language, value=ends) if figure.bound else ends


def _ends(it: Context, figure: Figure) -> str:
    low, high = (number(each, it.language) for each in (figure.low, figure.high))
    return low if low == high else f"{low}{SPACE}–{SPACE}{high}"


def _svg(rows: Sequence[_Row], title: str, alt: str, legend: Sequence[tuple[str, str]]) -> str:
    most = max((bar.high for row in rows for bar in row.bars), default=1.0) or 1.0
    scale = (WIDTH - NAMES - ROOM) / most
    top = HEAD if legend else GAP
    parts = list(_legend(legend))
    for row in rows:
        height = max(len(row.bars), 1) * BAR
        middle = top + height / 2 + 5
        parts.append(_text(NAMES - 10, middle, row.name, INK, "end"))
        for place, bar in enumerate(row.bars):
            parts.extend(_bar(bar, top + place * BAR, scale))
        top += height + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        f'width="{WIDTH}" height="{top}" font-family="{DOCUMENT_FONT}, serif" font-size="14">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
    )
    line = f'<path d="M{NAMES} {HEAD - 8 if legend else 0}V{top}" stroke="{QUIET}"/>'
    return f"{head}{''.join(parts)}{line}</svg>"


def _bar(bar: _Bar, top: float, scale: float) -> Iterator[str]:
    """A bar up to the low end, and a lighter one from there to the high end."""
    low, high = bar.low * scale, bar.high * scale
    solid = high if bar.low in (0, bar.high) else low
    yield (
        f'<rect x="{NAMES}" y="{top}" width="{max(solid, 1):.1f}" height="{BAR - 2}" '
        f'fill="{bar.ink}"/>'
    )
    if solid < high:
        yield (
            f'<rect x="{NAMES + solid:.1f}" y="{top}" width="{high - solid:.1f}" '
            f'height="{BAR - 2}" fill="{bar.ink}" fill-opacity="0.35"/>'
        )
    yield _text(NAMES + high + 6, top + BAR - 3, bar.shown, INK, "start")


def _legend(legend: Sequence[tuple[str, str]]) -> Iterator[str]:
    x = NAMES
    for name, ink in legend:
        yield f'<rect x="{x}" y="4" width="14" height="12" fill="{ink}"/>'
        yield _text(x + 20, 15, name, INK, "start")
        x += 140


def _text(x: float, y: float, text: str, ink: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{ink}" text-anchor="{anchor}">{escape(text)}</text>'
    )
