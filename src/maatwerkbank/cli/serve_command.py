# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank serve`: the web application, until a signal ends it."""

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Processes that answer requests, each with four threads.",
)
def command(host: str, port: int, workers: int) -> None:
    """Serve the web application; long work is done by `maatwerkbank worker` beside it.

    Needs MAATWERKBANK_SECRET_KEY, and a database in DATABASE_URL (without it, one in a folder of
    its own). /healthz answers 200 when it is ready.

    \b
    Examples:
      maatwerkbank serve
      maatwerkbank serve --port 8080 --workers 2
    """
    from maatwerkbank.web.server import serve

    def ready() -> None:
        click.echo(f"Ready: http://{host}:{port}")

    serve(host, port, workers=workers, ready=ready)
