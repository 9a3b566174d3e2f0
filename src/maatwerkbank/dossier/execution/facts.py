# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of a year when a clause is applied to it, and how a line of the sum looks.

Takes     what was promised, verified, paid and decided.
Gives     values for `sums`; absent is None, or a year that is not there.
Leaves    the sums to `sums`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from maatwerkbank.dossier.money.amounts import NIL
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class Facts:
    """What is known of one year. None, or a year that is not there, is not known.

    `principal` is the amount to be taken back over which interest runs, from `since` to `until`.
    `returned` is what came back under the same clause before. `late_from` and `price_from` say
    where the months and the price come from; a price without it does not count.
    """

    year: int
    baseline: Decimal | None = None
    promised: Decimal | None = None
    realised: Decimal | None = None
    paid: Decimal = NIL
    months_late: Decimal | None = None
    late_from: Text | None = None
    principal: Decimal | None = None
    since: date | None = None
    until: date | None = None
    prices: Mapping[int, Decimal] = field(default_factory=dict)
    price_from: Text | None = None
    returned: Decimal = NIL


@dataclass(frozen=True)
class Step:
    """One line of the sum: what it is, how it is found, and what it comes to."""

    label: Text
    formula: Text
    value: Decimal
    unit: str
    """`eur`, `share`, `quantity`, `eur_per_t`, `eur_per_month`, `months`, `days`."""
