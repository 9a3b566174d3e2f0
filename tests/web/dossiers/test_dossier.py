# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a dossier: one firm, one track, as far as the reader may see it."""

from datetime import date

import pytest
from django.urls import reverse
from tests.web.world import World

from maatwerkbank.web.dossiers.models import (
    Ambition,
    Dossier,
    Forecast,
    Milestone,
    Project,
    Remark,
    StageReached,
)


def page(world: World, person: str, dossier: Dossier | None = None):
    """The page of Zoutfabriek's dossier, in the browser of somebody."""
    code = (dossier or world.zout).code
    return world.browser(getattr(world, person)).get(reverse("dossiers:dossier", args=[code]))


def plan(dossier: Dossier, n: int = 1) -> None:
    """So many of everything that the page shows."""
    for k in range(n):
        milestone = Milestone.objects.create(
            dossier=dossier,
            track="permits",
            name_nl=f"Natuurvergunning {k}",
            name_en=f"Nature permit {k}",
            planned=date(2026, 3, 1),
            owner="Provincie",
        )
        Forecast.objects.create(
            milestone=milestone, expected=date(2027, 5, 1), because="bezwaar van de buren"
        )
        Ambition.objects.create(
            dossier=dossier,
            version="eop",
            year=2030,
            gross_low=400_000,
            gross_high=500_000,
            additional_low=120_000,
            additional_high=120_000,
            boundary_nl="scope 1",
            boundary_en="scope 1",
        )
        Project.objects.create(dossier=dossier, name=f"Elektrische ketel {k}", first_year=2029)
        Remark.objects.create(dossier=dossier, kind="note", nl="Stroef gesprek", en="Hard talk")
        StageReached.objects.create(
            dossier=dossier, stage="exploration", on="2024-02", counts_from=date(2024, 2, 29)
        )


def test_it_says_where_the_dossier_stands(world: World):
    response = page(world, "lead")

    assert response.status_code == 200
    assert "Zoutfabriek BV" in response.text
    assert 'aria-current="step"' in response.text


@pytest.mark.parametrize("somebody", ["outsider", "other_company", "adviser", "observer"])
def test_it_hides_the_dossier_from_who_may_not_know_of_it(world: World, somebody: str):
    assert page(world, somebody).status_code == 404
