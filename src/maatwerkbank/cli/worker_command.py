# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank worker`: compute the runs that people ask for in the web application."""

import click


@click.command("worker")
@click.option("--until-empty", is_flag=True, help="Stop when no job is left.")
@click.option(
    "--silent",
    "silent_seconds",
    type=click.FloatRange(min=1.0),
    default=20.0,
    show_default=True,
    help="Seconds without a sign of life after which a worker counts as gone.",
)
def command(*, until_empty: bool, silent_seconds: float) -> None:
    """Take jobs from the queue in the database, one at a time, until stopped.

    Start more of them to compute more runs at once. Ctrl-C or SIGTERM lets the run at hand finish
    for 20 seconds; what is not done by then is handed back to the queue.

    \b
    Examples:
      maatwerkbank worker
      maatwerkbank worker --until-empty
    """
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maatwerkbank.web.settings")
    os.environ.setdefault("MAATWERKBANK_SECRET_KEY", "a worker signs no cookies")
    from maatwerkbank.web.database import start_database

    start_database()
    import django

    django.setup()
    from maatwerkbank.web.worker import work

    work(silent_seconds=silent_seconds, until_empty=until_empty)
