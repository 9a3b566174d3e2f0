# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with the form of a case file, in the words of a case file.

Takes     the errors of the schema, and the plain document.
Gives     findings in Dutch and English: place, expected, found, remedy.
Leaves    what only the whole case can tell to `coherence`.
"""

from collections.abc import Iterator
from typing import Any

from maatwerkbank.ground.documents import Document, Place
from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.parameters.reference_classes import KINDS
from maatwerkbank.plant.readable_part import located
from maatwerkbank.sources.register import load_sources

_A_NUMBER = Text(nl="een getal", en="a number")
_EXPECTED: dict[str, Text] = {
    "missing": Text(nl="dit veld, het is verplicht", en="this field, it is required"),
    "extra_forbidden": Text(nl="een veld van het schema", en="a field of the schema"),
    "float_type": _A_NUMBER,
    "float_parsing": _A_NUMBER,
    "finite_number": Text(nl="een eindig getal", en="a finite number"),
    "int_type": Text(nl="een geheel getal", en="a whole number"),
    "int_parsing": Text(nl="een geheel getal", en="a whole number"),
    "int_from_float": Text(nl="een geheel getal", en="a whole number"),
    "string_type": Text(nl="tekst", en="text"),
    "bool_type": Text(nl="true of false", en="true or false"),
    "bool_parsing": Text(nl="true of false", en="true or false"),
    "list_type": Text(nl="een lijst", en="a list"),
    "dict_type": Text(nl="sleutels met waarden", en="keys with values"),
    "model_type": Text(nl="sleutels met waarden", en="keys with values"),
    "model_attributes_type": Text(nl="sleutels met waarden", en="keys with values"),
    "too_short": Text(nl="ten minste één waarde", en="at least one value"),
    "string_too_short": Text(nl="tekst, niet leeg", en="text, not empty"),
    "string_pattern_mismatch": Text(nl="tekst van de vorm {pattern}", en="text like {pattern}"),
    "string_too_long": Text(
        nl="hoogstens {max_length} tekens", en="at most {max_length} characters"
    ),
    "literal_error": Text(nl="een van {expected}", en="one of {expected}"),
    "enum": Text(nl="een van {expected}", en="one of {expected}"),
    "greater_than_equal": Text(nl="ten minste {ge}", en="at least {ge}"),
    "less_than_equal": Text(nl="ten hoogste {le}", en="at most {le}"),
    "greater_than": Text(nl="meer dan {gt}", en="more than {gt}"),
    "range_order": Text(nl="low ≤ central ≤ high", en="low ≤ central ≤ high"),
    "figure_form": Text(
        nl="precies één van value, range en by_year", en="exactly one of value, range and by_year"
    ),
    "distribution_kind": Text(
        nl=f"kind: een van {', '.join(KINDS)}", en=f"kind: one of {', '.join(KINDS)}"
    ),
    "unit_unknown": Text(nl="een bekende eenheid", en="a known unit"),
    "unit_kind": Text(nl="een eenheid van de soort {kinds}", en="a unit of the kind {kinds}"),
}
OTHER_UNIT = Text(
    nl="schrijf het cijfer in een eenheid van die soort",
    en="write the figure in a unit of that kind",
)
_REMEDY: dict[str, Text] = {
    "missing": Text(
        nl="vul het in; niet openbaar: schrijf absent: true met why en ask, waar dat mag",
        en="give it; not public: write absent: true with why and ask, where that is allowed",
    ),
    "extra_forbidden": Text(
        nl="controleer de spelling: `maatwerkbank schema case` toont alle velden",
        en="check the spelling: `maatwerkbank schema case` shows all fields",
    ),
    "unit_unknown": Text(
        nl="schrijf bijvoorbeeld EUR, MEUR, kt/year, GWh/year, EUR/t, EUR/MWh, 1/year",
        en="write for instance EUR, MEUR, kt/year, GWh/year, EUR/t, EUR/MWh, 1/year",
    ),
    "unit_kind": OTHER_UNIT,
    "finite_number": Text(
        nl="absent is geen NaN: laat het veld weg of schrijf absent: true",
        en="absent is not NaN: leave the field out or write absent: true",
    ),
}
SEE_SCHEMA = Text(nl="zie `maatwerkbank schema case`", en="see `maatwerkbank schema case`")


def structural(error: Any, document: Document) -> Finding:
    """One error of the schema as a finding."""
    path = located(error["loc"])
    kind = str(error["type"])
    if kind.startswith("unit_"):
        path = (*path, "unit")
    context = error.get("ctx", {})
    expected = _EXPECTED.get(kind)
    if expected is None:
        expected = Text(nl=error["msg"], en=error["msg"])
    expected = Text(nl=_filled(expected.nl, context), en=_filled(expected.en, context))
    return Finding(
        "error",
        f"case.{kind.replace('_', '-')}",
        document.place(path),
        expected,
        _found(kind, error, context),
        _REMEDY.get(kind, SEE_SCHEMA),
    )


def _filled(text: str, context: dict[str, Any]) -> str:
    for key, value in context.items():
        said = f"{value:g}" if isinstance(value, float) else str(value)
        text = text.replace("{" + key + "}", said)
    return text


def _found(kind: str, error: Any, context: dict[str, Any]) -> Text | str:
    if kind == "missing":
        return NOTHING
    if kind == "extra_forbidden":
        return f"'{error['loc'][-1]}'"
    if kind == "figure_form":
        return str(context["given"]) if context["n"] else NOTHING
    if kind in ("unit_unknown", "unit_kind"):
        return f"'{context['unit']}'"
    return shown(error["input"])


NOTHING = Text(nl="niets", en="nothing")


def shown(value: Any) -> Text | str:
    """A value as found, short enough to read."""
    if value is None:
        return NOTHING
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def uncited(document: Document) -> list[Finding]:
    """Figures whose source is neither in the case nor in the shared register."""
    own = document.data.get("sources")
    known = set(own) if isinstance(own, dict) else set()
    known |= set(load_sources())
    return [
        Finding(
            "error",
            "case.source-unknown",
            document.place(path),
            Text(nl="de naam van een bron", en="the name of a source"),
            f"'{cited}'",
            Text(
                nl="voeg de bron toe onder sources: met title, publisher, date, url en seen",
                en="add the source under sources: with title, publisher, date, url and seen",
            ),
        )
        for path, cited in _citations(document.data, ())
        if cited not in known
    ]


def _citations(value: Any, path: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield (*path, key), inner
            else:
                yield from _citations(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _citations(inner, (*path, number))
