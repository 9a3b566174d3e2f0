# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A dossier as one zip: what is in it, for whom, and that nobody changed it since."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.web.documents.samples import lay_down, pdf, read, run_of
from tests.web.walk.filled import fill
from tests.web.world import World

from maatwerkbank.cli.verify_command import command as verify_command
from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.advice.models import Advice
from maatwerkbank.web.documents.content import Damaged, place
from maatwerkbank.web.documents.export import contents_of, write_export
from maatwerkbank.web.documents.export_bargain import bargain_of
from maatwerkbank.web.documents.export_check import safe_name, verify_export
from maatwerkbank.web.documents.export_public import public_of
from maatwerkbank.web.documents.frozen_sets import freeze_set
from maatwerkbank.web.documents.models import DocumentVersion, Look
from maatwerkbank.web.documents.passages import Claim, mark_passage
from maatwerkbank.web.dossiers import chain
from maatwerkbank.web.dossiers.models import Decision
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.refusals import NotAllowed

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def full(world: World) -> World:
    """Zoutfabriek's dossier with something of everything in it."""
    plan = lay_down(
        world,
        by=world.company,
        kind="plan_2050",
        title="Plan 2050",
        topic="general",
        name="../plan/../50% #2050.pdf",
        content=pdf("plan"),
        state="accepted",
    )
    mark_passage(version=plan, by=world.company, claim=Claim("p. 7", "NOx", emission_data=True))
    review = lay_down(world, level=Level.VERTROUWELIJK, content=pdf("review"))
    lay_down(world, kind="permit", title="Vergunning", topic="permits", content=pdf("vergunning"))
    lay_down(world, title="Nog een concept", content=pdf("concept"), state="draft")
    freeze_set(
        dossier=world.zout, by=world.lead, purpose="Advies", versions=[plan], run=run_of(world)
    )
    chain.append(
        Decision(
            dossier=world.zout,
            kind="gate",
            outcome="passed",
            gate="to_eop",
            decided_by=world.lead,
            role="case_lead",
            reason="Alles ligt er.",
            evidence={"gate": {"id": "to_eop"}, "papers": [review.sha256]},
        )
    )
    return world


def exported(world: World, by: Person, to: Path, at: datetime = NOON) -> Path:
    """The export as a file."""
    with to.open("wb") as file:
        write_export(contents=contents_of(dossier=world.zout, by=by), by=by, file=file, at=at)
    return to


def names_in(path: Path) -> list[str]:
    """Names in the zip, in their order."""
    with zipfile.ZipFile(path) as packed:
        return packed.namelist()


def json_in(path: Path, name: str) -> Any:
    """A JSON file of the zip."""
    with zipfile.ZipFile(path) as packed:
        return json.loads(packed.read(name))


