# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `execution`."""

from django.urls import path

from maatwerkbank.web.execution.views import budget, consequence, execution, money, report

app_name = "execution"
urlpatterns = [
    path("budget/", budget.budget, name="budget"),
    path("budget/nieuw", budget.new_envelope, name="new-envelope"),
    path("<uuid:code>/", execution.execution, name="dossier"),
    path("<uuid:code>/indicatoren/nieuw", execution.new_kpi, name="new-kpi"),
    path("<uuid:code>/rapportages/nieuw", execution.new_schedule, name="new-schedule"),
    path("<uuid:code>/bepalingen/nieuw/<slug:kind>", execution.new_clause, name="new-clause"),
    path("<uuid:code>/rapportages/<uuid:report>/", report.report, name="report"),
    path("<uuid:code>/rapportages/<uuid:report>/werkboek", report.workbook, name="workbook"),
    path("<uuid:code>/rapportages/<uuid:report>/inlezen", report.upload, name="upload"),
    path("<uuid:code>/rapportages/<uuid:report>/nagaan", report.verify, name="verify"),
    path(
        "<uuid:code>/bepalingen/<uuid:clause>/<int:year>/",
        consequence.consequence,
        name="consequence",
    ),
    path("<uuid:code>/geld/", money.money_page, name="money"),
    path("<uuid:code>/geld/boeken", money.book, name="book"),
    path("<uuid:code>/geld/dekking", money.record_cover, name="record-cover"),
    path("<uuid:code>/geld/beschikking", money.decision, name="decision"),
    path("<uuid:code>/geld/termijnen/nieuw", money.new_tranche, name="new-tranche"),
    path("<uuid:code>/geld/termijnen/<uuid:tranche>/betalen", money.pay, name="pay"),
]
