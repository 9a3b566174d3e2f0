# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One way to a dossier: who asks the database for one is named here, and nobody else does."""

import re
from collections import Counter
from pathlib import Path

from maatwerkbank import web

WEB = Path(web.__file__).parent
# Models that hold a dossier, or something that is in one and is fetched by itself.
GUARDED = (
    "Dossier",
    "Document",
    "DocumentVersion",
    "Passage",
    "FrozenSet",
    "FrozenSetReader",
    "CaseVersion",
    "Run",
    "Decision",
    "Override",
    "Attestation",
    "Ambition",
    "Project",
    "Milestone",
    "Remark",
    "StageReached",
    "Look",
    "PinnedRun",
    "Promise",
    "WaiverRequest",
    "Dependency",
    "ProjectStart",
    "Wait",
    "Risk",
    "Advice",
    "Recommendation",
    "PublicAdvice",
    "Review",
    "ReviewFinding",
    "Item",
    "Party",
    "Position",
    "Lesson",
    "Draft",
    "DraftField",
    "Agreement",
    "Amendment",
    "AmendmentChange",
    "TermsVersion",
    "Mandate",
    "Move",
    "Informed",
    "BudgetEntry",
    "CoverFact",
    "SubsidyDecision",
    "Kpi",
    "Tranche",
    "Payment",
    "ReportDue",
    "Report",
    "MoneyClause",
    "ConsequenceDecision",
    "Statement",
    "FigureRelease",
    "TotalRelease",
    "DisclosureRequest",
    "RequestPart",
    "RequestedPaper",
    "PassageJudgement",
    "Hearing",
    "HearingPaper",
    "Inventory",
    "PaperPublication",
    "AtRisk",
)
ASKS = re.compile(
    rf"\b({'|'.join(GUARDED)})\.objects\b|get_object_or_404\(\s*({'|'.join(GUARDED)})\b"
)

# Who may ask besides the guard, and why that is safe.
OF_GIVEN = "of a dossier, or of things in it, that the guard gave"
DEED = "a deed: asks the guard first, then changes what it was given"
OVER_ALL = "over all dossiers, and shows none: says so to the second lock, or runs beside requests"
MAY_ASK = {
    "people/access.py": "the guard itself",
    # deeds
    "advice/advising.py": DEED,
    "advice/answering.py": DEED,
    "advice/consulting.py": DEED,
    "advice/learning.py": DEED,
    "advice/reviewing.py": DEED,
    "agreements/amending.py": DEED,
    "agreements/bargaining.py": DEED,
    "agreements/drafts.py": DEED,
    "documents/frozen_sets.py": DEED,
    "documents/passages.py": DEED,
    "documents/services.py": DEED,
    "dossiers/decisions.py": DEED,
    "dossiers/deeds.py": DEED,
    "dossiers/planning.py": DEED,
    "dossiers/statements.py": DEED,
    "promises/keeping.py": DEED,
    "promises/risks.py": DEED,
    "promises/waiting.py": DEED,
    "runs/services.py": DEED,
    "execution/agreed.py": DEED,
    "execution/booking.py": DEED,
    "execution/settled.py": DEED,
    "execution/following.py": DEED,
    "releases/releasing.py": DEED,
    "releases/stating.py": DEED,
    "releases/totals.py": DEED,
    "execution/reporting.py": DEED,
    "woo/deciding.py": DEED,
    "woo/hearing.py": DEED,
    "woo/judging.py": DEED,
    "woo/registering.py": DEED,
    # what is in a dossier that was found
    "advice/stored.py": OF_GIVEN,
    "advice/text_changes.py": OF_GIVEN,
    "promises/stored_risks.py": OF_GIVEN,
    "agreements/sources.py": OF_GIVEN,
    "agreements/stored.py": OF_GIVEN,
    "agreements/text_run.py": OF_GIVEN,
    "advice/views/positions.py": OF_GIVEN,
    "advice/waiting.py": OF_GIVEN,
    "advice/views/reviews.py": OF_GIVEN,
    "api/views.py": OF_GIVEN,
    "documents/export.py": OF_GIVEN,
    "dossiers/gates.py": OF_GIVEN,
    "dossiers/reader.py": OF_GIVEN,
    "dossiers/views/gate.py": OF_GIVEN,
    "dossiers/views/overrides.py": OF_GIVEN,
    "dossiers/views/planning.py": OF_GIVEN,
    "execution/money_forms.py": OF_GIVEN,
    "execution/promised.py": OF_GIVEN,
    "execution/stored.py": OF_GIVEN,
    "execution/waiting.py": OF_GIVEN,
    "execution/views/consequence.py": OF_GIVEN,
    "execution/views/money.py": OF_GIVEN,
    "execution/views/report.py": OF_GIVEN,
    "overview/at_risk.py": OF_GIVEN,
    "overview/my_work.py": OF_GIVEN,
    "promises/reckoning.py": OF_GIVEN,
    "overview/search.py": OF_GIVEN,
    "overview/stored_portfolio.py": OF_GIVEN,
    "releases/candidates.py": OF_GIVEN,
    "releases/confidential.py": OF_GIVEN,
    "runs/forms.py": OF_GIVEN,
    "woo/stored.py": OF_GIVEN,
    "woo/waiting.py": OF_GIVEN,
    "runs/views/runs.py": OF_GIVEN,
    # jobs and commands
    "demo/advice.py": OVER_ALL,
    "demo/example.py": OVER_ALL,
    "demo/execution.py": OVER_ALL,
    "demo/promises.py": OVER_ALL,
    "demo/public_record.py": OVER_ALL,
    "releases/stored_publication.py": "over all dossiers, and gives what is public of them",
    "documents/content.py": OVER_ALL,
    "dossiers/chain.py": OVER_ALL,
    "runs/jobs.py": OVER_ALL,
    "woo/published.py": OVER_ALL,
    "verification.py": OVER_ALL,
}
# Of these there is one way in, so no screen and no form asks for them at all.
ROOTS = re.compile(r"\b(Dossier|Document|CaseVersion|Run|FrozenSet|Look)\.objects\.(?!none\b)")


def asking() -> Counter[str]:
    """How often each module asks for something guarded."""
    found: Counter[str] = Counter()
    for path in sorted(WEB.rglob("*.py")):
        name = path.relative_to(WEB).as_posix()
        count = len(ASKS.findall(path.read_text("utf-8")))
        if count and "/migrations/" not in name:
            found[name] = count
    return found


def test_it_lets_only_these_modules_ask_for_a_dossier_or_what_is_in_it():
    assert set(asking()) == set(MAY_ASK)


def test_no_screen_asks_for_a_dossier_a_paper_a_case_or_a_run_by_itself():
    screens = [
        path
        for path in sorted(WEB.rglob("*.py"))
        if path.parent.name in {"views", "api"} or path.name in {"views.py", "forms.py"}
    ]

    asking_itself = {
        path.relative_to(WEB).as_posix()
        for path in screens
        if ROOTS.search(path.read_text("utf-8"))
    }

    assert screens
    assert asking_itself == set()


def test_no_template_walks_from_a_firm_to_its_dossiers():
    """A firm is public; its dossiers are not."""
    walking = re.compile(r"(company|organisation)[.]dossiers|company[.]organisation")

    found = [
        path.relative_to(WEB).as_posix()
        for path in sorted(WEB.rglob("*.html"))
        if walking.search(path.read_text("utf-8"))
    ]

    assert found == []
