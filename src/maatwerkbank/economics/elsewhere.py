# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One case beside what it would be worth in other countries, with what the answer rests on.

Takes     a checked case file, names of countries, a day of knowledge, a variant, an outlook, the
          hurdle rate of the parent.
Gives     `Elsewhere`: a comparison per country, a receipt, and plain values (`as_json`).
Leaves    the arithmetic to `conditions`, sentences to `letter`.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.economics.condition_factors import CASE_LACKS, Comparison, plain_figures
from maatwerkbank.economics.conditions import compare
from maatwerkbank.economics.lacks import Lack
from maatwerkbank.ground.receipt import Receipt, digest
from maatwerkbank.parameters.countries import country_file
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case_file import CaseFile

FORMAT = "maatwerkbank-conditions-1"


@dataclass(frozen=True)
class Elsewhere:
    """A case here, and under the conditions of each country that was asked for."""

    base: Assessment
    hurdle_rate: float | None
    comparisons: tuple[Comparison, ...]

    @property
    def receipt(self) -> Receipt:
        """What this answer rests on: the input is the case with the countries and the rate."""
        countries = [each.country for each in self.comparisons]
        asked = [self.base.case_file.sha256, countries, self.hurdle_rate]
        return replace(self.base.receipt, input_sha256=digest(asked))

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """Why the value here is null: what the assessment of the case lacks, in full."""
        figures = {"npv_here_eur": "npv_eur", "irr_here": "irr"}
        found: list[Lack] = []
        for lack in self.comparisons[0].lacks:
            if lack.figure in figures and lack.place == CASE_LACKS.place:
                found += [
                    replace(each, figure=lack.figure)
                    for each in self.base.lacks
                    if each.figure == figures[lack.figure] and each.reason != "sign_open"
                ]
            elif lack.figure in figures:
                found.append(lack)
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The contract of `maatwerkbank conditions --json` (docs/reference/json.md)."""
        first = self.comparisons[0]
        case = self.base.case
        return {
            "format": FORMAT,
            "receipt": self.receipt.as_json(),
            "id": case.id,
            "company": case.company,
            "kind": case.kind,
            "hurdle_rate": self.hurdle_rate,
            **plain_figures({"npv_here_eur": first.npv_here, "irr_here": first.irr_here}),
            "lacks": [asdict(each) for each in self.lacks],
            "countries": [each.as_json() for each in self.comparisons],
        }


def elsewhere(
    case_file: CaseFile,
    countries: Sequence[str],
    *,
    hurdle_rate: float | None = None,
    variant: str | None = None,
    known_on: date | None = None,
    outlook: str = "hold",
    progress: Callable[[str], None] | None = None,
) -> Elsewhere:
    """Compare a case with each of one or more countries, under the law as known on a day.

    Raises ParameterError (no such country), UnitError (a hurdle rate that is no share a year),
    NoProject, and what `assess` raises.
    """
    for name in countries:
        country_file(name)  # the last name may be wrong: say so before the first is computed
    day = known_on or date.fromisoformat(case_file.case.known_on)
    found = []
    for number, name in enumerate(countries, 1):
        if progress:
            progress(f"{number} / {len(countries)}: {name}")
        law = Law(day, variant=variant, outlook=outlook)
        found.append(compare(case_file, law, name, hurdle_rate=hurdle_rate))
    base = assess(case_file, variant=variant, known_on=known_on, outlook=outlook)
    return Elsewhere(base, hurdle_rate, tuple(found))
