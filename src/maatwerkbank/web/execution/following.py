# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with consequences: reckon what a clause comes to, and decide on it.

Takes     a clause, a year, what a person knows of that year, and then a decision with its reason.
Gives     the sum step by step before anybody decides; the decision with the sum beside it.
Leaves    the sum to `dossier.execution`. The amount that is decided may differ, with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from maatwerkbank.dossier.execution import Consequence, Facts, consequence
from maatwerkbank.dossier.money.amounts import NIL, cents
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import finding, locked, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.execution import stored
from maatwerkbank.web.execution.models import ConsequenceDecision, MoneyClause, ReportDue
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict


@dataclass(frozen=True)
class Given:
    """What a person knows of the year, or takes from planning or prices: with where it is from."""

    months_late: Decimal | None = None
    late_from: Text | None = None
    price: Decimal | None = None
    price_from: Text | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Reckoned:
    """A consequence, with the facts on which it rests."""

    found: Consequence
    facts: Facts
    given: Given = field(default_factory=Given)


def reckon(clause: MoneyClause, year: int, given: Given | None = None) -> Reckoned:
    """What the clause comes to in that year, by what was promised, verified and paid."""
    given = given or Given()
    facts = _facts(clause, year, given)
    return Reckoned(consequence(stored.clause_of(clause), facts), facts, given)


def _facts(clause: MoneyClause, year: int, given: Given) -> Facts:
    dossier = clause.dossier
    promised = realised = baseline = None
    if clause.kpi:
        reports = stored.reports_of(ReportDue.objects.filter(dossier=dossier))
        baseline = clause.kpi.baseline
        promised = stored.kpi_of(clause.kpi).promised.get(year)
        realised = stored.verified_in(clause.kpi, year, reports)
    prices: Mapping[int, Decimal] = {} if given.price is None else {year: given.price}
    return Facts(
        year=year,
        baseline=baseline,
        promised=promised,
        realised=realised,
        paid=stored.paid_in(dossier),
        months_late=given.months_late,
        late_from=given.late_from,
        principal=_taken_back(clause, year),
        since=given.since,
        until=given.until,
        prices=prices,
        price_from=given.price_from,
        returned=_returned(clause, year),
    )


def _taken_back(clause: MoneyClause, year: int) -> Decimal | None:
    """What was decided to be taken back over that year, over which interest runs."""
    decided = ConsequenceDecision.objects.filter(
        dossier=clause.dossier, year=year, effect="takes_back"
    ).exclude(clause__kind="interest")
    total: Decimal | None = decided.aggregate(total=Sum("decided"))["total"]
    return total


def _returned(clause: MoneyClause, year: int) -> Decimal:
    """What came back under the same clause in years before."""
    before = ConsequenceDecision.objects.filter(clause=clause, year__lt=year)
    return before.aggregate(total=Sum("decided"))["total"] or NIL


NOT_BELOW = Text(nl="nul of meer, in hele centen", en="nought or more, in whole cents")


@transaction.atomic
def decide(
    *,
    clause: MoneyClause,
    year: int,
    by: Person,
    amount: Decimal,
    reason: str,
    given: Given | None = None,
) -> ConsequenceDecision:
    """Decide on the consequence, with the sum that was shown beside it.

    Raises
    ------
    Conflict   it was decided already, or nothing can be reckoned yet
    """
    require(by, Deed.KEEP_MONEY, clause.dossier)
    reason = said(reason, "reason")
    if amount < 0 or amount != cents(amount):
        refuse([finding("amount", NOT_BELOW, str(amount))])
    dossier = locked(clause.dossier)
    if ConsequenceDecision.objects.filter(clause=clause, year=year).exists():
        raise Conflict(
            Text(
                nl=f"Over {year} is bij deze bepaling al besloten.",
                en=f"This clause was decided on for {year} already.",
            )
        )
    reckoned = reckon(clause, year, given)
    if reckoned.found.amount is None:
        lacks = reckoned.found.lacks
        raise Conflict(
            Text(
                nl="Er is nog niets te besluiten. Wat ontbreekt: "
                + ", ".join(each.nl for each in lacks)
                + ".",
                en="There is nothing to decide yet. What lacks: "
                + ", ".join(each.en for each in lacks)
                + ".",
            )
        )
    with changed_by(by, reason):
        return ConsequenceDecision.objects.create(
            dossier=dossier,
            clause=clause,
            year=year,
            effect=reckoned.found.effect,
            reckoned=reckoned.found.amount,
            decided=amount,
            steps=steps_as_json(reckoned.found),
            reason=reason,
            by=by,
        )


def steps_as_json(found: Consequence) -> list[dict[str, str]]:
    """The sum as it is kept: words in both languages, numbers as text."""
    return [
        {
            "label_nl": step.label.nl,
            "label_en": step.label.en,
            "formula_nl": step.formula.nl,
            "formula_en": step.formula.en,
            "value": str(step.value),
            "unit": step.unit,
        }
        for step in found.steps
    ]
