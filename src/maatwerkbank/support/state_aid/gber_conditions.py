# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the articles of the block exemption ask beside the common provisions.

Law       Regulation (EU) 651/2014 as amended by 2023/1315, articles 6(3), 36, 38, 41, 46, 47, 48.
Takes     a project, what the file says of the aid, the terms of the day.
Gives     conditions with both sides shown.
Leaves    what an article allows to `gber`; the taxonomy, and whether an add-on burns more fuel.
"""

from maatwerkbank.ground.language import Text
from maatwerkbank.rules._judging import limit_from_above
from maatwerkbank.rules.instrument import Condition, FirmSize, Project, Technique, Terms
from maatwerkbank.support.state_aid.framework import (
    AidFile,
    in_gber,
    no,
    no_relocation,
    yes,
)

CAPTURE = {Technique.CCS, Technique.CCU}
_NO_FOSSIL = Text(
    nl="De steun gaat naar een installatie op fossiele brandstof, aardgas inbegrepen",
    en="The aid goes to equipment on fossil fuel, natural gas included",
)


def material_change(project: Project, file: AidFile) -> tuple[Condition, ...]:
    """Asked only of ad hoc aid to a large undertaking."""
    if project.firm_size is not FirmSize.LARGE or file.ad_hoc is False:
        return ()
    return (
        yes(
            "material_change",
            Text(
                nl="Het dossier toont dat het project door de steun wezenlijk groter of sneller "
                "wordt of meer kost (ad-hocsteun aan een grote onderneming).",
                en="The file shows that because of the aid the project becomes materially larger "
                "or faster or costs more (ad hoc aid to a large undertaking).",
            ),
            found=file.material_change_shown,
            source=in_gber("6 lid 3", "6(3)"),
        ),
    )


def asked_by(article: str, project: Project, file: AidFile, terms: Terms) -> tuple[Condition, ...]:
    """What an article asks beside the common provisions."""
    if article == "36":
        return (
            _beyond_standards(project, file, in_gber("36 lid 3", "36(3)")),
            _no_fossil_equipment(project),
            no_relocation(project, in_gber("36 lid 2 ter", "36(2b)")),
            *_capture(project, file),
            *_hydrogen(project, file, terms),
        )
    if article == "38":
        return (
            _beyond_standards(project, file, in_gber("38 lid 2", "38(2)")),
            no(
                "not_fossil_fired",
                _NO_FOSSIL,
                found=project.fossil_fired,
                source=in_gber("38 lid 2 ter", "38(2b)"),
            ),
        )
    if article == "41":
        return _renewable_only(project, file)
    if article == "46":
        return (_no_fossil_heat(project),)
    if article == "47":
        return _circular(project, file)
    return (
        yes(
            "regulated_access",
            Text(
                nl="De infrastructuur staat onder tarief- en toegangsregels.",
                en="The infrastructure is under tariff and access regulation.",
            ),
            found=file.regulated_access,
            source=in_gber("48 lid 3, tekst van 2021", "48(3), text of 2021"),
        ),
    )


def _beyond_standards(project: Project, file: AidFile, source: Text) -> Condition:
    """That no Union standard in force asks the investment already.

    What no law asks, no Union standard asks; what some law asks may be asked by national law only.
    """
    required = False if project.legally_required is False else file.required_by_union_standard
    return no(
        "beyond_union_standards",
        Text(
            nl="Een geldende Unienorm verplicht al tot de investering",
            en="A Union standard in force requires the investment already",
        ),
        found=required,
        source=source,
    )


def _no_fossil_equipment(project: Project) -> Condition:
    """Fossil equipment only as an add-on that brings neither capacity nor fuel."""
    met: bool | None = None
    grows = project.capacity_increase is not None and project.capacity_increase > 0
    if project.fossil_fired is False:
        met = True
    elif project.fossil_fired and (project.single_purpose is False or grows):
        met = False
    return Condition(
        id="no_fossil_equipment",
        says=Text(
            nl="De installatie werkt op fossiele brandstof (moet nee zijn, behalve bij een "
            "toevoeging zonder meer capaciteit of brandstof).",
            en="The equipment runs on fossil fuel (must be no, except for an add-on without more "
            "capacity or fuel).",
        ),
        met=met,
        source=in_gber("36 lid 1 bis", "36(1a)"),
        asked=False,
        found=project.fossil_fired,
    )


def _capture(project: Project, file: AidFile) -> tuple[Condition, ...]:
    if project.technique not in CAPTURE:
        return ()
    npv = file.npv_with_carbon_cost_eur
    return (
        yes(
            "complete_chain",
            Text(
                nl="De afvang is deel van een volledige keten.",
                en="The capture is part of a complete chain.",
            ),
            found=file.complete_chain,
            source=in_gber("36 lid 2 bis", "36(2a)"),
        ),
        Condition(
            id="negative_npv",
            says=Text(
                nl="Het project heeft zonder steun een negatieve contante waarde, vermeden "
                "CO2-kosten meegeteld.",
                en="Without aid the project has a negative net present value, avoided CO2 cost "
                "counted in.",
            ),
            met=None if npv is None else npv < 0,
            source=in_gber("36 lid 2 bis", "36(2a)"),
            relation="is",
            asked="< 0",
            found=npv,
            unit="EUR",
        ),
    )


def _hydrogen(project: Project, file: AidFile, terms: Terms) -> tuple[Condition, ...]:
    """Hydrogen is renewable, or electricity-based with the saving that the article asks."""
    if project.technique not in {Technique.HYDROGEN_USE, Technique.ELECTROLYSIS}:
        return ()
    saving = terms.value("gber/article_36/hydrogen_saving")
    comparator = terms.value("gber/article_36/hydrogen_comparator")
    limit = None if saving is None or comparator is None else (1.0 - saving) * comparator
    says = Text(
        nl="De waterstof is hernieuwbaar, of op stroom gemaakt met genoeg besparing over de "
        "levenscyclus, zolang de investering duurt.",
        en="The hydrogen is renewable, or made with electricity with enough life-cycle saving, "
        "for the whole life of the investment.",
    )
    source = in_gber("36 lid 1 ter", "36(1b)")
    if project.renewable_hydrogen:
        return (yes("hydrogen", says, found=True, source=source),)
    return (limit_from_above("hydrogen", says, file.hydrogen_g_per_mj, limit, "g/MJ", source),)


def _renewable_only(project: Project, file: AidFile) -> tuple[Condition, ...]:
    if project.technique is not Technique.ELECTROLYSIS:
        return ()
    return (
        yes(
            "renewable_hydrogen",
            Text(
                nl="De elektrolyser maakt alleen hernieuwbare waterstof.",
                en="The electrolyser makes renewable hydrogen only.",
            ),
            found=project.renewable_hydrogen,
            source=in_gber("41", "41"),
        ),
        yes(
            "electrolyser_within_renewables",
            Text(
                nl="De elektrolyser is niet groter dan de hernieuwbare opwek achter dezelfde "
                "aansluiting, als hij die deelt.",
                en="The electrolyser is no larger than the renewable power behind the same "
                "connection, if it shares one.",
            ),
            found=file.electrolyser_within_renewables,
            source=in_gber("41", "41"),
        ),
    )


def _no_fossil_heat(project: Project) -> Condition:
    """Fossil generation only where the taxonomy allows gas, which is not modelled."""
    return Condition(
        id="no_fossil_heat",
        says=Text(
            nl="Het net heeft fossiele opwek (moet nee zijn, behalve bij aardgas dat aan de "
            "taxonomie voldoet).",
            en="The network has fossil generation (must be no, except for gas that meets the "
            "taxonomy).",
        ),
        met=True if project.fossil_fired is False else None,
        source=in_gber("46", "46"),
        asked=False,
        found=project.fossil_fired,
    )


def _circular(project: Project, file: AidFile) -> tuple[Condition, ...]:
    return (
        _beyond_standards(project, file, in_gber("47 lid 10", "47(10)")),
        no(
            "not_common_practice",
            Text(
                nl="De maatregel is een gangbare praktijk die zichzelf al terugverdient",
                en="The measure is a common practice that already pays for itself",
            ),
            found=file.common_practice,
            source=in_gber("47", "47"),
        ),
        no(
            "no_disposal_or_energy_recovery",
            Text(
                nl="Het afval wordt gestort of alleen voor energie verbrand",
                en="The waste is disposed of or used for energy only",
            ),
            found=file.disposal_or_energy_recovery,
            source=in_gber("47", "47"),
        ),
    )
