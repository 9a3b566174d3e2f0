# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What lies on the table when a gate is judged: statements of people, documents, a run, facts.

Takes     what the dossier holds, gathered by whoever asks.
Gives     frozen values that `gates.judge` reads and `gates.freeze` turns into plain JSON.
Leaves    who may see which part to `web/people/access.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maatwerkbank.ground.language import Text
from maatwerkbank.portfolio.register import Ambition


@dataclass(frozen=True)
class Attestation:
    """What somebody declares, in a role, by name and on a date."""

    criterion: str
    by: str
    role: str
    on: date
    statement: str


@dataclass(frozen=True)
class Attached:
    """A version of a document in the dossier, by the hash of its bytes."""

    kind: str
    document: str
    version: int
    sha256: str
    signed_by: tuple[str, ...] = ()
    dated: date | None = None


@dataclass(frozen=True)
class StateAidFact:
    """What a run says of State aid for one project.

    `framework` allows the most among those with nothing in the way, None where none does;
    `outcomes` says per framework `fits`, `refused`, `not_open` or `cannot_judge`.
    """

    project: str
    framework: str | None
    needed_eur: float | None
    room_eur: float | None
    outcomes: Mapping[str, str]


@dataclass(frozen=True)
class RunFact:
    """One run of the frozen case, as its result tells it.

    `figures` holds keys of `assess --json` and `support --json`: null where a figure cannot be
    judged, and then `ranges` may hold its lowest and highest value. `by_year_t` holds the yearly
    series of tonnes, `instruments` the outcome per scheme of the ladder.
    """

    receipt: str
    sha256: str
    case_sha256: str
    variant: str | None
    official: bool
    lacks: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    figures: Mapping[str, float | None] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    by_year_t: Mapping[str, Mapping[int, float | None]] = field(default_factory=dict)
    instruments: Mapping[str, str] = field(default_factory=dict)
    state_aid: tuple[StateAidFact, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The number of the receipt and the hash of the result."""
        return (self.receipt, self.sha256)


def run_fact(
    assessment: Mapping[str, Any],
    support: Mapping[str, Any] | None = None,
    *,
    sha256: str,
    official: bool = False,
    unverified: tuple[str, ...] = (),
) -> RunFact:
    """The facts of a run, from the documents that `assess --json` and `support --json` print.

    Parameters
    ----------
    sha256 : of the stored result
    unverified : why an official run would be refused; those of `support` are added
    """
    told = support or {}
    receipt = assessment["receipt"]
    return RunFact(
        receipt=receipt["number"],
        sha256=sha256,
        case_sha256=receipt["input_sha256"],
        variant=receipt["variant"],
        official=official,
        lacks=tuple(dict.fromkeys(each["figure"] for each in assessment["lacks"])),
        unverified=tuple(dict.fromkeys([*unverified, *told.get("not_official", ())])),
        figures={**_figures(told), **_figures(assessment)},
        ranges={key: (each["low"], each["high"]) for key, each in assessment["ranges"].items()},
        by_year_t={
            key: {int(year): tonnes for year, tonnes in series.items()}
            for key, series in assessment.items()
            if key in ("gross_by_year_t", "additional_by_year_t", "removal_by_year_t")
        },
        instruments=_instruments(told.get("ladder", ())),
        state_aid=tuple(_state_aid(each) for each in told.get("state_aid", {}).get("projects", ())),
    )


@dataclass(frozen=True)
class AdviceFact:
    """An advice that was asked: of whom, on which set, whether it was given and answered.

    `sha256` is that of the advice as it was given, empty before.
    """

    body: str
    set_sha256: str
    asked_on: date
    given_on: date | None = None
    verdict: str = ""
    recommendations: int = 0
    answered_on: date | None = None
    sha256: str = ""


@dataclass(frozen=True)
class ReviewFact:
    """A review by an outside expert, and how many of its findings are open."""

    kind: str
    reviewer: str
    reported_on: date | None
    findings: int
    open: int
    blocking_open: int


@dataclass(frozen=True)
class RiskRegisterFact:
    """The risk register beside the plan that was handed in last, by its number.

    `contradicted`: codes of the risks that say something else than that plan.
    """

    plan: int
    risks: int
    contradicted: tuple[str, ...] = ()


UNITS = ("_eur", "_t", "_eur_per_t")


def _figures(document: Mapping[str, Any]) -> dict[str, float | None]:
    return {
        key: value
        for key, value in document.items()
        if key.endswith(UNITS) and (value is None or isinstance(value, int | float))
    }


def _instruments(ladder: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Per scheme: cannot_judge where that holds for one project, else the best outcome."""
    outcomes: dict[str, set[str]] = {}
    for each in ladder:
        outcomes.setdefault(each["scheme"], set()).add(each["outcome"])
    order = ("cannot_judge", "fits", "not_open", "refused")
    return {
        scheme: next((each for each in order if each in found), min(found))
        for scheme, found in outcomes.items()
    }


def _state_aid(project: Mapping[str, Any]) -> StateAidFact:
    grant = project.get("grant") or {}
    return StateAidFact(
        project=project["project"],
        framework=project.get("binding"),
        needed_eur=grant.get("needed_eur"),
        room_eur=grant.get("room_eur"),
        outcomes={each["framework"]: each["outcome"] for each in project.get("verdicts", ())},
    )


@dataclass(frozen=True)
class CovenantFact:
    """A text that was made here, by its hash, and the points of the Aanwijzingen in it."""

    draft: str
    library: str
    sha256: str
    answered: tuple[int, ...]
    unanswered: tuple[int, ...]


@dataclass(frozen=True)
class CoverFact:
    """A question about the money behind an agreement, and its answer."""

    question: str
    met: bool
    because: Text


@dataclass(frozen=True)
class Evidence:
    """Everything that a gate may rest on.

    `register` holds what `target_group.standing` says of the firm: `rank`, `emission_t`,
    `emission_year`, `joint_permit`, `cluster_6`, `admitted`.
    """

    attestations: tuple[Attestation, ...] = ()
    attached: tuple[Attached, ...] = ()
    run: RunFact | None = None
    register: Mapping[str, Any] = field(default_factory=dict)
    ambitions: tuple[Ambition, ...] = ()
    advices: tuple[AdviceFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    risk_register: RiskRegisterFact | None = None
    covenant: CovenantFact | None = None
    cover: tuple[CoverFact, ...] = ()
