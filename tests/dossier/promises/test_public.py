# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Promises of real firms: only what a source says."""

import pytest
from pydantic import ValidationError

from maatwerkbank.dossier.promises.public import PublicFirm, PublicPromise, public_promises
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import register

PROMISE = {
    "id": "a",
    "by": "state",
    "subject": "permits",
    "label": {"nl": "a", "en": "a"},
    "deed": {"nl": "a", "en": "a"},
    "source": "kamerbrief-2025-06-30",
}


def test_it_tells_of_five_firms_of_the_register():
    found = public_promises()

    assert set(found) == {"nobian", "yara", "anqore", "cosun", "tata-steel"}
    assert set(found) <= {firm.id for firm in register(PORTFOLIO_DATE)}


def test_no_tonnes_are_called_additional_where_no_source_does():
    measures = [p.measure for firm in public_promises().values() for p in firm.promises]

    assert {each.kind for each in measures if each and each.quantity == "co2"} == {"gross"}


def test_it_names_everything_that_does_not_hold():
    firm = PublicFirm.model_validate(
        {"promises": [PROMISE, {**PROMISE, "source": "krant", "waits_for": ["b"]}]}
    )

    assert list(firm.lacks()) == [
        "a stands twice",
        "a stands twice",
        "a waits for b, which is not there",
        "a cites krant, which is not in the register of sources",
    ]


def test_a_promise_is_a_measure_or_a_deed():
    with pytest.raises(ValidationError, match="one of measure and deed"):
        PublicPromise.model_validate({**PROMISE, "deed": None})
