# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stored text on paper: the ODT or the PDF of a draft, or of the terms that are in force.

Takes     a draft, or a version of the terms; a language.
Gives     bytes. What lacks stands in the text, so that nobody takes an open draft for a final one.
Leaves    what the text says to `dossier.agreement`, how it looks to `letter`.
"""

from maatwerkbank.dossier.agreement.library import library
from maatwerkbank.dossier.agreement.terms import draft_of
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.agreement_document import AgreementPaper, agreement_text
from maatwerkbank.letter.odt import odt
from maatwerkbank.letter.office_text import OfficeText, office_pdf
from maatwerkbank.web.agreements.models import Draft, TermsVersion
from maatwerkbank.web.agreements.stored import text_of

VERSION = Text(nl="Concept, versie {0}", en="Draft, version {0}")
FINAL = Text(nl="Definitief concept, versie {0}", en="Final draft, version {0}")
TERMS = Text(nl="Geldende tekst, versie {0}", en="Text in force, version {0}")


def odt_of(draft: Draft, language: Language) -> bytes:
    """The draft as an open document."""
    return odt(_draft(draft, language))


def pdf_of(draft: Draft, language: Language) -> bytes:
    """The draft as a PDF."""
    return office_pdf(_draft(draft, language))


def terms_odt(version: TermsVersion, language: Language) -> bytes:
    """What holds by this version, as an open document."""
    return odt(_terms(version, language))


def terms_pdf(version: TermsVersion, language: Language) -> bytes:
    """What holds by this version, as a PDF."""
    return office_pdf(_terms(version, language))


def _draft(draft: Draft, language: Language) -> OfficeText:
    name = FINAL if draft.state == "final" else VERSION
    paper = AgreementPaper(
        name.into(language).format(draft.number),
        draft.dossier.company.name,
        (draft.final_at or draft.made_at).date(),
        is_draft=True,
    )
    return agreement_text(text_of(draft), paper, language)


def _terms(version: TermsVersion, language: Language) -> OfficeText:
    agreement = version.agreement
    paper = AgreementPaper(
        TERMS.into(language).format(version.number),
        agreement.dossier.company.name,
        version.decided_on,
        is_draft=False,
    )
    return agreement_text(draft_of(library(agreement.library), version.terms), paper, language)
