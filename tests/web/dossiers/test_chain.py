# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`maatwerkbank verify`: what was changed behind everybody's back is found, with its place."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from tests.web.world import World

from maatwerkbank.cli.verify_command import command
from maatwerkbank.dossier.decision_chain import GENESIS
from maatwerkbank.web import verification
from maatwerkbank.web.documents import content
from maatwerkbank.web.documents.models import Document, DocumentVersion
from maatwerkbank.web.dossiers.decisions import close_dossier, decide_gate
from maatwerkbank.web.dossiers.models import Decision, Dossier
from maatwerkbank.web.verification import verify


@pytest.fixture
def decided(world: World) -> list[Decision]:
    """Three decisions on Zoutfabriek."""
    made = [
        decide_gate(
            dossier=world.zout, gate="to_eop", by=world.lead, outcome="refused", reason=reason
        )
        for reason in ("Nog niet.", "Nog steeds niet.")
    ]
    return [
        *made,
        close_dossier(dossier=world.zout, by=world.lead, to="withdrawn", reason="Teruggetrokken."),
    ]


@contextmanager
def behind_the_guards() -> Iterator[None]:
    """What an owner of the database can do and nobody else: switch the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        yield
        cursor.execute("set local session_replication_role = origin")


def codes() -> list[tuple[str, str]]:
    return [(each.code, each.place) for each in verify().findings]


def test_it_finds_nothing_where_nothing_was_changed(world: World, decided: list[Decision]):
    found = verify()

    assert found.findings == []
    assert found.checked["decisions"] == 3
    assert found.last == (3, decided[2].hash)


def test_it_finds_nothing_where_nothing_was_decided(world: World):
    assert verify().last == (0, GENESIS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", "Anders."),
        ("outcome", "passed"),
        ("decided_on", "2020-01-01"),
        ("recorded_at", "2020-01-01T00:00:00Z"),
        ("role", "programme"),
        ("dissent", "Niemand."),
        ("conditions", "Geen."),
        ("details", {"track": "anders"}),
        ("gate", "to_jloi"),
        ("to_stage", "jloi"),
        ("kind", "exit"),
        ("evidence_sha256", "f" * 64),
    ],
)
def test_it_finds_a_decision_of_which_anything_was_changed(
    world: World, decided: list[Decision], field: str, value: object
):
    with behind_the_guards():
        Decision.objects.filter(pk=decided[1].pk).update(**{field: value})

    assert ("chain.altered", "decision[2]") in codes()


def test_it_finds_somebody_elses_name_under_a_decision(world: World, decided: list[Decision]):
    with behind_the_guards():
        Decision.objects.filter(pk=decided[0].pk).update(decided_by=world.member)

    assert codes() == [("chain.altered", "decision[1]")]


def test_it_finds_evidence_that_was_changed(world: World, decided: list[Decision]):
    evidence = decided[0].evidence | {"passes": True}
    with behind_the_guards():
        Decision.objects.filter(pk=decided[0].pk).update(evidence=evidence)

    assert codes() == [("evidence.altered", "decision[1].evidence")]


def test_it_finds_a_decision_that_was_taken_out(world: World, decided: list[Decision]):
    with behind_the_guards():
        Decision.objects.filter(pk=decided[1].pk).delete()

    assert codes() == [("chain.number", "decision[3]"), ("chain.previous", "decision[3]")]


def test_it_finds_a_cut_off_end_by_what_was_kept_elsewhere(world: World, decided: list[Decision]):
    kept = verify().last
    with behind_the_guards():
        Decision.objects.filter(pk=decided[2].pk).delete()

    assert [each.code for each in verify(last=kept).findings] == ["chain.end"]


def test_it_finds_a_paper_that_is_gone_or_other(world: World):
    kept = content.keep(io.BytesIO(b"Getekend."))
    paper = Document.objects.create(
        dossier=world.zout, kind="other", title="Brief", topic="general"
    )
    version = DocumentVersion.objects.create(
        document=paper, number=1, state="handed_in", sha256=kept.sha256, size=kept.size
    )
    assert codes() == []

    content.place(kept.sha256).write_bytes(b"Anders getekend.")

    assert codes() == [("document.damaged", f"document_version[{version.code}]")]


def test_it_finds_a_dossier_that_moved_without_a_decision(world: World, decided: list[Decision]):
    Dossier.objects.filter(pk=world.zout.pk).update(stage="jloi")

    assert codes() == [("dossier.moved", f"dossier[{world.zout.code}].stage")]


def test_it_finds_a_guard_that_was_switched_off(world: World):
    pgtrigger.disable("dossiers.Decision:decision_stays")

    assert codes() == [("guard.off", "dossiers_decision.decision_stays")]


def test_it_reads_the_chain_a_few_at_a_time(
    world: World, decided: list[Decision], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("maatwerkbank.web.dossiers.chain.AT_ONCE", 1)

    assert verify().checked["decisions"] == 3


def test_the_command_tells_what_it_found_and_ends_with_1(
    world: World, decided: list[Decision], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("maatwerkbank.web.database.start_database", lambda: "")
    fine = CliRunner().invoke(command, [])
    with behind_the_guards():
        Decision.objects.filter(pk=decided[1].pk).update(reason="Anders.")

    wrong = CliRunner().invoke(command, ["--json", "--lang", "en"])

    assert fine.exit_code == 0
    assert "Alles is zoals het was." in fine.output
    assert wrong.exit_code == 1
    told = json.loads(wrong.output)
    assert [each["place"] for each in told["findings"]] == ["decision[2]"]
    assert told["last"] == {"number": 3, "hash": decided[2].hash}


def test_the_command_refuses_a_last_decision_that_is_none():
    answer = CliRunner().invoke(command, ["--last", "drie"])

    assert answer.exit_code == 2
    assert verification.NoTables().code == "database.no-tables"
