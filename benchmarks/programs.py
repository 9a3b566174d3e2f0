# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long does somebody wait at a terminal?  Whole processes, beside the least that Python needs.

Takes     nothing; shipped cases, and a large case made here.
Gives     a row per question, and the memory of the whole process.
Leaves    reports: a PDF is another program's work.
"""

import copy
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml
from stopwatch import Measured, Row, maatwerkbank, process, python, seconds, timed, waited, within

from maatwerkbank.plant.case_file import check_case
from maatwerkbank.portfolio.cases import case_ids
from maatwerkbank.portfolio.effect import effect

EXAMPLE = Path(__file__).parents[1] / "tests" / "example_case.yaml"
CASE = "yara"
VARIANT = "levy_abolished"
PROJECTS = 300
IN_ONE_PROCESS = "from maatwerkbank.portfolio.effect import effect; effect({variant!r})"


def rows() -> Iterator[Row]:
    """Start-up, one assessment, the whole portfolio, a large case file."""
    yield _start_up()
    yield _assess()
    yield _portfolio()
    yield _large_case()


def _start_up() -> Row:
    nothing = waited(python("-c", "pass"), 15)
    shown = process(maatwerkbank("--help"), 15)
    above = Measured(shown.seconds - nothing, shown.memory_mb)
    return within(
        "start-up: `maatwerkbank --help` above `python -c pass`",
        above,
        nothing,
        at_most=0.3,
    )


def _assess() -> Row:
    return within(
        f"`maatwerkbank assess {CASE} --json`, whole process; other: `import numpy`",
        process(maatwerkbank("assess", CASE, "--json"), 5),
        waited(python("-c", "import numpy"), 5),
        at_most=2.0,
    )


def _portfolio() -> Row:
    """Evaluations of a case per second: all in one process, or a process for each."""
    alone = [waited(maatwerkbank("assess", case, "--json"), 1) for case in case_ids()]
    together = process(python("-c", IN_ONE_PROCESS.format(variant=VARIANT)), 2)
    runs = 2 * len(effect(VARIANT).cases)  # with and without the variant
    ours, other = runs / together.seconds, len(alone) / sum(alone)
    return Row(
        question=f"effect of {VARIANT}: assessments a second; other: a process for each",
        ours=ours,
        other=other,
        unit="1/s",
        ratio=ours / other,
        memory_mb=together.memory_mb,
        at_least=2.0,
    )


def _large_case() -> Row:
    """A valid case with many projects, checked; beside only parsing its YAML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.yaml"
        path.write_text(_many_projects(PROJECTS), "utf-8")
        found, findings = check_case(path)
        if found is None:
            sys.exit(f"the large case is not valid: {findings[0].place}")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        content = path.read_bytes()
        return within(
            f"check a case of {PROJECTS} projects, {len(content) / 1e6:.1f} MB; "
            "other: only parse its YAML",
            timed(lambda: check_case(path), 3),
            seconds(lambda: yaml.load(content, Loader=loader), 3),  # noqa: S506  (safe)
            at_most=3.0,
        )


def _many_projects(number: int) -> str:
    """The example case with its first project many times over."""
    case = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    first = case["projects"][0]
    for n in range(1, number):
        case["projects"].append({**copy.deepcopy(first), "id": f"{first['id']}-{n}"})
    dumper = type("NoAliases", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
    text: str = yaml.dump(case, Dumper=dumper, allow_unicode=True, sort_keys=False)
    return text
