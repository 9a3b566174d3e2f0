# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is measured, within which boundary, how, and what was promised of it per year?

Takes     the definition of an indicator as the agreement gives it.
Gives     a value that reports, pictures and clauses share; how much of the gap was achieved.
Leaves    what a report says of it to `report`.

Gross and additional tonnes are two quantities, so two indicators: they never share a figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Quantity:
    """Something that is measured.

    `surroundings`: partners see it as well. `adds_up`: parts of a year make the year.
    """

    label: Text
    unit: Text
    surroundings: bool = False
    adds_up: bool = True


TONNES = Text(nl="t", en="t")
QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "co2_gross": Quantity(Text(nl="CO2-reductie, bruto", en="CO2 reduction, gross"), TONNES),
        "co2_additional": Quantity(
            Text(nl="CO2-reductie, additioneel", en="CO2 reduction, additional"), TONNES
        ),
        "co2_emission": Quantity(Text(nl="CO2-uitstoot", en="CO2 emission"), TONNES),
        "nox": Quantity(
            Text(nl="Uitstoot van stikstofoxiden", en="Emission of nitrogen oxides"),
            Text(nl="t NOx", en="t NOx"),
            surroundings=True,
        ),
        "ammonia": Quantity(
            Text(nl="Uitstoot van ammoniak", en="Emission of ammonia"),
            Text(nl="t NH3", en="t NH3"),
            surroundings=True,
        ),
        "water": Quantity(
            Text(nl="Gebruik van zoet water", en="Use of fresh water"),
            Text(nl="m3", en="m3"),
            surroundings=True,
        ),
        "heat_discharge": Quantity(
            Text(nl="Lozing van warmte", en="Discharge of heat"),
            Text(nl="MWh", en="MWh"),
            surroundings=True,
        ),
        "investment": Quantity(
            Text(nl="Investering, opgeteld", en="Investment, cumulative"),
            Text(nl="euro", en="euro"),
        ),
    }
)


@dataclass(frozen=True)
class Kpi:
    """One indicator of an agreement.

    `baseline` is the value before the plan: nought for a reduction, the level of the base year for
    an emission. `promised` holds a value per year; a year without one promises nothing.
    `tolerance` is how far a year may lie from the year before without a reason, as a share.
    """

    key: str
    name: Text
    quantity: str
    boundary: Text
    method: Text
    baseline: Decimal
    base_year: int | None = None
    promised: Mapping[int, Decimal] = field(default_factory=dict)
    tolerance: Decimal = Decimal("0.10")

    @property
    def unit(self) -> Text:
        """The unit of every figure of it."""
        return QUANTITIES[self.quantity].unit

    @property
    def partners_see(self) -> bool:
        """Whether it concerns nitrogen or the surroundings."""
        return QUANTITIES[self.quantity].surroundings

    def falls_short(self, year: int, realised: Decimal | None) -> bool | None:
        """Whether less was reached than promised; None where one of the two is not known."""
        promised = self.promised.get(year)
        if promised is None or realised is None:
            return None
        return realised < promised if promised >= self.baseline else realised > promised


def performance(
    *, baseline: Decimal, target: Decimal | None, realised: Decimal | None
) -> Decimal | None:
    """What share of the way from baseline to target was gone, from nought to one.

    (baseline - realised) / (baseline - target), so the same rule for an emission that goes down and
    a reduction that goes up. Absent stays absent: no target or no result gives no share.

    >>> performance(baseline=Decimal(100), target=Decimal(60), realised=Decimal(70))
    Decimal('0.75')
    """
    if target is None or realised is None or baseline == target:
        return None
    share = (baseline - realised) / (baseline - target)
    return min(max(share, Decimal(0)), Decimal(1))


def of_the_year(quantity: str, parts: Sequence[Decimal | None]) -> Decimal | None:
    """The figure of a year from those of its periods; absent where one of them is.

    >>> of_the_year("water", [Decimal(4), Decimal(5)]), of_the_year("water", [Decimal(4), None])
    (Decimal('9'), None)
    """
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    return sum(known, Decimal(0)) if QUANTITIES[quantity].adds_up else known[-1]


def lacks_of_kpi(kpi: Kpi) -> list[Finding]:
    """Why this is no indicator: all of it."""
    found = []
    if kpi.quantity not in QUANTITIES:
        found.append(_lack("quantity", ", ".join(QUANTITIES), kpi.quantity))
    for place, text in (("name", kpi.name), ("boundary", kpi.boundary), ("method", kpi.method)):
        found.extend(
            _lack(f"{place}_{language}", WORDS, "-")
            for language, words in (("nl", text.nl), ("en", text.en))
            if not words.strip()
        )
    if not kpi.promised:
        found.append(_lack("promised", A_YEAR_WITH_A_VALUE, "-"))
    found.extend(
        _lack("promised", Text(nl="nul of meer", en="nought or more"), f"{year}: {value}")
        for year, value in kpi.promised.items()
        if value < 0
    )
    if kpi.baseline and not kpi.base_year:
        found.append(_lack("base_year", BASE_YEAR, "-"))
    if not 0 <= kpi.tolerance <= 1:
        found.append(_lack("tolerance", Text(nl="0 tot 100 procent", en="0 to 100 per cent"), "-"))
    return found


WORDS = Text(nl="een tekst", en="a text")
A_YEAR_WITH_A_VALUE = Text(
    nl="ten minste één jaar met een waarde", en="at least one year with a value"
)
BASE_YEAR = Text(nl="het jaar van de uitgangswaarde", en="the year of the baseline")


def _lack(place: str, expected: Text | str, found: str) -> Finding:
    remedy = Text(nl="vul dit aan", en="complete this")
    return Finding("error", "kpi", place, expected, found, remedy)
