# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The inputs of a case on page after page of a sensitivity: kept, and the same bits."""

import numpy as np
import pytest
from tests.risk.example import LATE, MONEY, TONNES, case_file

from maatwerkbank.risk.drawn_inputs import WhichDraws, drawn_inputs, inputs_at, quantiles_of

WHICH = WhichDraws(seed=3, first=128, count=64)


def case_of(**more):
    return case_file(uncertainties={"figures": [*MONEY, *TONNES], "delays": LATE, **more}).case


@pytest.mark.parametrize("other", ["", "|B"])
def test_a_page_has_the_inputs_that_are_drawn_for_it_alone(other):
    case = case_of()
    for moved in case.uncertainties.inputs:

        def page(name, moved=moved):
            return other if name == moved else ""

        alone = inputs_at(case, quantiles_of(case, WHICH, page)).values
        for found in (drawn_inputs(case, WHICH, page), drawn_inputs(case, WHICH, page)):
            assert found.values.keys() == alone.keys()
            for name, values in alone.items():
                assert (found.values[name] == values).all(), name


def test_two_cases_of_one_name_do_not_share_what_is_drawn():
    wide = [{**each, "distribution": {"kind": "fixed", "value": 7.0}} for each in MONEY]
    one, other = case_of(), case_of(figures=[*wide, *TONNES])
    assert one.id == other.id

    def page(_name):
        return "|B"

    first = drawn_inputs(one, WHICH, page).values
    second = drawn_inputs(other, WHICH, page).values
    named = one.uncertainties.figures[0].id
    assert np.unique(first[named]).size > 1
    assert (second[named] == 7.0).all()
