# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers of a dossier, their versions, marked passages, frozen sets, and who looked.

Takes     files that `services.py` has sniffed and measured.
Gives     rows; the bytes lie in a folder that no server serves, under the hash of their content.
Leaves    who may read to `people/access.py`.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import GROUNDS, MARKINGS, Level
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import TOPICS
from maatwerkbank.web.dossiers.models import LEVELS, Dossier, searched, unchangeable

# Markings of the State that this program may hold: none of a state secret.
HELD_MARKINGS = [each.id for each in MARKINGS.values() if not each.state_secret]


@pghistory.track()
class Document(models.Model):
    """A paper with a kind; its content is in its versions."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60, choices=[(kind, kind) for kind in DOCUMENT_KINDS])
    title = models.CharField(max_length=200)
    topic = models.CharField(max_length=30, choices=[(topic, topic) for topic in TOPICS])
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.ZAAKVERTROUWELIJK.value)
    with_company = models.BooleanField(
        default=False, help_text="The firm handed it in or may read it"
    )
    source = models.CharField(
        max_length=120, blank=True, help_text="Identity of a public source, where it is one"
    )
    marking = models.CharField(
        max_length=30,
        blank=True,
        choices=[(marking, marking) for marking in HELD_MARKINGS],
        help_text="The State's own marking (rubricering), beside the level",
    )
    marking_basis = models.CharField(max_length=200, blank=True, help_text="Why, and by whom")
    marking_until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("kind", "title")
        indexes = (models.Index(fields=("dossier", "kind")), *searched("document", "title"))
        constraints = (
            models.CheckConstraint(
                name="no_state_secret", condition=models.Q(marking__in=["", *HELD_MARKINGS])
            ),
        )

    def __str__(self) -> str:
        return self.title


# What a version is made of; only its state and the judgement on it come later.
CONTENT = (
    "code",
    "document_id",
    "number",
    "dated",
    "source",
    "file_name",
    "media_type",
    "size",
    "sha256",
    "handed_in_by_id",
    "handed_in_at",
)


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in CONTENT)


@pghistory.track()
class DocumentVersion(models.Model):
    """One version of a paper. Once handed in (not a draft) it is frozen in the database."""

    STATES = ("draft", "handed_in", "accepted", "refused")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES], default="draft")
    dated = models.CharField(max_length=10, blank=True, help_text="ISO 8601, may be reduced")
    source = models.CharField(
        max_length=120, blank=True, help_text="Identity of the public source of this version"
    )
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text="[bytes]")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Empty: known, not held here")
    remark = models.TextField(blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    judgement = models.TextField(blank=True)

    class Meta:
        ordering = ("document", "number")
        constraints = (
            models.UniqueConstraint(name="one_number_per_document", fields=("document", "number")),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="handed_in_version_is_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.Protect(
                name="handed_in_version_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND "
                    f"({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')})"
                ),
            ),
            pgtrigger.Protect(
                name="judged_version_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["accepted", "refused"]),
            ),
        ]


@pghistory.track()
class Signatory(models.Model):
    """Who signed a version, in what capacity, when. Append only."""

    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="signatories")
    organisation = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200, help_text="Function in which was signed")
    signed_on = models.CharField(max_length=10, blank=True, help_text="ISO 8601, may be reduced")

    class Meta:
        ordering = ("id",)
        triggers = unchangeable("signature_stays")


@pghistory.track()
class Passage(models.Model):
    """A passage that is or is not to be kept from the public, with the ground in law."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="passages")
    place = models.CharField(max_length=200, help_text="Page and paragraph, or cell")
    about = models.TextField(help_text="What the passage is about, without its content")
    emission_data = models.BooleanField(
        default=False, help_text="Data on emissions into the environment"
    )
    environmental = models.BooleanField(
        default=False, help_text="Environmental information, other than data on emissions"
    )
    supplied_in_confidence = models.BooleanField(default=False)
    ground = models.CharField(
        max_length=40, blank=True, choices=[(ground, ground) for ground in GROUNDS]
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="passages_claimed"
    )
    claimed_on = models.DateField(default=timezone.localdate)
    judgement = models.CharField(
        max_length=12,
        blank=True,
        choices=[("withhold", "withhold"), ("disclose", "disclose")],
        help_text="The State's own judgement on the claim",
    )
    judgement_reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("version", "id")
        constraints = (
            # Woo, article 5.1(7): data on emissions into the environment are never withheld.
            models.CheckConstraint(
                name="emission_data_are_public",
                condition=models.Q(emission_data=False) | models.Q(ground=""),
            ),
            models.CheckConstraint(
                name="withheld_on_a_ground",
                condition=~models.Q(judgement="withhold") | ~models.Q(ground=""),
            ),
            models.CheckConstraint(
                name="judged_passage_has_a_person",
                condition=models.Q(judgement="") | models.Q(judged_by__isnull=False),
            ),
        )


@pghistory.track(exclude=["content"])
class FrozenSet(models.Model):
    """Papers and a run as they were at one moment, for an adviser or a gate. Never changes."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="frozen_sets")
    purpose = models.CharField(max_length=200)
    gate = models.CharField(max_length=60, blank=True)
    content = models.JSONField(help_text="Manifest: each item with its hash")
    sha256 = models.CharField(max_length=64)
    level = models.PositiveSmallIntegerField(choices=LEVELS)
    level_reason = models.TextField(
        blank=True, help_text="Why lower than the highest of its parts; `made_by` answers for it"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    versions = models.ManyToManyField(
        DocumentVersion, through="FrozenVersion", related_name="frozen_sets"
    )
    run = models.ForeignKey(
        "runs.Run", models.PROTECT, null=True, blank=True, related_name="frozen_sets"
    )

    class Meta:
        ordering = ("-made_at",)
        triggers = unchangeable("frozen_set_stays")


class FrozenVersion(models.Model):
    """A version lies in a frozen set. Never changes."""

    frozen_set = models.ForeignKey(FrozenSet, models.PROTECT, related_name="+")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="one_version_once_in_a_set", fields=("frozen_set", "version")
            ),
        )
        triggers = unchangeable("frozen_version_stays")


@pghistory.track()
class FrozenSetReader(models.Model):
    """A person who may read a frozen set, and until when."""

    frozen_set = models.ForeignKey(FrozenSet, models.PROTECT, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sets")
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(name="one_reader_once", fields=("frozen_set", "person")),
        )


class Look(models.Model):
    """Somebody opened something confidential. Append only."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks")
    at = models.DateTimeField(default=timezone.now)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=20, help_text="document, run, frozen_set, export, case")
    thing = models.UUIDField(help_text="Code of what was opened")
    title = models.CharField(max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(choices=LEVELS)

    class Meta:
        ordering = ("-at",)
        indexes = (models.Index(fields=("dossier", "-at")),)
        triggers = unchangeable("look_stays")
