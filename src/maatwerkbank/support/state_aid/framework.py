# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one shape of every State aid framework: whether it is open, what it asks, what it allows.

Takes     the facts of a project, what the file says of the aid, the law as known on a day.
Gives     a verdict: conditions with reasons, routes with a ceiling, duties, what lacks.
Leaves    the terms of each framework to its own file, and the decision to the Commission.

A verdict is judged on the day of the grant. A framework whose date has passed is not open, whatever
else holds; one of which a text was not read cannot be judged yet. No verdict says "allowed".
"""

import math
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.files import Citation
from maatwerkbank.parameters.law import Law
from maatwerkbank.parameters.rounds import Round, rounds_of
from maatwerkbank.rules.instrument import (
    Condition,
    FirmSize,
    Lacking,
    Project,
    Rest,
    Terms,
    at_most,
)
from maatwerkbank.sources.register import Seen

Floats = NDArray[np.float64]

# Frameworks that were not read are taken to shut out what the block exemption shuts out (1.4).
NOT_READ = Citation("state-aid-exclusions", "undertakings in difficulty, recovery", Seen.UNVERIFIED)


class Area(StrEnum):
    """Assisted area for which a regional bonus is claimed (TFEU article 107(3), a or c)."""

    NONE = "none"
    A = "a"
    C = "c"


@dataclass(frozen=True)
class AidFile:
    """What the file says of the aid, beside the facts of the project. None: not stated.

    Amounts are gross grant equivalents at the grant date, before tax. `by_tender` and `area` are
    claims: what is not claimed is not counted. Where aid that is paid later could not be
    discounted, the amount is an upper bound: it can show that aid stays below a limit, and never
    that it passes one.
    """

    amount_eur: float | None = None  # all State aid to the project, whichever authority pays
    amount_is_upper_bound: bool = False
    ad_hoc: bool | None = None  # not on the basis of a scheme
    approved: bool | None = None  # a decision of the Commission covers the aid or its scheme
    material_change_shown: bool | None = None  # more scope, money or speed because of the aid
    by_tender: bool = False  # the amount comes from competitive bidding
    area: Area = Area.NONE
    funding_gap_eur: float | None = None  # as in `funding_gap`, without aid
    # Investment and its projected profit, brought to the same day at the same rate (GBER 7(3)).
    discounted_investment_eur: float | None = None
    discounted_operating_profit_eur: float | None = None

    required_by_union_standard: bool | None = None  # a Union standard in force asks it already
    complete_chain: bool | None = None  # capture with its transport and storage or use
    npv_with_carbon_cost_eur: float | None = None  # of the project, avoided CO2 cost counted in
    hydrogen_g_per_mj: float | None = None  # life-cycle emissions of hydrogen, g CO2e per MJ
    electrolyser_within_renewables: bool | None = None  # no larger than its own renewable power
    only_renewable_or_waste_heat: bool | None = None  # in a heat network
    common_practice: bool | None = None  # a circular measure that pays for itself already
    disposal_or_energy_recovery: bool | None = None
    dedicated_infrastructure: bool = False  # for hydrogen, waste heat or CO2
    energy_infrastructure: bool = False
    regulated_access: bool | None = None  # infrastructure under tariff and access regulation


@dataclass(frozen=True)
class Route:
    """One way in which a framework counts the highest aid. Routes are alternatives, never a sum.

    `limit_eur` caps the route; infinite where the framework names no limit for it.
    """

    id: str
    source: str
    eligible_cost_eur: float | None
    intensity: float | None
    limit_eur: float | None
    claw_back: bool = False

    @property
    def before_limit_eur(self) -> float | None:
        """The share of the eligible cost, before the limit in euros."""
        if self.eligible_cost_eur is None or self.intensity is None:
            return None
        return float(aid_ceiling(self.eligible_cost_eur, self.intensity))

    @property
    def ceiling_eur(self) -> float | None:
        """The highest aid on this route; None where a part of it is not known."""
        if self.before_limit_eur is None or self.limit_eur is None:
            return None
        return min(self.before_limit_eur, self.limit_eur)

    @property
    def binding(self) -> str | None:
        """What holds the ceiling down: `intensity` or `limit`."""
        if self.before_limit_eur is None or self.limit_eur is None:
            return None
        return "limit" if self.limit_eur < self.before_limit_eur else "intensity"


@dataclass(frozen=True)
class Verdict:
    """What a framework has to say to a project on the day of the grant.

    `section` is a key of two parts, kind and number: `article 36`, `section 4.1`. The letter puts
    the kind in the language of the reader.
    """

    framework: str
    section: str
    granted_on: date | None
    in_force: bool | None
    conditions: tuple[Condition, ...]
    routes: tuple[Route, ...]
    notify: bool | None  # whether the aid must be notified to the Commission
    rests_on: tuple[Rest, ...] = ()
    lacks: tuple[Lacking, ...] = ()

    @property
    def refused(self) -> tuple[Condition, ...]:
        """Conditions that are not met."""
        return tuple(each for each in self.conditions if each.met is False)

    @property
    def open_questions(self) -> tuple[Condition, ...]:
        """Conditions that cannot be judged yet."""
        return tuple(each for each in self.conditions if each.met is None)

    @property
    def outcome(self) -> str:
        """`not_open`, `refused`, `cannot_judge`, or `fits` where nothing is left open."""
        if self.in_force is False:
            return "not_open"
        if self.refused:
            return "refused"
        unknown = self.open_questions or self.lacks or self.ceiling_eur is None
        return "cannot_judge" if unknown else "fits"

    @property
    def route(self) -> Route | None:
        """The route with the highest ceiling among those that can be counted."""
        return chosen(self.routes)

    @property
    def ceiling_eur(self) -> float | None:
        """The highest aid on the best route that can be counted; another may allow more."""
        return self.route.ceiling_eur if self.route else None

    @property
    def standstill(self) -> bool | None:
        """Whether nothing may be paid before the Commission decides (TFEU article 108(3))."""
        return self.notify

    @property
    def claw_back(self) -> bool | None:
        """Whether the chosen route asks that aid is checked against actual flows and returned."""
        return self.route.claw_back if self.route else None


# ── arithmetic ────────────────────────────────────────────────────────────────────────────────


def aid_intensity(
    base: ArrayLike,
    *,
    size_bonus: ArrayLike = 0.0,
    area_bonus: ArrayLike = 0.0,
    other_bonus: ArrayLike = 0.0,
    share: ArrayLike = 1.0,
) -> Floats:
    """Which share of the eligible cost may aid come to?  (...) [1], never above one

    Bonuses come on top of the base; a route without a counterfactual takes `share` of them all.

    >>> float(aid_intensity(0.5, size_bonus=0.2, share=0.5))  # small firm, full cut, no reference
    0.35

    Source        GBER art. 36(5)-(8), 36(11), 38(4)-(6), 38(8).
    """
    bonuses = np.add(np.add(size_bonus, area_bonus), other_bonus)
    whole = np.asarray(base, dtype=np.float64) + bonuses
    return np.asarray(np.minimum(1.0, whole * np.asarray(share)), dtype=np.float64)


def aid_ceiling(cost: ArrayLike, intensity: ArrayLike, limit: ArrayLike = math.inf) -> Floats:
    """What may aid come to at most?  (...) [eur]; nothing where there is no extra cost

    >>> float(aid_ceiling(10e6, 0.4))
    4000000.0

    Source        GBER art. 2(26), 4(1).
    """
    share = np.maximum(0.0, np.asarray(cost, dtype=np.float64)) * np.asarray(intensity)
    return np.asarray(np.minimum(share, limit), dtype=np.float64)


def must_notify(aid: ArrayLike, threshold: ArrayLike) -> NDArray[np.bool_]:
    """Does the aid pass the threshold of the block exemption?  (...)

    >>> bool(must_notify(31e6, 30e6)), bool(must_notify(30e6, 30e6))
    (True, False)

    Source        GBER art. 4(1).
    """
    return np.asarray(aid, dtype=np.float64) > np.asarray(threshold)


def chosen(routes: tuple[Route, ...]) -> Route | None:
    """The route with the highest ceiling; the first where two are equal; None where none counts."""
    counted = [each for each in routes if each.ceiling_eur is not None]
    return max(counted, key=lambda each: each.ceiling_eur or 0.0, default=None)


# ── the day of the grant ──────────────────────────────────────────────────────────────────────


def open_on(rounds: tuple[Round, ...], day: date) -> bool | None:
    """Whether a framework was in force on `day`; None where its dates do not say so.

    Without a closing day a framework holds until further notice; without an opening day it is not
    known when it began. No known text at all: None.
    """
    states = [_within(each, day) for each in rounds]
    if any(states):
        return True
    return None if not states or None in states else False


def _within(period: Round, day: date) -> bool | None:
    if period.closes is not None and day > period.closes:
        return False
    return None if period.opens is None else period.opens <= day


def terms_on_grant(project: Project, law: Law) -> Terms:
    """The terms on the day of the grant; where no day is stated those on the day of knowledge."""
    return Terms(law, project.granted_on)


def closed_before(rounds: tuple[Round, ...], day: date) -> bool:
    """Whether the last closing day of a framework lies before `day`, so that no grant is left."""
    return bool(rounds) and all(each.closes is not None and each.closes < day for each in rounds)


def in_force(project: Project, terms: Terms, framework: str) -> Condition:
    """Whether the framework is open on the day of the grant.

    Without such a day it can still be shut: where nothing was granted yet after its last day.
    """
    known = rounds_of(framework, terms.law.known_on)
    day = project.granted_on
    holding = [each for each in known if day is not None and _within(each, day)]
    for each in holding or known:
        terms.rest(Rest(f"{framework}/{each.id}", None, "", "enacted", each.citation))
    closing = max((each.closes for each in known if each.closes), default=None)
    opening = min((each.opens for each in known if each.opens), default=None)
    too_early = day is not None and opening is not None and day < opening
    met = None if day is None else open_on(known, day)
    not_before = project.not_granted_before
    if day is None and not_before is not None and closed_before(known, not_before):
        met, day = False, not_before
    return Condition(
        id="in_force",
        says=Text(
            nl="Het kader geldt op de dag van de verlening.",
            en="The framework is in force on the day of the grant.",
        ),
        met=met,
        source=f"rounds/{framework}",
        relation="at_least" if too_early else "by",
        asked=opening if too_early else closing,
        found=day,
    )


# ── conditions that frameworks share ──────────────────────────────────────────────────────────


def in_gber(nl: str, en: str) -> Text:
    """A place in the block exemption: `in_gber("6 lid 2", "6(2)")`."""
    return Text(nl=f"AGVV art. {nl}", en=f"GBER art. {en}")


def as_in_gber(nl: str, en: str) -> Text:
    """A condition of a text that was not read, taken over from the block exemption."""
    return Text(nl=f"niet gelezen; als in AGVV art. {nl}", en=f"not read; as in GBER art. {en}")


def yes(name: str, says: Text, *, found: bool | None, source: Text) -> Condition:
    """A condition that something is so."""
    return Condition(name, says, found, source, asked=True, found=found)


def no(name: str, fact: Text, *, found: bool | None, source: Text) -> Condition:
    """A condition that a fact is not so. It names the fact, so that asked and found are about it.

    `fact` is a sentence without its stop.
    """
    says = Text(nl=f"{fact.nl} (moet nee zijn).", en=f"{fact.en} (must be no).")
    met = None if found is None else not found
    return Condition(name, says, met, source, asked=False, found=found)


def sound_undertaking(project: Project, source: Text) -> tuple[Condition, ...]:
    """That the undertaking is not in difficulty and has no aid to pay back."""
    return (
        no(
            "not_in_difficulty",
            Text(
                nl="De onderneming is in moeilijkheden",
                en="The undertaking is in difficulty",
            ),
            found=project.in_difficulty,
            source=source,
        ),
        no(
            "no_recovery_order",
            Text(
                nl="Er staat een bevel tot terugvordering van eerdere steun open",
                en="An order to recover earlier aid is outstanding",
            ),
            found=project.recovery_order,
            source=source,
        ),
    )


def no_relocation(project: Project, source: Text) -> Condition:
    """That the activity, or its emissions, are not moved from elsewhere."""
    return no(
        "no_relocation",
        Text(
            nl="De activiteit of haar uitstoot wordt alleen verplaatst",
            en="The activity or its emissions are merely moved",
        ),
        found=project.relocates,
        source=source,
    )


def limit_on_aid(
    name: str, says: Text, file: AidFile, limit: float | None, source: Text, terms: Terms
) -> Condition:
    """That the amount of aid does not pass a limit."""
    met = at_most(file.amount_eur, limit)
    if met is False and excess_stays_open(file, terms):
        met = None
    return Condition(name, says, met, source, "at_most", limit, file.amount_eur, "EUR")


def excess_stays_open(file: AidFile, terms: Terms) -> bool:
    """Whether an amount above a limit shows nothing; what it takes to know is noted."""
    if file.amount_is_upper_bound:
        terms.value("state_aid/base_rate")
    return file.amount_is_upper_bound


def within_ceiling(
    file: AidFile, routes: tuple[Route, ...], source: Text, terms: Terms
) -> tuple[Condition, ...]:
    """That the aid stays below the best route; judged only where an amount is proposed."""
    if file.amount_eur is None:
        return ()
    best = chosen(routes)
    judged = limit_on_aid(
        "within_ceiling",
        Text(
            nl="De steun blijft onder het plafond van de gekozen route.",
            en="The aid stays below the ceiling of the chosen route.",
        ),
        file,
        best.ceiling_eur if best else None,
        source,
        terms,
    )
    # A route that cannot be counted yet might allow more: it may prove the aid, not refuse it.
    uncounted = any(each.ceiling_eur is None for each in routes)
    return (replace(judged, met=None) if judged.met is False and uncounted else judged,)


def above_threshold(file: AidFile, threshold: float | None, terms: Terms) -> bool | None:
    """Whether the amount of aid passes a threshold of notification; None where it is not known."""
    if file.amount_eur is None or threshold is None:
        return None
    passes = bool(must_notify(file.amount_eur, threshold))
    return None if passes and excess_stays_open(file, terms) else passes


def size_bonus(project: Project, terms: Terms, folder: str) -> float | None:
    """The bonus for the size of the undertaking; none for a large one. [1]"""
    if project.firm_size is FirmSize.LARGE:
        return 0.0
    size = "small" if project.firm_size is FirmSize.SMALL else "medium"
    return terms.value(f"{folder}/bonus_{size}")


def duty_to_notify(file: AidFile) -> bool | None:
    """Whether aid outside the block exemption is notified: yes, unless a decision covers it."""
    return None if file.approved is None else not file.approved


def judged(
    framework: str,
    section: str,
    project: Project,
    terms: Terms,
    conditions: tuple[Condition, ...],
    routes: tuple[Route, ...],
    *,
    notify: bool | None,
) -> Verdict:
    """The verdict of a framework that asks for notification; its first condition is `in_force`."""
    return Verdict(
        framework=framework,
        section=section,
        granted_on=project.granted_on,
        in_force=conditions[0].met,
        conditions=conditions,
        routes=routes,
        notify=notify,
        rests_on=terms.rests_on,
        lacks=terms.lacks,
    )
