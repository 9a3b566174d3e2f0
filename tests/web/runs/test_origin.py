# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every number of a run leads to its origin."""

import pytest
from django.urls import reverse
from tests.web.runs.plans import computed
from tests.web.world import World

from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.origin import origin_of


@pytest.fixture
def run(world: World) -> Run:
    """A run of the example."""
    return computed(world)


def page(world: World, run: Run, figure: str) -> str:
    """The origin page of a figure."""
    address = reverse("runs:origin", args=[run.code, figure])
    return world.browser(world.lead).get(address).content.decode()


def test_a_result_leads_to_its_formula_method_code_and_inputs(world: World, run: Run):
    found = origin_of(run, "additional_2030_t", "en")

    assert found is not None
    assert found.section == "6"
    assert found.code.startswith("rules/additionaliteit.py; economics/results.py:")
    assert "path of the levy" in found.formula
    labels = [each.label for each in found.inputs]
    assert "Electric boiler: emissions, scope 1" in labels
    assert dict(found.years)["2030"] == "0\N{NO-BREAK SPACE}t"


def test_a_result_that_cannot_be_judged_says_who_can_settle_it(world: World, run: Run):
    found = origin_of(run, "npv_eur", "en")

    assert found is not None
    assert found.value == "cannot be judged"
    assert found.lacks[0]["ask"] == "give a value with a source"
    assert found.inputs[0].label.startswith("Price of")
    assert [part.label for part in found.parts][:2] == ["Investment", "Fixed operating cost"]


def test_a_figure_of_the_plan_leads_to_its_source_and_its_line(world: World, run: Run):
    found = origin_of(run, "projects[0].capex", "nl")

    assert found is not None
    assert found.name == "Elektrische boiler: investering"
    assert found.line == "44"
    assert found.source is not None
    assert found.source.place == "row 7"
    assert "investment_eur" in " ".join(each.href for each in found.used_by)


def test_a_value_of_law_leads_to_the_law(world: World, run: Run):
    found = origin_of(run, "co2_heffing/reductiefactor", "nl")

    assert found is not None
    assert found.code == "parameters/data/co2_heffing/reductiefactor.yaml"
    assert found.inputs[-1].source is not None
    assert "Wet milieubeheer" in found.inputs[-1].source.title
    assert dict(found.years)["2025"].endswith("(vastgesteld)")


def test_a_figure_of_support_leads_to_the_ladder_and_says_how_deep_it_goes(world: World, run: Run):
    found = origin_of(run, "tailor_made_grant_eur", "nl")

    assert found is not None
    assert any("SDE++" in each.label for each in found.inputs)
    assert "tailor_made_grant_eur" not in found.name
    assert found.depth


def test_every_figure_of_a_run_has_an_origin_in_both_languages(world: World, run: Run):
    keys = [key for key in run.figures if key != "ranges"]
    keys += [row["place"] for row in run.result["assumptions"]]
    keys += [row["name"] for row in run.result["law"]]

    missing = [
        key for key in keys for language in ("nl", "en") if origin_of(run, key, language) is None
    ]

    assert missing == []


def test_every_link_of_the_run_page_leads_somewhere(world: World, run: Run):
    browser = world.browser(world.lead)
    text = browser.get(reverse("runs:run", args=[run.code])).content.decode()
    start = f'href="/runs/{run.code}/herkomst/'
    links = {part.split('"')[0] for part in text.split(start)[1:]}

    answers = {link: browser.get(f"/runs/{run.code}/herkomst/{link}").status_code for link in links}

    assert len(links) > 20
    assert set(answers.values()) == {200}


def test_the_page_names_run_receipt_and_source(world: World, run: Run):
    text = page(world, run, "prices.eua")

    assert run.receipt_number in text
    assert "parameters/price_sets/public-2025-06-30.yaml" in text


def test_a_figure_that_is_not_there_is_not_found(world: World, run: Run):
    address = reverse("runs:origin", args=[run.code, "winst_van_de_buurman"])

    assert world.browser(world.lead).get(address).status_code == 404
