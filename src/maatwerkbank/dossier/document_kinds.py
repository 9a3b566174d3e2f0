# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which kinds of document a dossier holds, who hands them in, and who signs.

Takes     nothing.
Gives     the kinds, each with label, subject, roles, stages and signatories: names in, names out.
Leaves    the files, their versions and their confidentiality to `web/documents`.

Source    Kamerbrief 30 juni 2025 (ambition document, JLoI, reviews, advice);
          Aanwijzingen voor convenanten no. 14 (a grant only by decision) and 28 (signature).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `signed_by`: the sides that sign, so the least number of signatures.

    `stages`: where it is first made; empty where it may come at any stage.
    """

    id: str
    label: Text
    topic: str
    given_by: tuple[str, ...]
    stages: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()


TEAM = ("case_lead", "case_team")
BOTH = ("state", "company")


def _kind(
    identity: str,
    nl: str,
    en: str,
    topic: str,
    given_by: tuple[str, ...],
    *,
    stages: tuple[str, ...] = (),
    signed_by: tuple[str, ...] = (),
) -> DocumentKind:
    return DocumentKind(identity, Text(nl=nl, en=en), topic, given_by, stages, signed_by)


_ALL = (
    _kind(
        "expression_of_principles",
        "Expression of Principles (ambitiedocument)",
        "Expression of Principles (ambition document)",
        "general",
        TEAM,
        stages=("exploration", "eop"),
        signed_by=BOTH,
    ),
    _kind(
        "case_file",
        "Plan van het bedrijf (casusbestand)",
        "Plan of the company (case file)",
        "business_case",
        ("company", "analyst"),
        stages=("working_out",),
    ),
    _kind(
        "business_case_review",
        "Beoordeling van de businesscase",
        "Review of the business case",
        "business_case",
        ("analyst",),
        stages=("working_out",),
    ),
    _kind(
        "project_review",
        "Projectreview",
        "Project review",
        "business_case",
        ("analyst", *TEAM),
        stages=("working_out",),
    ),
    _kind(
        "risk_analysis",
        "Analyse van investeringsrisico's",
        "Analysis of investment risks",
        "business_case",
        ("analyst",),
        stages=("working_out",),
    ),
    _kind(
        "plan_2050",
        "Plan voor CO2-neutraliteit in 2050",
        "Plan for CO2 neutrality in 2050",
        "general",
        ("company",),
        stages=("working_out",),
    ),
    _kind(
        "parent_commitment",
        "Toezegging of investeringsbesluit van het moederbedrijf",
        "Commitment or investment decision of the parent company",
        "negotiation",
        ("company",),
        signed_by=("company",),
    ),
    _kind(
        "draft_joint_letter_of_intent",
        "Concept Joint Letter of Intent (concept intentieovereenkomst)",
        "Draft Joint Letter of Intent",
        "negotiation",
        TEAM,
        stages=("draft_jloi",),
    ),
    _kind(
        "subsidy_request",
        "Aanvraag incidentele subsidie",
        "Application for an incidental subsidy",
        "business_case",
        ("company",),
        stages=("working_out",),
    ),
    _kind(
        "advice_request",
        "Adviesaanvraag aan de AMVI",
        "Request for advice to the AMVI",
        "general",
        (*TEAM, "programme"),
        stages=("draft_jloi",),
    ),
    _kind(
        "advice",
        "Advies van de AMVI",
        "Advice of the AMVI",
        "general",
        ("committee_secretary",),
        stages=("advice",),
        signed_by=("adviser",),
    ),
    _kind(
        "response_to_advice",
        "Reactie op het advies",
        "Response to the advice",
        "general",
        (*TEAM, "programme", "minister_office"),
        stages=("advice",),
    ),
    _kind(
        "joint_letter_of_intent",
        "Joint Letter of Intent (intentieovereenkomst)",
        "Joint Letter of Intent",
        "negotiation",
        TEAM,
        stages=("jloi",),
        signed_by=BOTH,
    ),
    _kind(
        "state_aid_assessment",
        "Staatssteuntoets",
        "State aid assessment",
        "state_aid",
        ("analyst", *TEAM),
        stages=("working_out", "jloi"),
    ),
    _kind(
        "permit",
        "Vergunning of vergunningaanvraag",
        "Permit or application for a permit",
        "permits",
        ("company", "province", "environmental_service"),
    ),
    _kind(
        "nitrogen_assessment",
        "Stikstofberekening met juridische beoordeling",
        "Nitrogen calculation with legal assessment",
        "nitrogen",
        ("company", "province", "environmental_service"),
        stages=("working_out",),
    ),
    _kind(
        "agreement",
        "Bindende maatwerkafspraak",
        "Binding tailor-made agreement",
        "negotiation",
        TEAM,
        stages=("agreement",),
        signed_by=BOTH,
    ),
    _kind(
        "subsidy_decision",
        "Subsidiebeschikking",
        "Subsidy decision",
        "state_aid",
        (*TEAM, "programme"),
        stages=("agreement", "subsidy_decision"),
        signed_by=("state",),
    ),
    _kind(
        "parliament_letter",
        "Brief aan de Tweede Kamer",
        "Letter to parliament",
        "general",
        ("programme", "minister_office"),
        signed_by=("state",),
    ),
    _kind(
        "progress_report",
        "Voortgangsverslag",
        "Progress report",
        "general",
        ("company",),
        stages=("execution",),
    ),
    _kind(
        "correspondence",
        "Brief of e-mail",
        "Letter or e-mail",
        "general",
        ("company", "province", "environmental_service", "ienw", "programme", *TEAM),
    ),
    _kind(
        "other",
        "Ander document",
        "Other document",
        "general",
        ("company", "province", "environmental_service", "ienw", "programme", "analyst", *TEAM),
    ),
)
DOCUMENT_KINDS: Mapping[str, DocumentKind] = MappingProxyType({kind.id: kind for kind in _ALL})
