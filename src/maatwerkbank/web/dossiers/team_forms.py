# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about people on a dossier: who gets a role, who leads a new one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import choices_of
from maatwerkbank.web.dossiers.team import HELD_BY, candidates
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.templatetags.words import role


def named(person: Person) -> str:
    """A person as a list of people names one."""
    return f"{person.name} ({person.organisation.name})"


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among people."""

    def label_from_instance(self, obj: Person) -> str:
        """Name and organisation: two people may have the same function."""
        return named(obj)


class MemberForm(forms.Form):
    """Give somebody a role."""

    person = forms.Field()
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    because = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        help_text=gettext_lazy("It is kept in the history of the dossier"),
    )

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = PersonField(label=_("Person"), queryset=candidates(dossier))
        choices_of(self, "role", {each: role(each) for each in HELD_BY})
