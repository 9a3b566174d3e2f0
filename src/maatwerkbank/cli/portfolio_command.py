# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank portfolio`: choose among cases, their variants and start years, under limits."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maatwerkbank.cli.draw_options import asked_draws, draw_options, stoppable, write_reports
from maatwerkbank.cli.options import (
    CaseName,
    NewFile,
    as_json,
    echo_json,
    end_progress,
    known_on,
    language,
    outlook,
    report_progress,
    variant,
)
from maatwerkbank.ground.language import Language, Text, say

if TYPE_CHECKING:
    from maatwerkbank.ground.findings import Finding
    from maatwerkbank.plant.case_file import CaseFile
    from maatwerkbank.portfolio.candidates import Counts
    from maatwerkbank.portfolio.candidates_file import CandidatesFile
    from maatwerkbank.portfolio.question import Question, YearlyLimit

_ERROR = Text(nl="fout", en="error")
_REMEDY = Text(nl="Doe", en="Remedy")
_COUNTS: "dict[str, Counts]" = {"2030": "2030", "all-years": "all_years"}


class AmountByYear(click.ParamType[tuple[int | None, float]]):
    """An amount for every year, or YEAR=AMOUNT for one."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int | None, float]:
        """The year, None for all, and the amount; or a usage error that shows the form."""
        if isinstance(value, tuple):
            return value
        year, equals, amount = value.rpartition("=")
        try:
            found = float(amount)
            when = int(year) if equals else None
        except ValueError:
            self.fail(f"'{value}' is no amount: write 100e6, or 2027=100e6.", param, ctx)
        if not 0.0 <= found < float("inf"):
            self.fail(f"'{value}' is below nil or no number: write an amount.", param, ctx)
        return when, found


@click.group("portfolio")
def command() -> None:
    """Choose among cases, their variants and start years, under limits.

    \b
    Examples:
      maatwerkbank portfolio choose --candidates example-choice.yaml
    """


@command.command("choose")
@click.argument("cases", type=CaseName(), nargs=-1, metavar="[CASE]...")
@click.option(
    "--candidates",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A document with options, infrastructure and limits.",
)
@click.option(
    "--budget",
    type=AmountByYear(),
    multiple=True,
    metavar="EUR",
    help="A year, or YEAR=EUR for one year; repeat for more.",
)
@click.option(
    "--staff",
    type=AmountByYear(),
    multiple=True,
    metavar="FTE",
    help="A year, or YEAR=FTE for one year; repeat for more.",
)
@click.option(
    "--risk-aversion",
    type=click.FloatRange(min=0.0),
    help="Tonnes that one tonne less in the worst draws is worth.",
)
@click.option(
    "--level",
    type=click.FloatRange(0.0, 1.0, max_open=True),
    help="Share of draws that is not the worst.  [default: 0.95]",
)
@click.option("--frontier", is_flag=True, help="Also most tonnes for every amount of risk.")
@click.option("--shadow-prices", is_flag=True, help="Also what 1% more of each limit is worth.")
@click.option(
    "--count",
    "counts",
    type=click.Choice(sorted(_COUNTS)),
    help="Which tonnes of cases count.  [default: all-years]",
)
@click.option(
    "--later",
    type=click.IntRange(min=0, max=20),
    help="How many years later a case may start.  [default: 3]",
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0.0),
    default=1e-4,
    show_default=True,
    help="How far from the best the choice may be, as a share.",
)
@variant
@known_on
@outlook
@draw_options
@click.option("--html", type=NewFile(), help="Write the report to this file.")
@click.option("--pdf", type=NewFile(), help="Write the report to this file.")
@as_json
@language
def choose(
    cases: tuple[str, ...],
    candidates: Path | None,
    budget: tuple[tuple[int | None, float], ...],
    staff: tuple[tuple[int | None, float], ...],
    risk_aversion: float | None,
    level: float | None,
    frontier: bool,
    shadow_prices: bool,
    counts: str | None,
    later: int | None,
    gap: float,
    variant: str | None,
    known_on: date | None,
    outlook: str,
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
    """Choose what is worth most under limits, and show what buying the cheapest first would give.

    Options are those of the document, and every CASE (a path, or the id of a shipped case) with its
    start years; without either, the shipped cases. Without a budget money is no limit.

    \b
    Examples:
      maatwerkbank portfolio choose --candidates example-choice.yaml
      maatwerkbank portfolio choose --candidates example-choice.yaml --draws 1000 --frontier
      maatwerkbank portfolio choose plan.yaml aeb --budget 100e6 --budget 2029=800e6 --json
    """
    from maatwerkbank.portfolio.answer import answer
    from maatwerkbank.portfolio.candidates import LATER
    from maatwerkbank.portfolio.choice.terms import ChoiceRefused, NoChoice
    from maatwerkbank.portfolio.question import Beside, question
    from maatwerkbank.risk.simulation import DEFAULT_DRAWS

    file = _document(candidates, cases, language)
    case_files = _case_files(cases, file)
    if not case_files:
        said = {"--variant": variant, "--known-on": known_on, "--later": later, "--family": family}
        _refuse_without_cases([*said.items(), ("--process", process)])
    listed = file.listed_draws if file else None
    n = draws if draws is not None else listed or DEFAULT_DRAWS
    with stoppable():
        asked = question(
            file=file,
            case_files=case_files,
            law=_law(case_files, file, variant, known_on, outlook),
            draws=asked_draws(n, seed, method, family, process),
            counts=None if counts is None else _COUNTS[counts],
            later=LATER if later is None else later,
            beside=Beside(_limit(budget), _limit(staff), risk_aversion, level),
            threads=threads,
            tell=report_progress,
        )
        try:
            found = answer(
                asked,
                gap=gap,
                with_frontier=frontier or bool(html or pdf),
                with_shadow_prices=shadow_prices or bool(html or pdf),
                tell=report_progress,
            )
        except NoChoice as none:
            end_progress()
            _show_lacks(asked, none, language)
            raise
        except ChoiceRefused as refused:
            end_progress()
            _show_findings(refused.findings, language)
            raise
        end_progress()
        if html or pdf:
            from maatwerkbank.letter.choice_report import answer_report

            write_reports(answer_report(found, language), html, pdf)
        if wants_json:
            echo_json(found.as_json())
            return
        from maatwerkbank.letter.choice_text import choice_lines

        for line in choice_lines(found, language):
            click.echo(line)


# ── what was typed ────────────────────────────────────────────────────────────────────────────


def _document(
    path: Path | None, cases: Sequence[str], language: Language
) -> "CandidatesFile | None":
    """The document, or every finding in it and a refusal."""
    if path is None:
        return None
    from maatwerkbank.portfolio.candidates_file import CandidatesRefused, check_candidates

    found, findings = check_candidates(path, cases)
    if found is None:
        _show_findings(findings, language)
        raise CandidatesRefused(str(path), findings)
    return found


def _case_files(cases: Sequence[str], file: "CandidatesFile | None") -> "list[CaseFile]":
    """The cases that were named; the shipped ones where nothing gives options."""
    from maatwerkbank.portfolio.cases import case_ids, load_case

    if not cases and file and file.content.options:
        return []
    return [load_case(each) for each in dict.fromkeys(cases or case_ids())]


def _refuse_without_cases(said: "Sequence[tuple[str, object]]") -> None:
    typed = [name for name, value in said if value is not None]
    if typed:
        raise click.UsageError(
            f"{', '.join(typed)} means nothing here: the document has all options, and no case is "
            "named to be valued."
        )


def _law(
    case_files: "Sequence[CaseFile]",
    file: "CandidatesFile | None",
    variant: str | None,
    known_on: date | None,
    outlook: str,
) -> Any:
    """The law that cases are valued under; None where there are none."""
    from maatwerkbank.parameters.law import Law

    if not case_files:
        return None
    days = {each.case.known_on for each in case_files} | (
        {file.content.known_on} if file else set()
    )
    if known_on is None and len(days) > 1:
        raise click.UsageError(
            f"what is chosen from was known on different days ({', '.join(sorted(days))}): name "
            "one with --known-on."
        )
    day = known_on or date.fromisoformat(days.pop())
    return Law(day, variant=variant, outlook=outlook)


def _limit(typed: "Sequence[tuple[int | None, float]]") -> "YearlyLimit | None":
    from maatwerkbank.portfolio.question import YearlyLimit

    if not typed:
        return None
    every = [amount for year, amount in typed if year is None]
    if len(every) > 1:
        raise click.UsageError("one amount for every year, and YEAR=AMOUNT for the others.")
    by_year = {year: amount for year, amount in typed if year is not None}
    return YearlyLimit(every[0] if every else None, by_year)


# ── what is shown ─────────────────────────────────────────────────────────────────────────────


def _show_findings(findings: "tuple[Finding, ...]", language: Language) -> None:
    for finding in findings:
        click.echo(f"{say(_ERROR, language)} [{finding.code}] {finding.place}", err=True)
        click.echo(f"  {finding.found_text(language)}", err=True)
        if finding.remedy:
            click.echo(f"  {say(_REMEDY, language)}: {say(finding.remedy, language)}", err=True)


def _show_lacks(asked: "Question", none: Any, language: Language) -> None:
    from maatwerkbank.letter.choice_text import lacking_lines

    for line in lacking_lines(asked, none.lacks, language):
        click.echo(line, err=True)
