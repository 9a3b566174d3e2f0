# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The law that costs, frees or pays: one module per instrument, pure functions of arrays.

Takes      quantities and dated values of law as arguments; a rule reads no file and no clock.
Gives      tonnes, allowances and euros, in the shape that comes in, the year as last axis.
Leaves out where values come from (parameters) and which rules meet in a case (economics).
`coverage.yaml` says per module which law it holds, what it was checked against, what it lacks.
"""

__all__ = [
    "additionaliteit",
    "co2_heffing",
    "dei",
    "energie_investeringsaftrek",
    "energiebelasting",
    "eu_ets",
    "gpid",
    "ikc",
    "innovatiefonds",
    "innovatiefonds_veilingen",
    "instrument",
    "investeringssubsidie",
    "klimaschutzvertrag",
    "maatwerksubsidie",
    "milieu_investeringsaftrek",
    "niki",
    "onrendabele_top",
    "owe",
    "sde",
    "veki",
    "vennootschapsbelasting",
    "wet_open_overheid",
]
