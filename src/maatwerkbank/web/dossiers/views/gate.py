# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a gate: its question, what is met and what lacks, who can give it; and the deeds.

Takes     the code of a dossier, a gate of its track, and who asks.
Gives     one section that every deed on it shows anew, with the words of a refusal in it.
Leaves    what is shown to `gate_page.py`, what may be done to the services.
"""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from maatwerkbank.dossier.trajectory import Criterion
from maatwerkbank.ground.errors import NotInTrajectory
from maatwerkbank.web.dossiers import decisions, statements
from maatwerkbank.web.dossiers.decision_forms import (
    AnswerForm,
    GateForm,
    OverrideForm,
    StatementForm,
    WithdrawalForm,
)
from maatwerkbank.web.dossiers.gate_page import Visit, shown
from maatwerkbank.web.dossiers.models import Attestation, Decision, Override
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Refusal
from maatwerkbank.web.templatetags.words import say


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
    context = {
        "here": "portfolio",
        "trail": trail(visit.dossier, say(visit.gate.label)),
        "told": told,
        **shown(visit, bound=bound, refusal=refusal),
    }
    part = "_gate" if _by_htmx(request) else "gate"
    return render(request, f"dossiers/{part}.html", context, status=status)
