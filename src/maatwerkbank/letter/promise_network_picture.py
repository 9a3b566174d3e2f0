# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture of promises and what they wait for, from left to right by date.

Takes     an outlook of `dossier.promises`, the state of each node in a word, a language.
Gives     SVG with a title and a description, for a wide page and for a phone; sentences.
Leaves    the table that stands beside it to the page.

One line for each node, so that thirty of them stay readable. Shape tells who has to bring it
about; a filled shape came about; the state stands beside it as a word; a heavy line is the chain
that decides when a project starts. Ink is that of the page.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from maatwerkbank.dossier.promises.held_up import Outlook
from maatwerkbank.dossier.promises.network import Moment, critical_chain
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import day as day_text
from maatwerkbank.letter.numbers import tonnes
from maatwerkbank.letter.timeline_picture import LATE, PAPER, QUIET, RULE, slip_text

TITLE = Text(nl="Wat wacht op wat", en="What waits for what")
TODAY = Text(nl="vandaag", en="today")
NO_DATE = Text(nl="geen datum", en="no date")
LATER = Text(nl="later", en="late")
# What a shape tells, in the order of the legend.
SHAPES: Mapping[str, Text] = {
    "state": Text(nl="Staat", en="State"),
    "company": Text(nl="bedrijf", en="company"),
    "third": Text(nl="derde", en="third party"),
    "project": Text(nl="project", en="project"),
}


@dataclass(frozen=True)
class _Shape:
    """Sizes [px] of the picture for one width of page."""

    width: int
    names: int  # room for the names, left of the dates; 0 puts them above the line
    row: int
    letters: int  # of a name on one line
    years: int  # labels that fit
    words: int  # room for the state, right of the dates


WIDE = _Shape(width=940, names=290, row=34, letters=42, years=10, words=190)
NARROW = _Shape(width=360, names=0, row=56, letters=46, years=4, words=96)
MARGIN = 16
HEAD = 30


def network_svg(
    outlook: Outlook,
    states: Mapping[str, Text],
    language: Language,
    *,
    on: date,
    narrow: bool = False,
    mark: str = "network",
) -> str:
    """The network, one line for each node; empty text where nothing waits and nothing has a date.

    Parameters
    ----------
    states : per node its state in a word, as the table beside the picture gives it
    mark : makes the names inside unlike those of another picture on the same page
    """
    if not any(moment.expected or moment.planned for moment in outlook.moments.values()):
        return ""
    shape = NARROW if narrow else WIDE
    return _Picture(outlook, states, language, on, shape, mark).svg()


def summary(outlook: Outlook, language: Language) -> str:
    """What the picture shows, in a few sentences."""
    if not outlook.moments:
        return Text(nl="Er zijn nog geen beloften.", en="There are no promises yet.").into(language)
    if not outlook.delayed:
        return Text(
            nl="Geen project begint later dan gepland door iets waarop het wacht.",
            en="No project starts later than planned because of something that it waits for.",
        ).into(language)
    return " ".join(_delay(outlook, held.project.id, language) for held in outlook.delayed)


def _delay(outlook: Outlook, project: str, language: Language) -> str:
    chain = critical_chain(project, outlook.moments)
    held = next(each for each in outlook.delayed if each.project.id == project)
    name = held.project.label.into(language)
    slip = slip_text(held.delay_days).into(language)
    start = day_text(held.start.isoformat(), language)
    told = Text(
        nl=f"{name} begint naar verwachting op {start}, {slip}.",
        en=f"{name} is expected to start on {start}, {slip}.",
    ).into(language)
    if len(chain) > 1:
        way = " → ".join(each.node.label.into(language) for each in chain)
        told += " " + Text(
            nl=f"De keten die dat bepaalt: {way}.", en=f"The chain that decides this: {way}."
        ).into(language)
    if held.at_risk.gross_t:
        lost = tonnes(held.at_risk.gross_t, language)
        told += " " + Text(
            nl=f"In 2030 is daardoor {lost} bruto in gevaar.",
            en=f"That puts {lost} gross in 2030 at risk.",
        ).into(language)
    return told


