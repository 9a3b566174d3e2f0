# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this set up well enough to let people in from outside?

Takes     the settings of the application.
Gives     findings: an error is a hole, a warning something that whoever runs the site must weigh.
Leaves    what stands in front of it (TLS, a firewall) and the database server to who runs them.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as django_settings

from maatwerkbank.ground.findings import Finding, Severity
from maatwerkbank.ground.language import Text

SHORTEST_KEY = 50
LONGEST_IDLE = 60  # [minutes]
HERE = {"localhost", "127.0.0.1", "[::1]"}


def settings_findings(settings: Any = django_settings) -> tuple[Finding, ...]:
    """Everything that is wrong, at once; nothing where it may be opened."""
    found = [
        *_key(settings),
        *_hosts(settings),
        *_single_sign_on(settings),
        *_sessions(settings),
        *_mail(settings),
    ]
    if settings.DEBUG:
        found.append(_finding("error", "DEBUG", "False", "True"))
    return tuple(found)


def _finding(
    severity: Severity, place: str, expected: Text | str, found: Text | str, remedy: Text | str = ""
) -> Finding:
    return Finding(severity, "settings.unsafe", place, expected, found, remedy)


def _key(settings: Any) -> list[Finding]:
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) > 10:
        return []
    severity: Severity = "warning" if settings.DEMO else "error"
    return [
        _finding(
            severity,
            "MAATWERKBANK_SECRET_KEY",
            Text(nl="minstens 50 willekeurige tekens", en="at least 50 random characters"),
            Text(nl=f"{len(key)} tekens", en=f"{len(key)} characters"),
            "python -c 'import secrets; print(secrets.token_urlsafe(50))'",
        )
    ]


def _hosts(settings: Any) -> list[Finding]:
    hosts = set(settings.ALLOWED_HOSTS)
    outside = sorted(hosts - HERE)
    if "*" in hosts:
        return [_finding("error", "MAATWERKBANK_HOSTS", Text(nl="namen", en="names"), "*")]
    if settings.INSECURE and outside:
        return [
            _finding(
                "error",
                "MAATWERKBANK_DEMO" if settings.DEMO else "MAATWERKBANK_INSECURE",
                Text(
                    nl="alleen op deze machine: zonder TLS en, in de demo, zonder wachtwoord",
                    en="on this machine only: without TLS and, in the demo, without a password",
                ),
                ", ".join(outside),
            )
        ]
    if not settings.INSECURE and not outside:
        return [
            _finding(
                "warning",
                "MAATWERKBANK_HOSTS",
                Text(nl="de naam van de site", en="the name of the site"),
                ", ".join(sorted(hosts)),
            )
        ]
    return []


def _single_sign_on(settings: Any) -> list[Finding]:
    found = []
    for provider in settings.SOCIALACCOUNT_PROVIDERS.values():
        app = provider["APPS"][0]
        for name, value in (("CLIENT_ID", app["client_id"]), ("CLIENT_SECRET", app["secret"])):
            if not value:
                place = f"MAATWERKBANK_OIDC_{name}"
                absent = Text(nl="niets", en="nothing")
                wanted = Text(nl="van de aanbieder", en="from the provider")
                found.append(_finding("error", place, wanted, absent))
        issuer = app["settings"]["server_url"]
        if urlsplit(issuer).scheme != "https" and not settings.INSECURE:
            found.append(_finding("error", "MAATWERKBANK_OIDC_ISSUER", "https://…", issuer))
    return found


def _sessions(settings: Any) -> list[Finding]:
    minutes = settings.SESSION_COOKIE_AGE // 60
    if minutes <= LONGEST_IDLE:
        return []
    return [
        _finding(
            "warning",
            "MAATWERKBANK_IDLE_MINUTES",
            Text(nl=f"hoogstens {LONGEST_IDLE}", en=f"at most {LONGEST_IDLE}"),
            str(minutes),
        )
    ]


def _mail(settings: Any) -> list[Finding]:
    found = []
    nothing = Text(nl="niets", en="nothing")
    if not settings.EMAIL_HOST and not settings.DEMO:
        wanted = Text(
            nl="een mailserver, voor uitnodigingen en vergeten wachtwoorden",
            en="a mail server, for invitations and forgotten passwords",
        )
        found.append(_finding("warning", "MAATWERKBANK_SMTP_HOST", wanted, nothing))
    if settings.SECURITY_CONTACT.endswith("@localhost") and not settings.DEMO:
        wanted = Text(nl="een adres voor wie een lek vindt", en="an address for who finds a leak")
        found.append(_finding("warning", "MAATWERKBANK_SECURITY_CONTACT", wanted, nothing))
    return found
