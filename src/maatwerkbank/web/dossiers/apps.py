# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `dossiers`, as Django knows it."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.dossiers"
    label = "dossiers"
