# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How is booked money written and rounded?

Takes     amounts as `Decimal`, int or text; never a float.
Gives     `Decimal` [eur] in whole cents; words with every cent.
Leaves    amounts of a business case to `economics`, which reckons in floats and books nothing.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from maatwerkbank.ground.language import Text

NIL = Decimal("0.00")
CENT = Decimal("0.01")


def cents(amount: Decimal | int | str) -> Decimal:
    """The amount in whole cents; half a cent goes up.

    >>> cents("12.345"), cents(7)
    (Decimal('12.35'), Decimal('7.00'))
    """
    return Decimal(amount).quantize(CENT, ROUND_HALF_UP)


def parts_of(amount: Decimal, shares: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The amount by shares, in whole cents, so that the parts never add up to more than they are.

    What is rounded off one part is in the next: the parts up to each one are right to a cent.

    >>> parts_of(Decimal("100.01"), [Decimal("0.5"), Decimal("0.25"), Decimal("0.25")])
    (Decimal('50.00'), Decimal('25.00'), Decimal('25.01'))
    """
    parts, given, asked = [], NIL, Decimal(0)
    for share in shares:
        asked += share
        up_to = (amount * asked).quantize(CENT, ROUND_DOWN)
        parts.append(up_to - given)
        given = up_to
    return tuple(parts)


def in_words(amount: Decimal) -> Text:
    r"""The amount with its sign of currency; cents only where there are any.

    >>> in_words(Decimal("1234567.50")).nl, in_words(Decimal("30000000.00")).en
    ('€\xa01.234.567,50', '€30,000,000')
    """
    whole = amount == amount.to_integral_value()
    written = f"{abs(amount):,.0f}" if whole else f"{abs(amount):,.2f}"
    swapped = written.replace(",", " ").replace(".", ",").replace(" ", ".")
    sign = "\N{MINUS SIGN}" if amount < 0 else ""
    return Text(nl=f"{sign}€\N{NO-BREAK SPACE}{swapped}", en=f"{sign}€{written}")
