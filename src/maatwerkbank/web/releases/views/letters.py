# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of progress letters: put one together, read it, approve it, say that it was sent.

Takes     the code of a letter, the kind of a file, what was filled in.
Gives     pages and files, and the way on after a deed.
Leaves    the rules to `letters`.
"""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maatwerkbank.web.agreements.views.form_page import file_answer
from maatwerkbank.web.page_request import PageRequest
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.releases import letters
from maatwerkbank.web.releases.forms import LetterForm, SentForm
from maatwerkbank.web.releases.models import Letter, LetterFile
from maatwerkbank.web.releases.totals import ASK_THE_PROGRAMME
from maatwerkbank.web.releases.views.form_page import form_page, one_of, trail_of_all
from maatwerkbank.web.templatetags.words import day

GET_OR_POST = require_http_methods(["GET", "POST"])


@GET_OR_POST
def compose(request: PageRequest) -> HttpResponse:
    """Put a letter together for a day."""
    _require(access.releases_totals(request.user))
    form = LetterForm(
        request.POST or None, initial={"as_of": timezone.localdate(), "language": "nl"}
    )
    return form_page(
        request,
        form,
        heading=_("Put a letter together"),
        lead=_(
            "Its sentences and figures come from what was public on that day. It takes a while."
        ),
        submit=_("Put together"),
        back=reverse("releases:overview"),
        trail=trail_of_all(),
        deed=lambda: letters.compose_letter(by=request.user, **form.cleaned_data),
    )


@require_GET
def letter(request: PageRequest, letter: UUID) -> HttpResponse:
    """One letter, its files and who said yes to it."""
    row = _letter(request, letter)
    person = request.user
    context = {
        "here": "releases",
        "letter": row,
        "name": name_of(row),
        "kinds": LetterFile.KINDS,
        "own": row.made_by_id == person.pk,
        "approves": access.approves_letters(person),
        "makes": access.releases_totals(person),
        "trail": trail_of_all((name_of(row), "")),
    }
    return render(request, "releases/letter.html", context)


@require_GET
def download(request: PageRequest, letter: UUID, kind: str) -> HttpResponse:
    """The letter as one kind of file."""
    row = _letter(request, letter)
    file = one_of(LetterFile.objects.filter(letter=row), kind=kind)
    name = f"voortgangsbrief-{row.as_of}-{row.language}.{kind}"
    return file_answer(bytes(file.content), name, letters.MEDIA[kind])


@require_POST
def approve(request: PageRequest, letter: UUID) -> HttpResponse:
    """Say yes to a letter."""
    row = _letter(request, letter)
    letters.approve_letter(letter=row, by=request.user)
    return redirect(_page(row))


@GET_OR_POST
def sent(request: PageRequest, letter: UUID) -> HttpResponse:
    """Say that it went to the House."""
    row = _letter(request, letter)
    _require(access.approves_letters(request.user))
    form = SentForm(request.POST or None, initial={"sent_on": timezone.localdate()})
    return form_page(
        request,
        form,
        heading=_("Say that the letter was sent"),
        back=_page(row),
        trail=trail_of_all((name_of(row), _page(row))),
        deed=lambda: letters.mark_sent(letter=row, by=request.user, **form.cleaned_data),
    )


@require_POST
def withdraw(request: PageRequest, letter: UUID) -> HttpResponse:
    """Put a draft aside."""
    row = _letter(request, letter)
    letters.withdraw_letter(letter=row, by=request.user)
    return redirect(_page(row))


def name_of(row: Letter) -> str:
    """The letter by its day."""
    return _("Progress letter as known on %(day)s") % {"day": day(row.as_of)}


def _letter(request: PageRequest, code: UUID) -> Letter:
    rows = access.letters_of(request.user).select_related("made_by", "approved_by")
    return one_of(rows, code=code)


def _require(may: bool) -> None:  # noqa: FBT001  (the answer of the guard)
    if not may:
        raise NotAllowed(access.REFUSALS["role"], remedy=ASK_THE_PROGRAMME)


def _page(row: Letter) -> str:
    return reverse("releases:letter", args=[row.code])
