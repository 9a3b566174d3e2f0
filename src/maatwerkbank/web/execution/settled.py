# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""When the agreement is in force: does only a decided amendment change what it settles of money?

Takes     a dossier, and the amendment that somebody names.
Gives     the amendment in words for the history; or the refusal.
Leaves    what is written down or changed to `agreed.py` and `changing.py`.
"""

from maatwerkbank.ground.language import Text
from maatwerkbank.web.agreements.models import Agreement, Amendment
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.refusals import Conflict

AGREEMENT = "agreement"
"""The text that settles money; an EoP or a JLoI does not."""


class OnlyByAmendment(Conflict):
    """The agreement is in force: only a decided amendment changes what it settles."""

    code = "execution.only-by-amendment"

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="De overeenkomst is in werking: dit verandert alleen door een wijziging ervan.",
                en="The agreement is in force: only an amendment of it changes this.",
            ),
            remedy=Text(
                nl="kies de wijziging waarover is besloten",
                en="choose the amendment that was decided",
            ),
        )


def is_settled(dossier: Dossier) -> bool:
    """Whether the agreement is in force."""
    return Agreement.objects.filter(dossier=dossier, library=AGREEMENT).exists()


def by_amendment(dossier: Dossier, amendment: Amendment | None) -> str:
    """The amendment that changes what was settled; empty before the agreement is in force.

    Raises
    ------
    OnlyByAmendment   it is in force, and no decided amendment of it was named
    """
    if not is_settled(dossier):
        return ""
    if (
        amendment is None
        or amendment.state != "decided"
        or amendment.dossier_id != dossier.pk
        or amendment.agreement.library != AGREEMENT
    ):
        raise OnlyByAmendment
    return f"{amendment.number}: {amendment.title}"
