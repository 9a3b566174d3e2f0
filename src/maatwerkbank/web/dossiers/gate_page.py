# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a gate shows: criteria with what was found, and the forms one may use on them.

Takes     who stands before which gate, and a form or a refusal that comes back.
Gives     the context of the page.
Leaves    what may be read to `reader.py`, what may be done to the services.

Who gives something to a gate without seeing gates (a firm) sees only what is asked of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.web.dossiers import decisions
from maatwerkbank.web.dossiers.conflicts import GateElsewhere, GateLacks
from maatwerkbank.web.dossiers.decision_forms import (
    AnswerForm,
    GateForm,
    OverrideForm,
    StatementForm,
    WithdrawalForm,
)
from maatwerkbank.web.dossiers.gates import GateFound, gate_of, people_by_role
from maatwerkbank.web.dossiers.models import Attestation, Decision, Dossier, Override
from maatwerkbank.web.dossiers.reader import BY_DEED, ON_RUN, Link, Reader
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Refusal, Unfit
from maatwerkbank.web.templatetags.words import day, role, say

ICONS = {"computed": "scale", "attested": "person", "attached": "document"}


@dataclass(frozen=True)
class Visit:
    """Who stands before which gate of which dossier, and what that person may do there."""

    person: Person
    dossier: Dossier
    gate: Gate
    deeds: frozenset[Deed]
    roles: frozenset[str]

    @property
    def sees_all(self) -> bool:
        """Whether the whole gate is seen, or only what is asked of this person."""
        return Deed.SEE_GATES in self.deeds

    @property
    def href(self) -> str:
        """The address of this gate."""
        return reverse("dossiers:gate", args=[self.dossier.code, self.gate.id])

    def asked(self, criterion: Criterion) -> bool:
        """Whether the criterion is asked of a role of this person."""
        return bool(self.roles & set(criterion.given_by))


@dataclass(frozen=True)
class StatementShown:
    """A statement as the page shows it."""

    row: Attestation
    withdrawal: Form | None


@dataclass(frozen=True)
class CriterionShown:
    """A criterion as the page shows it, with the forms that this person may use."""

    criterion: Criterion
    state: str
    because: str
    hidden: bool
    links: list[Link]
    icon: str
    since: date | None = None
    givers: list[dict[str, Any]] = field(default_factory=list)
    statements: list[StatementShown] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    waiting: Override | None = None
    attest: Form | None = None
    ask: Form | None = None
    answer: Form | None = None
    attach: str = ""
    run: str = ""


def shown(
    visit: Visit, *, bound: Form | None = None, refusal: Refusal | None = None
) -> dict[str, Any]:
    """Everything that the page and its section need."""
    try:
        found: GateFound | None = gate_of(visit.dossier, visit.gate.id)
        elsewhere = None
    except GateElsewhere as error:
        found, elsewhere = None, error
    forms: dict[str, Form] = {bound.prefix: bound} if bound and bound.prefix else {}
    decide = _decide_form(visit, found, forms)
    kept = _kept(forms.get("decide")) if decide is None else []
    decided = _decided(visit)
    return {
        "visit": visit,
        "dossier": visit.dossier,
        "deeds": visit.deeds,
        "gate": visit.gate,
        "kicker": visit.dossier.company.name,
        "statuses": _statuses(visit, found),
        "facts": _facts(visit, found),
        "elsewhere": elsewhere,
        "refusal": _told(refusal),
        "findings": refusal.findings if isinstance(refusal, Unfit) else (),
        "lacks": _lacks(refusal),
        "criteria": _criteria(visit, found, forms),
        "decide": decide,
        "kept": kept,
        "open": bound.prefix if bound else "",
        "decides": say(ROLES[visit.gate.decides].label),
        "decided": decided,
        "show_decision": visit.sees_all and bool(decide or kept or decided or not elsewhere),
    }


