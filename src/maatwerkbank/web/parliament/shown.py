# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Parliament in words of the page: rows of tables, doubts beside references.

Takes     `Parliament` of a day, the codes of its rows, names of firms.
Gives     columns and cells as the components take them.
Leaves    states and doubts to `dossier.parliament`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.dossier.parliament.register import (
    Commitment,
    Debate,
    Motion,
    Parliament,
    ParliamentLetter,
    Question,
    Report,
)
from maatwerkbank.dossier.parliament.standing import STATES, Standing, findings_by_row, in_order
from maatwerkbank.ground.findings import Finding
from maatwerkbank.sources.parliament.reference import Reference, reference
from maatwerkbank.web.parliament.forms import OUTCOMES
from maatwerkbank.web.templatetags.words import day, page_language, say

TONES = {
    "overdue": "negative",
    "due_soon": "warning",
    "partly": "info",
    "open": "neutral",
    "fulfilled": "positive",
}
OUTCOME_TONES = {"adopted": "positive", "rejected": "negative", "unknown": "neutral"}

Doubts = Mapping[str, list[Finding]]
Cell = Any


def in_words(found: Finding) -> str:
    """A finding as one line."""
    return _("Check this: %(finding)s.") % {"finding": found.found_text(page_language())}


def paper(cited: Reference | None, doubts: list[Finding], written: str = "") -> Cell:
    """A reference as a link, with its doubts in words; the bare number where it is none."""
    if cited is None and not written:
        return None
    text = cited.written(page_language()) if cited else written
    note = " ".join(in_words(each) for each in doubts if each.code.startswith("reference."))
    return {"text": text, "href": (cited.address() if cited else "") or "", "note": note}


def state(stands: Standing) -> dict[str, str]:
    """How a commitment stands, as a status."""
    return {"text": say(STATES[stands.state]), "tone": TONES[stands.state]}


def due(stands: Standing) -> Cell:
    """The due day, with how many days are left; that nobody named one where that is so."""
    if stands.due is None or stands.days is None:
        return {"text": _("no day named"), "note": ""}
    if stands.state == "fulfilled":
        return day(stands.due)
    if stands.days < 0:
        left = ngettext("%(n)s day ago", "%(n)s days ago", -stands.days) % {"n": -stands.days}
    else:
        left = ngettext("%(n)s day left", "%(n)s days left", stands.days) % {"n": stands.days}
    return {"text": day(stands.due), "note": left}


class Table:
    """Rows of one kind, each with the way to its page."""

    def __init__(
        self,
        parliament: Parliament,
        slug: str,
        codes: Mapping[str, Any],
        firms: Mapping[str, str],
    ) -> None:
        self.parliament, self.slug, self.codes, self.firms = parliament, slug, codes, firms
        self.doubts = findings_by_row(parliament)

    def of(self, part: str, keep: Callable[[Any, Standing | None], bool]) -> dict[str, Any]:
        """Columns and rows of one kind, of what `keep` says yes to."""
        if part == "commitments":
            pairs = [pair for pair in in_order(self.parliament) if keep(*pair)]
            return self._table(_of_commitments, [self._commitment(*pair) for pair in pairs])
        columns, cells = {
            "motions": (_of_motions, self._motion),
            "letters": (_of_letters, self._letter),
            "debates": (_of_debates, self._debate),
            "questions": (_of_questions, self._question),
        }[part]
        rows = [row for row in getattr(self.parliament, part) if keep(row, None)]
        rows.sort(key=lambda row: (row.on is not None, row.on), reverse=True)
        return self._table(columns, [cells(row) for row in rows])  # type: ignore[operator]

    @staticmethod
    def _table(columns: Callable[[], list[str]], rows: list[list[Cell]]) -> dict[str, Any]:
        return {"columns": [{"label": label} for label in columns()], "rows": rows}

    def _link(self, row: Any, text: str) -> Cell:
        href = reverse("parliament:row", args=[self.slug, self.codes[row.id]])
        firms = ", ".join(self.firms.get(firm, firm) for firm in row.firms)
        return {"text": text, "href": href, "note": firms}

    def _doubts(self, part: str, row: Any) -> list[Finding]:
        return self.doubts.get(f"{part}.{row.id}", [])

    def _commitment(self, row: Commitment, stands: Standing) -> list[Cell]:
        doubts = self._doubts("commitments", row)
        numbered = reference(row.number) if row.number else None
        number = paper(numbered, doubts, row.number or "")
        return [
            self._link(row, say(row.text)),
            state(stands),
            due(stands),
            told(stands.told),
            {"text": row.to, "note": row.by},
            day(row.made_on),
            number or {"text": _("no number"), "note": ""},
        ]

    def _motion(self, row: Motion) -> list[Cell]:
        outcome = {
            "text": _(OUTCOMES[row.outcome]),
            "tone": OUTCOME_TONES.get(row.outcome, "info"),
        }
        return [
            self._link(row, say(row.text)),
            row.by or None,
            day(row.on) if row.on else None,
            outcome,
            {"text": say(row.stance) if row.stance else "–", "note": say(row.consequence or "")},
            paper(row.reference, self._doubts("motions", row)),
        ]

    def _letter(self, row: ParliamentLetter) -> list[Cell]:
        return [
            self._link(row, row.title),
            day(row.on) if row.on else None,
            paper(row.reference, self._doubts("letters", row)),
        ]

    def _debate(self, row: Debate) -> list[Cell]:
        return [self._link(row, say(row.title)), day(row.on)]

    def _question(self, row: Question) -> list[Cell]:
        return [
            self._link(row, say(row.text)),
            row.by or None,
            day(row.on) if row.on else None,
            told(row.answered),
            paper(row.reference, self._doubts("questions", row)),
        ]


def told(report: Report | None) -> Cell:
    """Where Parliament was told, as a link to the paper."""
    if report is None:
        return "–"
    link = paper(report.reference, [])
    where = say(report.where)
    if link is None:
        return {"text": where, "note": day(report.on)}
    return {**link, "note": f"{where}, {day(report.on)}"}


def _of_commitments() -> list[str]:
    return [
        _("What was promised"),
        _("Status"),
        _("Due"),
        _("Told in"),
        _("To whom, by whom"),
        _("On"),
        _("Number"),
    ]


def _of_motions() -> list[str]:
    return [
        _("What it asks"),
        _("Handed in by"),
        _("Voted on"),
        _("Outcome"),
        _("What the cabinet says and does"),
        _("Number"),
    ]


def _of_letters() -> list[str]:
    return [_("Title"), _("Date"), _("Number")]


def _of_debates() -> list[str]:
    return [_("Debate"), _("Date")]


def _of_questions() -> list[str]:
    return [_("What it asks"), _("Asked by"), _("Date"), _("Answered in"), _("Number")]
