# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person see this, or do that? The only way to a dossier and to anything in it.

Takes     a person and a thing, or a person alone.
Gives     the things that the person may see; or a verdict, with the reason when it is no.
Leaves    what a deed does to the services. They ask here first; so do screens, search and API.

Closed by default. Four rules, in this order:

1. Need to know. A dossier is seen by who holds a role on it (`Membership`) or an office that looks
   over all of them. Clearance alone opens nothing.
2. Level. Nothing above a person's clearance, whatever the role.
3. Subject. A role sees the papers of its own subjects (`dossier.roles`); a firm sees what it handed
   in or was given; an adviser sees frozen sets and not the dossier.
4. Deed. `rights.py` says per role what it may do; what is not in the table is not allowed.

Who may not even know of a dossier gets the answer of one that does not exist (404); who may know of
it, and not do this, hears why (403).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.execution.kpi import QUANTITIES
from maatwerkbank.dossier.promises.dependency import KINDS
from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.ground.language import Text
from maatwerkbank.web.advice.models import Advice, Item
from maatwerkbank.web.agreements.models import Amendment, Draft
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    FrozenSet,
    FrozenSetReader,
    Look,
)
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Dossier,
    Milestone,
    Project,
    Remark,
)
from maatwerkbank.web.execution.models import Kpi
from maatwerkbank.web.people.held import roles_held
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import OFFICE_RIGHTS, PUBLIC_TO_OFFICES, RIGHTS, Deed
from maatwerkbank.web.promises.models import Dependency, ProjectStart, Promise
from maatwerkbank.web.refusals import NotAllowed
from maatwerkbank.web.releases.models import FigureRelease, Letter, Statement, TotalRelease
from maatwerkbank.web.runs.models import CaseVersion, Run
from maatwerkbank.web.woo.models import DisclosureRequest, Hearing, RequestedPaper, RequestPart

Row = TypeVar("Row", bound=Model)


# Parallel tracks of which a role outside the team sees every milestone; of the others it sees what
# has a public source.
TRACKS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "province": ("permits", "living_environment"),
        "environmental_service": ("permits", "living_environment"),
        "company": (
            "co2_plan",
            "permits",
            "infrastructure",
            "living_environment",
            "parent_decision",
        ),
    }
)
# Roles outside the team that see every project of the dossier, and every ambition.
SEE_PROJECTS = ("province", "environmental_service", "company")
SEE_AMBITIONS = ("company",)

# Roles that read papers, by the subjects of which they do. A firm has none: it reads its own.
READERS: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType(
    {
        topics: tuple(
            role
            for role, deeds in RIGHTS.items()
            if Deed.SEE_DOCUMENTS in deeds and ROLES[role].topics == topics
        )
        for topics in dict.fromkeys(
            ROLES[role].topics for role, deeds in RIGHTS.items() if Deed.SEE_DOCUMENTS in deeds
        )
    }
)

REFUSALS: Mapping[str, Text] = MappingProxyType(
    {
        "role": Text(
            nl="Dat hoort niet bij uw rol in dit dossier.",
            en="That does not belong to your role in this dossier.",
        ),
        "level": Text(
            nl="Dit is hoger gerubriceerd dan u mag inzien.",
            en="This is classified higher than you may read.",
        ),
        "parliament": Text(
            nl="Het parlementaire register houden de programmaleiding en het bureau van de "
            "minister bij.",
            en="Programme management and the minister's office keep the parliamentary register.",
        ),
    }
)
ASK_THE_LEAD = Text(
    nl="vraag het de projectleider van het dossier", en="ask the case lead of the dossier"
)
ASK_THE_PROGRAMME = Text(nl="vraag het de programmaleiding", en="ask programme management")

