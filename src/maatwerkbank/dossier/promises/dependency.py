# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What outside the agreement must be there first, and what is known of it?

Takes     facts on grids, pipes, permits and aid: operator, capacity, status, contract, steps.
Gives     frozen values, words for each kind, and findings on what cannot be so.
Leaves    when they are expected to `timeline`, what hangs on them to `network`.

Legal terms of permit steps are absent: no source that we could read gives them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.timeline import Milestone
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

Topic = Literal["infrastructure", "permits", "finance_and_aid"]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is waited for; `topic` is the parallel track on which it runs."""

    label: Text
    topic: Topic


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "grid": Kind(Text(nl="netaansluiting", en="grid connection"), "infrastructure"),
        "h2": Kind(Text(nl="waterstof", en="hydrogen"), "infrastructure"),
        "co2_pipe": Kind(Text(nl="CO2-leiding", en="CO2 pipeline"), "infrastructure"),
        "co2_ship": Kind(Text(nl="CO2 per schip", en="CO2 by ship"), "infrastructure"),
        "steam": Kind(Text(nl="stoom", en="steam"), "infrastructure"),
        "biomethane": Kind(Text(nl="groen gas", en="biomethane"), "infrastructure"),
        "nature_permit": Kind(Text(nl="natuurvergunning", en="nature permit"), "permits"),
        "environmental_permit": Kind(
            Text(nl="omgevingsvergunning", en="environmental permit"), "permits"
        ),
        "eia": Kind(
            Text(nl="milieueffectrapport", en="environmental impact assessment"), "permits"
        ),
        "mining_permit": Kind(Text(nl="mijnbouwvergunning", en="mining permit"), "permits"),
        "water": Kind(Text(nl="watervergunning", en="water permit"), "permits"),
        "spatial": Kind(Text(nl="ruimtelijk besluit", en="spatial decision"), "permits"),
        "state_aid": Kind(Text(nl="staatssteun", en="State aid"), "finance_and_aid"),
        "generic_subsidy": Kind(
            Text(nl="generieke subsidie", en="generic subsidy"), "finance_and_aid"
        ),
    }
)
CONTRACTS: Mapping[str, Text] = MappingProxyType(
    {
        "none": Text(nl="geen contract", en="no contract"),
        "loi": Text(nl="intentieverklaring", en="letter of intent"),
        "reserved": Text(nl="gereserveerd", en="reserved"),
        "firm": Text(nl="vast contract", en="firm contract"),
    }
)
# How likely it is that it is there on the planned date. [1]
BANDS: Mapping[str, tuple[float, float, Text]] = MappingProxyType(
    {
        "very_unlikely": (0.0, 0.1, Text(nl="zeer onwaarschijnlijk", en="very unlikely")),
        "unlikely": (0.1, 0.33, Text(nl="onwaarschijnlijk", en="unlikely")),
        "even": (0.33, 0.66, Text(nl="even waarschijnlijk als niet", en="as likely as not")),
        "likely": (0.66, 0.9, Text(nl="waarschijnlijk", en="likely")),
        "very_likely": (0.9, 1.0, Text(nl="zeer waarschijnlijk", en="very likely")),
    }
)
STEPS: Mapping[str, Text] = MappingProxyType(
    {
        "application": Text(nl="aanvraag", en="application"),
        "draft": Text(nl="ontwerpbesluit", en="draft decision"),
        "views": Text(nl="ter inzage", en="views invited"),
        "decision": Text(nl="besluit", en="decision"),
        "appeal": Text(nl="beroep", en="appeal"),
        "final": Text(nl="onherroepelijk", en="final"),
    }
)
NETTING: Mapping[str, Text] = MappingProxyType(
    {
        "none": Text(nl="niet salderen", en="no netting"),
        "internal": Text(nl="intern salderen", en="internal netting"),
        "external": Text(nl="extern salderen", en="external netting"),
        "unknown": Text(nl="nog niet bekend", en="not known yet"),
    }
)
PERMITS = tuple(name for name, kind in KINDS.items() if kind.topic == "permits")


@dataclass(frozen=True)
class Nitrogen:
    """The nitrogen route of a permit; what is not known yet is empty or None."""

    reference: str = ""
    netting: str = ""
    deposition_mol_per_ha: float | None = None  # [mol/ha/year]
    risk: str = ""


@dataclass(frozen=True)
class PermitStep:
    """A step of a procedure; legal terms are absent until a source gives them."""

    step: str
    planned: date | None = None
    actual: date | None = None


@dataclass(frozen=True)
class Dependency:
    """One thing that is waited for. Absent is absent: None or empty, never a guess."""

    id: str
    kind: str
    dates: Milestone
    operator: str = ""
    location: str = ""
    capacity: float | None = None
    capacity_unit: str = ""
    miek_number: str = ""
    miek_status: str = ""
    ces_edition: str = ""
    contract: str = ""
    band: str = ""
    fallback: str = ""
    public_cost_eur: float | None = None
    steps: tuple[PermitStep, ...] = ()
    nitrogen: Nitrogen | None = None


def lacks_of(dependency: Dependency) -> tuple[Finding, ...]:
    """What cannot be so: an unknown word, a capacity without unit, steps out of order."""
    found = [
        _finding(place, ", ".join(known), value)
        for place, value, known in (
            ("kind", dependency.kind, KINDS),
            ("contract", dependency.contract, CONTRACTS),
            ("band", dependency.band, BANDS),
        )
        if value not in known and (value or place == "kind")
    ]
    found += [
        _finding(name, _NOT_NEGATIVE, str(value))
        for name, value in (
            ("capacity", dependency.capacity),
            ("public_cost_eur", dependency.public_cost_eur),
        )
        if value is not None and value < 0
    ]
    if dependency.capacity is not None and not dependency.capacity_unit:
        found.append(_finding("capacity_unit", _A_UNIT, ""))
    if dependency.nitrogen and dependency.nitrogen.netting not in {"", *NETTING}:
        found.append(_finding("netting", ", ".join(NETTING), dependency.nitrogen.netting))
    if dependency.kind in KINDS and dependency.steps and dependency.kind not in PERMITS:
        found.append(_finding("steps", _ONLY_PERMITS, dependency.kind))
    return (*found, *_steps(dependency.steps))


def _steps(steps: tuple[PermitStep, ...]) -> list[Finding]:
    """Steps come once each, and a later step does not come about before an earlier one."""
    found: list[Finding] = []
    order = list(STEPS)
    for number, step in enumerate(steps):
        place = f"steps[{number}]"
        if step.step not in STEPS:
            found.append(_finding(place, ", ".join(STEPS), step.step))
            continue
        for other in steps[:number]:
            if other.step == step.step:
                found.append(_finding(place, _ONCE, step.step))
            elif other.step in STEPS and other.actual and step.actual:
                first, then = sorted((other, step), key=lambda each: order.index(each.step))
                if (first.actual or date.max) > (then.actual or date.min):
                    found.append(_finding(place, _IN_ORDER, step.step))
    return found


_NOT_NEGATIVE = Text(nl="nul of meer", en="nought or more")
_A_UNIT = Text(nl="een eenheid bij de capaciteit", en="a unit with the capacity")
_ONLY_PERMITS = Text(nl="stappen alleen bij een vergunning", en="steps with a permit only")
_ONCE = Text(nl="elke stap één keer", en="each step once")
_IN_ORDER = Text(nl="stappen in hun volgorde", en="steps in their order")
_COMPLETE = Text(nl="vul dit aan", en="complete this")


def _finding(place: str, expected: Text | str, found: str) -> Finding:
    nothing = Text(nl="niets", en="nothing")
    return Finding("error", "dependency", place, expected, found or nothing, _COMPLETE)
