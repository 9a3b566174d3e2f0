# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a dossier: where it stands, what it lacks, when things come, what lies in it.

Takes     the code of a dossier, and who asks.
Gives     one page, with as much of it as that person may see.
Leaves    every deed to the pages behind it.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from maatwerkbank.letter.numbers import figure
from maatwerkbank.letter.words import word
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers import ambitions, milestones
from maatwerkbank.web.dossiers.gates import evidence_of
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.dossiers.standing import Standing
from maatwerkbank.web.dossiers.team import team_of
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import chains
from maatwerkbank.web.promises.reckoning import seen_by
from maatwerkbank.web.runs.figures import law_of
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.templatetags.words import day, in_language, level, page_language, role, say

FIRST_LACKING = 3
LAST = 5  # decisions on the page; the rest is one step away
# What a run comes to, in this order; a figure that the run does not know is not shown.
MAIN_FIGURES = ("additional_2030_t", "gross_2030_t", "npv_eur", "funding_gap_eur", "support_eur")


@require_GET
def dossier(request: PageRequest, code: UUID) -> HttpResponse:
    """One calm page about one dossier."""
    person = request.user
    found = access.dossier_for(person, code)
    deeds = access.deeds_in(person, found)
    inside = Deed.SEE_DECISIONS in deeds
    today = timezone.localdate()
    standing = standing_of(found, outward=Deed.SEE_GATES not in deeds)
    timeline = milestones.shown(access.milestones_of(person, found))
    run = _latest_run(person, found)
    context = {
        "here": "portfolio",
        "dossier": found,
        "deeds": deeds,
        "inside": inside,
        "trail": trail(found),
        "kicker": say(standing.track.label),
        "summary": in_language(found.company, "sector"),
        "statuses": _statuses(standing),
        "facts": _facts(standing),
        "standing": standing,
        "show_reasons": inside or found.public_reconstruction,
        "next_gates": _next_gates(found) if Deed.SEE_GATES in deeds else [],
        "timeline": timeline,
        "timeline_summary": milestones.summary(timeline, today),
        "timeline_wide": milestones.picture(timeline, today),
        "timeline_narrow": milestones.picture(timeline, today, narrow=True),
        "tracks": milestones.tracks(timeline, today, inside=inside),
        "ambitions": ambitions.in_words(access.ambitions_of(person, found)),
        "projects": access.projects_of(person, found),
        "remarks": access.remarks_of(person, found),
        "documents": _latest_per_kind(person, found),
        "run": run,
        "run_tiles": _tiles(run) if run else [],
        "run_law": law_of(run, page_language()) if run else "",
        "decisions": _last_decisions(standing) if inside else [],
        "team": team_of(found) if Deed.SEE_TEAM in deeds else [],
        **(_at_risk(person, found, deeds) if Deed.SEE_PROMISES in deeds else {}),
    }
    return render(request, "dossiers/dossier.html", context)


def _at_risk(person: Person, found: Dossier, deeds: frozenset[Deed]) -> dict[str, Any]:
    """What promises put at risk, with the chain that explains it; nothing where there are none."""
    if not access.project_starts_of(person, found).exists():
        return {}
    seen = seen_by(person, found)
    money = Deed.SEE_DECISIONS in deeds or "company" in access.roles_in(person, found)
    return {
        "at_risk": {"tiles": chains.tiles(seen, money=money), "chains": chains.chains(seen)},
    }


def standing_of(found: Dossier, *, outward: bool) -> Standing:
    """Where it stands, with the stages that it reached."""
    reached = found.stages_reached.select_related("decision")
    return Standing(found, list(reached), outward=outward)


def address(name: str, *args: Any) -> str:
    """The address of a page of the site."""
    return reverse(name, args=args)


def trail(found: Dossier, *pages: str) -> list[dict[str, str]]:
    """The way to a page of this dossier."""
    here = [{"label": page, "href": ""} for page in pages]
    return [
        {"label": _("Portfolio"), "href": address("overview:portfolio")},
        {"label": found.company.name, "href": address("dossiers:dossier", found.code)},
        *here,
    ]


