# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens over many dossiers: what waits for me, the portfolio, the target group, search."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from maatwerkbank.dossier.target_group import OUTCOMES, weighings
from maatwerkbank.web.dossiers.decisions import may_open
from maatwerkbank.web.overview.board import Board, Choice, OfLate, Sums, board, tracks
from maatwerkbank.web.overview.comparison import AT_LEAST, AT_MOST, comparison
from maatwerkbank.web.overview.forms import BoardForm
from maatwerkbank.web.overview.my_work import my_work as work_of
from maatwerkbank.web.overview.search import search as find
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people.access import dossiers_of, own_dossiers
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.templatetags.words import euros, figure, say, tonnes

OFFERED = 30  # firms to choose from at once, for a comparison


@require_GET
def my_work(request: PageRequest) -> HttpResponse:
    """What waits for me, by date."""
    groups = work_of(request.user, timezone.localdate())
    context = {"here": "my-work", "groups": groups, "dossiers": _own_dossiers(request)}
    return render(request, "overview/my_work.html", context)


def _own_dossiers(request: PageRequest) -> Any:
    """The first dossiers that I hold a role on, to go to at once."""
    mine = dossiers_of(request.user).filter(pk__in=own_dossiers(request.user))
    return mine.select_related("company")[:12]


@require_GET
def portfolio(request: PageRequest) -> HttpResponse:
    """Who stands where, how long, what lacks, which tonnes and euros."""
    today = timezone.localdate()
    clusters = tuple(
        dossiers_of(request.user, Deed.SEE_GATES)
        .order_by("company__cluster")
        .values_list("company__cluster", flat=True)
        .distinct()
    )
    form = BoardForm(request.GET, clusters)
    choice = form.choice()
    found = board(request.user, choice, today)
    context = {
        "here": "portfolio",
        "form": form,
        "choice": choice,
        "board": found,
        "page": found.page,
        "stages": _stages(request, found, choice),
        "tiles": _tiles(found.sums),
        "columns": _columns(request, choice),
        "chosen": any((choice.track, choice.stage, choice.state, choice.cluster, choice.late)),
    }
    part = "_board" if request.htmx else "portfolio"
    return render(request, f"overview/{part}.html", context)


def _stages(request: PageRequest, found: Board, choice: Choice) -> list[dict[str, Any]]:
    """Per track its stages with the number of dossiers, each a way to choose."""
    shown = []
    for track in tracks().values():
        numbers = [found.per_stage.get((track.id, stage.id), 0) for stage in track.stages]
        if not any(numbers) and choice.track != track.id:
            continue
        shown.append(
            {
                "label": say(track.label),
                "stages": [
                    {
                        "label": say(stage.label),
                        "number": number,
                        "here": choice.stage == stage.id and choice.track == track.id,
                        "href": _with(request, track=track.id, stage=stage.id, page=None),
                    }
                    for stage, number in zip(track.stages, numbers, strict=True)
                ],
            }
        )
    return shown


def _tiles(sums: Sums) -> list[dict[str, Any]]:
    """Sums over what was chosen, each with how many dossiers it is known of."""
    known = _("known of %(known)s of %(all)s")
    return [
        {
            "label": _("Dossiers"),
            "value": figure(sums.dossiers),
            "note": ngettext("one of them late", "%(number)s of them late", sums.late)
            % {"number": sums.late},
        },
        {
            "label": _("Promised in 2030, gross, at least"),
            "value": None if sums.gross is None else tonnes(sums.gross),
            "note": known % {"known": sums.gross_known, "all": sums.dossiers},
        },
        {
            "label": _("Of which additional, at least"),
            "value": None if sums.additional is None else tonnes(sums.additional),
            "note": known % {"known": sums.additional_known, "all": sums.dossiers},
        },
        *(_tiles_of_late(sums.of_late, sums.late) if sums.of_late else _tiles_by_promises(sums)),
    ]


def _tiles_by_promises(sums: Sums) -> list[dict[str, Any]]:
    """What is at risk as the promises say, over the dossiers that have any."""
    found = sums.by_promises
    by = _("by the promises of %(known)s of %(all)s dossiers") % {
        "known": sums.with_promises,
        "all": sums.dossiers,
    }
    href = reverse("promises:held-up")
    return [
        {
            "label": label,
            "value": None if value is None else told(value),
            "note": by,
            "href": None if value is None else href,
        }
        for label, value, told in (
            (_("Gross tonnes in 2030 at risk"), found.gross_t, tonnes),
            (_("Support at risk"), found.support_eur, euros),
        )
    ]


def _tiles_of_late(found: OfLate, late: int) -> list[dict[str, Any]]:
    """Without promises: what late dossiers promised, and the grants of their last runs."""
    of_late = _("known of %(known)s of %(all)s late")
    return [
        {
            "label": _("Gross tonnes of late dossiers"),
            "value": None if found.gross is None else tonnes(found.gross),
            "note": of_late % {"known": found.gross_known, "all": late},
        },
        {
            "label": _("Grant in the latest runs of late dossiers"),
            "value": None if found.grant is None else euros(found.grant),
            "note": of_late % {"known": found.grant_known, "all": late},
        },
    ]


def _columns(request: PageRequest, choice: Choice) -> dict[str, dict[str, str]]:
    return {
        order: {
            "href": _with(request, order=order, page=None),
            "sorted": "ascending" if choice.order == order else "none",
        }
        for order in ("company", "stage", "since", "contact")
    }


def _with(request: PageRequest, **changed: str | None) -> str:
    """The address asked for, with other values."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@require_GET
def target_group(request: PageRequest) -> HttpResponse:
    """The largest emitters, and whether extra potential outweighs the effort."""
    found = weighings(timezone.localdate())
    known = dossiers_of(request.user).filter(company__slug__in=[each.firm for each in found])
    codes = dict(known.values_list("company__slug", "code"))
    context = {
        "here": "target-group",
        "may_open": may_open(request.user),
        "weighings": [
            {
                "weighing": each,
                "outcome": say(OUTCOMES[each.outcome]),
                "code": codes.get(each.firm),
            }
            for each in found
        ],
        "outcomes": [
            {
                "label": say(label),
                "value": sum(1 for each in found if each.outcome == outcome),
            }
            for outcome, label in OUTCOMES.items()
        ],
    }
    return render(request, "overview/target_group.html", context)


@require_GET
def compare(request: PageRequest) -> HttpResponse:
    """Some firms beside one another."""
    reach = dossiers_of(request.user, Deed.SEE_GATES).select_related("company")
    asked = [code for code in request.GET.getlist("d") if _is_code(code)]
    chosen = list(reach.filter(code__in=asked).prefetch_related("stages_reached"))[:AT_MOST]
    name = request.GET.get("q", "").strip()[:100]
    others = reach.filter(company__name__icontains=name).exclude(code__in=asked)
    context = {
        "here": "comparison",
        "q": name,
        "chosen": chosen,
        "others": others[:OFFERED],
        "more": others.count() > OFFERED,
        "at_least": AT_LEAST,
        "at_most": AT_MOST,
        "comparison": comparison(request.user, chosen, timezone.localdate())
        if len(chosen) >= AT_LEAST
        else None,
    }
    return render(request, "overview/comparison.html", context)


def _is_code(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_GET
def search(request: PageRequest) -> HttpResponse:
    """Where a word stands, in what I may see."""
    text = request.GET.get("q", "").strip()[:200]
    context = {"here": "search", "q": text, "groups": find(request.user, text) if text else ()}
    part = "_found" if request.htmx else "search"
    return render(request, f"overview/{part}.html", context)
