# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank import`: read a public register."""

from pathlib import Path
from typing import Any

import click

from maatwerkbank.cli.options import as_json, echo_json, language
from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable
from maatwerkbank.ground.language import Language


@click.group("import")
def command() -> None:
    """Read a public register: of emissions, or of Parliament.

    \b
    Examples:
      maatwerkbank import euets verified_emissions_2025_en.xlsx
      maatwerkbank import parliament toezeggingen.json
    """


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

    try:
        found, findings = read_euets(file, country=country.upper())
    except DocumentRefused as refused:
        _show([finding.as_json(language) for finding in refused.findings])
        raise DocumentUnreadable(
            f"{file} has errors; all of them stand above.", remedy="mend the file and read it again"
        ) from None
    ranking = ranking_json(found, year, findings, language)
    if not ranking["installations"]:
        raise DocumentUnreadable(
            f"no installation in {file} can be ranked in {year}.",
            remedy="name a year of the register with --year, and a file that says which activity "
            "an installation has",
        )
    if wants_json:
        echo_json(ranking)
        return
    _show(ranking["findings"])
    for row in ranking["installations"]:
        click.echo(
            f"{row['rank']:>3}  {row['id']:<10} {row['verified_t']:>12,.0f} t  {row['name']}"
        )
    click.echo()
    for firm in ranking["firms"]:
        click.echo(f"     {firm['id']:<18} {firm['verified_t']:>12,.0f} t  {firm['name']}")


@command.command("parliament")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_json
@language
def parliament(files: tuple[Path, ...], wants_json: bool, language: Language) -> None:
    """Read FILES: responses of the open data of the House (OData v4).

    Of Toezegging, Zaak (motions), Document (letters) and Activiteit (debates). Prints what they
    hold, and what is doubtful. This program has no network of its own: fetch a response first.

    \b
    Examples:
      curl -o toezeggingen.json https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/Toezegging
      maatwerkbank import parliament toezeggingen.json
      maatwerkbank import parliament toezeggingen.json moties.json --json
    """
    from maatwerkbank.sources.parliament.house import house_json
    from maatwerkbank.sources.parliament.odata import read_house

    try:
        found = read_house([(file.name, file.read_bytes()) for file in files])
    except DocumentRefused as refused:
        _show([finding.as_json(language) for finding in refused.findings])
        raise DocumentUnreadable(
            f"{', '.join(file.name for file in files)}: errors; all of them stand above.",
            remedy="fetch the responses again and read them again",
        ) from None
    told = house_json(found, language)
    if wants_json:
        echo_json(told)
        return
    _show(told["findings"])
    for row in told["commitments"]:
        due = row["due"] or "-"
        click.echo(
            f"{row['number']:<16} {row['made_on']}  {due:<10}  {row['status']:<8} {row['text']}"
        )
    for row in told["motions"]:
        paper = row["reference"] or row["number"]
        click.echo(f"{paper}  {row['on'] or '-'}  {row['outcome']:<9} {row['title']}")
    for row in (*told["letters"], *told["debates"]):
        click.echo(f"{row.get('reference') or row['number']}  {row['on'] or '-'}  {row['title']}")


def _show(findings: list[dict[str, Any]]) -> None:
    for finding in findings:
        place, expected, found = finding["place"], finding["expected"], finding["found"]
        click.echo(f"{finding['severity']} [{finding['code']}] {place}", err=True)
        click.echo(f"  {expected}; {found}", err=True)
        if finding["remedy"]:
            click.echo(f"  {finding['remedy']}", err=True)
