# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The effect of a policy variant, as the page shows it.

Takes     a question and its answer, which is done.
Gives     tiles, pictures and tables in the language of the page; what cannot be judged is said so,
          with what lacks and who can give it.
Leaves    what was computed to `effect_computing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from maatwerkbank.ground.language import Language
from maatwerkbank.letter.numbers import judged, span
from maatwerkbank.letter.words import capitalised, word
from maatwerkbank.parameters.files import outlook_file, variant_file
from maatwerkbank.sources import source
from maatwerkbank.web.dossiers.models import Dossier
from maatwerkbank.web.overview.effect import EffectQuestion
from maatwerkbank.web.overview.models import EffectRun
from maatwerkbank.web.templatetags.words import day, level, page_language, say

TILES = (
    "levy_receipts_forgone_to_2030_eur",
    "additional_variant_path_2030_t",
    "extra_support_needed_eur",
    "tonnes_at_risk_2030_t",
    "required_no_longer_asked_2030_t",
    "additional_base_2030_t",
)
TOTALS = (
    "levy_receipts_forgone_to_2030_eur",
    "levy_other_operators_forgone_to_2030_eur",
    "extra_support_needed_eur",
    "npv_change_eur",
    "carbon_value_change_eur",
    "tonnes_at_risk_2030_t",
    "tonnes_decided_in_doubt_2030_t",
    "required_no_longer_asked_2030_t",
    "additional_base_2030_t",
    "additional_frozen_path_2030_t",
    "additional_variant_path_2030_t",
)
OVER_ALL_FIRMS = ("levy_receipts_forgone_to_2030_eur", "required_no_longer_asked_2030_t")
CHANGES = ("levy_to_2030_eur", "additional_2030_t", "npv_eur", "carbon_value_eur")
SIDES = ("levy_to_2030_eur", "additional_2030_t", "npv_eur", "carbon_value_eur", "funding_gap_eur")
HASHES = ("version", "code_sha256", "law_sha256", "input_sha256", "numeric_platform")


@dataclass(frozen=True)
class EffectShown:
    """One answer, before one reader."""

    asked: EffectQuestion
    run: EffectRun
    language: Language

    @classmethod
    def of(cls, asked: EffectQuestion, run: EffectRun) -> "EffectShown":
        """In the language of the page."""
        return cls(asked, run, page_language())

    @property
    def title(self) -> str:
        """The name of the variant."""
        return say(variant_file(self.run.variant).label)

    @property
    def because(self) -> str:
        """Why there is such a variant."""
        return say(variant_file(self.run.variant).because)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What was asked, on what, and how confidential the answer is."""
        number = len(self.asked.portfolio.register.companies)
        since = variant_file(self.run.variant).since
        return [
            {"label": _("Law as known on"), "value": day(self.run.known_on)},
            {"label": word("text.starts", self.language), "value": day(since)},
            {
                "label": _("Dossiers as on"),
                "value": day(self.run.as_of),
                "note": _("%(number)s firms, %(plans)s with a plan")
                % {"number": number, "plans": len(self.asked.portfolio.plans)},
            },
            {"label": _("Level"), "value": level(self.asked.portfolio.level)},
            {"label": word("receipt", self.language), "value": self.run.receipt_number},
        ]

    @property
    def source(self) -> dict[str, str]:
        """Where the variant comes from."""
        cited = source(variant_file(self.run.variant).citation.source)
        return {"label": cited.title, "href": reverse("source", args=[cited.identity])}

    # ── sums ──────────────────────────────────────────────────────────────────────────────────

    @property
    def tiles(self) -> list[dict[str, Any]]:
        """The main sums."""
        return [
            {
                "label": word(key, self.language),
                "value": self._summed(key),
                "note": self._counted(key),
                "href": "#totals",
            }
            for key in TILES
        ]

    @property
    def total_columns(self) -> list[dict[str, Any]]:
        """Columns of the sums."""
        return [
            {"label": word("column.total", self.language)},
            {"label": word("column.value", self.language), "numeric": True},
            {"label": word("column.judged", self.language)},
        ]

    @property
    def total_rows(self) -> list[list[Any]]:
        """Every sum with what it is, and of whom it is not known."""
        rows = []
        for key in TOTALS:
            missing = ", ".join(self._name(firm) for firm in self._totals["not_judged"][key])
            lacking = f"{word('lacking', self.language)}: {missing}" if missing else ""
            ends = self._totals["ranges"].get(key)
            told = span(key, ends, self.language) if ends else ""
            rows.append(
                [
                    {
                        "text": word(key, self.language),
                        "note": word(f"definition.{key}", self.language),
                    },
                    {
                        "text": self._summed(key),
                        "note": told if self._totals[key] is not None else "",
                    },
                    {"text": self._counted(key), "note": lacking},
                ]
            )
        return rows

    @property
    def _totals(self) -> dict[str, Any]:
        return self._result["totals"]  # type: ignore[no-any-return]

    @property
    def _result(self) -> dict[str, Any]:
        return self.run.result or {}

    def _summed(self, key: str) -> str:
        return judged(key, (self._totals[key], self._totals["ranges"].get(key)), self.language)

    def _counted(self, key: str) -> str:
        number = self._totals["judged"][key]
        kind = "effect.judged" if key in OVER_ALL_FIRMS else "effect.judged_plans"
        every = number + len(self._totals["not_judged"][key])
        return word(kind, self.language, judged=number, all=every)

    # ── per firm ──────────────────────────────────────────────────────────────────────────────

    @property
    def change_columns(self) -> list[dict[str, Any]]:
        """Columns of what changes."""
        return [
            {"label": capitalised(word("column.company", self.language))},
            *(
                {"label": capitalised(word(key, self.language)), "numeric": True}
                for key in (*CHANGES, "extra_support_needed_eur", "tonnes_at_risk_2030_t")
            ),
        ]

    @property
    def change_rows(self) -> list[list[Any]]:
        """What changes for each firm, under the variant less under the law as known."""
        return [
            [
                self._firm(case),
                *(self._pair(key, self._figure(case, key, "difference")) for key in CHANGES),
                self._pair("extra_support_eur", self._of(case)["extra_support_eur"]),
                self._pair("at_risk_t", self._of(case)["at_risk_t"]),
            ]
            for case in self._result["cases"]
        ]

    @property
    def sides(self) -> list[dict[str, Any]]:
        """Per figure a table: under the law as known, under the variant, the difference."""
        return [
            {
                "name": f"figure-{key.replace('_', '-')}",
                "title": capitalised(word(key, self.language)),
                "columns": [
                    {"label": capitalised(word("column.company", self.language))},
                    {"label": _("Law as known"), "numeric": True},
                    {"label": self.title, "numeric": True},
                    {"label": _("Difference"), "numeric": True},
                ],
                "rows": [
                    [
                        self._firm(case),
                        *(
                            self._pair(key, self._figure(case, key, side))
                            for side in ("base", "variant", "difference")
                        ),
                    ]
                    for case in self._result["cases"]
                    if key in self._of(case)["figures"]
                ],
            }
            for key in SIDES
        ]

    @property
    def lacks(self) -> list[list[Any]]:
        """What stands in the way of which figures, and who can give it."""
        return [
            [
                {"text": self._name(case["id"]), "href": self._address(case["id"])},
                lack["why"][self.language],
                ", ".join(word(key, self.language) for key in lack["figures"]),
                lack["ask"][self.language],
            ]
            for case in self._result["cases"]
            for lack in self._of(case)["lacks"]
        ]

    @property
    def lack_columns(self) -> list[dict[str, Any]]:
        """Columns of what is lacking."""
        labels = (
            capitalised(word("column.company", self.language)),
            _("What is lacking"),
            _("For which figures"),
            _("Who can give it"),
        )
        return [{"label": label} for label in labels]

    @property
    def not_public(self) -> list[dict[str, str]]:
        """Firms of which nothing can be computed: no plan, and no public figure."""
        return [
            {"label": each["name"], "href": self._address(each["id"])}
            for each in self._result["not_public"]
        ]

    def _of(self, case: Mapping[str, Any]) -> dict[str, Any]:
        return self.run.figures[case["id"]]  # type: ignore[no-any-return]

    def _figure(self, case: Mapping[str, Any], key: str, side: str) -> Any:
        return self._of(case)["figures"].get(key, {}).get(side)

    def _pair(self, key: str, found: Any) -> dict[str, str]:
        """A value with its range beneath it; a range alone; or that there is neither."""
        if found is None:
            return {"text": "–"}
        value, ends = found
        both = value is not None and ends
        return {
            "text": judged(key, (value, ends), self.language),
            "note": span(key, ends, self.language) if both else "",
        }

    def _firm(self, case: Mapping[str, Any]) -> dict[str, str]:
        stage = word(f"stage.{case['stage']}", self.language)
        alone = word("exposure_only", self.language)
        return {
            "text": case["name"],
            "href": self._address(case["id"]),
            "note": f"{stage}, {alone}" if case["exposure_only"] else stage,
        }

    def _dossier(self, firm: str) -> Dossier:
        return self.asked.portfolio.dossiers[firm]

    def _name(self, firm: str) -> str:
        return self._dossier(firm).company.name

    def _address(self, firm: str) -> str:
        return reverse("dossiers:dossier", args=[self._dossier(firm).code])

    # ── pictures and receipt ──────────────────────────────────────────────────────────────────

    @property
    def forgone(self) -> dict[str, Any] | None:
        """The levy that falls away, per firm."""
        levy = next(each for each in self.sides if each["name"] == "figure-levy-to-2030-eur")
        return self._picture("forgone", levy["columns"], levy["rows"])

    @property
    def paths(self) -> dict[str, Any] | None:
        """Additional tonnes of each plan on both paths."""
        columns = [
            {"label": capitalised(word("column.company", self.language))},
            *(
                {"label": word(f"column.{name}", self.language), "numeric": True}
                for name in ("additional_base", "frozen", "abolished")
            ),
        ]
        asked = (
            ("additional_2030_t", "base"),
            ("additional_2030_frozen_path_t", "variant"),
            ("additional_2030_t", "variant"),
        )
        rows = [
            [
                self._firm(case),
                *(self._pair(key, self._figure(case, key, side)) for key, side in asked),
            ]
            for case in self._result["cases"]
            if not case["exposure_only"]
        ]
        return self._picture("paths", columns, rows)

    def _picture(self, name: str, columns: list[Any], rows: list[Any]) -> dict[str, Any] | None:
        drawn = self.run.pictures[self.language].get(name)
        if drawn is None:
            return None
        return {
            "name": name,
            "title": word(f"chart.{name}", self.language),
            "summary": drawn["summary"],
            # Drawn by our own charts from numbers and escaped names; nothing else comes here.
            "svg": mark_safe(  # noqa: S308
                f'<div class="only-wide">{drawn["wide"]}</div>'
                f'<div class="only-narrow">{drawn["narrow"]}</div>'
            ),
            "columns": columns,
            "rows": rows,
        }

    @property
    def receipt(self) -> list[dict[str, Any]]:
        """What the answer rests on: same receipt, same bytes."""
        receipt = self._result["receipt"]
        outlook = say(outlook_file(self.run.outlook).label)
        return [
            {"label": word("text.outlook", self.language), "value": outlook},
            *(
                {"label": word(f"receipt.{key}", self.language), "value": receipt[key]}
                for key in ("number", *HASHES)
            ),
        ]
