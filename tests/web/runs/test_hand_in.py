# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Handing in a plan: every mistake at once, a draft until it is handed in, frozen afterwards."""

import json

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.web.runs.plans import EXAMPLE, handed_in, with_mistakes
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.documents import MAX_BYTES
from maatwerkbank.web.documents.models import Look
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.runs.models import CaseVersion
from maatwerkbank.web.runs.services import hand_in, keep_draft

LEVEL = Level.ZAAKVERTROUWELIJK.value


def upload(browser: Client, world: World, raw: bytes, name: str = "plan.yaml"):
    """Upload a case file for Zoutfabriek."""
    address = reverse("runs:hand-in", args=[world.zout.code])
    file = SimpleUploadedFile(name, raw)
    return browser.post(address, {"file": file, "level": LEVEL}, follow=True)


def test_it_shows_eleven_mistakes_as_eleven_findings_with_place_and_remedy(world: World):
    page = upload(world.browser(world.company), world, with_mistakes())

    version = CaseVersion.objects.get()
    errors = [each for each in version.findings if each["severity"] == "error"]
    assert (version.state, len(errors)) == ("draft", 11)
    assert page.content.decode().count('<tr class="negative">') == 11
    assert "11 fouten staan indienen in de weg" in page.content.decode()
    assert "projects[0].lifetime_years, regel 44" in page.content.decode()
    assert "ten hoogste 60" in page.content.decode()


def test_it_tells_findings_in_english_too(world: World):
    browser = world.browser(world.company)
    browser.cookies["maatwerkbank_language"] = "en"

    page = upload(browser, world, with_mistakes())

    assert "11 mistakes stand in the way of handing in." in page.content.decode()
    assert "projects[0].lifetime_years, line 44" in page.content.decode()


def test_it_loses_nothing_of_what_was_handed_in(world: World):
    raw = with_mistakes()

    page = upload(world.browser(world.company), world, raw)

    version = CaseVersion.objects.get()
    assert version.text.encode() == raw
    assert "instalation: plant" in page.content.decode()


def test_it_is_corrected_in_place_and_handed_in(world: World):
    browser = world.browser(world.company)
    upload(browser, world, with_mistakes())
    version = CaseVersion.objects.get()
    address = reverse("runs:case-version", args=[version.code])

    browser.post(address, {"text": EXAMPLE.decode().replace("\n", "\r\n")})
    page = browser.post(reverse("runs:freeze", args=[version.code]), follow=True)

    version.refresh_from_db()
    assert version.text.encode() == EXAMPLE
    assert version.state == "handed_in"
    assert version.handed_in_by == world.company
    assert version.document["id"] == "example"
    assert "Ingediend en vastgelegd" in page.content.decode()


def test_it_takes_a_corrected_file_in_the_place_of_a_draft(world: World):
    browser = world.browser(world.company)
    upload(browser, world, with_mistakes())
    version = CaseVersion.objects.get()

    file = SimpleUploadedFile("beter.yaml", EXAMPLE)
    browser.post(reverse("runs:case-version", args=[version.code]), {"text": "x", "file": file})

    version.refresh_from_db()
    assert (version.text.encode(), version.file_name) == (EXAMPLE, "beter.yaml")


def test_it_takes_json(world: World):
    document = yaml.safe_load(EXAMPLE)
    upload(world.browser(world.company), world, json.dumps(document).encode(), "plan.json")

    version = CaseVersion.objects.get()
    assert not [each for each in version.findings if each["severity"] == "error"]
    assert version.document["company"] == "example"


def test_warnings_do_not_stand_in_the_way(world: World):
    version = handed_in(world)

    assert {each["severity"] for each in version.findings} == {"warning"}
    assert version.state == "handed_in"


def test_it_refuses_to_hand_in_what_has_errors_and_keeps_the_draft(world: World):
    browser = world.browser(world.company)
    upload(browser, world, with_mistakes())
    version = CaseVersion.objects.get()

    answer = browser.post(reverse("runs:freeze", args=[version.code]))

    assert answer.status_code == 422
    assert answer.content.decode().count('<tr class="negative">') == 11
    version.refresh_from_db()
    assert version.state == "draft"


def test_it_numbers_versions_per_dossier(world: World):
    first, second = handed_in(world), handed_in(world)

    assert (first.number, second.number) == (1, 2)


@pytest.mark.parametrize(
    "raw",
    [b"\xff\xfe\x00", b"format: \x00", b"a: &b [*b]", b"- a\n- b", b"{", b"x: " + b"[" * 100],
    ids=["not utf-8", "nul", "anchor", "list", "half", "deep"],
)
def test_it_tells_what_is_wrong_with_any_bytes(world: World, raw: bytes):
    page = upload(world.browser(world.company), world, raw)

    version = CaseVersion.objects.get()
    assert page.status_code == 200
    assert version.document is None
    assert version.findings[0]["severity"] == "error"


