# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the figures of a case stand in its file.

Takes     a case.
Gives     every figure, every statement, and every figure said to be absent, with its path; and
          the same case with other figures in the same places.
Leaves    the line in the file to the document that was read.
"""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from maatwerkbank.ground.documents import Place, path_text
from maatwerkbank.plant.case import Case
from maatwerkbank.plant.scheme_facts import Stated
from maatwerkbank.sources.figure import Absent, Figure, Words


def figures(case: Case) -> Iterator[tuple[Place, Figure]]:
    """Every figure of a case with its path, in the order of the file."""
    yield from _walk(case, ())


def absent_figures(case: Case) -> Iterator[tuple[Place, Absent]]:
    """Every figure that the case declares absent, with its path."""
    for path, found in _models(case, ()):
        if isinstance(found, Absent):
            yield path, found


def statements(case: Case) -> Iterator[tuple[Place, Stated]]:
    """Every statement that is no quantity, with its path."""
    for path, found in _models(case, ()):
        if isinstance(found, Stated):
            yield path, found


def with_figures(case: Case, change: Callable[[Place, Figure], Figure]) -> Case:
    """The same case with every figure changed, each told with its path."""
    changed: Case = _rebuilt(case, (), change)
    return changed


def _rebuilt(value: Any, path: Place, change: Callable[[Place, Figure], Figure]) -> Any:
    if isinstance(value, Figure):
        return change(path, value)
    if isinstance(value, list):
        return [_rebuilt(inner, (*path, n), change) for n, inner in enumerate(value)]
    if isinstance(value, dict):
        return {key: _rebuilt(inner, (*path, str(key)), change) for key, inner in value.items()}
    if hasattr(type(value), "model_fields") and not isinstance(value, Words | Absent | Stated):
        fields = {
            name: (before, _rebuilt(before, (*path, name), change))
            for name in type(value).model_fields
            if isinstance(before := getattr(value, name), BaseModel | dict | list)
        }
        update = {name: after for name, (before, after) in fields.items() if after != before}
        return value.model_copy(update=update) if update else value
    return value


def _walk(value: Any, path: Place) -> Iterator[tuple[Place, Figure]]:
    for where, found in _models(value, path):
        if isinstance(found, Figure):
            yield where, found


def _models(value: Any, path: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, Figure | Absent | Stated):
        yield path, value
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _models(inner, (*path, number))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _models(inner, (*path, str(key)))
    elif hasattr(type(value), "model_fields") and not isinstance(value, Words):
        for key in type(value).model_fields:
            yield from _models(getattr(value, key), (*path, key))


def place_text(path: Place) -> str:
    """The path of a figure, as findings and reports print it."""
    return path_text(path)
