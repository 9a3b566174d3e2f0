# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this dossier go through this gate, what lacks, and who can give it?

Takes     a gate of the trajectory and the evidence.
Gives     per criterion whether it is met, why, and on what that rests; frozen evidence with a hash.
Leaves    the decision itself: people take it, on what is frozen here, also when all is met.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from maatwerkbank.dossier.checks import CHECKS
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.evidence import Attached, Attestation, Evidence
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.ground.language import Text
from maatwerkbank.ground.receipt import digest


@dataclass(frozen=True)
class CriterionFound:
    """One criterion held against the evidence; `rests_on` are hashes and numbers of receipts."""

    criterion: Criterion
    met: bool
    overridden: bool
    because: Text
    rests_on: tuple[str, ...]

    @property
    def holds_up(self) -> bool:
        """Whether the gate stays shut because of this one."""
        return not self.met and not self.overridden


@dataclass(frozen=True)
class Judgement:
    """A gate held against the evidence: all criteria, in the order of the gate."""

    gate: Gate
    found: tuple[CriterionFound, ...]

    @property
    def lacking(self) -> tuple[CriterionFound, ...]:
        """What is neither met nor overridden."""
        return tuple(each for each in self.found if each.holds_up)

    @property
    def overridden(self) -> tuple[CriterionFound, ...]:
        """What is passed over with a reason. Listed for ever."""
        return tuple(each for each in self.found if each.overridden and not each.met)

    @property
    def passes(self) -> bool:
        """Whether nothing lacks."""
        return not self.lacking

    def who_can_give(self) -> Mapping[str, tuple[Criterion, ...]]:
        """Per role, in the order of `roles.ROLES`, what it could still give."""
        asked = {
            role: tuple(each.criterion for each in self.lacking if role in each.criterion.given_by)
            for role in ROLES
        }
        return {role: criteria for role, criteria in asked.items() if criteria}


@dataclass(frozen=True)
class FrozenEvidence:
    """What a decision rests on, as plain JSON values, and the SHA-256 of their one spelling."""

    content: dict[str, Any]
    sha256: str


def judge(gate: Gate, evidence: Evidence, *, overrides: Collection[str] = ()) -> Judgement:
    """The gate held against the evidence.

    Parameters
    ----------
    overrides : ids of criteria that two people have set aside with a reason
    """
    return Judgement(
        gate, tuple(_find(criterion, evidence, overrides) for criterion in gate.criteria)
    )


def freeze(judgement: Judgement, evidence: Evidence) -> FrozenEvidence:
    """The evidence and what was found in it, so that neither can change unseen."""
    gate = judgement.gate
    content = {
        "gate": {"id": gate.id, "from_stage": gate.from_stage, "to_stage": gate.to_stage},
        "passes": judgement.passes,
        "found": [_found_as_json(each) for each in judgement.found],
        "evidence": _plain(asdict(evidence)),
    }
    return FrozenEvidence(content, digest(content))


def _find(criterion: Criterion, evidence: Evidence, overrides: Collection[str]) -> CriterionFound:
    met, because, rests_on = _FIND[criterion.kind](criterion, evidence)
    return CriterionFound(criterion, met, criterion.id in overrides, because, rests_on)


Finding = tuple[bool, Text, tuple[str, ...]]


def _computed(criterion: Criterion, evidence: Evidence) -> Finding:
    result = CHECKS[criterion.check or ""](evidence)
    return result.met, result.because, result.rests_on


def _attested(criterion: Criterion, evidence: Evidence) -> Finding:
    about = [each for each in evidence.attestations if each.criterion == criterion.id]
    counting = [each for each in about if each.role in criterion.given_by]
    if counting:
        last = max(counting, key=lambda each: each.on)
        return True, _attested_by(last), (digest(_plain(asdict(last))),)
    if about:
        return False, _wrong_role(about[-1], criterion), ()
    return False, Text(nl="Nog door niemand verklaard.", en="Nobody has attested this yet."), ()


def _attested_by(attestation: Attestation) -> Text:
    role = ROLES[attestation.role].label
    on = attestation.on.isoformat()
    return Text(
        nl=f"Verklaard door {attestation.by} ({role.nl}) op {on}.",
        en=f"Attested by {attestation.by} ({role.en}) on {on}.",
    )


def _wrong_role(attestation: Attestation, criterion: Criterion) -> Text:
    allowed = [ROLES[role].label for role in criterion.given_by]
    return Text(
        nl=f"{attestation.by} verklaarde dit, maar alleen de volgende rollen kunnen dat: "
        f"{', '.join(label.nl for label in allowed)}.",
        en=f"{attestation.by} attested this, but only these roles can: "
        f"{', '.join(label.en for label in allowed)}.",
    )


def _attached(criterion: Criterion, evidence: Evidence) -> Finding:
    kind = DOCUMENT_KINDS[criterion.document_kind or ""]
    there = [each for each in evidence.attached if each.kind == kind.id]
    needed = len(kind.signed_by) if criterion.signed else 0
    counting = [each for each in there if len(set(each.signed_by)) >= needed]
    if counting:
        last = max(counting, key=lambda each: each.version)
        return True, _lies_here(last), (last.sha256,)
    if there:
        last = max(there, key=lambda each: each.version)
        return False, _unsigned(last, needed), ()
    return (
        False,
        Text(
            nl=f"Er is nog geen document van de soort '{kind.label.nl}'.",
            en=f"There is no document of the kind '{kind.label.en}' yet.",
        ),
        (),
    )


def _lies_here(attached: Attached) -> Text:
    signed = ", ".join(attached.signed_by)
    return Text(
        nl=f"{attached.document}, versie {attached.version}"
        + (f", getekend door {signed}." if signed else "."),
        en=f"{attached.document}, version {attached.version}"
        + (f", signed by {signed}." if signed else "."),
    )


def _unsigned(attached: Attached, needed: int) -> Text:
    there = len(set(attached.signed_by))
    return Text(
        nl=f"{attached.document}, versie {attached.version}, heeft {there} van ten minste "
        f"{needed} handtekeningen.",
        en=f"{attached.document}, version {attached.version}, has {there} of at least "
        f"{needed} signatures.",
    )


_FIND = {"computed": _computed, "attested": _attested, "attached": _attached}


def _found_as_json(found: CriterionFound) -> dict[str, Any]:
    criterion = found.criterion
    return {
        "criterion": criterion.id,
        "kind": criterion.kind,
        "label": {"nl": criterion.label.nl, "en": criterion.label.en},
        "source": criterion.source,
        "met": found.met,
        "overridden": found.overridden,
        "because": {"nl": found.because.nl, "en": found.because.en},
        "rests_on": list(found.rests_on),
    }


def _plain(value: Any) -> Any:
    """Values as JSON knows them: dates as text, tuples as lists, keys as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
