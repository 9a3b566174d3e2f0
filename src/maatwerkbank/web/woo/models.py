# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for disclosure as they are stored: per dossier what was found, judged, heard, decided.

A request may concern more than one dossier. What is worked on is its part in one dossier, which is
guarded by that dossier; each part is frozen and decided by itself. Where a part stands is judged by
`dossier.disclosure` and never stored. Who asked is kept as a capacity, without a name.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.disclosure.categories import CATEGORIES
from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS
from maatwerkbank.web.dossiers.models import Dossier, unchangeable

GROUND_CHOICES = [(each, each) for each in ALL_GROUNDS]
PERSON = settings.AUTH_USER_MODEL


@pghistory.track()
class DisclosureRequest(models.Model):
    """A request under the Woo, as it came in. It belongs to no dossier; its parts do."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    reference = models.CharField(max_length=40, unique=True, help_text="Under which it is known")
    subject = models.CharField(max_length=200)
    words = models.TextField(help_text="What is asked, without the name of who asks")
    requester = models.CharField(
        max_length=120, help_text="In what capacity, such as journalist; no name"
    )
    received_on = models.DateField()
    clarified_on = models.DateField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_because = models.TextField(blank=True)
    objection_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    handled_by = models.ForeignKey(PERSON, models.PROTECT, related_name="requests_handled")
    registered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("received_on", "reference")

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}"


@pghistory.track()
class RequestPart(models.Model):
    """A request, as far as it concerns one dossier."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    request = models.ForeignKey(DisclosureRequest, models.PROTECT, related_name="parts")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="disclosure_parts")
    searched_on = models.DateField(null=True, blank=True)
    searched_how = models.TextField(blank=True, help_text="Where and with which words")

    class Meta:
        ordering = ("request", "id")
        constraints = (
            models.UniqueConstraint(name="one_part_per_dossier", fields=("request", "dossier")),
        )


# What a paper is judged on; once it lies in an inventory this stays, until that is sent back.
JUDGED = (
    "version_id",
    "number",
    "sender",
    "receiver",
    "judgement",
    "ground",
    "reason",
    "despite_age",
    "public_at",
)


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in JUDGED)


@pghistory.track()
class Inventory(models.Model):
    """The papers of a part as they were frozen, for whoever decides. Its content never changes."""

    OUTCOMES = ("decided", "sent_back")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="inventories")
    part = models.ForeignKey(RequestPart, models.PROTECT, related_name="inventories")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="Rows with the usual columns")
    sha256 = models.CharField(max_length=64, help_text="Over all judgements and reasons")
    frozen_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, blank=True, choices=[(o, o) for o in OUTCOMES])
    outcome_on = models.DateField(null=True, blank=True)
    outcome_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    because = models.TextField(blank=True, help_text="The decision in words, or why sent back")
    objection_expected = models.BooleanField(
        default=False, help_text="Somebody heard is likely to object: release two weeks later"
    )

    class Meta:
        ordering = ("part", "number")
        constraints = (
            models.UniqueConstraint(name="one_inventory_number", fields=("part", "number")),
            models.CheckConstraint(
                name="another_person_decides",
                condition=models.Q(outcome_by=None) | ~models.Q(outcome_by=models.F("frozen_by")),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="inventory_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_inventory_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.outcome <> '' OR (OLD.content, OLD.sha256, OLD.number, OLD.frozen_by_id)"
                    " IS DISTINCT FROM (NEW.content, NEW.sha256, NEW.number, NEW.frozen_by_id)"
                ),
            ),
        ]


@pghistory.track()
class RequestedPaper(models.Model):
    """A version of a paper that was found for a request, and what is judged of it as a whole."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="requested_papers")
    part = models.ForeignKey(RequestPart, models.PROTECT, related_name="papers")
    version = models.ForeignKey(
        "documents.DocumentVersion", models.PROTECT, related_name="requested"
    )
    number = models.PositiveSmallIntegerField(help_text="In the inventory")
    sender = models.CharField(max_length=120, blank=True, help_text="Organisation, no name")
    receiver = models.CharField(max_length=120, blank=True, help_text="Organisation, no name")
    judgement = models.CharField(
        max_length=20, blank=True, choices=[(each, each) for each in JUDGEMENTS]
    )
    ground = models.CharField(max_length=40, blank=True, choices=GROUND_CHOICES)
    reason = models.TextField(blank=True)
    despite_age = models.TextField(blank=True, help_text="Why the ground holds after five years")
    emission_data = models.BooleanField(default=False)
    environmental = models.BooleanField(default=False)
    supplied_in_confidence = models.BooleanField(default=False)
    public_at = models.CharField(max_length=300, blank=True, help_text="Where it is public already")
    judged_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    inventory = models.ForeignKey(
        Inventory, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("part", "number")
        constraints = (
            models.UniqueConstraint(name="one_paper_number", fields=("part", "number")),
            models.UniqueConstraint(name="one_version_once", fields=("part", "version")),
            models.CheckConstraint(
                name="withheld_paper_has_a_ground",
                condition=~models.Q(judgement="withhold") | ~models.Q(ground=""),
            ),
            # Woo, article 5.1(7): data on emissions into the environment are never withheld.
            models.CheckConstraint(
                name="requested_emission_data_are_public",
                condition=models.Q(emission_data=False) | ~models.Q(judgement="withhold"),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="frozen_paper_is_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__inventory__isnull=False),
            ),
            pgtrigger.Protect(
                name="frozen_paper_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.inventory_id IS NOT NULL AND "
                    f"({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')})"
                ),
            ),
        ]


# A passage of a paper that lies in an inventory stays as it is.
STAYS = """
if exists (
    select from woo_requestedpaper
    where id = coalesce(NEW.paper_id, OLD.paper_id) and inventory_id is not null
) then
    raise exception 'pgtrigger: the paper lies in an inventory';
