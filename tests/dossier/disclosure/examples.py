# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers and parties that the tests of disclosure share."""

from datetime import date
from functools import cache
from typing import Any

import typst

from maatwerkbank.dossier.disclosure.grounds import About
from maatwerkbank.dossier.disclosure.work_list import FoundPaper, Heard, JudgedPassage
from maatwerkbank.ground.language import Text

DAY = date(2026, 3, 2)  # a Monday
LETTER = Text(nl="Brief", en="Letter")
FIRM = "Zoutfabriek BV"


@cache
def plain_pdf(words: str) -> bytes:
    """A PDF with these words, as somebody may hand in."""
    made = typst.Compiler(b"#sys.inputs.words", sys_inputs={"words": words}).compile(format="pdf")
    return bytes(made)  # type: ignore[arg-type]


def paper(number: int = 1, **fields: Any) -> FoundPaper:
    """A letter of the firm that is disclosed."""
    given = {"title": f"Brief {number}", "judgement": "disclose", "dated": "2025-10-01", **fields}
    return FoundPaper(
        id=f"p{number}", number=number, kind=LETTER, sender=FIRM, receiver="Ministerie", **given
    )


def passage(**fields: Any) -> JudgedPassage:
    """A price that the firm gave in confidence."""
    given = {
        "words": "12 euro",
        "ground": "bedrijfsgegevens",
        "reason": "schaadt de onderhandeling",
        "about": About(supplied_in_confidence=True),
        **fields,
    }
    return JudgedPassage("x", **given)


def heard(**fields: Any) -> Heard:
    """The firm, asked for its view of the first paper."""
    given = {"asked_on": date(2026, 3, 9), "due_on": date(2026, 3, 23), "papers": ("p1",), **fields}
    return Heard(FIRM, **given)
