# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this figure go to the public, and by which steps does a statement get there?

Takes     a figure as it lies in a dossier, with its origin and the levels of what it is made of;
          the reason that a person gives.
Gives     findings, all at once; the level that follows from the parts; the steps of a statement.
Leaves    who the person is and whether that person may to `web/releases`; totals over firms to
          `aggregates`; quoting of what is confidential to `passages`.

Source    Wet open overheid art. 5.1 (BWBR0045754), by `dossier.confidentiality`. That a levy of one
          firm may fall under fiscal secrecy is a caution: the text of that law was not read. So a
          levy is public as a reconstruction from public data only, whatever a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from maatwerkbank.dossier.confidentiality import GROUNDS, Level, highest, may_withhold
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.sources import load_sources

OriginKind = Literal["source", "run", "promise", "report", "grant", "ambition"]

ORIGINS: Mapping[str, Text] = MappingProxyType(
    {
        "source": Text(nl="openbare bron", en="public source"),
        "run": Text(nl="berekening", en="run"),
        "promise": Text(nl="belofte", en="promise"),
        "report": Text(nl="geverifieerde rapportage", en="verified report"),
        "grant": Text(nl="subsidiebeschikking", en="grant decision"),
        "ambition": Text(nl="ambitie in een document", en="ambition in a document"),
    }
)
# Quantities that the levy on CO2 is made of, as runs and letters name them.
LEVY_QUANTITIES = ("levy",)
# Quantities of which gross and additional tonnes must be told apart.
REDUCTIONS = ("co2",)

