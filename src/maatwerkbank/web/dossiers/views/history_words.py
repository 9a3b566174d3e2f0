# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The history of a dossier in words: what a field says, and what a change is about.

Takes     a field of a kind of row, and its value.
Gives     words in the language of the page.
Leaves    labels to `history_labels.py`; names of people and of other rows to `history.py`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from maatwerkbank.dossier.advice import advice, positions, reviews
from maatwerkbank.dossier.advice.bodies import FUNCTIONS, bodies
from maatwerkbank.dossier.advice.bodies import criteria as criteria_of_advice
from maatwerkbank.dossier.advice.lessons import helps, reasons
from maatwerkbank.dossier.agreement import negotiation
from maatwerkbank.dossier.agreement.amendments import CHANGE_KINDS
from maatwerkbank.dossier.agreement.drafting import ORIGINS
from maatwerkbank.dossier.agreement.library import fields, library
from maatwerkbank.dossier.agreement.terms import CLAUSE, OWN, label_of
from maatwerkbank.dossier.disclosure.categories import CATEGORIES
from maatwerkbank.dossier.disclosure.grounds import ALL_GROUNDS
from maatwerkbank.dossier.disclosure.work_list import JUDGEMENTS
from maatwerkbank.dossier.execution.clauses import CLAUSE_KINDS, KINDS_OF_EFFECT
from maatwerkbank.dossier.execution.kpi import QUANTITIES
from maatwerkbank.dossier.money.budget import STATES
from maatwerkbank.dossier.money.cover import FACTS
from maatwerkbank.dossier.promises.dependency import BANDS, CONTRACTS, NETTING, STEPS
from maatwerkbank.dossier.promises.dependency import KINDS as DEPENDENCIES
from maatwerkbank.dossier.promises.promise import SIDES
from maatwerkbank.dossier.promises.risk_register import IMPACTS
from maatwerkbank.dossier.publication.release import ORIGINS as ORIGINS_OF_FIGURES
from maatwerkbank.dossier.publication.release import STATES as STATES_OF_STATEMENTS
from maatwerkbank.dossier.timeline import PARALLEL_TRACKS
from maatwerkbank.dossier.trajectory import criteria
from maatwerkbank.ground.errors import DossierError
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.dossiers.views.history_labels import DECISIONS
from maatwerkbank.web.dossiers.views.history_labels_public import (
    OUTCOMES_OF_FIGURES,
    OUTCOMES_OF_INVENTORIES,
)
from maatwerkbank.web.templatetags.words import (
    day,
    figure,
    level,
    page_language,
    role,
    say,
    topic,
)


def told(kind: str, field: str, value: Any, dossier: Dossier) -> str:
    """What a field says, in words."""
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date | datetime):
        return day(value)
    found = WORDS_OF_KIND.get((kind, field)) or WORDS.get(field)
    if found is not None:
        return found(dossier, value)
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {each}" for key, each in value.items() if each not in (None, ""))
    return str(value)


def about(kind: str, value: str, dossier: Dossier) -> str:
    """What a change is about, in the language of the page."""
    if "|" in value:
        dutch, english = value.split("|", 1)
        return english if page_language() == "en" else dutch
    telling = ABOUT.get(kind)
    return telling(dossier, value) if telling and value else value


def _label(find: Callable[[], Any], identity: str) -> str:
    try:
        return say(find().label)
    except DossierError:
        return identity


def _stage(dossier: Dossier, identity: str) -> str:
    track = dossier.trajectory.tracks.get(dossier.track_id)
    return _label(lambda: track.stage(identity), identity) if track else identity


def _gate(dossier: Dossier, identity: str) -> str:
    track = dossier.trajectory.tracks.get(dossier.track_id)
    return _label(lambda: track.gate(identity), identity) if track else identity


def _track(dossier: Dossier, identity: str) -> str:
    return _label(lambda: dossier.trajectory.track(identity), identity)


def _exit(dossier: Dossier, identity: str) -> str:
    return _label(lambda: dossier.trajectory.exit(identity), identity)


def _criterion(_dossier: Dossier, identity: str) -> str:
    found = criteria().get(identity)
    return say(found.label) if found else identity


def _reasons(dossier: Dossier, codes: list[str]) -> str:
    known = dossier.trajectory.reasons
    return "; ".join(say(known[code]) if code in known else code for code in codes)


def _table(table: Mapping[str, Any]) -> Callable[[Dossier, Any], str]:
    """Words of a table of the dossier floor; what is not in it is told as it is stored."""

    def told(_dossier: Dossier, value: Any) -> str:
        found = table.get(value)
        return str(value) if found is None else say(getattr(found, "label", found))

    return told


def _codes(_dossier: Dossier, values: list[str]) -> str:
    told = _table({**reasons(), **helps()})
    return "; ".join(told(_dossier, code) for code in values)


def _part(path: str) -> str:
    if path.startswith(f"{CLAUSE}{OWN}"):
        return _("Own clause")
    return say(label_of(path, {}, A_LIBRARY))


def _plain(value: Any) -> str:
    """A value of a text: a clause, words in two languages, lines, or a figure."""
    if isinstance(value, dict) and "heading" in value:
        return f"{_plain(value['heading'])}: {_plain(value['text'])}"
    if isinstance(value, dict):
        return str(value.get(page_language()) or value.get("nl") or value)
    if isinstance(value, list):
        return "; ".join(_plain(each) for each in value)
    if isinstance(value, float | Decimal):
        return _number(value)
    return str(value)


def _number(value: float | Decimal) -> str:
    return figure(float(value), 0 if value == round(value) else 2)


