# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is public of the stored dossiers on a day: the `Publication` of the database.

Takes     a day.
Gives     of public dossiers what a public source tells; of all dossiers what a named person
          released and nobody withdrew by then; and nothing else. In a constant number of queries.
Leaves    the folder that comes with the program to `dossier.publication.shipped`.

A dossier is public where its level is. A firm whose dossier is not, appears by its released
statement only, with the stage that the statement tells. What lies in a dossier without a public
source is not public, whatever the level of the dossier.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django.db.models import Q, QuerySet

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.promises.public import promises_by_code
from maatwerkbank.dossier.publication.programme import programme_facts, programme_figures
from maatwerkbank.dossier.publication.publication import (
    By,
    Figure,
    Origin,
    Paper,
    Publication,
    PublicPromise,
    Withdrawal,
)
from maatwerkbank.dossier.publication.publication import Statement as PublicStatement
from maatwerkbank.dossier.publication.release import Candidate
from maatwerkbank.dossier.publication.shipped import DOCUMENTS, sittings
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import CompanyState, Register, Stage
from maatwerkbank.sources import load_sources
from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.dossiers.models import Ambition
from maatwerkbank.web.execution.models import SubsidyDecision
from maatwerkbank.web.overview.stored_portfolio import public_portfolio
from maatwerkbank.web.parliament.stored import stored_parliament
from maatwerkbank.web.people.second_lock import lifted
from maatwerkbank.web.promises.models import Promise, Wait
from maatwerkbank.web.releases.candidates import (
    ambition_figures,
    grant_figures,
    promise_figures,
    promise_id,
)
from maatwerkbank.web.releases.models import FigureRelease, Statement, Told, TotalRelease
from maatwerkbank.web.woo.published import published_papers

PUBLIC = Level.OPENBAAR.value


def stored_publication(as_of: date) -> Publication:
    """Everything that was public on `as_of`, of the stored dossiers and of Parliament."""
    with lifted():  # over all dossiers; what comes out of it is public
        return _publication(as_of, ())


def publication_with(firms: tuple[CompanyState, ...], as_of: date) -> Publication:
    """The same, with these firms as their dossiers have them: what statements are drafted from."""
    with lifted():  # over all dossiers; of these the guard gave the firms
        return _publication(as_of, firms)


def _publication(as_of: date, beside: tuple[CompanyState, ...]) -> Publication:
    portfolio = public_portfolio(as_of)
    statements = _in_force(as_of)
    register = _with_stated(portfolio.register, statements)
    if beside:
        told = {each.id for each in beside}
        others = [each for each in register if each.id not in told]
        register = replace(register, companies=(*others, *beside))
    known = {firm.id for firm in register}
    firms = {dossier.pk: firm for firm, dossier in portfolio.dossiers.items()}
    released = tuple(_released(as_of, known))
    figures = (
        *_ambitions(firms, register, as_of),
        *_grants(firms, as_of),
        *_promised_figures(firms, as_of),
        *programme_figures(as_of),
        *released,
        *_totals(as_of),
    )
    by_id = {each.id: each for each in figures}
    return Publication(
        as_of=as_of,
        register=register,
        figures=by_id,
        statements={row.dossier.company.slug: _told(row) for row in statements},
        promises=tuple(_promises(firms, by_id, as_of)),
        papers=(*_papers(firms, as_of), *_disclosed(known, as_of)),
        parliament=stored_parliament(as_of),
        sittings=tuple(sittings(as_of)),
        programme=programme_facts(as_of),
        withdrawn=tuple(_withdrawn(as_of, by_id, known)),
    )


def _standing(as_of: date, field: str) -> Q:
    """Said by that day, and not yet taken back on it."""
    return Q(**{f"{field}__lte": as_of}) & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of))


# ── statements and the register ───────────────────────────────────────────────────────────────


