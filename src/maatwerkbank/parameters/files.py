# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parameter, variant, outlook and price files, as they lie in the package.

Takes     a name such as `co2_heffing/tarief`.
Gives     the statements in that file, in order of the day from which they were known.
Leaves    what a statement says about a date to `values`, and overrides to `law`.
"""

import difflib
import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from maatwerkbank.ground.errors import (
    ParameterError,
    UnknownOutlook,
    UnknownParameter,
    UnknownVariant,
)
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.register import Seen

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The folders on which a result may rest: a receipt names them all by one number.
DATED = (
    "data",
    "variants",
    "outlooks",
    "price_sets",
    "rounds",
    "sde_tables",
    "awards",
    "price_families",
    "price_processes",
    "reference_classes",
    "countries",
)


@dataclass(frozen=True)
class Citation:
    """Where a value was read, and how that was seen."""

    source: str
    place: str | None
    seen: Seen

    def as_json(self) -> dict[str, Any]:
        """Identity, place and how it was seen."""
        return {"id": self.source, "place": self.place, "seen": str(self.seen)}


@dataclass(frozen=True)
class Step:
    """`add` at the start of each later calendar year, up to and including `until`."""

    add: float
    until: int
    goes_on: bool = False
    floor: float | None = None


@dataclass(frozen=True)
class Interval:
    """A value that nobody has seen, between bounds that follow from a rule."""

    low: float
    high: float


@dataclass(frozen=True)
class Statement:
    """What one text, known from one day, says about a run of dates."""

    known_from: date
    status: str
    citation: Citation
    values: tuple[tuple[date, float | Interval | None], ...]
    price_year: int | None
    step: Step | None
    until: int | None
    carries_on: bool
    required_where: str | None
    note: Text | None


@dataclass(frozen=True)
class Parameter:
    """One dated quantity of law or market, with every text that ever set it."""

    name: str
    label: Text
    description: Text
    unit: str
    price_basis: str
    indexed_by: str | None
    rounding: int | None
    traits: dict[str, Any]
    statements: tuple[Statement, ...]

    @property
    def known_first(self) -> date:
        """The day from which anything about it was known."""
        return min(statement.known_from for statement in self.statements)


@dataclass(frozen=True)
class Variant:
    """A named set of overrides, with the reason for it."""

    name: str
    label: Text
    because: Text
    citation: Citation
    since: date
    removes: tuple[str, ...]
    as_known_on: dict[str, date]
    sets: dict[str, Parameter]


@dataclass(frozen=True)
class Outlook:
    """What a run assumes about the years on which the law is silent (METHOD §14)."""

    name: str
    label: Text
    because: Text
    inflation: float
    carry: float
    citation: Citation


def folder_of(kind: str) -> Traversable:
    """The folder of one kind of data files."""
    return files("maatwerkbank.parameters") / kind


@cache
def parameter_names() -> tuple[str, ...]:
    """All parameter names, in alphabetical order."""
    return tuple(sorted(names_in(folder_of("data"), "")))


def names_in(folder: Traversable, path: str = "") -> list[str]:
    """Names of the YAML files in a folder and below it."""
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += names_in(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            found.append(path + entry.name.removesuffix(".yaml"))
    return found


@cache
def parameter_file(name: str) -> Parameter:
    """The parameter `name`.  Raises UnknownParameter, with the nearest names."""
    if name not in parameter_names():
        last = name.rsplit("/", maxsplit=1)[-1]
        same = [known for known in parameter_names() if known.endswith(f"/{last}")]
        near = same or difflib.get_close_matches(name, parameter_names(), 3, 0.6)
        raise UnknownParameter(name, near)
    return _parameter(name, content_of(folder_of("data") / f"{name}.yaml"))


def content_of(path: Traversable) -> dict[str, Any]:
    """What a YAML file in the package states."""
    content: dict[str, Any] = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  (safe loader)
    return content


def _parameter(name: str, content: dict[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        label=Text(**content["label"]),
        description=Text(**content["description"]),
        unit=content["unit"],
        price_basis=content["price_basis"],
        indexed_by=content.get("indexed_by"),
        rounding=content.get("rounding"),
        traits=content.get("traits", {}),
        statements=tuple(_statement(each) for each in content["statements"]),
    )


def _statement(content: dict[str, Any]) -> Statement:
    step = content.get("step")
    required = content.get("required")
    note = content.get("note")
    return Statement(
        known_from=content["known_from"],
        status=content["status"],
        citation=citation_of(content["source"]),
        values=tuple((day, _value(value)) for day, value in content["values"].items()),
        price_year=content.get("price_year"),
        step=Step(**step) if step else None,
        until=content.get("until"),
        carries_on=content.get("carries_on", False),
        required_where=required["where"] if required else None,
        note=Text(**note) if note else None,
    )


def citation_of(content: dict[str, Any]) -> Citation:
    """The citation in a data file: identity, place, version, how it was seen."""
    place = content.get("place")
    version = content.get("version")
    if version:
        place = f"{place}, version {version}" if place else f"version {version}"
    return Citation(content["id"], place, Seen(content["seen"]))


def _value(value: Any) -> float | Interval | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return Interval(float(value["low"]), float(value["high"]))
    return float(value)


@cache
def variant_names() -> tuple[str, ...]:
    """All policy variants, in alphabetical order."""
    return tuple(sorted(names_in(folder_of("variants"), "")))


@cache
def variant_file(name: str) -> Variant:
    """The variant `name`.  Raises UnknownVariant, with all names."""
    if name not in variant_names():
        raise UnknownVariant(name, list(variant_names()))
    content = content_of(folder_of("variants") / f"{name}.yaml")
    since: date = content["from"]
    citation = content["source"]
    return Variant(
        name=name,
        label=Text(**content["label"]),
        because=Text(**content["because"]),
        citation=citation_of(citation),
        since=since,
        removes=tuple(content.get("removes", ())),
        as_known_on=dict(content.get("as_known_on", {})),
        sets={
            key: _override(parameter_file(key), value, citation)
            for key, value in content.get("sets", {}).items()
        },
    )


def _override(parameter: Parameter, content: dict[str, Any], source: dict[str, Any]) -> Parameter:
    """`parameter` with the one statement that a variant makes in its place."""
    whole = {
        "label": vars(parameter.label),
        "description": vars(parameter.description),
        "unit": parameter.unit,
        "price_basis": content.get("price_basis", parameter.price_basis),
        "indexed_by": parameter.indexed_by,
        "rounding": parameter.rounding,
        "traits": parameter.traits,
        "statements": [
            {
                "known_from": date.min,
                "status": "scenario",
                "source": {**source, "seen": content.get("seen", source["seen"])},
                **{k: v for k, v in content.items() if k not in ("price_basis", "seen")},
            }
        ],
    }
    return _parameter(parameter.name, whole)


def taking_force(variant: Variant, since: date) -> Variant:
    """The variant as if it took force on `since`; its values stay in the years of its file.

    The levy that is abolished from 2026 may also be abolished from 2029; nothing in its file says
    what would hold before 2026.

    Raises ParameterError for a day before that of its file, and for another day than 1 January:
    the law of a run is read on the first day of each year.
    """
    if since < variant.since or (since.month, since.day) != (1, 1):
        raise ParameterError(
            f"the variant '{variant.name}' cannot take force on {since}: "
            f"its file speaks from {variant.since}.",
            remedy=f"name the first of January of {variant.since.year} or of a later year",
        )
    return replace(variant, since=since)


@cache
def outlook_names() -> tuple[str, ...]:
    """All outlooks, in alphabetical order."""
    return tuple(sorted(names_in(folder_of("outlooks"), "")))


@cache
def outlook_file(name: str) -> Outlook:
    """The outlook `name`.  Raises UnknownOutlook, with all names."""
    if name not in outlook_names():
        raise UnknownOutlook(name, list(outlook_names()))
    content = content_of(folder_of("outlooks") / f"{name}.yaml")
    inflation = content["inflation"]
    return Outlook(
        name=name,
        label=Text(**content["label"]),
        because=Text(**content["because"]),
        inflation=float(inflation["value"]),
        carry=float(content["carry"]["value"]),
        citation=Citation(inflation["source"], inflation.get("place"), Seen(inflation["seen"])),
    )


@cache
def law_sha256() -> str:
    """SHA-256 over every file of dated data in the package, and over the sources they cite."""
    folders = {kind: folder_of(kind) for kind in DATED if folder_of(kind).is_dir()}
    folders["sources"] = files("maatwerkbank.sources") / "data"
    total = hashlib.sha256()
    for kind, folder in folders.items():
        for name in sorted(names_in(folder, "")):
            content = (folder / f"{name}.yaml").read_bytes()
            total.update(f"{kind}/{name}".encode() + b"\0" + content + b"\0")
    return total.hexdigest()
