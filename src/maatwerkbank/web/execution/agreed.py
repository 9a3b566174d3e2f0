# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds that write down what was agreed: the grant, its tranches, indicators, reports, clauses.

Takes     a dossier, a person, values; never a request.
Gives     what was written down; or all findings at once.
Leaves    the rules to `dossier.money` and `dossier.execution`; once the agreement is in
          force, whether an amendment allows it to `settled.py`. What changes keeps its history.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from maatwerkbank.dossier import execution, money
from maatwerkbank.dossier.execution.clauses import lacks_of_clause as rules_of_clause
from maatwerkbank.dossier.execution.kpi import lacks_of_kpi as rules_of_kpi
from maatwerkbank.dossier.execution.schedule import Schedule, lacks_of_schedule, periods_of
from maatwerkbank.dossier.money.tranches import lacks_of_tranches
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Amendment
from maatwerkbank.web.dossiers.deeds import NOTHING, finding, locked, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution import stored
from maatwerkbank.web.execution.models import (
    Kpi,
    KpiYear,
    MoneyClause,
    ReportDue,
    SubsidyDecision,
    Tranche,
)
from maatwerkbank.web.execution.settled import by_amendment
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

Fields = Mapping[str, Any]
A_NAME = Text(nl="een naam", en="a name")
MORE_THAN_NIL = Text(nl="meer dan nul", en="more than nought")
ANOTHER_KEY = Text(nl="een code die nog vrij is", en="a code that is still free")
A_RESULT = Text(
    nl="een indicator met een jaar, want er wordt iets ingehouden",
    en="an indicator with a year, since something is held back",
)


# ── grant and tranches ────────────────────────────────────────────────────────────────────────


def lacks_of_decision(fields: Fields) -> list[Finding]:
    """What is not right in a subsidy decision: all of it."""
    amount = fields.get("amount")
    return [] if amount and amount > 0 else [finding("amount", MORE_THAN_NIL, str(amount or "-"))]


@transaction.atomic
def record_decision(
    *, dossier: Dossier, by: Person, because: str, **fields: Any
) -> SubsidyDecision:
    """Write the subsidy decision down, or change what is known of it.

    Parameters
    ----------
    fields : reference, amount, decided_on, needs_approval, standstill_ended_on, source, place

    Raises
    ------
    Conflict   the tranches come to more than the new amount
    """
    require(by, Deed.KEEP_MONEY, dossier)
    reason = said(because, "because")
    refuse(lacks_of_decision(fields))
    now = locked(dossier)
    row = SubsidyDecision.objects.filter(dossier=now).first() or SubsidyDecision(dossier=now)
    for name, value in fields.items():
        setattr(row, name, value)
    if row.pk and lacks_of_tranches(stored.grant_of(row), _tranches(row)):
        raise Conflict(
            Text(
                nl="De termijnen zijn samen meer dan dit bedrag.",
                en="The tranches come to more than this amount.",
            ),
            remedy=Text(nl="pas eerst de termijnen aan", en="change the tranches first"),
        )
    with changed_by(by, reason):
        row.save()
    return row


def lacks_of_tranche(
    decision: SubsidyDecision, fields: Fields, *, instead_of: Tranche | None = None
) -> list[Finding]:
    """What is not right in a tranche beside the ones that are there: all of it."""
    found = [
        finding(name, A_NAME, NOTHING)
        for name in ("name_nl", "name_en")
        if not (fields.get(name) or "").strip()
    ]
    holdback = fields.get("holdback") or Decimal(0)
    if holdback and not (fields.get("kpi") and fields.get("kpi_year")):
        found.append(finding("kpi", A_RESULT, NOTHING))
    amount = fields.get("amount")
    if amount is None:
        return [*found, finding("amount", MORE_THAN_NIL, NOTHING)]
    others = [each for each in _tranches(decision) if not _is(instead_of, each.key)]
    new = money.Tranche("amount", amount=amount, holdback=holdback)
    return [*found, *lacks_of_tranches(stored.grant_of(decision), [*others, new])]


@transaction.atomic
def add_tranche(
    *, decision: SubsidyDecision, by: Person, amendment: Amendment | None = None, **fields: Any
) -> Tranche:
    """Add a part of the grant. All parts together are never more than the grant.

    Parameters
    ----------
    fields : name_nl, name_en, amount, planned, holdback, kpi, kpi_year, milestone, evidence

    Raises
    ------
    OnlyByAmendment   the agreement is in force, and no decided amendment was named
    """
    require(by, Deed.KEEP_MONEY, decision.dossier)
    dossier = locked(decision.dossier)
    changed = by_amendment(dossier, amendment)
    refuse(lacks_of_tranche(decision, fields))
    with changed_by(by, changed):
        return Tranche.objects.create(dossier=dossier, decision=decision, **fields)