def _in_force(as_of: date) -> list[Statement]:
    """Of each dossier the statement that was released last."""
    rows = Statement.objects.filter(_standing(as_of, "released_on"))
    last = rows.order_by("dossier_id", "-released_on", "-pk").distinct("dossier_id")
    by_firm = {
        row.dossier.company.slug: row
        for row in sorted(
            last.select_related("dossier__company"), key=lambda row: (row.released_on, row.pk)
        )
    }
    return sorted(by_firm.values(), key=lambda row: row.dossier_id)


def _told(row: Statement) -> PublicStatement:
    return PublicStatement(
        firm=row.dossier.company.slug,
        text=Text(nl=row.text_nl, en=row.text_en),
        on=row.on,
        figures=tuple(row.figures),
        approved_by=row.approved_as,
        approved_on=row.approved_on,
    )


def _with_stated(register: Register, statements: Iterable[Statement]) -> Register:
    """Beside the public firms those that a released statement tells of."""
    there = {firm.id for firm in register}
    more = [_stated(row) for row in statements if row.dossier.company.slug not in there]
    return replace(register, companies=(*register.companies, *more))


def _stated(row: Statement) -> CompanyState:
    """Name, sector and the stage that the statement tells; all the rest is not public."""
    company = row.dossier.company
    return CompanyState(
        id=company.slug,
        name=company.name,
        sector=Text(nl=company.sector_nl, en=company.sector_en),
        cluster=company.cluster,
        sites=(),
        stage=Stage(row.stage),
        track=row.dossier.track_id,
        eop_signed=False,
        eop_date=None,
        jloi_date=None,
        agreement_date=None,
        ambitions=(),
        exit=None,
        qualifier=None,
        notes=(),
        sources={},
    )


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def _figure(candidate: Candidate, place: str, known_on: date | None) -> Figure:
    """A figure that a public source tells."""
    return Figure(
        id=candidate.id,
        firm=candidate.firm,
        quantity=candidate.quantity,
        label=candidate.label,
        low=candidate.low,
        high=candidate.high,
        unit=candidate.unit,
        origin=Origin("source", candidate.identity, place or None),
        kind=candidate.kind,
        bound=cast("Any", candidate.bound),
        year=candidate.year,
        boundary=candidate.boundary,
        known_on=known_on,
    )


def _ambitions(firms: dict[int, str], register: Register, as_of: date) -> Iterator[Figure]:
    """Of public dossiers: those that the register tells on that day."""
    told = {
        (firm.id, each.quantity, each.version, each.source, each.date or "")
        for firm in register
        for each in firm.ambitions
    }
    for row in _sourced(Ambition.objects.all(), firms):
        slug = firms[row.dossier_id]
        if (slug, row.quantity, row.version, row.source, row.dated) not in told:
            continue
        for each in ambition_figures(row, row.dossier):
            yield _figure(each, row.place, _known_on(row.source, row.dated))


def _grants(firms: dict[int, str], as_of: date) -> Iterator[Figure]:
    for row in _sourced(SubsidyDecision.objects.all(), firms):
        known_on = _known_on(row.source)
        if known_on <= as_of:
            for each in grant_figures(row, row.dossier):
                yield _figure(each, row.place, known_on)


def _promised_figures(firms: dict[int, str], as_of: date) -> Iterator[Figure]:
    for row in _public_promises(firms, as_of):
        for each in promise_figures(row, row.dossier):
            yield _figure(each, row.place, _known_on(row.source))


def _sourced(rows: QuerySet[Any], firms: dict[int, str]) -> Any:
    """Rows of public dossiers that a public source tells."""
    told = rows.filter(dossier__in=firms, dossier__level=PUBLIC).exclude(source="")
    return told.select_related("dossier__company").order_by("pk")


def _known_on(source: str, dated: str = "") -> date:
    """From which day a source counts: of the fact where it has one, else of the source."""
    told = load_sources().get(source)
    days = [last_day(day) for day in (dated, told.date if told else None) if day]
    return min(days, default=date.max)


