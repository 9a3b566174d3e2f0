# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Firms and their dossiers, as they are stored.

What may happen to them is in `services.py`; who may see them in `people/access.py`, which is the
only other module that may ask for dossiers. Which stages and gates exist is data:
`maatwerkbank.dossier.trajectory`.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.dossier.trajectory import Trajectory, trajectory

LEVELS = [(level.value, level.name) for level in Level]


def searched(name: str, *columns: str) -> list[models.Index]:
    """Indexes of the words in these columns, as `overview/search.py` asks for them."""
    return [
        GinIndex(SearchVector(column, config="simple"), name=f"{name}_{column}_words")
        for column in columns
    ]


def unchangeable(name: str) -> list[pgtrigger.Trigger]:
    """Rows that no one changes or removes, not even by hand in the database."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


@pghistory.track()
class Company(models.Model):
    """A firm that is, was or may be in the approach."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    sector_nl = models.CharField(max_length=120, blank=True)
    sector_en = models.CharField(max_length=120, blank=True)
    cluster = models.CharField(max_length=120, blank=True)
    organisation = models.OneToOneField(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="company"
    )

    class Meta:
        ordering = ("name",)
        indexes = searched("company", "name")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Site(models.Model):
    """A site of a firm, with its permits under EU ETS."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="sites")
    name = models.CharField(max_length=200)
    municipality = models.CharField(max_length=120, blank=True)
    ets_ids = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    joint_permit = models.CharField(
        max_length=30, blank=True, help_text="The one of `ets_ids` that several firms share"
    )

    class Meta:
        ordering = ("name",)
        indexes = searched("site", "name", "municipality")

    def __str__(self) -> str:
        return self.name


# What the planning of a dossier comes to, so that who asks for all that are late need not read
# every milestone. The database keeps it, as it keeps the last forecast at each milestone.
COMES_TO = """
SELECT min(COALESCE(last_forecast, planned)), COALESCE(bool_or(last_forecast > planned), false)
INTO NEW.next_due, NEW.slips
FROM dossiers_milestone WHERE dossier_id = NEW.id AND actual IS NULL;
RETURN NEW;
"""
TELL_THE_DOSSIER = """
UPDATE dossiers_dossier SET slips = slips WHERE id IN (NEW.dossier_id, OLD.dossier_id);
RETURN NULL;
"""


@pghistory.track(exclude=["next_due", "slips"])
class Dossier(models.Model):
    """One firm in one track of the approach."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    company = models.ForeignKey(Company, models.PROTECT, related_name="dossiers")
    trajectory_id = models.CharField(max_length=60, help_text="Version of the table of stages")
    track_id = models.CharField(max_length=40)
    stage = models.CharField(max_length=40)
    stage_since = models.DateField(null=True, blank=True)
    exit = models.CharField(max_length=30, blank=True)
    exit_reasons = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    exit_since = models.DateField(null=True, blank=True)
    exit_known_by = models.DateField(
        null=True, blank=True, help_text="Where the day is not public: when it was known at last"
    )
    exit_source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    exit_place = models.TextField(blank=True, help_text="Where in the source")
    next_contact = models.DateField(null=True, blank=True)
    next_due = models.DateField(
        null=True,
        editable=False,
        help_text="The first of its open milestones; the database keeps it",
    )
    slips = models.BooleanField(
        default=False,
        editable=False,
        help_text="An open milestone is forecast later than planned; the database keeps it",
    )
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.ZAAKVERTROUWELIJK.value)
    opened_on = models.DateField(default=timezone.localdate)
    public_reconstruction = models.BooleanField(
        default=False, help_text="Made from public sources only; no papers of the firm"
    )

    class Meta:
        ordering = ("company__name", "track_id")
        constraints = (
            models.UniqueConstraint(
                name="one_running_dossier_per_track",
                fields=("company", "track_id"),
                condition=models.Q(exit=""),
            ),
        )
        indexes = (
            models.Index(fields=("stage", "stage_since")),
            models.Index(fields=("next_contact",)),
        )
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="planning_comes_to_this",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=COMES_TO,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company.name} ({self.track_id})"

    @property
    def trajectory(self) -> Trajectory:
        """The version of the table of stages that this dossier runs on."""
        return trajectory(self.trajectory_id)


