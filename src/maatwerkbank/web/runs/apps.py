# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `runs`, as Django knows it."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.runs"
    label = "runs"
