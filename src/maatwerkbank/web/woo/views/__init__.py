# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens of requests for disclosure: thin; what they do is in the deeds of this app."""
