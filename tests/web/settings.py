# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The settings of the web application under test: plain http, and a key that is no secret."""

from maatwerkbank.web.settings import *  # noqa: F403  (all of them, and then what a test changes)

SECRET_KEY = "no secret: for tests only"  # noqa: S105
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
