# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of both sides, what they wait for, and risks, as they are stored.

How a promise stands is judged by `dossier.promises` and never stored. Deeds are in `keeping.py`,
`waiting.py` and `risks.py`; who may see a row in `people/access.py`. Forecasts, evidence and
waivers are appended and never changed.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.promises.dependency import BANDS, CONTRACTS, KINDS, NETTING, STEPS
from maatwerkbank.dossier.promises.promise import SIDES
from maatwerkbank.dossier.promises.risk_register import IMPACTS
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.web.dossiers.models import unchangeable

QUANTITIES = ("co2", "nox", "nitrogen", "water", "energy", "support", "other")
TONNE_KINDS = ("gross", "additional")


def one_of(words: object) -> list[tuple[str, str]]:
    """Choices of a field: the keys of a table of the dossier floor."""
    return [(each, each) for each in words]  # type: ignore[attr-defined]


@pghistory.track()
class Promise(models.Model):
    """What one party promised another: a quantity or a deed, with a due date and a condition."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="promises")
    by_side = models.CharField(max_length=10, choices=one_of(SIDES))
    by_name = models.CharField(max_length=120, help_text="Which ministry, province or firm")
    to_side = models.CharField(max_length=10, choices=one_of(SIDES))
    to_name = models.CharField(max_length=120)
    subject = models.CharField(max_length=30, choices=one_of(PARALLEL_TRACKS))
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    clause = models.CharField(max_length=120, blank=True, help_text="Where it stands in the paper")
    words = models.TextField(blank=True, help_text="The deed, where no quantity is promised")
    quantity = models.CharField(max_length=20, blank=True, choices=one_of(QUANTITIES))
    amount_low = models.FloatField(null=True, blank=True, help_text="[unit] at least")
    amount_high = models.FloatField(null=True, blank=True, help_text="[unit] at most")
    unit = models.CharField(max_length=20, blank=True)
    tonnes_are = models.CharField(
        max_length=12, blank=True, choices=one_of(TONNE_KINDS), help_text="Gross or additional"
    )
    boundary = models.TextField(blank=True, help_text="Which site, which scope")
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    planned = models.DateField(null=True, blank=True, help_text="Due date, as agreed")
    actual = models.DateField(null=True, blank=True, help_text="Kept on; only with evidence")
    condition = models.TextField(blank=True, help_text="Only if this is so, it binds")
    internal = models.BooleanField(default=False, help_text="Not for the company or a partner")
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")
    document = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="promises"
    )

    class Meta:
        ordering = ("planned", "id")
        indexes = (models.Index(fields=("dossier", "by_side")),)

    def __str__(self) -> str:
        return self.name_nl


@pghistory.track()
class PromiseForecast(models.Model):
    """When a promise was expected to be kept, as said on a day. Every slip stays."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="forecasts")
    expected = models.DateField()
    said_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("said_on", "id")
        triggers = unchangeable("promise_forecast_stays")


@pghistory.track()
class Evidence(models.Model):
    """What shows that a promise was kept: words, and a paper of the dossier where there is one."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="evidence")
    words = models.TextField()
    document = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("said_on", "id")
        triggers = unchangeable("evidence_stays")


@pghistory.track()
class WaiverRequest(models.Model):
    """Somebody asks to let go of a promise; a second person grants or refuses it. It stays.

    Nothing of it changes once it was answered, and nobody removes it.
    """

    ANSWERS: ClassVar = ("granted", "refused")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    promise = models.ForeignKey(Promise, models.PROTECT, related_name="waiver_requests")
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, blank=True, choices=[(a, a) for a in ANSWERS])
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            models.CheckConstraint(
                name="second_person_waives",
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="waiver_answer_has_person_and_reason",
                condition=models.Q(answer="", answered_by=None, answered_at=None)
                | (
                    ~models.Q(answer="")
                    & ~models.Q(answer_reason="")
                    & models.Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                name="one_open_waiver_request",
                fields=("promise",),
                condition=models.Q(answer=""),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="waiver_request_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_waiver_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__answer=""),
            ),
            pgtrigger.Protect(
                name="asked_waiver_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("promise", "reason", "asked_by", "asked_at", "code"),
            ),
        ]


@pghistory.track()
class Waiver(models.Model):
    """A promise was let go of: asked by one, decided by another, with the reason. It stays."""

    request = models.OneToOneField(WaiverRequest, models.PROTECT, related_name="waiver")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="waiver")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    on = models.DateField(default=timezone.localdate)
    because = models.TextField()

    class Meta:
        ordering = ("on", "id")
        triggers = unchangeable("waiver_stays")


@pghistory.track()
class Dependency(models.Model):
    """Something outside the agreement that must be there first: a grid, a pipe, a permit, aid."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=30, choices=one_of(KINDS))
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    operator = models.CharField(max_length=120, blank=True, help_text="Operator or authority")
    location = models.CharField(max_length=120, blank=True)
    capacity = models.FloatField(null=True, blank=True, help_text="[capacity_unit]")
    capacity_unit = models.CharField(max_length=20, blank=True)
    planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)
    miek_number = models.CharField(max_length=40, blank=True)
    miek_status = models.CharField(max_length=80, blank=True)
    ces_edition = models.CharField(max_length=40, blank=True)
    contract = models.CharField(max_length=20, blank=True, choices=one_of(CONTRACTS))
    band = models.CharField(
        max_length=20, blank=True, choices=one_of(BANDS), help_text="How likely on the planned date"
    )
    fallback = models.TextField(blank=True)
    public_cost_eur = models.FloatField(null=True, blank=True, help_text="[eur]")
    nitrogen_reference = models.TextField(blank=True, help_text="Reference situation")
    netting = models.CharField(max_length=20, blank=True, choices=one_of(NETTING))
    deposition = models.FloatField(null=True, blank=True, help_text="[mol/ha/year]")
    nitrogen_risk = models.TextField(blank=True)
    internal = models.BooleanField(default=False, help_text="Not for the company or a partner")
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")

    class Meta:
        ordering = ("kind", "planned", "id")
        verbose_name_plural = "dependencies"

    def __str__(self) -> str:
        return self.name_nl


