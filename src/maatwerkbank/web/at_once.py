# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many operations of one migration as one, so that a new database is there in seconds.

Takes     operations as Django writes them, of which none needs what another one of them made.
Gives     one operation with the same outcome.
Leaves    data: an operation that moves rows stands by itself.

Django renders every model anew before each operation, and all our models hang together: that takes
a minute for a new database. Here the models are rendered once, after the last operation.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """All of `operations`, between one state of the models and the next."""

    reduces_to_sql = True
    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models after all operations; what was rendered before is dropped."""
        state.clear_delayed_apps_cache()
        vars(state).pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables as they are after all operations; change those that were there."""
        made = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        for each in self.operations:
            changes = getattr(each, "model_name_lower", None)
            if isinstance(each, CreateModel) or changes not in made:
                each.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """As Django tells it while it migrates."""
        return f"{len(self.operations)} operations at once"
