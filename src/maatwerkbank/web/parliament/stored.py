# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Parliament of the database, as the dossier floor takes it.

Takes     a day.
Gives     `Parliament` as known on that day, with the same ids as on the screens and in open data.
Leaves    what of it a page shows to `shown.py`.

The register is public of itself, so nothing is left out but what the House took back. The number of
queries does not depend on the number of rows.
"""

from datetime import date
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from maatwerkbank.dossier.parliament import register
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.parliament.reference import reference
from maatwerkbank.web.parliament.models import (
    Commitment,
    CommitmentReport,
    Debate,
    Letter,
    Motion,
    Question,
    RegisterRow,
)

Row = TypeVar("Row", bound=RegisterRow)


def stored_parliament(as_of: date) -> register.Parliament:
    """Everything that was known on that day, in five tables and their reports: seven queries."""
    return register.Parliament(
        as_of=as_of,
        commitments=tuple(
            _commitment(row, as_of)
            for row in _there(Commitment, as_of, "made_on")
            .select_related("made_in")
            .prefetch_related("reports")
        ),
        motions=tuple(
            _motion(row, as_of) for row in _there(Motion, as_of, "on").prefetch_related("answers")
        ),
        letters=tuple(_letter(row) for row in _there(Letter, as_of, "on")),
        debates=tuple(_debate(row) for row in _there(Debate, as_of, "on")),
        questions=tuple(_question(row, as_of) for row in _there(Question, as_of, "on")),
    )


def _there(model: type[Row], as_of: date, day: str) -> QuerySet[Row]:
    """Rows of that day or before; without a day of their own, known by that day."""
    kept = Q(taken_back_on=None) | Q(taken_back_on__gt=as_of)
    dated = Q(**{f"{day}__lte": as_of}) | Q(**{day: None}, known_from__lte=as_of)
    rows: QuerySet[Row] = model._default_manager.filter(kept, dated)  # noqa: SLF001
    return rows.order_by("pk")


def both(row: Any, name: str) -> Text:
    """A text in both languages; where no English was written, the Dutch stands there too."""
    nl = getattr(row, f"{name}_nl")
    return Text(nl=nl, en=getattr(row, f"{name}_en") or nl)


def _said(row: Any, name: str) -> Text | None:
    return both(row, name) if getattr(row, f"{name}_nl") else None


def report_of(row: CommitmentReport) -> register.Report:
    """One report, as the dossier floor takes it."""
    paper = reference(row.reference) if row.reference else None
    place = row.place or None
    return register.Report(row.on, both(row, "where"), paper, row.fulfils, row.source, place)


def _commitment(row: Commitment, as_of: date) -> register.Commitment:
    return register.Commitment(
        id=row.key,
        number=row.number or None,
        text=both(row, "text"),
        by=row.by_whom,
        to=row.to_whom,
        made_on=row.made_on,
        made_in=row.made_in.key if row.made_in else None,
        due=row.due or None,
        firms=tuple(row.firms),
        reports=tuple(report_of(each) for each in row.reports.all() if each.on <= as_of),
        source=row.source,
        place=row.place or None,
    )


def _motion(row: Motion, as_of: date) -> register.Motion:
    stance = consequence = None
    for each in row.answers.all():
        if each.on <= as_of:
            stance = _said(each, "stance") or stance
            consequence = _said(each, "consequence") or consequence
    return register.Motion(
        id=row.key,
        reference=reference(row.reference) if row.reference else None,
        text=both(row, "text"),
        by=row.by_whom,
        on=row.on,
        outcome=row.outcome,  # type: ignore[arg-type]  # one of OUTCOMES, by the deed
        stance=stance,
        consequence=consequence,
        source=row.source,
        place=row.place or None,
        firms=tuple(row.firms),
    )


def _letter(row: Letter) -> register.ParliamentLetter:
    paper = reference(row.reference) if row.reference else None
    place, firms = row.place or None, tuple(row.firms)
    return register.ParliamentLetter(row.key, paper, row.title, row.on, row.source, place, firms)


def _debate(row: Debate) -> register.Debate:
    place, firms = row.place or None, tuple(row.firms)
    return register.Debate(row.key, both(row, "title"), row.on, row.source, place, firms)


def _question(row: Question, as_of: date) -> register.Question:
    answered = None
    if row.answered_on and row.answered_on <= as_of:
        paper = reference(row.answered_reference) if row.answered_reference else None
        answered = register.Report(
            row.answered_on,
            both(row, "answered_where"),
            paper,
            True,  # noqa: FBT003  (an answer ends a question)
            row.answered_source or row.source,
            row.answered_place or None,
        )
    return register.Question(
        id=row.key,
        text=both(row, "text"),
        by=row.by_whom,
        on=row.on,
        answered=answered,
        source=row.source,
        place=row.place or None,
        reference=reference(row.reference) if row.reference else None,
        firms=tuple(row.firms),
    )
