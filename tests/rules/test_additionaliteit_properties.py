# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What additional tonnes must do for any plan (METHOD §6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerkbank.rules import additionaliteit

tonnes = st.floats(0, 1e7)
share = st.floats(0, 1)


@given(tonnes, share, tonnes)
def test_gross_is_what_was_due_and_what_is_additional(without, kept, rights):
    with_plan = without * kept

    gross = additionaliteit.gross(without, with_plan)
    due = additionaliteit.required(without, rights)
    additional = additionaliteit.additional(without, with_plan, rights)

    assert gross == pytest.approx(min(gross, due) + additional, rel=1e-12, abs=1e-6)


@given(tonnes, tonnes, tonnes)
def test_additional_is_never_negative_and_never_above_gross(without, with_plan, rights):
    additional = additionaliteit.additional(without, with_plan, rights)

    assert additional >= 0
    assert additional <= max(0, without - with_plan)


@given(tonnes, tonnes, tonnes, tonnes)
def test_a_looser_law_never_makes_a_plan_less_additional(without, with_plan, rights, looser):
    before = additionaliteit.additional(without, with_plan, rights)
    after = additionaliteit.additional(without, with_plan, rights + looser)

    assert after >= before


@given(tonnes, tonnes)
def test_reference_and_required_make_up_the_emission_without_the_plan(without, rights):
    reference = additionaliteit.reference(without, rights)
    required = additionaliteit.required(without, rights)

    assert reference + required == pytest.approx(without, rel=1e-12)
