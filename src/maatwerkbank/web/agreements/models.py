# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of an agreement, the terms in force, their changes, and the negotiation, as stored.

Which clauses and fields there are is data: `maatwerkbank.dossier.agreement`. What may happen to
these rows is in `drafts.py`, `amending.py` and `bargaining.py`; who may see them in
`people/access.py`.
"""

from typing import ClassVar
from uuid import uuid4

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from maatwerkbank.dossier.agreement.amendments import CHANGE_KINDS
from maatwerkbank.dossier.agreement.drafting import ORIGINS
from maatwerkbank.dossier.agreement.library import LIBRARIES
from maatwerkbank.dossier.agreement.negotiation import MOVES, SIDES, SUBJECTS
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Dossier, unchangeable

ONLY_WHILE_OPEN = """
IF (SELECT state FROM {parent} WHERE id = COALESCE(NEW.{column}, OLD.{column})) <> 'open' THEN
    RAISE EXCEPTION 'what belongs to a text that is no longer open stays as it is';
END IF;
RETURN COALESCE(NEW, OLD);
"""


def only_while_open(name: str, parent: str, column: str) -> list[pgtrigger.Trigger]:
    """Rows that come, change and go only while what they belong to is open."""
    return [
        pgtrigger.Trigger(
            name=name,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=ONLY_WHILE_OPEN.format(parent=parent, column=column),
        )
    ]


@pghistory.track()
class Draft(models.Model):
    """One version of a text. Once final its clauses and values stay as they are."""

    STATES = ("open", "final")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="drafts")
    library = models.CharField(max_length=20, choices=[(each, each) for each in LIBRARIES])
    number = models.PositiveIntegerField(help_text="Version, per dossier and library, from 1")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    clauses = models.JSONField(help_text="The clauses in order, as the text has them")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="open")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    final_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Seal of text and values")
    shared_on = models.DateField(
        null=True, blank=True, help_text="From this day company and partners see it"
    )
    document = models.ForeignKey(
        DocumentVersion, models.PROTECT, null=True, blank=True, related_name="drafts"
    )

    class Meta:
        ordering = ("library", "-number")
        constraints = (
            models.UniqueConstraint(
                name="one_number_per_text", fields=("dossier", "library", "number")
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="final_text_is_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            pgtrigger.Protect(
                name="final_text_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'open' AND (OLD.clauses, OLD.state, OLD.number, OLD.library, "
                    "OLD.dossier_id, OLD.sha256, OLD.code) IS DISTINCT FROM (NEW.clauses, "
                    "NEW.state, NEW.number, NEW.library, NEW.dossier_id, NEW.sha256, NEW.code)"
                ),
            ),
        ]


@pghistory.track()
class DraftField(models.Model):
    """The value of one field of a text, frozen on a day, with its origin."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="fields")
    name = models.CharField(max_length=60)
    value = models.JSONField()
    origin = models.CharField(max_length=20, choices=[(each, each) for each in ORIGINS])
    reference = models.CharField(max_length=120, blank=True, help_text="Finds the origin again")
    taken_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_value_per_field", fields=("draft", "name")),
        )
        triggers = only_while_open("value_of_final_text_stays", "agreements_draft", "draft_id")


@pghistory.track()
class Agreement(models.Model):
    """A text that is in force, from the day on which it was signed. What holds is in its terms."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="agreements")
    library = models.CharField(max_length=20, choices=[(each, each) for each in LIBRARIES])
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="agreement")
    in_force_on = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-in_force_on", "-id")
        triggers = unchangeable("agreement_stays")


@pghistory.track()
class Amendment(models.Model):
    """A change that is drafted beside what is in force. Frozen when it is decided or withdrawn."""

    STATES = ("open", "decided", "withdrawn")

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="amendments")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    base = models.PositiveIntegerField(help_text="Number of the terms that it changes")
    state = models.CharField(max_length=10, choices=[(s, s) for s in STATES], default="open")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    shared_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                name="one_number_per_amendment", fields=("agreement", "number")
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="amendment_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_amendment_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
        ]


@pghistory.track()
class AmendmentChange(models.Model):
    """One field or clause that an amendment sets or removes, with the reason."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="changes")
    path = models.CharField(max_length=80)
    value = models.JSONField(null=True, blank=True)
    removes = models.BooleanField(default=False)
    reason = models.TextField()
    kind = models.CharField(max_length=10, choices=[(each, each) for each in CHANGE_KINDS])

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(name="one_change_per_path", fields=("amendment", "path")),
        )
        triggers = only_while_open(
            "change_of_ended_amendment_stays", "agreements_amendment", "amendment_id"
        )


@pghistory.track()
class TermsVersion(models.Model):
    """What holds between the parties, from one decision to the next. Never changed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    reasons = models.JSONField(default=dict, help_text="Per changed path the reason")
    amendment = models.OneToOneField(
        Amendment, models.PROTECT, null=True, blank=True, related_name="version"
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(name="one_number_per_terms", fields=("agreement", "number")),
        )
        triggers = unchangeable("terms_stay")


# ── the negotiation, for the team of the State ────────────────────────────────────────────────


@pghistory.track()
class Mandate(models.Model):
    """Who allows the team to offer what, in which range, until when. A wider one is a new one."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="mandates")
    subject = models.CharField(max_length=20, choices=[(each, each) for each in SUBJECTS])
    given_by = models.CharField(max_length=120, help_text="The office, not a name")
    low = models.FloatField(null=True, blank=True, help_text="[unit of the subject]")
    high = models.FloatField(null=True, blank=True, help_text="[unit of the subject]")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField()
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("subject", "since", "id")
        triggers = unchangeable("mandate_stays")


@pghistory.track()
class Move(models.Model):
    """An ask, an offer or a concession of one side, and what it was traded for."""

    code = models.UUIDField(default=uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=12, choices=[(each, each) for each in MOVES])
    side = models.CharField(max_length=10, choices=[(each, each) for each in SIDES])
    subject = models.CharField(max_length=20, choices=[(each, each) for each in SUBJECTS])
    amount = models.FloatField(null=True, blank=True, help_text="[unit of the subject]")
    words = models.TextField()
    on = models.DateField(default=timezone.localdate)
    in_return_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="returned_by"
    )
    outside_because = models.TextField(
        blank=True, help_text="Why it was made although no mandate covers it"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("on", "id")
        triggers = unchangeable("move_stays")


@pghistory.track()
class Informed(models.Model):
    """Who was told what, and when: parliament, provincial states, a council."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="informed")
    who = models.CharField(max_length=120, help_text="The body, not a name")
    about = models.TextField()
    on = models.DateField(default=timezone.localdate)
    how = models.CharField(max_length=120, blank=True, help_text="Letter, meeting, number")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("on", "id")
        triggers = unchangeable("informed_stays")
