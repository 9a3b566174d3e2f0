# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Headers, cookies, logs and settings: what protects every page."""

import io
import logging
import re
import runpy
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from tests.web.walk.filled import fill
from tests.web.world import World

from maatwerkbank.web import settings as settings_module
from maatwerkbank.web.deployment import settings_findings
from maatwerkbank.web.logs import MOST_IN_A_CHAIN, Line, NoReport
from maatwerkbank.web.people.models import Organisation

ROOT = Path(__file__).parents[2]
SECRET = "bod van 12 miljoen euro"  # noqa: S105  (a confidential sentence, planted)


# ── headers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Cache-Control", "private, no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ],
)
def test_it_sends_this_header_with_every_page(world: World, header: str, value: str):
    lead = world.browser(world.lead)

    for path in ("/inloggen/", "/mijn-account/", "/bestaat-niet", "/api/v1/dossiers"):
        assert lead.get(path).headers[header] == value


def test_it_allows_scripts_and_styles_from_here_only(world: World):
    policy = Client().get("/inloggen/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))

    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"


def test_it_says_whom_to_tell_of_a_leak(db: None, settings):
    settings.SECURITY_CONTACT = "mailto:lek@maatwerkbank.example"

    answer = Client().get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines() if line)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:lek@maatwerkbank.example"
    assert datetime.fromisoformat(fields["Expires"]) > timezone.now()
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_it_answers_that_it_is_healthy(db: None):
    assert Client().get("/healthz").content == b"ok\n"


# ── settings ──────────────────────────────────────────────────────────────────────────────────


def settings_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> SimpleNamespace:
    """The settings as they are read from that environment and no other."""
    for name in ("DEMO", "INSECURE", "SECRET_KEY", "HOSTS", "OIDC_ISSUER", "SMTP_HOST"):
        monkeypatch.delenv(f"MAATWERKBANK_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(f"MAATWERKBANK_{name}", value)
    return SimpleNamespace(**runpy.run_path(settings_module.__file__))


SOUND = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghij",
    "HOSTS": "maatwerkbank.example",
    "SMTP_HOST": "mail.maatwerkbank.example",
    "SECURITY_CONTACT": "mailto:lek@maatwerkbank.example",
}


def test_it_finds_nothing_wrong_with_sound_settings(monkeypatch: pytest.MonkeyPatch):
    assert settings_findings(settings_with(monkeypatch, **SOUND)) == ()


def test_it_sends_cookies_over_tls_only_outside_the_demo(monkeypatch: pytest.MonkeyPatch):
    real = settings_with(monkeypatch, **SOUND)

    assert real.SESSION_COOKIE_SECURE
    assert real.CSRF_COOKIE_SECURE
    assert real.LANGUAGE_COOKIE_SECURE
    assert real.SECURE_SSL_REDIRECT
    assert real.SECURE_HSTS_SECONDS == 31_536_000
    assert django_settings.SESSION_COOKIE_HTTPONLY
    assert django_settings.SESSION_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize("value", ["1", "yes", "true"])
def test_it_never_shows_the_pages_for_developers(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("DEBUG", value)

    assert settings_with(monkeypatch, **SOUND, DEBUG=value).DEBUG is False


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"SECRET_KEY": ""}, "MAATWERKBANK_SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "MAATWERKBANK_SECRET_KEY"),
        ({"SECRET_KEY": "a" * 60}, "MAATWERKBANK_SECRET_KEY"),
        ({"HOSTS": "*"}, "MAATWERKBANK_HOSTS"),
        ({"DEMO": "1"}, "MAATWERKBANK_DEMO"),
        ({"INSECURE": "1"}, "MAATWERKBANK_INSECURE"),
        ({"OIDC_ISSUER": "https://sso.example"}, "MAATWERKBANK_OIDC_CLIENT_ID"),
        (
            {
                "OIDC_ISSUER": "http://sso.example",
                "OIDC_CLIENT_ID": "x",
                "OIDC_CLIENT_SECRET": "y",
            },
            "MAATWERKBANK_OIDC_ISSUER",
        ),
    ],
)
def test_it_finds_this_hole(monkeypatch: pytest.MonkeyPatch, change: dict[str, str], place: str):
    found = settings_findings(settings_with(monkeypatch, **(SOUND | change)))

    assert place in {finding.place for finding in found if finding.severity == "error"}


