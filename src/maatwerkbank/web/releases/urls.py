# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `releases`."""

from django.urls import path

from maatwerkbank.web.releases.views import letters, overview, statements

app_name = "releases"
STATEMENT = "<uuid:code>/statustekst/<uuid:statement>"
FIGURE = "<uuid:code>/cijfer/<str:figure>"
urlpatterns = [
    # over all dossiers
    path("", overview.overview, name="overview"),
    path("totaal/<str:total>/", overview.total, name="total"),
    path("totalen/<uuid:release>/intrekken/", overview.withdraw_total, name="withdraw-total"),
    # letters
    path("brief/", letters.compose, name="compose"),
    path("brief/<uuid:letter>/", letters.letter, name="letter"),
    path("brief/<uuid:letter>/bestand/<slug:kind>", letters.download, name="letter-file"),
    path("brief/<uuid:letter>/goedkeuren", letters.approve, name="letter-approve"),
    path("brief/<uuid:letter>/verstuurd/", letters.sent, name="letter-sent"),
    path("brief/<uuid:letter>/intrekken", letters.withdraw, name="letter-withdraw"),
    # of one dossier
    path("<uuid:code>/", statements.dossier, name="dossier"),
    path("<uuid:code>/concept", statements.draft, name="draft"),
    path(f"{STATEMENT}/", statements.edit, name="edit"),
    path(f"{STATEMENT}/voorleggen", statements.propose, name="propose"),
    path(f"{STATEMENT}/goedkeuren/", statements.approve, name="approve"),
    path(f"{STATEMENT}/terugsturen/", statements.send_back, name="send-back"),
    path(f"{STATEMENT}/vrijgeven", statements.release, name="release"),
    path(f"{STATEMENT}/intrekken/", statements.withdraw, name="withdraw"),
    path(f"{FIGURE}/", statements.figure, name="figure"),
    path(f"{FIGURE}/weigeren/", statements.refuse, name="refuse"),
    path(
        "<uuid:code>/vrijgave/<uuid:release>/intrekken/",
        statements.withdraw_figure,
        name="withdraw-figure",
    ),
]
