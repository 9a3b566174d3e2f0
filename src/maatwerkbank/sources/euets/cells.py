# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does one cell of a register say: tonnes, a code, a name, or nothing?

Takes     a cell as CSV or a workbook holds it: text, a number, empty.
Gives     the value, None for absent, or a `Misread` that says what stands there instead.
Leaves    guessing: a figure that can be read in two ways is not read.
"""

import math
import re
from dataclasses import dataclass

from maatwerkbank.ground.language import Text

# -1 stands for an empty cell in editions of the Union Registry workbook, n/a in the edition of
# 2025, Excluded for an installation outside the system in that year. None of them is zero.
ABSENT = {"", "-1", "excluded", "n/a"}

_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_THOUSANDS_OR_DECIMALS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+|-?[0-9]{1,3}(,[0-9]{3})+")
_NACE = re.compile(r"[0-9]{2}(\.[0-9]{1,2})?")


@dataclass(frozen=True)
class Misread:
    """A cell that does not hold what its column promises."""

    code: str
    expected: Text
    found: str
    remedy: Text


def shown(cell: object) -> str:
    """The cell as a person sees it, shortened: a finding is one line."""
    text = repr(cell) if isinstance(cell, str) else str(cell)
    return text if len(text) <= 60 else f"{text[:57]}..."


def text_of(cell: object) -> str | None:
    """A name or code as text, or None when nothing stands there."""
    text = "" if cell is None else str(cell).strip()
    return text or None


def tonnes_of(cell: object) -> float | Misread | None:
    """Tonnes in a cell, None when absent.  [t CO2e]

    >>> tonnes_of("5894644"), tonnes_of(-1), tonnes_of("Excluded")
    (5894644.0, None, None)
    >>> tonnes_of("1.234").code
    'euets.ambiguous-number'
    """
    if cell is None or (isinstance(cell, str) and cell.strip().lower() in ABSENT):
        return None
    number = _number_of(cell)
    if isinstance(number, Misread):
        return number
    if number == -1:
        return None
    if number < 0:
        return Misread(
            "euets.negative",
            Text(nl="nul of meer ton, of -1 voor leeg", en="zero or more tonnes, or -1 for empty"),
            shown(cell),
            Text(nl="vergelijk met het register", en="compare with the registry"),
        )
    return number


def _number_of(cell: object) -> float | Misread:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        # An int of any length may come from a workbook; a float of it may be infinite.
        number = float(cell) if abs(cell) < 1e18 else math.inf
        return number if math.isfinite(number) else _not_a_number(cell)
    text = str(cell).strip()
    if isinstance(cell, str) and _THOUSANDS_OR_DECIMALS.fullmatch(text):
        return Misread(
            "euets.ambiguous-number",
            Text(nl="een getal dat maar één lezing heeft", en="a number with one reading"),
            shown(cell),
            Text(
                nl=f"schrijf {re.sub('[.,]', '', text)} of een getal met andere decimalen",
                en=f"write {re.sub('[.,]', '', text)}, or a number with other decimals",
            ),
        )
    if isinstance(cell, str) and _PLAIN_NUMBER.fullmatch(text):
        return float(text)
    return _not_a_number(cell)


def _not_a_number(cell: object) -> Misread:
    return Misread(
        "euets.not-a-number",
        Text(
            nl="ton als getal zonder scheidingstekens, leeg, -1 of Excluded",
            en="tonnes as a number without separators, empty, -1 or Excluded",
        ),
        shown(cell),
        Text(
            nl="zet het getal uit het register in de cel", en="put the figure of the registry there"
        ),
    )


def whole_number_of(cell: object) -> int | Misread | None:
    """A code or number without decimals (activity 24, installation 144), None when absent."""
    if text_of(cell) is None:
        return None
    number = _number_of(cell)
    if isinstance(number, Misread) or number < 0 or not number.is_integer():
        return Misread(
            "euets.not-a-code",
            Text(nl="een geheel getal", en="a whole number"),
            shown(cell),
            Text(nl="neem de code uit het register over", en="copy the code from the registry"),
        )
    return int(number)


def nace_of(cell: object) -> str | Misread | None:
    """A NACE Rev. 2 code of two to four digits, as written; None when absent."""
    text = text_of(cell)
    if text is None or _NACE.fullmatch(text):
        return text
    return Misread(
        "euets.not-a-nace-code",
        Text(nl="een NACE-code zoals 24 of 24.10", en="a NACE code such as 24 or 24.10"),
        shown(cell),
        Text(nl="neem de code uit het register over", en="copy the code from the registry"),
    )
