# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What did a recommendation change in the text of an agreement, and is that still in it?

Takes     two versions of a text; later, the last version of the same text.
Gives     each clause that reads otherwise, with its whole words before and after in two languages;
          a finding where a later version drops the change, or words it anew.
Leaves    which recommendation a change belongs to, and whether a new wording still does what was
          asked, to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from maatwerkbank.dossier.agreement.comparison import in_words
from maatwerkbank.dossier.agreement.drafting import Draft, articles
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

ARTICLE = Text(nl="Artikel {0}. {1}", en="Article {0}. {1}")
ABSENT = Text(nl="", en="")


@dataclass(frozen=True)
class TextChange:
    """A clause in two versions of a text, its figures filled in. No words: it was not there."""

    clause: str
    name: Text
    before: Text
    after: Text


def changes_between(before: Draft, after: Draft) -> tuple[TextChange, ...]:
    """Every clause that reads otherwise in the later version, in the order of the text."""
    old, new = _clauses(before), _clauses(after)
    told = zip(in_words(before, after, "nl"), in_words(before, after, "en"), strict=True)
    return tuple(
        TextChange(
            dutch.clause,
            _name(after if dutch.clause in new else before, dutch.clause),
            old.get(dutch.clause, ABSENT),
            new.get(dutch.clause, ABSENT),
        )
        for dutch, english in told
        if (dutch.kind, english.kind) != ("same", "same")
    )


def findings_later(
    change: TextChange, recommendation: int, later: Draft, later_name: Text
) -> tuple[Finding, ...]:
    """What became of a change in a later version of the text: nothing to say, or one finding."""
    now = _clauses(later).get(change.clause, ABSENT)
    if now == change.after:
        return ()
    gone = now == change.before or ABSENT in (now, change.after)
    code, found, remedy = (
        ("advice.change-dropped", _DROPPED, _BRING_BACK)
        if gone
        else ("advice.change-reworded", _REWORDED, _LOOK)
    )
    expected = Text(
        nl=f"{change.name.nl}: zoals in de reactie op aanbeveling {recommendation}",
        en=f"{change.name.en}: as in the answer to recommendation {recommendation}",
    )
    told = Text(nl=f"{later_name.nl} {found.nl}", en=f"{later_name.en} {found.en}")
    return (Finding("warning", code, change.clause, expected, told, remedy),)


_DROPPED = Text(nl="heeft deze wijziging niet meer", en="no longer has this change")
_REWORDED = Text(nl="heeft andere woorden", en="has other words")
_BRING_BACK = Text(
    nl="breng de wijziging terug, of leg uit waarom zij vervalt",
    en="bring the change back, or explain why it lapses",
)
_LOOK = Text(
    nl="kijk of de nieuwe woorden de aanbeveling nog volgen",
    en="look whether the new words still follow the recommendation",
)


def _clauses(draft: Draft) -> Mapping[str, Text]:
    """Per clause its heading and its paragraphs."""
    both = zip(articles(draft, "nl"), articles(draft, "en"), strict=True)
    return {
        dutch.clause: Text(
            nl="\n\n".join((dutch.heading, *dutch.paragraphs)),
            en="\n\n".join((english.heading, *english.paragraphs)),
        )
        for dutch, english in both
    }


def _name(draft: Draft, clause: str) -> Text:
    number, found = next(
        (number, each) for number, each in enumerate(draft.clauses, 1) if each.id == clause
    )
    return Text(
        nl=ARTICLE.nl.format(number, found.heading.nl),
        en=ARTICLE.en.format(number, found.heading.en),
    )
