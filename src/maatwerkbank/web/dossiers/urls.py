# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `dossiers`."""

from django.urls import path

from maatwerkbank.web.dossiers.views import decisions, gate, history, leaving, overrides
from maatwerkbank.web.dossiers.views.dossier import dossier

app_name = "dossiers"
urlpatterns = [
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
]
