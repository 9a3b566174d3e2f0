# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `promises`, as Django knows it."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.promises"
    label = "promises"
