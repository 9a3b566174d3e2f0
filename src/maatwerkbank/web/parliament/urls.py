# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `parliament`."""

from django.urls import path

from maatwerkbank.web.parliament.views import forming, importing, register

app_name = "parliament"
urlpatterns = [
    path("", register.register, name="register"),
    path("verwijzing", register.reference, name="reference"),
    path("inlezen", importing.hand_in, name="import"),
    path("inlezen/<uuid:code>", importing.plan, name="plan"),
    path("toezeggingen/<uuid:code>/melding", forming.report, name="report"),
    path("moties/<uuid:code>/antwoord", forming.answer, name="answer"),
    path("meldingen/<uuid:code>/eruit", forming.take_out, name="take-out"),
    path("<slug:kind>/", register.register, name="rows"),
    path("<slug:kind>/nieuw", forming.new, name="new"),
    path("<slug:kind>/<uuid:code>/", register.row, name="row"),
    path("<slug:kind>/<uuid:code>/wijzigen", forming.change, name="change"),
]
