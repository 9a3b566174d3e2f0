# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The runs of a dossier: the list, one run, what one does with it, its report and downloads."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.web.runs.plans import computed, handed_in
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.ground.receipt import digest
from maatwerkbank.web.documents.models import FrozenSet, FrozenSetReader, Look
from maatwerkbank.web.refusals import Conflict, NotAllowed
from maatwerkbank.web.runs.models import PinnedRun, Run, RunReport
from maatwerkbank.web.runs.services import keep_draft, pin_run, repeat_run, start_run


def gate_of(world: World) -> str:
    """The first gate of the track."""
    return world.zout.trajectory.track("standard").gates[0].id


# ── starting ──────────────────────────────────────────────────────────────────────────────────


def test_it_starts_a_run_as_a_job(world: World):
    version = handed_in(world)
    browser = world.browser(world.analyst)

    answer = browser.post(
        reverse("runs:dossier", args=[world.zout.code]),
        {"case_version": version.code, "variant": "levy_abolished", "outlook": "hold"},
    )

    run = Run.objects.get()
    assert answer.url == reverse("runs:run", args=[run.code])
    assert (run.variant, run.known_on.isoformat(), run.state) == (
        "levy_abolished",
        "2025-06-30",
        "waiting",
    )
    assert ProcrastinateJob.objects.get(pk=run.job_id).args == {"code": str(run.code)}


def test_a_run_is_as_confidential_as_the_highest_of_case_and_dossier(world: World):
    version = handed_in(world, level=Level.VERTROUWELIJK.value)

    run = start_run(case_version=version, by=world.analyst)

    assert run.level == Level.VERTROUWELIJK


def test_draws_have_a_seed_and_nil_is_one(world: World):
    version = handed_in(world)

    run = start_run(case_version=version, by=world.analyst, draws=100)

    assert run.seed == 0


def test_it_refuses_to_run_a_draft(world: World):
    draft = keep_draft(dossier=world.zout, by=world.analyst, raw=b"x: 1")

    with pytest.raises(Conflict):
        start_run(case_version=draft, by=world.analyst)


def test_it_tells_all_that_is_wrong_with_what_was_asked(world: World):
    version = handed_in(world)

    answer = world.browser(world.analyst).post(
        reverse("runs:dossier", args=[world.zout.code]),
        {"case_version": version.code, "outlook": "nergens", "draws": "1", "known_on": "gisteren"},
    )

    assert answer.status_code == 422
    assert not Run.objects.exists()


@pytest.mark.parametrize("name", ["ienw", "auditor", "programme", "minister_office"])
def test_who_may_only_look_does_not_start_a_run(world: World, name: str):
    version = handed_in(world)

    answer = world.browser(getattr(world, name)).post(
        reverse("runs:dossier", args=[world.zout.code]),
        {"case_version": version.code, "outlook": "hold"},
    )

    assert answer.status_code == 403
    assert not Run.objects.exists()


# ── the page ──────────────────────────────────────────────────────────────────────────────────


def test_it_shows_how_far_a_run_is_and_asks_again(world: World):
    run = start_run(case_version=handed_in(world), by=world.analyst)
    Run.objects.filter(pk=run.pk).update(state="running", progress=0.4, progress_text="support")
    browser = world.browser(world.lead)

    page = browser.get(reverse("runs:run", args=[run.code])).content.decode()
    part = browser.get(
        reverse("runs:progress", args=[run.code]), headers={"hx-request": "true"}
    ).content.decode()

    assert 'hx-trigger="every 1s"' in page
    assert "Beoordeeld wordt hoe publiek geld kan bijdragen" in part
    assert 'value="40"' in part


def test_the_part_asks_for_the_whole_page_when_the_run_has_ended(world: World):
    run = computed(world)

    part = world.browser(world.lead).get(
        reverse("runs:progress", args=[run.code]), headers={"hx-request": "true"}
    )

    assert part["HX-Refresh"] == "true"
    assert "hx-get" not in part.content.decode()


def test_without_script_the_way_leads_back_to_the_page(world: World):
    run = computed(world)

    answer = world.browser(world.lead).get(reverse("runs:progress", args=[run.code]))

    assert answer.url == reverse("runs:run", args=[run.code])


def test_it_shows_main_figures_each_with_the_way_to_its_origin(world: World):
    run = computed(world)

    page = world.browser(world.lead).get(reverse("runs:run", args=[run.code])).content.decode()

    assert "42\N{NO-BREAK SPACE}kt" in page
    assert reverse("runs:origin", args=[run.code, "gross_2030_t"]) in page
    assert run.receipt_number in page


def test_a_figure_that_cannot_be_judged_is_named_with_who_can_give_it(world: World):
    run = computed(world)

    page = world.browser(world.lead).get(reverse("runs:run", args=[run.code])).content.decode()

    assert run.figures["npv_eur"] is None
    assert "niet te beoordelen" in page
    assert "geef een waarde met bron" in page
    assert "Elektrische boiler: investering" in page


