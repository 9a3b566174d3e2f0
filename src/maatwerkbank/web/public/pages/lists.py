# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public pages that list all of one kind: promises, figures, papers, what Parliament was told."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from maatwerkbank.dossier.parliament.register import (
    Commitment,
    Motion,
    Parliament,
    ParliamentLetter,
)
from maatwerkbank.dossier.parliament.standing import STATES, Standing, findings_by_row, in_order
from maatwerkbank.dossier.publication.publication import Figure, Withdrawal
from maatwerkbank.letter.figure_text import figure_text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.sources import citation, load_sources
from maatwerkbank.web.public.cells import (
    NONE,
    Cell,
    day_cell,
    figure_columns,
    figure_rows,
    firm_cell,
    promise_columns,
    promise_rows,
    released,
)
from maatwerkbank.web.public.pages.firms import paper_columns, paper_row
from maatwerkbank.web.public.place import Place

TONES = {"overdue": "negative", "due_soon": "warning", "partly": "info", "fulfilled": "positive"}


def promises(place: Place) -> dict[str, Any]:
    """What the State owes, and what firms owe."""
    found = place.publication.promises
    return {
        "columns": promise_columns(firm=True),
        "by_state": promise_rows(place, (each for each in found if each.by == "state"), firm=True),
        "by_firm": promise_rows(place, (each for each in found if each.by == "company"), firm=True),
    }


def figures(place: Place) -> dict[str, Any]:
    """Every figure."""
    return {
        "columns": figure_columns(firm=True),
        "rows": figure_rows(place, place.publication.figures.values(), firm=True),
    }


def figure(place: Place, figure: str) -> dict[str, Any]:
    """One figure, and the way back to where it comes from."""
    publication = place.publication
    gone = next((e for e in publication.withdrawn if e.what == "figure" and e.id == figure), None)
    found = publication.figures.get(figure)
    if found is None and gone is None:
        raise Http404
    return {
        "identity": figure,
        "stays": place.stays.figure(figure),
        "heading": capitalised(place.say(found.label)) if found else figure,
        "value": figure_text(found, place.language) if found else None,
        "facts": _facts(place, found) if found else [],
        "chain": _chain(place, found) if found else [],
        "used": _used(place, found) if found else [],
        "gone": None if found or gone is None else _gone(place, gone),
        "reconstruction": bool(found and found.reconstruction),
    }


def _facts(place: Place, found: Figure) -> list[dict[str, Any]]:
    facts = []
    if found.firm:
        cell = firm_cell(place, found.firm)
        facts.append({"label": _("Firm"), "value": cell["text"], "href": cell.get("href")})
    if found.kind:
        kinds = {"gross": _("gross"), "additional": _("additional")}
        facts.append({"label": _("Gross or additional"), "value": kinds[found.kind]})
    if found.year:
        facts.append({"label": _("Year"), "value": str(found.year)})
    if found.boundary:
        facts.append({"label": _("What it covers"), "value": place.say(found.boundary)})
    if found.known_on:
        since = day(found.known_on.isoformat(), place.language)
        facts.append({"label": _("Public since"), "value": since})
    return facts


def _chain(place: Place, found: Figure) -> list[dict[str, Any]]:
    """From the figure back, step by step."""
    origin = found.origin
    kind = capitalised(word(f"origin_kind.{origin.kind}", place.language))
    steps: list[dict[str, Any]] = [{"label": _("Origin"), "value": kind}]
    if origin.kind == "source" and origin.identity in load_sources():
        source = load_sources()[origin.identity]
        steps += [
            {
                "label": _("Source"),
                "value": citation(source, language=place.language),
                "href": place.source(origin.identity),
            },
            {
                "label": _("How the source was seen"),
                "value": word(f"seen_means.{source.seen}", place.language),
            },
        ]
    else:
        name = _("Number of the receipt") if origin.kind == "run" else _("Row of the register")
        steps.append({"label": name, "value": origin.identity})
    if origin.place:
        steps.append({"label": _("Place in the source"), "value": origin.place})
    if origin.released_on:
        steps.append({"label": _("Release"), "value": capitalised(released(place, origin))})
    return steps


