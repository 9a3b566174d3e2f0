# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The people and firms that all tests of the web share.

Two made-up firms: Zoutfabriek, whose dossier has a team, a firm and an adviser around it; and
Staalfabriek, of which nobody of Zoutfabriek's team may know. People are named after their function.
"""

from dataclasses import dataclass

from django.test import Client

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.dossiers.models import Company, Dossier, Membership, Site
from maatwerkbank.web.people.models import Organisation, Person

TODAY_TRAJECTORY = "maatwerk-2025"
PASSWORD = "een lang wachtwoord voor de proef"  # noqa: S105  (of people that exist in tests only)


@dataclass
class World:
    """Who is there. Zoutfabriek's people first; `outsider` works at the ministry, not on it."""

    zout: Dossier
    staal: Dossier
    lead: Person
    member: Person
    analyst: Person
    ienw: Person
    province: Person
    environment: Person
    company: Person
    other_company: Person
    adviser: Person
    secretary: Person
    programme: Person
    minister_office: Person
    auditor: Person
    observer: Person
    administrator: Person
    outsider: Person

    def everybody(self) -> dict[str, Person]:
        """Everybody by function."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}

    def browser(self, person: Person) -> Client:
        """A client in which `person` has signed in, with a second step."""
        client = Client()
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        return client


def make_world() -> World:
    """Put everybody into the database."""
    org = {
        name: Organisation.objects.create(name=name, kind=kind)
        for name, kind in {
            "Ministerie van KGG": "ministry",
            "RVO": "agency",
            "Ministerie van IenW": "ministry",
            "Provincie Overijssel": "province",
            "Omgevingsdienst Twente": "environmental_service",
            "AMVI": "committee",
            "Zoutfabriek BV": "company",
            "Staalfabriek BV": "company",
            "Rekenkamer": "oversight",
        }.items()
    }

    def person(
        code: str,
        name: str,
        organisation: str,
        office: str = "",
        clearance: Level = Level.VERTROUWELIJK,
    ) -> Person:
        return Person.objects.create_user(
            f"{code}@maatwerkbank.example",
            name=name,
            organisation=org[organisation],
            office=office,
            clearance=clearance.value,
        )

    zout = _dossier("zoutfabriek", "Zoutfabriek BV", "Hengelo", org["Zoutfabriek BV"])
    staal = _dossier("staalfabriek", "Staalfabriek BV", "Velsen", org["Staalfabriek BV"])
    world = World(
        zout=zout,
        staal=staal,
        lead=person("lead", "Projectleider KGG", "Ministerie van KGG"),
        member=person("member", "Projectteam KGG", "Ministerie van KGG"),
        analyst=person("analyst", "Analist RVO", "RVO"),
        ienw=person("ienw", "Beleidsmedewerker IenW", "Ministerie van IenW"),
        province=person("province", "Contactpersoon provincie", "Provincie Overijssel"),
        environment=person("environment", "Vergunningverlener", "Omgevingsdienst Twente"),
        company=person("company", "Contactpersoon Zoutfabriek", "Zoutfabriek BV"),
        other_company=person("other-company", "Contactpersoon Staalfabriek", "Staalfabriek BV"),
        adviser=person("adviser", "Lid AMVI", "AMVI"),
        secretary=person("secretary", "Secretaris AMVI", "AMVI"),
        programme=person("programme", "Programmaleiding", "Ministerie van KGG", "programme"),
        minister_office=person(
            "minister-office", "Bureau minister", "Ministerie van KGG", "minister_office"
        ),
        auditor=person("auditor", "Controleur", "Rekenkamer", "auditor"),
        observer=person("observer", "Meelezer", "Rekenkamer", "observer", Level.OPENBAAR),
        administrator=person("administrator", "Beheerder", "RVO", "administrator"),
        outsider=person("outsider", "Medewerker KGG elders", "Ministerie van KGG"),
    )
    roles = {
        "case_lead": world.lead,
        "case_team": world.member,
        "analyst": world.analyst,
        "ienw": world.ienw,
        "province": world.province,
        "environmental_service": world.environment,
        "company": world.company,
        "adviser": world.adviser,
        "committee_secretary": world.secretary,
    }
    for role, someone in roles.items():
        Membership.objects.create(dossier=zout, person=someone, role=role)
    Membership.objects.create(dossier=staal, person=world.other_company, role="company")
    return world


def _dossier(slug: str, name: str, place: str, organisation: Organisation) -> Dossier:
    company = Company.objects.create(
        slug=slug,
        name=name,
        sector_nl="proefsector",
        sector_en="sector for tests",
        cluster="Noord-Nederland",
        organisation=organisation,
    )
    Site.objects.create(company=company, name=place, municipality=place)
    return Dossier.objects.create(
        company=company,
        trajectory_id=TODAY_TRAJECTORY,
        track_id="standard",
        stage="exploration",
        level=Level.ZAAKVERTROUWELIJK.value,
    )
