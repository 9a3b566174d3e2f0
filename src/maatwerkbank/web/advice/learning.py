# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds of lessons: write one down. Counting is for `lessons_page.py`.

Takes     a dossier, a person, codes of what hindered and what helped, words, a decision.
Gives     a lesson, which never changes.
Leaves    the codes to the trajectory and to `dossier.advice.lessons`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from maatwerkbank.dossier.advice.lessons import helps, reasons
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import load_sources
from maatwerkbank.web.advice.models import Lesson
from maatwerkbank.web.dossiers.deeds import NOTHING, SOME_WORDS, finding, locked, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.dossiers.planning import A_KNOWN_SOURCE
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed

A_CODE = Text(
    nl="ten minste één reden of één ding dat hielp",
    en="at least one reason or one thing that helped",
)
ITS_OWN = Text(nl="een besluit over dit dossier", en="a decision on this dossier")


def lacks_of_lesson(fields: Mapping[str, Any]) -> list[Finding]:
    """What is not right in a lesson: all of it."""
    found = [] if (fields.get("words") or "").strip() else [finding("words", SOME_WORDS, NOTHING)]
    known = {"hindered": reasons(), "helped": helps()}
    for name, codes in known.items():
        strange = [code for code in fields.get(name) or () if code not in codes]
        if strange:
            found.append(finding(name, ", ".join(codes), ", ".join(strange)))
    if not any(fields.get(name) for name in known):
        found.append(finding("hindered", A_CODE, NOTHING))
    source, place = fields.get("source") or "", fields.get("place") or ""
    if source and source not in load_sources():
        found.append(finding("source", A_KNOWN_SOURCE, source))
    if place and not source:
        found.append(finding("source", A_KNOWN_SOURCE, NOTHING))
    return found


@transaction.atomic
def write_lesson(
    *, dossier: Dossier, by: Person, decision: Decision | None = None, **fields: Any
) -> Lesson:
    """Write down what held a dossier up or helped it on, at the stage where it stands.

    Parameters
    ----------
    decision : the decision that the lesson comes from; its stage counts then
    fields : hindered, helped, words; source and place where it comes from a public source
    """
    require(by, Deed.KEEP_LESSONS, dossier)
    lacks = lacks_of_lesson(fields)
    if decision is not None and decision.dossier_id != dossier.pk:
        lacks.append(finding("decision", ITS_OWN, decision.kind))
    refuse(lacks)
    now = locked(dossier)
    stage = (decision.from_stage if decision else "") or now.stage
    with changed_by(by):
        return Lesson.objects.create(dossier=now, by=by, decision=decision, stage=stage, **fields)
