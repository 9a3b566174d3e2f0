# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does a request lack before it can be frozen and decided: everything, at once?

Takes     a work list, and the day.
Gives     findings, each with the paper or the party that it is about.
Leaves    whether a ground fits to a person; what the law forbids is an error here.
"""

from collections.abc import Iterator
from datetime import date

from maatwerkbank.dossier.disclosure.grounds import (
    ALL_GROUNDS,
    About,
    asks_more,
    is_old,
    may_be_withheld,
)
from maatwerkbank.dossier.disclosure.work_list import FoundPaper, Heard, JudgedPassage, WorkList
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text


def lacks_of(work: WorkList, today: date) -> tuple[Finding, ...]:
    """Everything that stands between this request and its decision; a warning does not."""
    found: list[Finding] = []
    if not work.papers and not work.searched:
        found.append(_finding("search", SEARCHED, NOTHING, SEARCH))
    for paper in work.papers:
        found += lacks_of_paper(paper, work.received_on)
    found += _unheard(work)
    for heard in work.heard:
        found += _of_hearing(heard, today)
    if work.term.is_late(today, work.decided_on):
        due = work.term.due_on
        found.append(
            Finding(
                "warning",
                "disclosure.late",
                "term",
                Text(nl=f"besloten op {due}", en=f"decided on {due}"),
                Text(nl="de termijn is voorbij", en="the term has ended"),
                Text(
                    nl="besluit zo snel mogelijk en laat de verzoeker weten wanneer",
                    en="decide as soon as you can, and tell the requester when",
                ),
            )
        )
    return tuple(found)


def lacks_of_paper(paper: FoundPaper, received_on: date) -> Iterator[Finding]:
    """What one paper lacks."""
    place = f"{paper.number}. {paper.title}"
    if not paper.judgement:
        yield _finding(place, A_JUDGEMENT, NOTHING, JUDGE)
    if paper.judgement == "withhold":
        yield from lacks_of_ground(
            place,
            paper.ground,
            paper.reason,
            paper.about,
            old_without=is_old(paper.dated, received_on) and not paper.despite_age.strip(),
        )
    if paper.judgement == "partly" and not paper.withheld:
        yield _finding(place, A_PASSAGE, NOTHING, MARK)
    if paper.judgement == "disclose" and paper.withheld:
        yield _finding(place, PARTLY, DISCLOSED_WHOLE, JUDGE)
    if paper.judgement == "already_public" and not paper.public_at.strip():
        yield _finding(place, WHERE, NOTHING, JUDGE)
    if paper.judgement == "outside" and not paper.reason.strip():
        yield _finding(place, REASONS, NOTHING, JUDGE)
    if paper.judgement in {"disclose", "partly", "withhold"}:
        for claim in paper.claims:
            yield _finding(f"{place}: {claim}", AN_ANSWER, CLAIMED, ANSWER_CLAIM)
    for passage in paper.passages:
        yield from lacks_of_passage(place, passage, paper.dated, received_on)


def lacks_of_passage(
    place: str, passage: JudgedPassage, dated: str | None, received_on: date
) -> Iterator[Finding]:
    """What one passage lacks. A passage that comes out needs no ground and no reasons."""
    if not passage.withheld:
        return
    if not passage.words.strip():
        yield _finding(place, THE_WORDS, NOTHING, MARK)
    yield from lacks_of_ground(
        place,
        passage.ground,
        passage.reason,
        passage.about,
        old_without=is_old(dated, received_on) and not passage.despite_age.strip(),
    )


def lacks_of_ground(
    place: str, ground: str, reason: str, about: About, *, old_without: bool
) -> Iterator[Finding]:
    """What is wrong with withholding something on this ground for this reason.

    `old_without`: the paper is old, and nobody said why the ground still holds.
    """
    if ground not in ALL_GROUNDS:
        yield _finding(place, A_GROUND, ground or NOTHING, CHOOSE_GROUND)
        return
    allowed = may_be_withheld(ground, about)
    if not allowed.allowed:
        yield Finding(
            "error",
            "disclosure.public",
            place,
            Text(nl="openbaar", en="disclosed"),
            ALL_GROUNDS[ground].label,
            allowed.because,
        )
    if not reason.strip():
        yield _finding(place, REASONS, NOTHING, WEIGH)
    if old_without and asks_more(ground):
        yield _finding(place, REASONS_OF_AGE, NOTHING, WEIGH_AGE)


def _unheard(work: WorkList) -> Iterator[Finding]:
    """Papers that concern somebody who was not asked about them, and of which something comes out.

    Who is heard is a judgement; that nobody was asked about a paper of a firm is not passed over.
    """
    for paper in work.papers:
        if paper.judgement not in {"disclose", "partly"}:
            continue
        asked = {each.party for each in work.heard if paper.id in each.papers}
        for party in paper.concerns:
            if party not in asked:
                place = f"{paper.number}. {paper.title}"
                yield _finding(
                    place,
                    Text(nl=f"een zienswijze van {party}", en=f"a view of {party}"),
                    Text(nl="niet gevraagd", en="not asked"),
                    HEAR,
                )


def _of_hearing(heard: Heard, today: date) -> Iterator[Finding]:
    if heard.is_open(today):
        until = heard.due_on
        yield _finding(
            heard.party,
            Text(nl="een zienswijze", en="a view"),
            Text(nl=f"tijd tot en met {until}", en=f"time until {until}"),
            WAIT,
        )
    if heard.objects and not heard.answer.strip():
        yield _finding(heard.party, AN_ANSWER, HAS_OBJECTIONS, ANSWER_VIEW)


def _finding(place: str, expected: Text, found: Text | str, remedy: Text) -> Finding:
    return Finding("error", "disclosure.lacks", place, expected, found, remedy)


NOTHING = Text(nl="niets", en="nothing")
SEARCHED = Text(nl="een zoekslag", en="a search")
SEARCH = Text(
    nl="zoek de documenten en leg vast hoe u hebt gezocht",
    en="search for papers and write down how you searched",
)
A_JUDGEMENT = Text(nl="een oordeel", en="a judgement")
JUDGE = Text(nl="beoordeel het document", en="judge the paper")
A_PASSAGE = Text(nl="ten minste één weggelakte passage", en="at least one withheld passage")
MARK = Text(
    nl="neem de woorden over die moeten worden weggelakt",
    en="copy the words that must be left out",
)
PARTLY = Text(nl="deels openbaar", en="partly disclosed")
DISCLOSED_WHOLE = Text(
    nl="openbaar, met passages die wegblijven", en="disclosed, with passages that stay out"
)
WHERE = Text(nl="de vindplaats", en="the place where it is public")
REASONS = Text(nl="een motivering", en="reasons")
REASONS_OF_AGE = Text(
    nl="waarom de grond na vijf jaar nog opweegt (Woo 5.3)",
    en="why the ground still outweighs after five years (Woo 5.3)",
)
WEIGH = Text(nl="schrijf op welk belang u hebt gewogen", en="write down which interest you weighed")
WEIGH_AGE = Text(
    nl="schrijf op waarom het tijdsverloop niets verandert",
    en="write down why the passing of time changes nothing",
)
AN_ANSWER = Text(nl="een antwoord", en="an answer")
CLAIMED = Text(
    nl="het bedrijf vraagt om geheimhouding", en="the firm asks to keep this confidential"
)
ANSWER_CLAIM = Text(
    nl="maak de passage openbaar, of lak haar weg op een grond",
    en="disclose the passage, or withhold it on a ground",
)
THE_WORDS = Text(nl="de woorden van de passage", en="the words of the passage")
A_GROUND = Text(nl="een grond uit de Woo", en="a ground of the Woo")
CHOOSE_GROUND = Text(nl="kies een grond, of maak openbaar", en="choose a ground, or disclose")
HEAR = Text(nl="vraag om een zienswijze", en="ask for a view")
WAIT = Text(nl="wacht het antwoord af", en="wait for the answer")
HAS_OBJECTIONS = Text(nl="een zienswijze met bedenkingen", en="a view with objections")
ANSWER_VIEW = Text(
    nl="schrijf op wat u met de zienswijze doet", en="write down what you do with the view"
)
