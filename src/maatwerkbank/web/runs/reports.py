# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The report of a run, kept beside it: inside our pages, as a page by itself, as a document.

Takes     a run that is done.
Gives     its report in both languages.
Leaves    when to make it to `jobs`, what it says to `letter`.

A report is made from the question of the run and must come to the receipt of the run. Where the
program or the law has changed since, it comes to another, and is not kept.
"""

from django.db import transaction

from maatwerkbank.letter.page import html_page, sections_html
from maatwerkbank.letter.pdf import report_pdf
from maatwerkbank.web.runs.case_files import case_file_of
from maatwerkbank.web.runs.computing import reports
from maatwerkbank.web.runs.models import Run, RunReport
from maatwerkbank.web.runs.question import question_of


def make_reports(run: Run) -> list[RunReport]:
    """Make and keep the report; none where it would be that of another program or law."""
    found = reports(case_file_of(run.case_version), question_of(run))
    assessed = (run.result or {})["receipt"]["number"]
    if any(report.receipt != assessed for report in found.values()):
        return []
    made = [
        RunReport(
            run=run,
            language=language,
            sections=sections_html(report),
            page=html_page(report),
            pdf=report_pdf(report),
        )
        for language, report in found.items()
    ]
    with transaction.atomic():
        return RunReport.objects.bulk_create(made, ignore_conflicts=True)
