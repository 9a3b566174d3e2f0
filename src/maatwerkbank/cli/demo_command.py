# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank demo`: compute the whole public portfolio and write its pages."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
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
    from maatwerkbank.portfolio.cases import case_ids

    out.mkdir(parents=True, exist_ok=True)
    # A fresh process for each worker: the drawing library does not survive a fork.
    workers = min(len(case_ids()), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        reports = {pool.submit(write_case, case, out): case for case in case_ids()}
        firms = write_portfolio(out)
        for done, report in enumerate(as_completed(reports), 1):
            report.result()
            report_progress(f"{done} / {len(reports)}: {reports[report]}")
    end_progress()
    click.echo(f"{len(reports)} cases assessed, {firms} firms under {VARIANT}.")
    click.echo(f"Open {(out / 'index.html').resolve()}")
    click.echo(f"  or {(out / 'index.en.html').resolve()} (English)")


def write_case(case: str, out: Path) -> None:
    """Assess one case and write its page and its document in both languages."""
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.letter.case_report import case_page, case_support, case_variants
    from maatwerkbank.letter.pdf import case_pdf
    from maatwerkbank.portfolio.cases import load_case

    assessment = assess(load_case(case))
    variants = case_variants(assessment)
    support = case_support(assessment)
    for language in LANGUAGES:
        page = case_page(
            assessment,
            variants,
            language,
            support=support,
            other_language=f"{case}.{_other(language)}.html",
            home=_index(language),
        )
        (out / f"{case}.{language}.html").write_text(page, encoding="utf-8")
        pdf = case_pdf(assessment, variants, language, support=support)
        (out / f"{case}.{language}.pdf").write_bytes(pdf)


def write_portfolio(out: Path) -> int:
    """Write the overview and the effect of the variant; gives the number of firms."""
    from maatwerkbank.letter.effect_report import effect_page
    from maatwerkbank.letter.portfolio_page import portfolio_page
    from maatwerkbank.portfolio.cases import case_ids
    from maatwerkbank.portfolio.effect import PORTFOLIO_DATE, effect
    from maatwerkbank.portfolio.register import register

    found = effect(VARIANT, progress=report_progress)
    known = register(PORTFOLIO_DATE)
    assessments = {c.company.id: c.base for c in found.cases if not c.exposure_only}
    for language in LANGUAGES:
        report_progress(f"portfolio ({language})")
        page = effect_page(
            found,
            language,
            links={case: f"{case}.{language}.html" for case in case_ids()},
            other_language=f"effect.{_other(language)}.html",
            home=_index(language),
        )
        (out / f"effect.{language}.html").write_text(page, encoding="utf-8")
        page = portfolio_page(known, assessments, found, language)
        (out / _index(language)).write_text(page, encoding="utf-8")
    return len(found.cases)


def _other(language: Language) -> Language:
    return "en" if language == "nl" else "nl"


def _index(language: Language) -> str:
    return "index.html" if language == "nl" else f"index.{language}.html"
