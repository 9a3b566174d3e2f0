# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who changed what in a dossier, when and why; from what to what.

Takes     a person and a reason, around a change; or a dossier.
Gives     the changes as triggers of the database wrote them down, so that none escapes.
Leaves    who may read them to `people/access.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory

from maatwerkbank.web.people.models import Person


@contextmanager
def changed_by(person: Person, because: str = "") -> Iterator[None]:
    """Everything that is changed inside carries this person and this reason in the history."""
    with pghistory.context(user=person.pk, reason=because):
        yield
