# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of Parliament in the database: the shipped one, deeds, and what the House says."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.parliament.shipped import shipped_parliament, told_parliament
from maatwerkbank.dossier.parliament.standing import findings, standing
from maatwerkbank.web.demo.parliament import load_parliament
from maatwerkbank.web.dossiers.models import Company
from maatwerkbank.web.parliament import importing, keeping
from maatwerkbank.web.parliament.models import (
    Commitment,
    CommitmentReport,
    Debate,
    HouseImport,
    Letter,
    Motion,
)
from maatwerkbank.web.parliament.stored import stored_parliament
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import NotAllowed, Unfit

pytestmark = pytest.mark.django_db
MADE_UP = Path(__file__).parents[2] / "sources" / "parliament" / "made_up"
FIELDS = {
    "number": "TZ202701-001",
    "text_nl": "De minister stuurt een brief.",
    "by_whom": "Minister van Klimaat en Groene Groei",
    "to_whom": "Tweede Kamer",
    "made_on": date(2025, 1, 14),
    "source": "kamerbrief-2025-06-30",
}
TOLD = {
    "on": date(2025, 6, 30),
    "where_nl": "voortgangsbrief",
    "reference": "Kamerstuk 2024/25, 29 826, nr. 260",
    "source": "kamerbrief-2025-06-30",
}


def places(caught: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [each.place for each in caught.value.findings]


def of_the_house() -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(MADE_UP.glob("*.json"))]


def public_firms() -> None:
    told = told_parliament()
    rows = (told.commitments, told.motions, told.letters, told.debates, told.questions)
    for slug in {firm for kind in rows for row in kind for firm in row.firms}:
        Company.objects.get_or_create(slug=slug, defaults={"name": slug})


def test_the_database_tells_the_same_as_the_folder_on_every_day(world: World):
    public_firms()
    load_parliament(world.programme)

    for day in (date(2024, 6, 30), date(2025, 6, 29), date(2025, 6, 30), date(2026, 2, 1)):
        stored, shipped = stored_parliament(day), shipped_parliament(day)
        for name in ("commitments", "motions", "letters", "debates", "questions"):
            ours = {row.id: row for row in getattr(stored, name)}
            assert ours == {row.id: row for row in getattr(shipped, name)}, (day, name)
        assert set(findings(stored)) == set(findings(shipped))

    with CaptureQueriesContext(connection) as asked:
        stored_parliament(date(2026, 2, 1))
    assert len(asked) == 7


# ── deeds ─────────────────────────────────────────────────────────────────────────────────────


def test_only_the_programme_and_the_ministers_office_keep_it(world: World):
    may = {world.programme, world.minister_office}

    for who, person in world.everybody().items():
        try:
            keeping.write_down(kind=Commitment, by=person, **FIELDS | {"number": ""})
        except NotAllowed:
            assert person not in may, who
        else:
            assert person in may, who


def test_all_that_lacks_is_told_at_once(world: World):
    with pytest.raises(Unfit) as caught:
        keeping.write_down(
            kind=Commitment,
            by=world.programme,
            text_nl=" ",
            by_whom="",
            to_whom="Tweede Kamer",
            made_on=timezone.localdate() + timedelta(days=1),
            number="toezegging 136",
            due="binnenkort",
            firms=["nergens"],
            source="zelf bedacht",
        )

    assert places(caught) == ["text_nl", "by_whom", "made_on", "number", "firms", "source", "due"]


def test_a_report_that_fulfils_ends_it_and_one_that_was_a_mistake_is_taken_out(world: World):
    row = keeping.write_down(kind=Commitment, by=world.minister_office, **FIELDS)
    told = keeping.report(commitment=row, by=world.programme, fulfils=True, **TOLD)

    assert row.key == "commitment-tz202701-001"
    assert _state(row) == "fulfilled"
    with pytest.raises(Unfit) as caught:
        keeping.report(commitment=row, by=world.programme, **TOLD | {"on": date(2024, 1, 1)})
    assert places(caught) == ["on"]
    with pytest.raises(DatabaseError), transaction.atomic():
        CommitmentReport.objects.filter(pk=told.pk).update(fulfils=False)

    keeping.take_report_out(row=told, by=world.programme, because="verkeerde toezegging")

    assert _state(row) == "open"
    events = CommitmentReport.pgh_event_model.objects.filter(pgh_obj_id=told.pk)  # type: ignore[attr-defined]
    assert [event.pgh_label for event in events] == ["insert", "delete"]


def _state(row: Commitment) -> str:
    (ours,) = (
        each for each in stored_parliament(timezone.localdate()).commitments if each.id == row.key
    )
    return standing(ours, timezone.localdate()).state


