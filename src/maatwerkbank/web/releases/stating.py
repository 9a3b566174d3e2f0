# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with statements: draft from the data, edit, propose, send back, approve, release, withdraw.

Takes     a dossier or a statement, a person, words in two languages.
Gives     the statement; or all findings at once (422).
Leaves    the steps to `dossier.publication.release`, the words of a draft to
          `dossier.publication.drafting`, comparing with passages to `dossier.publication.passages`.

Who wrote the words last does not approve them: a second person does.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.publication.drafting import basis, drafted, filled
from maatwerkbank.dossier.publication.passages import quotes
from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.dossier.publication.publication import Statement as PublicStatement
from maatwerkbank.dossier.publication.release import STATES, after
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.portfolio.register import CompanyState, Stage
from maatwerkbank.web.dossiers.deeds import (
    NOTHING,
    finding,
    locked,
    not_in_future,
    refuse,
    role_of,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.overview.stored_portfolio import stored
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.releases.confidential import confidential_words
from maatwerkbank.web.releases.models import Statement
from maatwerkbank.web.releases.stored_publication import publication_with

LANGUAGES: tuple[Language, ...] = ("nl", "en")
OPEN = ("draft", "proposed", "approved")
# The deed that takes a statement back, by the state that it is in.
WITHDRAWN_BY = MappingProxyType(
    {
        "draft": Deed.DRAFT_STATEMENT,
        "proposed": Deed.DRAFT_STATEMENT,
        "approved": Deed.APPROVE_STATEMENT,
        "released": Deed.RELEASE,
        "withdrawn": Deed.RELEASE,
    }
)
A_TEXT = Text(nl="een tekst", en="a text")
A_STAGE = Text(nl="een fase van de aanpak", en="a stage of the approach")


class NotNow(Conflict):
    """The statement is in a state from which this step does not lead on."""

    code = "statement.state"

    def __init__(self, state: str) -> None:
        super().__init__(
            Text(
                nl=f"Dat kan niet met deze statustekst: {STATES[state].nl.lower()}.",
                en=f"That cannot be done with this statement: {STATES[state].en.lower()}.",
            ),
            remedy=Text(
                nl="bekijk in welke staat de statustekst nu is",
                en="look in which state the statement is now",
            ),
        )


class OneIsOpen(Conflict):
    """There is a draft already."""

    code = "statement.open"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Er ligt al een concept.", en="There is a draft already."),
            remedy=Text(nl="bewerk dat, of trek het in", en="edit it, or withdraw it"),
        )


class YourOwnWords(Conflict):
    """Who wrote it does not approve it."""

    code = "statement.own"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="U hebt deze tekst geschreven: een ander keurt hem goed.",
                en="You wrote this text: somebody else approves it.",
            ),
            remedy=Text(
                nl="vraag het de projectleider of de programmaleiding",
                en="ask the case lead or the programme management",
            ),
        )


# ── the data ──────────────────────────────────────────────────────────────────────────────────


def working_publication(dossier: Dossier, as_of: date) -> Publication:
    """What is public, with this firm in it as the dossier has it: what a draft is made of.

    Remarks that no public source tells are left out, so that a draft never begins with one.
    Raises PortfolioError where the firm had not begun by then.
    """
    firm = stored(None, as_of).register.company(dossier.company.slug)
    return publication_with((_with_sources(firm),), as_of)


def working_publication_of(slugs: Collection[str], as_of: date) -> Publication:
    """The same for these firms, of dossiers that the guard gave."""
    firms = [firm for firm in stored(None, as_of).register if firm.id in slugs]
    return publication_with(tuple(_with_sources(firm) for firm in firms), as_of)


def _with_sources(found: CompanyState) -> CompanyState:
    """Without remarks that no public source tells."""
    qualifier = found.qualifier if found.qualifier and found.qualifier.source else None
    notes = tuple(each for each in found.notes if each.source)
    return replace(found, qualifier=qualifier, notes=notes)


# ── writing ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def draft_statement(*, dossier: Dossier, by: Person, on: date | None = None) -> Statement:
    """Make a draft from the data of the dossier and what is public.

    Raises
    ------
    OneIsOpen   there is a draft already
    """
    require(by, Deed.DRAFT_STATEMENT, dossier)
    dossier = locked(dossier)
    day = not_in_future(on, "on")
    if Statement.objects.filter(dossier=dossier, state__in=OPEN).exists():
        raise OneIsOpen
    publication = working_publication(dossier, day)
    firm = publication.firm(dossier.company.slug)
    made = drafted(firm, publication)
    with changed_by(by):
        return Statement.objects.create(
            dossier=dossier,
            on=day,
            text_nl=made.text.nl,
            text_en=made.text.en,
            stage=firm.stage.value,
            figures=list(made.figures),
            drafted_from=dict(basis(firm.id, publication)),
            written_by=by,
        )


