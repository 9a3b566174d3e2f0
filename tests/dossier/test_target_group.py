# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The largest emitters, and extra potential against effort."""

from datetime import date

import pytest

from maatwerkbank.dossier.target_group import (
    OUTCOMES,
    Point,
    Potential,
    largest_emitters,
    standing,
    weigh,
    weighings,
)
from maatwerkbank.ground.language import Text

LETTER = date(2025, 6, 30)
POINT = Point("permits", Text(nl="vergunning", en="permit"), "kamerbrief-2025-06-30")


def emitter(identity):
    return next(each for each in largest_emitters(LETTER) if each.id == identity)


def test_thirty_are_ranked_by_what_they_emitted():
    found = largest_emitters(LETTER)

    assert [each.rank for each in found] == list(range(1, 31))
    assert [each.name for each in found[:5]] == [
        "Shell",
        "Tata Steel Nederland",
        "Chemelot BKG 01",
        "Dow Benelux",
        "Yara Sluiskil",
    ]
    assert found[0].emission_t == 4_101_914 + 2_282_201
    assert {each.year for each in found} == {2024}


def test_power_from_works_gas_and_heat_of_others_is_shown_and_not_counted():
    tata = emitter("tata-steel")

    assert tata.emission_t == 5_894_644
    assert [each.name for each in tata.installations if not each.counted] == [
        "Vattenfall Power Velsen",
        "Vattenfall Power IJmond",
    ]


def test_a_firm_with_a_figure_that_is_absent_emits_at_least_the_rest():
    nobian = emitter("nobian")

    assert nobian.incomplete
    assert nobian.emission_t == 103_227


def test_a_joint_permit_is_one_emitter_for_its_firms():
    chemelot = emitter("NL_107")

    assert chemelot.joint_permit
    assert chemelot.firms == ("oci", "anqore")
    assert standing("oci", LETTER)["rank"] == 3
    assert standing("oci", LETTER)["emission_t"] is None


def test_no_figure_was_known_before_april_2025():
    assert largest_emitters(date(2025, 4, 1)) == ()
    assert standing("yara", date(2025, 4, 1))["rank"] is None


def test_cosun_is_of_cluster_6_and_a_stranger_is_nothing():
    assert standing("cosun", LETTER)["cluster_6"] is True
    assert standing("bakkerij", LETTER) == {
        "rank": None,
        "emission_t": None,
        "emission_year": None,
        "joint_permit": None,
        "cluster_6": False,
        "admitted": None,
        "source": None,
    }


def test_waste_incinerators_take_part_since_january_2025():
    assert standing("aeb", date(2025, 1, 16))["admitted"] is None
    assert standing("aeb", LETTER)["admitted"]["en"].startswith("Waste incinerators")


# ── potential against effort ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("potential", "points", "cluster_6", "judged", "outcome"),
    [
        (Potential("additional", 2e5, 2e5, None), 2, False, False, "in"),
        (Potential("gross", 2e5, 2e5, None), 2, False, False, "in_if_additional"),
        (Potential("additional", 2e5, 2e5, None), 1, False, False, "open"),
        (Potential("additional", 2e5, 2e5, None), 1, False, True, "not"),
        (Potential("additional", 2e5, 2e5, None), 1, True, True, "cluster_6_plan"),
        (Potential("additional", 5e4, 9e4, None), 3, True, False, "cluster_6_plan"),
        (Potential("gross", 5e4, 9e4, None), 3, False, False, "not"),
        (Potential("gross", 5e4, 2e5, None), 3, False, False, "open"),
        (Potential("gross", None, None, None), 3, False, False, "open"),
        (None, 3, False, False, "open"),
    ],
)
def test_what_is_advised(potential, points, cluster_6, judged, outcome):
    found, because = weigh(
        potential, [POINT] * points, cluster_6=cluster_6, every_point_judged=judged
    )

    assert found == outcome
    assert found in OUTCOMES
    assert because.nl.endswith(".")


def test_every_firm_is_weighed_once():
    found = weighings(LETTER)

    firms = [each.firm for each in found]
    assert len(set(firms)) == len(firms) == 33
    assert {"oci", "anqore", "aeb", "avr"} <= set(firms)
    assert "NL_107" not in firms


def test_an_additional_part_is_taken_before_the_gross_whole():
    found = {each.firm: each for each in weighings(LETTER)}

    assert found["bp"].potential.kind == "additional"
    assert found["bp"].potential.low == 200_000
    assert found["bp"].outcome == "in"
    assert found["tata-steel"].potential.kind == "gross"
    assert found["tata-steel"].outcome == "in_if_additional"


def test_a_share_of_a_base_year_is_not_weighed():
    found = {each.firm: each for each in weighings(LETTER)}

    assert found["alco"].outcome == "open"
    assert found["alco"].potential.low is None
