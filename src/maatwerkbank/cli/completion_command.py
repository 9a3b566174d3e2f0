# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank completion`: the completion script of a shell."""

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, variants and case ids in SHELL.

    \b
    Examples:
      maatwerkbank completion bash >> ~/.bashrc
      maatwerkbank completion fish > ~/.config/fish/completions/maatwerkbank.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"'{shell}' has no completion here.")
    root = ctx.find_root().command
    click.echo(kind(root, {}, "maatwerkbank", "_MAATWERKBANK_COMPLETE").source())
