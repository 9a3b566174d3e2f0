# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the screens of releases say: statements, figures and totals in words of the page.

Takes     rows and candidates that the guard gave.
Gives     values for templates.
Leaves    the rules to `dossier.publication`, the deeds to the modules beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maatwerkbank.dossier.confidentiality import GROUNDS, Level
from maatwerkbank.dossier.publication.drafting import filled, staleness
from maatwerkbank.dossier.publication.in_words import figure_in_words
from maatwerkbank.dossier.publication.publication import Figure, Origin, Publication
from maatwerkbank.dossier.publication.release import ORIGINS, STATES, Candidate
from maatwerkbank.ground.findings import Finding
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.releases.candidates import public_by_itself
from maatwerkbank.web.releases.models import FigureRelease, Statement, Told
from maatwerkbank.web.releases.releasing import findings_of as lacks_of_figure
from maatwerkbank.web.releases.stating import told_by
from maatwerkbank.web.releases.totals import Sum
from maatwerkbank.web.templatetags.words import day, in_language, page_language, say

WEEKS = 26
"""A statement that is older is flagged: two letters a year are the custom."""
TONES = {"draft": "", "proposed": "info", "approved": "warning", "released": "positive"}


def stage_in_words(stage: str) -> str:
    """The stage of the approach, as a page says it."""
    return capitalised(word(f"stage.{stage}", page_language()))


def amount_in_words(
    low: float | None, high: float | None, unit: str, bound: str | None = None
) -> str:
    """A value with its bound and unit; that it is unknown where it is."""
    low = high if low is None else low
    high = low if high is None else high
    if low is None:
        return _("unknown")
    shown = Figure(
        "", None, "", STATES["draft"], low, high, unit, Origin("register", ""), bound=_bound(bound)
    )
    return figure_in_words(shown, page_language())


def _bound(bound: str | None) -> Any:
    return cast("Any", bound or None)


# ── statements ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class StatementShown:
    """A statement in words: with its figures in it, its state, and what is stale."""

    row: Statement
    text: str
    state: str
    tone: str
    stage: str
    stale: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    @property
    def age(self) -> int:
        """[days] since the day of which it tells."""
        return (timezone.localdate() - self.row.on).days


def statement_shown(row: Statement, publication: Publication) -> StatementShown:
    """As it stands beside what is public now."""
    told = told_by(row)
    found = filled(told, publication, page_language())
    stale = staleness(
        told,
        publication,
        timezone.localdate(),
        WEEKS,
        made_from=row.drafted_from or None,
    )
    return StatementShown(
        row=row,
        text=found.text,
        state=say(STATES[row.state]),
        tone=TONES.get(row.state, "negative"),
        stage=stage_in_words(row.stage),
        stale=stale,
        findings=found.findings,
    )


def differences(before: StatementShown, after: StatementShown) -> list[dict[str, Any]]:
    """What a draft says otherwise than the statement in force."""
    fields = (
        (_("Text"), before.text, after.text),
        (_("Stage"), before.stage, after.stage),
        (_("Day"), day(before.row.on), day(after.row.on)),
    )
    return [
        {
            "field": field,
            "before": old,
            "after": new,
            "kind": "same" if old == new else "changed",
        }
        for field, old, new in fields
    ]


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def figures_shown(
    candidates: Iterable[Candidate], standing: Iterable[FigureRelease], dossier: Dossier
) -> list[dict[str, Any]]:
    """Every figure: public by itself, released, refused, or what may still be decided."""
    decided = {row.figure: row for row in standing}
    shown = [_figure(each, decided.pop(each.id, None), dossier) for each in candidates]
    return [*shown, *(_gone(row, dossier) for row in decided.values())]


def _figure(each: Candidate, decision: FigureRelease | None, dossier: Dossier) -> dict[str, Any]:
    lacks = () if decision else lacks_of_figure(each)
    by_itself = public_by_itself(each) and dossier.level == Level.OPENBAAR
    return {
        "id": each.id,
        "label": capitalised(say(each.label)),
        "value": amount_in_words(each.low, each.high, each.unit, each.bound),
        "year": each.year or "",
        "level": say(each.level.label),
        "origin": say(ORIGINS[each.origin]),
        "identity": each.identity,
        "reconstruction": each.reconstruction,
        "emission_data": each.emission_data,
        "lacks": [say(finding.remedy) for finding in lacks],
        **_standing(decision, dossier, by_itself=by_itself),
        "href": ""
        if decision or by_itself
        else reverse("releases:figure", args=[dossier.code, each.id]),
    }


def _gone(row: FigureRelease, dossier: Dossier) -> dict[str, Any]:
    """A decision on a figure that the dossier no longer has."""
    return {
        "id": row.figure,
        "label": capitalised(in_language(row, "label")),
        "value": told_in_words(row),
        "year": row.year or "",
        "level": say(Level(row.level).label),
        "origin": say(ORIGINS[row.origin]),
        "identity": row.identity,
        "reconstruction": row.reconstruction,
        "emission_data": row.emission_data,
        "lacks": [],
        "href": "",
        **_standing(row, dossier, by_itself=False),
    }


def told_in_words(row: Told) -> str:
    """The value of a decision."""
    return amount_in_words(row.low, row.high, row.unit, row.bound)


def _standing(
    decision: FigureRelease | None, dossier: Dossier, *, by_itself: bool
) -> dict[str, Any]:
    """How it stands in a word, and the way to take a decision back."""
    if decision is None:
        if by_itself:
            return {"state": _("public by its source"), "tone": "positive"}
        return {"state": _("not released"), "tone": ""}
    back = reverse("releases:withdraw-figure", args=[dossier.code, decision.code])
    if decision.outcome == "released":
        state, tone = _("released"), "positive"
    else:
        state, tone = _("refused"), "negative"
    ground = say(GROUNDS[decision.ground].label) if decision.ground else ""
    return {"state": state, "tone": tone, "decision": decision, "ground": ground, "back": back}


# ── totals ────────────────────────────────────────────────────────────────────────────────────


def totals_shown(found: Iterable[Sum], standing: Iterable[Any]) -> list[dict[str, Any]]:
    """Totals over firms, with what each gives away, and those that were released."""
    released = {row.figure: row for row in standing}
    shown = []
    for each in found:
        row = released.pop(each.id, None)
        shown.append(
            {
                "id": each.id,
                "label": capitalised(say(each.label)),
                "value": told_in_words(row)
                if row
                else amount_in_words(each.low, each.high, each.unit),
                "firms": len(row.firms) if row else len(each.firms),
                "reveals": row.reveals if row else [found.place for found in each.findings],
                "row": row,
            }
        )
    gone = [
        {
            "id": row.figure,
            "label": capitalised(in_language(row, "label")),
            "value": told_in_words(row),
            "firms": len(row.firms),
            "reveals": row.reveals,
            "row": row,
        }
        for row in released.values()
    ]
    return [*shown, *gone]
