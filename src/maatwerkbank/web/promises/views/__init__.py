# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of promises: thin; what they say is in `shown.py`, what they do in the deeds."""
