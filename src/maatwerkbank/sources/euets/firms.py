# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whose is an installation of the emissions register?

Takes     `firms.yaml`: the operator as the registry names it, beside the firm of our register.
Gives     the firm of an installation, joint permits, works gases, merged accounts.
Leaves    firms that the operator column does not show: a permit of several stays nobody's.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Firm:
    """A firm of the register, with its installations and the plants that burn its works gases."""

    id: str
    name: str
    installations: tuple[str, ...]
    works_gas: tuple[str, ...]


@dataclass(frozen=True)
class JointPermit:
    """One installation that several firms share; its tonnes cannot be told apart."""

    id: str
    name: str
    members: tuple[str, ...]


@cache
def _file() -> dict[str, Any]:
    text = Path(__file__).with_name("firms.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


@cache
def _firms_by_installation() -> dict[str, Firm]:
    return {
        installation: Firm(
            firm,
            written["name"],
            tuple(written["installations"]),
            tuple(written.get("works_gas", ())),
        )
        for firm, written in _file()["firms"].items()
        for installation in written["installations"]
    }


def firm_of(installation_id: str) -> Firm | None:
    """The firm whose installation it is, or None when `firms.yaml` names none."""
    return _firms_by_installation().get(installation_id)


def joint_permit(installation_id: str) -> JointPermit | None:
    """Who share the permit of the installation, or None when it is not shared."""
    written = _file()["joint_permits"].get(installation_id)
    if written is None:
        return None
    return JointPermit(installation_id, written["name"], tuple(written["members"]))


def merged_accounts() -> dict[str, str]:
    """Site id to the beginning of the names of the accounts that were merged into it."""
    sites: dict[str, str] = _file()["merged_accounts"]["sites"]
    return sites
