# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts, terms in force and the negotiation: the deeds, and who may not."""

from datetime import date

import pgtrigger
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.dossier.agreement.text_samples import SAMPLES
from tests.web.agreements.texts import SIGNED, amended, begun, finished, in_force
from tests.web.dossiers.test_dossier import done_run
from tests.web.world import World

from maatwerkbank.dossier.agreement.amendments import Resolution, verify
from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.errors import AmendmentOutdated, NothingAmended
from maatwerkbank.ground.language import Text
from maatwerkbank.web import verification
from maatwerkbank.web.agreements import amending, bargaining, drafts
from maatwerkbank.web.agreements.models import (
    AmendmentChange,
    Draft,
    DraftField,
    Informed,
    Mandate,
    TermsVersion,
)
from maatwerkbank.web.agreements.sources import findings_on_run, values_of
from maatwerkbank.web.agreements.stored import text_of, versions_of
from maatwerkbank.web.agreements.text_run import run_of_text
from maatwerkbank.web.dossiers.planning import add_ambition, add_project, change_ambition
from maatwerkbank.web.people import access
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict, NotAllowed, Unfit
from maatwerkbank.web.runs.models import PinnedRun, Run

AMBITION = {
    "version": "jloi",
    "quantity": "co2",
    "year": 2030,
    "unit": "t/year",
    "gross_low": 420_000.0,
    "gross_high": 420_000.0,
    "boundary_nl": "scope 1, Hengelo",
    "boundary_en": "scope 1, Hengelo",
    "base_year": 2020,
    "source": "kamerbrief-2025-06-30",
}


# ── texts ─────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_takes_from_the_dossier_and_tells_what_changed_since(world: World):
    ambition = add_ambition(dossier=world.zout, by=world.lead, **AMBITION)
    add_project(dossier=world.zout, by=world.lead, name="E-boiler")
    draft = begun(world, "jloi")
    held = {each.name: each for each in draft.fields.all()}
    assert held["co2_gross_2030"].value == 420_000
    assert held["co2_gross_2030"].origin == "ambition"
    assert held["projects"].value == ["E-boiler"]
    assert "co2_additional_2030" not in held  # nobody said it: absent, not nought

    changed = {**AMBITION, "gross_low": 400_000.0, "gross_high": 400_000.0}
    change_ambition(ambition=ambition, by=world.lead, because="minder", **changed)
    text = text_of(draft)
    now = values_of(world.zout, text.library)
    (stale,) = drafts.drafting.stale(text, now)
    assert (stale.was, stale.now) == (420_000, 400_000)
    drafts.take_over(draft=draft, by=world.member, names=["co2_gross_2030"])
    assert drafts.drafting.stale(text_of(draft), now) == ()


def test_tonnes_and_money_come_from_the_run_of_the_gate_with_its_receipt(world: World):
    add_ambition(dossier=world.zout, by=world.lead, **AMBITION)
    figures = {"gross_2030_t": 400_000.0, "tailor_made_grant_eur": 81.5e6}
    lack = {
        "figure": "additional_2030_t",
        "why": {"nl": "alleen een bereik", "en": "only a range"},
        "ask": {"nl": "de onderneming", "en": "the firm"},
    }
    first = done_run(world, **figures, additional_2030_t=None)
    secret = copy_of(first, receipt_number="5ec2e7", level=Level.VERTROUWELIJK.value, official=True)
    assert run_of_text(world.zout, library("jloi")) is None  # neither pinned nor for official use
    official = copy_of(first, receipt_number="0ff1c1a1", official=True, result={"lacks": [lack]})
    assert secret.level > world.zout.level
    draft = begun(world, "jloi")
    held = {each.name: each for each in draft.fields.all()}
    assert (held["co2_gross_2030"].value, held["co2_gross_2030"].origin) == (400_000, "run")
    assert held["subsidy_max_eur"].reference == "0ff1c1a1"
    assert "co2_additional_2030" not in held
    browser = world.browser(world.lead)
    page = browser.get(f"/overeenkomst/{world.zout.code}/tekst/{draft.code}/").text
    assert "een berekening (0ff1c1a1)" in page
    for told in ("alleen een bereik", "vraag dit aan: de onderneming", "een ambitie van het"):
        assert told in page

    pinned = copy_of(first, receipt_number="b1d", figures={**figures, "gross_2030_t": 390_000.0})
    PinnedRun.objects.create(
        dossier=world.zout, gate="to_jloi", run=pinned, by=world.lead, reason="plan"
    )
    changed = {
        each.field: each
        for each in drafts.drafting.stale(text_of(draft), values_of(world.zout, library("jloi")))
    }
    assert (changed["co2_gross_2030"].was_run, changed["co2_gross_2030"].now_run) == (
        official.receipt_number,
        "b1d",
    )
    assert changed["subsidy_max_eur"].now == 81_500_000  # the same euros, out of another run
    copy_of(first, receipt_number="1a7e", official=True)
    found = findings_on_run(world.zout, library("jloi"), text_of(draft).fields)
    assert found[0].code == "draft.newer-run"


