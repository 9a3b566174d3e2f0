# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a page about case files and runs, as far as the reader may walk it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.runs.figures import law_of
from maatwerkbank.web.runs.models import CaseVersion, Run
from maatwerkbank.web.templatetags.words import page_language

Trail = list[dict[str, str]]


def dossier_trail(person: Person, dossier: Dossier, page: str = "") -> Trail:
    """From the dossier, for who may see it; an adviser sees a run and not the dossier."""
    deeds = access.deeds_in(person, dossier)
    trail = []
    if Deed.SEE in deeds:
        address = reverse("dossiers:dossier", args=[dossier.code])
        trail.append({"label": dossier.company.name, "href": address})
    if Deed.SEE_RUNS in deeds:
        address = reverse("runs:dossier", args=[dossier.code])
        trail.append({"label": _("Runs"), "href": address})
    return [*trail, *([{"label": page, "href": ""}] if page else [])]


def case_trail(person: Person, version: CaseVersion) -> Trail:
    """To a case file."""
    trail = dossier_trail(person, version.dossier)
    if Deed.HAND_IN_CASE in access.deeds_in(person, version.dossier):
        address = reverse("runs:hand-in", args=[version.dossier.code])
        trail.append({"label": _("Hand in a plan"), "href": address})
    return [*trail, {"label": _("Case file %(n)s") % {"n": version.number}, "href": ""}]


def run_trail(person: Person, run: Run, *pages: str) -> Trail:
    """To a run, or to a page of it."""
    address = reverse("runs:run", args=[run.code]) if pages else ""
    here = [{"label": law_of(run, page_language()), "href": address}]
    return [
        *dossier_trail(person, run.dossier),
        *here,
        *({"label": page, "href": ""} for page in pages),
    ]
