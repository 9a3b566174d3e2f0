# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds that put right or withdraw what was agreed: tranches, indicators, clauses about money.

Takes     a row, a person, values, and once the agreement is in force the amendment that changes it.
Gives     the row as it is now, or none any more; what was there stays in the history.
Leaves    writing it down for the first time, and the rules, to `agreed.py`; when only an
          amendment changes it, to `settled.py`.

What was acted on stays: a tranche that was paid on, an indicator that was reported, a clause on
whose consequence was decided.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction

from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.dossiers.deeds import locked, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.execution import agreed
from maatwerkbank.web.execution.models import Kpi, KpiYear, MoneyClause, Tranche
from maatwerkbank.web.execution.settled import by_amendment
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

Row = Tranche | Kpi | MoneyClause
Saved = TypeVar("Saved", Tranche, Kpi, MoneyClause)


class ActedOn(Conflict):
    """Something was done with it: it stays."""

    code = "execution.acted-on"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Hierop is al betaald, gerapporteerd of besloten, of er hangt iets aan.",
                en="This was paid on, reported or decided on already, or something hangs on it.",
            ),
            remedy=Text(nl="schrijf er een nieuwe naast op", en="write a new one down beside it"),
        )


def is_acted_on(row: Row) -> bool:
    """Whether something was done with a row, so that it stays as it is."""
    if isinstance(row, Tranche):
        return row.payments.exists()
    if isinstance(row, Kpi):
        return row.figures.exists()
    return row.decisions.exists()


# ── changing ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def change_tranche(
    *,
    tranche: Tranche,
    by: Person,
    because: str,
    amendment: Amendment | None = None,
    **fields: Any,
) -> Tranche:
    """Put a tranche right. All parts together are never more than the grant.

    Raises
    ------
    OnlyByAmendment   the agreement is in force, and no decided amendment was named
    ActedOn           it was paid on
    """
    require(by, Deed.KEEP_MONEY, tranche.dossier)
    reason = _reason(tranche, because, amendment)
    refuse(agreed.lacks_of_tranche(tranche.decision, fields, instead_of=tranche))
    return _save(tranche, by, reason, fields)


@transaction.atomic
def change_kpi(
    *,
    kpi: Kpi,
    by: Person,
    because: str,
    promised: Mapping[int, Decimal],
    amendment: Amendment | None = None,
    **fields: Any,
) -> Kpi:
    """Put an indicator right, with what is promised of it per year.  Raises as `change_tranche`."""
    require(by, Deed.PLAN, kpi.dossier)
    reason = _reason(kpi, because, amendment)
    refuse(agreed.lacks_of_kpi(kpi.dossier, {**fields, "promised": promised}, instead_of=kpi))
    with changed_by(by, reason):
        for each in kpi.years.all():
            if promised.get(each.year) != each.promised:
                each.delete()
        there = set(kpi.years.values_list("year", flat=True))
        KpiYear.objects.bulk_create(
            KpiYear(kpi=kpi, year=year, promised=value)
            for year, value in promised.items()
            if year not in there
        )
    return _save(kpi, by, reason, fields)


@transaction.atomic
def change_clause(
    *,
    clause: MoneyClause,
    by: Person,
    because: str,
    terms: Mapping[str, Decimal],
    amendment: Amendment | None = None,
    **fields: Any,
) -> MoneyClause:
    """Put a clause about money right.  Raises as `change_tranche`."""
    require(by, Deed.KEEP_MONEY, clause.dossier)
    reason = _reason(clause, because, amendment)
    refuse(agreed.lacks_of_clause({**fields, "terms": terms}))
    told = {key: str(value) for key, value in terms.items()}
    return _save(clause, by, reason, {**fields, "terms": told})


@transaction.atomic
def withdraw(*, row: Row, by: Person, because: str, amendment: Amendment | None = None) -> None:
    """Take back what was written down. It stays in the history.

    Raises
    ------
    OnlyByAmendment   the agreement is in force, and no decided amendment was named
    ActedOn           something was done with it, or something hangs on it
    """
    require(by, Deed.PLAN if isinstance(row, Kpi) else Deed.KEEP_MONEY, row.dossier)
    reason = _reason(row, because, amendment)
    if isinstance(row, Kpi) and (row.tranches.exists() or row.clauses.exists()):
        raise ActedOn
    with changed_by(by, reason):
        row.delete()


# ── what all of them do ───────────────────────────────────────────────────────────────────────


def _reason(row: Row, because: str, amendment: Amendment | None) -> str:
    """Why, with the amendment that changes it.  Raises OnlyByAmendment, ActedOn."""
    reason = said(because, "because")
    dossier = locked(row.dossier)
    if is_acted_on(row):
        raise ActedOn
    changed = by_amendment(dossier, amendment)
    return f"{reason} ({changed})" if changed else reason


def _save(row: Saved, by: Person, reason: str, fields: Mapping[str, Any]) -> Saved:
    for name, value in fields.items():
        setattr(row, name, value)
    with changed_by(by, reason):
        row.save(update_fields=list(fields))
    return row
