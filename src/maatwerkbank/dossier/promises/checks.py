# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does the risk register agree with the plan of the company? A check of a gate.

Takes     the evidence, with the register beside the last plan.
Gives     met where no risk says something else; else how many do, against which plan. No figure of
          the plan is told: who sees a gate does not always see the plan.
Leaves    what contradicts what to `risk_register`.
"""

from maatwerkbank.dossier.check_result import CheckResult
from maatwerkbank.dossier.evidence import Evidence
from maatwerkbank.ground.language import Text


def risks_agree_with_plan(evidence: Evidence) -> CheckResult:
    """No risk of the register says something else than the plan that was handed in last."""
    register = evidence.risk_register
    if register is None:
        return CheckResult(
            met=False,
            because=Text(
                nl="Er is nog geen plan ingediend om het risicoregister naast te leggen.",
                en="No plan was handed in yet to hold the risk register against.",
            ),
        )
    plan, number = register.plan, len(register.contradicted)
    if not number:
        return CheckResult(
            met=True,
            because=Text(
                nl=f"Geen risico in het register spreekt plan {plan} tegen.",
                en=f"No risk in the register contradicts plan {plan}.",
            ),
        )
    return CheckResult(
        met=False,
        because=Text(
            nl=f"{number} {'risico spreekt' if number == 1 else 'risico’s spreken'} plan {plan} "
            "tegen. Pas het register aan, of vraag het bedrijf het plan aan te passen.",
            en=f"{number} {'risk contradicts' if number == 1 else 'risks contradict'} plan {plan}. "
            "Change the register, or ask the company to change the plan.",
        ),
    )
