# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds on the register of Parliament: write down, put right, report, answer, take a report out.

Takes     a person, a row, values; never a request.
Gives     what was made or changed; the history keeps who, when and why.
Leaves    how a commitment stands to `dossier.parliament`; taking over what the House says to
          `importing.py`.

`LACKS[Model]` gives all findings at once; a form asks it before it hands in, a deed refuses on it.
A reference that is doubtful stops nothing: the page shows the doubt. One that cannot be read does.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from maatwerkbank.ground.dates import REDUCED, last_day
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.parliament.doubts import unreadable
from maatwerkbank.sources.parliament.reference import reference
from maatwerkbank.web.dossiers.deeds import A_DATE, NOT_LATER, NOTHING, finding, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.parliament.models import (
    OUTCOMES,
    Commitment,
    CommitmentReport,
    Debate,
    Letter,
    Motion,
    MotionAnswer,
    Question,
    RegisterRow,
)
from maatwerkbank.web.people.access import require_keeps_parliament
from maatwerkbank.web.people.models import Person

Fields = Mapping[str, Any]
Row = TypeVar("Row", bound=RegisterRow)

SOME_TEXT = Text(nl="de tekst", en="the text")
A_TITLE = Text(nl="een titel", en="a title")
A_NAME = Text(nl="een naam of functie", en="a name or a function")
A_DUE_DAY = Text(
    nl="een dag, maand of jaar: 2025-12-31, 2025-12 of 2025",
    en="a day, month or year: 2025-12-31, 2025-12 or 2025",
)
AFTER_MADE = Text(nl="niet eerder dan de toezegging", en="not before the commitment")
A_SOURCE = Text(
    nl="een bron die in het register van bronnen staat", en="a source of the register of sources"
)
A_FIRM = Text(nl="een bedrijf uit de lijst", en="a firm of the list")
STANCE_OR_CONSEQUENCE = Text(
    nl="wat het kabinet ervan zegt, of wat het doet", en="what the cabinet says of it, or does"
)


# ── what lacks ────────────────────────────────────────────────────────────────────────────────


def lacks_of_commitment(fields: Fields) -> list[Finding]:
    """What is not right in the values of a commitment: all of it."""
    due = str(fields.get("due") or "").strip()
    found = [
        *_needed(fields, text_nl=SOME_TEXT, by_whom=A_NAME, to_whom=A_NAME, made_on=A_DATE),
        *_not_to_come(fields, "made_on"),
        *_numbered(fields, "number"),
        *_of_register(fields),
    ]
    if due and not _is_day(due):
        found.append(finding("due", A_DUE_DAY, due))
    elif due and fields.get("made_on") and last_day(due) < fields["made_on"]:
        found.append(finding("due", AFTER_MADE, due))
    return found


def lacks_of_motion(fields: Fields) -> list[Finding]:
    """What is not right in the values of a motion: all of it."""
    found = [*_needed(fields, text_nl=SOME_TEXT), *_paper(fields), *_of_register(fields)]
    if fields.get("outcome") not in OUTCOMES:
        found.append(finding("outcome", ", ".join(OUTCOMES), fields.get("outcome") or NOTHING))
    return found


def lacks_of_letter(fields: Fields) -> list[Finding]:
    """What is not right in the values of a letter: all of it."""
    return [*_needed(fields, title=A_TITLE), *_paper(fields), *_of_register(fields)]


def lacks_of_debate(fields: Fields) -> list[Finding]:
    """What is not right in the values of a debate: all of it."""
    return [*_needed(fields, title_nl=A_TITLE, on=A_DATE), *_of_register(fields)]


def lacks_of_question(fields: Fields) -> list[Finding]:
    """What is not right in the values of a question: all of it."""
    answered = _needed(fields, answered_where_nl=SOME_TEXT) if fields.get("answered_on") else []
    return [
        *_needed(fields, text_nl=SOME_TEXT),
        *_paper(fields),
        *answered,
        *_not_to_come(fields, "answered_on"),
        *_numbered(fields, "answered_reference"),
        *_of_register(fields),
    ]


LACKS: Mapping[type[RegisterRow], Callable[[Fields], list[Finding]]] = MappingProxyType(
    {
        Commitment: lacks_of_commitment,
        Motion: lacks_of_motion,
        Letter: lacks_of_letter,
        Debate: lacks_of_debate,
        Question: lacks_of_question,
    }
)


def lacks_of_report(fields: Fields) -> list[Finding]:
    """What is not right in the report of a commitment: all of it."""
    return [
        *_needed(fields, on=A_DATE, where_nl=SOME_TEXT),
        *_not_to_come(fields, "on"),
        *_numbered(fields, "reference"),
        *_sourced(fields),
    ]


