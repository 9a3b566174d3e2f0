# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Options of commands that draw what is not known: how many, from which seed, along which prices.

Takes     what was typed.
Gives     `Draws`; a bar on stderr that counts blocks; a run that says so when it is stopped; the
          report of a run in files that are there whole or not at all.
Leaves    refusing names and numbers to the floors below.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from maatwerkbank.cli.options import end_progress, report_progress

if TYPE_CHECKING:
    from maatwerkbank.letter.blocks import Report
    from maatwerkbank.risk.sampling import Method
    from maatwerkbank.risk.simulation import Draws

Command = TypeVar("Command", bound=Callable[..., Any])

NO_PROCESS = "none"
METHODS = ("sobol", "latin_hypercube")
_BAR = 30  # cells


class FamilyName(click.ParamType[str]):
    """The name of a price family; completes in a shell."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given: the floor of parameters refuses unknown ones, with all names."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Names that start as typed."""
        from maatwerkbank.parameters.price_families import family_names

        return _completed(family_names(), incomplete)


class ProcessName(click.ParamType[str]):
    """The name of price processes, or none; completes in a shell."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given: the floor of parameters refuses unknown ones, with all names."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Any]:
        """Names that start as typed."""
        from maatwerkbank.parameters.price_processes import process_names

        return _completed((*process_names(), NO_PROCESS), incomplete)


def _completed(names: tuple[str, ...], incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def draw_options(command: Command) -> Command:
    """--draws, --seed, --method, --family, --process and --threads, in that order.

    All but --draws are None where they were not typed: without --draws they mean nothing.
    """
    options = (
        click.option("--draws", type=int, help="Draw what is not known so many times, as 10000."),
        click.option("--seed", type=int, help="Seed of the draws; 0 is a seed.  [default: 0]"),
        click.option(
            "--method", type=click.Choice(METHODS), help="How draws are spread.  [default: sobol]"
        ),
        click.option("--family", type=FamilyName(), help="Path of prices.  [default: mid]"),
        click.option(
            "--process",
            type=ProcessName(),
            help="Chance in prices, or none.  [default: nl-2025-06-30]",
        ),
        click.option("--threads", type=int, help="On this machine.  [default: one a processor]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def asked_draws(
    n: int, seed: int | None, method: str | None, family: str | None, process: str | None
) -> "Draws":
    """The draws that were asked for, with the defaults of a run in place of what was not said."""
    from maatwerkbank.risk.simulation import Draws

    said: dict[str, Any] = {"n": n}
    if seed is not None:
        said["seed"] = seed
    if method is not None:
        said["method"] = cast("Method", method)
    if family is not None:
        said["family"] = family
    if process is not None:
        said["process"] = None if process == NO_PROCESS else process
    return Draws(**said)


def require_cluster() -> None:
    """Refuse a cluster before anything is planned, where dask is not installed."""
    from maatwerkbank.risk.blocks import INSTALL, BlocksError

    if find_spec("distributed") is None:
        raise BlocksError(
            "distributed is needed to compute on a cluster.", remedy=f"install it: {INSTALL}"
        )


def count_blocks(done: int, total: int) -> None:
    """A bar on stderr that counts blocks; nothing where nobody watches."""
    filled = _BAR * done // total
    report_progress(f"{'█' * filled}{'░' * (_BAR - filled)} {done}/{total}")


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C ends in one message that says what is kept, and exit code 130."""
    from maatwerkbank.risk.blocks import RunStopped

    try:
        yield
    except RunStopped as stopped:
        end_progress()
        click.echo(f"error [{stopped.code}]: {stopped.what}", err=True)
        click.echo(f"  Remedy: {stopped.remedy}", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        end_progress()
        click.echo(
            "error [blocks.stopped]: stopped between blocks; nothing half is left.", err=True
        )
        click.echo("  Remedy: run the same command again", err=True)
        sys.exit(130)
    finally:
        end_progress()


def write_reports(report: "Report", html: Path | None, pdf: Path | None) -> None:
    """The page and the document, each made before anything is written."""
    from maatwerkbank.letter.page import html_page
    from maatwerkbank.letter.pdf import report_pdf

    contents = [(html, html_page(report).encode())] if html else []
    if pdf:
        report_progress("pdf")
        contents.append((pdf, report_pdf(report)))
    end_progress()
    for path, content in contents:
        write_whole(path, content)
        click.echo(f"wrote {path}", err=True)


def write_whole(path: Path, content: bytes) -> None:
    """Beside the file first, in place at once: stopped half-way, the file is as it was."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
