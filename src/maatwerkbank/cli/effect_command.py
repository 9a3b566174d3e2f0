# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank effect`: what a policy variant does to every case in the portfolio."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.draw_options import (
    asked_draws,
    draw_options,
    require_cluster,
    stoppable,
    write_reports,
)
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
from maatwerkbank.cli.risk_command import told_of_compiling
from maatwerkbank.ground.language import Language

if TYPE_CHECKING:
    from maatwerkbank.parameters.law import Law
    from maatwerkbank.portfolio.effect import CaseEffect, Effect
    from maatwerkbank.portfolio.portfolio import Portfolio
    from maatwerkbank.risk.blocks import Progress
    from maatwerkbank.risk.simulation import Draws

SHOWN = (
    "levy_to_2030_eur",
    "carbon_value_eur",
    "npv_eur",
    "additional_2030_t",
)


@dataclass(frozen=True)
class _Asked:
    """Under which laws, and in which form the answer goes where."""

    variants: tuple[str, ...]
    known_on: date
    outlook: str
    official: bool
    html: Path | None
    pdf: Path | None
    wants_json: bool
    language: Language

    def laws(self) -> "tuple[Law, dict[str, Law]]":
        """The law as known, and the same under each variant."""
        from maatwerkbank.parameters.law import Law

        known = Law(self.known_on, outlook=self.outlook)
        return known, {
            name: Law(self.known_on, variant=name, outlook=self.outlook) for name in self.variants
        }


@dataclass(frozen=True)
class _Where:
    """Where blocks are done, and where they are kept."""

    out: Path | None
    cluster: str | None
    threads: int | None


