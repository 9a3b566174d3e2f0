# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank check`: every finding in a case file, with its place."""

import sys

import click

from maatwerkbank.cli.options import CaseName, as_json, echo_json, language
from maatwerkbank.ground.language import Language, Text, say

_FINE = Text(nl="geen bevindingen", en="no findings")
_LABELS = {
    "error": Text(nl="fout", en="error"),
    "warning": Text(nl="let op", en="warning"),
}
_REMEDY = Text(nl="Doe", en="Remedy")


@click.command("check")
@click.argument("case", type=CaseName())
@as_json
@language
def command(case: str, wants_json: bool, language: Language) -> None:
    """Show all findings in CASE at once (a path, or the id of a shipped case).

    Exit code 1 if any finding is an error.

    \b
    Examples:
      maatwerkbank check plan.yaml
      maatwerkbank check nobian --json
    """
    from maatwerkbank.ground.findings import has_errors
    from maatwerkbank.plant.case_file import check_case
    from maatwerkbank.portfolio.cases import case_path

    path = case_path(case)
    _, findings = check_case(path)
    if wants_json:
        echo_json(
            {
                "file": path.name,
                "errors": sum(1 for f in findings if f.severity == "error"),
                "warnings": sum(1 for f in findings if f.severity == "warning"),
                "findings": [finding.as_json(language) for finding in findings],
            }
        )
    else:
        for finding in findings:
            label = say(_LABELS[finding.severity], language)
            click.echo(f"{label} [{finding.code}] {finding.place}")
            click.echo(f"  {finding.found_text(language)}")
            if finding.remedy:
                click.echo(f"  {say(_REMEDY, language)}: {say(finding.remedy, language)}")
        if not findings:
            click.echo(f"{path.name}: {say(_FINE, language)}")
    sys.exit(1 if has_errors(findings) else 0)
