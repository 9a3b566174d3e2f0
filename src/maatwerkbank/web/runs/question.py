# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run asks of its case file."""

from dataclasses import dataclass
from datetime import date

from maatwerkbank.web.runs.models import Run


@dataclass(frozen=True)
class Question:
    """A law on a day, an outlook, perhaps draws. `draws` is None for one evaluation."""

    variant: str | None
    outlook: str
    known_on: date
    official: bool
    draws: int | None
    seed: int | None


def question_of(run: Run) -> Question:
    """The question of a stored run."""
    return Question(
        variant=run.variant or None,
        outlook=run.outlook,
        known_on=run.known_on,
        official=run.official,
        draws=run.draws,
        seed=run.seed,
    )
