# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who are the largest industrial emitters, and does the extra potential outweigh the effort?

Takes     the shipped figures of the EU ETS, the public register on a date, points of complexity.
Gives     the ranking, what a gate may rest on, and per firm an advice with its reasons.
Leaves    the decision. No advice here admits or refuses a firm, and none is stored as one.

The letter says: large, complex, and potential that outweighs the effort; for most of cluster 6 the
cluster 6 action plan. It gives no numbers. Ours stand here in plain sight: 100 000 tonnes a year,
the least that the electrification scheme asked for, and two points of complexity.

Source    Kamerbrief 30 juni 2025, Doelgroep; tctf-nl-2024-07-26.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

import yaml

from maatwerkbank.dossier.checks import LARGEST
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import (
    PORTFOLIO,
    Ambition,
    CompanyState,
    Span,
    register,
)
from maatwerkbank.sources import source

LARGE_POTENTIAL_T = 100_000.0
COMPLEX_POINTS = 2
CLUSTER_6 = "cluster 6"
ENERGY = "35"  # NACE: power, heat and steam of others stand outside the ranking


@dataclass(frozen=True)
class Installation:
    """One installation of an emitter; `counted` in the ranking unless it makes power or heat."""

    id: str
    name: str
    emission_t: float | None
    counted: bool


@dataclass(frozen=True)
class Emitter:
    """A firm, or a joint permit of several, with its place among the largest.

    `emission_t` [t/year] is the sum of what is counted and known; `incomplete` where a figure is
    absent, so that it is at least this. `firms` are the ids in the register that it stands for.
    """

    id: str
    name: str
    rank: int
    emission_t: float
    year: int
    incomplete: bool
    cluster: str | None
    installations: tuple[Installation, ...]
    firms: tuple[str, ...]
    joint_permit: bool
    source: str

    @property
    def cluster_6(self) -> bool:
        """Whether it lies outside the five regional clusters."""
        return self.cluster == CLUSTER_6


def largest_emitters(as_of: date, count: int | None = LARGEST) -> tuple[Emitter, ...]:
    """The largest industrial emitters as the figures known on `as_of` rank them.

    Empty before the first figures were public. `count` None gives all that are known.
    """
    if last_day(str(_table()["known_from"])) > as_of:
        return ()
    found = sorted(_unranked(as_of), key=lambda each: (-each["emission_t"], each["id"]))
    return tuple(Emitter(rank=n, **each) for n, each in enumerate(found[:count], start=1))


def standing(firm: str, as_of: date) -> dict[str, Any]:
    """What a gate may rest on: the `register` of `Evidence`, for a firm of the public register."""
    emitter = next(
        (each for each in largest_emitters(as_of, None) if firm in (each.id, *each.firms)), None
    )
    company = _companies(as_of).get(firm)
    admitted = _table()["admitted"].get(firm)
    return {
        "rank": emitter.rank if emitter else None,
        "emission_t": emitter.emission_t if emitter and not emitter.joint_permit else None,
        "emission_year": emitter.year if emitter else None,
        "joint_permit": emitter.name if emitter and emitter.joint_permit else None,
        "cluster_6": (company.cluster if company else emitter.cluster if emitter else None)
        == CLUSTER_6,
        "admitted": {"nl": admitted["nl"], "en": admitted["en"]}
        if admitted and admitted["from"] <= as_of
        else None,
        "source": emitter.source if emitter else admitted["source"] if admitted else None,
    }


# ── potential against effort ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Potential:
    """What a firm says it can cut. `gross` is an upper bound of what is extra.

    `low`, `high` [t/year]: None where only a share of a base year is known, or nothing.
    """

    kind: Literal["additional", "gross"]
    low: float | None
    high: float | None
    source: str | None


@dataclass(frozen=True)
class Point:
    """One thing that makes a case complex, and the source that shows it."""

    id: str
    label: Text
    source: str


