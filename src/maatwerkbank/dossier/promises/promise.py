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
from maatwerkbank.ground.language import Text

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
        return Standing("kept", _kept(dates))
    if dates.actual is not None:
        return Standing("at_risk", _without_proof(dates.actual))
    if dates.planned is None:
        return Standing("open", _NO_DATE)
    if dates.planned < on:
        return Standing("broken", _passed(dates))
    if dates.forecast is not None and dates.forecast.date > dates.planned:
        return Standing("at_risk", _forecast_later(dates.planned, dates.forecast.date))
    late = [each for each in waits_for if each.expected and each.expected > dates.planned]
    if late:
        last = max(late, key=lambda each: (each.expected or on, each.label.en))
        return Standing("at_risk", _waits_for_late(dates.planned, last))
    return Standing("open", _on_time(dates.planned))


_NO_DATE = Text(nl="Er is geen datum afgesproken.", en="No date was agreed.")


def _waived(waiver: Waiver) -> Text:
    on = waiver.on.isoformat()
    return Text(
        nl=f"Op {on} kwijtgescholden door {waiver.by}: {waiver.because}",
        en=f"Waived on {on} by {waiver.by}: {waiver.because}",
    )


def _kept(dates: Milestone) -> Text:
    on = f"{dates.actual}"
    late = dates.slip_days or 0
    if late > 0:
        return Text(
            nl=f"Nagekomen op {on}, {late} {'dag' if late == 1 else 'dagen'} te laat.",
            en=f"Kept on {on}, {late} {'day' if late == 1 else 'days'} late.",
        )
    return Text(nl=f"Nagekomen op {on}.", en=f"Kept on {on}.")


def _without_proof(actual: date) -> Text:
    return Text(
        nl=f"Gemeld als nagekomen op {actual}, maar er is nog geen bewijs.",
        en=f"Said to be kept on {actual}, but there is no evidence yet.",
    )


def _passed(dates: Milestone) -> Text:
    expected = dates.forecast.date if dates.forecast else None
    if expected and expected > (dates.planned or expected):
        return Text(
            nl=f"De datum {dates.planned} is verstreken. Nu verwacht op {expected}.",
            en=f"The date {dates.planned} has passed. Now expected on {expected}.",
        )
    return Text(
        nl=f"De datum {dates.planned} is verstreken.", en=f"The date {dates.planned} has passed."
    )


def _forecast_later(planned: date, expected: date) -> Text:
    return Text(
        nl=f"Afgesproken voor {planned}, nu verwacht op {expected}.",
        en=f"Agreed for {planned}, now expected on {expected}.",
    )


def _waits_for_late(planned: date, last: AwaitedFor) -> Text:
    return Text(
        nl=f"Afgesproken voor {planned}, maar wacht op “{last.label.nl}”: kan daardoor pas op "
        f"{last.expected}.",
        en=f"Agreed for {planned}, but waits for “{last.label.en}”: not before {last.expected}.",
    )


def _on_time(planned: date) -> Text:
    return Text(
        nl=f"Afgesproken voor {planned}; niets wijst op uitloop.",
        en=f"Agreed for {planned}; nothing points to a slip.",
    )
