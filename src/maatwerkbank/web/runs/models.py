# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Case files that were handed in and the runs on them, as they are stored."""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.attempts import Attempted
from maatwerkbank.web.dossiers.models import LEVELS, Dossier, unchangeable


@pghistory.track(exclude=["text", "document"])
class CaseVersion(models.Model):
    """One version of the case file of a dossier. A draft has findings; handed in, it is frozen."""

    ORIGINS = ("upload", "form", "public")
    STATES = ("draft", "handed_in")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="case_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="draft")
    origin = models.CharField(max_length=10, choices=[(o, o) for o in ORIGINS])
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.ZAAKVERTROUWELIJK.value)
    file_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(help_text="The document as it was handed in")
    document = models.JSONField(null=True, blank=True, help_text="The same, as it was read")
    sha256 = models.CharField(max_length=64, help_text="Of the document as it was read")
    findings = models.JSONField(default=list, help_text="In Dutch and English, with place")
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="case_versions"
    )
    made_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("dossier", "-number")
        constraints = (
            models.UniqueConstraint(name="one_case_number", fields=("dossier", "number")),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="handed_in_case_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="handed_in"),
            ),
            pgtrigger.Protect(
                name="handed_in_case_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="handed_in"),
            ),
        ]


# What moves while a run is computed, and what it computed: too much, too often, for a history.
RUNNING = (
    "progress",
    "progress_text",
    "cancel_asked",
    "attempts",
    "job_id",
    "seen_at",
    "receipt",
    "figures",
    "result",
    "error",
)


@pghistory.track(exclude=[*RUNNING])
class Run(Attempted):
    """One evaluation of a frozen case file under a variant and an outlook, as a job."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="runs")
    case_version = models.ForeignKey(CaseVersion, models.PROTECT, related_name="runs")
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.ZAAKVERTROUWELIJK.value)
    variant = models.CharField(max_length=80, blank=True)
    outlook = models.CharField(max_length=40, default="hold")
    known_on = models.DateField()
    official = models.BooleanField(default=False)
    draws = models.PositiveIntegerField(null=True, blank=True, help_text="None: one evaluation")
    seed = models.PositiveIntegerField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="runs")
    receipt = models.JSONField(null=True, blank=True)
    receipt_number = models.CharField(max_length=16, blank=True, db_index=True)
    figures = models.JSONField(default=dict, help_text="npv_eur, additional_2030_t, …")
    result = models.JSONField(null=True, blank=True, help_text="As `assess --json` gives it")
    result_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=("dossier", "-asked_at")), models.Index(fields=("state",)))
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="done_run_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="done"),
            ),
            pgtrigger.Protect(
                name="done_run_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="done"),
            ),
        ]

    def put_in_queue(self) -> None:
        """Ask for a job that computes it, in the transaction that made it."""
        from maatwerkbank.web.runs.jobs import defer_run  # noqa: PLC0415  (it needs this model)

        defer_run(self)


class RunReport(models.Model):
    """The report of a run in one language. Made from the receipt; it can be made again."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="reports")
    language = models.CharField(max_length=2, choices=[("nl", "nl"), ("en", "en")])
    sections = models.TextField(help_text="HTML of the sections, to stand inside a page")
    page = models.TextField(help_text="HTML of the report as a page that stands by itself")
    pdf = models.BinaryField(help_text="The report as a document")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="one_report_per_language", fields=("run", "language")),
        )


@pghistory.track()
class PinnedRun(models.Model):
    """The run on which a gate is to be judged; the last pin counts. Append only."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pinned_runs")
    gate = models.CharField(max_length=60)
    run = models.ForeignKey(Run, models.PROTECT, related_name="pins")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at",)
        triggers = unchangeable("pin_stays")
