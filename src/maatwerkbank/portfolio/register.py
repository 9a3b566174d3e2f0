# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which firm stood where in the tailored approach on a given date, and which source says so?

Takes a date and the events in portfolio/nl-2025-06-30/register.yaml; gives a frozen `Register`
with stage, exit, documents and ambitions of every firm as they were known on that date. Leaves out
every judgement: gross and additional tonnes are those of the source, never recomputed here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.errors import PortfolioError
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import source

Item = TypeVar("Item")

PORTFOLIO = "nl-2025-06-30"


class Stage(StrEnum):
    """The stages of the approach, in their order."""

    EXPLORATION = "exploration"
    EOP = "eop"
    WORKING_OUT = "working_out"
    DRAFT_JLOI = "draft_jloi"
    ADVICE = "advice"
    JLOI = "jloi"
    AGREEMENT = "agreement"
    EXECUTION = "execution"


ORDER = {stage: rank for rank, stage in enumerate(Stage)}
TRACKS = ("standard", "incidental_subsidy", "net_zero_guidance")
EXITS = ("stopped_door_open", "paused", "withdrawn")
# A signed document of the first three kinds is the stage that bears its name; a subsidy decision
# may come at any stage, and is none.
STAGE_OF_DOCUMENT = {
    "expression_of_principles": Stage.EOP,
    "joint_letter_of_intent": Stage.JLOI,
    "agreement": Stage.AGREEMENT,
    "subsidy_decision": None,
}
VALUES: dict[str, Collection[str]] = {
    "stage": tuple(Stage),
    "document": STAGE_OF_DOCUMENT,
    "track": TRACKS,
    "exit": EXITS,
}
KINDS = ("stage", "document", "track", "exit", "ambition", "qualifier", "note")
AFTER_CUT_OFF = {
    "nl": "Dit register bevat gebeurtenissen tot en met {cut_off}; latere ontbreken.",
    "en": "This register holds events up to and including {cut_off}; later events are absent.",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A range from `low` to `high`, in the unit of the ambition."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Event:
    """One dated fact. `when` may be reduced or None; it counts from `counts_from`."""

    kind: str
    when: str | None
    counts_from: date
    source: str
    place: str | None
    body: Any


@dataclass(frozen=True, slots=True)
class Site:
    """A site; `joint_permit` where several firms share one ETS permit."""

    name: str
    municipality: str
    ets_ids: tuple[str, ...]
    joint_permit: str | None


@dataclass(frozen=True, slots=True)
class Ambition:
    """A reduction that a document aims at in `year`. Gross and additional never share a field.

    `gross`, `additional` [unit]: a number, a range, or None where the source gives none. `unit` is
    `t/year` (CO2 equivalents for co2) or `fraction` (of the emissions in `base_year`).
    """

    quantity: str
    version: str
    gross: float | Span | None
    additional: float | Span | None
    additional_to: Text | None
    bound: str | None
    unit: str
    year: int
    boundary: Text
    base_year: int | None
    date: str | None
    source: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Exit:
    """Why and since when a firm is no longer in the running track.

    `date` is None where the day is not public; `known_by` is then the day on which a source shows
    that it had happened.
    """

    kind: str
    reasons: tuple[str, ...]
    date: str | None
    known_by: str | None
    source: str
    place: str | None


@dataclass(frozen=True, slots=True)
class Remark:
    """A reservation or a note, in two languages, with its source."""

    nl: str
    en: str
    date: str | None
    source: str


@dataclass(frozen=True, slots=True)
class CompanyState:
    """One firm as the register knew it on the date asked for.

    Dates may be reduced; None where the day is not public. `sources` holds, per stage that was
    reached, the sources that show it.
    """

    id: str
    name: str
    sector: Text
    cluster: str
    sites: tuple[Site, ...]
    stage: Stage
    track: str
    eop_signed: bool
    eop_date: str | None
    jloi_date: str | None
    agreement_date: str | None
    ambitions: tuple[Ambition, ...]
    exit: Exit | None
    qualifier: Remark | None
    notes: tuple[Remark, ...]
    sources: Mapping[Stage, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Register:
    """The register as it was known on `as_of`; firms without any event by then are absent."""

    as_of: date
    title: str
    cut_off: date
    companies: tuple[CompanyState, ...]

    def __iter__(self) -> Iterator[CompanyState]:
        return iter(self.companies)

    def company(self, identity: str) -> CompanyState:
        """The firm with that id.

        Raises
        ------
        PortfolioError   the register knew no such firm on that date
        """
        for company in self.companies:
            if company.id == identity:
                return company
        raise PortfolioError(
            f"the register of {self.as_of} knows no firm '{identity}'.",
            remedy=f"ask for one of: {', '.join(company.id for company in self.companies)}",
        )

    def as_json(self) -> dict[str, Any]:
        """The register as JSON values; `notice` is null up to and including the cut-off."""
        notice = None
        if self.as_of > self.cut_off:
            notice = {
                language: text.format(cut_off=self.cut_off)
                for language, text in AFTER_CUT_OFF.items()
            }
        return {
            "as_of": self.as_of.isoformat(),
            "source": self.title,
            "cut_off": self.cut_off.isoformat(),
            "notice": notice,
            "companies": _plain(self.companies),
        }


def events(company: str, as_of: date) -> tuple[Event, ...]:
    """What the sources known on `as_of` tell of a firm, one by one, in the order that counts.

    Raises
    ------
    PortfolioError   the register has no such firm
    """
    told = {each["id"]: each["events"] for each in _document()["companies"]}
    if company not in told:
        raise PortfolioError(
            f"the register knows no firm '{company}'.",
            remedy=f"ask for one of: {', '.join(told)}",
        )
    return tuple(event for event in told[company] if event.counts_from <= as_of)


def register(as_of: date) -> Register:
    """Who stood where on `as_of`, as the sources known on that day tell it.

    A date after the cut-off of the portfolio gives the state at the cut-off, and `as_json` says so.

    Raises
    ------
    PortfolioError   an event has a kind, stage, document, track or exit that does not exist, or
                     neither a date nor a day by which it was known
    UnknownSource    an event cites a source that is not in the register of sources
    """
    document = _document()
    states = (_state(company, as_of) for company in document["companies"])
    return Register(
        as_of=as_of,
        title=document["title"],
        cut_off=document["cut_off"],
        companies=tuple(state for state in states if state is not None),
    )


@cache
def _document() -> dict[str, Any]:
    """The file, with the events of every firm checked and in the order in which they count."""
    file = files("maatwerkbank") / "portfolio" / PORTFOLIO / "register.yaml"
    document: dict[str, Any] = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    for company in document["companies"]:
        events = [_event(company["id"], body) for body in company["events"]]
        company["events"] = sorted(events, key=lambda event: event.counts_from)
    return document


def _event(company: str, body: dict[str, Any]) -> Event:
    kind: str = body.get("kind", "")
    _require(kind, KINDS, f"kind of an event of {company}")
    if kind in VALUES:
        _require(body.get(kind), VALUES[kind], f"{kind} of an event of {company}")
    return Event(
        kind=kind,
        when=None if body["date"] is None else str(body["date"]),
        counts_from=_counts_from(company, body),
        source=source(body["source"]).identity,
        place=body.get("place"),
        body=body,
    )


def _require(found: Any, known: Collection[str], what: str) -> None:
    if found not in known:
        raise PortfolioError(
            f"the {what} is '{found}', which the register does not know.",
            remedy=f"use one of: {', '.join(known)}",
        )


def _counts_from(company: str, body: dict[str, Any]) -> date:
    """The first day on which the event is certain: the end of its period, or `known_by`."""
    days = [last_day(str(body[key])) for key in ("date", "known_by") if body.get(key) is not None]
    if not days:
        raise PortfolioError(
            f"an event of {company} ({body['kind']}) has neither a date nor a day it was known by.",
            remedy="give `known_by`: the date of the source that shows that it had happened",
        )
    return min(days)


def _state(company: dict[str, Any], as_of: date) -> CompanyState | None:
    known = [event for event in company["events"] if event.counts_from <= as_of]
    reached = _reached(known)
    if not reached:
        return None
    signed = {event.body["document"] for event in known if event.kind == "document"}
    tracks = [event.body["track"] for event in known if event.kind == "track"]
    return CompanyState(
        id=company["id"],
        name=company["name"],
        sector=_words(company["sector"]),
        cluster=company["cluster"],
        sites=tuple(_site(site) for site in company["sites"]),
        stage=max(reached, key=lambda stage: ORDER[stage]),
        track=tracks[-1] if tracks else company["track"],
        eop_signed="expression_of_principles" in signed,
        eop_date=_signing_date(known, "expression_of_principles"),
        jloi_date=_signing_date(known, "joint_letter_of_intent"),
        agreement_date=_signing_date(known, "agreement"),
        ambitions=_ambitions(known),
        exit=_exit(known),
        qualifier=_last(_remark(event) for event in known if event.kind == "qualifier"),
        notes=tuple(_remark(event) for event in known if event.kind == "note"),
        sources={stage: reached[stage] for stage in Stage if stage in reached},
    )


def _reached(known: Sequence[Event]) -> dict[Stage, tuple[str, ...]]:
    """Every stage that some event shows, with the sources that show it."""
    reached: dict[Stage, tuple[str, ...]] = {}
    for event in known:
        stage = _stage_of(event)
        if stage is not None:
            reached[stage] = (*reached.get(stage, ()), event.source)
    return reached


def _stage_of(event: Event) -> Stage | None:
    if event.kind == "stage":
        return Stage(event.body["stage"])
    if event.kind == "document":
        return STAGE_OF_DOCUMENT[event.body["document"]]
    return None


def _signing_date(known: Sequence[Event], document: str) -> str | None:
    """When the latest document of that kind was signed; None where the day is not public."""
    return _last(
        event.when
        for event in known
        if event.kind == "document" and event.body["document"] == document
    )


def _ambitions(known: Sequence[Event]) -> tuple[Ambition, ...]:
    """The latest ambition per quantity and version of the document."""
    latest: dict[tuple[str, str], Ambition] = {}
    for event in known:
        if event.kind == "ambition":
            latest[event.body["quantity"], event.body["version"]] = _ambition(event)
    return tuple(latest.values())


def _ambition(event: Event) -> Ambition:
    body = event.body
    return Ambition(
        quantity=body["quantity"],
        version=body["version"],
        gross=_amount(body["gross"]),
        additional=_amount(body["additional"]),
        additional_to=_words(body["additional_to"]) if "additional_to" in body else None,
        bound=body.get("bound"),
        unit=body["unit"],
        year=body["year"],
        boundary=_words(body["boundary"]),
        base_year=body["base_year"],
        date=event.when,
        source=event.source,
        place=event.place,
    )


def _exit(known: Sequence[Event]) -> Exit | None:
    return _last(
        Exit(
            kind=event.body["exit"],
            reasons=tuple(event.body["reasons"]),
            date=event.when,
            known_by=None if event.when else event.counts_from.isoformat(),
            source=event.source,
            place=event.place,
        )
        for event in known
        if event.kind == "exit"
    )


def _remark(event: Event) -> Remark:
    return Remark(event.body["nl"], event.body["en"], event.when, event.source)


def _site(site: dict[str, Any]) -> Site:
    return Site(
        name=site["name"],
        municipality=site["municipality"],
        ets_ids=tuple(site.get("ets_ids", ())),
        joint_permit=site.get("joint_permit"),
    )


def _amount(value: Any) -> float | Span | None:
    if isinstance(value, dict):
        return Span(low=value["low"], high=value["high"])
    return value  # type: ignore[no-any-return]  # a number or null, as YAML read it


def _words(text: dict[str, Any]) -> Text:
    return Text(nl=text["nl"], en=text["en"])


def _last(items: Iterable[Item]) -> Item | None:
    found = list(items)
    return found[-1] if found else None


def _plain(value: Any) -> Any:
    """A value as JSON knows it: records and mappings as objects, tuples as lists."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
