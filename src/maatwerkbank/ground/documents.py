# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A YAML or JSON document, read safely.

Takes     a path to a file, or bytes, that anybody may have handed in.
Gives     plain values, the line of every path, the SHA-256 of the bytes, and findings.
Leaves    meaning: what the values should be is for whoever asked for the document.

Refused before anything is built: files above 5 MB, other encodings than UTF-8, anchors and
aliases (a few lines can unfold into gigabytes), tags, more than 40 levels or 200 000 values.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from maatwerkbank.ground.errors import DocumentRefused, DocumentUnreadable
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text

MAX_BYTES = 5_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000

Place = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*\Z")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    ".nan": float("nan"),
    "nan": float("nan"),
    ".inf": float("inf"),
    "-.inf": float("-inf"),
}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """What a file holds, and where it holds it."""

    name: str
    data: Any
    sha256: str
    lines: dict[Place, int]
    findings: tuple[Finding, ...]

    def place(self, path: Place) -> str:
        """`projects[0].capex.unit, line 41`: the path, and its line where that is known."""
        line = next(
            (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), None
        )
        return path_text(path) + (f", line {line}" if line else "")


def path_text(path: Place) -> str:
    """`("projects", 0, "capex")` as `projects[0].capex`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or "(the whole document)"


def read_document(path: Path) -> Document:
    """The document at `path`.

    Raises DocumentUnreadable when it is absent, too large or not text; DocumentRefused when it
    is not well formed. Duplicate keys are findings: the rest of the document can still be read.
    """
    return document_of(_bytes(path), path.name)


def document_of(raw: bytes, name: str) -> Document:
    """The document in bytes that were handed in under `name`; raises as `read_document` does."""
    _refuse_size(len(raw), name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentUnreadable(
            f"{name} is not text in UTF-8: byte {error.start} is 0x{raw[error.start]:02x}.",
            remedy="save the file again with the encoding UTF-8",
        ) from None
    reader = _json if text.lstrip()[:1] in ("{", "[") else _yaml
    data, lines, findings = reader(text, name)
    return Document(name, data, hashlib.sha256(raw).hexdigest(), lines, tuple(findings))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DocumentUnreadable(f"{path} is a folder.", remedy="name a file in it")
        if not path.is_file():
            raise DocumentUnreadable(f"there is no file {path}.", remedy="check the path")
        _refuse_size(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise DocumentUnreadable(
            f"{path} cannot be read: {error.strerror}.", remedy="check the rights on the file"
        ) from None


def _refuse_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise DocumentUnreadable(
            f"{name} is {size / 1e6:.1f} MB; at most {MAX_BYTES / 1e6:.0f} MB is read.",
            remedy="leave out what is not part of the case; a case file is some tens of kB",
        )


def _refusal(
    name: str, place: str, expected: Text, found: Text | str, remedy: Text
) -> DocumentRefused:
    finding = Finding("error", "document.malformed", place, expected, found, remedy)
    return DocumentRefused(name, (finding,))


def _duplicate(place: str, key: str) -> Finding:
    return Finding(
        "error",
        "document.duplicate-key",
        place,
        Text(nl=f"de sleutel '{key}' één keer", en=f"the key '{key}' once"),
        Text(nl="een tweede keer", en="a second time"),
        Text(nl="verwijder een van beide", en="remove one of the two"),
    )


_TOO_DEEP = Text(nl=f"ten hoogste {MAX_DEPTH} niveaus", en=f"at most {MAX_DEPTH} levels")
_FLATTEN = Text(nl="maak het document vlakker", en="make the document flatter")
_TOO_MANY = Text(nl=f"ten hoogste {MAX_VALUES} waarden", en=f"at most {MAX_VALUES} values")
_SPLIT = Text(nl="splits het document", en="split the document")
_MORE = Text(nl="meer", en="more")


def _json(text: str, name: str) -> tuple[Any, dict[Place, int], list[Finding]]:
    findings: list[Finding] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                findings.append(_duplicate(f"an object with the key '{key}'", key))
            made[key] = value
        return made

    try:
        data = json.loads(text, object_pairs_hook=mapping)
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _refusal(
            name,
            f"line {error.lineno}, column {error.colno}",
            Text(nl="geldige JSON", en="valid JSON"),
            error.msg,
            Text(nl="herstel de regel of de regel ervoor", en="mend that line or the one before"),
        ) from None
    except RecursionError:
        raise _refusal(name, path_text(()), _TOO_DEEP, _MORE, _FLATTEN) from None
    except ValueError as error:  # a half surrogate pair, a number of thousands of digits
        raise _refusal(
            name,
            path_text(()),
            Text(nl="leesbare tekst en getallen", en="legible text and numbers"),
            str(error).split(":")[0],
            Text(nl="herstel de waarde", en="mend the value"),
        ) from None
    _check_size(data, name)
    return data, {}, findings


def _check_size(data: Any, name: str) -> None:
    """Refuse what the YAML reader refuses while it reads: too many levels or values."""
    level, values = [data], 0
    for depth in range(MAX_DEPTH + 1):
        level = [inner for each in level for inner in _inside(each)]
        values += len(level)
        if values > MAX_VALUES:
            raise _refusal(name, path_text(()), _TOO_MANY, _MORE, _SPLIT)
        if depth == MAX_DEPTH and level:
            raise _refusal(name, path_text(()), _TOO_DEEP, _MORE, _FLATTEN)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


@dataclass
class _Open:
    """A mapping or list that is being filled."""

    path: Place
    made: dict[str, Any] | list[Any]
    key: str | None = None
    key_line: int = 1


def _yaml(text: str, name: str) -> tuple[Any, dict[Place, int], list[Finding]]:
    try:
        return _build(yaml.parse(text, Loader=_Loader), name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "a bad byte"
        if "nesting depth" in str(problem):  # libyaml looks ahead, and may find it before we do
            line = f"line {mark.line + 1}" if mark else path_text(())
            raise _refusal(name, line, _TOO_DEEP, _MORE, _FLATTEN) from None
        raise _refusal(
            name,
            f"line {mark.line + 1}, column {mark.column + 1}" if mark else path_text(()),
            Text(nl="geldige YAML", en="valid YAML"),
            str(problem),
            Text(nl="herstel de regel of de regel ervoor", en="mend that line or the one before"),
        ) from None


def _build(events: Iterator[yaml.Event], name: str) -> tuple[Any, dict[Place, int], list[Finding]]:
    """Plain values from the event stream, without recursion, refusing as early as possible."""
    findings: list[Finding] = []
    lines: dict[Place, int] = {}
    stack: list[_Open] = []
    root: Any = None
    documents = 0

    def refuse(
        event: yaml.Event, expected: Text, found: Text | str, remedy: Text
    ) -> DocumentRefused:
        return _refusal(name, f"line {_line(event)}", expected, found, remedy)

    def put(value: Any, event: yaml.Event) -> Place:
        """Hang `value` under the innermost open collection; gives its path."""
        nonlocal root
        if not stack:
            root = value
            return ()
        top = stack[-1]
        if isinstance(top.made, list):
            path: Place = (*top.path, len(top.made))
            top.made.append(value)
        else:
            key = top.key or ""
            path = (*top.path, key)
            if key in top.made:
                findings.append(_duplicate(f"{path_text(path)}, line {top.key_line}", key))
            top.made[key] = value
            top.key = None
        lines[path] = _line(event) if isinstance(top.made, list) else top.key_line
        if len(lines) > MAX_VALUES:
            raise refuse(event, _TOO_MANY, _MORE, _SPLIT)
        return path

    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refuse(
                event,
                Text(nl="waarden voluit", en="values written out"),
                Text(nl="een anker of verwijzing (& of *)", en="an anchor or alias (& or *)"),
                Text(nl="schrijf de waarde opnieuw", en="write the value again"),
            )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise refuse(
                    event,
                    Text(nl="één document per bestand", en="one document per file"),
                    Text(nl="een tweede (---)", en="a second one (---)"),
                    Text(nl="splits het bestand", en="split the file"),
                )
        if isinstance(event, yaml.ScalarEvent):
            top = stack[-1] if stack else None
            if top and isinstance(top.made, dict) and top.key is None:
                top.key, top.key_line = event.value, _line(event)
            else:
                put(_scalar(event), event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if len(stack) >= MAX_DEPTH:
                raise refuse(event, _TOO_DEEP, _MORE, _FLATTEN)
            if stack and isinstance(stack[-1].made, dict) and stack[-1].key is None:
                raise refuse(
                    event,
                    Text(nl="een woord als sleutel", en="a word as key"),
                    Text(nl="een lijst of een groep sleutels", en="a list or mapping"),
                    Text(nl="gebruik een woord", en="use a word"),
                )
            made: dict[str, Any] | list[Any]
            made = {} if isinstance(event, yaml.MappingStartEvent) else []
            stack.append(_Open(put(made, event), made))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
    return root, lines, findings


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> Any:
    """YAML 1.2 core values; dates stay text. Quoted and tagged scalars are text."""
    text = event.value
    if event.style or event.tag:
        return text
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        if _INTEGER.match(text):
            return int(text.replace("_", ""))
        if _REAL.match(text):
            return float(text.replace("_", ""))
    except ValueError:
        return text
    return text
