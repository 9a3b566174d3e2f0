# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a case comes to, in sentences composed from its figures.

Takes     an assessment and a language.
Gives     phrases in which every figure links to the row that explains it, and key figures.
Leaves    judgement to the reader: a sentence says what follows, and where it stays open.
"""

from maatwerkbank.economics.assessment import Assessment
from maatwerkbank.ground.language import Language
from maatwerkbank.letter.blocks import Link, Phrase, Strong, Tile, joined, sentence
from maatwerkbank.letter.numbers import figure, judged, ratio, span
from maatwerkbank.letter.words import word


def result_anchor(key: str) -> str:
    """Where the row of a flat figure stands on the page."""
    return f"result-{key.replace('_', '-')}"


def shown(assessment: Assessment, key: str, language: Language) -> str:
    """A flat figure; its range where there is no value; else that it cannot be judged."""
    if key == "support_eur" and not assessment.case.awards:
        return word("receipt.none", language)
    return judged(key, (assessment.results[key], assessment.ranges.get(key)), language)


def linked(assessment: Assessment, key: str, language: Language) -> Link:
    """The same, as a link to its row."""
    return Link(shown(assessment, key, language), f"#{result_anchor(key)}")


def has_operating_aid(assessment: Assessment) -> bool:
    """Whether support is paid over the years of operation: it is then no share of an investment."""
    return any(award.form == "operating_aid" for award in assessment.case.awards)


def public_share(assessment: Assessment) -> float | None:
    """Awarded capital grants as a share of the investment.

    None where either is unknown or nil, and where there is operating aid, which pays for more.
    """
    if has_operating_aid(assessment):
        return None
    support, investment = (assessment.results[key] for key in ("support_eur", "investment_eur"))
    if support is None or investment is None or investment <= 0:
        return None
    return support / investment


def verdict(assessment: Assessment, language: Language) -> Phrase:
    """What the plan comes to, in a handful of sentences."""
    if assessment.case.kind == "exposure_only":
        return joined(
            [(Strong(word("verdict.exposure", language)),), _exposed(assessment, language)]
        )
    return joined(
        [
            (Strong(word(f"verdict.{assessment.npv_sign}", language)),),
            _value(assessment, language),
            _tonnes(assessment, language),
            _levy(assessment, language),
            _support(assessment, language),
        ]
    )


def _value(assessment: Assessment, language: Language) -> Phrase:
    found = assessment.ranges.get("npv_eur")
    target = f"#{result_anchor('npv_eur')}"
    if found:
        low, high = (
            Link(figure("npv_eur", found[end], language), target) for end in ("low", "high")
        )
        return sentence("verdict.npv_range", language, low=low, high=high)
    if assessment.results["npv_eur"] is None:
        lacks = Link(word("heading.lacks", language), "#lacks")
        return sentence("verdict.npv_unknown", language, link=lacks)
    value = linked(assessment, "npv_eur", language)
    return sentence("verdict.npv_value", language, value=value)


def _tonnes(assessment: Assessment, language: Language) -> Phrase:
    if assessment.results["gross_2030_t"] is None and "gross_2030_t" not in assessment.ranges:
        return (word("verdict.tonnes_unknown", language),)
    gross = linked(assessment, "gross_2030_t", language)
    first = sentence("verdict.tonnes", language, gross=gross)
    return joined([first, _additional(assessment, language)])


def _additional(assessment: Assessment, language: Language) -> Phrase:
    key = "additional_2030_t"
    value, found = assessment.results[key], assessment.ranges.get(key)
    additional = linked(assessment, key, language)
    if value is None and not found:
        return (word("verdict.additional_unknown", language),)
    if assessment.law.removes("levy"):
        frozen = linked(assessment, "additional_2030_frozen_path_t", language)
        return sentence("verdict.abolished", language, additional=additional, frozen=frozen)
    if value is None and found:
        target = f"#{result_anchor(key)}"
        low, high = (Link(figure(key, found[end], language), target) for end in ("low", "high"))
        return sentence("verdict.additional_range", language, low=low, high=high)
    required = linked(assessment, "required_2030_t", language)
    if value == 0:
        return sentence("verdict.no_additional", language, required=required)
    return sentence("verdict.additional", language, required=required, additional=additional)


def _levy(assessment: Assessment, language: Language) -> Phrase:
    keys = ("levy_to_2030_eur", "levy_to_2030_without_eur")
    if any(assessment.results[key] is None and key not in assessment.ranges for key in keys):
        return (word("verdict.levy_unknown", language),)
    with_plan, without = (linked(assessment, key, language) for key in keys)
    return sentence("verdict.levy", language, **{"with": with_plan, "without": without})


def _exposed(assessment: Assessment, language: Language) -> Phrase:
    key = "levy_to_2030_without_eur"
    if assessment.results[key] is None and key not in assessment.ranges:
        return (word("verdict.levy_unknown", language),)
    return sentence("verdict.levy_exposed", language, without=linked(assessment, key, language))


def _support(assessment: Assessment, language: Language) -> Phrase:
    if not assessment.case.awards:
        return (word("verdict.no_support", language),)
    support = linked(assessment, "support_eur", language)
    if has_operating_aid(assessment):
        return sentence("verdict.support_operating", language, support=support)
    share = public_share(assessment)
    if share is None:
        return sentence("verdict.support_plain", language, support=support)
    return sentence(
        "verdict.support_share", language, support=support, share=ratio(share, language)
    )


# ── key figures ───────────────────────────────────────────────────────────────────────────────


def key_figures(assessment: Assessment, language: Language) -> tuple[Tile, ...]:
    """The figures that a director asks for first."""
    if assessment.case.kind == "exposure_only":
        keys = ("levy_to_2030_without_eur", "required_2030_t")
        return tuple(_tile(assessment, key, "", language) for key in keys)
    share = public_share(assessment)
    investment = word("text.of_investment", language, share=ratio(share, language))
    required = shown(assessment, "required_2030_t", language)
    without = shown(assessment, "levy_to_2030_without_eur", language)
    beside = {
        "npv_eur": word("text.open_sign", language) if assessment.npv_sign == "open" else "",
        "gross_2030_t": word("field.scope1", language),
        "additional_2030_t": word("text.of_which_required", language, required=required),
        "levy_to_2030_eur": word("text.without_plan", language, without=without),
        "investment_eur": word("text.nominal_investment", language),
        "support_eur": "" if share is None or not assessment.case.awards else investment,
    }
    if has_operating_aid(assessment):
        beside["support_eur"] = word("text.operating_aid", language)
    if assessment.law.removes("levy"):
        frozen = shown(assessment, "additional_2030_frozen_path_t", language)
        beside["additional_2030_t"] = word("text.frozen_path", language, tonnes=frozen)
    return tuple(_tile(assessment, key, note, language) for key, note in beside.items())


def _tile(assessment: Assessment, key: str, note: str, language: Language) -> Tile:
    value, found = assessment.results[key], assessment.ranges.get(key)
    notes = [note] if note else []
    if value is not None and found:
        notes.append(word("text.range_note", language, range=span(key, found, language)))
    elif value is None and found:
        notes.append(word("text.only_range", language))
    return Tile(
        label=word(key, language),
        value=shown(assessment, key, language),
        note="; ".join(notes),
        target=f"#{result_anchor(key)}",
        tone="open" if value is None else "plain",
    )
