# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The libraries of clauses: whole in both languages, and each point asked for has an answer."""

import pytest

from maatwerkbank.dossier.agreement.covenant_points import points
from maatwerkbank.dossier.agreement.drafting import lacks_of_clause
from maatwerkbank.dossier.agreement.library import KINDS, LIBRARIES, fields, library
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.errors import UnknownClauses


@pytest.mark.parametrize("name", LIBRARIES)
def test_clauses_name_fields_that_exist_in_both_languages(name: str) -> None:
    found = [each for clause in library(name).clauses.values() for each in lacks_of_clause(clause)]
    assert found == []


@pytest.mark.parametrize("name", LIBRARIES)
def test_required_clauses_answer_every_point_that_is_asked(name: str) -> None:
    shelf = library(name)
    answered = {point for key in shelf.required for point in shelf.clauses[key].points}
    asked = {number for number, point in points().items() if name in point.asked_of}
    assert asked == answered


@pytest.mark.parametrize("name", LIBRARIES)
def test_kinds_of_document_exist(name: str) -> None:
    assert {library(name).kind, library(name).draft_kind} <= set(DOCUMENT_KINDS)


def test_fields_have_a_known_kind_and_somebody_who_can_give_them() -> None:
    for field in fields().values():
        assert field.kind in KINDS
        assert field.given_by
        assert set(field.given_by) <= set(ROLES)


def test_every_field_stands_in_a_clause() -> None:
    used = {
        name
        for each in LIBRARIES
        for clause in library(each).clauses.values()
        for name in clause.fields
    }
    assert used == set(fields())


def test_force_in_law_differs_per_text() -> None:
    assert "schept geen verplichtingen" in library("eop").clauses["no_force"].text.nl
    assert "inspanningsverplichtingen" in library("jloi").clauses["compliance"].text.nl
    assert "in rechte afdwingbaar" in library("agreement").clauses["disputes"].text.nl


def test_no_other_library() -> None:
    with pytest.raises(UnknownClauses):
        library("contract")
