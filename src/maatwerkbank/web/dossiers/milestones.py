# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The milestones of a dossier as a picture, a table and a few sentences.

Takes     stored milestones with their forecasts.
Gives     tracks for `components/timeline.html`, the picture of `letter.timeline_picture`.
Leaves    which milestones somebody sees to `people/access.py`; slips to `dossier.timeline`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from maatwerkbank.dossier import timeline
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.ground.language import Text
from maatwerkbank.letter import timeline_picture
from maatwerkbank.web.dossiers.models import Forecast, Milestone
from maatwerkbank.web.templatetags.words import day, page_language, say


@dataclass(frozen=True)
class Shown:
    """One milestone: as it is stored, and as the `dossier` floor reckons with it."""

    row: Milestone
    milestone: timeline.Milestone

    def state(self, on: date) -> str:
        """`done`, `late`, `on_time`, or `unknown` where it has no date."""
        if self.milestone.actual:
            return "done"
        if self.milestone.is_late(on):
            return "late"
        return "on_time" if self.milestone.expected else "unknown"

    def moment(self, on: date, *, inside: bool) -> dict[str, Any]:
        """A row of the component. Reasons and owners are for who sees the dossier from inside."""
        last, slip = self.milestone.forecast, self.milestone.slip_days
        return {
            "label": say(self.milestone.label),
            "planned": day(self.row.planned) if self.row.planned else "",
            "forecast": day(last.date) if last else "",
            "actual": day(self.row.actual) if self.row.actual else "",
            "slip": say(timeline_picture.slip_text(slip)) if slip and last else "",
            "state": self.state(on),
            "note": self.row.owner if inside else "",
            "href": reverse("dossiers:milestone", args=[self.row.dossier.code, self.row.code]),
        }


def shown(rows: QuerySet[Milestone]) -> list[Shown]:
    """Milestones with their forecasts, in the order of track and plan; in two queries."""
    with_forecasts = rows.select_related("dossier").prefetch_related(
        Prefetch("forecasts", Forecast.objects.select_related("by__organisation"))
    )
    return [Shown(row, _as_milestone(row)) for row in with_forecasts]


def tracks(found: Sequence[Shown], on: date, *, inside: bool) -> list[dict[str, Any]]:
    """The milestones per parallel track, in the order of the tracks."""
    return [
        {"label": say(label), "moments": moments}
        for track, label in PARALLEL_TRACKS.items()
        if (
            moments := [each.moment(on, inside=inside) for each in found if each.row.track == track]
        )
    ]


def picture(found: Sequence[Shown], on: date, *, narrow: bool = False) -> SafeString:
    """The picture of the milestones; empty where none has a date."""
    svg = timeline_picture.timeline_svg(
        [each.milestone for each in found],
        page_language(),
        on=on,
        narrow=narrow,
        mark="timeline-narrow" if narrow else "timeline",
    )
    return mark_safe(svg)  # noqa: S308  (our own drawing; every word in it is escaped)


def summary(found: Sequence[Shown], on: date) -> str:
    """What the picture says."""
    return timeline_picture.summary([each.milestone for each in found], page_language(), on=on)


def _as_milestone(row: Milestone) -> timeline.Milestone:
    return timeline.Milestone(
        id=str(row.code),
        track=row.track,
        label=Text(nl=row.name_nl, en=row.name_en),
        planned=row.planned,
        forecasts=tuple(
            timeline.Forecast(
                date=each.expected,
                said_on=each.said_on,
                by=each.by.name if each.by else each.source,
                because=each.because,
            )
            for each in row.forecasts.all()
        ),
        actual=row.actual,
    )
