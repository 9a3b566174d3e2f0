# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screens of agreements: texts, what is in force, conflicts, the negotiation."""

from datetime import date

from django.urls import reverse
from tests.web.agreements.texts import amended, begun, finished, in_force
from tests.web.world import World

from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.agreement.terms import draft_of
from maatwerkbank.web.agreements import amending, drafts
from maatwerkbank.web.agreements.clauses import clauses_of
from maatwerkbank.web.agreements.models import Draft, Mandate, Move
from maatwerkbank.web.agreements.stored import text_of
from maatwerkbank.web.dossiers.gates import gate_of


def address(world: World, name: str, *more: object) -> str:
    """A page of the agreement of Zoutfabriek."""
    return reverse(f"agreements:{name}", args=[world.zout.code, *more])


def test_a_text_is_begun_filled_changed_and_made_final(world: World):
    browser = world.browser(world.member)
    browser.post(address(world, "begin"), {"kind": "eop", "optional": ["provinces"]})
    draft = Draft.objects.get()
    page = browser.get(address(world, "text", draft.code)).text
    assert "[ontbreekt: Provincies die tekenen]" in page
    assert "Zoutfabriek BV" in page
    assert "Maak definitief" not in page

    fill = address(world, "fill", draft.code, "provinces")
    assert browser.post(fill, {"value": " "}).status_code == 422
    browser.post(fill, {"value": "Overijssel\nGelderland"})
    assert text_of(draft).values["provinces"].value == ["Overijssel", "Gelderland"]
    browser.post(
        address(world, "fill", draft.code, "boundary"), {"value": "scope 1", "value_en": "scope 1"}
    )
    browser.post(address(world, "fill", draft.code, "co2_gross_2030"), {"value": "420000"})
    browser.post(address(world, "fill", draft.code, "start_date"), {"value": "2026-01-01"})
    assert "420.000\N{NO-BREAK SPACE}ton" in browser.get(address(world, "text", draft.code)).text

    clause = address(world, "clause", draft.code, "consultation")
    words = {"heading_nl": "Overleg", "heading_en": "Talks", "because": "vaker"}
    wrong = browser.post(
        clause, {**words, "text_nl": "Bij meer dan 300 kt.", "text_en": "Above 300 kt."}
    )
    assert wrong.status_code == 422
    assert "getypt bedrag" in wrong.text
    browser.post(clause, {**words, "text_nl": "Elke maand.", "text_en": "Every month."})
    assert "eigen tekst" in browser.get(address(world, "text", draft.code)).text


def test_what_changed_in_the_dossier_is_shown_and_taken_over(world: World):
    draft = begun(world, "agreement")
    world.zout.company.name = "Zoutfabriek NV"
    world.zout.company.save()
    browser = world.browser(world.member)
    assert (
        "Intussen gewijzigd in het dossier" in browser.get(address(world, "text", draft.code)).text
    )
    browser.post(address(world, "take-over", draft.code), {"name": ["company"]})
    assert text_of(draft).values["company"].value == "Zoutfabriek NV"


def test_a_final_text_is_saved_shared_and_handed_in(world: World):
    draft = finished(world, "jloi")
    browser = world.browser(world.lead)
    for kind, start in (("odt", b"PK"), ("pdf", b"%PDF")):
        answer = browser.get(address(world, f"text-{kind}", draft.code))
        assert answer.content.startswith(start)
        assert answer.headers["Content-Disposition"] == f'attachment; filename="jloi-1.{kind}"'
    browser.post(address(world, "share", draft.code))
    assert (
        "beantwoord"
        in world.browser(world.company).get(address(world, "text", draft.code)).text.lower()
    )
    answer = browser.post(address(world, "hand-in", draft.code))
    assert "/stukken/" in answer.headers["Location"]


