# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is a status text still true: how old is it, what changed since, which figure is gone?

Takes     a statement, the publication of today, a number of weeks; the facts it was made from.
Gives     warnings, each of which names what it is about.
Leaves    a new text to `drafting`, the decision to people.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from maatwerkbank.dossier.publication.in_words import figure_in_words
from maatwerkbank.dossier.publication.publication import Publication, Statement
from maatwerkbank.ground.dates import last_day
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

DAYS_A_WEEK = 7
_REWRITE = Text(
    nl="lees de tekst na en laat een nieuwe goedkeuren",
    en="read the text again and have a new one approved",
)
_FRESH = Text(nl="een tekst van hoogstens {0} weken oud", en="a text of at most {0} weeks old")
_AGE = Text(nl="{0} dagen oud", en="{0} days old")
_AS_THEN = Text(nl="zoals toen: {0}", en="as then: {0}")
_NOTHING = Text(nl="niets", en="nothing")
_NOTHING_NEW = Text(nl="geen nieuws na {0}", en="no news after {0}")
_STILL_PUBLIC = Text(nl="een cijfer dat nog openbaar is", en="a figure that is still public")


def basis(firm: str, publication: Publication) -> Mapping[str, str]:
    """The facts that a text on this firm rests on, by name; plain text, to keep beside it."""
    state = next((each for each in publication.register if each.id == firm), None)
    found: dict[str, str] = {}
    if state:
        found["stage"] = str(state.stage)
        found["track"] = state.track
        found["exit"] = (
            f"{state.exit.kind} {','.join(state.exit.reasons)}".strip() if state.exit else ""
        )
        found["eop"] = (state.eop_date or "signed") if state.eop_signed else ""
        found["jloi"], found["agreement"] = state.jloi_date or "", state.agreement_date or ""
        found["qualifier"] = state.qualifier.en if state.qualifier else ""
    for figure in publication.figures_of(firm):
        found[f"figure {figure.id}"] = figure_in_words(figure, "en")
    for promise in publication.promises_of(firm):
        found[f"promise {promise.id}"] = f"{promise.due or ''} {promise.state or ''}".strip()
    return found


def staleness(
    statement: Statement,
    publication: Publication,
    today: date,
    weeks: int,
    *,
    made_from: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Why the text should be read again; empty where there is no reason.

    Parameters
    ----------
    made_from : what `basis` gave when it was written; without it, only facts with a day after the
        text count as changed
    """
    place = f"statements.{statement.firm}"
    changed = (
        _dated_later(statement, publication)
        if made_from is None
        else _differs(made_from, basis(statement.firm, publication))
    )
    return (
        *_old(statement, today, weeks, place),
        *(
            Finding("warning", "statement.changed", f"{place}.{name}", expected, found, _REWRITE)
            for name, expected, found in changed
        ),
        *(
            Finding("warning", "statement.figure-gone", place, _STILL_PUBLIC, each, _REWRITE)
            for each in statement.figures
            if each not in publication.figures
        ),
    )


def _old(statement: Statement, today: date, weeks: int, place: str) -> Iterator[Finding]:
    days = (today - statement.on).days
    if days > weeks * DAYS_A_WEEK:
        yield Finding(
            "warning", "statement.old", place, _with(_FRESH, weeks), _with(_AGE, days), _REWRITE
        )


def _differs(
    then: Mapping[str, str], now: Mapping[str, str]
) -> Iterator[tuple[str, Text, Text | str]]:
    for name in dict.fromkeys((*then, *now)):
        if then.get(name, "") != now.get(name, ""):
            yield name, _with(_AS_THEN, then.get(name) or "–"), now.get(name) or _NOTHING


def _dated_later(
    statement: Statement, publication: Publication
) -> Iterator[tuple[str, Text, Text | str]]:
    """Facts of which the day is after that of the text."""
    expected = _with(_NOTHING_NEW, statement.on.isoformat())
    state = next((each for each in publication.register if each.id == statement.firm), None)
    if state:
        dates = {"eop": state.eop_date, "jloi": state.jloi_date, "agreement": state.agreement_date}
        if state.exit:
            dates["exit"] = state.exit.date or state.exit.known_by
        for name, when in dates.items():
            if when and last_day(when) > statement.on:
                yield name, expected, when
    for figure in publication.figures_of(statement.firm):
        if figure.known_on and figure.known_on > statement.on:
            yield f"figure {figure.id}", expected, figure.known_on.isoformat()


def _with(text: Text, filled: object) -> Text:
    return Text(nl=text.nl.format(filled), en=text.en.format(filled))
