# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of reports: what a firm tells, a workbook, what the verifier finds, what then follows.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.execution import Kpi, Reported
from maatwerkbank.web.dossiers.planning_forms import choices_of, words_field
from maatwerkbank.web.execution.form_fields import euro_field
from maatwerkbank.web.execution.shown import figure
from maatwerkbank.web.templatetags.words import say


class ReportForm(forms.Form):
    """A figure and a reason per indicator. What is wrong with them is found by the deed."""

    def __init__(
        self,
        *args: Any,
        kpis: Sequence[Kpi],
        year: int,
        last_year: dict[str, Decimal | None],
        draft: dict[str, tuple[Decimal | None, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kpis = kpis
        for kpi in kpis:
            value, reason = draft.get(kpi.key, (None, ""))
            beside = _("Last year: %(last)s. Promised: %(promised)s. Boundary: %(boundary)s") % {
                "last": figure(last_year.get(kpi.key), kpi),
                "promised": figure(kpi.promised.get(year), kpi),
                "boundary": say(kpi.boundary),
            }
            self.fields[f"value-{kpi.key}"] = forms.DecimalField(
                label=f"{say(kpi.name)} [{say(kpi.unit)}]",
                help_text=beside,
                required=False,
                max_digits=18,
                decimal_places=3,
                initial=None if value is None else f"{value.normalize():f}",
            )
            self.fields[f"reason-{kpi.key}"] = words_field(
                2,
                label=_("Reason, if this is absent, odd or short"),
                required=False,
                max_length=2000,
                initial=reason,
            )

    def reported(self) -> list[Reported]:
        """What is reported, each in the place that a reader knows."""
        return [
            Reported(
                kpi.key,
                self.cleaned_data.get(f"value-{kpi.key}"),
                self.cleaned_data.get(f"reason-{kpi.key}") or "",
                say(kpi.name),
            )
            for kpi in self.kpis
        ]


class WorkbookForm(forms.Form):
    """A report as a workbook."""

    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        help_text=gettext_lazy("The workbook of this page, filled in (.xlsx)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class VerifyForm(forms.Form):
    """A verdict on a report."""

    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"))
    verifier = forms.CharField(
        label=gettext_lazy("Verified by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The organisation that verified, if it was not the State"),
    )
    statement = words_field(label=gettext_lazy("What was checked, and how"))

    def __init__(self, *args: Any, kpis: Sequence[Kpi], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kpis = kpis
        known = {"verified": _("Verified"), "sent_back": _("Sent back")}
        choices_of(self, "verdict", known)
        for kpi in kpis:
            self.fields[f"right-{kpi.key}"] = forms.DecimalField(
                label=_("%(kpi)s, put right [%(unit)s]")
                % {"kpi": say(kpi.name), "unit": say(kpi.unit)},
                required=False,
                max_digits=18,
                decimal_places=3,
                help_text=_("Leave this open if the figure of the report is right"),
            )

            self.fields[f"absent-{kpi.key}"] = forms.BooleanField(
                label=_("%(kpi)s: absent") % {"kpi": say(kpi.name)},
                required=False,
                help_text=_("No figure could be verified. Absent is not nought."),
            )

    def clean(self) -> dict[str, Any]:
        """A figure and absent at once say two things."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for kpi in self.kpis:
            absent, value = given.get(f"absent-{kpi.key}"), given.get(f"right-{kpi.key}")
            if absent and value is not None:
                self.add_error(f"absent-{kpi.key}", _("Choose one: a figure, or absent."))
        return given

    def corrected(self) -> dict[str, Decimal | None]:
        """Figures that had to be other ones; None where none could be verified."""
        given = {kpi.key: self.cleaned_data.get(f"right-{kpi.key}") for kpi in self.kpis}
        return {
            key: value
            for key, value in given.items()
            if value is not None or self.cleaned_data.get(f"absent-{key}")
        }


class DecideForm(forms.Form):
    """A decision on a consequence."""

    amount = euro_field(label=gettext_lazy("Amount that is decided [euro]"), min_value=0)
    reason = words_field(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Also why it differs from the sum, if it does"),
    )
