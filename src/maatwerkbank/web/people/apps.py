# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `people`, as Django knows it."""

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    """Names the app; keeps sessions true to the second factor, and the database ready."""

    name = "maatwerkbank.web.people"
    label = "people"

    def ready(self) -> None:
        """Connect the signals."""
        from maatwerkbank.web.people import second_factor  # noqa: PLC0415  # needs the models

        second_factor.watch()
        post_migrate.connect(_ready_the_database, sender=self)


def _ready_the_database(using: str, **given: object) -> None:
    """What is no table of a model: the cache, and the second lock."""
    if "plan" not in given:  # rows were flushed; the tables stand as they did
        return
    from maatwerkbank.web.people import second_lock  # noqa: PLC0415  # needs the models

    call_command("createcachetable", database=using, verbosity=0)
    second_lock.install(using)
