# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of texts and amendments. Each asks `lacks_of_…` of the deed.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.agreement.amendments import CHANGE_KINDS, Conflict, Resolution
from maatwerkbank.dossier.agreement.drafting import lacks_of_clause
from maatwerkbank.dossier.agreement.library import LIBRARIES, Clause, fields, library
from maatwerkbank.dossier.agreement.order import FIRST
from maatwerkbank.dossier.agreement.terms import CLAUSE, FIELD, own_clause
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements import amending, drafts
from maatwerkbank.web.agreements.clauses import lacks_of_move
from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.dossiers.planning_forms import (
    PlanForm,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.templatetags.words import say

REASON_HELP = gettext_lazy("It is kept in the history of the dossier")


class BeginForm(PlanForm):
    """Which text to begin, and which optional clauses go in."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of text"))
    optional = forms.MultipleChoiceField(
        label=gettext_lazy("Optional clauses"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A next version of a text has the clauses of the version before it"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "kind", {key: say(library(key).label) for key in LIBRARIES})
        optional = {
            key: say(clause.heading)
            for shelf in LIBRARIES
            for key, clause in library(shelf).clauses.items()
            if clause.optional
        }
        choices_of(self, "optional", optional)

    def fields_of_deed(self) -> dict[str, Any]:
        """Only the optional clauses that this kind of text has."""
        given = super().fields_of_deed()
        known = library(given["kind"]).clauses
        return {**given, "optional": [each for each in given["optional"] if each in known]}


# ── values ────────────────────────────────────────────────────────────────────────────────────


def value_fields(kind: str) -> dict[str, forms.Field]:
    """The fields by which somebody fills in a value of that kind."""
    if kind == "words":
        return {
            "value": words_field(3, label=_("In Dutch"), required=False),
            "value_en": words_field(3, label=_("In English"), required=False),
        }
    if kind == "list":
        help_text = _("One on each line")
        return {"value": words_field(5, label=_("Lines"), help_text=help_text, required=False)}
    if kind == "date":
        return {"value": day_field(label=_("Date"), required=False)}
    if kind == "year":
        return {"value": forms.IntegerField(label=_("Year"), required=False)}
    if kind == "party":
        return {"value": forms.CharField(label=_("Name"), max_length=200, required=False)}
    unit = _("EUR") if kind == "eur" else _("tonnes a year")
    return {"value": forms.FloatField(label=_("Value"), help_text=unit, required=False)}


def value_given(kind: str, cleaned: dict[str, Any], prefix: str = "value") -> Any:
    """The value as the text keeps it; None where nothing was filled in."""
    value = cleaned.get(prefix)
    if value in (None, ""):
        return None
    if kind == "words":
        return {"nl": value.strip(), "en": (cleaned.get(f"{prefix}_en") or value).strip()}
    if kind == "list":
        return [line.strip() for line in value.splitlines() if line.strip()]
    if kind == "date":
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value


def as_filled_in(kind: str, value: Any) -> dict[str, Any]:
    """A value as somebody would fill it in."""
    if value is None:
        return {}
    if kind == "words" and isinstance(value, dict):
        return {"value": value.get("nl", ""), "value_en": value.get("en", "")}
    if kind == "list":
        return {"value": "\n".join(_line(each) for each in value)}
    return {"value": value}


def _line(item: Any) -> str:
    return item["nl"] if isinstance(item, dict) else str(item)


class ValueForm(PlanForm):
    """The value of one field of a text."""

    def __init__(self, *args: Any, name: str, value: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.name, self.kind = name, fields()[name].kind
        self.fields.update(value_fields(self.kind))
        self.initial = {**as_filled_in(self.kind, value), **self.initial}

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return drafts.lacks_of_value_given(self.name, self.value())

    def value(self) -> Any:
        """The value as the deed takes it."""
        return value_given(self.kind, self.cleaned_data)


class ClauseForm(PlanForm):
    """The words of one clause in two languages."""

    heading_nl = forms.CharField(label=gettext_lazy("Heading in Dutch"), max_length=200)
    text_nl = words_field(8, label=gettext_lazy("Text in Dutch"))
    heading_en = forms.CharField(label=gettext_lazy("Heading in English"), max_length=200)
    text_en = words_field(8, label=gettext_lazy("Text in English"))

    def __init__(self, *args: Any, clause: Clause, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clause = clause
        names = ", ".join(f"{{{name}}}" for name in clause.fields)
        self.fields["text_nl"].help_text = _(
            "Leave an empty line between paragraphs. Fields stand between braces: %(names)s"
        ) % {"names": names or "–"}
        self.fields["because"] = words_field(label=_("Why this changes"), help_text=REASON_HELP)
        self.initial = {
            "heading_nl": clause.heading.nl,
            "heading_en": clause.heading.en,
            "text_nl": clause.text.nl,
            "text_en": clause.text.en,
            **self.initial,
        }

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it, beside the language that it is about."""
        for each in lacks_of_clause(self.made()):
            language = each.place.rpartition(".")[2]
            yield Finding(
                each.severity, each.code, f"text_{language}", each.expected, each.found, each.remedy
            )

    def made(self) -> Clause:
        """The clause with the words that were filled in."""
        given = self.cleaned_data
        heading = Text(given.get("heading_nl", ""), given.get("heading_en", ""))
        text = Text(*(_plain_lines(given.get(f"text_{each}", "")) for each in ("nl", "en")))
        return Clause(self.clause.id, heading, text, self.clause.points, self.clause.optional)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class InForceForm(PlanForm):
    """Since when a text is in force."""

    in_force_on = day_field(label=gettext_lazy("Signed, and in force since"))


# ── amendments ────────────────────────────────────────────────────────────────────────────────


class AmendmentForm(PlanForm):
    """What an amendment is called."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("What it is about, in a few words"),
    )


class ChangeForm(PlanForm):
    """One field that an amendment changes, with its reason."""

    def __init__(self, *args: Any, path: str, value: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.path, self.kind = path, fields()[path.removeprefix(FIELD)].kind
        self.fields.update(value_fields(self.kind))
        _why(self)
        self.initial = {**as_filled_in(self.kind, value), **self.initial}

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return amending.lacks_of_change(self.fields_of_deed())

    def fields_of_deed(self) -> dict[str, Any]:
        """As the deed takes it."""
        given = self.cleaned_data
        return {
            "path": self.path,
            "value": value_given(self.kind, given),
            "reason": given.get("reason", ""),
            "kind": given.get("kind", ""),
        }


class ClauseChangeForm(ClauseForm):
    """One clause that an amendment changes, with its reason."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["because"]
        _why(self)

    def fields_of_deed(self) -> dict[str, Any]:
        """As the deed takes it."""
        given = self.cleaned_data
        return {
            "path": f"{CLAUSE}{self.clause.id}",
            "value": self.made().as_json(),
            "reason": given.get("reason", ""),
            "kind": given.get("kind", ""),
        }


class OwnClauseForm(ClauseChangeForm):
    """A clause that no library has: heading and text in two languages, and where it stands."""

    def __init__(self, *args: Any, clauses: Sequence[Clause], **options: Any) -> None:
        empty = own_clause(Text("", ""), Text("", ""), "")
        super().__init__(*args, clause=empty, **options)
        self.fields["after"] = _after(clauses)
        self.order_fields(["heading_nl", "text_nl", "heading_en", "text_en", "after"])

    def fields_of_deed(self) -> dict[str, Any]:
        """As the deed takes it."""
        made, given = self.made(), self.cleaned_data
        return {
            "heading": made.heading,
            "text": made.text,
            **{name: given.get(name, "") for name in ("after", "reason", "kind")},
        }


class TakeOutForm(PlanForm):
    """Which clause an amendment takes out, and why."""

    def __init__(self, *args: Any, clauses: Sequence[Clause], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"] = forms.ChoiceField(label=_("Clause"))
        choices_of(self, "clause", {each.id: say(each.heading) for each in clauses})
        _why(self)


class MoveForm(TakeOutForm):
    """Which clause an amendment puts elsewhere, where, and why."""

    def __init__(
        self, *args: Any, clauses: Sequence[Clause], amendment: Amendment, **options: Any
    ) -> None:
        super().__init__(*args, clauses=clauses, **options)
        self.amendment = amendment
        self.fields["after"] = _after(clauses)
        self.order_fields(["clause", "after"])

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        return lacks_of_move(self.amendment, given.get("clause", ""), given.get("after", ""))


def _after(clauses: Sequence[Clause]) -> forms.ChoiceField:
    choices = [(FIRST, _("first of all")), *((each.id, say(each.heading)) for each in clauses)]
    return forms.ChoiceField(label=_("Stands after"), choices=choices, required=False)


def _why(form: PlanForm) -> None:
    form.fields["kind"] = forms.ChoiceField(label=_("Kind of change"))
    form.fields["reason"] = words_field(2, label=_("Why this changes"))
    choices_of(form, "kind", {key: say(told) for key, told in CHANGE_KINDS.items()})


class ConflictForm(PlanForm):
    """One conflict that a person settles: what is in force, what is proposed, or a third."""

    def __init__(self, data: Any, conflict: Conflict) -> None:
        super().__init__(data, prefix=conflict.path.replace(".", "-"))
        self.path = conflict.path
        name = conflict.path.removeprefix(FIELD)
        self.kind = fields()[name].kind if conflict.path.startswith(FIELD) else ""
        self.fields["choice"] = forms.ChoiceField(label=_("What holds"), widget=forms.RadioSelect)
        choices = {"in_force": _("What is in force"), "proposed": _("What is proposed")}
        if self.kind:
            choices["other"] = _("Another value")
            self.fields.update(value_fields(self.kind))
            self.fields["value"].label = _("The other value")
        choices_of(self, "choice", choices)
        self.fields["reason"] = words_field(2, label=_("Why"))

    def lacks(self) -> Iterable[Finding]:
        """A third value must suit its field."""
        if self.cleaned_data.get("choice") != "other":
            return ()
        return drafts.lacks_of_value_given(self.path.removeprefix(FIELD), self._value())

    def resolution(self) -> Resolution:
        """What the person chose."""
        given = self.cleaned_data
        value = self._value() if given["choice"] == "other" else None
        return Resolution(self.path, given["choice"], given["reason"], value)

    def _value(self) -> Any:
        return value_given(self.kind, self.cleaned_data)


class DecideForm(PlanForm):
    """That the parties agreed on an amendment, and when."""

    decided_on = day_field(label=gettext_lazy("Agreed on"))
    because = words_field(
        label=gettext_lazy("Why, and how the parties agreed"),
        help_text=gettext_lazy("For example: signed by all parties, with the place of the paper"),
    )


class WithdrawForm(PlanForm):
    """Why an amendment stops."""

    because = words_field(label=gettext_lazy("Why it stops"))
