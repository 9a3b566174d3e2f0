# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `execution`."""

from django.urls import path

from maatwerkbank.web.execution.views import budget, changing, consequence, execution, money, report

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
    path("<uuid:code>/indicatoren/<uuid:kpi>/", changing.kpi, name="change-kpi"),
    path(
        "<uuid:code>/indicatoren/<uuid:kpi>/intrekken", changing.withdraw_kpi, name="withdraw-kpi"
    ),
    path("<uuid:code>/bepalingen/<uuid:clause>/", changing.clause, name="change-clause"),
    path(
        "<uuid:code>/bepalingen/<uuid:clause>/intrekken",
        changing.withdraw_clause,
        name="withdraw-clause",
    ),
    path("<uuid:code>/geld/termijnen/<uuid:tranche>/", changing.tranche, name="change-tranche"),
    path(
        "<uuid:code>/geld/termijnen/<uuid:tranche>/intrekken",
        changing.withdraw_tranche,
        name="withdraw-tranche",
    ),
    path("<uuid:code>/geld/", money.money_page, name="money"),
    path("<uuid:code>/geld/boeken", money.book, name="book"),
    path("<uuid:code>/geld/dekking", money.record_cover, name="record-cover"),
    path("<uuid:code>/geld/beschikking", money.decision, name="decision"),
    path("<uuid:code>/geld/termijnen/nieuw", money.new_tranche, name="new-tranche"),
    path("<uuid:code>/geld/termijnen/<uuid:tranche>/betalen", money.pay, name="pay"),
]
