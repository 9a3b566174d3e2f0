# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which rows of a dossier have a history, how each hangs on its dossier, and who may read it.

Takes     nothing; a person and a dossier where a row is not for everybody who reads the history.
Gives     the kinds, by name, and the columns that say nothing to a reader.
Leaves    reading the history to `history.py`, the words to `views/history_words.py`.

A row is read here as on its own page: by the same deed, and by the same rows of `people/access.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from maatwerkbank.dossier.roles import ROLES
from maatwerkbank.dossier.trajectory import criteria
from maatwerkbank.web.advice import models as advice
from maatwerkbank.web.agreements import models as agreements
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    FrozenSet,
    FrozenSetReader,
    Passage,
    Signatory,
)
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Attestation,
    Decision,
    Dossier,
    Forecast,
    Membership,
    Milestone,
    Override,
    Project,
    Remark,
    StageReached,
)
from maatwerkbank.web.execution import models as execution
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.promises import models as promises
from maatwerkbank.web.releases import models as releases
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run
from maatwerkbank.web.woo import models as woo

Readable = Callable[[Person, Dossier], Q]


@dataclass(frozen=True)
class Kind:
    """A kind of row with a history: how it hangs on its dossier, and which ones may be read.

    `about` leads from an event to what it is about: fields of it, joined by `__`.
    `deed` is what a reader must be allowed to do; empty: reading the history is enough.
    `parent` is what the row belongs to where that may be taken out: found by its own history.
    `at_once`: its drafting is not told, only how it stands now.
    """

    model: type[Model]
    path: str = "dossier"
    about: str = ""
    readable: Readable | None = None
    deed: Deed | None = None
    parent: type[Model] | None = None
    at_once: bool = False

    @property
    def events(self) -> Any:
        """The rows that the triggers wrote."""
        return events_of(self.model)

    def of(self, dossier: Dossier) -> Q:
        """The condition on events of this dossier."""
        if self.parent is None:
            return Q(**{self.path: dossier})
        parents = events_of(self.parent).filter(dossier=dossier).values("pgh_obj_id")
        return Q(**{f"{self.path}__in": parents})


def events_of(model: type[Model]) -> Any:
    """The rows that the triggers wrote for a model."""
    return model.pgh_event_model.objects  # type: ignore[attr-defined]


# ── who reads which rows ──────────────────────────────────────────────────────────────────────


def _document(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.documents_of(person, dossier)})


def _version(person: Person, dossier: Dossier) -> Q:
    """A draft is of the organisation that makes it; so is its history."""
    handed_in = ~Q(state="draft") | Q(handed_in_by__organisation=person.organisation_id)
    return Q(document__in=access.documents_of(person, dossier)) & handed_in


def _in_version(person: Person, dossier: Dossier) -> Q:
    return Q(version__in=access.versions_of(person, dossier))


def _stated(person: Person, dossier: Dossier) -> Q:
    topics = {topic for role in access.roles_in(person, dossier) for topic in ROLES[role].topics}
    return Q(criterion__in=[each.id for each in criteria().values() if each.topic in topics])


def _run(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.runs_of(person, dossier)})


def _case(person: Person, dossier: Dossier) -> Q:
    return Q(pgh_obj__in=access.case_versions_of(person, dossier))


def _set(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.frozen_sets_of(person, dossier)})


def _promise(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.promises_of(person, dossier)})


def _dependency(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.dependencies_of(person, dossier)})


def _start(person: Person, dossier: Dossier) -> Q:
    return Q(pgh_obj__in=access.project_starts_of(person, dossier))


def _draft(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.drafts_of(person, dossier)})


def _amendment(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.amendments_of(person, dossier)})


def _advice(person: Person, dossier: Dossier) -> Q:
    """What the body had in mind before it gave its advice, is of the body."""
    as_asked_or_given = Q(verdict="", considerations="") | ~Q(given_at=None)
    return Q(pgh_obj__in=access.advices_of(person, dossier)) & as_asked_or_given


def _asked(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.advices_of(person, dossier)})


def _given(person: Person, dossier: Dossier) -> Q:
    return Q(advice__in=access.advices_of(person, dossier).exclude(given_at=None))


def _item(path: str) -> Readable:
    return lambda person, dossier: Q(**{f"{path}__in": access.items_of(person, dossier)})


def _report(person: Person, _dossier: Dossier) -> Q:
    """A draft is of the organisation that makes it."""
    return Q(state="handed_in") | Q(handed_in_by__organisation=person.organisation_id)


def _in_report(person: Person, _dossier: Dossier) -> Q:
    own = Q(report__handed_in_by__organisation=person.organisation_id)
    return Q(report__state="handed_in") | own


def _requested(path: str) -> Readable:
    return lambda person, _dossier: Q(**{f"{path}__in": access.requested_papers_of(person)})


def last_of_its_row(kind: Kind) -> Q:
    """Only the last event of each row."""
    later = kind.events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__gt=OuterRef("pgh_id"))
    return Q(~Exists(later))


# ── the kinds ─────────────────────────────────────────────────────────────────────────────────

_DOSSIER: Mapping[str, Kind] = {
    "dossier": Kind(Dossier, "pgh_obj"),
    "stage": Kind(StageReached, about="stage"),
    "decision": Kind(Decision, about="kind"),
    "statement": Kind(Attestation, about="criterion", readable=_stated),
    "override": Kind(Override, about="criterion"),
    "membership": Kind(Membership, about="person__name"),
    "ambition": Kind(Ambition, about="version"),
    "project": Kind(Project, about="name"),
    "milestone": Kind(Milestone, about="name"),
    "forecast": Kind(Forecast, "milestone__dossier", "milestone__name"),
    "remark": Kind(Remark),
    "document": Kind(Document, about="title", readable=_document("pgh_obj")),
    "version": Kind(DocumentVersion, "document__dossier", "document__title", _version),
    "signature": Kind(Signatory, "version__document__dossier", "organisation", _in_version),
    "passage": Kind(Passage, "version__document__dossier", "place", _in_version),
    "case": Kind(CaseVersion, about="number", readable=_case),
    "run": Kind(Run, about="receipt_number", readable=_run("pgh_obj")),
    "pin": Kind(PinnedRun, about="gate", readable=_run("run")),
    "set": Kind(FrozenSet, about="purpose", readable=_set("pgh_obj")),
    "reader": Kind(FrozenSetReader, "frozen_set__dossier", "person__name", _set("frozen_set")),
}
P = Deed.SEE_PROMISES
_PROMISES: Mapping[str, Kind] = {
    "promise": Kind(promises.Promise, "dossier", "name", _promise("pgh_obj"), P),
    "promise_forecast": Kind(
        promises.PromiseForecast, "promise__dossier", "promise__name", _promise("promise"), P
    ),
    "evidence": Kind(
        promises.Evidence, "promise__dossier", "promise__name", _promise("promise"), P
    ),
    "waiver_request": Kind(
        promises.WaiverRequest,
        "promise__dossier",
        "promise__name",
        _promise("promise"),
        Deed.SEE_DECISIONS,
    ),
    "waiver": Kind(promises.Waiver, "promise__dossier", "promise__name", _promise("promise"), P),
    "dependency": Kind(promises.Dependency, "dossier", "name", _dependency("pgh_obj"), P),
    "dependency_forecast": Kind(
        promises.DependencyForecast,
        "dependency__dossier",
        "dependency__name",
        _dependency("dependency"),
        P,
    ),
    "permit_step": Kind(
        promises.PermitStep,
        "dependency__dossier",
        "dependency__name",
        _dependency("dependency"),
        P,
    ),
    "project_start": Kind(promises.ProjectStart, "dossier", "project__name", _start, P),
    "wait": Kind(promises.Wait, deed=P),
    "risk": Kind(promises.Risk, about="event", deed=Deed.SEE_RISKS),
}
A = Deed.SEE_ADVICE
_ADVICE: Mapping[str, Kind] = {
    "advice": Kind(advice.Advice, "dossier", "subject", _advice, A),
    "question": Kind(advice.Question, "advice__dossier", "advice__subject", _asked("advice"), A),
    "participant": Kind(advice.Participant, "advice__dossier", "name", _given, A, at_once=True),
    "criterion_finding": Kind(
        advice.CriterionFinding, "advice__dossier", "advice__subject", _given, A, at_once=True
    ),
    "recommendation": Kind(
        advice.Recommendation, "advice__dossier", "number", _given, A, at_once=True
    ),
    "response": Kind(
        advice.Response,
        "recommendation__advice__dossier",
        "recommendation__number",
        _asked("recommendation__advice"),
        A,
    ),
    "clause_change": Kind(
        advice.ClauseChange,
        "response__recommendation__advice__dossier",
        "clause",
        _asked("response__recommendation__advice"),
        A,
    ),
    "public_advice": Kind(advice.PublicAdvice, about="body", deed=A),
    "public_point": Kind(advice.PublicPoint, "advice__dossier", "advice__body", deed=A),
    "review": Kind(advice.Review, about="reviewer", deed=A),
    "review_finding": Kind(advice.ReviewFinding, "review__dossier", "number", deed=A),
    "item": Kind(advice.Item, "dossier", "subject", _item("pgh_obj"), Deed.SEE_POSITIONS),
    "party": Kind(
        advice.Party, "item__dossier", "organisation__name", _item("item"), Deed.SEE_POSITIONS
    ),
    "position": Kind(
        advice.Position,
        "party__item__dossier",
        "party__organisation__name",
        _item("party__item"),
        Deed.SEE_POSITIONS,
    ),
    "lesson": Kind(advice.Lesson, about="stage", deed=Deed.SEE_DECISIONS),
}
T, N = Deed.SEE_AGREEMENT, Deed.SEE_NEGOTIATION
_AGREEMENTS: Mapping[str, Kind] = {
    "text": Kind(agreements.Draft, "dossier", "library", _draft("pgh_obj"), T),
    "text_field": Kind(agreements.DraftField, "draft__dossier", "name", _draft("draft"), T),
    "agreement": Kind(agreements.Agreement, about="library", deed=T),
    "amendment": Kind(agreements.Amendment, "dossier", "title", _amendment("pgh_obj"), T),
    "amendment_change": Kind(
        agreements.AmendmentChange, "amendment__dossier", "path", _amendment("amendment"), T
    ),
    "terms": Kind(agreements.TermsVersion, "agreement__dossier", "number", deed=T),
    "mandate": Kind(agreements.Mandate, about="subject", deed=N),
    "move": Kind(agreements.Move, about="subject", deed=N),
    "informed": Kind(agreements.Informed, about="who", deed=N),
}
M = Deed.SEE_MONEY
_EXECUTION: Mapping[str, Kind] = {
    "budget_entry": Kind(execution.BudgetEntry, about="envelope__name", deed=M),
    "cover_fact": Kind(execution.CoverFact, about="kind", deed=M),
    "subsidy_decision": Kind(execution.SubsidyDecision, about="reference", deed=M),
    "kpi": Kind(execution.Kpi, about="name", deed=M),
    "kpi_year": Kind(execution.KpiYear, "kpi_id", "year", deed=M, parent=execution.Kpi),
    "tranche": Kind(execution.Tranche, about="name", deed=M),
    "payment": Kind(execution.Payment, "tranche__dossier", "tranche__name", deed=M),
    "report_due": Kind(execution.ReportDue, about="period", deed=M),
    "report": Kind(execution.Report, "asked__dossier", "asked__period", _report, M),
    "report_figure": Kind(
        execution.ReportFigure, "report__asked__dossier", "kpi__name", _in_report, M
    ),
    "verification": Kind(
        execution.Verification, "report__asked__dossier", "report__asked__period", deed=M
    ),
    "verified_figure": Kind(
        execution.VerifiedFigure, "verification__report__asked__dossier", "kpi__name", deed=M
    ),
    "money_clause": Kind(execution.MoneyClause, about="name", deed=M),
    "consequence": Kind(execution.ConsequenceDecision, about="clause__name", deed=M),
}
S, W = Deed.SEE_STATEMENTS, Deed.SEE_DISCLOSURE
_PUBLIC: Mapping[str, Kind] = {
    "status_text": Kind(releases.Statement, about="on", deed=S),
    "figure_release": Kind(releases.FigureRelease, about="label", deed=S),
    "disclosure_request": Kind(
        woo.DisclosureRequest, "pgh_obj__parts__dossier", "reference", deed=W
    ),
    "disclosure_part": Kind(woo.RequestPart, about="request__reference", deed=W),
    "requested_paper": Kind(
        woo.RequestedPaper, "dossier", "version__document__title", _requested("pgh_obj"), W
    ),
    "passage_judgement": Kind(
        woo.PassageJudgement, "dossier", "paper__version__document__title", _requested("paper"), W
    ),
    "hearing": Kind(woo.Hearing, about="party", deed=W),
    "inventory": Kind(woo.Inventory, about="number", deed=W),
    "paper_publication": Kind(woo.PaperPublication, about="title", deed=W),
}
KINDS: Mapping[str, Kind] = MappingProxyType(
    {**_DOSSIER, **_PROMISES, **_ADVICE, **_AGREEMENTS, **_EXECUTION, **_PUBLIC}
)
"""Every kind of row that belongs to a dossier and may change."""

# Columns that say nothing to a reader: identities, hashes, and the way to the dossier itself.
SILENT = frozenset(
    {
        *("id", "code", "dossier", "document", "version", "milestone", "frozen_set", "decision"),
        *("hash", "previous_hash", "evidence_sha256", "sequence", "withdraws", "made_at"),
        *("run", "case_version", "company", "recorded_at", "asked_at", "at", "counts_from"),
        *("promise", "dependency", "project", "advice", "recommendation", "response", "review"),
        *("item", "party", "draft", "agreement", "amendment", "based_on", "terms", "previous"),
        *("in_return_for", "envelope", "entry", "tranche", "asked", "report", "verification"),
        *("clause_id", "steps", "given_sha256", "given_at", "answered_at", "declared_at"),
        *("booked_at", "final_at", "request", "part", "paper", "inventory", "claim"),
        *("written_at", "registered_at", "added_at", "frozen_at", "content"),
    }
)
# Named as a silent one, and says something.
SPEAKING = frozenset(
    {
        ("ambition", "version"),
        ("override", "answered_at"),
        ("waiver_request", "answered_at"),
        ("set", "content"),
    }
)
