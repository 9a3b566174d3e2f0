# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `execution`."""

from django.urls import URLPattern

app_name = "execution"
urlpatterns: list[URLPattern] = []
