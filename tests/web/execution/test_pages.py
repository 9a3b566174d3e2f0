# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of money and execution: a workbook there and back, forms of money, my work."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.web.execution.agreed import D, agree
from tests.web.promises.test_deeds import PROMISE
from tests.web.world import World

from maatwerkbank.dossier.execution import Kpi
from maatwerkbank.ground.language import Text
from maatwerkbank.web.execution import agreed
from maatwerkbank.web.execution.models import (
    BudgetEntry,
    Envelope,
    MoneyClause,
    Report,
    Tranche,
)
from maatwerkbank.web.execution.report_forms import VerifyForm
from maatwerkbank.web.overview.my_work import my_work
from maatwerkbank.web.promises import keeping


def at(world: World, name: str, *more: object) -> str:
    """A page of Zoutfabriek."""
    return reverse(f"execution:{name}", args=[world.zout.code, *more])


def test_a_workbook_is_fetched_filled_in_and_answered_by_cell(world: World):
    it = agree(world)
    firm = world.browser(world.company)
    fetched = firm.get(at(world, "workbook", it.asked.code)).content
    book = load_workbook(io.BytesIO(fetched))
    book["Rapportage"]["G4"], book["Rapportage"]["G5"] = 35_700, "veel"
    filled = io.BytesIO()
    book.save(filled)

    answer = firm.post(
        at(world, "upload", it.asked.code),
        {"file": SimpleUploadedFile("rapportage.xlsx", filled.getvalue())},
        follow=True,
    )

    assert Report.objects.get().state == "draft"
    assert "Rapportage!G5" in answer.text
    assert "beloofd: 42.000 t" in answer.text
    assert 'value="35700"' in answer.text
    refused = firm.post(
        at(world, "upload", it.asked.code), {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")}
    )
    assert refused.status_code == 422


def test_a_lead_keeps_the_money_by_forms(world: World):
    it = agree(world)
    lead, programme = world.browser(world.lead), world.browser(world.programme)

    programme.post(
        reverse("execution:new-envelope"),
        {"name_nl": "Fonds", "name_en": "Fund", "article": "4", "years": "2026: 100,50"},
    )
    fund = Envelope.objects.get(name_nl="Fonds")
    booked = {
        "envelope": fund.pk,
        "year": 2026,
        "state": "reserved",
        "amount": "100.51",
        "because": "brief",
    }
    too_much = lead.post(at(world, "book"), booked)
    lead.post(at(world, "book"), {**booked, "amount": "100.50"})
    lead.post(
        at(world, "new-tranche"),
        {
            "name_nl": "Rest",
            "name_en": "Rest",
            "amount": "400",
            "holdback": "25",
            "kpi": it.kpi.pk,
            "kpi_year": "2025",
        },
    )
    lead.post(
        at(world, "new-clause", "claw_back"),
        {"name_nl": "T", "name_en": "C", "kpi": it.kpi.pk, "rate": "60", "free_share": "5"},
    )
    blocked = lead.post(
        at(world, "pay", it.building.code),
        {"envelope": it.envelope.pk, "amount": "1", "paid_on": "2026-06-01"},
    )

    assert too_much.status_code == 422
    assert "ten hoogste €\xa0100,50" in too_much.text
    assert str(BudgetEntry.objects.get().amount) == "100.50"
    assert str(Tranche.objects.get(name_nl="Rest").holdback) == "0.250000"
    assert MoneyClause.objects.get(kind="claw_back").terms == {"rate": "60", "free_share": "0.05"}
    assert blocked.status_code == 422
    assert "€\xa0100,50" in programme.get(reverse("execution:budget")).text
    shown = lead.get(at(world, "money")).text
    assert "De mijlpaal is nog niet gehaald." in shown


def test_it_waits_for_the_firm_to_report_and_for_the_lead_to_pay(world: World):
    it = agree(world)
    Tranche.objects.update(planned=date(2026, 3, 1))

    told = {
        who: [
            task.href
            for group in my_work(getattr(world, who), timezone.localdate())
            for task in group.tasks
        ]
        for who in ("company", "lead", "member")
    }

    report = at(world, "report", it.asked.code)
    assert report in told["company"]
    assert at(world, "money") in told["lead"]
    assert not {report, at(world, "money")} & set(told["member"])


def test_a_partner_sees_the_surroundings_and_no_money(world: World):
    agree(world)

    page = world.browser(world.province).get(at(world, "dossier")).text

    assert "nox nl" in page
    assert "co2 nl" not in page
    assert "1.000" not in page
    assert world.browser(world.province).get(at(world, "money")).status_code == 403


def test_months_come_from_the_planning_and_a_price_never_without_its_source(world: World):
    agree(world)
    promise = keeping.add_promise(
        dossier=world.zout,
        by=world.lead,
        **{**PROMISE, "by_side": "company", "to_side": "state", "planned": date(2024, 1, 1)},
    )
    keeping.forecast_promise(
        promise=promise, by=world.lead, expected=date(2029, 9, 1), because="de trafo is laat"
    )
    prices = ("planned_price", "quantity", "planned_result", "agreed_result", "share")
    late, gains = (
        agreed.add_clause(
            dossier=world.zout, by=world.lead, kind=kind, terms=terms, name_nl="a", name_en="a"
        )
        for kind, terms in (
            ("late_delivery", {"rate": D(10)}),
            ("return_of_gains", dict.fromkeys(prices, D(1))),
        )
    )
    browser = world.browser(world.lead)

    def page(clause: MoneyClause, **asked: str) -> str:
        code = [world.zout.code, clause.code, 2024]
        return browser.get(reverse("execution:consequence", args=code), asked).text

    assert "68 maanden te laat" in page(late)
    taken = page(late, late_of=str(promise.code))
    assert "planning van “Zwaardere netaansluiting”" in taken
    both = page(late, late_of=str(promise.code), months_late="3")
    assert "Kies één van beide" in both
    assert "de bron van die prijs" in page(gains)
    assert "heeft een bron nodig" in page(gains, price="90")
    typed = page(gains, price="90", price_source="Pink Sheet, januari 2025")
    assert "bron: Pink Sheet, januari 2025" in typed
    assert "gemiddelde van de Duitse veilingen 2024" in page(gains, series="eu_ets/price")


def test_a_verifier_says_absent_and_that_is_not_nought():
    words = Text(nl="co2", en="co2")
    kpi = Kpi("co2", words, "co2_gross", words, words, baseline=D(0), promised={2024: D(5)})
    filled = {"verdict": "verified", "statement": "nagegaan", "absent-co2": "on"}

    form = VerifyForm(filled, kpis=[kpi])
    both = VerifyForm({**filled, "right-co2": "3"}, kpis=[kpi])

    assert form.is_valid()
    assert form.corrected() == {"co2": None}
    assert set(both.errors) == {"absent-co2"}