def _used(place: Place, found: Figure) -> list[dict[str, str]]:
    """Where the figure stands besides here."""
    used = [
        {
            "label": place.say(each.label),
            "href": place.to("firm", firm=each.firm),
        }
        for each in place.publication.promises
        if found.id in {each.measure, each.realised}
    ]
    used += [
        {
            "label": _("Status text of %(firm)s")
            % {"firm": firm_cell(place, statement.firm)["text"]},
            "href": place.to("firm", firm=statement.firm),
        }
        for statement in place.publication.statements.values()
        if found.id in statement.figures
    ]
    return used


def _gone(place: Place, gone: Withdrawal) -> dict[str, str]:
    return {
        "released": day(gone.released_on.isoformat(), place.language),
        "withdrawn": day(gone.withdrawn_on.isoformat(), place.language),
    }


def papers(place: Place) -> dict[str, Any]:
    """Every public document."""
    return {
        "columns": paper_columns(firm=True),
        "rows": [
            paper_row(place, each, firm_cell(place, each.firm)) for each in place.publication.papers
        ],
    }


# ── Parliament ────────────────────────────────────────────────────────────────────────────────


def parliament(place: Place) -> dict[str, Any]:
    """Letters, commitments and motions."""
    told = place.publication.parliament
    letters = sorted(
        told.letters, key=lambda each: (each.on is not None, each.on or each.id), reverse=True
    )
    doubts = _doubts(place, told)
    return {
        "commitment_columns": [
            {"label": _("Commitment")},
            {"label": _("Made on")},
            {"label": _("Due")},
            {"label": _("State")},
            {"label": _("Told to the House")},
        ],
        "commitments": [_commitment(place, doubts, *each) for each in in_order(told)],
        "motion_columns": [
            {"label": _("Motion")},
            {"label": _("Moved by")},
            {"label": _("Vote")},
            {"label": _("Outcome")},
            {"label": _("What the cabinet does")},
        ],
        "motions": [_motion(place, doubts, each) for each in told.motions],
        "letter_columns": [
            {"label": _("Letter")},
            {"label": _("Day")},
            {"label": _("Parliamentary paper")},
        ],
        "letters": [_letter(place, doubts, each) for each in letters],
    }


def _doubts(place: Place, told: Parliament) -> dict[str, str]:
    """What is doubtful of the references of a row, by `part.id`."""
    return {
        row: " ".join(
            _("Doubtful: %(finding)s.") % {"finding": each.found_text(place.language)}
            for each in found
            if each.code.startswith("reference.")
        )
        for row, found in findings_by_row(told).items()
    }


def _cited(cited: str, doubt: str | None) -> str:
    """A reference, and what is doubtful of it."""
    return f"{cited}. {doubt}" if doubt else cited


def _commitment(
    place: Place, doubts: Mapping[str, str], each: Commitment, stands: Standing
) -> list[Cell]:
    last = stands.told
    reported = NONE
    if last:
        paper = last.reference
        reported = {
            "text": day(last.on.isoformat(), place.language),
            "href": paper.address() if paper else None,
            "note": paper.written(place.language) if paper else place.say(last.where),
        }
    return [
        {
            "text": place.say(each.text),
            "note": _cited(each.number or "", doubts.get(f"commitments.{each.id}")),
        },
        day_cell(place, each.made_on.isoformat()),
        day_cell(place, each.due),
        {
            "text": place.say(STATES[stands.state]),
            "tone": TONES.get(stands.state, "plain"),
        },
        reported,
    ]


def _motion(place: Place, doubts: Mapping[str, str], each: Motion) -> list[Cell]:
    paper, doubt = each.reference, doubts.get(f"motions.{each.id}")
    return [
        {
            "text": place.say(each.text),
            "href": paper.address() if paper else None,
            "note": _cited(paper.written(place.language), doubt) if paper else "",
        },
        {"text": each.by},
        day_cell(place, each.on.isoformat() if each.on else None),
        {"text": capitalised(word(f"motion_outcome.{each.outcome}", place.language))},
        {"text": place.say(each.consequence or each.stance)}
        if each.consequence or each.stance
        else {"text": _("not told yet")},
    ]


def _letter(place: Place, doubts: Mapping[str, str], each: ParliamentLetter) -> list[Cell]:
    paper = each.reference
    address = paper.address() if paper else None
    return [
        {"text": each.title, "href": address or place.source(each.source)},
        day_cell(place, each.on.isoformat()) if each.on else {"text": _("day not public")},
        {"text": paper.written(place.language), "note": doubts.get(f"letters.{each.id}", "")}
        if paper
        else NONE,
    ]
