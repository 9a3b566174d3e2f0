# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs side by side: figures, case files field by field, receipts, values of law."""

from django.urls import reverse
from tests.web.runs.plans import CHANGED, computed, handed_in
from tests.web.world import World

from maatwerkbank.web.runs.comparison import differences, law_differences
from maatwerkbank.web.runs.models import Run
from maatwerkbank.web.runs.services import start_run


def page(world: World, *runs: Run, person: str = "lead") -> str:
    """The comparison of these runs."""
    asked = "&".join(f"run={run.code}" for run in runs)
    browser = world.browser(getattr(world, person))
    return browser.get(f"{reverse('runs:compare')}?{asked}").content.decode()


def test_it_shows_the_difference_that_a_variant_makes(world: World):
    version = handed_in(world)
    enacted = computed(world, version)
    abolished = computed(world, version, variant="levy_abolished")

    text = page(world, enacted, abolished)

    assert "+42\N{NO-BREAK SPACE}kt" in text
    assert "CO2-heffing industrie afgeschaft" in text
    assert "levy_abolished" in text
    assert "Hetzelfde casusbestand." in text


def test_it_has_no_difference_where_one_cannot_be_judged(world: World):
    first = computed(world)
    second = computed(world, handed_in(world, CHANGED))

    text = page(world, first, second)

    row = text.split("Netto contante waarde</th>")[1].split("</tr>")[0]
    assert first.figures["npv_eur"] is None
    assert second.figures["npv_eur"] is not None
    assert row.split('<td class="number">')[-1].strip().startswith("–</td>")


def test_it_shows_the_fields_in_which_case_files_differ(world: World):
    text = page(world, computed(world), computed(world, handed_in(world, CHANGED)))

    assert "projects[e-boiler].first_year" in text
    assert "<del>2028</del>" in text
    assert "<ins>2029</ins>" in text
    assert "projects[e-boiler].capex.range.central" in text


def test_each_picture_has_its_table_and_its_words(world: World):
    version = handed_in(world)
    text = page(world, computed(world, version), computed(world, version, variant="levy_abolished"))

    assert text.count("<svg xmlns") == text.count("-title svg-") == 3
    assert text.count("De cijfers als tabel") == 3


def test_it_compares_up_to_four_runs(world: World):
    version = handed_in(world)
    runs = [computed(world, version, seed=None) for _ in range(5)]

    text = page(world, *runs)

    assert text.count("Wat het verschil maakt") == 3


def test_it_also_takes_two_runs_by_a_and_b(world: World):
    version = handed_in(world)
    first, second = computed(world, version), computed(world, version)

    answer = world.browser(world.lead).get(
        reverse("runs:compare"), {"a": first.code, "b": second.code}
    )

    assert "Beide berekeningen geven dezelfde bytes" in answer.content.decode()


def test_it_asks_for_two_runs_that_are_done(world: World):
    run = start_run(case_version=handed_in(world), by=world.analyst)

    answer = world.browser(world.lead).get(reverse("runs:compare"), {"run": run.code})

    assert answer.status_code == 422
    assert "Kies twee berekeningen" in answer.content.decode()


def test_no_word_of_a_run_that_may_not_be_seen(world: World):
    first, second = computed(world), computed(world)

    answer = world.browser(world.outsider).get(
        reverse("runs:compare"), {"a": first.code, "b": second.code}
    )
    nonsense = world.browser(world.lead).get(reverse("runs:compare"), {"a": "x", "b": "y"})

    assert (answer.status_code, nonsense.status_code) == (404, 404)


def test_fields_that_come_and_go_are_told_apart():
    found = differences({"a": 1, "b": [{"id": "x", "c": 2}]}, {"b": [{"id": "x"}], "d": 4})

    assert [(each.field, each.kind) for each in found] == [
        ("a", "removed"),
        ("b[x].c", "removed"),
        ("d", "added"),
    ]


def test_values_of_law_are_compared_by_year():
    before = [{"name": "n", "by_year": {"2025": 1.0, "2026": 2.0}}]
    after = [{"name": "n", "by_year": {"2025": 1.0, "2026": 3.0}}]

    assert law_differences(before, after) == [("n", "2026", 2.0, 3.0)]
