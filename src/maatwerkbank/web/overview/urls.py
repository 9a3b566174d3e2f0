# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `overview`."""

from django.urls import path

from maatwerkbank.web.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.my_work, name="my-work"),
    path("portefeuille/", views.portfolio, name="portfolio"),
    path("doelgroep/", views.target_group, name="target-group"),
    path("vergelijken/", views.compare, name="comparison"),
    path("zoeken/", views.search, name="search"),
]
