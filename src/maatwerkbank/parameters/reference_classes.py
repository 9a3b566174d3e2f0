# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reference classes: how much dearer and later earlier projects of a kind became.

Takes     a name such as `process_megaproject_before_fid`.
Gives     its distribution with source, and the forms that any distribution may have.
Leaves    drawing from it to `risk.distributions`, checking one to `plant.uncertainty_coherence`.

Never apply a class on top of a contingency that already stands in the budget of the firm.
"""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from maatwerkbank.ground.errors import ParameterError
from maatwerkbank.parameters.files import content_of, folder_of, names_in
from maatwerkbank.sources.figure import Number, Strict, Words
from maatwerkbank.sources.register import Seen

Numbers = Annotated[list[Number], Field(min_length=1)]


class Fixed(Strict):
    """Always the same number."""

    kind: Literal["fixed"]
    value: Number


class Uniform(Strict):
    """Every number between two bounds equally likely."""

    kind: Literal["uniform"]
    low: Number
    high: Number


class Triangular(Strict):
    """Between two bounds, most likely at `mode`."""

    kind: Literal["triangular"]
    low: Number
    mode: Number
    high: Number


class Normal(Strict):
    """The normal distribution."""

    kind: Literal["normal"]
    mean: Number
    sd: Number = Field(description="standard deviation, 0 or more")


class Lognormal(Strict):
    """A number whose natural logarithm is normal."""

    kind: Literal["lognormal"]
    mu: Number = Field(description="mean of the logarithm")
    sigma: Number = Field(description="standard deviation of the logarithm, 0 or more")


class Discrete(Strict):
    """One of several numbers, each with its probability."""

    kind: Literal["discrete"]
    values: Numbers
    probabilities: Numbers = Field(description="one for each value; sum 1")


class Empirical(Strict):
    """A sample as observed, in any order: each number of it equally likely."""

    kind: Literal["empirical"]
    sample: Numbers


KINDS = ("fixed", "uniform", "triangular", "normal", "lognormal", "discrete", "empirical")


def _kind(value: Any) -> str | None:
    """Which form a distribution in a document is meant to have."""
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"<{kind}>" if isinstance(kind, str) else None


Distribution = Annotated[
    Annotated[Fixed, Tag("<fixed>")]
    | Annotated[Uniform, Tag("<uniform>")]
    | Annotated[Triangular, Tag("<triangular>")]
    | Annotated[Normal, Tag("<normal>")]
    | Annotated[Lognormal, Tag("<lognormal>")]
    | Annotated[Discrete, Tag("<discrete>")]
    | Annotated[Empirical, Tag("<empirical>")],
    Discriminator(
        _kind,
        custom_error_type="distribution_kind",
        custom_error_message=f"kind: one of {', '.join(KINDS)}",
    ),
]


class ReferenceClass(Strict):
    """What earlier projects of one kind went through."""

    label: Words
    kind: Literal["cost_ratio", "delay_years"] = Field(
        description="cost as a ratio of what was foreseen, or years later than foreseen"
    )
    distribution: Distribution
    source: Annotated[str, Field(min_length=1, max_length=120)]
    place: Annotated[str, Field(min_length=1, max_length=400)]
    seen: Seen
    note: Words


@cache
def reference_class_names() -> tuple[str, ...]:
    """All shipped reference classes, in alphabetical order."""
    return tuple(sorted(names_in(folder_of("reference_classes"))))


@cache
def reference_class(name: str) -> ReferenceClass:
    """The reference class `name`.  Raises ParameterError, with all names."""
    if name not in reference_class_names():
        raise ParameterError(
            f"there is no reference class '{name}'.",
            remedy=f"choose from: {', '.join(reference_class_names())}",
        )
    content = content_of(folder_of("reference_classes") / f"{name}.yaml")
    return ReferenceClass.model_validate(content)
