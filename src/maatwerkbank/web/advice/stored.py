# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rows as the values that `maatwerkbank.dossier.advice` judges, and as evidence for gates.

Takes     rows that `people/access.py` gave, or dossiers.
Gives     frozen values; for gates facts per dossier, in a constant number of queries.
Leaves    every judgement to the floor below.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from maatwerkbank.dossier.advice import advice as pure
from maatwerkbank.dossier.advice import positions, reviews
from maatwerkbank.dossier.evidence import AdviceFact, ReviewFact
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.advice.models import (
    Advice,
    Item,
    Party,
    Recommendation,
    Review,
    ReviewFinding,
)
from maatwerkbank.web.dossiers.models import Dossier


def whole(advices: QuerySet[Advice]) -> QuerySet[Advice]:
    """The advices with all that belongs to them, in a constant number of queries."""
    recommendations = Recommendation.objects.select_related("response").prefetch_related(
        "response__changes"
    )
    return advices.select_related(
        "dossier__company", "frozen_set", "asked_by", "given_by", "answered_by"
    ).prefetch_related(
        "questions", "participants", "findings", Prefetch("recommendations", recommendations)
    )


def as_advice(row: Advice) -> pure.Advice:
    """The advice as a value."""
    answered = [each for each in row.recommendations.all() if hasattr(each, "response")]
    return pure.Advice(
        body=row.body,
        frozen_sha256=row.frozen_set.sha256,
        questions=tuple(each.nl for each in row.questions.all()),
        asked_on=row.asked_on,
        due_on=row.due_on,
        participants=tuple(
            pure.Participant(each.name, each.function, each.interest, each.interest_words)
            for each in row.participants.all()
        ),
        findings=tuple(
            pure.Found(each.criterion, each.words, each.verdict) for each in row.findings.all()
        ),
        verdict=row.verdict,
        considerations=row.considerations,
        recommendations=tuple(
            pure.Recommendation(each.number, each.words, each.criterion)
            for each in row.recommendations.all()
        ),
        given_on=row.given_on,
        responses=tuple(
            pure.Response(
                each.number,
                each.response.outcome,
                each.response.reason,
                tuple(
                    pure.ClauseChange(
                        change.clause,
                        f"{change.before}\n{change.before_en}",
                        f"{change.after}\n{change.after_en}",
                    )
                    for change in each.response.changes.all()
                ),
            )
            for each in answered
        ),
        answered_on=row.answered_on,
        published_on=row.published_on,
        published_where=row.published_where,
        withheld=row.withheld,
    )


GIVEN_PARTS = (
    *("body", "frozen_sha256", "questions", "participants", "findings", "verdict"),
    *("considerations", "recommendations"),
)


def sha256_of(advice: pure.Advice) -> str:
    """The hash of what the body says, in its one spelling; what came later is not in it."""
    told = asdict(advice)
    return digest({part: told[part] for part in GIVEN_PARTS})


def as_review(row: Review) -> reviews.Review:
    """The review as a value."""
    return reviews.Review(
        kind=row.kind,
        reviewer=row.reviewer,
        what=row.what,
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        reported_on=row.reported_on,
        findings=tuple(as_finding(each) for each in row.findings.all()),
    )


def as_finding(row: ReviewFinding) -> reviews.ReviewFinding:
    """The finding as a value."""
    return reviews.ReviewFinding(
        row.number, row.severity, row.words, row.answer, row.closed_on, row.closing_reason
    )


def with_positions(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items with parties and every position."""
    parties = Party.objects.select_related("organisation").prefetch_related("positions__by")
    return items.select_related("dossier__company").prefetch_related(Prefetch("parties", parties))


def as_item(row: Item) -> positions.Item:
    """The item as a value, its positions in the order in which they were taken."""
    parties = list(row.parties.all())
    taken = sorted(
        (
            (each.made_at, each.pk, party, each)
            for party in parties
            for each in party.positions.all()
        ),
        key=lambda found: found[:2],
    )
    return positions.Item(
        subject=row.subject,
        parties=tuple(each.organisation.name for each in parties),
        put_on=row.put_on,
        due_on=row.due_on,
        positions=tuple(
            positions.Position(party.organisation.name, each.stance, each.on, each.words)
            for _, _, party, each in taken
        ),
    )


# ── evidence for gates ────────────────────────────────────────────────────────────────────────

Given = tuple[datetime | None, Any]


def advice_facts(dossiers: Collection[Dossier]) -> dict[int, list[Given]]:
    """Per dossier its advices as evidence, with the moment on which each was asked. One query."""
    found: dict[int, list[Given]] = defaultdict(list)
    rows = Advice.objects.filter(dossier__in=dossiers).select_related("frozen_set")
    for row in rows.annotate(count=Count("recommendations")).order_by("asked_on", "id"):
        fact = AdviceFact(
            body=row.body,
            set_sha256=row.frozen_set.sha256,
            asked_on=row.asked_on,
            given_on=row.given_on,
            verdict=row.verdict if row.given_on else "",
            recommendations=row.count if row.given_on else 0,
            answered_on=row.answered_on,
            sha256=row.given_sha256,
        )
        found[row.dossier_id].append((row.made_at, fact))
    return found


def review_facts(dossiers: Collection[Dossier]) -> dict[int, tuple[ReviewFact, ...]]:
    """Per dossier its reviews as evidence. One query."""
    still_open = Q(findings__isnull=False, findings__closed_on=None)
    rows = Review.objects.filter(dossier__in=dossiers).annotate(
        count=Count("findings"),
        open=Count("findings", filter=still_open),
        blocking=Count("findings", filter=still_open & Q(findings__severity="blocking")),
    )
    found: dict[int, tuple[ReviewFact, ...]] = defaultdict(tuple)
    for row in rows.order_by("assigned_on", "id"):
        fact = ReviewFact(
            row.kind, row.reviewer, row.reported_on, row.count, row.open, row.blocking
        )
        found[row.dossier_id] = (*found[row.dossier_id], fact)
    return found
