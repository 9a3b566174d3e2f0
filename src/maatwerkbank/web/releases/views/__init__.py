# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of statements, releases and letters: thin; what they say is in `shown.py`."""
