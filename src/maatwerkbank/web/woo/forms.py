# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of requests. Each asks the `lacks_of_…` of its deed, so that all findings come at once.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.disclosure.categories import CATEGORIES
from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS, mark_of
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.models import DocumentVersion, Passage
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm, day_field, words_field
from maatwerkbank.web.templatetags.words import day, say
from maatwerkbank.web.woo import deciding, hearing, judging, registering
from maatwerkbank.web.woo.models import DisclosureRequest, RequestedPaper, RequestPart


class WooForm(PlanForm):
    """A form that says what lacks in the words of the law, beside the field."""

    def clean(self) -> dict[str, Any]:
        """Add the findings of the deed on fields that could be read."""
        cleaned: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        for each in self.lacks():
            place = each.place if each.place in self.fields else None
            if place in self.errors:
                continue
            told = say(each.expected)
            if each.code != "disclosure.public":
                told = _("Fill in %(expected)s.") % {"expected": told}
            self.add_error(place, told)
        return cleaned


def _choices(form: forms.Form, name: str, texts: Mapping[str, Text], empty: str = "") -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (a field of our own)
    chosen = [(key, say(text)) for key, text in texts.items()]
    field.choices = [("", empty), *chosen] if empty else chosen


def _grounds(form: forms.Form, empty: str) -> None:
    texts = {
        key: Text(nl=f"{mark_of(key)} {each.label.nl}", en=f"{mark_of(key)} {each.label.en}")
        for key, each in ALL_GROUNDS.items()
    }
    _choices(form, "ground", texts, empty)


class DossierField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among dossiers."""

    def label_from_instance(self, obj: Dossier) -> str:
        """The firm."""
        return obj.company.name


class RequestForm(WooForm):
    """A request as it came in."""

    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=40)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    words = words_field(
        4,
        label=gettext_lazy("What is asked"),
        help_text=gettext_lazy("Leave out the name and address of who asks"),
    )
    requester = forms.CharField(
        label=gettext_lazy("Who asks, by capacity"),
        max_length=120,
        help_text=gettext_lazy("For example: journalist, environmental organisation. No name"),
    )
    received_on = day_field(label=gettext_lazy("Received on"))
    dossiers = forms.Field()

    def __init__(self, *args: Any, dossiers: QuerySet[Dossier], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dossiers"] = DossierField(
            label=_("Which dossiers it concerns"),
            queryset=dossiers,
            widget=forms.CheckboxSelectMultiple,
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return registering.lacks_of_request(self.cleaned_data)


class RequestStepForm(WooForm):
    """Something that happened to the request as a whole."""

    step = forms.ChoiceField(label=gettext_lazy("What happened"))
    on = day_field(label=gettext_lazy("On which day"))
    because = words_field(
        2,
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("Needed for an extension: the requester is told it"),
    )

    def __init__(self, *args: Any, request: DisclosureRequest, **options: Any) -> None:
        self.request = request
        super().__init__(*args, **options)
        _choices(self, "step", registering.STEPS)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return registering.lacks_of_step(self.request, self.cleaned_data)


class VersionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among versions of papers."""

    def label_from_instance(self, obj: DocumentVersion) -> str:
        """Title, number and date."""
        told: str = _("%(title)s, version %(number)s") % {
            "title": obj.document.title,
            "number": obj.number,
        }
        return f"{told} ({day(obj.dated)})" if obj.dated else told


