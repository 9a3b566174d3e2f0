# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The first public page: who stands where, how many tonnes, what changed since the last letter."""

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maatwerkbank.letter.figure_text import amount_text
from maatwerkbank.letter.numbers import day
from maatwerkbank.letter.open_data.totals import Group, Sum, totals
from maatwerkbank.letter.stage_counts_picture import TITLE, StageCount, stage_counts_svg
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.portfolio.register import ORDER, Stage
from maatwerkbank.web.public.cells import NONE, Cell, day_cell, exit_text, firm_cell, stage_text
from maatwerkbank.web.public.changes_told import told
from maatwerkbank.web.public.place import Place

TONNES = "t"  # the heading says that they are tonnes a year


def start(place: Place) -> dict[str, Any]:
    """The portfolio."""
    firms = tuple(place.publication.register)
    running = [firm for firm in firms if firm.exit is None]
    found = totals(place.publication)
    return {
        "summary": _summary(place, len(firms), len(running)),
        "tiles": _tiles(place, found.binding, found.intended, found.realised),
        "picture": _picture(place),
        "firms": _firms(place),
        "sums": _sums(place, found.binding, found.intended, found.realised),
        "changes": told(place),
        "since": _since(place),
    }


def _summary(place: Place, firms: int, running: int) -> str:
    """One sentence with the counts."""
    in_register = ngettext(
        "On %(day)s the register holds %(count)s firm.",
        "On %(day)s the register holds %(count)s firms.",
        firms,
    ) % {"day": day(place.publication.as_of.isoformat(), place.language), "count": firms}
    in_track = ngettext(
        "%(count)s of them is in the track; what became of the others stands below.",
        "%(count)s of them are in the track; what became of the others stands below.",
        running,
    ) % {"count": running}
    return f"{in_register} {in_track}" if running < firms else in_register


def _tiles(place: Place, binding: Group, intended: Group, realised: Sum) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Agreed, gross"),
            "value": _range(place, binding.gross),
            "note": _over(binding.gross),
        },
        {
            "label": _("Aimed at, gross"),
            "value": _range(place, intended.gross),
            "note": _over(intended.gross),
        },
        {
            "label": _("Agreed, additional"),
            "value": _range(place, binding.additional),
            "note": _over(binding.additional)
            or _("No agreement that is public tells the two apart."),
        },
        {
            "label": _("Realised"),
            "value": _range(place, realised),
            "note": _over(realised) or _("No verified figure has been released yet."),
        },
    ]


def _range(place: Place, found: Sum) -> str | None:
    if found.low is None or found.high is None:
        return None
    if found.low == found.high:
        return amount_text(found.low, TONNES, place.language)
    ends = (amount_text(end, TONNES, place.language) for end in (found.low, found.high))
    return word("text.range", place.language, **dict(zip(("low", "high"), ends, strict=True)))


def _over(found: Sum) -> str:
    if not found.firms:
        return ""
    return ngettext("of %(count)s firm", "of %(count)s firms", len(found.firms)) % {
        "count": len(found.firms)
    }


def _sums(place: Place, binding: Group, intended: Group, realised: Sum) -> dict[str, Any]:
    def row(label: str, group: Group) -> list[Cell]:
        return [
            {"text": label},
            {"text": str(len(group.firms))},
            {"text": _range(place, group.gross) or _("not public")},
            {"text": _range(place, group.additional) or _("not public")},
            {"text": str(len(group.silent))},
        ]

    return {
        "columns": [
            {"label": _("Last document")},
            {"label": _("Firms"), "numeric": True},
            {"label": _("Gross CO2 reduction"), "numeric": True},
            {"label": _("Additional CO2 reduction"), "numeric": True},
            {"label": _("Firms without public tonnes"), "numeric": True},
        ],
        "rows": [
            row(_("Agreement or subsidy decision (binding)"), binding),
            row(_("Expression of Principles or Joint Letter of Intent (aim)"), intended),
        ],
        "realised": _range(place, realised),
    }


def _picture(place: Place) -> dict[str, Any]:
    register = place.publication.register
    at = {stage: [firm for firm in register if firm.stage == stage] for stage in Stage}
    counts = [
        StageCount(
            capitalised(word(f"stage.{stage}", place.language)),
            sum(firm.exit is None for firm in firms),
            sum(firm.exit is not None for firm in firms),
        )
        for stage, firms in at.items()
    ]
    wide = stage_counts_svg(counts, place.language, width=1180, names=210)
    narrow = stage_counts_svg(counts, place.language, width=340, names=0)
    return {
        "title": place.say(TITLE),
        # made by stage_counts_picture, which escapes every word
        "wide": mark_safe(wide),  # noqa: S308
        "narrow": mark_safe(narrow),  # noqa: S308
        "columns": [
            {"label": _("Stage")},
            {"label": _("Running"), "numeric": True},
            {"label": _("Stopped or paused"), "numeric": True},
            {"label": _("Firms")},
        ],
        "rows": [
            [
                {"text": count.stage},
                {"text": str(count.running)},
                {"text": str(count.stopped)},
                {"text": ", ".join(firm.name for firm in firms)} if firms else NONE,
            ]
            for count, firms in zip(counts, at.values(), strict=True)
        ],
    }


def _firms(place: Place) -> dict[str, Any]:
    ordered = sorted(
        place.publication.register,
        key=lambda firm: (firm.exit is not None, -ORDER[firm.stage], firm.name),
    )
    return {
        "columns": [
            {"label": _("Firm")},
            {"label": _("Sector")},
            {"label": _("Stage")},
            {"label": "EoP"},
            {"label": "JLoI"},
            {"label": _("Agreement")},
        ],
        "rows": [
            [
                firm_cell(place, firm.id),
                {"text": place.say(firm.sector)},
                {"text": stage_text(place, firm), "note": capitalised(exit_text(place, firm))},
                {"text": _("day not public")}
                if firm.eop_signed and not firm.eop_date
                else day_cell(place, firm.eop_date),
                day_cell(place, firm.jloi_date),
                day_cell(place, firm.agreement_date),
            ]
            for firm in ordered
        ],
    }


def _since(place: Place) -> str:
    before = place.snapshot.before
    return day(before.as_of.isoformat(), place.language) if before else ""
