# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Results -> sentences, tables, charts, pages and documents, in Dutch and in English.

Takes     assessments, an effect, a register.
Gives     self-contained HTML pages, PDF/A documents, and altair charts for a notebook.
Leaves    every number to the floors below: nothing is computed here but differences on display.
"""

from typing import Any

__all__ = ["case_page", "case_pdf", "case_variants", "charts", "effect_page"]

_HOME = {
    "case_page": "case_report",
    "case_variants": "case_report",
    "case_pdf": "pdf",
    "effect_page": "effect_report",
}


def __getattr__(name: str) -> Any:
    """Names are fetched when first used, so that a small command starts at once."""
    from importlib import import_module  # noqa: PLC0415  (only when a name is asked for)

    if name == "charts":
        return import_module("maatwerkbank.letter.charts")
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"maatwerkbank.letter.{_HOME[name]}"), name)
