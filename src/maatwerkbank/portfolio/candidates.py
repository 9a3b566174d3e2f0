# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which options does a choice have: each case with its start years, what it saves, asks and costs?

Takes     cases, a law, draws; how many years later a case may start.
Gives     drafts of options by calendar year; what cannot be offered, with the figures that lack.
Leaves    options that a user hands in to `candidates_file`, putting the question to `question`.

An option is a case with its projects as planned, or so many years later (`risk.plain.late`), valued
in the same draws.  Public money is what was awarded, in the years in which it is paid, and what is
then still needed: the mean over all draws of max(0, -NPV), as a grant that is paid as the
investment is made.  That is the mean cost of a contract which pays just what a draw is short of; a
sum that is fixed beforehand costs something else.  Which grant is worth the shortfall to the plan,
after tax and later payment, is found with our own plain sum at the centre of the ranges.

Absent is not zero: without a value in each draw there is no option, and the reason is given.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.economics.business_case import TARGET_YEAR, Outcome, evaluate
from maatwerkbank.economics.cash_flow import Support, awarded
from maatwerkbank.economics.frame import frame_of
from maatwerkbank.economics.lacks import ASK_SPLIT, NO_SPLIT, only_a_range, undefined
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.plant.case import Case, Measure
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.plant.figure_places import absent_figures, place_text
from maatwerkbank.plant.quantities import CENTRE, Years
from maatwerkbank.portfolio.choice.terms import Track
from maatwerkbank.portfolio.infrastructure import shared_infrastructure
from maatwerkbank.portfolio.register import Stage, register
from maatwerkbank.risk.plain import late
from maatwerkbank.risk.simulation import Draws, Simulation, simulate
from maatwerkbank.support.needed import least

Floats = NDArray[np.float64]
ByYear = Mapping[int, float]
Counts = Literal["2030", "all_years"]
Tell = Callable[[str], None]

# Which outcome of a simulation counts as the tonnes of an option.
TONNES: dict[Counts, str] = {"2030": "additional_2030_t", "all_years": "additional_discounted_t"}
BESIDE = ("additional_2030_t", "additional_2030_frozen_path_t")
VALUE = "npv_eur"
LATER = 3
TO_A_EURO = 1.0
_LAW = "law"
_HOURS_A_YEAR = 8760.0
_KG = 1000.0  # in a tonne
_STORAGE_PRICE = "co2_transport_storage_"
POWER_GRID, HYDROGEN_NETWORK = "power-grid", "hydrogen-network"


# ── what an option is made of ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Origin:
    """Where the figures of an option come from: a case under a law, or a source in a file."""

    kind: Literal["case", "file"]
    source: str | None = None
    place: str | None = None
    seen: str | None = None


@dataclass(frozen=True, eq=False)
class Draft:
    """An option by calendar year, before it is known which years the choice has.

    additional_t (draw,) [t]; money_eur, staff_fte and each of `uses` by year; a staff of None is
    not known.  co_benefits a year, a co-benefit that is not stated left out.  `beside` holds the
    expected tonnes of other counts, None where they cannot be given.
    """

    id: str
    case: str
    name: Text
    start_year: int
    track: Track
    origin: Origin
    additional_t: Floats
    money_eur: ByYear
    staff_fte: ByYear | None
    uses: Mapping[str, ByYear] = field(default_factory=dict)
    co_benefits: Mapping[str, float] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    beside: Mapping[str, float | None] = field(default_factory=dict)
    money: "CaseMoney | None" = None  # of a case


@dataclass(frozen=True)
class CaseMoney:
    """What the public money of a case consists of. Totals [eur, nominal]."""

    awarded_eur: float
    needed_eur: float
    investment_eur: float
    before_eur: float  # of both, paid before the first year of the choice


@dataclass(frozen=True)
class Missing:
    """A figure that keeps an option out: where it should stand, why not, who can give it."""

    place: str
    why: Text
    ask: Text
    is_absent: bool = True  # else it is there, and says too little