ASK_THE_HANDLER = Text(
    nl="vraag het wie het verzoek behandelt", en="ask whoever handles the request"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the reason."""

    because: Text | None = None

    def __bool__(self) -> bool:
        return self.because is None


# ── dossiers ──────────────────────────────────────────────────────────────────────────────────


def dossiers_of(person: Person, deed: Deed = Deed.SEE) -> QuerySet[Dossier]:
    """Dossiers with which `person` may do `deed`: by a role on them, or by office."""
    return Dossier.objects.filter(_within_reach(person, deed, ""))


def dossier_for(person: Person, code: UUID | str, deed: Deed = Deed.SEE) -> Dossier:
    """The dossier with that code.

    Raises
    ------
    Http404      there is none, or `person` may not know of it
    NotAllowed   `person` may know of it and not do `deed`
    """
    found = dossiers_of(person).select_related("company").filter(code=code).first()
    if found is None:
        raise Http404
    require(person, deed, found)
    return found


def allowed(person: Person, deed: Deed, dossier: Dossier) -> Verdict:
    """Whether `person` may do `deed` with `dossier`, and why not."""
    return Verdict(None if deed in deeds_in(person, dossier) else REFUSALS["role"])


def require(person: Person, deed: Deed, dossier: Dossier) -> None:
    """Raises NotAllowed, with the reason, where `allowed` says no."""
    verdict = allowed(person, deed, dossier)
    if not verdict:
        raise NotAllowed(verdict.because or "", remedy=ASK_THE_LEAD)


def roles_in(person: Person, dossier: Dossier) -> frozenset[str]:
    """The roles that `person` holds on `dossier` today, and the office."""
    office = {person.office} if person.office else set()
    return _roles_on(person, dossier) | office


def deeds_in(person: Person, dossier: Dossier) -> frozenset[Deed]:
    """Everything that `person` may do with `dossier`; nothing above the person's clearance."""
    if not person.is_active or person.clearance < dossier.level:
        return frozenset()
    deeds = set(OFFICE_RIGHTS[person.office])
    for role in _roles_on(person, dossier):
        deeds |= RIGHTS[role]
    if person.office in PUBLIC_TO_OFFICES and dossier.level == Level.OPENBAAR:
        deeds.add(Deed.SEE)
    return frozenset(deeds)


def _roles_on(person: Person, dossier: Dossier) -> frozenset[str]:
    held = roles_held(person).get(dossier.pk)
    return held.roles if held else frozenset()


def over_all(person: Person, deed: Deed) -> bool:
    """Whether `person` may do `deed` with every dossier up to the clearance: by office."""
    return person.is_active and deed in OFFICE_RIGHTS[person.office]


def own_dossiers(person: Person, deed: Deed = Deed.SEE) -> frozenset[int]:
    """Dossiers (their pk) on which `person` holds a role, and with which `person` may do `deed`."""
    if not person.is_active:
        return frozenset()
    roles = ROLES if over_all(person, deed) else _roles_with(deed)
    return frozenset(_held(person, roles))


@cache
def _roles_with(deed: Deed) -> frozenset[str]:
    return frozenset(role for role, deeds in RIGHTS.items() if deed in deeds)


def _held(person: Person, roles: Collection[str]) -> list[int]:
    """Dossiers on which `person` holds one of `roles`, none above the person's clearance."""
    return sorted(
        dossier
        for dossier, held in roles_held(person).items()
        if held.level <= person.clearance and not held.roles.isdisjoint(roles)
    )


def _within_reach(person: Person, deed: Deed, path: str) -> Q:
    """The condition of `dossiers_of` on a thing whose dossier is at `path` ("" for itself)."""
    if not person.is_active:
        return Q(pk__in=())
    at = f"{path}__" if path else ""
    if over_all(person, deed):
        return Q(**{f"{at}level__lte": person.clearance})
    reach = Q(**{f"{at}pk__in": _held(person, _roles_with(deed))})
    if person.office in PUBLIC_TO_OFFICES and deed == Deed.SEE:
        reach |= Q(**{f"{at}level": Level.OPENBAAR.value})
    return reach


# ── what lies in a dossier ────────────────────────────────────────────────────────────────────


def documents_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Document]:
    """Papers that `person` may read, in one dossier or in all of them."""
    readable = Q(pk__in=())
    if over_all(person, Deed.SEE_DOCUMENTS):
        readable |= Q(topic__in=ROLES[person.office].topics)
    for topics, roles in READERS.items():
        held = _held(person, roles)
        subject = Q(topic__in=topics) if topics else Q(with_company=True)
        readable |= Q(dossier__in=held) & subject
    versions = DocumentVersion.objects.filter(document=OuterRef("pk"))
    documents = Document.objects.filter(
        readable,
        _within_reach(person, Deed.SEE_DOCUMENTS, "dossier"),
        Exists(versions.filter(_out_of_draft(person))) | ~Exists(versions),
        level__lte=person.clearance,
    )
    return documents if dossier is None else documents.filter(dossier=dossier)


def _out_of_draft(person: Person) -> Q:
    """A draft is of the organisation that makes it; what was handed in, of all who may read it."""
    return ~Q(state="draft") | Q(handed_in_by__organisation=person.organisation_id)