class SearchForm(WooForm):
    """What a search brought."""

    versions = forms.Field()
    how = words_field(
        2,
        label=gettext_lazy("How you searched"),
        help_text=gettext_lazy("In which places, with which words, over which period"),
    )

    def __init__(self, *args: Any, versions: QuerySet[DocumentVersion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["versions"] = VersionsField(
            label=_("Papers that were found"),
            queryset=versions,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Papers that are on the list already are left out here"),
        )


def _about_fields(form: forms.Form) -> None:
    form.fields["emission_data"] = forms.BooleanField(
        label=_("Data on emissions into the environment"),
        required=False,
        help_text=_("Such data are always public"),
    )
    form.fields["environmental"] = forms.BooleanField(
        label=_("Other environmental information"), required=False
    )
    form.fields["supplied_in_confidence"] = forms.BooleanField(
        label=_("Supplied in confidence"), required=False
    )


class PaperJudgementForm(WooForm):
    """The judgement of a paper as a whole."""

    judgement = forms.ChoiceField(label=gettext_lazy("Judgement"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        required=False,
        help_text=gettext_lazy("Only where the whole paper stays out"),
    )
    reason = words_field(2, label=gettext_lazy("Reasoning"), required=False)
    despite_age = words_field(
        2,
        label=gettext_lazy("Why the ground still holds"),
        required=False,
        help_text=gettext_lazy("For a paper of more than five years old"),
    )
    public_at = forms.CharField(
        label=gettext_lazy("Where it is public already"), max_length=300, required=False
    )
    sender = forms.CharField(label=gettext_lazy("From"), max_length=120, required=False)
    receiver = forms.CharField(
        label=gettext_lazy("To"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The organisation, without the name of a person"),
    )

    def __init__(self, *args: Any, paper: RequestedPaper, **options: Any) -> None:
        self.paper = paper
        names = (*self.base_fields, *judging.ABOUT)
        options.setdefault("initial", {name: getattr(paper, name) for name in names})
        super().__init__(*args, **options)
        _choices(self, "judgement", JUDGEMENTS)
        _grounds(self, _("no ground"))
        _about_fields(self)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return judging.lacks_of_judgement(self.paper, self.cleaned_data)


class ClaimField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among passages that were marked."""

    def label_from_instance(self, obj: Passage) -> str:
        """Where it is."""
        return f"{obj.place}: {obj.about}"


class PassageForm(WooForm):
    """Words that stay out of a paper; or a claim that is answered by disclosing."""

    claim = forms.Field()
    words = words_field(
        2,
        label=gettext_lazy("Words that stay out"),
        required=False,
        help_text=gettext_lazy("Copy them from the text. They go wherever they stand in the paper"),
    )
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), required=False)
    reason = words_field(2, label=gettext_lazy("Reasoning"), required=False)
    despite_age = words_field(
        2,
        label=gettext_lazy("Why the ground still holds"),
        required=False,
        help_text=gettext_lazy("For a paper of more than five years old"),
    )

    def __init__(
        self, *args: Any, paper: RequestedPaper, claims: QuerySet[Passage], **options: Any
    ) -> None:
        self.paper = paper
        super().__init__(*args, **options)
        if claims:
            self.fields["claim"] = ClaimField(
                label=_("Marked passage that this answers"), queryset=claims, required=False
            )
        else:
            del self.fields["claim"]
        _grounds(self, _("no ground: disclose what was marked") if claims else _("choose a ground"))
        _about_fields(self)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return judging.lacks_of_passage(self.paper, self.cleaned_data)


class PapersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among papers of a request."""

    def label_from_instance(self, obj: RequestedPaper) -> str:
        """Number and title."""
        return f"{obj.number}. {obj.version.document.title}"


class HearingForm(WooForm):
    """Somebody is asked for a view."""

    party = forms.CharField(
        label=gettext_lazy("Whom you hear"),
        max_length=120,
        help_text=gettext_lazy("The people of the company of this dossier answer here"),
    )
    papers = forms.Field()
    due_on = day_field(label=gettext_lazy("View asked by"))

    def __init__(
        self, *args: Any, part: RequestPart, papers: QuerySet[RequestedPaper], **options: Any
    ) -> None:
        self.part = part
        super().__init__(*args, **options)
        self.initial.setdefault("party", part.dossier.company.name)
        self.fields["papers"] = PapersField(
            label=_("About which papers"),
            queryset=papers,
            widget=forms.CheckboxSelectMultiple,
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return hearing.lacks_of_hearing(self.part, self.cleaned_data)


class ViewForm(forms.Form):
    """What whoever is heard says."""

    objects = forms.TypedChoiceField(
        label=gettext_lazy("Do you object to the judgement?"),
        choices=(("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    view = words_field(
        5,
        label=gettext_lazy("Your view"),
        required=False,
        help_text=gettext_lazy("Say per passage what should stay out, and which harm you fear"),
    )

    def clean(self) -> dict[str, Any]:
        """Who objects says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("objects") and not (cleaned.get("view") or "").strip():
            self.add_error("view", _("Say what you object to."))
        return cleaned


class AnswerForm(forms.Form):
    """What the State does with a view."""

    answer = words_field(3, label=gettext_lazy("What you do with the view"))


class OutcomeForm(WooForm):
    """A decision on a frozen list."""

    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    because = words_field(3, label=gettext_lazy("Reasoning"))
    objection_expected = forms.BooleanField(
        label=gettext_lazy("Somebody is likely to object: release two weeks later"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(self, "outcome", deciding.OUTCOMES)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return deciding.lacks_of_outcome(self.cleaned_data)


class PublicationForm(WooForm):
    """A paper is made public."""

    category = forms.ChoiceField(label=gettext_lazy("Category of information"))
    place = forms.URLField(
        label=gettext_lazy("Where else it is public"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("An address; left open: on our own public page"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choices(self, "category", {key: each.label for key, each in CATEGORIES.items()})
        self.initial.setdefault("category", "disclosure")

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return deciding.lacks_of_publication(self.cleaned_data)
