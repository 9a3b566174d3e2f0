# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a person may choose on the screens over many dossiers."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from maatwerkbank.parameters.files import variant_file, variant_names
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.web.overview.board import ORDERS, Choice, tracks
from maatwerkbank.web.templatetags.words import say

ALL = ("", _("All"))


class BoardForm(forms.Form):
    """Which dossiers the board shows, and in which order."""

    track = forms.ChoiceField(label=_("Track"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    state = forms.ChoiceField(
        label=_("In or out"),
        required=False,
        choices=[ALL, ("running", _("Running")), ("left", _("Left the approach"))],
    )
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)
    late = forms.BooleanField(label=_("Only what is late"), required=False)
    order = forms.ChoiceField(
        required=False, choices=[(order, order) for order in ORDERS], widget=forms.HiddenInput
    )
    page = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any, clusters: tuple[str, ...]) -> None:
        super().__init__(data)
        stages = {
            stage.id: say(stage.label) for track in tracks().values() for stage in track.stages
        }
        self._choices("track", {name: say(track.label) for name, track in tracks().items()})
        self._choices("stage", stages)
        self._choices("cluster", {cluster: cluster for cluster in clusters if cluster})

    def _choices(self, name: str, choices: dict[str, str]) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [ALL, *choices.items()]

    def choice(self) -> Choice:
        """What was chosen; what cannot be read counts as not chosen, and the form says so."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        return Choice(**chosen)


class EffectForm(forms.Form):
    """Of which variant, as known on which day."""

    variant = forms.ChoiceField(label=_("Policy variant"))
    known_on = forms.DateField(
        label=_("Law as known on"),
        initial=PORTFOLIO_DATE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["variant"])
        field.choices = [(name, say(variant_file(name).label)) for name in variant_names()]
