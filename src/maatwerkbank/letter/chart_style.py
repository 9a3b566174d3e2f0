# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How every chart looks, and how it becomes SVG.

Takes     an altair chart.
Gives     the same chart in our style, and SVG with a title and a description for who cannot see it.
Leaves    what a chart shows to `charts`.

The colours are told apart by people who see fewer of them, each has a contrast of at least 3 to 1
on white, and no chart depends on colour alone: lines are dashed, bars are labelled.
"""

import re
import textwrap
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

import altair as alt
import vl_convert as vlc
from altair.utils.schemapi import debug_mode

from maatwerkbank.economics.business_case import TARGET_YEAR
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import D3_LOCALE

Drawing = alt.Chart | alt.LayerChart | alt.VConcatChart

INK = "#16202b"
QUIET = "#5b6773"
GRID = "#e3e7ea"
BLUE = "#0072b2"
ORANGE = "#b8520a"
GREEN = "#1f7a55"
PURPLE = "#7b3f8c"
OCHRE = "#8a6d00"
SLATE = "#64748b"

WIDE, DOCUMENT, NARROW = 952, 800, 360  # [px]: a screen, a sheet of A4, a phone
# The font that vl-convert carries with it: text is measured with it on every machine alike.
MEASURED = "Liberation Sans"
PAGE_FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
DOCUMENT_FONT = "Libertinus Serif"  # typst carries it with it

MILLION = 1e6
TEXT: dict[str, Any] = {"fontSize": 12, "color": INK}

_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
_AXIS = {
    "labelColor": QUIET,
    "labelFontSize": 12,
    "titleColor": QUIET,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "domainColor": QUIET,
    "tickColor": QUIET,
    "gridColor": GRID,
    "labelLimit": 0,
}


def styled(chart: Any, language: Language) -> Any:
    """The chart in our style; numbers as the language writes them."""
    return chart.configure(
        font=MEASURED,
        background="#ffffff",
        locale={"number": D3_LOCALE[language]},
        axis=_AXIS,
        legend={
            "labelColor": INK,
            "labelFontSize": 12,
            "labelLimit": 0,
            "title": None,
            "orient": "top",
            "symbolStrokeWidth": 2.5,
            "symbolSize": 110,
            "rowPadding": 4,
            "columnPadding": 18,
            "offset": 8,
        },
        title={"anchor": "start", "color": INK, "fontSize": 15, "fontWeight": "bold", "offset": 12},
        view={"stroke": None},
    )


def drawn(draw: Callable[[int], Drawing], width: int) -> Drawing:
    """The chart at a width. Our own charts are checked by tests and not again for each page."""
    with debug_mode(arg=False):
        return draw(width)


def as_svg(chart: Drawing, *, font: str = PAGE_FONT, mark: str = "chart") -> str:
    """SVG with a title, a description and no other name in common with the next one on the page.

    The title is told and not drawn: the page prints it above the chart. `mark` makes the names
    inside unlike those of other charts on the same page. No network, no file.
    """
    spec = chart.to_dict(validate=False)  # altair checked each part when it was made
    title = _text(spec.pop("title", ""))
    description = str(spec.pop("description", ""))
    svg = vlc.vegalite_to_svg(spec, vl_version=_VEGA_LITE, allowed_base_urls=[])
    # A mark without data leaves an empty picture without a name behind.
    svg = re.sub(r'<g [^>]*role="graphics-symbol"(?![^>]*aria-label=)[^>]*/>', "", svg)
    # Vega counts names on from the chart before; here each chart counts from nought.
    for n, name in enumerate(re.findall(r'\bid="([^"]+)"', svg)):
        svg = svg.replace(f'id="{name}"', f'id="{mark}-{n}"')
        svg = svg.replace(f"url(#{name})", f"url(#{mark}-{n})")
    svg = svg.replace(f'font-family="{MEASURED}"', f'font-family="{font}"')
    head = (
        f'<svg role="img" aria-labelledby="{mark}-title {mark}-description" '
        f'xmlns="http://www.w3.org/2000/svg"'
    )
    told = (
        f'<title id="{mark}-title">{escape(title, quote=False)}</title>'
        f'<desc id="{mark}-description">{escape(description, quote=False)}</desc>'
    )
    svg = re.sub(r'^<svg xmlns="http://www\.w3\.org/2000/svg"', head, svg, count=1)
    return svg.replace(">", f">{told}", 1)


def _text(title: Any) -> str:
    return str(title.get("text", "")) if isinstance(title, dict) else str(title)


# ── axes and sizes ────────────────────────────────────────────────────────────────────────────


def data(rows: list[dict[str, Any]]) -> alt.Data:
    """Rows as a chart holds them: inside itself, nothing is fetched."""
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]  # altair's own


def wrapped(label: str, width: int) -> str:
    """A label over at most three lines, for an axis that is `width` pixels wide."""
    letters = 21 if is_narrow(width) else 36
    return "\n".join(
        textwrap.wrap(label, letters, max_lines=3, placeholder=" …", break_long_words=False)
    )


def distinct(labels: Iterable[str]) -> list[str]:
    """Labels, the second of the same name numbered: an axis would else put both on one line."""
    seen: dict[str, int] = {}
    found = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return found


def is_narrow(width: int) -> bool:
    """Whether a chart must do with the width of a phone."""
    return width < (NARROW + DOCUMENT) / 2


def fit(width: int, wide: int, document: int, narrow: int) -> int:
    """The size that goes with a width: a sheet of paper is wide but low."""
    if is_narrow(width):
        return narrow
    return wide if width >= WIDE else document


def label_room(width: int) -> int:
    """Pixels for the names beside bars."""
    return 136 if is_narrow(width) else 218


def _raised() -> Any:
    """Vega starts a name of several lines at its first; this puts its middle beside the bar."""
    lines = "length(split(datum.value, '\\n'))"
    tests = [{"test": f"{lines} === {n}", "value": -7 * (n - 1)} for n in (2, 3)]
    return {"condition": tests, "value": 0}


def bars_axis(width: int) -> alt.Axis:
    """The names beside bars: over several lines, as wide on every chart."""
    return alt.Axis(
        title=None,
        labelExpr="split(datum.label, '\\n')",
        labelLimit=0,
        labelColor=INK,
        ticks=False,
        domain=False,
        labelPadding=8,
        labelOffset=_raised(),
        minExtent=label_room(width),
        maxExtent=label_room(width),
    )


def amount_axis(title: str) -> alt.Axis:
    """Amounts below bars, in whole numbers."""
    return alt.Axis(title=title, format=",.0f", tickCount=5, domain=False, ticks=False)


def year_ticks(years: list[int], width: int) -> list[int]:
    """Years to print: every one, every second or every fifth, and always 2030."""
    room = max(2, (width - 90) // 46)
    step = next(step for step in (1, 2, 5, 10, 20) if len(years) / step <= room)
    return [year for year in years if year % step == TARGET_YEAR % step]


def fitted(chart: Any, width: int, height: int | alt.Step, **told: str) -> Any:
    """The chart at exactly this width, names and numbers included."""
    within = alt.AutoSizeParams(type="fit-x", contains="padding")
    return chart.properties(width=width, height=height, autosize=within, **told)
