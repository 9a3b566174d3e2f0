# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Money as it is stored: envelope, entries, grant, tranches, payments; who may see and keep it."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from tests.web.agreements.texts import SIGNED, amended, in_force
from tests.web.execution.agreed import D, agree
from tests.web.world import World

from maatwerkbank.web.agreements import amending
from maatwerkbank.web.dossiers.models import Milestone
from maatwerkbank.web.execution import agreed, booking, changing, settled, stored
from maatwerkbank.web.execution.models import BudgetEntry, MoneyClause, Payment
from maatwerkbank.web.execution.promised import text_against_money
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import NotAllowed, Unfit


def told(refusal) -> list[str]:
    """What each finding expected, in English."""
    return [str(each.expected) for each in refusal.value.findings]


def test_money_goes_from_the_envelope_to_the_firm_and_never_more_than_is_due(world: World):
    it = agree(world)
    booking.book(
        dossier=world.zout,
        by=world.lead,
        envelope=it.envelope,
        year=2026,
        state="reserved",
        amount=D(900),
        because="brief",
    )
    booking.book(
        dossier=world.zout,
        by=world.lead,
        envelope=it.envelope,
        year=2026,
        state="committed",
        amount=D(500),
        because="beschikking",
    )

    with pytest.raises(Unfit) as refusal:
        booking.pay(
            tranche=it.building,
            by=world.lead,
            envelope=it.envelope,
            amount=D(100),
            paid_on=date(2026, 6, 1),
        )
    assert "The milestone has not been reached yet." in told(refusal)

    Milestone.objects.filter(pk=it.building.milestone_id).update(actual=date(2026, 5, 1))
    it.accept_evidence()
    with pytest.raises(Unfit) as refusal:
        booking.pay(
            tranche=it.building,
            by=world.lead,
            envelope=it.envelope,
            amount=D(501),
            paid_on=date(2026, 6, 1),
        )
    assert "at most €500: that is committed and not paid in 2026" in told(refusal)

    booking.pay(
        tranche=it.building,
        by=world.lead,
        envelope=it.envelope,
        amount=D(480),
        paid_on=date(2026, 6, 1),
    )
    granted = stored.granted_of(world.zout, date(2026, 6, 2))
    row, standing = granted.standings[0]
    assert (row, standing.payable, standing.held_back) == (it.building, D(0), D(120))
    assert standing.blocked_by == ("holdback",)
    with pytest.raises(Unfit):
        booking.pay(
            tranche=it.building,
            by=world.lead,
            envelope=it.envelope,
            amount=D(1),
            paid_on=date(2026, 6, 2),
        )
    for model in (BudgetEntry, Payment):
        with pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.update(amount=1)


def test_an_envelope_is_shared_by_all_dossiers(world: World):
    it = agree(world)
    BudgetEntry.objects.create(
        dossier=world.staal,
        envelope=it.envelope,
        year=2026,
        state="reserved",
        amount=700,
        because="x",
        by=world.programme,
    )

    with pytest.raises(Unfit) as refusal:
        booking.book(
            dossier=world.zout,
            by=world.lead,
            envelope=it.envelope,
            year=2026,
            state="reserved",
            amount=D(301),
            because="brief",
        )

    assert told(refusal) == ["at most €300: that is left in the envelope in 2026"]


def test_tranches_stay_within_the_grant_and_a_holdback_names_its_result(world: World):
    it = agree(world)

    with pytest.raises(Unfit) as refusal:
        agreed.add_tranche(
            decision=it.decision,
            by=world.lead,
            name_nl="",
            name_en="Rest",
            amount=D(401),
            holdback=D("0.1"),
        )

    assert [each.place for each in refusal.value.findings] == ["name_nl", "kpi", "amount"]


@pytest.mark.parametrize("somebody", ["member", "analyst", "company", "province", "auditor"])
def test_money_is_kept_by_the_lead_alone(world: World, somebody: str):
    it = agree(world)

    with pytest.raises(NotAllowed):
        booking.book(
            dossier=world.zout,
            by=getattr(world, somebody),
            envelope=it.envelope,
            year=2026,
            state="reserved",
            amount=D(1),
            because="x",
        )
    with pytest.raises(NotAllowed):
        booking.add_envelope(
            by=getattr(world, somebody), name_nl="a", name_en="a", article="1", years={2026: D(1)}
        )


def test_partners_see_indicators_of_the_surroundings_only(world: World):
    it = agree(world)

    seen = {
        who: [each.key for each in access.kpis_of(getattr(world, who), world.zout)]
        for who in ("lead", "company", "province", "environment", "outsider")
    }

    assert seen == {
        "lead": ["co2", "nox"],
        "company": ["co2", "nox"],
        "province": ["nox"],
        "environment": ["nox"],
        "outsider": [],
    }
    assert not access.sees_grant(world.province, it.decision.dossier)


def test_what_is_known_of_cover_is_the_last_that_was_said(world: World):
    it = agree(world)
    for day in (1, 2):
        booking.record_cover(
            dossier=world.zout,
            by=world.lead,
            kind="parliament_told",
            on=date(2025, 3, day),
            evidence=f"brief {day}",
        )

    cover = stored.cover_of(world.zout)

    assert (cover.granted, cover.reserved) == (it.decision.amount, None)
    assert cover.facts["parliament_told"].evidence == "brief 2"


