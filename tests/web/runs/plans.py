# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case files and runs for the tests: the example of the documentation, and one with mistakes."""

from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from tests.web.world import World

from maatwerkbank.plant.case_file import check_case_bytes
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.computing import Answer, answer
from maatwerkbank.web.runs.models import CaseVersion, Run
from maatwerkbank.web.runs.question import Question, question_of
from maatwerkbank.web.runs.services import hand_in, keep_draft, start_run

EXAMPLE = (Path(__file__).parents[3] / "docs" / "reference" / "example-case.yaml").read_bytes()

# The same with another investment (with a centre), other tonnes and another year.
CHANGED = (
    EXAMPLE.replace(b"range: {low: 20, high: 30}", b"range: {low: 24, central: 27, high: 30}")
    .replace(b"scope1: {value: -42, unit", b"scope1: {value: -60, unit")
    .replace(b"first_year: 2028", b"first_year: 2029")
    .replace(b"{2026: 0.4, 2027: 0.6}", b"{2027: 0.4, 2028: 0.6}")
)

_MISTAKES = (
    (b'known_on: "2025-06-30"  ', b"known_on: 30 juni 2025"),
    (b"last_year: 2044", b"last_year: straks"),
    (b"levy: ets  ", b"levy: atoom"),
    (b"scope1: {value: 100, unit: kt/year", b"scope1: {value: 100, unit: kton"),
    (b"electricity: {value: 50, unit: GWh/year", b"electricity: {value: veel, unit: GWh/year"),
    (b"    installation: plant\n", b"    instalation: plant\n    installation: plant\n"),
    (b"lifetime_years: 15", b"lifetime_years: 150"),
    (b"      price_year: 2024 ", b"      price_year: 1024 "),
    (b"      place: row 7", b"      plaats: row 7"),
    (b"fixed_opex: {value: 0.02, unit: 1/year", b"fixed_opex: {value: 0.02, unit: kWh"),
    (
        b"scope1: {value: -42, unit: kt/year, source: round-numbers",
        b"scope1: {value: -42, unit: kt/year, source: buurman",
    ),
)


def with_mistakes() -> bytes:
    """The example with eleven mistakes in it."""
    raw = EXAMPLE
    for right, wrong in _MISTAKES:
        if right not in raw:
            raise AssertionError(f"the example has changed: {right!r} is gone")
        raw = raw.replace(right, wrong, 1)
    return raw


def handed_in(
    world: World, raw: bytes = EXAMPLE, by: Person | None = None, level: int | None = None
) -> CaseVersion:
    """A case file, handed in by the analyst or by somebody else."""
    person = by or world.analyst
    draft = keep_draft(dossier=world.zout, by=person, raw=raw, file_name="plan.yaml", level=level)
    return hand_in(case_version=draft, by=person)


def computed(world: World, version: CaseVersion | None = None, **asked: Any) -> Run:
    """A run that is done, as a worker leaves it."""
    run = start_run(case_version=version or handed_in(world), by=world.analyst, **asked)
    found = _answer(run.case_version.text, question_of(run))
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
    run.refresh_from_db()
    return run


@cache
def _answer(text: str, question: Question) -> Answer:
    case_file, findings = check_case_bytes(text.encode(), "plan.yaml")
    if case_file is None:
        raise AssertionError(findings)
    return answer(case_file, question, lambda _step, _share: None)