class _Picture:
    """One drawing: knows its scale and where each node stands."""

    def __init__(
        self,
        outlook: Outlook,
        states: Mapping[str, Text],
        language: Language,
        on: date,
        shape: _Shape,
        mark: str,
    ) -> None:
        self.outlook, self.states, self.language = outlook, states, language
        self.on, self.shape, self.mark = on, shape, mark
        self.rows = [outlook.moments[key] for key in _order(outlook)]
        days = [on]
        for moment in self.rows:
            days += [day for day in (moment.planned, moment.expected) if day]
        self.first = date(min(days).year, 1, 1)
        self.last = date(max(days).year + 1, 1, 1)
        self.left = MARGIN + shape.names
        self.right = shape.width - MARGIN - shape.words
        self.chain = {
            each.node.id
            for held in outlook.delayed
            for each in critical_chain(held.project.id, outlook.moments)
        }
        self.y = {
            moment.node.id: HEAD + 16 + n * shape.row + (28 if shape.names == 0 else 8)
            for n, moment in enumerate(self.rows)
        }

    def svg(self) -> str:
        """The whole picture."""
        bottom = HEAD + 16 + len(self.rows) * self.shape.row
        legend = 2 if self.shape.names == 0 else 1
        height = bottom + 18 + 24 * legend
        body = [*self._years(bottom), *self._today(bottom), *self._waits()]
        for moment in self.rows:
            body.extend(self._line(moment))
        body.extend(self._legend(bottom + 18))
        return (
            f'<svg viewBox="0 0 {self.shape.width} {height}" role="img" '
            f'aria-labelledby="{self.mark}-title {self.mark}-description" '
            'xmlns="http://www.w3.org/2000/svg" fill="currentColor" font-family="inherit" '
            'font-size="13">'
            f'<title id="{self.mark}-title">{escape(TITLE.into(self.language))}</title>'
            f'<desc id="{self.mark}-description">'
            f"{escape(summary(self.outlook, self.language))}</desc>" + "".join(body) + "</svg>"
        )

    def _x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.left + share * (self.right - self.left), 1)

    def _text(
        self, x: float, y: float, text: str, *, weight: int = 400, fill: str = "currentColor"
    ) -> str:
        return f'<text x="{x}" y="{y}" font-weight="{weight}" fill="{fill}">{escape(text)}</text>'

    def _years(self, bottom: float) -> Iterator[str]:
        n = self.last.year - self.first.year
        step = next(step for step in (1, 2, 5, 10, 20, 50) if n / step <= self.shape.years)
        for year in range(self.first.year, self.last.year + 1):
            if year % step == 0:
                x = self._x(date(year, 1, 1))
                yield f'<path d="M{x} {HEAD - 6}V{bottom}" stroke="{RULE}"/>'
                if x < self.right - 20:
                    yield self._text(x + 4, HEAD - 8, str(year), fill=QUIET)

    def _today(self, bottom: float) -> Iterator[str]:
        yield (
            f'<path d="M{self._x(self.on)} {HEAD - 2}V{bottom}" stroke="currentColor" '
            'stroke-width="1.5" stroke-dasharray="2 4"/>'
        )

    def _waits(self) -> Iterator[str]:
        """The lines from what is awaited to what waits; those of the chain last and heavy."""
        drawn = []
        for wait in self.outlook.network.waits:
            awaited = self.outlook.moments[wait.awaited]
            waiter = self.outlook.moments[wait.waiter]
            begin, end = awaited.expected or awaited.planned, waiter.expected or waiter.planned
            if begin is None or end is None:
                continue
            heavy = (
                wait.waiter in self.chain
                and wait.awaited in self.chain
                and waiter.driver == wait.awaited
            )
            drawn.append((heavy, self._curve(wait.awaited, begin, wait.waiter, end, heavy=heavy)))
        yield from (line for _, line in sorted(drawn))

    def _curve(self, begin: str, first: date, end: str, last: date, *, heavy: bool) -> str:
        x, y, to_x, to_y = self._x(first), self.y[begin], self._x(last), self.y[end]
        bend = max(abs(to_y - y) / 2, 12)
        sign = 1 if to_y > y else -1
        ink, width = (LATE, 3) if heavy else (QUIET, 1.2)
        return (
            f'<path d="M{x} {y}C{x} {y + sign * bend} {to_x} {to_y - sign * bend} {to_x} {to_y}" '
            f'fill="none" stroke="{ink}" stroke-width="{width}"/>'
        )

    def _line(self, moment: Moment) -> Iterator[str]:
        node, y = moment.node, self.y[moment.node.id]
        name = textwrap.shorten(
            node.label.into(self.language), self.shape.letters, placeholder=" …"
        )
        on_chain = node.id in self.chain
        name_y = y - 16 if self.shape.names == 0 else y + 4.5
        yield self._text(MARGIN, name_y, name, weight=600 if on_chain else 400)
        late = moment.is_late
        ink = LATE if late else "currentColor"
        if moment.planned and moment.expected and moment.planned != moment.expected:
            begin, end = sorted((self._x(moment.planned), self._x(moment.expected)))
            yield (
                f'<path d="M{begin} {y}H{end}" stroke="{ink}" stroke-width="2" '
                'stroke-dasharray="5 3"/>'
            )
            yield (
                f'<circle cx="{self._x(moment.planned)}" cy="{y}" r="3.5" fill="{PAPER}" '
                f'stroke="{ink}" stroke-width="1.5"/>'
            )
        day = moment.expected or moment.planned
        if day:
            done = node.dates.actual is not None
            yield _marker(_who(moment), self._x(day), y, ink, filled=done)
        word = self.states.get(node.id)
        told = word.into(self.language) if word else ""
        if day is None:
            told = NO_DATE.into(self.language)
        elif late and moment.slip_days and self.shape.names:
            slip = slip_text(moment.slip_days).into(self.language)
            told = f"{told}, {slip}" if told else slip
        elif late and not told:
            told = LATER.into(self.language)
        yield self._text(
            self.right + 12, y + 4.5, told, weight=600 if late else 400, fill=ink if late else QUIET
        )

    def _legend(self, y: float) -> Iterator[str]:
        narrow = self.shape.names == 0
        x: float = MARGIN if narrow else self.left
        step = 84 if narrow else 96
        for who, word in SHAPES.items():
            yield _marker(who, x + 6, y, "currentColor", filled=False)
            yield self._text(x + 18, y + 4.5, word.into(self.language), fill=QUIET)
            x += step
        if narrow:
            x, y = MARGIN, y + 24
        yield (
            f'<path d="M{x + 6} {y - 8}V{y + 8}" stroke="currentColor" stroke-width="1.5" '
            'stroke-dasharray="2 4"/>'
        )
        yield self._text(x + 16, y + 4.5, TODAY.into(self.language), fill=QUIET)


