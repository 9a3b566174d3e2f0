# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people fill in about case files and runs; the main figures of a plan are in `plan_form`.

Takes     who fills it in, so that a form offers only what that person may choose.
Gives     clean values for the services.
Leaves    every rule to the services.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.documents import MAX_BYTES
from maatwerkbank.parameters.files import outlook_file, outlook_names, variant_file, variant_names
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.models import CaseVersion
from maatwerkbank.web.runs.services import DEFAULT_SEED, MOST_DRAWS
from maatwerkbank.web.templatetags.words import page_language, say

MEGABYTES = MAX_BYTES // 1_000_000


class UploadForm(forms.Form):
    """A case file as a file."""

    file = forms.FileField(
        label=gettext_lazy("Case file"),
        help_text=gettext_lazy("YAML or JSON, at most %(size)s MB.") % {"size": MEGABYTES},
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    level = forms.TypedChoiceField(label=gettext_lazy("Confidentiality"), coerce=int)

    def __init__(self, *args: Any, person: Person, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [each for each in Level if dossier.level <= each <= person.clearance]
        field: Any = self.fields["level"]
        field.choices = [(each.value, say(each.label)) for each in levels]
        field.initial = dossier.level

    def clean_file(self) -> "UploadedFile[Any]":
        """The file, unless it is too large to be a case file."""
        return _bounded(self.cleaned_data["file"])


class CorrectionForm(forms.Form):
    """The text of a draft, corrected in place; or a file in its stead."""

    text = forms.CharField(
        label=gettext_lazy("Text of the case file"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a corrected file"),
        required=False,
        help_text=gettext_lazy("It takes the place of the text above."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        """The file, unless it is too large to be a case file."""
        file = self.cleaned_data["file"]
        return _bounded(file) if file else None

    def raw(self) -> tuple[bytes, str]:
        """What is to be kept, and the name of the file if there is one."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        # A browser ends every line of a text box with CR and LF.
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), ""


def _bounded(file: "UploadedFile[Any]") -> "UploadedFile[Any]":
    if (file.size or 0) > MAX_BYTES:
        raise ValidationError(
            _(
                "This file is %(found)s MB; at most %(size)s MB is read. Leave out what is no part "
                "of the case."
            )
            % {"found": round((file.size or 0) / 1e6, 1), "size": MEGABYTES}
        )
    return file


class RunForm(forms.Form):
    """What is asked of a case file."""

    case_version = forms.ModelChoiceField(
        CaseVersion.objects.none(),
        label=gettext_lazy("Case file"),
        empty_label=None,
        to_field_name="code",
    )
    variant = forms.ChoiceField(label=gettext_lazy("Law"), required=False)
    known_on = forms.DateField(
        label=gettext_lazy("Law known on"),
        required=False,
        help_text=gettext_lazy("Left open: the day that the case file names."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    outlook = forms.ChoiceField(
        label=gettext_lazy("Outlook"),
        help_text=gettext_lazy("What is assumed about years on which the law is silent."),
    )
    draws = forms.IntegerField(
        label=gettext_lazy("Draws"),
        required=False,
        min_value=2,
        max_value=MOST_DRAWS,
        help_text=gettext_lazy(
            "To draw what is not known, for example 10000 times. Left open: one computation with "
            "ranges."
        ),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed of the draws"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        initial=DEFAULT_SEED,
    )
    official = forms.BooleanField(
        label=gettext_lazy("For official use"),
        required=False,
        help_text=gettext_lazy("Refused where a value that it rests on was verified by nobody."),
    )

    def __init__(self, *args: Any, case_versions: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = page_language()
        fields: Any = self.fields
        fields["case_version"].queryset = case_versions
        fields["case_version"].label_from_instance = case_label
        fields["variant"].choices = [
            ("", _("The law as known on the day below")),
            *((name, variant_file(name).label.into(language)) for name in variant_names()),
        ]
        fields["outlook"].choices = [
            (name, outlook_file(name).label.into(language)) for name in outlook_names()
        ]


def case_label(version: CaseVersion) -> str:
    """A version of the case file in a few words."""
    return _("%(number)s: %(name)s") % {"number": version.number, "name": case_name(version)}


def case_name(version: CaseVersion) -> str:
    """The title of the plan, or the name of its file."""
    title = (version.document or {}).get("title")
    if isinstance(title, dict) and title.get(page_language()):
        return str(title[page_language()])
    if version.origin == "form":
        return _("Plan from the form")
    return version.file_name or _("without a name")


class PinForm(forms.Form):
    """On which gate a run is to be judged, and why."""

    gate = forms.ChoiceField(label=gettext_lazy("Gate"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["gate"]
        track = dossier.trajectory.track(dossier.track_id)
        field.choices = [(gate.id, say(gate.label)) for gate in track.gates]
