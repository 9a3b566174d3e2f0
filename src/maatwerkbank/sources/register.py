# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which source is meant by an identity such as `kamerbrief-2025-06-30`?

Takes the files in sources/data; gives frozen `Source` entries, read once. An unknown identity is an
error that names the nearest ones. Leaves out which official runs a source may carry: the caller
decides that from `seen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from maatwerkbank.ground.errors import SourceError, UnknownSource

FIELDS = frozenset({"title", "publisher", "date", "url", "seen"})


class Seen(StrEnum):
    """How a source was seen: by whom the text that we read was published."""

    OFFICIAL = "official"
    PRESS = "press"
    DERIVED = "derived"
    UNVERIFIED = "unverified"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Source:
    """A citable origin. `date` is ISO 8601 and may be reduced (`2023-12`); unknown is None."""

    identity: str
    title: str
    publisher: str
    date: str | None
    url: str | None
    seen: Seen


@cache
def load_sources() -> Mapping[str, Source]:
    """All sources, by identity, in the order of the files.

    Raises
    ------
    SourceError   two files hold the same identity, or an entry has other fields than it should
    """
    found: dict[str, Source] = {}
    folder = files("maatwerkbank") / "sources" / "data"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".yaml"):
            continue
        for identity, entry in yaml.load(file.read_text("utf-8"), yaml.CSafeLoader).items():
            if identity in found:
                raise SourceError(
                    f"'{identity}' in sources/data/{file.name} already stands in another file.",
                    remedy="keep one of the two entries, or give this one a name of its own",
                )
            found[identity] = _entry(identity, entry)
    return MappingProxyType(found)


def source(identity: str) -> Source:
    """The source with that identity.

    Raises
    ------
    UnknownSource   no entry has that identity; the error names the nearest ones
    """
    sources = load_sources()
    if identity not in sources:
        raise UnknownSource(identity, get_close_matches(identity, sources, n=3))
    return sources[identity]


def _entry(identity: str, entry: Any) -> Source:
    present = set(entry) if isinstance(entry, dict) else set()
    if present != FIELDS:
        raise SourceError(
            f"source '{identity}' has the fields {sorted(present)}, not {sorted(FIELDS)}.",
            remedy="write all five fields; `date` and `url` may be null",
        )
    if entry["seen"] not in set(Seen):
        raise SourceError(
            f"source '{identity}' was seen as '{entry['seen']}', not as one of {sorted(Seen)}.",
            remedy="say how the source was seen with one of those five words",
        )
    return Source(
        identity=identity,
        title=entry["title"],
        publisher=entry["publisher"],
        date=None if entry["date"] is None else str(entry["date"]),
        url=entry["url"],
        seen=Seen(entry["seen"]),
    )
