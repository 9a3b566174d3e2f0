# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank letter`: the progress letter to Parliament of a day."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maatwerkbank.cli.draw_options import write_whole
from maatwerkbank.cli.options import Day, NewFile, end_progress, language, report_progress
from maatwerkbank.ground.language import Language

if TYPE_CHECKING:
    from maatwerkbank.letter.progress import ProgressLetter

SUFFIXES = (".odt", ".pdf", ".md", ".json")


class LetterFile(NewFile):
    """A file to write whose suffix says which kind of document it is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error that names the suffixes."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() not in SUFFIXES:
            self.fail(f"'{path.name}' ends in none of: {', '.join(SUFFIXES)}.", param, ctx)
        return path


@click.command("letter")
@click.option("--as-of", type=Day(), required=True, help="As it was known on this day.")
@click.option("--since", type=Day(), help="Say what moved since this earlier day.")
@click.option(
    "--out",
    type=LetterFile(),
    required=True,
    help="File to write; .odt, .pdf, .md or .json says which kind.",
)
@click.option("--levy", is_flag=True, help="Add the CO2 levy per firm, reconstructed (seconds).")
@click.option(
    "--official",
    is_flag=True,
    help="Refuse what rests on press or unverified sources, or is not approved (exit 2).",
)
@language
def command(
    as_of: date,
    since: date | None,
    out: Path,
    levy: bool,
    official: bool,
    language: Language,
) -> None:
    """Write the progress letter to Parliament, with its annexes.

    Out of the shipped public portfolio; with DATABASE_URL set, out of what is public in that
    database. Doubts about references are shown on stderr.

    \b
    Examples:
      maatwerkbank letter --as-of 2025-06-30 --out letter.pdf
      maatwerkbank letter --as-of 2025-06-30 --since 2024-12-31 --out letter.odt
      maatwerkbank letter --as-of 2024-12-31 --out letter.json --lang en
    """
    from maatwerkbank.cli.portfolio_source import publication_on
    from maatwerkbank.ground.errors import OfficialRunRefused
    from maatwerkbank.letter.progress import progress_letter

    if since is not None and since >= as_of:
        raise click.UsageError(f"--since {since} is not before --as-of {as_of}.")
    publication = publication_on(as_of)
    if levy:
        from maatwerkbank.dossier.publication.levy import levy_reconstructions

        report_progress("levy")
        figures = {**publication.figures, **levy_reconstructions(as_of)}
        publication = replace(publication, figures=figures)
        end_progress()
    before = publication_on(since) if since else None
    letter = progress_letter(publication, before=before, language=language)
    if official:
        from maatwerkbank.letter.progress.official import against_official

        reasons = against_official(letter)
        if reasons:
            raise OfficialRunRefused(list(reasons))
    content = _MADE[out.suffix.lower()](letter)
    write_whole(out, content)
    _show_doubts(letter)
    click.echo(f"wrote {out}", err=True)


def _show_doubts(letter: "ProgressLetter") -> None:
    from maatwerkbank.dossier.parliament.standing import findings

    for finding in findings(letter.publication.parliament):
        click.echo(f"{finding.severity} [{finding.code}] {finding.place}", err=True)
        click.echo(f"  {finding.found_text(letter.language)}", err=True)


# ── the four kinds ────────────────────────────────────────────────────────────────────────────


def _odt(letter: "ProgressLetter") -> bytes:
    from maatwerkbank.letter.progress.office import letter_odt

    return letter_odt(letter)


def _pdf(letter: "ProgressLetter") -> bytes:
    from maatwerkbank.letter.progress.office import letter_pdf

    return letter_pdf(letter)


def _markdown(letter: "ProgressLetter") -> bytes:
    from maatwerkbank.letter.progress.markdown import markdown

    return markdown(letter).encode("utf-8")


def _json(letter: "ProgressLetter") -> bytes:
    from maatwerkbank.letter.progress.as_data import as_data

    text = json.dumps(as_data(letter), indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


_MADE: "dict[str, Callable[[ProgressLetter], bytes]]" = {
    ".odt": _odt,
    ".pdf": _pdf,
    ".md": _markdown,
    ".json": _json,
}
