# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `woo`."""

from django.urls import path

from maatwerkbank.web.woo.views import hearings, inventories, papers, parts, requests

app_name = "woo"
urlpatterns = [
    path("", requests.all_requests, name="list"),
    path("nieuw", requests.register, name="register"),
    path("dossier/<uuid:code>/", requests.of_dossier, name="dossier"),
    path("verzoek/<uuid:code>/", requests.whole_request, name="request"),
    path("stuk/<uuid:code>/", papers.paper, name="paper"),
    path("stuk/<uuid:code>/passage", papers.passage, name="passage"),
    path("stuk/<uuid:code>/gelakt.pdf", papers.redacted_pdf, name="redacted-pdf"),
    path("stuk/<uuid:code>/gelakt.txt", papers.redacted_text, name="redacted-text"),
    path("stuk/<uuid:code>/openbaar-maken", papers.publish, name="publish"),
    path("passage/<uuid:code>/terug", papers.drop, name="drop-passage"),
    path("zienswijze/<uuid:code>/", hearings.hearing, name="hearing"),
    path("zienswijze/<uuid:code>/antwoord", hearings.answer, name="answer-view"),
    path("inventaris/<uuid:code>/", inventories.inventory, name="inventory"),
    path("inventaris/<uuid:code>/lijst.odt", inventories.as_odt, name="inventory-odt"),
    path("inventaris/<uuid:code>/lijst.csv", inventories.as_table, name="inventory-csv"),
    path("openbaar/<uuid:code>.pdf", papers.public, name="disclosed-paper"),
    path("<uuid:code>/", parts.part, name="part"),
    path("<uuid:code>/zoeken", parts.search, name="search"),
    path("<uuid:code>/horen", parts.ask_view, name="ask-view"),
    path("<uuid:code>/bevriezen", parts.freeze, name="freeze"),
]
