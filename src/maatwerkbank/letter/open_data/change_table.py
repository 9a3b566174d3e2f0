# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What moved between two days on which something was public?

Takes     a publication and an earlier one.
Gives     a row for each value that came, went or became another.
Leaves    sentences about it to the letter.
"""

from collections.abc import Iterator, Mapping

from maatwerkbank.dossier.parliament.standing import standing
from maatwerkbank.dossier.publication.publication import Figure, Publication
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.open_data.fields import FIRM, Table, Value, one_of, text

SUBJECTS = ("stage", "exit", "figure", "promise", "paper", "commitment")
Row = tuple[Value, ...]


def changes(publication: Publication, before: Publication | None) -> Table:
    """The table; without rows where there is nothing to compare with."""
    rows = tuple(_rows(publication, before)) if before else ()
    fields = (
        FIRM,
        one_of("subject", "wat", "what", SUBJECTS, required=True),
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
        rows,
    )


def _rows(now: Publication, before: Publication) -> Iterator[Row]:
    """Subject by subject, in the order of the later publication."""
    for subject, then_held, now_held in (
        ("stage", _stages(before), _stages(now)),
        ("exit", _exits(before), _exits(now)),
        ("figure", _figures(before), _figures(now)),
        ("promise", _promises(before), _promises(now)),
        ("paper", _papers(before), _papers(now)),
        ("commitment", _commitments(before), _commitments(now)),
    ):
        for identity in {**now_held, **then_held}:
            firm, after = now_held.get(identity, (None, None))
            held_by, earlier = then_held.get(identity, (None, None))
            if after != earlier:
                yield (firm or held_by, subject, identity, earlier, after)


Held = Mapping[str, tuple[str | None, str]]


def _stages(publication: Publication) -> Held:
    return {firm.id: (firm.id, firm.stage.value) for firm in publication.register}


def _exits(publication: Publication) -> Held:
    return {firm.id: (firm.id, firm.exit.kind) for firm in publication.register if firm.exit}


def _figures(publication: Publication) -> Held:
    return {each.id: (each.firm, _value(each)) for each in publication.figures.values()}


def _value(figure: Figure) -> str:
    ends = [f"{end:.15g}" for end in (figure.low, figure.high) if end is not None]
    return f"{' – '.join(dict.fromkeys(ends)) or '?'} {figure.unit}"


def _promises(publication: Publication) -> Held:
    return {each.id: (each.firm, each.state or "public") for each in publication.promises}


def _papers(publication: Publication) -> Held:
    return {each.id: (each.firm, each.title) for each in publication.papers}


def _commitments(publication: Publication) -> Held:
    parliament = publication.parliament
    return {
        each.id: (None, standing(each, parliament.as_of).state) for each in parliament.commitments
    }
