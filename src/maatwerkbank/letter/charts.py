# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pictures of an assessment and of an effect, each with the table that stands beside it.

Takes     an assessment or an effect, a language, a width.
Gives     altair charts with a title and a description: the same in a notebook, a page and a PDF;
          and for each chart a `..._table` with the figures it draws.
Leaves    colours, fonts and SVG to `chart_style`.

What cannot be judged is not drawn, and never drawn as nothing: the table says so in words.
"""

from maatwerkbank.letter.chart_style import Drawing, as_svg
from maatwerkbank.letter.effect_charts import (
    both_paths,
    forgone,
    forgone_table,
    has_paths,
    only_ranges,
    paths,
    paths_table,
)
from maatwerkbank.letter.emission_chart import emissions, emissions_table
from maatwerkbank.letter.value_charts import (
    cash_flow,
    cash_flow_table,
    has_cash_flow,
    tornado,
    tornado_table,
    waterfall,
    waterfall_table,
)
from maatwerkbank.letter.variant_chart import variants, variants_table

__all__ = [
    "Drawing",
    "as_svg",
    "both_paths",
    "cash_flow",
    "cash_flow_table",
    "emissions",
    "emissions_table",
    "forgone",
    "forgone_table",
    "has_cash_flow",
    "has_paths",
    "only_ranges",
    "paths",
    "paths_table",
    "tornado",
    "tornado_table",
    "variants",
    "variants_table",
    "waterfall",
    "waterfall_table",
]
