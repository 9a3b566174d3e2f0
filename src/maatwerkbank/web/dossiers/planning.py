# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of planning: milestones and their forecasts, projects, ambitions.

Takes     a dossier or something in it, a person, values; never a request.
Gives     what was made or changed; the history keeps who, when and why.
Leaves    slips to `dossier.timeline`, decisions on a stage to `decisions.py`.

A forecast is never changed: a new one is said, and every slip stays. `lacks_of_…` give all findings
at once; a form asks them before it hands in, a deed refuses on them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import load_sources
from maatwerkbank.web.dossiers.ambitions import QUANTITIES, UNITS, VERSIONS
from maatwerkbank.web.dossiers.deeds import NOT_LATER, NOTHING, SOME_WORDS, finding, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Ambition, Dossier, Forecast, Milestone, Project
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

Fields = Mapping[str, Any]
Row = TypeVar("Row", Milestone, Project, Ambition)
FIRST_YEAR, LAST_YEAR = 1990, 2100

A_NAME = Text(nl="een naam", en="a name")
A_DAY = Text(nl="een datum", en="a date")
A_YEAR = Text(nl=f"een jaar tussen {FIRST_YEAR} en {LAST_YEAR}", en="a year from 1990 to 2100")
AN_AMOUNT = Text(
    nl="een bedrag bij bruto of bij additioneel, of bij beide",
    en="an amount for gross or for additional, or for both",
)
NOT_LESS = Text(nl="ten minste het laagste bedrag", en="at least the lowest amount")
NOT_NEGATIVE = Text(nl="nul of meer", en="nought or more")
A_SHARE = Text(nl="ten hoogste 100 procent", en="at most 100 per cent")
BEYOND_WHAT = Text(
    nl="boven wat: bijvoorbeeld de CO2-heffing", en="beyond what: for example the CO2 levy"
)
A_BOUNDARY = Text(
    nl="de grens: welke locatie, welke scope", en="the boundary: which site, which scope"
)
A_BASE_YEAR = Text(
    nl="het basisjaar waarvan dit een deel is", en="the base year of which this is a share"
)
AN_ORIGIN = Text(
    nl="een bron, of een document uit het dossier", en="a source, or a document of the dossier"
)
A_KNOWN_SOURCE = Text(
    nl="de naam van een bron uit het register van bronnen",
    en="the name of a source in the register of sources",
)
A_REDUCED_DATE = Text(
    nl="een datum als 2025-06-30, 2025-06 of 2025", en="a date such as 2025-06-30, 2025-06 or 2025"
)


class DoneAlready(Conflict):
    """It came about: there is nothing left to forecast."""

    code = "planning.done-already"

    def __init__(self, milestone: Milestone) -> None:
        super().__init__(
            Text(
                nl=f"{milestone.name_nl} is al gehaald op {milestone.actual}.",
                en=f"{milestone.name_en} came about already, on {milestone.actual}.",
            ),
            remedy=Text(
                nl="haal eerst de datum van het halen weg, als die niet klopt",
                en="take away the actual date first, if that is wrong",
            ),
        )


# ── milestones ────────────────────────────────────────────────────────────────────────────────


def lacks_of_milestone(fields: Fields) -> list[Finding]:
    """What is not right in the values of a milestone: all of it."""
    found = [
        finding(name, A_NAME, NOTHING)
        for name in ("name_nl", "name_en")
        if not (fields.get(name) or "").strip()
    ]
    if fields.get("track") not in PARALLEL_TRACKS:
        found.append(finding("track", ", ".join(PARALLEL_TRACKS), fields.get("track") or NOTHING))
    return [*found, *_not_yet(fields.get("actual"), "actual"), *_unknown_source(fields)]


