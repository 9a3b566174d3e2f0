# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every setting of the web application, in one place; each from the environment, with a default.

Takes     environment variables (docs/reference/settings.md names them); secrets only from there.
Gives     Django settings.
Leaves    starting a database to `database.py`: nothing is started at import.
"""

import os
from pathlib import Path
from typing import Any

import pghistory

import maatwerkbank
from maatwerkbank.web.database import DATABASE_URL, data_folder


def _yes(name: str, default: str = "no") -> bool:
    return os.environ.get(name, default).lower() in {"1", "yes", "true", "on"}


def _list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _secret(name: str) -> str:
    """A secret from $NAME, or from the file that $NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE")
    return Path(file).read_text("utf-8").strip() if file else os.environ.get(name, "")


def database_settings(url: str | None) -> dict[str, Any]:
    """The address of a database as Django takes it; without one, a place that nobody answers."""
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # settings are read without it

    named: dict[str, Any] = dict(conninfo_to_dict(url)) if url else {}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named.pop("dbname", "maatwerkbank"),
        "USER": named.pop("user", ""),
        "PASSWORD": named.pop("password", ""),
        "HOST": named.pop("host", ""),
        "PORT": str(named.pop("port", "")),
        "OPTIONS": named,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": True,
    }


def single_sign_on() -> dict[str, Any]:
    """The provider of OpenID Connect that the environment names, as allauth takes it; or none."""
    issuer = os.environ.get("MAATWERKBANK_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {}
    provider = {
        "name": os.environ.get("MAATWERKBANK_OIDC_NAME", "Single sign-on"),
        "client_id": os.environ.get("MAATWERKBANK_OIDC_CLIENT_ID", ""),
        "secret": _secret("MAATWERKBANK_OIDC_CLIENT_SECRET"),
        "settings": {
            "server_url": issuer,
            "oauth_pkce_enabled": True,
            "email_authentication": True,
            "verified_email": _list("MAATWERKBANK_OIDC_VERIFIED_DOMAINS"),
        },
    }
    return {"single_sign_on": {"APPS": [provider]}}


HERE = Path(__file__).parent
DEMO = _yes("MAATWERKBANK_DEMO")
# Plain http, as the demo and the tests have it. A real server stands behind TLS.
INSECURE = DEMO or _yes("MAATWERKBANK_INSECURE")
DEBUG = False

SECRET_KEY = _secret("MAATWERKBANK_SECRET_KEY")  # `serve` refuses to start without it
ALLOWED_HOSTS = _list("MAATWERKBANK_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("MAATWERKBANK_ORIGINS")

INSTALLED_APPS = [
    "maatwerkbank.web.people",
    "maatwerkbank.web.dossiers",
    "maatwerkbank.web.documents",
    "maatwerkbank.web.runs",
    "maatwerkbank.web.promises",
    "maatwerkbank.web.advice",
    "maatwerkbank.web.agreements",
    "maatwerkbank.web.execution",
    "maatwerkbank.web.parliament",
    "maatwerkbank.web.releases",
    "maatwerkbank.web.public",
    "maatwerkbank.web.woo",
    "maatwerkbank.web.overview",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "maatwerkbank.web.public.first.PublicFirst",
    "maatwerkbank.web.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "maatwerkbank.web.people.middleware.SignedIn",
    "maatwerkbank.web.people.second_lock.SecondLock",
    "maatwerkbank.web.refusals.Refusals",
]

ROOT_URLCONF = "maatwerkbank.web.urls"
WSGI_APPLICATION = "maatwerkbank.web.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maatwerkbank.web.page_context.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "maatwerkbank.web.templatetags.parts",
                "maatwerkbank.web.templatetags.words",
            ],
            "libraries": {"words": "maatwerkbank.web.templatetags.words"},
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get(DATABASE_URL))}
# What all processes must know of each other: failed attempts to sign in.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# History. Triggers keep every row before and after, with who and why beside it, for ever.
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_APPEND_ONLY = True
# Triggers are laid as the models have them after every migration, as the second lock is. In the
# migrations themselves each of the hundreds of them would have all models rendered anew.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()

