# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dated values of law and market, with source, and variants that override them."""

from maatwerkbank.parameters.files import parameter_file, parameter_names, variant_names
from maatwerkbank.parameters.law import Law, Value

__all__ = ["Law", "Value", "parameter_file", "parameter_names", "variant_names"]
