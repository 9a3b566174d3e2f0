# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank assess`: value one case."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.draw_options import asked_draws, draw_options
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
    from maatwerkbank.letter.blocks import Report
    from maatwerkbank.risk.case_risk import CaseRisk
    from maatwerkbank.risk.simulation import Draws

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
@draw_options
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
    draws: int | None,
    seed: int | None,
    method: str | None,
    family: str | None,
    process: str | None,
    threads: int | None,
    html: Path | None,
    pdf: Path | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Value CASE: a path, or the id of a shipped case.

    The law is taken as known on the day that the case names, unless --known-on says otherwise. With
    --draws what is not known is drawn as well: the chances stand beside the ranges, and reports get
    sections on risk. `maatwerkbank risk` gives all that the draws tell.

    \b
    Examples:
      maatwerkbank assess nobian
      maatwerkbank assess yara --variant levy_abolished --json
      maatwerkbank assess aeb --draws 10000 --seed 0
      maatwerkbank assess plan.yaml --html plan.html --pdf plan.pdf --lang en
    """
    drawn = _asked(draws, seed, method, family, process, threads)
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.portfolio.cases import load_case

    case_file = load_case(case)
    assessment = assess(case_file, variant=variant, known_on=known_on, outlook=outlook)
    if official:
        assessment.require_official()
    risk = _risk(assessment, drawn, threads) if drawn else None
    if html or pdf:
        _write_reports(assessment, risk, html, pdf, language)
    if wants_json:
        drawn_json = {"draws": risk.as_json()} if risk else {}
        echo_json({**assessment.as_json(), **drawn_json})
        return
    _show(assessment, language)
    if risk:
        _show_risk(risk, language)
    click.echo(f"  {_receipts(assessment, risk, language)}")


def _asked(
    draws: int | None,
    seed: int | None,
    method: str | None,
    family: str | None,
    process: str | None,
    threads: int | None,
) -> "Draws | None":
    """The draws that were asked for; None without --draws, where the rest means nothing."""
    if draws is not None:
        return asked_draws(draws, seed, method, family, process)
    options = {
        "--seed": seed,
        "--method": method,
        "--family": family,
        "--process": process,
        "--threads": threads,
    }
    said = [name for name, value in options.items() if value is not None]
    if said:
        raise click.UsageError(f"{', '.join(said)} means nothing without --draws.")
    return None


def _risk(assessment: "Assessment", drawn: "Draws", threads: int | None) -> "CaseRisk":
    """The same case under the same law, in draws."""
    from maatwerkbank.cli.draw_options import count_blocks, stoppable
    from maatwerkbank.risk.case_risk import case_risk

    law = assessment.law
    name = law.variant.name if law.variant else "enacted"
    with stoppable():
        return case_risk(
            assessment.case_file,
            {name: law},
            drawn,
            threads=threads,
            progress=lambda _stage, done, total: count_blocks(done, total),
        )


def _write_reports(
    assessment: "Assessment",
    risk: "CaseRisk | None",
    html: Path | None,
    pdf: Path | None,
    language: Language,
) -> None:
    from maatwerkbank.letter.page import html_page
    from maatwerkbank.letter.pdf import report_pdf

    report_progress("variants")
    report = _report(assessment, risk, language)
    if html:
        html.write_text(html_page(report), encoding="utf-8")
        click.echo(f"wrote {html}", err=True)
    if pdf:
        report_progress("pdf")
        pdf.write_bytes(report_pdf(report))
        click.echo(f"wrote {pdf}", err=True)
    end_progress()


def _report(assessment: "Assessment", risk: "CaseRisk | None", language: Language) -> "Report":
    """The report of the case; with draws the sections on risk before its receipt."""
    from maatwerkbank.letter.case_report import case_report, case_support, case_variants

    variants, support = case_variants(assessment), case_support(assessment)
    report = case_report(assessment, variants, language, support=support)
    if risk is None:
        return report
    from maatwerkbank.letter.risk_report import risk_sections

    *sections, receipt = report.sections
    return replace(report, sections=(*sections, *risk_sections(risk, language), receipt))


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


def _show_risk(risk: "CaseRisk", language: Language) -> None:
    """What the draws tell of the same figures, and the chances."""
    from maatwerkbank.letter.risk_brief import risk_brief_lines

    for line in risk_brief_lines(risk, SHOWN, language):
        click.echo(line)


def _receipts(assessment: "Assessment", risk: "CaseRisk | None", language: Language) -> str:
    from maatwerkbank.letter.words import word

    told = f"{word('receipt', language)}: {assessment.receipt.number}"
    return (
        f"{told}; {word('risk_brief.receipt', language)}: {risk.receipt.number}" if risk else told
    )
