# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft goes to advice and comes back with four recommendations; what changes can be read."""

import pytest
from tests.web.advice.samples import FINDINGS, frozen
from tests.web.journeys.visitor import Visitor
from tests.web.world import World

from maatwerkbank.dossier.advice.advice import INTERESTS, OUTCOMES, VERDICTS
from maatwerkbank.dossier.advice.bodies import bodies, criteria
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.templatetags.words import day

RECOMMENDED = (
    "Noem het jaar van de netaansluiting.",
    "Leg de meetmethode vast.",
    "Neem een doel op voor ammoniak.",
    "Verlaag het bedrag.",
)


@pytest.fixture
def language() -> str:
    """This journey is made once, in Dutch: its pages are looked at in both languages elsewhere."""
    return "nl"


def test_a_draft_comes_back_with_four_recommendations_and_the_changed_clauses_are_shown(
    visitor: Visitor, world: World
):
    made = frozen(world)

    # The case lead asks for advice on what was frozen.
    visitor.become(world.lead)
    visitor.go(f"/advies/{world.zout.code}/")
    visitor.follow("Ask for advice")
    visitor.choose("Who advises", bodies()["amvi"].label)
    visitor.choose("Frozen set", f"{made.purpose}, {day(made.made_at)}")
    visitor.fill("On what", "Concept JLoI Zoutfabriek")
    visitor.press("Ask for advice", then="What was asked")
    advice = Advice.objects.get()

    # The secretary finds it, writes down who has which interest, writes the advice and gives it.
    visitor.become(world.secretary)
    visitor.go("/advies/aanvragen/")
    visitor.follow("Concept JLoI Zoutfabriek")
    visitor.follow("Declare interests")
    for each in advice.participants.all():
        label = visitor.t("Interest of %(name)s", name=each.name)
        visitor.choose(label, INTERESTS["none"])
    visitor.press("Save the declarations")
    visitor.follow("Write the advice")
    for criterion in FINDINGS:
        named = visitor.t(criteria()[criterion])
        visitor.fill(visitor.t("%(criterion)s: finding", criterion=named), "Zo is het.")
        visitor.choose(visitor.t("%(criterion)s: verdict", criterion=named), VERDICTS["positive"])
    for number, words in enumerate(RECOMMENDED, start=1):
        visitor.page.get_by_label(
            visitor.t("Recommendation %(number)s", number=str(number)), exact=False
        ).first.fill(words)
    visitor.fill("Considerations", "Een goed plan met vier punten.")
    visitor.press("Give the advice")
    assert visitor.t("Verdict on the whole") in visitor.alert()
    visitor.choose("Verdict on the whole", VERDICTS["positive_with_conditions"])
    visitor.press("Give the advice", then="Verlaag het bedrag.")

    # The case lead answers: two adopted, one partly, one not with a reason.
    visitor.become(world.lead)
    visitor.go("/")
    visitor.follow(visitor.t("Answer the recommendations: %(subject)s", subject=advice.subject))
    answers = (
        ("adopted", "", "4.2", "zo snel mogelijk", "uiterlijk in 2028"),
        ("adopted", "", "7", "", "Er wordt gemeten volgens de bijlage."),
        ("partly", "Voor stikstofoxiden wel.", "6", "minder", "ten hoogste 40 ton"),
        ("not_adopted", "Het bedrag volgt uit de berekening.", "", "", ""),
    )
    for number, (outcome, reason, clause, before, after) in enumerate(answers, start=1):
        with visitor.at(f"#answer-{number}"):
            visitor.tick(OUTCOMES[outcome])
            inputs = visitor.within.locator("textarea, input[type=text]")
            for place, words in enumerate((reason, clause, before, after)):
                inputs.nth(place).fill(words)
    visitor.press("Record the answer of the minister")

    # Who reads the advice reads what became of each recommendation, in words before and after.
    visitor.become(world.adviser)
    visitor.go(f"/advies/aanvraag/{advice.code}/")
    for outcome in OUTCOMES.values():
        visitor.reads(outcome)
    visitor.reads("zo snel mogelijk")
    visitor.reads("uiterlijk in 2028")
    visitor.reads("Het bedrag volgt uit de berekening.")
