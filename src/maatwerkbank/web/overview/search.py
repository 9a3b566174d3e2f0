# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where does this word stand, in what I may see?

Takes     words, and the querysets of `people/access.py`: nothing else is searched.
Gives     per kind of thing the best matches, each with a title, a passage and its address.
Leaves    counts of what is hidden: there are none.

Words are looked up by their beginning ("zout" finds Zoutfabriek), all of them, in any order, with
PostgreSQL's own index. What a person types is words only; no query language is evaluated.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maatwerkbank.sources.register import load_sources
from maatwerkbank.web.dossiers.models import Decision, Site
from maatwerkbank.web.people.access import (
    documents_of,
    dossiers_of,
    projects_of,
    remarks_of,
)
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.people.rights import Deed
from maatwerkbank.web.people.second_lock import lifted

AT_MOST = 20  # matches shown of each kind
LONGEST = 200  # characters of a passage
WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Match:
    """One thing that was found."""

    title: str
    passage: str
    href: str


@dataclass(frozen=True)
class Group:
    """Matches of one kind; `more` where not all are shown."""

    label: str
    matches: tuple[Match, ...]
    more: bool


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: where it is read, in which column, how it is told."""

    label: Any
    rows: Callable[[Person], QuerySet[Any]]
    columns: tuple[str, ...]
    told: Callable[[Any], Match]


def _dossier_page(dossier: Any) -> str:
    return reverse("dossiers:dossier", args=[dossier.code])


def _decisions_of(person: Person) -> QuerySet[Decision]:
    seen = dossiers_of(person, Deed.SEE_DECISIONS)
    return Decision.objects.filter(dossier__in=seen).select_related("dossier__company")


def _sites_of(person: Person) -> QuerySet[Site]:
    """Sites of firms of which `person` sees a dossier, with the code of one."""
    seen = dossiers_of(person).filter(company=OuterRef("company")).order_by("pk")
    sites = Site.objects.filter(Exists(seen)).select_related("company")
    return sites.annotate(dossier_code=Subquery(seen.values("code")[:1]))


KINDS = (
    Kind(
        _("Dossiers"),
        lambda person: dossiers_of(person).select_related("company"),
        ("company__name",),
        lambda found: Match(found.company.name, found.company.cluster, _dossier_page(found)),
    ),
    Kind(
        _("Sites"),
        _sites_of,
        ("name", "municipality"),
        lambda found: Match(
            f"{found.company.name}: {found.name}",
            found.municipality,
            reverse("dossiers:dossier", args=[found.dossier_code]),
        ),
    ),
    Kind(
        _("Projects"),
        lambda person: projects_of(person).select_related("dossier__company"),
        ("name",),
        lambda found: Match(
            f"{found.dossier.company.name}: {found.name}",
            found.description[:LONGEST],
            _dossier_page(found.dossier),
        ),
    ),
    Kind(
        _("Documents"),
        lambda person: documents_of(person).select_related("dossier__company"),
        ("title",),
        lambda found: Match(
            found.title,
            found.dossier.company.name,
            reverse("documents:document", args=[found.code]),
        ),
    ),
    Kind(
        _("Decisions"),
        _decisions_of,
        ("reason",),
        lambda found: Match(
            f"{found.dossier.company.name}, {found.decided_on:%Y-%m-%d}",
            found.reason[:LONGEST],
            reverse("dossiers:decisions", args=[found.dossier.code]),
        ),
    ),
    Kind(
        _("Remarks"),
        lambda person: remarks_of(person).select_related("dossier__company"),
        ("nl", "en"),
        lambda found: Match(
            found.dossier.company.name, found.nl[:LONGEST], _dossier_page(found.dossier)
        ),
    ),
)


def search(person: Person, text: str) -> tuple[Group, ...]:
    """What `person` may see that holds every word of `text`, by kind; nothing for no words."""
    words = WORDS.findall(text.lower())
    if not words:
        return ()
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
    )
    groups = [_group(kind, kind.rows(person), query) for kind in KINDS]
    return tuple(group for group in (*groups, _among_sources(words)) if group.matches)


def _group(kind: Kind, rows: QuerySet[Any], query: SearchQuery) -> Group:
    found: dict[Any, Model] = {}
    for column in kind.columns:
        matching = rows.alias(words=SearchVector(column, config="simple")).filter(words=query)
        # Not by the index of the key: PostgreSQL would walk along it and split every text it meets.
        with lifted():  # behind the second lock PostgreSQL uses no index of words
            first = list(matching.order_by(F("pk") + 0).values_list("pk", flat=True)[: AT_MOST + 1])
        found |= {row.pk: row for row in rows.filter(pk__in=first).order_by("pk")}
    told = [kind.told(row) for row in found.values()]
    return Group(str(kind.label), tuple(told[:AT_MOST]), len(told) > AT_MOST)


def _among_sources(words: list[str]) -> Group:
    found = [
        Match(each.title, each.publisher, reverse("source", args=[each.identity]))
        for each in load_sources().values()
        if all(word in f"{each.title} {each.publisher}".lower() for word in words)
    ]
    return Group(str(_("Sources")), tuple(found[:AT_MOST]), len(found) > AT_MOST)
