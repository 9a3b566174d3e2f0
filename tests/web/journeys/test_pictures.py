# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures of the documentation, made from the demo: only where MAATWERKBANK_SCREENSHOTS=1."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from tests.web.journeys.visitor import Visitor

from maatwerkbank.web.demo.load import load
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.case_files import case_file_of
from maatwerkbank.web.runs.computing import answer
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.question import question_of

IMAGES = Path(__file__).parents[3] / "docs" / "images"

pytestmark = pytest.mark.skipif(
    os.environ.get("MAATWERKBANK_SCREENSHOTS") != "1",
    reason="makes the pictures of the documentation anew: MAATWERKBANK_SCREENSHOTS=1",
)


@pytest.fixture
def language() -> str:
    """The pictures speak Dutch, as the people for whom they are."""
    return "nl"


@pytest.fixture
def demo(transactional_db: None) -> None:
    """The demo, with the runs on the law as it stands computed."""
    load()
    for run in Run.objects.filter(variant="").select_related("case_version"):
        found = answer(case_file_of(run.case_version), question_of(run), lambda *_: None)
        Run.objects.filter(pk=run.pk).update(
            state="done",
            progress=1.0,
            ended_at=timezone.now(),
            receipt=found.receipt,
            receipt_number=found.receipt["number"],
            figures=found.figures,
            result=found.result,
            result_sha256=found.sha256,
        )


def picture(visitor: Visitor, name: str, path: str, height: int) -> None:
    visitor.page.set_viewport_size({"width": 1200, "height": height})
    visitor.go(path)
    visitor.page.screenshot(path=IMAGES / f"{name}.png")


def test_it_draws_what_the_documentation_shows(visitors: Callable[..., Visitor], demo: None):
    visitor = visitors()
    visitor.become(Person.objects.get(name="Projectleider KGG"))
    tata = Dossier.objects.get(company__slug="tata-steel")
    example = Dossier.objects.get(company__slug="voorbeeldchemie")

    picture(visitor, "dossier", f"/dossiers/{tata.code}/", 1480)
    picture(visitor, "portfolio", "/portefeuille/", 1100)
    gate = f"/dossiers/{example.code}/poorten/to_draft_jloi/"
    picture(visitor, "gate", f"{gate}#criterion-additional_in_2030", 1250)