def copy_of(run: Run, **changed: object) -> Run:
    """The same run once more, ended now, with something else in it."""
    kept = {
        each.attname: getattr(run, each.attname)
        for each in run._meta.concrete_fields
        if each.attname not in ("id", "code")
    }
    return Run.objects.create(**{**kept, "ended_at": timezone.now(), **changed})


def test_what_a_person_filled_in_gives_way_only_by_name(world: World):
    draft = begun(world, "eop")
    drafts.fill(draft=draft, by=world.lead, name="company", value="Zoutfabriek Holding")
    drafts.take_over(draft=draft, by=world.lead)
    assert text_of(draft).values["company"].value == "Zoutfabriek Holding"
    drafts.take_over(draft=draft, by=world.lead, names=["company"])
    assert text_of(draft).values["company"].origin == "company"


def test_no_final_is_made_of_a_text_that_lacks_something(world: World):
    draft = begun(world, "jloi")
    with pytest.raises(Unfit) as refused:
        drafts.make_final(draft=draft, by=world.lead)
    assert "support.subsidy_max_eur" in {each.place for each in refused.value.findings}


def test_a_final_text_stays_as_it_is_also_in_the_database(world: World):
    draft = finished(world, "eop")
    assert draft.sha256 == text_of(draft).sealed
    with pytest.raises(Conflict):
        drafts.fill(draft=draft, by=world.lead, name="company", value="X")
    for deed in (
        lambda: Draft.objects.filter(pk=draft.pk).update(clauses=[]),
        lambda: DraftField.objects.filter(draft=draft).update(value="X"),
        lambda: DraftField.objects.filter(draft=draft).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_the_next_version_keeps_words_and_values(world: World):
    first = begun(world, "eop")
    drafts.change_clause(
        draft=first,
        by=world.member,
        clause="consultation",
        heading=Text("Overleg", "Consultation"),
        text=Text("Partijen overleggen maandelijks.", "The parties consult every month."),
        because="vaker nodig",
    )
    with pytest.raises(drafts.StillOpen):
        begun(world, "eop")
    text = text_of(first)
    for name in text.fields:
        if name not in text.values:
            drafts.fill(draft=first, by=world.lead, name=name, value=SAMPLES[name])
    drafts.make_final(draft=first, by=world.lead)
    second = begun(world, "eop")
    first.refresh_from_db()
    assert (second.number, second.based_on) == (2, first)
    assert second.clauses == first.clauses
    assert drafts.drafting.lacks(text_of(second)) == ()


def test_an_amount_typed_into_a_clause_is_refused(world: World):
    draft = begun(world, "jloi")
    with pytest.raises(Unfit) as refused:
        drafts.change_clause(
            draft=draft,
            by=world.lead,
            clause="support",
            heading=Text("Geld", "Money"),
            text=Text("Ten hoogste € 5 miljoen.", "At most €5 million."),
            because="korter",
        )
    assert {each.code for each in refused.value.findings} == {"draft.typed-amount"}


def test_optional_clauses_come_and_go(world: World):
    draft = begun(world, "jloi")
    draft = drafts.choose_clauses(draft=draft, by=world.lead, optional=["provinces"])
    assert "provinces" in [each["id"] for each in draft.clauses]
    draft = drafts.choose_clauses(draft=draft, by=world.lead, optional=[])
    assert "provinces" not in [each["id"] for each in draft.clauses]


def test_a_final_text_becomes_a_paper_of_the_right_kind(world: World):
    draft = finished(world, "jloi")
    version = drafts.hand_in(draft=draft, by=world.lead)
    assert version.document.kind == "draft_joint_letter_of_intent"
    assert version.state == "handed_in"
    assert version.media_type == "application/vnd.oasis.opendocument.text"
    draft.refresh_from_db()
    with pytest.raises(Conflict):
        drafts.hand_in(draft=draft, by=world.lead)


def test_company_and_partners_see_a_text_once_it_was_shared(world: World):
    draft = finished(world, "eop")
    assert not access.drafts_of(world.company, world.zout).exists()
    assert access.drafts_of(world.ienw, world.zout).exists()
    drafts.share(draft=draft, by=world.member)
    assert access.drafts_of(world.company, world.zout).get() == draft
    assert access.drafts_of(world.province, world.zout).exists()
    assert not access.drafts_of(world.other_company).exists()


# ── what is in force ──────────────────────────────────────────────────────────────────────────


def test_two_amendments_one_conflict_and_the_past_as_it_was(world: World):
    agreement = in_force(world)
    first = amended(world, agreement, "Net later", end_date="2031-12-31", subsidy_max_eur=1.0)
    second = amended(world, agreement, "Levering later", end_date="2032-06-30", base_year=2021)
    before = dict(agreement.versions.get(number=1).terms)
    amending.decide(amendment=first, by=world.lead, decided_on=date(2026, 3, 1), because="akkoord")

    with pytest.raises(AmendmentOutdated):
        amending.decide(amendment=second, by=world.lead, decided_on=None, because="akkoord")
    with pytest.raises(Unfit) as refused:
        amending.replay(amendment=second, by=world.member, resolutions={})
    assert [each.place for each in refused.value.findings] == ["field.end_date"]

    chosen = {"field.end_date": Resolution("field.end_date", "proposed", "de ketel bepaalt")}
    amending.replay(amendment=second, by=world.member, resolutions=chosen)
    second.refresh_from_db()
    assert second.base == 2
    third = amending.decide(amendment=second, by=world.lead, decided_on=None, because="akkoord")
    assert third.number == 3
    assert third.terms["field.end_date"] == "2032-06-30"
    assert third.terms["field.subsidy_max_eur"] == 1.0
    assert agreement.versions.get(number=1).terms == before
    assert verify(versions_of(agreement)) == ()


def test_a_third_value_must_suit_its_field(world: World):
    agreement = in_force(world)
    first = amended(world, agreement, "A", end_date="2031-12-31")
    second = amended(world, agreement, "B", end_date="2032-06-30")
    amending.decide(amendment=first, by=world.lead, decided_on=None, because="akkoord")
    path = "field.end_date"
    with pytest.raises(Unfit):
        amending.replay(
            amendment=second,
            by=world.lead,
            resolutions={path: Resolution(path, "other", "midden", "morgen")},
        )
    amending.replay(
        amendment=second,
        by=world.lead,
        resolutions={path: Resolution(path, "in_force", "eerste telt")},
    )
    assert not second.changes.exists()
    with pytest.raises(NothingAmended):
        amending.decide(amendment=second, by=world.lead, decided_on=None, because="akkoord")
    withdrawn = amending.withdraw(amendment=second, by=world.member, because="niets over")
    assert withdrawn.state == "withdrawn"


def test_what_was_decided_stays_also_in_the_database(world: World):
    agreement = in_force(world)
    amendment = amended(world, agreement, "A", end_date="2031-12-31")
    amending.decide(amendment=amendment, by=world.lead, decided_on=None, because="akkoord")
    with pytest.raises(amending.NotOpen):
        amending.drop_change(amendment=amendment, by=world.lead, path="field.end_date")
    for deed in (
        lambda: TermsVersion.objects.filter(number=1).update(terms={}),
        lambda: TermsVersion.objects.filter(number=2).delete(),
        lambda: AmendmentChange.objects.filter(amendment=amendment).update(reason="x"),
        lambda: type(amendment).objects.filter(pk=amendment.pk).update(state="open"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_a_change_needs_a_known_part_a_fit_value_a_reason_and_a_kind(world: World):
    amendment = amended(world, in_force(world), "A")
    for bad in (
        {"path": "field.nothing", "value": 1, "reason": "r", "kind": "scope"},
        {"path": "field.end_date", "value": "ooit", "reason": "r", "kind": "scope"},
        {"path": "field.end_date", "value": "2031-01-01", "reason": " ", "kind": "scope"},
        {"path": "field.end_date", "value": "2031-01-01", "reason": "r", "kind": "x"},
        {"path": "clause.term", "value": None, "reason": "r", "kind": "scope"},
    ):
        with pytest.raises(Unfit):
            amending.set_change(amendment=amendment, by=world.member, **bad)


def test_only_a_final_text_comes_into_force_and_once(world: World):
    draft = begun(world)
    with pytest.raises(drafts.NotFinal):
        amending.put_in_force(draft=draft, by=world.lead, in_force_on=SIGNED)
    Draft.objects.all().delete()
    agreement = in_force(world)
    with pytest.raises(amending.InForceAlready):
        amending.put_in_force(draft=agreement.draft, by=world.lead, in_force_on=SIGNED)


def test_the_company_sees_what_is_in_force_and_no_open_amendment(world: World):
    amendment = amended(world, in_force(world), "A", end_date="2031-12-31")
    assert not access.amendments_of(world.company, world.zout).exists()
    amending.share_amendment(amendment=amendment, by=world.member)
    assert access.amendments_of(world.company, world.zout).get() == amendment


def test_the_check_of_everything_finds_terms_that_were_altered(world: World):
    in_force(world)
    assert "terms.altered" not in {each.code for each in verification.verify().findings}
    with pgtrigger.ignore("agreements.TermsVersion:terms_stay"):
        TermsVersion.objects.update(terms={})
    found = {each.code: each.place for each in verification.verify().findings}
    assert found["terms.altered"].endswith("version[1]")
    assert "text.altered" not in found


# ── the negotiation ───────────────────────────────────────────────────────────────────────────


def test_an_offer_outside_the_mandate_needs_a_reason(world: World):
    bargaining.give_mandate(
        dossier=world.zout,
        by=world.lead,
        subject="subsidy_eur",
        given_by="de minister van KGG",
        high=50e6,
        since=date(2026, 1, 1),
        until=date(2026, 6, 30),
    )
    move = {
        "kind": "offer",
        "side": "state",
        "subject": "subsidy_eur",
        "amount": 62e6,
        "words": "bij 400 kt",
        "on": date(2026, 5, 1),
    }
    with pytest.raises(Unfit) as refused:
        bargaining.record_move(dossier=world.zout, by=world.member, **move)
    assert refused.value.findings[0].code == "negotiation.outside-mandate"
    ask = bargaining.record_move(
        dossier=world.zout, by=world.member, **{**move, "kind": "ask", "side": "company"}
    )
    made = bargaining.record_move(
        dossier=world.zout,
        by=world.member,
        **move,
        outside_because="de minister belde",
        in_return_for=ask,
    )
    assert made.in_return_for == ask


def test_rows_of_the_negotiation_stay(world: World):
    told = bargaining.record_informed(
        dossier=world.zout,
        by=world.lead,
        who="Provinciale Staten van Overijssel",
        about="concept-JLoI",
        on=date(2026, 5, 1),
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Informed.objects.filter(pk=told.pk).update(who="niemand")


def test_who_may_not_is_refused(world: World):
    draft = begun(world, "eop")
    for deed in (
        lambda by: drafts.begin(dossier=world.zout, by=by, kind="jloi"),
        lambda by: drafts.fill(draft=draft, by=by, name="company", value="X"),
        lambda by: drafts.share(draft=draft, by=by),
        lambda by: bargaining.give_mandate(dossier=world.zout, by=by, subject="permits"),
        lambda by: bargaining.record_informed(
            dossier=world.zout, by=by, who="x", about="y", on=SIGNED
        ),
    ):
        for person in (world.company, world.province, world.auditor, world.outsider, world.ienw):
            with pytest.raises(NotAllowed):
                deed(person)
    final = finished(world, "agreement")
    with pytest.raises(NotAllowed):  # the team drafts, the lead binds
        amending.put_in_force(draft=final, by=world.member, in_force_on=SIGNED)
    for person in (world.company, world.province, world.auditor):
        assert not access.rows_of(person, Mandate, Deed.SEE_NEGOTIATION).exists()
