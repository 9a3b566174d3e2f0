# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Run the provider: `python -m tests.web.oidc_provider`. Says its address when it is ready."""

import os
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command


def main() -> None:
    """Make its database, make our application known to it, and answer until the end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.oidc_provider.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    from oauth2_provider.models import Application

    Application.objects.create(
        name="Maatwerkbank",
        client_id=settings.CLIENT_ID,
        client_secret=settings.CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
        redirect_uris="http://testserver/inloggen/organisatie/terug "
        "http://127.0.0.1/inloggen/organisatie/terug",
    )
    port = int(os.environ["OIDC_PROVIDER_PORT"])
    with make_server("127.0.0.1", port, WSGIHandler()) as server:
        print(settings.ADDRESS, flush=True)  # noqa: T201  (this is how the test knows)
        server.serve_forever()


main()
