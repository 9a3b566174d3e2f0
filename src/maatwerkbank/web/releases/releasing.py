# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with figures of a dossier: release one, refuse one with a ground, withdraw what was said.

Takes     a dossier, the id of a candidate, a person, reasons.
Gives     the decision as it was recorded; or all findings at once (422).
Leaves    what may be released to `dossier.publication.release`; totals over firms to `totals.py`.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.publication.release import (
    Candidate,
    lacks_of_refusal,
    lacks_of_release,
)
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import finding, locked, refuse, role_of, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.releases.candidates import by_id, candidates_of
from maatwerkbank.web.releases.models import FigureRelease

A_CANDIDATE = Text(nl="een cijfer van dit dossier", en="a figure of this dossier")


class DecidedAlready(Conflict):
    """Somebody decided on this figure, and that stands."""

    code = "release.decided"

    def __init__(self, standing: FigureRelease) -> None:
        super().__init__(
            Text(
                nl=f"Over “{standing.label_nl}” is op {standing.on:%d-%m-%Y} al besloten.",
                en=f"On “{standing.label_en}” somebody decided on {standing.on:%d-%m-%Y} already.",
            ),
            remedy=Text(
                nl="trek dat besluit eerst in; het blijft in de geschiedenis staan",
                en="withdraw that decision first; it stays in the history",
            ),
        )


class WithdrawnAlready(Conflict):
    """It was withdrawn before."""

    code = "release.withdrawn"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Dit was al ingetrokken.", en="This was withdrawn already."),
            remedy=Text(nl="geef het cijfer opnieuw vrij", en="release the figure anew"),
        )


def candidate_of(dossier: Dossier, figure: str) -> Candidate:
    """The figure of `dossier` with that id.  Raises Unfit where there is none."""
    found = by_id(candidates_of(dossier), figure)
    if found is None:
        refuse([finding("figure", A_CANDIDATE, figure)])
    assert found is not None  # noqa: S101  (refused above)
    return found


@transaction.atomic
def release_figure(
    *, dossier: Dossier, by: Person, figure: str, because: str = ""
) -> FigureRelease:
    """Let everybody know a figure, with its origin.

    Raises
    ------
    Unfit            it lacks something: all of it
    DecidedAlready   somebody decided on it, and that stands
    """
    require(by, Deed.RELEASE, dossier)
    dossier = locked(dossier)
    candidate = candidate_of(dossier, figure)
    refuse(lacks_of_release(candidate, because))
    return _decide(dossier, by, candidate, outcome="released", because=because.strip())


@transaction.atomic
def refuse_figure(
    *, dossier: Dossier, by: Person, figure: str, ground: str, because: str
) -> FigureRelease:
    """Keep a figure from the public, on a ground of the Woo. Never one of emissions.

    Raises
    ------
    Unfit            the ground does not hold, or no reasons are given
    DecidedAlready   somebody decided on it, and that stands
    """
    require(by, Deed.RELEASE, dossier)
    dossier = locked(dossier)
    candidate = candidate_of(dossier, figure)
    refuse(lacks_of_refusal(candidate, ground, because))
    return _decide(
        dossier, by, candidate, outcome="refused", ground=ground, because=because.strip()
    )


@transaction.atomic
def withdraw_release(*, release: FigureRelease, by: Person, because: str) -> FigureRelease:
    """Take back a decision on a figure. That it was public stays public.

    Raises
    ------
    WithdrawnAlready   it was taken back before
    """
    require(by, Deed.RELEASE, release.dossier)
    reason = said(because, "because")
    now = FigureRelease.objects.select_for_update().get(pk=release.pk)
    if now.withdrawn_on:
        raise WithdrawnAlready
    now.withdrawn_on, now.withdrawn_by = timezone.localdate(), by
    now.withdrawn_because = reason
    with changed_by(by, reason):
        now.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    return now


def findings_of(candidate: Candidate) -> tuple[Finding, ...]:
    """What a reason alone would not mend."""
    return tuple(each for each in lacks_of_release(candidate, "") if each.code != "release.level")


def _decide(dossier: Dossier, by: Person, candidate: Candidate, **decision: Any) -> FigureRelease:
    standing = FigureRelease.objects.filter(
        dossier=dossier, figure=candidate.id, withdrawn_on=None
    ).first()
    if standing:
        raise DecidedAlready(standing)
    with changed_by(by, decision["because"]):
        return FigureRelease.objects.create(
            dossier=dossier,
            by=by,
            role=role_of(by, dossier, Deed.RELEASE),
            level=Level(candidate.level).value,
            origin=candidate.origin,
            identity=candidate.identity,
            reconstruction=candidate.reconstruction,
            emission_data=candidate.emission_data,
            **told_of(candidate),
            **decision,
        )


def told_of(candidate: Candidate) -> dict[str, Any]:
    """Identity, value and unit, as a row keeps them."""
    boundary = candidate.boundary or Text(nl="", en="")
    return {
        "figure": candidate.id,
        "quantity": candidate.quantity,
        "label_nl": candidate.label.nl,
        "label_en": candidate.label.en,
        "low": candidate.low,
        "high": candidate.high,
        "unit": candidate.unit,
        "kind": candidate.kind or "",
        "bound": candidate.bound or "",
        "year": candidate.year,
        "boundary_nl": boundary.nl,
        "boundary_en": boundary.en,
    }
