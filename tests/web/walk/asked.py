# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an address is asked, and who gets what.

Three answers: *may* (anything but a refusal: a page, a way on, a form that is not filled in well),
*knows* (403: may know that it is there, and not do this), and for everybody else *hidden* (404, as
if it did not exist).

The tables say it of Zoutfabriek's dossier. Of the hidden one it follows: who has an office over all
dossiers gets the same answer, its own firm gets that of Zoutfabriek's firm, and everybody else 404.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OFFICES = ("programme", "minister_office", "auditor")
TEAM = "lead member analyst ienw"
PARTNERS = "province environment"
EVERYBODY = (
    f"{TEAM} {PARTNERS} company other_company adviser secretary programme minister_office auditor "
    "observer administrator outsider"
)
# Who may know of Zoutfabriek's dossier.
KNOWING = f"{TEAM} {PARTNERS} company programme minister_office auditor"


@dataclass(frozen=True)
class Asked:
    """One way to ask an address: who may, who hears why not, and what to fill in for each."""

    may: str = ""
    knows: str = ""
    method: str = "GET"
    fill: Mapping[str, Any] = field(default_factory=dict)
    """Per parameter of the address: the name of a thing in `Things`, or a literal after `=`."""
    data: Mapping[str, Any] = field(default_factory=dict)
    open_to_all: bool = False
    """Also to who has not signed in."""
    refused: int = 404
    """What everybody else gets; 403 where an address is no secret."""

    @property
    def in_a_dossier(self) -> bool:
        """Whether the address names something of a dossier."""
        return any(not thing.startswith("=") for thing in self.fill.values())

    def answers(self, *, hidden: bool) -> dict[str, str]:
        """Per person the answer, for Zoutfabriek's dossier or for the hidden one."""
        answers = dict.fromkeys(EVERYBODY.split(), "hidden" if self.refused == 404 else "knows")
        answers |= dict.fromkeys(self.knows.split(), "knows")
        answers |= dict.fromkeys(self.may.split(), "may")
        if not (hidden and self.in_a_dossier):
            return answers
        elsewhere = dict.fromkeys(answers, "hidden" if self.refused == 404 else "knows")
        elsewhere |= {office: answers[office] for office in OFFICES}
        return elsewhere | {"other_company": answers["company"]}


def others(people: str) -> str:
    """Everybody who may know of Zoutfabriek's dossier but these."""
    return " ".join(name for name in KNOWING.split() if name not in people.split())


def deed(may: str, fill: Mapping[str, Any], **data: Any) -> Asked:
    """A deed (POST) on something of a dossier; who may know of the dossier hears why not."""
    return Asked(may, others(may), "POST", fill, data)
