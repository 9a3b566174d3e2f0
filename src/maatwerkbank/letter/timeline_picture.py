# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of the milestones of a dossier: planned, expected now, came about, per parallel track.

Takes     milestones of `dossier.timeline`, a language, and the day from which one looks.
Gives     SVG with a title and a description, for a wide page and for a phone.
Leaves    the table that stands beside it to the page.

Own SVG: three dates on one line for each milestone, in groups, is not a chart that Vega-Lite draws
well. Shape tells plan from forecast from fact; a slip is also told in words. Ink is that of the
page, so that the picture is right on dark paper.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from maatwerkbank.dossier.timeline import PARALLEL_TRACKS, Milestone
from maatwerkbank.ground.language import Language, Text

LATE = "var(--basis-color-negative-border-default, currentColor)"
QUIET = "var(--basis-color-default-color-subtle, currentColor)"
RULE = "var(--basis-color-default-border-subtle, #b0b8ba)"
PAPER = "var(--basis-color-default-bg-document, #fff)"
DAYS_A_MONTH = 30.44

PLANNED = Text(nl="gepland", en="planned")
EXPECTED = Text(nl="verwacht", en="expected")
CAME_ABOUT = Text(nl="gehaald", en="came about")
TODAY = Text(nl="vandaag", en="today")
TITLE = Text(nl="Mijlpalen per spoor", en="Milestones per track")


@dataclass(frozen=True)
class _Shape:
    """Sizes [px] of the picture for one width of page."""

    width: int
    names: int  # room for the names, left of the dates; 0 puts them above the line
    row: int
    letters: int  # of a name on one line
    years: int  # labels that fit


WIDE = _Shape(width=940, names=304, row=30, letters=46, years=10)
NARROW = _Shape(width=360, names=0, row=52, letters=46, years=5)
MARGIN = 16
HEAD = 30


def timeline_svg(
    milestones: Iterable[Milestone],
    language: Language,
    *,
    on: date,
    narrow: bool = False,
    mark: str = "timeline",
) -> str:
    """The milestones that have a date, one line each; empty text where none has.

    Parameters
    ----------
    on : the day from which one looks, drawn as a line
    mark : makes the names inside unlike those of another picture on the same page
    """
    dated = [each for each in milestones if each.planned or each.expected]
    if not dated:
        return ""
    return _Picture(dated, language, on, NARROW if narrow else WIDE, mark).svg()


def summary(milestones: Sequence[Milestone], language: Language, *, on: date) -> str:
    """What the picture shows, in two or three sentences."""
    if not milestones:
        return Text(nl="Er zijn geen mijlpalen.", en="There are no milestones.").into(language)
    done = sum(each.actual is not None for each in milestones)
    late = sum(each.actual is None and each.is_late(on) for each in milestones)
    told = _counted(len(milestones), done, late).into(language)
    worst = max(milestones, key=lambda each: each.slip_days or 0)
    if (worst.slip_days or 0) > 0:
        name, slip = worst.label.into(language), slip_text(worst.slip_days or 0).into(language)
        told += " " + Text(
            nl=f"De grootste verschuiving: {name}, {slip}.", en=f"The largest slip: {name}, {slip}."
        ).into(language)
    return told


def _counted(n: int, done: int, late: int) -> Text:
    return Text(
        nl=f"{n} {'mijlpaal' if n == 1 else 'mijlpalen'}: {done} gehaald, {late} te laat, "
        f"{n - done - late} nog te gaan.",
        en=f"{n} milestone{'' if n == 1 else 's'}: {done} done, {late} late, "
        f"{n - done - late} to go.",
    )


def slip_text(days: int) -> Text:
    """How much later or earlier than planned, in whole months, or in days below two months."""
    size = abs(days)
    if size == 0:
        return Text(nl="volgens plan", en="as planned")
    months = round(size / DAYS_A_MONTH)
    later = Text(nl="later", en="later") if days > 0 else Text(nl="eerder", en="earlier")
    if months < 2:
        nl, en = ("dag", "day") if size == 1 else ("dagen", "days")
        return Text(nl=f"{size} {nl} {later.nl}", en=f"{size} {en} {later.en}")
    return Text(nl=f"{months} maanden {later.nl}", en=f"{months} months {later.en}")


