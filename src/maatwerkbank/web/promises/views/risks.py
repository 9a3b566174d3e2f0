# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of the risk register of a dossier.

Takes     the code of a dossier or a risk, and what was filled in.
Gives     the register beside the plan, with everything in which they differ.
Leaves    the rules to `dossier.promises.risk_register`.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maatwerkbank.dossier.promises.dependency import BANDS
from maatwerkbank.dossier.promises.risk_register import IMPACTS, probabilities
from maatwerkbank.letter.numbers import ratio
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import risks as deeds_of_risks
from maatwerkbank.web.promises.forms import RiskForm
from maatwerkbank.web.promises.models import Risk
from maatwerkbank.web.promises.views.forming import form_page, reason
from maatwerkbank.web.promises.views.register import one_of, trail_of_promises
from maatwerkbank.web.templatetags.words import page_language, say


@require_GET
def risks(request: PageRequest, code: UUID) -> HttpResponse:
    """The register, and where it says something else than the plan."""
    found = access.dossier_for(request.user, code, Deed.SEE_RISKS)
    rows = list(access.rows_of(request.user, Risk, Deed.SEE_RISKS, found))
    declared = deeds_of_risks.uncertainties_of(request.user, found)
    context = {
        "dossier": found,
        "deeds": access.deeds_in(request.user, found),
        "trail": [*trail_of_promises(found), {"label": _("Risk register"), "href": ""}],
        "risks": [_shown(row) for row in rows],
        "has_plan": declared is not None,
        "declared": _declared(declared),
        "findings": deeds_of_risks.contradictions(rows, declared),
    }
    return render(request, "promises/risks.html", context)


@require_http_methods(["GET", "POST"])
def new_risk(request: PageRequest, code: UUID) -> HttpResponse:
    """Put a risk into the register."""
    found = access.dossier_for(request.user, code, Deed.KEEP_RISKS)
    declared = deeds_of_risks.uncertainties_of(request.user, found)
    form = RiskForm(request.POST or None, plan=declared)
    return form_page(
        request,
        found,
        form,
        heading=_("Add a risk"),
        back=reverse("promises:risks", args=[code]),
        deed=lambda: deeds_of_risks.add_risk(
            dossier=found, by=request.user, **form.fields_of_deed()
        ),
    )


@require_http_methods(["GET", "POST"])
def change_risk(request: PageRequest, code: UUID, risk: UUID) -> HttpResponse:
    """Put a risk right."""
    found = access.dossier_for(request.user, code, Deed.KEEP_RISKS)
    row = one_of(access.rows_of(request.user, Risk, Deed.KEEP_RISKS, found), risk)
    declared = deeds_of_risks.uncertainties_of(request.user, found)
    form = RiskForm(request.POST or None, plan=declared, row=row)
    return form_page(
        request,
        found,
        form,
        heading=_("Change a risk"),
        back=reverse("promises:risks", args=[code]),
        deed=lambda: deeds_of_risks.change_risk(
            risk=row, by=request.user, because=reason(form), **form.fields_of_deed()
        ),
    )


def _shown(row: Risk) -> dict[str, Any]:
    return {
        "row": row,
        "before": _weight(row, "before"),
        "after_own": _weight(row, "after_own"),
        "after_all": _weight(row, "after_all"),
    }


def _weight(row: Risk, name: str) -> str:
    """Likelihood and impact in words; empty where nobody judged it."""
    likelihood, impact = getattr(row, f"{name}_likelihood"), getattr(row, f"{name}_impact")
    if not likelihood:
        return ""
    return f"{say(BANDS[likelihood][2])}, {say(IMPACTS[impact])}"


def _declared(declared: Any) -> dict[str, Any]:
    """What the plan declares, with the chance where it is an event."""
    chances = probabilities(declared) if declared else {}
    return {
        "columns": [
            {"label": _("Uncertainty")},
            {"label": _("Chance in the plan"), "numeric": True},
        ],
        "rows": [
            [name, _("no event") if chance is None else ratio(chance, page_language())]
            for name, chance in chances.items()
        ],
    }