def _order(outlook: Outlook) -> list[str]:
    """What a thing waits for stands above it; projects stand below what they wait for."""
    moments, network = outlook.moments, outlook.network
    placed: list[str] = []

    def place(key: str) -> None:
        if key in placed:
            return
        waits = network.awaited_by.get(key, ())
        for each in sorted((wait.awaited for wait in waits), key=by_date):
            place(each)
        placed.append(key)

    def by_date(key: str) -> tuple[date, str]:
        moment = moments[key]
        return (moment.expected or moment.planned or date.max, key)

    projects = [key for key, each in moments.items() if each.node.kind == "project"]
    for key in [*sorted(projects, key=by_date), *sorted(moments, key=by_date)]:
        place(key)
    return placed


def _who(moment: Moment) -> str:
    if moment.node.kind == "project":
        return "project"
    return moment.node.side if moment.node.side in SHAPES else "third"


def _marker(who: str, x: float, y: float, ink: str, *, filled: bool) -> str:
    fill = ink if filled else PAPER
    style = f'fill="{fill}" stroke="{ink}" stroke-width="2"'
    if who == "state":
        return f'<path d="M{x - 6} {y - 6}H{x + 6}V{y + 6}H{x - 6}Z" {style}/>'
    if who == "company":
        return f'<circle cx="{x}" cy="{y}" r="6" {style}/>'
    if who == "project":
        return f'<path d="M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z" {style}/>'
    return f'<path d="M{x} {y - 7}L{x + 7} {y + 6}H{x - 7}Z" {style}/>'
