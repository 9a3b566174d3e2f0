# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does a country change for a project, and what is said of each change?

Takes     figures that may be null, and why they are.
Gives     the factors by name; a factor, and a comparison of here and there, as people and programs
          read them.
Leaves    the sums to `conditions`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from maatwerkbank.economics.lacks import Lack
from maatwerkbank.parameters.countries import NoCharge
from maatwerkbank.sources.figure import Figure, Words
from maatwerkbank.sources.register import Seen, load_sources

HURDLE = "hurdle"
# What a country changes. The bill covers power and grid: they are shown apart, never added to it.
FACTORS = (
    "electricity",
    "grid",
    "electricity_bill",
    "co2_price_and_levy",
    "support",
    "tax",
)
COVERED_BY_BILL = ("electricity", "grid")
FIGURES = ("npv_eur", "npv_gap_eur", "irr", "irr_gap")  # of each factor, as in the JSON

RestsOn = tuple[tuple[str, Figure | NoCharge], ...]  # what each is, such as `support.share`


@dataclass(frozen=True)
class Missing:
    """What keeps a factor from being taken from there: where, why, and who can give it."""

    places: tuple[str, ...]
    why: Words
    ask: Words

    @property
    def place(self) -> str:
        """The places in one line, as a lack names them."""
        return ", ".join(self.places)


NO_HURDLE = Missing(
    ("hurdle_rate",),
    Words(
        nl="de rendementseis van het moederbedrijf is niet gegeven",
        en="the hurdle rate of the parent company is not given",
    ),
    Words(nl="de onderneming of haar moederbedrijf", en="the firm or its parent company"),
)
NO_GRID_COST = Words(
    nl="de casus noemt geen netkosten; onbekend is niet nul",
    en="the case states no grid cost; unknown is not nil",
)
ASK_GRID_COST = Words(
    nl="de onderneming of haar netbeheerder; zet `grid_cost` bij de maatregel in de casus",
    en="the firm or its grid operator; add `grid_cost` to the measure in the case",
)
NOT_ALL_ETS = Words(
    nl="niet elke installatie van de casus valt onder het EU ETS; wat zij elders betaalt, is niet "
    "in een bron gezien",
    en="not every installation of the case is under the EU ETS; no source was seen for what it "
    "would pay elsewhere",
)
ASK_NOT_ETS = Words(
    nl="de belastingdienst of de emissieautoriteit van het land",
    en="the tax or emissions authority of the country",
)
CASE_LACKS = Missing(
    ("case",),
    Words(
        nl="de netto contante waarde van de casus zelf is niet te geven: zie wat in de beoordeling "
        "ontbreekt",
        en="the net present value of the case itself cannot be given: see what its assessment "
        "lacks",
    ),
    Words(
        nl="wie de beoordeling noemt (`maatwerkbank assess`)",
        en="whom the assessment names (`maatwerkbank assess`)",
    ),
)
NO_SINGLE_RATE = Missing(
    (),
    Words(
        nl="de kasstroom heeft geen interne rentevoet, of meer dan één",
        en="the cash flow has no internal rate of return, or more than one",
    ),
    Words(nl="niemand: de uitkomst bestaat niet", en="nobody: the outcome does not exist"),
)


@dataclass(frozen=True)
class Judged:
    """A number, or null where it cannot be judged; and how far it may lie, if it has a range."""

    value: float | None
    low: float | None = None
    high: float | None = None
    hangs_on: tuple[str, ...] = ()  # the ranges without a centre that make it null


UNKNOWN = Judged(None)


