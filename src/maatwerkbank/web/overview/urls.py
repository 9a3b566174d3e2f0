# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `overview`."""

from django.urls import path

from maatwerkbank.web.overview import effect_views, views

app_name = "overview"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("portefeuille/", views.portfolio, name="portfolio"),
    path("doelgroep/", views.target_group, name="target-group"),
    path("vergelijken/", views.compare, name="comparison"),
    path("beleidseffect/", effect_views.effect, name="effect"),
    path("beleidseffect/stand/", effect_views.progress, name="effect-progress"),
    path("beleidseffect/annuleren/", effect_views.cancel, name="effect-cancel"),
    path("beleidseffect/bestand/", effect_views.download, name="effect-json"),
    path("zoeken/", views.search, name="search"),
]
