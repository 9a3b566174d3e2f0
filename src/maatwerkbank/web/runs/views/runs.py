# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs of a dossier: the list, one run with its figures and its report, what one does with it.

Takes     the code of a dossier or of a run, and who asks.
Gives     its pages and downloads.
Leaves    every deed to `services`, computing to a worker.
"""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.receipt import code_sha256
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.runs import figures, jobs, services
from maatwerkbank.web.runs.forms import PinForm, RunForm, case_name
from maatwerkbank.web.runs.models import PinnedRun, Run, RunReport
from maatwerkbank.web.runs.views.handing_in import case_columns, case_rows
from maatwerkbank.web.runs.views.trails import dossier_trail, run_trail
from maatwerkbank.web.templatetags.words import day, level, page_language, say

TONES = {
    "waiting": "neutral",
    "running": "info",
    "done": "positive",
    "failed": "negative",
    "cancelled": "neutral",
}
IN_LIST = ("npv_eur", "additional_2030_t", "gross_2030_t")


def state_word(state: str) -> str:
    """The state of a run in the language of the page."""
    return {
        "waiting": _("waiting"),
        "running": _("running"),
        "done": _("done"),
        "failed": _("failed"),
        "cancelled": _("cancelled"),
    }[state]


# ── the list, and a new run ───────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
def dossier_runs(request: PageRequest, code: UUID) -> HttpResponse:
    """Case files and runs of a dossier; and a form to start a run."""
    person = request.user
    dossier = access.dossier_for(person, code, Deed.SEE_RUNS)
    deeds = access.deeds_in(person, dossier)
    versions = access.case_versions_of(person, dossier).select_related("handed_in_by")
    form = None
    status = 200
    if Deed.RUN in deeds:
        ready = versions.filter(state="handed_in").defer("text")
        first = ready.first()
        asked = request.GET.get("casus") or (first.code if first else None)
        initial = {"case_version": asked, "outlook": "hold"}
        form = RunForm(request.POST or None, case_versions=ready, initial=initial)
    if request.method == "POST":
        access.require(person, Deed.RUN, dossier)
        if form is not None and form.is_valid():
            run = services.start_run(by=person, **form.cleaned_data)
            return redirect("runs:run", run.code)
        status = 422
    runs = (
        access.runs_of(person, dossier)
        .select_related("case_version", "asked_by")
        .defer("result", "case_version__text", "case_version__document")
    )
    pins = (
        PinnedRun.objects.filter(dossier=dossier, run__in=access.runs_of(person, dossier))
        .select_related("run", "by", "dossier")
        .order_by("gate")
    )
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": deeds,
        "trail": dossier_trail(person, dossier),
        "case_columns": case_columns(),
        "case_rows": case_rows(versions.defer("text", "document")),
        "runs": [_row(run) for run in runs],
        "form": form,
        "pinned": _pins(list(pins)),
    }
    return render(request, "runs/dossier_runs.html", context, status=status)


def _row(run: Run) -> dict[str, Any]:
    language = page_language()
    return {
        "run": run,
        "law": figures.law_of(run, language),
        "state": {"label": state_word(run.state), "tone": TONES[run.state]},
        "figures": [
            {
                "value": figures.shown(run, key, language),
                "href": figures.origin_address(run, key),
                "note": figures.range_shown(run, key, language),
            }
            if run.state == "done"
            else None
            for key in IN_LIST
        ],
    }


def _pins(pins: list[PinnedRun]) -> list[dict[str, Any]]:
    """The run that counts for each gate: the last pin."""
    last = {pin.gate: pin for pin in sorted(pins, key=lambda pin: pin.at)}
    return [
        {
            "label": _gate_label(pin),
            "value": f"{figures.law_of(pin.run, page_language())} ({pin.run.receipt_number})",
            "href": reverse("runs:run", args=[pin.run.code]),
            "note": f"{pin.reason} ({pin.by.name}, {day(pin.at)})",
        }
        for pin in last.values()
    ]


def _gate_label(pin: PinnedRun) -> str:
    track = pin.dossier.trajectory.track(pin.dossier.track_id)
    labels = {gate.id: say(gate.label) for gate in track.gates}
    return labels.get(pin.gate, pin.gate)


# ── one run ───────────────────────────────────────────────────────────────────────────────────


@require_GET
def run(request: PageRequest, code: UUID) -> HttpResponse:
    """One run: how far it is, what came out, what it rests on."""
    found = access.run_for(request.user, code)
    _note(request.user, found)
    return _shown(request, found)


def _shown(
    request: PageRequest, found: Run, *, pin: PinForm | None = None, status: int = 200
) -> HttpResponse:
    language = page_language()
    deeds = access.deeds_in(request.user, found.dossier)
    done = found.state == "done"
    context = {
        **_frame(request.user, found),
        "deeds": deeds,
        "progress": progress_of(found, may_cancel=Deed.RUN in deeds),
        "error": figures.error_in(found, language) if found.state == "failed" else None,
        "tiles": figures.tiles(found, language) if done else [],
        "lacking": figures.lacking(found, language) if done else [],
        "not_official": (found.result or {}).get("not_official", []),
        "chances": figures.chances(found, language) if done else [],
        "all_columns": [
            {"label": _("Figure")},
            {"label": _("Value"), "numeric": True},
            {"label": _("Range"), "numeric": True},
        ],
        "all_rows": figures.all_figures(found, language) if done else [],
        "chance_columns": [
            {"label": _("What may happen")},
            {"label": _("Chance"), "numeric": True},
        ],
        "receipt": figures.receipt_facts(found.receipt, language) if found.receipt else [],
        "repeats": _repeats(request.user, found) if done else [],
        "pin": pin or (PinForm(dossier=found.dossier) if done and Deed.PIN in deeds else None),
        "pinned": _pins(list(found.pins.select_related("run", "by", "dossier")))
        if Deed.SEE_GATES in deeds
        else [],
        "tabs": _tabs(found, "run"),
    }
    return render(request, "runs/run.html", context, status=status)


def _frame(person: Person, found: Run, *pages: str) -> dict[str, Any]:
    """What every page of a run has: the way to it, its name, its facts."""
    language = page_language()
    return {
        "here": "portfolio",
        "run": found,
        "dossier": found.dossier,
        "trail": run_trail(person, found, *pages),
        "law": figures.law_of(found, language),
        "case_name": case_name(found.case_version),
        "statuses": _statuses(found),
        "facts": _facts(person, found),
    }


def _statuses(found: Run) -> list[dict[str, str]]:
    statuses = [
        {"label": state_word(found.state), "tone": TONES[found.state], "icon": ""},
        {"label": level(found.level), "tone": "neutral", "icon": "lock"},
    ]
    if found.official:
        statuses.append({"label": _("for official use"), "tone": "info", "icon": "check"})
    if found.dossier.public_reconstruction:
        label = _("public reconstruction")
        statuses.append({"label": label, "tone": "neutral", "icon": "document"})
    return statuses


def _facts(person: Person, found: Run) -> list[dict[str, Any]]:
    language = page_language()
    version = found.case_version
    readable = access.case_versions_of(person).filter(pk=version.pk).exists()
    drawn = _("%(n)s, seed %(seed)s") % {"n": found.draws, "seed": found.seed}
    facts: list[dict[str, Any]] = [
        {
            "label": _("Case file"),
            "value": f"{version.number}. {version.file_name or case_name(version)}",
            "href": reverse("runs:case-version", args=[version.code]) if readable else "",
        },
        {"label": _("Law known on"), "value": day(found.known_on)},
        {"label": _("Outlook"), "value": figures.outlook_of(found, language)},
        {"label": _("Draws"), "value": drawn if found.draws else _("none")},
        {"label": _("Asked by"), "value": found.asked_by.name, "note": day(found.asked_at)},
    ]
    if found.receipt_number:
        facts.append({"label": _("Receipt"), "value": found.receipt_number})
    return facts


def _tabs(found: Run, here: str) -> list[dict[str, Any]]:
    if found.state != "done":
        return []
    return [
        {
            "label": label,
            "href": reverse(f"runs:{name}", args=[found.code]),
            "here": name == here,
        }
        for name, label in (("run", _("Figures")), ("report", _("Report")))
    ]


def _repeats(person: Person, found: Run) -> list[dict[str, Any]]:
    """Other runs that asked the same, and whether their bytes are the same."""
    same = (
        access.runs_of(person, found.dossier)
        .filter(
            case_version=found.case_version,
            variant=found.variant,
            outlook=found.outlook,
            known_on=found.known_on,
            draws=found.draws,
            seed=found.seed,
            state="done",
        )
        .exclude(pk=found.pk)
        .only("code", "receipt_number", "result_sha256", "ended_at")
    )
    return [
        {
            "run": other,
            "same_receipt": other.receipt_number == found.receipt_number,
            "same_bytes": other.result_sha256 == found.result_sha256,
        }
        for other in same
    ]


# ── progress ──────────────────────────────────────────────────────────────────────────────────


def progress_of(found: Run, *, may_cancel: bool) -> dict[str, Any]:
    """What the progress component needs."""
    going = found.state in ("waiting", "running")
    step = figures.STEPS.get(found.progress_text, "")
    text = _(step) if step else ""
    if found.state == "running" and found.attempts > 1:
        text = _("%(text)s (attempt %(n)s)") % {"text": text, "n": found.attempts}
    if found.cancel_asked and going:
        text = _("Stopping at the next step")
    if found.state == "waiting":
        text = _("Waits for a worker")
    return {
        "name": "progress",
        "label": _("Computing"),
        "state": found.state,
        "text": text,
        "percent": 100 * found.progress if found.state == "running" else None,
        "poll": reverse("runs:progress", args=[found.code]) if going else "",
        "cancel": reverse("runs:cancel", args=[found.code])
        if going and may_cancel and not found.cancel_asked
        else "",
    }


@require_GET
def progress(request: PageRequest, code: UUID) -> HttpResponse:
    """How far a run is, as a part of its page; when it ends the whole page is asked for."""
    found = access.run_for(request.user, code)
    may_cancel = bool(access.allowed(request.user, Deed.RUN, found.dossier))
    if not request.htmx:
        return redirect("runs:run", found.code)
    shown = progress_of(found, may_cancel=may_cancel)
    answer = render(request, "components/progress.html", shown)
    if not shown["poll"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: PageRequest, code: UUID) -> HttpResponse:
    """Stop a run."""
    found = access.run_for(request.user, code)
    found = services.cancel_run(run=found, by=request.user)
    if request.htmx:
        return render(request, "components/progress.html", progress_of(found, may_cancel=True))
    return redirect("runs:run", found.code)


# ── deeds ─────────────────────────────────────────────────────────────────────────────────────


@require_POST
def repeat(request: PageRequest, code: UUID) -> HttpResponse:
    """Ask the same again."""
    again = services.repeat_run(run=access.run_for(request.user, code), by=request.user)
    return redirect("runs:run", again.code)


@require_POST
def pin(request: PageRequest, code: UUID) -> HttpResponse:
    """Name this run as the one on which a gate is judged."""
    found = access.run_for(request.user, code)
    access.require(request.user, Deed.PIN, found.dossier)
    form = PinForm(request.POST, dossier=found.dossier)
    if not form.is_valid():
        return _shown(request, found, pin=form, status=422)
    services.pin_run(run=found, by=request.user, **form.cleaned_data)
    return redirect("runs:run", found.code)


# ── report and downloads ──────────────────────────────────────────────────────────────────────


@require_GET
def report(request: PageRequest, code: UUID) -> HttpResponse:
    """The report of a run, inside our page."""
    found = _done(request.user, code)
    _note(request.user, found)
    kept = found.reports.filter(language=page_language()).only("sections").first()
    sections = mark_safe(kept.sections) if kept else ""  # noqa: S308  (made by letter, escaped)
    context = {
        **_frame(request.user, found, _("Report")),
        "sections": sections,
        "tabs": _tabs(found, "report"),
        "making": not kept and jobs.report_is_queued(found),
        "of_this_program": (found.receipt or {}).get("code_sha256") == code_sha256(),
    }
    return render(request, "runs/report.html", context)


@require_POST
def make_report(request: PageRequest, code: UUID) -> HttpResponse:
    """Ask for the report, where it was not made."""
    found = _done(request.user, code)
    jobs.defer_report(found)
    return redirect("runs:report", found.code)


TYPES = {
    "json": "application/json; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
}


@require_GET
def download(request: PageRequest, code: UUID, kind: str) -> HttpResponse:
    """The result or the report of a run as a file; its name tells how confidential it is."""
    found = _done(request.user, code)
    if kind not in TYPES:
        raise Http404
    body = _json(found) if kind == "json" else _report_file(found, kind)
    _note(request.user, found, kind)
    name = "-".join(
        (found.dossier.company.slug, found.receipt_number, Level(found.level).name.lower())
    )
    return HttpResponse(
        body,
        content_type=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'},
    )


def _json(found: Run) -> bytes:
    """The result; keys in alphabetical order, as the database keeps none."""
    told = json.dumps(found.result, indent=2, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return f"{told}\n".encode()


def _report_file(found: Run, kind: str) -> bytes:
    kept: RunReport | None = found.reports.filter(language=page_language()).first()
    if kept is None:
        raise Http404
    return kept.page.encode() if kind == "html" else bytes(kept.pdf)


def _done(person: Person, code: UUID) -> Run:
    found = access.run_for(person, code)
    if found.state != "done":
        raise Http404
    return found


def _note(person: Person, found: Run, kind: str = "") -> None:
    title = f"{found.receipt_number or found.state} {kind}".strip()
    access.note_look(
        person,
        dossier=found.dossier,
        kind="run",
        thing=found.code,
        title=title,
        level=found.level,
    )
