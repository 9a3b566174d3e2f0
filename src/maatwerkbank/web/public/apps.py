# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `public`, as Django knows it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.public"
    label = "public"
