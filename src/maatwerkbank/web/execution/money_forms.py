# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of money: envelopes, entries, what covers a grant, the decision, tranches, payment.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.money.budget import STATES
from maatwerkbank.dossier.money.cover import FACTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Dossier, Milestone
from maatwerkbank.web.dossiers.planning_forms import (
    PlanForm,
    VersionField,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.execution import agreed, booking
from maatwerkbank.web.execution.form_fields import (
    HUNDRED,
    NamedField,
    YearValuesField,
    both_names,
    euro_field,
    percent_field,
)
from maatwerkbank.web.execution.models import Envelope, SubsidyDecision, Tranche
from maatwerkbank.web.execution.models import Kpi as KpiRow
from maatwerkbank.web.templatetags.words import say


class EnvelopeForm(PlanForm):
    """Money of the State for one purpose."""

    name_nl, name_en = both_names()
    article = forms.CharField(label=gettext_lazy("Article of the budget"), max_length=120)
    years = YearValuesField(
        label=gettext_lazy("Amount per year [euro]"),
        help_text=gettext_lazy("One year a line, for example: 2027 12000000"),
        required=False,
    )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        return booking.lacks_of_envelope(
            name_nl=given.get("name_nl") or "",
            name_en=given.get("name_en") or "",
            article=given.get("article") or "",
            years=given.get("years") or {},
        )


class EntryForm(PlanForm):
    """Reserve or commit money, or take it back."""

    envelope = NamedField(label=gettext_lazy("Envelope"), queryset=Envelope.objects.all())
    year = forms.IntegerField(label=gettext_lazy("Year of the budget"))
    state = forms.ChoiceField(label=gettext_lazy("What happens"))
    amount = euro_field(
        label=gettext_lazy("Amount [euro]"),
        help_text=gettext_lazy("Below nought to take it back"),
    )
    because = words_field(2, label=gettext_lazy("Why"))

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        self.dossier = dossier
        known = {key: say(STATES[key]) for key in ("reserved", "committed")}
        choices_of(self, "state", known)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        if not all(given.get(name) is not None for name in ("envelope", "year", "state", "amount")):
            return ()
        return booking.lacks_of_entry(
            dossier=self.dossier,
            envelope=given["envelope"],
            year=given["year"],
            state=given["state"],
            amount=given["amount"],
        )


class CoverForm(PlanForm):
    """A dated fact about cover."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened"))
    on = day_field(label=gettext_lazy("On"))
    evidence = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=300,
        help_text=gettext_lazy("Number of the letter, article of the agreement, or advice"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "kind", {key: say(told) for key, told in FACTS.items()})

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        return booking.lacks_of_cover(
            kind=given.get("kind") or "", on=given.get("on"), evidence=given.get("evidence") or ""
        )


class DecisionForm(PlanForm):
    """The subsidy decision, beside the agreement."""

    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=120, required=False)
    amount = euro_field(label=gettext_lazy("At most [euro]"))
    decided_on = day_field(label=gettext_lazy("Decided on"), required=False)
    needs_approval = forms.BooleanField(
        label=gettext_lazy("The European Commission must approve the aid first"), required=False
    )
    standstill_ended_on = day_field(
        label=gettext_lazy("Approved by the Commission on"),
        required=False,
        help_text=gettext_lazy("Until then nothing is paid (standstill)"),
    )
    because = words_field(2, label=gettext_lazy("Why"))

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return agreed.lacks_of_decision(self.cleaned_data)


class TrancheForm(PlanForm):
    """A part of the grant."""

    name_nl, name_en = both_names()
    amount = euro_field(label=gettext_lazy("Amount [euro]"))
    planned = day_field(label=gettext_lazy("Planned on"), required=False)
    milestone = NamedField(
        label=gettext_lazy("Waits for the milestone"),
        queryset=Milestone.objects.none(),
        required=False,
        help_text=gettext_lazy("Leave this open for an advance"),
    )
    evidence = VersionField(
        label=gettext_lazy("Evidence of the milestone"),
        queryset=DocumentVersion.objects.none(),
        required=False,
    )
    holdback = percent_field(label=gettext_lazy("Held back [per cent]"), required=False, initial=0)
    kpi = NamedField(
        label=gettext_lazy("Until this indicator is verified"),
        queryset=KpiRow.objects.none(),
        required=False,
    )
    kpi_year = forms.IntegerField(label=gettext_lazy("For the year"), required=False)

    def __init__(
        self,
        *args: Any,
        decision: SubsidyDecision,
        milestones: QuerySet[Milestone],
        papers: QuerySet[DocumentVersion],
        kpis: QuerySet[KpiRow],
        instead_of: Tranche | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.decision, self.instead_of = decision, instead_of
        for name, rows in (("milestone", milestones), ("evidence", papers), ("kpi", kpis)):
            field: Any = self.fields[name]
            field.queryset = rows

    def fields_of_deed(self) -> dict[str, Any]:
        """Per cent become a share."""
        fields = super().fields_of_deed()
        fields["holdback"] = (fields.get("holdback") or Decimal(0)) / HUNDRED
        return fields

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return agreed.lacks_of_tranche(
            self.decision, self.fields_of_deed(), instead_of=self.instead_of
        )


class PayForm(PlanForm):
    """A payment on a tranche."""

    envelope = NamedField(label=gettext_lazy("Envelope"), queryset=Envelope.objects.all())
    amount = euro_field(label=gettext_lazy("Amount [euro]"))
    paid_on = day_field(label=gettext_lazy("Paid on"), initial=timezone.localdate)

    def __init__(self, *args: Any, tranche: Tranche, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tranche = tranche

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        if not all(given.get(name) is not None for name in ("envelope", "amount", "paid_on")):
            return ()
        return booking.lacks_of_pay(tranche=self.tranche, **given)
