# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises in the demo: those of the invented firm by deeds, those of real firms from sources.

Takes     the people of the demo, promises.yaml, and the promises that `portfolio` ships.
Gives     a late grid connection that holds up the boiler of the invented firm, with its chain; and
          what sources say of five real firms.
Leaves    what no source says: it is absent.
"""

from collections.abc import Mapping
from typing import Any

from maatwerkbank.dossier.promises.public import (
    PublicDependency,
    PublicPromise,
    code_of,
    public_promises,
)
from maatwerkbank.ground.dates import last_day
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning import add_project
from maatwerkbank.web.people.access import versions_of
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.promises import keeping, risks, waiting
from maatwerkbank.web.promises.models import Dependency, Promise, Wait
from maatwerkbank.web.promises.reckoning import Thing

STATE = "Staat der Nederlanden"


def promise_example(dossier: Dossier, people: Mapping[str, Person]) -> None:
    """What both sides of the invented firm promised, and what it waits for."""
    lead, told = people["projectleider"], table("promises.yaml")
    things: dict[str, Thing] = {"project": _start(dossier, lead, told["start"])}
    for name, body in told["dependencies"].items():
        things[name] = _dependency(dossier, lead, body)
    for name, body in told["promises"].items():
        things[name] = _promise(dossier, lead, body)
    waits = {name: body.get("waits_for", {}) for name, body in told["promises"].items()}
    for waiter, awaited in {"project": told["start"]["waits_for"], **waits}.items():
        for name, days in awaited.items():
            waiting.connect(
                dossier=dossier,
                by=lead,
                waiter=things[waiter],
                awaited=things[name],
                lag_days=days,
            )
    for name, body in told["promises"].items():
        made = things[name]
        if "kept" in body and isinstance(made, Promise):
            keeping.keep_promise(promise=made, by=lead, **body["kept"])
    for body in told["risks"]:
        risks.add_risk(dossier=dossier, by=lead, **body)


def _start(dossier: Dossier, lead: Person, told: Mapping[str, Any]) -> Thing:
    """The boiler, with the figures of the paper that the firm handed in."""
    plan = versions_of(lead, dossier).filter(document__kind="case_file").first()
    project = add_project(
        dossier=dossier, by=lead, name="Elektrische boiler", key="e-boiler", first_year=2028
    )
    figures = {name: value for name, value in told.items() if name != "waits_for"}
    return waiting.put_start(project=project, by=lead, document=plan, **figures)


def _dependency(dossier: Dossier, lead: Person, told: Mapping[str, Any]) -> Dependency:
    fields = {name: value for name, value in told.items() if name not in {"forecasts", "steps"}}
    made = waiting.add_dependency(dossier=dossier, by=lead, **fields)
    for said in told.get("forecasts", ()):
        waiting.forecast_dependency(dependency=made, by=lead, **said)
    for step in told.get("steps", ()):
        waiting.put_step(dependency=made, by=lead, **step)
    return made


def _promise(dossier: Dossier, lead: Person, told: Mapping[str, Any]) -> Promise:
    fields = {name: value for name, value in told.items() if name not in {"waits_for", "kept"}}
    return keeping.add_promise(dossier=dossier, by=lead, **fields)


# ── real firms ────────────────────────────────────────────────────────────────────────────────


def load_public_promises(dossiers: Mapping[str, Dossier]) -> None:
    """What sources say that State and firms promised; nothing of it was decided here."""
    for firm, told in public_promises().items():
        dossier = dossiers[firm]
        things = {each.id: _public_dependency(dossier, each) for each in told.dependencies}
        for each in told.promises:
            made = _public_promise(dossier, firm, each)
            for name in each.waits_for:
                Wait.objects.create(
                    dossier=dossier, waiter_promise=made, awaited_dependency=things[name]
                )


def _public_dependency(dossier: Dossier, told: PublicDependency) -> Dependency:
    return Dependency.objects.create(
        dossier=dossier,
        kind=told.kind,
        name_nl=told.label.nl,
        name_en=told.label.en,
        operator=told.operator,
        location=told.location,
        capacity=told.capacity,
        capacity_unit=told.capacity_unit,
        planned=last_day(told.due) if told.due else None,
        source=told.source,
        place=told.place or "",
    )


def _public_promise(dossier: Dossier, slug: str, told: PublicPromise) -> Promise:
    firm = ("company", dossier.company.name)
    state = ("state", STATE)
    by, to = (state, firm) if told.by == "state" else (firm, state)
    measure = told.measure
    return Promise.objects.create(
        code=code_of(slug, told.id),
        dossier=dossier,
        by_side=by[0],
        by_name=by[1],
        to_side=to[0],
        to_name=to[1],
        subject=told.subject,
        name_nl=told.label.nl,
        name_en=told.label.en,
        words=told.deed.nl if told.deed else "",
        quantity=measure.quantity if measure else "",
        amount_low=measure.low if measure else None,
        amount_high=measure.high if measure else None,
        unit=measure.unit if measure else "",
        tonnes_are=(measure.kind or "") if measure else "",
        boundary=measure.boundary.nl if measure else "",
        base_year=measure.base_year if measure else None,
        planned=last_day(told.due) if told.due else None,
        source=told.source,
        place=told.place or "",
    )
