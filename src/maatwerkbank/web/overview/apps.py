# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `overview`, as Django knows it."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.overview"
    label = "overview"
