# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who says yes to what: statements and figures, and who may not."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.web.world import World

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.dossiers.models import Ambition, StageReached
from maatwerkbank.web.dossiers.planning import add_ambition
from maatwerkbank.web.execution.models import (
    Kpi,
    Report,
    ReportDue,
    Verification,
    VerifiedFigure,
)
from maatwerkbank.web.people import access
from maatwerkbank.web.promises.models import Promise
from maatwerkbank.web.refusals import NotAllowed, Unfit
from maatwerkbank.web.releases import releasing, stating
from maatwerkbank.web.releases.models import FigureRelease, Statement
from maatwerkbank.web.releases.stored_publication import stored_publication

GROSS = "zoutfabriek.co2.eop.gross"
REASON = "met het bedrijf afgesproken"


@pytest.fixture
def begun(world: World) -> World:
    """Zoutfabriek signed an EoP with an aim; the dossier is confidential to the case."""
    StageReached.objects.create(
        dossier=world.zout, stage="eop", on="2025-03-01", counts_from=date(2025, 3, 1)
    )
    add_ambition(
        dossier=world.zout,
        by=world.lead,
        version="eop",
        quantity="co2",
        year=2030,
        unit="t/year",
        gross_low=42_000.0,
        gross_high=42_000.0,
        boundary_nl="scope 1, Hengelo",
        boundary_en="scope 1, Hengelo",
        source="kamerbrief-2025-06-30",
    )
    Ambition.objects.filter(dossier=world.zout).update(source="", document=None)
    Promise.objects.create(
        dossier=world.zout,
        by_side="state",
        to_side="company",
        subject="permits",
        name_nl="Wij zeggen niets",
        name_en="We say nothing",
        words="De Staat biedt ten hoogste veertig procent van de onrendabele top",
        internal=True,
    )
    return world


def today():
    return timezone.localdate()


def codes(refused: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [each.code for each in refused.value.findings]


def written(world: World, text: str = "Zoutfabriek werkt aan {figure}.") -> Statement:
    """A draft with these words, by a member of the team."""
    draft = stating.draft_statement(dossier=world.zout, by=world.member)
    words = text.replace("{figure}", "een plan")
    return stating.edit_statement(
        statement=draft, by=world.member, text_nl=words, text_en=words, stage="eop", on=None
    )


def released(world: World, text: str = "Zoutfabriek werkt aan een plan.") -> Statement:
    """A statement that went all the way."""
    draft = stating.propose(statement=written(world, text), by=world.member)
    approved = stating.approve(statement=draft, by=world.lead, because="klopt")
    return stating.release(statement=approved, by=world.programme)


# ── statements ────────────────────────────────────────────────────────────────────────────────


def test_a_statement_is_drafted_approved_by_a_second_person_released_and_withdrawn(begun: World):
    assert "zoutfabriek" not in stored_publication(today()).statements

    statement = released(begun)

    told = stored_publication(today())
    public = told.statements["zoutfabriek"]
    assert public.text.nl == "Zoutfabriek werkt aan een plan."
    assert (public.approved_by, public.approved_on) == ("case_lead", today())
    firm = told.firm("zoutfabriek")
    assert (firm.stage, firm.ambitions, firm.sites) == ("eop", (), ())
    assert "zoutfabriek" not in stored_publication(date(2025, 6, 30)).statements

    stating.withdraw(statement=statement, by=begun.programme, because="achterhaald")
    after = stored_publication(today())
    assert after.statements == {}
    assert [firm.id for firm in after.register] == []
    assert [(each.what, each.id) for each in after.withdrawn] == [("statement", "zoutfabriek")]
    statement.refresh_from_db()
    assert statement.text_nl == "Zoutfabriek werkt aan een plan."


def test_a_draft_is_made_of_the_data(begun: World):
    draft = stating.draft_statement(dossier=begun.zout, by=begun.member)
    assert "ambitiedocument" in draft.text_nl
    assert draft.text_en
    assert draft.stage == "eop"
    assert draft.drafted_from["stage"] == "eop"
    with pytest.raises(stating.OneIsOpen):
        stating.draft_statement(dossier=begun.zout, by=begun.lead)


def test_who_wrote_the_words_does_not_approve_them(begun: World):
    draft = stating.propose(statement=written(begun), by=begun.member)
    sent = stating.send_back(statement=draft, by=begun.lead, because="korter graag")
    mine = stating.edit_statement(
        statement=sent, by=begun.lead, text_nl="Korter.", text_en="Shorter.", stage="eop", on=None
    )
    proposed = stating.propose(statement=mine, by=begun.member)
    with pytest.raises(stating.YourOwnWords):
        stating.approve(statement=proposed, by=begun.lead)
    stating.approve(statement=proposed, by=begun.programme)
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=mine.pk).update(approved_by=begun.lead)


def test_no_step_is_skipped(begun: World):
    draft = written(begun)
    with pytest.raises(stating.NotNow):
        stating.approve(statement=draft, by=begun.lead)
    proposed = stating.propose(statement=draft, by=begun.member)
    with pytest.raises(stating.NotNow):
        stating.release(statement=proposed, by=begun.lead)
    with pytest.raises(stating.NotNow):
        stating.edit_statement(
            statement=proposed, by=begun.member, text_nl="X", text_en="X", stage="eop", on=None
        )


def test_a_typed_number_an_unknown_figure_and_a_quote_are_all_found_at_once(begun: World):
    draft = written(
        begun,
        "Het bedrijf mindert 42.000 ton {zoutfabriek.co2.eop.gross}. "
        "De Staat biedt ten hoogste veertig procent.",
    )
    with pytest.raises(Unfit) as refused:
        stating.propose(statement=draft, by=begun.member)
    assert set(codes(refused)) == {"figure.typed", "figure.unknown", "statement.quotes"}