_NOTHING = Text(nl="niets", en="nothing")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure of a dossier that may be released. `low` and `high` [unit]; equal for one number.

    `identity`: a source, the number of the receipt of a run, or the code of a row of a register.
    `levels`: of the dossier and of everything that the figure is made of.
    """

    id: str
    firm: str | None
    quantity: str
    label: Text
    low: float | None
    high: float | None
    unit: str
    origin: OriginKind
    identity: str
    levels: tuple[Level, ...] = ()
    kind: Literal["gross", "additional"] | None = None
    bound: str | None = None
    year: int | None = None
    boundary: Text | None = None
    reconstruction: bool = False
    emission_data: bool = False

    @property
    def level(self) -> Level:
        """At least the highest of what it is made of."""
        return highest(self.levels)


# ── figures ───────────────────────────────────────────────────────────────────────────────────


def lacks_of_release(candidate: Candidate, because: str) -> tuple[Finding, ...]:
    """Everything that keeps `candidate` from the public, now that `because` is the reason given.

    An empty reason will do only for what is public in all its parts.
    """
    return (
        *_lacks_of_value(candidate),
        *_lacks_of_origin(candidate),
        *_lacks_of_reason(candidate, because),
        *_fiscal_secrecy(candidate),
    )


def _lacks_of_value(candidate: Candidate) -> list[Finding]:
    found = []
    low, high = candidate.low, candidate.high
    if low is None and high is None:
        found.append(
            _finding(
                "release.no-value",
                "value",
                Text(nl="een waarde", en="a value"),
                _NOTHING,
                Text(
                    nl="wat niet bekend is, wordt niet vrijgegeven: ontbreken is geen nul",
                    en="what is not known is not released: absent is not zero",
                ),
            )
        )
    if low is not None and high is not None and high < low:
        found.append(
            _finding(
                "release.range",
                "value",
                Text(nl="ten hoogste niet lager dan ten minste", en="a highest not below a lowest"),
                f"{low} – {high}",
                Text(nl="herstel het cijfer in het dossier", en="correct the figure first"),
            )
        )
    if not candidate.unit.strip():
        found.append(
            _finding(
                "release.no-unit",
                "unit",
                Text(nl="een eenheid", en="a unit"),
                _NOTHING,
                Text(nl="vul de eenheid aan in het dossier", en="add the unit in the dossier"),
            )
        )
    if candidate.quantity in REDUCTIONS and candidate.kind is None:
        found.append(
            _finding(
                "release.gross-or-additional",
                "kind",
                Text(nl="bruto of additioneel", en="gross or additional"),
                _NOTHING,
                Text(
                    nl="zeg welke van de twee het is: ze worden nooit bij elkaar opgeteld",
                    en="say which of the two it is: they are never added up",
                ),
            )
        )
    return found


def _lacks_of_origin(candidate: Candidate) -> list[Finding]:
    known = bool(candidate.identity.strip()) and candidate.origin in ORIGINS
    if known and candidate.origin == "source":
        known = candidate.identity in load_sources()
    if known:
        return []
    return [
        _finding(
            "release.no-origin",
            "origin",
            Text(
                nl="een bron, een berekening met bewijs of een regel van een register",
                en="a source, a run with a receipt or a row of a register",
            ),
            candidate.identity.strip() or _NOTHING,
            Text(
                nl="een cijfer zonder herkomst wordt niet vrijgegeven",
                en="a figure without an origin is not released",
            ),
        )
    ]


def _lacks_of_reason(candidate: Candidate, because: str) -> list[Finding]:
    if candidate.level == Level.OPENBAAR or because.strip():
        return []
    return [
        _finding(
            "release.level",
            "because",
            Text(
                nl="een reden om dit openbaar te maken",
                en="a reason to make this public",
            ),
            candidate.level.label,
            Text(
                nl="het cijfer is zo vertrouwelijk als het meest vertrouwelijke deel ervan; "
                "schrijf op waarom het toch openbaar kan zijn",
                en="the figure is as confidential as the most confidential part of it; write down "
                "why it can be public",
            ),
        )
    ]


def is_levy(quantity: str) -> bool:
    """Whether a quantity tells of the levy."""
    return quantity.split("_", maxsplit=1)[0] in LEVY_QUANTITIES


def _fiscal_secrecy(candidate: Candidate) -> list[Finding]:
    if candidate.firm is None or candidate.reconstruction or not is_levy(candidate.quantity):
        return []
    return [
        _finding(
            "release.fiscal-secrecy",
            "quantity",
            Text(
                nl="een heffing die uit openbare gegevens is gereconstrueerd",
                en="a levy that was reconstructed from public data",
            ),
            Text(nl="een heffing uit gegevens van het bedrijf", en="a levy from data of the firm"),
            Text(
                nl="hier kan de fiscale geheimhouding gelden; gebruik de openbare reconstructie",
                en="fiscal secrecy may hold here; use the public reconstruction",
            ),
        )
    ]


def lacks_of_refusal(candidate: Candidate, ground: str, because: str) -> tuple[Finding, ...]:
    """Everything that is wrong with keeping `candidate` from the public on that ground.

    Data on emissions into the environment are never withheld (Woo art. 5.1, paragraph 7).
    """
    found = []
    if ground not in GROUNDS:
        found.append(
            _finding(
                "release.ground",
                "ground",
                Text(nl="een grond uit artikel 5.1 Woo", en="a ground of article 5.1 Woo"),
                ground or _NOTHING,
                Text(nl="kies de grond die geldt", en="choose the ground that holds"),
            )
        )
    else:
        weighed = may_withhold(GROUNDS[ground], emission_data=candidate.emission_data)
        if not weighed.allowed:
            found.append(
                _finding(
                    "release.emission-data",
                    "ground",
                    Text(nl="openbaarmaking", en="publication"),
                    GROUNDS[ground].label,
                    weighed.because,
                )
            )
    if not because.strip():
        found.append(
            _finding(
                "release.because",
                "because",
                Text(nl="een motivering in woorden", en="reasons in words"),
                _NOTHING,
                Text(nl="schrijf op welk belang u hebt gewogen", en="write down what you weighed"),
            )
        )
    return tuple(found)


# ── the steps of a statement ──────────────────────────────────────────────────────────────────

STATES: Mapping[str, Text] = MappingProxyType(
    {
        "draft": Text(nl="Concept", en="Draft"),
        "proposed": Text(nl="Voorgelegd", en="Proposed"),
        "approved": Text(nl="Goedgekeurd", en="Approved"),
        "released": Text(nl="Vrijgegeven", en="Released"),
        "withdrawn": Text(nl="Ingetrokken", en="Withdrawn"),
    }
)
# From which states a step may be taken, and where it leads.
STEPS: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType(
    {
        "propose": (("draft",), "proposed"),
        "send_back": (("proposed",), "draft"),
        "approve": (("proposed",), "approved"),
        "release": (("approved",), "released"),
        "withdraw": (("draft", "proposed", "approved", "released"), "withdrawn"),
    }
)


def after(state: str, step: str) -> str | None:
    """The state to which `step` leads from `state`; None where it cannot be taken.

    >>> after("proposed", "approve"), after("draft", "approve")
    ('approved', None)
    """
    before, reached = STEPS[step]
    return reached if state in before else None


def _finding(
    code: str, place: str, expected: Text | str, found: Text | str, remedy: Text | str
) -> Finding:
    return Finding("error", code, place, expected, found, remedy)
