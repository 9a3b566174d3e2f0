# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The house tests itself: floors, sources, words, documentation, licence, locks, schema.

What can drift will; here it is held. Each test names what is wrong, so that the list in its
failure is the list of what to mend.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml

from maatwerkbank.cli.main import cli
from maatwerkbank.ground.units import unit
from maatwerkbank.parameters.files import parameter_file, parameter_names
from maatwerkbank.plant.case_file import case_schema
from maatwerkbank.portfolio.cases import case_ids, case_path
from maatwerkbank.sources.register import load_sources

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "maatwerkbank"
DOCS = ROOT / "docs"
NOT_OURS = {".git", ".venv", "build", "dist", "shared", "node_modules"}


# ── what is in the house ──────────────────────────────────────────────────────────────────────


@cache
def files_of_the_house() -> tuple[Path, ...]:
    """What git tracks or would track; in an unpacked archive, every file outside built folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [
            path
            for path in ROOT.rglob("*")
            if not NOT_OURS & set(path.relative_to(ROOT).parts)
            and not any(part.endswith(("_cache", "__pycache__")) for part in path.parts)
        ]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def text_of(path: Path) -> str:
    """The text of a file; nothing where it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def files_ending_in(*endings: str) -> list[Path]:
    return [path for path in files_of_the_house() if path.name.endswith(endings)]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_with(pattern: str, paths: list[Path]) -> list[str]:
    """`file:line` of every line in which the pattern is found."""
    sought = re.compile(pattern)
    return [
        f"{short(path)}:{number}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if sought.search(line)
    ]


# ── floors ────────────────────────────────────────────────────────────────────────────────────


