# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Drafting: what stands in the text is what stands in the dossier, and what lacks is named."""

from dataclasses import replace
from datetime import date

from tests.dossier.agreement.text_samples import SAMPLES, full

from maatwerkbank.dossier.agreement.covenant_check import covenant_points_answered
from maatwerkbank.dossier.agreement.covenant_points import answers, covenant_fact
from maatwerkbank.dossier.agreement.drafting import (
    Draft,
    FieldValue,
    articles,
    begin,
    lacks,
    lacks_of_clause,
    stale,
)
from maatwerkbank.dossier.agreement.library import Clause, fields, library
from maatwerkbank.dossier.agreement.terms import draft_of, label_of, terms_of
from maatwerkbank.dossier.agreement.values import lacks_of_value, value_in_words
from maatwerkbank.dossier.evidence import Attached, Evidence
from maatwerkbank.ground.language import Text


def test_a_field_that_lacks_is_named_in_the_text_and_found() -> None:
    draft = begin(library("eop"))
    purpose = next(each for each in articles(draft, "nl") if each.clause == "purpose")
    assert "[ontbreekt: Bruto reductie van CO2 in 2030]" in purpose.paragraphs[0]
    found = {each.place: each for each in lacks(draft)}
    assert "Projectleider" in found["purpose.co2_gross_2030"].remedy.nl  # type: ignore[union-attr]


def test_a_full_draft_lacks_nothing_and_says_whole_figures() -> None:
    draft = full("agreement")
    assert lacks(draft) == ()
    text = " ".join(each.paragraphs[0] for each in articles(draft, "nl"))
    assert "420.000\N{NO-BREAK SPACE}ton CO2-equivalent per jaar" in text
    assert "€\N{NO-BREAK SPACE}185.000.000" in text
    assert "[" not in text
    assert "420,000\N{NO-BREAK SPACE}tonnes" in " ".join(
        each.paragraphs[0] for each in articles(draft, "en")
    )


def test_articles_are_numbered_and_optional_clauses_are_chosen() -> None:
    without, with_it = begin(library("jloi")), begin(library("jloi"), ["provinces"])
    assert [each.number for each in articles(without, "nl")] == list(
        range(1, len(without.clauses) + 1)
    )
    assert len(with_it.clauses) == len(without.clauses) + 1


def test_a_required_clause_left_out_is_found() -> None:
    draft = full("jloi")
    shorter = replace(draft, clauses=draft.clauses[1:])
    assert [each.place for each in lacks(shorter)] == ["parties"]


def test_a_figure_typed_by_hand_is_refused() -> None:
    for typed in ("ten hoogste € 20 miljoen", "ten minste 420.000 ton", "300 kt in 2030", "EUR 5"):
        clause = Clause("own", Text("Eigen", "Own"), Text(typed, typed))
        assert {each.code for each in lacks_of_clause(clause)} == {"draft.typed-amount"}
    clean = Clause("own", Text("Eigen", "Own"), Text("binnen 4 weken, artikel 68", "in 4 weeks"))
    assert lacks_of_clause(clean) == ()


def test_unknown_fields_and_different_languages_are_found() -> None:
    clause = Clause("own", Text("Eigen", "Own"), Text("{tonnage}", "nothing"))
    codes = [each.code for each in lacks_of_clause(clause)]
    assert codes == ["draft.unknown-field", "draft.languages-differ"]


def test_stale_is_what_the_dossier_says_otherwise_now() -> None:
    draft = full("eop")
    taken = FieldValue(420_000, "ambition", "7", date(2026, 1, 1))
    draft = replace(draft, values={**draft.values, "co2_gross_2030": taken})
    same = dict(draft.values)
    assert stale(draft, same) == ()
    more = {**same, "co2_gross_2030": FieldValue(450_000, "ambition", "7")}
    (found,) = stale(draft, more)
    assert (found.field, found.was, found.now) == ("co2_gross_2030", 420_000, 450_000)
    del more["co2_gross_2030"]
    assert stale(draft, more)[0].now is None