def lacks_of_answer(fields: Fields) -> list[Finding]:
    """What is not right in the answer to a motion: all of it."""
    told = (fields.get("stance_nl") or "").strip() or (fields.get("consequence_nl") or "").strip()
    none = [] if told else [finding("stance_nl", STANCE_OR_CONSEQUENCE, NOTHING)]
    return [
        *_needed(fields, on=A_DATE),
        *_not_to_come(fields, "on"),
        *none,
        *_sourced(fields),
    ]


def _needed(fields: Fields, **asked: Text) -> list[Finding]:
    return [
        finding(name, what, NOTHING)
        for name, what in asked.items()
        if not str(fields.get(name) or "").strip()
    ]


def _not_to_come(fields: Fields, name: str) -> list[Finding]:
    day = fields.get(name)
    late = isinstance(day, date) and day > timezone.localdate()
    return [finding(name, NOT_LATER, str(day))] if late else []


def _paper(fields: Fields) -> list[Finding]:
    return [*_numbered(fields, "reference"), *_not_to_come(fields, "on")]


def _numbered(fields: Fields, name: str) -> list[Finding]:
    """An error in a form: what cannot be read links to nothing."""
    return [
        finding(name, each.expected, each.found)
        for each in unreadable(str(fields.get(name) or ""), name)
    ]


def _sourced(fields: Fields) -> list[Finding]:
    source = str(fields.get("source") or "")
    return [] if source in load_sources() else [finding("source", A_SOURCE, source or NOTHING)]


def _of_register(fields: Fields) -> list[Finding]:
    firms = set(fields.get("firms") or ())
    known = set(Company.objects.filter(slug__in=firms).values_list("slug", flat=True))
    strange = [finding("firms", A_FIRM, each) for each in sorted(firms - known)]
    return [*strange, *_sourced(fields)]


def _is_day(text: str) -> bool:
    try:
        last_day(text)
    except ValueError:
        return False
    return REDUCED.match(text) is not None


# ── deeds ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def write_down(*, kind: type[Row], by: Person, because: str = "", **fields: Any) -> Row:
    """Put a commitment, motion, letter, debate or question into the register.

    Parameters
    ----------
    fields : as the model `kind`; `key` may be left out, and is then made of its number
    """
    require_keeps_parliament(by)
    refuse(LACKS[kind](fields))
    with changed_by(by, because):
        key = fields.pop("key", "") or _key(kind, fields)
        row: Row = kind._default_manager.create(key=key, **fields)  # noqa: SLF001
    return row


def _key(kind: type[RegisterRow], fields: Fields) -> str:
    """A public name that nobody has yet: by its number, else by its day."""
    written = fields.get("number") or fields.get("reference") or ""
    paper = reference(str(written))
    name = paper.identity if paper else str(written)
    day = fields.get("made_on") or fields.get("on") or timezone.localdate()
    begin = slugify(f"{kind.__name__} {name or day}")[:70]
    taken = set(kind._default_manager.filter(key__startswith=begin).values_list("key", flat=True))  # noqa: SLF001
    names = (begin, *(f"{begin}-{n}" for n in range(2, len(taken) + 2)))
    return next(each for each in names if each not in taken)


@transaction.atomic
def put_right(*, row: Row, by: Person, because: str, **fields: Any) -> Row:
    """Change a row of the register. What was there stays in the history."""
    require_keeps_parliament(by)
    reason = said(because, "because")
    refuse(LACKS[type(row)](fields))
    now: Row = locked(row)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, reason):
        now.save(update_fields=list(fields))
    return now


def locked(row: Row) -> Row:
    """The row as it is now; nobody else changes it until this transaction ends."""
    now: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001
    return now


@transaction.atomic
def report(*, commitment: Commitment, by: Person, **fields: Any) -> CommitmentReport:
    """Say where and when Parliament was told of a commitment, and whether that ends it.

    Parameters
    ----------
    fields : as `models.CommitmentReport`
    """
    require_keeps_parliament(by)
    refuse(lacks_of_report(fields))
    now = locked(commitment)
    if fields["on"] < now.made_on:
        refuse([finding("on", AFTER_MADE, fields["on"].isoformat())])
    with changed_by(by):
        return CommitmentReport.objects.create(commitment=now, by=by, **fields)


@transaction.atomic
def take_report_out(*, row: CommitmentReport, by: Person, because: str) -> None:
    """Take out a report that was a mistake; the history keeps it, with the reason."""
    require_keeps_parliament(by)
    reason = said(because, "because")
    locked(row.commitment)
    with changed_by(by, reason):
        CommitmentReport.objects.filter(pk=row.pk).delete()


@transaction.atomic
def answer(*, motion: Motion, by: Person, **fields: Any) -> MotionAnswer:
    """Say what the cabinet said of a motion, or did about it. Every earlier answer stays.

    Parameters
    ----------
    fields : as `models.MotionAnswer`
    """
    require_keeps_parliament(by)
    refuse(lacks_of_answer(fields))
    now = locked(motion)
    with changed_by(by):
        return MotionAnswer.objects.create(motion=now, by=by, **fields)
