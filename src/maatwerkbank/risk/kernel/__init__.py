# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""One fused pass over sheet × draw: what each case is worth in each draw under one law.

Takes     a batch of sheets as bare arrays (`risk.packing`), prices, factors and delays by draw.
Gives     the outcomes that are asked for. (outcome, sheet, block, LANES)
Leaves    labels, units and checks to `risk.simulation`.

The same sum as `economics.business_case.evaluate`, year after year: quantities × prices, ETS, levy
with transfers and set-off, energy tax, contracts along a price, profit tax with losses back and
forward. Nothing of size sheet × draw × year is kept: a year is forgotten once it is added.

`LANES` draws are a block, and `WIDE` of them are one number to the machine (`vectors`): every draw
takes the same instructions wherever it stands, so it has the same bits in any block. Blocks of
draws go one after the other, so that their prices stay in the cache for all sheets; every (sheet,
block) depends on its own inputs only, so no order and no thread changes a bit.
"""
