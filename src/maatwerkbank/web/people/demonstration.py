# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whom one can be in the demo, and what each of them sees.

Takes     the people in the database of the demo.
Gives     people in groups, each with the roles it holds and one sentence per role.
Leaves    what a role may do to `access.py`; these sentences only tell it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Prefetch

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Membership
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.second_lock import lifted

# What a role, or an office with that name, sees and does.
SEES: Mapping[str, Text] = MappingProxyType(
    {
        "case_lead": Text(
            nl="Leidt een dossier: ziet alles erin, neemt besluiten, regelt het team.",
            en="Leads a dossier: sees everything in it, decides, arranges the team.",
        ),
        "case_team": Text(
            nl="Werkt mee aan een dossier: stukken, verklaringen, doorrekeningen; besluit niet.",
            en="Works on a dossier: documents, attestations, runs; does not decide.",
        ),
        "analyst": Text(
            nl="Rekent plannen door en ziet wat daarvoor nodig is; geen onderhandelstukken.",
            en="Evaluates plans and sees what that takes; no papers on the negotiation.",
        ),
        "programme": Text(
            nl="Ziet alle dossiers en waar het wacht; bevestigt afwijkingen.",
            en="Sees all dossiers and where they wait; confirms overrides.",
        ),
        "ienw": Text(
            nl="Leest mee namens IenW en verklaart wat bij dat ministerie hoort.",
            en="Reads along for IenW and attests what belongs to that ministry.",
        ),
        "province": Text(
            nl="Ziet vergunningen, stikstof en leefomgeving, en verder niets.",
            en="Sees permits, nitrogen and the living environment, and nothing else.",
        ),
        "environmental_service": Text(
            nl="Ziet vergunningen, stikstof en leefomgeving, en verder niets.",
            en="Sees permits, nitrogen and the living environment, and nothing else.",
        ),
        "company": Text(
            nl="Ziet het eigen dossier en wat het bedrijf zelf aanleverde of kreeg.",
            en="Sees its own dossier and what the company handed in or was given.",
        ),
        "adviser": Text(
            nl="Ziet alleen de vastgelegde set die voor advies is voorgelegd, niet het dossier.",
            en="Sees only the frozen set put up for advice, not the dossier.",
        ),
        "committee_secretary": Text(
            nl="Ontvangt de vastgelegde set voor de commissie, niet het dossier.",
            en="Receives the frozen set for the committee, not the dossier.",
        ),
        "minister_office": Text(
            nl="Ziet van alle dossiers waar ze staan en wat besloten is.",
            en="Sees of all dossiers where they stand and what was decided.",
        ),
        "auditor": Text(
            nl="Controleert: leest alles, ook wie wat inzag; verandert niets.",
            en="Audits: reads everything, also who looked at what; changes nothing.",
        ),
        "observer": Text(
            nl="Leest alleen wat openbaar is.",
            en="Reads only what is public.",
        ),
        "administrator": Text(
            nl="Beheert accounts. Ziet geen enkel dossier.",
            en="Looks after accounts. Sees no dossier at all.",
        ),
    }
)


@dataclass(frozen=True)
class Choice:
    """Somebody to be: as what, and on which dossiers."""

    person: Person
    roles: tuple[tuple[Text, Text, tuple[str, ...]], ...]
    """Per role: its label, what it sees, the firms on whose dossier it is held."""


def demonstration_people() -> list[tuple[Text, list[Choice]]]:
    """Everybody who may sign in, in the order of the roles, grouped by side of the table."""
    held = Prefetch(
        "memberships",
        Membership.objects.filter(until=None).select_related("dossier__company"),
    )
    people = Person.objects.filter(is_active=True).prefetch_related(held)
    with lifted():  # nobody has signed in yet; the demo tells who works on what
        choices = sorted(map(_choice, people.select_related("organisation")), key=_place)
    groups: dict[str, list[Choice]] = {side: [] for side in SIDES}
    for choice in choices:
        groups[_side(choice)].append(choice)
    return [(SIDES[side], members) for side, members in groups.items() if members]


SIDES: Mapping[str, Text] = MappingProxyType(
    {
        "state": Text(nl="Overheid", en="Government"),
        "company": Text(nl="Bedrijf", en="Company"),
        "adviser": Text(nl="Adviescommissie", en="Advisory committee"),
        "oversight": Text(nl="Toezicht en beheer", en="Oversight and administration"),
    }
)


def _held(person: Person) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {person.office: []} if person.office else {}
    for membership in person.memberships.all():
        held.setdefault(membership.role, []).append(membership.dossier.company.name)
    return held


def _choice(person: Person) -> Choice:
    return Choice(
        person,
        tuple(
            (ROLES[role].label, SEES[role], tuple(sorted(firms)))
            for role, firms in _held(person).items()
        ),
    )


def _first_role(choice: Choice) -> str:
    return next(iter(_held(choice.person)), "observer")


def _place(choice: Choice) -> tuple[int, str]:
    return list(ROLES).index(_first_role(choice)), choice.person.name


def _side(choice: Choice) -> str:
    return ROLES[_first_role(choice)].side
