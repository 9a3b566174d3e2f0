# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The public portfolio as on 30 June 2025, from the shipped register into the database.

Takes     portfolio/nl-2025-06-30/register.yaml, its cases, and milestones.yaml.
Gives     a dossier per firm: stages and exits with their sources, papers that are known and not
          held here, ambitions, remarks, projects and milestones. All of it is public.
Leaves    decisions: history is told as facts with sources, never as decisions that nobody recorded
          here.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.ground.dates import last_day
from maatwerkbank.portfolio.cases import case_ids, load_case
from maatwerkbank.portfolio.portfolio import PORTFOLIO_DATE
from maatwerkbank.portfolio.register import (
    STAGE_OF_DOCUMENT,
    CompanyState,
    Event,
    Exit,
    events,
    register,
)
from maatwerkbank.sources import load_sources
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.documents.models import Document, DocumentVersion, Signatory
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Company,
    Dossier,
    Forecast,
    Milestone,
    Project,
    Remark,
    Site,
    StageReached,
)

TRAJECTORY = "maatwerk-2022"  # the version on which these cases ran up to the letter
STATE = "Staat der Nederlanden"


def load_public_record() -> dict[str, Dossier]:
    """Put every firm of the register into the database; gives the dossiers by firm."""
    return {firm.id: _firm(firm) for firm in register(PORTFOLIO_DATE)}


def _firm(firm: CompanyState) -> Dossier:
    company = Company.objects.create(
        slug=firm.id,
        name=firm.name,
        sector_nl=firm.sector.nl,
        sector_en=firm.sector.en,
        cluster=firm.cluster,
    )
    for site in firm.sites:
        Site.objects.create(
            company=company,
            name=site.name,
            municipality=site.municipality,
            ets_ids=[*site.ets_ids, *([site.joint_permit] if site.joint_permit else [])],
            joint_permit=site.joint_permit or "",
        )
    told = events(firm.id, PORTFOLIO_DATE)
    reached = _reached(told)
    dossier = Dossier.objects.create(
        company=company,
        trajectory_id=TRAJECTORY,
        track_id=firm.track,
        stage=firm.stage.value,
        stage_since=_day(reached[firm.stage.value].when),
        **(_exit(firm.exit) if firm.exit else {}),
        level=Level.OPENBAAR.value,
        opened_on=told[0].counts_from,
        public_reconstruction=True,
    )
    for stage, event in reached.items():
        StageReached.objects.create(
            dossier=dossier,
            stage=stage,
            on=event.when or "",
            counts_from=event.counts_from,
            source=event.source,
        )
    _papers(dossier, told)
    _ambitions(dossier, told)
    _remarks(dossier, told)
    _milestones(dossier, table("milestones.yaml").get(firm.id, ()))
    if firm.id in case_ids():
        _projects(dossier, firm.id)
    return dossier


def _exit(left: Exit) -> dict[str, Any]:
    return {
        "exit": left.kind,
        "exit_reasons": list(left.reasons),
        "exit_since": _day(left.date),
        "exit_known_by": _last_day(left.known_by or left.date),
        "exit_source": left.source,
        "exit_place": left.place or "",
    }


def _reached(told: Iterable[Event]) -> dict[str, Event]:
    """Each stage with the event that tells most of it: the first with a day, else the first."""
    reached: dict[str, Event] = {}
    for event in told:
        stage = _stage(event)
        if stage and (stage not in reached or (event.when and not reached[stage].when)):
            reached[stage] = event
    return reached


def _stage(event: Event) -> str | None:
    if event.kind == "stage":
        return str(event.body["stage"])
    if event.kind == "document":
        # On the track of an incidental subsidy the decision on it is a stage as well.
        named = STAGE_OF_DOCUMENT[event.body["document"]]
        return named.value if named else str(event.body["document"])
    return None


