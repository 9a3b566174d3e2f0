# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Guidelines on State aid for climate, environmental protection and energy (CEEAG), section 4.1.

Law       CEEAG (2022/C 80/01). Only the contents page was read; what a funding gap is, stands in
          the block exemption (article 2(118)).
Takes     a project, what the file says of the aid, the law as known on a day.
Gives     a verdict: the funding gap as ceiling, and the points that have yet to be read.
Leaves    points 47 to 57, sensitivity, thresholds of 4.1, public consultation, transparency.
"""

import math

from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.law import Law
from maatwerkbank.rules._judging import incentive_effect
from maatwerkbank.rules.instrument import Condition, Project, Rest, Terms
from maatwerkbank.support.state_aid.framework import (
    NOT_READ,
    AidFile,
    Route,
    Verdict,
    above_threshold,
    as_in_gber,
    duty_to_notify,
    in_force,
    judged,
    sound_undertaking,
    terms_on_grant,
    within_ceiling,
)

FRAMEWORK = "ceeag"
SECTION = Text(nl="CEEAG afdeling 4.1", en="CEEAG section 4.1")
_BEFORE_WORKS = Text(
    nl="CEEAG 3.1.2, niet gelezen; als in AGVV art. 6 lid 2",
    en="CEEAG 3.1.2, not read; as in GBER art. 6(2)",
)


def verdict(project: Project, law: Law, file: AidFile) -> Verdict:
    """What section 4.1 says to a project on the day of the grant."""
    terms = terms_on_grant(project, law)
    terms.rest(Rest("ceeag/exclusions", None, "", "enacted", NOT_READ))
    opened = in_force(project, terms, FRAMEWORK)
    share = terms.value("ceeag/share_of_gap")
    gap = None if file.funding_gap_eur is None else max(0.0, file.funding_gap_eur)
    # A tender sets the amount itself; without one the outcome is checked against actual flows.
    route = Route("funding_gap", SECTION.en, gap, share, math.inf, claw_back=not file.by_tender)
    conditions = (
        opened,
        incentive_effect(project, _BEFORE_WORKS),
        *sound_undertaking(project, as_in_gber("1 lid 4", "1(4)")),
        _reduces(project),
        *_falls_short(file),
        *within_ceiling(file, (route,), SECTION, terms),
    )
    return judged(
        FRAMEWORK, "section 4.1", project, terms, conditions, (route,), notify=_notify(file, terms)
    )


def _notify(file: AidFile, terms: Terms) -> bool | None:
    """Large amounts from an approved scheme are notified by themselves too."""
    limit = terms.value("ceeag/individual_threshold")
    if not file.approved:
        return duty_to_notify(file)
    return above_threshold(file, limit, terms)


def _reduces(project: Project) -> Condition:
    """That the project cuts or removes greenhouse gases at all."""
    share = project.reduction_share
    return Condition(
        id="reduction",
        says=Text(
            nl="Het project vermindert of verwijdert broeikasgassen.",
            en="The project cuts or removes greenhouse gases.",
        ),
        met=None if share is None else share > 0,
        source=SECTION,
        asked="> 0",
        found=share,
        unit="1",
    )


def _falls_short(file: AidFile) -> tuple[Condition, ...]:
    """Without a tender: that there is a gap. A tender needs no detailed net extra cost."""
    if file.by_tender:
        return ()
    gap = file.funding_gap_eur
    return (
        Condition(
            id="funding_gap",
            says=Text(
                nl="Zonder steun is het project minder waard dan het alternatief.",
                en="Without aid the project is worth less than its alternative.",
            ),
            met=None if gap is None else gap > 0,
            source=Text(
                nl="AGVV art. 2 onder 118; CEEAG 3.2.1.3", en="GBER art. 2(118); CEEAG 3.2.1.3"
            ),
            asked="> 0",
            found=gap,
            unit="EUR",
        ),
    )
