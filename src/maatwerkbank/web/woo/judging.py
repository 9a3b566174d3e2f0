# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Deeds with papers of a request: add what was found, judge it, and judge its passages.

Takes     a part, a paper or a passage, a person, and the judgement.
Gives     what was made or changed; or everything that lacks, at once (422).
Leaves    what the law allows to `dossier.disclosure`. What lies in an inventory stays as it is: the
          database sees to that.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from maatwerkbank.dossier.disclosure.grounds import About, is_old
from maatwerkbank.dossier.disclosure.judging import REASONS, REASONS_OF_AGE, lacks_of_ground
from maatwerkbank.dossier.disclosure.redaction import places_of
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.documents.models import DocumentVersion, Passage
from maatwerkbank.web.dossiers.deeds import NOTHING, SOME_WORDS, finding, refuse
from maatwerkbank.web.dossiers.history import changed_by
from maatwerkbank.web.people import access
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.refusals import Conflict
from maatwerkbank.web.woo.models import PassageJudgement, RequestedPaper, RequestPart
from maatwerkbank.web.woo.redacting import words_of
from maatwerkbank.web.woo.registering import record_search, refuse_closed

Fields = Mapping[str, Any]
ABOUT = ("emission_data", "environmental", "supplied_in_confidence")
WHERE = Text(nl="waar het al openbaar is", en="where it is public already")
IN_THE_PAPER = Text(
    nl="woorden die letterlijk in het document staan", en="words that stand in the paper"
)


@transaction.atomic
def add_papers(
    *, part: RequestPart, by: Person, versions: Collection[DocumentVersion], how: str
) -> list[RequestedPaper]:
    """Add what a search brought. Papers that are added later come into a later inventory.

    Raises
    ------
    NotAllowed   `by` does not keep requests here
    Conflict     one of them is a draft, or of another dossier
    """
    access.require(by, Deed.KEEP_DISCLOSURE, part.dossier)
    part = (
        RequestPart.objects.select_for_update(of=("self",))
        .select_related("request", "dossier")
        .get(pk=part.pk)
    )
    record_search(part=part, by=by, how=how)
    last = part.papers.aggregate(last=Max("number"))["last"] or 0
    there = set(part.papers.values_list("version_id", flat=True))
    new = [each for each in versions if each.pk not in there]
    if any(each.state == "draft" or each.document.dossier_id != part.dossier_id for each in new):
        raise Conflict(
            Text(
                nl="Alleen ingediende documenten van dit dossier horen op deze lijst.",
                en="Only papers of this dossier that were handed in belong on this list.",
            ),
            remedy=Text(nl="dien het document eerst in", en="hand the paper in first"),
        )
    with changed_by(by):
        return [
            RequestedPaper.objects.create(
                dossier=part.dossier,
                part=part,
                version=version,
                number=number,
                sender=str(version.handed_in_by.organisation) if version.handed_in_by else "",
                added_by=by,
            )
            for number, version in enumerate(
                sorted(new, key=lambda each: (each.dated, each.pk)), start=last + 1
            )
        ]


def lacks_of_judgement(paper: RequestedPaper, fields: Fields) -> Iterator[Finding]:
    """What is not right in the judgement of a paper: all of it."""
    judgement = fields.get("judgement") or ""
    if judgement not in JUDGEMENTS:
        yield finding("judgement", ", ".join(JUDGEMENTS), judgement or NOTHING)
    if judgement == "withhold":
        yield from _of_ground(paper, fields)
    if judgement == "outside" and not (fields.get("reason") or "").strip():
        yield finding("reason", SOME_WORDS, NOTHING)
    if judgement == "already_public" and not (fields.get("public_at") or "").strip():
        yield finding("public_at", WHERE, NOTHING)


@transaction.atomic
def judge_paper(*, paper: RequestedPaper, by: Person, **fields: Any) -> RequestedPaper:
    """Judge a paper as a whole. It may be judged again until it is frozen.

    Raises
    ------
    NotAllowed   `by` does not keep requests here
    Conflict     the paper lies in an inventory
    """
    access.require(by, Deed.KEEP_DISCLOSURE, paper.dossier)
    paper = _unfrozen(paper)
    refuse(list(lacks_of_judgement(paper, fields)))
    withheld = fields["judgement"] == "withhold"
    for name in ("sender", "receiver", "judgement", "reason", "despite_age", "public_at"):
        setattr(paper, name, (fields.get(name) or "").strip())
    paper.ground = fields.get("ground") or "" if withheld else ""
    for name in ABOUT:
        setattr(paper, name, bool(fields.get(name)))
    paper.judged_by = by
    paper.judged_at = timezone.now()
    with changed_by(by):
        paper.save()
    return paper