def test_two_versions_are_compared_in_words_and_in_figures(world: World):
    finished(world, "jloi")
    second = begun(world, "jloi")
    drafts.fill(draft=second, by=world.lead, name="co2_gross_2030", value=400_000)
    page = world.browser(world.member).get(address(world, "compare")).text
    assert "−20.000 t CO2e per jaar, bruto" in page
    assert "<del>420.000</del> <ins>400.000</ins>" in page
    browser = world.browser(world.member)
    english = browser.get(address(world, "compare"), headers={"Accept-Language": "en"}).text
    assert "are the same in both" in english


def test_a_conflict_is_shown_with_both_values_and_settled(world: World):
    agreement = in_force(world)
    first = amended(world, agreement, "Net later", end_date="2031-12-31")
    second = amended(world, agreement, "Levering later", end_date="2032-06-30", base_year=2021)
    browser = world.browser(world.lead)
    browser.post(
        address(world, "decide", first.code), {"decided_on": "2026-03-01", "because": "akkoord"}
    )
    page = browser.get(address(world, "amendment", second.code)).text
    assert "Intussen is versie 2 in werking" in page

    replay = address(world, "replay", second.code)
    page = browser.get(replay).text
    for told in ("31 december 2031", "30 juni 2032", "Net later: end_date", "1 wijziging raakt"):
        assert told in page
    choice = {"field-end_date-choice": "other", "field-end_date-reason": "midden"}
    assert browser.post(replay, choice).status_code == 422
    browser.post(replay, {**choice, "field-end_date-value": "2032-01-31"})
    browser.post(
        address(world, "decide", second.code), {"decided_on": "2026-04-01", "because": "akkoord"}
    )
    last = browser.get(address(world, "terms", agreement.code, 3)).text
    assert "31 januari 2032" in last
    assert "TermsVersion" not in last
    past = browser.get(address(world, "terms", agreement.code, 1)).text
    assert "31 december 2030" in past
    assert "31 januari 2032" not in past
    assert browser.get(address(world, "terms-odt", agreement.code, 1)).content[:2] == b"PK"


def test_a_change_is_made_with_its_reason_and_left_out_again(world: World):
    amendment = amended(world, in_force(world), "Later")
    browser = world.browser(world.member)
    page = address(world, "change", amendment.code)
    wrong = browser.post(f"{page}?path=field.end_date", {"value": "2031-01-01", "kind": "scope"})
    assert wrong.status_code == 422
    given = {"value": "2031-01-01", "kind": "schedule", "reason": "net later"}
    browser.post(f"{page}?path=field.end_date", given)
    clause = {"heading_nl": "Stuurgroep", "heading_en": "Steering", "text_nl": "Elke maand."}
    browser.post(
        f"{page}?path=clause.evaluation",
        {**clause, "text_en": "Monthly.", "kind": "other", "reason": "vaker"},
    )
    shown = browser.get(address(world, "amendment", amendment.code)).text
    assert "net later" in shown
    assert "Bepaling: Evaluatie" in shown
    browser.post(address(world, "drop-change", amendment.code), {"path": "field.end_date"})
    assert amendment.changes.count() == 1
    assert browser.get(page).status_code == 404
    browser.post(address(world, "withdraw", amendment.code), {"because": "niet nodig"})
    amendment.refresh_from_db()
    assert amendment.state == "withdrawn"


