# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Frozen sets: what an adviser sees, and that it never changes."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.web.documents.samples import lay_down, pdf, read, run_of, upload
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.documents import frozen_sets, services
from maatwerkbank.web.documents.frozen_sets import (
    admit_reader,
    end_reading,
    freeze_set,
    holds,
    level_of,
)
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    FrozenSet,
    FrozenVersion,
    Look,
)
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.runs.models import Run


def frozen(world: World, *versions: DocumentVersion, **more: object) -> FrozenSet:
    """A set of these, made by the case lead."""
    return freeze_set(
        dossier=world.zout,
        by=world.lead,
        purpose="Adviesaanvraag concept-JLoI",
        versions=versions,
        **more,  # type: ignore[arg-type]
    )


def put_before(world: World, frozen_set: FrozenSet, person: Person) -> None:
    """Let somebody read it."""
    admit_reader(frozen_set=frozen_set, by=world.lead, person=person)


def page_of(frozen_set: FrozenSet) -> str:
    """The address of a set."""
    return reverse("documents:set", args=[frozen_set.code])


def file_of(version: DocumentVersion) -> str:
    """The address of a file."""
    return reverse("documents:download", args=[version.code])


# ── what works ──


def test_it_freezes_a_set_from_the_page(world: World):
    version = lay_down(world)
    run = run_of(world)

    answer = world.browser(world.lead).post(
        reverse("documents:freeze", args=[world.zout.code]),
        {"purpose": "Advies", "versions": [version.pk], "run": run.pk},
    )

    made = FrozenSet.objects.get()
    assert answer["Location"] == page_of(made)
    assert list(made.versions.all()) == [version]
    assert made.run == run
    assert holds(made)


def test_it_writes_every_hash_into_the_manifest(world: World):
    version = lay_down(world, by=world.company, kind="plan_2050", topic="general")
    made = frozen(world, version, run=run_of(world))

    answer = world.browser(world.lead).get(reverse("documents:manifest", args=[made.code]))

    manifest = json.loads(answer.content)
    assert manifest["sha256"] == digest(manifest["content"])
    assert manifest["content"]["versions"][0]["sha256"] == version.sha256
    assert manifest["content"]["versions"][0]["handed_in_by"] == "Zoutfabriek BV"
    assert manifest["content"]["run"]["receipt"] == "0123456789abcdef"
    assert manifest["content"]["run"]["case_sha256"] == "c" * 64


def test_it_shows_an_adviser_his_set_and_what_lies_in_it(world: World):
    version = lay_down(world, content=pdf("voor het advies"))
    made = frozen(world, version)
    put_before(world, made, world.adviser)
    client = world.browser(world.adviser)

    assert page_of(made) in client.get(reverse("documents:sets")).content.decode()
    page = client.get(page_of(made)).content.decode()
    assert "Projectreview stoom" in page
    assert read(client.get(file_of(version))) == pdf("voor het advies")


def test_it_shows_an_adviser_nothing_newer_and_nothing_else(world: World):
    version = lay_down(world, title="Wat is voorgelegd")
    run = run_of(world)
    made = frozen(world, version, run=run)
    put_before(world, made, world.adviser)
    newer = services.add_version(
        document=version.document, by=world.lead, file=upload("b.pdf", pdf("nieuwer"))
    )
    newer = services.hand_in(version=newer, by=world.lead)
    other = lay_down(world, title="Iets anders", content=pdf("anders"))
    later_run = run_of(world)
    client = world.browser(world.adviser)

    assert client.get(file_of(newer)).status_code == 404
    assert client.get(file_of(other)).status_code == 404
    closed = [
        reverse("documents:document", args=[version.document.code]),
        reverse("documents:passages", args=[version.code]),
        reverse("documents:compare", args=[version.document.code]),
        reverse("documents:papers", args=[world.zout.code]),
        reverse("documents:sets-of", args=[world.zout.code]),
        reverse("documents:export", args=[world.zout.code]),
        reverse("documents:looks", args=[world.zout.code]),
        reverse("dossiers:dossier", args=[world.zout.code]),
    ]
    assert {client.get(address).status_code for address in closed} == {404}
    assert access.run_for(world.adviser, run.code) == run
    assert not Run.objects.filter(pk__in=access.runs_of(world.adviser)).exists()
    told = client.get(page_of(made)).content.decode()
    assert "Iets anders" not in told
    assert str(later_run.code) not in told
    assert str(world.zout.code) not in told