def lacks_of_passage(paper: RequestedPaper, fields: Fields) -> Iterator[Finding]:
    """What is not right in the judgement of a passage: all of it."""
    if not fields.get("ground"):
        if not fields.get("claim"):
            yield finding("ground", Text(nl="een grond", en="a ground"), NOTHING)
        return
    yield from _of_ground(paper, fields)
    words = (fields.get("words") or "").strip()
    if not words or not places_of(words, words_of(paper.version)):
        yield finding("words", IN_THE_PAPER, words or NOTHING)


@transaction.atomic
def judge_passage(
    *, paper: RequestedPaper, by: Person, claim: Passage | None = None, **fields: Any
) -> PassageJudgement:
    """Withhold words of a paper on a ground; or answer a claim by disclosing what it marks.

    Raises
    ------
    NotAllowed       `by` does not keep requests here
    Conflict         the paper lies in an inventory
    TextUnreadable   the paper has no words that can be taken out
    """
    access.require(by, Deed.KEEP_DISCLOSURE, paper.dossier)
    paper = _unfrozen(paper)
    refuse(list(lacks_of_passage(paper, {**fields, "claim": claim})))
    ground = fields.get("ground") or ""
    with changed_by(by):
        made = PassageJudgement.objects.create(
            dossier=paper.dossier,
            paper=paper,
            claim=claim,
            words=(fields.get("words") or "").strip() if ground else "",
            ground=ground,
            reason=(fields.get("reason") or "").strip(),
            despite_age=(fields.get("despite_age") or "").strip(),
            judged_by=by,
            **{name: bool(fields.get(name)) for name in ABOUT},
        )
        if ground and paper.judgement in {"", "disclose"}:
            paper.judgement = "partly"
            paper.judged_by = by
            paper.judged_at = timezone.now()
            paper.save()
    return made


@transaction.atomic
def drop_passage(*, passage: PassageJudgement, by: Person) -> None:
    """Take a judgement of a passage back; its history keeps it."""
    access.require(by, Deed.KEEP_DISCLOSURE, passage.dossier)
    _unfrozen(passage.paper)
    with changed_by(by):
        passage.delete()


def _of_ground(paper: RequestedPaper, fields: Fields) -> Iterator[Finding]:
    about = About(**{name: bool(fields.get(name)) for name in ABOUT})
    old = is_old(paper.version.dated or None, paper.part.request.received_on)
    for each in lacks_of_ground(
        "ground",
        fields.get("ground") or "",
        fields.get("reason") or "",
        about,
        old_without=old and not (fields.get("despite_age") or "").strip(),
    ):
        yield _at_its_field(each)


def _at_its_field(each: Finding) -> Finding:
    """A finding beside the field that it is about."""
    if each.code == "disclosure.public":
        return Finding("error", each.code, "ground", each.remedy, each.found, each.remedy)
    places = {REASONS: "reason", REASONS_OF_AGE: "despite_age"}
    expected = each.expected
    place = places.get(expected, each.place) if isinstance(expected, Text) else each.place
    return Finding("error", each.code, place, each.expected, each.found, each.remedy)


def _unfrozen(paper: RequestedPaper) -> RequestedPaper:
    now = (
        RequestedPaper.objects.select_for_update(of=("self",))
        .select_related("version__document", "part__request", "dossier")
        .get(pk=paper.pk)
    )
    refuse_closed(now.part)
    if now.inventory_id is not None:
        raise Conflict(
            Text(
                nl="Dit document ligt in een bevroren inventarislijst.",
                en="This paper lies in a frozen inventory.",
            ),
            remedy=Text(
                nl="laat wie besluit de lijst terugsturen, of zet een latere versie op de lijst",
                en="have whoever decides send the list back, or put a later version on the list",
            ),
        )
    return now
