# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One request for disclosure with everything in it, in a dossier of the walks."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.web.woo.requested import paper_of

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.woo.models import (
    DisclosureRequest,
    Hearing,
    HearingPaper,
    Inventory,
    PassageJudgement,
    RequestedPaper,
    RequestPart,
)


def disclosure(dossier: Dossier, word: str, lead: Person, firm: Person) -> dict[str, Any]:
    """A paper that is being judged, one that lies in a frozen list, and the firm that is heard."""
    today = timezone.localdate()
    request = DisclosureRequest.objects.create(
        reference=f"{word}-1",
        subject=f"{word} verzoek",
        words=f"{word} stukken",
        requester="journalist",
        received_on=today - timedelta(days=3),
        handled_by=lead,
    )
    part = RequestPart.objects.create(request=request, dossier=dossier)
    papers = [
        RequestedPaper.objects.create(
            dossier=dossier,
            part=part,
            version=paper_of(
                dossier,
                firm,
                f"{word} brief {number}",
                f"{word} geheim {number}",
                with_company=True,
            ),
            number=number,
            judgement="disclose",
            added_by=lead,
        )
        for number in (1, 2)
    ]
    passage = PassageJudgement.objects.create(
        dossier=dossier,
        paper=papers[0],
        words=f"{word} geheim",
        ground="levenssfeer",
        reason="naam",
        judged_by=lead,
    )
    inventory = Inventory.objects.create(
        dossier=dossier,
        part=part,
        number=1,
        content=[],
        sha256="a" * 64,
        frozen_by=lead,
    )
    papers[1].inventory = inventory
    papers[1].save()
    hearing = Hearing.objects.create(
        dossier=dossier,
        part=part,
        party=f"{word} BV",
        organisation=firm.organisation,
        due_on=today + timedelta(days=10),
        asked_by=lead,
    )
    HearingPaper.objects.create(hearing=hearing, paper=papers[0])
    return {
        "disclosure_request": request,
        "part": part,
        "requested": papers[0],
        "passage_judgement": passage,
        "inventory": inventory,
        "hearing": hearing,
    }
