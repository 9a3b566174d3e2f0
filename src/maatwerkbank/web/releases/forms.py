# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of statements, releases and letters. Each asks the deed what lacks.

Takes     what somebody filled in.
Gives     values as the deeds take them.
Leaves    the rules to the deeds: a form repeats none of them.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.confidentiality import GROUNDS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.portfolio.register import Stage
from maatwerkbank.web.dossiers.planning_forms import (
    PlanForm,
    choices_of,
    day_field,
    words_field,
)
from maatwerkbank.web.releases import stating
from maatwerkbank.web.releases.shown import stage_in_words
from maatwerkbank.web.templatetags.words import say

KEPT = gettext_lazy("It is kept with the decision, and is not made public")


class WordsForm(PlanForm):
    """The words of a statement in both languages, and the stage that becomes public with it."""

    text_nl = words_field(
        9,
        label=gettext_lazy("Text in Dutch"),
        help_text=gettext_lazy("Write a figure as its id between braces; type no amounts"),
    )
    text_en = words_field(9, label=gettext_lazy("Text in English"))
    stage = forms.ChoiceField(label=gettext_lazy("Stage that becomes public"))
    on = day_field(label=gettext_lazy("Day of which the text tells"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "stage", {stage.value: stage_in_words(stage.value) for stage in Stage})

    def lacks(self) -> Iterable[Finding]:
        """As the deed sees it."""
        return stating.lacks_of_words(self.cleaned_data)


class ReasonForm(PlanForm):
    """Why."""

    because = words_field(3, label=gettext_lazy("Why"), help_text=KEPT)


class FreeReasonForm(PlanForm):
    """Why, where somebody wants to say it."""

    because = words_field(3, label=gettext_lazy("Why"), help_text=KEPT, required=False)


class RefusalForm(ReasonForm):
    """The ground on which a figure stays out of the public eye, and the reasons."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground of article 5.1 Woo"))
    field_order = ("ground", "because")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        words = {key: f"{say(each.label)} ({each.article})" for key, each in GROUNDS.items()}
        choices_of(self, "ground", words)


class TotalForm(FreeReasonForm):
    """A total; where it gives figures of firms away, that somebody decided that it may."""

    decided = forms.BooleanField(
        label=gettext_lazy("I decide that it may give these figures away"), required=False
    )
    field_order = ("decided", "because")

    def __init__(self, *args: Any, reveals: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not reveals:
            del self.fields["decided"]


class LetterForm(PlanForm):
    """Of which day the letter is, since which letter, in which language."""

    as_of = day_field(label=gettext_lazy("As known on"))
    since = day_field(
        label=gettext_lazy("Since the letter of"),
        required=False,
        help_text=gettext_lazy("The letter then says what moved since that day"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices_of(self, "language", {"nl": _("Dutch"), "en": _("English")})


class SentForm(PlanForm):
    """When the letter went out, and under which number."""

    sent_on = day_field(label=gettext_lazy("Sent on"))
    reference = forms.CharField(
        label=gettext_lazy("Number of the letter"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example Kamerstuk 29 826, nr. 260"),
    )
