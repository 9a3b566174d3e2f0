# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was public on a day, as the folder that comes with the program tells it?

Takes     a day.
Gives     the `Publication` of that day: facts of which the day, or the source, is later are absent.
Leaves    the database to `web/releases/stored_publication.py`; levy amounts, which are computed and
          not read, to `levy_reconstructions`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from maatwerkbank.dossier.advice.bodies import bodies
from maatwerkbank.dossier.parliament.shipped import shipped_parliament
from maatwerkbank.dossier.promises.public import PublicFirm, public_promises
from maatwerkbank.dossier.promises.public import PublicPromise as ToldPromise
from maatwerkbank.dossier.publication.labels import ambition_label
from maatwerkbank.dossier.publication.programme import programme_facts, programme_figures
from maatwerkbank.dossier.publication.publication import (
    Bound,
    Figure,
    Origin,
    Paper,
    Publication,
    PublicPromise,
    Sitting,
)
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.grants import public_grants
from maatwerkbank.portfolio.register import Event, Register, events, register
from maatwerkbank.sources import source

AMOUNTS: tuple[Literal["gross", "additional"], ...] = ("gross", "additional")
DOCUMENTS = {
    "expression_of_principles": ("eop", "covenant"),
    "joint_letter_of_intent": ("jloi", "covenant"),
    "agreement": ("agreement", "covenant"),
    "subsidy_decision": ("subsidy_decision", "decision"),
}
GRANTED = Text(nl="toegekende subsidie", en="subsidy granted")


def shipped_publication(as_of: date) -> Publication:
    """Everything that public sources told on `as_of`; statements are absent, nobody approved any.

    Raises
    ------
    PortfolioError, UnknownSource   a file of the folder does not hold; the error names what
    """
    known = register(as_of)
    told = tuple(_told(known, as_of))
    figures = (
        *_ambitions(known, as_of),
        *_grants(known, as_of),
        *(figure for firm, each in told if (figure := _measure(firm, each))),
        *programme_figures(as_of),
    )
    return Publication(
        as_of=as_of,
        register=known,
        figures={each.id: each for each in figures},
        statements={},
        promises=tuple(_promise(firm, each) for firm, each in told),
        papers=tuple(_papers(known, as_of)),
        parliament=shipped_parliament(as_of),
        sittings=tuple(sittings(as_of)),
        programme=programme_facts(as_of),
    )


def sittings(as_of: date) -> Iterator[Sitting]:
    """Each advisory body with a term that runs on `as_of`, without terms that were known later."""
    for body in bodies().values():
        then = replace(body, terms=tuple(t for t in body.terms if t.known_from <= as_of))
        term = then.term_on(as_of)
        if term:
            yield Sitting(then, term)


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def _ambitions(known: Register, as_of: date) -> Iterator[Figure]:
    """Per firm, quantity, version and kind the latest figure that its source gives."""
    for firm in known:
        latest = {
            (event.body["quantity"], event.body["version"]): event
            for event in events(firm.id, as_of)
            if event.kind == "ambition"
        }
        for (quantity, version), event in latest.items():
            yield from _amounts(firm.id, quantity, version, event)


def _amounts(firm: str, quantity: str, version: str, event: Event) -> Iterator[Figure]:
    body = event.body
    for kind in AMOUNTS:
        amount = body[kind]
        if amount is None:
            continue
        low, high = (amount["low"], amount["high"]) if isinstance(amount, dict) else (amount,) * 2
        beyond = body.get("additional_to") if kind == "additional" else None
        boundary = Text(**body["boundary"])
        if beyond:
            boundary = Text(
                nl=f"{boundary.nl}; boven op {beyond['nl']}",
                en=f"{boundary.en}; on top of {beyond['en']}",
            )
        yield Figure(
            id=f"{firm}.{quantity}.{version}.{kind}",
            firm=firm,
            quantity=quantity,
            label=ambition_label(quantity, version, kind),
            low=low,
            high=high,
            unit=body["unit"],
            origin=Origin("source", event.source, event.place),
            kind=kind,
            bound=body.get("bound") if kind == "gross" else None,
            year=body["year"],
            boundary=boundary,
            known_on=event.counts_from,
        )


