# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of what a gate waits for and of decisions. What may be done, the services say."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Trajectory
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.templatetags.words import say

LONGEST = 10_000  # characters


def _words(label: Any, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _day(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class StatementForm(forms.Form):
    """What somebody states, in a role."""

    statement = _words(
        _("What you state"),
        help_text=_("Say on what it rests. It stays on record under your name."),
    )
    role = forms.ChoiceField(label=_("In the role of"))

    def __init__(self, *args: Any, roles: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(roles) > 1:
            self.fields["role"].choices = [(each, say(ROLES[each].label)) for each in roles]  # type: ignore[attr-defined]
        else:
            del self.fields["role"]


class WithdrawalForm(forms.Form):
    """Why a statement is taken back."""

    statement = _words(_("Why you take it back"))


class OverrideForm(forms.Form):
    """Why a criterion is to be set aside."""

    reason = _words(
        _("Why the gate may open without this"),
        help_text=_(
            "Nothing changes until a second person confirms. An override stays listed for ever."
        ),
    )


class AnswerForm(forms.Form):
    """What the second person says of an override."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("confirmed", _("Confirm the override")), ("refused", _("Refuse the override"))],
        widget=forms.RadioSelect,
    )
    reason = _words(
        _("Why"), required=False, help_text=_("Needed where you refuse; useful where you confirm.")
    )

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == "refused" and not given.get("reason"):
            self.add_error("reason", _("Say why you refuse the override."))
        return given


class DecidingForm(forms.Form):
    """What every decision carries: the day, and which decision the decider saw last."""

    decided_on = _day(_("Day of the decision"), help_text=_("Today or before."))
    last_seen = forms.IntegerField(widget=forms.HiddenInput)


class GateForm(DecidingForm):
    """The decision at a gate."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("passed", _("The dossier goes through")), ("refused", _("Not yet"))],
        widget=forms.RadioSelect,
    )
    reason = _words(
        _("Reasons"), required=False, help_text=_("Needed where the answer is not yet.")
    )
    conditions = _words(_("Conditions"), required=False)
    dissent = _words(_("Dissent"), required=False, help_text=_("Who saw it otherwise, and why."))
    expected_stage = forms.CharField(widget=forms.HiddenInput)
    field_order = ("outcome", "reason", "conditions", "dissent", "decided_on")

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "refused" and not given.get("reason"):
            self.add_error("reason", _("Say why the dossier does not go through yet."))
        return given


class ExitForm(DecidingForm):
    """How and why a dossier leaves the approach."""

    to = forms.ChoiceField(label=_("How it leaves"), widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons from the list"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least one, unless the company withdraws. They can be counted later."),
    )
    reason = _words(_("What happened"))
    next_contact = _day(
        _("Next contact"),
        required=False,
        help_text=_("After today. Needed where it is stopped with the door open or paused."),
    )
    field_order = ("to", "reasons", "reason", "next_contact", "decided_on")

    def __init__(
        self, *args: Any, approach: Trajectory, without: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.exits = approach.exits
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (each.id, say(each.label)) for each in approach.exits.values() if each.id not in without
        ]
        self.fields["reasons"].choices = [  # type: ignore[attr-defined]
            (code, say(label)) for code, label in approach.reasons.items()
        ]

    def clean(self) -> dict[str, Any]:
        """What this way out asks, all at once."""
        given: dict[str, Any] = super().clean() or {}
        kind = self.exits.get(given.get("to", ""))
        if kind and kind.needs_reason and not given.get("reasons"):
            self.add_error("reasons", _("Choose at least one reason."))
        if kind and kind.needs_next_contact and not given.get("next_contact"):
            self.add_error("next_contact", _("Give a day on which contact is taken up again."))
        return given


class ReEntryForm(DecidingForm):
    """Where a dossier comes in again."""

    way = forms.ChoiceField(label=_("Where it comes in again"), widget=forms.RadioSelect)
    reason = _words(_("Why it comes in again"))
    field_order = ("way", "reason", "decided_on")

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]


class LevelForm(forms.Form):
    """How confidential a dossier is."""

    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, help_text=_("Not higher than you may read yourself.")
    )
    reason = _words(_("Why"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (each.value, say(each.label)) for each in Level if each <= person.clearance
        ]
