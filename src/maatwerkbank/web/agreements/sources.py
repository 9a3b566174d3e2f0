# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the dossier say now, for every field that a text may take from it?

Takes     a dossier, and the library of the text.
Gives     per field the value with its origin; a field of which the dossier says nothing is absent;
          findings on the run that fills tonnes and money.
Leaves    what people fill in by hand, and freezing, to `drafts.py`.

An ambition that is a range, or a share of a base year, fills no field: a contract needs one figure,
and which one is for people to say. The highest subsidy is what is reserved, so that the text says
what the budget says; where nothing is reserved yet, the run says which grant is needed.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from maatwerkbank.dossier.agreement.drafting import FieldValue
from maatwerkbank.dossier.agreement.library import Library
from maatwerkbank.dossier.agreement.run_figures import filled, findings_of_run, values_of_run
from maatwerkbank.dossier.money.text_and_money import FIELD as HIGHEST_SUBSIDY
from maatwerkbank.ground.findings import Finding
from maatwerkbank.web.agreements.text_run import newest_run, run_of_text
from maatwerkbank.web.dossiers.models import Ambition, Dossier
from maatwerkbank.web.execution.models import BudgetEntry
from maatwerkbank.web.promises.models import Promise

TARGET_YEAR = 2030


def values_of(dossier: Dossier, library: Library) -> dict[str, FieldValue]:
    """Every value that the dossier has for this kind of text, those of its run among them."""
    run = run_of_text(dossier, library)
    told = _told(dossier, library)
    return filled(told, values_of_run(run, timezone.localdate())) if run else told


def findings_on_run(
    dossier: Dossier, library: Library, named: Collection[str]
) -> tuple[Finding, ...]:
    """What the run of this text lacks, where the dossier says otherwise, and a newer run."""
    run = run_of_text(dossier, library)
    if run is None:
        return ()
    return findings_of_run(run, _told(dossier, library), named, newest_run(dossier))


def _told(dossier: Dossier, library: Library) -> dict[str, FieldValue]:
    """What the records of the dossier say, without its run."""
    today = timezone.localdate()
    return {
        name: FieldValue(value, origin, reference, today)
        for name, value, origin, reference in _all(dossier, library)
        if value not in (None, "", [])
    }


Found = Iterator[tuple[str, Any, str, str]]


def _all(dossier: Dossier, library: Library) -> Found:
    company = dossier.company
    yield "company", company.name, "company", company.slug
    yield "sites", [site.name for site in company.sites.all()], "sites", company.slug
    projects = [project.name for project in dossier.projects.all()]
    yield "projects", projects, "projects", str(dossier.code)
    yield from _ambition(dossier, library)
    yield from _promises(dossier)
    yield from _reserved(dossier)


def _ambition(dossier: Dossier, library: Library) -> Found:
    """The last CO2 ambition of this version for 2030, as far as it is one figure in tonnes."""
    found = (
        Ambition.objects.filter(
            dossier=dossier,
            version=library.ambition,
            quantity="co2",
            year=TARGET_YEAR,
            unit="t/year",
        )
        .order_by("dated", "id")
        .last()
    )
    if found is None:
        return
    reference = str(found.pk)
    gross = _one_figure(found.gross_low, found.gross_high)
    additional = _one_figure(found.additional_low, found.additional_high)
    yield "co2_gross_2030", gross, "ambition", reference
    yield "co2_additional_2030", additional, "ambition", reference
    yield "base_year", found.base_year, "ambition", reference
    yield "boundary", _both(found.boundary_nl, found.boundary_en), "ambition", reference
    beyond = _both(found.additional_to_nl, found.additional_to_en)
    yield "additional_to", beyond, "ambition", reference


def _promises(dossier: Dossier) -> Found:
    """What each side owes by the register; nothing internal, nothing that was let go."""
    rows = Promise.objects.filter(dossier=dossier, internal=False, waiver=None)
    for side in ("company", "state"):
        told = [_both(row.name_nl, row.name_en) for row in rows.filter(by_side=side)]
        yield f"{side}_promises", told, "promises", str(dossier.code)


def _reserved(dossier: Dossier) -> Found:
    """What all lines of the budget keep for this dossier together."""
    booked = BudgetEntry.objects.filter(dossier=dossier, state="reserved")
    total = booked.aggregate(total=Sum("amount"))["total"]
    if total:
        yield HIGHEST_SUBSIDY, _plain(float(total)), "budget", str(dossier.code)


def _one_figure(low: float | None, high: float | None) -> float | int | None:
    value = low if high is None or low == high else high if low is None else None
    return None if value is None else _plain(value)


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _both(nl: str, en: str) -> dict[str, str] | None:
    return {"nl": nl, "en": en or nl} if nl else None
