# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a gate: its question, what is met and what lacks, who can give it; and the deeds.

Takes     the code of a dossier, a gate of its track, and who asks.
Gives     one section that every deed on it shows anew, with the words of a refusal in it.
Leaves    what may be done to the services, what may be read to `reader.py`.

Who gives something to a gate without seeing gates (a firm) sees only what is asked of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.web.dossiers import decisions, statements
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
from maatwerkbank.web.dossiers.reader import ON_AMBITIONS, PUBLIC_CHECK, Link, Reader
from maatwerkbank.web.dossiers.views.dossier import address, trail
from maatwerkbank.web.people import access
from maatwerkbank.web.people.access import Deed
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import Refusal, Unfit
from maatwerkbank.web.templatetags.words import day, role, say

KINDS = {"computed": "scale", "attested": "person", "attached": "document"}


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


# ── the page and its deeds ────────────────────────────────────────────────────────────────────


@require_GET
def gate(request: HttpRequest, code: UUID, gate: str) -> HttpResponse:
    """The gate, as far as this person sees it."""
    return _shown(request, _visit(request, code, gate))


@require_POST
def attest(request: HttpRequest, code: UUID, gate: str) -> HttpResponse:
    """State that a criterion is met."""
    visit = _visit(request, code, gate)
    criterion = _criterion(visit, request)
    roles = [each for each in criterion.given_by if each in visit.roles]
    form = StatementForm(request.POST, roles=roles, prefix=f"attest-{criterion.id}")
    return _done(
        request,
        visit,
        form,
        lambda given: statements.attest(
            dossier=visit.dossier,
            gate=gate,
            criterion=criterion.id,
            by=visit.person,
            statement=given["statement"],
            role=given.get("role", ""),
        ),
        _("Your statement is recorded."),
    )


@require_POST
def withdraw(request: HttpRequest, code: UUID, gate: str) -> HttpResponse:
    """Take a statement back."""
    visit = _visit(request, code, gate)
    attestation = Attestation.objects.filter(
        dossier=visit.dossier, gate=gate, pk=_number(request.POST.get("attestation", ""))
    ).first()
    if attestation is None:
        raise Http404
    form = WithdrawalForm(request.POST, prefix=f"withdraw-{attestation.pk}")
    return _done(
        request,
        visit,
        form,
        lambda given: statements.withdraw_attestation(
            attestation=attestation, by=visit.person, statement=given["statement"]
        ),
        _("The statement was taken back. Both stay on record."),
    )


@require_POST
def ask_override(request: HttpRequest, code: UUID, gate: str) -> HttpResponse:
    """Ask to set a criterion aside."""
    visit = _visit(request, code, gate)
    criterion = _criterion(visit, request)
    form = OverrideForm(request.POST, prefix=f"override-{criterion.id}")
    return _done(
        request,
        visit,
        form,
        lambda given: statements.ask_override(
            dossier=visit.dossier,
            gate=gate,
            criterion=criterion.id,
            by=visit.person,
            reason=given["reason"],
        ),
        _("The override was asked for. A second person answers it."),
    )


