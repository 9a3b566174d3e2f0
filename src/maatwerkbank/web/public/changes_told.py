# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed since the last letter, in words: one line a change, with the way to the thing."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from maatwerkbank.dossier.parliament.standing import STATES as COMMITMENT_STATES
from maatwerkbank.dossier.promises.promise import STATES as PROMISE_STATES
from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.figure_text import figure_text
from maatwerkbank.letter.open_data import as_objects
from maatwerkbank.letter.open_data.change_table import changes
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.web.public.cells import Cell, firm_cell
from maatwerkbank.web.public.place import Place


def told(place: Place) -> dict[str, Any]:
    """Columns and rows; no rows where nothing changed or there is nothing to compare with."""
    table = changes(place.publication, place.snapshot.before)
    return {
        "columns": [
            {"label": _("Firm")},
            {"label": _("What")},
            {"label": _("Earlier")},
            {"label": _("Now")},
        ],
        "rows": [_row(place, each) for each in as_objects(table)],
    }


def _row(place: Place, each: dict[str, Any]) -> list[Cell]:
    subject, identity = str(each["subject"]), str(each["identity"])
    return [
        firm_cell(place, each["firm_id"]),
        {"text": _what(place, subject, identity)},
        {"text": _value(place, subject, each["before"], place.snapshot.before, identity)},
        {"text": _value(place, subject, each["after"], place.publication, identity)},
    ]


def _what(place: Place, subject: str, identity: str) -> str:
    publication = place.publication
    if subject == "stage":
        return _("Stage")
    if subject == "exit":
        return _("End of the track")
    if subject == "figure":
        figure = publication.figures.get(identity)
        return capitalised(place.say(figure.label)) if figure else identity
    if subject == "promise":
        labels = {each.id: each.label for each in publication.promises}
        return f"{_('Promise')}: {place.say(labels.get(identity)) or identity}"
    if subject == "commitment":
        texts = {each.id: each.text for each in publication.parliament.commitments}
        return f"{_('Commitment')}: {place.say(texts.get(identity)) or identity}"
    return _("Document")


def _value(place: Place, subject: str, value: Any, then: Publication | None, identity: str) -> str:
    """The value as a reader reads it; `then`: what was public when it was so."""
    if value is None:
        return "–"
    if subject == "figure" and then is not None:
        return figure_text(then.figures[identity], place.language)
    if subject in {"stage", "exit"}:
        return capitalised(word(f"{subject}.{value}", place.language))
    if subject == "promise":
        states: Mapping[Any, Text] = PROMISE_STATES
        return place.say(states[value]) if value in states else _("public")
    if subject == "commitment":
        standing: Mapping[Any, Text] = COMMITMENT_STATES
        return place.say(standing[value])
    return str(value)
