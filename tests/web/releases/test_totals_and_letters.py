# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Totals over firms that may give one away, and progress letters with their files."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.web.dossiers.models import Ambition, Company, Dossier
from maatwerkbank.web.people import access
from maatwerkbank.web.refusals import NotAllowed, Unfit
from maatwerkbank.web.releases import letters, totals
from maatwerkbank.web.releases.models import Letter, LetterFile, TotalRelease
from maatwerkbank.web.releases.stored_publication import stored_publication

TOTAL = "total.co2.eop.gross.2030.t-per-year"


def aims(world: World, *tonnes: float) -> None:
    """So many firms each aim at so many tonnes."""
    for number, gross in enumerate(tonnes):
        company = Company.objects.create(slug=f"firma-{number}", name=f"Firma {number}")
        dossier = Dossier.objects.create(
            company=company, trajectory_id="maatwerk-2025", track_id="standard", stage="eop"
        )
        Ambition.objects.create(
            dossier=dossier, version="eop", year=2030, gross_low=gross, gross_high=gross
        )


def test_a_total_over_two_firms_needs_a_decision(world: World):
    aims(world, 1_000.0, 2_000.0)
    (found,) = totals.totals(world.programme)
    assert (found.low, len(found.firms)) == (3_000.0, 2)
    with pytest.raises(NotAllowed):
        totals.release_total(by=world.lead, total=TOTAL)
    with pytest.raises(Unfit) as refused:
        totals.release_total(by=world.programme, total=TOTAL)
    assert [each.place for each in refused.value.findings] == ["firma-0", "firma-1"]
    with pytest.raises(Unfit):  # a decision takes a reason
        totals.release_total(by=world.programme, total=TOTAL, decided=True)

    row = totals.release_total(
        by=world.programme, total=TOTAL, because="beide bedrijven stemden in", decided=True
    )
    assert row.reveals == ["firma-0", "firma-1"]
    figure = stored_publication(timezone.localdate()).figures[TOTAL]
    assert (figure.low, figure.firm, figure.kind) == (3_000.0, None, "gross")
    assert "firma" not in repr(figure)
    with pytest.raises(totals.ReleasedAlready):
        totals.release_total(by=world.programme, total=TOTAL, because="x", decided=True)
    totals.withdraw_total(release=row, by=world.programme, because="verouderd")
    assert TOTAL not in stored_publication(timezone.localdate()).figures
    with pytest.raises(DatabaseError), transaction.atomic():
        TotalRelease.objects.filter(pk=row.pk).delete()


def test_a_total_over_three_firms_is_released_at_once(world: World):
    aims(world, 1_000.0, 2_000.0, 4_000.0)
    row = totals.release_total(by=world.programme, total=TOTAL)
    assert (row.low, row.reveals, row.because) == (7_000.0, [], "")


def test_a_letter_is_put_together_approved_by_another_and_sent(world: World):
    browser = world.browser(world.programme)
    asked = {"as_of": "2025-06-30", "since": "2024-12-31", "language": "nl"}
    assert browser.post(reverse("releases:compose"), asked).status_code == 302
    letter = Letter.objects.get()
    page = browser.get(reverse("releases:letter", args=[letter.code])).text
    assert "een ander keurt hem goed" in page
    for kind, start in (("odt", b"PK"), ("pdf", b"%PDF"), ("md", b"#"), ("json", b"{")):
        file = browser.get(reverse("releases:letter-file", args=[letter.code, kind]))
        assert file.content.startswith(start)
    assert json.loads(file.content)

    with pytest.raises(letters.YourOwnLetter):
        letters.approve_letter(letter=letter, by=world.programme)
    with pytest.raises(NotAllowed):
        letters.approve_letter(letter=letter, by=world.lead)
    office = world.browser(world.minister_office)
    office.post(reverse("releases:letter-approve", args=[letter.code]))
    sent = {"sent_on": "2025-06-30", "reference": "Kamerstuk 29 826, nr. 260"}
    office.post(reverse("releases:letter-sent", args=[letter.code]), sent)
    letter.refresh_from_db()
    assert (letter.state, letter.reference) == ("sent", sent["reference"])
    with pytest.raises(letters.NotThisLetter):
        letters.withdraw_letter(letter=letter, by=world.programme)
    for deed in (
        lambda: Letter.objects.filter(pk=letter.pk).update(reference="x"),
        lambda: LetterFile.objects.filter(letter=letter).update(content=b"x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert not access.letters_of(world.lead).exists()


def test_a_letter_is_no_later_than_today_and_later_than_the_one_before(world: World):
    browser = world.browser(world.programme)
    for asked in (
        {"as_of": "2999-01-01", "language": "nl"},
        {"as_of": "2025-06-30", "since": "2025-06-30", "language": "nl"},
    ):
        assert browser.post(reverse("releases:compose"), asked).status_code == 422
    assert not Letter.objects.exists()