def test_it_takes_the_highest_level_of_its_parts(world: World):
    low = lay_down(world, level=Level.INTERN)
    high = lay_down(world, level=Level.VERTROUWELIJK, content=pdf("hoog"))

    made = frozen(world, low, high, run=run_of(world, level=Level.ZAAKVERTROUWELIJK))

    assert made.level == Level.VERTROUWELIJK


@given(
    levels=st.lists(st.sampled_from(list(Level)), max_size=8),
    run_level=st.none() | st.sampled_from(list(Level)),
)
def test_it_is_never_lower_than_any_of_its_parts(levels: list[Level], run_level: Level | None):
    versions = [DocumentVersion(document=Document(level=level.value)) for level in levels]
    run = None if run_level is None else Run(level=run_level.value)

    derived = level_of(versions, run)

    parts = [*levels, *([] if run_level is None else [run_level])]
    assert all(derived >= part for part in parts)
    assert derived in {*parts, Level.OPENBAAR}


def test_it_lets_a_named_person_lower_the_level_with_a_reason(world: World):
    version = lay_down(world, level=Level.VERTROUWELIJK)

    with pytest.raises(Conflict):
        frozen(world, version, level=Level.INTERN)
    made = frozen(world, version, level=Level.INTERN, level_reason="Alleen openbare bijlagen.")

    page = world.browser(world.lead).get(page_of(made)).content.decode()
    assert (made.level, made.made_by) == (Level.INTERN, world.lead)
    assert "Alleen openbare bijlagen." in page


def test_it_still_asks_the_clearance_for_each_paper_of_a_lowered_set(world: World):
    version = lay_down(world, level=Level.VERTROUWELIJK)
    made = frozen(world, version, level=Level.INTERN, level_reason="Zonder bijlagen.")
    world.adviser.clearance = Level.INTERN.value
    world.adviser.save()
    put_before(world, made, world.adviser)

    assert world.browser(world.adviser).get(page_of(made)).status_code == 200
    assert world.browser(world.adviser).get(file_of(version)).status_code == 404


def test_it_takes_a_set_away_again(world: World):
    made = frozen(world, lay_down(world))
    put_before(world, made, world.adviser)

    world.browser(world.lead).post(
        reverse("documents:end-reading", args=[made.code, world.adviser.code])
    )

    assert world.browser(world.adviser).get(page_of(made)).status_code == 404


def test_it_closes_by_itself_after_the_last_day(world: World):
    made = frozen(world, lay_down(world))
    yesterday = timezone.localdate() - timedelta(days=1)

    admit_reader(frozen_set=made, by=world.lead, person=world.adviser, until=yesterday)

    assert world.browser(world.adviser).get(page_of(made)).status_code == 404


def test_it_admits_an_adviser_again_after_the_end(world: World):
    made = frozen(world, lay_down(world))
    put_before(world, made, world.adviser)
    end_reading(reader=made.readers.get(), by=world.lead)

    put_before(world, made, world.adviser)

    assert world.browser(world.adviser).get(page_of(made)).status_code == 200


def test_it_writes_down_that_an_adviser_opened_a_confidential_set(world: World):
    version = lay_down(world, level=Level.VERTROUWELIJK)
    made = frozen(world, version)
    put_before(world, made, world.adviser)

    world.browser(world.adviser).get(page_of(made))
    read(world.browser(world.adviser).get(file_of(version)))

    looks = Look.objects.filter(person=world.adviser).order_by("pk")
    assert list(looks.values_list("kind", flat=True)) == ["frozen_set", "file"]


