# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moved between two days on which something was public, as a table?

Takes     a publication and an earlier one.
Gives     a row for each value that came, went or became another.
Leaves    comparing to `progress/changes`, sentences about it to the letter.
"""

from typing import get_args

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.open_data.fields import FIRM, Table, one_of, text
from maatwerkbank.letter.open_data.fields import Value as Cell
from maatwerkbank.letter.progress.changes import Change, Value, What, changes

# What a firm has one of: its row is named after the firm.
_ONE_OF_A_FIRM = ("firm", "stage", "track", "exit")


def change_table(publication: Publication, before: Publication | None) -> Table:
    """The table; without rows where there is nothing to compare with."""
    found = changes(before, publication) if before else ()
    fields = (
        FIRM,
        one_of("subject", "wat", "what", get_args(What), required=True),
        text("identity", "welk", "which", required=True),
        text("before", "eerder; leeg: was er niet", "before; empty: was not there"),
        text("after", "nu; leeg: is er niet meer", "after; empty: is there no longer"),
    )
    since = f"{before.as_of}" if before else "–"
    return Table(
        "changes",
        Text(nl="Wat veranderde", en="What changed"),
        Text(nl=f"Sinds de vorige brief: {since}.", en=f"Since the last letter: {since}."),
        fields,
        ("subject", "identity"),
        tuple(_row(each) for each in found),
    )


def _row(change: Change) -> tuple[Cell, ...]:
    sides = (_side(change, value) for value in (change.before, change.after))
    return (change.firm, change.what, _identity(change), *sides)


def _identity(change: Change) -> str:
    if change.what in _ONE_OF_A_FIRM:
        return change.firm or ""
    return f"{change.firm}.{change.identity}" if change.what == "document" else change.identity


def _side(change: Change, value: Value) -> str | None:
    if not isinstance(value, tuple):
        return value
    ends = [f"{end:.15g}" for end in value if end is not None]
    return f"{' – '.join(dict.fromkeys(ends)) or '?'} {change.unit}"
