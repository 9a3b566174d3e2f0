# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a policy variant does to the dossiers that somebody may see, as it is stored."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from maatwerkbank.web.attempts import Attempted


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