@dataclass(frozen=True)
class NotOffered:
    """An option that cannot be chosen, and why."""

    option: str
    case: str
    reason: Text
    lacks: tuple[Missing, ...] = ()

    @property
    def whole_reason(self) -> Text:
        """The reason with the places of all figures that lack."""
        places = ", ".join(each.place for each in self.lacks)
        return Text(
            nl=f"{self.reason.nl}; nodig: {places}" if places else self.reason.nl,
            en=f"{self.reason.en}; needed: {places}" if places else self.reason.en,
        )


@dataclass(frozen=True, eq=False)
class Made:
    """Drafts, and what could not become one."""

    drafts: tuple[Draft, ...]
    not_offered: tuple[NotOffered, ...]


def track_of(start_year: int) -> Track:
    """Standard where it may work in 2030; a later start is guidance to net zero."""
    return "standard" if start_year <= TARGET_YEAR else "net_zero_guidance"


# ── options from cases ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class FromCases:
    """The recipe: the same cases, law, draws and start years give the same drafts, bit for bit.

    `first_year` is the first that the choice has: money that is paid before is spent.  `effort_fte`
    says what staff the team of a case needs by year at the planned start: case -> year -> fte.
    """

    case_files: tuple[CaseFile, ...]
    law: Law
    draws: Draws
    first_year: int
    counts: Counts = "all_years"
    later: int = LATER
    effort_fte: Mapping[str, ByYear] = field(default_factory=dict)
    threads: int | None = None  # changes no result

    def made(self, only: Collection[str] | None = None, tell: Tell | None = None) -> Made:
        """The drafts of all options, or of those that are named; cases in order, then years.

        Raises
        ------
        RuleError   as `simulate`: a case twice, or cases with different price sets
        """
        found = [
            each
            for years_late in range(self.later + 1)
            for each in self._so_much_later(years_late, only, tell)
        ]
        order = [each.case.id for each in self.case_files]
        found.sort(key=lambda each: order.index(each.case))
        return Made(
            tuple(each for each in found if isinstance(each, Draft)),
            tuple(each for each in found if isinstance(each, NotOffered)),
        )

    def _so_much_later(
        self, years_late: int, only: Collection[str] | None, tell: Tell | None
    ) -> Iterator[Draft | NotOffered]:
        """All cases that many years later, in the same draws."""
        moved = [
            replace(each, case=_later(each.case, years_late))
            for each in self.case_files
            if self._may_start(each.case, years_late, only)
        ]
        with_projects = [each for each in moved if each.case.projects]
        drawn = (
            simulate(
                with_projects,
                {_LAW: self.law},
                self.draws,
                outcomes=(VALUE, *dict.fromkeys((*TONNES.values(), *BESIDE))),
                threads=self.threads,
                progress=_told(tell, years_late),
            )
            if with_projects
            else None
        )
        for each in moved:
            if drawn is None or not each.case.projects:
                yield NotOffered(each.case.id, each.case.id, NO_PROJECT)
            else:
                yield self._offered(each.case, years_late, drawn)

    def _may_start(self, case: Case, years_late: int, only: Collection[str] | None) -> bool:
        if only is not None:
            return _option_id(_later(case, years_late)) in only
        return not years_late or (bool(case.projects) and case.company not in self._decided)

    @cached_property
    def _decided(self) -> frozenset[str]:
        """Companies of the register that carry out their plan: it starts when it starts."""
        known = register(self.law.known_on)
        return frozenset(each.id for each in known if each.stage == Stage.EXECUTION)

    def _offered(self, case: Case, years_late: int, drawn: Simulation) -> Draft | NotOffered:
        """One case with one start year."""
        tonnes = drawn.values(_LAW, case.id, TONNES[self.counts])
        npv = drawn.values(_LAW, case.id, VALUE)
        if tonnes is None or npv is None:
            return self._lacking(case, drawn)
        outcome = evaluate(case, self.law)
        paid = awarded(frame_of(case, self.law, CENTRE))
        needed = self._needed(case, float(np.maximum(0.0, -npv).mean()), paid, outcome)
        if needed is None:
            return NotOffered(_option_id(case), case.id, NO_GRANT_IS_ENOUGH)
        money, by_year = self._money(case, paid, needed, outcome)
        beside = {key: drawn.values(_LAW, case.id, key) for key in BESIDE}
        effort = self.effort_fte.get(case.id)
        return Draft(
            id=_option_id(case),
            case=case.id,
            name=_named(case, years_late),
            start_year=_start(case),
            track=track_of(_start(case)),
            origin=Origin("case"),
            additional_t=tonnes,
            money_eur=by_year,
            staff_fte=effort and {year + years_late: fte for year, fte in effort.items()},
            uses=_uses(case, outcome),
            co_benefits=_co_benefits(case, outcome),
            beside={k: None if v is None else float(v.mean()) for k, v in beside.items()},
            money=money,
        )

    # ── what is lacking ──

    def _lacking(self, case: Case, drawn: Simulation) -> NotOffered:
        """Why a case cannot be offered: every figure that lacks, why, and who can give it."""
        told = {TONNES[self.counts]: _THE_TONNES, VALUE: _THE_MONEY}
        needs = {key: drawn.lacking(_LAW, case.id, key) for key in told}
        what = [told[key] for key, places in needs.items() if places]
        places = dict.fromkeys(each for needed in needs.values() for each in needed)
        lacks = tuple(_missing(case, place, absent=absent) for place, absent in places)
        reason = Text(
            nl=f"niet te geven: {' en '.join(t.nl for t in what)}",
            en=f"cannot be given: {' and '.join(t.en for t in what)}",
        )
        return NotOffered(_option_id(case), case.id, reason, lacks)

    # ── money ──

    def _money(
        self, case: Case, paid: Sequence[Support], needed: Sequence[Support], outcome: Outcome
    ) -> tuple[CaseMoney, dict[int, float]]:
        """What public money consists of, and how much is paid from the first year on. [eur]"""
        awards, grants = (
            sum((each.by_year for each in support), np.zeros(len(outcome.years)))
            for support in (paid, needed)
        )
        total, before = awards + grants, outcome.years < self.first_year
        invested = sum(float(_invested(each, outcome.years).sum()) for each in case.projects)
        money = CaseMoney(
            float(awards.sum()), float(grants.sum()), invested, float(total[before].sum())
        )
        by_year = zip(outcome.years[~before], total[~before], strict=True)
        return money, {int(year): float(eur) for year, eur in by_year if eur}

    def _needed(
        self, case: Case, short_eur: float, paid: Sequence[Support], outcome: Outcome
    ) -> list[Support] | None:
        """The grant that is worth `short_eur` to the plan; None where no grant is enough."""
        if short_eur <= 0.0:
            return []
        shares = _shares(case, outcome.years, self.first_year)

        def worth(amount: float) -> float:
            granted = evaluate(case, self.law, support=[*paid, *_grants(shares, amount)])
            return granted.npv - outcome.npv - short_eur

        amount = least(worth, short_eur, to=TO_A_EURO)
        return None if amount is None else _grants(shares, amount)


