# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public record of the shipped folder on any day: what was not known then is absent."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.ground.dates import last_day
from maatwerkbank.sources import load_sources, source

DAY = date(2025, 6, 30)
days = st.dates(date(2020, 1, 1), date(2026, 6, 30))


def ids(known: Publication) -> set[str]:
    return {
        *(f"figure {each}" for each in known.figures),
        *(f"promise {each.id}" for each in known.promises),
        *(f"paper {each.id}" for each in known.papers),
        *(f"fact {each.id}" for each in known.programme),
        *(f"firm {each.id}" for each in known.register),
    }


@settings(max_examples=40, deadline=None)
@given(days, days)
def test_a_later_day_knows_everything_that_an_earlier_day_knew(one: date, other: date):
    first, second = sorted((one, other))
    assert ids(shipped_publication(first)) <= ids(shipped_publication(second))


@settings(max_examples=40, deadline=None)
@given(days)
def test_nothing_in_it_was_known_later(day: date):
    known = shipped_publication(day)
    assert all(each.known_on and each.known_on <= day for each in known.figures.values())
    assert all(each.known_on <= day for each in known.programme)
    for promise in known.promises:
        said = source(promise.origin.identity).date
        assert said is not None
        assert last_day(said) <= day
    for sitting in known.sittings:
        assert all(term.known_from <= day for term in sitting.body.terms)


def test_before_anything_it_is_empty():
    assert ids(shipped_publication(date(2021, 1, 1))) == set()


def test_every_figure_has_a_source_and_gross_stays_apart_from_additional():
    known = shipped_publication(DAY)
    assert {each.origin.identity for each in known.figures.values()} <= set(load_sources())
    assert known.figures["nobian.co2.agreement.gross"].low == 500_000
    assert known.figures["nobian.co2.agreement.gross"].bound == "at_least"
    assert "nobian.co2.agreement.additional" not in known.figures  # absent is not zero
    assert known.figures["shell.co2.eop.additional"].kind == "additional"
    assert known.figures["nobian.support.granted"].high == 185_000_000


def test_a_second_document_of_a_kind_has_an_id_of_its_own():
    papers = [each.id for each in shipped_publication(DAY).papers_of("tata-steel")]
    assert papers == ["tata-steel.eop", "tata-steel.eop.2"]


def test_each_promise_names_its_measure_and_what_it_waits_for():
    promises = {each.id: each for each in shipped_publication(DAY).promises}
    capture = promises["yara.capture"]
    assert capture.measure == "yara.promise.capture"
    assert [each.en for each in capture.waits_for] == [
        "Transport by ship and storage at Northern Lights"
    ]
