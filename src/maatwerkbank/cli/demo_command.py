# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank demo`: compute the whole public portfolio and write its pages."""

from pathlib import Path

import click

from maatwerkbank.cli.options import end_progress, report_progress
from maatwerkbank.ground.language import Language

VARIANT = "levy_abolished"
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/demo"),
    show_default=True,
    help="Folder for the pages.",
)
def command(out: Path) -> None:
    """Assess every shipped case and the levy motion; write pages in Dutch and English.

    \b
    Examples:
      maatwerkbank demo
      maatwerkbank demo --out /tmp/maatwerkbank
    """
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.letter.case_report import case_page, case_variants
    from maatwerkbank.letter.effect_report import effect_page
    from maatwerkbank.letter.pdf import case_pdf
    from maatwerkbank.letter.portfolio_page import portfolio_page
    from maatwerkbank.portfolio.cases import case_ids, load_case
    from maatwerkbank.portfolio.effect import PORTFOLIO_DATE, effect
    from maatwerkbank.portfolio.register import register

    out.mkdir(parents=True, exist_ok=True)
    assessments = {}
    for case in case_ids():
        report_progress(f"{case}: assess")
        assessments[case] = assess(load_case(case))
        variants = case_variants(assessments[case])
        for language in LANGUAGES:
            report_progress(f"{case}: report ({language})")
            page = case_page(assessments[case], variants, language)
            (out / f"{case}.{language}.html").write_text(page, encoding="utf-8")
            pdf = case_pdf(assessments[case], variants, language)
            (out / f"{case}.{language}.pdf").write_bytes(pdf)
    found = effect(VARIANT, progress=report_progress)
    known = register(PORTFOLIO_DATE)
    for language in LANGUAGES:
        report_progress(f"portfolio ({language})")
        page = effect_page(found, language)
        (out / f"effect.{language}.html").write_text(page, encoding="utf-8")
        page = portfolio_page(known, assessments, found, language)
        name = "index.html" if language == "nl" else f"index.{language}.html"
        (out / name).write_text(page, encoding="utf-8")
    end_progress()
    click.echo(f"{len(assessments)} cases assessed, {len(found.cases)} firms under {VARIANT}.")
    click.echo(f"Open {(out / 'index.html').resolve()}")
    click.echo(f"  or {(out / 'index.en.html').resolve()} (English)")
