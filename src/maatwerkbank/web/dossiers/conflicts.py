# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every way in which the state of a dossier does not admit a deed (409).

Conflict
├── GateElsewhere       the dossier does not stand before that gate
├── GateLacks           the gate does not open: something lacks
├── DecidedMeanwhile    somebody else decided since the page was opened
├── NotWaitingFor       that criterion needs no statement or override
├── AlreadyWithdrawn    that statement was taken back
├── AlreadyAnswered     that override has its answer
├── LeftAlready         the dossier already left the approach so
├── NoWayBack           the table of exits has no such way in again
├── AlreadyRunning      the firm has a running dossier on that track
└── NothingChanges      the dossier is already there
"""

from collections.abc import Collection

from django.utils import timezone

from maatwerkbank.dossier.gates import Judgement
from maatwerkbank.dossier.trajectory import Criterion, Gate
from maatwerkbank.ground.language import Text
from maatwerkbank.web.dossiers.models import Company, Decision, Dossier, Override
from maatwerkbank.web.refusals import Conflict


class GateElsewhere(Conflict):
    """The dossier does not stand before that gate."""

    code = "gate.elsewhere"

    def __init__(self, dossier: Dossier, gate: Gate) -> None:
        stage = dossier.trajectory.track(dossier.track_id).stage(dossier.stage).label
        out = dossier.trajectory.exit(dossier.exit).label if dossier.exit else None
        stands = out or stage
        super().__init__(
            Text(
                nl=f"Het dossier staat niet voor de poort '{gate.label.nl}': het staat op "
                f"'{stands.nl}'.",
                en=f"The dossier does not stand before the gate '{gate.label.en}': it is at "
                f"'{stands.en}'.",
            ),
            remedy=Text(
                nl="open het dossier en kies een poort van deze fase",
                en="open the dossier and choose a gate of this stage",
            ),
        )


class GateLacks(Conflict):
    """The gate does not open: something lacks."""

    code = "gate.lacks"

    def __init__(self, judgement: Judgement) -> None:
        self.lacking = judgement.lacking
        gate, labels = judgement.gate, [each.criterion.label for each in self.lacking]
        super().__init__(
            Text(
                nl=f"De poort '{gate.label.nl}' gaat nog niet open. Er ontbreekt: "
                f"{'; '.join(label.nl for label in labels)}.",
                en=f"The gate '{gate.label.en}' does not open yet. It lacks: "
                f"{'; '.join(label.en for label in labels)}.",
            ),
            remedy=Text(
                nl="laat aanvullen wat ontbreekt, of vraag met een reden een afwijking aan",
                en="have what lacks completed, or ask for an override with a reason",
            ),
        )


class DecidedMeanwhile(Conflict):
    """Somebody else decided since the page was opened."""

    code = "decided-meanwhile"

    def __init__(self, last: Decision | None) -> None:
        if last is None:
            who = Text(nl="iemand anders", en="somebody else")
            at = Text(nl="zojuist", en="just now")
        else:
            moment = timezone.localtime(last.recorded_at)
            who = Text(last.decided_by.name, last.decided_by.name)
            at = Text(nl=f"op {moment:%d-%m-%Y om %H:%M}", en=f"at {moment:%H:%M on %Y-%m-%d}")
        super().__init__(
            Text(
                nl=f"Er is al besloten door {who.nl}, {at.nl}. Uw besluit is niet vastgelegd.",
                en=f"Already decided by {who.en}, {at.en}. Your decision was not recorded.",
            ),
            remedy=Text(
                nl="lees dat besluit; uw tekst staat hieronder nog",
                en="read that decision; your text is still below",
            ),
        )


class NotWaitingFor(Conflict):
    """That criterion needs no statement or override."""

    code = "criterion.not-waiting"

    def __init__(self, criterion: Criterion, because: Text) -> None:
        super().__init__(
            Text(
                nl=f"'{criterion.label.nl}': {because.nl}.",
                en=f"'{criterion.label.en}': {because.en}.",
            ),
            remedy=Text(nl="laad de pagina opnieuw", en="load the page again"),
        )


class AlreadyWithdrawn(Conflict):
    """That statement was taken back."""

    code = "attestation.withdrawn"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze verklaring is al ingetrokken.", en="This was already withdrawn."),
            remedy=Text(nl="laad de pagina opnieuw", en="load the page again"),
        )


class AlreadyAnswered(Conflict):
    """That override has its answer."""

    code = "override.answered"

    def __init__(self, override: Override) -> None:
        name = override.answered_by.name if override.answered_by else ""
        super().__init__(
            Text(
                nl=f"Deze afwijking is al beantwoord door {name}.",
                en=f"This override was already answered by {name}.",
            ),
            remedy=Text(
                nl="vraag zo nodig een nieuwe afwijking aan",
                en="ask for a new override where needed",
            ),
        )


class LeftAlready(Conflict):
    """The dossier already left the approach so."""

    code = "exit.already"

    def __init__(self, dossier: Dossier) -> None:
        label = dossier.trajectory.exit(dossier.exit).label
        super().__init__(
            Text(
                nl=f"Het dossier is al '{label.nl}'.",
                en=f"The dossier is already '{label.en}'.",
            ),
            remedy=Text(nl="heropen het dossier eerst", en="let the dossier re-enter first"),
        )


class NoWayBack(Conflict):
    """The table of exits has no such way in again."""

    code = "exit.no-way-back"

    def __init__(self, ways: Collection[tuple[str, str]]) -> None:
        there = ", ".join(f"{track}/{stage}" for track, stage in ways)
        super().__init__(
            Text(
                nl="Langs die weg kan het dossier niet terugkomen.",
                en="The dossier cannot re-enter that way.",
            ),
            remedy=Text(nl=f"kies uit: {there or 'geen'}", en=f"choose: {there or 'none'}"),
        )


class AlreadyRunning(Conflict):
    """The firm has a running dossier on that track."""

    code = "dossier.already-running"

    def __init__(self, company: Company) -> None:
        super().__init__(
            Text(
                nl=f"{company.name} heeft al een lopend dossier op dit spoor.",
                en=f"{company.name} already has a running dossier on this track.",
            ),
            remedy=Text(nl="werk verder in dat dossier", en="go on in that dossier"),
        )


class NothingChanges(Conflict):
    """The dossier is already there."""

    code = "nothing-changes"

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Dit is al zo.", en="This is already so."),
            remedy=Text(nl="kies iets anders", en="choose something else"),
        )
