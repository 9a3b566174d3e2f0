# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a page of advice: over the dossier for the State, over their own page for advisers.

Takes     a dossier or an advice, and who asks.
Gives     the trail of the page.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.dossier import trail

Trail = list[dict[str, str]]


def to_advices(dossier: Dossier, *pages: tuple[str, str]) -> Trail:
    """Over the dossier and its page of advice."""
    return [*trail(dossier), *_steps((_("Advice"), _at("dossier", dossier)), *pages)]


def to_positions(dossier: Dossier, *pages: tuple[str, str]) -> Trail:
    """Over the dossier and its page of positions."""
    return [*trail(dossier), *_steps((_("Positions"), _at("positions", dossier)), *pages)]


def to_advice(advice: Advice, *pages: tuple[str, str], adviser: bool) -> Trail:
    """To the page of an advice, and on from there. An adviser does not know the dossier."""
    own = (advice.subject, reverse("advice:advice", args=[advice.code]) if pages else "")
    if adviser:
        return _steps((_("Advice asked of me"), reverse("advice:mine")), own, *pages)
    return to_advices(advice.dossier, own, *pages)


def _at(name: str, dossier: Dossier) -> str:
    return reverse(f"advice:{name}", args=[dossier.code])


def _steps(*pages: tuple[str, str]) -> Trail:
    return [{"label": label, "href": href} for label, href in pages]
