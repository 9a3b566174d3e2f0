# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fixtures that the tests of all commands share."""

import pytest

from maatwerkbank.cli.main import main


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs a command in this process: (exit code, stdout, stderr)."""
    monkeypatch.delenv("MAATWERKBANK_LANG", raising=False)

    def start(*arguments):
        code = 0
        try:
            main(list(arguments))
        except SystemExit as end:
            code = end.code or 0
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return start
