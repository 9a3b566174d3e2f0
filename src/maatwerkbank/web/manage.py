# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maintenance by Django's own commands: `python -m maatwerkbank.web.manage migrate`."""

import os
import sys

from maatwerkbank.web.database import start_database


def main() -> None:
    """Run a command of Django on our database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maatwerkbank.web.settings")
    os.environ.setdefault("MAATWERKBANK_SECRET_KEY", "maintenance needs no signed cookies")
    start_database()
    from django.core.management import execute_from_command_line  # noqa: PLC0415  # after the start

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
