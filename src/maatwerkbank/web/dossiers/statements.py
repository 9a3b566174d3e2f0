# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a gate waits for from people: statements in a role, and overrides by two.

Takes     stored things, a person and words; never a request.
Gives     the row that was made. Nothing is removed: who takes a statement back adds a row.
Leaves    deciding on the gate to `decisions.py`, papers and runs to their own apps.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Criterion
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.conflicts import AlreadyAnswered, AlreadyWithdrawn, NotWaitingFor
from maatwerkbank.web.dossiers.deeds import locked, not_in_future, one_of, role_of, said
from maatwerkbank.web.dossiers.gates import gate_of
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Attestation, Dossier, Override
from maatwerkbank.web.people.access import ASK_THE_LEAD, require, roles_in
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import NotAllowed


@transaction.atomic
def attest(
    *,
    dossier: Dossier,
    gate: str,
    criterion: str,
    by: Person,
    statement: str,
    role: str = "",
    on: date | None = None,
) -> Attestation:
    """`by` states, in a role that the criterion names, that it is met.

    Parameters
    ----------
    role : "" for the first of the criterion's roles that `by` holds
    """
    dossier = locked(dossier)
    require(by, Deed.ATTEST, dossier)
    found = gate_of(dossier, gate)
    asked = found.gate.criterion(criterion)
    if asked.kind != "attested":
        raise NotWaitingFor(
            asked, Text(nl="dit wordt niet verklaard", en="this is not attested by people")
        )
    held = [each for each in asked.given_by if each in roles_in(by, dossier)]
    if not held or (role and role not in held):
        raise NotAllowed(_not_their_role(asked), remedy=ASK_THE_LEAD)
    statement = said(statement, "statement")
    on = not_in_future(on, "on")
    with changed_by(by, statement):
        return Attestation.objects.create(
            dossier=dossier,
            gate=gate,
            criterion=criterion,
            by=by,
            role=role or held[0],
            on=on,
            statement=statement,
        )


@transaction.atomic
def withdraw_attestation(*, attestation: Attestation, by: Person, statement: str) -> Attestation:
    """The one who stated it, or who decides on the dossier, takes it back; both stay on record."""
    dossier = locked(attestation.dossier)
    require(by, Deed.ATTEST, dossier)
    if attestation.by_id != by.pk:
        require(by, Deed.DECIDE, dossier)
    if attestation.withdraws_id or Attestation.objects.filter(withdraws=attestation).exists():
        raise AlreadyWithdrawn
    with changed_by(by, statement):
        return Attestation.objects.create(
            dossier=dossier,
            gate=attestation.gate,
            criterion=attestation.criterion,
            by=by,
            role=attestation.role
            if attestation.by_id == by.pk
            else role_of(by, dossier, Deed.DECIDE),
            statement=said(statement, "statement"),
            withdraws=attestation,
        )


@transaction.atomic
def ask_override(
    *, dossier: Dossier, gate: str, criterion: str, by: Person, reason: str
) -> Override:
    """Ask to set a criterion aside that lacks; nothing changes until a second person confirms."""
    dossier = locked(dossier)
    require(by, Deed.OVERRIDE, dossier)
    found = gate_of(dossier, gate)
    asked = found.gate.criterion(criterion)
    if asked not in [each.criterion for each in found.judgement.lacking]:
        raise NotWaitingFor(
            asked,
            Text(
                nl="hieraan is al voldaan of van afgeweken", en="this is met or overridden already"
            ),
        )
    if criterion in found.open_override:
        raise NotWaitingFor(
            asked,
            Text(
                nl="hiervoor is al een afwijking aangevraagd",
                en="an override was already asked for this",
            ),
        )
    reason = said(reason, "reason")
    with changed_by(by, reason):
        return Override.objects.create(
            dossier=dossier, gate=gate, criterion=criterion, reason=reason, asked_by=by
        )


@transaction.atomic
def answer_override(*, override: Override, by: Person, answer: str, reason: str = "") -> Override:
    """A second person confirms or refuses an override. A refusal needs a reason."""
    dossier = locked(override.dossier)
    override = Override.objects.select_related("asked_by", "answered_by").get(pk=override.pk)
    require(by, Deed.OVERRIDE, dossier)
    if override.asked_by_id == by.pk:
        raise NotAllowed(
            Text(
                nl="U hebt deze afwijking zelf aangevraagd; een tweede persoon beantwoordt haar.",
                en="You asked for this override yourself; a second person answers it.",
            ),
            remedy=Text(
                nl="vraag een collega met dit recht", en="ask a colleague who has this right"
            ),
        )
    if override.answer:
        raise AlreadyAnswered(override)
    one_of(answer, ("confirmed", "refused"), "answer")
    override.answer = answer
    override.answered_by = by
    override.answered_at = timezone.now()
    override.answer_reason = said(reason, "reason") if answer == "refused" else reason.strip()
    with changed_by(by, override.answer_reason):
        override.save()
    return override


def _not_their_role(criterion: Criterion) -> Text:
    roles = [ROLES[each].label for each in criterion.given_by]
    return Text(
        nl=f"Dit kan alleen worden verklaard door: {', '.join(role.nl for role in roles)}.",
        en=f"This can only be attested by: {', '.join(role.en for role in roles)}.",
    )
