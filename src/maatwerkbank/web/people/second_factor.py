# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Did this person come in with more than a password?

Takes     a session in which somebody has signed in; allauth keeps in it by which ways.
Gives     yes where a second factor was used or set up in it, or a provider vouched; in the demo
          always.
Leaves    leading to the page where a second factor is set up to the middleware.
"""

from math import inf
from time import time
from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.conf import settings
from django.http import HttpRequest

STRONG = frozenset({"mfa", "socialaccount"})


def came_in_strongly(request: HttpRequest, *, within: float = inf) -> bool:
    """Whether whoever has signed in used more than a password, `within` so many seconds from now.

    Asks the database nothing.
    """
    if settings.DEMO:
        return True
    since = time() - within
    records = get_authentication_records(request, request.user)
    return any(record["method"] in STRONG and record["at"] >= since for record in records)


def watch() -> None:
    """Keep the session true when a second factor comes or goes in it."""
    authenticator_added.connect(_added, dispatch_uid="second factor added")
    authenticator_removed.connect(_removed, dispatch_uid="second factor removed")


def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _removed(request: HttpRequest, user: Any, **_: Any) -> None:
    if not Authenticator.objects.filter(user=user).exists():
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            record for record in records if record["method"] != "mfa"
        ]
