# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `documents`."""

from django.urls import URLPattern

app_name = "documents"
urlpatterns: list[URLPattern] = []
