# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `parliament`, as Django knows it."""

from django.apps import AppConfig


class ParliamentConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.parliament"
    label = "parliament"
