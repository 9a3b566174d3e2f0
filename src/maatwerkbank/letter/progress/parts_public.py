# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts about money and the committee, and how the letter begins and ends.

Takes     the context of a letter.
Gives     paragraphs and tables; none where there is nothing to say.
Leaves    firms to `parts_firms`, Parliament to `parts_parliament`.
"""

from collections.abc import Iterator

from maatwerkbank.dossier.advice.bodies import FUNCTIONS
from maatwerkbank.dossier.publication.in_words import figure_in_words
from maatwerkbank.dossier.publication.publication import Figure, Origin, Sitting
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.numbers import millions
from maatwerkbank.letter.progress.context import Context, origin_cites
from maatwerkbank.letter.progress.model import Block, Cite, LetterTable, Paragraph, Sentence
from maatwerkbank.letter.progress.notes import cite, paper
from maatwerkbank.letter.progress.vocabulary import said
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.sources.parliament.reference import references_in

# ── beginning and end ─────────────────────────────────────────────────────────────────────────


def salutation(it: Context) -> Iterator[Paragraph]:
    """To whom it is written."""
    yield Paragraph((it.say("salutation", "letter.salutation"),))


def opening(it: Context) -> Iterator[Paragraph]:
    """What the letter is about, and what its annexes hold."""
    sentences = [it.say("opening", "letter.day", day=it.bare_day(it.as_of))]
    if it.publication.register.companies:
        sentences.append(it.say("opening.annexes", "letter.annexes"))
    if it.before:
        sentences.append(it.say("opening.since", "letter.since", day=it.bare_day(it.before.as_of)))
    yield Paragraph(tuple(sentences))


def reservations(it: Context) -> Iterator[Paragraph]:
    """What holds for the whole: a day after the register ends, texts that nobody approved."""
    cut_off = it.publication.register.cut_off
    found = []
    if it.as_of > cut_off:
        found.append(it.say("after_cut_off", "letter.cut_off", day=it.bare_day(cut_off)))
    approved = {f for f, each in it.publication.statements.items() if each.approved_by}
    drafted = [each for each in it.publication.register if each.id not in approved]
    if drafted:
        found.append(it.say("not_approved", "letter.not_approved", count=len(drafted)))
    if found:
        yield Paragraph(tuple(found), "note")


def closing(it: Context) -> Iterator[Paragraph]:
    """That the House hears again."""
    found = [it.say("closing.open", "letter.closing")]
    if it.groups["stopped_door_open"]:
        found.append(it.say("closing.door", "letter.closing"))
    yield Paragraph(tuple(found))


def signature(it: Context) -> Iterator[Paragraph]:
    """Who signs, by function."""
    yield Paragraph((it.say("signature", "letter.signature"),))


def attached(it: Context) -> Iterator[Paragraph]:
    """Papers that go with the letter."""
    facts = it.publication.facts_on("annexes")
    if facts:
        listed = it.enumerated(it.told(each).text for each in facts)
        firms = it.firms(firm for each in facts for firm in each.firms)
        cites = [found for each in facts for found in origin_cites(each.origin)]
        yield Paragraph(
            (it.say("attached", "letter.attached", firms=firms, cites=cites, list=listed),)
        )


# ── money ─────────────────────────────────────────────────────────────────────────────────────


def grants(it: Context) -> Iterator[Paragraph]:
    """What the State granted, firm by firm, and together."""
    found = [
        (firm, figure)
        for firm in it.publication.register
        for figure in it.publication.figures_of(firm.id)
        if figure.id.startswith(f"{firm.id}.support.") and figure.high is not None
    ]
    sentences = [
        it.say(
            "grants.one",
            f"firm.{firm.id}.support",
            firms=(firm,),
            cites=origin_cites(figure.origin),
            figures=(figure.id,),
            name=firm.name,
            figure=figure_in_words(figure, it.language),
        )
        for firm, figure in found
    ]
    if len(found) > 1:
        total = sum(figure.high or 0.0 for _, figure in found)
        firms = it.firms(firm.id for firm, _ in found)
        sentences.append(
            it.say(
                "grants.total",
                "support.total",
                firms=firms,
                figures=tuple(figure.id for _, figure in found),
                sum=_euros(total, it),
            )
        )
    if sentences:
        yield Paragraph(tuple(sentences))


def _euros(amount: float, it: Context) -> str:
    origin = Origin("register", "support.total")
    told = Figure("sum", None, "support", Text("", ""), amount, amount, "EUR", origin)
    return figure_in_words(told, it.language)


def levy(it: Context) -> Iterator[Block]:
    """The levy of each firm as a public reconstruction, and why only that."""
    found = [
        each
        for each in it.publication.figures.values()
        if each.quantity == "levy" and each.reconstruction
    ]
    if not found:
        return
    yield Paragraph(
        (it.say("levy.secrecy", "levy.secrecy", figures=tuple(each.id for each in found)),)
    )
    names = {each.id: each.name for each in it.publication.register}
    yield LetterTable(
        "levy",
        said("levy.table", it.language),
        (said("column.firm", it.language), said("levy.amount", it.language)),
        tuple((names.get(f.firm or "", f.firm or ""), _millions(f, it)) for f in found),
        frozenset({1}),
    )


def _millions(figure: Figure, it: Context) -> str:
    if figure.low is None or figure.high is None:
        return said("absent", it.language)
    low, high = millions(figure.low, it.language), millions(figure.high, it.language)
    return low if low == high else f"{low} – {high}"


# ── the committee ─────────────────────────────────────────────────────────────────────────────


def committee(it: Context) -> Iterator[Paragraph]:
    """Each body that sits: who, until when, and who came and went with the last appointment."""
    for sitting in it.publication.sittings:
        yield Paragraph(tuple(_sitting(it, sitting)))


def _sitting(it: Context, sitting: Sitting) -> Iterator[Sentence]:
    body, term = sitting.body, sitting.term
    about = f"committee.{body.id}"
    seats = [
        said(
            "committee.seat",
            it.language,
            name=seat.name,
            function=within_sentence(it.into(FUNCTIONS[seat.function])),
        )
        for seat in term.seats
    ]
    yield it.say(
        "committee.term",
        f"{about}.members",
        cites=(*_written(term.place), cite(term.source)),
        body=it.into(body.label),
        list=it.enumerated(seats),
    )
    first = body.terms[0]
    if first.starts:
        yield it.say(
            "committee.since",
            f"{about}.since",
            cites=(cite(first.source),),
            day=it.day(first.starts),
        )
    if term.ends_before:
        yield it.say("committee.until", f"{about}.until", day=it.bare_day(term.ends_before))
    else:
        yield it.say("committee.no_end", f"{about}.until")
    at = body.terms.index(term)
    if at > 0:
        yield from _moved(it, sitting, about, at)


def _moved(it: Context, sitting: Sitting, about: str, at: int) -> Iterator[Sentence]:
    then = {seat.name: seat for seat in sitting.body.terms[at - 1].seats}
    now = {seat.name: seat for seat in sitting.term.seats}
    chairs = [
        next((seat.name for seat in seats.values() if seat.function == "chair"), None)
        for seats in (then, now)
    ]
    if chairs[1] and chairs[0] != chairs[1]:
        key = "committee.chair.new" if chairs[0] else "committee.chair"
        yield it.say(key, f"{about}.chair", name=chairs[1], before=chairs[0])
    for key, names in (
        ("came", [name for name in now if name not in then]),
        ("stayed", [name for name in now if name in then]),
        ("went", [name for name in then if name not in now]),
    ):
        if names:
            yield it.say(f"committee.{key}", f"{about}.{key}", list=it.enumerated(names))


def _written(place: str | None) -> tuple[Cite, ...]:
    return tuple(paper(found.text) for found in references_in(place or ""))
