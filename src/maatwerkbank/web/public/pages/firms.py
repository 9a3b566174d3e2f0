# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of one firm: its public layer, and nothing of its dossier besides."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.publication.drafting import drafted
from maatwerkbank.dossier.publication.in_words import figure_in_words
from maatwerkbank.dossier.publication.publication import Paper, Statement
from maatwerkbank.dossier.trajectory import trajectory, trajectory_ids
from maatwerkbank.letter.figure_text import pieces
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.words import capitalised, has_word, word
from maatwerkbank.portfolio.register import CompanyState, Stage
from maatwerkbank.web.public.cells import (
    NONE,
    Cell,
    day_cell,
    exit_text,
    figure_columns,
    figure_rows,
    function,
    origin_cell,
    promise_columns,
    promise_rows,
    stage_text,
)
from maatwerkbank.web.public.place import Place

LEVY = "levy"


def firm(place: Place, firm: str) -> dict[str, Any]:
    """Where it stands, its statement, figures, promises of both sides and papers."""
    publication = place.publication
    found = next((each for each in publication.register if each.id == firm), None)
    if found is None:
        raise Http404
    figures = publication.figures_of(firm)
    promises = publication.promises_of(firm)
    return {
        "firm": found,
        "facts": _facts(place, found),
        "stages": _stages(place, found),
        "leaving": capitalised(exit_text(place, found)),
        "reasons": _reasons(place, found),
        "statement": _statement(place, found),
        "notes": [*([found.qualifier] if found.qualifier else []), *found.notes],
        "figure_columns": figure_columns(firm=False),
        "figures": figure_rows(
            place, (each for each in figures if not each.quantity.startswith(LEVY)), firm=False
        ),
        "levy": figure_rows(
            place,
            (each for each in figures if each.quantity.startswith(LEVY) and each.reconstruction),
            firm=False,
        ),
        "promise_columns": promise_columns(firm=False),
        "by_state": promise_rows(place, (p for p in promises if p.by == "state"), firm=False),
        "by_firm": promise_rows(place, (p for p in promises if p.by == "company"), firm=False),
        "paper_columns": paper_columns(firm=False),
        "papers": [paper_row(place, each) for each in publication.papers_of(firm)],
    }


def _facts(place: Place, found: CompanyState) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Stage"), "value": stage_text(place, found)},
        {"label": _("Track"), "value": word(f"track.{found.track}", place.language)},
        {"label": _("Sector"), "value": place.say(found.sector)},
        {"label": _("Cluster"), "value": found.cluster},
    ]
    if found.sites:
        sites = ", ".join(dict.fromkeys(site.municipality for site in found.sites))
        facts.append({"label": _("Sites in"), "value": sites})
    return facts


def _stages(place: Place, found: CompanyState) -> list[dict[str, Any]]:
    """What was reached, and for who is in the standard track what lies ahead."""
    days = {
        Stage.EOP: found.eop_date,
        Stage.JLOI: found.jloi_date,
        Stage.AGREEMENT: found.agreement_date,
    }
    shown = []
    passed = True
    for stage in Stage:
        here = stage is found.stage
        if here:
            passed = False
        if not (here or stage in found.sources or (not passed and _goes_on(found))):
            continue
        state = "passed" if passed else "ahead"
        if here:
            state = {None: "here", "paused": "paused"}.get(
                found.exit.kind if found.exit else None, "stopped"
            )
        when = days.get(stage)
        shown.append(
            {
                "label": capitalised(word(f"stage.{stage}", place.language)),
                "state": state,
                "date": day(when, place.language) if when else "",
            }
        )
    return shown


def _goes_on(found: CompanyState) -> bool:
    return found.exit is None and found.track == "standard"


def _reasons(place: Place, found: CompanyState) -> list[str]:
    if not found.exit:
        return []
    known = trajectory(trajectory_ids()[-1]).reasons
    return [place.say(known[each]) if each in known else each for each in found.exit.reasons]


def _statement(place: Place, found: CompanyState) -> dict[str, Any]:
    """The approved text; where nobody approved one, what the register tells."""
    stated = place.publication.statements.get(found.id)
    approved = stated is not None and stated.approved_by is not None
    statement: Statement = stated or drafted(found, place.publication)
    on = statement.approved_on or statement.on
    note = (
        _("Approved by %(who)s on %(day)s.")
        % {
            "who": function(statement.approved_by),
            "day": day(on.isoformat(), place.language),
        }
        if approved
        else _("Drafted from the public register; not approved.")
    )
    return {
        "pieces": _pieces(place, statement),
        "note": note,
        "approved": approved,
        "gone": _gone(place, found),
    }


def _gone(place: Place, found: CompanyState) -> str:
    """That an earlier text was taken back, as long as no other took its place."""
    withdrawn = (
        each
        for each in place.publication.withdrawn
        if each.what == "statement" and each.id == found.id
    )
    gone = next(withdrawn, None)
    return (
        _("An approved text was public here from %(released)s, and was withdrawn on %(withdrawn)s.")
        % {
            "released": day(gone.released_on.isoformat(), place.language),
            "withdrawn": day(gone.withdrawn_on.isoformat(), place.language),
        }
        if gone
        else ""
    )


def _pieces(place: Place, statement: Statement) -> list[Cell]:
    return [
        {"text": each}
        if isinstance(each, str)
        else {
            "text": figure_in_words(each, place.language),
            "href": place.to("figure", figure=each.id),
        }
        for each in pieces(statement.text, place.publication, place.language)
    ]


# ── papers ────────────────────────────────────────────────────────────────────────────────────


def paper_columns(*, firm: bool) -> list[dict[str, Any]]:
    """Heads of a table of papers."""
    return [
        {"label": _("Document")},
        *([{"label": _("Firm")}] if firm else []),
        {"label": _("Kind")},
        {"label": _("Day")},
        {"label": _("Category of the Woo")},
        {"label": _("Parts withheld")},
        {"label": _("Source")},
    ]


def paper_row(place: Place, paper: Paper, *between: Cell) -> list[Cell]:
    """One paper; `between` stands after its title."""
    withheld = "; ".join(place.say(ground) for ground in paper.withheld)
    return [
        {"text": paper.title, "href": paper.url}
        if paper.url
        else {"text": paper.title, "note": _("no public address is known")},
        *between,
        {"text": _kind(place, paper)},
        day_cell(place, paper.dated),
        {"text": word(f"category.{paper.category}", place.language)}
        if paper.category and has_word(f"category.{paper.category}")
        else NONE,
        {"text": withheld} if withheld else NONE,
        origin_cell(place, paper.origin),
    ]


def _kind(place: Place, paper: Paper) -> str:
    key = f"paper.{paper.kind}"
    if has_word(key):
        return word(key, place.language)
    known = DOCUMENT_KINDS.get(paper.kind)
    return place.say(known.label) if known else paper.kind