end if;
return coalesce(NEW, OLD);
"""


@pghistory.track()
class PassageJudgement(models.Model):
    """Words of a paper, and whether they stay out of it. `ground` empty: they are disclosed."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="passage_judgements")
    paper = models.ForeignKey(RequestedPaper, models.PROTECT, related_name="passages")
    claim = models.ForeignKey(
        "documents.Passage", models.PROTECT, null=True, blank=True, related_name="judgements"
    )
    words = models.TextField(blank=True, help_text="Copied from the paper; taken out of it")
    ground = models.CharField(max_length=40, blank=True, choices=GROUND_CHOICES)
    reason = models.TextField(blank=True)
    despite_age = models.TextField(blank=True, help_text="Why the ground holds after five years")
    emission_data = models.BooleanField(default=False)
    environmental = models.BooleanField(default=False)
    supplied_in_confidence = models.BooleanField(default=False)
    judged_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("paper", "id")
        constraints = (
            models.CheckConstraint(
                name="passage_with_emission_data_is_public",
                condition=models.Q(emission_data=False) | models.Q(ground=""),
            ),
            models.CheckConstraint(
                name="withheld_passage_has_words_and_a_reason",
                condition=models.Q(ground="") | ~(models.Q(words="") | models.Q(reason="")),
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="passage_of_frozen_paper_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=STAYS,
            )
        ]


@pghistory.track()
class Hearing(models.Model):
    """Somebody is asked for a view of papers that concern it, and what came of that."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="hearings")
    part = models.ForeignKey(RequestPart, models.PROTECT, related_name="hearings")
    party = models.CharField(max_length=120, help_text="Organisation, no name of a person")
    organisation = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hearings",
        help_text="Where its people give their view here",
    )
    papers = models.ManyToManyField(RequestedPaper, through="HearingPaper", related_name="hearings")
    asked_on = models.DateField(default=timezone.localdate)
    due_on = models.DateField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    view = models.TextField(blank=True)
    objects_to_it = models.BooleanField(default=False)
    viewed_on = models.DateField(null=True, blank=True)
    viewed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True, help_text="What the State does with the view")
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("part", "asked_on", "id")
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="given_view_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.viewed_on IS NOT NULL AND (OLD.view, OLD.viewed_on, OLD.objects_to_it) "
                    "IS DISTINCT FROM (NEW.view, NEW.viewed_on, NEW.objects_to_it)"
                ),
            ),
            pgtrigger.Protect(name="hearing_is_kept", operation=pgtrigger.Delete),
        ]


class HearingPaper(models.Model):
    """A paper of which somebody's view was asked. Never changes."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="+")
    paper = models.ForeignKey(RequestedPaper, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(name="one_paper_heard_once", fields=("hearing", "paper")),
        )
        triggers = unchangeable("heard_paper_stays")


@pghistory.track(exclude=["pdf", "text"])
class PaperPublication(models.Model):
    """A paper, or what is left of it, as it was made public. Never changes."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="paper_publications")
    paper = models.OneToOneField(RequestedPaper, models.PROTECT, related_name="publication")
    title = models.CharField(max_length=300, help_text="Without the words that are withheld")
    category = models.CharField(max_length=20, choices=[(each, each) for each in CATEGORIES])
    place = models.URLField(blank=True, help_text="Where else it is public")
    published_on = models.DateField()
    published_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, help_text="In which it was made public")
    grounds = models.JSONField(default=list, help_text="On which something stays out")
    pdf = models.BinaryField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the PDF")

    class Meta:
        ordering = ("published_on", "id")
        triggers = unchangeable("publication_stays")
