# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank import`: read a public register."""

from pathlib import Path

import click

from maatwerkbank.cli.options import as_json, echo_json, language
from maatwerkbank.ground.language import Language


@click.group("import")
def command() -> None:
    """Read a public register and rebuild the largest industrial emitters."""


@command.command("euets")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=int, default=2024, show_default=True, help="Year that ranks.")
@click.option("--country", default="NL", show_default=True, help="Two letters of the registry.")
@as_json
@language
def euets(file: Path, year: int, country: str, wants_json: bool, language: Language) -> None:
    """Read FILE: the Union Registry workbook, or a CSV file or folder of the same figures.

    Prints the thirty largest industrial emitters and the firms behind them.

    \b
    Examples:
      maatwerkbank import euets verified_emissions_2025_en.xlsx
      maatwerkbank import euets nl_installations_2022_2025.csv --year 2024 --json
    """
    from maatwerkbank.sources.euets import ranking_json, read_euets

    found, findings = read_euets(file, country=country)
    ranking = ranking_json(found, year, findings, language)
    if wants_json:
        echo_json(ranking)
        return
    for finding in ranking["findings"]:
        click.echo(f"{finding['severity']} {finding['place']}: {finding['found']}", err=True)
        if finding["remedy"]:
            click.echo(f"  {finding['remedy']}", err=True)
    for row in ranking["installations"]:
        click.echo(
            f"{row['rank']:>3}  {row['id']:<10} {row['verified_t']:>12,.0f} t  {row['name']}"
        )
