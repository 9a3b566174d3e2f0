# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dossier of an invented firm, in which the people of the demo have done their work.

Takes     the people of the demo.
Gives     a dossier that went through two gates, was refused at the third, and waits for an answer
          to an override; every step by the same services as the pages.
Leaves    real firms alone: nothing here is about one.
"""

from collections.abc import Mapping

from maatwerkbank.web.dossiers.decisions import open_dossier
from maatwerkbank.web.dossiers.models import Company, Dossier, Site
from maatwerkbank.web.people.models import Organisation, Person

NAME = "Voorbeeldchemie BV (verzonnen)"


def open_example(people: Mapping[str, Person]) -> Dossier:
    """Open the dossier of the invented firm."""
    company = Company.objects.create(
        slug="voorbeeldchemie",
        name=NAME,
        sector_nl="verzonnen bedrijf",
        sector_en="invented firm",
        cluster="Noordzeekanaalgebied",
        organisation=Organisation.objects.get(name=NAME),
    )
    Site.objects.create(company=company, name="Voorbeeldstad", municipality="Voorbeeldstad")
    return open_dossier(
        company=company,
        by=people["programma"],
        lead=people["projectleider"],
        reason="Om te laten zien hoe een dossier verloopt.",
    ).dossier
