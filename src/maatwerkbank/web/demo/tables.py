# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables beside this module: what the demo shows, as data."""

from importlib.resources import files
from typing import Any

import yaml


def table(name: str) -> Any:
    """What the file `name` holds."""
    return yaml.load((files(__package__) / name).read_text("utf-8"), yaml.CSafeLoader)
