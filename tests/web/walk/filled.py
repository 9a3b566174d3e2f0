# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two dossiers with one of everything in them, and the words by which each thing is known.

Takes     the world of the tests.
Gives     `Things` of the dossier of Zoutfabriek and of that of the other firm, which carries a name
          that stands nowhere else: where it turns up, the dossier has leaked.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import yaml
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from tests.web.runs.plans import EXAMPLE, _answer
from tests.web.walk.filled_execution import money_and_reports
from tests.web.walk.filled_parliament import register_of_parliament
from tests.web.walk.filled_promises import promises_and_risks
from tests.web.walk.filled_releases import Named, said_in_public
from tests.web.walk.filled_woo import disclosure
from tests.web.world import World

from maatwerkbank.dossier.agreement.amendments import first_version
from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.decision_chain import GENESIS
from maatwerkbank.web.advice.models import (
    Advice,
    CriterionFinding,
    Item,
    Lesson,
    Party,
    Recommendation,
    Review,
    ReviewFinding,
)
from maatwerkbank.web.agreements.models import (
    Agreement,
    Amendment,
    AmendmentChange,
    Draft,
    Informed,
    Mandate,
    Move,
    TermsVersion,
)
from maatwerkbank.web.documents.models import (
    Document,
    DocumentVersion,
    FrozenSet,
    FrozenSetReader,
    Look,
    Passage,
)
from maatwerkbank.web.dossiers.models import (
    Ambition,
    Attestation,
    Decision,
    Dossier,
    Membership,
    Milestone,
    Override,
    Project,
    Remark,
    StageReached,
)
from maatwerkbank.web.execution.models import Kpi, MoneyClause, ReportDue, Tranche
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.promises.models import Dependency, Promise, Risk, Wait, WaiverRequest
from maatwerkbank.web.releases.models import FigureRelease, Letter, Statement, TotalRelease
from maatwerkbank.web.runs.models import CaseVersion, PinnedRun, Run, RunReport
from maatwerkbank.web.runs.question import question_of
from maatwerkbank.web.woo.models import (
    DisclosureRequest,
    Hearing,
    Inventory,
    PassageJudgement,
    RequestedPaper,
    RequestPart,
)

HIDDEN = "Verborgenfirma"
GATE = "to_working_out"
TOPICS = ("general", "business_case", "permits", "negotiation")


@dataclass
class Things:
    """One of everything in a dossier."""

    dossier: Dossier
    document: Document
    version: DocumentVersion
    draft: DocumentVersion
    passage: Passage
    case_version: CaseVersion
    run: Run
    frozen_set: FrozenSet
    decision: Decision
    override: Override
    attestation: Attestation
    milestone: Milestone
    project: Project
    ambition: Ambition
    remark: Remark
    membership: Membership
    advice: Advice
    review: Review
    review_finding: ReviewFinding
    item: Item
    party: Party
    lesson: Lesson
    text: Draft
    final_text: Draft
    agreement: Agreement
    amendment: Amendment
    kpi: Kpi
    tranche: Tranche
    report_asked: ReportDue
    money_clause: MoneyClause
    promise: Promise
    dependency: Dependency
    wait: Wait
    waiver_request: WaiverRequest
    risk: Risk
    statement: Statement
    figure_release: FigureRelease
    aim: Named
    total: TotalRelease
    letter: Letter
    disclosure_request: DisclosureRequest
    part: RequestPart
    requested: RequestedPaper
    passage_judgement: PassageJudgement
    inventory: Inventory
    hearing: Hearing

    def marks(self) -> set[str]:
        """Codes of everything that has one: nobody who may not know of the dossier reads any."""
        things = [
            thing for thing in vars(self).values() if isinstance(getattr(thing, "code", 0), UUID)
        ]
        return {str(thing.code) for thing in things}


def fill(world: World) -> tuple[Things, Things]:
    """Zoutfabriek's and the hidden firm's."""
    company = world.staal.company
    company.name, company.slug = f"{HIDDEN} NV", "verborgenfirma"
    company.save()
    company.sites.update(name=f"{HIDDEN} haven", municipality=f"{HIDDEN} stad")
    zout = _fill(world.zout, "Zoutfabriek", world.lead, world.member, world.company, 1)
    # Of the hidden dossier nobody of the world is a member but its firm; the deeds in it are those
    # of the programme, so that no name gives it away.
    staal = _fill(world.staal, HIDDEN, world.programme, world.auditor, world.other_company, 2)
    register_of_parliament(world.programme)
    for adviser in (world.adviser, world.secretary):
        FrozenSetReader.objects.create(frozen_set=zout.frozen_set, person=adviser)
    return zout, staal


