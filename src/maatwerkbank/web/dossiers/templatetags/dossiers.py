# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of one dossier as tabs, and the way to a source.

Takes     a dossier, and which of its pages this is.
Gives     the pages that this reader may open.
Leaves    what may be opened to `people/access.py`.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from maatwerkbank.sources import load_sources
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import deeds_in
from maatwerkbank.web.people.rights import Deed

register = template.Library()

# Every page of a dossier: its name here, its label, its address, and the deed that opens it. Who
# sees runs hands in a plan from there.
PAGES = (
    ("dossier", gettext_noop("Overview"), "dossiers:dossier", Deed.SEE),
    ("trajectory", gettext_noop("Trajectory"), "dossiers:trajectory", Deed.SEE_GATES),
    ("planning", gettext_noop("Planning"), "dossiers:planning", Deed.SEE),
    ("promises", gettext_noop("Promises"), "promises:dossier", Deed.SEE_PROMISES),
    ("agreement", gettext_noop("Agreement"), "agreements:dossier", Deed.SEE_AGREEMENT),
    ("money", gettext_noop("Money"), "execution:money", Deed.SEE_MONEY),
    ("execution", gettext_noop("Execution"), "execution:dossier", Deed.SEE_EXECUTION),
    ("documents", gettext_noop("Documents"), "documents:papers", Deed.SEE_DOCUMENTS),
    ("runs", gettext_noop("Runs"), "runs:dossier", Deed.SEE_RUNS),
    ("hand-in", gettext_noop("Hand in a plan"), "runs:hand-in", Deed.HAND_IN_CASE),
    ("advice", gettext_noop("Advice"), "advice:dossier", Deed.SEE_ADVICE),
    ("positions", gettext_noop("Positions"), "advice:positions", Deed.SEE_POSITIONS),
    ("decisions", gettext_noop("Decisions"), "dossiers:decisions", Deed.SEE_DECISIONS),
    ("disclosure", gettext_noop("Woo"), "woo:dossier", Deed.SEE_DISCLOSURE),
    ("accountability", gettext_noop("Accountability"), "releases:dossier", Deed.SEE),
    ("team", gettext_noop("Team"), "dossiers:team", Deed.SEE_TEAM),
    ("history", gettext_noop("History"), "dossiers:history", Deed.SEE_HISTORY),
)

# Many pages stand in a row per subject. A page that is named nowhere stands in the last one.
MOST_IN_ONE_ROW = 8
SUBJECTS = (
    (
        gettext_noop("The case"),
        ("dossier", "trajectory", "planning", "documents", "runs", "hand-in", "decisions", "team"),
    ),
    (
        gettext_noop("Agreements and advice"),
        ("promises", "agreement", "money", "execution", "advice", "positions"),
    ),
    (gettext_noop("Openness and history"), ()),
)


@register.inclusion_tag("components/tabs.html", takes_context=True)
def dossier_tabs(context: RequestContext, dossier: Dossier, here: str) -> dict[str, Any]:
    """The pages of `dossier` that this reader may open; `here` is the one that is shown."""
    deeds = context.get("deeds")
    if deeds is None:
        deeds = deeds_in(context["request"].user, dossier)
    tabs = {
        name: {
            "label": _(label),
            "href": reverse(address, args=[dossier.code]),
            "here": name == here,
        }
        for name, label, address, deed in PAGES
        if deed in deeds and not (name == "hand-in" and Deed.SEE_RUNS in deeds)
    }
    groups = _by_subject(tabs) if len(tabs) > MOST_IN_ONE_ROW else []
    return {"tabs": list(tabs.values()), "groups": groups, "label": _("Pages of this dossier")}


def _by_subject(tabs: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The tabs in a row per subject; a subject without any is not there."""
    named = {name for _label, names in SUBJECTS for name in names}
    rows: list[dict[str, Any]] = [
        {"label": _(label), "tabs": [tabs[name] for name in names if name in tabs]}
        for label, names in SUBJECTS
    ]
    rows[-1]["tabs"] += [tab for name, tab in tabs.items() if name not in named]
    return [row for row in rows if row["tabs"]]


@register.inclusion_tag("dossiers/_source.html")
def source(identity: str, place: str = "") -> dict[str, Any]:
    """A link to the page of a source by its title; the bare identity where none is registered."""
    return {"identity": identity, "place": place, "source": load_sources().get(identity)}
