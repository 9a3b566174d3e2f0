# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run computes, and the report of it. Knows the floors below, not the database.

Takes     a checked case file and a question: law, day, outlook, draws.
Gives     the result as `assess --json` prints it, with `support`, `draws` and `not_official` beside
          it; its receipt and figures; on demand the report in both languages.
Leaves    the queue, progress in the database and cancelling to `jobs`.

Only a worker imports this: numpy, numba and charts take seconds to load.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from maatwerkbank.economics.assessment import Assessment, assess
from maatwerkbank.ground.language import Language
from maatwerkbank.ground.receipt import digest
from maatwerkbank.letter.blocks import Report
from maatwerkbank.letter.case_report import case_report, case_support, case_variants
from maatwerkbank.letter.risk_report import risk_sections
from maatwerkbank.plant.case_file import CaseFile
from maatwerkbank.risk.case_risk import CaseRisk, case_risk
from maatwerkbank.risk.simulation import Draws
from maatwerkbank.support.assessment import SupportAssessment, assess_support
from maatwerkbank.web.runs.question import Question

ENACTED = "enacted"
NOTHING_SUPPORTED = "exposure_only"
LANGUAGES: tuple[Language, ...] = ("nl", "en")

Tell = Callable[[str, float], None]  # the step that begins, and the share [1] that is done


@dataclass(frozen=True)
class Answer:
    """What came out. `receipt` is that of the draws where there are any: it covers the seed."""

    result: dict[str, Any]
    receipt: dict[str, Any]
    figures: dict[str, Any]

    @property
    def sha256(self) -> str:
        """Of the result in one canonical spelling: same receipt, same bytes."""
        return digest(self.result)


def answer(case_file: CaseFile, question: Question, tell: Tell) -> Answer:
    """Compute a run.

    Raises what the floors raise on purpose, such as OfficialRunRefused; and whatever `tell` raises
    to stop it.
    """
    tell("assess", 0.0)
    assessment = _assessment(case_file, question)
    if question.official:
        assessment.require_official()
    result = assessment.as_json()
    figures = _figures(result)
    tell("support", 0.3)
    result["not_official"] = assessment.not_official()
    if assessment.case.kind != NOTHING_SUPPORTED:
        support = _support(case_file, question)
        if question.official:
            support.require_official()
        result["support"] = support.as_json()
        result["not_official"] = support.not_official()
        figures |= {key: result["support"][key] for key in SUPPORT_FIGURES}
    receipt = result["receipt"]
    if question.draws is not None:
        risk = _risk(case_file, assessment, question, tell)
        result["draws"] = risk.as_json()
        receipt = risk.receipt.as_json()
    tell("keep", 0.99)
    return Answer(result, receipt, figures)


SUPPORT_FIGURES = ("left_after_generic_eur", "tailor_made_grant_eur")
_BARE_FIGURES = ("npv_sign", "irr", "discounted_payback_years")
_UNITS = ("_eur", "_t", "_eur_per_t")


def _figures(result: dict[str, Any]) -> dict[str, Any]:
    """The flat figures of a result: null cannot be judged; `ranges` beside them."""
    flat = {
        key: value
        for key, value in result.items()
        if (key.endswith(_UNITS) and not isinstance(value, dict)) or key in _BARE_FIGURES
    }
    return {**flat, "ranges": result["ranges"]}


def _assessment(case_file: CaseFile, question: Question) -> Assessment:
    return assess(
        case_file,
        variant=question.variant,
        known_on=question.known_on,
        outlook=question.outlook,
    )


def _support(case_file: CaseFile, question: Question) -> SupportAssessment:
    return assess_support(
        case_file,
        variant=question.variant,
        known_on=question.known_on,
        outlook=question.outlook,
    )


def _risk(case_file: CaseFile, assessment: Assessment, question: Question, tell: Tell) -> CaseRisk:
    def count(_stage: str, done: int, total: int) -> None:
        tell("draws", 0.5 + 0.45 * done / max(total, 1))

    tell("draws", 0.5)
    draws = Draws(n=question.draws or 0, seed=question.seed or 0)
    laws = {question.variant or ENACTED: assessment.law}
    return case_risk(case_file, laws, draws, progress=count)


# ── the report ────────────────────────────────────────────────────────────────────────────────


def reports(case_file: CaseFile, question: Question) -> dict[Language, Report]:
    """The report of a run in each language, from the same computation as the run."""
    assessment = _assessment(case_file, question)
    variants, support = case_variants(assessment), case_support(assessment)
    risk = (
        None if question.draws is None else _risk(case_file, assessment, question, lambda *_: None)
    )
    made: dict[Language, Report] = {}
    for language in LANGUAGES:
        report = case_report(assessment, variants, language, support=support)
        if risk is not None:
            *sections, receipt = report.sections
            report = replace(report, sections=(*sections, *risk_sections(risk, language), receipt))
        made[language] = report
    return made
