# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `releases`, as Django knows it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.releases"
    label = "releases"
