# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank risk`: one case under what we do not know."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatwerkbank.cli.draw_options import (
    asked_draws,
    count_blocks,
    draw_options,
    stoppable,
    write_reports,
)
from maatwerkbank.cli.options import (
    CaseName,
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
    from maatwerkbank.parameters.law import Law
    from maatwerkbank.plant.case_file import CaseFile

ENACTED = "enacted"
DEFAULT_DRAWS = 10_000
_SECONDS_OF_SILENCE = 5.0  # after which it is the kernel that is being compiled

promised = click.option(
    "--promised",
    type=float,
    metavar="TONNES",
    help="Additional tonnes in 2030 that the plan is held to.",
)


@click.command("risk")
@click.argument("case", type=CaseName())
@click.option(
    "--variant",
    "variants",
    type=VariantName(),
    multiple=True,
    help="Also under this policy variant, taken as certain; repeat for more.",
)
@known_on
@outlook
@official
@draw_options
@promised
@click.option(
    "--return-share",
    type=float,
    metavar="SHARE",
    help="Share of a claw-back, as 0.8; the decision sets it.",
)
@click.option("--html", type=NewFile(), help="Write the report to this file.")
@click.option("--pdf", type=NewFile(), help="Write the report to this file.")
@as_json
@language
def command(
    case: str,
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
    promised: float | None,
    return_share: float | None,
    html: Path | None,
    pdf: Path | None,
    wants_json: bool,
    language: Language,
) -> None:
    """Draw what is not known of CASE, and show what it may come to, why, and at whose cost.

    CASE is a path, or the id of a shipped case. Without --draws there are 10000. The tonnes of
    --promised are else those publicly known, or what the plan itself gives.

    \b
    Examples:
      maatwerkbank risk aeb
      maatwerkbank risk aeb --variant levy_abolished --return-share 0.8 --html aeb.html
      maatwerkbank risk plan.yaml --draws 50000 --seed 7 --promised 120000 --json
      maatwerkbank risk yara --family high --process none --lang en
    """
    drawn = asked_draws(DEFAULT_DRAWS if draws is None else draws, seed, method, family, process)
    case_file, laws = case_and_laws(case, variants, known_on, outlook, official=official)
    from maatwerkbank.risk.case_risk import case_risk

    with stopped_whole(), told_of_compiling(language) as tell:
        found = case_risk(
            case_file,
            laws,
            drawn,
            promised_t=promised,
            return_share=return_share,
            threads=threads,
            progress=lambda _stage, done, total: tell(done, total),
        )
        end_progress()
        if html or pdf:
            from maatwerkbank.letter.risk_report import case_risk_report

            write_reports(case_risk_report(found, language), html, pdf)
        if wants_json:
            echo_json(found.as_json())
            return
        from maatwerkbank.letter.risk_text import risk_lines

        for line in risk_lines(found, language):
            click.echo(line)


def case_and_laws(
    case: str,
    variants: tuple[str, ...],
    known_on: date | None,
    outlook: str,
    *,
    official: bool,
) -> "tuple[CaseFile, Mapping[str, Law]]":
    """The case, the law as known and each variant; refused where it may not be official."""
    from maatwerkbank.economics.assessment import assess
    from maatwerkbank.parameters.law import Law
    from maatwerkbank.portfolio.cases import load_case

    case_file = load_case(case)
    day = known_on or date.fromisoformat(case_file.case.known_on)
    laws = {ENACTED: Law(day, outlook=outlook)}
    laws |= {name: Law(day, variant=name, outlook=outlook) for name in variants}
    for law in laws.values() if official else ():
        name = law.variant.name if law.variant else None
        assess(case_file, variant=name, known_on=day, outlook=outlook).require_official()
    return case_file, laws


@contextmanager
def stopped_whole() -> Iterator[None]:
    """Ctrl-C leaves nothing: here nothing is kept from which a run could go on."""
    from maatwerkbank.risk.blocks import RunStopped

    with stoppable():
        try:
            yield
        except RunStopped:
            raise KeyboardInterrupt from None


class _Teller:
    """A bar that counts blocks, and one sentence where the first takes long: it is compiled."""

    def __init__(self, language: Language) -> None:
        self._timer = threading.Timer(_SECONDS_OF_SILENCE, self._compiling)
        self._timer.daemon = True
        self._language: Language = language

    def start(self) -> None:
        """From now on somebody waits."""
        self._timer.start()

    def stop(self) -> None:
        """Nobody waits any more."""
        self._timer.cancel()

    def __call__(self, done: int, total: int) -> None:
        """So many blocks are done."""
        if done:
            self.stop()
            count_blocks(done, total)

    def _compiling(self) -> None:
        from maatwerkbank.letter.words import word

        report_progress(word("risk_text.compiling", self._language))


@contextmanager
def told_of_compiling(language: Language) -> Iterator[_Teller]:
    """Who watches sees a bar, and hears why nothing moves at first."""
    teller = _Teller(language)
    teller.start()
    try:
        yield teller
    finally:
        teller.stop()
