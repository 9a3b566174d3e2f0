# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the API."""

from django.urls import path

from maatwerkbank.web.api.views import api

urlpatterns = [
    path("v1/", api.urls),
]
