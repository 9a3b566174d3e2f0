# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API: the same facts as the screens, read only, within what one may see."""

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.web.world import World

from maatwerkbank.web.api.views import api

DESCRIBED = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"


def test_it_lists_the_dossiers_of_a_person(world: World):
    answer = world.browser(world.lead).get("/api/v1/dossiers")

    assert answer.status_code == 200
    assert [item["company"] for item in answer.json()["items"]] == ["zoutfabriek"]
    assert answer.json()["count"] == 1


def test_it_gives_one_dossier(world: World):
    answer = world.browser(world.lead).get(f"/api/v1/dossiers/{world.zout.code}")

    assert answer.json()["stage"] == "exploration"
    assert answer.json()["exit"] is None


def test_it_asks_as_many_questions_for_many_dossiers_as_for_one(
    world: World, django_assert_max_num_queries
):
    browser = world.browser(world.programme)

    with django_assert_max_num_queries(10):
        assert browser.get("/api/v1/dossiers").json()["count"] == 2


@pytest.mark.parametrize("part", ["", "/documents", "/runs", "/decisions"])
def test_it_knows_no_dossier_that_is_hidden(world: World, part: str):
    answer = world.browser(world.lead).get(f"/api/v1/dossiers/{world.staal.code}{part}")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "not found"


def test_it_says_why_a_firm_may_not_read_decisions(world: World):
    answer = world.browser(world.company).get(f"/api/v1/dossiers/{world.zout.code}/decisions")

    assert answer.status_code == 403
    assert answer.json()["title"] == "not-allowed"


def test_it_answers_nobody_who_has_not_signed_in(db: None):
    answer = Client().get("/api/v1/dossiers")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_it_tells_what_is_wrong_with_a_question(world: World):
    answer = world.browser(world.lead).get("/api/v1/dossiers?page=0&page_size=1000")

    assert answer.status_code == 422
    assert "page:" in answer.json()["detail"]
    assert "page_size:" in answer.json()["detail"]


def test_it_is_described_as_it_is():
    described = json.loads(DESCRIBED.read_text("utf-8"))

    assert described == json.loads(json.dumps(api.get_openapi_schema()))
