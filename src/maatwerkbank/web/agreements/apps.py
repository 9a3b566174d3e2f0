# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `agreements`, as Django knows it."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.agreements"
    label = "agreements"