def changed(path: Path, files: dict[str, bytes | None]) -> Path:
    """The same zip with other content for some names, or without them where it is None."""
    other = path.with_name("changed.zip")
    replaced = dict(files)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = replaced.pop(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in replaced.items():
            if content is not None:
                new.writestr(name, content)
    return other


# ── what works ──


def test_it_holds_originals_plans_runs_decisions_sets_and_a_page(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    plan = DocumentVersion.objects.get(document__title="Plan 2050")
    names = names_in(path)
    with zipfile.ZipFile(path) as packed:
        assert packed.read(
            f"stukken/plan_2050/{str(plan.document.code)[:8]}/versie-1/50% #2050.pdf"
        ) == pdf("plan")
        assert packed.read("plannen/1/plan.yaml") == b"id: zoutfabriek\n"
    assert [name for name in names if name.startswith("runs/")] == [
        f"runs/{full.zout.runs.get().code}.json"
    ]
    assert names[-8:] == [
        f"sets/{full.zout.frozen_sets.get().code}.json",
        "dossier.json",
        "afspraak.json",
        "openbaarheid.json",
        "verloop.json",
        "opmaak.css",
        "index.html",
        "manifest.json",
    ]
    assert "besluiten/000001-gate.json" in names


def test_it_names_every_file_with_hash_size_kind_level_and_who(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    manifest = json_in(path, "manifest.json")
    entries = {entry["name"]: entry for entry in manifest["files"]}
    assert set(entries) == set(names_in(path)) - {"manifest.json"}
    plan = next(entry for entry in entries.values() if entry["kind"] == "plan_2050")
    assert plan["sha256"] == hashlib.sha256(pdf("plan")).hexdigest()
    assert plan["size"] == len(pdf("plan"))
    assert (plan["level"], plan["handed_in_by"]) == ("zaakvertrouwelijk", "Zoutfabriek BV")
    assert (manifest["level"], manifest["exported_by"]) == ("vertrouwelijk", "Projectleider KGG")


def test_it_is_whole(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    told = CliRunner().invoke(verify_command, ["--export", str(path)])

    assert verify_export(path) == ()
    assert (told.exit_code, told.output) == (0, "Alles is zoals het was.\n")


def test_it_keeps_decisions_with_hash_and_frozen_evidence(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    decision = json_in(path, "besluiten/000001-gate.json")
    stored = Decision.objects.get()
    assert (decision["hash"], decision["previous_hash"]) == (stored.hash, "0" * 64)
    assert decision["evidence"] == stored.evidence
    assert decision["entry"]["reason"] == "Alles ligt er."


def test_it_tells_what_happened_in_order(full: World, tmp_path: Path):
    told = json_in(exported(full, full.lead, tmp_path / "dossier.zip"), "verloop.json")

    assert [each["what"] for each in told if each["thing"].startswith("Plan 2050")] == [
        "document_handed_in",
        "document_accepted",
    ]
    assert [each["at"] for each in told] == sorted(each["at"] for each in told)


def test_it_keeps_signatories_and_passages_beside_the_papers(full: World, tmp_path: Path):
    told = json_in(exported(full, full.lead, tmp_path / "dossier.zip"), "dossier.json")

    plan = next(each for each in told["documents"] if each["title"] == "Plan 2050")
    assert plan["passages"][0]["emission_data"] is True
    assert plan["judged_by"] == "Projectteam KGG"


def test_it_can_be_read_without_this_program_and_in_dutch(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    with zipfile.ZipFile(path) as packed:
        page = packed.read("index.html").decode()
    assert '<html lang="nl">' in page
    assert "Vertrouwelijk" in page
    assert 'href="stukken/plan_2050/' in page
    assert 'versie-1/50%25%20%232050.pdf"' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_it_gives_the_same_bytes_for_the_same_dossier_at_the_same_moment(
    full: World, tmp_path: Path
):
    first = exported(full, full.lead, tmp_path / "a.zip").read_bytes()
    second = exported(full, full.lead, tmp_path / "b.zip").read_bytes()

    assert first == second


def test_it_hands_the_export_out_and_writes_that_down(full: World):
    client = full.browser(full.lead)
    address = reverse("documents:export", args=[full.zout.code])

    page = client.get(address).content.decode()
    answer = client.post(address)

    content = read(answer)
    assert "Niveau van deze export: Vertrouwelijk" in page
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="dossier-zoutfabriek-')
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    look = Look.objects.get()
    assert (look.person, look.kind, look.level) == (full.lead, "export", Level.VERTROUWELIJK)


def test_it_holds_the_bargain_as_the_exporter_may_see_it(world: World):
    things, _other = fill(world)
    Advice.objects.filter(pk=things.advice.pk).update(verdict="negative")

    lead, auditor = (bargain_of(world.zout, who) for who in (world.lead, world.auditor))

    assert [each["name_nl"] for each in lead["promises"]] == [things.promise.name_nl]
    assert lead["connections"][0]["waiter_promise"] == str(things.promise.code)
    assert lead["indicators"][0]["key"] == things.kpi.key
    assert [each["subject"] for each in lead["moves"]]
    assert auditor["moves"] == []
    assert auditor["agreements"][0]["versions"]
    assert "negative" not in json.dumps([lead["advices"], auditor["advices"]])
    assert {name for name, rows in lead.items() if not rows} <= {
        *("project_starts", "consequences", "public_advices")
    }


def test_it_holds_what_goes_to_the_public_as_its_own_pages_show_it(world: World):
    things, _other = fill(world)
    closed = things.requested.version.document
    closed.topic = "negotiation"
    closed.save()

    lead, analyst, auditor = (
        public_of(world.zout, who) for who in (world.lead, world.analyst, world.auditor)
    )

    assert [each["text_nl"] for each in lead["statements"]] == [things.statement.text_nl]
    assert lead["figures"][0]["ground"] == "financieel_belang"
    assert lead["disclosure_requests"][0]["reference"] == things.disclosure_request.reference
    assert lead["disclosure_parts"][0]["hearings"][0]["party"] == things.hearing.party
    assert lead["requested_papers"][0]["passages"][0]["words"] == things.passage_judgement.words
    assert things.passage_judgement.words not in json.dumps(analyst)
    assert len(analyst["requested_papers"]) == 1
    assert auditor["statements"] == lead["statements"]
    assert not any(auditor[each] for each in ("disclosure_parts", "requested_papers"))


# ── only what the exporter may see ──


def test_it_leaves_out_drafts_and_what_the_exporter_may_not_see(full: World, tmp_path: Path):
    full.analyst.clearance = Level.ZAAKVERTROUWELIJK.value
    full.analyst.save()

    path = exported(full, full.analyst, tmp_path / "dossier.zip")

    told = json.dumps([json_in(path, "dossier.json"), json_in(path, "manifest.json")])
    titles = {each["title"] for each in json_in(path, "dossier.json")["documents"]}
    assert titles == {"Plan 2050"}
    assert "Vergunning" not in told
    assert "Nog een concept" not in told
    assert json_in(path, "manifest.json")["level"] == "zaakvertrouwelijk"
    assert verify_export(path) == ()


@pytest.mark.parametrize("person", ["province", "company", "ienw", "minister_office"])
def test_it_says_no_to_who_may_see_the_dossier_and_not_export_it(full: World, person: str):
    client = full.browser(getattr(full, person))

    assert client.post(reverse("documents:export", args=[full.zout.code])).status_code == 403
    with pytest.raises(NotAllowed):
        contents_of(dossier=full.zout, by=getattr(full, person))


@pytest.mark.parametrize("person", ["outsider", "other_company", "adviser", "observer"])
def test_it_is_not_there_for_others(full: World, person: str):
    client = full.browser(getattr(full, person))

    assert client.get(reverse("documents:export", args=[full.zout.code])).status_code == 404
    assert client.post(reverse("documents:export", args=[full.zout.code])).status_code == 404


def test_it_exports_no_file_that_was_changed_on_the_disk(full: World, tmp_path: Path):
    version = DocumentVersion.objects.get(document__title="Plan 2050")
    place(version.sha256).write_bytes(b"vervalst")

    with pytest.raises(Damaged):
        exported(full, full.lead, tmp_path / "dossier.zip")


# ── the checker ──


def test_it_finds_what_was_changed_added_and_taken_away(full: World, tmp_path: Path):
    path = exported(full, full.lead, tmp_path / "dossier.zip")

    found = verify_export(
        changed(path, {"verloop.json": b"[]", "dossier.json": None, "erbij.json": b"{}"})
    )

    assert {(each.code, each.place) for each in found} == {
        ("export.altered", "verloop.json"),
        ("export.lacking", "dossier.json"),
        ("export.extra", "erbij.json"),
    }


def test_it_finds_a_decision_that_was_rewritten_together_with_the_manifest(
    full: World, tmp_path: Path
):
    path = exported(full, full.lead, tmp_path / "dossier.zip")
    decision = json_in(path, "besluiten/000001-gate.json")
    decision["entry"]["reason"] = "Iets anders."
    decision["evidence"]["papers"] = []
    content = json.dumps(decision).encode()
    manifest = json_in(path, "manifest.json")
    entry = next(each for each in manifest["files"] if each["name"].startswith("besluiten/"))
    entry.update(sha256=hashlib.sha256(content).hexdigest(), size=len(content))

    forged = {
        "besluiten/000001-gate.json": content,
        "manifest.json": json.dumps(manifest).encode(),
    }

    found = verify_export(changed(path, forged))

    assert [each.code for each in found] == ["export.decision", "export.evidence"]


@pytest.mark.parametrize(
    "name", ["../buiten.txt", "/etc/passwd", "stukken/../../x", "c:\\x.txt", "a\\b"]
)
def test_it_finds_a_name_that_leaves_its_folder(full: World, tmp_path: Path, name: str):
    path = exported(full, full.lead, tmp_path / "dossier.zip")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(name, b"x")

    assert "export.unsafe-name" in [each.code for each in verify_export(path)]


def test_it_says_of_something_else_that_it_is_no_export(tmp_path: Path):
    text, other = tmp_path / "a.zip", tmp_path / "b.zip"
    text.write_bytes(b"geen zip")
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("a.txt", b"a")

    told = CliRunner().invoke(verify_command, ["--export", str(text)])

    assert (told.exit_code, "export.unreadable" in told.output) == (1, True)
    assert [each.code for each in verify_export(text)] == ["export.unreadable"]
    assert [each.code for each in verify_export(other)] == ["export.manifest"]
    assert [each.code for each in verify_export(tmp_path / "c.zip")] == ["export.unreadable"]


@pytest.mark.parametrize(
    "files", [None, 3, [3], [{"name": 1}], [{"name": "a", "sha256": "", "size": 1e999}]]
)
def test_it_never_falls_over_a_forged_manifest(tmp_path: Path, files: object):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "manifest.json", json.dumps({"format": "maatwerkbank-dossier/1", "files": files})
        )

    assert [each.code for each in verify_export(path)] == ["export.manifest"]


@given(st.text(max_size=60))
def test_it_calls_safe_only_a_name_that_stays_inside(name: str):
    inside = Path("/export").joinpath(name.replace("\0", "")) if name else Path("/export")

    assert not safe_name(name) or inside.is_relative_to("/export")
    assert not safe_name(name) or ".." not in inside.parts
