# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far is an advice, and what does it still lack?

Takes     a request on a frozen set, who takes part with which interest, findings per criterion,
          recommendations, the answer to each, publication: frozen values.
Gives     the state, everything that lacks at once with who can give it, and what is told beside it.
Leaves    the deeds, and who may read what before the advice is given, to `web`.

Whoever is excused does not count for the quorum. A quorum that nobody read never blocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from maatwerkbank.dossier.advice.bodies import body as body_of
from maatwerkbank.dossier.advice.bodies import criteria
from maatwerkbank.ground.language import Text

VERDICTS: Mapping[str, Text] = MappingProxyType(
    {
        "positive": Text(nl="Positief", en="Positive"),
        "positive_with_conditions": Text(
            nl="Positief, onder voorwaarden", en="Positive, with conditions"
        ),
        "negative": Text(nl="Negatief", en="Negative"),
        "none": Text(nl="Geen oordeel", en="No verdict"),
    }
)
INTERESTS: Mapping[str, Text] = MappingProxyType(
    {
        "none": Text(nl="Geen belang", en="No interest"),
        "declared": Text(nl="Belang gemeld, doet mee", en="Interest declared, takes part"),
        "excused": Text(nl="Doet niet mee", en="Excused"),
    }
)
OUTCOMES: Mapping[str, Text] = MappingProxyType(
    {
        "adopted": Text(nl="Overgenomen", en="Adopted"),
        "partly": Text(nl="Deels overgenomen", en="Partly adopted"),
        "not_adopted": Text(nl="Niet overgenomen", en="Not adopted"),
    }
)
STATES: Mapping[str, Text] = MappingProxyType(
    {
        "asked": Text(nl="Gevraagd", en="Asked"),
        "in_treatment": Text(nl="In behandeling", en="In treatment"),
        "given": Text(nl="Gegeven", en="Given"),
        "answered": Text(nl="Beantwoord", en="Answered"),
        "published": Text(nl="Openbaar gemaakt", en="Published"),
    }
)
ASKERS = ("case_lead", "programme")
ADVISERS = ("committee_secretary", "adviser")
SECRETARY = ("committee_secretary",)


@dataclass(frozen=True)
class Participant:
    """Somebody who may take part; `interest` empty: not said yet."""

    name: str
    function: str
    interest: str = ""
    words: str = ""

    @property
    def takes_part(self) -> bool:
        """Whether the interest was declared and did not excuse."""
        return self.interest in ("none", "declared")


@dataclass(frozen=True)
class Found:
    """What was found on one criterion."""

    criterion: str
    words: str
    verdict: str


@dataclass(frozen=True)
class Recommendation:
    """One numbered recommendation; `criterion` empty: about the whole."""

    number: int
    words: str
    criterion: str = ""


@dataclass(frozen=True)
class ClauseChange:
    """A clause of the draft before and after; an empty side: it was not there."""

    clause: str
    before: str
    after: str


@dataclass(frozen=True)
class Response:
    """What the minister does with one recommendation."""

    number: int
    outcome: str
    reason: str = ""
    changes: tuple[ClauseChange, ...] = ()


@dataclass(frozen=True)
class Advice:
    """One request for advice, and everything that came of it."""

    body: str
    frozen_sha256: str
    questions: tuple[str, ...]
    asked_on: date
    due_on: date | None = None
    participants: tuple[Participant, ...] = ()
    findings: tuple[Found, ...] = ()
    verdict: str = ""
    considerations: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    given_on: date | None = None
    responses: tuple[Response, ...] = ()
    answered_on: date | None = None
    published_on: date | None = None
    published_where: str = ""
    withheld: str = ""


@dataclass(frozen=True)
class Lack:
    """Something that must be there before the next step, and who can give it."""

    place: str
    what: Text
    given_by: tuple[str, ...]


@dataclass(frozen=True)
class Quorum:
    """How many take part, how many must; `met` None where that is not known."""

    taking_part: int
    needed: int | None
    met: bool | None
    because: Text


