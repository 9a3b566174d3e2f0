# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on the rules for support is tested with law cases too."""

from tests.law_cases import expected, outcome, pytest_generate_tests

__all__ = ["expected", "outcome", "pytest_generate_tests"]
