# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who sits at the table, in which function, and about which subjects they speak.

Takes     nothing.
Gives     the roles and the subjects, each with its label: names in, names out.
Leaves    which person holds which role in which dossier to `web/people`.

Source    Kamerbrief 30 juni 2025 (teams of KGG, RVO and IenW; provinces and omgevingsdiensten).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from maatwerkbank.ground.language import Text

Side = Literal["state", "company", "adviser", "oversight"]

TOPICS: Mapping[str, Text] = MappingProxyType(
    {
        "general": Text(nl="Algemeen", en="General"),
        "business_case": Text(nl="Businesscase", en="Business case"),
        "permits": Text(nl="Vergunningen", en="Permits"),
        "nitrogen": Text(nl="Stikstof", en="Nitrogen"),
        "living_environment": Text(nl="Leefomgeving", en="Living environment"),
        "state_aid": Text(nl="Staatssteun", en="State aid"),
        "negotiation": Text(nl="Onderhandeling", en="Negotiation"),
        "infrastructure": Text(nl="Infrastructuur", en="Infrastructure"),
    }
)
EVERY_TOPIC = tuple(TOPICS)
SURROUNDINGS = ("permits", "nitrogen", "living_environment")


@dataclass(frozen=True)
class Role:
    """A function in a dossier: on whose side, and which subjects it sees and answers."""

    id: str
    label: Text
    side: Side
    topics: tuple[str, ...]


def _role(identity: str, nl: str, en: str, side: Side, topics: tuple[str, ...]) -> Role:
    return Role(identity, Text(nl=nl, en=en), side, topics)


_ALL = (
    _role("case_lead", "Projectleider", "Case lead", "state", EVERY_TOPIC),
    _role("case_team", "Lid van het projectteam", "Member of the case team", "state", EVERY_TOPIC),
    _role(
        "analyst",
        "Analist (RVO)",
        "Analyst (RVO)",
        "state",
        ("general", "business_case", "state_aid", "infrastructure"),
    ),
    _role("programme", "Programmaleiding", "Programme management", "state", EVERY_TOPIC),
    _role("ienw", "Ministerie van IenW", "Ministry of IenW", "state", EVERY_TOPIC),
    _role("province", "Provincie", "Province", "state", ("general", *SURROUNDINGS)),
    _role(
        "environmental_service", "Omgevingsdienst", "Environmental service", "state", SURROUNDINGS
    ),
    _role(
        "committee_secretary",
        "Secretaris van de adviescommissie",
        "Secretary of the advisory committee",
        "adviser",
        (),
    ),
    _role(
        "adviser",
        "Lid van de adviescommissie (AMVI)",
        "Member of the advisory committee (AMVI)",
        "adviser",
        (),
    ),
    _role("company", "Bedrijf", "Company", "company", ()),
    _role("auditor", "Controleur", "Auditor", "oversight", EVERY_TOPIC),
    _role("observer", "Meelezer", "Observer", "oversight", ("general",)),
    _role("minister_office", "Bureau van de minister", "Minister's office", "state", EVERY_TOPIC),
    _role("administrator", "Beheerder", "Administrator", "oversight", ()),
)
ROLES: Mapping[str, Role] = MappingProxyType({role.id: role for role in _ALL})
"""Every role. Advisers and the company have no subject of their own: an adviser sees the frozen
set, a company what it handed in and what it was told."""
