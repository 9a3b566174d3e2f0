# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inventory of personal data names every field that holds any, and none that is gone."""

import re
from pathlib import Path

from django.apps import apps
from django.db import models

from maatwerkbank.web.people.models import Person

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "personal-data.md"
OURS = (
    "people",
    "dossiers",
    "documents",
    "runs",
    "promises",
    "advice",
    "agreements",
    "execution",
    "releases",
    "overview",
    "woo",
)
# Of these tables every field is about one person.
ABOUT_A_PERSON = (
    "people.Person",
    "account.EmailAddress",
    "mfa.Authenticator",
    "socialaccount.SocialAccount",
    "usersessions.UserSession",
)
VIEWS = {"pghistory.Events", "pghistory.MiddlewareEvents"}
BY_NAME = {"sessions.Session.session_data", "pghistory.Context.metadata"}


def named() -> set[str]:
    """Every field that the page names."""
    return set(re.findall(r"`(\w+\.\w+\.\w+)`", PAGE.read_text("utf-8")))


def tables() -> list[type[models.Model]]:
    """Every table of its own: the history of one has the same fields, and is read through views."""
    return [
        model
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model") and model._meta.label not in VIEWS
    ]


def fields(choose) -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if choose(model, field)
    }


def is_free_text(model: type[models.Model], field: models.Field) -> bool:
    """Text that somebody writes: not a code, a choice, or the identity of a source."""
    if model._meta.app_label not in OURS or field.name.endswith("source"):
        return False
    long = isinstance(field, models.CharField) and not field.choices and field.max_length >= 100
    return long or isinstance(field, (models.TextField, models.JSONField))


def test_it_names_every_field_that_points_at_a_person():
    pointing = fields(lambda _, field: field.is_relation and field.related_model is Person)

    assert pointing <= named()


def test_it_names_every_field_of_a_table_about_a_person():
    about = fields(
        lambda model, field: model._meta.label in ABOUT_A_PERSON and not field.primary_key
    )

    assert about | BY_NAME <= named()


def test_it_names_every_field_of_free_text():
    assert fields(is_free_text) <= named()


def test_it_names_no_field_that_is_gone():
    assert named() <= fields(lambda *_: True)


def test_it_says_for_each_field_about_a_person_how_long_it_is_kept():
    rows = [
        line.strip("|").split("|")
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]

    assert rows
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
