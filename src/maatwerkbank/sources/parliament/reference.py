# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which paper does a reference such as `Kamerstuk 2024/25, 29 826, nr. 260` mean?

Takes     text, in any of the ways in which letters and registers write a reference.
Gives     one form per paper, the place in the text, one way to write it, and its public address
          where the pattern of that address is sure.
Leaves    whether a reference can be right to `doubts`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from maatwerkbank.ground.language import Language

ReferenceKind = Literal["kamerstuk", "commitment", "case", "gazette"]

OFFICIAL_PAPERS = "https://zoek.officielebekendmakingen.nl"
# Dossiers that consist of numbered parts, one per council of ministers: 21 501-30.
DIVIDED = frozenset({"21501"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper of Parliament or the gazette, in one form.

    kamerstuk    `dossier` (29826), `suffix` (XIII, 30) or None, `number` (260), `session`
                 (2024-2025); `number` is empty where a whole dossier is meant
    commitment   `number` of a TZ reference: TZ202410-136
    case         `number` of a Z reference: 2025Z06432, or Z06432 where the year is not given
    gazette      `session` holds the year, `number` the number: Staatscourant 2025, 20039
    """

    kind: ReferenceKind
    number: str
    dossier: str | None = None
    suffix: str | None = None
    session: str | None = None

    @property
    def identity(self) -> str:
        """The same for two references to one paper, however they were written: kst-29826-260."""
        if self.kind == "kamerstuk":
            parts = ("kst", self.dossier, self.suffix, self.number)
            return "-".join(part for part in parts if part)
        if self.kind == "gazette":
            return f"stcrt-{self.session}-{self.number}"
        return self.number

    def written(self, language: Language = "nl") -> str:
        """The one way in which this program writes it.

        >>> Reference("kamerstuk", "116", "36200", "XIII", "2022-2023").written()
        'Kamerstuk 2022/23, 36 200 XIII, nr. 116'
        """
        words = _WORDS[language]
        if self.kind == "commitment":
            return f"{words['commitment']} {self.number}"
        if self.kind == "gazette":
            return f"{words['gazette']} {self.session}, {self.number}"
        if self.kind == "case" and self.number[0] != "Z":
            return f"{words['case']} {self.number}"
        session = f"{self.session[:4]}/{self.session[7:]}, " if self.session else ""
        if self.kind == "case":
            return f"{words['kamerstuk']} {session}{self.number}"
        number = f", {words['number']} {self.number}" if self.number else ""
        return f"{words['kamerstuk']} {session}{self.dossier_written}{number}"

    @property
    def dossier_written(self) -> str:
        """`29 826`, `36 200 XIII` or `21 501-30`; empty where there is no dossier."""
        if self.dossier is None:
            return ""
        joint = "" if self.suffix is None else ("-" if self.suffix[0].isdigit() else " ")
        return f"{self.dossier[:2]} {self.dossier[2:]}{joint}{self.suffix or ''}"

    def address(self) -> str | None:
        """Where the paper can be read, if the pattern of that address is sure; else None."""
        published = self.kind == "gazette" or (self.kind == "kamerstuk" and self.number)
        return f"{OFFICIAL_PAPERS}/{self.identity}.html" if published else None


@dataclass(frozen=True, slots=True)
class Found:
    """A reference that stands in a text, from `start` up to `end`."""

    reference: Reference
    text: str
    start: int
    end: int


_WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "kamerstuk": "Kamerstuk",
        "commitment": "Toezegging",
        "case": "Zaak",
        "gazette": "Staatscourant",
        "number": "nr.",
    },
    "en": {
        "kamerstuk": "Parliamentary paper",
        "commitment": "Commitment",
        "case": "Case",
        "gazette": "Government Gazette",
        "number": "no.",
    },
}

_PAPER = r"(?:Kamerstuk(?:ken)?|Parliamentary\s+papers?)\s*:?\s*(?:II?\b\s*)?,?\s*"
_SESSION = r"(?P<first>(?:19|20)\d\d)\s*[/\u2013-]\s*(?P<last>\d{4}|\d\d)\s*,?\s*"
_DOSSIER = r"(?P<dossier>\d\d[\s.]?\d{3})"
_SUFFIX = r"(?:-(?P<part>\d\d)|[\s-]\s*(?P<chapter>[IVXLC]{1,7}[A-E]?))"
_NUMBER = r"(?P<number>\d{1,5}|[A-Z]{1,2})"
_START, _END = r"(?<![\w/-])", r"(?![\w/]|-\d)"
_SIGN = r"(?:nr|no|nummer|number)\.?\s*"
_CASE = r"(?P<number>(?:(?:19|20)\d\d)?Z\d{5})"

# Each way of writing; of two that begin at one place the longest counts.
_WAYS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    (
        "kamerstuk",
        re.compile(
            f"{_START}(?:{_PAPER})?(?:{_SESSION})?{_DOSSIER}{_SUFFIX}?\\s*,?\\s*{_SIGN}{_NUMBER}{_END}"
        ),
    ),
    (
        "kamerstuk",
        re.compile(
            rf"{_START}(?:kst-)?(?P<dossier>\d{{5}})"
            rf"(?:-(?:(?P<part>\d\d)|(?P<chapter>[IVXLC]{{1,7}}[A-E]?)))?-{_NUMBER}{_END}"
        ),
    ),
    (
        "kamerstuk",  # of the Senate, whose papers are lettered: 36 725, A
        re.compile(
            f"{_START}{_PAPER}(?:{_SESSION})?{_DOSSIER}\\s*,\\s*(?P<number>[A-Z]{{1,2}}){_END}"
        ),
    ),
    (
        "kamerstuk",
        re.compile(f"{_START}(?:{_PAPER}|[Dd]ossier\\s+)(?:{_SESSION})?{_DOSSIER}{_SUFFIX}?{_END}"),
    ),
    (
        "commitment",
        re.compile(
            rf"{_START}(?:(?:[Tt]oezegging|[Cc]ommitment)\s+)?(?P<number>TZ\d{{6}}-\d{{1,4}}){_END}"
        ),
    ),
    (
        "case",
        re.compile(f"{_START}(?:{_PAPER}|[Zz]aak\\s+|[Cc]ase\\s+)?(?:{_SESSION})?{_CASE}{_END}"),
    ),
    (
        "gazette",
        re.compile(
            rf"{_START}(?:Staatscourant|Stcrt\.?|Government\s+Gazette)\s*(?P<first>(?:19|20)\d\d)"
            rf"\s*,?\s*(?:{_SIGN})?(?P<number>\d{{1,6}}){_END}"
        ),
    ),
    (
        "gazette",
        re.compile(rf"{_START}stcrt-(?P<first>(?:19|20)\d\d)-(?P<number>\d{{1,6}}){_END}"),
    ),
)
_ONLY_DOSSIER = re.compile(f"{_DOSSIER}{_SUFFIX}?")


def references_in(text: str) -> tuple[Found, ...]:
    """Every reference in `text`, in order of appearance; what is no reference is passed over.

    >>> [found.reference.identity for found in references_in("zie Stcrt. 2025, 20039 en 29826-260")]
    ['stcrt-2025-20039', 'kst-29826-260']
    """
    matches = sorted(_matches(text), key=lambda each: (each.start, -each.end))
    found: list[Found] = []
    for each in matches:
        if not found or each.start >= found[-1].end:
            found.append(each)
    return tuple(found)


def reference(text: str) -> Reference | None:
    """The one reference that `text` is; None where it is none, or more than that.

    A dossier without a number (`22 112`) is a reference here, and not inside a longer text.
    """
    bare = text.strip().rstrip(".").strip()
    found = references_in(bare)
    if len(found) == 1 and found[0].text == bare:
        return found[0].reference
    whole = _ONLY_DOSSIER.fullmatch(bare)
    return _reference("kamerstuk", whole.groupdict()) if whole else None


def _matches(text: str) -> Iterator[Found]:
    for kind, way in _WAYS:
        for match in way.finditer(text):
            yield Found(_reference(kind, match.groupdict()), match[0], match.start(), match.end())


def _reference(kind: ReferenceKind, parts: dict[str, str | None]) -> Reference:
    number = parts.get("number") or ""
    if kind == "gazette":
        return Reference(kind, number.lstrip("0") or "0", session=parts["first"])
    session = _session(parts.get("first"), parts.get("last"))
    if kind == "case":
        return Reference(kind, number, session=session if number[0] == "Z" else None)
    if kind == "commitment":
        return Reference(kind, number)
    dossier = re.sub(r"\D", "", parts["dossier"] or "")
    suffix = parts.get("part") or parts.get("chapter")
    if number.isdigit():
        number = number.lstrip("0") or "0"
    if dossier in DIVIDED and suffix is None:
        suffix, number = number.zfill(2), ""
    return Reference(kind, number, dossier, suffix, session)


def _session(first: str | None, last: str | None) -> str | None:
    """`2024`, `25` → `2024-2025`, as it was written; whether that is a session is for `doubts`."""
    if first is None or last is None:
        return None
    return f"{first}-{last if len(last) == 4 else first[:2] + last}"
