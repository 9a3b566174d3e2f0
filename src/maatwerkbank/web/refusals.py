# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a refusal is told: by whom it is caught, with which status, in which words.

Refusal
├── (Http404)       404  you may not even know that it exists, or it does not: Django's own
├── NotAllowed      403  you may know of it, and not do this
├── Conflict        409  the state of things does not admit it (now)
└── Unfit           422  what was handed in has findings

Takes     refusals that services and `people/access.py` raise, and errors of the floors below.
Gives     a page with what, remedy and code; never a stack trace.
Leaves    the text to the class or the caller, in both languages.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from maatwerkbank.ground.errors import MaatwerkError
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text, say
from maatwerkbank.web.templatetags.words import page_language


class Refusal(MaatwerkError):
    """Base class; `status` is that of the answer."""

    code = "refused"
    status = 403

    def __init__(self, what: Text | str, *, remedy: Text | str = "") -> None:
        self.what_text = what
        self.remedy_text = remedy
        super().__init__(str(what), remedy=str(remedy))


class NotAllowed(Refusal):
    """You may know of it, and not do this."""

    code = "not-allowed"
    status = 403


class Conflict(Refusal):
    """The state of things does not admit the deed; the reason says what does."""

    code = "conflict"
    status = 409


class Unfit(Refusal):
    """What was handed in has findings: all of them."""

    code = "unfit"
    status = 422

    def __init__(
        self, what: Text | str, findings: tuple[Finding, ...], *, remedy: Text | str = ""
    ) -> None:
        super().__init__(what, remedy=remedy)
        self.findings = findings


def refusal_page(request: HttpRequest, error: MaatwerkError) -> HttpResponse:
    """The page that tells a refusal, with its status."""
    language = page_language()
    status = getattr(error, "status", 409)
    refusal = {
        "what": say(getattr(error, "what_text", error.what), language),
        "remedy": say(getattr(error, "remedy_text", error.remedy), language),
        "code": error.code,
    }
    context = {"refusal": refusal, "findings": getattr(error, "findings", ())}
    return render(request, "refusal.html", context, status=status)


class Refusals:
    """Turns a refusal that no view has caught into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell refusals and errors on purpose; leave everything else to Django."""
        if isinstance(error, MaatwerkError) and not isinstance(error, Http404):
            return refusal_page(request, error)
        return None
