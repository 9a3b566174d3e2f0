# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filters that put values of the floors below into words: texts, numbers, dates, levels.

Takes     `Text`, numbers, dates (also reduced), ids of stages, roles, kinds and levels.
Gives     words in the language of the page. Absent is "onbekend" or "unknown", never zero.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from maatwerkbank.dossier.confidentiality import Level
from maatwerkbank.dossier.document_kinds import DOCUMENT_KINDS
from maatwerkbank.dossier.roles import ROLES, TOPICS
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.ground.language import say as say_text
from maatwerkbank.letter import numbers

register = template.Library()

UNKNOWN = Text(nl="onbekend", en="unknown")


def page_language() -> Language:
    """The language of the page that is being made."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def say(text: Text | str | None) -> str:
    """A text of the floors below, in the language of the page."""
    return say_text(UNKNOWN if text is None else text, page_language())


@register.filter
def in_language(thing: Any, field: str) -> str:
    """`thing.field_nl` or `thing.field_en`, whichever the page speaks."""
    value: str = getattr(thing, f"{field}_{page_language()}")
    return value


@register.filter
def figure(value: float | None, decimals: int = 0) -> str:
    """A bare number as the language of the page writes it; unknown where there is none."""
    return say(UNKNOWN) if value is None else numbers.number(value, page_language(), decimals)


@register.filter
def euros(value: float | None) -> str:
    """An amount [eur] in words of the page."""
    return say(UNKNOWN) if value is None else numbers.euros(value, page_language())


@register.filter
def tonnes(value: float | None) -> str:
    """A quantity [t] in words of the page."""
    return say(UNKNOWN) if value is None else numbers.tonnes(value, page_language())


@register.filter
def day(value: date | datetime | str | None) -> str:
    """A date, also a reduced one (`2023-12`), in words of the page."""
    if not value:
        return say(UNKNOWN)
    if isinstance(value, datetime):
        value = timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return numbers.day(str(value), page_language())


@register.filter
def role(identity: str) -> str:
    """The label of a role."""
    return say(ROLES[identity].label) if identity in ROLES else identity


@register.filter
def level(value: int) -> str:
    """The label of a level of confidentiality."""
    return say(Level(value).label)


@register.filter
def document_kind(identity: str) -> str:
    """The label of a kind of document."""
    return say(DOCUMENT_KINDS[identity].label) if identity in DOCUMENT_KINDS else identity


@register.filter
def topic(identity: str) -> str:
    """The label of a topic."""
    return say(TOPICS[identity]) if identity in TOPICS else identity
