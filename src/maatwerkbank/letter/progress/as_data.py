# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The letter as data: every sentence with what it rests on, every figure with its origin.

Takes     a letter.
Gives     plain values for JSON, of which the shape does not change within one `format`.
Leaves    what a sentence says to the letter itself.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from maatwerkbank.dossier.parliament.standing import findings, standing
from maatwerkbank.dossier.publication.publication import Figure, Publication
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.progress.changes import Change
from maatwerkbank.letter.progress.groups import group_of
from maatwerkbank.letter.progress.letter import ProgressLetter
from maatwerkbank.letter.progress.model import Block, Chart, LetterTable, Note, Paragraph, Sentence
from maatwerkbank.sources import source

FORMAT = "maatwerkbank-letter/1"


def as_data(letter: ProgressLetter) -> dict[str, Any]:
    """The whole letter as plain values."""
    known, language = letter.publication, letter.language
    return {
        "format": FORMAT,
        "seal": seal(letter),
        "as_of": known.as_of.isoformat(),
        "since": letter.before.as_of.isoformat() if letter.before else None,
        "language": language,
        "title": letter.title,
        "register": {
            "title": known.register.title,
            "cut_off": known.register.cut_off.isoformat(),
            "after_cut_off": known.as_of > known.register.cut_off,
        },
        **_content(letter),
    }


def seal(letter: ProgressLetter) -> str:
    """SHA-256 of everything that the letter says: another letter has another seal."""
    text = json.dumps(_content(letter), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _content(letter: ProgressLetter) -> dict[str, Any]:
    known, language = letter.publication, letter.language
    return {
        "counts": {
            each.id: {"value": each.value, "unit": "firms", "firms": list(each.firms)}
            for each in letter.counts.values()
        },
        "firms": _firms(known),
        "figures": [_figure(each, language) for each in known.figures.values()],
        "commitments": _commitments(known, language),
        "motions": _motions(known, language),
        "committees": _committees(known, language),
        "sections": [
            {
                "id": section.id,
                "heading": section.heading,
                "level": section.level,
                "blocks": [_block(each) for each in section.blocks],
            }
            for section in letter.sections
        ],
        "notes": [_note(each) for each in letter.notes],
        "changes": [_change(each) for each in letter.changes],
        "withdrawn": [
            {
                "what": each.what,
                "id": each.id,
                "firm": each.firm,
                "released_on": each.released_on.isoformat(),
                "withdrawn_on": each.withdrawn_on.isoformat(),
            }
            for each in known.withdrawn
        ],
        "doubts": [each.as_json(language) for each in findings(known.parliament)],
    }


def _firms(known: Publication) -> list[dict[str, Any]]:
    return [
        {
            "id": firm.id,
            "name": firm.name,
            "group": group_of(firm),
            "stage": str(firm.stage),
            "track": firm.track,
            "eop_signed": firm.eop_signed,
            "eop_date": firm.eop_date,
            "jloi_date": firm.jloi_date,
            "agreement_date": firm.agreement_date,
            "exit": {"kind": firm.exit.kind, "reasons": list(firm.exit.reasons)}
            if firm.exit
            else None,
            "statement_approved_by": statement.approved_by
            if (statement := known.statements.get(firm.id))
            else None,
        }
        for firm in known.register
    ]


def _figure(figure: Figure, language: Language) -> dict[str, Any]:
    origin = figure.origin
    work = source(origin.identity) if origin.kind == "source" else None
    return {
        "id": figure.id,
        "firm": figure.firm,
        "quantity": figure.quantity,
        "label": figure.label.into(language),
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "kind": figure.kind,
        "bound": figure.bound,
        "year": figure.year,
        "boundary": figure.boundary.into(language) if figure.boundary else None,
        "reconstruction": figure.reconstruction,
        "known_on": figure.known_on.isoformat() if figure.known_on else None,
        "origin": {
            "kind": origin.kind,
            "identity": origin.identity,
            "place": origin.place,
            "title": work.title if work else None,
            "url": work.url if work else None,
            "seen": str(work.seen) if work else None,
            "released_by": origin.released_by,
            "released_on": origin.released_on.isoformat() if origin.released_on else None,
        },
    }


def _commitments(known: Publication, language: Language) -> list[dict[str, Any]]:
    found = []
    for each in known.parliament.commitments:
        stands = standing(each, known.as_of)
        told = stands.told
        found.append(
            {
                "id": each.id,
                "number": each.number,
                "text": each.text.into(language),
                "to": each.to,
                "made_on": each.made_on.isoformat(),
                "due": each.due,
                "state": stands.state,
                "told_on": told.on.isoformat() if told else None,
                "told_in": told.reference.written(language) if told and told.reference else None,
                "firms": list(each.firms),
                "source": each.source,
            }
        )
    return found


def _motions(known: Publication, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "reference": each.reference.written(language) if each.reference else None,
            "by": each.by,
            "text": each.text.into(language),
            "on": each.on.isoformat() if each.on else None,
            "outcome": each.outcome,
            "source": each.source,
        }
        for each in known.parliament.motions
    ]


def _committees(known: Publication, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "id": each.body.id,
            "name": each.body.label.into(language),
            "ends_before": each.term.ends_before.isoformat() if each.term.ends_before else None,
            "members": [{"name": seat.name, "function": seat.function} for seat in each.term.seats],
            "source": each.term.source,
        }
        for each in known.sittings
    ]


def _block(block: Block) -> Mapping[str, Any]:
    if isinstance(block, Paragraph):
        return {
            "kind": "paragraph",
            "style": block.style,
            "sentences": [_sentence(each) for each in block.sentences],
        }
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "id": block.id,
            "title": block.title,
            "alt": block.alt,
            "table": _table(block.table),
        }
    return {"kind": "table", **_table(block)}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "about": sentence.about,
        "figures": list(sentence.figures),
        "counts": list(sentence.counts),
        "firms": list(sentence.firms),
        "rests_on": [{"kind": each.kind, "identity": each.identity} for each in sentence.cites],
        "note": sentence.note,
    }


def _table(table: LetterTable) -> dict[str, Any]:
    return {
        "id": table.id,
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "number": note.number,
        "works": [
            {
                "identity": each.identity,
                "text": each.text,
                "url": each.url,
                "later": each.later,
            }
            for each in note.items
        ],
    }


def _change(change: Change) -> dict[str, Any]:
    sides = {
        side: list(value) if isinstance(value, tuple) else value
        for side, value in (("before", change.before), ("after", change.after))
    }
    return {
        "firm": change.firm,
        "what": change.what,
        "identity": change.identity,
        **sides,
        "unit": change.unit,
    }
