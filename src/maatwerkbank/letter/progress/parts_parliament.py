# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parts about Parliament: what it was promised, what it asked, what it may expect.

Takes     the context of a letter.
Gives     paragraphs; none where there is nothing to say.
Leaves    how a commitment stands to `dossier/parliament/standing`.
"""

from collections.abc import Iterator

from maatwerkbank.dossier.parliament.register import Commitment, Motion
from maatwerkbank.dossier.parliament.standing import Standing, in_order
from maatwerkbank.letter.progress.context import Context
from maatwerkbank.letter.progress.model import Cite, Paragraph, Sentence
from maatwerkbank.letter.progress.notes import cite, paper
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.sources.parliament.reference import Reference

_ABOUT_COOPERATION = "cooperation"


def commitments(it: Context) -> Iterator[Paragraph]:
    """Those that were fulfilled, of which the last letter did not tell yet, then the open ones."""
    found = in_order(it.publication.parliament)
    if not found:
        return
    done = [each for each in found if each[1].state == "fulfilled"]
    still = [each for each in found if each[1].state != "fulfilled"]
    yield Paragraph(
        (
            it.say("commitments.counted", "count.commitments", count=len(found)),
            it.say(
                "commitments.of_which",
                "count.commitments",
                done=it.say("commitments.n_done", "count.commitments", count=len(done)).text,
                open=it.say("commitments.n_open", "count.commitments", count=len(still)).text,
            ),
        )
    )
    news = [each for each in done if _is_news(it, each[1])]
    yield from (Paragraph((_done(it, *each),)) for each in news)
    yield from (Paragraph(tuple(_open(it, *each))) for each in still)


def _is_news(it: Context, stands: Standing) -> bool:
    return it.before is None or stands.told is None or stands.told.on > it.before.as_of


def _done(it: Context, each: Commitment, stands: Standing) -> Sentence:
    told = stands.told
    when = told.on if told else it.as_of
    key = "commitments.done"
    if when == it.as_of:
        key = "commitments.done_today" if each.made_on == when else "commitments.done_now"
    return it.say(
        key,
        f"commitment.{each.id}",
        cites=(*_number(each), *_paper(told.reference if told else None), cite(each.source)),
        firms=it.firms(each.firms),
        made=it.day(each.made_on),
        to=_to(it, each),
        text=_whole(it.into(each.text)),
        told=it.day(when),
        where=_small(it.into(told.where)) if told else "",
    )


def _open(it: Context, each: Commitment, stands: Standing) -> Iterator[Sentence]:
    key = "commitments.open_now" if each.made_on == it.as_of else "commitments.open"
    yield it.say(
        key,
        f"commitment.{each.id}",
        cites=(*_number(each), cite(each.source)),
        firms=it.firms(each.firms),
        made=it.day(each.made_on),
        to=_to(it, each),
        text=_whole(it.into(each.text)),
    )
    if stands.due and each.due:
        if stands.state == "overdue":
            key, day = "commitments.overdue", it.bare_day(each.due)
        else:
            key, day = "commitments.due", it.bare_day(each.due)
        yield it.say(key, f"commitment.{each.id}.due", day=day)
    else:
        yield it.say("commitments.no_due", f"commitment.{each.id}.due")


def motions(it: Context) -> Iterator[Paragraph]:
    """What the House asked, decided and heard of it."""
    for each in it.publication.parliament.motions:
        yield Paragraph(tuple(_motion(it, each)))


def _motion(it: Context, each: Motion) -> Iterator[Sentence]:
    key = f"motion.{each.outcome}" if each.on or each.outcome in _UNDATED else "motion.unknown"
    yield it.say(
        key,
        f"motion.{each.id}",
        cites=(*_paper(each.reference), cite(each.source)),
        firms=it.firms(each.firms),
        day=it.day(each.on) if each.on else "",
        by=each.by,
        text=_whole(it.into(each.text)),
    )
    for name, answer in (("stance", each.stance), ("consequence", each.consequence)):
        if answer:
            text = it.into(answer).strip(" .")
            yield it.say("motion.answer", f"motion.{each.id}.{name}", text=text)


_UNDATED = ("held", "withdrawn", "pending", "unknown")


def asked_for_cooperation(it: Context) -> Iterator[Paragraph]:
    """The commitments that the facts on co-operation answer."""
    answered = {name for f in it.publication.facts_on(_ABOUT_COOPERATION) for name in f.answers}
    found = [each for each in it.publication.parliament.commitments if each.id in answered]
    if found:
        yield Paragraph(
            tuple(
                it.say(
                    "asked",
                    f"commitment.{each.id}.asked",
                    cites=(*_number(each), cite(each.source)),
                    day=it.day(each.made_on),
                    to=_to(it, each),
                    text=_whole(it.into(each.text)),
                )
                for each in found
            )
        )


def due(it: Context) -> Iterator[Paragraph]:
    """What was promised to Parliament for a day that is still to come."""
    found = [
        it.say(
            "due.item",
            f"commitment.{each.id}.awaited",
            day=it.bare_day(each.due),
            text=_whole(it.into(each.text)),
        )
        for each, stands in in_order(it.publication.parliament)
        if each.due and stands.state in ("open", "partly", "due_soon")
    ]
    if found:
        yield Paragraph(tuple(found))


def _to(it: Context, each: Commitment) -> str:
    """To whom, with the number of the commitment where it has one."""
    return f"{it.whom(each.to)} ({each.number})" if each.number else it.whom(each.to)


def _number(each: Commitment) -> tuple[Cite, ...]:
    return (paper(each.number),) if each.number else ()


def _paper(reference: Reference | None) -> tuple[Cite, ...]:
    return (paper(reference.written()),) if reference else ()


def _whole(text: str) -> str:
    """As it stands between quotation marks: without a full stop, but with that of `c.s.`."""
    text = text.strip()
    return text if text.endswith("c.s.") else text.rstrip(" .")


def _small(text: str) -> str:
    return within_sentence(text.strip(" ."))