def test_a_released_statement_stays_as_it_is_also_in_the_database(begun: World):
    statement = released(begun)
    for deed in (
        lambda: Statement.objects.filter(pk=statement.pk).update(text_nl="X"),
        lambda: Statement.objects.filter(pk=statement.pk).update(released_on=date(2020, 1, 1)),
        lambda: Statement.objects.filter(pk=statement.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()


def test_a_newer_statement_takes_the_place_of_the_older(begun: World):
    released(begun, "Eerste tekst.")
    released(begun, "Tweede tekst.")
    told = stored_publication(today())
    assert told.statements["zoutfabriek"].text.nl == "Tweede tekst."


def test_the_firm_sees_its_statement_once_it_was_released(begun: World):
    draft = stating.propose(statement=written(begun), by=begun.member)
    assert not access.statements_of(begun.company, begun.zout).exists()
    assert access.statements_of(begun.minister_office).exists()
    approved = stating.approve(statement=draft, by=begun.lead)
    stating.release(statement=approved, by=begun.lead)
    assert access.statements_of(begun.company, begun.zout).exists()
    assert not access.statements_of(begun.other_company).exists()
    for deed in (
        lambda: stating.draft_statement(dossier=begun.zout, by=begun.company),
        lambda: stating.withdraw(statement=draft, by=begun.member, because="x"),
        lambda: releasing.release_figure(dossier=begun.zout, by=begun.member, figure=GROSS),
    ):
        with pytest.raises(NotAllowed):
            deed()


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def test_a_figure_needs_a_reason_where_its_parts_are_not_public(begun: World):
    world = begun
    Promise.objects.create(
        dossier=world.zout,
        by_side="company",
        to_side="state",
        subject="co2_plan",
        name_nl="Minder CO2",
        name_en="Less CO2",
        quantity="co2",
        amount_low=40_000.0,
        unit="t/year",
        tonnes_are="gross",
        boundary="scope 1",
    )
    (promise,) = [each for each in releasing.candidates_of(world.zout) if each.origin == "promise"]
    with pytest.raises(Unfit) as refused:
        releasing.release_figure(dossier=world.zout, by=world.lead, figure=promise.id)
    assert codes(refused) == ["release.level"]

    row = releasing.release_figure(
        dossier=world.zout, by=world.lead, figure=promise.id, because=REASON
    )
    assert (row.level, row.role) == (Level.ZAAKVERTROUWELIJK.value, "case_lead")
    assert promise.id not in stored_publication(today()).figures  # the firm is not public yet

    released(world, f"Het bedrijf belooft {{{promise.id}}}.")
    told = stored_publication(today())
    figure = told.figures[promise.id]
    assert (figure.low, figure.kind, figure.origin.kind) == (40_000.0, "gross", "register")
    assert (figure.origin.released_by, figure.origin.released_on) == ("case_lead", today())
    assert [(each.measure, each.deed) for each in told.promises] == [(promise.id, None)]

    with pytest.raises(releasing.DecidedAlready):
        releasing.release_figure(
            dossier=world.zout, by=world.lead, figure=promise.id, because=REASON
        )
    releasing.withdraw_release(release=row, by=world.lead, because="onjuist")
    told = stored_publication(today())
    assert promise.id not in told.figures
    assert [(each.what, each.id) for each in told.withdrawn] == [("figure", promise.id)]
    with pytest.raises(DatabaseError), transaction.atomic():
        FigureRelease.objects.filter(pk=row.pk).update(low=1.0)


def test_a_figure_without_an_origin_is_not_released(begun: World):
    with pytest.raises(Unfit) as refused:
        releasing.release_figure(dossier=begun.zout, by=begun.lead, figure=GROSS, because=REASON)
    assert codes(refused) == ["release.no-origin"]
    with pytest.raises(Unfit):
        releasing.release_figure(dossier=begun.zout, by=begun.lead, figure="zoutfabriek.niets")


def test_emissions_are_never_refused_and_others_only_on_a_ground(begun: World):
    world = begun
    figure = _verified_nox(world)
    with pytest.raises(Unfit) as refused:
        releasing.refuse_figure(
            dossier=world.zout,
            by=world.lead,
            figure=figure,
            ground="bedrijfsgegevens",
            because="bedrijfsgeheim",
        )
    assert codes(refused) == ["release.emission-data"]
    row = releasing.release_figure(dossier=world.zout, by=world.lead, figure=figure, because=REASON)
    assert row.emission_data
    kept = releasing.refuse_figure(
        dossier=world.zout,
        by=world.lead,
        figure=GROSS,
        ground="concurrentiegevoelig",
        because="nog niet vastgesteld",
    )
    assert kept.outcome == "refused"
    assert not access.figure_releases_of(world.company, world.zout).filter(pk=kept.pk).exists()


def _verified_nox(world: World) -> str:
    kpi = Kpi.objects.create(
        dossier=world.zout,
        key="nox",
        name_nl="NOx",
        name_en="NOx",
        quantity="nox",
        boundary_nl="Hengelo",
        boundary_en="Hengelo",
        method_nl="meting",
        method_en="measured",
        baseline=100,
        tolerance=0,
    )
    asked = ReportDue.objects.create(
        dossier=world.zout,
        period="2025",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        due=date(2026, 4, 1),
    )
    report = Report.objects.create(
        asked=asked, number=1, state="handed_in", origin="form", handed_in_by=world.company
    )
    seen = Verification.objects.create(
        report=report, verdict="verified", statement="klopt", by=world.lead
    )
    VerifiedFigure.objects.create(verification=seen, kpi=kpi, value=80)
    return "zoutfabriek.nox_emission.realised.nox.2025"
