# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bargain of a dossier, for the export: what was promised, advised, agreed and paid.

Takes     a dossier and who exports it.
Gives     plain values: per subject the rows that this person may see, each with what belongs to it;
          people and organisations by name, other rows by their code.
Leaves    what the person may not see: a row is not there, and nothing points at it; what goes to
          the public to `export_public.py`.

An advice that was not given yet has its request only: what the body has in mind is of the body.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from maatwerkbank.web.advice.models import Advice, Lesson, PublicAdvice, Review
from maatwerkbank.web.agreements.models import Agreement, Informed, Mandate, Move
from maatwerkbank.web.documents.models import DocumentVersion, FrozenSet
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.execution.models import (
    BudgetEntry,
    ConsequenceDecision,
    CoverFact,
    MoneyClause,
    Report,
    ReportDue,
    SubsidyDecision,
    Tranche,
)
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.models import Risk, Wait
from maatwerkbank.web.promises.reckoning import seen_by
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.woo.models import Inventory, PaperPublication

Rows = Callable[[Person, Dossier], "QuerySet[Any]"]
# Of an advice that was not given: what is the body's own.
BEFORE_GIVEN = ("verdict", "considerations", "participants", "findings", "recommendations")
# Files, and a list that names papers which not everybody may read.
ELSEWHERE = frozenset(
    {(Inventory, "content"), (PaperPublication, "pdf"), (PaperPublication, "text")}
)


@dataclass(frozen=True)
class Part:
    """A kind of row, and what belongs to each, by the name under which the row knows it."""

    rows: Rows
    belongs: Mapping[str, Any]


def _with(model: type[Model], deed: Deed) -> Rows:
    return lambda person, dossier: access.rows_of(person, model, deed, dossier)


def _waits(person: Person, dossier: Dossier) -> "QuerySet[Any]":
    """Connections of which both ends are seen."""
    rows = access.rows_of(person, Wait, Deed.SEE_PROMISES, dossier)
    return rows.filter(pk__in=[wait.pk for wait in seen_by(person, dossier).waits])


RECOMMENDATION: Mapping[str, Any] = {"response": {"changes": {}}}
PARTS: Mapping[str, Part] = {
    "promises": Part(access.promises_of, {"forecasts": {}, "evidence": {}, "waiver_requests": {}}),
    "dependencies": Part(access.dependencies_of, {"forecasts": {}, "steps": {}}),
    "project_starts": Part(access.project_starts_of, {}),
    "connections": Part(_waits, {}),
    "risks": Part(_with(Risk, Deed.SEE_RISKS), {}),
    "advices": Part(
        access.advices_of,
        {"questions": {}, "participants": {}, "findings": {}, "recommendations": RECOMMENDATION},
    ),
    "public_advices": Part(_with(PublicAdvice, Deed.SEE_ADVICE), {"points": {}}),
    "reviews": Part(_with(Review, Deed.SEE_ADVICE), {"findings": {}}),
    "positions": Part(access.items_of, {"parties": {"positions": {}}}),
    "lessons": Part(_with(Lesson, Deed.SEE_DECISIONS), {}),
    "texts": Part(access.drafts_of, {"fields": {}}),
    "agreements": Part(_with(Agreement, Deed.SEE_AGREEMENT), {"versions": {}}),
    "amendments": Part(access.amendments_of, {"changes": {}}),
    "mandates": Part(_with(Mandate, Deed.SEE_NEGOTIATION), {}),
    "moves": Part(_with(Move, Deed.SEE_NEGOTIATION), {}),
    "informed": Part(_with(Informed, Deed.SEE_NEGOTIATION), {}),
    "budget": Part(_with(BudgetEntry, Deed.SEE_MONEY), {}),
    "cover": Part(_with(CoverFact, Deed.SEE_MONEY), {}),
    "subsidy_decisions": Part(_with(SubsidyDecision, Deed.SEE_MONEY), {}),
    "tranches": Part(_with(Tranche, Deed.SEE_MONEY), {"payments": {}}),
    "indicators": Part(access.kpis_of, {"years": {}}),
    "reports": Part(
        _with(ReportDue, Deed.SEE_MONEY),
        {"versions": {"figures": {}, "verification": {"figures": {}}}},
    ),
    "money_clauses": Part(_with(MoneyClause, Deed.SEE_MONEY), {}),
    "consequences": Part(_with(ConsequenceDecision, Deed.SEE_MONEY), {}),
}
"""Everything of the bargain that an export holds."""


