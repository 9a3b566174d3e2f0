# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank demo`: the web application with the public portfolio in it, until Ctrl-C.

With --pages, the same portfolio as pages and documents in a folder, without a server.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.options import end_progress, report_progress
from maatwerkbank.ground.language import Language

if TYPE_CHECKING:
    from maatwerkbank.letter.blocks import Report

VARIANT = "levy_abolished"
DRAWN = "aeb"  # the shipped case of which draws tell a net present value
DRAWS, SEED = 2_000, 0
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port."
)
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for its database; left out: one of its own in your data folder.",
)
@click.option("--fresh", is_flag=True, help="Throw away what was changed in the demo; begin anew.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write pages and documents into this folder instead, and end.",
)
def command(port: int, folder: Path | None, fresh: bool, pages: Path | None) -> None:
    """Open the web application with the public portfolio as on 30 June 2025, until Ctrl-C.

    Everything in it is a public reconstruction, but for one firm that is invented. The people to
    sign in as stand on the sign-in page. It keeps its own database, in its own folder.

    \b
    Examples:
      maatwerkbank demo
      maatwerkbank demo --port 8080 --fresh
      maatwerkbank demo --pages build/pages
    """
    if pages:
        write_pages(pages)
        return
    from maatwerkbank.web.database import data_folder
    from maatwerkbank.web.demo import stage

    folder = folder.resolve() if folder else data_folder() / "demo"
    click.echo(f"The demo in {folder} is being prepared; the first time takes some seconds.")
    stage.prepare(folder, port=port, fresh=fresh, tell=report_progress)
    end_progress()
    click.echo("Public reconstruction, as on 30 June 2025. Ctrl-C ends the demo.")
    click.echo(f"What everybody may see: http://{stage.HOST}:{port}/openbaar/")
    stage.run(port)


def write_pages(out: Path) -> None:
    """Assess every shipped case and the levy motion; write pages in Dutch and English.

    Of one case what is not known is drawn as well, with and without the levy.
    """
    from maatwerkbank.portfolio.cases import case_ids

    out.mkdir(parents=True, exist_ok=True)
    # A fresh process for each worker: the drawing library does not survive a fork.
    workers = min(len(case_ids()), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        # The draws first: on a new machine their kernel is compiled, and the rest does not wait.
        reports = {pool.submit(write_risk, DRAWN, out): f"{DRAWN}, {DRAWS} draws"}
        reports |= {pool.submit(write_case, case, out): case for case in case_ids()}
        firms = write_portfolio(out)
        for done, report in enumerate(as_completed(reports), 1):
            report.result()
            report_progress(f"{done} / {len(reports)}: {reports[report]}")
    end_progress()
    click.echo(f"{len(case_ids())} cases assessed, {firms} firms under {VARIANT}.")
    click.echo(f"Open {(out / 'index.html').resolve()}")
    click.echo(f"  or {(out / 'index.en.html').resolve()} (English)")


def write_case(case: str, out: Path) -> None:
    """Assess one case and write its page and its document in both languages."""
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.letter.case_report import case_report, case_support, case_variants
    from maatwerkbank.letter.page import html_page
    from maatwerkbank.letter.pdf import report_pdf
    from maatwerkbank.portfolio.cases import load_case

    assessment = assess(load_case(case))
    variants = case_variants(assessment)
    support = case_support(assessment)
    for language in LANGUAGES:
        report = case_report(
            assessment,
            variants,
            language,
            support=support,
            other_language=f"{case}.{_other(language)}.html",
            home=_index(language),
        )
        (out / f"{case}.{language}.pdf").write_bytes(report_pdf(report))
        shown = _with_link_to_risk(report, language) if case == DRAWN else report
        (out / f"{case}.{language}.html").write_text(html_page(shown), encoding="utf-8")


def write_risk(case: str, out: Path) -> None:
    """Draw what is not known of one case, with and without the levy, and write what that tells."""
    from maatwerkbank.letter.page import html_page
    from maatwerkbank.letter.pdf import report_pdf
    from maatwerkbank.letter.risk_report import case_risk_report
    from maatwerkbank.parameters.law import Law
    from maatwerkbank.portfolio.cases import load_case
    from maatwerkbank.risk.case_risk import case_risk
    from maatwerkbank.risk.simulation import Draws

    case_file = load_case(case)
    day = date.fromisoformat(case_file.case.known_on)
    laws = {
        "enacted": Law(day, outlook="hold"),
        VARIANT: Law(day, variant=VARIANT, outlook="hold"),
    }
    risk = case_risk(case_file, laws, Draws(n=DRAWS, seed=SEED))
    for language in LANGUAGES:
        report = case_risk_report(
            risk,
            language,
            other_language=_risk_page(case, _other(language)),
            home=_index(language),
        )
        (out / _risk_page(case, language)).write_text(html_page(report), encoding="utf-8")
        (out / f"{case}.risk.{language}.pdf").write_bytes(report_pdf(report))


def _with_link_to_risk(report: "Report", language: Language) -> "Report":
    """The page of the case, with the way to what its draws tell among its facts."""
    from maatwerkbank.letter.blocks import Facts, Link
    from maatwerkbank.letter.numbers import number
    from maatwerkbank.letter.words import word

    told = word("risk_report.see_draws", language, draws=number(DRAWS, language))
    link = Link(told, _risk_page(DRAWN, language))
    fact = (word("risk_report.kicker", language), (link,))
    return replace(report, facts=Facts((*report.facts.pairs, fact)))


def write_portfolio(out: Path) -> int:
    """Write the overview and the effect of the variant; gives the number of firms."""
    from maatwerkbank.letter.effect_report import effect_page
    from maatwerkbank.letter.portfolio_page import portfolio_page
    from maatwerkbank.portfolio.cases import case_ids
    from maatwerkbank.portfolio.effect import effect
    from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
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


def _risk_page(case: str, language: Language) -> str:
    return f"{case}.risk.{language}.html"


def _index(language: Language) -> str:
    return "index.html" if language == "nl" else f"index.{language}.html"