NO_GRANT_IS_ENOUGH = Text(
    nl="geen subsidie maakt het plan sluitend", en="no grant is enough to make the plan whole"
)
NO_PROJECT = Text(nl="de casus heeft geen project", en="the case has no project")
_THE_TONNES = Text(nl="de additionele tonnen", en="the additional tonnes")
_THE_MONEY = Text(nl="de kosten voor de overheid", en="the cost to the State")


def _start(case: Case) -> int:
    return min(each.first_year for each in case.projects)


def _option_id(case: Case) -> str:
    return f"{case.id}-{_start(case)}" if case.projects else case.id


def _later(case: Case, years: int) -> Case:
    return late(case, {each.id: years for each in case.projects})


def _named(case: Case, years_late: int) -> Text:
    """The title of the case, and how much later than planned it starts."""
    title, start = case.title, _start(case)
    if not years_late:
        planned = Text(nl=f"start {start}, als gepland", en=f"start {start}, as planned")
    else:
        planned = Text(
            nl=f"start {start}, {years_late} jaar later",
            en=f"start {start}, {years_late} year{'s' if years_late > 1 else ''} later",
        )
    return Text(nl=f"{title.nl}; {planned.nl}", en=f"{title.en}; {planned.en}")


def _told(tell: Tell | None, years_late: int) -> Callable[[int, int], None] | None:
    """The progress of one simulation, in the words of a line that replaces itself."""
    if tell is None:
        return None
    return lambda done, total: tell(f"+{years_late}: {done} / {total}")


