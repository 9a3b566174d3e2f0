# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every error that this package raises on purpose.

MaatwerkError
├── DocumentError
│   ├── DocumentUnreadable    the file is absent, too large, or not text in UTF-8
│   ├── TextUnreadable        the paper has no words that can be read, as a scan
│   └── DocumentRefused       the file was read, and has findings: all of them, at once
├── ParameterError
│   ├── UnknownParameter      no file of that name
│   ├── NoValueOnDate         the file is silent about that date
│   ├── RequiredValue         public sources do not give the value; somebody must
│   ├── UnknownVariant        no variant of that name
│   └── UnknownOutlook        no outlook of that name
├── SourceError
│   └── UnknownSource         a figure cites a source that is not in the register
├── UnitError                 a unit that is not known, or of another kind than asked for
├── ShapeError                arrays do not share the axes that a formula needs
├── RuleError
│   └── OpenNorm              the law leaves this to someone's judgement
├── PortfolioError
│   ├── UnknownCase           no shipped case and no file of that name
│   └── NoProject             the case has no project, so there is nothing to compare
├── DossierError
│   ├── UnknownTrajectory     no version of the approach has that name
│   ├── NotInTrajectory       that version has no such track, stage, gate, criterion or exit
│   ├── UnknownBody           no advisory body has that name
│   ├── NetworkRefused        what waits for what cannot be reckoned with, all findings at once
│   ├── StateSecretRefused    the program is not accredited to hold state secrets
│   ├── UnknownClauses        no library of clauses has that name
│   └── AmendmentError
│       ├── AmendmentOutdated it was made on a version that is no longer the last
│       └── NothingAmended    it changes nothing
└── OfficialRunRefused        a run for official use rests on values that nobody verified

Developer-facing text is English. Findings in figures that a firm or an official hands in
are values (`ground.findings`), in Dutch and English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maatwerkbank.ground.language import Text

if TYPE_CHECKING:
    from maatwerkbank.ground.findings import Finding


class MaatwerkError(Exception):
    """Base class. `what` and `remedy` are for a person, `code` is for a program."""

    code = "maatwerk"

    def __init__(self, what: str, *, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what}\n  Remedy: {remedy}" if remedy else what)


class DocumentError(MaatwerkError):
    """Something is wrong with a document that was handed in."""

    code = "document"


class DocumentUnreadable(DocumentError):
    """The file cannot be read as text at all."""

    code = "document.unreadable"


class TextUnreadable(DocumentError):
    """The paper has no words that can be read: a scan, a picture, or a kind that is not known."""

    code = "document.no-text"

    def __init__(self, media_type: str, remedy: Text) -> None:
        self.what_text = Text(
            nl=f"Uit dit bestand ({media_type}) kan geen tekst worden overgenomen.",
            en=f"No text can be taken from this file ({media_type}).",
        )
        self.remedy_text = remedy
        super().__init__(str(self.what_text), remedy=str(remedy))


class DocumentRefused(DocumentError):
    """The file was read and has errors. `findings` holds every one of them."""

    code = "document.refused"

    def __init__(self, name: str, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        errors = [finding for finding in findings if finding.severity == "error"]
        super().__init__(
            f"{name} has {len(errors)} error(s), the first at {errors[0].place}: "
            f"{errors[0].found_text()}.",
            remedy=f"run `maatwerkbank check {name}` to see every finding with its place",
        )


class ParameterError(MaatwerkError):
    """A dated value of law or market cannot be given."""

    code = "parameter"


class UnknownParameter(ParameterError):
    """No parameter has that name."""

    code = "parameter.unknown"

    def __init__(self, name: str, near: list[str]) -> None:
        super().__init__(
            f"there is no parameter '{name}'.",
            remedy=(
                f"did you mean {' or '.join(near)}?"
                if near
                else "run `maatwerkbank parameter` to list all names"
            ),
        )


class NoValueOnDate(ParameterError):
    """A parameter is asked for on a date about which its file says nothing."""

    code = "parameter.no-value-on-date"

    def __init__(
        self, name: str, on: object, known_on: object, spoken: str, *, known_first: object = None
    ) -> None:
        super().__init__(
            f"{name} has no value on {on} as known on {known_on}: {spoken}.",
            remedy=f"ask as known on {known_first} or later"
            if known_first
            else (
                f"name an outlook (`--outlook hold`) or a variant that speaks about {on}, "
                f"or add the published value to parameters/data/{name}.yaml"
            ),
        )


class RequiredValue(ParameterError):
    """Public sources do not give the value. A guess is never shipped as law."""

    code = "parameter.required"

    def __init__(self, name: str, on: object, where: str) -> None:
        self.where = where
        super().__init__(
            f"{name} on {on} is required and no public source that we could read gives it.",
            remedy=f"read it here: {where}; then add it to parameters/data/{name}.yaml",
        )


class UnknownVariant(ParameterError):
    """No policy variant has that name."""

    code = "variant.unknown"

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"there is no variant '{name}'.", remedy=f"choose from: {', '.join(known)}"
        )


