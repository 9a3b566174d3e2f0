# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `woo`, as Django knows it."""

from django.apps import AppConfig


class WooConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.woo"
    label = "woo"
