# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The checked case file behind a stored version.

Takes     a version that was handed in.
Gives     the case, checked anew from its text: what is stored is what is computed.
Leaves    keeping versions to `services`.
"""

from maatwerkbank.ground.language import Text
from maatwerkbank.plant.case_file import CaseFile, check_case_bytes
from maatwerkbank.web.refusals import Unfit
from maatwerkbank.web.runs.models import CaseVersion

UNNAMED = "case.yaml"


def case_file_of(version: CaseVersion) -> CaseFile:
    """The case that `version` holds.

    Raises Unfit where its text no longer passes: the rules of the case file have changed since.
    """
    found, findings = check_case_bytes(version.text.encode(), version.file_name or UNNAMED)
    if found is None:
        raise Unfit(
            Text(
                nl="Dit casusbestand voldoet niet aan de regels van deze versie van het programma.",
                en="This case file does not meet the rules of this version of the program.",
            ),
            findings,
            remedy=Text(nl="dien een nieuwe versie in", en="hand in a new version"),
        )
    return found
