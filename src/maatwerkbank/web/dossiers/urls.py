# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `dossiers`."""

from django.urls import path

from maatwerkbank.web.dossiers.views import (
    decisions,
    gate,
    history,
    leaving,
    overrides,
    planning,
    team,
    trajectory,
)
from maatwerkbank.web.dossiers.views import open as opening
from maatwerkbank.web.dossiers.views.dossier import dossier

app_name = "dossiers"
urlpatterns = [
    path("nieuw/<slug:slug>/", opening.open_for, name="open"),
    path("afwijkingen/", overrides.overrides, name="overrides"),
    path("<uuid:code>/", dossier, name="dossier"),
    path("<uuid:code>/poorten/<slug:gate>/", gate.gate, name="gate"),
    path("<uuid:code>/poorten/<slug:gate>/verklaren", gate.attest, name="attest"),
    path("<uuid:code>/poorten/<slug:gate>/intrekken", gate.withdraw, name="withdraw"),
    path("<uuid:code>/poorten/<slug:gate>/afwijken", gate.ask_override, name="ask-override"),
    path("<uuid:code>/poorten/<slug:gate>/besluiten", gate.decide, name="decide-gate"),
    path(
        "<uuid:code>/afwijkingen/<uuid:override>/antwoord",
        gate.answer_override,
        name="answer-override",
    ),
    path("<uuid:code>/besluiten/", decisions.decisions, name="decisions"),
    path("<uuid:code>/besluiten/<uuid:decision>/", decisions.decision, name="decision"),
    path("<uuid:code>/beeindigen/", leaving.leave, name="exit"),
    path("<uuid:code>/heropenen/", leaving.come_in, name="re-enter"),
    path("<uuid:code>/rubricering/", leaving.classify, name="level"),
    path("<uuid:code>/geschiedenis/", history.history, name="history"),
    path("<uuid:code>/traject/", trajectory.road, name="trajectory"),
    path("<uuid:code>/team/", team.team, name="team"),
    path("<uuid:code>/team/<int:membership>/beeindigen/", team.end, name="end-membership"),
    path("<uuid:code>/planning/", planning.plan, name="planning"),
    path("<uuid:code>/planning/mijlpaal/", planning.new_milestone, name="new-milestone"),
    path("<uuid:code>/planning/mijlpaal/<uuid:milestone>/", planning.milestone, name="milestone"),
    path(
        "<uuid:code>/planning/mijlpaal/<uuid:milestone>/wijzigen/",
        planning.change_milestone,
        name="change-milestone",
    ),
    path("<uuid:code>/planning/project/", planning.new_project, name="new-project"),
    path(
        "<uuid:code>/planning/project/<int:project>/",
        planning.change_project,
        name="change-project",
    ),
    path("<uuid:code>/planning/ambitie/", planning.new_ambition, name="new-ambition"),
    path(
        "<uuid:code>/planning/ambitie/<int:ambition>/",
        planning.change_ambition,
        name="change-ambition",
    ),
]