def bargain_of(dossier: Dossier, by: Person) -> dict[str, list[dict[str, Any]]]:
    """The bargain as `by` may see it. The same dossier gives the same values, in one order."""
    return told(PARTS, dossier, by)


def told(
    parts: Mapping[str, Part], dossier: Dossier, by: Person
) -> dict[str, list[dict[str, Any]]]:
    """Per part its rows as plain values, as far as `by` may see them, in one order."""
    readable = _readable(dossier, by)
    return {
        name: [
            _told(row, part.belongs, readable)
            for row in _fetched(part.rows(by, dossier), part.belongs).order_by("pk")
        ]
        for name, part in parts.items()
    }


# ── fetching ──────────────────────────────────────────────────────────────────────────────────


def _fetched(rows: "QuerySet[Any]", belongs: Mapping[str, Any]) -> "QuerySet[Any]":
    """The rows with what belongs to them and what they point at."""
    points = [each.name for each in rows.model._meta.concrete_fields if each.is_relation]  # noqa: SLF001
    return rows.select_related(*points).prefetch_related(
        *(_belonging(rows.model, name, below) for name, below in belongs.items())
    )


def _belonging(model: type[Model], name: str, below: Mapping[str, Any]) -> "Prefetch[Any]":
    found: type[Model] = model._meta.get_field(name).related_model  # type: ignore[assignment]  # noqa: SLF001
    return Prefetch(name, _fetched(found._default_manager.order_by("pk"), below))  # noqa: SLF001


def _readable(dossier: Dossier, by: Person) -> Mapping[type[Model], frozenset[int]]:
    """Of the kinds of rows that are closed to some: which ones this person may know of."""
    decisions = access.rows_of(by, Decision, Deed.SEE_DECISIONS, dossier)
    found: Mapping[type[Model], QuerySet[Any]] = {
        DocumentVersion: access.versions_of(by, dossier),
        FrozenSet: access.frozen_sets_of(by, dossier),
        Run: access.runs_of(by, dossier),
        Decision: decisions,
    }
    return {model: frozenset(rows.values_list("pk", flat=True)) for model, rows in found.items()}


# ── telling ───────────────────────────────────────────────────────────────────────────────────


def _told(
    row: Any, belongs: Mapping[str, Any], readable: Mapping[type[Model], frozenset[int]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.name in {"id", "dossier"} or (type(row), field.name) in ELSEWHERE:
            continue
        value = getattr(row, field.name)
        if not field.is_relation:
            found[field.name] = _plain(value)
        elif value is not None and value.pk in readable.get(type(value), {value.pk}):
            found[field.name] = _name(value)
        else:
            found[field.name] = None
    for name, below in belongs.items():
        found[name] = _below(row, name, below, readable)
    if isinstance(row, Advice) and row.given_at is None:
        found = {key: value for key, value in found.items() if key not in BEFORE_GIVEN}
    return found


def _below(row: Any, name: str, below: Mapping[str, Any], readable: Any) -> Any:
    field = row._meta.get_field(name)  # noqa: SLF001
    if field.one_to_one:
        found = getattr(row, name, None)
        return None if found is None else _told(found, below, readable)
    rows: Sequence[Any] = getattr(row, name).all()
    given = [each for each in rows if not isinstance(each, Report) or each.state != "draft"]
    return [_told(each, below, readable) for each in given]


def _name(row: Any) -> Any:
    """By what another row is known in the export."""
    for name in ("name", "code", "number", "sequence"):
        if hasattr(row, name):
            return _plain(getattr(row, name))
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)
