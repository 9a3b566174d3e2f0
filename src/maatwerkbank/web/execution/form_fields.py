# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fields that the forms of money and execution share.

Takes     what somebody filled in.
Gives     amounts, shares, values by year, and rows of our own by their names.
Leaves    the forms to the modules that are named after them.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.web.templatetags.words import in_language

HUNDRED = Decimal(100)


def euro_field(**options: Any) -> forms.DecimalField:
    """An amount in euros, at most in cents."""
    return forms.DecimalField(max_digits=15, decimal_places=2, **options)


def percent_field(**options: Any) -> forms.DecimalField:
    """A share, filled in as per cent."""
    return forms.DecimalField(min_value=0, max_value=100, decimal_places=4, **options)


class YearValuesField(forms.CharField):
    """A value per year, one year a line: `2027 12000`."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> Any:
        """The values by year.  Raises ValidationError with the line that cannot be read."""
        found: dict[int, Decimal] = {}
        for line in (super().to_python(value) or "").splitlines():
            parts = line.replace(":", " ").replace("=", " ").split()
            if not parts:
                continue
            try:
                year, amount = int(parts[0]), Decimal("".join(parts[1:]).replace(",", "."))
            except (ValueError, InvalidOperation, IndexError):
                raise forms.ValidationError(_("Not a year and a number: %s") % line) from None
            if year in found or not 1990 <= year <= 2100 or not amount.is_finite():
                raise forms.ValidationError(_("Not a year and a number: %s") % line)
            found[year] = amount
        return found

    def validate(self, value: Any) -> None:
        """Whether it is empty is for the deed to say."""


class NamedField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among rows with a name in both languages."""

    def label_from_instance(self, obj: Any) -> str:
        """The name in the language of the page."""
        return in_language(obj, "name")


class AmendmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among amendments, by number and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Its number and title."""
        return f"{obj.number}: {obj.title}"


def both_names() -> tuple[forms.CharField, forms.CharField]:
    """A name in Dutch, and in English."""
    return (
        forms.CharField(
            label=gettext_lazy("Name in Dutch"),
            max_length=200,
            widget=forms.TextInput({"lang": "nl"}),
        ),
        forms.CharField(
            label=gettext_lazy("Name in English"),
            max_length=200,
            widget=forms.TextInput({"lang": "en"}),
        ),
    )
