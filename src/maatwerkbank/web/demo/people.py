# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people of the demo, by function, and their roles on dossiers.

Takes     people.yaml and the dossiers by firm.
Gives     people without a password: in demo mode the sign-in page has a button for each.
Leaves    what they may see and do to `people/access.py`.
"""

from collections.abc import Mapping
from typing import Any

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.dossiers.models import Dossier, Membership
from maatwerkbank.web.people.models import Organisation, Person


def load_people() -> dict[str, Person]:
    """Put organisations and people into the database; gives people by the name in their mail."""
    told = table("people.yaml")
    for name, kind in told["organisations"].items():
        Organisation.objects.create(name=name, kind=kind)
    return {_key(each): _person(each) for each in told["people"]}


def give_roles(people: Mapping[str, Person], dossiers: Mapping[str, Dossier]) -> None:
    """Put everybody on the teams that people.yaml names."""
    for each in table("people.yaml")["people"]:
        for firm in each.get("on", ()):
            Membership.objects.get_or_create(
                dossier=dossiers[firm], person=people[_key(each)], role=each["role"]
            )


def _person(each: Mapping[str, Any]) -> Person:
    return Person.objects.create_user(
        each["email"],
        name=each["name"],
        organisation=Organisation.objects.get(name=each["organisation"]),
        office=each.get("office", ""),
        clearance=Level[each.get("clearance", "VERTROUWELIJK")].value,
    )


def _key(each: Mapping[str, Any]) -> str:
    return str(each["email"]).partition("@")[0]
