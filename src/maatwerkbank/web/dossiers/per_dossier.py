# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which of these rows belong to which dossier?

Takes     rows of many dossiers, fetched at once.
Gives     the rows by dossier; an empty list for a dossier that has none.
Leaves    which rows, and in which order, to who asks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any


def own_dossier(row: Any) -> int:
    """The dossier (its pk) that a row names itself."""
    number: int = row.dossier_id
    return number


def per_dossier(
    rows: Iterable[Any], dossier: Callable[[Any], int] = own_dossier
) -> dict[int, list[Any]]:
    """The rows by dossier (its pk), each in the order in which it came.

    `dossier`: of which dossier a row is, where it does not name one itself.
    """
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[dossier(row)].append(row)
    return found