def document_for(person: Person, code: UUID | str) -> Document:
    """The paper with that code.  Raises Http404 where `person` may not know of it."""
    found = documents_of(person).select_related("dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def versions_of(person: Person, dossier: Dossier | None = None) -> QuerySet[DocumentVersion]:
    """Versions of papers that `person` may read; drafts of other organisations are not there."""
    return DocumentVersion.objects.filter(
        _out_of_draft(person), document__in=documents_of(person, dossier)
    )


def version_for(person: Person, code: UUID | str) -> DocumentVersion:
    """The version of a paper; also one that lies in a frozen set that `person` may read."""
    in_reach = Q(pk__in=versions_of(person)) | Q(frozen_sets__in=frozen_sets_of(person))
    found = (
        DocumentVersion.objects.filter(in_reach, document__level__lte=person.clearance)
        .select_related("document__dossier__company")
        .filter(code=code)
        .distinct()
        .first()
    )
    if found is None:
        raise Http404
    return found


def milestones_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Milestone]:
    """Milestones that `person` may see: all for who sees decisions, else those of own tracks."""
    own = Q(pk__in=())
    for role, tracks in TRACKS_OF.items():
        own |= _holding(person, (role,)) & Q(track__in=tracks)
    return _told(Milestone.objects.all(), person, dossier, own)


def ambitions_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Ambition]:
    """Ambitions that `person` may see: all for who sees decisions and for the firm itself."""
    return _told(Ambition.objects.all(), person, dossier, _holding(person, SEE_AMBITIONS))


def projects_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Project]:
    """Projects that `person` may see: all for the team, the firm and who judges its permits."""
    return _told(Project.objects.all(), person, dossier, _holding(person, SEE_PROJECTS))


def remarks_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Remark]:
    """Remarks that `person` may see: all for who sees decisions, else what a source says."""
    return _told(Remark.objects.all(), person, dossier, Q(pk__in=()))


def _holding(person: Person, roles: tuple[str, ...]) -> Q:
    return Q(dossier__in=_held(person, roles))


def _told(rows: QuerySet[Row], person: Person, dossier: Dossier | None, own: Q) -> QuerySet[Row]:
    """What lies within reach of `person` and is the person's own, has a public source, or all."""
    reach = _within_reach(person, Deed.SEE_DECISIONS, "dossier")
    if not over_all(person, Deed.SEE_DECISIONS):
        reach |= _within_reach(person, Deed.SEE, "dossier") & (own | ~Q(source=""))
    seen = rows.filter(reach)
    return seen if dossier is None else seen.filter(dossier=dossier)


def case_versions_of(person: Person, dossier: Dossier | None = None) -> QuerySet[CaseVersion]:
    """Case files that `person` may read; a firm sees those that it handed in itself.

    What a firm is still working on is its own: the State sees it once it is handed in.
    """
    own = Q(handed_in_by__organisation=person.organisation_id) & _within_reach(
        person, Deed.HAND_IN_CASE, "dossier"
    )
    given = Q(state="handed_in") | ~Q(handed_in_by__organisation__kind="company")
    found = CaseVersion.objects.filter(
        (_within_reach(person, Deed.SEE_RUNS, "dossier") & given) | own,
        level__lte=person.clearance,
    )
    return found if dossier is None else found.filter(dossier=dossier)


