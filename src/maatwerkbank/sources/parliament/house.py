# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What does the House itself say of commitments, motions, letters and debates?

Takes     nothing: these are the values that `odata` reads from the House's open data.
Gives     one frozen `HouseData`, with every finding about what was read.
Leaves    what our own register makes of it to `web/parliament`: an import changes nothing unseen.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Language, Text
from maatwerkbank.sources.parliament.doubts import Citation, doubts_of_all
from maatwerkbank.sources.parliament.reference import Reference, reference

HouseStatus = Literal["open", "partly", "done", "lapsed", "unknown"]
HouseOutcome = Literal["adopted", "rejected", "held", "withdrawn", "pending", "unknown"]


@dataclass(frozen=True, slots=True)
class HouseLetter:
    """A Document of the kind Brief regering; `title` may be empty where it fulfils a commitment."""

    house_id: str
    number: str
    title: str
    on: date | None
    reference: Reference | None


@dataclass(frozen=True, slots=True)
class HouseCommitment:
    """A Toezegging. `activity`: the number of the debate; `letters`: papers that fulfil it."""

    house_id: str
    number: str
    text: str
    by: str
    ministry: str
    made_on: date
    due: date | None
    status: HouseStatus
    activity: str
    letters: tuple[HouseLetter, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseMotion:
    """A Zaak of the kind Motie. `on` the day of the vote where it is known, else of its start."""

    house_id: str
    number: str
    title: str
    by: str
    on: date | None
    reference: Reference | None
    outcome: HouseOutcome
    stance: Text | None


@dataclass(frozen=True, slots=True)
class HouseDebate:
    """An Activiteit in which is debated."""

    house_id: str
    number: str
    kind: str
    title: str
    on: date


HouseRow = HouseCommitment | HouseMotion | HouseLetter | HouseDebate


@dataclass(frozen=True)
class HouseData:
    """Everything that was read, in the order of the files; what the House removed is not there."""

    commitments: tuple[HouseCommitment, ...] = ()
    motions: tuple[HouseMotion, ...] = ()
    letters: tuple[HouseLetter, ...] = ()
    debates: tuple[HouseDebate, ...] = ()
    removed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> tuple[HouseRow, ...]:
        """All of them."""
        return (*self.commitments, *self.motions, *self.letters, *self.debates)

    def doubts(self) -> tuple[Finding, ...]:
        """What cannot be right in a number or reference that the House gives."""
        cited = [
            Citation(number, row.number, row.made_on, row.made_on)
            for row in self.commitments
            if (number := reference(row.number)) is not None
        ]
        papers: tuple[HouseMotion | HouseLetter, ...] = (*self.motions, *self.letters)
        cited += [
            Citation(row.reference, row.number, row.on, thing=row.number)
            for row in papers
            if row.reference is not None
        ]
        return doubts_of_all(cited)


def house_json(data: HouseData, language: Language) -> dict[str, Any]:
    """Plain values, with words in `language`; days are ISO 8601, unknown is null."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    def written(paper: Reference | None) -> str | None:
        return paper.written(language) if paper else None

    return {
        "commitments": [
            {
                "number": row.number,
                "text": row.text,
                "by": row.by,
                "made_on": day(row.made_on),
                "due": day(row.due),
                "status": row.status,
                "activity": row.activity or None,
                "letters": [written(each.reference) or each.number for each in row.letters],
            }
            for row in data.commitments
        ],
        "motions": [
            {
                "number": row.number,
                "title": row.title,
                "by": row.by,
                "on": day(row.on),
                "reference": written(row.reference),
                "outcome": row.outcome,
                "stance": row.stance.into(language) if row.stance else None,
            }
            for row in data.motions
        ],
        "letters": [
            {
                "number": row.number,
                "title": row.title,
                "on": day(row.on),
                "reference": written(row.reference),
            }
            for row in data.letters
        ],
        "debates": [
            {"number": row.number, "title": row.title, "kind": row.kind, "on": day(row.on)}
            for row in data.debates
        ],
        "removed": list(data.removed),
        "findings": [each.as_json(language) for each in (*data.findings, *data.doubts())],
    }
