# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does a text promise the money that is there?

Takes     the highest subsidy that a text names, what is reserved, and what is granted.
Gives     a finding for each amount that differs; nothing where the text names no amount.
Leaves    which text counts, and what was booked, to the caller.

A text says that the State reserved at most so much. So what is reserved is that amount, and what is
granted never exceeds it; a grant of less is what "at most" allows.
"""

from decimal import Decimal

from maatwerkbank.dossier.money.amounts import in_words
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

# The field of a text that names the highest subsidy.
FIELD = "subsidy_max_eur"
NOTHING = Text(nl="niets", en="nothing")


def differences(
    promised: Decimal | None, reserved: Decimal | None, granted: Decimal | None
) -> tuple[Finding, ...]:
    """Where text and money differ. All in euros; None where it is not known.

    >>> differences(Decimal(30), Decimal(30), Decimal(25))
    ()
    """
    if promised is None:
        return ()
    found = []
    if (reserved or 0) != promised:
        found.append(
            _differs(
                promised,
                reserved or None,
                Text(nl="gereserveerd", en="reserved"),
                Text(
                    nl="neem in de tekst over wat is gereserveerd, of pas de reservering aan",
                    en="take over in the text what is reserved, or change the reservation",
                ),
            )
        )
    if granted is not None and granted > promised:
        found.append(
            _differs(
                promised,
                granted,
                Text(nl="in de beschikking", en="in the subsidy decision"),
                Text(
                    nl="wijzig de afspraak, of pas de beschikking aan",
                    en="amend the agreement, or change the subsidy decision",
                ),
            )
        )
    return tuple(found)


def _differs(promised: Decimal, amount: Decimal | None, where: Text, remedy: Text) -> Finding:
    most = in_words(promised)
    there = in_words(amount) if amount is not None else NOTHING
    return Finding(
        "warning",
        "money.text-differs",
        FIELD,
        Text(nl=f"ten hoogste {most.nl}, zegt de tekst", en=f"at most {most.en}, says the text"),
        Text(nl=f"{there.nl} {where.nl}", en=f"{there.en} {where.en}"),
        remedy,
    )
