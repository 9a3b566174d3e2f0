# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of advice, reviews, positions and lessons. A view finds, asks a deed and shows."""
