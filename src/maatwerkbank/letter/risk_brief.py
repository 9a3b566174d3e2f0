# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What draws add to an assessment, in a few lines of a terminal.

Takes     the risk of a case, the figures that the assessment shows, a language.
Gives     per figure its median and what lies in eight of ten draws; the chances.
Leaves    all else that draws tell to `risk_text` and `risk_report`.
"""

from collections.abc import Iterator, Sequence

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import number, tonnes
from maatwerkbank.letter.risk_names import RiskNames
from maatwerkbank.letter.text_table import table_lines
from maatwerkbank.letter.words import within_sentence
from maatwerkbank.parameters.price_families import family
from maatwerkbank.risk.case_risk import CaseRisk
from maatwerkbank.risk.summary import Chance, NotKnown, Summary

_SHARES = (0.10, 0.50, 0.90)


def risk_brief_lines(risk: CaseRisk, shown: Sequence[str], language: Language) -> Iterator[str]:
    """The lines below an assessment: what was drawn, a table of outcomes, chances."""
    names = RiskNames(risk, language)
    draws, label = risk.draws, family(risk.draws.family).label.into(language)
    yield names.word(
        "risk_brief.head",
        draws=number(draws.n, language),
        seed=draws.seed,
        family=within_sentence(label),
    )
    told = [risk.leading.outcomes[key] for key in shown if key in risk.leading.outcomes]
    rows = [("", *(names.word(f"risk_report.column.p{round(100 * p)}") for p in _SHARES))]
    rows += [
        (names.outcome(each.outcome), *(names.figure(each.outcome, each.at(p)) for p in _SHARES))
        for each in told
        if isinstance(each, Summary)
    ]
    yield from table_lines(rows)
    unknown = [within_sentence(names.outcome(k.outcome)) for k in told if isinstance(k, NotKnown)]
    if unknown:
        yield f"  {names.word('risk_brief.unknown', names='; '.join(unknown))}"
    for name, found in _chances(names):
        if found is not None:
            yield f"  {name}: {names.with_error(found)}"


def _chances(names: RiskNames) -> Iterator[tuple[str, Chance | None]]:
    law, promise = names.risk.leading, names.risk.promise
    yield names.word("risk_report.chance.loss"), law.below_nil
    if promise.tonnes is not None:
        amount = tonnes(promise.tonnes, names.language)
        yield names.word("risk_brief.promise", tonnes=amount), law.promise_kept
    for start in names.risk.starts:
        if start.after_2030.probability > 0.0:
            project = names.project(start.project)
            yield names.word("risk_brief.after_2030", project=project), start.after_2030
    paid = law.money.nominal
    if isinstance(paid, Summary) and paid.mean and law.money.windfall is not None:
        yield names.word("risk_report.tile.windfall"), law.money.windfall.chance
