# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two runs side by side: figures, case files field by field, receipts, values of law.

Takes     two runs that are done, or two documents.
Gives     differences, each with its path and both values.
Leaves    what a difference means to the reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed", "same"]


@dataclass(frozen=True)
class Difference:
    """A field and its values in both; None where it is absent. `change` is told in words."""

    field: str
    before: Any
    after: Any
    change: str = ""
    href: str = ""

    @property
    def kind(self) -> Kind:
        """What happened to the field."""
        if self.before == self.after:
            return "same"
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every field that is not the same in both, in the order of the document.

    >>> differences({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}, "d": "x"})
    [Difference(field='b.c', before=2, after=3, change='', href=''), \
Difference(field='d', before=None, after='x', change='', href='')]
    """
    first, second = dict(fields(before)), dict(fields(after))
    every = [*first, *(path for path in second if path not in first)]
    return [
        Difference(path, first.get(path), second.get(path))
        for path in every
        if first.get(path) != second.get(path)
    ]


def fields(document: Any, path: str = "") -> Iterable[tuple[str, Any]]:
    """Every leaf of a document with its path; things in a list go by their `id`.

    >>> list(fields({"projects": [{"id": "boiler", "capex": {"value": 3}}]}))
    [('projects[boiler].id', 'boiler'), ('projects[boiler].capex.value', 3)]
    """
    if isinstance(document, Mapping) and document:
        for key, value in document.items():
            yield from fields(value, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list) and document:
        for number, value in enumerate(document):
            named = value.get("id", number) if isinstance(value, Mapping) else number
            yield from fields(value, f"{path}[{named}]")
    else:
        yield path, document


RECEIPT = ("version", "code_sha256", "law_sha256", "input_sha256", "variant", "outlook")
RECEIPT_OF_RUN = (*RECEIPT, "known_on", "seed", "numeric_platform")


def receipt_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[Difference]:
    """What the two runs rest on, field by field, the same ones too."""
    return [
        Difference(names[key], _spelled(before.get(key)), _spelled(after.get(key)))
        for key in RECEIPT_OF_RUN
    ]


def _spelled(value: Any) -> str | None:
    text = None if value is None else str(value)
    return f"{text[:16]}…" if text and len(text) == 64 else text


def law_differences(
    before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> list[tuple[str, str, Any, Any]]:
    """Values of law that both or one of them used and that differ: name, year, both values."""
    first, second = _by_year(before), _by_year(after)
    every = sorted({*first, *second})
    return [
        (name, year, first.get((name, year)), second.get((name, year)))
        for name, year in every
        if first.get((name, year)) != second.get((name, year))
    ]


def _by_year(law: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Any]:
    return {(row["name"], year): value for row in law for year, value in row["by_year"].items()}