def test_it_tells_why_a_run_failed_without_a_trace(world: World):
    run = start_run(case_version=handed_in(world), by=world.analyst, official=True)
    error = {
        "code": "official.refused",
        "what": {"nl": "Dat mag niet.", "en": "Not allowed."},
        "remedy": {"nl": "vervang de waarde", "en": "replace it"},
        "reasons": ["projects[0].capex: unverified in round-numbers"],
    }
    Run.objects.filter(pk=run.pk).update(state="failed", error=error)

    page = world.browser(world.lead).get(reverse("runs:run", args=[run.code])).content.decode()

    assert "Dat mag niet." in page
    assert "official.refused" in page
    assert "projects[0].capex: unverified" in page
    assert "Traceback" not in page


def test_it_is_there_in_english(world: World):
    run = computed(world)
    browser = world.browser(world.lead)
    browser.cookies["maatwerkbank_language"] = "en"

    page = browser.get(reverse("runs:run", args=[run.code])).content.decode()

    assert "Law as known on 30 June 2025" in page
    assert "cannot be judged" in page


# ── cancelling, repeating, pinning ────────────────────────────────────────────────────────────


def test_it_is_cancelled_while_it_waits(world: World):
    run = start_run(case_version=handed_in(world), by=world.analyst)

    answer = world.browser(world.lead).post(reverse("runs:cancel", args=[run.code]))

    run.refresh_from_db()
    assert (answer.status_code, run.state) == (302, "cancelled")
    assert ProcrastinateJob.objects.get(pk=run.job_id).status == "cancelled"


def test_it_cannot_be_cancelled_when_it_is_done(world: World):
    run = computed(world)

    answer = world.browser(world.lead).post(reverse("runs:cancel", args=[run.code]))

    assert answer.status_code == 409


def test_it_says_whether_a_repeated_run_gives_the_same_bytes(world: World):
    version = handed_in(world)
    first, second = computed(world, version), computed(world, version)

    page = world.browser(world.lead).get(reverse("runs:run", args=[second.code])).content.decode()

    assert first.result_sha256 == second.result_sha256 == digest(second.result)
    assert "Hetzelfde rekenbewijs en dezelfde bytes als" in page


def test_it_asks_the_same_again(world: World):
    first = computed(world, variant="levy_abolished")

    again = repeat_run(run=first, by=world.lead)

    assert (again.variant, again.known_on, again.case_version) == (
        "levy_abolished",
        first.known_on,
        first.case_version,
    )


def test_it_is_named_for_a_gate_with_a_reason(world: World):
    run, gate = computed(world), gate_of(world)
    browser = world.browser(world.analyst)

    browser.post(reverse("runs:pin", args=[run.code]), {"gate": gate, "reason": "Laatste plan."})
    page = browser.get(reverse("runs:dossier", args=[world.zout.code])).content.decode()

    pin = PinnedRun.objects.get()
    assert (pin.run, pin.gate, pin.by, pin.reason) == (run, gate, world.analyst, "Laatste plan.")
    assert "Laatste plan." in page


def test_it_is_not_named_without_a_reason(world: World):
    run = computed(world)

    answer = world.browser(world.analyst).post(
        reverse("runs:pin", args=[run.code]), {"gate": gate_of(world), "reason": " "}
    )

    assert answer.status_code == 422
    assert not PinnedRun.objects.exists()


def test_it_is_not_named_before_it_is_done(world: World):
    run = start_run(case_version=handed_in(world), by=world.analyst)

    with pytest.raises(Conflict):
        pin_run(run=run, gate=gate_of(world), by=world.analyst, reason="x")


def test_who_only_looks_names_no_run(world: World):
    run = computed(world)

    with pytest.raises(NotAllowed):
        pin_run(run=run, gate=gate_of(world), by=world.ienw, reason="x")


