# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The application as a web server calls it; start it with `maatwerkbank serve`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maatwerkbank.web.settings")
django = get_wsgi_application()

from maatwerkbank.web.public.from_memory import FromMemory  # noqa: E402  # after the settings

application = FromMemory(django)
