# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking what a policy variant does to the dossiers that a person may see.

Takes     a person, a variant, a day on which the law was known.
Gives     the question as that person can put it, and what was computed for exactly that question.
Leaves    computing to `effect_computing`, the queue to `jobs`, the page to `effect_views`.

A question holds a digest of the dossiers and plans that it is about. An answer is found by that
digest and in no other way: who sees other dossiers has another question.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import code_sha256, digest, numeric_platform
from maatwerkbank.parameters.files import law_sha256, variant_file
from maatwerkbank.web import attempts
from maatwerkbank.web.overview.jobs import defer_effect
from maatwerkbank.web.overview.models import EffectRun
from maatwerkbank.web.overview.stored_portfolio import StoredPortfolio, stored
from maatwerkbank.web.people.access import dossiers_of, note_look
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed

OUTLOOK = "hold"


@dataclass(frozen=True)
class EffectQuestion:
    """What does `variant` do to these dossiers, by the law as known on `known_on`?"""

    portfolio: StoredPortfolio
    variant: str
    known_on: date

    @property
    def key(self) -> str:
        """A digest of all that the answer rests on; the day of today is no part of it."""
        portfolio = self.portfolio
        return digest(
            {
                "firms": portfolio.register.as_json()["companies"],
                "dossiers": {firm: str(each.code) for firm, each in portfolio.dossiers.items()},
                "plans": {firm: plan.sha256 for firm, plan in portfolio.plans.items()},
                "variant": self.variant,
                "known_on": self.known_on.isoformat(),
                "outlook": OUTLOOK,
                "code": code_sha256(),
                "law": law_sha256(),
                "platform": numeric_platform(),
            }
        )

    @property
    def answer(self) -> EffectRun | None:
        """What was computed, is being computed, or failed last."""
        runs = EffectRun.objects.filter(key=self.key).defer("result")
        return runs.exclude(state="cancelled").order_by("-asked_at").first()


def may_ask(person: Person) -> bool:
    """Whether there is any dossier of which `person` may see runs."""
    return dossiers_of(person, Deed.SEE_RUNS).exists()


def question(person: Person, *, variant: str, known_on: date) -> EffectQuestion:
    """The question over the dossiers that `person` sees, as they stand today.

    Raises
    ------
    NotAllowed       `person` may see no runs at all
    UnknownVariant   there is no such variant
    """
    if not may_ask(person):
        raise NotAllowed(
            Text(
                nl="U mag van geen enkel dossier de berekeningen inzien.",
                en="There is no dossier of which you may read runs.",
            ),
            remedy=Text(
                nl="vraag het de projectleider van een dossier", en="ask the lead of a dossier"
            ),
        )
    variant_file(variant)
    return EffectQuestion(stored(person, timezone.localdate()), variant, known_on)


@transaction.atomic
def ask_effect(*, by: Person, variant: str, known_on: date) -> EffectRun:
    """The answer that is there or on its way; else a job for it."""
    asked = question(by, variant=variant, known_on=known_on)
    run: EffectRun
    run, is_new = EffectRun.objects.get_or_create(
        key=asked.key,
        state__in=("waiting", "running", "done"),
        defaults={
            "state": "waiting",
            "variant": variant,
            "known_on": known_on,
            "outlook": OUTLOOK,
            "as_of": asked.portfolio.register.as_of,
            "asked_by": by,
        },
    )
    if is_new:
        defer_effect(run)
    return run


@transaction.atomic
def cancel_effect(*, by: Person, variant: str, known_on: date) -> EffectRun:
    """Stop a job that `by` asked for.

    Raises NotAllowed where somebody else asked, Conflict where there is nothing to stop.
    """
    run = question(by, variant=variant, known_on=known_on).answer
    if run is not None and run.asked_by_id != by.pk and run.state in EffectRun.MOVING:
        raise NotAllowed(
            Text(
                nl="Iemand anders vroeg om deze berekening en wacht erop.",
                en="Somebody else asked for this run and waits for it.",
            ),
            remedy=Text(nl="laat haar aflopen", en="let it finish"),
        )
    stopped = attempts.cancel(run) if run else None
    if stopped is None:
        raise Conflict(
            Text(nl="Deze berekening is al afgelopen.", en="This run has ended already."),
            remedy=Text(nl="ververs de pagina", en="reload the page"),
        )
    return stopped


def note_looks(person: Person, asked: EffectQuestion) -> None:
    """Write down that `person` saw the answer, on each dossier in it that is confidential."""
    for firm, dossier in asked.portfolio.dossiers.items():
        plan = asked.portfolio.plans.get(firm)
        note_look(
            person,
            dossier=dossier,
            kind="effect",
            thing=plan.code if plan else dossier.code,
            title=f"{asked.variant}, {asked.known_on}",
            level=asked.portfolio.level_of(firm),
        )