def _public_stage(_dossier: Dossier, stage: str) -> str:
    return capitalised(word(f"stage.{stage}", page_language()))


def _grounds(_dossier: Dossier, values: list[str]) -> str:
    return "; ".join(_table(ALL_GROUNDS)(_dossier, each) for each in values)


LIKELIHOODS = {key: words for key, (_low, _high, words) in BANDS.items()}
A_LIBRARY = library("agreement")
WORDS: Mapping[str, Callable[[Dossier, Any], str]] = MappingProxyType(
    {
        "stage": _stage,
        "from_stage": _stage,
        "to_stage": _stage,
        "gate": _gate,
        "track_id": _track,
        "exit": _exit,
        "exit_reasons": _reasons,
        "criterion": _criterion,
        "role": lambda _dossier, value: role(value),
        "level": lambda _dossier, value: level(value),
        "topic": lambda _dossier, value: topic(value),
        "year": lambda _dossier, value: str(value),
        "kpi_year": lambda _dossier, value: str(value),
        "base_year": lambda _dossier, value: str(value),
        "by_side": _table(SIDES),
        "to_side": _table(SIDES),
        "contract": _table(CONTRACTS),
        "band": _table(LIKELIHOODS),
        "netting": _table(NETTING),
        "step": _table(STEPS),
        "before_likelihood": _table(LIKELIHOODS),
        "after_own_likelihood": _table(LIKELIHOODS),
        "after_all_likelihood": _table(LIKELIHOODS),
        "before_impact": _table(IMPACTS),
        "after_own_impact": _table(IMPACTS),
        "after_all_impact": _table(IMPACTS),
        "body": _table(bodies()),
        "function": _table(FUNCTIONS),
        "interest": _table(advice.INTERESTS),
        "severity": _table(reviews.SEVERITIES),
        "forum": _table(positions.FORUMS),
        "stance": _table(positions.STANCES),
        "hindered": _codes,
        "helped": _codes,
        "library": lambda _dossier, value: say(library(value).label),
        "clauses": lambda _dossier, value: "; ".join(_plain(each) for each in value),
        "value": lambda _dossier, value: _plain(value),
        "path": lambda _dossier, value: _part(value),
        "side": _table(negotiation.SIDES),
    }
)
# A field that says something else in another kind of row.
WORDS_OF_KIND: Mapping[tuple[str, str], Callable[[Dossier, Any], str]] = MappingProxyType(
    {
        ("promise", "subject"): _table(PARALLEL_TRACKS),
        ("dependency", "kind"): _table(DEPENDENCIES),
        ("public_advice", "verdict"): _table(advice.VERDICTS),
        ("public_point", "criterion"): _table(criteria_of_advice()),
        ("question", "criterion"): _table(criteria_of_advice()),
        ("criterion_finding", "criterion"): _table(criteria_of_advice()),
        ("recommendation", "criterion"): _table(criteria_of_advice()),
        ("advice", "verdict"): _table(advice.VERDICTS),
        ("criterion_finding", "verdict"): _table(advice.VERDICTS),
        ("response", "outcome"): _table(advice.OUTCOMES),
        ("review", "kind"): _table(reviews.KINDS),
        ("text_field", "name"): _table(fields()),
        ("text_field", "origin"): _table(ORIGINS),
        ("amendment_change", "kind"): _table(CHANGE_KINDS),
        ("mandate", "subject"): _table(negotiation.SUBJECTS),
        ("move", "subject"): _table(negotiation.SUBJECTS),
        ("move", "kind"): _table(negotiation.MOVES),
        ("budget_entry", "state"): _table(STATES),
        ("cover_fact", "kind"): _table(FACTS),
        ("kpi", "quantity"): _table(QUANTITIES),
        ("money_clause", "kind"): _table(CLAUSE_KINDS),
        ("consequence", "effect"): _table(KINDS_OF_EFFECT),
        ("status_text", "stage"): _public_stage,
        ("status_text", "state"): _table(STATES_OF_STATEMENTS),
        ("status_text", "approved_as"): lambda _dossier, value: role(value),
        ("figure_release", "outcome"): lambda _dossier, value: str(OUTCOMES_OF_FIGURES[value]),
        ("figure_release", "ground"): _table(ALL_GROUNDS),
        ("figure_release", "origin"): _table(ORIGINS_OF_FIGURES),
        ("requested_paper", "judgement"): _table(JUDGEMENTS),
        ("requested_paper", "ground"): _table(ALL_GROUNDS),
        ("passage_judgement", "ground"): _table(ALL_GROUNDS),
        ("inventory", "outcome"): lambda _dossier, value: str(OUTCOMES_OF_INVENTORIES[value]),
        ("paper_publication", "category"): _table(CATEGORIES),
        ("paper_publication", "grounds"): _grounds,
    }
)
ABOUT: Mapping[str, Callable[[Dossier, str], str]] = MappingProxyType(
    {
        "stage": _stage,
        "statement": _criterion,
        "override": _criterion,
        "pin": _gate,
        "lesson": _stage,
        "public_advice": WORDS["body"],
        "public_point": WORDS["body"],
        "text": WORDS["library"],
        "agreement": WORDS["library"],
        "text_field": _table(fields()),
        "amendment_change": WORDS["path"],
        "mandate": _table(negotiation.SUBJECTS),
        "move": _table(negotiation.SUBJECTS),
        "cover_fact": _table(FACTS),
        "decision": lambda _dossier, value: str(DECISIONS.get(value, value)),
        "status_text": lambda _dossier, value: day(date.fromisoformat(value)),
    }
)
