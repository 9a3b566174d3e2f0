# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of Zoutfabriek for the tests: an open draft, a final one, an agreement in force."""

from datetime import date

from tests.dossier.agreement.text_samples import SAMPLES
from tests.web.world import World

from maatwerkbank.web.agreements import amending, drafts
from maatwerkbank.web.agreements.models import Agreement, Amendment, Draft
from maatwerkbank.web.agreements.stored import text_of

SIGNED = date(2026, 1, 15)


def begun(world: World, kind: str = "agreement") -> Draft:
    """A draft as it is when somebody has just begun it."""
    return drafts.begin(dossier=world.zout, by=world.lead, kind=kind)


def finished(world: World, kind: str = "agreement") -> Draft:
    """A final draft: what the dossier did not have, a person filled in."""
    draft = begun(world, kind)
    text = text_of(draft)
    for name in text.fields:
        if name not in text.values:
            drafts.fill(draft=draft, by=world.lead, name=name, value=SAMPLES[name])
    return drafts.make_final(draft=draft, by=world.lead)


def in_force(world: World) -> Agreement:
    """An agreement in force since 15 January 2026."""
    return amending.put_in_force(draft=finished(world), by=world.lead, in_force_on=SIGNED)


def amended(world: World, agreement: Agreement, title: str, **changes: object) -> Amendment:
    """An open amendment that sets these fields."""
    amendment = amending.open_amendment(agreement=agreement, by=world.member, title=title)
    for name, value in changes.items():
        amending.set_change(
            amendment=amendment,
            by=world.member,
            path=f"field.{name}",
            value=value,
            reason=f"{title}: {name}",
            kind="schedule",
        )
    return amendment
