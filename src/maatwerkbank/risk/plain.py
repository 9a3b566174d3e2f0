# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plain road: one draw as a case of its own, valued by `economics.evaluate`, item by item.

Takes     a case, what a draw makes of its figures, how late each project is, the price paths.
Gives     the case as it is in that draw, and its outcome with every labelled line.
Leaves    thousands of draws to `kernel`, which gives the same numbers to 1e-12 (METHOD §13).

A delay moves what the project itself brings: years of investment and operation, yearly series,
replacements, and support paid to it. Prices, law and the plant without the project stay in their
years (METHOD §11). The case lasts as much longer as its latest project is late, so that a late
plant still works all the years that were planned.
"""

from collections.abc import Mapping

from maatwerkbank.economics.business_case import Outcome, evaluate
from maatwerkbank.economics.frame import PricePaths
from maatwerkbank.ground.documents import Place
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Award, Case, Measure
from maatwerkbank.plant.figure_places import place_text, with_figures
from maatwerkbank.plant.quantities import CENTRE, Picks
from maatwerkbank.sources.figure import Figure, Range


def drawn_outcome(
    case: Case,
    law: Law,
    *,
    multipliers: Mapping[str, float],
    years_late: Mapping[str, int],
    paths: PricePaths | None = None,
    picks: Picks = CENTRE,
) -> Outcome:
    """The outcome of one draw, with all its yearly lines.

    `multipliers` place -> what that figure's centre is multiplied with; `years_late` project ->
    whole years.
    """
    drawn = late(multiplied(case, multipliers), years_late)
    return evaluate(drawn, law, picks, paths=paths)


def multiplied(case: Case, multipliers: Mapping[str, float]) -> Case:
    """The case with some figures at a multiple of their centre."""

    def change(path: Place, figure: Figure) -> Figure:
        place = place_text(path)
        return _times(figure, multipliers[place]) if place in multipliers else figure

    return with_figures(case, change)


def late(case: Case, years_late: Mapping[str, int], *, until: int | None = None) -> Case:
    """The case with projects so many years later; its years end at `until`, if that is named."""
    longest = max(years_late.values(), default=0)
    last = case.last_year + longest if until is None else until
    if last == case.last_year and not longest:
        return case
    numbers = {n: years_late.get(project.id, 0) for n, project in enumerate(case.projects)}

    def change(path: Place, figure: Figure) -> Figure:
        moves = path[0] == "projects" and path[2:] != ("premium", "price")
        return _moved(figure, numbers[int(path[1])] if moves else 0)

    moved = with_figures(case, change)
    return moved.model_copy(
        update={
            "last_year": last,
            "projects": [_later(each, numbers[n]) for n, each in enumerate(moved.projects)],
            "awards": [_paid_later(case, each, years_late) for each in moved.awards],
        }
    )


def _times(figure: Figure, factor: float) -> Figure:
    """A figure at so many times its centre: one number where it was a range."""

    def centre(number: "float | Range") -> float:
        return (number.at("central") if isinstance(number, Range) else number) * factor

    if figure.by_year is not None:
        by_year = {year: centre(number) for year, number in figure.by_year.items()}
        return figure.model_copy(update={"by_year": by_year})
    value = figure.range if figure.range is not None else figure.value or 0.0
    return figure.model_copy(update={"value": centre(value), "range": None})


def _moved(figure: Figure, years: int) -> Figure:
    """A yearly series so many years later; the years that a delay adds hold its ends."""
    if figure.by_year is None:
        return figure
    by_year = {year + years: number for year, number in figure.by_year.items()}
    beyond = "hold" if figure.beyond == "error" else figure.beyond
    return figure.model_copy(update={"by_year": by_year, "beyond": beyond})


def _later(measure: Measure, years: int) -> Measure:
    if not years:
        return measure
    return measure.model_copy(
        update={
            "first_year": measure.first_year + years,
            "capex_by_year": {y + years: share for y, share in measure.capex_by_year.items()},
            "replacements": [
                part.model_copy(update={"year": part.year + years}) for part in measure.replacements
            ],
        }
    )


def _paid_later(case: Case, award: Award, years_late: Mapping[str, int]) -> Award:
    """An award whose payments move with its project, and end where its deadline was missed."""
    years = years_late.get(award.project, 0)
    if not years:
        return award
    paid = {year + years: share for year, share in award.paid_by_year.items()}
    first = next(each.first_year for each in case.projects if each.id == award.project) + years
    deadline = award.deadline
    if deadline and first > deadline.first_year:
        over = first - deadline.first_year
        last = max(paid, default=0) - over
        kept = {} if deadline.then == "lapses" else {y: s for y, s in paid.items() if y <= last}
        paid = kept
    return award.model_copy(update={"paid_by_year": paid})
