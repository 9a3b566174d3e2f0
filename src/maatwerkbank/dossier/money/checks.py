# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is the money behind an agreement covered? A check of a gate.

Takes     the evidence, with an answer per question of `cover`.
Gives     met where every question is answered with yes; else each answer that is no.
Leaves    the questions to `cover`.
"""

from maatwerkbank.dossier.check_result import CheckResult
from maatwerkbank.dossier.evidence import Evidence
from maatwerkbank.ground.language import Text


def money_covered(evidence: Evidence) -> CheckResult:
    """Enough is reserved, the clause is there, it was tested, and parliament was told before."""
    if not evidence.cover:
        return CheckResult(
            met=False,
            because=Text(
                nl="Over de dekking is niets vastgelegd.", en="Nothing is recorded about cover."
            ),
        )
    lacking = [each.because for each in evidence.cover if not each.met]
    shown = lacking or [each.because for each in evidence.cover]
    return CheckResult(
        met=not lacking,
        because=Text(
            nl=" ".join(each.nl for each in shown), en=" ".join(each.en for each in shown)
        ),
    )
