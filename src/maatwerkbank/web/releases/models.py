# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Statements, released figures, totals over firms and letters, as they are stored.

What may be released is in `dossier.publication`; deeds are in `stating.py`, `releasing.py`,
`totals.py` and `letters.py`; who may see a row in `people/access.py`. What was approved or decided
never changes: it can be withdrawn, once, and its history stays.
"""

from typing import Any, ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import GROUNDS
from maatwerkbank.dossier.publication.release import ORIGINS, STATES
from maatwerkbank.portfolio.register import Stage
from maatwerkbank.web.dossiers.models import LEVELS, Dossier

KINDS = ("gross", "additional")
BOUNDS = ("at_least", "at_most", "about")
# Steps of a statement after which its text stays as it is.
SETTLED = ("approved", "released", "withdrawn")


def one_of(words: object) -> list[tuple[str, str]]:
    """Choices of a field: the keys of a table of the dossier floor."""
    return [(str(each), str(each)) for each in words]  # type: ignore[attr-defined]


def somebody(**options: Any) -> "models.ForeignKey[Any, Any]":
    """Who did it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


def stays_but(name: str, table: str, *changing: str) -> list[pgtrigger.Trigger]:
    """Rows of which only `changing` may be filled in, once; none is removed."""
    free = ", ".join(f"'{each}'" for each in changing)
    same = f"to_jsonb(OLD) - ARRAY[{free}] IS DISTINCT FROM to_jsonb(NEW) - ARRAY[{free}]"
    first = changing[0]
    return [
        pgtrigger.Trigger(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=f"""
IF TG_OP = 'DELETE' OR OLD.{first} IS NOT NULL OR {same} THEN
    RAISE EXCEPTION 'pgtrigger: a row of {table} stays as it was decided' USING ERRCODE = 'P0001';
END IF;
RETURN NEW;
""",
        )
    ]


WITHDRAWAL = ("withdrawn_on", "withdrawn_by_id", "withdrawn_because")


# ── statements ────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Statement(models.Model):
    """The dated status text of one firm. Once approved, its words stay."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="statements")
    on = models.DateField(default=timezone.localdate, help_text="The day of which it tells")
    text_nl = models.TextField(help_text="{id of a figure} stands for that figure")
    text_en = models.TextField()
    stage = models.CharField(
        max_length=30, choices=one_of(Stage), help_text="The stage that becomes public with it"
    )
    figures = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Ids of the figures in the text",
    )
    drafted_from = models.JSONField(
        default=dict, blank=True, help_text="The facts on which the text rests, by name"
    )
    state = models.CharField(max_length=12, choices=one_of(STATES), default="draft")
    written_by = somebody(help_text="Who wrote these words last; somebody else approves them")
    written_at = models.DateTimeField(default=timezone.now)
    sent_back_because = models.TextField(blank=True)
    approved_by = somebody(null=True, blank=True)
    approved_as = models.CharField(max_length=40, blank=True, help_text="In which role")
    approved_on = models.DateField(null=True, blank=True)
    released_by = somebody(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True, help_text="Why it was approved and released")
    withdrawn_by = somebody(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-on", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_open_statement",
                fields=("dossier",),
                condition=models.Q(state__in=("draft", "proposed", "approved")),
            ),
            models.CheckConstraint(
                name="approved_by_a_second_person",
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("written_by")),
            ),
            models.CheckConstraint(
                name="released_after_approval",
                condition=models.Q(released_on=None) | models.Q(approved_on__isnull=False),
            ),
        )
        indexes = (models.Index(fields=("released_on",)),)
        triggers: ClassVar = [
            pgtrigger.Protect(name="statement_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="approved_statement_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('approved', 'released', 'withdrawn') AND (OLD.code, "
                    'OLD.dossier_id, OLD."on", OLD.text_nl, OLD.text_en, OLD.stage, OLD.figures, '
                    "OLD.written_by_id, OLD.approved_by_id, OLD.approved_on) IS DISTINCT FROM "
                    '(NEW.code, NEW.dossier_id, NEW."on", NEW.text_nl, NEW.text_en, NEW.stage, '
                    "NEW.figures, NEW.written_by_id, NEW.approved_by_id, NEW.approved_on)"
                ),
            ),
            pgtrigger.Protect(
                name="released_statement_goes_nowhere_but_out",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.released_on IS NOT NULL AND (OLD.released_on, OLD.released_by_id) IS "
                    "DISTINCT FROM (NEW.released_on, NEW.released_by_id)"
                ),
            ),
            pgtrigger.Protect(
                name="withdrawn_statement_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="withdrawn"),
            ),
        ]


# ── figures ───────────────────────────────────────────────────────────────────────────────────


class Told(models.Model):
    """A figure with its identity, value and unit, as it was when somebody decided on it."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    figure = models.CharField(max_length=120, help_text="Its id, which stays")
    quantity = models.CharField(max_length=60)
    label_nl = models.CharField(max_length=260)
    label_en = models.CharField(max_length=260)
    low = models.FloatField(null=True, blank=True, help_text="[unit] at least")
    high = models.FloatField(null=True, blank=True, help_text="[unit] at most")
    unit = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, blank=True, choices=one_of(KINDS))
    bound = models.CharField(max_length=12, blank=True, choices=one_of(BOUNDS))
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    boundary_nl = models.TextField(blank=True)
    boundary_en = models.TextField(blank=True)
    because = models.TextField(blank=True)
    by = somebody()
    role = models.CharField(max_length=40, help_text="In which role")
    on = models.DateField(default=timezone.localdate)
    withdrawn_by = somebody(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class FigureRelease(Told):
    """A named person released a figure of one dossier, or refused to."""

    OUTCOMES = ("released", "refused")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="figure_releases")
    outcome = models.CharField(max_length=10, choices=one_of(OUTCOMES))
    ground = models.CharField(
        max_length=40, blank=True, choices=one_of(GROUNDS), help_text="Of a refusal"
    )
    origin = models.CharField(max_length=12, choices=one_of(ORIGINS))
    identity = models.CharField(
        max_length=120, blank=True, help_text="A source, the receipt of a run, or the code of a row"
    )
    level = models.PositiveSmallIntegerField(
        choices=LEVELS, help_text="The highest of what it is made of"
    )
    reconstruction = models.BooleanField(
        default=False, help_text="Reckoned from public data, not from data of the firm"
    )
    emission_data = models.BooleanField(
        default=False, help_text="Data on emissions into the environment"
    )

    class Meta:
        ordering = ("figure", "-on", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_standing_decision_per_figure",
                fields=("dossier", "figure"),
                condition=models.Q(withdrawn_on=None),
            ),
            # Woo, article 5.1(7): data on emissions into the environment are never withheld.
            models.CheckConstraint(
                name="emission_figures_are_not_refused",
                condition=models.Q(emission_data=False) | models.Q(outcome="released"),
            ),
            models.CheckConstraint(
                name="released_figure_has_an_origin",
                condition=models.Q(outcome="refused") | ~models.Q(identity=""),
            ),
            models.CheckConstraint(
                name="released_figure_has_a_value",
                condition=models.Q(outcome="refused")
                | models.Q(low__isnull=False)
                | models.Q(high__isnull=False),
            ),
        )
        triggers = stays_but("figure_release_stays", "figure releases", *WITHDRAWAL)


