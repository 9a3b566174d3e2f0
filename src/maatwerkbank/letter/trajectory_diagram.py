# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The road of a track as a picture: stages in order, the gates between them, and where we stand.

Takes     a track of the trajectory, a language, the stage where a dossier stands, a width.
Gives     SVG with title and description, in the colour of the text around it: dark where that is.
Leaves    the same as a table to the pages; no state is shown by colour alone.

Classes for a style sheet: `trajectory`, `trajectory-wide` or `trajectory-narrow` on the picture;
`trajectory-stage` with `is-passed`, `is-here` or `is-ahead`; `trajectory-gate`, `trajectory-step`.
"""

import textwrap
from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from maatwerkbank.dossier.trajectory import Gate, StageOfTrack, Track
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.chart_style import NARROW, is_narrow

WIDE = 900  # [px]
FONT = "system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif"
EDGE = 4  # what a thick border needs
LINE = 18  # of text
PER_ROW = 4

STEP = Text(nl="Stap {0}", en="Step {0}")
CRITERIA = Text(nl="{0} criteria", en="{0} criteria")
ONE_CRITERION = Text(nl="1 criterium", en="1 criterion")
LEGEND = Text(nl="◇ een poort, met het aantal criteria", en="◇ a gate, with its number of criteria")
BACK = Text(nl="of terug: {0}", en="or back: {0}")
STATES = {
    "is-passed": Text(nl="voorbij", en="passed"),
    "is-here": Text(nl="hier", en="here"),
    "is-ahead": Text(nl="nog te gaan", en="ahead"),
}
SIGNS = {"is-passed": "✓", "is-here": "▶", "is-ahead": ""}


@dataclass(frozen=True)
class _Box:
    """A stage in its place on the picture. [px]"""

    stage: StageOfTrack
    state: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def below(self) -> float:
        return self.y + self.height


def trajectory_svg(
    track: Track,
    language: Language,
    *,
    here: str | None = None,
    passed: Collection[str] | None = None,
    outward: bool = False,
    width: int = WIDE,
) -> str:
    """The track as SVG.

    Parameters
    ----------
    here : stage where a dossier stands
    passed : stages that it has passed; all before `here` where this is left out
    outward : with the names that the company and outsiders see
    width : [px] below some 600 the stages stand under one another
    """
    drawing = _Drawing(track, language, here, passed, outward=outward)
    body, height = drawing.narrow() if is_narrow(width) else drawing.wide()
    layout, across = ("narrow", NARROW) if is_narrow(width) else ("wide", WIDE)
    mark = f"trajectory-{track.id}-{layout}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="trajectory trajectory-{layout}" '
        f'role="img" aria-labelledby="{mark}-title {mark}-description" '
        f'viewBox="0 0 {across} {height:g}" width="{across}" height="{height:g}" '
        f'font-family="{FONT}" font-size="13.5" fill="currentColor">'
        f'<title id="{mark}-title">{escape(track.label.into(language))}</title>'
        f'<desc id="{mark}-description">{escape(drawing.told())}</desc>'
        f"{body}</svg>"
    )


class _Drawing:
    """One track in one language, with what each stage and gate says."""

    def __init__(
        self,
        track: Track,
        language: Language,
        here: str | None,
        passed: Collection[str] | None,
        *,
        outward: bool,
    ) -> None:
        self.track = track
        self.language = language
        self.outward = outward
        at = track.position(here) if here else 0
        behind = {stage.id for stage in track.stages[:at]} if passed is None else set(passed)
        self.states = {
            stage.id: "is-here"
            if stage.id == here
            else "is-passed"
            if stage.id in behind
            else "is-ahead"
            for stage in track.stages
        }
        self.placed = here is not None or bool(behind)

    def name(self, stage: StageOfTrack) -> str:
        """What the stage is called for who looks."""
        return (stage.outward_label if self.outward else stage.label).into(self.language)

    def forward(self, stage: StageOfTrack) -> Gate | None:
        """The gate to the next stage."""
        at = self.track.position(stage.id)
        ways = self.track.gates_from(stage.id)
        return next((g for g in ways if self.track.position(g.to_stage) > at), None)

    def back(self, stage: StageOfTrack) -> str | None:
        """Where the gate back leads, in words; outsiders are not told of that way."""
        if self.outward:
            return None
        at = self.track.position(stage.id)
        for gate in self.track.gates_from(stage.id):
            if self.track.position(gate.to_stage) < at:
                return self.say(BACK).format(self.name(self.track.stage(gate.to_stage)))
        return None

    def wrapped(self, stage: StageOfTrack, letters: int) -> tuple[list[str], list[str]]:
        """The name of the stage over several lines, and so where the gate back leads."""
        back = self.back(stage) or ""
        return (
            textwrap.wrap(self.name(stage), letters, break_long_words=False),
            textwrap.wrap(back, round(letters * 1.15), break_long_words=False),
        )

    def lines(self, stage: StageOfTrack, letters: int) -> int:
        """How many lines of text a stage takes."""
        return sum(len(part) for part in self.wrapped(stage, letters))

    def say(self, text: Text) -> str:
        """A text in the language of the picture."""
        return text.into(self.language)

    def criteria(self, gate: Gate) -> str:
        """How many criteria a gate has, in words."""
        count = len(gate.criteria)
        return self.say(ONE_CRITERION) if count == 1 else self.say(CRITERIA).format(count)

    def told(self) -> str:
        """The picture in words."""
        parts = []
        for stage in self.track.stages:
            state = f" ({self.say(STATES[self.states[stage.id]])})" if self.placed else ""
            gate, back = self.forward(stage), self.back(stage)
            parts.append(self.name(stage) + state + (f", {back}" if back else ""))
            if gate:
                parts.append(f"{gate.label.into(self.language)}: {self.criteria(gate)}")
        return "; ".join(parts) + "."

    # ── two layouts ───────────────────────────────────────────────────────────────────────────

    def wide(self) -> tuple[str, float]:
        """Stages in rows from left to right; a line leads from the end of a row to the next."""
        stages = self.track.stages
        rows = -(-len(stages) // PER_ROW)
        per_row = -(-len(stages) // rows)
        gap = 42.0
        width = (WIDE - 2 * EDGE - (per_row - 1) * gap) / per_row
        letters = int((width - 32) / 7.4)
        height = max(74.0, *(self.lines(stage, letters) * LINE + 26.0 for stage in stages))
        head = 26.0 if any(stage.step for stage in stages) else 0.0
        between = 34.0
        boxes = [
            _Box(
                stage,
                self.states[stage.id],
                EDGE + (n % per_row) * (width + gap),
                EDGE + head + (n // per_row) * (height + head + between),
                width,
                height,
            )
            for n, stage in enumerate(stages)
        ]
        drawn = []
        for box, following in pairwise(boxes):
            gate = self.forward(box.stage)
            if following.y == box.y:
                drawn.append(_line([(box.right, box.middle), (following.x - 1, box.middle)]))
                drawn.append(self._gate(gate, (box.right + following.x) / 2 - 3, box.middle))
            else:
                turn = box.below + between / 2
                drawn.append(
                    _line(
                        [
                            (box.x + width / 2, box.below),
                            (box.x + width / 2, turn),
                            (following.x + width / 2, turn),
                            (following.x + width / 2, following.y - 1),
                        ]
                    )
                )
                drawn.append(self._gate(gate, WIDE / 2, turn))
        drawn += [self._steps(row) for row in _rows(boxes)]
        drawn += [self._stage(box, letters=letters) for box in boxes]
        return self._with_legend(drawn, boxes[-1].below)

    def narrow(self) -> tuple[str, float]:
        """Stages under one another, with the gate on the line between them."""
        height, gap, letters = 52.0, 44.0, 32
        boxes = []
        top = float(EDGE)
        for stage in self.track.stages:
            tall = max(height, self.lines(stage, letters) * LINE + 16.0)
            boxes.append(
                _Box(stage, self.states[stage.id], EDGE, top, NARROW - 2 * EDGE, tall),
            )
            top += tall + gap
        drawn = []
        for box, following in pairwise(boxes):
            gate, x, y = self.forward(box.stage), 34.0, box.below + gap / 2 - 3
            drawn.append(_line([(x, box.below), (x, following.y - 1)]))
            drawn.append(self._gate(gate, x, y))
            if gate:
                drawn.append(
                    f'<text class="trajectory-gate" x="{x + 22:g}" y="{y + 4:g}" font-size="12" '
                    f'opacity="0.8">{self.criteria(gate)}</text>'
                )
        drawn += [self._stage(box, letters=letters, step=True) for box in boxes]
        return self._with_legend(drawn, boxes[-1].below)

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def _stage(self, box: _Box, *, letters: int, step: bool = False) -> str:
        here = box.state == "is-here"
        shade = {"is-passed": 0.07, "is-here": 0.12, "is-ahead": 0.0}[box.state]
        name, back = self.wrapped(box.stage, letters)
        first = box.middle - len(name + back) * LINE / 2 + LINE * 0.72
        sign = SIGNS[box.state]
        indent = 28 if sign else 12
        weight = ' font-weight="700"' if here else ""
        parts = [
            f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
            f'rx="6" fill-opacity="{shade:g}" stroke="currentColor" '
            f'stroke-width="{3 if here else 1.25}"'
            + ("" if here or box.state == "is-passed" or not self.placed else _DASHED)
            + "/>"
        ]
        if sign:
            parts.append(f'<text x="{box.x + 9:g}" y="{first:g}"{weight}>{sign}</text>')
        parts += [
            f'<text x="{box.x + indent:g}" y="{first + n * LINE:g}"{weight}>{escape(line)}</text>'
            for n, line in enumerate(name)
        ]
        parts += [
            f'<text x="{box.x + indent:g}" y="{first + n * LINE:g}" font-size="12" '
            f'opacity="0.8">{escape(line)}</text>'
            for n, line in enumerate(back, start=len(name))
        ]
        if step and box.stage.step:
            parts.append(
                f'<text class="trajectory-step" x="{box.right - 12:g}" y="{first:g}" '
                f'text-anchor="end" font-size="12" opacity="0.8">'
                f"{self.say(STEP).format(box.stage.step)}</text>"
            )
        return f'<g class="trajectory-stage {box.state}">{"".join(parts)}</g>'

    def _gate(self, gate: Gate | None, x: float, y: float) -> str:
        if gate is None:
            return ""
        size = 15
        corners = f"{x:g},{y - size:g} {x + size:g},{y:g} {x:g},{y + size:g} {x - size:g},{y:g}"
        return (
            f'<g class="trajectory-gate"><title>{escape(gate.label.into(self.language))}: '
            f"{self.criteria(gate)}</title>"
            f'<polygon points="{corners}" fill="Canvas" stroke="currentColor" '
            f'stroke-width="1.25"/>'
            f'<text x="{x:g}" y="{y + 4:g}" text-anchor="middle" font-size="11.5">'
            f"{len(gate.criteria)}</text></g>"
        )

    def _with_legend(self, drawn: list[str], below: float) -> tuple[str, float]:
        """What a diamond means, under the picture; and how high all is."""
        said = (
            f'<text x="{EDGE}" y="{below + 22:g}" font-size="12" opacity="0.8">'
            f"{self.say(LEGEND)}</text>"
        )
        return "".join([*drawn, said]), below + 22 + 2 * EDGE

    def _steps(self, row: list[_Box]) -> str:
        """A line above the stages of one step, with its number."""
        parts = []
        for step, together in groupby(row, key=lambda box: box.stage.step):
            boxes = list(together)
            if step is None:
                continue
            y = boxes[0].y - 8
            parts.append(
                f'<text class="trajectory-step" x="{boxes[0].x:g}" y="{y - 5:g}" font-size="12" '
                f'opacity="0.8">{self.say(STEP).format(step)}</text>'
                f'<path d="M{boxes[0].x:g} {y:g}H{boxes[-1].right:g}" stroke="currentColor" '
                f'stroke-width="2" stroke-opacity="0.45"/>'
            )
        return "".join(parts)


_DASHED = ' stroke-dasharray="4 3"'


def _rows(boxes: list[_Box]) -> list[list[_Box]]:
    return [list(row) for _, row in groupby(boxes, key=lambda box: box.y)]


def _line(points: list[tuple[float, float]]) -> str:
    """A line with an arrow at its end."""
    path = "L".join(f"{x:g} {y:g}" for x, y in points)
    (before_x, _), (x, y) = points[-2:]
    head = (
        f"M{x - 6:g} {y - 4.5:g}L{x:g} {y:g}L{x - 6:g} {y + 4.5:g}"
        if x > before_x
        else f"M{x - 4.5:g} {y - 6:g}L{x:g} {y:g}L{x + 4.5:g} {y - 6:g}"
    )
    return (
        f'<path class="trajectory-way" d="M{path}{head}" fill="none" stroke="currentColor" '
        f'stroke-width="1.25"/>'
    )
