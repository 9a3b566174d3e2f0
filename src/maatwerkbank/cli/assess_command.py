# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank assess`: value one case."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.options import (
    CaseName,
    NewFile,
    as_json,
    echo_json,
    end_progress,
    known_on,
    language,
    official,
    outlook,
    report_progress,
    variant,
)
from maatwerkbank.ground.language import Language

if TYPE_CHECKING:
    from maatwerkbank.economics.assessment import Assessment
    from maatwerkbank.economics.lacks import Lack

SHOWN = (
    "gross_2030_t",
    "required_2030_t",
    "additional_2030_t",
    "removal_2030_t",
    "investment_eur",
    "support_eur",
    "npv_eur",
    "npv_without_support_eur",
    "funding_gap_eur",
    "levy_to_2030_without_eur",
    "levy_to_2030_eur",
    "abatement_cost_eur_per_t",
    "social_abatement_cost_eur_per_t",
)


@click.command("assess")
@click.argument("case", type=CaseName())
@variant
@known_on
@outlook
@official
@click.option("--html", type=NewFile(), help="Write the report to this file.")
@click.option("--pdf", type=NewFile(), help="Write the report to this file.")
@as_json
@language
def command(
    case: str,
    variant: str | None,
    known_on: date | None,
    outlook: str,
    official: bool,
    html: Path | None,
    pdf: Path | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Value CASE: a path, or the id of a shipped case.

    The law is taken as known on the day that the case names, unless --known-on says otherwise.

    \b
    Examples:
      maatwerkbank assess nobian
      maatwerkbank assess yara --variant levy_abolished --json
      maatwerkbank assess plan.yaml --html plan.html --pdf plan.pdf --lang en
    """
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.portfolio.cases import load_case

    case_file = load_case(case)
    assessment = assess(case_file, variant=variant, known_on=known_on, outlook=outlook)
    if official:
        assessment.require_official()
    if html or pdf:
        _write_reports(assessment, html, pdf, language)
    if wants_json:
        echo_json(assessment.as_json())
    else:
        _show(assessment, language)


def _write_reports(
    assessment: "Assessment", html: Path | None, pdf: Path | None, language: Language
) -> None:
    from maatwerkbank.letter.case_report import case_page, case_support, case_variants
    from maatwerkbank.letter.pdf import case_pdf

    report_progress("variants")
    variants = case_variants(assessment)
    support = case_support(assessment)
    if html:
        page = case_page(assessment, variants, language, support=support)
        html.write_text(page, encoding="utf-8")
        click.echo(f"wrote {html}", err=True)
    if pdf:
        report_progress("pdf")
        pdf.write_bytes(case_pdf(assessment, variants, language, support=support))
        click.echo(f"wrote {pdf}", err=True)
    end_progress()


def _by_place(assessment: "Assessment") -> "dict[tuple[str, str], list[Lack]]":
    """What is lacking, once per place, with every figure that waits for it."""
    grouped: dict[tuple[str, str], list[Lack]] = {}
    for lack in assessment.lacks:
        grouped.setdefault((lack.place, lack.reason), []).append(lack)
    return grouped


def _show(assessment: "Assessment", language: Language) -> None:
    from maatwerkbank.letter.names import place_label
    from maatwerkbank.letter.numbers import figure
    from maatwerkbank.letter.words import word

    case = assessment.case
    click.echo(case.title.into(language))
    click.echo(
        f"{word('kind.' + case.kind, language)}. {word('npv_sign', language)}: "
        f"{word('npv_sign.' + assessment.npv_sign, language)}."
    )
    width = max(len(word(key, language)) for key in SHOWN)
    for key in SHOWN:
        found = assessment.ranges.get(key)
        spread = ""
        if found:
            low, high = (figure(key, found[end], language) for end in ("low", "high"))
            spread = f"  ({low} … {high})"
        value = figure(key, assessment.results[key], language)
        click.echo(f"  {word(key, language):<{width}}  {value:>16}{spread}")
    for row in assessment.beside_what_is_known():
        ours = figure(row["result"], row["computed"], language)
        known = figure(row["result"], row["known"], language)
        click.echo(
            f"  {word('known', language)}: {word(row['result'], language)} {known}; "
            f"{word('computed', language)} {ours}. {row['difference'][language]}"
        )
    for (place, reason), lacks in _by_place(assessment).items():
        wanted = ", ".join(word(lack.figure, language) for lack in lacks if lack.figure in SHOWN)
        if wanted:
            names = [place_label(assessment, name, language) for name in place.split(", ") if name]
            where = ", ".join(names) or word(f"lack.{reason}", language)
            click.echo(f"  {word('lacking', language)}: {where}")
            click.echo(f"    {lacks[0].why[language]} ({lacks[0].ask[language]})")
            click.echo(f"    {word('needed_for', language)}: {wanted}")
    click.echo(f"  {word('receipt', language)}: {assessment.receipt.number}")
