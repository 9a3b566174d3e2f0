# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank verify`: that nothing in the archive was changed that may never change."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.options import as_json, echo_json, end_progress, language, report_progress
from maatwerkbank.ground.language import Language, Text, say

if TYPE_CHECKING:
    from maatwerkbank.ground.findings import Finding

_PARTS = {
    "decisions": Text(nl="besluiten", en="decisions"),
    "dossiers": Text(nl="dossiers met besluiten", en="dossiers with decisions"),
    "documents": Text(nl="versies van documenten", en="versions of documents"),
    "case_files": Text(nl="casusbestanden", en="case files"),
    "runs": Text(nl="berekeningen", en="runs"),
    "frozen_sets": Text(nl="bevroren sets", en="frozen sets"),
    "agreements": Text(nl="overeenkomsten", en="agreements"),
    "guards": Text(nl="bewakingen in de database", en="guards in the database"),
}
_FINE = Text(nl="Alles is zoals het was.", en="Everything is as it was.")
_WRONG = Text(nl="{count} bevinding(en).", en="{count} finding(s).")
_LAST = Text(
    nl="Laatste besluit: {number}:{hash}\nBewaar dit elders, en geef het later mee met --last.",
    en="Last decision: {number}:{hash}\nKeep this elsewhere, and give it along with --last later.",
)
_FAULT = Text(nl="fout", en="error")
_REMEDY = Text(nl="Doe", en="Remedy")


class LastDecision(click.ParamType[tuple[int, str]]):
    """Number and hash of a decision, as `verify` prints them."""

    name = "number:hash"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, str]:
        """Both, or a usage error that shows the form."""
        match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", str(value))
        if match is None:
            self.fail(f"'{value}' is not of the form 12:0f3a… (64 digits).", param, ctx)
        return int(match[1]), match[2]


@click.command("verify")
@click.option(
    "--last", type=LastDecision(), help="The last decision as kept elsewhere: finds a cut-off end."
)
@click.option(
    "--export",
    "export",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check this export of a dossier instead; no database is needed.",
)
@as_json
@language
def command(
    last: tuple[int, str] | None, export: Path | None, wants_json: bool, language: Language
) -> None:
    """Check that decisions, evidence, papers, case files and runs are as they were.

    Walks the chain of decisions and makes every hash again; looks whether the guards of the
    database are on. Exit code 1 where anything is wrong.

    \b
    Examples:
      maatwerkbank verify
      maatwerkbank verify --json
      maatwerkbank verify --export dossier.zip
    """
    if export:
        _verify_export(export, wants_json, language)
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maatwerkbank.web.settings")
    os.environ.setdefault("MAATWERKBANK_SECRET_KEY", "verifying signs no cookies")
    from maatwerkbank.web.database import start_database

    start_database()
    import django

    django.setup()
    from maatwerkbank.web.verification import verify

    found = verify(last=last, tell=lambda part: report_progress(say(_PARTS[part], language)))
    end_progress()
    if wants_json:
        echo_json(
            {
                "checked": found.checked,
                "last": {"number": found.last[0], "hash": found.last[1]},
                "findings": [each.as_json(language) for each in found.findings],
            }
        )
    else:
        for name, count in found.checked.items():
            click.echo(f"{count:>8} {say(_PARTS[name], language)}")
        _tell(found.findings, language)
        if found.last[0]:
            number, digest = found.last
            click.echo(say(_LAST, language).format(number=number, hash=digest))
    sys.exit(1 if found.findings else 0)


def _verify_export(path: Path, wants_json: bool, language: Language) -> None:
    """Say what is wrong with an export, and end."""
    from maatwerkbank.web.documents.export_check import verify_export

    findings = verify_export(path)
    if wants_json:
        echo_json({"findings": [each.as_json(language) for each in findings]})
    else:
        _tell(findings, language)
    sys.exit(1 if findings else 0)


def _tell(findings: "Sequence[Finding]", language: Language) -> None:
    for each in findings:
        click.echo(f"{say(_FAULT, language)} [{each.code}] {each.place}")
        click.echo(f"  {each.found_text(language)}")
        click.echo(f"  {say(_REMEDY, language)}: {say(each.remedy, language)}")
    if findings:
        click.echo(say(_WRONG, language).format(count=len(findings)))
    else:
        click.echo(say(_FINE, language))
