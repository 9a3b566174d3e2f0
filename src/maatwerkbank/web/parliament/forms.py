# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the register of Parliament. Each asks the deed what lacks.

Takes     what somebody filled in, or chose to see.
Gives     values as the deeds take them.
Leaves    the rules to `keeping.py`: a form repeats none of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from maatwerkbank.dossier.parliament.standing import STATES
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.dossiers.planning_forms import (
    SOURCE_HELP,
    PlanForm,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.parliament import keeping
from maatwerkbank.web.parliament.models import (
    Commitment,
    Debate,
    Letter,
    Motion,
    Question,
    RegisterRow,
)
from maatwerkbank.web.templatetags.words import say

OUTCOMES = {
    "unknown": gettext_noop("Not known"),
    "pending": gettext_noop("Not voted on yet"),
    "adopted": gettext_noop("Adopted"),
    "rejected": gettext_noop("Rejected"),
    "held": gettext_noop("Held over"),
    "withdrawn": gettext_noop("Withdrawn by who handed it in"),
}
IN_PUBLIC_FUNCTION = gettext_lazy("A function, or the name of a member of the House")
ENGLISH_LATER = gettext_lazy("Left open, the Dutch text stands on English pages too")


def line(label: Any, size: int = 120, **options: Any) -> forms.CharField:
    """One line of words, that may stay empty."""
    return forms.CharField(label=label, max_length=size, required=False, **options)


def paper_field(label: Any, **options: Any) -> forms.CharField:
    """A reference; the page reads it back while somebody types, where it has JavaScript."""
    asks = {
        "hx-get": reverse_lazy("parliament:reference"),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#reference-read",
        "hx-swap": "outerHTML",
        "autocomplete": "off",
    }
    help_text = gettext_lazy("Such as Kamerstuk 2024/25, 29 826, nr. 260, or TZ202410-136")
    options = {"help_text": help_text, "widget": forms.TextInput(asks), **options}
    return line(label, **options)


class RegisterForm(PlanForm):
    """A form that makes a row of the register, or changes one with a reason."""

    kind: type[RegisterRow]

    def __init__(self, *args: Any, row: RegisterRow | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["firms"] = forms.MultipleChoiceField(
            label=_("Firms that it is about"),
            choices=list(Company.objects.values_list("slug", "name")),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Leave this open where it is about the approach as a whole"),
        )
        self.fields["source"] = forms.CharField(
            label=_("Source"), max_length=120, help_text=SOURCE_HELP
        )
        self.fields["place"] = words_field(2, label=_("Where in the source"), required=False)
        if row is not None:
            why = words_field(label=_("Why this changes"), help_text=_("It is kept in the history"))
            self.fields["because"] = why
            for name in self.fields:
                if name != "because":
                    self.initial.setdefault(name, getattr(row, name))

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return keeping.LACKS[self.kind](self.cleaned_data)


class CommitmentForm(RegisterForm):
    """What a minister said would be done."""

    kind = Commitment
    text_nl = words_field(label=gettext_lazy("What was promised, in Dutch"))
    text_en = words_field(
        label=gettext_lazy("What was promised, in English"), required=False, help_text=ENGLISH_LATER
    )
    number = paper_field(
        gettext_lazy("Number"), help_text=gettext_lazy("Of the House: TZ202410-136")
    )
    by_whom = forms.CharField(
        label=gettext_lazy("By whom"), max_length=200, help_text=IN_PUBLIC_FUNCTION
    )
    to_whom = forms.CharField(
        label=gettext_lazy("To whom"), max_length=200, help_text=IN_PUBLIC_FUNCTION
    )
    made_on = day_field(label=gettext_lazy("Promised on"))
    made_in = forms.ModelChoiceField(
        Debate.objects.none(), label=gettext_lazy("In which debate"), required=False
    )
    due = line(
        gettext_lazy("Due"),
        10,
        help_text=gettext_lazy(
            "2025-12-31, 2025-12 or 2025. Leave this open where nobody named a day"
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.ModelChoiceField[Debate]", self.fields["made_in"])
        field.queryset = Debate.objects.filter(taken_back_on=None)


class MotionForm(RegisterForm):
    """What the House asked."""

    kind = Motion
    text_nl = words_field(label=gettext_lazy("What it asks, in Dutch"))
    text_en = words_field(
        label=gettext_lazy("What it asks, in English"), required=False, help_text=ENGLISH_LATER
    )
    reference = paper_field(gettext_lazy("Number of the paper"))
    by_whom = line(gettext_lazy("Handed in by"), 200)
    on = day_field(label=gettext_lazy("Voted on"), required=False)
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "outcome", {key: _(told) for key, told in OUTCOMES.items()})


class LetterForm(RegisterForm):
    """A letter of the cabinet."""

    kind = Letter
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    reference = paper_field(gettext_lazy("Number of the paper"))
    on = day_field(label=gettext_lazy("Date"), required=False)


class DebateForm(RegisterForm):
    """A debate."""

    kind = Debate
    title_nl = forms.CharField(label=gettext_lazy("Name in Dutch"), max_length=300)
    title_en = line(gettext_lazy("Name in English"), 300, help_text=ENGLISH_LATER)
    number = line(gettext_lazy("Number"), 40)
    on = day_field(label=gettext_lazy("Date"))


class QuestionForm(RegisterForm):
    """A question, and its answer where there is one."""

    kind = Question
    text_nl = words_field(label=gettext_lazy("What it asks, in Dutch"))
    text_en = words_field(
        label=gettext_lazy("What it asks, in English"), required=False, help_text=ENGLISH_LATER
    )
    reference = paper_field(gettext_lazy("Number of the paper"))
    by_whom = line(gettext_lazy("Asked by"), 200)
    on = day_field(label=gettext_lazy("Date"), required=False)
    answered_on = day_field(label=gettext_lazy("Answered on"), required=False)
    answered_where_nl = words_field(
        2, label=gettext_lazy("Answered where, in Dutch"), required=False
    )
    answered_where_en = words_field(
        2, label=gettext_lazy("Answered where, in English"), required=False
    )
    answered_reference = paper_field(gettext_lazy("Number of the answering paper"))


class ReportForm(PlanForm):
    """Where Parliament was told of a commitment."""

    on = day_field(label=gettext_lazy("Told on"))
    where_nl = words_field(2, label=gettext_lazy("Where, in Dutch"))
    where_en = words_field(
        2, label=gettext_lazy("Where, in English"), required=False, help_text=ENGLISH_LATER
    )
    reference = paper_field(gettext_lazy("Number of the paper"))
    fulfils = forms.BooleanField(label=gettext_lazy("This fulfils the commitment"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=120, help_text=SOURCE_HELP)
    place = words_field(2, label=gettext_lazy("Where in the source"), required=False)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return keeping.lacks_of_report(self.cleaned_data)


class AnswerForm(PlanForm):
    """What the cabinet said of a motion, or did about it."""

    on = day_field(label=gettext_lazy("Said on"))
    stance_nl = words_field(2, label=gettext_lazy("What it says, in Dutch"), required=False)
    stance_en = words_field(2, label=gettext_lazy("What it says, in English"), required=False)
    consequence_nl = words_field(2, label=gettext_lazy("What it does, in Dutch"), required=False)
    consequence_en = words_field(2, label=gettext_lazy("What it does, in English"), required=False)
    source = forms.CharField(label=gettext_lazy("Source"), max_length=120, help_text=SOURCE_HELP)
    place = words_field(2, label=gettext_lazy("Where in the source"), required=False)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return keeping.lacks_of_answer(self.cleaned_data)


class ReasonForm(PlanForm):
    """Why."""

    because = words_field(label=gettext_lazy("Reason"))


class RegisterFilter(forms.Form):
    """Which commitments to show, and as known on which day."""

    state = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    firm = forms.ChoiceField(label=gettext_lazy("Firm"), required=False)
    due_by = day_field(label=gettext_lazy("Due by"), required=False)
    known_on = day_field(label=gettext_lazy("As known on"), required=False)

    def __init__(self, data: Any, firms: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        everything = {"": _("All")}
        choices_of(self, "state", everything | {key: say(told) for key, told in STATES.items()})
        choices_of(self, "firm", everything | dict(firms))

    def chosen(self, name: str) -> Any:
        """What was chosen; what cannot be read counts as not chosen, and the form says so."""
        self.is_valid()
        return self.cleaned_data.get(name)

    def day(self, today: date) -> date:
        """The day as known on which the register is shown; never one to come."""
        chosen: date | None = self.chosen("known_on")
        return min(chosen, today) if chosen else today


class ManyFilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """One file or more, each looked at like one."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file, or the mistake of the first that has one."""
        each = super().clean
        return [each(file, initial) for file in data] if data else [each(None, initial)]


class ImportForm(forms.Form):
    """Responses of the House's open data."""

    responses = ManyFiles(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Responses in JSON, one or more. Nothing changes yet"),
        widget=ManyFilesInput(attrs={"accept": ".json,application/json"}),
    )
