# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was found wrong while a register was read: kept together, up to a bound.

Takes     findings as they come up, from any of the readers.
Gives     all of them at once, errors first; beyond the bound only their number.
Leaves    the decision to refuse to `read`.
"""

from maatwerkbank.ground.findings import Finding, Severity
from maatwerkbank.ground.language import Text

# A table of the wrong kind has something wrong in every cell; nobody reads a million lines.
MOST_FINDINGS = 500


class Noted:
    """Findings so far. Holds at most `MOST_FINDINGS`, and counts the rest."""

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._not_kept: dict[Severity, int] = {"error": 0, "warning": 0}

    def error(
        self, code: str, place: str, expected: Text | str, found: Text | str, remedy: Text | str
    ) -> None:
        """Note something for which the register is refused."""
        self._note(Finding("error", code, place, expected, found, remedy))

    def warning(
        self, code: str, place: str, expected: Text | str, found: Text | str, remedy: Text | str
    ) -> None:
        """Note something that a reader must know, and that stops nothing."""
        self._note(Finding("warning", code, place, expected, found, remedy))

    @property
    def has_errors(self) -> bool:
        """Whether the register will be refused."""
        kept = any(finding.severity == "error" for finding in self._kept)
        return kept or self._not_kept["error"] > 0

    def _note(self, finding: Finding) -> None:
        if len(self._kept) < MOST_FINDINGS:
            self._kept.append(finding)
        else:
            self._not_kept[finding.severity] += 1

    def all_of(self, name: str) -> tuple[Finding, ...]:
        """Every finding about `name`, errors first, otherwise in the order of the document."""
        kept = [*self._kept]
        kept.extend(
            Finding(
                severity,
                "euets.more-findings",
                name,
                expected=Text(
                    nl=f"ten hoogste {MOST_FINDINGS} bevindingen",
                    en=f"at most {MOST_FINDINGS} findings",
                ),
                found=Text(nl=f"nog {number} meer", en=f"{number} more"),
                remedy=Text(
                    nl="herstel de bevindingen hierboven en lees opnieuw in",
                    en="mend the findings above and read again",
                ),
            )
            for severity, number in self._not_kept.items()
            if number
        )
        return tuple(sorted(kept, key=lambda finding: finding.severity != "error"))
