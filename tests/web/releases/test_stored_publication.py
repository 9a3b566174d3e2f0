# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public of the database: the same as the folder tells, and what people released."""

from dataclasses import replace
from datetime import date

import pytest
from tests.web.overview.test_stored_portfolio import without_repeats

from maatwerkbank.dossier.publication.shipped import shipped_publication
from maatwerkbank.web.demo.execution import load_public_grants
from maatwerkbank.web.demo.promises import load_public_promises
from maatwerkbank.web.demo.public_record import load_public_record
from maatwerkbank.web.releases.stored_publication import stored_publication

CUT_OFF = date(2025, 6, 30)


@pytest.fixture
def public_record(db: None) -> None:
    """The shipped folder, as the demo loads it."""
    dossiers = load_public_record()
    load_public_promises(dossiers)
    load_public_grants(dossiers)


@pytest.mark.slow
def test_the_public_record_in_the_database_tells_the_same_as_the_folder(
    public_record: None, django_assert_max_num_queries
):
    shipped = shipped_publication(CUT_OFF)
    with django_assert_max_num_queries(30):
        told = stored_publication(CUT_OFF)

    assert told.register.companies == without_repeats(shipped.register)
    assert set(told.figures) == set(shipped.figures)
    for name, figure in shipped.figures.items():
        assert told.figures[name] == replace(figure, known_on=told.figures[name].known_on), name
    assert sorted(told.promises, key=lambda each: each.id) == sorted(
        shipped.promises, key=lambda each: each.id
    )
    assert [each.id for each in told.papers] == [each.id for each in shipped.papers]
    assert told.sittings == shipped.sittings
    assert told.programme == shipped.programme
    assert told.statements == {}


def test_nothing_of_an_empty_database_is_public(db: None):
    told = stored_publication(CUT_OFF)
    assert told.register.companies == ()
    assert told.promises == ()
    assert [each for each in told.figures.values() if each.firm] == []