def _papers(dossier: Dossier, told: Iterable[Event]) -> None:
    """Papers that sources name. They are known and not held here; a later one is a new version."""
    for event in told:
        if event.kind != "document":
            continue
        kind = DOCUMENT_KINDS[event.body["document"]]
        title, _, remark = event.body["title"].partition(" (")
        document, _ = Document.objects.update_or_create(
            dossier=dossier,
            kind=kind.id,
            defaults={
                "title": title,
                "topic": kind.topic,
                "level": Level.OPENBAAR.value,
                "with_company": True,
                "source": event.source,
            },
        )
        version = DocumentVersion.objects.create(
            document=document,
            number=document.versions.count() + 1,
            state="accepted",
            dated=event.when or "",
            source=event.source,
            remark=remark.removesuffix(")").capitalize(),
        )
        signed = {"state": STATE, "company": dossier.company.name}
        for side in kind.signed_by:
            Signatory.objects.create(
                version=version,
                organisation=signed[side],
                capacity="partij",
                signed_on=event.when or "",
            )


def _ambitions(dossier: Dossier, told: Iterable[Event]) -> None:
    for event in told:
        if event.kind != "ambition":
            continue
        body = event.body
        beyond = body.get("additional_to", {})
        Ambition.objects.create(
            dossier=dossier,
            version=body["version"],
            quantity=body["quantity"],
            year=body["year"],
            unit=body["unit"],
            gross_low=_bound(body["gross"], "low"),
            gross_high=_bound(body["gross"], "high"),
            additional_low=_bound(body["additional"], "low"),
            additional_high=_bound(body["additional"], "high"),
            additional_to_nl=beyond.get("nl", ""),
            additional_to_en=beyond.get("en", ""),
            bound=body.get("bound", ""),
            boundary_nl=body["boundary"]["nl"],
            boundary_en=body["boundary"]["en"],
            base_year=body["base_year"],
            dated=event.when or "",
            source=event.source,
            place=event.place or "",
        )


def _bound(amount: Any, side: str) -> float | None:
    bound: float | None = amount[side] if isinstance(amount, dict) else amount
    return bound


def _remarks(dossier: Dossier, told: Iterable[Event]) -> None:
    for event in told:
        if event.kind in ("qualifier", "note"):
            Remark.objects.create(
                dossier=dossier,
                kind=event.kind,
                nl=event.body["nl"],
                en=event.body["en"],
                dated=event.when or "",
                source=event.source,
            )
        elif event.kind == "track":
            Remark.objects.create(
                dossier=dossier,
                kind="track",
                nl="De casus verlaat de gewone volgorde: incidentele subsidie, vooruitlopend op "
                "een Joint Letter of Intent.",
                en="The case leaves the usual order: an incidental subsidy, ahead of a Joint "
                "Letter of Intent.",
                dated=event.when or "",
                source=event.source,
            )


def _milestones(dossier: Dossier, told: Iterable[dict[str, Any]]) -> None:
    for body in told:
        milestone = Milestone.objects.create(
            dossier=dossier,
            track=body["track"],
            name_nl=body["name"]["nl"],
            name_en=body["name"]["en"],
            planned=_last_day(body.get("planned")),
            actual=_last_day(body.get("actual")),
            owner=body["owner"],
            source=body["source"],
        )
        for said in body.get("forecasts", ()):
            Forecast.objects.create(
                milestone=milestone,
                expected=last_day(said["expected"]),
                said_on=said["said_on"],
                because=said["because"],
                source=said["source"],
            )


def _projects(dossier: Dossier, case: str) -> None:
    for project in load_case(case).case.projects:
        Project.objects.create(
            dossier=dossier,
            key=project.id,
            name=project.name.nl,
            first_year=project.first_year,
            source=_source(project.capex),
        )


def _source(figure: Any) -> str:
    """Where a figure of a case comes from, if it is there and its source is in the register."""
    named = getattr(figure, "source", "")
    return named if named in load_sources() else ""


def _day(text: str | None) -> date | None:
    """The day where the whole of it is public: a month is no day."""
    return date.fromisoformat(text) if text and len(text) == len("2025-06-30") else None


def _last_day(text: str | date | None) -> date | None:
    return None if text is None else last_day(str(text))
