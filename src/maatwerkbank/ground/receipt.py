# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run rests on, so that it can be repeated years later.

Takes     the frozen inputs of a run.
Gives     a receipt: same receipt, same bytes, on the same numeric platform; elsewhere equal
          to 1e-12 (METHOD §11).
Leaves    the clock time: it stands beside a run, never in it.
"""

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

import maatwerkbank


@dataclass(frozen=True)
class Receipt:
    """Versions and hashes of everything that a result depends on."""

    version: str
    code_sha256: str
    law_sha256: str
    input_sha256: str
    variant: str | None
    outlook: str
    known_on: str
    seed: int | None
    numeric_platform: str

    @property
    def number(self) -> str:
        """Sixteen characters that a letter or a person can quote."""
        return digest(asdict(self))[:16]

    def as_json(self) -> dict[str, Any]:
        """All fields, the number first."""
        return {"number": self.number, **asdict(self)}


def digest(value: Any) -> str:
    """SHA-256 of plain values, in one canonical spelling."""
    spelled = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


# Floors on which no figure rests: a page that reads better now makes no other receipt.
WITHOUT_FIGURES = ("dossier", "web")


@cache
def code_sha256() -> str:
    """SHA-256 over all modules that a figure may rest on: two working copies are told apart."""
    total = hashlib.sha256()
    for path, content in sorted(_modules(files(maatwerkbank), "")):
        total.update(path.encode() + b"\0" + content + b"\0")
    return total.hexdigest()


def _modules(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name not in {"__pycache__", *_left_out(path)}:
            found += _modules(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".py"):
            found.append((path + entry.name, entry.read_bytes()))
    return found


def _left_out(path: str) -> tuple[str, ...]:
    return () if path else WITHOUT_FIGURES


@cache
def numeric_platform() -> str:
    """Processor family, operating system, numpy and its widest vectors: where bits may differ.

    The last bit of a power or a logarithm is not the same in all vectors.
    """
    vectors = np.show_config(mode="dicts")["SIMD Extensions"]["found"]  # the narrowest first
    widest = vectors[-1].lower() if vectors else "baseline"
    return f"{platform.machine()}-{platform.system().lower()}-numpy-{np.__version__}-{widest}"