class UnknownOutlook(ParameterError):
    """No outlook has that name."""

    code = "outlook.unknown"

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"there is no outlook '{name}'.", remedy=f"choose from: {', '.join(known)}"
        )


class SourceError(MaatwerkError):
    """A citation does not hold."""

    code = "source"


class UnknownSource(SourceError):
    """A figure cites a source that is not in the register."""

    code = "source.unknown"

    def __init__(self, identity: str, near: list[str]) -> None:
        hint = f"did you mean {' or '.join(near)}? " if near else ""
        super().__init__(
            f"no source has the identity '{identity}'.",
            remedy=f"{hint}add it under `sources:` with title, publisher, date, url and seen",
        )


class UnitError(MaatwerkError):
    """A unit that is not known, or of another kind than the figure needs."""

    code = "unit"


class ShapeError(MaatwerkError):
    """Arrays do not share the axes that a formula needs."""

    code = "shape"


class RuleError(MaatwerkError):
    """A rule of law cannot be applied to what was given."""

    code = "rule"


class OpenNorm(RuleError):
    """The law leaves this to someone's judgement, and nobody has given it."""

    code = "rule.open-norm"


class PortfolioError(MaatwerkError):
    """Something is wrong with the set of cases."""

    code = "portfolio"


class UnknownCase(PortfolioError):
    """CASE is neither a file nor the id of a shipped case."""

    code = "case.unknown"

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            f"'{name}' is neither a file nor a shipped case.",
            remedy=f"give a path, or choose from: {', '.join(known)}",
        )


class NoProject(PortfolioError):
    """A case without a project is worth the same everywhere: nothing."""

    code = "case.no-project"

    def __init__(self, case: str) -> None:
        super().__init__(
            f"the case '{case}' has no project: there is nothing to value elsewhere.",
            remedy="put the project under `projects:`, or see what `maatwerkbank assess` gives",
        )


class DossierError(MaatwerkError):
    """Something is wrong with a dossier, or with what is asked of it."""

    code = "dossier"


class UnknownTrajectory(DossierError):
    """No version of the approach has that name."""

    code = "trajectory.unknown"

    def __init__(self, identity: str, known: list[str]) -> None:
        super().__init__(
            f"there is no trajectory '{identity}'.", remedy=f"choose from: {', '.join(known)}"
        )


class NotInTrajectory(DossierError):
    """That version of the approach has no such track, stage, gate, criterion or exit."""

    code = "trajectory.not-in"

    def __init__(self, what: str, identity: str, known: list[str]) -> None:
        super().__init__(
            f"there is no {what} '{identity}' here.", remedy=f"choose from: {', '.join(known)}"
        )


class NetworkRefused(DossierError):
    """Promises and what they wait for make no network. `findings` holds everything wrong."""

    code = "network.refused"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(
            f"the network has {len(findings)} error(s): "
            + "; ".join(finding.found_text() for finding in findings)
            + ".",
            remedy="correct each of them; of a chain that comes back to itself, take one wait out",
        )


class UnknownBody(DossierError):
    """No advisory body has that name."""

    code = "advice.unknown-body"

    def __init__(self, identity: str, known: list[str]) -> None:
        super().__init__(
            f"there is no advisory body '{identity}'.", remedy=f"choose from: {', '.join(known)}"
        )


class StateSecretRefused(DossierError):
    """What is marked as a state secret does not belong in this program."""

    code = "dossier.state-secret"

    def __init__(self, marking: str) -> None:
        super().__init__(
            f"the marking '{marking}' says that this is a state secret.",
            remedy="keep it out of this program, and ask the security officer of your ministry",
        )


class UnknownClauses(DossierError):
    """No library of clauses has that name."""

    code = "clauses.unknown"

    def __init__(self, identity: str, known: list[str]) -> None:
        super().__init__(
            f"there is no library of clauses '{identity}'.",
            remedy=f"choose from: {', '.join(known)}",
        )


class AmendmentError(DossierError):
    """An amendment cannot be decided as it is."""

    code = "amendment"


class AmendmentOutdated(AmendmentError):
    """It was made on a version of the terms that is no longer the last."""

    code = "amendment.outdated"

    def __init__(self, base: int, last: int) -> None:
        super().__init__(
            f"the amendment was made on version {base}, and version {last} is in force.",
            remedy="replay it on the last version first, and settle what clashes",
        )


class NothingAmended(AmendmentError):
    """It changes nothing."""

    code = "amendment.nothing"

    def __init__(self) -> None:
        super().__init__(
            "the amendment changes nothing of what is in force.",
            remedy="add a change, or withdraw the amendment",
        )


class OfficialRunRefused(MaatwerkError):
    """An official run may not rest on press or unverified values."""

    code = "official.refused"

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "an official run may not rest on these values:\n  - " + "\n  - ".join(reasons),
            remedy="replace each by a value read in an official source, or run without --official",
        )