def _fill(
    dossier: Dossier, word: str, lead: Person, second: Person, firm: Person, sequence: int
) -> Things:
    dossier.stage, dossier.stage_since = "eop", date(2025, 1, 15)
    dossier.save()
    content = f"%PDF-1.7 {word}".encode()
    sha256 = f"{sequence}" * 64
    default_storage.save(f"{sha256[:2]}/{sha256}", ContentFile(content))
    versions = [
        _version(dossier, topic, f"{word} {topic}", firm, sha256, len(content)) for topic in TOPICS
    ]
    draft = DocumentVersion.objects.create(
        document=versions[0].document, number=2, state="draft", handed_in_by=lead
    )
    passage = Passage.objects.create(
        version=versions[0], place="p. 1", about=f"{word} passage", claimed_by=firm
    )
    plan = (
        EXAMPLE.replace(b"nl: Voorbeeld,", f"nl: {word} plan,".encode())
        .replace(b"en: Example}", f"en: {word} plan}}".encode())
        .replace(b"name: Example plant", f"name: {word} plant".encode())
    )
    case = CaseVersion.objects.create(
        dossier=dossier,
        number=1,
        state="handed_in",
        origin="upload",
        file_name=f"{word}.yaml",
        text=plan.decode(),
        document=yaml.safe_load(plan),
        sha256="c" * 64,
        handed_in_by=firm,
        handed_in_at=timezone.now(),
    )
    run = _run(case, lead)
    frozen_set = FrozenSet.objects.create(
        dossier=dossier,
        purpose=f"{word} set",
        content={"purpose": f"{word} set", "versions": []},
        sha256="e" * 64,
        level=Level.ZAAKVERTROUWELIJK.value,
        made_by=lead,
        run=run,
    )
    frozen_set.versions.add(versions[0])
    decision = Decision.objects.create(
        sequence=sequence,
        dossier=dossier,
        kind="gate",
        outcome="refused",
        gate=GATE,
        from_stage="eop",
        to_stage="working_out",
        decided_by=lead,
        role="programme",
        reason=f"{word} reason",
        evidence={},
        previous_hash=GENESIS,
        hash=f"{sequence}" * 64,
    )
    StageReached.objects.create(
        dossier=dossier, stage="eop", on="2025-01-15", counts_from=date(2025, 1, 15)
    )
    Look.objects.create(
        person=second,
        dossier=dossier,
        kind="document",
        thing=versions[0].document.code,
        title=f"{word} look",
        level=Level.VERTROUWELIJK.value,
    )
    PinnedRun.objects.create(dossier=dossier, gate=GATE, run=run, by=lead, reason=f"{word} pin")
    review, item = _review(dossier, word, lead), _item(dossier, word, lead)
    text, agreement, amendment = _agreement(dossier, word, lead)
    return Things(
        dossier=dossier,
        document=versions[0].document,
        version=versions[0],
        draft=draft,
        passage=passage,
        case_version=case,
        run=run,
        frozen_set=frozen_set,
        decision=decision,
        override=Override.objects.create(
            dossier=dossier,
            gate=GATE,
            criterion="team_in_place",
            reason=f"{word} override",
            asked_by=second,
        ),
        attestation=Attestation.objects.create(
            dossier=dossier,
            gate=GATE,
            criterion="routes_to_study",
            by=firm,
            role="company",
            statement=f"{word} statement",
        ),
        milestone=Milestone.objects.create(
            dossier=dossier,
            track="permits",
            name_nl=f"{word} mijlpaal",
            name_en=f"{word} milestone",
            planned=date(2026, 1, 1),
        ),
        project=Project.objects.create(dossier=dossier, name=f"{word} project", first_year=2029),
        ambition=Ambition.objects.create(
            dossier=dossier, version="eop", year=2030, gross_low=1.0, boundary_nl=f"{word} grens"
        ),
        remark=Remark.objects.create(
            dossier=dossier, kind="note", nl=f"{word} opmerking", en=f"{word} remark"
        ),
        membership=dossier.memberships.get(role="company"),
        **promises_and_risks(dossier, word, second),
        advice=_advice(frozen_set, word, lead),
        review=review,
        review_finding=review.findings.get(),
        item=item,
        party=item.parties.get(),
        lesson=Lesson.objects.create(
            dossier=dossier, stage="eop", words=f"{word} les", hindered=["R2"], by=lead
        ),
        text=text,
        final_text=agreement.draft,
        agreement=agreement,
        amendment=amendment,
        **money_and_reports(dossier, word, lead, firm),
        **said_in_public(dossier, word, lead, second),
        **disclosure(dossier, word, lead, firm),
    )


