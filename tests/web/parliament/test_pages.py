# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The screens of the register of Parliament: to read, to fill in, to take over from the House."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.world import World

from maatwerkbank.dossier.parliament.shipped import told_parliament
from maatwerkbank.web.demo.parliament import load_parliament
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.parliament.models import Commitment, HouseImport, Motion

pytestmark = pytest.mark.django_db
MADE_UP = Path(__file__).parents[2] / "sources" / "parliament" / "made_up"
SOURCE = "kamerbrief-2025-06-30"


@pytest.fixture
def filled(world: World) -> World:
    """The shipped register."""
    told = told_parliament()
    kinds = (told.commitments, told.motions, told.letters, told.debates, told.questions)
    for slug in {firm for rows in kinds for row in rows for firm in row.firms}:
        Company.objects.get_or_create(slug=slug, defaults={"name": slug.title()})
    load_parliament(world.programme)
    return world


def text_of(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_register_shows_what_presses_first_and_doubts_in_words(filled: World):
    client = filled.browser(filled.company)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("parliament:register"))
    told = text_of(page)

    assert len(asked) < 30
    texts = {row.id: row.text.nl for row in told_parliament().commitments}
    assert told.index(texts["future-of-industry"]) < told.index(texts["letter-on-levy-motion"])
    assert "verwacht een nummer dat begint met TZ202503" in told
    assert "https://zoek.officielebekendmakingen.nl/kst-29826-260.html" in page.content.decode()
    assert reverse("parliament:new", args=["toezeggingen"]) not in page.content.decode()

    motions = text_of(client.get(reverse("parliament:rows", args=["moties"])))
    assert "ten hoogste ongeveer" in motions
    assert "vast tarief" in motions
    for kind in ("brieven", "debatten", "vragen"):
        assert client.get(reverse("parliament:rows", args=[kind])).status_code == 200
    assert client.get(reverse("parliament:rows", args=["onzin"])).status_code == 404


def test_it_can_be_asked_for_another_day_a_state_or_a_firm(filled: World):
    client = filled.browser(filled.outsider)

    def rows(**chosen: str) -> int:
        page = client.get(reverse("parliament:register"), chosen).content.decode()
        return page.count('<th scope="row">')

    assert rows() == 6
    assert rows(known_on="2025-06-29") == 3
    assert rows(state="fulfilled") == 4
    assert rows(firm="dow") == 1
    assert rows(due_by="2026-01-01") == 1
    assert rows(state="onzin") == 6
    assert rows(known_on="3000-01-01") == 6


def test_every_row_has_a_page_with_its_doubts_and_history(filled: World):
    row = Commitment.objects.get(key="departments-together")
    reader, keeper = filled.browser(filled.company), filled.browser(filled.programme)
    address = reverse("parliament:row", args=["toezeggingen", row.code])

    told = text_of(reader.get(address))

    assert "17 oktober 2024 en 20 maart 2025" in told
    assert "Opgeschreven" in told
    assert filled.programme.name not in told
    assert filled.programme.name in text_of(keeper.get(address))
    assert reader.get(address, HTTP_ACCEPT_LANGUAGE="en").status_code == 200


