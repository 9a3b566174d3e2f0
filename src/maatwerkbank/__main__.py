# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`python -m maatwerkbank`: the same as the command `maatwerkbank`."""

from maatwerkbank.cli.main import main

main()
