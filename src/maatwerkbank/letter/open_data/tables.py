# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which tables are there, and what stands in each?

Takes     a publication; for what changed, an earlier one besides.
Gives     one `Table` for each kind of thing in it, with the source of every row.
Leaves    parliament's tables to `parliament_tables`, files to `table_files`.

Gross and additional tonnes stand in rows of their own: `kind` tells them apart.
"""

from collections.abc import Iterable

from maatwerkbank.dossier.promises.promise import STATES
from maatwerkbank.dossier.publication.filling import filled
from maatwerkbank.dossier.publication.publication import Figure, Origin, Publication
from maatwerkbank.ground.language import Text
from maatwerkbank.letter.open_data.addresses import Addresses
from maatwerkbank.letter.open_data.change_table import change_table
from maatwerkbank.letter.open_data.fields import (
    FIRM,
    LINK,
    ORIGIN,
    Field,
    Table,
    Value,
    day,
    in_both,
    one_of,
    text,
)
from maatwerkbank.letter.open_data.parliament_tables import commitments, letters, motions
from maatwerkbank.portfolio.register import EXITS, TRACKS, Stage
from maatwerkbank.sources import load_sources
from maatwerkbank.sources.register import Seen

SEPARATOR = "; "


def tables(
    publication: Publication, addresses: Addresses, before: Publication | None = None
) -> tuple[Table, ...]:
    """Every table, in the order in which a reader meets them."""
    made = (
        firms(publication, addresses),
        figures(publication, addresses),
        statements(publication),
        promises(publication),
        papers(publication),
        commitments(publication.parliament),
        motions(publication.parliament),
        letters(publication.parliament),
        change_table(publication, before),
    )
    return (*made, sources(made))


def firms(publication: Publication, addresses: Addresses) -> Table:
    """Who stands where."""
    rows = tuple(
        (
            firm.id,
            firm.name,
            firm.sector.nl,
            firm.sector.en,
            firm.cluster,
            SEPARATOR.join(f"{site.name} ({site.municipality})" for site in firm.sites) or None,
            SEPARATOR.join(each for site in firm.sites for each in site.ets_ids) or None,
            firm.stage.value,
            firm.track,
            firm.eop_signed,
            firm.eop_date,
            firm.jloi_date,
            firm.agreement_date,
            firm.exit.kind if firm.exit else None,
            firm.exit.date if firm.exit else None,
            firm.exit.known_by if firm.exit else None,
            SEPARATOR.join(firm.exit.reasons) if firm.exit else None,
            SEPARATOR.join(firm.sources.get(firm.stage, ())) or None,
            addresses.firm(firm.id),
        )
        for firm in publication.register
    )
    fields = (
        text("firm_id", "bedrijf", "firm", required=True),
        text("name", "naam", "name", required=True),
        *in_both("sector", "bedrijfstak", "sector", required=True),
        text("cluster", "industriecluster", "industrial cluster"),
        text("sites", "vestigingen met gemeente", "sites with municipality"),
        text("ets_ids", "nummers in het EU ETS-register", "numbers in the EU ETS register"),
        one_of("stage", "laatst bereikte fase", "last stage reached", tuple(Stage), required=True),
        one_of("track", "spoor", "track", TRACKS, required=True),
        Field(
            "eop_signed",
            "boolean",
            Text(nl="is een EoP getekend", en="was an EoP signed"),
            required=True,
        ),
        _reduced("eop_date", "dag van de EoP", "day of the EoP"),
        _reduced("jloi_date", "dag van de JLoI", "day of the JLoI"),
        _reduced("agreement_date", "dag van de maatwerkafspraak", "day of the agreement"),
        one_of("exit", "hoe het traject eindigde", "how the track ended", EXITS),
        _reduced("exit_date", "dag van het einde", "day of the end"),
        _reduced("exit_known_by", "uiterlijk bekend op", "known by at the latest"),
        text("exit_reasons", "redenen als codes", "reasons as codes"),
        text("stage_source_ids", "bronnen van de fase", "sources of the stage"),
        LINK,
    )
    return Table(
        "firms",
        Text(nl="Bedrijven", en="Firms"),
        Text(nl="Wie in welke fase staat.", en="Who stands at which stage."),
        fields,
        ("firm_id",),
        rows,
    )


def figures(publication: Publication, addresses: Addresses) -> Table:
    """Every figure with its origin."""
    fields = (
        text("figure_id", "cijfer; blijft hetzelfde", "figure; stays the same", required=True),
        FIRM,
        text("quantity", "grootheid", "quantity", required=True),
        *in_both("label", "omschrijving", "label", required=True),
        one_of("kind", "bruto of additioneel", "gross or additional", ("gross", "additional")),
        _number("low", "laagste waarde", "lowest value"),
        _number("high", "hoogste waarde", "highest value"),
        text("unit", "eenheid", "unit", required=True),
        one_of("bound", "grens", "bound", ("at_least", "at_most", "about")),
        Field("year", "integer", Text(nl="jaar", en="year"), unit="year"),
        *in_both("boundary", "wat het omvat", "what it covers"),
        day("known_on", "openbaar sinds", "public since"),
        Field(
            "reconstruction",
            "boolean",
            Text(
                nl="door dit programma berekend uit openbare gegevens",
                en="computed by this program from public data",
            ),
            required=True,
        ),
        *ORIGIN,
        LINK,
    )
    rows = tuple(_figure(each, addresses) for each in publication.figures.values())
    return Table(
        "figures",
        Text(nl="Cijfers", en="Figures"),
        Text(
            nl="Elk openbaar cijfer met zijn eenheid en herkomst.",
            en="Every public figure with its unit and origin.",
        ),
        fields,
        ("figure_id",),
        rows,
    )


def _figure(each: Figure, addresses: Addresses) -> tuple[Value, ...]:
    return (
        each.id,
        each.firm,
        each.quantity,
        each.label.nl,
        each.label.en,
        each.kind,
        each.low,
        each.high,
        each.unit,
        each.bound,
        each.year,
        each.boundary.nl if each.boundary else None,
        each.boundary.en if each.boundary else None,
        each.known_on.isoformat() if each.known_on else None,
        each.reconstruction,
        *_origin(each.origin),
        addresses.figure(each.id),
    )


def statements(publication: Publication) -> Table:
    """The status text of each firm."""
    fields = (
        text("firm_id", "bedrijf", "firm", required=True),
        day("stated_on", "dag van de tekst", "day of the text", required=True),
        *in_both("text", "statustekst", "statement", required=True),
        Field(
            "approved",
            "boolean",
            Text(nl="is de tekst goedgekeurd", en="was the text approved"),
            required=True,
        ),
        text("approved_by", "functie die goedkeurde", "function that approved"),
        day("approved_on", "dag van goedkeuring", "day of approval"),
        text("figure_ids", "cijfers in de tekst", "figures in the text"),
    )
    rows = tuple(
        (
            each.firm,
            each.on.isoformat(),
            filled(each, publication, "nl").text,
            filled(each, publication, "en").text,
            each.approved_by is not None,
            each.approved_by,
            each.approved_on.isoformat() if each.approved_on else None,
            SEPARATOR.join(each.figures) or None,
        )
        for each in publication.statements.values()
    )
    return Table(
        "statements",
        Text(nl="Statusteksten", en="Statements"),
        Text(
            nl="Een tekst per bedrijf. Een niet goedgekeurde tekst is uit het register opgesteld.",
            en="One text a firm. A text that was not approved was drafted from the register.",
        ),
        fields,
        ("firm_id",),
        rows,
    )


def promises(publication: Publication) -> Table:
    """What State and firms owe one another."""
    fields = (
        text("promise_id", "belofte", "promise", required=True),
        text("firm_id", "bedrijf", "firm", required=True),
        one_of("by", "wie belooft", "who promises", ("state", "company"), required=True),
        *in_both("label", "omschrijving", "label", required=True),
        *in_both("deed", "daad", "deed"),
        text("figure_id", "beloofde hoeveelheid", "quantity promised"),
        _reduced("due", "uiterlijk", "due"),
        *in_both("waits_for", "wacht op", "waits for"),
        one_of(
            "state",
            "stand; leeg: niet openbaar beoordeeld",
            "state; empty: not judged",
            tuple(STATES),
        ),
        text("realised_figure_id", "gerealiseerd", "realised"),
        *ORIGIN,
    )
    rows = tuple(
        (
            each.id,
            each.firm,
            each.by,
            each.label.nl,
            each.label.en,
            each.deed.nl if each.deed else None,
            each.deed.en if each.deed else None,
            each.measure,
            each.due,
            SEPARATOR.join(text.nl for text in each.waits_for) or None,
            SEPARATOR.join(text.en for text in each.waits_for) or None,
            each.state,
            each.realised,
            *_origin(each.origin),
        )
        for each in publication.promises
    )
    return Table(
        "promises",
        Text(nl="Beloften", en="Promises"),
        Text(
            nl="Wat Staat en bedrijf elkaar beloofden.",
            en="What State and firm promised one another.",
        ),
        fields,
        ("promise_id",),
        rows,
    )


def papers(publication: Publication) -> Table:
    """Public documents, and on which grounds parts of them are withheld."""
    fields = (
        text("paper_id", "document", "document", required=True),
        FIRM,
        text("document_kind", "soort document", "kind of document", required=True),
        text("title", "titel", "title", required=True),
        _reduced("dated", "dag van het document", "day of the document"),
        Field("url", "uri", Text(nl="waar het te lezen is", en="where it can be read")),
        text("category", "informatiecategorie van de Woo", "information category of the Woo"),
        *in_both("withheld", "weigeringsgronden", "grounds of what is withheld"),
        *ORIGIN,
    )
    rows = tuple(
        (
            each.id,
            each.firm,
            each.kind,
            each.title,
            each.dated,
            each.url,
            each.category,
            SEPARATOR.join(ground.nl for ground in each.withheld) or None,
            SEPARATOR.join(ground.en for ground in each.withheld) or None,
            *_origin(each.origin),
        )
        for each in publication.papers
    )
    return Table(
        "papers",
        Text(nl="Documenten", en="Documents"),
        Text(
            nl="Openbare documenten, met de gronden van wat is weggelakt.",
            en="Public documents, with the grounds of what is withheld.",
        ),
        fields,
        ("paper_id",),
        rows,
    )


def sources(made: Iterable[Table]) -> Table:
    """Every source that a row of the other tables cites."""
    known = load_sources()
    cited: dict[str, None] = {}
    for table in made:
        names = [field.name for field in table.fields]
        for row in table.rows:
            for name, value in zip(names, row, strict=True):
                if name in {"origin_id", "source_id", "stage_source_ids"} and value:
                    cited |= dict.fromkeys(str(value).split(SEPARATOR))
    fields = (
        text("source_id", "bron", "source", required=True),
        text("title", "titel", "title", required=True),
        text("publisher", "uitgever", "publisher", required=True),
        _reduced("published", "datum", "date"),
        Field("url", "uri", Text(nl="adres", en="address")),
        one_of("seen", "hoe de bron is gezien", "how it was seen", tuple(Seen), required=True),
    )
    rows = tuple(
        (each, found.title, found.publisher, found.date, found.url, found.seen.value)
        for each in sorted(cited)
        if (found := known.get(each))
    )
    return Table(
        "sources",
        Text(nl="Bronnen", en="Sources"),
        Text(
            nl="De bronnen die de andere tabellen noemen.", en="The sources that the tables cite."
        ),
        fields,
        ("source_id",),
        rows,
    )


def _origin(origin: Origin) -> tuple[Value, ...]:
    return (
        origin.kind,
        origin.identity,
        origin.place,
        origin.released_by,
        origin.released_on.isoformat() if origin.released_on else None,
    )


def _reduced(name: str, nl: str, en: str) -> Field:
    """A date that may be a month or a year."""
    return Field(name, "date", Text(nl=nl, en=en), reduced=True)


def _number(name: str, nl: str, en: str) -> Field:
    """A number whose unit stands in the column `unit`."""
    return Field(name, "number", Text(nl=nl, en=en), unit_in="unit")
