# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds on what is waited for: dependencies, steps of permits, starts of projects, connections.

Takes     a dossier or something in it, a person, values; never a request.
Gives     what was made or changed; the history keeps who, when and why.
Leaves    dates and chains to `dossier.promises`. A connection that closes a circle is refused, and
          the circle is named.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.promises import dependency as pure
from maatwerkbank.dossier.promises.network import Wait as Edge
from maatwerkbank.dossier.promises.network import findings_of
from maatwerkbank.dossier.timeline import Milestone as Dates
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import (
    A_DATE,
    NOT_LATER,
    NOTHING,
    finding,
    locked,
    refuse,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier, Milestone, Project
from maatwerkbank.web.dossiers.planning import A_NAME, NOT_NEGATIVE, lacks_of_forecast
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.keeping import unknown_source, unreadable
from maatwerkbank.web.promises.models import (
    Dependency,
    DependencyForecast,
    PermitStep,
    ProjectStart,
    Promise,
    Wait,
)
from maatwerkbank.web.promises.reckoning import Thing, as_node, ends_of, key_of
from maatwerkbank.web.refusals import Conflict

Fields = Mapping[str, Any]

A_PROJECT = Text(
    nl="een project van dit dossier dat nog geen start heeft",
    en="a project of this dossier that has no start yet",
)
AN_ORIGIN = Text(
    nl="een bron, een berekening of een document bij de cijfers",
    en="a source, a run or a document with the figures",
)
_NO_DATES = Dates("", "", Text(nl="", en=""), None)
IN_HERE = Text(nl="iets uit dit dossier", en="something of this dossier")


class Circle(Conflict):
    """The connection would close a circle: each thing in it would wait for itself."""

    code = "wait.circle"

    def __init__(self, circle: Text | str) -> None:
        way = circle if isinstance(circle, Text) else Text(nl=circle, en=circle)
        super().__init__(
            Text(
                nl=f"Dan wacht iets op zichzelf: {way.nl}.",
                en=f"Something would then wait for itself: {way.en}.",
            ),
            remedy=Text(
                nl="haal eerst een andere verbinding in deze kring weg",
                en="take another connection out of this circle first",
            ),
        )


class CameAbout(Conflict):
    """It is there: nothing is left to forecast."""

    code = "dependency.came-about"

    def __init__(self, dependency: Dependency) -> None:
        super().__init__(
            Text(
                nl=f"“{dependency.name_nl}” is er al sinds {dependency.actual}.",
                en=f"“{dependency.name_en}” has been there since {dependency.actual}.",
            )
        )


# ── dependencies ──────────────────────────────────────────────────────────────────────────────


def lacks_of_dependency(fields: Fields) -> list[Finding]:
    """What is not right in the values of a dependency: all of it."""
    found = [
        finding(name, A_NAME, NOTHING)
        for name in ("name_nl", "name_en")
        if not (fields.get(name) or "").strip()
    ]
    as_value = pure.Dependency(
        id="",
        kind=fields.get("kind") or "",
        dates=_NO_DATES,
        capacity_unit=fields.get("capacity_unit") or "",
        contract=fields.get("contract") or "",
        band=fields.get("band") or "",
        nitrogen=pure.Nitrogen(netting=fields.get("netting") or ""),
        capacity=fields.get("capacity"),
        public_cost_eur=fields.get("public_cost_eur"),
    )
    return [
        *found,
        *pure.lacks_of(as_value),
        *_not_yet(fields),
        *unknown_source(fields),
    ]


@transaction.atomic
def add_dependency(*, dossier: Dossier, by: Person, because: str = "", **fields: Any) -> Dependency:
    """Write down something outside the agreement that must be there first.

    Parameters
    ----------
    fields : as `models.Dependency`
    """
    require(by, Deed.KEEP_PROMISES, dossier)
    refuse(lacks_of_dependency(fields))
    with changed_by(by, because):
        return Dependency.objects.create(dossier=dossier, **fields)


@transaction.atomic
def change_dependency(
    *, dependency: Dependency, by: Person, because: str, **fields: Any
) -> Dependency:
    """Put it right, or say that it is there. What was there stays in the history."""
    require(by, Deed.KEEP_PROMISES, dependency.dossier)
    reason = said(because, "because")
    refuse(lacks_of_dependency(fields))
    now = Dependency.objects.select_for_update().get(pk=dependency.pk)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, reason):
        now.save(update_fields=list(fields))
    return now


@transaction.atomic
def forecast_dependency(
    *, dependency: Dependency, by: Person, expected: date, because: str, source: str = ""
) -> DependencyForecast:
    """Say when it is expected now, and why. Every earlier forecast stays.

    Raises
    ------
    CameAbout   it is there already
    """
    require(by, Deed.KEEP_PROMISES, dependency.dossier)
    refuse(lacks_of_forecast({"expected": expected, "because": because, "source": source}))
    now = Dependency.objects.select_for_update().get(pk=dependency.pk)
    if now.actual:
        raise CameAbout(now)
    with changed_by(by, because):
        return DependencyForecast.objects.create(
            dependency=now, expected=expected, by=by, because=because.strip(), source=source
        )