def test_a_row_is_put_right_with_a_reason_and_the_history_keeps_what_was_there(world: World):
    row = keeping.write_down(kind=Commitment, by=world.programme, **FIELDS)

    with pytest.raises(Unfit):
        keeping.put_right(row=row, by=world.programme, because=" ", **FIELDS)
    keeping.put_right(row=row, by=world.programme, because="termijn", **FIELDS | {"due": "2025-12"})

    events = Commitment.pgh_event_model.objects.filter(pgh_obj_id=row.pk)  # type: ignore[attr-defined]
    assert [event.due for event in events] == ["", "2025-12"]
    assert events.last().pgh_context["reason"] == "termijn"


def test_answers_to_a_motion_follow_one_another(world: World):
    motion = keeping.write_down(
        kind=Motion, by=world.programme, text_nl="Iets", outcome="adopted", source=TOLD["source"]
    )
    for day, words in ((date(2025, 7, 1), "later"), (date(2025, 6, 1), "eerst")):
        keeping.answer(
            motion=motion, by=world.programme, on=day, stance_nl=words, source=TOLD["source"]
        )

    with pytest.raises(Unfit) as caught:
        keeping.answer(motion=motion, by=world.programme, on=None, source="")

    assert places(caught) == ["on", "stance_nl", "source"]
    (told,) = stored_parliament(timezone.localdate()).motions
    assert told.stance is not None
    assert told.stance.nl == "later"


# ── what the House says ───────────────────────────────────────────────────────────────────────


def take_over(made: HouseImport, by: Person) -> int:
    steps = importing.plan_of(importing.said_in(made))
    chosen = {step.house_id for step in steps.steps}
    return importing.take_over(made=made, by=by, chosen=chosen, fingerprint=steps.fingerprint)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up responses are of 2027."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 7, 1))


@pytest.mark.usefixtures("later")
def test_what_the_house_says_is_taken_over_after_it_was_seen(world: World):
    ours = keeping.write_down(kind=Commitment, by=world.programme, **FIELDS)
    made = importing.hand_in(by=world.programme, files=of_the_house())
    steps = importing.plan_of(importing.said_in(made)).steps

    assert [step.what for step in steps] == ["changed", "new", "new", "new", "new", "new"]
    assert Commitment.objects.count() == 1

    assert take_over(made, world.programme) == 6

    ours.refresh_from_db()
    assert ours.made_on == date(2027, 1, 14)
    assert ours.house_id
    second = Commitment.objects.get(number="TZ202701-002")
    assert [told.reference for told in second.reports.all()] == [
        "Kamerstuk 2026/27, 12 345, nr. 31"
    ]
    assert (Motion.objects.count(), Letter.objects.count(), Debate.objects.count()) == (1, 1, 1)
    with pytest.raises(importing.TakenOver):
        take_over(made, world.programme)

    again = importing.hand_in(by=world.programme, files=of_the_house())
    left = importing.plan_of(importing.said_in(again)).steps
    # The one letter without a date is not told of yet: a report has a day.
    assert [(step.what, [each.number for each in step.letters]) for step in left] == [
        ("changed", ["2027D00102"])
    ]


@pytest.mark.usefixtures("later")
def test_a_plan_that_was_seen_before_the_register_changed_is_not_carried_out(world: World):
    made = importing.hand_in(by=world.programme, files=of_the_house())
    seen = importing.plan_of(importing.said_in(made))
    keeping.write_down(kind=Commitment, by=world.programme, **FIELDS)

    with pytest.raises(importing.RegisterChanged):
        importing.take_over(
            made=made,
            by=world.programme,
            chosen={step.house_id for step in seen.steps},
            fingerprint=seen.fingerprint,
        )
    assert Commitment.objects.count() == 1


@pytest.mark.usefixtures("later")
def test_what_the_house_took_back_leaves_the_register_and_nothing_else_of_it_is_lost(world: World):
    row = keeping.write_down(
        kind=Commitment,
        by=world.programme,
        house_id="00000000-0000-4000-8000-000000000004",
        **FIELDS | {"number": ""},
    )
    made = importing.hand_in(
        by=world.programme, files=[each for each in of_the_house() if each[0] == "commitments.json"]
    )
    steps = importing.plan_of(importing.said_in(made))
    gone = next(step for step in steps.steps if step.what == "gone")
    importing.take_over(
        made=made, by=world.programme, chosen={gone.house_id}, fingerprint=steps.fingerprint
    )

    assert Commitment.objects.count() == 1
    assert stored_parliament(date(2027, 7, 1)).commitments == ()
    assert [each.id for each in stored_parliament(date(2027, 6, 30)).commitments] == [row.key]


def test_files_that_cannot_be_read_are_refused_with_all_findings(world: World):
    with pytest.raises(Unfit) as caught:
        importing.hand_in(by=world.programme, files=[("a.json", b"{}"), ("b.json", b"no")])

    assert places(caught) == ["a.json: @odata.context", "b.json"]
    assert not HouseImport.objects.exists()
    with pytest.raises(Unfit):
        importing.hand_in(by=world.programme, files=[])
    with pytest.raises(NotAllowed):
        importing.hand_in(by=world.lead, files=of_the_house())