@pghistory.track()
class DependencyForecast(models.Model):
    """When something was expected, as said on a day. Every slip stays."""

    dependency = models.ForeignKey(Dependency, models.CASCADE, related_name="forecasts")
    expected = models.DateField()
    said_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("said_on", "id")
        triggers = unchangeable("dependency_forecast_stays")


@pghistory.track()
class PermitStep(models.Model):
    """A step in the procedure of a permit, with its dates."""

    dependency = models.ForeignKey(Dependency, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=20, choices=one_of(STEPS))
    planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_of_each_step", fields=("dependency", "step")),
        )


@pghistory.track()
class ProjectStart(models.Model):
    """When a project is to run, and what it brings in 2030. Gross and additional are two fields."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="project_starts")
    project = models.OneToOneField("dossiers.Project", models.CASCADE, related_name="start")
    planned = models.DateField(help_text="First day of full operation, as planned")
    actual = models.DateField(null=True, blank=True)
    gross_t = models.FloatField(null=True, blank=True, help_text="[t/year] in 2030, gross")
    additional_t = models.FloatField(
        null=True, blank=True, help_text="[t/year] in 2030, beyond what the law asks"
    )
    support_eur = models.FloatField(
        null=True, blank=True, help_text="[eur] of the State that hangs on the project"
    )
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    run = models.ForeignKey(
        "runs.Run", models.PROTECT, null=True, blank=True, related_name="project_starts"
    )
    document = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("planned", "id")


@pghistory.track()
class Wait(models.Model):
    """One thing can come about so many days after another, and no sooner."""

    WAITERS: ClassVar = ("promise", "dependency", "project")
    AWAITED: ClassVar = ("promise", "dependency", "project", "milestone")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="waits")
    waiter_promise = models.ForeignKey(
        Promise, models.CASCADE, null=True, blank=True, related_name="waits"
    )
    waiter_dependency = models.ForeignKey(
        Dependency, models.CASCADE, null=True, blank=True, related_name="waits"
    )
    waiter_project = models.ForeignKey(
        ProjectStart, models.CASCADE, null=True, blank=True, related_name="waits"
    )
    awaited_promise = models.ForeignKey(
        Promise, models.CASCADE, null=True, blank=True, related_name="awaited_by"
    )
    awaited_dependency = models.ForeignKey(
        Dependency, models.CASCADE, null=True, blank=True, related_name="awaited_by"
    )
    awaited_project = models.ForeignKey(
        ProjectStart, models.CASCADE, null=True, blank=True, related_name="awaited_by"
    )
    awaited_milestone = models.ForeignKey(
        "dossiers.Milestone", models.CASCADE, null=True, blank=True, related_name="awaited_by"
    )
    lag_days = models.PositiveIntegerField(default=0, help_text="[days] between the two")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="one_thing_waits",
                condition=models.Q(
                    waiter_promise__isnull=False,
                    waiter_dependency=None,
                    waiter_project=None,
                )
                | models.Q(
                    waiter_promise=None, waiter_dependency__isnull=False, waiter_project=None
                )
                | models.Q(
                    waiter_promise=None, waiter_dependency=None, waiter_project__isnull=False
                ),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="wait_is_made_or_taken_out", operation=pgtrigger.Update)
        ]


@pghistory.track()
class Risk(models.Model):
    """What may go wrong, who deals with it, and what is left after what is done."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.CASCADE, related_name="risks")
    cause = models.TextField()
    event = models.CharField(max_length=200)
    effect = models.TextField()
    owner = models.CharField(max_length=120, help_text="Who deals with it: a function")
    before_likelihood = models.CharField(max_length=20, choices=one_of(BANDS))
    before_impact = models.CharField(max_length=20, choices=one_of(IMPACTS))
    mitigation = models.TextField(blank=True, help_text="What the company does by itself")
    after_own_likelihood = models.CharField(max_length=20, blank=True, choices=one_of(BANDS))
    after_own_impact = models.CharField(max_length=20, blank=True, choices=one_of(IMPACTS))
    state_support = models.TextField(blank=True, help_text="What the State does beside that")
    after_all_likelihood = models.CharField(max_length=20, blank=True, choices=one_of(BANDS))
    after_all_impact = models.CharField(max_length=20, blank=True, choices=one_of(IMPACTS))
    uncertainties = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="Ids of the uncertainties that the plan declares",
    )

    class Meta:
        ordering = ("id",)
