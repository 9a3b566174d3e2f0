# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a dossier: what rows that go to the public, and their fields, are called.

Takes     nothing.
Gives     labels of statements, released figures and requests for disclosure, translated when they
          are shown.
Leaves    every other label to `history_labels.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy

KINDS: Mapping[str, Any] = MappingProxyType(
    {
        "status_text": gettext_lazy("Status text"),
        "figure_release": gettext_lazy("Decision on a figure"),
        "disclosure_request": gettext_lazy("Disclosure request"),
        "disclosure_part": gettext_lazy("Disclosure request in this dossier"),
        "requested_paper": gettext_lazy("Document in a disclosure request"),
        "passage_judgement": gettext_lazy("Passage in a disclosure request"),
        "hearing": gettext_lazy("View that is asked"),
        "inventory": gettext_lazy("Inventory of a disclosure request"),
        "paper_publication": gettext_lazy("Document that was made public"),
    }
)
FIELDS: Mapping[str, Any] = MappingProxyType(
    {
        "text_nl": gettext_lazy("text (Dutch)"),
        "text_en": gettext_lazy("text (English)"),
        "figures": gettext_lazy("figures in the text"),
        "drafted_from": gettext_lazy("facts on which it rests"),
        "written_by": gettext_lazy("written by"),
        "sent_back_because": gettext_lazy("why it was sent back"),
        "approved_by": gettext_lazy("approved by"),
        "approved_as": gettext_lazy("approved as"),
        "approved_on": gettext_lazy("approved on"),
        "released_by": gettext_lazy("released by"),
        "released_on": gettext_lazy("released on"),
        "withdrawn_by": gettext_lazy("withdrawn by"),
        "withdrawn_on": gettext_lazy("withdrawn on"),
        "withdrawn_because": gettext_lazy("why it was withdrawn"),
        "figure": gettext_lazy("figure"),
        "label_nl": gettext_lazy("label (Dutch)"),
        "label_en": gettext_lazy("label (English)"),
        "identity": gettext_lazy("where it comes from"),
        "reconstruction": gettext_lazy("reckoned from public data"),
        "requester": gettext_lazy("capacity of who asks"),
        "received_on": gettext_lazy("received on"),
        "clarified_on": gettext_lazy("clarified on"),
        "extended_on": gettext_lazy("extended on"),
        "extended_because": gettext_lazy("why it was extended"),
        "objection_on": gettext_lazy("objection made on"),
        "handled_by": gettext_lazy("handled by"),
        "searched_on": gettext_lazy("searched on"),
        "searched_how": gettext_lazy("how was searched"),
        "frozen_by": gettext_lazy("frozen by"),
        "outcome_on": gettext_lazy("outcome on"),
        "outcome_by": gettext_lazy("outcome by"),
        "objection_expected": gettext_lazy("objection expected"),
        "sender": gettext_lazy("sender"),
        "receiver": gettext_lazy("receiver"),
        "despite_age": gettext_lazy("why the ground holds after five years"),
        "public_at": gettext_lazy("where it is public already"),
        "added_by": gettext_lazy("added by"),
        "party": gettext_lazy("who is heard"),
        "view": gettext_lazy("view"),
        "objects_to_it": gettext_lazy("has objections"),
        "viewed_on": gettext_lazy("view given on"),
        "viewed_by": gettext_lazy("view given by"),
        "category": gettext_lazy("category"),
        "grounds": gettext_lazy("grounds"),
    }
)
OUTCOMES_OF_FIGURES: Mapping[str, Any] = MappingProxyType(
    {"released": gettext_lazy("released"), "refused": gettext_lazy("refused")}
)
OUTCOMES_OF_INVENTORIES: Mapping[str, Any] = MappingProxyType(
    {"decided": gettext_lazy("decided"), "sent_back": gettext_lazy("sent back")}
)
