# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a document that was handed in: every finding, with its place.

Takes     nothing; readers make findings, `maatwerkbank check` and the web show them.
Gives     values, not exceptions: a firm corrects its sheet once, not eleven times.
"""

from dataclasses import dataclass
from typing import Any, Literal

from maatwerkbank.ground.language import Language, Text, say

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, where it is, what was expected there and what was found.

    `place` is the path in the file (`projects[0].capex.unit`, line 41) or the cell of a sheet.
    A warning does not stop a run.
    """

    severity: Severity
    code: str
    place: str
    expected: Text | str
    found: Text | str
    remedy: Text | str = ""

    def found_text(self, language: Language = "en") -> str:
        """One line: expected this, found that."""
        joint = Text(nl="verwacht {0}; gevonden {1}", en="expected {0}; found {1}")
        return joint.into(language).format(say(self.expected, language), say(self.found, language))

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """Plain values in `language`."""
        return {
            "severity": self.severity,
            "code": self.code,
            "place": self.place,
            "expected": say(self.expected, language),
            "found": say(self.found, language),
            "remedy": say(self.remedy, language),
        }


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether at least one finding is an error."""
    return any(finding.severity == "error" for finding in findings)
