# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ten made-up dossiers with something of everything, and each of them a thousand times.

Takes     an empty database.
Gives     readers and ten dossiers; then 10,000 dossiers and 1,000,000 events, copied with their
          history in the database itself.
Leaves    measuring to `web_pages`.
"""

import sys
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Field, Model
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.documents.models import Document, DocumentVersion, Signatory
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Attestation,
    Company,
    Decision,
    Dossier,
    Forecast,
    Membership,
    Milestone,
    Project,
    Remark,
    Site,
    StageReached,
)
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.promises.models import (
    Dependency,
    DependencyForecast,
    ProjectStart,
    Promise,
    PromiseForecast,
    Wait,
)
from maatwerkbank.web.runs.models import CaseVersion, Run

TEMPLATES, TIMES = 10, 1_000
DOSSIERS, EVENTS = TEMPLATES * TIMES, 1_000_000
PEOPLE, HELD = 500, 20  # at the ministry; dossiers of a case lead
STEP = 100_000  # between the ids of a dossier and those of its next copy
TODAY = date(2026, 11, 29)
WORD = "warmte"  # stands in every dossier
STAGES = ("exploration", "eop", "working_out", "draft_jloi", "advice", "jloi", "agreement")


# ── ten dossiers ──────────────────────────────────────────────────────────────────────────────


def fill() -> dict[str, Person]:
    """People, and ten dossiers of which the case lead holds every one."""
    ministry = Organisation.objects.create(name="Ministerie van KGG", kind="ministry")

    def person(name: str, office: str = "") -> Person:
        return Person(
            email=f"{name}@maatwerkbank.example",
            name=name,
            organisation=ministry,
            office=office,
            clearance=Level.VERTROUWELIJK.value,
        )

    Person.objects.bulk_create(person(f"collega-{n}") for n in range(PEOPLE))
    offices = {"a case lead": "", "the programme office": "programme", "an auditor": "auditor"}
    readers = {who: person(who.replace(" ", "-"), office) for who, office in offices.items()}
    for reader in readers.values():
        reader.save()
    for number in range(TEMPLATES):
        _dossier(number, readers["a case lead"])
    _top_up()
    return readers


def _dossier(number: int, lead: Person) -> None:
    """One dossier with something of everything."""
    company = Company.objects.create(
        slug=f"firma-{number}",
        name=f"{('Staal', 'Chemie', 'Zout', 'Suiker', 'Glas')[number % 5]}fabriek haven {number}",
        sector_nl="proefsector",
        sector_en="sector for tests",
        cluster=("Noordzeekanaalgebied", "Rotterdam-Moerdijk", "Chemelot")[number % 3],
    )
    Site.objects.create(company=company, name=f"Locatie {number}", municipality="Velsen")
    at = number % len(STAGES)
    dossier = Dossier.objects.create(
        company=company,
        trajectory_id="maatwerk-2025",
        track_id="standard",
        stage=STAGES[at],
        stage_since=TODAY - timedelta(days=100 + number),
        exit="stopped_door_open" if number == TEMPLATES - 1 else "",
        exit_since=TODAY if number == TEMPLATES - 1 else None,
        next_contact=TODAY + timedelta(days=30),
        opened_on=TODAY - timedelta(days=900),
    )
    Membership.objects.create(dossier=dossier, person=lead, role="case_lead")
    for n, stage in enumerate(STAGES[: at + 1]):
        day = TODAY - timedelta(days=900 - 100 * n)
        StageReached.objects.create(
            dossier=dossier, stage=stage, on=day.isoformat(), counts_from=day
        )
    for n in range(3):
        Project.objects.create(dossier=dossier, name=f"Elektrificatie {n}: {WORD}", first_year=2029)
        Remark.objects.create(dossier=dossier, kind="note", nl="Over de vergunning.", en="Permit.")
    _planning(dossier)
    _promises(dossier)
    _papers(dossier, lead)
    _judged(dossier, lead, at)
    _runs(dossier, lead)


def _planning(dossier: Any) -> None:

    for version in ("eop", "jloi"):
        Ambition.objects.create(
            dossier=dossier, version=version, year=2030, gross_low=4e5, gross_high=5e5
        )
    slip = 10 if dossier.pk % 2 else -20  # half of them are late
    tracks = ("co2_plan", "permits", "infrastructure", "living_environment")
    for n, track in enumerate(tracks):
        milestone = Milestone.objects.create(
            dossier=dossier,
            track=track,
            name_nl=f"Mijlpaal {n}: {WORD}",
            name_en=f"Milestone {n}: heat",
            planned=TODAY + timedelta(days=200 * n - 100),
            actual=TODAY - timedelta(days=90) if n == 0 else None,
        )
        for month in range(8):
            Forecast.objects.create(
                milestone=milestone,
                expected=TODAY + timedelta(days=200 * n + slip * month),
                said_on=TODAY - timedelta(days=30 * (8 - month)),
            )


def _promises(dossier: Any) -> None:
    """Two projects, each behind a promise of the State, a grid and a milestone; half are late."""
    late = timedelta(days=400 if dossier.pk % 2 else -10)
    for n, project in enumerate(dossier.projects.all()[:2]):
        due = TODAY + timedelta(days=500 + 100 * n)
        names = {"name_nl": f"Aansluiting {n}: {WORD}", "name_en": f"Connection {n}: heat"}
        grid = Dependency.objects.create(dossier=dossier, kind="grid", planned=due, **names)
        sides = {"by_side": "state", "by_name": "KGG", "to_side": "company", "to_name": "Firma"}
        promise = Promise.objects.create(
            dossier=dossier, subject="infrastructure", words="Net", planned=due, **sides, **names
        )
        start = ProjectStart.objects.create(
            dossier=dossier, project=project, planned=date(2029, 6, 1), gross_t=2e5, support_eur=1e7
        )
        for month in range(4):
            said = {"expected": due + late, "said_on": TODAY - timedelta(days=30 * month)}
            DependencyForecast.objects.create(dependency=grid, **said)
            PromiseForecast.objects.create(promise=promise, **said)
        milestone = dossier.milestones.order_by("pk").last()
        Wait.objects.create(dossier=dossier, waiter_promise=promise, awaited_dependency=grid)
        Wait.objects.create(dossier=dossier, waiter_project=start, awaited_promise=promise)
        Wait.objects.create(dossier=dossier, waiter_project=start, awaited_milestone=milestone)


def _papers(dossier: Any, lead: Person) -> None:

    for kind in ("expression_of_principles", "business_case", "plan_2050", "routes_study"):
        document = Document.objects.create(
            dossier=dossier, kind=kind, title=f"Stuk over {WORD}", topic="finance"
        )
        for number in (1, 2):
            version = DocumentVersion.objects.create(
                document=document,
                number=number,
                state="accepted" if number == 1 else "handed_in",
                sha256=f"{number:064}",
                handed_in_by=lead,
            )
            Signatory.objects.create(version=version, organisation="Firma", capacity="partij")


def _judged(dossier: Any, lead: Person, at: int) -> None:

    gates = [gate for track in dossier.trajectory.tracks.values() for gate in track.gates]
    ahead = [gate for gate in gates if gate.from_stage == dossier.stage] or gates[:1]
    for gate in ahead[:1]:
        for criterion in islice(cycle(gate.criteria), 8):
            Attestation.objects.create(
                dossier=dossier,
                gate=gate.id,
                criterion=criterion.id,
                by=lead,
                role="case_lead",
                statement="Ja.",
            )
    for n in range(at + 1):
        place = dossier.pk * 100 + n
        Decision.objects.create(
            sequence=place,
            dossier=dossier,
            kind="gate",
            outcome="passed",
            from_stage=STAGES[max(n - 1, 0)],
            to_stage=STAGES[n],
            decided_by=lead,
            role="case_lead",
            reason=f"De {WORD} is er.",
            previous_hash=f"{place - 1:064}",
            hash=f"{place:064}",
            recorded_at=timezone.now() - timedelta(days=800),
        )


def _runs(dossier: Any, lead: Person) -> None:

    case = CaseVersion.objects.create(
        dossier=dossier,
        number=1,
        state="handed_in",
        origin="upload",
        text="id: made up\n" * 200,
        document={"projects": []},
        sha256="0" * 64,
        handed_in_by=lead,
    )
    figures = {"npv_eur": 1e7, "additional_2030_t": 2e5, "tailor_made_grant_eur": 5e7}
    for variant in ("", "levy_abolished"):
        Run.objects.create(
            dossier=dossier,
            case_version=case,
            variant=variant,
            known_on=TODAY,
            state="done",
            figures=figures,
            result={"figures": figures, "years": list(range(1_000))},
            asked_by=lead,
            receipt_number="0123456789abcdef",
        )


def _top_up() -> None:
    """Change the dossiers again and again, until each has its share of the events."""
    while _events() < EVENTS / TIMES:
        for dossier in Dossier.objects.all():
            dossier.next_contact = (dossier.next_contact or TODAY) + timedelta(days=1)
            dossier.save()


def _events() -> int:
    """Rows of the history, and of everything that is only ever added to."""
    kept = [model for model in _copied() if hasattr(model, "pgh_tracked_model")]
    return sum(model.objects.count() for model in (*kept, Forecast, StageReached))


# ── a thousand times ──────────────────────────────────────────────────────────────────────────


def _copied() -> list[type[Model]]:
    """Everything that lies in a dossier, with its history; not the people on it."""
    return [
        model
        for app in ("dossiers", "documents", "runs", "promises", "overview")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not model.__name__.startswith("Membership")
    ]


def multiply() -> None:
    """Copy the ten dossiers in the database itself; then give everybody a few."""
    copied = _copied()
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # copies have their history along
        for model in copied:
            columns = [_column(field, copied) for field in model._meta.concrete_fields]  # noqa: SLF001
            names = ", ".join(f'"{name}"' for name, _ in columns)
            values = ", ".join(value for _, value in columns)
            table = model._meta.db_table  # noqa: SLF001
            cursor.execute(
                f"insert into {table} ({names}) select {values} "  # noqa: S608  (names of our own)
                f"from {table} row, generate_series(1, {TIMES - 1}) copy"
            )
        cursor.execute(*_memberships())
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze")
    if _events() < EVENTS:
        sys.exit(f"only {_events()} events")


def _column(field: "Field[Any, Any]", copied: list[type[Model]]) -> tuple[str, str]:
    """The name of a column, and what stands in it in a copy."""
    name = field.column
    of_row = f'row."{name}"'
    if field.primary_key or field.name == "id" or field.related_model in copied:
        return name, f"{of_row} + copy * {STEP}"
    if field.get_internal_type() == "UUIDField":
        return name, "gen_random_uuid()" if field.unique else of_row
    if field.unique and field.get_internal_type() == "BigIntegerField":
        return name, f"{of_row} + copy * {STEP}"
    if name == "hash":  # as long as it was
        return name, f"lpad(copy || right({of_row}, 40), 64, '0')"
    if name == "slug" or (field.model is Company and name == "name"):
        return name, f"{of_row} || '-' || copy"
    return name, of_row


def _memberships() -> tuple[str, list[Any]]:
    """Four colleagues on each copy; and the case lead on a few more."""
    lead = Person.objects.get(name="a-case-lead").pk
    first = Person.objects.get(name="collega-0").pk
    return (
        """
        insert into dossiers_membership (dossier_id, person_id, role, since)
        select id, %s + (id / 7 + n * 131) %% %s, role, date '2025-01-01'
        from dossiers_dossier, unnest(array['case_team', 'analyst', 'ienw', 'province'])
             with ordinality as roles (role, n)
        where id > %s
        union all
        (select id, %s, 'case_lead', date '2025-01-01' from dossiers_dossier
         where id > %s order by code limit %s)
        """,
        [first, PEOPLE, STEP, lead, STEP, HELD - TEMPLATES],
    )
