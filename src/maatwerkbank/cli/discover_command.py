# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank discover`: in which part of what we do not know a case fails."""

from datetime import date

import click

from maatwerkbank.cli.draw_options import asked_draws, draw_options
from maatwerkbank.cli.options import (
    CaseName,
    as_json,
    echo_json,
    end_progress,
    known_on,
    language,
    official,
    outlook,
    variant,
)
from maatwerkbank.cli.risk_command import (
    DEFAULT_DRAWS,
    ENACTED,
    case_and_laws,
    promised,
    stopped_whole,
    told_of_compiling,
)
from maatwerkbank.ground.language import Language

FAILS = ("value", "tonnes")


@click.command("discover")
@click.argument("case", type=CaseName())
@click.option(
    "--fails",
    type=click.Choice(FAILS),
    default="value",
    show_default=True,
    help="What a draw fails at: a value of nil, or the promised tonnes.",
)
@promised
@variant
@known_on
@outlook
@official
@draw_options
@click.option("--box", type=int, metavar="N", help="Show this box of the table, counted from 0.")
@as_json
@language
def command(
    case: str,
    fails: str,
    promised: float | None,
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
    box: int | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Find the boxes of inputs in which CASE fails (PRIM), and a tree that tells when (CART).

    CASE is a path, or the id of a shipped case. The draws are those of `maatwerkbank risk`.

    \b
    Examples:
      maatwerkbank discover aeb
      maatwerkbank discover aeb --box 3 --lang en
      maatwerkbank discover plan.yaml --fails tonnes --promised 120000 --json
    """
    drawn = asked_draws(DEFAULT_DRAWS if draws is None else draws, seed, method, family, process)
    named = (variant,) if variant else ()
    case_file, laws = case_and_laws(case, named, known_on, outlook, official=official)
    name = variant or ENACTED
    from maatwerkbank.risk.case_discovery import case_discovery

    with stopped_whole(), told_of_compiling(language) as tell:
        found = case_discovery(
            case_file,
            name,
            laws[name],
            drawn,
            interest="value_below_nil" if fails == "value" else "tonnes_missed",
            promised_t=promised,
            number=box,
            threads=threads,
            progress=tell,
        )
        end_progress()
        if wants_json:
            echo_json(found.as_json())
            return
        from maatwerkbank.letter.risk_text import discovery_lines

        for line in discovery_lines(found, language):
            click.echo(line)
