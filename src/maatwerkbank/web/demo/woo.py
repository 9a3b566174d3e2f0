# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for disclosure about the invented firm: one that was decided, and one that runs.

Takes     the dossier, the people of the demo, woo.yaml.
Gives     papers, a passage that stays out, a firm that was heard, a decision, public papers. Every
          deed by the same service as on the pages.
Leaves    real firms alone.
"""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.files import File
from django.utils import timezone

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.demo.example import paper_as_pdf
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.services import Classification, add_document, hand_in, judge
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.woo import deciding, hearing, judging, registering
from maatwerkbank.web.woo.models import RequestPart

People = Mapping[str, Person]
Told = Mapping[str, Any]
TIME_FOR_A_VIEW = timedelta(days=14)


def disclose_example(dossier: Dossier, people: People) -> None:
    """Everything that people did with both requests."""
    told = table("woo.yaml")
    papers = [_paper(dossier, each, people) for each in told["decided"]["papers"]]
    _decided(_registered(dossier, told["decided"], people), papers, told["decided"], people)
    running = _registered(dossier, told["open"], people)
    judging.add_papers(
        part=running, by=people["projectteam"], versions=papers[1:], how=told["open"]["how"]
    )


def _registered(dossier: Dossier, told: Told, people: People) -> RequestPart:
    request = registering.register(
        by=people["programma"],
        reference=told["reference"],
        subject=told["subject"],
        words=told["words"],
        requester=told["requester"],
        received_on=_days_ago(told["received_days_ago"]),
        dossiers=[dossier],
    )
    return request.parts.get()


def _decided(part: RequestPart, papers: list[DocumentVersion], told: Told, people: People) -> None:
    team = people["projectteam"]
    letter, notes = judging.add_papers(part=part, by=team, versions=papers, how=told["how"])
    judging.judge_passage(paper=letter, by=team, supplied_in_confidence=True, **told["passage"])
    judging.judge_paper(paper=notes, by=team, judgement="disclose", sender="KGG")
    asked = hearing.ask_view(
        part=part,
        by=team,
        party=part.dossier.company.name,
        papers=[letter],
        due_on=timezone.localdate() + TIME_FOR_A_VIEW,
    )
    hearing.give_view(hearing=asked, by=people["bedrijf"], view=told["view"], objects=False)
    frozen = deciding.freeze(part=part, by=people["projectleider"])
    deciding.decide(
        inventory=frozen, by=people["programma"], outcome="decided", because=told["because"]
    )
    for each in (letter, notes):
        deciding.publish(paper=each, by=people["programma"], category="disclosure")


def _paper(dossier: Dossier, told: Told, people: People) -> DocumentVersion:
    by = people[told["by"]]
    made = add_document(
        dossier=dossier,
        by=by,
        kind="correspondence",
        title=told["title"],
        topic="general",
        classification=Classification(Level.ZAAKVERTROUWELIJK, with_company=told["with_company"]),
        file=File(io.BytesIO(paper_as_pdf(told["title"], told["text"])), "brief.pdf"),
        dated=_days_ago(60).isoformat(),
    )
    hand_in(version=made, by=by)
    return judge(version=made, by=people["projectleider"], accepted=True)


def _days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)
