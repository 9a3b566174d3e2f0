# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who has which role on a dossier: need to know, given and taken by name.

Takes     a dossier, a person, a role, a day; never a request.
Gives     memberships. One that ended is kept: who could see what, and when, stays known.
Leaves    what a role may see and do to `people/access.py`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.deeds import locked, one_of
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.dossiers.models import Dossier, Membership
from maatwerkbank.web.people.access import require
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed

# Which kinds of organisation may hold a role; a role that is not here is held by office.
HELD_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "case_lead": ("ministry", "agency"),
        "case_team": ("ministry", "agency", "expert"),
        "analyst": ("agency", "ministry", "expert"),
        "ienw": ("ministry",),
        "province": ("province",),
        "environmental_service": ("environmental_service",),
        "company": ("company",),
        "committee_secretary": ("committee",),
        "adviser": ("committee", "expert"),
        "observer": ("ministry", "agency", "oversight"),
    }
)


class LastCaseLead(Conflict):
    """A dossier is never without a case lead."""

    code = "team.last-case-lead"

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(
            Text(
                nl=f"{dossier.company.name} houdt altijd een projectleider; dit is de laatste.",
                en=f"{dossier.company.name} always keeps a case lead; this is the last one.",
            ),
            remedy=Text(
                nl="geef eerst iemand anders de rol van projectleider",
                en="give somebody else the role of case lead first",
            ),
        )


class HasRoleAlready(Conflict):
    """The person holds that role already."""

    code = "team.has-role-already"

    def __init__(self, person: Person, role: str) -> None:
        label = ROLES[role].label
        super().__init__(
            Text(
                nl=f"{person.name} heeft de rol {label.nl.lower()} al.",
                en=f"{person.name} has the role {label.en.lower()} already.",
            ),
            remedy=Text(nl="er hoeft niets te gebeuren", en="nothing needs to be done"),
        )


class EndedAlready(Conflict):
    """The membership has an end already."""

    code = "team.ended-already"

    def __init__(self, membership: Membership) -> None:
        super().__init__(
            Text(
                nl=f"{membership.person.name} heeft deze rol niet meer sinds {membership.until}.",
                en=f"{membership.person.name} has not had this role since {membership.until}.",
            ),
            remedy=Text(nl="er hoeft niets te gebeuren", en="nothing needs to be done"),
        )


def team_of(dossier: Dossier, on: date | None = None) -> QuerySet[Membership]:
    """Who has a role on a dossier on a day (today, if left out)."""
    day = on or timezone.localdate()
    current = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return dossier.memberships.filter(current).select_related("person__organisation")


def former_of(dossier: Dossier) -> QuerySet[Membership]:
    """Who had a role on a dossier before, the last one first."""
    ended = dossier.memberships.filter(until__lt=timezone.localdate())
    return ended.select_related("person__organisation").order_by("-until", "person__name")


def candidates(dossier: Dossier) -> QuerySet[Person]:
    """Who may be given a role: active, and cleared for the level of the dossier.

    Of firms only the firm of the dossier itself.
    """
    own = Q(organisation=dossier.company.organisation_id)
    return (
        Person.objects.filter(is_active=True, clearance__gte=dossier.level)
        .filter(~Q(organisation__kind="company") | own)
        .exclude(office="administrator")
        .select_related("organisation")
        .order_by("organisation__name", "name")
    )


@transaction.atomic
def add_member(
    *, dossier: Dossier, by: Person, person: Person, role: str, because: str = ""
) -> Membership:
    """Give somebody a role on a dossier, from today on.

    Raises
    ------
    NotAllowed       `by` does not make up the team; or the person cannot hold that role here
    HasRoleAlready   nothing would change
    """
    require(by, Deed.MANAGE_TEAM, dossier)
    one_of(role, tuple(HELD_BY), "role")
    dossier = locked(dossier)
    _fits(dossier, person, role)
    if team_of(dossier).filter(person=person, role=role, until=None).exists():
        raise HasRoleAlready(person, role)
    with changed_by(by, because.strip()):
        return Membership.objects.create(dossier=dossier, person=person, role=role)


@transaction.atomic
def end_membership(*, membership: Membership, by: Person, because: str = "") -> Membership:
    """Take a role away: from now on it opens nothing.

    Raises
    ------
    NotAllowed     `by` does not make up the team
    EndedAlready   it ended before
    LastCaseLead   the dossier would have no case lead
    """
    require(by, Deed.MANAGE_TEAM, membership.dossier)
    dossier = locked(membership.dossier)
    now = Membership.objects.select_related("person").get(pk=membership.pk)
    yesterday = timezone.localdate() - timedelta(days=1)
    if now.until and now.until <= yesterday:
        raise EndedAlready(now)
    if now.role == "case_lead":
        others = team_of(dossier).filter(role="case_lead", until=None, person__is_active=True)
        if not others.exclude(pk=now.pk).exists():
            raise LastCaseLead(dossier)
    now.until = yesterday
    with changed_by(by, because.strip()):
        now.save(update_fields=["until"])
    return now


def _fits(dossier: Dossier, person: Person, role: str) -> None:
    """The person is cleared for this dossier, and is of the kind that holds this role."""
    if candidates(dossier).filter(pk=person.pk).exists() and (
        person.organisation.kind in HELD_BY[role]
    ):
        return
    label = ROLES[role].label
    raise NotAllowed(
        Text(
            nl=f"{person.name} ({person.organisation.name}) kan hier niet {label.nl.lower()} zijn.",
            en=f"{person.name} ({person.organisation.name}) cannot be {label.en.lower()} here.",
        ),
        remedy=Text(
            nl="kies iemand die dit niveau mag inzien, van een organisatie die deze rol heeft",
            en="choose somebody cleared for this level, of an organisation that holds this role",
        ),
    )