@transaction.atomic
def add_milestone(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Milestone:
    """Put a dated step on one of the parallel tracks.

    Parameters
    ----------
    fields : track, name_nl, name_en, planned, actual, owner, source
    """
    require(by, Deed.PLAN, dossier)
    refuse(lacks_of_milestone(fields))
    with changed_by(by, because):
        return Milestone.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_milestone(*, milestone: Milestone, by: Person, because: str, **fields: Any) -> Milestone:
    """Change the plan itself, or say that it came about. What was there stays in the history."""
    require(by, Deed.PLAN, milestone.dossier)
    refuse([*lacks_of_milestone(fields), *_no_reason(because)])
    return _changed(milestone, by, because, fields)


def lacks_of_forecast(fields: Fields) -> list[Finding]:
    """What is not right in a forecast: all of it."""
    day = [] if fields.get("expected") else [finding("expected", A_DAY, NOTHING)]
    return [*day, *_no_reason(fields.get("because") or ""), *_unknown_source(fields)]


@transaction.atomic
def forecast(
    *,
    milestone: Milestone,
    by: Person,
    expected: date,
    because: str,
    source: str = "",
) -> Forecast:
    """Say when a milestone is expected now, and why. Every earlier forecast stays.

    Raises
    ------
    DoneAlready   it came about
    """
    require(by, Deed.PLAN, milestone.dossier)
    refuse(lacks_of_forecast({"expected": expected, "because": because, "source": source}))
    now = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if now.actual:
        raise DoneAlready(now)
    with changed_by(by, because):
        return Forecast.objects.create(
            milestone=now, expected=expected, by=by, because=because.strip(), source=source
        )


# ── projects ──────────────────────────────────────────────────────────────────────────────────


def lacks_of_project(fields: Fields) -> list[Finding]:
    """What is not right in the values of a project: all of it."""
    name = [] if (fields.get("name") or "").strip() else [finding("name", A_NAME, NOTHING)]
    return [*name, *_not_a_year(fields, "first_year", asked=False), *_unknown_source(fields)]


@transaction.atomic
def add_project(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Project:
    """Add a project to the portfolio that the firm brings.

    Parameters
    ----------
    fields : name, key, description, first_year, source
    """
    require(by, Deed.PLAN, dossier)
    refuse(lacks_of_project(fields))
    with changed_by(by, because):
        return Project.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_project(*, project: Project, by: Person, because: str, **fields: Any) -> Project:
    """Change a project. What was there stays in the history."""
    require(by, Deed.PLAN, project.dossier)
    refuse([*lacks_of_project(fields), *_no_reason(because)])
    return _changed(project, by, because, fields)


# ── ambitions ─────────────────────────────────────────────────────────────────────────────────


def lacks_of_ambition(fields: Fields) -> list[Finding]:
    """What is not right in the values of an ambition: all of it."""
    found = [
        finding(name, ", ".join(known), fields.get(name) or NOTHING)
        for name, known in (("version", VERSIONS), ("quantity", QUANTITIES), ("unit", UNITS))
        if fields.get(name) not in known
    ]
    if all(fields.get(name) is None for name in AMOUNTS):
        found.append(finding("gross_low", AN_AMOUNT, NOTHING))
    for kind in ("gross", "additional"):
        found.extend(_bad_amounts(fields, kind))
    if _given(fields, "additional") and not (
        fields.get("additional_to_nl") and fields.get("additional_to_en")
    ):
        found.append(finding("additional_to_nl", BEYOND_WHAT, NOTHING))
    found.extend(
        finding(name, A_BOUNDARY, NOTHING)
        for name in ("boundary_nl", "boundary_en")
        if not (fields.get(name) or "").strip()
    )
    found.extend(_not_a_year(fields, "year", asked=True))
    found.extend(_not_a_year(fields, "base_year", asked=False))
    if fields.get("unit") == "fraction" and not fields.get("base_year"):
        found.append(finding("base_year", A_BASE_YEAR, NOTHING))
    found.extend(_not_a_date(fields.get("dated") or ""))
    if not fields.get("source") and not fields.get("document"):
        found.append(finding("source", AN_ORIGIN, NOTHING))
    return [*found, *_unknown_source(fields)]


AMOUNTS = ("gross_low", "gross_high", "additional_low", "additional_high")


@transaction.atomic
def add_ambition(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Ambition:
    """Write down a reduction that a document aims at; gross and additional each in its own field.

    Parameters
    ----------
    fields : version, quantity, year, unit, gross_low, gross_high, additional_low, additional_high,
        additional_to_nl, additional_to_en, bound, boundary_nl, boundary_en, base_year, dated,
        source, place, document
    """
    require(by, Deed.PLAN, dossier)
    refuse(lacks_of_ambition(fields))
    with changed_by(by, because):
        return Ambition.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_ambition(*, ambition: Ambition, by: Person, because: str, **fields: Any) -> Ambition:
    """Put an ambition right. What was there stays in the history."""
    require(by, Deed.PLAN, ambition.dossier)
    refuse([*lacks_of_ambition(fields), *_no_reason(because)])
    return _changed(ambition, by, because, fields)


# ── what all of them ask ──────────────────────────────────────────────────────────────────────


def _changed(row: Row, by: Person, because: str, fields: Fields) -> Row:
    now = type(row).objects.select_for_update().get(pk=row.pk)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, because.strip()):
        now.save(update_fields=list(fields))
    return now


def _given(fields: Fields, kind: str) -> bool:
    return any(fields.get(f"{kind}_{end}") is not None for end in ("low", "high"))


def _bad_amounts(fields: Fields, kind: str) -> list[Finding]:
    low, high = fields.get(f"{kind}_low"), fields.get(f"{kind}_high")
    found = [
        finding(f"{kind}_{end}", NOT_NEGATIVE, str(value))
        for end, value in (("low", low), ("high", high))
        if value is not None and value < 0
    ]
    if fields.get("unit") == "fraction":
        found.extend(
            finding(f"{kind}_{end}", A_SHARE, str(value))
            for end, value in (("low", low), ("high", high))
            if value is not None and value > 1
        )
    if low is not None and high is not None and high < low:
        found.append(finding(f"{kind}_high", NOT_LESS, str(high)))
    return found


def _not_a_year(fields: Fields, name: str, *, asked: bool) -> list[Finding]:
    year = fields.get(name)
    if year is None:
        return [finding(name, A_YEAR, NOTHING)] if asked else []
    return [] if FIRST_YEAR <= year <= LAST_YEAR else [finding(name, A_YEAR, str(year))]


def _not_a_date(text: str) -> list[Finding]:
    try:
        if text:
            last_day(text)
    except ValueError:
        return [finding("dated", A_REDUCED_DATE, text)]
    return []


def _not_yet(day: date | None, place: str) -> list[Finding]:
    if day is None or day <= timezone.localdate():
        return []
    return [finding(place, NOT_LATER, day.isoformat())]


def _no_reason(because: str) -> list[Finding]:
    return [] if because.strip() else [finding("because", SOME_WORDS, NOTHING)]


def _unknown_source(fields: Fields) -> list[Finding]:
    named = fields.get("source") or ""
    return [finding("source", A_KNOWN_SOURCE, named)] if named not in {"", *load_sources()} else []
