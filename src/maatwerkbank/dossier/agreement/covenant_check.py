# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The criterion that a text of the agreement can answer.

Takes     the evidence.
Gives     met or not, and because of what.
Leaves    which gate asks it to the trajectory, what a text answers to `covenant_points`.
"""

from maatwerkbank.dossier.check_result import CheckResult
from maatwerkbank.dossier.evidence import Evidence
from maatwerkbank.ground.language import Text

PAPERS = ("draft_joint_letter_of_intent", "joint_letter_of_intent", "agreement")


def covenant_points_answered(evidence: Evidence) -> CheckResult:
    """The text that was made here answers every point that the Aanwijzingen ask of it.

    A text that was made elsewhere holds nothing up once it lies in the dossier: for that one people
    attest the points.
    """
    text = evidence.covenant
    if text is None:
        return _made_elsewhere(evidence)
    asked = len(text.answered) + len(text.unanswered)
    open_ones = ", ".join(str(each) for each in text.unanswered)
    if text.unanswered:
        return CheckResult(
            met=False,
            because=Text(
                nl=f"{text.draft}: nog niet beantwoord zijn de punten {open_ones}.",
                en=f"{text.draft}: not answered yet are the points {open_ones}.",
            ),
            rests_on=(text.sha256,),
        )
    return CheckResult(
        met=True,
        because=Text(
            nl=f"{text.draft} beantwoordt alle {asked} punten.",
            en=f"{text.draft} answers all {asked} points.",
        ),
        rests_on=(text.sha256,),
    )


def _made_elsewhere(evidence: Evidence) -> CheckResult:
    papers = [each for each in evidence.attached if each.kind in PAPERS]
    if not papers:
        return CheckResult(
            met=False,
            because=Text(nl="Er is nog geen tekst.", en="There is no text yet."),
        )
    last = papers[-1]
    return CheckResult(
        met=True,
        because=Text(
            nl=f"{last.document}, versie {last.version}, is elders gemaakt: daarvoor gelden de "
            "verklaringen.",
            en=f"{last.document}, version {last.version}, was made elsewhere: for that the "
            "statements hold.",
        ),
        rests_on=(last.sha256,),
    )