@pghistory.track()
class Membership(models.Model):
    """A person in a role on one dossier: need to know. Ended, never removed."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(role, role) for role in ROLES])
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("role", "person__name")
        constraints = (
            models.UniqueConstraint(
                name="one_membership_per_role",
                fields=("dossier", "person", "role"),
                condition=models.Q(until=None),
            ),
        )
        indexes = (models.Index(fields=("person", "role", "dossier")),)


@pghistory.track()
class StageReached(models.Model):
    """A stage was reached. The day may be reduced (`2023-12`) or not public. Append only."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="stages_reached")
    stage = models.CharField(max_length=40)
    on = models.CharField(max_length=10, blank=True, help_text="ISO 8601, may be reduced")
    counts_from = models.DateField()
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    decision = models.ForeignKey(
        "Decision", models.PROTECT, null=True, blank=True, related_name="stages_reached"
    )

    class Meta:
        ordering = ("counts_from", "id")
        indexes = (models.Index(fields=("dossier", "counts_from")),)
        triggers = unchangeable("stage_reached_stays")


@pghistory.track()
class Attestation(models.Model):
    """Somebody states, in a role and by name, that a criterion is met. Append only."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="attestations")
    gate = models.CharField(max_length=60)
    criterion = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attestations")
    role = models.CharField(max_length=40)
    on = models.DateField(default=timezone.localdate)
    statement = models.TextField()
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at",)
        triggers = unchangeable("attestation_stays")


@pghistory.track()
class Override(models.Model):
    """A criterion set aside: asked with a reason by one person, confirmed or refused by another.

    Listed for ever: nothing of it changes once it was answered.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="overrides")
    gate = models.CharField(max_length=60)
    criterion = models.CharField(max_length=80)
    reason = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="overrides_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(
        max_length=10, blank=True, choices=[("confirmed", "confirmed"), ("refused", "refused")]
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="overrides_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at",)
        constraints = (
            models.CheckConstraint(
                name="second_person_answers",
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="answer_has_a_person",
                condition=models.Q(answer="", answered_by=None, answered_at=None)
                | (
                    ~models.Q(answer="")
                    & models.Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                name="one_open_override_per_criterion",
                fields=("dossier", "gate", "criterion"),
                condition=models.Q(answer=""),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="override_is_never_removed", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_override_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__answer=""),
            ),
            pgtrigger.Protect(
                name="asked_override_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "dossier", "gate", "criterion", "reason", "asked_by", "asked_at", "code"
                ),
            ),
        ]


@pghistory.track(exclude=["evidence"])
class Decision(models.Model):
    """What was decided, by whom, on what. One chain over all dossiers; each entry seals the last.

    `kind`: gate, exit, re_entry, trajectory, level, opening.
    """

    KINDS = ("opening", "gate", "exit", "re_entry", "trajectory", "level")
    OUTCOMES = ("passed", "refused", "done")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.BigIntegerField(unique=True, help_text="Place in the chain, from 1")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    outcome = models.CharField(max_length=20, choices=[(o, o) for o in OUTCOMES])
    gate = models.CharField(max_length=60, blank=True)
    from_stage = models.CharField(max_length=40, blank=True)
    to_stage = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions"
    )
    role = models.CharField(max_length=40)
    decided_on = models.DateField(default=timezone.localdate)
    recorded_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    run = models.ForeignKey(
        "runs.Run", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    details = models.JSONField(default=dict, help_text="What this kind of decision adds")
    evidence = models.JSONField(default=dict, help_text="The frozen evidence, with hashes")
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("dossier", "sequence")),
            *searched("decision", "reason"),
        )
        triggers = unchangeable("decision_stays")