@click.command("effect")
@click.option(
    "--variant",
    "variants",
    type=VariantName(),
    required=True,
    multiple=True,
    help="Policy variant; with --draws repeat for more.",
)
@known_on
@outlook
@official
@draw_options
@click.option("--population", type=int, help="So many installations, in place of the plans.")
@click.option("--cluster", metavar="ADDRESS", help="Draw on the workers of this dask scheduler.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep every draw in this folder, as Parquet; a stopped run goes on from there.",
)
@click.option("--html", type=NewFile(), help="Write the page to this file.")
@click.option("--pdf", type=NewFile(), help="Write the report to this file; with --draws.")
@as_json
@language
def command(
    variants: tuple[str, ...],
    known_on: date | None,
    outlook: str,
    official: bool,
    draws: int | None,
    seed: int | None,
    method: str | None,
    family: str | None,
    process: str | None,
    threads: int | None,
    population: int | None,
    cluster: str | None,
    out: Path | None,
    html: Path | None,
    pdf: Path | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Show what VARIANT does to every case, and to the levy of every registered firm.

    With --draws every case is drawn under the law as known and under each variant, in the same
    draws. With --population the register and a made-up Europe are, up to so many installations.
    The cases are those of the public portfolio; with DATABASE_URL set, of that database.

    \b
    Examples:
      maatwerkbank effect --variant levy_abolished
      maatwerkbank effect --variant levy_2026 --json
      maatwerkbank effect --variant levy_abolished --html effect.html --lang en
      maatwerkbank effect --variant levy_abolished --draws 10000 --seed 0
      maatwerkbank effect --variant levy_abolished --draws 1000 --population 9000 --out run
    """
    from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE

    asked = _Asked(
        tuple(dict.fromkeys(variants)),
        known_on or PORTFOLIO_DATE,
        outlook,
        official,
        html,
        pdf,
        wants_json,
        language,
    )
    needs_draws = {
        "--seed": seed,
        "--method": method,
        "--family": family,
        "--process": process,
        "--threads": threads,
        "--population": population,
        "--cluster": cluster,
        "--out": out,
        "--pdf": pdf,
    }
    if draws is None:
        _only_without_draws(asked, [name for name, said in needs_draws.items() if said is not None])
        _without_draws(asked)
        return
    where = _Where(out, cluster, threads)
    _check(asked, where, population)
    drawn = asked_draws(draws, seed, method, family, process)
    with stoppable(), told_of_compiling(language) as progress:
        if population is None:
            _portfolio(asked, drawn, where, progress)
        else:
            _population(asked, drawn, where, population, progress)


# ── without draws ─────────────────────────────────────────────────────────────────────────────


def _only_without_draws(asked: _Asked, said: Sequence[str]) -> None:
    if said:
        raise click.UsageError(f"{', '.join(said)} means nothing without --draws.")
    if len(asked.variants) > 1:
        raise click.UsageError("without --draws one --variant at a time is compared.")


def _without_draws(asked: _Asked) -> None:
    from maatwerkbank.cli.portfolio_source import portfolio_today
    from maatwerkbank.portfolio.effect import effect

    found = effect(
        asked.variants[0],
        known_on=asked.known_on,
        outlook=asked.outlook,
        portfolio=portfolio_today(),
        progress=report_progress,
    )
    end_progress()
    if asked.official:
        found.require_official()
    if asked.html:
        from maatwerkbank.letter.effect_report import effect_page

        asked.html.write_text(effect_page(found, asked.language), encoding="utf-8")
        click.echo(f"wrote {asked.html}", err=True)
    if asked.wants_json:
        echo_json(found.as_json())
        return
    _show(found, asked.language)


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


# ── with draws ────────────────────────────────────────────────────────────────────────────────


def _check(asked: _Asked, where: _Where, population: int | None) -> None:
    """What the options contradict, before anything is computed."""
    if where.cluster is not None and where.threads is not None:
        raise click.UsageError("--threads is of this machine: start workers with so many threads.")
    if population is not None and asked.official:
        raise click.UsageError("--official refuses a population: what is made up is no ground.")
    if population is not None and (asked.html or asked.pdf):
        raise click.UsageError("--html and --pdf have no page of a population: ask --json, --out.")
    if where.cluster is not None:
        require_cluster()


def _portfolio(asked: _Asked, draws: "Draws", where: _Where, progress: "Progress") -> None:
    from maatwerkbank.cli.portfolio_source import portfolio_today
    from maatwerkbank.portfolio.drawn_effect import drawn_effect

    law, variant_laws = asked.laws()
    portfolio = portfolio_today()
    if asked.official:
        _require_official(asked, portfolio)
    found = drawn_effect(
        law,
        variant_laws,
        draws,
        out=where.out,
        cluster=where.cluster,
        threads=where.threads,
        portfolio=portfolio,
        progress=progress,
    )
    end_progress()
    if asked.html or asked.pdf:
        from maatwerkbank.letter.drawn_effect_report import drawn_effect_report

        write_reports(drawn_effect_report(found, asked.language), asked.html, asked.pdf)
    if asked.wants_json:
        echo_json(found.as_json())
        return
    from maatwerkbank.letter.drawn_effect_text import drawn_effect_lines

    for line in drawn_effect_lines(found, asked.language):
        click.echo(line)


def _require_official(asked: _Asked, portfolio: "Portfolio") -> None:
    """Every case under every law at its centre: that is where unverified values are found."""
    from maatwerkbank.portfolio.effect import effect

    for variant in asked.variants:
        found = effect(
            variant,
            known_on=asked.known_on,
            outlook=asked.outlook,
            portfolio=portfolio,
            progress=report_progress,
        )
        found.require_official()


def _population(
    asked: _Asked, draws: "Draws", where: _Where, population: int, progress: "Progress"
) -> None:
    from maatwerkbank.portfolio.population_effect import population_effect

    law, variant_laws = asked.laws()
    found = population_effect(
        law,
        variant_laws,
        draws,
        population,
        out=where.out,
        cluster=where.cluster,
        threads=where.threads,
        progress=progress,
    )
    end_progress()
    if asked.wants_json:
        echo_json(found.as_json())
        return
    from maatwerkbank.letter.drawn_effect_text import population_lines

    for line in population_lines(found, asked.language):
        click.echo(line)