# ── what never changes ──


def test_it_never_changes_in_the_database(world: World):
    made = frozen(world, lay_down(world))

    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenSet.objects.filter(pk=made.pk).update(purpose="Iets anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenVersion.objects.filter(frozen_set=made).delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from documents_frozenset where id = %s", [made.pk])


def test_it_warns_when_more_was_laid_in_it_than_the_manifest_names(world: World):
    made = frozen(world, lay_down(world))
    put_before(world, made, world.adviser)
    slipped_in = lay_down(world, title="Erbij gelegd", content=pdf("erbij"))
    FrozenVersion.objects.create(frozen_set=made, version=slipped_in)

    page = world.browser(world.adviser).get(page_of(made)).content.decode()

    assert not holds(made)
    assert "Deze set is niet meer zoals hij is bevroren" in page


# ── what is refused ──


def test_it_refuses_an_empty_set(world: World):
    answer = world.browser(world.lead).post(
        reverse("documents:freeze", args=[world.zout.code]), {"purpose": "Advies"}
    )

    assert answer.status_code == 409
    assert not FrozenSet.objects.exists()


@pytest.mark.parametrize("state", ["draft", "refused"])
def test_it_refuses_a_version_that_is_not_there_to_be_judged(world: World, state: str):
    version = lay_down(world, state=state)

    with pytest.raises(Conflict):
        frozen(world, version)


def test_it_refuses_a_paper_of_another_dossier(world: World):
    document = Document.objects.create(
        dossier=world.staal, kind="other", title="Van Staalfabriek", topic="general"
    )
    version = DocumentVersion.objects.create(
        document=document, number=1, state="handed_in", sha256="a" * 64
    )

    with pytest.raises(Conflict):
        frozen(world, version)


@pytest.mark.parametrize("state", ["waiting", "running", "failed"])
def test_it_refuses_a_run_that_is_not_done(world: World, state: str):
    with pytest.raises(Conflict):
        frozen(world, run=run_of(world, state=state))


def test_it_puts_a_set_only_before_advisers_of_the_dossier(world: World):
    made = frozen(world, lay_down(world))

    assert set(frozen_sets.possible_readers(made)) == {world.adviser, world.secretary}
    for person in (world.outsider, world.company, world.province):
        with pytest.raises(Conflict):
            put_before(world, made, person)


def test_it_does_not_put_a_set_before_who_may_not_read_its_level(world: World):
    world.adviser.clearance = Level.INTERN.value
    world.adviser.save()
    made = frozen(world, lay_down(world))

    with pytest.raises(Conflict):
        put_before(world, made, world.adviser)


def test_it_lets_a_member_of_the_team_not_freeze(world: World):
    address = reverse("documents:freeze", args=[world.zout.code])

    assert world.browser(world.member).get(address).status_code == 403
    with pytest.raises(NotAllowed):
        freeze_set(dossier=world.zout, by=world.member, purpose="x", versions=[lay_down(world)])


def test_it_lets_an_adviser_not_admit_others(world: World):
    made = frozen(world, lay_down(world))
    put_before(world, made, world.adviser)

    answer = world.browser(world.adviser).post(
        reverse("documents:admit", args=[made.code]), {"person": world.secretary.pk}
    )

    assert answer.status_code == 403


# ── who may not even know ──


@pytest.mark.parametrize(
    "person", ["outsider", "other_company", "company", "province", "adviser", "secretary"]
)
def test_it_is_not_there_for_who_does_not_read_it(world: World, person: str):
    made = frozen(world, lay_down(world))
    client = world.browser(getattr(world, person))

    assert page_of(made) not in client.get(reverse("documents:sets")).content.decode()
    assert client.get(page_of(made)).status_code == 404
    assert client.get(reverse("documents:manifest", args=[made.code])).status_code == 404
    assert client.post(reverse("documents:admit", args=[made.code])).status_code == 404
