# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Same receipt, same bytes: what a receipt holds and what changes its number."""

import json
import subprocess
import sys
from dataclasses import fields, replace

import pytest

from maatwerkbank.ground import receipt
from maatwerkbank.ground.receipt import Receipt, code_sha256, digest, numeric_platform

RECEIPT = Receipt(
    version="0.1.0",
    code_sha256="a" * 64,
    law_sha256="b" * 64,
    input_sha256="c" * 64,
    variant=None,
    outlook="hold",
    known_on="2025-06-30",
    seed=None,
    numeric_platform="x86_64-linux-numpy-2.0.0",
)


def test_the_number_is_sixteen_characters_that_follow_from_every_field():
    # sha256 of the nine fields as JSON with sorted keys and no spaces
    assert RECEIPT.number == "332c241cdc9a2200"


@pytest.mark.parametrize("field", [field.name for field in fields(Receipt)])
def test_another_value_of_any_field_gives_another_number(field):
    other = replace(RECEIPT, **{field: "another"})

    assert other.number != RECEIPT.number


def test_seed_nil_is_a_seed_and_not_the_absence_of_one():
    assert replace(RECEIPT, seed=0).number != RECEIPT.number


def test_the_json_holds_every_field_and_no_clock_time():
    found = RECEIPT.as_json()

    assert list(found) == ["number", *(field.name for field in fields(Receipt))]
    assert json.loads(json.dumps(found)) == found


def test_a_digest_does_not_depend_on_the_order_of_keys():
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}) != digest({"a": 1.5})


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_the_hash_of_the_code_is_the_same_in_another_process(hash_seed):
    program = "from maatwerkbank.ground import receipt as r; print(r.code_sha256())"

    shown = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)},
    ).stdout.strip()

    assert shown == code_sha256()
    assert len(shown) == 64


def test_the_numeric_platform_names_processor_system_numpy_and_its_vectors():
    import numpy as np

    *_, name, version, vectors = numeric_platform().split("-")
    assert (name, version) == ("numpy", np.__version__)
    found = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    assert vectors == (found[-1].lower() if found else "baseline")


def test_the_hash_of_the_code_rests_on_every_floor_with_figures_and_on_no_other(tmp_path):
    floors = {"rules", "economics", "letter", "dossier", "web"}
    for floor in floors:
        (tmp_path / floor / "web").mkdir(parents=True)
        (tmp_path / floor / "one.py").write_text("1", "utf-8")
        (tmp_path / floor / "web" / "two.py").write_text("2", "utf-8")

    paths = {path for path, _ in receipt._modules(tmp_path, "")}

    assert paths == {
        f"{floor}/{name}"
        for floor in floors - {"dossier", "web"}
        for name in ("one.py", "web/two.py")
    }
