# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters that the components need to walk over two things at once, or over many pages.

Takes     columns and a row; a page of a paginator.
Gives     pairs; the numbers of the pages that are worth a link.
Leaves    words to `words`.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def beside(columns: Iterable[Any], row: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each column with its cell; a row of another length is a mistake of the page."""
    return zip(columns, row, strict=True)


@register.filter
def page_numbers(page: "Page[Any]") -> Iterator[int | str]:
    """Numbers around the page, the first, the last, and an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