def test_a_run_that_is_done_stays_as_it_is(world: World):
    run = computed(world)

    with pytest.raises(DatabaseError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(result={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Run.objects.filter(pk=run.pk).delete()


# ── report and downloads ──────────────────────────────────────────────────────────────────────


def with_report(run: Run) -> Run:
    """The same run, with a report beside it."""
    RunReport.objects.create(
        run=run,
        language="nl",
        sections="<section><h2>In het kort</h2></section>",
        page="<!doctype html><title>Rapport</title>",
        pdf=b"%PDF-1.7",
    )
    return run


def test_it_shows_the_report_inside_our_page(world: World):
    run = with_report(computed(world))

    page = world.browser(world.lead).get(reverse("runs:report", args=[run.code])).content.decode()

    assert '<div class="report"><section><h2>In het kort</h2></section></div>' in page


def test_it_says_that_there_is_no_report_yet_and_makes_one(world: World):
    run = computed(world)
    browser = world.browser(world.lead)

    before = browser.get(reverse("runs:report", args=[run.code])).content.decode()
    browser.post(reverse("runs:make-report", args=[run.code]))
    after = browser.get(reverse("runs:report", args=[run.code])).content.decode()

    assert "Maak het rapport" in before
    assert "Het rapport wordt gemaakt" in after
    assert ProcrastinateJob.objects.filter(task_name="write_report").count() == 1


@pytest.mark.parametrize(
    ("kind", "start"), [("json", b"{\n"), ("html", b"<!doctype"), ("pdf", b"%PDF")]
)
def test_it_gives_files_as_attachments_that_tell_their_level(world: World, kind: str, start: bytes):
    run = with_report(computed(world))

    answer = world.browser(world.lead).get(reverse("runs:download", args=[run.code, kind]))

    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="zoutfabriek-{run.receipt_number}-zaakvertrouwelijk.{kind}"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_json_has_the_hash_that_the_run_names(world: World):
    run = computed(world)

    answer = world.browser(world.lead).get(reverse("runs:download", args=[run.code, "json"]))

    assert digest(json.loads(answer.content)) == run.result_sha256


def test_a_look_at_a_confidential_run_is_written_down(world: World):
    run = computed(world, handed_in(world, level=Level.VERTROUWELIJK.value))
    browser = world.browser(world.lead)

    browser.get(reverse("runs:run", args=[run.code]))
    browser.get(reverse("runs:download", args=[run.code, "json"]))

    assert Look.objects.filter(kind="run", thing=run.code, person=world.lead).count() == 2


# ── who may not ───────────────────────────────────────────────────────────────────────────────

PAGES = ("run", "progress", "report")


@pytest.mark.parametrize("name", ["outsider", "other_company", "adviser", "company", "province"])
def test_who_may_not_see_runs_finds_nothing(world: World, name: str):
    run = with_report(computed(world))
    browser = world.browser(getattr(world, name))

    answers = [browser.get(reverse(f"runs:{page}", args=[run.code])) for page in PAGES]
    answers += [
        browser.get(reverse("runs:download", args=[run.code, kind])) for kind in ("json", "pdf")
    ]
    answers += [browser.get(reverse("runs:origin", args=[run.code, "npv_eur"]))]
    answers += [
        browser.post(reverse(f"runs:{deed}", args=[run.code]))
        for deed in ("cancel", "repeat", "pin", "make-report")
    ]
    answers += [browser.get(f"{reverse('runs:compare')}?run={run.code}")]

    assert {answer.status_code for answer in answers} == {404}


def test_an_adviser_sees_the_run_of_the_frozen_set_and_nothing_beside_it(world: World):
    version = handed_in(world)
    run, other = computed(world, version), computed(world, version)
    pin_run(run=run, gate=gate_of(world), by=world.lead, reason="Voor de commissie.")
    frozen = FrozenSet.objects.create(
        dossier=world.zout,
        purpose="advies",
        content={},
        level=run.level,
        made_by=world.lead,
        run=run,
    )
    FrozenSetReader.objects.create(frozen_set=frozen, person=world.adviser)
    browser = world.browser(world.adviser)

    page = browser.get(reverse("runs:run", args=[run.code]))
    origin = browser.get(reverse("runs:origin", args=[run.code, "npv_eur"]))
    beside = browser.get(reverse("runs:run", args=[other.code]))

    assert (page.status_code, origin.status_code, beside.status_code) == (200, 200, 404)
    text = page.content.decode()
    for hidden in (str(other.code), str(world.zout.code), str(version.code), "Voor de commissie"):
        assert hidden not in text
    assert "Herhaal deze berekening" not in text


def test_the_pin_of_a_run_above_somebodys_clearance_is_not_there(world: World):
    run = computed(world, handed_in(world, level=Level.VERTROUWELIJK.value))
    pin_run(run=run, gate=gate_of(world), by=world.lead, reason="x")
    world.member.clearance = Level.ZAAKVERTROUWELIJK.value
    world.member.save()

    page = world.browser(world.member).get(reverse("runs:dossier", args=[world.zout.code]))

    assert str(run.code) not in page.content.decode()


def test_a_run_above_somebodys_clearance_is_not_there(world: World):
    run = computed(world, handed_in(world, level=Level.VERTROUWELIJK.value))
    world.lead.clearance = Level.ZAAKVERTROUWELIJK.value
    world.lead.save()

    page = world.browser(world.lead).get(reverse("runs:dossier", args=[world.zout.code]))

    assert str(run.code) not in page.content.decode()
    assert world.browser(world.lead).get(reverse("runs:run", args=[run.code])).status_code == 404


# ── speed ─────────────────────────────────────────────────────────────────────────────────────


QUERIES_OF_LIST = 17


def test_the_list_asks_as_many_questions_for_many_runs_as_for_one(
    world: World, django_assert_num_queries
):
    version = handed_in(world)
    computed(world, version)
    browser = world.browser(world.lead)
    address = reverse("runs:dossier", args=[world.zout.code])
    browser.get(address)
    with django_assert_num_queries(QUERIES_OF_LIST):
        browser.get(address)

    for _ in range(6):
        computed(world, version)
        pin_run(run=Run.objects.first(), gate=gate_of(world), by=world.lead, reason="x")

    with django_assert_num_queries(QUERIES_OF_LIST):
        browser.get(address)