def _statuses(visit: Visit, found: GateFound | None) -> list[dict[str, str]]:
    if found is None or not visit.sees_all:
        return []
    if found.judgement.passes:
        return [{"tone": "positive", "label": _("nothing lacks")}]
    counted = {"lacking": len(found.judgement.lacking), "all": len(found.judgement.found)}
    return [{"tone": "warning", "label": _("%(lacking)s of %(all)s lack") % counted}]


def _facts(visit: Visit, found: GateFound | None) -> list[dict[str, Any]]:
    track = visit.dossier.trajectory.track(visit.dossier.track_id)
    facts: list[dict[str, Any]] = []
    if visit.sees_all:
        before, after = (
            say(track.stage(each).label) for each in (visit.gate.from_stage, visit.gate.to_stage)
        )
        facts += [
            {"label": _("From"), "value": before},
            {"label": _("To"), "value": after},
            {"label": _("Decides"), "value": say(ROLES[visit.gate.decides].label)},
        ]
    if found is not None:
        facts.append({"label": _("Waits since"), "value": day(found.since)})
    return facts


def _told(refusal: Refusal | None) -> Refusal | dict[str, str] | None:
    """The refusal; where something lacks in few words, since a list of what lacks follows."""
    if not isinstance(refusal, GateLacks):
        return refusal
    return {
        "what": _("The gate does not open yet. What lacks:"),
        "remedy": say(refusal.remedy_text),
        "code": refusal.code,
    }


def _lacks(refusal: Refusal | None) -> list[dict[str, str]]:
    """What lacks, each with who can give it, for the refusal of a decision."""
    if not isinstance(refusal, GateLacks):
        return []
    return [
        {
            "label": say(each.criterion.label),
            "who": ", ".join(role(giver) for giver in each.criterion.given_by),
        }
        for each in refusal.lacking
    ]


def _criteria(
    visit: Visit, found: GateFound | None, bound: Mapping[str, Form]
) -> list[CriterionShown]:
    if found is None:
        return [
            CriterionShown(each, "unknown", "", hidden=False, links=[], icon=ICONS[each.kind])
            for each in visit.gate.criteria
            if visit.sees_all or visit.asked(each)
        ]
    reader = Reader.of(visit.person, visit.dossier)
    people = people_by_role(visit.dossier) if Deed.SEE_TEAM in visit.deeds else {}
    return [
        _one(visit, found, number, reader, people, bound)
        for number, each in enumerate(visit.gate.criteria)
        if visit.sees_all or visit.asked(each)
    ]


def _one(
    visit: Visit,
    found: GateFound,
    number: int,
    reader: Reader,
    people: Mapping[str, list[Person]],
    bound: Mapping[str, Form],
) -> CriterionShown:
    """One criterion with what was found, and the forms that this person may use on it."""
    here = found.judgement.found[number]
    criterion = here.criterion
    stated = [each for each in found.attestations if each.criterion == criterion.id]
    readable = reader.reads(
        criterion,
        attached=[(each.kind, each.sha256) for each in found.evidence.attached],
        stated_by=[each.by.name for each in stated],
        run=found.evidence.run.receipt if found.evidence.run else None,
    )
    asked = visit.asked(criterion)
    waiting = found.open_override.get(criterion.id)
    may_override = Deed.OVERRIDE in visit.deeds
    return CriterionShown(
        criterion=criterion,
        state="met" if here.met else "set_aside" if here.overridden else "lacks",
        because=say(here.because) if readable else "",
        hidden=not readable,
        links=[*reader.links(here.rests_on), *_elsewhere(visit, criterion)] if readable else [],
        icon=ICONS[criterion.kind],
        since=found.waiting_since(criterion) if here.holds_up else None,
        givers=[{"role": each, "people": people.get(each, [])} for each in criterion.given_by],
        statements=[
            StatementShown(each, _withdrawal(visit, each, bound)) for each in stated if readable
        ],
        overrides=[
            each
            for each in found.overrides
            if each.criterion == criterion.id and each.answer and visit.sees_all
        ],
        waiting=waiting if visit.sees_all else None,
        attest=_attest_form(visit, criterion, bound)
        if here.holds_up and criterion.kind == "attested" and asked
        else None,
        ask=_form(OverrideForm, f"override-{criterion.id}", bound)
        if here.holds_up and may_override and not waiting
        else None,
        answer=_form(AnswerForm, f"answer-{criterion.id}", bound)
        if waiting and may_override and waiting.asked_by_id != visit.person.pk
        else None,
        attach=_attach(visit, criterion) if here.holds_up and asked else "",
        run=_pin(visit, criterion) if here.holds_up else "",
    )


