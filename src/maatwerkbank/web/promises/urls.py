# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `promises`."""

from django.urls import path

from maatwerkbank.web.promises.views import forming, held_up, register, risks, waivers

DEPENDENCY = "<uuid:code>/afhankelijkheid/<uuid:dependency>/"

app_name = "promises"
urlpatterns = [
    path("", held_up.held_up, name="held-up"),
    path("<uuid:code>/", register.promises, name="dossier"),
    path("<uuid:code>/nieuw/", forming.new_promise, name="new-promise"),
    path("<uuid:code>/belofte/<uuid:promise>/", register.promise, name="promise"),
    path(
        "<uuid:code>/belofte/<uuid:promise>/wijzigen/",
        forming.change_promise,
        name="change-promise",
    ),
    path("<uuid:code>/belofte/<uuid:promise>/nagekomen/", forming.keep, name="keep"),
    path("<uuid:code>/belofte/<uuid:promise>/kwijtschelden/", waivers.ask, name="waive"),
    path("kwijtscheldingen/", waivers.waivers, name="waivers"),
    path(
        "<uuid:code>/kwijtschelding/<uuid:waiver>/",
        waivers.answer,
        name="answer-waiver",
    ),
    path("<uuid:code>/afhankelijkheid/", forming.new_dependency, name="new-dependency"),
    path(DEPENDENCY, register.dependency, name="dependency"),
    path(f"{DEPENDENCY}wijzigen/", forming.change_dependency, name="change-dependency"),
    path(f"{DEPENDENCY}stap/", forming.step, name="step"),
    path("<uuid:code>/project/<int:project>/", forming.start, name="start"),
    path("<uuid:code>/verbinden/", forming.connect, name="connect"),
    path("<uuid:code>/verbinding/<uuid:wait>/", forming.disconnect, name="disconnect"),
    path("<uuid:code>/risicos/", risks.risks, name="risks"),
    path("<uuid:code>/risicos/nieuw/", risks.new_risk, name="new-risk"),
    path("<uuid:code>/risicos/<uuid:risk>/", risks.change_risk, name="change-risk"),
]
