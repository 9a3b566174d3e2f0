# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain of decisions as it is stored: one more link, and the links as they are read back.

Takes     a decision that is not stored yet; or the stored ones, in their order.
Gives     the decision in its place in the chain; links that `dossier.decision_chain` can check.
Leaves    what is decided to `decisions.py`, what else is checked to `verification.py`.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from django.db import connection

from maatwerkbank.dossier.decision_chain import GENESIS, Link, entry_hash
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.people.second_lock import lifted

# One chain over all dossiers, so one who appends at a time; the number only has to be ours.
LOCK = 20_250_630
AT_ONCE = 500


def append(decision: Decision) -> Decision:
    """Store `decision` as the next link. To be called in the transaction of the deed."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    with lifted():  # one chain over all dossiers, also those that are hidden
        last = Decision.objects.order_by("-sequence").first()
    decision.evidence = as_stored(decision.evidence)
    decision.details = as_stored(decision.details)
    decision.evidence_sha256 = digest(decision.evidence) if decision.evidence else ""
    decision.sequence = last.sequence + 1 if last else 1
    decision.previous_hash = last.hash if last else GENESIS
    decision.hash = entry_hash(decision.previous_hash, entry_of(decision))
    decision.save(force_insert=True)
    return decision


def entry_of(decision: Decision) -> dict[str, Any]:
    """Everything that a decision says, as plain JSON; the evidence by its hash."""
    return {
        "code": str(decision.code),
        "dossier": str(decision.dossier.code),
        "kind": decision.kind,
        "outcome": decision.outcome,
        "gate": decision.gate,
        "from_stage": decision.from_stage,
        "to_stage": decision.to_stage,
        "decided_by": str(decision.decided_by.code),
        "role": decision.role,
        "decided_on": decision.decided_on.isoformat(),
        "recorded_at": decision.recorded_at.astimezone(UTC).isoformat(),
        "reason": decision.reason,
        "dissent": decision.dissent,
        "conditions": decision.conditions,
        "run": str(decision.run.code) if decision.run else None,
        "details": decision.details,
        "evidence_sha256": decision.evidence_sha256,
    }


def decisions() -> Iterator[Decision]:
    """All decisions in their order, a few at a time."""
    rows = Decision.objects.select_related("dossier", "decided_by", "run")
    return rows.defer("run__result", "run__receipt").order_by("sequence").iterator(AT_ONCE)


def link_of(decision: Decision) -> Link:
    """A stored decision as a link of the chain."""
    return Link(decision.sequence, decision.previous_hash, decision.hash, entry_of(decision))


def as_stored(content: Mapping[str, Any]) -> dict[str, Any]:
    """`content` as the database will give it back: it writes 1e16 and -0.0 in its own way."""
    with connection.cursor() as cursor:
        cursor.execute("select %s::jsonb::text", [json.dumps(content)])
        stored: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return stored
