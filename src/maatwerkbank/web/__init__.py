# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The workplace of case teams: screens, stored dossiers, roles and access, jobs.

Takes     the floors below and a PostgreSQL database.
Gives     a web application; the only place that knows Django.
Leaves    every rule to the floors below: a view finds, asks a service and shows.
"""
