# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advices, reviews, positions and lessons, as they are stored.

Takes     ids of bodies, criteria and verdicts from `maatwerkbank.dossier.advice`.
Gives     rows. The database itself keeps them: what was given, answered or taken never changes.
Leaves    who may see what to `people/access.py`, every deed to the modules beside this one.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from maatwerkbank.web.documents.models import FrozenSet
from maatwerkbank.web.dossiers.models import Decision, Dossier, unchangeable

Person = settings.AUTH_USER_MODEL


def kept(name: str) -> pgtrigger.Protect:
    """Rows that nobody removes."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete)


def stays(name: str, *columns: str, once: str = "") -> pgtrigger.Protect:
    """These columns never change; with `once`, from the moment on which that column was filled."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    when = f"OLD.{once} IS NOT NULL AND " if once else ""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"({when}({old}) IS DISTINCT FROM ({new}))"),
    )


def closed_by(name: str, advice: str, column: str) -> pgtrigger.Trigger:
    """No row is added, changed or removed once `column` of its advice was filled.

    `advice`: SQL that gives the id of the advice; `{row}` stands for the row before or after.
    """
    before, after = advice.format(row="OLD"), advice.format(row="NEW")
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (
            SELECT FROM advice_advice
            WHERE {column} IS NOT NULL
                AND id = CASE TG_OP WHEN 'DELETE' THEN ({before}) ELSE ({after}) END
        ) THEN
            RAISE EXCEPTION 'pgtrigger: Cannot change what belongs to an advice after {column}';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
        """,
    )


OF_ADVICE = "{row}.advice_id"
OF_RECOMMENDATION = "SELECT advice_id FROM advice_recommendation WHERE id = {row}.recommendation_id"
OF_RESPONSE = (
    "SELECT r.advice_id FROM advice_response s JOIN advice_recommendation r "
    "ON r.id = s.recommendation_id WHERE s.id = {row}.response_id"
)


# ── advice ────────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Advice(models.Model):
    """A request to an advisory body, on one frozen set; later the advice, and the answer to it."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="advices")
    body = models.CharField(max_length=40, help_text="Id in bodies.yaml")
    frozen_set = models.ForeignKey(FrozenSet, models.PROTECT, related_name="advices")
    subject = models.CharField(max_length=200)
    asked_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=30, blank=True)
    considerations = models.TextField(blank=True)
    given_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the advice as given")
    answered_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published_where = models.CharField(max_length=300, blank=True)
    withheld = models.TextField(blank=True, help_text="Which passages are withheld, and why")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-asked_on", "-id")
        triggers: ClassVar = [
            kept("advice_is_kept"),
            stays(
                "request_stays",
                *("code", "dossier_id", "body", "frozen_set_id", "subject", "asked_on"),
                *("asked_by_id", "made_at"),
            ),
            stays(
                "given_advice_stays",
                *("verdict", "considerations", "given_on", "given_at", "given_by_id"),
                "given_sha256",
                once="given_at",
            ),
            stays(
                "answer_stays", "answered_on", "answered_at", "answered_by_id", once="answered_at"
            ),
            stays(
                "publication_stays",
                *("published_on", "published_where", "withheld", "published_by_id"),
                once="published_on",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


@pghistory.track()
class Question(models.Model):
    """What the body is asked. `criterion` empty: about the whole."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=40, blank=True)
    nl = models.TextField()
    en = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="one_question_per_number", fields=("advice", "number")),
        )
        triggers = unchangeable("question_stays")


@pghistory.track()
class Participant(models.Model):
    """Somebody who may take part in an advice, and the interest declared for it."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="participants")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=20, help_text="chair, member, guest")
    interest = models.CharField(max_length=20, blank=True, help_text="Empty: not said yet")
    interest_words = models.TextField(blank=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_participant_once", fields=("advice", "name")),
        )
        triggers: ClassVar = [closed_by("given_participant_stays", OF_ADVICE, "given_at")]


@pghistory.track()
class CriterionFinding(models.Model):
    """What the body found on one criterion."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="findings")
    criterion = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    verdict = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_finding_a_criterion", fields=("advice", "criterion")),
        )
        triggers: ClassVar = [closed_by("given_finding_stays", OF_ADVICE, "given_at")]


@pghistory.track()
class Recommendation(models.Model):
    """One numbered recommendation. `criterion` empty: about the whole."""

    advice = models.ForeignKey(Advice, models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    criterion = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                name="one_recommendation_per_number", fields=("advice", "number")
            ),
        )
        triggers: ClassVar = [closed_by("given_recommendation_stays", OF_ADVICE, "given_at")]


@pghistory.track()
class Response(models.Model):
    """What the minister does with one recommendation, and why."""

    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="response")
    outcome = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("recommendation__number",)
        triggers: ClassVar = [
            closed_by("recorded_response_stays", OF_RECOMMENDATION, "answered_at")
        ]


@pghistory.track()
class ClauseChange(models.Model):
    """A clause of the draft before and after; an empty side: it was not there.

    `library` names the text of which both versions are here; empty: somebody typed the words.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="changes")
    clause = models.CharField(max_length=60, help_text="Number or id in the draft")
    library = models.CharField(max_length=20, blank=True)
    before_number = models.PositiveIntegerField(null=True, blank=True, help_text="Version before")
    after_number = models.PositiveIntegerField(null=True, blank=True, help_text="Version after")
    name_nl = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    before_en = models.TextField(blank=True)
    after_en = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        triggers: ClassVar = [closed_by("recorded_change_stays", OF_RESPONSE, "answered_at")]


# ── advices of which a public source tells ────────────────────────────────────────────────────


@pghistory.track()
class PublicAdvice(models.Model):
    """An advice on a real firm as a source tells of it. No set was frozen for it here."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="public_advices")
    body = models.CharField(max_length=40, help_text="Id in bodies.yaml")
    subject_nl = models.CharField(max_length=200)
    subject_en = models.CharField(max_length=200)
    asked = models.CharField(max_length=10, blank=True, help_text="Reduced where no day is public")
    known_by = models.DateField(help_text="A source of this day shows that it was asked")
    given = models.CharField(max_length=10, blank=True, help_text="Reduced where no day is public")
    verdict = models.CharField(max_length=30, blank=True, help_text="Empty: not public")
    source = models.CharField(max_length=120, help_text="Identity of a source")
    place = models.CharField(max_length=300, blank=True, help_text="Where in the source")

    class Meta:
        ordering = ("-known_by", "-id")
        triggers = unchangeable("public_advice_stays")


@pghistory.track()
class PublicPoint(models.Model):
    """What a source tells of such an advice. `criterion` empty: tied to none by the source."""

    advice = models.ForeignKey(PublicAdvice, models.PROTECT, related_name="points")
    criterion = models.CharField(max_length=40, blank=True)
    nl = models.TextField()
    en = models.TextField()
    source = models.CharField(max_length=120, help_text="Identity of a source")

    class Meta:
        ordering = ("id",)
        triggers = unchangeable("public_point_stays")


# ── reviews ───────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Review(models.Model):
    """An assignment to an outside expert, and whether the report is in."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=30)
    reviewer = models.CharField(max_length=200)
    what = models.TextField()
    assigned_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True, blank=True)
    assigned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewing_person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Where the reviewer may sign in: may close findings",
    )
    reported_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-assigned_on", "-id")
        triggers: ClassVar = [
            kept("review_is_kept"),
            stays(
                "assignment_stays",
                *(
                    "code",
                    "dossier_id",
                    "kind",
                    "reviewer",
                    "what",
                    "assigned_on",
                    "assigned_by_id",
                ),
                *("reviewing_person_id", "made_at"),
            ),
            stays("report_stays", "reported_on", once="reported_on"),
        ]


