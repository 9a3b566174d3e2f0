# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of one figure in several runs: a dot for the value, a line for its range.

Takes     per run its name, the value and the range, and how a number is written.
Gives     SVG with a title and a description, of one width that reads well on a phone.
Leaves    the table that stands beside it to the page.

Own SVG: ink is that of the page, so that the picture is right on dark paper.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

QUIET = "var(--basis-color-default-color-subtle, currentColor)"
RULE = "var(--basis-color-default-border-subtle, #b0b8ba)"
ACTION = "var(--basis-color-accent-1-color-default, currentColor)"
WIDTH, MARGIN, ROW, HEAD = 380, 10, 46, 8  # [px]
LETTERS = 50  # that fit above a line


@dataclass(frozen=True)
class Ranged:
    """A figure of one run. `value` is None where only the range, or nothing, is known."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def ends(self) -> tuple[float, ...]:
        """Every number that is drawn."""
        return tuple(each for each in (self.low, self.value, self.high) if each is not None)


def range_svg(
    rows: Sequence[Ranged],
    *,
    title: str,
    not_known: str,
    write: Callable[[float], str],
    mark: str,
) -> str:
    """The picture: one row a run, all on one scale that holds nil."""
    numbers = [0.0, *(end for row in rows for end in row.ends)]
    low, high = min(numbers), max(numbers)
    room = high - low or 1.0

    def across(value: float) -> float:
        return MARGIN + (value - low) / room * (WIDTH - 2 * MARGIN)

    height = HEAD + ROW * len(rows) + 26
    told = "; ".join(f"{row.name}: {_in_words(row, write, not_known)}" for row in rows)
    nil = f"{across(0):.1f}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{mark}-title {mark}-desc" font-size="13">'
    )
    parts = [
        head,
        f'<title id="{mark}-title">{escape(title)}</title>',
        f'<desc id="{mark}-desc">{escape(told)}</desc>',
        f'<line x1="{nil}" x2="{nil}" y1="{HEAD}" y2="{height - 22}" stroke="{RULE}"/>',
        *(
            part
            for number, row in enumerate(rows)
            for part in _row(row, HEAD + ROW * number, across, not_known)
        ),
        *_scale(low, high, across, write, height - 6),
        "</svg>",
    ]
    return "".join(parts)


def _row(
    row: Ranged,
    top: int,
    across: Callable[[float], float],
    not_known: str,
) -> Iterator[str]:
    name = row.name if len(row.name) <= LETTERS else f"{row.name[: LETTERS - 1]}…"
    yield f'<text x="{MARGIN}" y="{top + 14}" fill="currentColor">{escape(name)}</text>'
    line = top + 30
    if not row.ends:
        yield f'<text x="{MARGIN}" y="{line + 4}" fill="{QUIET}">{escape(not_known)}</text>'
    if row.low is not None and row.high is not None:
        yield (
            f'<line x1="{across(row.low):.1f}" x2="{across(row.high):.1f}" y1="{line}" '
            f'y2="{line}" stroke="{ACTION}" stroke-width="6" stroke-linecap="round" '
            'stroke-opacity="0.45"/>'
        )
    if row.value is not None:
        yield f'<circle cx="{across(row.value):.1f}" cy="{line}" r="6" fill="{ACTION}"/>'


def _scale(
    low: float,
    high: float,
    across: Callable[[float], float],
    write: Callable[[float], str],
    bottom: int,
) -> Iterator[str]:
    """The numbers at both ends, and nil where there is room for it."""
    ends = [(low, "start"), (high, "end")]
    width = across(high) - across(low)
    if low < 0 < high and min(across(0) - across(low), across(high) - across(0)) > 0.25 * width:
        ends.append((0.0, "middle"))
    for value, anchor in ends:
        yield (
            f'<text x="{across(value):.1f}" y="{bottom}" text-anchor="{anchor}" fill="{QUIET}">'
            f"{escape(write(value))}</text>"
        )


def _in_words(row: Ranged, write: Callable[[float], str], not_known: str) -> str:
    if not row.ends:
        return not_known
    value = write(row.value) if row.value is not None else not_known
    if row.low is None or row.high is None:
        return value
    return f"{value} ({write(row.low)} – {write(row.high)})"