# People and signing in. `people/adapters.py` says the rest.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview:my-work"
ACCOUNT_ADAPTER = "maatwerkbank.web.people.adapters.SigningIn"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # closed: `adapters.py`
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator gave the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Maatwerkbank: "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_METHODS = {"password", "mfa"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # [s]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if INSECURE else "https"
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "20/m/ip,5/900s/key",  # lock-out: five mistakes close an address for 15 minutes
    "reset_password": "20/m/ip,3/900s/key",
}
ACCOUNT_FORMS = {
    "login": "maatwerkbank.web.people.sign_in_forms.SignInForm",
    "reauthenticate": "maatwerkbank.web.people.sign_in_forms.ConfirmForm",
    "reset_password": "maatwerkbank.web.people.sign_in_forms.ForgottenForm",
    "reset_password_from_key": "maatwerkbank.web.people.sign_in_forms.ChooseForm",
    "change_password": "maatwerkbank.web.people.sign_in_forms.ChangeForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MAATWERKBANK_PROXIES", "0"))
MFA_ADAPTER = "maatwerkbank.web.people.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Maatwerkbank"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator gave the address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = INSECURE
MFA_FORMS = {
    "authenticate": "maatwerkbank.web.people.sign_in_forms.CodeForm",
    "reauthenticate": "maatwerkbank.web.people.sign_in_forms.ConfirmCodeForm",
    "activate_totp": "maatwerkbank.web.people.sign_in_forms.ActivateForm",
    "add_webauthn": "maatwerkbank.web.people.sign_in_forms.KeyForm",
    "edit_webauthn": "maatwerkbank.web.people.sign_in_forms.RenameForm",
}
SOCIALACCOUNT_ADAPTER = "maatwerkbank.web.people.adapters.SigningInElsewhere"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the content policy lets no form go elsewhere
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = single_sign_on()
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 14},
        "CommonPasswordValidator": {},
    }.items()
]
SESSION_COOKIE_AGE = 60 * int(os.environ.get("MAATWERKBANK_IDLE_MINUTES", "30"))
SESSION_SAVE_EVERY_REQUEST = True  # the age counts from the last request: idle time-out
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE
SESSION_COOKIE_NAME = "maatwerkbank_session"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = True

# Language, time.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "maatwerkbank_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not INSECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Files. Handed-in files never lie in a folder that is served.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": data_folder() / "documents", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MAX_UPLOAD_BYTES = int(os.environ.get("MAATWERKBANK_MAX_UPLOAD_MB", "25")) * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_PERMISSIONS = 0o600
CLAMD = os.environ.get("MAATWERKBANK_CLAMD", "")  # host:port or socket of a virus scanner

# Mail: invitations and forgotten passwords. Without a server nothing is sent.
EMAIL_HOST = os.environ.get("MAATWERKBANK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("MAATWERKBANK_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("MAATWERKBANK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = _secret("MAATWERKBANK_SMTP_PASSWORD")
EMAIL_USE_TLS = _yes("MAATWERKBANK_SMTP_TLS", "yes")
EMAIL_TIMEOUT = 10  # [s]
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("MAATWERKBANK_MAIL_FROM", "maatwerkbank@localhost")

# Whom to write to, as an address that a link can hold (`mailto:` or `https://`).
CONTACT = os.environ.get("MAATWERKBANK_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}")
SECURITY_CONTACT = os.environ.get("MAATWERKBANK_SECURITY_CONTACT", CONTACT)

# Answers of the server.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if INSECURE else 31_536_000
SECURE_SSL_REDIRECT = not INSECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # whoever watches the process asks it without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Logs tell where something failed; never what a request, an answer or a row held: see `logs.py`.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "maatwerkbank.web.logs.Line",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": [], "propagate": True}},  # instead of Django's own
    "root": {"handlers": ["console"], "level": os.environ.get("MAATWERKBANK_LOG", "WARNING")},
}
DEFAULT_EXCEPTION_REPORTER = "maatwerkbank.web.logs.NoReport"

VERSION = maatwerkbank.__version__
