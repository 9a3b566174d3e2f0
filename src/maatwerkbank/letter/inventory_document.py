# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of papers with a decision on a request, to print and to edit.

Takes     rows of an inventory, how the request is called, the day of the decision or of the list.
Gives     an office text: the table with the usual columns, and what each number of a ground means.
Leaves    ODT to `odt`, PDF to `office_text`, CSV to `dossier.disclosure.inventory`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from maatwerkbank.dossier.disclosure.inventory import COLUMNS, cells, grounds_in
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.office_text import Grid, OfficeText, Part, Sentence
from maatwerkbank.letter.words import word

INVENTORY = Text(nl="Inventarislijst", en="Inventory")
CAPTION = Text(nl="Documenten bij dit verzoek", en="Papers with this request")
WIDTHS = (0.6, 3.2, 1.5, 1.2, 1.7, 1.7, 1.5, 1.2, 2.0)  # of `COLUMNS`
GROUNDS = Text(nl="Gronden in deze lijst", en="Grounds in this list")
MARK = Text(nl="Nummer", en="Number")
MEANS = Text(nl="Betekenis", en="Meaning")
SEALED = Text(nl="Zegel van de lijst: {0}", en="Seal of the list: {0}")
OPEN = Text(
    nl="Deze lijst is nog niet bevroren en kan nog veranderen.",
    en="This list has not been frozen and may still change.",
)


def inventory_text(
    rows: Sequence[dict[str, Any]],
    *,
    request: str,
    subject: str,
    dated: date,
    seal: str,
    language: Language,
) -> OfficeText:
    """The list as an office text. `seal` empty: the list is not frozen yet."""
    parts: list[Part] = []
    if not seal:
        parts.append(Sentence(OPEN.into(language), "note"))
    columns = tuple(label.into(language) for label in COLUMNS.values())
    body = tuple(cells(_dated_in_words(row, language), language) for row in rows)
    parts.append(Grid(CAPTION.into(language), columns, body, frozenset({0}), WIDTHS))
    used = grounds_in(rows)
    if used:
        meanings = tuple((mark, label.into(language)) for mark, label in used)
        heads = (MARK.into(language), MEANS.into(language))
        parts.append(Grid(GROUNDS.into(language), heads, meanings, widths=(1.0, 5.0)))
    return OfficeText(
        title=INVENTORY.into(language),
        kicker=request,
        subject=subject,
        language=language,
        dated=dated,
        author=word("programme", language),
        footer=SEALED.into(language).format(seal[:16]) if seal else OPEN.into(language),
        parts=tuple(parts),
        sideways=True,
    )


def _dated_in_words(row: dict[str, Any], language: Language) -> dict[str, Any]:
    return {**row, "dated": day(row["dated"], language) if row["dated"] else ""}