@dataclass(frozen=True)
class Factor:
    """What one condition does to the project, all others as they are here."""

    id: str
    figures: Mapping[str, Judged]  # by the key of the JSON: FIGURES
    lacks: tuple[Lack, ...]  # why any of these is null
    rests_on: RestsOn

    @property
    def npv(self) -> Judged:
        """With this condition of the country. [eur]"""
        return self.figures["npv_eur"]

    @property
    def npv_gap(self) -> Judged:
        """That minus the NPV here. [eur]"""
        return self.figures["npv_gap_eur"]

    @property
    def irr(self) -> Judged:
        """Internal rate of return with this condition. [1/year]"""
        return self.figures["irr"]

    @property
    def irr_gap(self) -> Judged:
        """That minus the rate here; of the hurdle: the rate minus the hurdle rate. [1/year]"""
        return self.figures["irr_gap"]

    @property
    def why(self) -> Words | None:
        """Why the gap in NPV is null, or else the NPV itself."""
        return self._reason("npv_gap_eur") or self._reason("npv_eur")

    @property
    def why_irr(self) -> Words | None:
        """Why the gap in the internal rate is null, or else the rate itself."""
        return self._reason("irr_gap") or self._reason("irr")

    def _reason(self, figure: str) -> Words | None:
        lack = next((each for each in self.lacks if each.figure == figure), None)
        return None if lack is None else Words(**lack.why)

    def as_json(self) -> dict[str, Any]:
        """The figures, why they are null, and what they rest on."""
        return {
            "id": self.id,
            **plain_figures(self.figures),
            "rests_on": [_cited(name, figure) for name, figure in self.rests_on],
            "lacks": [asdict(each) for each in self.lacks],
        }


@dataclass(frozen=True)
class Comparison:
    """One project here and there."""

    case: str
    country: str
    label: Words
    because: Words
    npv_here: Judged
    irr_here: Judged
    factors: tuple[Factor, ...]
    together: Factor
    takes: tuple[str, ...]  # the factors that `together` takes from there
    leaves_out: tuple[str, ...]  # and those that it cannot: they stay as they are here
    remainder: Judged  # the gap of all together minus the sum of the single gaps [eur]
    lacks: tuple[Lack, ...]  # why what is here, or the remainder, is null

    def factor(self, identity: str) -> Factor:
        """One factor."""
        return next(each for each in self.factors if each.id == identity)

    def as_json(self) -> dict[str, Any]:
        """What differs there, for a program; what is here is added by `economics.elsewhere`."""
        return {
            "country": self.country,
            "label": self.label.model_dump(),
            "because": self.because.model_dump(),
            "factors": [each.as_json() for each in self.factors],
            "together": self.together.as_json(),
            "takes": list(self.takes),
            "leaves_out": list(self.leaves_out),
            **plain_figures({"remainder_eur": self.remainder}),
            "lacks": [asdict(each) for each in self.lacks if each.figure == "remainder_eur"],
        }


def plain_figures(found: Mapping[str, Judged]) -> dict[str, Any]:
    """Values by key, and under `ranges` how far those may lie that have a range."""
    ranges = {
        key: {"low": each.low, "high": each.high}
        for key, each in found.items()
        if each.low is not None
    }
    return {**{key: each.value for key, each in found.items()}, "ranges": ranges}


def _cited(name: str, figure: Figure | NoCharge) -> dict[str, Any]:
    """A figure that a factor rests on, as stated. That there is no charge is a known zero."""
    cited = {
        "id": figure.source,
        "place": figure.place,
        "seen": None if (seen := seen_of(figure)) is None else str(seen),
    }
    stated: dict[str, Any] = {"value": 0.0, "range": None, "unit": "EUR/t"}
    if isinstance(figure, Figure):
        spread = figure.range
        stated = {
            "value": figure.value,
            "range": None if spread is None else spread.model_dump(),
            "unit": figure.unit,
        }
    return {
        "figure": name,
        **stated,
        "holds_for": getattr(figure, "holds_for", None),
        "note": figure.note,
        "source": cited,
    }


def seen_of(figure: Figure | NoCharge) -> Seen | None:
    """How a figure was seen: by its own word, or as its source was; None of an unknown source."""
    entry = load_sources().get(figure.source)
    return figure.seen or (entry.seen if entry else None)
