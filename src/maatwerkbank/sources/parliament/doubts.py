# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Can this reference be right?

Takes     references as they were cited, with what is known beside them; marks of each dossier.
Gives     findings: what does not fit, with the numbers beside it and what may have been meant.
Leaves    looking a paper up to a person: this floor has no network. No doubt is no proof.

The rules know no paper by name. What they know of a dossier stands in papers.yaml.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources.citation import spoken_day
from maatwerkbank.sources.parliament.papers import (
    Known,
    Mark,
    highest_on,
    known_papers,
    lowest_on,
    session_of,
    sessions_of,
)
from maatwerkbank.sources.parliament.reference import Reference, reference

# A commitment of the last days of a month may be numbered in the next one.
NUMBERED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference where somebody wrote it down.

    `cited_on`: the day of the citing paper, so the cited one is not younger. `about`: the day of
    the debate or paper that it is cited for. `thing`: what it is cited for, in a few words.
    """

    reference: Reference
    place: str
    cited_on: date | None = None
    about: date | None = None
    thing: str = ""


def doubts(citation: Citation, known: Known | None = None) -> tuple[Finding, ...]:
    """What cannot be right in one reference, as far as the marks tell."""
    marks = (known_papers() if known is None else known).get(_dossier(citation.reference), ())
    return tuple(
        finding
        for rule in (_session_that_is_none, _session, _number, _month, _case)
        for finding in rule(citation, marks)
    )


def doubts_of_all(citations: Sequence[Citation], known: Known | None = None) -> tuple[Finding, ...]:
    """The doubts of each, and of one number that is cited for two different things."""
    alone = (finding for each in citations for finding in doubts(each, known))
    return (*alone, *_cited_twice(citations))


def unreadable(text: str, place: str) -> tuple[Finding, ...]:
    """A finding where `text` is no reference that we know; none for an empty text."""
    if not text.strip() or reference(text) is not None:
        return ()
    return (
        Finding(
            "warning",
            "reference.unreadable",
            place,
            Text(
                nl="één verwijzing, zoals Kamerstuk 2024/25, 29 826, nr. 260",
                en="one reference, such as Kamerstuk 2024/25, 29 826, nr. 260",
            ),
            text.strip()[:120],
            Text(
                nl="schrijf een Kamerstuk, een TZ- of Z-nummer, of een Staatscourant",
                en="write a Kamerstuk, a TZ or Z number, or a Staatscourant",
            ),
        ),
    )


# ── one reference ─────────────────────────────────────────────────────────────────────────────


def _dossier(cited: Reference) -> str:
    return f"{cited.dossier}-{cited.suffix}" if cited.suffix else (cited.dossier or "")


def _session_that_is_none(citation: Citation, _marks: tuple[Mark, ...]) -> Iterator[Finding]:
    session = citation.reference.session
    if (
        session
        and citation.reference.kind != "gazette"
        and int(session[5:]) != int(session[:4]) + 1
    ):
        yield _doubt(
            citation,
            "session-none",
            Text(nl="twee opeenvolgende jaren", en="two consecutive years"),
            Text(nl=f"vergaderjaar {session}", en=f"session {session}"),
            Text(nl="lees het vergaderjaar na", en="look the session up"),
        )


def _session(citation: Citation, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    cited = citation.reference
    if cited.kind != "kamerstuk" or cited.session is None or not cited.number.isdigit():
        return
    first, last = sessions_of(int(cited.number), marks)
    if last is None and citation.cited_on is not None:
        last = session_of(citation.cited_on)
    fits = (first or cited.session) <= cited.session <= (last or cited.session)
    if not fits and (first is None or last is None or first <= last):
        meant = first if first == last else " … ".join(each or "?" for each in (first, last))
        yield _doubt(
            citation,
            "session",
            Text(
                nl=f"vergaderjaar {meant}, naar de nummers ernaast{_beside(cited, marks).nl}",
                en=f"session {meant}, by the numbers beside it{_beside(cited, marks).en}",
            ),
            Text(nl=f"vergaderjaar {cited.session}", en=f"session {cited.session}"),
            Text(nl="lees het vergaderjaar na", en="look the session up"),
        )


def _number(citation: Citation, marks: tuple[Mark, ...]) -> Iterator[Finding]:
    cited = citation.reference
    if cited.kind != "kamerstuk" or not cited.number.isdigit():
        return
    number = int(cited.number)
    days = [day for day in (citation.about, citation.cited_on) if day is not None]
    if not days:
        return
    highest = highest_on(min(days), marks)
    lowest = lowest_on(citation.about, marks) if citation.about else None
    if highest is not None and number > highest:
        meant = ", ".join(str(each) for each in _near(number, marks[0].number, highest))
        perhaps = Text(
            nl=f"lees het nummer na; misschien {meant}", en=f"look the number up; perhaps {meant}"
        )
        look = Text(nl="lees het nummer na", en="look the number up")
        yield _doubt(
            citation,
            "number",
            Text(
                nl=f"ten hoogste ongeveer {highest} in dossier {cited.dossier_written} op "
                f"{spoken_day(min(days), 'nl')}{_beside(cited, marks).nl}",
                en=f"at most about {highest} in dossier {cited.dossier_written} on "
                f"{spoken_day(min(days), 'en')}{_beside(cited, marks).en}",
            ),
            Text(nl=f"nr. {number}", en=f"no. {number}"),
            perhaps if meant else look,
        )
    elif lowest is not None and number < lowest:
        yield _doubt(
            citation,
            "number",
            Text(
                nl=f"ten minste {lowest}, dat eerder uitkwam{_beside(cited, marks).nl}",
                en=f"at least {lowest}, which came out before{_beside(cited, marks).en}",
            ),
            Text(nl=f"nr. {number}", en=f"no. {number}"),
            Text(nl="lees nummer en datum na", en="look number and date up"),
        )


def _month(citation: Citation, _marks: tuple[Mark, ...]) -> Iterator[Finding]:
    cited, about = citation.reference, citation.about
    if cited.kind != "commitment" or about is None:
        return
    named = cited.number[2:8]
    nl, en = spoken_day(about, "nl"), spoken_day(about, "en")
    if named not in {f"{day:%Y%m}" for day in (about, about + NUMBERED_WITHIN)}:
        yield _doubt(
            citation,
            "month",
            Text(
                nl=f"een nummer dat begint met TZ{about:%Y%m}, de maand van {nl}",
                en=f"a number that begins with TZ{about:%Y%m}, the month of {en}",
            ),
            cited.number,
            Text(
                nl="zoek het nummer op in het register van toezeggingen van de Kamer",
                en="look the number up in the House's register of commitments",
            ),
        )


def _case(citation: Citation, _marks: tuple[Mark, ...]) -> Iterator[Finding]:
    cited = citation.reference
    if cited.kind != "case" or cited.number[0] != "Z":
        return
    years = cited.session.split("-") if cited.session else []
    meant = [f"{year}{cited.number}" for year in years]
    yield _doubt(
        citation,
        "case-year",
        Text(nl="een zaaknummer met het jaar ervoor", en="a case number with the year before it"),
        cited.number,
        Text(nl=f"schrijf {' of '.join(meant)}", en=f"write {' or '.join(meant)}")
        if meant
        else Text(nl="zet het jaar ervoor", en="put the year before it"),
    )


# ── references among each other ───────────────────────────────────────────────────────────────


def _cited_twice(citations: Sequence[Citation]) -> Iterator[Finding]:
    """One number for debates of two days, or for two things that are called differently."""
    same: dict[str, list[Citation]] = defaultdict(list)
    for each in citations:
        same[each.reference.identity].append(each)
    for cited in same.values():
        days = sorted({each.about for each in cited if each.about is not None})
        things = sorted({each.thing for each in cited if each.thing})
        if len(days) > 1:
            found = Text(
                nl=" en ".join(spoken_day(day, "nl") for day in days),
                en=" and ".join(spoken_day(day, "en") for day in days),
            )
        elif len(things) > 1:
            found = Text(nl=" en ".join(things), en=" and ".join(things))
        else:
            continue
        yield Finding(
            "warning",
            "reference.cited-twice",
            ", ".join(dict.fromkeys(each.place for each in cited)),
            Text(
                nl=f"{cited[0].reference.written('nl')} voor één zaak",
                en=f"{cited[0].reference.written('en')} for one thing",
            ),
            found,
            Text(nl="zoek op welk van beide klopt", en="look up which of the two is right"),
        )


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def _doubt(
    citation: Citation, rule: str, expected: Text, found: Text | str, remedy: Text
) -> Finding:
    return Finding("warning", f"reference.{rule}", citation.place, expected, found, remedy)


def _beside(cited: Reference, marks: Iterable[Mark]) -> Text:
    """The known papers on both sides: ` (nr. 216 van 5 december 2024, …)`."""
    number = int(cited.number)
    before = [mark for mark in marks if mark.number <= number][-1:]
    after = [mark for mark in marks if mark.number > number][:1]
    if not (before or after):
        return Text(nl="", en="")
    nl = ", ".join(
        f"nr. {mark.number} van {spoken_day(mark.on, 'nl')}" for mark in (*before, *after)
    )
    en = ", ".join(
        f"no. {mark.number} of {spoken_day(mark.on, 'en')}" for mark in (*before, *after)
    )
    return Text(nl=f" ({nl})", en=f" ({en})")


def _near(number: int, lowest: int, highest: int) -> list[int]:
    """What may have been meant: one digit too many, or two that changed places."""
    digits = str(number)
    fewer = [digits[:at] + digits[at + 1 :] for at in range(len(digits))]
    swapped = [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
    ]
    meant = {int(each) for each in (*fewer, *swapped) if each}
    return sorted(each for each in meant if lowest <= each <= highest)
