# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs side by side: figures with their difference, what was asked, what was put in, which law."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.names import parameter_label
from maatwerkbank.letter.numbers import figure, stated
from maatwerkbank.letter.range_picture import Ranged, range_svg
from maatwerkbank.letter.words import word
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.runs.comparison import (
    RECEIPT_OF_RUN,
    Difference,
    differences,
    law_differences,
    receipt_differences,
)
from maatwerkbank.web.runs.figures import (
    label,
    law_of,
    main_keys,
    origin_address,
    range_of,
    range_shown,
    shown,
    value_of,
)
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.views.trails import dossier_trail
from maatwerkbank.web.templatetags.words import day, page_language

MOST = 4
PICTURES = ("npv_eur", "additional_2030_t", "levy_to_2030_eur")
SHOWN_FIELDS = 200  # of differences between case files; the rest is counted


@require_GET
def compare(request: PageRequest) -> HttpResponse:
    """Two to four runs beside each other: `?run=…&run=…`, or `?a=…&b=…`."""
    runs = _asked(request)
    language = page_language()
    context: dict[str, Any] = {"here": "portfolio", "most": MOST, "runs": runs}
    if len(runs) >= 2:
        names = _names(runs, language)
        context |= {
            "trail": dossier_trail(request.user, runs[0].dossier, _("Comparison")),
            "columns": _columns(names),
            "rows": _figures(runs, language),
            "pictures": _pictures(runs, names, language),
            "pairs": [
                _pair(runs[0], names[0], other, name, language, number)
                for number, (other, name) in enumerate(zip(runs[1:], names[1:], strict=True), 1)
            ],
        }
    status = 200 if len(runs) >= 2 else 422
    return render(request, "runs/compare.html", context, status=status)


def _asked(request: PageRequest) -> list[Run]:
    codes = request.GET.getlist("run") or [
        request.GET[name] for name in ("a", "b") if name in request.GET
    ]
    person: Person = request.user
    found = [access.run_for(person, _code(code)) for code in dict.fromkeys(codes)][:MOST]
    return [run for run in found if run.state == "done"]


def _code(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _names(runs: list[Run], language: Language) -> list[str]:
    """A name for each run, with as much as tells it from the others."""
    names = []
    for run in runs:
        parts = [law_of(run, language)]
        if len({each.dossier_id for each in runs}) > 1:
            parts.insert(0, run.dossier.company.name)
        if len({each.case_version_id for each in runs}) > 1:
            parts.append(_("case file %(n)s") % {"n": run.case_version.number})
        if run.variant and len({each.known_on for each in runs}) > 1:
            parts.append(day(run.known_on))
        names.append(", ".join(parts))
    if len(set(names)) < len(names):
        return [
            f"{name} ({run.receipt_number[:6]}, {n})"
            for n, (name, run) in enumerate(zip(names, runs, strict=True), 1)
        ]
    return names


def _columns(names: list[str]) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [{"label": _("Figure")}]
    columns += [{"label": name, "numeric": True} for name in names]
    if len(names) == 2:
        columns.append({"label": _("Difference"), "numeric": True})
    return columns


def _figures(runs: list[Run], language: Language) -> list[list[Any]]:
    keys = list(dict.fromkeys(key for run in runs for key in main_keys(run)))
    keys += [
        key
        for key in runs[0].figures
        if key not in keys and key.endswith(("_eur", "_t", "_eur_per_t")) and key in runs[1].figures
    ]
    rows = []
    for key in keys:
        row: list[Any] = [label(key, language), *(_cell(run, key, language) for run in runs)]
        if len(runs) == 2:
            row.append(_change(runs[0], runs[1], key, language))
        rows.append(row)
    return rows


def _cell(run: Run, key: str, language: Language) -> dict[str, str]:
    return {
        "text": shown(run, key, language),
        "href": origin_address(run, key) if key in run.figures else "",
        "note": range_shown(run, key, language),
    }


def _change(before: Run, after: Run, key: str, language: Language) -> str:
    """The second less the first; a dash where either cannot be judged."""
    first, second = value_of(before, key), value_of(after, key)
    if first is None or second is None:
        return "–"
    told = figure(key, second - first, language)
    return f"+{told}" if second > first else told


def _pictures(runs: list[Run], names: list[str], language: Language) -> list[dict[str, Any]]:
    """A picture of each of a few figures, where at least one run knows it."""
    pictures = []
    for key in PICTURES:
        rows = [_ranged(run, name, key) for run, name in zip(runs, names, strict=True)]
        if not any(row.ends for row in rows):
            continue
        title = label(key, language)
        pictures.append(
            {
                "name": f"picture-{key}",
                "title": title,
                "svg": range_svg(
                    rows,
                    title=title,
                    not_known=word("cannot_be_judged", language),
                    write=partial(_written, key, language),
                    mark=f"svg-{key}",
                ),
                "columns": [
                    {"label": _("Run")},
                    {"label": _("Value"), "numeric": True},
                    {"label": _("Range"), "numeric": True},
                ],
                "rows": [
                    [name, shown(run, key, language), range_shown(run, key, language) or "–"]
                    for run, name in zip(runs, names, strict=True)
                ],
            }
        )
    return pictures


def _written(key: str, language: Language, value: float) -> str:
    return figure(key, value, language)


def _ranged(run: Run, name: str, key: str) -> Ranged:
    found = range_of(run, key) or {}
    return Ranged(name, value_of(run, key), found.get("low"), found.get("high"))


def _pair(
    before: Run, before_name: str, after: Run, after_name: str, language: Language, number: int
) -> dict[str, Any]:
    """Everything but the figures in which a run differs from the first."""
    names = {key: word(f"receipt.{key}", language) for key in RECEIPT_OF_RUN}
    of_case = (
        []
        if before.case_version_id == after.case_version_id
        else differences(before.case_version.document or {}, after.case_version.document or {})
    )
    return {
        "number": str(number),
        "before": before_name,
        "after": after_name,
        "same_case": before.case_version.sha256 == after.case_version.sha256,
        "case": of_case[:SHOWN_FIELDS],
        "more": max(len(of_case) - SHOWN_FIELDS, 0),
        "receipt": receipt_differences(before.receipt or {}, after.receipt or {}, names),
        "law": _law(before, after, language),
        "same_bytes": before.result_sha256 == after.result_sha256,
    }


def _law(before: Run, after: Run, language: Language) -> list[Difference]:
    found = law_differences(
        (before.result or {}).get("law", ()), (after.result or {}).get("law", ())
    )
    return [
        Difference(
            f"{parameter_label(name, language)}, {year}",
            _told(first, language),
            _told(second, language),
            href=origin_address(after if second is not None else before, name),
        )
        for name, year, first, second in found
    ]


def _told(value: Any, language: Language) -> str | None:
    if value is None:
        return None
    if isinstance(value, dict):
        return f"{stated(value['low'], language)} – {stated(value['high'], language)}"
    return stated(value, language)
