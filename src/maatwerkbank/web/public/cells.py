# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parts that more than one public page shows: a figure, a promise, a source, a state.

Takes     values of a publication and the place of the page.
Gives     cells and rows as the components take them.
Leaves    the words of figures to `letter`.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from maatwerkbank.dossier.promises.promise import STATES
from maatwerkbank.dossier.publication.publication import Figure, Origin, PublicPromise
from maatwerkbank.letter.exits import exit_label
from maatwerkbank.letter.figure_text import figure_text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.portfolio.register import CompanyState
from maatwerkbank.sources import load_sources
from maatwerkbank.web.public.place import Place

Cell = dict[str, Any]
TONES: Mapping[str, str] = MappingProxyType(
    {"kept": "positive", "at_risk": "warning", "broken": "negative", "open": "info", "waived": ""}
)
NONE: Cell = {"text": "–"}


def figure_cell(place: Place, figure: Figure) -> Cell:
    """The value, with the way to its page."""
    note = _("reconstruction from public data") if figure.reconstruction else ""
    return {
        "text": figure_text(figure, place.language),
        "href": place.to("figure", figure=figure.id),
        "note": note,
    }


def firm_cell(place: Place, identity: str | None) -> Cell:
    """The name of a firm, with the way to its page."""
    if identity is None:
        return {"text": _("the whole")}
    known = {each.id: each.name for each in place.publication.register}
    if identity not in known:
        return {"text": identity}
    return {"text": known[identity], "href": place.to("firm", firm=identity)}


def stage_text(place: Place, firm: CompanyState) -> str:
    """The last stage that was reached."""
    return capitalised(word(f"stage.{firm.stage}", place.language))


def exit_text(place: Place, firm: CompanyState) -> str:
    """How and since when it left the track; nothing where it did not."""
    return exit_label(firm.exit, place.language) if firm.exit else ""


def day_cell(place: Place, when: str | None) -> Cell:
    """A day that may be reduced."""
    return {"text": day(when, place.language)} if when else NONE


def origin_cell(place: Place, origin: Origin) -> Cell:
    """The source with the way to its page; else what it was released from, and by whom."""
    if origin.kind == "source" and origin.identity in load_sources():
        found = load_sources()[origin.identity]
        return {
            "text": found.title,
            "href": place.source(origin.identity),
            "note": word(f"seen.{found.seen}", place.language),
        }
    return {
        "text": capitalised(word(f"origin_kind.{origin.kind}", place.language)),
        "note": released(place, origin),
    }


def released(place: Place, origin: Origin) -> str:
    """By which function, and when."""
    if not origin.released_on:
        return ""
    return _("released by %(who)s on %(day)s") % {
        "who": function(origin.released_by),
        "day": day(origin.released_on.isoformat(), place.language),
    }


def function(office: str | None) -> str:
    """A function in words; a name of a person never stands here."""
    return {
        "programme": _("the programme office"),
        "minister_office": _("the office of the minister"),
        "case_lead": _("the case lead"),
        "case_team": _("the case team"),
    }.get(office or "", office or _("a function that is not named"))


PROMISE_COLUMNS = ("what", "due", "state", "waits", "origin")


def promise_columns(*, firm: bool) -> list[dict[str, Any]]:
    """Heads of a table of promises."""
    return [
        *([{"label": _("Firm")}] if firm else []),
        {"label": _("What")},
        {"label": _("Due")},
        {"label": _("State")},
        {"label": _("Waits for")},
        {"label": _("Source")},
    ]


def promise_rows(place: Place, found: Iterable[PublicPromise], *, firm: bool) -> list[list[Cell]]:
    """A row a promise."""
    return [list(_promise(place, each, firm=firm)) for each in found]


def _promise(place: Place, each: PublicPromise, *, firm: bool) -> Iterator[Cell]:
    if firm:
        yield firm_cell(place, each.firm)
    figures = place.publication.figures
    measure = figures.get(each.measure or "")
    label = place.say(each.label)
    deed = place.say(each.deed)
    what: Cell = {"text": label, "note": deed if deed != label else ""}
    if measure:
        what |= {"href": place.to("figure", figure=measure.id)}
    realised = figures.get(each.realised or "")
    if realised:
        what["note"] = _("realised: %(value)s") % {"value": figure_text(realised, place.language)}
    yield what
    yield day_cell(place, each.due)
    if each.state and each.state in STATES:
        tone = TONES.get(each.state, "")
        yield {"text": place.say(STATES[each.state]), "tone": tone or "plain"}
    else:
        yield {"text": _("not judged in public")}
    waits = ", ".join(place.say(text) for text in each.waits_for)
    yield {"text": waits} if waits else NONE
    yield origin_cell(place, each.origin)


def figure_columns(*, firm: bool) -> list[dict[str, Any]]:
    """Heads of a table of figures."""
    return [
        {"label": _("Figure")},
        *([{"label": _("Firm")}] if firm else []),
        {"label": _("Value"), "numeric": True},
        {"label": _("Year"), "numeric": True},
        {"label": _("What it covers")},
        {"label": _("Source")},
    ]


def figure_rows(place: Place, found: Iterable[Figure], *, firm: bool) -> list[list[Cell]]:
    """A row a figure."""
    return [
        [
            {
                "text": capitalised(place.say(each.label)),
                "href": place.to("figure", figure=each.id),
            },
            *([firm_cell(place, each.firm)] if firm else []),
            {
                "text": figure_text(each, place.language),
                "note": _("reconstruction from public data") if each.reconstruction else "",
            },
            {"text": str(each.year)} if each.year else NONE,
            {"text": place.say(each.boundary)} if each.boundary else NONE,
            origin_cell(place, each.origin),
        ]
        for each in found
    ]
