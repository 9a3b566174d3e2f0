# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of reviews, positions and lessons. Each asks the `lacks_of_…` of its deed.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.advice.lessons import helps, reasons
from maatwerkbank.dossier.advice.positions import FORUMS, STANCES, lacks_of_position
from maatwerkbank.dossier.advice.reviews import KINDS, SEVERITIES
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.advice import consulting, learning, reviewing
from maatwerkbank.web.advice.forms import labels
from maatwerkbank.web.advice.models import Party
from maatwerkbank.web.dossiers.deeds import NOTHING, finding
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.dossiers.planning_forms import (
    SOURCE_HELP,
    PlanForm,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.templatetags.words import day, say


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among people."""

    def label_from_instance(self, obj: Person) -> str:
        """The name, and for whom."""
        return f"{obj.name} ({obj.organisation})"


class ReviewForm(PlanForm):
    """An assignment to an outside expert."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of review"))
    reviewer = forms.CharField(
        label=gettext_lazy("Reviewer"),
        max_length=200,
        help_text=gettext_lazy("Name and organisation of the outside expert"),
    )
    what = words_field(2, label=gettext_lazy("What is reviewed"))
    due_on = day_field(label=gettext_lazy("Report expected by"), required=False)
    reviewing_person = forms.Field()

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "kind", dict(labels(KINDS)))
        self.fields["reviewing_person"] = PersonField(
            label=_("Reviewer who signs in here"),
            queryset=people,
            required=False,
            help_text=_("May close findings, as the case lead may"),
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return reviewing.lacks_of_review(self.cleaned_data)


class FindingForm(PlanForm):
    """Something that the reviewer found."""

    severity = forms.ChoiceField(label=gettext_lazy("How heavy"))
    words = words_field(3, label=gettext_lazy("What was found"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "severity", dict(labels(SEVERITIES)))
        self.initial.setdefault("severity", "minor")

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return reviewing.lacks_of_finding(self.cleaned_data)


class FindingAnswerForm(forms.Form):
    """What is done with a finding."""

    answer = words_field(2, label=gettext_lazy("What is done with it"))


class ClosingForm(forms.Form):
    """Why a finding is closed."""

    reason = words_field(2, label=gettext_lazy("Why it is closed"))


class ItemForm(PlanForm):
    """Something put to the sounding board or to partners."""

    forum = forms.ChoiceField(label=gettext_lazy("Put to"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    question = words_field(3, label=gettext_lazy("What you ask"))
    parties = forms.Field()
    due_on = day_field(label=gettext_lazy("Position asked by"), required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "forum", dict(labels(FORUMS)))
        self.fields["parties"] = forms.ModelMultipleChoiceField(
            label=_("Who takes a position"),
            queryset=organisations,
            widget=forms.CheckboxSelectMultiple,
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return consulting.lacks_of_item(self.cleaned_data)


class PartyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among those who were asked."""

    def label_from_instance(self, obj: Party) -> str:
        """The organisation."""
        return str(obj.organisation)


class PositionForm(PlanForm):
    """A position of one party."""

    party = forms.Field()
    stance = forms.ChoiceField(label=gettext_lazy("Position"), widget=forms.RadioSelect)
    words = words_field(
        3,
        label=gettext_lazy("Remark or objection"),
        required=False,
        help_text=gettext_lazy("An earlier position of this party stays on record"),
    )

    def __init__(self, *args: Any, parties: QuerySet[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "stance", dict(labels(STANCES)))
        self.fields["party"] = PartyField(
            label=_("On behalf of"), queryset=parties, empty_label=None
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        stance, words = self.cleaned_data.get("stance", ""), self.cleaned_data.get("words", "")
        lacks = lacks_of_position(stance, words) if stance else ()
        return [finding(place, expected, NOTHING) for place, expected in lacks]


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among decisions on the dossier."""

    def label_from_instance(self, obj: Decision) -> str:
        """Its number in the chain and its day."""
        told: str = _("Decision %(number)s of %(day)s") % {
            "number": obj.sequence,
            "day": day(obj.decided_on),
        }
        return told


class LessonForm(PlanForm):
    """What held the dossier up, and what helped it on."""

    words = words_field(3, label=gettext_lazy("What was learnt"))
    hindered = forms.MultipleChoiceField(
        label=gettext_lazy("What held it up"), widget=forms.CheckboxSelectMultiple, required=False
    )
    helped = forms.MultipleChoiceField(
        label=gettext_lazy("What helped it on"), widget=forms.CheckboxSelectMultiple, required=False
    )
    decision = forms.Field()
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=120, required=False, help_text=SOURCE_HELP
    )
    place = forms.CharField(
        label=gettext_lazy("Where in the source"), max_length=300, required=False
    )

    def __init__(self, *args: Any, decisions: QuerySet[Decision], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "hindered", dict(labels(reasons())))
        choices_of(self, "helped", {key: say(each.label) for key, each in helps().items()})
        self.fields["decision"] = DecisionField(
            label=_("The decision that it comes from"), queryset=decisions, required=False
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return learning.lacks_of_lesson(self.cleaned_data)