def test_it_warns_of_a_session_that_lasts_too_long(monkeypatch: pytest.MonkeyPatch):
    found = settings_findings(settings_with(monkeypatch, **SOUND, IDLE_MINUTES="600"))

    assert [(each.severity, each.place) for each in found] == [
        ("warning", "MAATWERKBANK_IDLE_MINUTES")
    ]


def test_it_reads_a_secret_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path):
    file = tmp_path / "key"
    file.write_text(SOUND["SECRET_KEY"] + "\n", "utf-8")
    rest = {name: value for name, value in SOUND.items() if name != "SECRET_KEY"}

    settings = settings_with(monkeypatch, **rest, SECRET_KEY_FILE=str(file))

    assert SOUND["SECRET_KEY"] == settings.SECRET_KEY


def test_it_names_every_setting_in_the_reference():
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    code = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = {
        name for text in code for name in re.findall(r"\bMAATWERKBANK_[A-Z]+(?:_[A-Z]+)*\b", text)
    }

    assert {name for name in read if f"`{name}`" not in page} == set()


# ── logs ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level, as our own handler writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line("{levelname} {name} {message}", style="{"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def fail() -> None:
    raise ValueError(SECRET)


def test_it_logs_an_error_without_what_it_was_about(log: io.StringIO):
    try:
        fail()
    except ValueError:
        logging.getLogger("maatwerkbank").exception("failed")

    assert "builtins.ValueError" in log.getvalue()
    assert "test_security.py" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_it_logs_what_came_before_an_error_the_first_one_first(log: io.StringIO):
    try:
        try:
            fail()
        except ValueError as first:
            raise KeyError(SECRET) from first
    except KeyError:
        logging.getLogger("maatwerkbank").exception("failed")

    told = log.getvalue()
    assert told.index("builtins.ValueError") < told.index("then:") < told.index("builtins.KeyError")


def test_it_logs_an_error_that_came_from_itself(log: io.StringIO):
    one, other = ValueError(SECRET), KeyError(SECRET)
    one.__context__, other.__context__ = other, one

    logging.getLogger("maatwerkbank").error("failed", exc_info=one)

    assert log.getvalue().count("builtins.ValueError") == 1
    assert log.getvalue().count("builtins.KeyError") == 1


def test_it_logs_the_last_of_very_many_errors(log: io.StringIO):
    error: BaseException = KeyError(SECRET)
    for _ in range(5_000):
        following = ValueError(SECRET)
        following.__context__, error = error, following

    logging.getLogger("maatwerkbank").error("failed", exc_info=error)

    assert log.getvalue().count("builtins.ValueError") == MOST_IN_A_CHAIN
    assert "earlier ones left out" in log.getvalue()
    assert "builtins.KeyError" not in log.getvalue()


def test_it_logs_no_row_that_the_database_refuses(db: None, log: io.StringIO):
    with pytest.raises(IntegrityError) as refused:
        Organisation.objects.bulk_create(
            [Organisation(name=SECRET, kind="company"), Organisation(name=SECRET, kind="company")]
        )
    logging.getLogger("django.request").error("failed", exc_info=refused.value)

    assert SECRET in str(refused.value)
    assert "IntegrityError" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_it_logs_no_body_of_a_page_that_fails(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
):
    def fails(**given: object) -> None:
        raise RuntimeError(given)

    monkeypatch.setattr("maatwerkbank.web.people.services.invite", fails)
    browser = world.browser(world.administrator)
    browser.raise_request_exception = False
    form = {
        "email": "nieuw@maatwerkbank.example",
        "name": SECRET,
        "organisation": world.lead.organisation_id,
        "clearance": 3,
    }

    answer = browser.post("/beheer/mensen/nieuw", form)

    assert answer.status_code == 500
    assert "Internal Server Error: /beheer/mensen/nieuw" in log.getvalue()
    assert SECRET not in log.getvalue()
    assert SECRET not in answer.content.decode()


def test_it_reports_an_error_without_variables_or_bodies():
    request = HttpRequest()
    request.POST = {"bod": SECRET}
    try:
        fail()
    except ValueError as error:
        report = NoReport(request, ValueError, error, error.__traceback__)

    assert "ValueError" in report.get_traceback_text()
    assert SECRET not in report.get_traceback_text() + report.get_traceback_html()


def test_it_logs_nothing_of_a_dossier_that_is_read(world: World, log: io.StringIO):
    fill(world)

    world.browser(world.lead).get(f"/dossiers/{world.zout.code}/")

    assert "Zoutfabriek" not in log.getvalue()
