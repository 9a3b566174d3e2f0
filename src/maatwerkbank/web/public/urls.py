# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `public`."""

from django.urls import URLPattern

app_name = "public"
urlpatterns: list[URLPattern] = []
