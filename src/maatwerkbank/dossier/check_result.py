# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a check says of the evidence: met or not, because of what, resting on what."""

from collections.abc import Callable
from dataclasses import dataclass

from maatwerkbank.dossier.evidence import Evidence
from maatwerkbank.ground.language import Text


@dataclass(frozen=True)
class CheckResult:
    """Whether it is met, because of what, and on which hashes and receipts that rests."""

    met: bool
    because: Text
    rests_on: tuple[str, ...] = ()


Check = Callable[[Evidence], CheckResult]
