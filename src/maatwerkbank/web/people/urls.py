# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of `people`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
