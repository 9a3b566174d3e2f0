# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may go wrong, who deals with it, and does that agree with what the plan declares?

Takes     entries of the register, and the uncertainties that a case file declares.
Gives     findings, all at once: an entry that names no declared uncertainty, a declared one that
          has no entry, a likelihood that the declared distribution contradicts.
Leaves    drawing to `risk`; what a risk costs to a run.

A delay happens when it counts in a run: half a year or more (`plant.uncertainty`). A figure that
may turn out otherwise is no event, so its likelihood is not held against a distribution.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from maatwerkbank.dossier.promises.dependency import BANDS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.plant.uncertainty import Uncertainties
from maatwerkbank.risk.distributions import quantile

COUNTS_FROM_YEARS = 0.5
QUANTILES = 4096
ROUNDING = 1e-3  # of a share that is counted on so many quantiles
# The field of an entry that a finding is about.
FIELDS = MappingProxyType(
    {"risk.not-declared": "uncertainties", "risk.other-likelihood": "before_likelihood"}
)

IMPACTS: Mapping[str, Text] = MappingProxyType(
    {
        "small": Text(nl="klein", en="small"),
        "moderate": Text(nl="matig", en="moderate"),
        "large": Text(nl="groot", en="large"),
        "critical": Text(nl="kritiek", en="critical"),
    }
)


@dataclass(frozen=True)
class Weight:
    """How likely (a key of `BANDS`) and how heavy (a key of `IMPACTS`)."""

    likelihood: str
    impact: str


@dataclass(frozen=True)
class Risk:
    """One entry: what may happen and why, who deals with it, before and after what is done.

    `after_own` is what is left once the company has done what it can by itself; `after_all` once
    the State helps as well. Each is None as long as nobody judged it.
    """

    id: str
    cause: str
    event: str
    effect: str
    owner: str
    before: Weight
    mitigation: str = ""
    after_own: Weight | None = None
    state_support: str = ""
    after_all: Weight | None = None
    uncertainties: tuple[str, ...] = ()


def contradictions(
    register: Iterable[Risk], uncertainties: Uncertainties | None
) -> tuple[Finding, ...]:
    """Where register and plan say different things; nothing where no plan is given."""
    if uncertainties is None:
        return ()
    declared = probabilities(uncertainties)
    entries = sorted(register, key=lambda each: each.id)
    found = [each for entry in entries for each in _of_one(entry, declared)]
    named = {name for entry in entries for name in entry.uncertainties}
    found += [_no_entry(name) for name in declared if name not in named]
    return tuple(found)


def contradictions_of(entry: Risk, uncertainties: Uncertainties | None) -> tuple[Finding, ...]:
    """Where one entry says something else than the plan; its place is a field of the entry."""
    if uncertainties is None:
        return ()
    return tuple(
        replace(each, place=FIELDS[each.code])
        for each in _of_one(entry, probabilities(uncertainties))
    )


def _of_one(entry: Risk, declared: Mapping[str, float | None]) -> list[Finding]:
    found: list[Finding] = []
    for name in entry.uncertainties:
        if name not in declared:
            found.append(_not_declared(entry, name, tuple(declared)))
            continue
        chance = declared[name]
        low, high, label = BANDS[entry.before.likelihood]
        if chance is not None and not low - ROUNDING <= chance <= high + ROUNDING:
            found.append(_other_band(entry, name, chance, label))
    return found


def probabilities(uncertainties: Uncertainties) -> Mapping[str, float | None]:
    """Per declared uncertainty how likely it is to happen; None where it is no event. [1]"""
    declared: dict[str, float | None] = dict.fromkeys(each.id for each in uncertainties.figures)
    middles = (np.arange(QUANTILES) + 0.5) / QUANTILES
    for delay in uncertainties.delays:
        years = quantile(delay.drawn_from, middles)
        declared[delay.id] = float((years >= COUNTS_FROM_YEARS).mean())
    for policy in uncertainties.policy:
        declared[policy.variant] = policy.probability
    return declared


def heavier(one: Weight, other: Weight) -> bool:
    """Whether one weighs more than another in likelihood or in impact."""
    bands, impacts = list(BANDS), list(IMPACTS)
    return bands.index(one.likelihood) > bands.index(other.likelihood) or impacts.index(
        one.impact
    ) > impacts.index(other.impact)


def lacks_of(risk: Risk) -> tuple[Finding, ...]:
    """What cannot be so in one entry: words that are missing or unknown, a cure that harms."""
    found = [
        _finding(place, _SOME_WORDS, "")
        for place in ("cause", "event", "effect", "owner")
        if not getattr(risk, place).strip()
    ]
    weights = {"before": risk.before, "after_own": risk.after_own, "after_all": risk.after_all}
    for place, weight in weights.items():
        if weight is None:
            continue
        if weight.likelihood not in BANDS:
            found.append(_finding(f"{place}_likelihood", ", ".join(BANDS), weight.likelihood))
        if weight.impact not in IMPACTS:
            found.append(_finding(f"{place}_impact", ", ".join(IMPACTS), weight.impact))
    if not found:
        found += [
            _finding(f"{place}_likelihood", _NOT_HEAVIER, "")
            for place, weight in weights.items()
            if weight is not None and heavier(weight, risk.before)
        ]
    return tuple(found)


_SOME_WORDS = Text(nl="een paar woorden", en="a few words")
_NOT_HEAVIER = Text(
    nl="niet zwaarder dan vóór de maatregelen", en="no heavier than before what is done"
)
_COMPLETE = Text(nl="vul dit aan", en="complete this")
_AGREE = Text(
    nl="pas het risico aan, of vraag het bedrijf het plan aan te passen",
    en="change the risk, or ask the company to change the plan",
)
_NOTHING = Text(nl="niets", en="nothing")


def _finding(place: str, expected: Text | str, found: str) -> Finding:
    return Finding("error", "risk", place, expected, found or _NOTHING, _COMPLETE)


def _not_declared(entry: Risk, name: str, declared: tuple[str, ...]) -> Finding:
    known = ", ".join(declared)
    expected = Text(
        nl=f"een onzekerheid uit het plan ({known or 'het plan noemt er geen'})",
        en=f"an uncertainty of the plan ({known or 'the plan names none'})",
    )
    return Finding("error", "risk.not-declared", entry.event, expected, name, _AGREE)


def _no_entry(name: str) -> Finding:
    expected = Text(nl="een risico in het register", en="a risk in the register")
    return Finding("warning", "risk.no-entry", name, expected, _NOTHING, _AGREE)


def _other_band(entry: Risk, name: str, chance: float, label: Text) -> Finding:
    per_cent = f"{100 * chance:.0f}%"
    return Finding(
        "error",
        "risk.other-likelihood",
        entry.event,
        Text(
            nl=f"de kans die het plan geeft: {per_cent}", en=f"the chance in the plan: {per_cent}"
        ),
        Text(nl=f"{label.nl} ({name})", en=f"{label.en} ({name})"),
        _AGREE,
    )