def case_version_for(person: Person, code: UUID | str) -> CaseVersion:
    """The case file with that code.  Raises Http404 where `person` may not know of it."""
    found = case_versions_of(person).select_related("dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def runs_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Run]:
    """Runs that `person` may read, in one dossier or in all of them."""
    runs = Run.objects.filter(
        _within_reach(person, Deed.SEE_RUNS, "dossier"), level__lte=person.clearance
    )
    return runs if dossier is None else runs.filter(dossier=dossier)


def run_for(person: Person, code: UUID | str) -> Run:
    """The run with that code; also one that lies in a frozen set that `person` may read."""
    in_reach = Q(pk__in=runs_of(person)) | Q(frozen_sets__in=frozen_sets_of(person))
    found: Run | None = (
        Run.objects.filter(in_reach, level__lte=person.clearance)
        .select_related("dossier__company", "case_version")
        .filter(code=code)
        .distinct()
        .first()
    )
    if found is None:
        raise Http404
    return found


def frozen_sets_of(person: Person, dossier: Dossier | None = None) -> QuerySet[FrozenSet]:
    """Frozen sets that were put before `person`, or that lie in a dossier whose gates are seen."""
    today = timezone.localdate()
    put_before = Q(readers__person=person) & (Q(readers__until=None) | Q(readers__until__gte=today))
    if not person.is_active:
        return FrozenSet.objects.none()
    sets = FrozenSet.objects.filter(
        put_before | _within_reach(person, Deed.FREEZE_SET, "dossier"),
        level__lte=person.clearance,
    ).distinct()
    return sets if dossier is None else sets.filter(dossier=dossier)


def frozen_set_for(person: Person, code: UUID | str) -> FrozenSet:
    """The frozen set with that code.  Raises Http404 where `person` may not know of it."""
    found = frozen_sets_of(person).select_related("dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found


# ── promises ──────────────────────────────────────────────────────────────────────────────────


def promises_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Promise]:
    """Promises of both sides that `person` may see.

    All for who sees decisions; those that are not internal for the firm; those on its subjects for
    a partner; and for all of these what a public source says.
    """
    own = Q(pk__in=())
    for role, tracks in TRACKS_OF.items():
        own |= _holding(person, (role,)) & (Q() if role == "company" else Q(subject__in=tracks))
    return _promised(Promise.objects.all(), person, dossier, own)


def dependencies_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Dependency]:
    """What promises wait for, as far as `person` may see it: as promises, by their subject."""
    own = Q(pk__in=())
    for role, tracks in TRACKS_OF.items():
        kinds = [name for name, kind in KINDS.items() if kind.topic in tracks or role == "company"]
        own |= _holding(person, (role,)) & Q(kind__in=kinds)
    return _promised(Dependency.objects.all(), person, dossier, own)


def project_starts_of(person: Person, dossier: Dossier | None = None) -> QuerySet[ProjectStart]:
    """Starts of projects, and what hangs on them: for who sees promises and the project."""
    seen = ProjectStart.objects.filter(
        _within_reach(person, Deed.SEE_PROMISES, "dossier"),
        project__in=projects_of(person, dossier),
    )
    return seen if dossier is None else seen.filter(dossier=dossier)


def _promised(
    rows: QuerySet[Row], person: Person, dossier: Dossier | None, own: Q
) -> QuerySet[Row]:
    seen = rows.filter(
        _within_reach(person, Deed.SEE_PROMISES, "dossier"),
        _within_reach(person, Deed.SEE_DECISIONS, "dossier")
        | (Q(internal=False) & (own | ~Q(source=""))),
    )
    return seen if dossier is None else seen.filter(dossier=dossier)


# ── texts of an agreement ─────────────────────────────────────────────────────────────────────


def drafts_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Draft]:
    """Texts that `person` may see: all for who sees decisions, else what was shared."""
    return _shared(Draft.objects.all(), person, dossier, ~Q(shared_on=None))


def amendments_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Amendment]:
    """Changes of what is in force: all for who sees decisions, else shared or decided ones."""
    return _shared(
        Amendment.objects.all(), person, dossier, ~Q(shared_on=None) | Q(state="decided")
    )


def _shared(
    rows: QuerySet[Row], person: Person, dossier: Dossier | None, shared: Q
) -> QuerySet[Row]:
    seen = rows.filter(
        _within_reach(person, Deed.SEE_AGREEMENT, "dossier"),
        _within_reach(person, Deed.SEE_DECISIONS, "dossier") | shared,
    )
    return seen if dossier is None else seen.filter(dossier=dossier)


# ── advices and positions ─────────────────────────────────────────────────────────────────────

ADVISING_ROLES = ("adviser", "committee_secretary")
# Roles that see what was put to their own organisation; who sees decisions sees all of it.
ASKED_ROLES = ("province", "environmental_service")


def advices_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Advice]:
    """Advices that `person` may see: of the State's dossiers, and on sets put before `person`."""
    found = Advice.objects.filter(
        _within_reach(person, Deed.SEE_ADVICE, "dossier") | _advised_by(person),
        frozen_set__level__lte=person.clearance,
    )
    return found if dossier is None else found.filter(dossier=dossier)


def advices_before(person: Person) -> QuerySet[Advice]:
    """Advices on which `person` advises."""
    return Advice.objects.filter(_advised_by(person), frozen_set__level__lte=person.clearance)


def advice_for(person: Person, code: UUID | str) -> Advice:
    """The advice with that code.  Raises Http404 where `person` may not know of it."""
    found = advices_of(person).select_related("dossier__company", "frozen_set").filter(code=code)
    advice = found.first()
    if advice is None:
        raise Http404
    return advice


