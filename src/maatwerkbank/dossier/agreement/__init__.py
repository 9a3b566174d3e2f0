# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of an agreement from clauses and figures, their comparison, change and negotiation.

Takes names and plain values; gives frozen values. Knows no database and no clock.
"""

from maatwerkbank.dossier.agreement.amendments import Amendment, Change, Version, decide, replay
from maatwerkbank.dossier.agreement.drafting import Draft, FieldValue, articles, begin, lacks, stale
from maatwerkbank.dossier.agreement.library import LIBRARIES, Library, fields, library

__all__ = [
    "LIBRARIES",
    "Amendment",
    "Change",
    "Draft",
    "FieldValue",
    "Library",
    "Version",
    "articles",
    "begin",
    "decide",
    "fields",
    "lacks",
    "library",
    "replay",
    "stale",
]
