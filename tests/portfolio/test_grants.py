# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Grants that public sources tell of."""

from decimal import Decimal

from maatwerkbank.portfolio.grants import public_grants


def test_it_tells_what_sources_say_of_a_grant_and_nothing_more():
    told = {firm: each.amount for firm, each in public_grants().items()}

    assert told == {"nobian": Decimal(185_000_000), "yara": Decimal(30_000_000)}