def _is(row: Tranche | None, key: str) -> bool:
    return row is not None and str(row.code) == key


def _tranches(decision: SubsidyDecision) -> list[money.Tranche]:
    return [
        money.Tranche(str(row.code), amount=row.amount, holdback=row.holdback)
        for row in decision.tranches.all()
    ]


# ── indicators and reports ────────────────────────────────────────────────────────────────────


def lacks_of_kpi(
    dossier: Dossier, fields: Fields, *, instead_of: Kpi | None = None
) -> list[Finding]:
    """What is not right in an indicator: all of it."""
    kpi = execution.Kpi(
        key=fields.get("key") or "",
        name=_text(fields, "name"),
        quantity=fields.get("quantity") or "",
        boundary=_text(fields, "boundary"),
        method=_text(fields, "method"),
        baseline=fields.get("baseline") or Decimal(0),
        base_year=fields.get("base_year"),
        promised=fields.get("promised") or {},
        tolerance=_or_nil(fields.get("tolerance")),
    )
    found = rules_of_kpi(kpi)
    others = Kpi.objects.filter(dossier=dossier, key=kpi.key)
    if instead_of is not None:
        others = others.exclude(pk=instead_of.pk)
    if not kpi.key or others.exists():
        found.append(finding("key", ANOTHER_KEY, kpi.key or NOTHING))
    return found


@transaction.atomic
def add_kpi(
    *,
    dossier: Dossier,
    by: Person,
    promised: Mapping[int, Decimal],
    amendment: Amendment | None = None,
    **fields: Any,
) -> Kpi:
    """Write an indicator down with what is promised of it per year.  Raises as `add_tranche`.

    Parameters
    ----------
    fields : key, name_nl, name_en, quantity, boundary_nl, boundary_en, method_nl, method_en,
        baseline, base_year, tolerance
    """
    require(by, Deed.PLAN, dossier)
    changed = by_amendment(locked(dossier), amendment)
    refuse(lacks_of_kpi(dossier, {**fields, "promised": promised}))
    with changed_by(by, changed):
        made = Kpi.objects.create(dossier=dossier, **fields)
        KpiYear.objects.bulk_create(
            KpiYear(kpi=made, year=year, promised=value) for year, value in promised.items()
        )
    return made


@transaction.atomic
def make_schedule(*, dossier: Dossier, by: Person, schedule: Schedule) -> list[ReportDue]:
    """Ask a report for every period of the schedule. A period that is asked already, stays."""
    require(by, Deed.PLAN, dossier)
    refuse(lacks_of_schedule(schedule))
    with changed_by(by):
        return [
            ReportDue.objects.get_or_create(
                dossier=dossier,
                period=each.key,
                defaults={"first_day": each.first, "last_day": each.last, "due": each.due},
            )[0]
            for each in periods_of(schedule)
        ]


# ── clauses ───────────────────────────────────────────────────────────────────────────────────


def lacks_of_clause(fields: Fields) -> list[Finding]:
    """What is not right in a clause: all of it."""
    found = [
        finding(name, A_NAME, NOTHING)
        for name in ("name_nl", "name_en")
        if not (fields.get(name) or "").strip()
    ]
    kpi = fields.get("kpi")
    clause = execution.Clause(
        "", fields.get("kind") or "", A_NAME, fields.get("terms") or {}, kpi.key if kpi else ""
    )
    return [*found, *rules_of_clause(clause)]


@transaction.atomic
def add_clause(
    *,
    dossier: Dossier,
    by: Person,
    terms: Mapping[str, Decimal],
    amendment: Amendment | None = None,
    **fields: Any,
) -> MoneyClause:
    """Write a clause about money down as data.  Raises as `add_tranche`.

    Parameters
    ----------
    fields : kind, name_nl, name_en, place, kpi
    """
    require(by, Deed.KEEP_MONEY, dossier)
    changed = by_amendment(locked(dossier), amendment)
    refuse(lacks_of_clause({**fields, "terms": terms}))
    with changed_by(by, changed):
        return MoneyClause.objects.create(
            dossier=dossier, terms={key: str(value) for key, value in terms.items()}, **fields
        )


def _text(fields: Fields, name: str) -> Text:
    return Text(nl=fields.get(f"{name}_nl") or "", en=fields.get(f"{name}_en") or "")


def _or_nil(value: Decimal | None) -> Decimal:
    return Decimal(0) if value is None else value
