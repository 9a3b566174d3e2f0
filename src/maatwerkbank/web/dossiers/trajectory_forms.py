# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms about the road of a dossier: on which it starts, and to which version it moves.

Takes     what somebody filled in.
Gives     values as the deeds of `decisions` take them.
Leaves    whether that is allowed now to `decisions`.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.trajectory import Trajectory, trajectory, trajectory_ids
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.planning_forms import choices_of, day_field, words_field
from maatwerkbank.web.dossiers.team import HELD_BY
from maatwerkbank.web.dossiers.team_forms import PersonField
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.templatetags.words import level, say


class OpenForm(forms.Form):
    """Open a dossier."""

    version = forms.ChoiceField(
        label=gettext_lazy("Version of the approach"),
        help_text=gettext_lazy("The dossier stays on it until it is decided otherwise"),
    )
    track = forms.ChoiceField(label=gettext_lazy("Track"), widget=forms.RadioSelect)
    lead = forms.Field()
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level of confidentiality"),
        coerce=int,
        help_text=gettext_lazy("Who is not cleared for it does not see that there is a dossier"),
    )
    opened_on = day_field(
        label=gettext_lazy("Opened on"),
        required=False,
        help_text=gettext_lazy("Leave this open for today"),
    )
    reason = words_field(label=gettext_lazy("Why"), required=False)

    def __init__(self, *args: Any, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        versions = [trajectory(each) for each in reversed(trajectory_ids())]
        tracks = {
            track.id: f"{say(track.label)}: {say(track.purpose)}"
            for version in reversed(versions)
            for track in version.tracks.values()
        }
        choices_of(self, "version", {each.id: say(each.label) for each in versions})
        choices_of(self, "track", tracks)
        self.initial.setdefault("track", next(iter(tracks)))
        levels = {each.value: level(each.value) for each in Level if each <= by.clearance}
        choices_of(self, "level", levels)
        self.initial.setdefault("level", Level.ZAAKVERTROUWELIJK.value)
        leads = (
            Person.objects.filter(is_active=True, organisation__kind__in=HELD_BY["case_lead"])
            .exclude(office="administrator")
            .select_related("organisation")
            .order_by("organisation__name", "name")
        )
        self.fields["lead"] = PersonField(label=_("Case lead"), queryset=leads)

    def clean(self) -> dict[str, Any]:
        """A version knows its own tracks only; a lead is cleared for the level."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        version, track = cleaned.get("version"), cleaned.get("track")
        if version and track and track not in trajectory(version).tracks:
            self.add_error("track", _("That version does not know this track."))
        lead = cleaned.get("lead")
        if lead and lead.clearance < cleaned.get("level", 0):
            self.add_error("lead", _("This person may not read a dossier at this level."))
        return cleaned


class MoveForm(forms.Form):
    """Go on under another version."""

    to = forms.ChoiceField(label=gettext_lazy("Version"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage in that version"),
        help_text=gettext_lazy("Where the dossier then stands"),
    )
    reason = words_field(label=gettext_lazy("Why"))
    last_seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, versions: list[Trajectory], dossier: Dossier, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        stages = {
            stage.id: say(stage.label)
            for each in versions
            for stage in each.track(dossier.track_id).stages
        }
        choices_of(self, "to", {each.id: say(each.label) for each in versions})
        choices_of(self, "stage", stages)
        self.initial.setdefault("stage", dossier.stage)
