# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens over many dossiers: what waits for me, the portfolio, comparison, search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me, by date."""
    return render(request, "overview/my_work.html")
