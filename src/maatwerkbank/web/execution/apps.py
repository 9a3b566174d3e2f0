# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `execution`, as Django knows it."""

from django.apps import AppConfig


class ExecutionConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.execution"
    label = "execution"