class _Picture:
    """One drawing: knows its scale and where the next line comes."""

    def __init__(
        self, dated: list[Milestone], language: Language, on: date, shape: _Shape, mark: str
    ) -> None:
        self.dated, self.language, self.on = dated, language, on
        self.shape, self.mark = shape, mark
        days = [on, *(day for each in dated for day in _days(each))]
        self.first = date(min(days).year, 1, 1)
        self.last = date(max(days).year + 1, 1, 1)
        self.left = MARGIN + shape.names
        self.right = shape.width - MARGIN

    def svg(self) -> str:
        """The whole picture."""
        parts: list[str] = []
        y = HEAD + 14
        for track, label in PARALLEL_TRACKS.items():
            here = [each for each in self.dated if each.track == track]
            if not here:
                continue
            parts.append(self._text(MARGIN, y, label.into(self.language), weight=600))
            y += 12
            for each in here:
                parts.extend(self._line(each, y))
                y += self.shape.row
            y += 20
        bottom = y - 12
        height = bottom + 34
        body = [*self._years(bottom), *parts, *self._today(bottom), *self._legend(bottom + 18)]
        return (
            f'<svg viewBox="0 0 {self.shape.width} {height}" role="img" '
            f'aria-labelledby="{self.mark}-title {self.mark}-description" '
            'xmlns="http://www.w3.org/2000/svg" fill="currentColor" font-family="inherit" '
            f'font-size="13">'
            f'<title id="{self.mark}-title">{escape(TITLE.into(self.language))}</title>'
            f'<desc id="{self.mark}-description">'
            f"{escape(summary(self.dated, self.language, on=self.on))}</desc>"
            + "".join(body)
            + "</svg>"
        )

    def _x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.left + share * (self.right - self.left), 1)

    def _text(
        self, x: float, y: float, text: str, *, anchor: str = "start", weight: int = 400,
        fill: str = "currentColor",
    ) -> str:  # fmt: skip
        return (
            f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}">'
            f"{escape(text)}</text>"
        )

    def _years(self, bottom: float) -> Iterator[str]:
        n = self.last.year - self.first.year
        step = next(step for step in (1, 2, 5, 10, 20, 50) if n / step <= self.shape.years)
        for year in range(self.first.year, self.last.year + 1):
            x = self._x(date(year, 1, 1))
            if year % step == 0:
                yield f'<path d="M{x} {HEAD - 6}V{bottom}" stroke="{RULE}"/>'
                if x < self.right - 20:
                    yield self._text(x + 4, HEAD - 8, str(year), fill=QUIET)

    def _today(self, bottom: float) -> Iterator[str]:
        x = self._x(self.on)
        yield (
            f'<path d="M{x} {HEAD - 2}V{bottom}" stroke="currentColor" stroke-width="1.5" '
            'stroke-dasharray="2 4"/>'
        )

    def _line(self, each: Milestone, y: float) -> Iterator[str]:
        above = self.shape.names == 0
        name = textwrap.shorten(
            each.label.into(self.language), self.shape.letters, placeholder=" …"
        )
        yield self._text(MARGIN, y + (14 if above else 20), name)
        middle = y + (32 if above else 16)
        late = each.actual is None and each.is_late(self.on)
        ink = LATE if late else "currentColor"
        yield f'<path d="M{self.left} {middle}H{self.right}" stroke="{RULE}"/>'
        expected = each.expected
        if each.planned and expected and expected != each.planned:
            yield (
                f'<path d="M{self._x(each.planned)} {middle}H{self._x(expected)}" '
                f'stroke="{ink}" stroke-width="2.5"/>'
            )
        for earlier in each.forecasts:
            if earlier is not each.forecast:
                yield f'<circle cx="{self._x(earlier.date)}" cy="{middle}" r="2.5" fill="{ink}"/>'
        if each.planned:
            yield _planned(self._x(each.planned), middle, "currentColor")
        if each.actual:
            yield _actual(self._x(each.actual), middle)
        elif each.forecast:
            yield _forecast(self._x(each.forecast.date), middle, ink)
        if late and each.slip_days and expected:
            yield self._slip(each.slip_days, self._x(expected), middle)

    def _slip(self, days: int, x: float, middle: float) -> str:
        months = round(days / DAYS_A_MONTH)
        unit = Text(nl="mnd", en="mo").into(self.language)
        told = f"+{months} {unit}" if months >= 2 else f"+{days} d"
        room = self.right - x > 70
        return (
            self._text(x + 12, middle + 4.5, told, fill=LATE, weight=600)
            if room
            else self._text(x - 4, middle - 9, told, anchor="end", fill=LATE, weight=600)
        )

    def _legend(self, y: float) -> Iterator[str]:
        x: float = self.left if self.shape.names else MARGIN
        step = 110 if self.shape.names else 84
        for draw, word in (
            (_planned(x + 6, y, "currentColor"), PLANNED),
            (_forecast(x + step + 6, y, "currentColor"), EXPECTED),
            (_actual(x + 2 * step + 6, y), CAME_ABOUT),
        ):
            yield draw
            yield self._text(x + 18, y + 4.5, word.into(self.language), fill=QUIET)
            x += step
        yield (
            f'<path d="M{x + 6} {y - 8}V{y + 8}" stroke="currentColor" stroke-width="1.5" '
            'stroke-dasharray="2 4"/>'
        )
        yield self._text(x + 16, y + 4.5, TODAY.into(self.language), fill=QUIET)


def _days(each: Milestone) -> Iterator[date]:
    yield from (day for day in (each.planned, each.actual) if day)
    yield from (forecast.date for forecast in each.forecasts)


def _planned(x: float, y: float, ink: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="5.5" fill="{PAPER}" stroke="{ink}" stroke-width="2"/>'


def _forecast(x: float, y: float, ink: str) -> str:
    return (
        f'<path d="M{x} {y - 7}L{x + 7} {y}L{x} {y + 7}L{x - 7} {y}Z" fill="{PAPER}" '
        f'stroke="{ink}" stroke-width="2"/>'
    )


def _actual(x: float, y: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="6.5"/>'
