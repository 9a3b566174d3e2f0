# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank register`: who stands where, with sources."""

from datetime import date

import click

from maatwerkbank.cli.options import Day, as_json, echo_json, language
from maatwerkbank.ground.language import Language


@click.command("register")
@click.option("--as-of", type=Day(), required=True, help="As the register knew it on this day.")
@as_json
@language
def command(as_of: date, wants_json: bool, language: Language) -> None:
    """Show every company of the public register with stage, dates and exit.

    With DATABASE_URL set: every company of that database.

    \b
    Examples:
      maatwerkbank register --as-of 2025-06-30
      maatwerkbank register --as-of 2023-12-31 --json
    """
    from maatwerkbank.cli.portfolio_source import register_on

    found = register_on(as_of)
    if wants_json:
        echo_json(found.as_json())
        return
    from maatwerkbank.letter.exits import exit_label
    from maatwerkbank.letter.words import word

    notice = found.as_json()["notice"]
    if notice:
        click.echo(notice[language])
    if not found.companies:
        click.echo(word("register.empty", language))
        return
    rows = [
        (
            company.name,
            word(f"stage.{company.stage}", language)
            + (f" ({exit_label(company.exit, language)})" if company.exit else ""),
            company.eop_date or ("?" if company.eop_signed else "-"),
            company.jloi_date or "-",
            company.agreement_date or "-",
        )
        for company in found
    ]
    heads = (
        word("column.company", language),
        word("column.stage", language),
        "EoP",
        "JLoI",
        word("column.agreement", language),
    )
    widths = [max(len(str(row[n])) for row in [heads, *rows]) for n in range(len(heads))]
    for row in [heads, *rows]:
        click.echo(
            "  ".join(f"{cell!s:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        )
