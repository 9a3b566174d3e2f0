# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of planning. Each asks `planning.lacks_of_…`, so that all findings come at once.

Takes     what somebody filled in.
Gives     values as the deeds of `planning` take them.
Leaves    the rules to `planning`: a form repeats none of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers import planning
from maatwerkbank.web.dossiers.ambitions import BOUNDS, QUANTITIES, UNITS, VERSIONS
from maatwerkbank.web.dossiers.models import Ambition, Milestone, Project
from maatwerkbank.web.templatetags.words import say

PERCENT = 100.0
SOURCE_HELP = gettext_lazy("Its name in the register of sources, for example kamerbrief-2025-06-30")


def day_field(**options: Any) -> forms.DateField:
    """A day of the calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def words_field(rows: int = 3, **options: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among versions of papers."""

    def label_from_instance(self, obj: DocumentVersion) -> str:
        """Title and number: a paper may have several versions."""
        named = {"title": obj.document.title, "number": obj.number}
        told: str = _("%(title)s, version %(number)s") % named
        return told


def choices_of(form: forms.Form, name: str, words: Mapping[Any, str]) -> None:
    """What there is to choose in a field, in words of the page."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (a field of our own)
    field.choices = list(words.items())


def tell(form: forms.Form, findings: Iterable[Finding]) -> None:
    """Put findings beside the fields that they are about, where nothing stands there yet."""
    for each in findings:
        place = each.place if each.place in form.fields else None
        if place not in form.errors:
            form.add_error(place, _("Fill in %(expected)s.") % {"expected": say(each.expected)})


class PlanForm(forms.Form):
    """A form whose rules stand with the deed."""

    def lacks(self) -> Iterable[Finding]:
        """Everything that the deed would refuse on."""
        return ()

    def fields_of_deed(self) -> dict[str, Any]:
        """The values as the deed takes them, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "because"}

    def clean(self) -> dict[str, Any]:
        """Add the findings of the deed on fields that could be read."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        tell(self, self.lacks())
        return cleaned


class MilestoneForm(PlanForm):
    """A milestone on one of the parallel tracks."""

    track = forms.ChoiceField(label=gettext_lazy("Track"))
    name_nl = forms.CharField(
        label=gettext_lazy("Name in Dutch"), max_length=200, widget=forms.TextInput({"lang": "nl"})
    )
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=200,
        widget=forms.TextInput({"lang": "en"}),
    )
    planned = day_field(label=gettext_lazy("Planned on"), required=False)
    actual = day_field(
        label=gettext_lazy("Came about on"),
        required=False,
        help_text=gettext_lazy("Leave this open until it has come about"),
    )
    owner = forms.CharField(
        label=gettext_lazy("Who has to bring it about"), max_length=120, required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, help_text=SOURCE_HELP
    )

    def __init__(self, *args: Any, milestone: Milestone | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "track", {key: say(told) for key, told in PARALLEL_TRACKS.items()})
        _for_change(self, milestone)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return planning.lacks_of_milestone(self.cleaned_data)


class ForecastForm(PlanForm):
    """When a milestone is expected now, and why."""

    expected = day_field(label=gettext_lazy("Expected on"))
    because = words_field(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("What changed since the last forecast, and who said so"),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, help_text=SOURCE_HELP
    )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return planning.lacks_of_forecast(self.cleaned_data)


class ProjectForm(PlanForm):
    """A project of the portfolio that the firm brings."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    description = words_field(label=gettext_lazy("What it is"), required=False)
    first_year = forms.IntegerField(
        label=gettext_lazy("First calendar year of operation"), required=False
    )
    key = forms.SlugField(
        label=gettext_lazy("Id in the case file"),
        required=False,
        help_text=gettext_lazy("The id by which the plan of the company calls this project"),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, help_text=SOURCE_HELP
    )

    def __init__(self, *args: Any, project: Project | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        _for_change(self, project)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return planning.lacks_of_project(self.cleaned_data)


class AmbitionForm(PlanForm):
    """A reduction that a document aims at. Gross and additional each have their own fields."""

    version = forms.ChoiceField(label=gettext_lazy("Version"))
    quantity = forms.ChoiceField(label=gettext_lazy("What is cut"))
    year = forms.IntegerField(label=gettext_lazy("In the year"), initial=2030)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"))
    bound = forms.ChoiceField(label=gettext_lazy("The document says"), required=False)
    gross_low = forms.FloatField(
        label=gettext_lazy("Gross reduction"),
        required=False,
        help_text=gettext_lazy("Everything that is cut. Leave it open where it is not stated"),
    )
    gross_high = forms.FloatField(
        label=gettext_lazy("Gross reduction, up to"),
        required=False,
        help_text=gettext_lazy("Only for a range"),
    )
    additional_low = forms.FloatField(
        label=gettext_lazy("Additional reduction"),
        required=False,
        help_text=gettext_lazy(
            "What goes beyond what the law asks. Leave it open where it is not stated"
        ),
    )
    additional_high = forms.FloatField(
        label=gettext_lazy("Additional reduction, up to"),
        required=False,
        help_text=gettext_lazy("Only for a range"),
    )
    additional_to_nl = forms.CharField(
        label=gettext_lazy("Additional to what, in Dutch"), max_length=300, required=False
    )
    additional_to_en = forms.CharField(
        label=gettext_lazy("Additional to what, in English"), max_length=300, required=False
    )
    boundary_nl = words_field(2, label=gettext_lazy("Boundary, in Dutch"))
    boundary_en = words_field(2, label=gettext_lazy("Boundary, in English"))
    base_year = forms.IntegerField(label=gettext_lazy("Base year"), required=False)
    dated = forms.CharField(
        label=gettext_lazy("Date of the document"),
        max_length=10,
        required=False,
        help_text=gettext_lazy("As far as it is known: 2025-06-30, 2025-06 or 2025"),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, help_text=SOURCE_HELP
    )
    document = forms.Field()
    place = forms.CharField(label=gettext_lazy("Where in it"), required=False)

    def __init__(
        self,
        *args: Any,
        documents: QuerySet[DocumentVersion],
        ambition: Ambition | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, words in (("version", VERSIONS), ("quantity", QUANTITIES), ("unit", UNITS)):
            choices_of(self, name, {key: _(told) for key, told in words.items()})
        said = {key: _(told) % {"amount": "…"} for key, told in BOUNDS.items()}
        choices_of(self, "bound", {"": _("exactly this"), **said})
        self.fields["document"] = VersionField(
            label=_("Or a document of this dossier"), queryset=documents, required=False
        )
        if ambition and not self.is_bound:
            _as_filled_in(self, ambition)
        _for_change(self, ambition)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return planning.lacks_of_ambition(self.fields_of_deed())

    def fields_of_deed(self) -> dict[str, Any]:
        """One figure is a range of one; percentages become ratios."""
        fields = super().fields_of_deed()
        size = PERCENT if fields.get("unit") == "fraction" else 1.0
        for kind in ("gross", "additional"):
            low, high = fields.get(f"{kind}_low"), fields.get(f"{kind}_high")
            high = low if high is None else high
            fields[f"{kind}_low"] = None if low is None else low / size
            fields[f"{kind}_high"] = None if high is None else high / size
        return fields


def _for_change(form: PlanForm, row: Milestone | Project | Ambition | None) -> None:
    """A form that changes something asks for a reason, and begins with what is there."""
    if row is None:
        return
    form.fields["because"] = words_field(
        label=_("Why this changes"), help_text=_("It is kept in the history of the dossier")
    )
    for name in form.fields:
        if name != "because":
            form.initial.setdefault(name, getattr(row, name))


def _as_filled_in(form: AmbitionForm, row: Ambition) -> None:
    """Amounts as somebody would fill them in: shares in per cent, one figure once."""
    size = PERCENT if row.unit == "fraction" else 1.0
    for kind in ("gross", "additional"):
        low, high = getattr(row, f"{kind}_low"), getattr(row, f"{kind}_high")
        form.initial[f"{kind}_low"] = None if low is None else round(low * size, 6)
        form.initial[f"{kind}_high"] = None if high in (None, low) else round(high * size, 6)
