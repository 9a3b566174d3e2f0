# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The list of papers that goes out with the decision, and its seal.

Takes     the papers of a work list.
Gives     one row per paper with the usual columns, in plain values; a hash that changes when
          anything in it does; the list as CSV.
Leaves    the ODT and PDF to `letter.inventory_document`. Words that are withheld are not in it,
          nor in the titles.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS, mark_of
from maatwerkbank.dossier.disclosure.redaction import redacted
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS, FoundPaper
from maatwerkbank.ground.language import Language, Text

COLUMNS: dict[str, Text] = {
    "number": Text(nl="Nr.", en="No."),
    "title": Text(nl="Document", en="Document"),
    "dated": Text(nl="Datum", en="Date"),
    "kind": Text(nl="Soort", en="Kind"),
    "sender": Text(nl="Van", en="From"),
    "receiver": Text(nl="Aan", en="To"),
    "judgement": Text(nl="Oordeel", en="Judgement"),
    "grounds": Text(nl="Gronden", en="Grounds"),
    "published_at": Text(nl="Vindplaats", en="Where it is public"),
}


def inventory_rows(papers: Iterable[FoundPaper]) -> list[dict[str, Any]]:
    """One row per paper, in the order of their numbers."""
    return [_row(each) for each in sorted(papers, key=lambda paper: paper.number)]


def _row(paper: FoundPaper) -> dict[str, Any]:
    return {
        "id": paper.id,
        "number": paper.number,
        "title": redacted(paper.title, paper.passages).text,
        "dated": paper.dated,
        "kind": {"nl": paper.kind.nl, "en": paper.kind.en},
        "sender": paper.sender,
        "receiver": paper.receiver,
        "judgement": paper.judgement,
        "grounds": list(paper.grounds),
        "published_at": paper.public_at,
    }


def sealed(papers: Iterable[FoundPaper]) -> str:
    """The hash of everything that was judged, the withheld words and the reasons included."""
    content = [
        {
            **_row(paper),
            "ground": paper.ground,
            "reason": paper.reason,
            "despite_age": paper.despite_age,
            "passages": [
                [each.id, each.words, each.ground, each.reason, each.despite_age]
                for each in paper.passages
            ],
        }
        for paper in sorted(papers, key=lambda paper: paper.number)
    ]
    # Where it was published comes after the seal.
    plain = [{key: row[key] for key in row if key != "published_at"} for row in content]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def cells(row: dict[str, Any], language: Language) -> tuple[str, ...]:
    """A row in words, in the order of the columns; what is not known is a dash."""
    told = {
        **row,
        "number": str(row["number"]),
        "kind": row["kind"][language],
        "judgement": JUDGEMENTS[row["judgement"]].into(language) if row["judgement"] else "",
        "grounds": ", ".join(mark_of(each) for each in row["grounds"]),
    }
    return tuple(str(told[key] or "–") for key in COLUMNS)


def grounds_in(rows: Sequence[dict[str, Any]]) -> list[tuple[str, Text]]:
    """The marks that stand in the list, each once, with what they mean."""
    used = dict.fromkeys(each for row in rows for each in row["grounds"])
    return sorted((mark_of(each), ALL_GROUNDS[each].label) for each in used)


def as_csv(rows: Sequence[dict[str, Any]], language: Language) -> str:
    """The list as CSV, its first line the names of the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([label.into(language) for label in COLUMNS.values()])
    for row in rows:
        writer.writerow(_inert(cell) for cell in cells(row, language))
    return out.getvalue()


def _inert(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
