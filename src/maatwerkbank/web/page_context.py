# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page knows besides its own: language, demo, version, who looks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template."""
    return {
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "theme": request.COOKIES.get("maatwerkbank_theme", ""),
    }
