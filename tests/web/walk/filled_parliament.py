# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One of everything of the register of Parliament, under codes that the walk knows."""

from datetime import date
from uuid import UUID

from maatwerkbank.web.parliament.models import (
    Commitment,
    CommitmentReport,
    HouseImport,
    HouseResponse,
    Motion,
)
from maatwerkbank.web.people.models import Person

CODES = {
    name: UUID(int=number)
    for number, name in enumerate(("commitment", "motion", "report", "import"), start=1)
}
SOURCE = "kamerbrief-2025-06-30"
EMPTY = '{"@odata.context": "https://house/$metadata#Toezegging", "value": []}'


def register_of_parliament(by: Person) -> None:
    """Rows, and an import that nobody took over yet."""
    commitment = Commitment.objects.create(
        code=CODES["commitment"],
        key="commitment",
        text_nl="Een brief sturen",
        by_whom="Kabinet",
        to_whom="Tweede Kamer",
        made_on=date(2025, 1, 1),
        firms=["zoutfabriek"],
        source=SOURCE,
    )
    CommitmentReport.objects.create(
        code=CODES["report"],
        commitment=commitment,
        on=date(2025, 6, 30),
        where_nl="brief",
        reference="29 826, nr. 2050",
        source=SOURCE,
        by=by,
    )
    Motion.objects.create(
        code=CODES["motion"], key="motion", text_nl="Iets", outcome="adopted", source=SOURCE
    )
    made = HouseImport.objects.create(code=CODES["import"], by=by)
    HouseResponse.objects.create(of=made, name="house.json", content=EMPTY, sha256="a" * 64)
