# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold of every letter, whichever portfolio it is made of: checked word by word.

The expectations are worked out here from the register itself, without the code of the letter.
"""

from collections.abc import Iterator, Mapping

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.letter.progress import ProgressLetter

SMALL = [
    *("geen", "één", "twee", "drie", "vier", "vijf", "zes"),
    *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
]
TOWARDS = ("working_out", "draft_jloi", "advice")


def words(letter: ProgressLetter) -> str:
    """Everything that its paragraphs say."""
    return " ".join(each.text for each in letter.sentences)


def about(letter: ProgressLetter, name: str) -> str:
    """What the sentences on one fact say."""
    return " ".join(each.text for each in letter.sentences if each.about == name)


def listed(names: list[str]) -> str:
    """A, B en C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


def counted(number: int) -> str:
    """In letters up to twelve."""
    return SMALL[number] if number < len(SMALL) else str(number)


def wrong(letter: ProgressLetter, group: Mapping[str, str]) -> list[str]:
    """Everything in a Dutch letter that does not agree with the portfolio; empty where all does."""
    known = letter.publication
    return [
        *_counts(letter, group),
        *_groups(letter, group),
        *_committee(letter),
        *_parliament(letter),
        *_annex(letter),
        *_notes(letter),
        *_figures(known, letter),
    ]


def _counts(letter: ProgressLetter, group: Mapping[str, str]) -> Iterator[str]:
    firms = letter.publication.register.companies
    for key, found in (
        ("count.eop", [each for each in firms if each.eop_signed]),
        ("count.jloi", [each for each in firms if each.jloi_date]),
        ("count.agreement", [each for each in firms if each.agreement_date]),
        ("count.towards_jloi", [each for each in firms if group[each.id] in TOWARDS]),
    ):
        count = letter.counts[key]
        if (count.value, set(count.firms)) != (len(found), {each.id for each in found}):
            yield f"{key} is {count}, not {len(found)}"
    signed = [each.name for each in firms if each.eop_signed]
    said = about(letter, "count.eop")
    if len(signed) > 1:
        number = counted(len(signed))
        expected = f"hebben {number} bedrijven een EoP getekend: {listed(signed)}."
        if expected not in said:
            yield f"'{expected}' is not said: {said}"
    elif signed and f"heeft één bedrijf een EoP getekend: {signed[0]}." not in said:
        yield f"one EoP is not said: {said}"


def _groups(letter: ProgressLetter, group: Mapping[str, str]) -> Iterator[str]:
    names = {each.id: each.name for each in letter.publication.register}
    for name in sorted(set(group.values())):
        here = [names[firm] for firm in names if group[firm] == name]
        if listed(here) not in about(letter, f"group.{name}"):
            yield f"group {name} does not name {here}: {about(letter, f'group.{name}')}"
    for sentence in letter.sentences:
        if sentence.about.startswith("group."):
            others = {group[firm] for firm in sentence.firms} - {sentence.about[6:]}
            if others:
                yield f"{sentence.about} names firms of {others}"


def _committee(letter: ProgressLetter) -> Iterator[str]:
    for sitting in letter.publication.sittings:
        said = about(letter, f"committee.{sitting.body.id}.members")
        for seat in sitting.term.seats:
            function = {"chair": "voorzitter", "member": "lid"}[seat.function]
            if f"{seat.name} ({function})" not in said:
                yield f"{seat.name} is not named as {function}: {said}"
        at = sitting.body.terms.index(sitting.term)
        before = sitting.body.terms[at - 1].seats if at else ()
        now = {seat.name for seat in sitting.term.seats}
        for seat in before:
            gone = about(letter, f"committee.{sitting.body.id}.went")
            if (seat.name in gone) != (seat.name not in now):
                yield f"{seat.name} went or stayed, and the letter says otherwise"


def _parliament(letter: ProgressLetter) -> Iterator[str]:
    known = letter.publication
    for each in known.parliament.commitments:
        said = about(letter, f"commitment.{each.id}")
        done = any(report.fulfils and report.on <= known.as_of for report in each.reports)
        if each.text.nl not in said:
            yield f"commitment {each.id} is absent"
        if done != ("afgedaan" in said):
            yield f"commitment {each.id} is said to stand otherwise: {said}"
    for motion in known.parliament.motions:
        said = about(letter, f"motion.{motion.id}")
        outcome = {"adopted": "aangenomen", "rejected": "verworpen", "held": "aangehouden"}
        if motion.by not in said or outcome.get(motion.outcome, "") not in said:
            yield f"motion {motion.id} is said to stand otherwise: {said}"


def _annex(letter: ProgressLetter) -> Iterator[str]:
    headings = [each.heading for each in letter.sections if each.id.startswith("firm.")]
    names = [each.name for each in letter.publication.register]
    if headings != names:
        yield f"annex 1 has {headings}, not {names}"
    for firm in letter.publication.register:
        statement = letter.publication.statements.get(firm.id)
        if statement and statement.text.nl not in about(letter, f"firm.{firm.id}.statement"):
            yield f"the approved text of {firm.id} is absent"


def _notes(letter: ProgressLetter) -> Iterator[str]:
    numbers = [each.note for each in letter.sentences if each.note is not None]
    if numbers != list(range(1, len(letter.notes) + 1)):
        yield f"notes are numbered {numbers}"
    works = [item.identity for note in letter.notes for item in note.items]
    if len(works) != len(set(works)):
        yield "a work stands in two notes"


def _figures(known: Publication, letter: ProgressLetter) -> Iterator[str]:
    unknown = {name for each in letter.sentences for name in each.figures} - set(known.figures)
    if unknown:
        yield f"figures that are not public: {unknown}"
    if "{" in words(letter) or "}" in words(letter):
        yield "a slot was left open"
