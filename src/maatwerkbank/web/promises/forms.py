# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of promises, of what they wait for, and of risks. Each asks the deed what lacks.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from maatwerkbank.dossier.promises.dependency import BANDS, CONTRACTS, KINDS, NETTING, STEPS
from maatwerkbank.dossier.promises.promise import SIDES
from maatwerkbank.dossier.promises.risk_register import IMPACTS, probabilities
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.plant.uncertainty import Uncertainties
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.planning import lacks_of_forecast
from maatwerkbank.web.dossiers.planning_forms import (
    SOURCE_HELP,
    PlanForm,
    VersionField,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.promises import keeping, risks, waiting
from maatwerkbank.web.promises.models import Dependency, ProjectStart, Promise, Risk
from maatwerkbank.web.templatetags.words import say

QUANTITIES = {
    "co2": gettext_noop("CO2"),
    "nox": gettext_noop("Nitrogen oxides (NOx)"),
    "nitrogen": gettext_noop("Nitrogen"),
    "water": gettext_noop("Water"),
    "energy": gettext_noop("Energy"),
    "support": gettext_noop("Support in euros"),
    "other": gettext_noop("Something else"),
}
TONNES_ARE = {"gross": gettext_noop("gross"), "additional": gettext_noop("additional")}
KEPT_IN_HISTORY = gettext_lazy("It is kept in the history of the dossier")


class Field:
    """Fields that several forms have."""

    @staticmethod
    def line(label: Any, size: int = 120, **options: Any) -> forms.CharField:
        """One line of words, that may stay empty."""
        return forms.CharField(label=label, max_length=size, required=False, **options)

    @staticmethod
    def number(label: Any, **options: Any) -> forms.FloatField:
        """A number that may stay unknown."""
        return forms.FloatField(label=label, required=False, **options)


def _words(table: Mapping[str, Any]) -> dict[str, str]:
    """The words of a table of the dossier floor; of kinds, their labels."""
    return {key: say(getattr(told, "label", told)) for key, told in table.items()}


def _bands() -> dict[str, str]:
    return {
        key: f"{say(label)} ({low:.0%} – {high:.0%})" for key, (low, high, label) in BANDS.items()
    }


class RowForm(PlanForm):
    """A form that makes a row, or changes one with a reason."""

    def __init__(self, *args: Any, row: Model | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose()
        if row is None:
            return
        self.fields["because"] = words_field(label=_("Why this changes"), help_text=KEPT_IN_HISTORY)
        for name in self.fields:
            if name != "because":
                self.initial.setdefault(name, getattr(row, name))

    def _choose(self) -> None:
        """Fill the lists to choose from."""


class PromiseForm(RowForm):
    """What one party promises another."""

    name_nl = forms.CharField(
        label=gettext_lazy("Name in Dutch"), max_length=200, widget=forms.TextInput({"lang": "nl"})
    )
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=200,
        widget=forms.TextInput({"lang": "en"}),
    )
    by_side = forms.ChoiceField(label=gettext_lazy("Promised by"))
    by_name = forms.CharField(label=gettext_lazy("Name of who promises"), max_length=120)
    to_side = forms.ChoiceField(label=gettext_lazy("Promised to"))
    to_name = forms.CharField(label=gettext_lazy("Name of to whom"), max_length=120)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"))
    words = words_field(
        label=gettext_lazy("What is to be done"),
        required=False,
        help_text=gettext_lazy("For a deed. Leave this open for a quantity"),
    )
    quantity = forms.ChoiceField(label=gettext_lazy("Or a quantity"), required=False)
    amount_low = Field.number(gettext_lazy("At least"))
    amount_high = Field.number(gettext_lazy("At most"))
    unit = Field.line(gettext_lazy("Unit"), 20, help_text=gettext_lazy("Such as t/year, MW or EUR"))
    tonnes_are = forms.ChoiceField(label=gettext_lazy("These tonnes are"), required=False)
    boundary = words_field(2, label=gettext_lazy("Boundary"), required=False)
    base_year = forms.IntegerField(label=gettext_lazy("Base year"), required=False)
    planned = day_field(
        label=gettext_lazy("Due on"),
        required=False,
        help_text=gettext_lazy("Leave this open where no date was agreed"),
    )
    condition = words_field(2, label=gettext_lazy("Only if"), required=False)
    clause = Field.line(gettext_lazy("Clause"))
    internal = forms.BooleanField(
        label=gettext_lazy("Internal: not for the company or a partner"), required=False
    )
    source = Field.line(gettext_lazy("Source"), help_text=SOURCE_HELP)
    document = forms.Field()
    place = Field.line(gettext_lazy("Where in it"), 400)

    def __init__(
        self, *args: Any, documents: QuerySet[DocumentVersion], row: Promise | None = None, **o: Any
    ) -> None:
        self.documents = documents
        super().__init__(*args, row=row, **o)

    def _choose(self) -> None:
        for name in ("by_side", "to_side"):
            choices_of(self, name, _words(SIDES))
        choices_of(self, "subject", _words(PARALLEL_TRACKS))
        choices_of(
            self, "quantity", {"": _("no quantity"), **{k: _(w) for k, w in QUANTITIES.items()}}
        )
        choices_of(
            self, "tonnes_are", {"": _("no tonnes"), **{k: _(w) for k, w in TONNES_ARE.items()}}
        )
        self.fields["document"] = VersionField(
            label=_("Or a document of this dossier"), queryset=self.documents, required=False
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return keeping.lacks_of_promise(self.cleaned_data)


class ForecastForm(PlanForm):
    """When it is expected now, and why."""

    expected = day_field(label=gettext_lazy("Expected on"))
    because = words_field(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("What changed since the last forecast, and who said so"),
    )
    source = Field.line(gettext_lazy("Source"), help_text=SOURCE_HELP)

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return lacks_of_forecast(self.cleaned_data)


class KeptForm(PlanForm):
    """That a promise was kept, and what shows it."""

    on = day_field(label=gettext_lazy("Kept on"))
    words = words_field(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("A letter, a measurement, a decision: what it says, and its date"),
    )
    document = forms.Field()

    def __init__(self, *args: Any, documents: QuerySet[DocumentVersion], **o: Any) -> None:
        super().__init__(*args, **o)
        self.fields["document"] = VersionField(
            label=_("Document of this dossier"), queryset=documents, required=False
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return keeping.lacks_of_keeping(self.cleaned_data)


class ReasonForm(PlanForm):
    """Only a reason."""

    because = words_field(label=gettext_lazy("Why"), help_text=KEPT_IN_HISTORY)


class WaiverForm(PlanForm):
    """What a second person decides on a waiver, and why."""

    answer = forms.ChoiceField(label=gettext_lazy("Your decision"), widget=forms.RadioSelect)
    because = words_field(label=gettext_lazy("Why"), help_text=KEPT_IN_HISTORY)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "answer", {"granted": _("Grant"), "refused": _("Refuse")})


class DependencyForm(RowForm):
    """Something outside the agreement that must be there first."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    name_nl = forms.CharField(
        label=gettext_lazy("Name in Dutch"), max_length=200, widget=forms.TextInput({"lang": "nl"})
    )
    name_en = forms.CharField(
        label=gettext_lazy("Name in English"),
        max_length=200,
        widget=forms.TextInput({"lang": "en"}),
    )
    operator = Field.line(gettext_lazy("Operator or authority"))
    location = Field.line(gettext_lazy("Location"))
    capacity = Field.number(gettext_lazy("Capacity"))
    capacity_unit = Field.line(
        gettext_lazy("Unit of the capacity"), 20, help_text=gettext_lazy("Such as MW or t/year")
    )
    planned = day_field(label=gettext_lazy("Planned on"), required=False)
    actual = day_field(
        label=gettext_lazy("Came about on"),
        required=False,
        help_text=gettext_lazy("Leave this open until it has come about"),
    )
    contract = forms.ChoiceField(label=gettext_lazy("Contract"), required=False)
    band = forms.ChoiceField(
        label=gettext_lazy("How likely it is there on the planned date"), required=False
    )
    fallback = words_field(2, label=gettext_lazy("What if it does not come"), required=False)
    public_cost_eur = Field.number(gettext_lazy("Public cost, in euros"))
    miek_number = Field.line(gettext_lazy("Number in the MIEK"), 40)
    miek_status = Field.line(gettext_lazy("Status in the MIEK"), 80)
    ces_edition = Field.line(gettext_lazy("Edition of the Cluster Energy Strategy"), 40)
    nitrogen_reference = words_field(
        2, label=gettext_lazy("Nitrogen: reference situation"), required=False
    )
    netting = forms.ChoiceField(label=gettext_lazy("Nitrogen: netting"), required=False)
    deposition = Field.number(gettext_lazy("Nitrogen: deposition, in mol per hectare a year"))
    nitrogen_risk = words_field(2, label=gettext_lazy("Nitrogen: legal risk"), required=False)
    internal = forms.BooleanField(
        label=gettext_lazy("Internal: not for the company or a partner"), required=False
    )
    source = Field.line(gettext_lazy("Source"), help_text=SOURCE_HELP)
    place = Field.line(gettext_lazy("Where in it"), 400)

    def __init__(self, *args: Any, row: Dependency | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)

    def _choose(self) -> None:
        choices_of(self, "kind", _words(KINDS))
        for name, table in (("contract", _words(CONTRACTS)), ("band", _bands())):
            choices_of(self, name, {"": _("unknown"), **table})
        choices_of(self, "netting", {"": _("does not apply"), **_words(NETTING)})

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return waiting.lacks_of_dependency(self.cleaned_data)


class StepForm(PlanForm):
    """A step of a permit."""

    step = forms.ChoiceField(label=gettext_lazy("Step"))
    planned = day_field(label=gettext_lazy("Planned on"), required=False)
    actual = day_field(label=gettext_lazy("Came about on"), required=False)

    def __init__(self, *args: Any, dependency: Dependency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.dependency = dependency
        choices_of(self, "step", _words(STEPS))

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return waiting.lacks_of_step(self.dependency, self.cleaned_data)


class StartForm(RowForm):
    """When a project is to run, and what it brings in 2030."""

    planned = day_field(label=gettext_lazy("First day of full operation, as planned"))
    actual = day_field(label=gettext_lazy("In operation since"), required=False)
    gross_t = Field.number(
        gettext_lazy("Gross reduction in 2030, in tonnes a year"),
        help_text=gettext_lazy("Everything that is cut. Leave it open where it is not stated"),
    )
    additional_t = Field.number(
        gettext_lazy("Additional reduction in 2030, in tonnes a year"),
        help_text=gettext_lazy(
            "What goes beyond what the law asks. Leave it open where it is not stated"
        ),
    )
    support_eur = Field.number(gettext_lazy("Support of the State, in euros"))
    source = Field.line(gettext_lazy("Source"), help_text=SOURCE_HELP)
    document = forms.Field()

    def __init__(
        self,
        *args: Any,
        documents: QuerySet[DocumentVersion],
        row: ProjectStart | None = None,
        **o: Any,
    ) -> None:
        self.documents = documents
        super().__init__(*args, row=row, **o)

    def _choose(self) -> None:
        self.fields["document"] = VersionField(
            label=_("Or a document of this dossier"), queryset=self.documents, required=False
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return waiting.lacks_of_start(self.cleaned_data)


class ConnectForm(PlanForm):
    """What waits for what."""

    waiter = forms.ChoiceField(label=gettext_lazy("This waits"))
    awaited = forms.ChoiceField(label=gettext_lazy("for this"))
    lag_days = forms.IntegerField(
        label=gettext_lazy("Days in between"),
        initial=0,
        min_value=0,
        help_text=gettext_lazy("How long it takes after the one before the other can be there"),
    )

    def __init__(
        self, *args: Any, waiters: Mapping[str, str], awaited: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        choices_of(self, "waiter", waiters)
        choices_of(self, "awaited", awaited)


class RiskForm(RowForm):
    """What may go wrong, and what is left of it after what is done."""

    event = forms.CharField(label=gettext_lazy("What may happen"), max_length=200)
    cause = words_field(2, label=gettext_lazy("Cause"))
    effect = words_field(2, label=gettext_lazy("Effect"))
    owner = forms.CharField(label=gettext_lazy("Who deals with it"), max_length=120)
    before_likelihood = forms.ChoiceField(label=gettext_lazy("Likelihood before measures"))
    before_impact = forms.ChoiceField(label=gettext_lazy("Impact before measures"))
    mitigation = words_field(
        2, label=gettext_lazy("What the company does by itself"), required=False
    )
    after_own_likelihood = forms.ChoiceField(
        label=gettext_lazy("Likelihood after that"), required=False
    )
    after_own_impact = forms.ChoiceField(label=gettext_lazy("Impact after that"), required=False)
    state_support = words_field(
        2, label=gettext_lazy("What the State does beside that"), required=False
    )
    after_all_likelihood = forms.ChoiceField(
        label=gettext_lazy("Likelihood after all of it"), required=False
    )
    after_all_impact = forms.ChoiceField(
        label=gettext_lazy("Impact after all of it"), required=False
    )
    uncertainties = forms.MultipleChoiceField(
        label=gettext_lazy("Uncertainties of the plan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What the plan of the company declares not to know"),
    )

    def __init__(
        self,
        *args: Any,
        plan: Uncertainties | None,
        row: Risk | None = None,
        **options: Any,
    ) -> None:
        self.plan = plan
        names = probabilities(plan) if plan else ()
        known = dict.fromkeys([*names, *(row.uncertainties if row else ())])
        self.declared = {name: name for name in known}
        super().__init__(*args, row=row, **options)

    def _choose(self) -> None:
        empty = {"": _("not judged yet")}
        for name in risks.WEIGHTS:
            more = {} if name == "before" else empty
            choices_of(self, f"{name}_likelihood", {**more, **_bands()})
            choices_of(self, f"{name}_impact", {**more, **_words(IMPACTS)})
        choices_of(self, "uncertainties", self.declared)
        if not self.declared:
            del self.fields["uncertainties"]

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return risks.lacks_of_risk(self.cleaned_data, self.plan)
