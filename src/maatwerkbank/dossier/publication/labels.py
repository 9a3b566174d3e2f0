# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is a public figure called?

Takes     the quantity, version and kind of a figure.
Gives     a label in two languages that a reader can understand without the page around it.
Leaves    how a number is written to `letter`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from maatwerkbank.ground.language import Text

QUANTITIES: Mapping[str, Text] = MappingProxyType(
    {
        "co2": Text(nl="minder CO2", en="less CO2"),
        "nox": Text(nl="minder stikstofoxiden (NOx)", en="less nitrogen oxides (NOx)"),
        "nitrogen": Text(nl="minder stikstof", en="less nitrogen"),
        "water": Text(nl="minder watergebruik", en="less use of water"),
        "support": Text(nl="subsidie", en="subsidy"),
    }
)
VERSIONS: Mapping[str, Text] = MappingProxyType(
    {
        "eop": Text(nl="ambitiedocument (EoP)", en="Expression of Principles (EoP)"),
        "jloi": Text(nl="intentieovereenkomst (JLoI)", en="Joint Letter of Intent (JLoI)"),
        "agreement": Text(nl="maatwerkafspraak", en="tailor-made agreement"),
        "subsidy_decision": Text(nl="subsidiebesluit", en="subsidy decision"),
        "realised": Text(nl="gerealiseerd", en="realised"),
    }
)
KINDS: Mapping[Literal["gross", "additional"], Text] = MappingProxyType(
    {
        "gross": Text(nl="bruto", en="gross"),
        "additional": Text(nl="additioneel", en="additional"),
    }
)


def ambition_label(quantity: str, version: str, kind: Literal["gross", "additional"]) -> Text:
    """Such as: intentieovereenkomst (JLoI): minder CO2, bruto."""
    what, where = _of(QUANTITIES, quantity), _of(VERSIONS, version)
    how = KINDS[kind]
    return Text(nl=f"{where.nl}: {what.nl}, {how.nl}", en=f"{where.en}: {what.en}, {how.en}")


def _of(labels: Mapping[str, Text], key: str) -> Text:
    """The label; a key that has none is its own label, as a stored portfolio may hold others."""
    return labels.get(key, Text(nl=key, en=key))
