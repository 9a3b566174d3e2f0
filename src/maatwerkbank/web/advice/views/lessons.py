# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of lessons: write one down, and count them over the portfolio.

Takes     the code of a dossier, or nothing; and who asks.
Gives     counts over the dossiers that the reader sees from inside, with what they are out of.
Leaves    counting to `dossier.advice.lessons`.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.advice import lessons as pure
from maatwerkbank.dossier.advice.lessons import helps, reasons, tally
from maatwerkbank.web.advice import learning
from maatwerkbank.web.advice.models import Lesson
from maatwerkbank.web.advice.other_forms import LessonForm
from maatwerkbank.web.advice.views import ways
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import figure, say


def lesson_rows(lessons: Iterable[Lesson]) -> list[dict[str, Any]]:
    """Lessons with their codes in words."""
    return [
        {
            "row": each,
            "stage": _stage(each.dossier, each.stage),
            "hindered": [say(reasons()[code]) for code in each.hindered],
            "helped": [say(helps()[code].label) for code in each.helped],
        }
        for each in lessons
    ]


def _stage(dossier: Dossier, stage: str) -> str:
    stages = dossier.trajectory.track(dossier.track_id).stages
    return next((say(each.label) for each in stages if each.id == stage), stage)


@require_http_methods(["GET", "POST"])
def write(request: PageRequest, code: UUID) -> HttpResponse:
    """Write a lesson down."""
    found = access.dossier_for(request.user, code, Deed.KEEP_LESSONS)
    decisions = access.rows_of(request.user, Decision, Deed.SEE_DECISIONS, found)
    form = LessonForm(request.POST or None, decisions=decisions)
    if request.method == "POST" and form.is_valid():
        learning.write_lesson(dossier=found, by=request.user, **form.fields_of_deed())
        return redirect("advice:dossier", code)
    context = {
        "dossier": found,
        "heading": _("Write a lesson down"),
        "form": form,
        "submit": _("Write it down"),
        "back": reverse("advice:dossier", args=[code]),
        "trail": ways.to_advices(found, (_("Write a lesson down"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "advice/form.html", context, status=status)


@require_GET
def portfolio(request: PageRequest) -> HttpResponse:
    """How often each reason and each thing that helped was named, over all that I see."""
    dossiers = access.dossiers_of(request.user, Deed.SEE_DECISIONS)
    rows = list(
        access.rows_of(request.user, Lesson, Deed.SEE_DECISIONS).select_related("dossier__company")
    )
    found = tally(
        [
            pure.Lesson(str(each.dossier_id), each.stage, tuple(each.hindered), tuple(each.helped))
            for each in rows
        ],
        [str(pk) for pk in dossiers.values_list("pk", flat=True)],
    )
    stages = {each.stage: _stage(each.dossier, each.stage) for each in rows}
    context = {
        "here": "lessons",
        "tally": found,
        "columns": _columns(found, stages),
        "hindered": [_row(each, stages) for each in found.hindered],
        "helped": [_row(each, stages) for each in found.helped],
        "lessons": lesson_rows(rows),
    }
    return render(request, "advice/lessons.html", context)


def _columns(found: pure.Tally, stages: dict[str, str]) -> list[dict[str, Any]]:
    """Per stage, with the number of dossiers that have a lesson there."""
    said = _("%(stage)s (of %(n)s)")
    return [
        {"label": _("What")},
        {"label": _("Dossiers (of %(n)s)") % {"n": found.with_lessons}, "numeric": True},
        *(
            {
                "label": said % {"stage": label, "n": found.with_lessons_per_stage[stage]},
                "numeric": True,
            }
            for stage, label in stages.items()
        ),
    ]


def _row(count: pure.Count, stages: dict[str, str]) -> list[str]:
    return [
        f"{count.code} {say(count.label)}",
        figure(count.dossiers),
        *(figure(count.per_stage.get(stage, 0)) for stage in stages),
    ]
