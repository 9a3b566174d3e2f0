# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API: the same facts as the screens, for programs. Read only.

Takes     the session of somebody who has signed in.
Gives     JSON with the keys of `--json`: snake_case, units in the name, dates in ISO 8601, unknown
          is null. Errors are problem documents (RFC 9457).
Leaves    who may see what to `people/access.py`, as the screens do; writing to the screens.
"""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Router
from ninja.errors import AuthenticationError, ValidationError

import maatwerkbank
from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.portfolio.register import register as register_of
from maatwerkbank.web.api.schemas import (
    DecisionOut,
    DocumentOut,
    DossierOut,
    Page,
    Paging,
    Problem,
    RunOut,
)
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.people.access import (
    document_for,
    documents_of,
    dossier_for,
    dossiers_of,
    run_for,
    runs_of,
    versions_of,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed

PROBLEM = "application/problem+json"


def signed_in(request: HttpRequest) -> Person | None:
    """Whoever has signed in; nobody else gets an answer."""
    return request.user if isinstance(request.user, Person) else None


api = NinjaAPI(
    title="Maatwerkbank",
    version=maatwerkbank.__version__,
    description="Dossiers of tailor-made agreements, read only, within what you may see.",
    auth=signed_in,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
router = Router()
REFUSED = {401: Problem, 403: Problem, 404: Problem}


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.auth)  # type: ignore[attr-defined]  # set by `signed_in`


def _page(rows: QuerySet[Any], paging: Paging) -> dict[str, Any]:
    page = Paginator(rows, paging.page_size).get_page(paging.page)
    return {"count": page.paginator.count, "page": page.number, "items": list(page)}


@router.get("/dossiers", response={200: Page[DossierOut], **REFUSED}, url_name="dossiers")
def dossiers(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Dossiers that you may see, by name of the firm."""
    return _page(dossiers_of(_person(request)).select_related("company"), paging)


@router.get("/dossiers/{uuid:code}", response={200: DossierOut, **REFUSED}, url_name="dossier")
def dossier(request: HttpRequest, code: UUID) -> Any:
    """One dossier."""
    return dossier_for(_person(request), code)


@router.get(
    "/dossiers/{uuid:code}/documents",
    response={200: Page[DocumentOut], **REFUSED},
    url_name="dossier-documents",
)
def dossier_documents(request: HttpRequest, code: UUID, paging: Query[Paging]) -> dict[str, Any]:
    """Papers of a dossier that you may read, with their versions."""
    found = dossier_for(_person(request), code, Deed.SEE_DOCUMENTS)
    rows = documents_of(_person(request), found).prefetch_related(_versions(request))
    return _page(rows.select_related("dossier"), paging)


@router.get("/documents/{uuid:code}", response={200: DocumentOut, **REFUSED}, url_name="document")
def document(request: HttpRequest, code: UUID) -> Any:
    """One paper, with its versions; the files themselves are fetched on the screen."""
    found = document_for(_person(request), code)
    prefetch_related_objects([found], _versions(request))
    return found


def _versions(request: HttpRequest) -> "Prefetch[str]":
    """The versions of papers that you may read, with who signed them."""
    return Prefetch("versions", versions_of(_person(request)).prefetch_related("signatories"))


@router.get(
    "/dossiers/{uuid:code}/runs", response={200: Page[RunOut], **REFUSED}, url_name="dossier-runs"
)
def dossier_runs(request: HttpRequest, code: UUID, paging: Query[Paging]) -> dict[str, Any]:
    """Runs of a dossier, the newest first, with receipt and main figures."""
    found = dossier_for(_person(request), code, Deed.SEE_RUNS)
    rows = runs_of(_person(request), found).select_related("dossier", "case_version")
    return _page(rows.defer("result", "case_version__text", "case_version__document"), paging)


@router.get("/runs/{uuid:code}", response={200: RunOut, **REFUSED}, url_name="run")
def run(request: HttpRequest, code: UUID) -> Any:
    """One run with receipt and main figures."""
    return run_for(_person(request), code)


@router.get(
    "/dossiers/{uuid:code}/decisions",
    response={200: Page[DecisionOut], **REFUSED},
    url_name="dossier-decisions",
)
def dossier_decisions(request: HttpRequest, code: UUID, paging: Query[Paging]) -> dict[str, Any]:
    """Decisions on a dossier with their place in the chain."""
    found = dossier_for(_person(request), code, Deed.SEE_DECISIONS)
    return _page(Decision.objects.filter(dossier=found).select_related("dossier"), paging)


@router.get("/register", response={200: dict[str, Any], **REFUSED}, url_name="register")
def public_register(request: HttpRequest, as_of: date) -> dict[str, Any]:
    """The public register of the approach on a day, as `maatwerkbank register --json` gives it."""
    return register_of(as_of).as_json()


api.add_router("", router)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """A problem document."""
    body = Problem(status=status, title=title, detail=detail)
    return HttpResponse(body.model_dump_json(), status=status, content_type=PROBLEM)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(401, "not signed in", "Sign in on the site first; its session is used here.")


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, "not found", "There is no such thing, or you may not know of it.")


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors)
    return problem(422, "unfit request", found)


@api.exception_handler(MaatwerkError)
def _refused(request: HttpRequest, error: MaatwerkError) -> HttpResponse:
    detail = f"{error.what} Remedy: {error.remedy}." if error.remedy else error.what
    return problem(getattr(error, "status", 409), error.code, detail)