@pghistory.track()
class ReviewFinding(models.Model):
    """Something that a reviewer found; open until somebody closes it with a reason."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=20)
    words = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closing_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                name="one_review_finding_a_number", fields=("review", "number")
            ),
        )
        triggers: ClassVar = [
            kept("review_finding_is_kept"),
            stays("review_finding_stays", "code", "review_id", "number", "severity", "words"),
            pgtrigger.Protect(
                name="closed_finding_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.closed_on IS NOT NULL"),
            ),
        ]


# ── positions ─────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Item(models.Model):
    """Something put to the sounding board or to a partner. Never changes."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="items")
    forum = models.CharField(max_length=30)
    subject = models.CharField(max_length=200)
    question = models.TextField()
    put_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField(null=True, blank=True)
    put_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-put_on", "-id")
        triggers = unchangeable("item_stays")


@pghistory.track()
class Party(models.Model):
    """Who is asked for a position. Never changes."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organisation__name",)
        constraints = (
            models.UniqueConstraint(name="one_party_once", fields=("item", "organisation")),
        )
        triggers = unchangeable("party_stays")


@pghistory.track()
class Position(models.Model):
    """What a party said, when, and by whom it was written down. Append only."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="positions")
    stance = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at", "id")
        triggers = unchangeable("position_stays")


# ── lessons ───────────────────────────────────────────────────────────────────────────────────


@pghistory.track()
class Lesson(models.Model):
    """What held a dossier up or helped it on, and the decision that it comes from. Append only."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="lessons")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="lessons")
    stage = models.CharField(max_length=40)
    hindered = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    helped = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    words = models.TextField()
    source = models.CharField(max_length=120, blank=True, help_text="Identity of a source")
    place = models.CharField(max_length=300, blank=True, help_text="Where in the source")
    on = models.DateField(default=timezone.localdate)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-made_at",)
        triggers = unchangeable("lesson_stays")
