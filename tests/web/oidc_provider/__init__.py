# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A provider of OpenID Connect for the tests, as a process of its own."""
