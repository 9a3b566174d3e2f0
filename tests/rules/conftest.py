# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules are tested with law cases."""

from tests.law_cases import expected, outcome, pytest_generate_tests

__all__ = ["expected", "outcome", "pytest_generate_tests"]