@dataclass(frozen=True)
class Judgement:
    """The state of an advice, what the next step lacks, and what is told without blocking."""

    state: str
    lacks: tuple[Lack, ...]
    notes: tuple[Text, ...]
    quorum: Quorum
    overdue_days: int | None

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of the next step."""
        return not self.lacks


def judge(advice: Advice, on: date) -> Judgement:
    """How far the advice is on that day, and everything that the next step lacks."""
    state = state_of(advice)
    counted = quorum_of(advice)
    lacks = {
        "asked": lacks_to_give,
        "in_treatment": lacks_to_give,
        "given": lacks_to_answer,
        "answered": lacks_to_publish,
    }.get(state)
    late = None
    if advice.given_on is None and advice.due_on is not None and advice.due_on < on:
        late = (on - advice.due_on).days
    return Judgement(
        state=state,
        lacks=tuple(lacks(advice)) if lacks else (),
        notes=(counted.because,) if counted.met is None else (),
        quorum=counted,
        overdue_days=late,
    )


def state_of(advice: Advice) -> str:
    """The last step that was taken."""
    if advice.published_on:
        return "published"
    if advice.answered_on:
        return "answered"
    if advice.given_on:
        return "given"
    begun = advice.findings or advice.verdict or advice.recommendations
    declared = any(each.interest for each in advice.participants)
    return "in_treatment" if begun or declared else "asked"


def quorum_of(advice: Advice) -> Quorum:
    """Whether enough members take part. Guests and who is excused do not count."""
    known = body_of(advice.body)
    count = sum(1 for each in advice.participants if each.takes_part and each.function != "guest")
    if known.quorum is None:
        return Quorum(count, None, None, known.quorum_because)
    met = count >= known.quorum
    return Quorum(
        count,
        known.quorum,
        met,
        Text(
            nl=f"{count} leden doen mee; nodig zijn er {known.quorum}.",
            en=f"{count} members take part; {known.quorum} are needed.",
        ),
    )


# ── what each step lacks ──────────────────────────────────────────────────────────────────────


def lacks_to_give(advice: Advice) -> Iterable[Lack]:
    """What must be there before the secretary gives the advice."""
    yield from _lacks_of_request(advice)
    for each in advice.participants:
        yield from _lacks_of_interest(each)
    if not any(each.takes_part for each in advice.participants):
        yield Lack("participants", _NOBODY, SECRETARY)
    counted = quorum_of(advice)
    if counted.met is False:
        yield Lack("participants", counted.because, SECRETARY)
    given = {each.criterion: each for each in advice.findings}
    for criterion in body_of(advice.body).criteria:
        yield from _lacks_of_finding(criterion, given.get(criterion))
    if advice.verdict not in VERDICTS:
        yield Lack("verdict", _about(_THE_WHOLE, _NO_VERDICT), ADVISERS)
    if not advice.considerations.strip():
        yield Lack("considerations", _NO_CONSIDERATIONS, ADVISERS)
    for number in (each.number for each in advice.recommendations if not each.words.strip()):
        yield Lack(f"recommendation_{number}", _number(number, _NO_WORDS), ADVISERS)
    if advice.verdict == "positive_with_conditions" and not advice.recommendations:
        yield Lack("recommendations", _NO_CONDITIONS, ADVISERS)


def lacks_to_answer(advice: Advice) -> Iterable[Lack]:
    """What must be there before the answer of the minister is recorded."""
    given = {each.number: each for each in advice.responses}
    for each in advice.recommendations:
        response = given.get(each.number)
        if response is None or response.outcome not in OUTCOMES:
            yield Lack(f"outcome_{each.number}", _number(each.number, _NO_ANSWER), ASKERS)
            continue
        if response.outcome != "adopted" and not response.reason.strip():
            yield Lack(f"reason_{each.number}", _number(each.number, _NO_REASON), ASKERS)
        if response.outcome == "adopted" and not response.changes and not response.reason.strip():
            yield Lack(f"reason_{each.number}", _number(each.number, _NO_CHANGE), ASKERS)
        for row, change in enumerate(response.changes):
            yield from _lacks_of_change(each.number, row, change)


def lacks_to_publish(advice: Advice) -> Iterable[Lack]:
    """What must be there before the advice is public."""
    if not advice.published_where.strip():
        yield Lack("published_where", _NOT_PUBLIC, ASKERS)


def _lacks_of_request(advice: Advice) -> Iterable[Lack]:
    if not advice.frozen_sha256:
        yield Lack("frozen_set", _NO_SET, ASKERS)
    if not advice.questions:
        yield Lack("questions", _NO_QUESTION, ASKERS)


def _lacks_of_interest(each: Participant) -> Iterable[Lack]:
    if each.interest not in INTERESTS:
        yield Lack(
            "participants",
            Text(
                nl=f"{each.name} heeft nog niet gezegd of er een belang is.",
                en=f"{each.name} has not said yet whether there is an interest.",
            ),
            ADVISERS,
        )
    elif each.interest != "none" and not each.words.strip():
        yield Lack(
            "participants",
            Text(
                nl=f"Het belang van {each.name} is nog niet in woorden gemeld.",
                en=f"The interest of {each.name} was not declared in words yet.",
            ),
            ADVISERS,
        )


def _lacks_of_finding(criterion: str, given: Found | None) -> Iterable[Lack]:
    label = criteria()[criterion]
    if given is None or not given.words.strip():
        yield Lack(f"words_{criterion}", _about(label, _NO_FINDING), ADVISERS)
    if given is None or given.verdict not in VERDICTS:
        yield Lack(f"verdict_{criterion}", _about(label, _NO_VERDICT), ADVISERS)


def _lacks_of_change(number: int, row: int, change: ClauseChange) -> Iterable[Lack]:
    if not change.clause.strip():
        yield Lack(f"clause_{number}_{row}", _number(number, _NO_CLAUSE), ASKERS)
    if change.before.strip() == change.after.strip():
        yield Lack(f"after_{number}_{row}", _number(number, _SAME_WORDS), ASKERS)


_NOBODY = Text(nl="Er doet nog niemand mee.", en="Nobody takes part yet.")
_NO_SET = Text(nl="Er is geen bevroren set.", en="There is no frozen set.")
_NO_QUESTION = Text(nl="Er is geen vraag gesteld.", en="No question was asked.")
_THE_WHOLE = Text(nl="Het geheel", en="The whole")
_NO_FINDING = Text(nl="er is nog geen bevinding.", en="there is no finding yet.")
_NO_VERDICT = Text(nl="er is nog geen oordeel.", en="there is no verdict yet.")
_NO_REASON = Text(nl="de reden ontbreekt.", en="the reason is lacking.")
_NO_CONSIDERATIONS = Text(nl="De overwegingen ontbreken.", en="The considerations are lacking.")
_NO_WORDS = Text(nl="de tekst ontbreekt.", en="the words are lacking.")
_NO_CONDITIONS = Text(
    nl="Positief onder voorwaarden vraagt ten minste één aanbeveling.",
    en="Positive with conditions asks for at least one recommendation.",
)
_NO_ANSWER = Text(nl="er is nog geen reactie.", en="there is no answer yet.")
_NO_CHANGE = Text(
    nl="noem de bepaling die verandert, of leg uit wat er is gedaan.",
    en="name the clause that changes, or explain what was done.",
)
_NO_CLAUSE = Text(nl="de bepaling die verandert, ontbreekt.", en="the changed clause is lacking.")
_SAME_WORDS = Text(
    nl="de bepaling is voor en na gelijk.", en="the clause is the same before and after."
)
_NOT_PUBLIC = Text(
    nl="Nog niet gezegd waar het advies openbaar is.",
    en="Not said yet where the advice is public.",
)


def _number(number: int, what: Text) -> Text:
    return Text(nl=f"Aanbeveling {number}: {what.nl}", en=f"Recommendation {number}: {what.en}")


def _about(label: Text, what: Text) -> Text:
    return Text(nl=f"{label.nl}: {what.nl}", en=f"{label.en}: {what.en}")