def _released(as_of: date, known: set[str]) -> Iterator[Figure]:
    """What a named person released; of firms that are not public only beside their statement."""
    rows = FigureRelease.objects.filter(_standing(as_of, "on"), outcome="released")
    for row in rows.select_related("dossier__company").order_by("dossier_id", "figure", "on", "pk"):
        firm = row.dossier.company.slug
        if firm in known:
            origin = _release_origin(row.origin, row.identity, row)
            yield _of_row(row, firm, origin, reconstruction=row.reconstruction)


def _totals(as_of: date) -> Iterator[Figure]:
    for row in TotalRelease.objects.filter(_standing(as_of, "on")).order_by("figure", "on", "pk"):
        yield _of_row(row, None, _release_origin("total", row.figure, row))


def _release_origin(kind: str, identity: str, row: FigureRelease | TotalRelease) -> Origin:
    if kind in ("source", "run"):
        return Origin(cast("Any", kind), identity, None, row.role, row.on)
    return Origin("register", f"{kind}:{identity}", None, row.role, row.on)


def _of_row(row: Told, firm: str | None, origin: Origin, *, reconstruction: bool = False) -> Figure:
    return Figure(
        id=row.figure,
        firm=firm,
        quantity=row.quantity,
        label=Text(nl=row.label_nl, en=row.label_en),
        low=row.low,
        high=row.high,
        unit=row.unit,
        origin=origin,
        kind=cast("Any", row.kind or None),
        bound=cast("Any", row.bound or None),
        year=row.year,
        boundary=Text(nl=row.boundary_nl, en=row.boundary_en) if row.boundary_nl else None,
        known_on=row.on,
        reconstruction=reconstruction,
    )


def _withdrawn(as_of: date, figures: dict[str, Figure], known: set[str]) -> Iterator[Withdrawal]:
    """The last of each, where nothing newer took its place.

    Of a firm that is not told of, only that its statement was: a figure may never have been shown.
    """
    in_force = {row.dossier.company.slug for row in _in_force(as_of)}
    gone = {(each.what, each.id): each for each in _taken_back(as_of)}
    for each in gone.values():
        told = each.what == "statement" or each.firm is None or each.firm in known
        if told and each.id not in (in_force if each.what == "statement" else figures):
            yield each


def _taken_back(as_of: date) -> Iterator[Withdrawal]:
    """Everything that was public and was taken back by then, the last one last."""
    by_then = {"withdrawn_on__lte": as_of}
    statements = Statement.objects.filter(released_on__lte=as_of, **by_then)
    for row in statements.select_related("dossier__company").order_by("withdrawn_on", "pk"):
        if row.released_on and row.withdrawn_on:
            slug = row.dossier.company.slug
            yield Withdrawal("statement", slug, slug, row.released_on, row.withdrawn_on)
    decisions = FigureRelease.objects.filter(outcome="released", on__lte=as_of, **by_then)
    for each in decisions.select_related("dossier__company").order_by("withdrawn_on", "pk"):
        if each.withdrawn_on:
            slug = each.dossier.company.slug
            yield Withdrawal("figure", each.figure, slug, each.on, each.withdrawn_on)
    totals = TotalRelease.objects.filter(on__lte=as_of, **by_then)
    for total in totals.order_by("withdrawn_on", "pk"):
        if total.withdrawn_on:
            yield Withdrawal("figure", total.figure, None, total.on, total.withdrawn_on)


# ── promises and papers ───────────────────────────────────────────────────────────────────────


def _public_promises(firms: dict[int, str], as_of: date) -> list[Promise]:
    rows = _sourced(Promise.objects.filter(internal=False), firms)
    return [row for row in rows if _known_on(row.source) <= as_of]


