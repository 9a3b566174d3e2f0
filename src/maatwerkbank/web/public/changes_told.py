# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed since the last letter, in the words of the letter, with the way to each firm."""

from typing import Any

from django.utils.translation import gettext as _

from maatwerkbank.letter.progress.annex import changed_row
from maatwerkbank.letter.progress.changes import changes
from maatwerkbank.letter.progress.context import Context
from maatwerkbank.web.public.cells import firm_cell
from maatwerkbank.web.public.place import Place


def told(place: Place) -> dict[str, Any]:
    """Columns and rows; no rows where nothing changed or there is nothing to compare with."""
    before = place.snapshot.before
    it = Context(place.publication, before, place.language)
    found = changes(before, place.publication) if before else ()
    return {
        "columns": [
            {"label": _("Firm")},
            {"label": _("What")},
            {"label": _("Earlier")},
            {"label": _("Now")},
        ],
        "rows": [
            [firm_cell(place, each.firm), *({"text": told} for told in changed_row(it, each)[1:])]
            for each in found
        ],
    }