@pghistory.track()
class Ambition(models.Model):
    """A reduction promised or aimed at, per version. Gross and additional never share a field."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="ambitions")
    version = models.CharField(
        max_length=20,
        choices=[
            (each, each)
            for each in ("eop", "subsidy_decision", "jloi", "agreement", "realised", "net_zero")
        ],
    )
    quantity = models.CharField(max_length=20, default="co2")
    year = models.PositiveSmallIntegerField(help_text="Calendar year in which it counts")
    unit = models.CharField(
        max_length=20, default="t/year", help_text="t/year, or fraction (of the base year)"
    )
    gross_low = models.FloatField(null=True, blank=True, help_text="[unit] gross, at least")
    gross_high = models.FloatField(null=True, blank=True, help_text="[unit] gross, at most")
    additional_low = models.FloatField(
        null=True, blank=True, help_text="[unit] beyond what the law asks, at least"
    )
    additional_high = models.FloatField(
        null=True, blank=True, help_text="[unit] beyond what the law asks, at most"
    )
    additional_to_nl = models.CharField(max_length=300, blank=True)
    additional_to_en = models.CharField(max_length=300, blank=True)
    bound = models.CharField(max_length=20, blank=True)
    boundary_nl = models.TextField(blank=True)
    boundary_en = models.TextField(blank=True)
    base_year = models.PositiveSmallIntegerField(null=True, blank=True)
    dated = models.CharField(max_length=10, blank=True, help_text="ISO 8601, may be reduced")
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")
    document = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="ambitions"
    )

    class Meta:
        ordering = ("quantity", "year", "dated", "id")


@pghistory.track()
class Project(models.Model):
    """One project of the portfolio that a firm brings."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="projects")
    key = models.SlugField(help_text="Id of the project in the case file", blank=True)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="First calendar year of operation"
    )
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("first_year", "name")
        indexes = searched("project", "name")

    def __str__(self) -> str:
        return self.name


# The last word on a milestone, so that who asks for all that is late need not read every forecast.
LAST_FORECAST = """
NEW.last_forecast = (
    SELECT expected FROM dossiers_forecast WHERE milestone_id = NEW.id
    ORDER BY said_on DESC, id DESC LIMIT 1
);
RETURN NEW;
"""
TELL_THE_MILESTONE = """
UPDATE dossiers_milestone SET last_forecast = NEW.expected WHERE id = NEW.milestone_id;
RETURN NULL;
"""


@pghistory.track(exclude=["last_forecast"])
class Milestone(models.Model):
    """A dated step on one of the parallel tracks: planned, forecast again and again, actual."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="milestones")
    track = models.CharField(max_length=30, choices=[(track, track) for track in PARALLEL_TRACKS])
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    planned = models.DateField(null=True, blank=True)
    actual = models.DateField(null=True, blank=True)
    last_forecast = models.DateField(
        null=True, editable=False, help_text="By its last forecast; the database keeps it"
    )
    owner = models.CharField(max_length=120, blank=True, help_text="Who has to bring it about")
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("track", "planned", "id")
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="last_forecast_is_true",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=LAST_FORECAST,
            ),
            pgtrigger.Trigger(
                name="dossier_hears_of_it",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=TELL_THE_DOSSIER,
            ),
        ]


@pghistory.track()
class Forecast(models.Model):
    """When a milestone was expected, as said on a day. Each slip is kept. Append only."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="forecasts")
    expected = models.DateField()
    said_on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("said_on", "id")
        triggers: ClassVar = [
            *unchangeable("forecast_stays"),
            pgtrigger.Trigger(
                name="milestone_hears_of_it",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=TELL_THE_MILESTONE,
            ),
        ]


@pghistory.track()
class Remark(models.Model):
    """A dated remark about a firm with its source: a reservation, a note, or a change of track."""

    KINDS = ("qualifier", "note", "track")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in KINDS])
    nl = models.TextField()
    en = models.TextField()
    dated = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")

    class Meta:
        ordering = ("dated", "id")
        indexes = searched("remark", "nl", "en")
