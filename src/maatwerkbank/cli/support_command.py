# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank support`: how public money may come into one case."""

from datetime import date

import click

from maatwerkbank.cli.options import (
    CaseName,
    as_json,
    echo_json,
    known_on,
    language,
    official,
    outlook,
    variant,
)
from maatwerkbank.ground.language import Language


@click.command("support")
@click.argument("case", type=CaseName())
@variant
@known_on
@outlook
@official
@click.option("--all", "in_full", is_flag=True, help="Every open condition and lacking value.")
@click.option(
    "--return-share",
    type=click.FloatRange(0.0, 1.0),
    help="Share that a return clause on the needed grant takes back.",
)
@click.option(
    "--milestone",
    "milestones",
    multiple=True,
    type=(int, click.FloatRange(0.0, 1.0)),
    metavar="YEAR SHARE",
    help="Pay the needed grant in tranches; repeat, with shares that add up to 1.",
)
@as_json
@language
def command(
    case: str,
    variant: str | None,
    known_on: date | None,
    outlook: str,
    official: bool,
    in_full: bool,
    return_share: float | None,
    milestones: tuple[tuple[int, float], ...],
    wants_json: bool,
    language: Language,
) -> None:
    """Show the ladder of support for CASE: each scheme, what is left, State aid.

    CASE is a path, or the id of a shipped case. What the case says is awarded plays no part in the
    ladder: it stands beside what the schemes give.

    \b
    Examples:
      maatwerkbank support yara
      maatwerkbank support nobian --variant levy_abolished --json
      maatwerkbank support aeb --all
      maatwerkbank support plan.yaml --return-share 0.5 --milestone 2027 0.4 --milestone 2029 0.6
      maatwerkbank support plan.yaml --known-on 2025-06-30 --lang en
    """
    from maatwerkbank.portfolio.cases import load_case
    from maatwerkbank.support.assessment import assess_support

    found = assess_support(load_case(case), variant=variant, known_on=known_on, outlook=outlook)
    if official:
        found.require_official()
    if wants_json:
        echo_json(found.as_json(return_share=return_share, milestones=dict(milestones)))
    else:
        from maatwerkbank.letter.support_text import clause_lines, support_lines

        for line in support_lines(found, language, in_full=in_full):
            click.echo(line)
        for line in clause_lines(found, return_share, dict(milestones), language):
            click.echo(line)