@require_POST
def answer_override(request: HttpRequest, code: UUID, override: UUID) -> HttpResponse:
    """Answer an override as the second person."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code, Deed.SEE_GATES)
    asked = Override.objects.filter(dossier=dossier, code=override).first()
    if asked is None:
        raise Http404
    visit = _visit(request, code, asked.gate)
    form = AnswerForm(request.POST, prefix=f"answer-{asked.criterion}")
    return _done(
        request,
        visit,
        form,
        lambda given: statements.answer_override(
            override=asked, by=person, answer=given["answer"], reason=given["reason"]
        ),
        _("Your answer is recorded."),
    )


@require_POST
def decide(request: HttpRequest, code: UUID, gate: str) -> HttpResponse:
    """Let the dossier through, or not."""
    visit = _visit(request, code, gate)
    form = GateForm(request.POST, prefix="decide")
    return _done(
        request,
        visit,
        form,
        lambda given: decisions.decide_gate(
            dossier=visit.dossier, gate=gate, by=visit.person, **given
        ),
        _("The decision is recorded, and the evidence is frozen."),
    )


# ── how a deed ends ───────────────────────────────────────────────────────────────────────────


def _done(
    request: HttpRequest,
    visit: Visit,
    form: Form,
    deed: Callable[[dict[str, Any]], object],
    told: str,
) -> HttpResponse:
    """Do it and show the gate anew; where it is refused, with the reason and the words given."""
    if not form.is_valid():
        return _shown(request, visit, bound=form, status=422)
    try:
        made = deed(form.cleaned_data)
    except Refusal as refusal:
        again = _visit(request, visit.dossier.code, visit.gate.id)
        return _shown(request, again, bound=form, refusal=refusal, status=refusal.status)
    if isinstance(made, Decision):
        messages.success(request, told)
        href = reverse("dossiers:decision", args=[visit.dossier.code, made.code])
        return HttpResponseClientRedirect(href) if _by_htmx(request) else redirect(href)
    if _by_htmx(request):
        return _shown(request, visit, told=told)
    messages.success(request, told)
    return redirect(visit.href)


def _visit(request: HttpRequest, code: UUID, gate_id: str) -> Visit:
    """Raises Http404 where there is no such gate, NotAllowed where nothing of it may be seen."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code)
    deeds = access.deeds_in(person, dossier)
    try:
        gate = dossier.trajectory.track(dossier.track_id).gate(gate_id)
    except NotInTrajectory:
        raise Http404 from None
    visit = Visit(person, dossier, gate, deeds, access.roles_in(person, dossier))
    gives = Deed.ATTEST in deeds and any(visit.asked(each) for each in gate.criteria)
    if not visit.sees_all and not gives:
        access.require(person, Deed.SEE_GATES, dossier)
    return visit


def _criterion(visit: Visit, request: HttpRequest) -> Criterion:
    try:
        criterion = visit.gate.criterion(request.POST.get("criterion", ""))
    except NotInTrajectory:
        raise Http404 from None
    if not visit.sees_all and not visit.asked(criterion):
        raise Http404
    return criterion


def _by_htmx(request: HttpRequest) -> bool:
    """Whether only the section is asked for."""
    return "HX-Request" in request.headers


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


# ── what is shown ─────────────────────────────────────────────────────────────────────────────


def _shown(
    request: HttpRequest,
    visit: Visit,
    *,
    bound: Form | None = None,
    refusal: Refusal | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx its section."""
    try:
        found: GateFound | None = gate_of(visit.dossier, visit.gate.id)
        elsewhere = None
    except GateElsewhere as error:
        found, elsewhere = None, error
    forms: dict[str, Form] = {bound.prefix: bound} if bound and bound.prefix else {}
    decide = _decide_form(visit, found, forms)
    context = {
        "here": "portfolio",
        "visit": visit,
        "dossier": visit.dossier,
        "deeds": visit.deeds,
        "gate": visit.gate,
        "trail": trail(visit.dossier, say(visit.gate.label)),
        "kicker": visit.dossier.company.name,
        "statuses": _statuses(visit, found),
        "facts": _facts(visit, found),
        "elsewhere": elsewhere,
        "refusal": refusal,
        "findings": refusal.findings if isinstance(refusal, Unfit) else (),
        "lacks": _lacks(refusal),
        "told": told,
        "criteria": _criteria(visit, found, forms),
        "decide": decide,
        "kept": _kept(forms.get("decide")) if decide is None else [],
        "open": bound.prefix if bound else "",
        "decides": say(ROLES[visit.gate.decides].label),
        "decided": _decided(visit),
    }
    part = "_gate" if _by_htmx(request) else "gate"
    return render(request, f"dossiers/{part}.html", context, status=status)


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
            CriterionShown(each, "unknown", "", hidden=False, links=[], icon=KINDS[each.kind])
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
        links=reader.links(here.rests_on) if readable else [],
        icon=KINDS[criterion.kind],
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
        return address("runs:hand-in", visit.dossier.code)
    if criterion.document_kind and Deed.ATTACH in visit.deeds:
        href = address("documents:add", visit.dossier.code)
        return f"{href}?kind={criterion.document_kind}" if href else ""
    return ""


def _pin(visit: Visit, criterion: Criterion) -> str:
    """Where a run is chosen for the gate, if that is what the criterion reads."""
    on_run = criterion.check and criterion.check not in {PUBLIC_CHECK, *ON_AMBITIONS}
    return address("runs:dossier", visit.dossier.code) if on_run and Deed.PIN in visit.deeds else ""


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
