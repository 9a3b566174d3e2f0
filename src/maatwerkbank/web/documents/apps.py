# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The app `documents`, as Django knows it."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Names the app; does no work."""

    name = "maatwerkbank.web.documents"
    label = "documents"
