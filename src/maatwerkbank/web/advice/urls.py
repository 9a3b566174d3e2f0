# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `advice`."""

from django.urls import path

from maatwerkbank.web.advice.views import advices, lessons, positions, reviews, writing

app_name = "advice"
urlpatterns = [
    path("aanvragen/", advices.mine, name="mine"),
    path("lessen/", lessons.portfolio, name="lessons"),
    path("aanvraag/<uuid:code>/", advices.advice, name="advice"),
    path("aanvraag/<uuid:code>/deelnemers/", writing.participants, name="participants"),
    path("aanvraag/<uuid:code>/deelnemer", writing.add_participant, name="add-participant"),
    path("aanvraag/<uuid:code>/opstellen/", writing.write, name="write"),
    path("aanvraag/<uuid:code>/reactie/", advices.answer, name="answer"),
    path("aanvraag/<uuid:code>/openbaar/", advices.publish, name="publish"),
    path("review/<uuid:code>/", reviews.review, name="review"),
    path("review/<uuid:code>/bevinding", reviews.add_finding, name="add-finding"),
    path("review/<uuid:code>/rapport", reviews.report, name="report"),
    path("bevinding/<uuid:code>/antwoord", reviews.answer, name="answer-finding"),
    path("bevinding/<uuid:code>/afsluiten", reviews.close, name="close-finding"),
    path("agendapunt/<uuid:code>/", positions.item, name="item"),
    path("<uuid:code>/", advices.of_dossier, name="dossier"),
    path("<uuid:code>/vragen/", advices.ask, name="ask"),
    path("<uuid:code>/review/", reviews.assign, name="assign"),
    path("<uuid:code>/standpunten/", positions.of_dossier, name="positions"),
    path("<uuid:code>/standpunten/vragen/", positions.put, name="put"),
    path("<uuid:code>/les/", lessons.write, name="write-lesson"),
]