@pghistory.track()
class TotalRelease(Told):
    """A named person released a total over firms. Of no one dossier."""

    firms = ArrayField(models.CharField(max_length=60), help_text="Over which firms it is")
    reveals = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="Firms whose figure it gives away; `because` says why that can be so",
    )

    class Meta:
        ordering = ("figure", "-on", "-id")
        constraints = (
            models.UniqueConstraint(
                name="one_standing_total_per_figure",
                fields=("figure",),
                condition=models.Q(withdrawn_on=None),
            ),
            models.CheckConstraint(
                name="revealing_total_has_a_reason",
                condition=models.Q(reveals=[]) | ~models.Q(because=""),
            ),
        )
        triggers = stays_but("total_release_stays", "total releases", *WITHDRAWAL)


# ── letters ───────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Letter(models.Model):
    """A progress letter as it was put together from what was public on a day. Of no one dossier."""

    STATES = ("draft", "approved", "sent", "withdrawn")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    as_of = models.DateField()
    since = models.DateField(null=True, blank=True, help_text="The letter before it")
    language = models.CharField(max_length=2, choices=[("nl", "nl"), ("en", "en")])
    sha256 = models.CharField(max_length=64, help_text="Of the figures and sentences, as JSON")
    state = models.CharField(max_length=10, choices=one_of(STATES), default="draft")
    made_by = somebody()
    made_at = models.DateTimeField(default=timezone.now)
    approved_by = somebody(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True, help_text="Number of the sent letter")

    class Meta:
        ordering = ("-as_of", "-id")
        constraints = (
            models.CheckConstraint(
                name="letter_approved_by_a_second_person",
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("made_by")),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="letter_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="made_letter_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('sent', 'withdrawn') OR (OLD.code, OLD.as_of, OLD.since, "
                    "OLD.language, OLD.sha256, OLD.made_by_id) "
                    "IS DISTINCT FROM (NEW.code, NEW.as_of, NEW.since, NEW.language, NEW.sha256, "
                    "NEW.made_by_id)"
                ),
            ),
        ]


class LetterFile(models.Model):
    """A letter as one kind of file. Never changes."""

    KINDS = ("odt", "pdf", "md", "json")

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=one_of(KINDS))
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_file_per_kind", fields=("letter", "kind")),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="letter_file_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