def advises(person: Person, advice: Advice) -> bool:
    """Whether `person` writes this advice. Nobody else reads it before it is given."""
    return advices_before(person).filter(pk=advice.pk).exists()


def require_adviser(person: Person, advice: Advice, *, secretary: bool = False) -> None:
    """Raises NotAllowed where `person` does not advise here, or is not its secretary."""
    is_secretary = "committee_secretary" in _roles_on(person, advice.dossier)
    if not advises(person, advice) or (secretary and not is_secretary):
        raise NotAllowed(REFUSALS["role"], remedy=ASK_THE_LEAD)


def _advised_by(person: Person) -> Q:
    if not person.is_active:
        return Q(pk__in=())
    today = timezone.localdate()
    read = FrozenSetReader.objects.filter(Q(until=None) | Q(until__gte=today), person=person)
    # A set has a level of its own: it may lie in a dossier that its adviser does not see.
    held = [
        dossier
        for dossier, each in roles_held(person).items()
        if not each.roles.isdisjoint(ADVISING_ROLES)
    ]
    return Q(frozen_set__in=read.values("frozen_set"), dossier__in=held)


def items_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Item]:
    """Items that `person` may see: all for who sees decisions, else those put to its employer."""
    to_us = Q(parties__organisation=person.organisation_id) & _holding(person, ASKED_ROLES)
    found = Item.objects.filter(
        _within_reach(person, Deed.SEE_POSITIONS, "dossier")
        & (to_us | _within_reach(person, Deed.SEE_DECISIONS, "dossier"))
    ).distinct()
    return found if dossier is None else found.filter(dossier=dossier)


def item_for(person: Person, code: UUID | str) -> Item:
    """The item with that code.  Raises Http404 where `person` may not know of it."""
    found = items_of(person).select_related("dossier__company").filter(code=code).first()
    if found is None:
        raise Http404
    return found


# ── everything else that has a dossier of its own ─────────────────────────────────────────────


def rows_of(
    person: Person, model: type[Row], deed: Deed, dossier: Dossier | None = None
) -> QuerySet[Row]:
    """Rows of `model`, which has a field `dossier`, with whose dossier `person` may do `deed`."""
    rows = model._default_manager.filter(_within_reach(person, deed, "dossier"))  # noqa: SLF001
    return rows if dossier is None else rows.filter(dossier=dossier)


def row_for(person: Person, model: type[Row], code: UUID | str, deed: Deed) -> Row:
    """The row with that code.  Raises Http404 where `person` may not know of it."""
    rows = rows_of(person, model, deed).select_related("dossier__company")
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


# ── money and execution ───────────────────────────────────────────────────────────────────────


def kpis_of(person: Person, dossier: Dossier) -> QuerySet[Kpi]:
    """Indicators that `person` may see: all for the State and the firm, else the surroundings."""
    rows = rows_of(person, Kpi, Deed.SEE_EXECUTION, dossier)
    if sees_grant(person, dossier):
        return rows
    return rows.filter(quantity__in=[key for key, each in QUANTITIES.items() if each.surroundings])


def sees_grant(person: Person, dossier: Dossier) -> bool:
    """Whether `person` sees the grant, its tranches and what blocks them: State and firm."""
    return bool(deeds_in(person, dossier) & {Deed.SEE_MONEY, Deed.REPORT})


def sees_budget(person: Person) -> bool:
    """Whether `person` sees what is left of every envelope: who looks over all dossiers."""
    return over_all(person, Deed.SEE_MONEY)


def keeps_envelopes(person: Person) -> bool:
    """Whether `person` writes envelopes down."""
    return person.is_active and person.office == "programme"


# ── what goes to the public ───────────────────────────────────────────────────────────────────


def statements_of(person: Person, dossier: Dossier | None = None) -> QuerySet[Statement]:
    """Statements that `person` may see: all for who sees them, else what was released."""
    return _released(Statement.objects.all(), person, dossier, Q(state="released"))


def figure_releases_of(person: Person, dossier: Dossier | None = None) -> QuerySet[FigureRelease]:
    """Decisions on figures that `person` may see: all, or what is released and stands."""
    public = Q(outcome="released", withdrawn_on=None)
    return _released(FigureRelease.objects.all(), person, dossier, public)


def _released(
    rows: QuerySet[Row], person: Person, dossier: Dossier | None, public: Q
) -> QuerySet[Row]:
    seen = rows.filter(
        _within_reach(person, Deed.SEE_STATEMENTS, "dossier")
        | (_within_reach(person, Deed.SEE, "dossier") & public)
    )
    return seen if dossier is None else seen.filter(dossier=dossier)


