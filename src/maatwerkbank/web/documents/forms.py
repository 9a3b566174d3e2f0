# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about papers, passages and frozen sets.

Takes     who fills it in, so that a form offers only what that person may choose.
Gives     clean values for the services.
Leaves    every rule to the services: a form that somebody forges meets them there.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.confidentiality import GROUNDS, MARKINGS, Level
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import TOPICS
from maatwerkbank.web.documents.file_kinds import EXTENSIONS
from maatwerkbank.web.documents.inspection import ACCEPTED, size_in_words
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.documents.passages import Claim
from maatwerkbank.web.documents.services import Classification, kinds_for, topics_for
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.templatetags.words import day, document_kind, say

MARKING = ("marking", "marking_basis", "marking_until")
REDUCED_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


class ReducedDateField(forms.CharField):
    """A date of which the day, or day and month, may be unknown: ISO 8601."""

    def __init__(self, **options: Any) -> None:
        help_text = gettext_lazy("For example 2022-07-15; or 2022-07 or 2022 if the day is unknown")
        options = {"help_text": help_text, **options}
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> str:
        """The date as it was written, if there is such a date."""
        text: str = super().clean(value)
        if not text:
            return ""
        found = REDUCED_DATE.match(text)
        try:
            year, month, in_month = (
                (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
            )
            date(year, month, in_month)
        except ValueError as error:
            raise ValidationError(
                _("“%(found)s” is no date such as 2022-07-15, 2022-07 or 2022.") % {"found": text}
            ) from error
        return text


def upload_help() -> str:
    """How large a file may be, and of which kinds; told before it is chosen."""
    return _("At most %(size)s. Kinds: %(kinds)s. No macros, no password.") % {
        "size": say(size_in_words(settings.MAX_UPLOAD_BYTES)),
        "kinds": ACCEPTED,
    }


def level_choices(most: int) -> list[tuple[int, str]]:
    """Levels up to what a person may read: nobody makes what he may not see."""
    return [(level.value, say(level.label)) for level in Level if level <= most]


def date_field(label: Any, **options: Any) -> forms.DateField:
    """A whole date."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


class VersionForm(forms.Form):
    """A file, and what is to be said of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        allow_empty_file=True,  # so that the inspection tells it, with everything else
    )
    dated = ReducedDateField(label=gettext_lazy("Date of the paper"))
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example what changed since the version before"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = upload_help()


