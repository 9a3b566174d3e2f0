# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Parliament was promised, asked and told, as tables.

Takes     the parliamentary register of a day.
Gives     commitments, motions and letters.
Leaves    how a reference is written to `sources/parliament`.
"""

from datetime import date
from typing import get_args

from maatwerkbank.dossier.parliament.register import Commitment, Outcome, Parliament
from maatwerkbank.dossier.parliament.standing import STATES, standing
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.open_data.fields import Field, Table, Value, day, in_both, one_of, text
from maatwerkbank.sources.parliament.reference import Reference


def commitments(parliament: Parliament) -> Table:
    """Toezeggingen."""
    fields = (
        text("commitment_id", "toezegging", "commitment", required=True),
        text("number", "nummer", "number"),
        *in_both("text", "wat is toegezegd", "what was promised", required=True),
        text("by", "door", "by", required=True),
        text("to", "aan", "to", required=True),
        day("made_on", "dag", "day", required=True),
        Field("due", "date", Text(nl="uiterlijk", en="due"), reduced=True),
        one_of("state", "stand op de dag", "state on the day", tuple(STATES), required=True),
        day("reported_on", "laatste melding aan de Kamer", "last report to the House"),
        *in_both("reported_where", "waar gemeld", "where reported"),
        text("firm_ids", "bedrijven", "firms"),
        text("source_id", "bron", "source", required=True),
        text("source_place", "plaats in de bron", "place in the source"),
    )
    rows = tuple(_commitment(each, parliament.as_of) for each in parliament.commitments)
    return Table(
        "commitments",
        Text(nl="Toezeggingen", en="Commitments"),
        Text(
            nl="Wat de Kamer is toegezegd, en wat ermee gebeurde.",
            en="What the House was promised, and what became of it.",
        ),
        fields,
        ("commitment_id",),
        rows,
    )


def _commitment(each: Commitment, as_of: date) -> tuple[Value, ...]:
    stands = standing(each, as_of)
    last = stands.told
    return (
        each.id,
        each.number,
        each.text.nl,
        each.text.en,
        each.by,
        each.to,
        each.made_on.isoformat(),
        each.due,
        stands.state,
        last.on.isoformat() if last else None,
        last.where.nl if last else None,
        last.where.en if last else None,
        "; ".join(each.firms) or None,
        each.source,
        each.place,
    )


def motions(parliament: Parliament) -> Table:
    """Motions, and what the cabinet does with them."""
    fields = (
        text("motion_id", "motie", "motion", required=True),
        text("reference", "Kamerstuk", "parliamentary paper"),
        *in_both("text", "wat de motie vraagt", "what the motion asks", required=True),
        text("by", "indiener", "moved by", required=True),
        day("on", "dag van de stemming", "day of the vote"),
        one_of("outcome", "uitslag", "outcome", get_args(Outcome), required=True),
        *in_both("stance", "oordeel van het kabinet", "stance of the cabinet"),
        *in_both("consequence", "gevolg", "consequence"),
        text("source_id", "bron", "source", required=True),
    )
    rows = tuple(
        (
            each.id,
            _written(each.reference),
            each.text.nl,
            each.text.en,
            each.by,
            each.on.isoformat() if each.on else None,
            each.outcome,
            each.stance.nl if each.stance else None,
            each.stance.en if each.stance else None,
            each.consequence.nl if each.consequence else None,
            each.consequence.en if each.consequence else None,
            each.source,
        )
        for each in parliament.motions
    )
    return Table(
        "motions",
        Text(nl="Moties", en="Motions"),
        Text(nl="Wat de Kamer vroeg.", en="What the House asked."),
        fields,
        ("motion_id",),
        rows,
    )


def letters(parliament: Parliament) -> Table:
    """Letters of the cabinet to the House."""
    fields = (
        text("letter_id", "brief", "letter", required=True),
        text("reference", "Kamerstuk", "parliamentary paper"),
        text("title", "titel", "title", required=True),
        day("on", "dag", "day"),
        Field("url", "uri", Text(nl="waar hij te lezen is", en="where it can be read")),
        text("source_id", "bron", "source", required=True),
    )
    rows = tuple(
        (
            each.id,
            _written(each.reference),
            each.title,
            each.on.isoformat() if each.on else None,
            each.reference.address() if each.reference else None,
            each.source,
        )
        for each in parliament.letters
    )
    return Table(
        "letters",
        Text(nl="Brieven", en="Letters"),
        Text(nl="Brieven van het kabinet aan de Kamer.", en="Letters of the cabinet to the House."),
        fields,
        ("letter_id",),
        rows,
    )


def _written(reference: Reference | None) -> str | None:
    return reference.written("nl") if reference else None
