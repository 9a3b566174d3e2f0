# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of advice: the request, who takes part, what the advisers write, the answer, publication.

Takes     what somebody filled in; fields per participant, criterion or recommendation.
Gives     values as the deeds take them; groups of fields for the page.
Leaves    the rules to the deeds: a form asks their `lacks_of_…` and repeats none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.advice.advice import INTERESTS, VERDICTS
from maatwerkbank.dossier.advice.bodies import FUNCTIONS, bodies, body, criteria
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice import advising, answering
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.documents.models import FrozenSet
from maatwerkbank.web.dossiers.planning_forms import PlanForm, choices_of, day_field, words_field
from maatwerkbank.web.templatetags.words import day, say

SPARE_RECOMMENDATIONS = 4


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a heading."""

    heading: str
    text: str
    fields: tuple[BoundField, ...]


def told(form: forms.Form, findings: Iterable[Finding]) -> None:
    """Put what lacks beside its field, as it is said; where there is no such field, on top."""
    for each in findings:
        place = each.place if each.place in form.fields else None
        form.add_error(place, say(each.expected))


def labels(texts: Mapping[str, Text], empty: str = "") -> list[tuple[str, str]]:
    """Choices in words of the page; with `empty`, the first of them is none."""
    chosen = [(key, say(text)) for key, text in texts.items()]
    return [("", empty), *chosen] if empty else chosen


class SetField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's takes none
    """A choice among frozen sets."""

    def label_from_instance(self, obj: FrozenSet) -> str:
        """For what it was frozen, and when."""
        return f"{obj.purpose}, {day(obj.made_at)}"


class RequestForm(PlanForm):
    """A request for advice on a frozen set."""

    body = forms.ChoiceField(label=gettext_lazy("Who advises"))
    frozen_set = forms.Field()
    subject = forms.CharField(label=gettext_lazy("On what"), max_length=200)
    own_question = words_field(
        2,
        label=gettext_lazy("A question of your own"),
        required=False,
        help_text=gettext_lazy("Beside the questions that this body always answers"),
    )
    due_on = day_field(label=gettext_lazy("Due on"), required=False)

    def __init__(self, *args: Any, sets: QuerySet[FrozenSet], **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "body", {key: say(each.label) for key, each in bodies().items()})
        self.fields["frozen_set"] = SetField(
            label=_("Frozen set"),
            queryset=sets,
            help_text=_("The advisers read this set and nothing else of the dossier"),
        )

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return advising.lacks_of_request(self.cleaned_data)


class ParticipantForm(forms.Form):
    """Somebody who joins this advice."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    function = forms.ChoiceField(label=gettext_lazy("As"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "function", dict(reversed(labels(FUNCTIONS))))


class InterestsForm(PlanForm):
    """Per participant whether there is an interest, and which."""

    def __init__(self, *args: Any, advice: Advice, **options: Any) -> None:
        super().__init__(*args, **options)
        self.participants = list(advice.participants.all())
        for each in self.participants:
            self.fields[f"interest_{each.pk}"] = forms.ChoiceField(
                label=_("Interest of %(name)s") % {"name": each.name},
                choices=labels(INTERESTS, _("not said yet")),
                initial=each.interest,
                required=False,
            )
            self.fields[f"words_{each.pk}"] = forms.CharField(
                label=_("Which interest %(name)s has") % {"name": each.name},
                initial=each.interest_words,
                required=False,
            )

    def groups(self) -> Iterator[Group]:
        """The fields of each participant."""
        for each in self.participants:
            fields = (self[f"interest_{each.pk}"], self[f"words_{each.pk}"])
            yield Group(each.name, say(FUNCTIONS[each.function]), fields)

    def interests(self) -> dict[int, tuple[str, str]]:
        """Per participant, as the deed takes them."""
        given = self.cleaned_data
        return {
            each.pk: (given.get(f"interest_{each.pk}", ""), given.get(f"words_{each.pk}", ""))
            for each in self.participants
        }

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return advising.lacks_of_interests(self.interests())


class AdviceForm(forms.Form):
    """What the advisers have so far. Nothing is required: it may be kept half done."""

    def __init__(self, *args: Any, advice: Advice, **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = body(advice.body).criteria
        self._questions = {each.criterion: each for each in advice.questions.all()}
        given = {each.criterion: each for each in advice.findings.all()}
        for criterion in self.criteria:
            found, label = given.get(criterion), say(criteria()[criterion])
            self._ask(f"words_{criterion}", _("%(criterion)s: finding") % {"criterion": label})
            self._choose(
                f"verdict_{criterion}", _("%(criterion)s: verdict") % {"criterion": label}, VERDICTS
            )
            if found:
                self.initial[f"words_{criterion}"] = found.words
                self.initial[f"verdict_{criterion}"] = found.verdict
        there = list(advice.recommendations.all())
        self.numbers = range(1, len(there) + SPARE_RECOMMENDATIONS + 1)
        about = {each: criteria()[each] for each in self.criteria}
        for number in self.numbers:
            numbered = {"number": number}
            self._ask(f"recommendation_{number}", _("Recommendation %(number)s") % numbered)
            self._choose(
                f"about_{number}",
                _("Recommendation %(number)s is about") % numbered,
                about,
                _("the whole"),
            )
        for each in there:
            self.initial[f"recommendation_{each.number}"] = each.words
            self.initial[f"about_{each.number}"] = each.criterion
        self._ask("considerations", _("Considerations"), rows=5)
        self._choose("verdict", _("Verdict on the whole"), VERDICTS)
        self.initial["considerations"] = advice.considerations
        self.initial["verdict"] = advice.verdict

    def _ask(self, name: str, label: str, rows: int = 3) -> None:
        self.fields[name] = words_field(rows, label=label, required=False)

    def _choose(self, name: str, label: str, texts: Mapping[str, Text], empty: str = "") -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=labels(texts, empty or _("not yet")), required=False
        )

    def per_criterion(self) -> Iterator[Group]:
        """Finding and verdict per criterion, with the question that was asked."""
        for criterion in self.criteria:
            asked = self._questions.get(criterion)
            fields = (self[f"words_{criterion}"], self[f"verdict_{criterion}"])
            question = say(Text(nl=asked.nl, en=asked.en)) if asked else ""
            yield Group(say(criteria()[criterion]), question, fields)

    def per_recommendation(self) -> Iterator[Group]:
        """Words of each recommendation and what it is about."""
        for number in self.numbers:
            yield Group("", "", (self[f"recommendation_{number}"], self[f"about_{number}"]))

    def fields_of_deed(self) -> dict[str, Any]:
        """As `write_advice` takes them."""
        given = self.cleaned_data
        return {
            "findings": {
                each: (given[f"words_{each}"], given[f"verdict_{each}"]) for each in self.criteria
            },
            "recommendations": [
                (given[f"recommendation_{number}"], given[f"about_{number}"])
                for number in self.numbers
            ],
            "verdict": given["verdict"],
            "considerations": given["considerations"],
        }


class PublicationForm(PlanForm):
    """Where advice and answer are public, and what of them is withheld."""

    published_on = day_field(label=gettext_lazy("Public since"))
    published_where = forms.CharField(label=gettext_lazy("Where it can be read"), max_length=300)
    withheld = words_field(
        2,
        label=gettext_lazy("What is withheld"),
        required=False,
        help_text=gettext_lazy("Per passage the place and the ground in law"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("published_on", timezone.localdate())

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        given = self.cleaned_data
        return answering.lacks_of_publication(
            given.get("published_on"), given.get("published_where") or ""
        )
