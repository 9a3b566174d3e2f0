# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `woo`."""

from django.urls import URLPattern

app_name = "woo"
urlpatterns: list[URLPattern] = []
