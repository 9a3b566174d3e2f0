# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form of the answer of the minister: what is done with each recommendation.

Takes     a given advice, and the final texts of the agreement that who answers may read.
Gives     answers as the deeds take them; the two versions between which clauses are chosen.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from maatwerkbank.dossier.advice.advice import OUTCOMES
from maatwerkbank.web.advice.answering import Answer
from maatwerkbank.web.advice.forms import Group, labels
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.advice.text_changes import Pair, first_pair, pair_of
from maatwerkbank.web.agreements.models import Draft
from maatwerkbank.web.agreements.stored import name_of
from maatwerkbank.web.dossiers.planning_forms import words_field
from maatwerkbank.web.templatetags.words import say

SPARE_CHANGES = 1
TEXTS = ("text_before", "text_after")


class ChangedClauses(forms.MultipleChoiceField):
    """Clauses of two versions. Those of a pair that was chosen before simply fall away."""

    def valid_value(self, value: Any) -> bool:
        """Whatever the page offered for another pair."""
        return True


class AnswersForm(forms.Form):
    """What is done with each recommendation: all of them on one page.

    `texts`: the final texts of the agreement. Where two versions of one are among them, clauses are
    chosen from those; else their words are typed.
    """

    def __init__(
        self, *args: Any, advice: Advice, texts: Sequence[Draft] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.recommendations = list(advice.recommendations.all())
        self._changes: dict[int, int] = {}
        self._texts = list(texts)
        self._first = first_pair(advice, self._texts)
        self.pair = self._chosen()
        self._changed = self.pair.changes if self.pair else {}
        if self._first:
            self._ask_texts()
        spare = 0 if self._first else SPARE_CHANGES
        for each in self.recommendations:
            response = getattr(each, "response", None)
            stored = list(response.changes.all()) if response else []
            changes = [one for one in stored if not one.library]
            self._changes[each.number] = len(changes) + spare
            self._ask(each.number)
            self.initial[f"clauses_{each.number}"] = [one.clause for one in stored if one.library]
            if response:
                self.initial[f"outcome_{each.number}"] = response.outcome
                self.initial[f"reason_{each.number}"] = response.reason
            for row, change in enumerate(changes):
                for part in ("clause", "before", "after"):
                    self.initial[f"{part}_{each.number}_{row}"] = getattr(change, part)

    def _chosen(self) -> Pair | None:
        """The versions that were chosen on the page or in its address; else those to begin with."""
        told = [self.data.get(each) or self.initial.get(each) or "" for each in TEXTS]
        return pair_of(self._texts, *told) if any(told) else self._first

    def _ask_texts(self) -> None:
        names = [(str(each.code), say(name_of(each))) for each in self._texts]
        for field, label in zip(TEXTS, (_("Text before"), _("Text after")), strict=True):
            self.fields[field] = forms.ChoiceField(label=label, choices=names, required=False)
        if self.pair:
            for field, text in zip(TEXTS, (self.pair.before, self.pair.after), strict=True):
                self.initial[field] = str(text.code)

    def texts(self) -> list[BoundField]:
        """The choice of the two versions, where there is one."""
        return [self[each] for each in TEXTS if each in self.fields]

    def clean(self) -> dict[str, Any]:
        """Two versions of one text, the earlier one first."""
        if self._first and self.pair is None:
            self.add_error(TEXTS[1], _("Choose a later version of the same text."))
        return dict(self.cleaned_data)

    def _ask(self, number: int) -> None:
        self.fields[f"outcome_{number}"] = forms.ChoiceField(
            label=_("Recommendation %(number)s is") % {"number": number},
            choices=labels(OUTCOMES),
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields[f"reason_{number}"] = words_field(
            2, label=_("Why (recommendation %(number)s)") % {"number": number}, required=False
        )
        if self._changed:
            self.fields[f"clauses_{number}"] = ChangedClauses(
                label=_("Clauses that this changed (recommendation %(number)s)")
                % {"number": number},
                choices=[(key, say(each.name)) for key, each in self._changed.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        for row in range(self._changes[number]):
            told = {"number": number, "row": row + 1}
            self.fields[f"clause_{number}_{row}"] = forms.CharField(
                label=_("Changed clause %(row)s (recommendation %(number)s)") % told,
                max_length=60,
                required=False,
            )
            for part, label in (
                ("before", _("Words before, clause %(row)s (recommendation %(number)s)")),
                ("after", _("Words after, clause %(row)s (recommendation %(number)s)")),
            ):
                self.fields[f"{part}_{number}_{row}"] = words_field(
                    2, label=label % told, required=False
                )

    def groups(self) -> Iterator[Group]:
        """The fields of each recommendation, under its words."""
        for each in self.recommendations:
            rows = range(self._changes[each.number])
            first = [f"outcome_{each.number}", f"reason_{each.number}", f"clauses_{each.number}"]
            names = [name for name in first if name in self.fields] + [
                f"{part}_{each.number}_{row}"
                for row in rows
                for part in ("clause", "before", "after")
            ]
            yield Group(
                _("Recommendation %(number)s") % {"number": each.number},
                each.words,
                tuple(self[name] for name in names),
            )

    def answers(self) -> dict[int, Answer]:
        """Per number, as the deeds take them; rows that were left open fall away."""
        given = self.cleaned_data
        found = {}
        for each in self.recommendations:
            rows = [
                tuple(
                    given[f"{part}_{each.number}_{row}"] for part in ("clause", "before", "after")
                )
                for row in range(self._changes[each.number])
            ]
            found[each.number] = Answer(
                given[f"outcome_{each.number}"],
                given[f"reason_{each.number}"],
                tuple((row[0], row[1], row[2]) for row in rows if any(row)),
                tuple(
                    key for key in given.get(f"clauses_{each.number}", ()) if key in self._changed
                ),
            )
        return found
