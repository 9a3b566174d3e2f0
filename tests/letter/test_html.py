# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mark-up: what is not ours is escaped, and what is no address is no link."""

import pytest

from maatwerkbank.letter.html import Markup, content, element, safe_address


def test_text_is_escaped_and_mark_up_of_our_own_is_not():
    inner = element("b", "1 < 2 & 3")

    assert content(inner, "<i>") == "<b>1 &lt; 2 &amp; 3</b>&lt;i&gt;"


def test_an_attribute_cannot_be_closed_by_its_value():
    made = element("a", "x", href='#"><script>', class_="see", hidden=True, lang=None)

    assert made == '<a href="#&quot;&gt;&lt;script&gt;" class="see" hidden>x</a>'


def test_an_element_without_content_has_no_end_tag():
    assert element("meta", charset="utf-8") == '<meta charset="utf-8">'


def test_children_may_be_lists_and_none_is_nothing():
    made = element("p", ["a", None, [Markup("<br>"), "b"]], None)

    assert made == "<p>a<br>b</p>"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=c&d",
        "http://example.org",
        "#result-npv-eur",
        "nobian.nl.html",
    ],
)
def test_addresses_on_the_web_and_within_the_pages_are_links(address):
    assert safe_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<b>",
        "file:///etc/passwd",
        "//evil.example",
        "\\\\evil.example",
        "https://exa mple.org",
        "http://[broken",
    ],
)
def test_anything_else_is_no_link(address):
    assert safe_address(address) is None