def test_it_refuses_a_nul_that_json_hides_in_a_text(world: World):
    document = yaml.safe_load(EXAMPLE)
    document["title"]["nl"] = "Voor\0beeld"

    upload(world.browser(world.company), world, json.dumps(document).encode(), "plan.json")

    version = CaseVersion.objects.get()
    assert version.document is None
    assert version.findings[-1]["code"] == "document.malformed"


def test_it_refuses_a_file_that_is_too_large_to_be_a_case_file(world: World):
    answer = upload(world.browser(world.company), world, b"#" * (MAX_BYTES + 1))

    assert answer.status_code == 422
    assert "ten hoogste 5 MB" in answer.content.decode()
    assert not CaseVersion.objects.exists()


def test_a_draft_can_be_removed_and_what_was_handed_in_cannot(world: World):
    browser = world.browser(world.company)
    upload(browser, world, with_mistakes())
    draft, frozen = CaseVersion.objects.get(), handed_in(world, by=world.company)

    browser.post(reverse("runs:discard", args=[draft.code]))
    answer = browser.post(reverse("runs:discard", args=[frozen.code]))

    assert answer.status_code == 409
    assert list(CaseVersion.objects.all()) == [frozen]


def test_it_refuses_to_change_what_was_handed_in(world: World):
    version = handed_in(world, by=world.company)
    browser = world.browser(world.company)

    answer = browser.post(reverse("runs:case-version", args=[version.code]), {"text": "x: 1"})

    assert answer.status_code == 409
    with pytest.raises(Conflict):
        hand_in(case_version=version, by=world.company)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update runs_caseversion set text = 'x'")
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseVersion.objects.filter(pk=version.pk).delete()


def test_it_is_never_classified_lower_than_its_dossier(world: World):
    with pytest.raises(Conflict):
        keep_draft(dossier=world.zout, by=world.company, raw=EXAMPLE, level=Level.INTERN.value)
    with pytest.raises(Conflict):
        keep_draft(dossier=world.zout, by=world.company, raw=EXAMPLE, level=Level.GEHEIM.value)


def test_a_look_at_a_confidential_plan_is_written_down(world: World):
    version = handed_in(world, level=Level.VERTROUWELIJK.value)

    world.browser(world.lead).get(reverse("runs:case-version", args=[version.code]))
    world.browser(world.lead).get(reverse("runs:case-text", args=[version.code]))

    assert Look.objects.filter(kind="case", thing=version.code, person=world.lead).count() == 2


def test_the_text_is_downloaded_as_it_was_handed_in(world: World):
    version = handed_in(world)

    answer = world.browser(world.lead).get(reverse("runs:case-text", args=[version.code]))

    assert answer.content == EXAMPLE
    assert answer["Content-Disposition"] == (
        'attachment; filename="zoutfabriek-1-zaakvertrouwelijk.yaml"'
    )


# ── who may not ───────────────────────────────────────────────────────────────────────────────


def test_the_state_sees_a_plan_of_the_firm_once_it_is_handed_in(world: World):
    draft = keep_draft(dossier=world.zout, by=world.company, raw=EXAMPLE)
    address = reverse("runs:case-version", args=[draft.code])

    before = world.browser(world.lead).get(address)
    hand_in(case_version=draft, by=world.company)
    after = world.browser(world.lead).get(address)

    assert (before.status_code, after.status_code) == (404, 200)


def test_the_firm_sees_only_what_it_handed_in_itself(world: World):
    own = handed_in(world, by=world.company)
    of_the_state = handed_in(world)
    browser = world.browser(world.company)

    page = browser.get(reverse("runs:hand-in", args=[world.zout.code])).content.decode()

    assert str(own.code) in page
    assert str(of_the_state.code) not in page
    assert browser.get(reverse("runs:case-version", args=[of_the_state.code])).status_code == 404


def test_a_partner_hears_that_it_may_not_hand_in(world: World):
    answer = upload(world.browser(world.province), world, EXAMPLE)

    assert answer.status_code == 403
    with pytest.raises(NotAllowed):
        keep_draft(dossier=world.zout, by=world.province, raw=EXAMPLE)


@pytest.mark.parametrize("name", ["outsider", "other_company", "adviser", "observer"])
def test_who_may_not_know_of_the_dossier_finds_nothing(world: World, name: str):
    version = handed_in(world)
    browser = world.browser(getattr(world, name))

    for address in (
        reverse("runs:hand-in", args=[world.zout.code]),
        reverse("runs:fill-in", args=[world.zout.code]),
        reverse("runs:case-version", args=[version.code]),
        reverse("runs:case-text", args=[version.code]),
    ):
        assert browser.get(address).status_code == 404


def test_the_list_asks_as_many_questions_for_many_versions_as_for_one(
    world: World, django_assert_max_num_queries
):
    for _ in range(8):
        handed_in(world, by=world.company)
    browser = world.browser(world.company)

    with django_assert_max_num_queries(16):
        browser.get(reverse("runs:hand-in", args=[world.zout.code]))
