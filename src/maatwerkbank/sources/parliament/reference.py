# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which paper does a reference such as `Kamerstuk 2024/25, 29 826, nr. 260` mean?"""

from dataclasses import dataclass
from typing import Literal

ReferenceKind = Literal["kamerstuk", "commitment", "case", "gazette"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper of Parliament or the gazette, in one form.

    kamerstuk    `dossier` (29826), `suffix` (XIII) or None, `number` (260), `session` (2024-2025)
    commitment   `number` of a TZ reference: TZ202410-136
    case         `number` of a Z reference: 2025Z06432, or Z06432 where the year is not given
    gazette      `session` holds the year, `number` the number: Staatscourant 2025, 20039
    """

    kind: ReferenceKind
    number: str
    dossier: str | None = None
    suffix: str | None = None
    session: str | None = None
