# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of a request as people go through them, without JavaScript."""

import io
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests.web.woo.requested import GIVEN, LETTER, SECRET, paper_of
from tests.web.world import World

from maatwerkbank.web.overview.my_work import my_work
from maatwerkbank.web.woo.models import (
    DisclosureRequest,
    Hearing,
    Inventory,
    PaperPublication,
    RequestedPaper,
)


def words(answer) -> str:
    return unescape(answer.content.decode())


def waiting(person) -> list[str]:
    groups = my_work(person, timezone.localdate())
    return [task.what for group in groups for task in group.tasks if "Woo" in task.kind]


def test_people_go_through_all_pages_and_the_secret_stays_in(world: World):
    today = timezone.localdate()
    letter = paper_of(world.zout, world.company, "Brief over stoom", LETTER, with_company=True)
    programme, member = world.browser(world.programme), world.browser(world.member)
    lead, firm = world.browser(world.lead), world.browser(world.company)

    answer = programme.post(reverse("woo:register"), {"reference": "Woo-1"})
    assert answer.status_code == 422
    given = {**GIVEN, "received_on": today - timedelta(days=40), "dossiers": [world.zout.pk]}
    programme.post(reverse("woo:register"), given)
    part = DisclosureRequest.objects.get().parts.get()
    assert "dagen te laat" in words(member.get(reverse("woo:list")))
    assert waiting(world.member) == ["Werk aan het Woo-verzoek: Gesprekken over stoom"]

    member.post(reverse("woo:search", args=[part.code]), {"versions": [letter.pk], "how": "post"})
    paper = RequestedPaper.objects.get()
    page = reverse("woo:paper", args=[paper.code])
    assert "4711,50 euro per ton" in words(member.get(page))
    passage = reverse("woo:passage", args=[paper.code])
    refused = member.post(passage, {**SECRET, "words": "12 kt CO2", "emission_data": "on"})
    assert refused.status_code == 422
    assert "altijd openbaar" in words(refused)
    member.post(passage, SECRET)
    assert "[5.1.1.c]" in words(member.get(page))

    member.post(
        reverse("woo:ask-view", args=[part.code]),
        {"party": "Zoutfabriek BV", "papers": [paper.pk], "due_on": today + timedelta(days=9)},
    )
    hearing = reverse("woo:hearing", args=[Hearing.objects.get().code])
    assert waiting(world.company) == ["Geef uw zienswijze: Gesprekken over stoom"]
    assert "[5.1.1.c]" in words(firm.get(hearing))
    assert firm.post(hearing, {"objects": "yes", "view": ""}).status_code == 422
    firm.post(hearing, {"objects": "no", "view": "Akkoord."})

    answer = member.get(reverse("woo:part", args=[part.code]))
    assert "Er ontbreekt niets" in words(answer)
    member.post(reverse("woo:freeze", args=[part.code]))
    frozen = Inventory.objects.get()
    at = reverse("woo:inventory", args=[frozen.code])
    assert waiting(world.lead) == ["Besluit op het Woo-verzoek: Gesprekken over stoom"]
    assert "Brief over stoom" in lead.get(f"{at}lijst.csv").content.decode("utf-8-sig")
    assert lead.get(f"{at}lijst.odt").content.startswith(b"PK")
    lead.post(at, {"outcome": "decided", "because": "Zo is het."})
    lead.post(reverse("woo:publish", args=[paper.code]), {"category": "disclosure"})

    made = PaperPublication.objects.get()
    answer = Client().get(reverse("woo:disclosed-paper", args=[made.code]))
    told = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "[5.1.1.c]" in told
    assert "4711" not in told
    preview = lead.get(reverse("woo:redacted-text", args=[paper.code])).content.decode()
    assert "12 kt CO2" in preview
    assert "4711" not in preview
    assert waiting(world.lead) == []
    assert "Openbaar gemaakt" in words(lead.get(reverse("woo:dossier", args=[world.zout.code])))
