# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The part of a case file that can be read although other parts cannot.

Takes     the plain values of a document in which something is malformed.
Gives     a case in which that is put aside, so that the rest can be checked in the same round.
Leaves    computing: a case that was mended here is looked at and thrown away.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from maatwerkbank.ground.documents import Place
from maatwerkbank.parameters.reference_classes import KINDS
from maatwerkbank.plant.case import Case

# What the checks of the whole case stand on: without these nothing can be said about the rest.
FRAME = ("format", "valuation_year", "last_year", "price_set", "installations", "projects")
ROUNDS = 12

_WORDS = {"nl": "-", "en": "-"}
_ABSENT = {"absent": True, "why": _WORDS, "ask": _WORDS}
_STANDS_IN: dict[str, Any] = {
    "id": "put-aside",
    "company": "put-aside",
    "installation": "put-aside",
    "title": _WORDS,
    "summary": _WORDS,
    "name": _WORDS,
    "counterfactual_description": _WORDS,
    "kind": "example",
    "known_on": "2025-06-30",
    "discount_rate": {"value": 0, "unit": "1/year", "source": "put-aside"},
    "rights": _ABSENT,
    "scope1": _ABSENT,
    "emissions": {"scope1": _ABSENT},
    "capex": _ABSENT,
    "fixed_opex": _ABSENT,
    "lifetime_years": 1,
    "depreciation_years": 1,
}


def located(loc: Sequence[str | int]) -> Place:
    """The path in the document that a validation error is about, without pydantic's own marks."""
    return tuple(step for step in loc if not (isinstance(step, str) and step in _MARKS))


_MARKS = frozenset(
    {"<absent>", "<present>", "<number>", "<range>", "[key]", *(f"<{kind}>" for kind in KINDS)}
)


def readable_part(data: dict[str, Any]) -> tuple[Case, frozenset[Place]] | None:
    """A case without the malformed parts of `data`, and their places; None if its frame is gone."""
    rest = deepcopy(data)
    aside: set[Place] = set()
    for _ in range(ROUNDS):
        try:
            return Case.model_validate(rest), frozenset(aside)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                path = located(each["loc"])
                if not path or (path[0] in FRAME and len(path) == 1):
                    return None
                aside.add(path)
                if not _put_aside(rest, path, missing=each["type"] == "missing"):
                    return None
    return None


def _put_aside(rest: dict[str, Any], path: Place, *, missing: bool) -> bool:
    """Take the value at `path` out, or put a stand-in where one is required; False if neither."""
    while path and isinstance(path[-1], int):  # never one of a list: the others keep their number
        path = path[:-1]
    if not path or (path[0] in FRAME and len(path) == 1):
        return False
    holder = _value_at(rest, path[:-1])
    if not isinstance(holder, dict):
        return _put_aside(rest, path[:-1], missing=False)
    key = str(path[-1])
    if not missing:
        holder.pop(key, None)
        return True
    stand_in = _stand_in(rest, path)
    if stand_in is None:
        return _put_aside(rest, path[:-1], missing=False)
    holder[key] = stand_in
    return True


def _stand_in(rest: dict[str, Any], path: Place) -> Any:
    """A value of the right form for a required field, or None."""
    key = str(path[-1])
    if key == "first_year":
        return rest.get("valuation_year")
    if key == "capex_by_year":
        return {str(rest.get("valuation_year")): 1.0}
    if key == "name" and path[0] == "installations":
        return "-"
    return deepcopy(_STANDS_IN.get(key))


def _value_at(data: Any, path: Place) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
