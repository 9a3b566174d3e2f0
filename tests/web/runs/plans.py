# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case files for the tests of runs: the example of the documentation, and one with mistakes."""

from pathlib import Path

from tests.web.world import World

from maatwerkbank.web.runs.models import CaseVersion
from maatwerkbank.web.runs.services import hand_in, keep_draft

EXAMPLE = Path(__file__).parents[3] / "docs" / "reference" / "example-case.yaml"


def handed_in(world: World, **changed: object) -> CaseVersion:
    """The example of the documentation, handed in by the analyst."""
    draft = keep_draft(
        dossier=world.zout,
        by=world.analyst,
        raw=EXAMPLE.read_bytes(),
        file_name="example-case.yaml",
        **changed,
    )
    return hand_in(case_version=draft, by=world.analyst)
