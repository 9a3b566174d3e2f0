# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the demo shows: the public portfolio on 30 June 2025, and one invented firm beside it.

Takes     the shipped portfolio, people by function, milestones that sources name.
Gives     a database to look around in. Of real firms it holds public facts with their sources,
          and no deed that nobody did: those lie in the dossier of the invented firm.
Leaves    starting the database, the worker and the server to `cli/demo_command.py`.
"""