def sees_releases(person: Person) -> bool:
    """Whether `person` sees totals and letters before they are public: who looks over all."""
    return over_all(person, Deed.SEE_STATEMENTS)


def releases_totals(person: Person) -> bool:
    """Whether `person` releases totals over firms, and puts letters together."""
    return over_all(person, Deed.RELEASE)


def approves_letters(person: Person) -> bool:
    """Whether `person` approves letters; never the one that he or she made."""
    return person.is_active and person.office in ("programme", "minister_office")


def totals_of(person: Person) -> QuerySet[TotalRelease]:
    """Totals over firms, for who may see them."""
    rows = TotalRelease.objects.all()
    return rows if sees_releases(person) else rows.none()


def letters_of(person: Person) -> QuerySet[Letter]:
    """Letters, for who may see them before they are sent."""
    rows = Letter.objects.all()
    return rows if sees_releases(person) else rows.none()


# ── requests for disclosure ───────────────────────────────────────────────────────────────────


def requests_of(person: Person) -> QuerySet[DisclosureRequest]:
    """Requests of which `person` sees a part, or handles all of it."""
    parts = rows_of(person, RequestPart, Deed.SEE_DISCLOSURE)
    return DisclosureRequest.objects.filter(Q(pk__in=parts.values("request")) | _handled_by(person))


def request_for(person: Person, code: UUID | str) -> DisclosureRequest:
    """The request with that code.  Raises Http404 where `person` may not know of it."""
    found = requests_of(person).select_related("handled_by").filter(code=code).first()
    if found is None:
        raise Http404
    return found


def handles(person: Person, request: DisclosureRequest) -> bool:
    """Whether `person` handles the request as a whole."""
    return DisclosureRequest.objects.filter(_handled_by(person), pk=request.pk).exists()


def require_handler(person: Person, request: DisclosureRequest) -> None:
    """Raises NotAllowed where `person` does not handle the request as a whole."""
    if not handles(person, request):
        raise NotAllowed(REFUSALS["role"], remedy=ASK_THE_HANDLER)


def _handled_by(person: Person) -> Q:
    """Who registered a request, and the office that decides on all of them."""
    if not person.is_active:
        return Q(pk__in=())
    over_every = over_all(person, Deed.DECIDE_DISCLOSURE)
    return ~Q(pk__in=()) if over_every else Q(handled_by=person)


def requested_papers_of(person: Person) -> QuerySet[RequestedPaper]:
    """Papers in requests: of who sees the request and may read the paper itself."""
    return rows_of(person, RequestedPaper, Deed.SEE_DISCLOSURE).filter(
        version__document__in=documents_of(person)
    )


def hearings_of(person: Person) -> QuerySet[Hearing]:
    """Hearings of the requests that `person` sees, and those in which its employer is heard."""
    return Hearing.objects.filter(
        _within_reach(person, Deed.SEE_DISCLOSURE, "dossier")
        | (
            _within_reach(person, Deed.GIVE_VIEW, "dossier")
            & Q(organisation__isnull=False, organisation=person.organisation_id)
        )
    )


def hearing_for(person: Person, code: UUID | str) -> Hearing:
    """The hearing with that code.  Raises Http404 where `person` may not know of it."""
    rows = hearings_of(person).select_related("dossier__company", "part__request")
    found = rows.filter(code=code).first()
    if found is None:
        raise Http404
    return found


# ── Parliament ────────────────────────────────────────────────────────────────────────────────


def keeps_parliament(person: Person) -> bool:
    """Whether `person` keeps the register of Parliament; everybody who signed in reads it."""
    return person.is_active and person.office in ("programme", "minister_office")


def require_keeps_parliament(person: Person) -> None:
    """Raises NotAllowed where `person` does not keep the register of Parliament."""
    if not keeps_parliament(person):
        raise NotAllowed(REFUSALS["parliament"], remedy=ASK_THE_PROGRAMME)


# ── who looked ────────────────────────────────────────────────────────────────────────────────

LOGGED_FROM = Level.VERTROUWELIJK


def note_look(
    person: Person, *, dossier: Dossier, kind: str, thing: UUID, title: str, level: int
) -> None:
    """Write down that `person` opened something confidential; below that level nothing is kept."""
    if level >= LOGGED_FROM:
        Look.objects.create(
            person=person, dossier=dossier, kind=kind, thing=thing, title=title[:200], level=level
        )