def _form(kind: type[Form], prefix: str, bound: Mapping[str, Form], **more: Any) -> Form:
    return bound.get(prefix) or kind(prefix=prefix, **more)


def _attach(visit: Visit, criterion: Criterion) -> str:
    """Where the paper that lacks is handed in."""
    if criterion.document_kind == "case_file" and Deed.HAND_IN_CASE in visit.deeds:
        return reverse("runs:hand-in", args=[visit.dossier.code])
    if criterion.document_kind and Deed.ATTACH in visit.deeds:
        href = reverse("documents:add", args=[visit.dossier.code])
        return f"{href}?kind={criterion.document_kind}"
    return ""


def _pin(visit: Visit, criterion: Criterion) -> str:
    """Where a run is chosen for the gate, if that is what the criterion reads."""
    if criterion.check not in ON_RUN or Deed.PIN not in visit.deeds:
        return ""
    return reverse("runs:dossier", args=[visit.dossier.code])


def _elsewhere(visit: Visit, criterion: Criterion) -> list[Link]:
    """The page on which what a criterion reads is kept, where that is not a paper or a run."""
    kept = {
        Deed.SEE_ADVICE: (_("advices and reviews"), "advice:dossier"),
        Deed.SEE_RISKS: (_("risk register"), "promises:risks"),
    }
    deed = BY_DEED.get(criterion.check or "")
    if deed not in kept:
        return []
    label, address = kept[deed]
    return [Link(label, reverse(address, args=[visit.dossier.code]))]


def _attest_form(visit: Visit, criterion: Criterion, bound: Mapping[str, Form]) -> Form | None:
    if Deed.ATTEST not in visit.deeds:
        return None
    roles = [each for each in criterion.given_by if each in visit.roles]
    return _form(StatementForm, f"attest-{criterion.id}", bound, roles=roles)


def _withdrawal(visit: Visit, stated: Attestation, bound: Mapping[str, Form]) -> Form | None:
    own = stated.by_id == visit.person.pk or Deed.DECIDE in visit.deeds
    if not own or Deed.ATTEST not in visit.deeds:
        return None
    return _form(WithdrawalForm, f"withdraw-{stated.pk}", bound)


def _decide_form(visit: Visit, found: GateFound | None, bound: Mapping[str, Form]) -> Form | None:
    """The form to decide, for who may; after a refusal with the words that were given.

    After a refusal it carries what is true now: who read that decides on purpose.
    """
    if found is None or decisions.deciding_role(visit.person, visit.dossier, visit.gate) is None:
        return None
    last = decisions.last_decision(visit.dossier)
    seen = {"expected_stage": visit.dossier.stage, "last_seen": last.sequence if last else 0}
    form = bound.get("decide")
    if form is None:
        return GateForm(prefix="decide", initial={"decided_on": timezone.localdate(), **seen})
    if form.is_valid():
        return GateForm(prefix="decide", initial={**form.cleaned_data, **seen})
    return form


def _kept(form: Form | None) -> list[tuple[str, str]]:
    """The words of a decision that was not recorded, where there is no form any more."""
    if form is None or not form.is_valid():
        return []
    return [
        (str(form[name].label), form.cleaned_data[name])
        for name in ("reason", "conditions", "dissent")
        if form.cleaned_data[name]
    ]


def _decided(visit: Visit) -> list[Decision]:
    """What was decided at this gate before, the last first."""
    if Deed.SEE_DECISIONS not in visit.deeds:
        return []
    rows = visit.dossier.decisions.filter(kind="gate", gate=visit.gate.id)
    return list(rows.select_related("decided_by").order_by("-sequence"))
