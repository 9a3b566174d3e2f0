# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Parliament was promised and asked, as it is stored.

It belongs to no dossier, and it is public: everybody who signed in reads it. How a commitment
stands is computed by `dossier.parliament` and never stored. Deeds are in `keeping.py` and
`importing.py`. Reports and answers are added and never changed; one that was a mistake is taken
out, and the history keeps it.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

OUTCOMES = ("adopted", "rejected", "held", "withdrawn", "pending", "unknown")


def outcome_choices() -> list[tuple[str, str]]:
    """The outcomes of a vote, as a field takes them."""
    return [(each, each) for each in OUTCOMES]


def stays(name: str) -> list[pgtrigger.Trigger]:
    """Rows that are added and taken out, and never changed."""
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update)]


class RegisterRow(models.Model):
    """What every row of the register has."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=80, unique=True, help_text="Its public name, that stays")
    house_id = models.CharField(max_length=40, blank=True, help_text="Its id in the House")
    firms = ArrayField(
        models.SlugField(max_length=50), default=list, blank=True, help_text="Ids of firms"
    )
    source = models.CharField(max_length=120, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")
    known_from = models.DateField(
        default=timezone.localdate, help_text="Known here from this day, where it has none itself"
    )
    taken_back_on = models.DateField(
        null=True, blank=True, help_text="The House took it back: no longer in the register"
    )

    class Meta:
        abstract = True


@pghistory.track()
class Debate(RegisterRow):
    """A debate in which the approach was spoken of."""

    number = models.CharField(max_length=40, blank=True, help_text="Number of the activity")
    title_nl = models.TextField()
    title_en = models.TextField(blank=True)
    on = models.DateField()

    class Meta:
        ordering = ("-on", "id")

    def __str__(self) -> str:
        return self.title_nl


@pghistory.track()
class Commitment(RegisterRow):
    """A toezegging: what a minister said would be done, to whom, and by when."""

    number = models.CharField(max_length=40, blank=True, help_text="TZ number")
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    by_whom = models.CharField(max_length=200, help_text="Function of who made it")
    to_whom = models.CharField(max_length=200, help_text="The House, or a member of it")
    made_on = models.DateField()
    made_in = models.ForeignKey(
        Debate, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    due = models.CharField(max_length=10, blank=True, help_text="A day, a month or a year")

    class Meta:
        ordering = ("made_on", "id")

    def __str__(self) -> str:
        return self.text_nl


@pghistory.track()
class CommitmentReport(models.Model):
    """Where and when Parliament was told of a commitment, and whether that ends it."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reports")
    on = models.DateField()
    where_nl = models.TextField()
    where_en = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True, help_text="Number of the paper")
    fulfils = models.BooleanField(default=False)
    source = models.CharField(max_length=120, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("on", "id")
        triggers: ClassVar = stays("commitment_report_stays")


@pghistory.track()
class Motion(RegisterRow):
    """What the House asked, and what it decided."""

    reference = models.CharField(max_length=120, blank=True, help_text="Number of the paper")
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    by_whom = models.CharField(max_length=200, blank=True, help_text="Who handed it in")
    on = models.DateField(null=True, blank=True, help_text="Day of the vote")
    outcome = models.CharField(max_length=12, choices=outcome_choices(), default="unknown")

    class Meta:
        ordering = ("-on", "id")

    def __str__(self) -> str:
        return self.text_nl


@pghistory.track()
class MotionAnswer(models.Model):
    """What the cabinet said of a motion, or did about it, on a day."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    motion = models.ForeignKey(Motion, models.CASCADE, related_name="answers")
    on = models.DateField()
    stance_nl = models.TextField(blank=True, help_text="What the cabinet says of it")
    stance_en = models.TextField(blank=True)
    consequence_nl = models.TextField(blank=True, help_text="What it does about it")
    consequence_en = models.TextField(blank=True)
    source = models.CharField(max_length=120, help_text="Identity of a source")
    place = models.TextField(blank=True, help_text="Where in the source")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    said_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("on", "id")
        triggers: ClassVar = stays("motion_answer_stays")


@pghistory.track()
class Letter(RegisterRow):
    """A letter of the cabinet to the House. It has one title, as the House prints it."""

    reference = models.CharField(max_length=120, blank=True, help_text="Number of the paper")
    title = models.TextField()
    on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-on", "id")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Question(RegisterRow):
    """A question of a member or a committee, and where it was answered."""

    reference = models.CharField(max_length=120, blank=True, help_text="Case number")
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    by_whom = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_where_nl = models.TextField(blank=True)
    answered_where_en = models.TextField(blank=True)
    answered_reference = models.CharField(max_length=120, blank=True)
    answered_source = models.CharField(max_length=120, blank=True)
    answered_place = models.TextField(blank=True)

    class Meta:
        ordering = ("-on", "id")

    def __str__(self) -> str:
        return self.text_nl


@pghistory.track()
class HouseImport(models.Model):
    """Responses of the House's open data that somebody handed in; nothing is taken over yet.

    They are kept as they came: what the register says by them can be read again.
    """

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    taken_over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")


@pghistory.track()
class HouseResponse(models.Model):
    """One response, byte for byte as text."""

    of = models.ForeignKey(HouseImport, models.CASCADE, related_name="responses")
    name = models.CharField(max_length=120)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="house_response_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]
