# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of a new database are those of the models, to the last column, key and index."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

OURS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model.__module__.startswith("maatwerkbank.web")
]


@pytest.mark.django_db
def test_no_migration_lacks():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_table_is_as_its_model_has_it():
    different = {
        model._meta.label: (found, wanted)
        for model in OURS
        if (found := laid(model)) != (wanted := as_modelled(model))
    }

    assert different == {}
    assert len(OURS) > 100


def as_modelled(model: type[models.Model]) -> dict[str, object]:
    about = model._meta
    fields = about.local_concrete_fields
    return {
        "columns": {(each.column, each.null) for each in fields},
        "named": {each.name for each in (*about.constraints, *about.indexes)},
        "tied": {
            (each.column, each.related_model._meta.db_table)
            for each in fields
            if each.remote_field and each.db_constraint
        },
        "unique": {each.column for each in fields if each.unique},
    }


def laid(model: type[models.Model]) -> dict[str, object]:
    """The same, as the database tells it; of names only those that the model has."""
    about = model._meta
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, about.db_table)
        found = connection.introspection.get_constraints(cursor, about.db_table)
    named = {each.name for each in (*about.constraints, *about.indexes)}
    ties = [told for told in found.values() if told["foreign_key"]]
    alone = [
        told["columns"]
        for name, told in found.items()
        if told["unique"] and len(told["columns"]) == 1 and name not in named
    ]
    return {
        "columns": {(each.name, bool(each.null_ok)) for each in columns},
        "named": named & set(found),
        "tied": {(told["columns"][0], told["foreign_key"][0]) for told in ties},
        "unique": {column for (column,) in alone},
    }
