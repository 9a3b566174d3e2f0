# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which cases, in which variant and with which start year, under the limits that there are?

Takes     options as plain arrays over year and draw, and the limits: yearly budget, staff, shared
          infrastructure, what excludes and what needs what, and how much risk weighs (`terms`).
Gives     the best choice with the bound that none exceeds, and the frontier of tonnes against risk
          (`best`); what more of a limit is worth (`shadow_prices`); what buying by euro per tonne
          would have chosen (`by_price`); everything that is wrong with a question (`findings`).
Leaves    where the arrays come from to the caller; `revalue` lets it value an answer once more.

METHOD §12.  What is maximised, in tonnes:

    E[additional tonnes] + Σ weight · co-benefit - risk_aversion · CVaR(loss)

The loss of an option in a draw is, unless the caller gives another, its *shortfall*: expected minus
drawn additional tonnes.  The losses of a choice add up per draw before the worst draws are sought,
so that options that fail in different draws spread the risk.  A loss in another unit (minus the
value to the State [eur]) may be given; `risk_aversion` then carries the unit t per unit of loss.

The solver (`model`) and our own valuation (`value`) are two roads; no choice is given on which they
disagree.
"""
