# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the negotiation. Each asks `bargaining.lacks_of_…`, so that all findings come at once.

Takes     what somebody of the team of the State filled in.
Gives     values as the deeds of `bargaining` take them.
Leaves    the rules to `bargaining`: a form repeats none of them.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.agreement.negotiation import MOVES, SIDES, SUBJECTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.agreements import bargaining
from maatwerkbank.web.agreements.models import Move
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm, choices_of, day_field, words_field
from maatwerkbank.web.templatetags.words import day, say


class MandateForm(PlanForm):
    """What the team may offer, and until when."""

    subject = forms.ChoiceField(label=gettext_lazy("Subject"))
    given_by = forms.CharField(
        label=gettext_lazy("Mandate of"),
        max_length=120,
        help_text=gettext_lazy("The office, not a name"),
    )
    low = forms.FloatField(label=gettext_lazy("At least"), required=False)
    high = forms.FloatField(label=gettext_lazy("At most"), required=False)
    since = day_field(label=gettext_lazy("From"))
    until = day_field(label=gettext_lazy("Until"))
    words = words_field(2, label=gettext_lazy("Conditions"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "subject", subjects())

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return bargaining.lacks_of_mandate(self.cleaned_data)


class MoveForm(PlanForm):
    """An ask, an offer or a concession."""

    on = day_field(label=gettext_lazy("Day"))
    side = forms.ChoiceField(label=gettext_lazy("By"))
    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    subject = forms.ChoiceField(label=gettext_lazy("Subject"))
    amount = forms.FloatField(
        label=gettext_lazy("Amount"),
        required=False,
        help_text=gettext_lazy("In the unit that stands behind the subject"),
    )
    words = words_field(2, label=gettext_lazy("In words"))
    in_return_for = forms.Field()
    outside_because = words_field(
        2,
        label=gettext_lazy("Why outside the mandate"),
        required=False,
        help_text=gettext_lazy("Only where no mandate covers it"),
    )

    def __init__(
        self, *args: Any, dossier: Dossier, moves: "QuerySet[Move]", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.dossier = dossier
        choices_of(self, "side", {key: say(told) for key, told in SIDES.items()})
        choices_of(self, "kind", {key: say(told) for key, told in MOVES.items()})
        choices_of(self, "subject", subjects())
        self.fields["in_return_for"] = _MoveField(
            label=_("In return for"), queryset=moves, required=False
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return bargaining.lacks_of_move(self.dossier, self.cleaned_data)


class _MoveField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among earlier moves."""

    def label_from_instance(self, obj: Move) -> str:
        """Day, side, kind and subject."""
        told = (SIDES[obj.side], MOVES[obj.kind], SUBJECTS[obj.subject].label)
        return f"{day(obj.on)}: {', '.join(say(each) for each in told)}"


class InformedForm(PlanForm):
    """Who was told what, and when."""

    on = day_field(label=gettext_lazy("Day"))
    who = forms.CharField(
        label=gettext_lazy("Who was informed"),
        max_length=120,
        help_text=gettext_lazy("A body, for example the provincial states of Zeeland"),
    )
    about = words_field(2, label=gettext_lazy("About what"))
    how = forms.CharField(
        label=gettext_lazy("How"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Letter with its number, or a meeting"),
    )


def subjects() -> dict[str, str]:
    """Subjects with their unit, as a choice shows them."""
    return {
        key: f"{say(each.label)} ({say(each.unit)})" if each.unit else say(each.label)
        for key, each in SUBJECTS.items()
    }
