# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options that several commands share, each written once."""

import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date of the form 2025-06-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a usage error that shows the form."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007  (a date has no zone)
        except ValueError:
            self.fail(f"'{value}' is not a date of the form 2025-06-30.", param, ctx)


class VariantName(click.ParamType[str]):
    """The name of a policy variant; completes in a shell."""

    name = "variant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given: the floor of parameters refuses unknown ones, with all names."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Names that start as typed."""
        from click.shell_completion import CompletionItem

        from maatwerkbank.parameters.files import variant_names

        return [CompletionItem(name) for name in variant_names() if name.startswith(incomplete)]


class CaseName(click.ParamType[str]):
    """A path, or the id of a shipped case; completes in a shell."""

    name = "case"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text as given."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Shipped ids that start as typed, and files."""
        from click.shell_completion import CompletionItem

        from maatwerkbank.portfolio.cases import case_ids

        ids = [CompletionItem(name) for name in case_ids() if name.startswith(incomplete)]
        return [*ids, CompletionItem(incomplete, type="file")]


class NewFile(click.ParamType[Path]):
    """A file to write: refused before anything is computed where that cannot be."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error that says what stands in the way."""
        path = Path(value)
        if path.is_dir():
            self.fail(f"{path} is a folder.", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent}.", param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(f"{path} cannot be written.", param, ctx)
        return path


as_json = click.option("--json", "wants_json", is_flag=True, help="Plain values as JSON.")
language = click.option(
    "--lang",
    "language",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    envvar="MAATWERKBANK_LANG",
    help="Language of what is shown (or set MAATWERKBANK_LANG).",
)
variant = click.option("--variant", type=VariantName(), help="Policy variant, as levy_abolished.")
known_on = click.option("--known-on", type=Day(), help="Take the law as it was known on this day.")
outlook = click.option(
    "--outlook",
    default="hold",
    show_default=True,
    help="What to assume about years on which the law is silent.",
)
official = click.option(
    "--official", is_flag=True, help="Refuse values that nobody verified (exit 2)."
)


def echo_json(value: Any) -> None:
    """Print plain values: two spaces, UTF-8, no NaN, one newline at the end."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False))


def report_progress(text: str) -> None:
    """One line on stderr that replaces itself; nothing where nobody watches."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{text}", err=True, nl=False)


def end_progress() -> None:
    """Clear the line again."""
    report_progress("")
