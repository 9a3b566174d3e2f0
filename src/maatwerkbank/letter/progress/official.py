# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why may this letter not be sent as an official one?

Takes     a letter.
Gives     every reason: a figure or a sentence that rests on press or on an unverified source, a
          status text that nobody approved, or that names a figure that is not public; a source of
          after the day of the letter.
Leaves    refusing to who asks.
"""

from collections.abc import Iterator

from maatwerkbank.dossier.publication.filling import filled
from maatwerkbank.letter.progress.letter import ProgressLetter
from maatwerkbank.letter.progress.notes import is_later
from maatwerkbank.sources import source
from maatwerkbank.sources.register import Seen

UNOFFICIAL = (Seen.PRESS, Seen.UNVERIFIED)


def against_official(letter: ProgressLetter) -> tuple[str, ...]:
    """The reasons, each once, as a person can act on them; empty where there is none."""
    return tuple(dict.fromkeys((*_figures(letter), *_sentences(letter), *_statements(letter))))


def _figures(letter: ProgressLetter) -> Iterator[str]:
    for figure in letter.publication.figures.values():
        if figure.origin.kind == "source" and (seen := _unofficial(figure.origin.identity)):
            yield f"figure {figure.id} rests on {figure.origin.identity} ({seen})"


def _sentences(letter: ProgressLetter) -> Iterator[str]:
    day = letter.publication.as_of
    for sentence in letter.sentences:
        for cite in sentence.cites:
            if cite.kind == "source" and (seen := _unofficial(cite.identity)):
                yield f"sentence on {sentence.about} rests on {cite.identity} ({seen})"
            elif cite.kind == "source" and is_later(source(cite.identity), day):
                yield f"sentence on {sentence.about} rests on {cite.identity}, of after {day}"


def _statements(letter: ProgressLetter) -> Iterator[str]:
    for firm in letter.publication.register:
        statement = letter.publication.statements.get(firm.id)
        if statement is None or not statement.approved_by:
            yield f"statement of {firm.id} is not approved"
        else:
            for finding in filled(statement, letter.publication, letter.language).findings:
                yield f"statement of {firm.id}: {finding.found} ({finding.code})"


def _unofficial(identity: str) -> Seen | None:
    seen = source(identity).seen
    return seen if seen in UNOFFICIAL else None