def _missing(case: Case, place: str, *, absent: bool) -> Missing:
    """Why a figure lacks and who can give it, in the words of the case where it says so."""
    gap = next((gap for path, gap in absent_figures(case) if place_text(path) == place), None)
    if gap is not None:
        return Missing(place, Text(gap.why.nl, gap.why.en), Text(gap.ask.nl, gap.ask.en))
    if absent:
        return Missing(place, Text(**NO_SPLIT), Text(**ASK_SPLIT))
    lack = undefined("") if place == "last_year" else only_a_range("", place, (place,))
    return Missing(place, Text(**lack.why), Text(**lack.ask), is_absent=False)


def _shares(case: Case, years: Years, first_year: int) -> dict[str, Floats]:
    """How one euro is spread over projects and years: as the investment that is still to come.

    Where all of it lies before the first year of the choice, it is paid in that year.
    """
    spread = {each.id: _invested(each, years) for each in case.projects}
    still = {name: np.where(years >= first_year, eur, 0.0) for name, eur in spread.items()}
    total = float(sum(eur.sum() for eur in still.values()))
    if total > 0.0:
        return {name: eur / total for name, eur in still.items()}
    at_once = np.where(years == first_year, 1.0, 0.0)
    return {each.id: at_once / len(case.projects) for each in case.projects}


def _invested(project: Measure, years: Years) -> Floats:
    amount = project.capex.scalar() if hasattr(project.capex, "scalar") else 0.0
    shares = [project.capex_by_year.get(int(year), 0.0) for year in years]
    return np.asarray(amount * np.array(shares))


def _grants(shares: Mapping[str, Floats], amount_eur: float) -> list[Support]:
    return [
        Support(f"needed_{name}", name, "capital_grant", amount_eur * share)
        for name, share in shares.items()
    ]


# ── what a case asks of others, and gives beside tonnes ───────────────────────────────────────


def _uses(case: Case, outcome: Outcome) -> dict[str, dict[int, float]]:
    """Shared infrastructure -> year -> what the plan asks of it more than without [t or MW].

    CO2 by the delay that cites a source of a pipeline, else by the price that is paid for it; power
    and hydrogen as the mean over the hours of a year, since a case states no connection.
    """
    asked: dict[str, Floats] = {}

    def add(name: str | None, amount: Floats) -> None:
        if name is not None:
            asked[name] = asked.get(name, np.zeros(len(outcome.years))) + amount

    before, after = outcome.without, outcome.with_projects
    for price, tonnes in after.storage.items():
        add(_pipeline(case, price), tonnes - before.storage.get(price, 0.0))
    for carrier, energy in after.energy.items():
        more = (energy - before.energy.get(carrier, 0.0)).sum(axis=0) / _HOURS_A_YEAR
        add(_network(carrier), more)
    return {
        name: {int(y): float(a) for y, a in zip(outcome.years, amount, strict=True) if a > 0.0}
        for name, amount in asked.items()
        if (amount > 0.0).any()
    }


def _pipeline(case: Case, price: str) -> str | None:
    """The pipeline that public facts name; None where they name none that is shared."""
    shared = shared_infrastructure()
    waits_for = {each.source for each in case.uncertainties.delays if each.cause == "co2_storage"}
    cited = [
        name
        for name, each in shared.items()
        if each.carrier == "co2" and waits_for & set(each.cited())
    ]
    if len(cited) == 1:
        return cited[0]
    named = price.removeprefix(_STORAGE_PRICE)
    return named if named in shared else None


def _network(carrier: str) -> str | None:
    if carrier == "electricity":
        return POWER_GRID
    # Grey hydrogen is made on the site or beside it.
    is_carried = carrier.startswith("hydrogen") and not carrier.endswith("grey")
    return HYDROGEN_NETWORK if is_carried else None


def _co_benefits(case: Case, outcome: Outcome) -> dict[str, float]:
    """Air pollutants that a year of the plan emits less, where the case states them. [kg/year]"""
    before, after = outcome.without.substance_changes, outcome.with_projects.substance_changes
    at = int(np.flatnonzero(outcome.years == _start(case))[0])
    less = {
        f"{name}_kg": -_KG * float((change - before.get(name, 0.0))[at])
        for name, change in after.items()
    }
    return {name: amount for name, amount in less.items() if np.isfinite(amount)}
