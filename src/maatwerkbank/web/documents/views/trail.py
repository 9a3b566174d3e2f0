# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The way to a page about papers, as the top of that page tells it.

Takes     a dossier, and the pages below it.
Gives     the trail that `components/breadcrumbs.html` shows.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from maatwerkbank.web.documents.models import Document
from maatwerkbank.web.dossiers.models import Dossier


def trail(dossier: Dossier, *pages: tuple[str, str]) -> list[dict[str, str]]:
    """Portfolio, the dossier, its papers, and then `pages`: (label, address), the last without."""
    papers = (_("Documents"), reverse("documents:papers", args=[dossier.code]))
    return [
        {"label": _("Portfolio"), "href": reverse("overview:portfolio")},
        {
            "label": dossier.company.name,
            "href": reverse("dossiers:dossier", args=[dossier.code]),
        },
        *({"label": label, "href": href} for label, href in (papers, *pages)),
    ]


def trail_to(document: Document, *pages: tuple[str, str]) -> list[dict[str, str]]:
    """The same, to a page about one paper."""
    own = (document.title, reverse("documents:document", args=[document.code]))
    return trail(document.dossier, own, *pages)
