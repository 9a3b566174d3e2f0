# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests as they are stored, as the values that `dossier.disclosure` judges.

Takes     parts of requests that the guard gave.
Gives     their work lists, in a constant number of queries however many papers there are.
Leaves    the judging itself to `dossier.disclosure`.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from maatwerkbank.dossier.disclosure.grounds import About
from maatwerkbank.dossier.disclosure.work_list import FoundPaper, Heard, JudgedPassage, WorkList
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.web.woo.models import (
    Hearing,
    Inventory,
    PaperPublication,
    PassageJudgement,
    RequestedPaper,
    RequestPart,
)


def with_work(
    parts: QuerySet[RequestPart], papers: QuerySet[RequestedPaper] | None = None
) -> QuerySet[RequestPart]:
    """The parts with everything of which a work list is made.

    `papers`: those that the reader may see; absent: all, for the deeds.
    """
    papers = RequestedPaper.objects.all() if papers is None else papers
    papers = papers.select_related(
        "version__document__dossier__company", "version__handed_in_by", "inventory"
    ).prefetch_related(
        "passages",
        "version__passages",
        Prefetch("publication", PaperPublication.objects.defer("pdf", "text")),
    )
    return parts.select_related("request", "dossier__company").prefetch_related(
        Prefetch("papers", papers),
        Prefetch("hearings", Hearing.objects.prefetch_related("papers")),
        Prefetch("inventories", Inventory.objects.defer("content")),
    )


def work_of(part: RequestPart) -> WorkList:
    """All work on a part; decided once every paper of it lies in a decided inventory."""
    papers = list(part.papers.all())
    inventories = list(part.inventories.all())
    decided = [each for each in inventories if each.outcome == "decided"]
    undecided = [each for each in papers if not _is_decided(each)]
    return WorkList(
        received_on=part.request.received_on,
        papers=tuple(found_paper(each) for each in papers),
        heard=tuple(heard(each) for each in part.hearings.all()),
        extended=part.request.extended_on is not None,
        clarified_on=part.request.clarified_on,
        searched=part.searched_on is not None,
        frozen=any(not each.outcome for each in inventories),
        decided_on=_last(decided) if decided and not undecided else None,
        objection_expected=any(each.objection_expected for each in decided),
        objection_on=part.request.objection_on,
        withdrawn_on=part.request.withdrawn_on,
    )


def open_work_of(part: RequestPart) -> WorkList:
    """The work that can still be frozen: papers that lie in no inventory yet."""
    work = work_of(part)
    papers = tuple(found_paper(each) for each in part.papers.all() if each.inventory_id is None)
    return WorkList(
        received_on=work.received_on,
        papers=papers,
        heard=work.heard,
        extended=work.extended,
        searched=work.searched,
        decided_on=work.decided_on,
    )


def _is_decided(paper: RequestedPaper) -> bool:
    return paper.inventory is not None and paper.inventory.outcome == "decided"


def _last(decided: Iterable[Inventory]) -> date:
    return max(each.outcome_on for each in decided if each.outcome_on)


def found_paper(row: RequestedPaper) -> FoundPaper:
    """A stored paper as the pure floor knows it."""
    document = row.version.document
    company = document.dossier.company
    by = row.version.handed_in_by
    own = by is not None and by.organisation_id == company.organisation_id
    answered = {each.claim_id for each in row.passages.all()}
    published = getattr(row, "publication", None)
    return FoundPaper(
        id=str(row.code),
        number=row.number,
        title=document.title,
        kind=DOCUMENT_KINDS[document.kind].label,
        dated=row.version.dated or None,
        sender=row.sender,
        receiver=row.receiver,
        judgement=row.judgement,
        ground=row.ground,
        reason=row.reason,
        despite_age=row.despite_age,
        about=_about(row),
        passages=tuple(judged_passage(each) for each in row.passages.all()),
        claims=tuple(
            each.place
            for each in row.version.passages.all()
            if each.ground and each.pk not in answered
        ),
        concerns=(company.name,) if own and company.organisation_id else (),
        public_at=row.public_at or (published.place if published else ""),
        published_on=published.published_on if published else None,
    )


def judged_passage(row: PassageJudgement) -> JudgedPassage:
    """A stored judgement as the pure floor knows it."""
    return JudgedPassage(
        str(row.code), row.words, row.ground, row.reason, row.despite_age, _about(row)
    )


def _about(row: RequestedPaper | PassageJudgement) -> About:
    return About(row.emission_data, row.environmental, row.supplied_in_confidence)


def heard(row: Hearing) -> Heard:
    """A stored hearing as the pure floor knows it."""
    return Heard(
        party=row.party,
        asked_on=row.asked_on,
        due_on=row.due_on,
        papers=tuple(str(each.code) for each in row.papers.all()),
        viewed_on=row.viewed_on,
        view=row.view,
        objects=row.objects_to_it,
        answer=row.answer,
    )
