# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank`: the commands, each loaded only when it is used.

Takes     arguments of a terminal.
Gives     text, or with --json plain values; errors on stderr as `error [code]: what / Remedy: …`.
Leaves    all computing to the floors below. Exit codes: 0 done, 1 findings, 2 bad input.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click
from click.exceptions import NoArgsIsHelpError

import maatwerkbank
from maatwerkbank.ground.errors import MaatwerkError

COMMANDS = {
    "assess": "value one case: cash flow, tonnes, levy, ranges",
    "check": "show every finding in a case file, with its place",
    "completion": "print the completion script of a shell",
    "conditions": "the same project under the conditions of another country",
    "demo": "the web application with the public portfolio in it",
    "discover": "where a case fails, within what is not known",
    "effect": "what a policy variant does to every case",
    "import": "read a public register, of emissions or of Parliament",
    "letter": "the progress letter to Parliament of a day",
    "parameter": "the value of a parameter of law on a date",
    "portfolio": "choose among cases and start years under a budget",
    "prices": "fit price processes to history, show those that come along",
    "register": "who stands where, with sources",
    "risk": "one case under what is not known: chances, causes, public money",
    "schema": "print a published JSON Schema",
    "serve": "serve the web application",
    "support": "how public money may come in: schemes, grant, State aid",
    "verify": "that nothing was changed that may never change",
    "worker": "compute the runs that people ask for",
}


class Commands(click.Group):
    """The table above; `--help` of the whole needs no command to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"maatwerkbank.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(maatwerkbank.__version__, prog_name="maatwerkbank")
def cli() -> None:
    """From public emissions to an assessed tailor-made agreement, every figure traceable.

    \b
    Try:
      maatwerkbank register --as-of 2025-06-30
      maatwerkbank assess nobian
      maatwerkbank effect --variant levy_abolished
      maatwerkbank parameter co2_heffing/tarief --on 2026-01-01 --known-on 2025-06-30

    Every command that answers takes --json; --help shows examples.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; every error on purpose ends in one message and exit code 2."""
    _speak_utf_8()
    reader = sys.stdout
    try:
        cli.main(args=arguments, prog_name="maatwerkbank", standalone_mode=False)
    except MaatwerkError as error:
        _refuse(error.code, error.what, error.remedy)
    except NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.UsageError as error:
        hint = error.ctx.command_path if error.ctx else "maatwerkbank"
        _refuse("usage", error.format_message(), f"see `{hint} --help`")
    except click.Abort:
        sys.exit(130)
    except SystemExit as end:
        # Where the reader has left (`| head`) click silences stdout and ends with 1: no finding.
        sys.exit(end.code if sys.stdout is reader else 0)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        _silence_output()
        _refuse(
            "file", f"{error.strerror or error}{where}.", "check the path and your rights on it"
        )


def _silence_output() -> None:
    """What a full disk did not take must not be tried again when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf_8() -> None:
    """Names and signs such as € are written in UTF-8, whatever the terminal or file expects."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refuse(code: str, what: str, remedy: str) -> None:
    click.echo(f"error [{code}]: {what}", err=True)
    if remedy:
        click.echo(f"  Remedy: {remedy}", err=True)
    sys.exit(2)