class ClassificationForm(forms.Form):
    """How confidential a paper is, and whether the company reads it."""

    level = forms.TypedChoiceField(label=gettext_lazy("Level of confidentiality"), coerce=int)
    with_company = forms.BooleanField(
        label=gettext_lazy("The company may read this paper"), required=False
    )
    marking = forms.ChoiceField(
        label=gettext_lazy("Marking of the State"),
        required=False,
        help_text=gettext_lazy(
            "A state secret does not belong in this program: it is refused, whatever the level"
        ),
    )
    marking_basis = forms.CharField(
        label=gettext_lazy("Why this marking, and by whom"), required=False, max_length=200
    )
    marking_until = date_field(gettext_lazy("Marked until"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Needed when more people come to see it; your name is kept with the reason"
        ),
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_levels(self, person)
        markings = [(each.id, say(each.label)) for each in MARKINGS.values()]
        choices(self, "marking", [("", _("none")), *markings])

    def clean(self) -> dict[str, Any]:
        """A marking says why."""
        given = super().clean() or {}
        if given.get("marking") and not given.get("marking_basis"):
            self.add_error("marking_basis", _("Say why it bears this marking, and who gave it."))
        return given

    @property
    def classification(self) -> Classification:
        """What was chosen."""
        given = self.cleaned_data
        return Classification(
            level=Level(given["level"]),
            with_company=given.get("with_company", False),
            marking=given.get("marking", ""),
            marking_basis=given.get("marking_basis", ""),
            marking_until=given.get("marking_until"),
        )

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        """How the paper is classified now."""
        fields = ("level", "with_company", "marking", "marking_basis", "marking_until")
        return {field: getattr(document, field) for field in fields}


class DocumentForm(VersionForm, ClassificationForm):
    """A new paper with its first version."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    topic = forms.ChoiceField(
        label=gettext_lazy("Subject"),
        required=False,
        help_text=gettext_lazy("Decides which partners see it. Empty: the subject of its kind"),
    )

    field_order = ("file", "kind", "title", "dated", "topic", "level", "with_company", "remark")

    def __init__(
        self, *args: Any, person: Person, roles: frozenset[str], own: bool, **options: Any
    ) -> None:
        """`own`: whether somebody of the company itself fills it in."""
        super().__init__(*args, person=person, **options)
        kinds = [(kind, document_kind(kind)) for kind in kinds_for(roles)]
        choices(self, "kind", [("", _("choose a kind")), *kinds])
        topics = topics_for(roles)
        self.topics = topics
        told = [(topic, say(TOPICS[topic])) for topic in topics]
        choices(self, "topic", [("", _("as its kind")), *told])
        self.fields["level"].initial = min(
            Level.VERTROUWELIJK if own else Level.ZAAKVERTROUWELIJK, person.clearance
        )
        del self.fields["reason"]
        if own:
            for field in ("with_company", *MARKING):
                del self.fields[field]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """What everybody fills in."""
        return [field for field in self if field.name not in MARKING]

    @property
    def marking_fields(self) -> list[forms.BoundField]:
        """What few papers need."""
        return [field for field in self if field.name in MARKING]

    @property
    def is_marked(self) -> bool:
        """Whether something of the marking was filled in."""
        return any(field.value() for field in self.marking_fields)

    def clean(self) -> dict[str, Any]:
        """The subject is that of the kind, unless another was chosen."""
        given = super().clean()
        if not given.get("topic") and given.get("kind"):
            topic = DOCUMENT_KINDS[given["kind"]].topic
            given["topic"] = topic if topic in self.topics else (self.topics or (topic,))[0]
        return given


class SignatoryForm(forms.Form):
    """Who signed."""

    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    capacity = forms.CharField(
        label=gettext_lazy("Function in which was signed"),
        max_length=200,
        help_text=gettext_lazy("For example Minister for Climate and Energy, or director"),
    )
    signed_on = ReducedDateField(label=gettext_lazy("Signed on"))


class JudgementForm(forms.Form):
    """Accepted or refused."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Judgement"),
        choices=[
            ("accepted", gettext_lazy("Accept")),
            ("refused", gettext_lazy("Refuse")),
        ],
        widget=forms.RadioSelect,
    )
    judgement = forms.CharField(
        label=gettext_lazy("Reasoning"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who refuses says why; the one who handed it in reads this"),
    )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        given = super().clean() or {}
        if given.get("outcome") == "refused" and not given.get("judgement"):
            self.add_error("judgement", _("Write down what this version lacks or what is wrong."))
        return given


class PassageForm(forms.Form):
    """A passage, and whether it should stay out of the public eye."""

    place = forms.CharField(
        label=gettext_lazy("Where"),
        max_length=200,
        help_text=gettext_lazy("Page and paragraph, or cell"),
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Without the content itself"),
    )
    emission_data = forms.BooleanField(
        label=gettext_lazy("These are data on emissions into the environment"),
        required=False,
        help_text=gettext_lazy(
            "Such data are always public (Woo 5.1(7)): no ground can withhold them, also not as a "
            "business secret. It also covers what lets the public check those figures"
        ),
    )
    environmental = forms.BooleanField(
        label=gettext_lazy("This is other environmental information"), required=False
    )
    supplied_in_confidence = forms.BooleanField(
        label=gettext_lazy("It was supplied in confidence"), required=False
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground for withholding"),
        required=False,
        help_text=gettext_lazy("Article 5.1 of the Open Government Act (Woo)"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_grounds(self)

    def clean(self) -> dict[str, Any]:
        """The law has the last word on the ground."""
        given = super().clean() or {}
        if {"place", "about"} <= given.keys():
            because = self.claim.refusal()
            if because is not None:
                self.add_error("ground", say(because))
        return given

    @property
    def claim(self) -> Claim:
        """What was filled in."""
        return Claim(**self.cleaned_data)


class PassageJudgementForm(forms.Form):
    """The State's own judgement on a passage."""

    judgement = forms.ChoiceField(
        label=gettext_lazy("Judgement of the State"),
        choices=[
            ("disclose", gettext_lazy("Disclose")),
            ("withhold", gettext_lazy("Withhold")),
        ],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        required=False,
        help_text=gettext_lazy("Empty: the ground that was claimed"),
    )
    emission_data = forms.BooleanField(
        label=gettext_lazy("These are data on emissions into the environment"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Reasoning"), widget=forms.Textarea(attrs={"rows": 3})
    )
    review_on = date_field(gettext_lazy("Look at it again on"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_grounds(self)


class FrozenSetForm(forms.Form):
    """What goes into a set, and for what."""

    purpose = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=200,
        help_text=gettext_lazy("For example: request for advice on the draft JLoI"),
    )
    gate = forms.ChoiceField(label=gettext_lazy("Gate"), required=False)
    versions: "forms.ModelMultipleChoiceField[DocumentVersion]" = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Papers"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    run: "forms.ModelChoiceField[Run]" = forms.ModelChoiceField(
        label=gettext_lazy("Run"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("no run"),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level of confidentiality"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("Empty: the highest level of anything in it"),
    )
    level_reason = forms.CharField(
        label=gettext_lazy("Reason for a lower level"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        versions: Any,
        runs: Any,
        gates: Iterable[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        offer_rows(self, "versions", versions, version_label)
        offer_rows(self, "run", runs, run_label)
        choices(self, "gate", [("", _("no gate")), *gates])
        choices(self, "level", [("", _("as its parts")), *level_choices(person.clearance)])


class ReaderForm(forms.Form):
    """Who reads a set, and until when."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=gettext_lazy("Adviser"), queryset=None, empty_label=gettext_lazy("choose a person")
    )
    until = date_field(gettext_lazy("Until"), help_text=gettext_lazy("Empty: until it is ended"))

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_rows(self, "person", people, lambda each: f"{each.name} ({each.organisation})")


# ── choices in the language of the page ───────────────────────────────────────────────────────


def choices(form: forms.Form, field: str, offered: Iterable[tuple[Any, str]]) -> None:
    """Offer these in a field of choice."""
    form.fields[field].choices = list(offered)  # type: ignore[attr-defined]


def offer_rows(form: forms.Form, field: str, rows: Any, label: Callable[[Any], str]) -> None:
    """Offer these rows in a field of choice, each with its label."""
    chosen: Any = form.fields[field]
    chosen.queryset = rows
    chosen.label_from_instance = label


def offer_levels(form: forms.Form, person: Person) -> None:
    """Offer the levels that this person may read."""
    choices(form, "level", level_choices(person.clearance))


def offer_grounds(form: forms.Form) -> None:
    """Offer the grounds of the law, each with its article."""
    grounds = [(each.id, f"{say(each.label)} ({each.article})") for each in GROUNDS.values()]
    choices(form, "ground", [("", _("none: it may be public")), *grounds])


def version_label(version: DocumentVersion) -> str:
    """A version in one line."""
    dated = f", {day(version.dated)}" if version.dated else ""
    return _("%(title)s, version %(number)s%(dated)s") % {
        "title": version.document.title,
        "number": version.number,
        "dated": dated,
    }


def run_label(run: Run) -> str:
    """A run in one line."""
    return _("Run %(receipt)s of %(day)s") % {
        "receipt": run.receipt_number,
        "day": day(run.ended_at or run.asked_at),
    }
