# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The annexes: the text of each firm with its aims and promises, every figure, what changed.

Takes     the context of a letter; changes.
Gives     sections.
Leaves    drafting and filling to `dossier/publication`.
"""

from collections.abc import Iterator, Sequence

from maatwerkbank.dossier.parliament.standing import STATES
from maatwerkbank.dossier.publication.drafting import Told, told
from maatwerkbank.dossier.publication.filling import filled, filled_text
from maatwerkbank.dossier.publication.in_words import figure_in_words
from maatwerkbank.dossier.publication.labels import QUANTITIES, VERSIONS
from maatwerkbank.dossier.publication.publication import Figure, PublicPromise
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.progress.changes import Change, Value
from maatwerkbank.letter.progress.context import Context, origin_cites
from maatwerkbank.letter.progress.model import Block, LetterTable, Paragraph, Section, Sentence
from maatwerkbank.letter.progress.notes import cite
from maatwerkbank.letter.progress.vocabulary import has, said
from maatwerkbank.letter.words import capitalised
from maatwerkbank.portfolio.register import CompanyState
from maatwerkbank.sources import source


def firms(it: Context) -> Iterator[Section]:
    """Annex 1: firm by firm, in the order of the register."""
    if it.publication.register.companies:
        yield Section("annex_firms", said("heading.annex_firms", it.language), 1, ())
    for firm in it.publication.register:
        yield Section(f"firm.{firm.id}", firm.name, 2, tuple(_firm(it, firm)))


def _firm(it: Context, firm: CompanyState) -> Iterator[Block]:
    statement = it.publication.statements.get(firm.id)
    if statement is None:
        parts = tuple(told(firm, it.publication))
        yield Paragraph(tuple(_part(it, firm, part) for part in parts))
        on, by = it.as_of, None
    else:
        text = filled(statement, it.publication, it.language)
        yield Paragraph(
            (Sentence(text.text, f"firm.{firm.id}.statement", (), text.figures, (), (firm.id,)),)
        )
        on, by = statement.approved_on or statement.on, statement.approved_by
    if by:
        approval = it.say("annex.approved", f"firm.{firm.id}.approved", by=by, day=it.bare_day(on))
    else:
        approval = it.say("annex.drafted", f"firm.{firm.id}.drafted", day=it.bare_day(on))
    yield Paragraph((approval, *_withdrawn(it, "statement", firm.id)), "note")
    if firm.ambitions:
        yield _ambitions(it, firm)
    promises = it.publication.promises_of(firm.id)
    if promises:
        yield _promises(it, firm, promises)


def _part(it: Context, firm: CompanyState, part: Told) -> Sentence:
    text = filled_text(part.text, it.publication, it.language, place=f"firm.{firm.id}")
    return Sentence(
        text.text,
        f"firm.{firm.id}.{part.about}",
        tuple(cite(each) for each in part.sources),
        text.figures,
        (),
        (firm.id,),
    )


def _ambitions(it: Context, firm: CompanyState) -> LetterTable:
    rows = []
    for aim in firm.ambitions:
        gross, additional = (
            it.publication.figures.get(f"{firm.id}.{aim.quantity}.{aim.version}.{kind}")
            for kind in ("gross", "additional")
        )
        boundary = aim.boundary
        if aim.base_year:
            boundary = Text(
                nl=f"{boundary.nl}; basisjaar {aim.base_year}",
                en=f"{boundary.en}; base year {aim.base_year}",
            )
        rows.append(
            (
                capitalised(it.into(VERSIONS.get(aim.version, Text(aim.version, aim.version)))),
                it.into(QUANTITIES.get(aim.quantity, Text(aim.quantity, aim.quantity))),
                _shown(it, gross),
                _shown(it, additional),
                str(aim.year),
                it.into(boundary),
            )
        )
    return _table(
        it,
        f"ambitions.{firm.id}",
        said("annex.ambitions", it.language, name=firm.name),
        ("document", "goal", "gross", "additional", "year", "boundary"),
        rows,
        widths=(1.8, 1.2, 1.4, 1.2, 0.5, 1.9),
    )


def _promises(it: Context, firm: CompanyState, promises: Sequence[PublicPromise]) -> LetterTable:
    rows = [
        (
            said(f"by.{each.by}", it.language),
            it.into(each.label),
            day(each.due, it.language) if each.due else said("absent", it.language),
            "; ".join(it.into(label) for label in each.waits_for) or said("none", it.language),
            _state(it, each.state),
        )
        for each in promises
    ]
    return _table(
        it,
        f"promises.{firm.id}",
        said("annex.promises", it.language, name=firm.name),
        ("by", "what", "due", "waits", "state"),
        rows,
        widths=(0.7, 2.4, 1.0, 1.8, 1.3),
    )


PROMISE_STATES = {
    "kept": Text(nl="nagekomen", en="kept"),
    "broken": Text(nl="geschonden", en="broken"),
    "at_risk": Text(nl="in gevaar", en="at risk"),
    "waived": Text(nl="kwijtgescholden", en="waived"),
    "open": Text(nl="open", en="open"),
}


def _state(it: Context, state: str | None) -> str:
    if state is None:
        return said("not_judged", it.language)
    return it.into(PROMISE_STATES.get(state, Text(state, state)))


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def figures(it: Context) -> Iterator[Section]:
    """Annex 2: every public figure with where it comes from."""
    names = {each.id: each.name for each in it.publication.register}
    order = {firm: place for place, firm in enumerate(names)}
    found = sorted(
        it.publication.figures.values(), key=lambda each: order.get(each.firm or "", len(order))
    )
    rows = [
        (
            names.get(each.firm or "", said("whole", it.language)),
            capitalised(it.into(each.label)),
            _shown(it, each),
            str(each.year) if each.year else said("none", it.language),
            origin(it, each),
        )
        for each in found
    ]
    withdrawn = tuple(_withdrawn(it, "figure", None))
    gone = (Paragraph(withdrawn, "note"),) if withdrawn else ()
    if rows:
        table = _table(
            it,
            "figures",
            said("annex.figures", it.language),
            ("firm", "figure", "value", "year", "origin"),
            rows,
            widths=(1.1, 1.7, 1.4, 0.5, 2.4),
        )
        blocks: tuple[Block, ...] = (table, *gone)
    else:
        blocks = gone
    if blocks:
        yield Section("annex_figures", said("heading.annex_figures", it.language), 1, blocks)


def _withdrawn(it: Context, what: str, identity: str | None) -> Iterator[Sentence]:
    """That something was public and is no longer; of one text, or of every figure."""
    for each in it.publication.withdrawn:
        if each.what == what and identity in (None, each.id):
            key = "annex.withdrawn_text" if what == "statement" else "annex.withdrawn_figure"
            yield it.say(
                key,
                f"withdrawn.{what}.{each.id}",
                id=each.id,
                released=it.day(each.released_on),
                withdrawn=it.day(each.withdrawn_on),
            )


def origin(it: Context, figure: Figure) -> str:
    """Where a figure comes from, in one line."""
    from_where = figure.origin
    if from_where.kind == "source":
        work = source(from_where.identity)
        when = day(work.date, it.language) if work.date else ""
        text = ", ".join(part for part in (work.publisher, work.title, when) if part)
    else:
        text = said(f"origin.{from_where.kind}", it.language, id=from_where.identity)
    if figure.reconstruction:
        text = said("origin.reconstruction", it.language, origin=text)
    if from_where.released_by and from_where.released_on:
        text = said(
            "origin.released",
            it.language,
            origin=text,
            by=from_where.released_by,
            day=it.bare_day(from_where.released_on),
        )
    return text


def figure_sources(it: Context) -> Iterator[str]:
    """The sources of all public figures, each once."""
    found = (
        cited.identity for f in it.publication.figures.values() for cited in origin_cites(f.origin)
    )
    yield from dict.fromkeys(found)


# ── changes ───────────────────────────────────────────────────────────────────────────────────


def changed(it: Context, found: Sequence[Change]) -> Iterator[Section]:
    """Annex 3: what moved since the earlier state."""
    if it.before is None:
        return
    then, now = it.bare_day(it.before.as_of), it.bare_day(it.as_of)
    heading = said("heading.annex_changes", it.language)
    if not found:
        nothing = it.say("annex.no_changes", "changes.none", before=then, after=now)
        yield Section("annex_changes", heading, 1, (Paragraph((nothing,)),))
        return
    rows = [changed_row(it, each) for each in found]
    table = _table(
        it,
        "changes",
        said("annex.changes", it.language, before=then, after=now),
        ("firm", "what", "before", "after"),
        rows,
        widths=(1.1, 2.0, 1.5, 1.5),
    )
    yield Section("annex_changes", heading, 1, (table,))


def changed_row(it: Context, change: Change) -> tuple[str, str, str, str]:
    """A change as a row of the table."""
    known = [*it.publication.register, *(it.before.register if it.before else ())]
    names = {each.id: each.name for each in known}
    return (
        names.get(change.firm or "", said("whole", it.language)),
        _what(it, change),
        _side(it, change, change.before),
        _side(it, change, change.after),
    )


def _what(it: Context, change: Change) -> str:
    kind = said(f"what.{change.what}", it.language)
    if change.what == "document":
        return capitalised(it.into(VERSIONS[change.identity]))
    label = _labels(it).get((change.what, change.identity))
    return f"{kind}: {label}" if label else kind


def _labels(it: Context) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for known in (it.before, it.publication):
        if known is None:
            continue
        for figure in known.figures.values():
            found["figure", figure.id] = it.into(figure.label)
        for promise in known.promises:
            found["promise", promise.id] = it.into(promise.label)
        for commitment in known.parliament.commitments:
            found["commitment", commitment.id] = it.into(commitment.text)
        for motion in known.parliament.motions:
            found["motion", motion.id] = it.into(motion.text)
    return found


def _side(it: Context, change: Change, value: Value) -> str:
    if value is None:
        return said("none", it.language)
    if isinstance(value, tuple):
        known = (
            (it.before, it.publication) if value == change.before else (it.publication, it.before)
        )
        figure = next(
            (p.figures[change.identity] for p in known if p and change.identity in p.figures), None
        )
        return _shown(it, figure)
    if change.what in ("stage", "exit"):
        code = value.split()[0]
        key = "group.eop" if code == "eop" else f"group.{code}"
        return said(key, it.language) if has(key) else code
    if change.what == "track":
        key = f"track.{value}"
        return said(key, it.language) if has(key) else value
    if change.what == "document":
        return said("signed_undated", it.language) if value == "signed" else day(value, it.language)
    if change.what == "commitment":
        return it.into(
            next((text for state, text in STATES.items() if state == value), Text(value, value))
        )
    if change.what == "motion":
        return said(f"outcome.{value}", it.language)
    if change.what == "promise":
        due, state = value.split(" ", 1)
        when = day(due, it.language) if due != "-" else said("absent", it.language)
        return f"{when}; {_state(it, None if state == '-' else state)}"
    return value


def _shown(it: Context, figure: Figure | None) -> str:
    return said("absent", it.language) if figure is None else figure_in_words(figure, it.language)


def _table(
    it: Context,
    identity: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    *,
    widths: tuple[float, ...],
) -> LetterTable:
    heads = tuple(said(f"column.{each}", it.language) for each in columns)
    return LetterTable(identity, caption, heads, tuple(rows), widths=widths)
