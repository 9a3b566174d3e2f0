# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank prices`: fit price processes to history, and show those that come along."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maatwerkbank.cli.options import Day, NewFile, as_json, echo_json, language
from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable, ParameterError
from maatwerkbank.ground.language import Language, Text, say

if TYPE_CHECKING:
    from maatwerkbank.ground.findings import Finding
    from maatwerkbank.parameters.price_processes import PriceProcesses

LIST_FORMAT = "maatwerkbank-prices-1"
_ANEW = "name a file that `maatwerkbank prices fit` wrote, or fit the processes anew"
_ERROR = Text(nl="fout", en="error")
_REMEDY = Text(nl="Doe", en="Remedy")


class PricesName(click.ParamType[str]):
    """The name of shipped processes or of a family, or a path; completes in a shell."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as given."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Names that start as typed, and files."""
        from click.shell_completion import CompletionItem

        from maatwerkbank.parameters.price_families import family_names
        from maatwerkbank.parameters.price_processes import process_names

        names = [*process_names(), *family_names()]
        found = [CompletionItem(name) for name in names if name.startswith(incomplete)]
        return [*found, CompletionItem(incomplete, type="file")]


@click.group("prices")
def command() -> None:
    """Fit price processes to monthly history, or show what comes along.

    \b
    Examples:
      maatwerkbank prices show
      maatwerkbank prices fit histories --until 2025-06-30 --out my-processes.yaml
    """


# ── fit ───────────────────────────────────────────────────────────────────────────────────────


@command.command("fit")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--until", type=Day(), required=True, help="Take prices as known on this day.")
@click.option("--out", type=NewFile(), help="Write the processes to this file.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@as_json
@language
def fit(
    folder: Path,
    until: date,
    out: Path | None,
    force: bool,
    wants_json: bool,
    language: Language,
) -> None:
    """Fit processes to the prices in FOLDER, and write the YAML file that a run reads.

    A month counts if it was over before the day of --until. Without --out the file goes to stdout
    and the table to stderr.

    \b
    Examples:
      maatwerkbank prices fit histories --until 2025-06-30 --out my-processes.yaml
      maatwerkbank prices fit histories --until 2025-06-30 > my-processes.yaml
      maatwerkbank prices fit histories --until 2025-06-30 --json
    """
    if force and not out:
        raise click.UsageError("--force is given without --out: which file may be written over?")
    if out:
        _refuse_to_overwrite(out, force)
    from maatwerkbank.letter.prices_text import processes_lines
    from maatwerkbank.risk.fitting import as_yaml, fit_folder

    try:
        text = as_yaml(fit_folder(folder, until))
    except DocumentRefused as refused:
        _show(refused.findings, language)
        raise DocumentUnreadable(
            f"nothing can be fitted to {folder}: it has {len(refused.findings)} error(s), which "
            "all stand above.",
            remedy="mend the series at its source, or name another day with --until",
        ) from None
    found = _as_a_run_reads(text, str(folder))
    table = list(processes_lines(found, language))
    if out:
        _write_whole(out, text)
        click.echo(f"wrote {out}", err=True)
    if wants_json:
        echo_json(found.as_json())
        return
    if not out:
        click.echo(text, nl=False)
    for line in table:
        click.echo(line, err=not out)


def _as_a_run_reads(text: str, name: str) -> "PriceProcesses":
    """The processes in a text that was just made: what no run can read is not written."""
    import yaml

    from maatwerkbank.parameters.price_processes import processes_of

    return processes_of(yaml.safe_load(text), name)


def _refuse_to_overwrite(out: Path, force: bool) -> None:
    if not out.exists():
        return
    if not out.is_file():
        raise DocumentUnreadable(f"{out} is not a file.", remedy="name a file to write")
    if not force:
        raise DocumentUnreadable(
            f"{out} is there already.", remedy="name another file, or add --force to write over it"
        )


def _write_whole(out: Path, text: str) -> None:
    """Write beside the file first and put it in place at once: whoever reads it, reads it whole."""
    target = out.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _show(findings: "tuple[Finding, ...]", language: Language) -> None:
    for finding in findings:
        click.echo(f"{say(_ERROR, language)} [{finding.code}] {finding.place}", err=True)
        click.echo(f"  {finding.found_text(language)}", err=True)
        if finding.remedy:
            click.echo(f"  {say(_REMEDY, language)}: {say(finding.remedy, language)}", err=True)


# ── show ──────────────────────────────────────────────────────────────────────────────────────


@command.command("show")
@click.argument("name", type=PricesName(), required=False)
@as_json
@language
def show(name: str | None, wants_json: bool, language: Language) -> None:
    """List the price processes and price families, or show what NAME holds.

    NAME is shipped, or the path of a file that `prices fit` wrote.

    \b
    Examples:
      maatwerkbank prices show
      maatwerkbank prices show nl-2025-06-30
      maatwerkbank prices show mid --json
    """
    from maatwerkbank.letter.prices_text import family_lines, list_lines, processes_lines
    from maatwerkbank.parameters.price_families import family, family_names

    if name is None:
        if wants_json:
            echo_json(_listed())
            return
        lines = list_lines(language)
    elif name in family_names():
        if wants_json:
            echo_json({"name": name, **family(name).as_json()})
            return
        lines = family_lines(family(name), language)
    else:
        found = _processes(name, language)
        if wants_json:
            echo_json({"name": name, **found.as_json()})
            return
        lines = processes_lines(found, language)
    for line in lines:
        click.echo(line)


def _listed() -> dict[str, Any]:
    from maatwerkbank.parameters.price_families import family, family_names
    from maatwerkbank.parameters.price_processes import process, process_names

    return {
        "format": LIST_FORMAT,
        "processes": [
            {
                "name": name,
                "label": process(name).label.model_dump(),
                "known_on": process(name).known_on.isoformat(),
            }
            for name in process_names()
        ],
        "families": [
            {"name": name, "label": family(name).label.model_dump()} for name in family_names()
        ],
    }


def _processes(name: str, language: Language) -> "PriceProcesses":
    """Shipped processes, or those of a file."""
    from maatwerkbank.ground.documents import read_document
    from maatwerkbank.parameters.price_families import family_names
    from maatwerkbank.parameters.price_processes import process, process_names, processes_of

    if name in process_names():
        return process(name)
    path = Path(name)
    if not path.exists():
        shipped = ", ".join([*process_names(), *family_names()])
        raise ParameterError(
            f"'{name}' is neither a file nor shipped price processes or a price family.",
            remedy=f"give a path, or choose from: {shipped}",
        )
    try:
        document = read_document(path)
        data, findings = document.data, document.findings
    except DocumentRefused as refused:
        data, findings = None, refused.findings
    if findings:
        _show(findings, language)
        raise DocumentUnreadable(
            f"{name} has {len(findings)} error(s), which all stand above.", remedy=_ANEW
        )
    if not isinstance(data, dict):
        raise ParameterError(f"{name} holds no price processes.", remedy=_ANEW)
    return processes_of(data, name)
