# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Yearly quantities x prices x law -> cash flow -> value, gap, cost per tonne."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maatwerkbank.economics.assessment import Assessment, assess
    from maatwerkbank.economics.business_case import Outcome, evaluate

__all__ = ["Assessment", "Outcome", "assess", "evaluate"]

_HOME = {"Assessment": "assessment", "assess": "assessment"}


def __getattr__(name: str) -> Any:
    """Names are fetched when first used, so that a small command starts at once."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_HOME.get(name, 'business_case')}"), name)