Outcome = Literal["in", "in_if_additional", "cluster_6_plan", "not", "open"]
OUTCOMES: Mapping[Outcome, Text] = MappingProxyType(
    {
        "in": Text(nl="Past bij maatwerk", en="Fits the tailor-made approach"),
        "in_if_additional": Text(
            nl="Past bij maatwerk als genoeg ervan additioneel is",
            en="Fits the tailor-made approach if enough of it is additional",
        ),
        "cluster_6_plan": Text(nl="Cluster 6 actieplan", en="Cluster 6 action plan"),
        "not": Text(nl="Generieke instrumenten", en="Generic instruments"),
        "open": Text(nl="Nog niet te wegen", en="Cannot be weighed yet"),
    }
)


@dataclass(frozen=True)
class Weighing:
    """Potential against effort for one firm: an advice with its reasons, never a decision."""

    firm: str
    name: str
    rank: int | None
    emission_t: float | None
    cluster_6: bool
    stage: str | None
    potential: Potential | None
    points: tuple[Point, ...]
    outcome: Outcome
    because: Text


def weigh(
    potential: Potential | None,
    points: Iterable[Point],
    *,
    cluster_6: bool,
    every_point_judged: bool = False,
) -> tuple[Outcome, Text]:
    """Does the potential outweigh the effort?

    Parameters
    ----------
    every_point_judged : whether a point that is not among `points` was looked at and found absent;
        public sources are silent about most

    >>> small = Potential("gross", 4e4, 6e4, None)
    >>> weigh(small, (), cluster_6=True)[0], weigh(small, (), cluster_6=False)[0]
    ('cluster_6_plan', 'not')
    """
    complexity = len(tuple(points))
    if potential is None or potential.low is None or potential.high is None:
        return "open", _NO_TONNES
    if potential.low < LARGE_POTENTIAL_T <= potential.high:
        return "open", _around(potential)
    told = _told(potential, complexity)
    elsewhere: Outcome = "cluster_6_plan" if cluster_6 else "not"
    if potential.low < LARGE_POTENTIAL_T:
        return elsewhere, told
    if complexity >= COMPLEX_POINTS:
        return ("in" if potential.kind == "additional" else "in_if_additional"), told
    return (elsewhere if every_point_judged else "open"), told


def weighings(as_of: date) -> tuple[Weighing, ...]:
    """Every firm that is among the largest or in the register, by rank, then by name.

    Firms under a joint permit stand each on their own line, without its tonnes.
    """
    companies = _companies(as_of)
    emitters = largest_emitters(as_of)
    found = [
        _weighing(firm, emitter, companies.get(firm))
        for emitter in emitters
        for firm in (emitter.firms or (emitter.id,))
    ]
    ranked = {each.firm for each in found}
    found += [
        _weighing(firm, None, company)
        for firm, company in sorted(companies.items())
        if firm not in ranked
    ]
    return tuple(found)


def _weighing(firm: str, emitter: Emitter | None, company: CompanyState | None) -> Weighing:
    cluster = company.cluster if company else emitter.cluster if emitter else None
    potential = _potential(company) if company else None
    points = _points(firm)
    outcome, because = weigh(potential, points, cluster_6=cluster == CLUSTER_6)
    return Weighing(
        firm=firm,
        name=company.name if company else emitter.name if emitter else firm,
        rank=emitter.rank if emitter else None,
        emission_t=emitter.emission_t if emitter and not emitter.joint_permit else None,
        cluster_6=cluster == CLUSTER_6,
        stage=str(company.stage) if company else None,
        potential=potential,
        points=points,
        outcome=outcome,
        because=because,
    )


def _potential(company: CompanyState) -> Potential | None:
    """The last ambition for CO2: its additional part where one is stated, else its gross part."""
    co2 = [each for each in company.ambitions if each.quantity == "co2"]
    if not co2:
        return None
    last = co2[-1]
    if last.additional is not None:
        return _amount("additional", last.additional, last)
    return _amount("gross", last.gross, last)


def _amount(
    kind: Literal["additional", "gross"], amount: float | Span | None, ambition: Ambition
) -> Potential:
    if amount is None or ambition.unit != "t/year":
        return Potential(kind, None, None, ambition.source)
    low, high = (amount.low, amount.high) if isinstance(amount, Span) else (amount, amount)
    return Potential(kind, low, high, ambition.source)


