# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a dossier: every change in the database, with who, when and why.

Takes     the code of a dossier, who asks, and a kind of row where only that is wanted.
Gives     the changes by page, the last first, each field in words from what to what.
Leaves    which changes may be read to `history.py` of the app, labels and words to
          `history_labels.py` and `history_words.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.history import Change, Changes, Difference
from maatwerkbank.web.dossiers.models import Dossier, Milestone
from maatwerkbank.web.dossiers.views import history_labels as labels
from maatwerkbank.web.dossiers.views import history_words as words
from maatwerkbank.web.dossiers.views.dossier import trail
from maatwerkbank.web.execution.models import Kpi, MoneyClause
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises.models import Dependency, ProjectStart, Promise
from maatwerkbank.web.templatetags.words import in_language

ON_A_PAGE = 50
Names = Mapping[tuple[type[Model], int], str]


@dataclass(frozen=True)
class DifferenceShown:
    """A field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeShown:
    """A change in words."""

    change: Change
    title: str
    operation: str
    differences: list[DifferenceShown]


@require_GET
def history(request: HttpRequest, code: UUID) -> HttpResponse:
    """Every change, by page."""
    person = cast("Person", request.user)
    dossier = access.dossier_for(person, code)
    access.require(person, Deed.SEE_HISTORY, dossier)
    kind = request.GET.get("kind", "")
    found = Changes(dossier, person, kind)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    changes = list(page.object_list)
    names = _names(changes, person, dossier)
    context = {
        "here": "portfolio",
        "dossier": dossier,
        "deeds": access.deeds_in(person, dossier),
        "trail": trail(dossier, _("History")),
        "page": page,
        "kind": kind,
        "kinds": {each: labels.KINDS[each] for each in found.kinds},
        "changes": [_shown(each, dossier, names) for each in changes],
    }
    return render(request, "dossiers/history.html", context)


def _shown(change: Change, dossier: Dossier, names: Names) -> ChangeShown:
    about = words.about(change.kind, change.about, dossier)
    kind = str(labels.KINDS[change.kind])
    return ChangeShown(
        change=change,
        title=f"{kind}: {about}" if about else kind,
        operation=str(labels.OPERATIONS[change.operation]),
        differences=[_difference(change, each, dossier, names) for each in change.differences],
    )


def _difference(
    change: Change, each: Difference, dossier: Dossier, names: Names
) -> DifferenceShown:
    thing = _points_at(change, each.field)

    def told(value: Any) -> str:
        if thing is None or value is None:
            return words.told(change.kind, each.field, value, dossier)
        return names.get((thing, value), _("something that you may not see, or that is gone"))

    label = str(labels.FIELDS.get(each.field, each.field.replace("_", " ")))
    return DifferenceShown(label, told(each.before), told(each.after))


def _points_at(change: Change, field: str) -> type[Model] | None:
    """The model of the row that a field points at."""
    found: type[Model] | None = change.row._meta.get_field(field).related_model  # noqa: SLF001
    return found


# ── names of other rows ───────────────────────────────────────────────────────────────────────


def _names(changes: list[Change], person: Person, dossier: Dossier) -> Names:
    """Names of the people and rows that the fields of these changes point at."""
    ids: dict[type[Model], set[int]] = {}
    for change in changes:
        for each in change.differences:
            thing = _points_at(change, each.field)
            if thing is not None:
                found = ids.setdefault(thing, set())
                found.update(value for value in (each.before, each.after) if value is not None)
    return {
        (thing, row.pk): _name(row)
        for thing, keys in ids.items()
        for row in _rows(thing, person, dossier).filter(pk__in=keys)
    }


def _rows(thing: type[Model], person: Person, dossier: Dossier) -> QuerySet[Any]:
    """The rows of which the reader may know the name."""
    return SEEN[thing](person, dossier) if thing in SEEN else thing._default_manager.none()  # noqa: SLF001


SEEN: Mapping[type[Model], Callable[[Person, Dossier], QuerySet[Any]]] = {
    Person: lambda _person, _dossier: Person.objects.all(),
    Organisation: lambda _person, _dossier: Organisation.objects.all(),
    DocumentVersion: lambda person, dossier: access.versions_of(person, dossier).select_related(
        "document"
    ),
    Promise: access.promises_of,
    Dependency: access.dependencies_of,
    ProjectStart: lambda person, dossier: access.project_starts_of(person, dossier).select_related(
        "project"
    ),
    Milestone: access.milestones_of,
    Kpi: access.kpis_of,
    MoneyClause: lambda person, dossier: access.rows_of(
        person, MoneyClause, Deed.SEE_EXECUTION, dossier
    ),
}


def _name(row: Any) -> str:
    if isinstance(row, ProjectStart):
        return str(row.project.name)
    if isinstance(row, DocumentVersion):
        return f"{row.document.title}, {row.number}"
    return str(row.name if hasattr(row, "name") else in_language(row, "name"))
