# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of what was agreed to watch: indicators, when to report, what follows a shortfall.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.execution import CLAUSE_KINDS, QUANTITIES, Schedule
from maatwerkbank.dossier.execution.schedule import FREQUENCIES, lacks_of_schedule
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import PlanForm, choices_of, words_field
from maatwerkbank.web.execution import agreed
from maatwerkbank.web.execution.form_fields import (
    HUNDRED,
    AmendmentField,
    NamedField,
    YearValuesField,
    both_names,
    percent_field,
)
from maatwerkbank.web.execution.models import Kpi as KpiRow
from maatwerkbank.web.templatetags.words import say


class KpiForm(PlanForm):
    """An indicator of the agreement."""

    key = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Short, without spaces; it stands in the workbook of a report"),
    )
    name_nl, name_en = both_names()
    quantity = forms.ChoiceField(label=gettext_lazy("What is measured"))
    boundary_nl = words_field(2, label=gettext_lazy("Boundary, in Dutch"), required=False)
    boundary_en = words_field(2, label=gettext_lazy("Boundary, in English"), required=False)
    method_nl = words_field(2, label=gettext_lazy("Method, in Dutch"), required=False)
    method_en = words_field(2, label=gettext_lazy("Method, in English"), required=False)
    baseline = forms.DecimalField(
        label=gettext_lazy("Baseline"),
        max_digits=18,
        decimal_places=3,
        initial=0,
        help_text=gettext_lazy("Nought for a reduction, the old level for an emission"),
    )
    base_year = forms.IntegerField(label=gettext_lazy("Base year"), required=False)
    promised = YearValuesField(
        label=gettext_lazy("Promised per year"),
        help_text=gettext_lazy("One year a line, for example: 2030 42000"),
        required=False,
    )
    tolerance = percent_field(
        label=gettext_lazy("May differ from last year without a reason [per cent]"), initial=10
    )

    def __init__(
        self, *args: Any, dossier: Dossier, instead_of: KpiRow | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.dossier, self.instead_of = dossier, instead_of
        said = {key: f"{say(each.label)} [{say(each.unit)}]" for key, each in QUANTITIES.items()}
        choices_of(self, "quantity", said)

    def fields_of_deed(self) -> dict[str, Any]:
        """Per cent become a share."""
        fields = super().fields_of_deed()
        fields["tolerance"] = (fields.get("tolerance") or Decimal(0)) / HUNDRED
        return fields

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return agreed.lacks_of_kpi(self.dossier, self.fields_of_deed(), instead_of=self.instead_of)


class ScheduleForm(PlanForm):
    """Which reports are asked, and by when."""

    first_year = forms.IntegerField(label=gettext_lazy("From the year"))
    last_year = forms.IntegerField(label=gettext_lazy("Up to and including the year"))
    frequency = forms.ChoiceField(label=gettext_lazy("How often"))
    months_after = forms.IntegerField(
        label=gettext_lazy("Months after the period"),
        initial=3,
        help_text=gettext_lazy("A report is due on the last day of that month"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "frequency", {key: say(told) for key, (_n, told) in FREQUENCIES.items()})

    def schedule(self) -> Schedule:
        """The schedule as the deed takes it."""
        return Schedule(**self.cleaned_data)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return () if self.errors else lacks_of_schedule(self.schedule())


UNITS_OF_TERMS = {
    "eur": gettext_lazy("euro"),
    "share": gettext_lazy("per cent"),
    "eur_per_t": gettext_lazy("euro per tonne"),
    "eur_per_month": gettext_lazy("euro per month"),
    "eur_per_unit": gettext_lazy("euro per unit"),
    "months": gettext_lazy("months"),
    "units": gettext_lazy("units"),
}


class ClauseForm(PlanForm):
    """A clause about money of one kind; its terms follow from the kind."""

    name_nl, name_en = both_names()
    place = forms.CharField(
        label=gettext_lazy("Article of the agreement"), max_length=120, required=False
    )

    def __init__(self, *args: Any, kind: str, kpis: QuerySet[KpiRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = CLAUSE_KINDS[kind]
        self.key = kind
        if self.kind.needs_kpi:
            self.fields["kpi"] = NamedField(label=_("Indicator"), queryset=kpis)
        for key, term in self.kind.terms.items():
            self.fields[key] = forms.DecimalField(
                label=f"{say(term.label)} [{UNITS_OF_TERMS[term.unit]}]",
                required=not term.optional,
                max_digits=18,
                decimal_places=6,
            )

    def fields_of_deed(self) -> dict[str, Any]:
        """The terms apart; per cent become shares."""
        given = super().fields_of_deed()
        terms = {
            key: value / HUNDRED if term.unit == "share" else value
            for key, term in self.kind.terms.items()
            if (value := given.pop(key, None)) is not None
        }
        return {**given, "kind": self.key, "terms": terms}

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return agreed.lacks_of_clause(self.fields_of_deed())


class WithdrawForm(PlanForm):
    """Only why, and by which amendment once the agreement is in force."""


def with_why(form: PlanForm, amendments: QuerySet[Amendment] | None) -> None:
    """Ask why; and, once the agreement is in force, by which decided amendment."""
    form.fields["because"] = words_field(2, label=_("Why"))
    with_amendment(form, amendments)


def with_amendment(form: PlanForm, amendments: QuerySet[Amendment] | None) -> None:
    """Ask by which decided amendment; None: the agreement is not in force."""
    if amendments is not None:
        form.fields["amendment"] = AmendmentField(
            label=_("By which amendment"),
            queryset=amendments,
            help_text=_("The agreement is in force: only a decided amendment changes this"),
        )
