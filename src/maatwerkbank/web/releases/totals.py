# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Totals over firms: which could be released, what each would give away, and the decision.

Takes     a person whose office looks over all dossiers.
Gives     totals of what the dossiers aim at, with the firms that each is over; a total released, if
          need be with a decision that it may give figures away; or all findings at once (422).
Leaves    the reckoning of what is given away to `dossier.publication.aggregates`.

A total is over what is of one quantity, version, kind, unit and year: gross and additional never
meet. A firm that gives no figure is not in it, and is not counted as nought.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from maatwerkbank.dossier.publication.aggregates import Total, reveals
from maatwerkbank.dossier.publication.labels import KINDS, QUANTITIES, VERSIONS
from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.dossier.publication.release import Candidate
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import finding, refuse, said
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.releases.candidates import ambition_figures
from maatwerkbank.web.releases.models import TotalRelease
from maatwerkbank.web.releases.releasing import WithdrawnAlready
from maatwerkbank.web.releases.stored_publication import stored_publication

A_TOTAL = Text(nl="een totaal uit de lijst", en="a total of the list")
ASK_THE_PROGRAMME = Text(nl="vraag het de programmaleiding", en="ask the programme management")
OFFICE = "programme"


class ReleasedAlready(Conflict):
    """The total is public, and stands."""

    code = "total.released"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Dit totaal is al vrijgegeven.", en="This total was released already."),
            remedy=Text(
                nl="trek het eerst in; het blijft in de geschiedenis staan",
                en="withdraw it first; it stays in the history",
            ),
        )


@dataclass(frozen=True)
class Sum:
    """What could be released over firms, and what it would give away beside what is public."""

    id: str
    label: Text
    parts: tuple[Candidate, ...]
    findings: tuple[Finding, ...]

    @property
    def firms(self) -> frozenset[str]:
        """Over which firms it is."""
        return frozenset(each.firm for each in self.parts if each.firm)

    @property
    def low(self) -> float | None:
        """[unit] the sum of the lowest; of a part that gives none, its highest."""
        return _sum(each.high if each.low is None else each.low for each in self.parts)

    @property
    def high(self) -> float | None:
        """[unit] the sum of the highest; of a part that gives none, its lowest."""
        return _sum(each.low if each.high is None else each.high for each in self.parts)

    @property
    def unit(self) -> str:
        """Of all its parts."""
        return self.parts[0].unit


def _sum(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) if known else None


def totals(person: Person) -> tuple[Sum, ...]:
    """The totals of what all dossiers that `person` sees aim at; a share of something has none."""
    groups: dict[str, dict[str, Candidate]] = {}
    for row in access.ambitions_of(person).select_related("dossier__company", "document__document"):
        for each in ambition_figures(row, row.dossier):
            if each.unit != "fraction" and each.firm:
                groups.setdefault(_about(each), {})[each.firm] = each
    publication = stored_publication(timezone.localdate())
    released = [
        Total(each.figure, each.figure, frozenset(each.firms))
        for each in TotalRelease.objects.filter(withdrawn_on=None)
    ]
    return tuple(
        _of(name, tuple(parts.values()), publication, released)
        for name, parts in sorted(groups.items())
        if len(parts) > 1
    )


def _about(candidate: Candidate) -> str:
    """Quantity, version, kind and year; firms with the same are added up."""
    own = candidate.id.partition(".")[2]
    unit = candidate.unit.replace("/", "-per-")
    return f"total.{own}.{candidate.year}.{unit}".lower()


def _of(
    name: str, parts: tuple[Candidate, ...], publication: Publication, released: list[Total]
) -> Sum:
    firms = frozenset(each.firm for each in parts if each.firm)
    public = {each.firm for each in parts if each.firm and each.id in publication.figures}
    found = reveals(Total(name, name, firms), released, public)
    return Sum(name, _label(name, parts[0]), parts, found)


def _label(name: str, part: Candidate) -> Text:
    """Such as: intentieovereenkomst (JLoI): minder CO2, bruto, alle bedrijven samen, 2030."""
    _, quantity, version, kind = name.split(".")[:4]
    what = QUANTITIES.get(quantity, Text(nl=quantity, en=quantity))
    where = VERSIONS.get(version, Text(nl=version, en=version))
    how = KINDS["gross" if kind == "gross" else "additional"]
    return Text(
        nl=f"{where.nl}: {what.nl}, {how.nl}, bedrijven samen, {part.year}",
        en=f"{where.en}: {what.en}, {how.en}, firms together, {part.year}",
    )


# ── deeds ─────────────────────────────────────────────────────────────────────────────────────


def _require(by: Person) -> None:
    if not access.releases_totals(by):
        raise NotAllowed(access.REFUSALS["role"], remedy=ASK_THE_PROGRAMME)


@transaction.atomic
def release_total(
    *, by: Person, total: str, because: str = "", decided: bool = False
) -> TotalRelease:
    """Let everybody know a total.

    Parameters
    ----------
    decided : it may give figures of firms away; `because` says why that can be so

    Raises
    ------
    Unfit             it would give figures away, and nobody decided that it may
    ReleasedAlready   it is public
    """
    _require(by)
    made = next((each for each in totals(by) if each.id == total), None)
    if made is None:
        refuse([finding("total", A_TOTAL, total)])
    assert made is not None  # noqa: S101  (refused above)
    if made.findings and not decided:
        refuse(made.findings)
    reason = said(because, "because") if made.findings else because.strip()
    if TotalRelease.objects.filter(figure=total, withdrawn_on=None).exists():
        raise ReleasedAlready
    first = made.parts[0]
    with changed_by(by, reason):
        return TotalRelease.objects.create(
            figure=made.id,
            quantity=first.quantity,
            label_nl=made.label.nl,
            label_en=made.label.en,
            low=made.low,
            high=made.high,
            unit=made.unit,
            kind=first.kind or "",
            year=first.year,
            because=reason,
            by=by,
            role=OFFICE,
            firms=sorted(made.firms),
            reveals=[each.place for each in made.findings],
        )


@transaction.atomic
def withdraw_total(*, release: TotalRelease, by: Person, because: str) -> TotalRelease:
    """Take a total back. That it was public stays public.  Raises WithdrawnAlready."""
    _require(by)
    reason = said(because, "because")
    now = TotalRelease.objects.select_for_update().get(pk=release.pk)
    if now.withdrawn_on:
        raise WithdrawnAlready
    now.withdrawn_on, now.withdrawn_by, now.withdrawn_because = timezone.localdate(), by, reason
    with changed_by(by, reason):
        now.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    return now
