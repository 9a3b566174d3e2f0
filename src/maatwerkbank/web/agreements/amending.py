# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with what is in force: put a text in force, draft a change beside it, replay, decide.

Takes     an agreement or an amendment, a person, values; never a request.
Gives     what was made or changed. What is in force only ever gets a next version.
Leaves    the arithmetic of changes and conflicts to `dossier.agreement.amendments`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maatwerkbank.dossier.agreement import amendments as pure
from maatwerkbank.dossier.agreement.amendments import CHANGE_KINDS, Resolution
from maatwerkbank.dossier.agreement.drafting import SOME_TEXT, lacks_of_clause
from maatwerkbank.dossier.agreement.library import Clause, fields
from maatwerkbank.dossier.agreement.order import ORDER
from maatwerkbank.dossier.agreement.terms import CLAUSE, FIELD, terms_of
from maatwerkbank.dossier.agreement.values import lacks_of_value
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.drafts import NotFinal
from maatwerkbank.web.agreements.models import (
    Agreement,
    Amendment,
    AmendmentChange,
    Draft,
    TermsVersion,
)
from maatwerkbank.web.agreements.stored import amendment_of, text_of, versions_of
from maatwerkbank.web.dossiers.deeds import (
    NOTHING,
    SOME_WORDS,
    finding,
    locked,
    not_in_future,
    refuse,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, Unfit

A_TITLE = Text(nl="een titel", en="a title")
AN_ORDER = Text(nl="elke bepaling één keer", en="every clause once")
A_PATH = Text(nl="een onderdeel van de overeenkomst", en="a part of the agreement")


class NotOpen(Conflict):
    """The amendment was decided or withdrawn."""

    code = "amendment.not-open"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze wijziging staat vast.", en="This amendment is settled."),
            remedy=Text(nl="begin een nieuwe wijziging", en="begin a new amendment"),
        )


class InForceAlready(Conflict):
    """It is in force already."""

    code = "agreement.in-force"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze tekst is al in werking.", en="This text is in force already."),
            remedy=Text(nl="wijzig haar met een wijziging", en="change it by an amendment"),
        )


# ── in force ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def put_in_force(*, draft: Draft, by: Person, in_force_on: date | None) -> Agreement:
    """A final text was signed: its clauses and figures are the first version of the terms.

    Raises
    ------
    NotFinal         the text is still open
    InForceAlready   it is in force
    """
    require(by, Deed.AMEND, draft.dossier)
    dossier = locked(draft.dossier)
    if draft.state == "open":
        raise NotFinal
    if Agreement.objects.filter(draft=draft).exists():
        raise InForceAlready
    on = not_in_future(in_force_on, "in_force_on")
    first = pure.first_version(terms_of(text_of(draft)), on)
    with changed_by(by):
        agreement = Agreement.objects.create(
            dossier=dossier, library=draft.library, draft=draft, in_force_on=on, recorded_by=by
        )
        _keep(agreement, first, by, on, None)
    return agreement


def _keep(
    agreement: Agreement, version: pure.Version, by: Person, on: date, amendment: Amendment | None
) -> TermsVersion:
    return TermsVersion.objects.create(
        agreement=agreement,
        number=version.number,
        terms=dict(version.terms),
        reasons=dict(version.reasons),
        amendment=amendment,
        decided_by=by,
        decided_on=on,
        previous=version.previous,
        hash=version.hash,
    )


# ── drafting a change ─────────────────────────────────────────────────────────────────────────


@transaction.atomic
def open_amendment(*, agreement: Agreement, by: Person, title: str) -> Amendment:
    """Begin a change beside what is in force. Others may be open at the same time."""
    require(by, Deed.DRAFT, agreement.dossier)
    refuse([] if title.strip() else [finding("title", A_TITLE, NOTHING)])
    locked(agreement.dossier)
    numbers = agreement.amendments.aggregate(last=Max("number"))
    base = agreement.versions.aggregate(last=Max("number"))
    with changed_by(by):
        return Amendment.objects.create(
            dossier=agreement.dossier,
            agreement=agreement,
            number=(numbers["last"] or 0) + 1,
            title=title.strip(),
            base=base["last"],
            made_by=by,
        )


def lacks_of_change(given: Mapping[str, Any]) -> list[Finding]:
    """What is not right in a change: all of it."""
    path, value = given.get("path") or "", given.get("value")
    found: list[Finding] = []
    if given.get("kind") not in CHANGE_KINDS:
        found.append(finding("kind", ", ".join(CHANGE_KINDS), given.get("kind") or NOTHING))
    if not (given.get("reason") or "").strip():
        found.append(finding("reason", SOME_WORDS, NOTHING))
    name = path.removeprefix(FIELD)
    if path.startswith(FIELD) and name in fields():
        removes = given.get("removes")
        found.extend(() if removes else lacks_of_value("value", fields()[name].kind, value))
    elif path == ORDER:
        if not isinstance(value, list) or len(set(value)) != len(value):
            found.append(finding("value", AN_ORDER, NOTHING))
    elif path.startswith(CLAUSE):
        if not given.get("removes"):
            found.extend(lacks_of_clause(Clause.from_json(value)) if value else [_no_text()])
    else:
        found.append(finding("path", A_PATH, path or NOTHING))
    return found


