# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept over many dossiers: the effect of a policy variant, and what promises put at risk.

Takes     rows of dossiers and promises.
Gives     results that took long to compute, each with what it rests on.
Leaves    computing them to `effect_computing.py` and `at_risk.py`.
"""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from maatwerkbank.web.attempts import Attempted
from maatwerkbank.web.dossiers.models import Dossier, Milestone
from maatwerkbank.web.promises.models import (
    Dependency,
    DependencyForecast,
    ProjectStart,
    Promise,
    PromiseForecast,
    Wait,
    Waiver,
)


@pghistory.track(
    fields=["key", "variant", "outlook", "known_on", "as_of", "asked_by", "state"],
    model_name="EffectRunEvent",
)
class EffectRun(Attempted):
    """The effect of a variant on one set of dossiers and plans, as a job.

    `key` is a digest of all that it rests on, the dossiers too. Only who sees those dossiers comes
    to that key, so nobody finds a result over a dossier that he may not see.
    """

    key = models.CharField(max_length=64)
    variant = models.CharField(max_length=80)
    outlook = models.CharField(max_length=40, default="hold")
    known_on = models.DateField(help_text="The law as known on this day")
    as_of = models.DateField(help_text="The dossiers as they stood on this day")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="effect_runs"
    )
    receipt_number = models.CharField(max_length=16, blank=True)
    result = models.JSONField(null=True, blank=True, help_text="As `effect --json` gives it")
    figures = models.JSONField(default=dict, help_text="Per firm and figure: value and range")
    pictures = models.JSONField(default=dict, help_text="Per language: SVG and Vega-Lite")

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                name="one_effect_per_key",
                fields=("key",),
                condition=models.Q(state__in=("waiting", "running", "done")),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="done_effect_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="done"),
            ),
        ]

    def put_in_queue(self) -> None:
        """Ask for a job that computes it, in the transaction that made it."""
        from maatwerkbank.web.overview.jobs import defer_effect  # noqa: PLC0415  (it needs this model)

        defer_effect(self)


# ── what promises put at risk ─────────────────────────────────────────────────────────────────


class AtRisk(models.Model):
    """What the promises of a dossier put at risk in 2030, as last reckoned over all of them.

    The database counts every change of what it rests on. So what was reckoned is known to be old:
    after a change, and after the day through which nothing moves by itself. It is no record: it can
    be reckoned again, and has no history.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="at_risk")
    changes = models.PositiveIntegerField(default=1, help_text="The database counts them")
    reckoned = models.PositiveIntegerField(null=True, help_text="At which number of changes")
    through = models.DateField(null=True, help_text="Last day on which it holds; empty: any day")
    starts = models.PositiveSmallIntegerField(default=0, help_text="Projects with a start")
    late = models.PositiveSmallIntegerField(default=0, help_text="Of these, that start later")
    by_state = models.PositiveSmallIntegerField(
        db_default=0, help_text="Late promises of the State that hold one up"
    )
    gross_t = models.FloatField(null=True, help_text="[t/year]")
    additional_t = models.FloatField(null=True, help_text="[t/year]")
    support_eur = models.FloatField(null=True, help_text="[eur]")


COUNT_CHANGE = """
IF TG_OP = 'DELETE' THEN
    UPDATE overview_atrisk SET changes = changes + 1 WHERE dossier_id = ({old});
ELSE
    INSERT INTO overview_atrisk (dossier_id, changes, starts, late) VALUES (({new}), 1, 0, 0)
    ON CONFLICT (dossier_id) DO UPDATE SET changes = overview_atrisk.changes + 1;
END IF;
RETURN NULL;
"""
COUNT_CHANGE_OF_MILESTONE = """
UPDATE overview_atrisk SET changes = changes + 1
WHERE dossier_id IN (NEW.dossier_id, OLD.dossier_id);
RETURN NULL;
"""
OF_PROMISE = "SELECT dossier_id FROM promises_promise WHERE id = {row}.promise_id"
OF_DEPENDENCY = "SELECT dossier_id FROM promises_dependency WHERE id = {row}.dependency_id"
OF_ITSELF = "{row}.dossier_id"


def _counted(func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="at_risk_hears_of_it",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=func,
    )


for model, dossier_of in (
    (Promise, OF_ITSELF),
    (PromiseForecast, OF_PROMISE),
    (Waiver, OF_PROMISE),
    (Dependency, OF_ITSELF),
    (DependencyForecast, OF_DEPENDENCY),
    (ProjectStart, OF_ITSELF),
    (Wait, OF_ITSELF),
):
    pgtrigger.register(
        _counted(
            COUNT_CHANGE.format(old=dossier_of.format(row="OLD"), new=dossier_of.format(row="NEW"))
        )
    )(model)
pgtrigger.register(_counted(COUNT_CHANGE_OF_MILESTONE))(Milestone)
