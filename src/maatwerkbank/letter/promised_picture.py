# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of one indicator: per year a bar for what was realised, a mark for what was promised.

Takes     per year the figures, and how a number is written.
Gives     SVG with a title and a description, of one width that reads well on a phone.
Leaves    the table that stands beside it to the page.

Own SVG: ink is that of the page, so that the picture is right on dark paper. What is absent is not
drawn, and never drawn as nought.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

QUIET = "var(--basis-color-default-color-subtle, currentColor)"
PAPER = "var(--basis-color-default-bg-document, #fff)"
RULE = "var(--basis-color-default-border-subtle, #b0b8ba)"
ACTION = "var(--basis-color-accent-1-color-default, currentColor)"
WIDTH, MARGIN, NAMES, ROW, HEAD, FOOT = 380, 10, 48, 30, 8, 8  # [px]
SPACE, WIDTH_OF_A_SIGN = 6, 7  # [px]
ROOM_FOR_WORDS = 92  # [px] right of the longest bar


@dataclass(frozen=True)
class YearBar:
    """One year. None where it is not known; `verified` says whether the figure was gone over."""

    year: int
    promised: float | None
    realised: float | None
    verified: bool = False


@dataclass(frozen=True)
class Words:
    """What the picture says in words."""

    title: str
    promised: str
    realised: str
    not_verified: str
    absent: str


def promised_svg(
    rows: Sequence[YearBar], words: Words, *, write: Callable[[float], str], mark: str
) -> str:
    """The picture: one row a year, all on one scale that begins at nought."""
    most = max((end for row in rows for end in (row.promised, row.realised) if end), default=1.0)
    room = WIDTH - MARGIN - NAMES - ROOM_FOR_WORDS

    def across(value: float) -> float:
        return NAMES + value / most * room

    height = HEAD + ROW * len(rows) + FOOT
    told = "; ".join(_in_words(row, words, write) for row in rows)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{mark}-title {mark}-desc" font-size="13">'
    )
    parts = [
        head,
        f'<title id="{mark}-title">{escape(words.title)}</title>',
        f'<desc id="{mark}-desc">{escape(told)}</desc>',
        f'<line x1="{NAMES}" x2="{NAMES}" y1="{HEAD}" y2="{height - FOOT}" stroke="{RULE}"/>',
        *(
            part
            for number, row in enumerate(rows)
            for part in _row(row, HEAD + ROW * number, across, words, write)
        ),
        "</svg>",
    ]
    return "".join(parts)


def _row(
    row: YearBar,
    top: int,
    across: Callable[[float], float],
    words: Words,
    write: Callable[[float], str],
) -> Iterator[str]:
    line = top + ROW / 2
    yield f'<text x="{MARGIN}" y="{line + 4}" fill="currentColor">{row.year}</text>'
    said = words.absent
    if row.realised is not None:
        end = across(row.realised)
        look = "" if row.verified else f' fill-opacity="0.25" stroke="{ACTION}"'
        yield (
            f'<rect x="{NAMES}" y="{line - 7}" width="{max(end - NAMES, 1):.1f}" height="14" '
            f'fill="{ACTION}"{look}/>'
        )
        said = write(row.realised)
    if row.promised is not None:
        at = f"{across(row.promised):.1f}"
        yield (
            f'<line x1="{at}" x2="{at}" y1="{line - 11}" y2="{line + 11}" stroke="currentColor" '
            'stroke-width="3"/>'
        )
    start, inside = _beside(row, said, across)
    ink = PAPER if inside and row.verified else "currentColor" if inside else QUIET
    yield f'<text x="{start:.1f}" y="{line + 4}" fill="{ink}">{escape(said)}</text>'


def _beside(row: YearBar, said: str, across: Callable[[float], float]) -> tuple[float, bool]:
    """Where the words of a bar begin, and whether that is in the bar.

    Beside the bar; in its end where they would cross the mark of the promise and the bar is long
    enough; else past the mark.
    """
    end = NAMES if row.realised is None else across(row.realised)
    long = len(said) * WIDTH_OF_A_SIGN
    at = end if row.promised is None else across(row.promised)
    if not end < at < end + 2 * SPACE + long:
        return (max(end, at) if abs(end - at) < 2 * SPACE else end) + SPACE, False
    if row.realised is not None and end - NAMES > long + 2 * SPACE:
        return end - SPACE - long, True
    return at + SPACE, False


def _in_words(row: YearBar, words: Words, write: Callable[[float], str]) -> str:
    realised = words.absent if row.realised is None else write(row.realised)
    if row.realised is not None and not row.verified:
        realised = f"{realised} ({words.not_verified})"
    promised = words.absent if row.promised is None else write(row.promised)
    return f"{row.year}: {words.promised} {promised}, {words.realised} {realised}"
