# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""HTML that is escaped unless it was made here: text in a case file is never trusted.

Takes     tags, children, attributes.
Gives     marked-up text. Every plain `str` is escaped; only `Markup` passes as it is.
Leaves    what a page holds to `page`.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

VOID = frozenset({"br", "hr", "img", "link", "meta"})


class Markup(str):
    """Text that is HTML already. Make it with `element`, or from what our own charts draw."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
Attribute = str | int | bool | None


def element(tag: str, *children: Child, **attributes: Attribute) -> Markup:
    """One element. An attribute `class_` is `class`, `aria_label` is `aria-label`; None is absent.

    >>> element("a", "1 < 2", href="#x", class_="see")
    '<a href="#x" class="see">1 &lt; 2</a>'
    """
    spelled = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in VOID:
        return Markup(f"<{tag}{spelled}>")
    return Markup(f"<{tag}{spelled}>{content(*children)}</{tag}>")


def content(*children: Child) -> Markup:
    """Children one after another."""
    return Markup("".join(_child(child) for child in children))


def safe_address(address: str | None) -> str | None:
    """An address that may be a link: on the web over http(s), or within these pages.

    >>> safe_address("https://example.org/a"), safe_address("#npv"), safe_address("yara.nl.html")
    ('https://example.org/a', '#npv', 'yara.nl.html')
    >>> safe_address("javascript:alert(1)") is None
    True
    """
    if not address or any(ord(character) <= 32 for character in address):
        return None
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    relative = scheme == "" and not address.startswith(("//", "\\"))
    return address if scheme in ("http", "https") or relative else None


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    spelled = name.rstrip("_").replace("_", "-")
    return f" {spelled}" if value is True else f' {spelled}="{escape(str(value))}"'


def _child(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return escape(child, quote=False)
    return "".join(_child(each) for each in child)
