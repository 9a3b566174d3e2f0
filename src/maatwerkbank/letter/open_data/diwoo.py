# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does the Woo index of the State hear of our documents?

Takes     the papers of a publication.
Gives     their metadata as DiWoo 0.9.8 asks it; for papers that lie on this site, one sitemap for
          each information category and an index, under the names that the harvester looks for.
Leaves    a paper without a category, a whole date or an address: nothing is made up for it, and
          `left_out` names it.

Source    DiWoo metadata 0.9.8, diwoo-metadata.xsd with its lists, and the guide to sitemaps
          (standaarden.overheid.nl/diwoo/metadata); identifiers of TOOI. docs/explanation/public.md
          says what was read where, and what could not be checked. Subsidies that are promised
          otherwise than by decision (category 013) are of the ministry of Foreign Affairs alone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from maatwerkbank.dossier.publication.publication import Paper

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
DIWOO = "https://standaarden.overheid.nl/diwoo/metadata/"
TOOI = "https://identifier.overheid.nl/tooi/"
WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of a value list: its URI and its label there."""

    uri: str
    label: str


@dataclass(frozen=True, slots=True)
class Category:
    """An information category of the Woo. `number` stands in the name of its sitemap."""

    number: str
    listed: Listed


def _category(number: str, code: str, label: str) -> Category:
    return Category(number, Listed(f"{TOOI}def/thes/kern/{code}", label))


CATEGORIES: Mapping[str, Category] = MappingProxyType(
    {
        "parliament": _category("007", "c_c76862ab", "vergaderstukken Staten-Generaal"),
        "advice": _category("010", "c_99a836c7", "adviezen"),
        "covenant": _category("011", "c_8fc2335c", "convenanten"),
        "disclosure": _category("014", "c_3baef532", "Woo-verzoeken en -besluiten"),
        "study": _category("015", "c_fdaee95e", "onderzoeksrapporten"),
        "decision": _category("016", "c_46a81018", "beschikkingen"),
    }
)
MINISTRY = Listed(f"{TOOI}id/ministerie/mnre1182", "ministerie van Klimaat en Groene Groei")
ADOPTED = Listed(f"{TOOI}def/thes/kern/c_641ecd76", "vaststelling")


def index_name(category: str) -> str:
    """The name that the harvester looks for."""
    return f"sitemapindex-diwoo-infocat{CATEGORIES[category].number}.xml"


def sitemap_name(category: str) -> str:
    """The sitemap that the index names."""
    return f"sitemap-diwoo-infocat{CATEGORIES[category].number}.xml"


def described(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers of which the standard can be told all that it asks."""
    return tuple(
        each
        for each in papers
        if each.category in CATEGORIES and each.url and WHOLE_DATE.fullmatch(each.dated or "")
    )


def left_out(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The papers without a known category, a whole date, or an address."""
    papers = tuple(papers)
    told = described(papers)
    return tuple(each for each in papers if each not in told)


def on_this_site(papers: Iterable[Paper], site: str) -> dict[str, tuple[Paper, ...]]:
    """Per category the papers that lie under `site`: a sitemap names those of its own host only."""
    found: dict[str, tuple[Paper, ...]] = {}
    for paper in described(papers):
        if paper.category and (paper.url or "").startswith(site):
            found[paper.category] = (*found.get(paper.category, ()), paper)
    return found


def index(address: str) -> str:
    """The index of one category, which names one sitemap."""
    return (
        f"{PROLOGUE}<sitemapindex xmlns={quoteattr(SITEMAP)}>\n"
        f"  <sitemap><loc>{escape(address)}</loc></sitemap>\n"
        "</sitemapindex>\n"
    )


def plain_sitemap(addresses: Iterable[str]) -> str:
    """Addresses of pages, for any search engine."""
    urls = "".join(f"  <url><loc>{escape(each)}</loc></url>\n" for each in addresses)
    return f"{PROLOGUE}<urlset xmlns={quoteattr(SITEMAP)}>\n{urls}</urlset>\n"


def sitemap(papers: Iterable[Paper]) -> str:
    """The papers with their metadata; those that the standard cannot be told of are not there."""
    urls = "".join(_url(paper) for paper in described(papers))
    return (
        f"{PROLOGUE}<urlset xmlns={quoteattr(SITEMAP)} xmlns:diwoo={quoteattr(DIWOO)}>\n"
        f"{urls}</urlset>\n"
    )


def _url(paper: Paper) -> str:
    category = CATEGORIES[paper.category or ""]
    return (
        "  <url>\n"
        f"    <loc>{escape(paper.url or '')}</loc>\n"
        "    <diwoo:Document>\n"
        "      <diwoo:DiWoo>\n"
        f"        <diwoo:identifiers><diwoo:identifier>{escape(paper.id)}</diwoo:identifier>"
        "</diwoo:identifiers>\n"
        f"        {_member('publisher', MINISTRY)}\n"
        f"        <diwoo:titelcollectie><diwoo:officieleTitel>{escape(paper.title)}"
        "</diwoo:officieleTitel></diwoo:titelcollectie>\n"
        "        <diwoo:classificatiecollectie><diwoo:informatiecategorieen>"
        f"{_member('informatiecategorie', category.listed)}"
        "</diwoo:informatiecategorieen></diwoo:classificatiecollectie>\n"
        f"        <diwoo:creatiedatum>{paper.dated}</diwoo:creatiedatum>\n"
        "        <diwoo:documenthandelingen><diwoo:documenthandeling>"
        f"{_member('soortHandeling', ADOPTED)}<diwoo:atTime>{paper.dated}T00:00:00</diwoo:atTime>"
        "</diwoo:documenthandeling></diwoo:documenthandelingen>\n"
        "      </diwoo:DiWoo>\n"
        "    </diwoo:Document>\n"
        "  </url>\n"
    )


def _member(element: str, listed: Listed) -> str:
    return (
        f"<diwoo:{element} resource={quoteattr(listed.uri)}>{escape(listed.label)}"
        f"</diwoo:{element}>"
    )
