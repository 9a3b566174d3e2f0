# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with money of the State: an envelope, an entry, a fact about cover, a payment.

Takes     a dossier or something in it, a person, values; never a request.
Gives     what was booked; or all findings at once, each with how much is left.
Leaves    the rules to `dossier.money`. What was booked never changes: it is booked back.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier import money
from maatwerkbank.dossier.money.cover import FACTS
from maatwerkbank.dossier.money.tranches import lacks_of_payment
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import (
    NOT_LATER,
    NOTHING,
    finding,
    locked,
    one_of,
    refuse,
    said,
)
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.execution import stored
from maatwerkbank.web.execution.models import (
    BudgetEntry,
    CoverFact,
    Envelope,
    EnvelopeYear,
    Payment,
    Tranche,
)
from maatwerkbank.web.people.access import keeps_envelopes, require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed

A_NAME = Text(nl="een naam", en="a name")
AN_ARTICLE = Text(nl="een artikel van de begroting", en="an article of the budget")
A_YEAR = Text(nl="ten minste één jaar met een bedrag", en="at least one year with an amount")
NOT_BELOW = Text(nl="nul of meer", en="nought or more")
EVIDENCE = Text(nl="een brief, artikel of advies", en="a letter, article or advice")


# ── envelopes ─────────────────────────────────────────────────────────────────────────────────


def lacks_of_envelope(
    *, name_nl: str, name_en: str, article: str, years: Mapping[int, Decimal]
) -> list[Finding]:
    """What is not right in an envelope: all of it."""
    found = [
        finding(place, expected, NOTHING)
        for place, value, expected in (
            ("name_nl", name_nl, A_NAME),
            ("name_en", name_en, A_NAME),
            ("article", article, AN_ARTICLE),
        )
        if not value.strip()
    ]
    if not years:
        found.append(finding("years", A_YEAR, NOTHING))
    found.extend(
        finding("years", NOT_BELOW, f"{year}: {amount}")
        for year, amount in years.items()
        if amount < 0
    )
    return found


@transaction.atomic
def add_envelope(
    *, by: Person, name_nl: str, name_en: str, article: str, years: Mapping[int, Decimal]
) -> Envelope:
    """Write an envelope down, with an amount per year.  Raises NotAllowed, Unfit."""
    if not keeps_envelopes(by):
        raise NotAllowed(
            Text(
                nl="Een budget legt de programmaleiding vast.",
                en="An envelope is written down by programme management.",
            )
        )
    refuse(lacks_of_envelope(name_nl=name_nl, name_en=name_en, article=article, years=years))
    with changed_by(by):
        made = Envelope.objects.create(name_nl=name_nl, name_en=name_en, article=article)
        EnvelopeYear.objects.bulk_create(
            EnvelopeYear(envelope=made, year=year, amount=money.cents(amount))
            for year, amount in years.items()
        )
    return made


# ── entries ───────────────────────────────────────────────────────────────────────────────────


def lacks_of_entry(
    *, dossier: Dossier, envelope: Envelope, year: int, state: str, amount: Decimal
) -> list[Finding]:
    """Why this may not be booked: all of it. An envelope is shared, so all dossiers count."""
    new = money.Entry(str(dossier.pk), year, state, amount)
    return money.lacks_of_entry(stored.envelope_of(envelope), stored.booked_on(envelope), new)


@transaction.atomic
def book(
    *,
    dossier: Dossier,
    by: Person,
    envelope: Envelope,
    year: int,
    state: str,
    amount: Decimal,
    because: str,
) -> BudgetEntry:
    """Reserve or commit money, or take it back (below nought). What is paid goes by `pay`."""
    require(by, Deed.KEEP_MONEY, dossier)
    one_of(state, ("reserved", "committed"), "state")
    return _book(dossier, by, envelope, year, state, amount, said(because, "because"))


def _book(
    dossier: Dossier,
    by: Person,
    envelope: Envelope,
    year: int,
    state: str,
    amount: Decimal,
    because: str,
) -> BudgetEntry:
    now = Envelope.objects.select_for_update().get(pk=envelope.pk)
    refuse(lacks_of_entry(dossier=dossier, envelope=now, year=year, state=state, amount=amount))
    with changed_by(by, because):
        return BudgetEntry.objects.create(
            dossier=dossier,
            envelope=now,
            year=year,
            state=state,
            amount=amount,
            because=because,
            by=by,
        )


# ── cover ─────────────────────────────────────────────────────────────────────────────────────


def lacks_of_cover(*, kind: str, on: date | None, evidence: str) -> list[Finding]:
    """What is not right in a fact about cover: all of it."""
    found = []
    if kind not in FACTS:
        found.append(finding("kind", ", ".join(FACTS), kind or NOTHING))
    if on is None or on > timezone.localdate():
        found.append(finding("on", NOT_LATER, str(on) if on else NOTHING))
    if not evidence.strip():
        found.append(finding("evidence", EVIDENCE, NOTHING))
    return found


@transaction.atomic
def record_cover(*, dossier: Dossier, by: Person, kind: str, on: date, evidence: str) -> CoverFact:
    """Write down that something about cover happened on a day, and what shows it."""
    require(by, Deed.KEEP_MONEY, dossier)
    refuse(lacks_of_cover(kind=kind, on=on, evidence=evidence))
    with changed_by(by):
        return CoverFact.objects.create(
            dossier=dossier, kind=kind, on=on, evidence=evidence.strip(), by=by
        )


# ── paying ────────────────────────────────────────────────────────────────────────────────────


def lacks_of_pay(
    *, tranche: Tranche, envelope: Envelope, amount: Decimal, paid_on: date
) -> list[Finding]:
    """Why this may not be paid: what blocks the tranche, and what the budget lacks."""
    if paid_on > timezone.localdate():
        return [finding("paid_on", NOT_LATER, paid_on.isoformat())]
    granted = stored.granted_of(tranche.dossier, paid_on)
    assert granted is not None  # noqa: S101  (the tranche is of one)
    standing = next(found for row, found in granted.standings if row.pk == tranche.pk)
    return [
        *lacks_of_payment(standing, amount),
        *lacks_of_entry(
            dossier=tranche.dossier,
            envelope=envelope,
            year=paid_on.year,
            state="paid",
            amount=amount,
        ),
    ]


@transaction.atomic
def pay(
    *, tranche: Tranche, by: Person, envelope: Envelope, amount: Decimal, paid_on: date
) -> Payment:
    """Book a payment on a tranche: never more than is due, never more than is committed."""
    require(by, Deed.KEEP_MONEY, tranche.dossier)
    dossier = locked(tranche.dossier)
    amount = money.cents(amount)
    refuse(lacks_of_pay(tranche=tranche, envelope=envelope, amount=amount, paid_on=paid_on))
    because = f"{tranche.name_nl}: {paid_on}"
    entry = _book(dossier, by, envelope, paid_on.year, "paid", amount, because)
    with changed_by(by, because):
        return Payment.objects.create(
            tranche=tranche, entry=entry, amount=amount, paid_on=paid_on, by=by
        )
