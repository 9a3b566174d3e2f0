# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public pages of what the program ships, with one of everything besides."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from tests.letter.open_data.example import example

from maatwerkbank.dossier.publication.publication import Publication
from maatwerkbank.web.public import publications
from maatwerkbank.web.public.publications import KEPT


@cache
def public_on(day: date) -> Publication:
    """Made once for all tests."""
    return example(day)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, settings) -> list[date]:
    """The days that were asked for; what was public then comes from the folder, not a database."""
    asked: list[date] = []

    def publication(day: date) -> Publication:
        asked.append(day)
        return public_on(day)

    monkeypatch.setattr(publications, "_publication", publication)
    return asked


@pytest.fixture
def anew(told: list[date]) -> Iterator[None]:
    """Nothing was made before this test, and nothing of it stays."""
    KEPT.forget()
    yield
    KEPT.forget()
