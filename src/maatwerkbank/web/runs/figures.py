# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figures of a run in words: the main ones, all of them, what is lacking, what it rests on.

Takes     a run that is done, and a language.
Gives     labels and values for a page, each with the way to its origin.
Leaves    the figures themselves as they were computed.
"""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from maatwerkbank.ground.language import Language, Text
from maatwerkbank.letter.names import figure_label, parameter_label
from maatwerkbank.letter.numbers import day, figure, number, span
from maatwerkbank.letter.words import capitalised, has_word, within_sentence, word
from maatwerkbank.parameters.files import outlook_file, parameter_names, variant_file
from maatwerkbank.plant.case import Case
from maatwerkbank.web.runs.models import Run

# What somebody asks first; of a firm without a plan only its exposure.
MAIN = (
    "npv_eur",
    "additional_2030_t",
    "gross_2030_t",
    "levy_to_2030_eur",
    "funding_gap_eur",
    "tailor_made_grant_eur",
    "investment_eur",
    "support_eur",
)
MAIN_OF_EXPOSURE = ("levy_to_2030_without_eur", "required_2030_t")
SUPPORT_FIGURES = ("left_after_generic_eur", "tailor_made_grant_eur")

# Steps that a worker tells while it computes.
STEPS = {
    "assess": gettext_noop("Computing cash flow, tonnes and levy"),
    "support": gettext_noop("Judging how public money may come in"),
    "draws": gettext_noop("Drawing what is not known"),
    "keep": gettext_noop("Keeping the result"),
}


def value_of(run: Run, key: str) -> float | None:
    """A flat figure of a run; None cannot be judged."""
    value = run.figures.get(key)
    return value if isinstance(value, int | float) else None


def range_of(run: Run, key: str) -> dict[str, float] | None:
    """Its lowest and highest value, where it has them."""
    found: dict[str, float] | None = run.figures.get("ranges", {}).get(key)
    return found


def shown(run: Run, key: str, language: Language) -> str:
    """A figure, or that it cannot be judged."""
    if key == "discounted_payback_years":
        years = value_of(run, key)
        return word("cannot_be_judged", language) if years is None else number(years, language)
    return figure(key, value_of(run, key), language)


def range_shown(run: Run, key: str, language: Language) -> str:
    """Its range in words; empty where there is none."""
    found = range_of(run, key)
    return span(key, found, language) if found else ""


def label(key: str, language: Language) -> str:
    """What a figure is called."""
    return word(key, language) if has_word(key) else key


def law_of(run: Run, language: Language) -> str:
    """The variant, or the law as known on the day of the run."""
    if run.variant:
        return variant_file(run.variant).label.into(language)
    return word("enacted_law", language, day=day(run.known_on.isoformat(), language))


def outlook_of(run: Run, language: Language) -> str:
    """What is assumed about years on which the law is silent."""
    return outlook_file(run.outlook).label.into(language)


def origin_address(run: Run, key: str) -> str:
    """The page that says where a figure comes from."""
    return reverse("runs:origin", args=[run.code, key])


def main_keys(run: Run) -> tuple[str, ...]:
    """The figures that come first for this run, those that it has."""
    exposed = (run.result or {}).get("kind") == "exposure_only"
    keys = MAIN_OF_EXPOSURE if exposed else MAIN
    return tuple(key for key in keys if key in run.figures)


def tiles(run: Run, language: Language) -> list[dict[str, Any]]:
    """The main figures, large."""
    return [
        {
            "label": label(key, language),
            "value": shown(run, key, language),
            "note": _beside(run, key, language),
            "href": origin_address(run, key),
        }
        for key in main_keys(run)
    ]


def _beside(run: Run, key: str, language: Language) -> str:
    found = range_shown(run, key, language)
    if value_of(run, key) is None:
        return _("only a range is known: %(range)s") % {"range": found} if found else ""
    return _("range %(range)s") % {"range": found} if found else ""


def all_figures(run: Run, language: Language) -> list[list[Any]]:
    """Every flat figure: name, value, range; rows of a table."""
    keys = [key for key in run.figures if has_word(key) and key != "npv_sign"]
    return [
        [
            {"text": label(key, language), "href": origin_address(run, key)},
            shown(run, key, language),
            range_shown(run, key, language) or "–",
        ]
        for key in keys
    ]


def lacking(run: Run, language: Language) -> list[dict[str, Any]]:
    """Why figures cannot be judged and who can give what lacks; each reason once."""
    result = run.result or {}
    stated = {row["place"] for row in result.get("assumptions", ())}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for each in result.get("lacks", ()):
        row = found.setdefault(
            (each["place"], each["reason"], each["why"]["en"]),
            {
                "places": [place for place in each["place"].split(", ") if place],
                "reason": capitalised(word(f"lack.{each['reason']}", language)),
                "why": each["why"][language],
                "ask": each["ask"][language],
                "figures": [],
            },
        )
        row["figures"].append(within_sentence(label(each["figure"], language)))
    case = Case.model_validate(run.case_version.document)
    return [
        {
            **row,
            "places": [
                {
                    "label": place_shown(case, place, language),
                    "href": origin_address(run, place) if place in stated else "",
                }
                for place in row["places"]
            ],
            "figures": capitalised("; ".join(dict.fromkeys(row["figures"]))),
        }
        for row in found.values()
    ]


def place_shown(case: Case, place: str, language: Language) -> str:
    """What a figure of the case, a price or a value of law is called."""
    if place in parameter_names():
        return parameter_label(place, language)
    try:
        return figure_label(case, place, language)
    except (AttributeError, IndexError, KeyError):  # a name that moves several figures
        return place


def receipt_facts(receipt: Mapping[str, Any], language: Language) -> list[dict[str, Any]]:
    """What a run rests on, so that it can be repeated."""
    return [
        {
            "label": word(f"receipt.{key}", language),
            "value": word("receipt.none", language) if value is None else str(value),
        }
        for key, value in receipt.items()
    ]


_DEFECT = Text(
    nl="De berekening is mislukt.",
    en="The run failed.",
)


def error_in(run: Run, language: Language) -> dict[str, Any]:
    """Why there is no result: what, remedy, code; and each reason where there are several."""
    error = run.error or {}
    return {
        "what": error.get("what", {}).get(language, _DEFECT.into(language)),
        "remedy": error.get("remedy", {}).get(language, ""),
        "code": error.get("code", "run"),
        "lacks": [{"label": each} for each in error.get("reasons", ())],
    }


# ── draws ─────────────────────────────────────────────────────────────────────────────────────

CHANCES = {
    "npv_below_nil": gettext_noop("Net present value below nil"),
    "promise_kept": gettext_noop("The additional tonnes that were promised are reached"),
    "never_paid_back": gettext_noop("Never paid back"),
}


def chances(run: Run, language: Language) -> list[list[Any]]:
    """What the draws say of chance: rows of a table, with the error of the estimate."""
    laws = (run.result or {}).get("draws", {}).get("laws", ())
    if not laws:
        return []
    return [
        [_(name), _percentage(laws[0][key], language)]
        for key, name in CHANCES.items()
        if laws[0].get(key)
    ]


def _percentage(chance: Mapping[str, float], language: Language) -> str:
    share = number(100 * chance["probability"], language, 0)
    error = number(100 * chance["error"], language, 1)
    return f"{share}% (± {error}%)"
