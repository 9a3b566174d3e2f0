# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with passages: claim that one stays out of the public eye, and judge that claim.

Takes     a version of a paper, a place in it, what it is about, and a ground of the Woo.
Gives     the passage, or a refusal that says what the law says.
Leaves    the law itself to `dossier.confidentiality`. The claim is of who hands in; the judgement
          is the State's own.

Data on emissions into the environment are never withheld: refused here, and in the database.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import GROUNDS, may_withhold
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.models import DocumentVersion, Passage
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict

IN_CONFIDENCE = "bedrijfsgegevens"
"""The ground that the law keeps for what was given in confidence (Woo 5.1(1)(c))."""


class NotToBeWithheld(Conflict):
    """The law does not let this passage be withheld on this ground, or on any."""

    code = "passage.public"

    def __init__(self, because: Text) -> None:
        super().__init__(
            because,
            remedy=Text(
                nl="laat de grond weg, of markeer alleen het deel waarvoor een grond bestaat",
                en="leave the ground out, or mark only the part for which there is a ground",
            ),
        )


@dataclass(frozen=True)
class Claim:
    """What is said of a passage: where it is, what it is about, and why it would be withheld."""

    place: str
    about: str
    emission_data: bool = False
    environmental: bool = False
    supplied_in_confidence: bool = False
    ground: str = ""

    def refusal(self) -> Text | None:
        """Why the law does not let it be withheld on that ground; None where it does."""
        if not self.ground:
            return None
        found = may_withhold(
            GROUNDS[self.ground],
            emission_data=self.emission_data,
            environmental=self.environmental,
        )
        if not found.allowed:
            return found.because
        if self.ground == IN_CONFIDENCE and not self.supplied_in_confidence:
            return Text(
                nl="Deze grond geldt alleen voor wat vertrouwelijk aan de overheid is meegedeeld "
                "(Woo 5.1 lid 1 onder c).",
                en="This ground holds only for what was given to the authorities in confidence "
                "(Woo 5.1(1)(c)).",
            )
        return None


def passage_for(person: Person, code: UUID) -> Passage:
    """The passage with that code.  Raises Http404 where `person` may not know of it."""
    found = (
        Passage.objects.filter(version__in=access.versions_of(person), code=code)
        .select_related("version__document__dossier__company")
        .first()
    )
    if found is None:
        raise Http404
    return found


@transaction.atomic
def mark_passage(*, version: DocumentVersion, by: Person, claim: Claim) -> Passage:
    """Mark a passage, with or without a claim to withhold it.

    Raises
    ------
    NotAllowed        `by` may not hand papers in here
    NotToBeWithheld   the law does not allow the ground
    """
    access.require(by, Deed.ATTACH, version.document.dossier)
    _refuse(claim)
    return Passage.objects.create(
        version=version,
        place=claim.place,
        about=claim.about,
        emission_data=claim.emission_data,
        environmental=claim.environmental,
        supplied_in_confidence=claim.supplied_in_confidence,
        ground=claim.ground,
        claimed_by=by,
    )


@transaction.atomic
def judge_passage(
    *,
    passage: Passage,
    by: Person,
    withhold: bool,
    reason: str,
    ground: str = "",
    emission_data: bool | None = None,
    review_on: date | None = None,
) -> Passage:
    """The State's own judgement: withheld on a ground, or disclosed. It may be judged again.

    Raises
    ------
    NotAllowed        `by` may not classify here
    NotToBeWithheld   withheld without a ground, or on one that the law does not allow
    Conflict          no reason was given
    """
    access.require(by, Deed.CLASSIFY, passage.version.document.dossier)
    passage = Passage.objects.select_for_update().get(pk=passage.pk)
    if emission_data is not None:
        passage.emission_data = emission_data
    if not reason.strip():
        raise Conflict(
            Text(nl="Bij een oordeel hoort een motivering.", en="A judgement takes reasons."),
            remedy=Text(
                nl="schrijf op welk belang u hebt gewogen",
                en="write down which interest you weighed",
            ),
        )
    ground = (ground or passage.ground) if withhold else ""
    _refuse(
        Claim(
            place=passage.place,
            about=passage.about,
            emission_data=passage.emission_data,
            environmental=passage.environmental,
            supplied_in_confidence=passage.supplied_in_confidence,
            ground=ground,
        )
    )
    if withhold and not ground:
        raise NotToBeWithheld(
            Text(
                nl="Zonder grond uit artikel 5.1 Woo blijft niets achterwege.",
                en="Without a ground of article 5.1 Woo nothing is withheld.",
            )
        )
    passage.ground = ground if withhold or passage.emission_data else passage.ground
    passage.judgement = "withhold" if withhold else "disclose"
    passage.judgement_reason = reason
    passage.judged_by = by
    passage.judged_at = timezone.now()
    passage.review_on = review_on
    with changed_by(by, reason):
        passage.save()
    return passage


def _refuse(claim: Claim) -> None:
    because = claim.refusal()
    if because is not None:
        raise NotToBeWithheld(because)
