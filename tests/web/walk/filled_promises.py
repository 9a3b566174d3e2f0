# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One promise with what it waits for, and one risk, in a dossier of the walks."""

from datetime import date
from typing import Any

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.promises.models import Dependency, Promise, Risk, Wait, WaiverRequest


def promises_and_risks(dossier: Dossier, word: str, second: Person) -> dict[str, Any]:
    """A permit that the State promised and a project waits for, and a risk."""
    dependency = Dependency.objects.create(
        dossier=dossier,
        kind="nature_permit",
        name_nl=f"{word} natuurvergunning",
        name_en=f"{word} nature permit",
        planned=date(2028, 1, 1),
    )
    promise = Promise.objects.create(
        dossier=dossier,
        by_side="state",
        by_name="Provincie",
        to_side="company",
        to_name=word,
        subject="permits",
        name_nl=f"{word} belofte",
        name_en=f"{word} promise",
        words="besluit",
        planned=date(2028, 6, 1),
    )
    return {
        "dependency": dependency,
        "promise": promise,
        "waiver_request": WaiverRequest.objects.create(
            promise=promise, reason=f"{word} kwijtschelding", asked_by=second
        ),
        "wait": Wait.objects.create(
            dossier=dossier, waiter_promise=promise, awaited_dependency=dependency
        ),
        "risk": Risk.objects.create(
            dossier=dossier,
            event=f"{word} risico",
            cause="oorzaak",
            effect="gevolg",
            owner="netbeheerder",
            before_likelihood="likely",
            before_impact="large",
        ),
    }
