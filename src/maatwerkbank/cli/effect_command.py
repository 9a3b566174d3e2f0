# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank effect`: what a policy variant does to every case in the portfolio."""

from datetime import date
from pathlib import Path

import click

from maatwerkbank.cli.options import (
    NewFile,
    VariantName,
    as_json,
    echo_json,
    end_progress,
    known_on,
    language,
    official,
    outlook,
    report_progress,
)
from maatwerkbank.ground.language import Language

SHOWN = (
    "levy_to_2030_eur",
    "npv_eur",
    "funding_gap_eur",
    "additional_2030_t",
)


@click.command("effect")
@click.option("--variant", type=VariantName(), required=True, help="Policy variant.")
@known_on
@outlook
@official
@click.option("--html", type=NewFile(), help="Write the page to this file.")
@as_json
@language
def command(
    variant: str,
    known_on: date | None,
    outlook: str,
    official: bool,
    html: Path | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Show what VARIANT does to every case, and to the levy of every registered firm.

    \b
    Examples:
      maatwerkbank effect --variant levy_abolished
      maatwerkbank effect --variant levy_2026 --json
      maatwerkbank effect --variant levy_abolished --html effect.html --lang en
    """
    from maatwerkbank.letter.numbers import figure
    from maatwerkbank.letter.words import word
    from maatwerkbank.portfolio.effect import PORTFOLIO_DATE, effect

    found = effect(
        variant,
        known_on=known_on or PORTFOLIO_DATE,
        outlook=outlook,
        progress=report_progress,
    )
    end_progress()
    if official:
        found.require_official()
    if html:
        from maatwerkbank.letter.effect_report import effect_page

        html.write_text(effect_page(found, language), encoding="utf-8")
        click.echo(f"wrote {html}", err=True)
    if wants_json:
        echo_json(found.as_json())
        return
    click.echo(found.variant.label.into(language))
    width = max(len(case.company.name) for case in found.cases)
    click.echo(f"{'':<{width}}" + "".join(f"  {word(key, language):>28}" for key in SHOWN))
    for case in found.cases:
        cells = "".join(f"  {figure(key, case.changed(key), language):>28}" for key in SHOWN)
        mark = f"  {word('exposure_only', language)}" if case.exposure_only else ""
        click.echo(f"{case.company.name:<{width}}{cells}{mark}")
    for company in found.not_public:
        click.echo(f"{company.name:<{width}}  {word('not_public', language)}")
    totals = found.totals()
    for key in totals["judged"]:
        click.echo(f"{word(key, language)}: {figure(key, totals[key], language)}")
    click.echo(f"{word('receipt', language)}: {found.receipt.number}")