def test_a_keeper_writes_a_commitment_down_puts_it_right_and_reports_it(world: World):
    client = world.browser(world.minister_office)
    new = reverse("parliament:new", args=["toezeggingen"])
    fields = {
        "text_nl": "Een brief sturen",
        "by_whom": "Minister van Klimaat en Groene Groei",
        "to_whom": "Tweede Kamer",
        "made_on": "2025-06-30",
        "due": "2025-12",
        "number": "TZ202506-001",
        "firms": [world.zout.company.slug],
        "source": SOURCE,
    }

    wrong = client.post(new, fields | {"number": "136", "due": "binnenkort", "source": "x"})
    assert wrong.status_code == 422
    assert all(f'id="id_{name}_error' in wrong.content.decode() for name in ("number", "due"))

    made = client.post(new, fields)
    row = Commitment.objects.get()
    address = reverse("parliament:row", args=["toezeggingen", row.code])
    assert made.headers["Location"] == address

    change = reverse("parliament:change", args=["toezeggingen", row.code])
    assert "TZ202506-001" in client.get(change).content.decode()
    client.post(change, fields | {"due": "2026", "because": "uitgesteld"})
    assert "uitgesteld" in text_of(client.get(address))

    report = reverse("parliament:report", args=[row.code])
    assert client.post(report, {"on": "2025-07-01"}).status_code == 422
    told = {"on": "2025-07-01", "where_nl": "brief", "fulfils": "on", "source": SOURCE}
    client.post(report, told | {"reference": "29 826, nr. 260"})
    assert "Afgedaan" in text_of(client.get(address))

    out = reverse("parliament:take-out", args=[row.reports.get().code])
    assert client.get(out).status_code == 200
    assert client.post(out, {"because": ""}).status_code == 422
    client.post(out, {"because": "vergissing"})
    assert not row.reports.exists()

    motion = Motion.objects.create(key="m", text_nl="Iets", source=SOURCE)
    answer = reverse("parliament:answer", args=[motion.code])
    assert client.post(answer, {"on": "2025-07-01", "source": SOURCE}).status_code == 422
    client.post(answer, {"on": "2025-07-01", "source": SOURCE, "stance_nl": "Het doet dit"})
    page = client.get(reverse("parliament:row", args=["moties", motion.code]))
    assert "Het doet dit" in text_of(page)


def test_a_reference_is_read_back_with_its_doubts(world: World):
    client = world.browser(world.outsider)

    def read(**fields: str) -> str:
        return text_of(client.get(reverse("parliament:reference"), fields))

    assert "Kamerstuk 29 826, nr. 260" in read(reference="29826-260")
    assert "ten hoogste ongeveer" in read(reference="29 826, nr. 2050")
    assert "één verwijzing" in read(number="zomaar iets")
    assert read(reference="").strip() == ""
    assert "één verwijzing" in read(reference="9" * 5000)


def test_what_falls_due_stands_in_the_work_of_who_keeps_the_register(world: World):
    Commitment.objects.create(
        key="one",
        text_nl="Een brief sturen",
        by_whom="Kabinet",
        to_whom="Tweede Kamer",
        made_on=date(2025, 1, 1),
        due="2025-12-31",
        source=SOURCE,
    )

    def waits(person: object) -> bool:
        page = world.browser(person).get(reverse("overview:my-work"))  # type: ignore[arg-type]
        return "Een brief sturen" in page.content.decode()

    assert waits(world.programme)
    assert waits(world.minister_office)
    assert not waits(world.lead)


def test_data_of_the_house_are_looked_at_before_they_are_taken_over(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 7, 1))
    client = world.browser(world.programme)
    files = [
        SimpleUploadedFile(path.name, path.read_bytes()) for path in sorted(MADE_UP.glob("*.json"))
    ]
    hand_in = reverse("parliament:import")
    assert client.get(hand_in).status_code == 200
    assert client.post(hand_in).status_code == 422
    refused = client.post(hand_in, {"responses": [SimpleUploadedFile("a.json", b"no")]})
    assert refused.status_code == 422
    assert "a.json" in refused.content.decode()
    many = {
        "@odata.context": "https://house/$metadata#Toezegging",
        "value": [
            {"Id": f"00000000-0000-4000-8000-{n:012}", "Verwijderd": True} for n in range(501)
        ],
    }
    large = SimpleUploadedFile("b.json", json.dumps(many).encode())
    assert client.post(hand_in, {"responses": [large]}).status_code == 422

    client.post(hand_in, {"responses": files})
    address = reverse("parliament:plan", args=[HouseImport.objects.get().code])
    page = client.get(address).content.decode()
    assert page.count('name="take"') == 6
    assert not Commitment.objects.exists()
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page)
    taken = re.findall(r'name="take" value="([\w-]+)"', page)
    assert fingerprint is not None

    assert client.post(address, {"take": taken, "fingerprint": "x"}).status_code == 409
    client.post(address, {"take": taken[:2], "fingerprint": fingerprint[1]})

    assert Commitment.objects.count() == 2
    assert client.get(address).status_code == 200
    assert client.post(address, {"take": taken, "fingerprint": "x"}).status_code == 409
