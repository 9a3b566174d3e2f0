# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which highest subsidy do the texts of a dossier name, and does the money say the same?

Takes     dossiers; or one text, or terms in force, of a dossier.
Gives     per dossier the amount of the agreement: what is in force, else its last text; findings
          where that amount is not the one that is reserved or granted.
Leaves    what differs to `dossier.money`; who may see money to `people/access.py`.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.fields.json import KT

from maatwerkbank.dossier.agreement.terms import FIELD as TERM
from maatwerkbank.dossier.money.amounts import cents
from maatwerkbank.dossier.money.text_and_money import FIELD, differences
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.agreements.models import DraftField, TermsVersion
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution.models import BudgetEntry, SubsidyDecision

BINDING = "agreement"


def promised_by_text(dossiers: Collection[Dossier]) -> dict[int, Decimal]:
    """Per dossier (its pk) the highest subsidy of the agreement, in two queries [eur]."""
    drafted = (
        DraftField.objects.filter(draft__dossier__in=dossiers, draft__library=BINDING, name=FIELD)
        .order_by("draft__dossier_id", "-draft__number")
        .distinct("draft__dossier_id")
        .values_list("draft__dossier_id", "value")
    )
    in_force = (
        TermsVersion.objects.filter(agreement__dossier__in=dossiers, agreement__library=BINDING)
        .annotate(amount=KT(f"terms__{TERM}{FIELD}"))
        .order_by("agreement__dossier_id", "-agreement__in_force_on", "-agreement_id", "-number")
        .distinct("agreement__dossier_id")
        .values_list("agreement__dossier_id", "amount")
    )
    found = {number: _euros(value) for number, value in (*drafted, *in_force)}
    return {number: amount for number, amount in found.items() if amount is not None}


def text_against_money(dossier: Dossier, values: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Where these values of a text differ from what is reserved and granted, in two queries."""
    promised = _euros(values.get(FIELD))
    if promised is None:
        return ()
    booked = BudgetEntry.objects.filter(dossier=dossier, state="reserved")
    granted = SubsidyDecision.objects.filter(dossier=dossier).values_list("amount", flat=True)
    return differences(promised, booked.aggregate(total=Sum("amount"))["total"], granted.first())


def _euros(value: Any) -> Decimal | None:
    return None if value is None else cents(str(value))
