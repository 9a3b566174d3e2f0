# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank effect`: what a policy variant does to every case in the portfolio."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from maatwerkbank.portfolio.effect import CaseEffect, Effect

SHOWN = (
    "levy_to_2030_eur",
    "carbon_value_eur",
    "npv_eur",
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
    _show(found, language)


def _show(found: "Effect", language: Language) -> None:
    from maatwerkbank.letter.numbers import judged
    from maatwerkbank.letter.words import word

    def change(case: "CaseEffect", key: str) -> str:
        if key not in case.keys:
            return word("not_applicable", language)
        return judged(key, case.difference[key], language)

    click.echo(f"{found.variant.label.into(language)}: {word('text.changes', language)}")
    rows = [["", *(word(key, language) for key in SHOWN)]]
    for case in found.cases:
        mark = f" ({word('exposure_only', language)})" if case.exposure_only else ""
        rows.append([case.company.name + mark, *(change(case, key) for key in SHOWN)])
    rows += [
        [company.name, word("not_public", language), *("" for _ in SHOWN[1:])]
        for company in found.not_public
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(len(SHOWN) + 1)]
    for name, *cells in rows:
        aligned = "".join(f"  {cell:>{w}}" for cell, w in zip(cells, widths[1:], strict=True))
        click.echo(f"{name:<{widths[0]}}{aligned}".rstrip())
    totals = found.totals()
    for key, count in totals["judged"].items():
        every = count + len(totals["not_judged"][key])
        shown = judged(key, (totals[key], totals["ranges"].get(key)), language)
        click.echo(f"{word(key, language)}: {shown} ({count} / {every})")
    click.echo(f"{word('receipt', language)}: {found.receipt.number}")