def _no_text() -> Finding:
    return finding("value", SOME_TEXT, NOTHING)


@transaction.atomic
def set_change(
    *,
    amendment: Amendment,
    by: Person,
    path: str,
    value: Any,
    reason: str,
    kind: str,
    removes: bool = False,
) -> AmendmentChange:
    """Change one field or clause in an open amendment, or change that change.  Raises NotOpen."""
    require(by, Deed.DRAFT, amendment.dossier)
    given = {"path": path, "value": value, "reason": reason, "kind": kind, "removes": removes}
    refuse(lacks_of_change(given))
    amendment = _open(amendment)
    with changed_by(by, reason.strip()):
        made, _ = AmendmentChange.objects.update_or_create(
            amendment=amendment,
            path=path,
            defaults={
                "value": None if removes else value,
                "removes": removes,
                "reason": reason.strip(),
                "kind": kind,
            },
        )
    return made


@transaction.atomic
def drop_change(*, amendment: Amendment, by: Person, path: str) -> None:
    """Leave one field out of an open amendment."""
    require(by, Deed.DRAFT, amendment.dossier)
    amendment = _open(amendment)
    with changed_by(by):
        amendment.changes.filter(path=path).delete()


@transaction.atomic
def share_amendment(*, amendment: Amendment, by: Person) -> Amendment:
    """Let company and partners see the change. It cannot be unseen."""
    require(by, Deed.DRAFT, amendment.dossier)
    amendment = _open(amendment)
    if amendment.shared_on is None:
        amendment.shared_on = timezone.localdate()
        with changed_by(by):
            amendment.save(update_fields=["shared_on"])
    return amendment


# ── replaying and deciding ────────────────────────────────────────────────────────────────────


@transaction.atomic
def replay(*, amendment: Amendment, by: Person, resolutions: Mapping[str, Resolution]) -> Amendment:
    """Put an open amendment on top of what is in force now.

    Raises
    ------
    Unfit        a conflict is not settled yet: all of them, with both values and reasons
    NotOpen      it is settled
    """
    require(by, Deed.DRAFT, amendment.dossier)
    amendment = _open(amendment)
    versions = versions_of(amendment.agreement)
    made = pure.replay(versions, amendment_of(amendment), resolutions)
    if not isinstance(made, pure.Amendment):
        raise Unfit(
            Text(nl="Een conflict is nog niet opgelost.", en="A conflict is not settled yet."),
            made,
        )
    chosen = [
        finding_
        for path, each in resolutions.items()
        if each.choice == "other"
        for finding_ in lacks_of_change(
            {"path": path, "value": each.value, "reason": each.reason, "kind": "other"}
        )
    ]
    refuse(chosen)
    settled = "; ".join(each.reason for each in resolutions.values())
    with changed_by(by, settled):
        amendment.changes.exclude(path__in=[each.path for each in made.changes]).delete()
        for each in made.changes:
            AmendmentChange.objects.update_or_create(
                amendment=amendment,
                path=each.path,
                defaults={
                    "value": each.value,
                    "removes": each.removes,
                    "reason": each.reason,
                    "kind": each.kind,
                },
            )
        amendment.base = made.base
        amendment.save(update_fields=["base"])
    return amendment


@transaction.atomic
def decide(
    *, amendment: Amendment, by: Person, decided_on: date | None, because: str
) -> TermsVersion:
    """The parties agreed: the change becomes the next version of the terms.

    Raises
    ------
    AmendmentOutdated   another was decided since: replay first
    NothingAmended      it changes nothing
    NotOpen             it is settled
    """
    require(by, Deed.AMEND, amendment.dossier)
    locked(amendment.dossier)
    amendment = _open(amendment)
    refuse([] if because.strip() else [finding("because", SOME_WORDS, NOTHING)])
    on = not_in_future(decided_on, "decided_on")
    versions = versions_of(amendment.agreement)
    made = pure.decide(versions, amendment_of(amendment), on)
    with changed_by(by, because.strip()):
        kept = _keep(amendment.agreement, made, by, on, amendment)
        _end(amendment, "decided", by, on, because)
    return kept


@transaction.atomic
def withdraw(*, amendment: Amendment, by: Person, because: str) -> Amendment:
    """Stop an open amendment, with a reason. It stays to be read."""
    require(by, Deed.DRAFT, amendment.dossier)
    refuse([] if because.strip() else [finding("because", SOME_WORDS, NOTHING)])
    amendment = _open(amendment)
    with changed_by(by, because.strip()):
        _end(amendment, "withdrawn", by, timezone.localdate(), because)
    return amendment


def _end(amendment: Amendment, state: str, by: Person, on: date, because: str) -> None:
    amendment.state, amendment.ended_by, amendment.ended_on = state, by, on
    amendment.ended_because = because.strip()
    amendment.save(update_fields=["state", "ended_by", "ended_on", "ended_because"])


def _open(amendment: Amendment) -> Amendment:
    rows = Amendment.objects.select_for_update(of=("self",))
    now = rows.select_related("dossier__company", "agreement").get(pk=amendment.pk)
    if now.state != "open":
        raise NotOpen
    return now
