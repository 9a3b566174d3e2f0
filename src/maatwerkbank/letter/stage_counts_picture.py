# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of how many firms stand at each stage, and how many of those stopped there.

Takes     per stage its name and two numbers.
Gives     SVG with a title and a description; ink of the page, so that it is right on dark paper.
Leaves    the table beside it, which names the firms, to the page.

Own SVG: few bars of whole numbers, each with its number beside it; drawn once more for a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from maatwerkbank.ground.language import Language, Text

TITLE = Text(nl="Hoeveel bedrijven in elke fase staan", en="How many firms stand at each stage")
RUNNING = Text(nl="loopt", en="running")
STOPPED = Text(nl="gestopt of gepauzeerd", en="stopped or paused")
ACTION = "var(--basis-color-accent-1-color-default, currentColor)"
RULE = "var(--basis-color-default-border-subtle, #b0b8ba)"
MARGIN, ROW, BAR, HEAD, NAMES_ABOVE = 4, 40, 20, 30, 18  # [px]


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage: firms that are in it, and firms that left the track there."""

    stage: str
    running: int
    stopped: int


def stage_counts_svg(
    counts: Sequence[StageCount], language: Language, *, width: int = 760, names: int = 200
) -> str:
    """One row a stage, on one scale that begins at nought; empty text where there is no firm.

    Parameters
    ----------
    names : [px] room for the names of stages; 0 puts them above their bars
    """
    most = max((each.running + each.stopped for each in counts), default=0)
    if not most:
        return ""
    left = names or MARGIN
    scale = (width - left - MARGIN - 40) / most
    row = ROW if names else ROW + NAMES_ABOVE
    height = HEAD + row * len(counts) + MARGIN
    told = "; ".join(
        f"{each.stage}: {each.running} {RUNNING.into(language)}, "
        f"{each.stopped} {STOPPED.into(language)}"
        for each in counts
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="stage-counts-{width}-title stage-counts-{width}-told" font-size="14">'
    )
    parts = [
        head,
        f'<title id="stage-counts-{width}-title">{escape(TITLE.into(language))}</title>',
        f'<desc id="stage-counts-{width}-told">{escape(told)}</desc>',
        *_legend(left, language),
        f'<line x1="{left}" x2="{left}" y1="{HEAD}" y2="{height - MARGIN}" stroke="{RULE}"/>',
    ]
    for number, each in enumerate(counts):
        parts += _row(each, HEAD + row * number, left, scale, names)
    return "".join([*parts, "</svg>"])


def _legend(left: int, language: Language) -> list[str]:
    running, stopped = RUNNING.into(language), STOPPED.into(language)
    second = left + 40 + len(running) * 8
    open_box = (
        f'<rect x="{second}" y="4" width="14" height="14" fill="{ACTION}" fill-opacity="0.2" '
        f'stroke="{ACTION}"/>'
    )
    return [
        f'<rect x="{left}" y="4" width="14" height="14" fill="{ACTION}"/>',
        f'<text x="{left + 20}" y="16" fill="currentColor">{escape(running)}</text>',
        open_box,
        f'<text x="{second + 20}" y="16" fill="currentColor">{escape(stopped)}</text>',
    ]


def _row(each: StageCount, top: int, left: int, scale: float, names: int) -> list[str]:
    bar = top + (ROW - BAR) // 2 + (0 if names else NAMES_ABOVE - 6)
    line = bar + BAR * 0.72
    at = (MARGIN, line) if names else (left, bar - 5)
    running, stopped = each.running * scale, each.stopped * scale
    parts = [
        f'<text x="{at[0]}" y="{at[1]:.0f}" fill="currentColor">{escape(each.stage)}</text>',
    ]
    if each.running:
        parts.append(
            f'<rect x="{left}" y="{bar}" width="{running:.1f}" height="{BAR}" fill="{ACTION}"/>'
        )
    if each.stopped:
        parts.append(
            f'<rect x="{left + running:.1f}" y="{bar}" width="{stopped:.1f}" height="{BAR}" '
            f'fill="{ACTION}" fill-opacity="0.2" stroke="{ACTION}"/>'
        )
    numbers = " + ".join(str(n) for n in (each.running, each.stopped) if n) or "0"
    parts.append(
        f'<text x="{left + running + stopped + 8:.1f}" y="{line:.0f}" fill="currentColor" '
        f'font-weight="600">{numbers}</text>'
    )
    return parts
