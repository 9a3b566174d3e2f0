# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""To which tonnes is a plan held, what does it come to as planned, and when does it start?

Takes     a plan of one case; what somebody says was promised.
Gives     the promise and where it comes from, outcomes of the plan as planned, starts by project.
Leaves    whether a promise binds to the agreement.
"""

import math

from maatwerkbank.economics.business_case import TARGET_YEAR
from maatwerkbank.ground.errors import RuleError
from maatwerkbank.risk.case_draws import CaseDraws, as_planned, outcomes
from maatwerkbank.risk.case_plan import CasePlan
from maatwerkbank.risk.guarantees import TONNES
from maatwerkbank.risk.simulation import lacking
from maatwerkbank.risk.summary import Chance, Promise, Start, chance_of


def check_promise(promised_t: float | None) -> None:
    """Refuse tonnes that are no amount.

    Raises
    ------
    RuleError   the tonnes are negative or not finite
    """
    if promised_t is not None and not (math.isfinite(promised_t) and promised_t >= 0.0):
        raise RuleError(
            f"{promised_t:g} tonnes cannot be promised.",
            remedy="give tonnes of CO2 a year in 2030, nought or more",
        )


def promise_of(plan: CasePlan, law: str, given: float | None) -> Promise:
    """What was promised: as given; else as publicly known; else what the plan itself comes to."""
    if given is not None:
        return Promise(given, "given") if given > 0.0 else Promise(None, "nothing")
    for number, known in enumerate(plan.case.known):
        if known.result == TONNES and known.figure.has_centre:
            tonnes = known.figure.scalar()
            place = f"known[{number}]"
            return Promise(tonnes if tonnes > 0.0 else None, "known", place)
    found = planned(plan, law)[TONNES]
    if found is None:
        return Promise(None, "not_known")
    return Promise(found, "plan") if found > 0.0 else Promise(None, "nothing")


def planned(plan: CasePlan, law: str) -> dict[str, float | None]:
    """Every outcome of the plan as planned (`as_planned`); None where it is not known."""
    found = outcomes(plan.base, law, as_planned(plan))[:, 0, 0]
    sheet = plan.sheets(law)[-1]
    return {
        name: None if any(lacking(sheet, name)) else float(value)
        for name, value in zip(plan.base.outcomes, found, strict=True)
    }


def starts(draws: CaseDraws) -> tuple[Start, ...]:
    """When each project starts. A project that nothing delays starts as planned."""
    found = []
    for project in draws.plan.case.projects:
        planned_year = project.first_year
        if not any(project.id in d.projects for d in draws.plan.case.uncertainties.delays):
            after = Chance(float(planned_year > TARGET_YEAR), 0.0)
            found.append(Start(project.id, planned_year, Chance(0.0, 0.0), after, 0.0))
            continue
        late = draws.drawn(f"late.{project.id}")
        after = chance_of(planned_year + late > TARGET_YEAR)
        found.append(
            Start(project.id, planned_year, chance_of(late > 0.0), after, float(late.mean()))
        )
    return tuple(found)
