# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of how long firms stood at each stage, on one line of time.

Takes     per firm the days on which it came to a stage, and the day from which one looks.
Gives     SVG with a title and a description; ink of the page, so that it is right on dark paper.
Leaves    the table beside it to the page.

Own SVG: bars that follow one another on a shared line of time, each with its name inside where that
fits, are not a chart that Vega-Lite draws well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import day

TITLE = Text(
    nl="Hoe lang elk bedrijf in elke fase stond", en="How long each firm stood at each stage"
)
MARGIN, HEAD, ROW, BAR = 8, 28, 44, 24
LETTER = 7.2  # [px] of a letter in a bar


@dataclass(frozen=True)
class Stay:
    """A firm at a stage, from a day until the next stage or the day from which one looks."""

    stage: str
    since: date
    until: date


@dataclass(frozen=True)
class FirmStays:
    """One firm with its stays, in order."""

    firm: str
    stays: tuple[Stay, ...]


def stages_svg(
    firms: Sequence[FirmStays], language: Language, *, on: date, width: int = 960, names: int = 190
) -> str:
    """Bars per firm on one line of time; empty text where no day is known.

    Parameters
    ----------
    on : the day from which one looks, the right end
    names : [px] room for the names of firms; 0 puts them above their bars
    """
    days = [stay.since for firm in firms for stay in firm.stays]
    if not days:
        return ""
    first = date(min(days).year, 1, 1)
    left, right = names + MARGIN, width - MARGIN
    scale = (right - left) / max((on - first).days, 1)
    rise = 0 if names else 18
    height = HEAD + len(firms) * (ROW + rise) + MARGIN
    parts = [
        *_years(first, on, left, scale, height, narrow=not names),
        *(
            part
            for n, firm in enumerate(firms)
            for part in _firm(firm, HEAD + n * (ROW + rise) + rise, first, left, scale, names)
        ),
    ]
    title, told = TITLE.into(language), _told(firms, language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="stages-title-{width} stages-told-{width}" font-size="13">'
        f'<title id="stages-title-{width}">{escape(title)}</title>'
        f'<desc id="stages-told-{width}">{escape(told)}</desc>' + "".join(parts) + "</svg>"
    )


def _told(firms: Sequence[FirmStays], language: Language) -> str:
    """Each firm with its stages and the day on which it came to each."""
    return " ".join(
        f"{firm.firm}: "
        + ", ".join(f"{stay.stage} {day(stay.since.isoformat(), language)}" for stay in firm.stays)
        + "."
        for firm in firms
    )


def _years(
    first: date, on: date, left: float, scale: float, height: int, *, narrow: bool
) -> list[str]:
    parts = []
    for year in range(first.year, on.year + 1):
        x = left + (date(year, 1, 1) - first).days * scale
        label = f"’{year % 100:02}" if narrow else str(year)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6}" y2="{height - MARGIN}" '
            'stroke="currentColor" stroke-opacity=".2"/>'
            f'<text x="{x + 3:.1f}" y="{HEAD - 12}" fill="currentColor">{label}</text>'
        )
    return parts


def _firm(
    firm: FirmStays, top: float, first: date, left: float, scale: float, names: int
) -> list[str]:
    y = top + BAR * 0.7
    at = y if names else top - 4
    name = f'<text x="{MARGIN}" y="{at:.1f}" fill="currentColor" font-weight="600">'
    parts = [f"{name}{escape(firm.firm)}</text>"]
    for n, stay in enumerate(firm.stays):
        x = left + (stay.since - first).days * scale
        long = max((stay.until - stay.since).days * scale, 1.5)
        parts.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{long:.1f}" height="{BAR}" '
            f'fill="currentColor" fill-opacity="{0.14 if n % 2 else 0.3}"><title>'
            f"{escape(stay.stage)}: {stay.since} – {stay.until}</title></rect>"
        )
        if long > len(stay.stage) * LETTER + 8:
            parts.append(
                f'<text x="{x + 5:.1f}" y="{y:.1f}" fill="currentColor">{escape(stay.stage)}</text>'
            )
    return parts
