# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `people`, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.people"
    label = "people"
