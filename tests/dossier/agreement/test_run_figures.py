# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tonnes and money of a text out of a run, with the receipt beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from maatwerkbank.dossier.agreement.drafting import FieldValue, begin, stale
from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.agreement.run_figures import (
    RUN_FIELDS,
    RunFigures,
    filled,
    findings_of_run,
    values_of_run,
)
from maatwerkbank.ground.language import Text

TODAY = date(2026, 11, 30)
RUN = RunFigures(
    receipt="1f3a92cc",
    done_at=datetime(2026, 11, 1, tzinfo=UTC),
    pinned=True,
    figures={
        "gross_2030_t": 420_000.4,
        "additional_2030_t": None,
        "tailor_made_grant_eur": 81_500_000.6,
    },
    lacks={"additional_2030_t": (Text("alleen een bereik", "only a range"), Text("NEa", "NEa"))},
)
NEXT = replace(RUN, receipt="77aa", done_at=datetime(2026, 11, 20, tzinfo=UTC), pinned=False)


def codes(*findings):
    return [(each.code, each.place) for each in findings]


def test_a_run_fills_whole_tonnes_and_euros_and_leaves_absent_what_it_cannot_judge():
    found = values_of_run(RUN, TODAY)
    assert found == {
        "co2_gross_2030": FieldValue(420_000, "run", "1f3a92cc", TODAY),
        "subsidy_max_eur": FieldValue(81_500_001, "run", "1f3a92cc", TODAY),
    }
    assert found["co2_gross_2030"].said_by.into("nl") == "een berekening (1f3a92cc)"


def test_the_run_goes_before_an_ambition_and_a_reservation_before_the_run():
    told = {
        "co2_gross_2030": FieldValue(400_000, "ambition"),
        "co2_additional_2030": FieldValue(250_000, "ambition"),
        "subsidy_max_eur": FieldValue(80_000_000, "budget"),
    }
    found = filled(told, values_of_run(RUN, TODAY))
    assert {name: (each.value, each.origin) for name, each in found.items()} == {
        "co2_gross_2030": (420_000, "run"),
        "co2_additional_2030": (250_000, "ambition"),
        "subsidy_max_eur": (80_000_000, "budget"),
    }
    assert codes(*findings_of_run(RUN, told, RUN_FIELDS)) == [
        ("draft.run-lacks", "co2_additional_2030"),
        ("draft.run-differs", "co2_gross_2030"),
        ("draft.run-differs", "subsidy_max_eur"),
    ]


def test_what_a_run_lacks_says_why_and_who_can_give_it_and_only_of_what_the_text_names():
    (lack,) = findings_of_run(RUN, {}, ["co2_additional_2030", "company"])
    assert lack.severity == "warning"
    assert lack.found.into("nl") == "berekening 1f3a92cc: alleen een bereik"
    assert lack.remedy.into("en") == "ask: NEa"
    assert findings_of_run(RUN, {}, ["company"]) == ()
    below = replace(RUN, figures={**RUN.figures, "additional_2030_t": -5.0})
    assert "co2_additional_2030" not in values_of_run(below, TODAY)
    assert codes(*findings_of_run(below, {}, ["co2_additional_2030"])) == [
        ("draft.run-lacks", "co2_additional_2030")
    ]


def test_a_newer_run_is_told_and_makes_a_taken_figure_stale_also_when_it_is_the_same():
    assert codes(*findings_of_run(RUN, {}, (), NEXT)) == [("draft.newer-run", "")]
    assert findings_of_run(NEXT, {}, (), RUN) == ()
    assert findings_of_run(RUN, {}, (), RUN) == ()

    draft = replace(begin(library("jloi")), values=values_of_run(RUN, TODAY))
    assert stale(draft, values_of_run(RUN, TODAY)) == ()
    changed = {each.field: each for each in stale(draft, values_of_run(NEXT, TODAY))}
    assert set(changed) == {"co2_gross_2030", "subsidy_max_eur"}
    gross = changed["co2_gross_2030"]
    assert (gross.was, gross.was_run, gross.now, gross.now_run) == (
        420_000,
        "1f3a92cc",
        420_000,
        "77aa",
    )
