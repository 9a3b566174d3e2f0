# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which two texts of the agreement does an answer lay beside each other, and what became of it?

Takes     the final texts that somebody may read; the answer as it is stored.
Gives     the pair of versions to begin with; the clauses that differ; findings where a later
          version drops a change.
Leaves    the clauses themselves to `dossier.advice.draft_changes`, keeping them to `answering`.

A stored change names library and version, and holds the words: whoever reads the advice reads them,
also who may not open the text.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from maatwerkbank.dossier.advice.draft_changes import TextChange, changes_between, findings_later
from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.models import Advice, ClauseChange, Response
from maatwerkbank.web.agreements.models import Draft
from maatwerkbank.web.agreements.stored import NAME, name_of, text_of


@dataclass(frozen=True)
class Pair:
    """Two final versions of one text, the earlier one first."""

    before: Draft
    after: Draft

    @property
    def changes(self) -> dict[str, TextChange]:
        """The clauses that read otherwise in the later version, by their id."""
        found = changes_between(text_of(self.before), text_of(self.after))
        return {each.clause: each for each in found}


def pair_of(texts: Sequence[Draft], before: str, after: str) -> Pair | None:
    """The pair with these codes; None where they are not two versions of one text in order."""
    by_code = {str(each.code): each for each in texts}
    old, new = by_code.get(before), by_code.get(after)
    if old is None or new is None or old.library != new.library or old.number >= new.number:
        return None
    return Pair(old, new)


def first_pair(advice: Advice, texts: Sequence[Draft]) -> Pair | None:
    """The pair of the answer so far; else the version in the frozen set beside the last one."""
    for each in _linked(advice):
        by_number = {
            one.number: one for one in texts if one.library == each.library and each.after_number
        }
        if {each.before_number, each.after_number} <= set(by_number):
            return Pair(by_number[each.before_number or 0], by_number[each.after_number or 0])
    frozen = set(advice.frozen_set.versions.values_list("pk", flat=True))
    pairs = [pair for new in reversed(texts) for pair in _earlier(texts, new)]
    return next((each for each in pairs if each.before.document_id in frozen), None) or next(
        iter(pairs), None
    )


def _earlier(texts: Sequence[Draft], new: Draft) -> Iterator[Pair]:
    for old in reversed(texts):
        if old.library == new.library and old.number < new.number:
            yield Pair(old, new)


def in_the_system(advice: Advice) -> bool:
    """Whether two final versions of a text are here, so that nothing has to be typed."""
    made = list(Draft.objects.filter(dossier=advice.dossier, state="final"))
    return any(True for new in made for _ in _earlier(made, new))


def stored_change(response: Response, pair: Pair, change: TextChange) -> ClauseChange:
    """A row with the words of both versions, not saved yet."""
    return ClauseChange(
        response=response,
        clause=change.clause,
        library=pair.after.library,
        before_number=pair.before.number,
        after_number=pair.after.number,
        name_nl=change.name.nl,
        name_en=change.name.en,
        before=change.before.nl,
        before_en=change.before.en,
        after=change.after.nl,
        after_en=change.after.en,
    )


def as_change(row: ClauseChange) -> TextChange:
    """The stored change of a text as a value."""
    return TextChange(
        row.clause,
        Text(nl=row.name_nl, en=row.name_en),
        Text(nl=row.before, en=row.before_en),
        Text(nl=row.after, en=row.after_en),
    )


def version_name(kind: str, number: int) -> Text:
    """What people call a version of a text."""
    label = library(kind).label
    return Text(nl=NAME.nl.format(label.nl, number), en=NAME.en.format(label.en, number))


def findings_on_texts(advice: Advice, texts: Collection[Draft]) -> tuple[Finding, ...]:
    """Where the last version that somebody may read drops a change of the answer, or rewords it."""
    last = {each.library: each for each in sorted(texts, key=lambda one: one.number)}
    found: list[Finding] = []
    for row in _linked(advice):
        later = last.get(row.library)
        if later is not None and later.number > (row.after_number or 0):
            number = row.response.recommendation.number
            found.extend(findings_later(as_change(row), number, text_of(later), name_of(later)))
    return tuple(found)


def _linked(advice: Advice) -> list[ClauseChange]:
    rows = ClauseChange.objects.filter(response__recommendation__advice=advice)
    told = rows.exclude(library="").select_related("response__recommendation")
    return list(told.order_by("response__recommendation__number", "id"))