_NO_TONNES = Text(
    nl="De reductie in tonnen is niet openbaar; vraag het bedrijf om een plan.",
    en="The reduction in tonnes is not public; ask the company for a plan.",
)
_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "additional": Text(nl="additionele", en="additional"),
        "gross": Text(nl="bruto", en="gross"),
    }
)
_ONLY_GROSS = Text(
    nl=" Welk deel additioneel is, zeggen openbare bronnen niet.",
    en=" Public sources do not say which part is additional.",
)


def _told(potential: Potential, complexity: int) -> Text:
    kind = _KINDS[potential.kind]
    large = (potential.low or 0.0) >= LARGE_POTENTIAL_T
    more = Text(nl="", en="") if potential.kind == "additional" else _ONLY_GROSS
    return Text(
        nl=f"De {kind.nl} reductie is {'ten minste' if large else 'minder dan'} 100.000 ton per "
        f"jaar; {complexity} van ten minste {COMPLEX_POINTS} punten van complexiteit bekend."
        + more.nl,
        en=f"The {kind.en} reduction is {'at least' if large else 'less than'} 100,000 t a year; "
        f"{complexity} of at least {COMPLEX_POINTS} points of complexity known." + more.en,
    )


def _around(potential: Potential) -> Text:
    kind = _KINDS[potential.kind]
    return Text(
        nl=f"De {kind.nl} reductie ligt deels onder en deels boven 100.000 ton per jaar.",
        en=f"The {kind.en} reduction lies partly below and partly above 100,000 t a year.",
    )


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def _points(firm: str) -> tuple[Point, ...]:
    said = _table()["points"]
    return tuple(
        Point(
            each["point"],
            Text(nl=said[each["point"]]["nl"], en=said[each["point"]]["en"]),
            source(each["source"]).identity,
        )
        for each in _table()["complex"].get(firm, ())
    )


def _unranked(as_of: date) -> list[dict[str, Any]]:
    """All emitters with a known figure, as the fields of `Emitter` but for the rank."""
    companies = _companies(as_of)
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in _shipped()["installations"]:
        groups.setdefault(row.get("firm") or row["id"], []).append(row)
    known = [
        _emitter(
            identity,
            companies[identity].name if identity in companies else rows[0]["name"],
            companies[identity].cluster if identity in companies else None,
            tuple(_installation(row) for row in rows),
            tuple(rows[0].get("firms", ())),
            joint_permit=bool(rows[0].get("joint_permit")),
        )
        for identity, rows in groups.items()
    ]
    others = [
        _emitter(
            each["id"],
            each["name"],
            each["cluster"],
            tuple(
                Installation(row["id"], row["name"], row["t"], counted=True)
                for row in each["installations"]
            ),
            (),
            joint_permit=False,
        )
        for each in _table()["emitters"]
    ]
    return [each for each in known + others if each["emission_t"] > 0.0]


def _emitter(
    identity: str,
    name: str,
    cluster: str | None,
    installations: tuple[Installation, ...],
    firms: tuple[str, ...],
    *,
    joint_permit: bool,
) -> dict[str, Any]:
    counted = [each for each in installations if each.counted]
    return {
        "id": identity,
        "name": name,
        "emission_t": float(sum(each.emission_t or 0.0 for each in counted)),
        "year": _table()["year"],
        "incomplete": any(each.emission_t is None for each in counted),
        "cluster": cluster,
        "installations": installations,
        "firms": firms,
        "joint_permit": joint_permit,
        "source": source(_table()["source"]).identity,
    }


def _installation(row: Mapping[str, Any]) -> Installation:
    year = _table()["year"]
    verified = {each["year"]: each["t"] for each in row["verified"]}
    counted = not str(row["nace"] or "").startswith(ENERGY)
    return Installation(row["id"], row["name"], verified.get(year), counted)


def _companies(as_of: date) -> dict[str, CompanyState]:
    return {company.id: company for company in register(as_of)}


@cache
def _table() -> dict[str, Any]:
    return _read("maatwerkbank.dossier", "target_group.yaml")


@cache
def _shipped() -> dict[str, Any]:
    return _read("maatwerkbank.portfolio", f"{PORTFOLIO}/installations.yaml")


def _read(package: str, path: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(
        (files(package) / path).read_text("utf-8"), yaml.CSafeLoader
    )
    return content
