# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case is, without database or screen: trajectory, gates, evidence, confidentiality.

Takes names and frozen values; gives names and frozen values. Knows no clock, no person and no
stored dossier: those are in `web`.
"""

from maatwerkbank.dossier.evidence import Evidence
from maatwerkbank.dossier.gates import Judgement, freeze, judge
from maatwerkbank.dossier.trajectory import Trajectory, trajectory, trajectory_ids

__all__ = [
    "Evidence",
    "Judgement",
    "Trajectory",
    "freeze",
    "judge",
    "trajectory",
    "trajectory_ids",
]
