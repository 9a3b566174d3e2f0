# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Price processes: how far and how fast prices stray from their path, and together with which.

Takes     a name such as `nl-2025-06-30`: a fit to history, with what has no history declared.
Gives     per carrier a mean-reverting process, a formula of other carriers, or "on the path".
Leaves    the fit to `risk.fitting`, drawing to `risk.price_paths`, the paths to price families.

The model: `x = log(price / path)`, `x' = x exp(-speed) + innovation + jumps`, yearly. Innovations
are normal with `volatility^2 (1 - exp(-2 speed)) / (2 speed)` as variance; the number of jumps in
a year is Poisson with mean `intensity`, each normal with mean 0. So x is symmetric about 0 and the
*median* of the drawn prices is the path; their mean lies above it by about `exp(variance / 2)`.
"""

import math
from datetime import date
from functools import cache
from itertools import combinations
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Discriminator, Field, Tag, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.files import content_of, folder_of, names_in
from maatwerkbank.sources.figure import Number, Strict, Words, Year
from maatwerkbank.sources.register import Seen

PROCESSES = "price_processes"
FORMAT = "maatwerkbank-price-processes-1"  # of the JSON
SMALLEST_EIGENVALUE = 1e-9  # below it a correlation matrix counts as not positive definite

NotNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Size = Annotated[Number, Field(gt=0, le=10)]  # above 10 a price soon leaves the doubles
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Cited = Annotated[str, Field(min_length=1, max_length=120)]


class Months(Strict):
    """The history that was fitted to: first and last month, and how many there are."""

    first: Month
    last: Month
    n: Annotated[int, Field(ge=1)]


class Jumps(Strict):
    """Sudden moves: how many a year, and the standard deviation of their logarithm; mean 0."""

    intensity: Annotated[Number, Field(gt=0, le=50)]
    sd: Size


class StandardErrors(Strict):
    """How unsure a fit is; None of jumps that were never seen."""

    speed: NotNegative
    volatility: NotNegative
    intensity: NotNegative | None = None
    jump_sd: NotNegative | None = None


class Drawn(Strict):
    """A mean-reverting log process with jumps, fitted to monthly prices."""

    kind: Literal["drawn"]
    speed: NotNegative = Field(description="1/year; 0 is a random walk, which never returns")
    volatility: Size = Field(description="per square root of a year")
    jumps: Jumps | None
    standard_errors: StandardErrors | None = None
    speed_bias: NotNegative | None = Field(
        None, description="by how much, about, so few months make the speed look too high"
    )
    months: Months
    source: Cited
    place: str
    seen: Seen

    @property
    def decay(self) -> float:
        """What is left of a deviation after a year. [1]"""
        return math.exp(-self.speed)

    @property
    def half_life(self) -> float | None:
        """Years until half of a deviation is left; None of a price that never returns. [year]"""
        return math.log(2.0) / self.speed if self.speed else None

    @property
    def innovation_sd(self) -> float:
        """Standard deviation of the innovation of a year, without jumps. [1]"""
        if self.speed == 0.0:
            return self.volatility
        return self.volatility * math.sqrt(-math.expm1(-2.0 * self.speed) / (2.0 * self.speed))

    def as_json(self) -> dict[str, Any]:
        """The process, how unsure it is, and what it was fitted to."""
        jumps, errors = self.jumps, self.standard_errors
        return {
            "speed_per_year": self.speed,
            "half_life_years": self.half_life,
            "volatility_per_root_year": self.volatility,
            "jumps": jumps and {"intensity_per_year": jumps.intensity, "sd": jumps.sd},
            "standard_errors": errors
            and {
                "speed_per_year": errors.speed,
                "volatility_per_root_year": errors.volatility,
                "intensity_per_year": errors.intensity,
                "jump_sd": errors.jump_sd,
            },
            "speed_bias_per_year": self.speed_bias,
            "months": self.months.model_dump(),
            "source": _cited(self),
        }


class Follows(Strict):
    """No chance of its own: a linear formula of the prices of other carriers, nominal."""

    kind: Literal["follows"]
    of: Annotated[dict[str, Number], Field(min_length=1)]
    divided_by: Positive = 1.0
    source: Cited
    place: str
    seen: Seen
    because: Words

    def price(self, prices: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """The formula at the prices of its carriers. (...) [eur per house unit]"""
        terms = [factor * prices[carrier] for carrier, factor in self.of.items()]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return np.asarray(total / self.divided_by)

    def as_json(self) -> dict[str, Any]:
        """The formula, and why."""
        return {
            "of": [{"carrier": name, "factor": factor} for name, factor in self.of.items()],
            "divided_by": self.divided_by,
            "because": self.because.model_dump(),
            "source": _cited(self),
        }


class OnPath(Strict):
    """No chance at all: the path of the price family in every draw."""

    kind: Literal["on_path"]
    because: Words

    def as_json(self) -> dict[str, Any]:
        """Why nothing is drawn."""
        return {"because": self.because.model_dump()}


class Pair(Strict):
    """The correlation of the innovations of two carriers."""

    of: tuple[str, str]
    value: Annotated[Number, Field(gt=-1, lt=1)]
    months: Annotated[int, Field(ge=1)]


class Correlation(Strict):
    """The correlations of all drawn carriers; a pair that is absent is not a pair at nought."""

    source: Cited
    place: str
    seen: Seen
    pairs: list[Pair]


def _cited(stated: Drawn | Follows | Correlation) -> dict[str, Any]:
    return {"id": stated.source, "place": stated.place, "seen": str(stated.seen)}


def _kind(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"<{kind}>"


CarrierProcess = Annotated[
    Annotated[Drawn, Tag("<drawn>")]
    | Annotated[Follows, Tag("<follows>")]
    | Annotated[OnPath, Tag("<on_path>")],
    Discriminator(_kind),
]


class PriceProcesses(Strict):
    """What is known of how prices stray, as of one day."""

    label: Words
    because: Words
    method: Words
    known_on: date
    starts_after: Year = Field(description="last whole year of history: no deviation up to it")
    carriers: Annotated[dict[str, CarrierProcess], Field(min_length=1)]
    correlation: Correlation

    @property
    def drawn(self) -> dict[str, Drawn]:
        """The carriers with chance of their own, in the order of the file."""
        return {name: each for name, each in self.carriers.items() if isinstance(each, Drawn)}

    def correlation_matrix(self) -> NDArray[np.float64]:
        """Correlations of innovations, in the order of `drawn`. (carrier, carrier)"""
        order = list(self.drawn)
        matrix = np.eye(len(order))
        for pair in self.correlation.pairs:
            one, other = (order.index(name) for name in pair.of)
            matrix[one, other] = matrix[other, one] = pair.value
        return matrix

    def as_json(self) -> dict[str, Any]:
        """Everything, for a program (docs/reference/json.md)."""
        return {
            "format": FORMAT,
            "label": self.label.model_dump(),
            "because": self.because.model_dump(),
            "method": self.method.model_dump(),
            "known_on": self.known_on.isoformat(),
            "starts_after": self.starts_after,
            "carriers": [
                {"carrier": name, "kind": each.kind, **each.as_json()}
                for name, each in self.carriers.items()
            ],
            "correlation": {
                "pairs": [
                    {"of": list(each.of), "value": each.value, "months": each.months}
                    for each in self.correlation.pairs
                ],
                "source": _cited(self.correlation),
            },
        }

    @model_validator(mode="after")
    def _every_pair_once(self) -> Self:
        stated = [frozenset(pair.of) for pair in self.correlation.pairs]
        needed = {frozenset(pair) for pair in combinations(self.drawn, 2)}
        wrong = [*(needed - set(stated)), *(set(stated) - needed)]
        wrong += [pair for pair in set(stated) if stated.count(pair) > 1]
        if wrong:
            pairs = "; ".join(sorted(" with ".join(sorted(pair)) for pair in wrong))
            raise PydanticCustomError(
                "correlation_pairs",
                "every two drawn carriers have one correlation, which fails for {pairs}",
                {"pairs": pairs},
            )
        return self

    @model_validator(mode="after")
    def _positive_definite(self) -> Self:
        smallest = float(np.linalg.eigvalsh(self.correlation_matrix()).min(initial=1.0))
        if smallest < SMALLEST_EIGENVALUE:
            raise PydanticCustomError(
                "correlation_not_positive",
                "no prices can have these correlations together: the matrix is not positive "
                "definite, its smallest eigenvalue is {smallest}",
                {"smallest": f"{smallest:.3g}"},
            )
        return self

    @model_validator(mode="after")
    def _follows_what_is_there(self) -> Self:
        wrong = sorted(
            f"{name} of {other}"
            for name, each in self.carriers.items()
            if isinstance(each, Follows)
            for other in each.of
            if not isinstance(self.carriers.get(other), Drawn | OnPath)
        )
        if wrong:
            raise PydanticCustomError(
                "follows_unknown",
                "a formula needs carriers that are drawn or on their path, not {wrong}",
                {"wrong": "; ".join(wrong)},
            )
        return self


@cache
def process_names() -> tuple[str, ...]:
    """All shipped price processes."""
    return tuple(sorted(name for name in names_in(folder_of(PROCESSES)) if "/" not in name))


@cache
def process(name: str) -> PriceProcesses:
    """The price processes `name`.  Raises ParameterError, naming all of them."""
    if name not in process_names():
        raise ParameterError(
            f"there are no price processes '{name}'.",
            remedy=f"choose from: {', '.join(process_names())}",
        )
    return processes_of(content_of(folder_of(PROCESSES) / f"{name}.yaml"), name)


def processes_of(content: dict[str, Any], name: str) -> PriceProcesses:
    """What a file of price processes states, with the declared carriers that it takes along.

    Raises ParameterError with everything that is wrong in it, at once.
    """
    whole = {key: value for key, value in content.items() if key != "takes_along"}
    along = content.get("takes_along")
    carriers = whole.get("carriers")
    if along is not None and isinstance(carriers, dict):
        whole["carriers"] = {**_declared(along), **carriers}
    try:
        return PriceProcesses.model_validate(whole)
    except ValidationError as error:
        wrong = "\n  - ".join(
            f"{'.'.join(str(step) for step in each['loc']) or 'the whole'}: {each['msg']}"
            for each in error.errors()
        )
        raise ParameterError(
            f"the price processes '{name}' cannot be used:\n  - {wrong}",
            remedy="fit them anew, or mend the file at the places above",
        ) from None


def _declared(name: str) -> dict[str, Any]:
    """The carriers without history, as declared in a file of their own."""
    folder = folder_of(PROCESSES) / "declared"
    if name not in names_in(folder):
        raise ParameterError(
            f"there is no file '{name}' of declared carriers.",
            remedy=f"choose from: {', '.join(sorted(names_in(folder)))}",
        )
    return content_of(folder / f"{name}.yaml")
