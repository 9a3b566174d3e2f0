# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which run does a text of a dossier rest?

Takes     a dossier, and the library of the text.
Gives     the key figures of the run that was pinned last to the gate of that text; where none was,
          of the last run for official use; none where there is neither.
Leaves    which field each figure fills to `dossier.agreement.run_figures`.

Only runs under the law as it stands count, and only those that are no more confidential than the
dossier: a text goes to whoever may read the dossier.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from maatwerkbank.dossier.agreement.library import Library
from maatwerkbank.dossier.agreement.run_figures import RUN_FIELDS, RunFigures
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.runs.models import PinnedRun, Run


def run_of_text(dossier: Dossier, library: Library) -> RunFigures | None:
    """The run that fills the tonnes and the money of this kind of text."""
    pin = (
        PinnedRun.objects.filter(dossier=dossier, gate=f"to_{library.id}", run__in=_usable(dossier))
        .select_related("run")
        .order_by("at")
        .last()
    )
    return _figures(pin.run, pinned=True) if pin else newest_run(dossier)


def newest_run(dossier: Dossier) -> RunFigures | None:
    """The last run for official use."""
    found = _usable(dossier).filter(official=True).order_by("ended_at", "pk").last()
    return _figures(found, pinned=False) if found else None


def _usable(dossier: Dossier) -> QuerySet[Run]:
    return Run.objects.filter(dossier=dossier, state="done", variant="", level__lte=dossier.level)


def _figures(run: Run, *, pinned: bool) -> RunFigures:
    told: Mapping[str, Any] = run.result or {}
    known = {key: run.figures.get(key) for key in RUN_FIELDS.values()}
    return RunFigures(
        receipt=run.receipt_number,
        done_at=run.ended_at,
        pinned=pinned,
        figures={
            key: value if isinstance(value, int | float) else None for key, value in known.items()
        },
        lacks={
            each["figure"]: (Text(**each["why"]), Text(**each["ask"]))
            for each in told.get("lacks", ())
        },
    )
