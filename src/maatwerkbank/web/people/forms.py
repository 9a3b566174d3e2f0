# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the administrator of people."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.templatetags.words import say

# Above this level this program is not to be used: it has no accreditation for state secrets.
HIGHEST = Level.CONFIDENTIEEL

KINDS = {
    "ministry": _("Ministry"),
    "agency": _("Agency"),
    "province": _("Province"),
    "environmental_service": _("Environmental service"),
    "committee": _("Committee"),
    "company": _("Company"),
    "expert": _("Expert"),
    "oversight": _("Oversight"),
}


class PersonForm(forms.Form):
    """Who somebody is, and what office and level that person has."""

    name = forms.CharField(
        label=_("Name or function"),
        max_length=120,
        help_text=_("As others see it here, such as “Case lead KGG”."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"), label=_("Organisation"), empty_label=_("Choose")
    )
    office = forms.ChoiceField(
        label=_("Office over all dossiers"),
        required=False,
        help_text=_(
            "Leave this empty for who works on certain dossiers: the case lead puts people on a "
            "dossier."
        ),
    )
    clearance = forms.TypedChoiceField(
        label=_("May read up to and including"), coerce=int, initial=Level.ZAAKVERTROUWELIJK.value
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(office, say(ROLES[office].label)) for office in Person.OFFICES]
        self.fields["office"].choices = [("", gettext("None")), *offices]  # type: ignore[attr-defined]
        self.fields["clearance"].choices = [  # type: ignore[attr-defined]
            (level.value, say(level.label)) for level in Level if level <= HIGHEST
        ]


class InviteForm(PersonForm):
    """Somebody new."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address at which this person signs in. It cannot be changed later."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("name"),
        label=_("Organisation"),
        required=False,
        empty_label=_("A new one, below"),
    )
    new_organisation = forms.CharField(
        label=_("Name of the new organisation"), max_length=200, required=False
    )
    new_kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[("", _("Choose")), *KINDS.items()]
    )
    field_order = ("email", "name", "organisation", "new_organisation", "new_kind")

    def clean_email(self) -> str:
        """An address that has no account yet."""
        email: str = self.cleaned_data["email"].lower()
        if Person.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(gettext("There is an account with this address already."))
        return email

    def clean(self) -> dict[str, Any]:
        """One organisation: one that is there, or a new one with its kind."""
        given = super().clean() or {}
        new, kind = given.get("new_organisation"), given.get("new_kind")
        if bool(given.get("organisation")) == bool(new):
            self.add_error(
                "organisation",
                gettext("Choose an organisation, or name a new one: one of the two."),
            )
        if new and not kind:
            self.add_error("new_kind", gettext("Say what kind of organisation this is."))
        if new and Organisation.objects.filter(name__iexact=new).exists():
            self.add_error("new_organisation", gettext("That organisation is in the list already."))
        return given


class FindForm(forms.Form):
    """What to look for in the list of people."""

    q = forms.CharField(label=_("Name, address or organisation"), required=False)
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("", _("All")), ("open", _("Open")), ("closed", _("Closed"))],
    )
