# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings of a provider of OpenID Connect that the tests start beside the application.

Takes     OIDC_PROVIDER_FOLDER (its database), OIDC_PROVIDER_PORT, OIDC_PROVIDER_KEY (its RSA key).
Gives     a provider as an organisation would run it: django-oauth-toolkit, with PKCE required.
"""

import os
from pathlib import Path

FOLDER = Path(os.environ["OIDC_PROVIDER_FOLDER"])
ADDRESS = f"http://127.0.0.1:{os.environ['OIDC_PROVIDER_PORT']}"
CLIENT_ID = "maatwerkbank"
CLIENT_SECRET = "a secret between two processes of one test"  # noqa: S105

SECRET_KEY = "for tests only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
DEBUG = False
ROOT_URLCONF = "tests.web.oidc_provider.urls"
SESSION_COOKIE_NAME = "provider"  # cookies know no ports: ours must not be taken away
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite"}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "oauth2_provider",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
LOGIN_URL = "/sign-in"
USE_TZ = True
OAUTH2_PROVIDER = {
    "OIDC_ENABLED": True,
    "OIDC_ISS_ENDPOINT": f"{ADDRESS}/o",
    "OIDC_RSA_PRIVATE_KEY": os.environ["OIDC_PROVIDER_KEY"],
    "OAUTH2_VALIDATOR_CLASS": "tests.web.oidc_provider.claims.Claims",
    "PKCE_REQUIRED": True,
    "SCOPES": {"openid": "who", "profile": "name", "email": "address"},
}