def test_the_text_takes_what_is_reserved_and_says_where_money_differs(world: World):
    it = agree(world)
    reserve = {"dossier": world.zout, "by": world.lead, "envelope": it.envelope, "year": 2026}
    booking.book(**reserve, state="reserved", amount=D("900"), because="afspraak")
    agreement = in_force(world)
    assert agreement.draft.fields.get(name="subsidy_max_eur").value == 900
    assert agreement.draft.fields.get(name="subsidy_max_eur").origin == "budget"

    # The grant is of €1,000: more than the text allows. Then the reservation goes down.
    assert [str(each.found) for each in differences_of(agreement)] == [
        "€1,000 in the subsidy decision"
    ]
    booking.book(**reserve, state="reserved", amount=D("-100"), because="minder")
    amendment = amended(world, agreement, "Meer", subsidy_max_eur=1000.0)
    amending.decide(amendment=amendment, by=world.lead, decided_on=SIGNED, because="akkoord")

    assert stored.cover_of(world.zout).promised == D(1000)
    assert [str(each.found) for each in differences_of(agreement)] == ["€800 reserved"]
    page = reverse("agreements:terms", args=[world.zout.code, agreement.code, 2])
    seen = {}
    for who in ("lead", "company", "province"):
        answer = world.browser(getattr(world, who)).get(page, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        seen[who] = "€800 reserved" in answer.text
    assert seen == {"lead": True, "company": False, "province": False}


def differences_of(agreement):
    terms = agreement.versions.order_by("number").last().terms
    values = {path.removeprefix("field."): value for path, value in terms.items()}
    return text_against_money(agreement.dossier, values)


def test_a_tranche_an_indicator_and_a_clause_are_put_right_and_withdrawn(world: World):
    made = agree(world)
    browser = world.browser(world.lead)

    def address(name: str, row: Any) -> str:
        return reverse(f"execution:{name}", args=[world.zout.code, row.code])

    def filled(page: str) -> dict[str, Any]:
        form = browser.get(page).context["form"]
        told = {name: form[name].value() for name in form.fields}
        return {name: value for name, value in told.items() if value not in (None, "")}

    pages = [
        address("change-tranche", made.building),
        address("change-kpi", made.nox),
        address("change-clause", made.clause),
    ]
    right = [{"amount": "5000"}, {"baseline": "7"}, {"place": "artikel 9"}]
    for page, change in zip(pages, right, strict=True):
        said = {**filled(page), **change}
        assert browser.post(page, said).status_code == 422  # why is lacking; too much
        if "amount" in change:
            assert browser.post(page, {**said, "because": "te veel"}).status_code == 422
            said["amount"] = "123"
        answer = browser.post(page, {**said, "because": "verschreven"})
        assert answer.status_code == 302, answer.context["form"].errors
    for row in (made.building, made.nox, made.clause):
        row.refresh_from_db()
    assert (made.building.amount, made.nox.baseline, made.clause.place) == (123, 7, "artikel 9")

    assert (
        browser.post(address("withdraw-kpi", made.kpi), {"because": "x"}).status_code == 409
    )  # a tranche hangs on it
    agreement = in_force(world)
    page = address("withdraw-clause", made.clause)
    with pytest.raises(settled.OnlyByAmendment):
        changing.withdraw(row=made.clause, by=world.lead, because="vervalt")
    adding = {
        name: reverse(f"execution:{name}", args=[world.zout.code, *more])
        for name, more in (("new-tranche", ()), ("new-kpi", ()), ("new-clause", ("interest",)))
    }
    given = {
        "new-tranche": {"name_nl": "Slot", "name_en": "End", "amount": "50", "holdback": "0"},
        "new-kpi": {
            **filled(address("change-kpi", made.nox)),
            "key": "ammoniak",
        },
        "new-clause": {"name_nl": "Rente", "name_en": "Interest", "rate": "3"},
    }
    fields = {"name_nl": "Slot", "name_en": "End", "amount": D(50)}
    with pytest.raises(settled.OnlyByAmendment):
        agreed.add_tranche(decision=made.decision, by=world.lead, **fields)
    amendment = amended(world, agreement, "Clausule vervalt", end_date="2031-12-31")
    assert browser.post(page, {"because": "x", "amendment": amendment.pk}).status_code == 422
    amending.decide(amendment=amendment, by=world.lead, decided_on=None, because="akkoord")
    assert browser.post(page, {"because": "x", "amendment": amendment.pk}).status_code == 302
    assert not MoneyClause.objects.exists()
    for name, said in given.items():
        assert browser.post(adding[name], said).status_code == 422, name
        answer = browser.post(adding[name], {**said, "amendment": amendment.pk})
        assert answer.status_code == 302, (name, answer.context["form"].errors)
    told = browser.get(reverse("dossiers:history", args=[world.zout.code]), {"kind": "tranche"})
    assert f"{amendment.number}: Clausule vervalt" in told.text
