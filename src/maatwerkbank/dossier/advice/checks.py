# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Criteria that advices and reviews can answer: one function each, as in `dossier.checks`.

Takes     the evidence.
Gives     met or not, and because of what. What nobody recorded cannot be judged, so it is not met.
Leaves    which gate asks which check to the trajectory.
"""

from maatwerkbank.dossier.advice.advice import VERDICTS
from maatwerkbank.dossier.advice.bodies import body
from maatwerkbank.dossier.check_result import CheckResult
from maatwerkbank.dossier.evidence import AdviceFact, Evidence
from maatwerkbank.ground.language import Text

COMMITTEE = "amvi"


def advice_given_and_answered(evidence: Evidence) -> CheckResult:
    """The committee gave its advice, every advice that was asked is given, and each is answered."""
    asked = evidence.advices
    if not any(each.body == COMMITTEE for each in asked):
        name = body(COMMITTEE).label
        return CheckResult(
            met=False,
            because=Text(
                nl=f"Er is nog geen advies gevraagd aan de {name.nl}.",
                en=f"No advice was asked yet of the {name.en}.",
            ),
        )
    waiting = [each for each in asked if each.answered_on is None]
    if waiting:
        first = waiting[0]
        return CheckResult(met=False, because=_waits(first), rests_on=_rests_on((first,)))
    return CheckResult(met=True, because=_dealt_with(asked), rests_on=_rests_on(asked))


def no_blocking_review_finding(evidence: Evidence) -> CheckResult:
    """A review was recorded, each has reported, and no finding that blocks is open."""
    reviews = evidence.reviews
    if not reviews:
        return CheckResult(
            met=False,
            because=Text(
                nl="Er is nog geen review van een externe deskundige vastgelegd.",
                en="No review by an outside expert was recorded yet.",
            ),
        )
    silent = [each.reviewer for each in reviews if each.reported_on is None]
    if silent:
        said = ", ".join(silent)
        return CheckResult(
            met=False,
            because=Text(nl=f"Nog geen rapport van: {said}.", en=f"No report yet from: {said}."),
        )
    blocking = sum(each.blocking_open for each in reviews)
    still_open = sum(each.open for each in reviews)
    total = sum(each.findings for each in reviews)
    return CheckResult(
        met=not blocking,
        because=Text(
            nl=f"Van {total} bevindingen staan er {still_open} open, waarvan {blocking} "
            "blokkerend.",
            en=f"Of {total} findings {still_open} are open, {blocking} of them blocking.",
        ),
    )


def _waits(advice: AdviceFact) -> Text:
    name = body(advice.body).label
    if advice.given_on is None:
        on = advice.asked_on.isoformat()
        return Text(
            nl=f"Het advies van {name.nl}, gevraagd op {on}, is er nog niet.",
            en=f"The advice of {name.en}, asked on {on}, is not there yet.",
        )
    on = advice.given_on.isoformat()
    return Text(
        nl=f"Het advies van {name.nl} van {on} is nog niet beantwoord.",
        en=f"The advice of {name.en} of {on} was not answered yet.",
    )


def _dealt_with(advices: tuple[AdviceFact, ...]) -> Text:
    parts = [
        (body(each.body).label, VERDICTS[each.verdict], each.recommendations) for each in advices
    ]
    return Text(
        nl="; ".join(
            f"{name.nl}: {said.nl.lower()}, {count} aanbevelingen, alle beantwoord"
            for name, said, count in parts
        )
        + ".",
        en="; ".join(
            f"{name.en}: {said.en.lower()}, {count} recommendations, all answered"
            for name, said, count in parts
        )
        + ".",
    )


def _rests_on(advices: tuple[AdviceFact, ...]) -> tuple[str, ...]:
    return tuple(hashed for each in advices for hashed in (each.set_sha256, each.sha256) if hashed)