def lacks_of_step(dependency: Dependency, fields: Fields) -> list[Finding]:
    """What is not right in a step of a permit, beside the steps that are there."""
    others = [
        pure.PermitStep(each.step, each.planned, each.actual)
        for each in dependency.steps.all()
        if each.step != fields.get("step")
    ]
    new = pure.PermitStep(fields.get("step") or "", fields.get("planned"), fields.get("actual"))
    as_value = pure.Dependency("", dependency.kind, _NO_DATES, steps=(*others, new))
    found = [
        finding("step", each.expected, each.found) if each.place.startswith("steps") else each
        for each in pure.lacks_of(as_value)
    ]
    return [*found, *_not_yet(fields)]


@transaction.atomic
def put_step(
    *,
    dependency: Dependency,
    by: Person,
    step: str,
    planned: date | None = None,
    actual: date | None = None,
) -> PermitStep:
    """Write down a step of a permit, or change its dates."""
    require(by, Deed.KEEP_PROMISES, dependency.dossier)
    fields = {"step": step, "planned": planned, "actual": actual}
    refuse(lacks_of_step(dependency, fields))
    with changed_by(by):
        made, _ = PermitStep.objects.update_or_create(
            dependency=dependency, step=step, defaults={"planned": planned, "actual": actual}
        )
    return made


# ── starts of projects ────────────────────────────────────────────────────────────────────────

STAKES = ("gross_t", "additional_t", "support_eur")


def lacks_of_start(fields: Fields) -> list[Finding]:
    """What is not right in the start of a project: all of it."""
    found = [] if fields.get("planned") else [finding("planned", A_DATE, NOTHING)]
    found += [
        finding(name, NOT_NEGATIVE, str(value))
        for name in STAKES
        if (value := fields.get(name)) is not None and value < 0
    ]
    stated = any(fields.get(name) is not None for name in STAKES)
    if stated and not any(fields.get(name) for name in ("source", "run", "document")):
        found.append(finding("source", AN_ORIGIN, NOTHING))
    return [*found, *_not_yet(fields), *unknown_source(fields)]


@transaction.atomic
def put_start(*, project: Project, by: Person, because: str = "", **fields: Any) -> ProjectStart:
    """Say when a project is to run and what it brings in 2030, or change that with a reason.

    Parameters
    ----------
    fields : planned, actual, gross_t, additional_t, support_eur, source, run, document
    """
    require(by, Deed.KEEP_PROMISES, project.dossier)
    before = ProjectStart.objects.select_for_update().filter(project=project).first()
    found = [*lacks_of_start(fields), *unreadable(by, project.dossier, fields)]
    refuse(found)
    reason = said(because, "because") if before else because
    now = before or ProjectStart(dossier=project.dossier, project=project)
    for name, value in fields.items():
        setattr(now, name, value)
    with changed_by(by, reason):
        now.save()
    return now


# ── connections ───────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def connect(
    *, dossier: Dossier, by: Person, waiter: Thing, awaited: Thing, lag_days: int = 0
) -> Wait:
    """Say that one thing waits for another.

    Raises
    ------
    Circle   it would close a circle, which is named
    """
    require(by, Deed.KEEP_PROMISES, dossier)
    here = locked(dossier)
    refuse(
        [
            finding(place, IN_HERE, NOTHING)
            for place, end in (("waiter", waiter), ("awaited", awaited))
            if end.dossier_id != here.pk
        ]
    )
    refuse(_lacks_of_connection(here, Edge(key_of(waiter), key_of(awaited), lag_days)))
    ends = {
        f"waiter_{key_of(waiter).partition(':')[0]}": waiter,
        f"awaited_{key_of(awaited).partition(':')[0]}": awaited,
    }
    with changed_by(by):
        return Wait.objects.create(dossier=here, lag_days=lag_days, **ends)


@transaction.atomic
def disconnect(*, wait: Wait, by: Person, because: str) -> None:
    """Take a connection out. The history keeps that it was there."""
    require(by, Deed.KEEP_PROMISES, wait.dossier)
    with changed_by(by, said(because, "because")):
        wait.delete()


def _lacks_of_connection(dossier: Dossier, new: Edge) -> list[Finding]:
    """What keeps a connection from the network of the dossier. Raises Circle."""
    rows: list[Thing] = [
        *Promise.objects.filter(dossier=dossier).prefetch_related("forecasts"),
        *Dependency.objects.filter(dossier=dossier).prefetch_related("forecasts"),
        *ProjectStart.objects.filter(dossier=dossier).select_related("project"),
        *Milestone.objects.filter(dossier=dossier).prefetch_related("forecasts"),
    ]
    keys = {(key_of(row).partition(":")[0], row.pk): key_of(row) for row in rows}
    edges = [
        Edge(keys[waiter], keys[awaited], wait.lag_days)
        for wait in Wait.objects.filter(dossier=dossier)
        for waiter, awaited in [ends_of(wait)]
    ]
    found = findings_of(tuple(as_node(row) for row in rows), (*edges, new))
    for each in found:
        if each.code == "network.cycle":
            raise Circle(each.found)
    return [finding("awaited", each.expected, each.found) for each in found]


def _not_yet(fields: Fields) -> list[Finding]:
    actual = fields.get("actual")
    if actual is None or actual <= timezone.localdate():
        return []
    return [finding("actual", NOT_LATER, actual.isoformat())]
