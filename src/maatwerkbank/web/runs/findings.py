# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings as they are stored beside a case file: in both languages, with their place.

Takes     findings of the floors below, or their stored form.
Gives     the other of the two.
Leaves    what is wrong to `plant.case_file`.
"""

import re
from collections.abc import Iterable
from typing import Any

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text, say

_LINE = re.compile(r"\bline (\d+)")
_COLUMN = re.compile(r"\bcolumn (\d+)")
_WHOLE = Text(nl="(het hele bestand)", en="(the whole document)")


def stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Plain JSON."""
    return [
        {
            "severity": each.severity,
            "code": each.code,
            "place": each.place,
            "expected": _both(each.expected),
            "found": _both(each.found),
            "remedy": _both(each.remedy),
        }
        for each in findings
    ]


def _both(text: Text | str) -> dict[str, str]:
    return {"nl": say(text, "nl"), "en": say(text, "en")}


def told(findings: Iterable[dict[str, Any]]) -> tuple[Finding, ...]:
    """The findings themselves."""
    return tuple(
        Finding(
            each["severity"],
            each["code"],
            each["place"],
            Text(**each["expected"]),
            Text(**each["found"]),
            Text(**each["remedy"]),
        )
        for each in findings
    )


def place_in_words(place: str) -> Text:
    """`projects[0].capex, line 41`, with the words of each language for line and column."""
    dutch = _COLUMN.sub(r"kolom \1", _LINE.sub(r"regel \1", place))
    return Text(nl=dutch.replace(_WHOLE.en, _WHOLE.nl), en=place)
