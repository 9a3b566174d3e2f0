# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accountability in the demo: what was said in public of the invented firm, and by whom.

Takes     the dossiers and the people of the demo.
Gives     a released statement with two released figures, a newer draft beside it, and a figure that
          was refused; of one real firm a draft that nobody approved. Every deed by the same service
          as on the pages.
Leaves    real firms without an approved statement: nobody approved one.
"""

from collections.abc import Mapping

from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.people.models import Person
from maatwerkbank.web.releases import releasing, stating
from maatwerkbank.web.releases.candidates import candidates_of
from maatwerkbank.web.releases.models import Statement

People = Mapping[str, Person]
AIM = "voorbeeldchemie.co2.eop.gross"
GRANT = "voorbeeldchemie.support.granted"
DRAFTED_ONLY = "nobian"


def account_for_example(dossiers: Mapping[str, Dossier], people: People) -> None:
    """What is public of the invented firm, and what is in the making."""
    dossier = dossiers["example"]
    for figure, because in (
        (AIM, "het bedrijf noemde dit cijfer zelf in een persbericht (verzonnen)"),
        (GRANT, "de beschikking is gepubliceerd (verzonnen)"),
    ):
        releasing.release_figure(
            dossier=dossier, by=people["programma"], figure=figure, because=because
        )
    _refuse(dossier, people)
    _release(dossier, people)
    _draft_again(dossier, people)
    stating.draft_statement(dossier=dossiers[DRAFTED_ONLY], by=people["projectleider"])


def _refuse(dossier: Dossier, people: People) -> None:
    """What came of the tonnes beyond the law: nobody outside may know yet what the plant makes."""
    reported = [each for each in candidates_of(dossier) if each.origin == "report"]
    beyond = [each for each in reported if each.kind == "additional"]
    for each in beyond[:1]:
        releasing.refuse_figure(
            dossier=dossier,
            by=people["programma"],
            figure=each.id,
            ground="concurrentiegevoelig",
            because="uit het cijfer is de productie af te leiden (verzonnen)",
        )


def _release(dossier: Dossier, people: People) -> Statement:
    """Written by the team, approved by the lead, released by the programme."""
    made = stating.draft_statement(dossier=dossier, by=people["projectteam"])
    made = stating.edit_statement(
        statement=made,
        by=people["projectteam"],
        text_nl="Voorbeeldchemie (verzonnen) wil haar stoomketels elektrisch maken en zo "
        f"{{{AIM}}} CO2 minder uitstoten. De Staat heeft {{{GRANT}}} subsidie toegezegd. "
        "Het bedrijf wacht op een zwaardere netaansluiting.",
        text_en="Voorbeeldchemie (invented) wants to electrify its steam boilers and so emit "
        f"{{{AIM}}} less CO2. The State has promised {{{GRANT}}} in subsidy. "
        "The firm waits for a heavier grid connection.",
        stage=made.stage,
        on=made.on,
    )
    made = stating.propose(statement=made, by=people["projectteam"])
    made = stating.approve(
        statement=made, by=people["projectleider"], because="met het bedrijf gelezen (verzonnen)"
    )
    return stating.release(statement=made, by=people["programma"])


def _draft_again(dossier: Dossier, people: People) -> Statement:
    """What the team wants to say next, put before the lead."""
    made = stating.draft_statement(dossier=dossier, by=people["projectteam"])
    made = stating.edit_statement(
        statement=made,
        by=people["projectteam"],
        text_nl="Voorbeeldchemie (verzonnen) wil haar stoomketels elektrisch maken en zo "
        f"{{{AIM}}} CO2 minder uitstoten. De Staat heeft {{{GRANT}}} subsidie toegezegd. "
        "De eerste ketel draait; de netaansluiting voor de tweede komt later dan gepland.",
        text_en="Voorbeeldchemie (invented) wants to electrify its steam boilers and so emit "
        f"{{{AIM}}} less CO2. The State has promised {{{GRANT}}} in subsidy. "
        "The first boiler runs; the grid connection for the second comes later than planned.",
        stage=made.stage,
        on=made.on,
    )
    return stating.propose(statement=made, by=people["projectteam"])