def lacks_of_words(fields: dict[str, Any]) -> list[Finding]:
    """What is not right in the words of a statement: all of it."""
    found = [
        finding(name, A_TEXT, NOTHING)
        for name in ("text_nl", "text_en")
        if not (fields.get(name) or "").strip()
    ]
    if fields.get("stage") not in tuple(Stage):
        found.append(finding("stage", A_STAGE, fields.get("stage") or NOTHING))
    return found


@transaction.atomic
def edit_statement(
    *, statement: Statement, by: Person, text_nl: str, text_en: str, stage: str, on: date | None
) -> Statement:
    """Write other words in a draft. Who writes last is who somebody else approves.

    Raises
    ------
    NotNow   it is no draft
    """
    require(by, Deed.DRAFT_STATEMENT, statement.dossier)
    refuse(lacks_of_words({"text_nl": text_nl, "text_en": text_en, "stage": stage}))
    now = _now(statement, "draft")
    day = not_in_future(on, "on")
    publication = working_publication(now.dossier, day)
    now.text_nl, now.text_en, now.stage, now.on = text_nl.strip(), text_en.strip(), stage, day
    told = told_by(now)
    now.figures = list(
        dict.fromkeys(
            each for language in LANGUAGES for each in filled(told, publication, language).figures
        )
    )
    now.drafted_from = dict(basis(now.dossier.company.slug, publication))
    now.written_by, now.written_at = by, timezone.now()
    with changed_by(by):
        now.save()
    return now


def told_by(statement: Statement) -> PublicStatement:
    """The statement as letter and public page would take it."""
    return PublicStatement(
        firm=statement.dossier.company.slug,
        text=Text(nl=statement.text_nl, en=statement.text_en),
        on=statement.on,
        figures=tuple(statement.figures),
    )


def findings_of(statement: Statement) -> tuple[Finding, ...]:
    """What keeps a statement from being proposed, approved and released: all of it."""
    publication = working_publication(statement.dossier, timezone.localdate())
    told = told_by(statement)
    return (
        *(each for lang in LANGUAGES for each in filled(told, publication, lang).findings),
        *quotes(told.text, confidential_words(statement.dossier)),
    )


# ── the steps ─────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def propose(*, statement: Statement, by: Person) -> Statement:
    """Put a draft before who approves. It then no longer changes, unless it is sent back."""
    require(by, Deed.DRAFT_STATEMENT, statement.dossier)
    now = _step(statement, "propose")
    refuse(findings_of(now))
    return _kept(now, by)


@transaction.atomic
def send_back(*, statement: Statement, by: Person, because: str) -> Statement:
    """Give a proposed statement back to who wrote it, with what is not right."""
    require(by, Deed.APPROVE_STATEMENT, statement.dossier)
    now = _step(statement, "send_back")
    now.sent_back_because = said(because, "because")
    return _kept(now, by, now.sent_back_because)


@transaction.atomic
def approve(*, statement: Statement, by: Person, because: str = "") -> Statement:
    """Say yes to the words. From here on they stay as they are.

    Raises
    ------
    YourOwnWords   `by` wrote them
    """
    require(by, Deed.APPROVE_STATEMENT, statement.dossier)
    now = _step(statement, "approve")
    if now.written_by_id == by.pk:
        raise YourOwnWords
    refuse(findings_of(now))
    now.approved_by, now.approved_on = by, timezone.localdate()
    now.approved_as = role_of(by, now.dossier, Deed.APPROVE_STATEMENT)
    now.because = because.strip()
    return _kept(now, by, because.strip())


@transaction.atomic
def release(*, statement: Statement, by: Person) -> Statement:
    """Make it public, from today. The statement before it is then history."""
    require(by, Deed.RELEASE, statement.dossier)
    now = _step(statement, "release")
    refuse(findings_of(now))
    now.released_by, now.released_on = by, timezone.localdate()
    return _kept(now, by)


@transaction.atomic
def withdraw(*, statement: Statement, by: Person, because: str) -> Statement:
    """Take a statement back. What was public stays in the history, and the page says so."""
    require(by, WITHDRAWN_BY[_now(statement, *STATES).state], statement.dossier)
    reason = said(because, "because")
    now = _step(statement, "withdraw")
    now.withdrawn_by, now.withdrawn_on = by, timezone.localdate()
    now.withdrawn_because = reason
    return _kept(now, by, reason)


def _now(statement: Statement, *states: str) -> Statement:
    """As it is now, locked.  Raises NotNow where it is in none of `states`."""
    rows = Statement.objects.select_for_update(of=("self",))
    now = rows.select_related("dossier__company").get(pk=statement.pk)
    if now.state not in states:
        raise NotNow(now.state)
    return now


def _step(statement: Statement, step: str) -> Statement:
    """Locked, in the state to which the step leads; not saved yet."""
    now = _now(statement, *STATES)
    reached = after(now.state, step)
    if reached is None:
        raise NotNow(now.state)
    now.state = reached
    return now


def _kept(statement: Statement, by: Person, because: str = "") -> Statement:
    with changed_by(by, because):
        statement.save()
    return statement