def test_an_import_only_points_down_the_floors():
    command = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}

    told = subprocess.run(
        [str(command), "--no-cache"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 broken" in told.stdout


NETWORKING = re.compile(
    r"(?:aiohttp|ftplib|http|httpx|imaplib|poplib|requests|smtplib|socket|socketserver|telnetlib"
    r"|urllib[.](?:request|error|robotparser)|urllib3|webbrowser|websockets|xmlrpc)(?:[.]|$)"
)


def imported(path: Path) -> Iterator[str]:
    """The full names of all imports in a module, also of those inside functions."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


# Speaks to the virus scanner that an administrator names, and to nothing else.
TALKS = SRC / "web" / "documents" / "virus_scan.py"


def test_no_module_of_the_program_imports_networking():
    modules = [path for path in files_ending_in(".py") if path.is_relative_to(SRC)]
    modules.remove(TALKS)

    talking = [
        f"{short(path)}: {name}"
        for path in modules
        for name in imported(path)
        if NETWORKING.match(name)
    ]

    assert modules
    assert talking == []


@pytest.mark.parametrize(
    "name", ["socket", "urllib.request.urlopen", "http.client", "requests.get"]
)
def test_networking_is_recognised_by_its_name(name):
    assert NETWORKING.match(name)


# ── parameters and sources ────────────────────────────────────────────────────────────────────


# Never computed with as a quantity of the house: codes, years, and the heating value as printed.
ONLY_READ = {"code", "year", "MJ/m3"}


def test_every_parameter_has_a_unit_that_the_house_knows():
    stated = {parameter_file(name).unit for name in parameter_names()} - ONLY_READ

    kinds = {each: unit(each).kind for each in stated}

    assert kinds["EUR/t"] == "EUR/t"
    assert all(kinds.values())


@cache
def yaml_of(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506  (a safe loader)


def cited(value: Any, key: str = "") -> Iterator[str]:
    """Every identity under a key `source`, `sources` or `id` of a source, at any depth."""
    if isinstance(value, dict):
        if key == "source" and "id" in value:
            yield value["id"]
        for name, inner in value.items():
            yield from cited(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner, key)
    elif key == "source" and isinstance(value, str):
        yield value


def test_every_source_that_a_file_of_the_program_cites_is_in_the_register():
    documents = [
        path
        for path in files_ending_in(".yaml")
        if path.is_relative_to(SRC) and path.parent != SRC / "sources" / "data"
    ]

    unknown = {
        f"{short(path)}: {identity}"
        for path in documents
        for identity in cited(yaml_of(path))
        if identity not in {**load_sources(), **_own_sources(path)}
    }

    assert len(documents) > 100
    assert sorted(unknown) == []


def _own_sources(path: Path) -> dict[str, Any]:
    own = yaml_of(path).get("sources") if isinstance(yaml_of(path), dict) else None
    return own if isinstance(own, dict) else {}


# ── words ─────────────────────────────────────────────────────────────────────────────────────

# English words in the names of functions, arguments, classes and fields of `rules/` and `dossier/`.
# Whatever is not here is a noun of Dutch law or practice, and stands in the glossary.
ENGLISH = set(
    """
    10pct 2020 2030 2050 6 80th a above abroad absolute activity actual additional advice advices
    after agreement aid allocation allocations allowances allowed altered ambition ambitions among
    amount amounts annual answered apart applications applied applies around article as asked asks
    assessment at attached attestation attestations attested auction audit average avoided back bank
    base basis because before begin below benefit benefits best between beyond bid biogenic blocking
    body boiler bounds bracket brackets budget built by calendar can cannot cap capacity capital
    capture carbon case category cbam ccs ccu ceiling chain change cheap check circular citation
    claimed class climate close cluster common companies company complexity computed condition
    conditionality conditions contact content contract contradicted correction cost costs count
    counted covenant cover criteria criterion cscf cut data date dated day days decides decimals
    deducted deduction default depreciation description difference differences difficulty direct
    discount division document done door draft due e each effect effective efficiency electricity
    electrification electrolysis emission emissions emitter emitters en end energy english enough
    entry environment environmental eop equity error eu eua eur euros every evidence excused exit
    exits expected extra extrapolated fact factor falls few figure figures financial find findings
    fired firm firms first fits fixed flexible flow for force forecast forecasts form fossil found
    framework free freeze from frozen fully gap gate gates generic give given governing grant
    granted grants gross ground hal has hash heat help here high highest historic historical holds
    horizon hours hydrogen id identity ids in incentive incomplete increase industry init innovation
    inside installation installations instead instrument instruments interest interval investment is
    jloi joint json judge judged judgement kg kind known label lack lacking lacks ladder large
    largest last late later law leakage least legally level levels levy library lies life like limit
    link links list listed loan lost low lowest made marked markets marking maximum may means medium
    meets milestone milestones millions minimum months most moved mw mwh name named names needed
    needs net netherlands neutrality new next nl no none not number observed of offer official old
    on once one open operating operation or order ordered other otherwise out outcome outcomes
    output outward overridden overrides package paid part parts passed passes path pay payback
    payment payments pays per percentage percentile period permit place placed plain plan planned
    point points position potential power preliminary premium present previous price prices printed
    process product production profit project projects proposal proven public pump purpose quantity
    question questions ranges rank ranking rate rates ratio reached read realised reason reasons
    receipt recommendation recommendations recovery reduction reference refinery refuse refused
    register relation relevant relief relocates remaining renewable reported request required
    residual rest rests result return review reviewer reviews right rights risk risks role room
    round rounds row run running said saved saving says scheme secret sector self set sha256 share
    shared shares shipped short shortage side sided sight signed similar since single site size slip
    slips small source sources stage stages standing start started starts state stated statement
    status step storage stored strike sub subsidised sum support surplus t table tables tax
    technique term terms text the thermal threshold time to told tonne tonnes topic topics track
    tracks trajectory tranche tranches turnover twice two unanswered under unit unless unranked
    unsigned unverified up upper use uses usual valid value variant verdict verify version volume
    way ways weigh weighing weighings what when where while who whole with withheld withhold
    withholding within without works wrong year yearly years zero
    """.split()  # noqa: SIM905  (words read better in a row)
)


def names_in(path: Path) -> Iterator[str]:
    """Names of functions, arguments, classes and fields."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        if isinstance(node, ast.arg):
            yield node.arg
        if isinstance(node, ast.ClassDef):
            yield from (name for line in node.body for name in _set_by(line))


def _set_by(line: ast.stmt) -> list[str]:
    """The names of fields and members that a line in a class sets."""
    targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def words_of(name: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return [word.lower() for word in apart.split("_") if word]


def glossary() -> set[str]:
    """Every word that the glossary writes as code, and the words that a compound is made of."""
    written = re.findall(r"`([a-z0-9_]+)`", text_of(DOCS / "reference" / "glossary.md"))
    return {word for name in written for word in [name, *name.split("_")]}


@pytest.mark.parametrize(("floor", "known"), [("rules", "jaarvracht"), ("dossier", "openbaar")])
def test_every_dutch_word_in_the_names_of_a_floor_is_in_the_glossary(floor, known):
    files = [path for path in files_ending_in(".py") if path.parent == SRC / floor]

    used = {word for path in files for name in names_in(path) for word in words_of(name)}

    assert known in used
    assert sorted(used - glossary() - ENGLISH) == []


def test_no_word_of_the_glossary_is_also_allowed_as_english():
    # Else a word that leaves the glossary would not be missed.
    compounds = re.findall(
        r"^\| `([a-z]+)`", text_of(DOCS / "reference" / "glossary.md"), re.MULTILINE
    )

    assert compounds
    assert sorted(set(compounds) & ENGLISH) == []


# ── documentation ─────────────────────────────────────────────────────────────────────────────


def command_names(group: click.Group, above: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{above}{name}"
        if isinstance(command, click.Group):
            yield from command_names(command, f"{above}{name} ")


def test_every_command_has_a_heading_in_the_reference():
    headings = re.findall(r"^## (.+)$", text_of(DOCS / "reference" / "commands.md"), re.MULTILINE)

    names = list(command_names(cli))

    assert names
    assert [name for name in names if name not in headings] == []


def test_every_command_shows_an_example_of_itself():
    page = text_of(DOCS / "reference" / "commands.md")
    leaves = [name for name in command_names(cli) if name != "import"]

    assert [name for name in leaves if f"$ maatwerkbank {name}" not in page] == []


def test_the_printed_pages_are_fresh():
    told = subprocess.run(
        [sys.executable, str(DOCS / "reference" / "print_pages.py"), "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr


LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def test_every_link_from_one_page_to_another_leads_somewhere():
    pages = files_ending_in(".md")

    broken = [
        f"{short(page)}: {target}"
        for page in pages
        for target in LINK.findall(text_of(page))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert len(pages) > 20
    assert broken == []


# ── what no file may hold ─────────────────────────────────────────────────────────────────────


def test_no_file_holds_the_address_of_a_package_registry():
    addresses = r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|//[\w.:@-]+/simple(?:/|\b)"

    assert lines_with(addresses, list(files_of_the_house())) == []


def test_no_file_holds_a_path_of_a_machine():
    # Not after a letter, a dot or a slash: that is a part of an address or of a relative path.
    paths = r"(?<![\w.:/~-])/(?:home|root|Users|work|workspace|mnt|private)/\w"

    assert lines_with(paths, list(files_of_the_house())) == []


def test_nothing_is_marked_as_unfinished():
    # The brackets keep this line from being found itself.
    marks = r"\b(?:TOD[O]|FIXM[E]|XX[X]|raise NotImplementedErro[r])\b"

    assert lines_with(marks, files_ending_in(".py", ".yaml", ".yml", ".md", ".typ", ".toml")) == []


@pytest.mark.parametrize("line", [0, 1], ids=["copyright", "licence"])
def test_every_module_starts_with_its_copyright_and_licence(line):
    wanted = [
        "# SPDX-FileCopyrightText: The Maatwerkbank contributors",
        "# SPDX-License-Identifier: EUPL-1.2",
    ]
    modules = files_ending_in(".py")

    without = [
        short(path)
        for path in modules
        if text_of(path).splitlines()[line : line + 1] != wanted[line : line + 1]
    ]

    assert modules
    assert without == []


# ── what goes along with the package ──────────────────────────────────────────────────────────


def test_publiccode_names_what_its_standard_requires():
    described = yaml_of(ROOT / "publiccode.yml")

    required = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }

    assert sorted(required - set(described)) == []
    assert described["legal"]["license"] == "EUPL-1.2"
    assert set(described["localisation"]["availableLanguages"]) == {"nl", "en"}
    assert set(described["description"]) == {"nl", "en"}


HASH = r"--hash=sha256:[0-9a-f]{64}\b"


@pytest.mark.parametrize("lock", ["run.lock", "dev.lock"])
def test_a_lock_pins_every_package_with_a_hash_and_names_no_address(lock):
    text = text_of(ROOT / "requirements" / lock)
    joined = re.sub(r"\\\n\s*", "", text)

    entries = [line for line in joined.splitlines() if line and not line.startswith("#")]

    assert entries
    assert [line for line in entries if not re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==", line)] == []
    assert [line for line in entries if not re.search(rf"( {HASH})+$", line)] == []
    assert len(re.findall(HASH, text)) == text.count("--hash")
    assert lines_with(r"://|file:|index-url|find-links|^-e", [ROOT / "requirements" / lock]) == []


def test_the_schema_of_the_case_file_is_a_json_schema():
    jsonschema.Draft202012Validator.check_schema(case_schema())


SHIPPED = [case_path(case) for case in case_ids()]
EXAMPLES = [ROOT / "tests" / "example_case.yaml", DOCS / "reference" / "example-case.yaml"]


@pytest.mark.parametrize("path", [*SHIPPED, *EXAMPLES], ids=lambda path: path.stem)
def test_a_case_that_comes_along_fits_the_schema(path):
    # JSON has no keys but text: the years of a series become text, as in a JSON case file.
    case = json.loads(json.dumps(yaml_of(path)))

    found = jsonschema.Draft202012Validator(case_schema()).iter_errors(case)

    assert [f"{error.json_path}: {error.message}" for error in found] == []
