# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Under which State aid framework may a grant come in, up to what amount, and with what duties?"""

from maatwerkbank.parameters.law import Law
from maatwerkbank.rules.instrument import Project
from maatwerkbank.support.state_aid import ceeag, cisaf, gber, tctf
from maatwerkbank.support.state_aid.framework import AidFile, Area, Route, Verdict

__all__ = ["AidFile", "Area", "Route", "Verdict", "frameworks"]


def frameworks(project: Project, law: Law, file: AidFile | None = None) -> tuple[Verdict, ...]:
    """What every framework says on the day of the grant, open or not.

    The block exemption first, an article each, then the frameworks that ask for notification.
    They are alternatives: aid comes in under one of them.
    """
    said = file or AidFile()
    return (
        *gber.verdicts(project, law, said),
        tctf.verdict(project, law, said),
        cisaf.verdict(project, law, said),
        ceeag.verdict(project, law, said),
    )