def _statuses(standing: Standing) -> list[dict[str, str]]:
    found = standing.dossier
    statuses = [{"label": standing.label, "tone": "info", "icon": "flag"}]
    if standing.exit:
        tone = "warning" if standing.exit.door_open else "negative"
        statuses.append({"label": say(standing.exit.label), "tone": tone, "icon": "door"})
    if found.public_reconstruction:
        label = _("public reconstruction")
        statuses.append({"label": label, "tone": "neutral", "icon": "document"})
    return statuses


def _facts(standing: Standing) -> list[dict[str, Any]]:
    found, company = standing.dossier, standing.dossier.company
    sites = ", ".join(site.name for site in company.sites.all())
    return [
        {"label": _("In this stage since"), "value": standing.since or None},
        {"label": _("Sites"), "value": sites or None},
        {"label": _("Cluster"), "value": company.cluster or None},
        {"label": _("Level"), "value": level(found.level)},
    ]


def _next_gates(found: Dossier) -> list[dict[str, Any]]:
    """The gates before which it stands, each with the first things that lack, and from whom."""
    return [
        {
            "name": f"gate-{each.gate.id}",
            "label": say(each.gate.label),
            "question": say(each.gate.question),
            "href": address("dossiers:gate", found.code, each.gate.id),
            "lacks": len(each.judgement.lacking),
            "asked": len(each.judgement.found),
            "first": [
                {
                    "label": say(lack.criterion.label),
                    "who": ", ".join(role(who) for who in lack.criterion.given_by),
                    "since": day(each.waiting_since(lack.criterion)),
                }
                for lack in each.judgement.lacking[:FIRST_LACKING]
            ],
        }
        for each in evidence_of([found])[found.pk]
    ]


def _latest_per_kind(person: Person, found: Dossier) -> QuerySet[DocumentVersion]:
    """The last version of the last paper of each kind that `person` may read."""
    return (
        access.versions_of(person, found)
        .exclude(state="refused")
        .select_related("document")
        .order_by("document__kind", "-document__made_at", "-document_id", "-number")
        .distinct("document__kind")
    )


def _latest_run(person: Person, found: Dossier) -> Run | None:
    """The last run that is done and that `person` may read; without its long result.

    One under the law as it is goes before one that supposes another.
    """
    runs = access.runs_of(person, found).filter(state="done")
    ordered = runs.alias(supposes=~Q(variant="")).order_by("supposes", "-asked_at")
    return ordered.select_related("case_version").only(*RUN_FIELDS).first()


RUN_FIELDS = (
    "code",
    "receipt_number",
    "ended_at",
    "figures",
    "variant",
    "known_on",
    "case_version__number",
)


def _tiles(run: Run) -> list[dict[str, str | None]]:
    """Main figures, each a link to its origin. What cannot be judged is said so."""
    language = page_language()
    return [
        {
            "label": word(key, language),
            "value": figure(key, run.figures[key], language),
            "href": address("runs:origin", run.code, key),
        }
        for key in MAIN_FIGURES
        if key in run.figures
    ]


def _last_decisions(standing: Standing) -> list[dict[str, Any]]:
    decisions = standing.dossier.decisions.select_related("decided_by").order_by("-sequence")
    return [{"row": row, "label": _decided(row, standing)} for row in decisions[:LAST]]


KINDS = {
    "opening": gettext_noop("Opened"),
    "gate": gettext_noop("Gate"),
    "exit": gettext_noop("Left the trajectory"),
    "re_entry": gettext_noop("Came in again"),
    "trajectory": gettext_noop("Moved to another version of the trajectory"),
    "level": gettext_noop("Level of confidentiality changed"),
}


def _decided(row: Decision, standing: Standing) -> str:
    """What a decision was about, in a few words."""
    if row.kind != "gate":
        return _(KINDS[row.kind])
    stage = standing.name_of(row.to_stage)
    passed = row.outcome == "passed"
    return (_("To %(stage)s: passed") if passed else _("To %(stage)s: refused")) % {"stage": stage}