def test_an_own_clause_comes_in_one_goes_out_one_moves_and_a_second_amendment_follows(world: World):
    agreement = in_force(world)
    first, second = (amended(world, agreement, name) for name in ("Bepalingen", "Andere"))
    browser = world.browser(world.member)
    why = {"kind": "scope", "reason": "gevraagd door de provincie"}
    own = {
        "heading_nl": "Stikstof",
        "heading_en": "Nitrogen",
        "after": "parties",
        "text_nl": "Partijen letten op stikstof.",
        "text_en": "Parties mind nitrogen.",
        **why,
    }

    refused = browser.post(address(world, "add-clause", first.code), {**own, "text_en": ""})
    browser.post(address(world, "add-clause", first.code), own)
    browser.post(address(world, "take-clause-out", first.code), {"clause": "environment", **why})
    same = {"clause": "parties", "after": "", **why}
    not_moved = browser.post(address(world, "move-clause", first.code), same)
    shown = browser.get(address(world, "amendment", first.code)).text
    last = clauses_of(second)[-1].id
    browser.post(address(world, "move-clause", second.code), {**same, "clause": last})
    amending.decide(amendment=first, by=world.lead, decided_on=None, because="akkoord")
    again = browser.get(address(world, "replay", second.code)).text
    browser.post(address(world, "replay", second.code))
    second.refresh_from_db()
    terms = amending.decide(amendment=second, by=world.lead, decided_on=None, because="akkoord")

    assert (refused.status_code, not_moved.status_code) == (422, 422)
    assert "Bepaling: Stikstof" in shown
    assert "2. Stikstof" in shown
    assert "Volgorde van de bepalingen" in shown
    assert "conflict" not in again.lower()
    page = browser.get(address(world, "terms", agreement.code, terms.number)).text
    order = [each.id for each in draft_of(library("agreement"), terms.terms).clauses]
    assert order[:2] == [last, "parties"]
    assert order[2].startswith("own-")
    assert "environment" not in order
    assert "eigen bepaling, niet uit de bibliotheek" in page


def test_the_negotiation_is_written_down_by_the_team_alone(world: World):
    browser = world.browser(world.member)
    browser.post(
        address(world, "mandate"),
        {
            "subject": "subsidy_eur",
            "given_by": "de minister van KGG",
            "high": "50000000",
            "since": "2026-01-01",
            "until": "2026-06-30",
        },
    )
    assert Mandate.objects.get().high == 50e6
    offer = {
        "on": "2026-05-01",
        "side": "state",
        "kind": "offer",
        "subject": "subsidy_eur",
        "amount": "62000000",
        "words": "bij 400 kt",
    }
    refused = browser.post(address(world, "move"), offer)
    assert refused.status_code == 422
    browser.post(address(world, "move"), {**offer, "outside_because": "de minister weet het"})
    assert Move.objects.get().on == date(2026, 5, 1)
    browser.post(
        address(world, "informed"),
        {"on": "2026-05-02", "who": "Provinciale Staten", "about": "JLoI"},
    )
    page = browser.get(address(world, "negotiation")).text
    for told in ("buiten het mandaat", "12.000.000 meer", "Provinciale Staten"):
        assert told in page
    assert world.browser(world.company).get(address(world, "negotiation")).status_code == 403


def test_the_company_sees_the_terms_and_not_what_is_still_open(world: World):
    agreement = in_force(world)
    amended(world, agreement, "Geheime wijziging", end_date="2031-12-31")
    page = world.browser(world.company).get(address(world, "dossier")).text
    assert "Bindende maatwerkafspraak" in page
    assert "Geheime wijziging" not in page
    assert "Onderhandeling" not in page


def test_the_gate_to_the_jloi_follows_the_text_that_was_made_here(world: World):
    world.zout.stage = "advice"
    world.zout.save()

    def found() -> tuple[bool, str]:
        gate = gate_of(world.zout, "to_jloi")
        told = next(each for each in gate.judgement.found if each.criterion.id == "covenant_points")
        return told.met, told.because.nl

    assert found() == (False, "Er is nog geen tekst.")
    draft = begun(world, "jloi")
    met, because = found()
    assert not met
    assert "14" in because
    draft.delete()
    finished(world, "jloi")
    assert found() == (True, "Joint Letter of Intent, versie 1 beantwoordt alle 19 punten.")


def test_nothing_is_decided_before_it_is_replayed(world: World):
    agreement = in_force(world)
    first = amended(world, agreement, "A", end_date="2031-12-31")
    second = amended(world, agreement, "B", base_year=2021)
    amending.decide(amendment=first, by=world.lead, decided_on=None, because="akkoord")
    answer = world.browser(world.lead).post(
        address(world, "decide", second.code), {"decided_on": "2026-03-01", "because": "akkoord"}
    )
    assert answer.status_code == 409
