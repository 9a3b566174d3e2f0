# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""An expression of principles, letter of intent or agreement on paper: ODT and PDF.

Takes     a draft, its name and state, the day of its content, a language.
Gives     an office text: articles, places to sign, and a table that says of each figure where it
          came from, sealed with the hash of the draft.
Leaves    looks to `office_text` and `odt`; what lacks is named in the text itself.
"""

from dataclasses import dataclass
from datetime import date

from maatwerkbank.dossier.agreement.drafting import Draft, articles, lacks
from maatwerkbank.dossier.agreement.library import fields
from maatwerkbank.dossier.agreement.terms import own_mark
from maatwerkbank.dossier.agreement.values import Value, value_in_words
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.office_text import (
    Grid,
    Heading,
    NumberedArticle,
    OfficeText,
    Part,
    Sentence,
)
from maatwerkbank.letter.words import word

ARTICLE = Text(nl="Artikel {0}. {1}", en="Article {0}. {1}")
SIGNATURES = Text(nl="Ondertekening", en="Signature")
SIGN_HERE = Text(nl="Wie waar en wanneer ondertekent", en="Who signs where and when")
SIGN_COLUMNS = (
    Text(nl="Partij", en="Party"),
    Text(nl="Naam en functie", en="Name and function"),
    Text(nl="Plaats en datum", en="Place and date"),
    Text(nl="Handtekening", en="Signature"),
)
FIGURES = Text(nl="Gegevens in deze tekst", en="Data in this text")
FIGURES_FROM = Text(
    nl="Waar elk gegeven vandaan komt, op de dag waarop het is overgenomen",
    en="Where each piece of data comes from, on the day on which it was taken",
)
FIGURE_COLUMNS = (
    Text(nl="Gegeven", en="Data"),
    Text(nl="Waarde", en="Value"),
    Text(nl="Herkomst", en="Origin"),
    Text(nl="Overgenomen op", en="Taken on"),
)
OPEN = Text(
    nl="Dit is een concept waarin nog gegevens ontbreken. Zij staan tussen rechte haken.",
    en="This is a draft in which data are lacking. They stand between square brackets.",
)
CONCEPT = Text(
    nl="Dit is een concept. Het bindt niemand zolang het niet door alle partijen is ondertekend.",
    en="This is a draft. It binds nobody until all parties have signed it.",
)
SEALED = Text(nl="Zegel van tekst en gegevens: {0}", en="Seal of text and data: {0}")
SIGNING = ("company", "state_parties", "provinces")


@dataclass(frozen=True)
class AgreementPaper:
    """What the paper needs besides the draft: how people call it, and of which day it is."""

    name: str
    party: str
    dated: date
    is_draft: bool


def agreement_text(draft: Draft, paper: AgreementPaper, language: Language) -> OfficeText:
    """The whole text, ready to become an ODT or a PDF."""
    return OfficeText(
        title=draft.library.label.into(language),
        kicker=paper.name,
        subject=paper.party,
        language=language,
        dated=paper.dated,
        author=word("programme", language),
        footer=SEALED.into(language).format(draft.sealed[:16]),
        parts=tuple(_parts(draft, paper, language)),
    )


def _parts(draft: Draft, paper: AgreementPaper, language: Language) -> list[Part]:
    note: list[Part] = []
    if paper.is_draft:
        note = [Sentence((OPEN if lacks(draft) else CONCEPT).into(language), "note")]
    text: list[Part] = [
        NumberedArticle(
            ARTICLE.into(language).format(each.number, each.heading),
            each.paragraphs,
            own_mark(clause, draft.library).into(language),
        )
        for each, clause in zip(articles(draft, language), draft.clauses, strict=True)
    ]
    return [
        *note,
        *text,
        Heading(SIGNATURES.into(language)),
        _signatures(draft, language),
        Heading(FIGURES.into(language)),
        _figures(draft, language),
    ]


def _signatures(draft: Draft, language: Language) -> Grid:
    names = [
        value_in_words(fields()[name].kind, item, language)
        for name in SIGNING
        if name in draft.values and name in draft.fields
        for item in _items(name, draft.values[name].value)
    ]
    return Grid(
        SIGN_HERE.into(language),
        tuple(each.into(language) for each in SIGN_COLUMNS),
        tuple((name, "", "", "") for name in names) or (("", "", "", ""),),
        widths=(1.2, 1.3, 1.0, 1.3),
        by_hand=True,
    )


def _items(name: str, value: Value) -> list[Value]:
    return [[each] for each in value] if fields()[name].kind == "list" else [value]


def _figures(draft: Draft, language: Language) -> Grid:
    rows = []
    for name in draft.fields:
        given = draft.values.get(name)
        if given is None or name not in fields():
            continue
        field = fields()[name]
        taken = day(given.taken_on.isoformat(), language) if given.taken_on else "–"
        rows.append(
            (
                field.label.into(language),
                value_in_words(field.kind, given.value, language),
                given.said_by.into(language),
                taken,
            )
        )
    columns = tuple(each.into(language) for each in FIGURE_COLUMNS)
    return Grid(
        FIGURES_FROM.into(language),
        columns,
        tuple(rows) or (("–",) * 4,),
        widths=(1.6, 1.7, 1.0, 0.9),
    )