def _grants(known: Register, as_of: date) -> Iterator[Figure]:
    for firm, grant in public_grants().items():
        known_on = _known_on(grant.source)
        if known_on > as_of or not _knows(known, firm):
            continue
        yield Figure(
            id=f"{firm}.support.granted",
            firm=firm,
            quantity="support",
            label=GRANTED,
            low=float(grant.amount),
            high=float(grant.amount),
            unit="EUR",
            origin=Origin("source", grant.source, grant.place),
            bound="at_most",
            known_on=known_on,
        )


def _measure(firm: str, promise: ToldPromise) -> Figure | None:
    """The quantity that was promised; what the source leaves open at one end stays a bound."""
    measure = promise.measure
    if measure is None:
        return None
    low = measure.low if measure.low is not None else measure.high
    high = measure.high if measure.high is not None else measure.low
    bound: Bound | None = None
    if measure.low is None or measure.high is None:
        bound = "at_most" if measure.low is None else "at_least"
    return Figure(
        id=_measure_id(firm, promise),
        firm=firm,
        quantity=measure.quantity,
        label=Text(nl=promise.label.nl, en=promise.label.en),
        low=low,
        high=high,
        unit=measure.unit,
        origin=Origin("source", promise.source, promise.place),
        kind=measure.kind,
        bound=bound,
        year=int(promise.due[:4]) if promise.due else None,
        boundary=Text(nl=measure.boundary.nl, en=measure.boundary.en),
        known_on=_known_on(promise.source),
    )


# ── promises, papers, parliament ──────────────────────────────────────────────────────────────


def _told(known: Register, as_of: date) -> Iterator[tuple[str, ToldPromise]]:
    for firm, told in public_promises().items():
        if _knows(known, firm):
            yield from ((firm, each) for each in told.promises if _known_on(each.source) <= as_of)


def _promise(firm: str, told: ToldPromise) -> PublicPromise:
    return PublicPromise(
        id=f"{firm}.{told.id}",
        firm=firm,
        by=told.by,
        label=Text(nl=told.label.nl, en=told.label.en),
        deed=Text(nl=told.deed.nl, en=told.deed.en) if told.deed else None,
        measure=_measure_id(firm, told) if told.measure else None,
        due=told.due,
        waits_for=tuple(_waited_for(public_promises()[firm], told.waits_for)),
        origin=Origin("source", told.source, told.place),
    )


def _waited_for(firm: PublicFirm, ids: Iterable[str]) -> Iterator[Text]:
    labels = {each.id: each.label for each in firm.promises}
    labels |= {each.id: each.label for each in firm.dependencies}
    yield from (Text(nl=labels[each].nl, en=labels[each].en) for each in ids)


def _measure_id(firm: str, promise: ToldPromise) -> str:
    return f"{firm}.promise.{promise.id}"


def _papers(known: Register, as_of: date) -> Iterator[Paper]:
    """The documents of the register. A second of the same kind has `.2` behind its id."""
    for firm in known:
        seen: dict[str, int] = {}
        for event in events(firm.id, as_of):
            if event.kind != "document":
                continue
            document = event.body["document"]
            short, category = DOCUMENTS[document]
            seen[short] = seen.get(short, 0) + 1
            number = "" if seen[short] == 1 else f".{seen[short]}"
            yield Paper(
                id=f"{firm.id}.{short}{number}",
                firm=firm.id,
                kind=document,
                title=event.body["title"],
                dated=event.when,
                url=source(event.source).url,
                origin=Origin("source", event.source, event.place),
                category=category,
            )


def _knows(known: Register, firm: str) -> bool:
    return any(each.id == firm for each in known)


def _known_on(identity: str) -> date:
    """The day from which a source counts: the last of its period. One without a day never does."""
    day = source(identity).date
    return date.max if day is None else last_day(day)
