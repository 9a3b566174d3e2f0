# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where bytes lie, that they are kept whole, and that nothing is left when the deed fails."""

import io
import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from tests.web.documents.samples import lay_down, pdf, upload
from tests.web.world import World, make_world

from maatwerkbank.web.documents import content, services
from maatwerkbank.web.documents.content import Damaged, forget, keep, opened, place
from maatwerkbank.web.documents.models import Document, DocumentVersion


def kept_files() -> list[Path]:
    """Every file that lies in the store."""
    folder = Path(default_storage.path(""))
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


@pytest.mark.django_db
def test_it_keeps_content_under_its_hash_for_this_program_alone():
    kept = keep(io.BytesIO(b"abc"))

    assert kept.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert kept.size == 3
    assert place(kept.sha256).read_bytes() == b"abc"
    assert place(kept.sha256).stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_it_keeps_the_same_content_once():
    first = keep(io.BytesIO(b"abc"))
    second = keep(io.BytesIO(b"abc"))

    assert (first.new, second.new) == (True, False)
    assert len(kept_files()) == 1


@pytest.mark.django_db
def test_it_leaves_no_half_file_when_the_disk_refuses(monkeypatch: pytest.MonkeyPatch):
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(content.os, "fsync", full)

    with pytest.raises(OSError, match="no space left"):
        keep(io.BytesIO(b"abc"))

    assert kept_files() == []


def test_it_leaves_nothing_behind_when_the_database_refuses(world: World):
    with pytest.raises(Exception, match="too long"):
        lay_down(world, dated="2025-01-01 and more")

    assert kept_files() == []
    assert not Document.objects.exists()


def test_it_leaves_what_another_paper_holds_when_the_database_refuses(world: World):
    version = lay_down(world, content=pdf("gedeeld"))

    with pytest.raises(Exception, match="too long"):
        lay_down(world, content=pdf("gedeeld"), dated="2025-01-01 and more")

    assert kept_files() == [place(version.sha256)]


@pytest.mark.django_db(transaction=True)
def test_it_never_forgets_what_another_is_keeping():
    world = make_world()
    started, may_end = threading.Event(), threading.Event()
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    document = Document.objects.create(dossier=world.zout, kind="other", title="x", topic="general")

    def keep_it() -> None:
        with transaction.atomic():
            kept = keep(io.BytesIO(b"abc"))
            started.set()
            may_end.wait(10)
            DocumentVersion.objects.create(document=document, number=1, sha256=kept.sha256)
        connection.close()

    def forget_it() -> None:
        with transaction.atomic():
            forget(sha256)
        connection.close()

    keeping = threading.Thread(target=keep_it)
    keeping.start()
    started.wait(10)
    forgetting = threading.Thread(target=forget_it)
    forgetting.start()
    may_end.set()
    keeping.join(10)
    forgetting.join(10)

    assert place(sha256).exists()


def test_it_forgets_the_bytes_of_a_draft_that_is_thrown_away(world: World):
    version = lay_down(world, state="draft")

    services.discard_draft(version=version, by=world.lead)

    assert kept_files() == []
    assert not Document.objects.exists()


def test_it_keeps_the_bytes_that_another_version_holds(world: World):
    lay_down(world, content=pdf("gedeeld"))
    version = lay_down(world, content=pdf("gedeeld"), title="Nog een", state="draft")

    services.discard_draft(version=version, by=world.lead)

    assert len(kept_files()) == 1


def test_it_tells_that_a_file_was_changed_on_the_disk(world: World):
    version = lay_down(world)
    place(version.sha256).write_bytes(b"iets anders")

    with pytest.raises(Damaged) as refused:
        opened(version.sha256)

    assert refused.value.code == "document.damaged"


def test_it_tells_that_a_file_is_gone(world: World):
    version = lay_down(world)
    place(version.sha256).unlink()

    with pytest.raises(Damaged):
        opened(version.sha256)


def test_it_lies_in_no_folder_that_is_served(world: World, client):
    version = lay_down(world)
    client.force_login(world.lead)
    name = str(place(version.sha256).relative_to(default_storage.path("")))

    answers = [client.get(f"{root}{name}").status_code for root in ("/", "/static/", "/media/")]

    assert answers == [404, 404, 404]


def test_it_takes_a_large_file_from_the_disk_of_the_server(world: World, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    client = world.browser(world.lead)

    answer = client.post(
        f"/stukken/dossier/{world.zout.code}/toevoegen",
        {
            "file": upload("plan.pdf", pdf("groot", b"x" * 100_000)),
            "kind": "other",
            "title": "Groot",
            "level": 3,
            "then": "draft",
        },
    )

    assert answer.status_code == 302
    assert DocumentVersion.objects.get().size == len(pdf("groot", b"x" * 100_000))
