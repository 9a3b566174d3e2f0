# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Decisions on a dossier: at a gate, to leave, to come back, to move, to classify, to open.

Takes     stored things, a person and words; never a request.
Gives     the decision: a link of the chain, evidence frozen; the dossier stands as was decided.
Leaves    what a gate waits for to `statements.py`, what may be decided to `dossier.gates` and the
          trajectory, who may see it to `people/access.py`.

Each decision locks its dossier first, so that two people do one after the other: the second is
told (`conflicts.py`), and nothing is lost.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.gates import freeze
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Gate, trajectory, trajectory_ids
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers import chain
from maatwerkbank.web.dossiers.conflicts import (
    AlreadyRunning,
    DecidedMeanwhile,
    GateLacks,
    LeftAlready,
    NothingChanges,
    NoWayBack,
)
from maatwerkbank.web.dossiers.deeds import (
    A_CODE,
    A_DATE,
    A_LATER_DATE,
    NOT_EARLIER,
    NOTHING,
    SOME_WORDS,
    finding,
    locked,
    not_in_future,
    one_of,
    refuse,
    role_of,
    said,
)
from maatwerkbank.web.dossiers.gates import gate_of
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Company, Decision, Dossier, Membership, StageReached
from maatwerkbank.web.people.access import (
    ASK_THE_LEAD,
    deeds_in,
    over_all,
    require,
    roles_in,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.people.second_lock import lifted
from maatwerkbank.web.refusals import NotAllowed

RECORDS = ("programme", "case_lead")
"""Roles that record a decision which another role takes."""
NO_SOURCE_OF_EXIT: Mapping[str, Any] = {"exit_known_by": None, "exit_source": "", "exit_place": ""}
"""What a public source said of an exit: after a decision of our own the chain says it."""


# ── deciding on a gate ────────────────────────────────────────────────────────────────────────


def deciding_role(person: Person, dossier: Dossier, gate: Gate) -> str | None:
    """The role in which `person` may record a decision at `gate`: its own, or one that records."""
    deeds = deeds_in(person, dossier)
    roles = roles_in(person, dossier)
    if gate.decides in roles and Deed.SEE_GATES in deeds:
        return gate.decides
    if Deed.DECIDE in deeds:
        return next((each for each in RECORDS if each in roles), None)
    return None


@transaction.atomic
def decide_gate(
    *,
    dossier: Dossier,
    gate: str,
    by: Person,
    outcome: str,
    reason: str = "",
    dissent: str = "",
    conditions: str = "",
    expected_stage: str = "",
    last_seen: int | None = None,
    decided_on: date | None = None,
) -> Decision:
    """Let the dossier through the gate, or not; the evidence is frozen either way.

    Parameters
    ----------
    expected_stage : where the decider saw the dossier stand
    last_seen : number of the last decision on this dossier that the decider saw, 0 for none

    Raises
    ------
    NotAllowed         `by` does not decide here
    DecidedMeanwhile   somebody else did, since the page was opened
    GateLacks          something lacks; refusing is possible, passing is not
    """
    dossier = locked(dossier)
    the_gate = dossier.trajectory.track(dossier.track_id).gate(gate)
    role = deciding_role(by, dossier, the_gate)
    if role is None:
        raise NotAllowed(_decided_elsewhere(the_gate), remedy=ASK_THE_LEAD)
    _seen(dossier, expected_stage, last_seen)
    found = gate_of(dossier, gate)
    one_of(outcome, ("passed", "refused"), "outcome")
    if outcome == "passed" and not found.judgement.passes:
        raise GateLacks(found.judgement)
    frozen = freeze(found.judgement, found.evidence)
    return _decide(
        dossier,
        by,
        role,
        kind="gate",
        outcome=outcome,
        gate=gate,
        to_stage=the_gate.to_stage if outcome == "passed" else dossier.stage,
        reason=said(reason, "reason") if outcome == "refused" else reason.strip(),
        dissent=dissent.strip(),
        conditions=conditions.strip(),
        run=found.run,
        evidence=frozen.content,
        details={
            "overridden": [each.criterion.id for each in found.judgement.overridden],
            "trajectory": dossier.trajectory_id,
            "track": dossier.track_id,
        },
        decided_on=decided_on,
    )


# ── leaving and coming back ───────────────────────────────────────────────────────────────────


@transaction.atomic
def close_dossier(
    *,
    dossier: Dossier,
    by: Person,
    to: str,
    reason: str,
    reasons: Collection[str] = (),
    next_contact: date | None = None,
    last_seen: int | None = None,
    decided_on: date | None = None,
) -> Decision:
    """The dossier leaves the approach: stopped with the door open, paused or withdrawn.

    Parameters
    ----------
    reasons : codes of the trajectory (R1, …)
    """
    dossier = locked(dossier)
    require(by, Deed.CLOSE, dossier)
    _seen(dossier, "", last_seen)
    kind = dossier.trajectory.exit(to)
    if dossier.exit and (dossier.exit == to or dossier.exit != "paused"):
        raise LeftAlready(dossier)
    findings = [
        finding("reasons", ", ".join(dossier.trajectory.reasons), each)
        for each in reasons
        if each not in dossier.trajectory.reasons
    ]
    if kind.needs_reason and not reasons:
        findings.append(finding("reasons", A_CODE, NOTHING))
    if kind.needs_next_contact and next_contact is None:
        findings.append(finding("next_contact", A_DATE, NOTHING))
    if next_contact and next_contact <= timezone.localdate():
        findings.append(finding("next_contact", A_LATER_DATE, next_contact.isoformat()))
    if not reason.strip():
        findings.append(finding("reason", SOME_WORDS, NOTHING))
    refuse(findings)
    decided_on = not_in_future(decided_on, "decided_on")
    return _decide(
        dossier,
        by,
        role_of(by, dossier, Deed.CLOSE),
        kind="exit",
        outcome="done",
        to_stage=dossier.stage,
        reason=reason.strip(),
        details={
            "exit": to,
            "reasons": sorted(reasons),
            "next_contact": next_contact.isoformat() if next_contact else None,
        },
        decided_on=decided_on,
        now={
            "exit": to,
            "exit_reasons": sorted(reasons),
            "exit_since": decided_on,
            **NO_SOURCE_OF_EXIT,
            "next_contact": next_contact,
        },
    )


def ways_back(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """Track and stage where a dossier that left may come in again; none where it did not leave."""
    if not dossier.exit:
        return ()
    return dossier.trajectory.ways_back(dossier.exit, dossier.track_id, dossier.stage)


@transaction.atomic
def re_enter(
    *,
    dossier: Dossier,
    by: Person,
    track: str,
    stage: str,
    reason: str,
    last_seen: int | None = None,
    decided_on: date | None = None,
) -> Decision:
    """A dossier that left comes in again, where the table of exits says that it may."""
    dossier = locked(dossier)
    require(by, Deed.CLOSE, dossier)
    _seen(dossier, "", last_seen)
    if (track, stage) not in ways_back(dossier):
        raise NoWayBack(ways_back(dossier))
    _no_other_running(dossier.company, track, but=dossier)
    return _decide(
        dossier,
        by,
        role_of(by, dossier, Deed.CLOSE),
        kind="re_entry",
        outcome="done",
        to_stage=stage,
        reason=said(reason, "reason"),
        details={
            "left_as": dossier.exit,
            "from_track": dossier.track_id,
            "to_track": track,
        },
        decided_on=decided_on,
        now={
            "track_id": track,
            "exit": "",
            "exit_reasons": [],
            "exit_since": None,
            **NO_SOURCE_OF_EXIT,
            "next_contact": None,
        },
    )


# ── other decisions ───────────────────────────────────────────────────────────────────────────


@transaction.atomic
def move_trajectory(
    *,
    dossier: Dossier,
    by: Person,
    to: str,
    reason: str,
    track: str = "",
    stage: str = "",
    last_seen: int | None = None,
    decided_on: date | None = None,
) -> Decision:
    """The dossier goes on under another version of the approach.

    Parameters
    ----------
    track, stage : where it stands in that version, "" for where it stands now

    Raises
    ------
    NotInTrajectory   that version has no such track, stage or exit
    """
    dossier = locked(dossier)
    require(by, Deed.MOVE_TRAJECTORY, dossier)
    _seen(dossier, "", last_seen)
    if to == dossier.trajectory_id:
        raise NothingChanges
    track, stage = track or dossier.track_id, stage or dossier.stage
    version = trajectory(to)
    version.track(track).stage(stage)
    if dossier.exit:
        version.exit(dossier.exit)
    if track != dossier.track_id and not dossier.exit:
        _no_other_running(dossier.company, track, but=dossier)
    return _decide(
        dossier,
        by,
        role_of(by, dossier, Deed.MOVE_TRAJECTORY),
        kind="trajectory",
        outcome="done",
        to_stage=stage,
        reason=said(reason, "reason"),
        details={
            "from": dossier.trajectory_id,
            "to": to,
            "from_track": dossier.track_id,
            "to_track": track,
        },
        decided_on=decided_on,
        now={"trajectory_id": to, "track_id": track},
    )


@transaction.atomic
def change_level(*, dossier: Dossier, by: Person, level: int, reason: str) -> Decision:
    """Classify the dossier higher or lower; nobody classifies above the own clearance."""
    dossier = locked(dossier)
    require(by, Deed.CLASSIFY, dossier)
    to = Level(level)
    if to == dossier.level:
        raise NothingChanges
    if to > by.clearance:
        raise NotAllowed(
            Text(
                nl="U kunt niet hoger rubriceren dan u zelf mag inzien.",
                en="You cannot classify higher than you may read yourself.",
            ),
            remedy=ASK_THE_LEAD,
        )
    return _decide(
        dossier,
        by,
        role_of(by, dossier, Deed.CLASSIFY),
        kind="level",
        outcome="done",
        to_stage=dossier.stage,
        reason=said(reason, "reason"),
        details={"from": dossier.level, "to": to.value},
        now={"level": to.value},
    )


def may_open(person: Person) -> bool:
    """Whether `person` may open a dossier: an office that puts teams together."""
    return over_all(person, Deed.MANAGE_TEAM)


def require_opening(person: Person) -> None:
    """Raises NotAllowed where `may_open` says no."""
    if not may_open(person):
        raise NotAllowed(
            Text(
                nl="Alleen de programmaleiding opent een dossier.",
                en="Only the programme management opens a dossier.",
            ),
            remedy=Text(nl="vraag het de programmaleiding", en="ask the programme management"),
        )


@transaction.atomic
def open_dossier(
    *,
    company: Company,
    by: Person,
    lead: Person,
    track: str = "standard",
    version: str = "",
    level: int = Level.ZAAKVERTROUWELIJK.value,
    reason: str = "",
    opened_on: date | None = None,
) -> Decision:
    """Open a dossier for a firm, at the first stage of a track, with its case lead.

    Parameters
    ----------
    version : of the approach, "" for the latest

    Raises
    ------
    NotAllowed   `by` may not open dossiers, or the lead may not read this one
    """
    require_opening(by)
    if lead.clearance < level or not lead.is_active:
        raise NotAllowed(
            Text(
                nl=f"{lead.name} mag een dossier op dit niveau niet inzien.",
                en=f"{lead.name} may not read a dossier at this level.",
            ),
            remedy=Text(
                nl="kies een andere projectleider of een lager niveau",
                en="choose another case lead or a lower level",
            ),
        )
    approach = trajectory(version or trajectory_ids()[-1])
    first = approach.track(track).stages[0]
    Company.objects.select_for_update().get(pk=company.pk)
    _no_other_running(company, track)
    opened_on = not_in_future(opened_on, "opened_on")
    with changed_by(by, reason):
        dossier = Dossier.objects.create(
            company=company,
            trajectory_id=approach.id,
            track_id=track,
            stage=first.id,
            level=Level(level).value,
            opened_on=opened_on,
        )
        Membership.objects.create(
            dossier=dossier, person=lead, role="case_lead", since=timezone.localdate()
        )
    return _decide(
        dossier,
        by,
        by.office,
        kind="opening",
        outcome="done",
        from_stage="",
        to_stage=first.id,
        reason=reason.strip(),
        details={
            "trajectory": approach.id,
            "track": track,
            "level": dossier.level,
            "case_lead": str(lead.code),
        },
        decided_on=opened_on,
    )


# ── how a decision is recorded ────────────────────────────────────────────────────────────────


def _decide(
    dossier: Dossier,
    by: Person,
    role: str,
    *,
    to_stage: str,
    decided_on: date | None = None,
    now: Mapping[str, Any] | None = None,
    **rest: Any,
) -> Decision:
    """One more link of the chain; then the dossier stands as was decided (`now`)."""
    on = not_in_future(decided_on, "decided_on")
    if dossier.stage_since and on < dossier.stage_since:
        refuse([finding("decided_on", NOT_EARLIER, on.isoformat())])
    decision = Decision(
        dossier=dossier,
        decided_by=by,
        role=role,
        decided_on=on,
        to_stage=to_stage,
        **{"from_stage": dossier.stage, **rest},
    )
    with changed_by(by, decision.reason):
        chain.append(decision)
        new_track = (now or {}).get("track_id", dossier.track_id) != dossier.track_id
        for name, value in (now or {}).items():
            setattr(dossier, name, value)
        if to_stage != decision.from_stage or new_track:
            dossier.stage, dossier.stage_since = to_stage, on
            StageReached.objects.create(
                dossier=dossier,
                stage=to_stage,
                on=on.isoformat(),
                counts_from=on,
                decision=decision,
            )
        dossier.save()
    return decision


def last_decision(dossier: Dossier) -> Decision | None:
    """The last decision on this dossier; its number is what a form says that was seen."""
    return dossier.decisions.select_related("decided_by").order_by("-sequence").first()


def _seen(dossier: Dossier, stage: str, last_seen: int | None) -> None:
    """Raises DecidedMeanwhile where things are no longer as the decider saw them."""
    last = last_decision(dossier)
    number = last.sequence if last else 0
    if (stage and stage != dossier.stage) or (last_seen is not None and last_seen != number):
        raise DecidedMeanwhile(last)


def _no_other_running(company: Company, track: str, *, but: Dossier | None = None) -> None:
    others = Dossier.objects.filter(company=company, track_id=track, exit="")
    with lifted():  # also one that is hidden
        found = (others.exclude(pk=but.pk) if but else others).exists()
    if found:
        raise AlreadyRunning(company)


def _decided_elsewhere(gate: Gate) -> Text:
    role = ROLES[gate.decides].label
    return Text(
        nl=f"Over deze poort besluit: {role.nl}. De projectleider of de programmaleiding legt "
        "het besluit vast.",
        en=f"On this gate decides: {role.en}. The case lead or the programme management records "
        "the decision.",
    )
