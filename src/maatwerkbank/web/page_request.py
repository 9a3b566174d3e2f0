# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request as a page gets it: somebody signed in, and htmx may have asked.

`people.middleware.SignedIn` lets nobody else through, and `django_htmx` marks the request; this
only writes that down for who checks types.
"""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from maatwerkbank.web.people.models import Person


class PageRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: Person
    htmx: HtmxDetails
