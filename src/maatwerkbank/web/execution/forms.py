# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of money and execution. Each asks the deed, so that all findings come at once.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.execution import CLAUSE_KINDS, QUANTITIES, Kpi, Reported, Schedule
from maatwerkbank.dossier.execution.schedule import FREQUENCIES, lacks_of_schedule
from maatwerkbank.dossier.money.budget import STATES
from maatwerkbank.dossier.money.cover import FACTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.agreements.models import Amendment
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
from maatwerkbank.web.execution.models import Envelope, SubsidyDecision, Tranche
from maatwerkbank.web.execution.models import Kpi as KpiRow
from maatwerkbank.web.execution.shown import figure
from maatwerkbank.web.templatetags.words import in_language, say

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


def _names() -> tuple[forms.CharField, forms.CharField]:
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


# ── money ─────────────────────────────────────────────────────────────────────────────────────


class EnvelopeForm(PlanForm):
    """Money of the State for one purpose."""

    name_nl, name_en = _names()
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

    name_nl, name_en = _names()
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


# ── what was agreed ───────────────────────────────────────────────────────────────────────────


class KpiForm(PlanForm):
    """An indicator of the agreement."""

    key = forms.SlugField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("Short, without spaces; it stands in the workbook of a report"),
    )
    name_nl, name_en = _names()
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

    name_nl, name_en = _names()
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


# ── reports ───────────────────────────────────────────────────────────────────────────────────


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


# ── what follows ──────────────────────────────────────────────────────────────────────────────


class DecideForm(forms.Form):
    """A decision on a consequence."""

    amount = euro_field(label=gettext_lazy("Amount that is decided [euro]"), min_value=0)
    reason = words_field(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Also why it differs from the sum, if it does"),
    )