def test_what_a_person_filled_in_is_never_stale() -> None:
    assert stale(full("eop"), {}) == ()


def test_the_seal_changes_with_text_value_and_origin() -> None:
    draft = full("eop")
    other_value = {**draft.values, "co2_gross_2030": FieldValue(1, "person")}
    other_origin = {**draft.values, "co2_gross_2030": FieldValue(420_000, "ambition", "7")}
    seals = {
        draft.sealed,
        replace(draft, values=other_value).sealed,
        replace(draft, values=other_origin).sealed,
        replace(draft, clauses=draft.clauses[:-1]).sealed,
    }
    assert len(seals) == 4


def test_points_are_answered_only_while_no_field_lacks() -> None:
    assert all(each.answered for each in answers(full("jloi")))
    bare = {each.point.number: each for each in answers(begin(library("jloi")))}
    assert bare[22].answered  # nothing to fill in
    assert not bare[14].answered
    assert bare[14].incomplete == ("support",)


def test_the_fact_for_a_gate_names_what_is_open() -> None:
    draft = full("agreement")
    shorter = replace(draft, clauses=tuple(e for e in draft.clauses if e.id != "evaluation"))
    fact = covenant_fact(shorter, "Afspraak, versie 1")
    assert fact.unanswered == (20,)
    assert fact.sha256 == shorter.sealed


def test_terms_and_text_are_one() -> None:
    draft = full("agreement")
    terms = terms_of(draft)
    again = draft_of(library("agreement"), terms)
    assert articles(again, "nl") == articles(draft, "nl")
    assert terms_of(again) == terms
    assert label_of("field.end_date", terms, draft.library).nl == "Einddatum"
    assert label_of("clause.term", terms, draft.library).nl == "Bepaling: Looptijd en opzegging"


def test_values_are_told_by_kind() -> None:
    assert value_in_words("date", "2030-12-31", "nl") == "31 december 2030"
    assert value_in_words("list", ["a"], "nl") == "a"
    assert value_in_words("list", ["a.", "b."], "nl") == "a en b"
    assert value_in_words("party", "Voorbeeld N.V.", "nl") == "Voorbeeld N.V."
    assert value_in_words("words", {"nl": "de heffing", "en": ""}, "en") == "de heffing"
    assert value_in_words("year", 2020, "nl") == "2020"


def test_values_must_suit_their_kind() -> None:
    for kind, bad in (
        ("eur", -1),
        ("eur", "5"),
        ("eur", True),
        ("tonnes_gross", None),
        ("year", 1800),
        ("date", "31-12-2030"),
        ("list", []),
        ("words", {"nl": " ", "en": "x"}),
        ("party", ""),
    ):
        assert lacks_of_value("here", kind, bad), (kind, bad)
    for name, good in SAMPLES.items():
        assert lacks_of_value(name, fields()[name].kind, good) == ()


def test_nothing_is_added_to_a_draft_behind_its_back() -> None:
    draft = Draft(library("eop"), (), {"co2_gross_2030": FieldValue(1, "person")})
    assert draft.fields == ()
    assert articles(draft, "nl") == ()


def test_a_gate_takes_the_text_that_was_made_here_or_one_that_was_handed_in() -> None:
    fact = covenant_fact(full("jloi"), "JLoI, versie 1")
    assert covenant_points_answered(Evidence(covenant=fact)).met
    bare = covenant_fact(begin(library("jloi")), "JLoI, versie 2")
    found = covenant_points_answered(Evidence(covenant=bare))
    assert not found.met
    assert "14" in found.because.nl
    assert not covenant_points_answered(Evidence()).met
    paper = Attached("joint_letter_of_intent", "JLoI", 1, "a" * 64)
    elsewhere = covenant_points_answered(Evidence(attached=(paper,)))
    assert elsewhere.met
    assert elsewhere.rests_on == ("a" * 64,)
