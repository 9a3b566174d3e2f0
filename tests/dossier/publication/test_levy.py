# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A levy of one firm: a reconstruction from public data, said to be so, and absent before those."""

from datetime import date

from maatwerkbank.dossier.publication import levy
from maatwerkbank.economics import assess
from maatwerkbank.portfolio.cases import load_case


def test_it_is_a_range_with_the_receipt_of_a_run_and_says_what_it_is(monkeypatch):
    monkeypatch.setattr(levy, "case_ids", lambda: ("anqore",))
    (figure,) = levy.levy_reconstructions(date(2025, 6, 30)).values()
    found = assess(load_case("anqore"))
    assert figure.id == "anqore.levy.to_2030.without_plan"
    assert (figure.low, figure.high) == tuple(found.ranges[levy.RESULT].values())
    assert figure.reconstruction
    assert figure.origin.kind == "run"
    assert figure.origin.identity == found.receipt.number
    assert "niet de aanslag" in figure.boundary.nl


def test_before_the_data_of_the_cases_were_known_there_is_none():
    assert levy.levy_reconstructions(date(2025, 6, 29)) == {}
