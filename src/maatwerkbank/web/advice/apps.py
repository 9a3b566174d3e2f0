# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `advice`, as Django knows it."""

from django.apps import AppConfig


class AdviceConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.advice"
    label = "advice"
