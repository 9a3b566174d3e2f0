# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong or odd in a report, and is it fit to be handed in?

Takes     per indicator the figure and a reason in words, the year, and the figures of last year.
Gives     every finding at once: an error blocks handing in, a warning asks for a reason.
Leaves    reading a workbook to `workbook`, verification to people.

Absent is not zero: a figure that is left open stays open, with the reason why it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maatwerkbank.dossier.execution.kpi import Kpi
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Reported:
    """What a report says of one indicator. `place` is where it stands: a field, or a cell."""

    kpi: str
    value: Decimal | None
    reason: str = ""
    place: str = ""


def findings_of(
    reported: Iterable[Reported],
    kpis: Sequence[Kpi],
    year: int | None,
    last_year: Mapping[str, Decimal | None],
) -> tuple[Finding, ...]:
    """Everything that is wrong or odd, in the order of the indicators.

    Parameters
    ----------
    year : of the promise that it is held against; None where it reports on a part of a year
    last_year : per key of an indicator the figure of the year before; absent where there is none
    """
    told = {each.kpi: each for each in reported}
    found: list[Finding] = []
    for kpi in kpis:
        each = told.get(kpi.key, Reported(kpi.key, None, place=kpi.key))
        found.extend(_of_one(each, kpi, year, last_year.get(kpi.key)))
    found.extend(_additional_above_gross(told, kpis))
    return tuple(found)


def blocks(findings: Iterable[Finding], reported: Iterable[Reported]) -> bool:
    """Whether the report cannot be handed in: an error, or a warning without a reason."""
    reasons = {each.place or each.kpi: each.reason.strip() for each in reported}
    return any(each.severity == "error" or not reasons.get(each.place, "") for each in findings)


def _of_one(
    each: Reported, kpi: Kpi, year: int | None, before: Decimal | None
) -> Iterable[Finding]:
    place, unit = each.place or kpi.key, kpi.unit
    if each.value is None:
        yield _finding("warning", "absent", place, A_FIGURE, ABSENT, WHY_ABSENT)
        return
    if each.value < 0:
        expected = Text(nl="nul of meer", en="nought or more")
        yield _finding("error", "negative", place, expected, _said(each.value, unit), CORRECT)
        return
    if before is not None and _far(each.value, before, kpi.tolerance):
        percent = f"{kpi.tolerance:.0%}"
        was = _said(before, unit)
        expected = Text(
            nl=f"ten hoogste {percent} anders dan vorig jaar ({was.nl})",
            en=f"at most {percent} from last year ({was.en})",
        )
        yield _finding("warning", "tolerance", place, expected, _said(each.value, unit), WHY)
    if year is not None and kpi.falls_short(year, each.value):
        promised = _said(kpi.promised[year], unit)
        expected = Text(nl=f"beloofd: {promised.nl}", en=f"promised: {promised.en}")
        yield _finding("warning", "short", place, expected, _said(each.value, unit), WHY_SHORT)


def _far(value: Decimal, before: Decimal, tolerance: Decimal) -> bool:
    return abs(value - before) > abs(before) * tolerance


def _additional_above_gross(told: Mapping[str, Reported], kpis: Sequence[Kpi]) -> Iterable[Finding]:
    """Additional tonnes are part of the gross ones, where both are reported."""
    of = {kpi.quantity: told.get(kpi.key) for kpi in kpis}
    gross, additional = of.get("co2_gross"), of.get("co2_additional")
    if not gross or not additional or gross.value is None or additional.value is None:
        return
    if additional.value > gross.value:
        limit = _said(gross.value, Text(nl="t", en="t"))
        expected = Text(
            nl=f"ten hoogste de bruto reductie ({limit.nl})",
            en=f"at most the gross reduction ({limit.en})",
        )
        found = _said(additional.value, Text(nl="t", en="t"))
        place = additional.place or additional.kpi
        yield _finding("error", "above_gross", place, expected, found, CORRECT)


A_FIGURE = Text(nl="een getal", en="a figure")
ABSENT = Text(nl="niets (dat is geen nul)", en="nothing (which is not nought)")
WHY_ABSENT = Text(
    nl="vul het getal in, of zeg waarom het er niet is",
    en="fill in the figure, or say why there is none",
)
WHY = Text(nl="zeg waar het verschil door komt", en="say what the difference comes from")
WHY_SHORT = Text(nl="zeg waarom het minder is", en="say why it is less")
CORRECT = Text(nl="verbeter het getal", en="correct the figure")


def _said(value: Decimal, unit: Text) -> Text:
    whole = f"{value.normalize():,f}"
    swapped = whole.replace(",", " ").replace(".", ",").replace(" ", ".")
    return Text(nl=f"{swapped} {unit.nl}", en=f"{whole} {unit.en}")


def _finding(
    severity: str, code: str, place: str, expected: Text, found: Text, remedy: Text
) -> Finding:
    return Finding(
        "error" if severity == "error" else "warning",
        f"report.{code}",
        place,
        expected,
        found,
        remedy,
    )
