# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recommendation in the text of an agreement: what changed, and whether it stayed."""

from dataclasses import replace

from tests.dossier.agreement.text_samples import full

from maatwerkbank.dossier.advice.draft_changes import changes_between, findings_later
from maatwerkbank.dossier.agreement.drafting import Draft, FieldValue
from maatwerkbank.ground.language import Text

BEFORE = full("jloi")
LATER = Text("Joint Letter of Intent, versie 3", "Joint Letter of Intent, version 3")


def reworded(draft: Draft, clause: str, nl: str) -> Draft:
    return replace(
        draft,
        clauses=tuple(
            replace(each, text=Text(nl, each.text.en)) if each.id == clause else each
            for each in draft.clauses
        ),
    )


AFTER = reworded(BEFORE, "events", "Partijen overleggen elke maand.")
(CHANGE,) = changes_between(BEFORE, AFTER)


def test_a_clause_that_reads_otherwise_comes_with_its_words_before_and_after():
    assert changes_between(BEFORE, BEFORE) == ()
    assert CHANGE.clause == "events"
    assert CHANGE.name.nl.startswith("Artikel ")
    assert CHANGE.after.nl.endswith("\n\nPartijen overleggen elke maand.")
    assert CHANGE.before.en == CHANGE.after.en


def test_another_figure_and_a_clause_that_goes_are_changes_too():
    later = replace(
        BEFORE, values={**BEFORE.values, "co2_gross_2030": FieldValue(500_000, "person")}
    )
    assert "500.000" in next(iter(changes_between(BEFORE, later))).after.nl
    (gone,) = changes_between(BEFORE, replace(BEFORE, clauses=BEFORE.clauses[:-1]))
    assert gone.after == Text("", "")
    (back,) = findings_later(gone, 2, BEFORE, LATER)
    assert back.code == "advice.change-dropped"


def test_a_later_version_that_drops_or_rewords_the_change_is_a_finding():
    assert findings_later(CHANGE, 1, AFTER, LATER) == ()
    (dropped,) = findings_later(CHANGE, 1, BEFORE, LATER)
    assert (dropped.code, dropped.severity) == ("advice.change-dropped", "warning")
    assert dropped.found.into("nl") == (
        "Joint Letter of Intent, versie 3 heeft deze wijziging niet meer"
    )
    without = replace(AFTER, clauses=tuple(e for e in AFTER.clauses if e.id != "events"))
    assert findings_later(CHANGE, 1, without, LATER)[0].code == "advice.change-dropped"
    (other,) = findings_later(CHANGE, 1, reworded(AFTER, "events", "Elke week."), LATER)
    assert other.code == "advice.change-reworded"