def _promises(
    firms: dict[int, str], figures: dict[str, Figure], as_of: date
) -> Iterator[PublicPromise]:
    """What sources tell, and what was released as a figure."""
    sourced = _public_promises(firms, as_of)
    there = {row.pk for row in sourced}
    released = [
        figure.origin.identity.removeprefix("promise:")
        for figure in figures.values()
        if figure.origin.identity.startswith("promise:")
    ]
    by_release = Promise.objects.filter(code__in=released, internal=False).exclude(pk__in=there)
    rows = [*sourced, *by_release.select_related("dossier__company").order_by("pk")]
    waits = _waits(there)
    for row in rows:
        yield _promise(row, figures, waits.get(row.pk, ()))


def _waits(promises: Iterable[int]) -> dict[int, tuple[Text, ...]]:
    """By promise (its pk) what it waits for, as far as a source tells it."""
    found: dict[int, tuple[Text, ...]] = {}
    rows = Wait.objects.filter(waiter_promise__in=promises).select_related(
        "awaited_dependency", "awaited_promise"
    )
    for row in rows.order_by("pk"):
        awaited = row.awaited_dependency or row.awaited_promise
        waiter = row.waiter_promise_id
        if waiter and awaited and awaited.source and not awaited.internal:
            name = Text(nl=awaited.name_nl, en=awaited.name_en)
            found[waiter] = (*found.get(waiter, ()), name)
    return found


def _promise(
    row: Promise, figures: dict[str, Figure], waits_for: tuple[Text, ...]
) -> PublicPromise:
    firm = row.dossier.company.slug
    identity = promise_id(row, row.dossier)
    measure = f"{firm}.promise.{identity.partition('.')[2]}"
    known = promises_by_code().get(row.code)
    told = known[1] if known else None
    same_deed = told and told.deed and told.deed.nl == row.words
    same_day = told and told.due and row.planned == last_day(told.due)
    origin = (
        Origin("source", row.source, row.place or None) if row.source else figures[measure].origin
    )
    return PublicPromise(
        id=identity,
        firm=firm,
        by=cast("By", row.by_side if row.by_side in ("state", "company") else "state"),
        label=Text(nl=row.name_nl, en=row.name_en) if row.source else figures[measure].label,
        deed=_deed(row, told.deed.en if same_deed and told and told.deed else row.words),
        measure=measure if measure in figures else None,
        due=told.due if same_day and told else (row.planned.isoformat() if row.planned else None),
        waits_for=waits_for,
        origin=origin,
    )


def _deed(row: Promise, english: str) -> Text | None:
    """The deed in words, where a source tells it: words of a team are not public by a figure."""
    return Text(nl=row.words, en=english) if row.words and row.source else None


def _papers(firms: dict[int, str], as_of: date) -> Iterator[Paper]:
    """Papers that are public, at a public address."""
    versions = DocumentVersion.objects.filter(
        document__dossier__in=firms,
        document__dossier__level=PUBLIC,
        document__level=PUBLIC,
        state="accepted",
    ).exclude(source="")
    seen: dict[str, int] = {}
    for row in versions.select_related("document").order_by("document__dossier_id", "pk"):
        if row.document.kind not in DOCUMENTS or _known_on(row.source, row.dated) > as_of:
            continue
        short, category = DOCUMENTS[row.document.kind]
        firm = firms[row.document.dossier_id]
        base = f"{firm}.{short}"
        seen[base] = seen.get(base, 0) + 1
        told = load_sources().get(row.source)
        yield Paper(
            id=base if seen[base] == 1 else f"{base}.{seen[base]}",
            firm=firm,
            kind=row.document.kind,
            title=row.document.title,
            dated=row.dated or None,
            url=told.url if told else None,
            origin=Origin("source", row.source),
            category=category,
        )


def _disclosed(known: set[str], as_of: date) -> Iterator[Paper]:
    """Papers that were made public after a request; of a firm that is not told of, without it."""
    for each in published_papers(as_of):
        yield each if each.firm in known else replace(each, firm=None)
