# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The dossier of an invented firm, in which the people of the demo have done their work.

Takes     the people of the demo, example.yaml and example-case.yaml.
Gives     a dossier that passed two gates, one of them with an override by two people; that was
          refused at the third, where another override waits for its answer; with a set of papers
          that lies before an adviser. Every deed by the same service as on the pages.
Leaves    real firms alone: nothing here is about one.
"""

import io
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import typst
from django.core.files import File

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.web.demo.tables import table
from maatwerkbank.web.documents.frozen_sets import admit_reader, freeze_set
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.services import (
    Classification,
    add_document,
    hand_in,
    judge,
    sign,
)
from maatwerkbank.web.dossiers.decisions import decide_gate, open_dossier
from maatwerkbank.web.dossiers.models import Ambition, Company, Dossier, Site
from maatwerkbank.web.dossiers.statements import answer_override, ask_override, attest
from maatwerkbank.web.people.models import Organisation, Person
from maatwerkbank.web.runs import services as runs

NAME = "Voorbeeldchemie BV (verzonnen)"
People = Mapping[str, Person]


def open_example(people: People) -> Dossier:
    """Open the dossier of the invented firm."""
    company = Company.objects.create(
        slug="voorbeeldchemie",
        name=NAME,
        sector_nl="verzonnen bedrijf",
        sector_en="invented firm",
        cluster="Noordzeekanaalgebied",
        organisation=Organisation.objects.get(name=NAME),
    )
    Site.objects.create(company=company, name="Voorbeeldstad", municipality="Voorbeeldstad")
    return open_dossier(
        company=company,
        by=people["programma"],
        lead=people["projectleider"],
        reason="Om te laten zien hoe een dossier verloopt.",
    ).dossier


def work_on_example(dossier: Dossier, people: People) -> None:
    """Everything that people did in it, gate by gate."""
    papers: list[DocumentVersion] = []
    for gate, told in table("example.yaml").items():
        papers += _papers(dossier, told["papers"], people)
        if gate == "to_eop":
            _ambition(dossier, papers[0])
        for each in told["attestations"]:
            attest(
                dossier=dossier,
                gate=gate,
                criterion=each["criterion"],
                by=people[each["by"]],
                statement=each["statement"],
            )
        if "override" in told:
            _override(dossier, gate, told["override"], people)
        decide_gate(
            dossier=dossier,
            gate=gate,
            by=people[told["decided_by"]],
            outcome=told["outcome"],
            reason=told["reason"],
            dissent=told.get("dissent", ""),
            conditions=told.get("conditions", ""),
        )
        if "open_override" in told:
            _override(dossier, gate, told["open_override"], people)
    _advice(dossier, papers, people)


def hand_in_example(dossier: Dossier, people: People, variants: Iterable[str]) -> None:
    """The firm hands its plan in, and the analyst asks for its runs."""
    raw = (files(__package__) / "example-case.yaml").read_bytes()
    draft = runs.keep_draft(
        dossier=dossier, by=people["bedrijf"], raw=raw, file_name="voorbeeldchemie.yaml"
    )
    version = runs.hand_in(case_version=draft, by=people["bedrijf"])
    for variant in variants:
        runs.start_run(case_version=version, by=people["analist"], variant=variant)


def _papers(
    dossier: Dossier, told: Iterable[Mapping[str, Any]], people: People
) -> list[DocumentVersion]:
    return [_paper(dossier, each, people) for each in told]


def _paper(dossier: Dossier, each: Mapping[str, Any], people: People) -> DocumentVersion:
    by = people[each["by"]]
    made = add_document(
        dossier=dossier,
        by=by,
        kind=each["kind"],
        title=each["title"],
        topic=each["topic"],
        classification=Classification(
            Level.ZAAKVERTROUWELIJK, with_company=each.get("with_company", False)
        ),
        file=File(io.BytesIO(paper_as_pdf(each["title"], each["text"])), f"{each['kind']}.pdf"),
    )
    for signature in each.get("signed_by", ()):
        sign(version=made, by=by, **signature)
    hand_in(version=made, by=by)
    return judge(version=made, by=people[each["judged_by"]], accepted=True)


def paper_as_pdf(title: str, text: str) -> bytes:
    """A sheet with a title and a text, as somebody would hand it in."""
    sheet = (files(__package__) / "paper.typ").read_bytes()
    made = typst.Compiler(sheet, sys_inputs={"title": title, "text": text}).compile(format="pdf")
    return bytes(made)  # type: ignore[arg-type]  # one file in, one file out: never a list


def _ambition(dossier: Dossier, paper: DocumentVersion) -> None:
    Ambition.objects.create(
        dossier=dossier,
        version="eop",
        quantity="co2",
        year=2030,
        gross_low=42_000,
        gross_high=42_000,
        bound="at_least",
        boundary_nl="scope 1, locatie Voorbeeldstad",
        boundary_en="scope 1, site of Voorbeeldstad",
        document=paper,
    )


def _override(dossier: Dossier, gate: str, told: Mapping[str, Any], people: People) -> None:
    asked = ask_override(
        dossier=dossier,
        gate=gate,
        criterion=told["criterion"],
        by=people[told["by"]],
        reason=told["reason"],
    )
    if "confirmed_by" in told:
        answer_override(
            override=asked,
            by=people[told["confirmed_by"]],
            answer="confirmed",
            reason=told["because"],
        )


def _advice(dossier: Dossier, papers: Iterable[DocumentVersion], people: People) -> None:
    """The set that lies before an adviser."""
    frozen = freeze_set(
        dossier=dossier,
        by=people["projectleider"],
        purpose="Vooroverleg met de adviescommissie over het plan",
        versions=list(papers),
    )
    admit_reader(frozen_set=frozen, by=people["projectleider"], person=people["adviseur"])
