# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does each commitment to Parliament stand on a day, and what in the register is doubtful?

Takes     a register, or a commitment; a day.
Gives     the state, computed from reports and the due day; findings with their place.
Leaves    typing a state in: nobody does. Whether a doubtful reference is wrong, to a person.

A commitment without a due day is never overdue, and its standing says that the day is unknown.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.parliament.register import Commitment, Parliament, Report
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.citation import spoken_day
from maatwerkbank.sources.parliament.doubts import Citation, doubts_of_all, unreadable
from maatwerkbank.sources.parliament.papers import Known
from maatwerkbank.sources.parliament.reference import reference
from maatwerkbank.sources.register import load_sources

State = Literal["overdue", "due_soon", "partly", "open", "fulfilled"]

DUE_SOON = timedelta(days=28)

# In the order in which a register shows them: what presses comes first.
STATES: Mapping[State, Text] = MappingProxyType(
    {
        "overdue": Text(
            nl="Termijn voorbij, geen afdoening bekend", en="Past its due day, not known to be met"
        ),
        "due_soon": Text(nl="Termijn nadert", en="Due soon"),
        "partly": Text(nl="Deels gemeld", en="Partly reported"),
        "open": Text(nl="Open", en="Open"),
        "fulfilled": Text(nl="Afgedaan", en="Fulfilled"),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a commitment stands. `due` None: no source names a day.

    `days` [days] until the due day, negative after it; None without a due day. `told` is the report
    that ended it, else the last one.
    """

    state: State
    due: date | None
    days: int | None
    told: Report | None


def standing(commitment: Commitment, as_of: date) -> Standing:
    """How it stands on that day; what was reported later does not count."""
    reports = sorted((each for each in commitment.reports if each.on <= as_of), key=_day)
    ended = next((each for each in reports if each.fulfils), None)
    due = last_day(commitment.due) if commitment.due else None
    days = (due - as_of).days if due else None
    if ended is not None:
        return Standing("fulfilled", due, days, ended)
    told = reports[-1] if reports else None
    if days is not None and days < 0:
        return Standing("overdue", due, days, told)
    if days is not None and days <= DUE_SOON.days:
        return Standing("due_soon", due, days, told)
    return Standing("partly" if told else "open", due, days, told)


def _day(report: Report) -> date:
    return report.on


def in_order(parliament: Parliament) -> tuple[tuple[Commitment, Standing], ...]:
    """Commitments with their standing: overdue first, then by due day; unknown days last."""
    order = list(STATES)
    stands = [(each, standing(each, parliament.as_of)) for each in parliament.commitments]
    return tuple(
        sorted(
            stands,
            key=lambda each: (order.index(each[1].state), each[1].due or date.max, each[0].made_on),
        )
    )


def as_known_on(parliament: Parliament, day: date) -> Parliament:
    """The same register without what came later. A row without a day stays: it was known here."""
    return replace(
        parliament,
        as_of=min(day, parliament.as_of),
        commitments=tuple(
            replace(each, reports=tuple(told for told in each.reports if told.on <= day))
            for each in parliament.commitments
            if each.made_on <= day
        ),
        motions=tuple(each for each in parliament.motions if each.on is None or each.on <= day),
        letters=tuple(each for each in parliament.letters if each.on is None or each.on <= day),
        debates=tuple(each for each in parliament.debates if each.on <= day),
        questions=tuple(
            replace(each, answered=_told_by(each.answered, day))
            for each in parliament.questions
            if each.on is None or each.on <= day
        ),
    )


def _told_by(report: Report | None, day: date) -> Report | None:
    return report if report is not None and report.on <= day else None


def reported_by(parliament: Parliament, paper: str) -> tuple[tuple[Commitment, Report], ...]:
    """Commitments on which one paper reports, by the identity of its reference."""
    return tuple(
        (each, told)
        for each in parliament.commitments
        for told in each.reports
        if told.reference is not None and told.reference.identity == paper
    )


# ── findings ──────────────────────────────────────────────────────────────────────────────────


def findings(parliament: Parliament, known: Known | None = None) -> tuple[Finding, ...]:
    """Everything that asks for somebody: overdue, without evidence, and doubtful references."""
    return (*_of_commitments(parliament), *doubts_of_all(citations(parliament), known))


def findings_by_row(parliament: Parliament) -> Mapping[str, list[Finding]]:
    """Findings of each row, by `part.id`; a finding about two rows stands at both."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for each in findings(parliament):
        for row in {".".join(place.split(".")[:2]) for place in each.place.split(", ")}:
            found[row].append(each)
    return found


def citations(parliament: Parliament) -> tuple[Citation, ...]:
    """Every reference of the register, with what is known beside it."""
    return tuple(_citations(parliament))


def _citations(parliament: Parliament) -> Iterator[Citation]:
    as_of = parliament.as_of
    for commitment in parliament.commitments:
        numbered = reference(commitment.number) if commitment.number else None
        if numbered is not None:
            place = f"commitments.{commitment.id}"
            yield Citation(numbered, place, as_of, commitment.made_on)
        for each in commitment.reports:
            if each.reference is not None:
                yield Citation(each.reference, f"commitments.{commitment.id}.reports", each.on)
    for motion in parliament.motions:
        if motion.reference is not None:
            on = motion.on or _told_by_then(motion.source, as_of)
            yield Citation(motion.reference, f"motions.{motion.id}", on, thing=motion.id)
    for letter in parliament.letters:
        if letter.reference is not None:
            on = letter.on or _told_by_then(letter.source, as_of)
            place = f"letters.{letter.id}"
            yield Citation(letter.reference, place, on, letter.on, thing=letter.id)
    for question in parliament.questions:
        if question.reference is not None:
            on = question.on or _told_by_then(question.source, as_of)
            yield Citation(question.reference, f"questions.{question.id}", on)
        if question.answered and question.answered.reference:
            place = f"questions.{question.id}.answered"
            yield Citation(question.answered.reference, place, question.answered.on)


def _told_by_then(source: str, as_of: date) -> date:
    """A paper without a day is no younger than the source that cites it."""
    cited = load_sources().get(source)
    return min(as_of, last_day(cited.date)) if cited and cited.date else as_of


def _of_commitments(parliament: Parliament) -> Iterator[Finding]:
    letters = {each.reference.identity for each in parliament.letters if each.reference}
    for commitment in parliament.commitments:
        place = f"commitments.{commitment.id}"
        yield from unreadable(commitment.number or "", place)
        stands = standing(commitment, parliament.as_of)
        if stands.state == "overdue" and stands.due is not None:
            yield Finding(
                "warning",
                "commitment.overdue",
                place,
                Text(
                    nl=f"afgedaan op {spoken_day(stands.due, 'nl')}",
                    en=f"fulfilled by {spoken_day(stands.due, 'en')}",
                ),
                Text(nl="geen melding die haar afdoet", en="no report that ends it"),
                Text(
                    nl="leg de melding vast, of meld de Kamer uitstel",
                    en="record the report, or tell the House of the delay",
                ),
            )
        if stands.state == "fulfilled" and stands.told is not None:
            yield from _evidence(stands.told, letters, place)


def _evidence(report: Report, letters: set[str], place: str) -> Iterator[Finding]:
    paper = report.reference
    if paper is None:
        yield Finding(
            "warning",
            "commitment.without-evidence",
            place,
            Text(nl="een verwijzing naar het stuk", en="a reference to the paper"),
            Text(nl="alleen woorden", en="words only"),
            Text(nl="zet het Kamerstuk erbij", en="add the number of the paper"),
        )
    elif paper.kind == "kamerstuk" and paper.identity not in letters:
        yield Finding(
            "warning",
            "commitment.letter-unknown",
            place,
            Text(nl="een brief die in het register staat", en="a letter that is in the register"),
            paper.written("nl"),
            Text(nl="leg de brief vast", en="record the letter"),
        )
