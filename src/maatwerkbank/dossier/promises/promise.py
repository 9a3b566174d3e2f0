# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What did whom promise to whom, by when, and how does that promise stand on a given day?

Takes     a promise: parties, clause, a measure or a deed, dates, evidence, waiver.
Gives     its state, judged from those and never typed in, with the reason in words.
Leaves    what a promise waits for to `network`; who may waive one to `web`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.timeline import Milestone
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.sources.citation import MONTHS

Side = Literal["state", "company", "third"]
State = Literal["open", "at_risk", "kept", "broken", "waived"]

SIDES: Mapping[str, Text] = MappingProxyType(
    {
        "state": Text(nl="Staat", en="State"),
        "company": Text(nl="bedrijf", en="company"),
        "third": Text(nl="derde", en="third party"),
    }
)
STATES: Mapping[str, Text] = MappingProxyType(
    {
        "open": Text(nl="open", en="open"),
        "at_risk": Text(nl="in gevaar", en="at risk"),
        "kept": Text(nl="nagekomen", en="kept"),
        "broken": Text(nl="geschonden", en="broken"),
        "waived": Text(nl="kwijtgescholden", en="waived"),
    }
)


@dataclass(frozen=True)
class Party:
    """Who promises, or to whom."""

    name: str
    side: Side


@dataclass(frozen=True)
class Measure:
    """A quantity that is promised. Gross and additional are two kinds and never one figure."""

    quantity: str
    low: float | None
    high: float | None
    unit: str
    boundary: Text
    base_year: int | None = None
    kind: Literal["gross", "additional", ""] = ""


@dataclass(frozen=True)
class Act:
    """Something that is to be done, in words."""

    words: Text


@dataclass(frozen=True)
class Proof:
    """What shows that a promise was kept: words, and the paper that they rest on, if any."""

    words: str
    on: date
    document: str = ""


@dataclass(frozen=True)
class Waiver:
    """Who let go of a promise, when and why."""

    on: date
    by: str
    because: str


@dataclass(frozen=True)
class Promise:
    """One promise; `dates` holds what was planned, every forecast, and when it came about."""

    id: str
    by: Party
    to: Party
    what: Measure | Act
    dates: Milestone
    clause: str = ""
    condition: str = ""
    proofs: tuple[Proof, ...] = ()
    waiver: Waiver | None = None


@dataclass(frozen=True)
class AwaitedFor:
    """Something that a promise waits for, and when it is expected to be able to begin by it."""

    label: Text
    expected: date | None


@dataclass(frozen=True)
class Standing:
    """The state of a promise on a day, and why."""

    state: State
    because: Text


def standing(promise: Promise, on: date, waits_for: Sequence[AwaitedFor] = ()) -> Standing:
    """How a promise stands.

    A waiver goes before all; then what came about with proof; then a due date that passed; then a
    forecast, or something it waits for, that is later than the due date.

    Parameters
    ----------
    waits_for : what must be there first, each with the day from which this promise can be kept
    """
    dates = promise.dates
    if promise.waiver is not None:
        return Standing("waived", _waived(promise.waiver))
    if dates.actual is not None and promise.proofs:
        return Standing("kept", _kept(dates, dates.actual))
    if dates.actual is not None:
        return Standing("at_risk", _without_proof(dates.actual))
    if dates.planned is None:
        return Standing("open", _NO_DATE)
    if dates.planned < on:
        said = dates.forecast.date if dates.forecast else None
        return Standing("broken", _passed(dates.planned, said))
    if dates.forecast is not None and dates.forecast.date > dates.planned:
        return Standing("at_risk", _forecast_later(dates.planned, dates.forecast.date))
    late = [
        (each.expected, each.label)
        for each in waits_for
        if each.expected and each.expected > dates.planned
    ]
    if late:
        expected, label = max(late, key=lambda each: (each[0], each[1].en))
        return Standing("at_risk", _waits_for_late(dates.planned, expected, label))
    return Standing("open", _on_time(dates.planned))


_NO_DATE = Text(nl="Er is geen datum afgesproken.", en="No date was agreed.")


def day(on: date, language: Language) -> str:
    """A day in words.

    >>> day(date(2030, 7, 1), "nl")
    '1 juli 2030'
    """
    return f"{on.day} {MONTHS[language][on.month - 1]} {on.year}"


def _told(nl: str, en: str, **days: date) -> Text:
    """A sentence with days in it, each as its language writes it."""
    return Text(
        nl=nl.format(**{name: day(on, "nl") for name, on in days.items()}),
        en=en.format(**{name: day(on, "en") for name, on in days.items()}),
    )


def _waived(waiver: Waiver) -> Text:
    told = _told("Kwijtgescholden op {on} door ", "Waived on {on} by ", on=waiver.on)
    return Text(
        nl=f"{told.nl}{waiver.by}: {waiver.because}", en=f"{told.en}{waiver.by}: {waiver.because}"
    )


def _kept(dates: Milestone, on: date) -> Text:
    late = dates.slip_days or 0
    if late > 0:
        return _told(
            f"Nagekomen op {{on}}, {late} {'dag' if late == 1 else 'dagen'} te laat.",
            f"Kept on {{on}}, {late} {'day' if late == 1 else 'days'} late.",
            on=on,
        )
    return _told("Nagekomen op {on}.", "Kept on {on}.", on=on)


def _without_proof(actual: date) -> Text:
    return _told(
        "Gemeld als nagekomen op {on}, maar er is nog geen bewijs.",
        "Said to be kept on {on}, but there is no evidence yet.",
        on=actual,
    )


def _passed(planned: date, expected: date | None) -> Text:
    if expected and expected > planned:
        return _told(
            "De datum {on} is verstreken. Nu verwacht op {later}.",
            "The date {on} has passed. Now expected on {later}.",
            on=planned,
            later=expected,
        )
    return _told("De datum {on} is verstreken.", "The date {on} has passed.", on=planned)


def _forecast_later(planned: date, expected: date) -> Text:
    return _told(
        "Afgesproken voor {on}, nu verwacht op {later}.",
        "Agreed for {on}, now expected on {later}.",
        on=planned,
        later=expected,
    )


def _waits_for_late(planned: date, expected: date, label: Text) -> Text:
    begin = _told(
        "Afgesproken voor {on}, maar wacht op ", "Agreed for {on}, but waits for ", on=planned
    )
    end = _told("kan daardoor pas op {on}.", "not before {on}.", on=expected)
    return Text(nl=f"{begin.nl}“{label.nl}”: {end.nl}", en=f"{begin.en}“{label.en}”: {end.en}")


def _on_time(planned: date) -> Text:
    return _told(
        "Afgesproken voor {on}; niets wijst op uitloop.",
        "Agreed for {on}; nothing points to a slip.",
        on=planned,
    )