def _agreement(dossier: Dossier, word: str, lead: Person) -> tuple[Draft, Agreement, Amendment]:
    """An open text; an agreement in force; an amendment that nobody shared; what was bargained."""
    clauses = [each.as_json() for each in library("eop").clauses.values()]
    clauses[0]["text"]["nl"] = f"{word} bepaling"
    common = {"dossier": dossier, "library": "eop", "clauses": clauses, "made_by": lead}
    final = Draft.objects.create(number=1, state="final", sha256="f" * 64, **common)
    text = Draft.objects.create(number=2, based_on=final, **common)
    agreement = Agreement.objects.create(
        dossier=dossier,
        library="eop",
        draft=final,
        in_force_on=date(2025, 2, 1),
        recorded_by=lead,
    )
    terms = {"field.company": f"{word} NV", "field.end_date": "2030-12-31"}
    first = first_version(terms, date(2025, 2, 1))
    TermsVersion.objects.create(
        agreement=agreement,
        number=1,
        terms=terms,
        decided_by=lead,
        decided_on=date(2025, 2, 1),
        previous=first.previous,
        hash=first.hash,
    )
    amendment = Amendment.objects.create(
        dossier=dossier,
        agreement=agreement,
        number=1,
        title=f"{word} wijziging",
        base=1,
        made_by=lead,
    )
    AmendmentChange.objects.create(
        amendment=amendment,
        path="field.end_date",
        value="2031-12-31",
        reason=f"{word} uitstel",
        kind="schedule",
    )
    Mandate.objects.create(
        dossier=dossier,
        subject="permits",
        given_by=f"{word} mandaatgever",
        until=date(2025, 12, 31),
        recorded_by=lead,
    )
    Move.objects.create(
        dossier=dossier,
        kind="ask",
        side="company",
        subject="permits",
        words=f"{word} vraag om een vergunning",
        recorded_by=lead,
    )
    Informed.objects.create(
        dossier=dossier, who=f"{word} Staten", about="de tekst", recorded_by=lead
    )
    return text, agreement, amendment


def _advice(frozen_set: FrozenSet, word: str, lead: Person) -> Advice:
    """An advice that is being written."""
    advice = Advice.objects.create(
        dossier=frozen_set.dossier,
        body="amvi",
        frozen_set=frozen_set,
        subject=f"{word} advies",
        asked_by=lead,
        considerations=f"{word} overweging",
    )
    CriterionFinding.objects.create(
        advice=advice, criterion="ambition", words=f"{word} bevinding", verdict="positive"
    )
    Recommendation.objects.create(advice=advice, number=1, words=f"{word} aanbeveling")
    return advice


def _review(dossier: Dossier, word: str, lead: Person) -> Review:
    review = Review.objects.create(
        dossier=dossier,
        kind="project_review",
        reviewer=f"{word} reviewer",
        what=f"{word} boiler",
        assigned_by=lead,
    )
    ReviewFinding.objects.create(
        review=review, number=1, severity="blocking", words=f"{word} reviewbevinding"
    )
    return review


def _item(dossier: Dossier, word: str, lead: Person) -> Item:
    """An item put to the province of the world."""
    item = Item.objects.create(
        dossier=dossier,
        forum="province",
        subject=f"{word} agendapunt",
        question=f"{word} vraag",
        put_by=lead,
    )
    province = Organisation.objects.get(name="Provincie Overijssel")
    Party.objects.create(item=item, organisation=province)
    return item


def _run(case: CaseVersion, lead: Person) -> Run:
    """A run that is done, with its report."""
    run = Run(
        dossier=case.dossier,
        case_version=case,
        known_on=date(2025, 6, 30),
        state="done",
        asked_by=lead,
        ended_at=timezone.now(),
    )
    found = _answer(case.text, question_of(run))
    run.receipt, run.receipt_number = found.receipt, found.receipt["number"]
    run.figures, run.result, run.result_sha256 = found.figures, found.result, found.sha256
    run.save()
    for language in ("nl", "en"):
        text = f"<p>{case.file_name}</p>"
        RunReport.objects.create(run=run, language=language, sections=text, page=text, pdf=b"%PDF")
    return run


def _version(
    dossier: Dossier, topic: str, title: str, firm: Person, sha256: str, size: int
) -> DocumentVersion:
    document = Document.objects.create(
        dossier=dossier,
        kind="project_review",
        title=title,
        topic=topic,
        with_company=topic == "general",
    )
    return DocumentVersion.objects.create(
        document=document,
        number=1,
        state="handed_in",
        file_name=f"{title}.pdf",
        media_type="application/pdf",
        size=size,
        sha256=sha256,
        handed_in_by=firm,
        handed_in_at=timezone.now(),
    )
