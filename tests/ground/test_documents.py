# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documents that anybody may hand in: what is read, what is refused, and how it is said."""

import hashlib
import json
import math
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerkbank.ground.documents import path_text, read_document
from maatwerkbank.ground.errors import DocumentError, DocumentRefused, DocumentUnreadable


@pytest.fixture
def written(tmp_path):
    """Writes text or bytes to a file, and gives its path."""

    def write(content, name="plan.yaml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_yaml_gives_plain_values_with_the_line_of_every_path(written):
    path = written("a: 1\nb:\n  - c: two\n  - 3.5\n")

    document = read_document(path)

    assert document.data == {"a": 1, "b": [{"c": "two"}, 3.5]}
    assert document.place(("b", 0, "c")) == "b[0].c, line 3"
    assert document.place(("b", 1)) == "b[1], line 4"


def test_the_place_of_something_absent_has_the_line_of_what_holds_it(written):
    document = read_document(written("a:\n  b: 1\n"))

    assert document.place(("a", "c")) == "a.c, line 1"
    assert document.place(("z",)) == "z"
    assert path_text(()) == "(the whole document)"


def test_the_hash_is_that_of_the_bytes(written):
    content = b"\xef\xbb\xbfa: 1\r\n"

    document = read_document(written(content))

    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1_000", 1000),
        ("-3", -3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("on", "on"),
        ("no", "no"),
        ("12:30:00", "12:30:00"),
        ("2025-06-30", "2025-06-30"),
        ("0x10", "0x10"),
        ("'1'", "1"),
        ("!!float 1", "1"),
        ("é", "é"),
        ("1.2.3", "1.2.3"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_plain_word_is_a_number_a_truth_or_text_and_nothing_else(written, text, value):
    document = read_document(written(f"a: {text}\n"))

    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)


@pytest.mark.parametrize("text", [".nan", "NaN", ".NaN"])
def test_not_a_number_stays_that_for_the_reader_to_refuse(written, text):
    assert math.isnan(read_document(written(f"a: {text}\n")).data["a"])


def test_json_and_yaml_of_the_same_values_are_equal(written):
    values = {"a": [1, 2.5, None, True, "é"], "b": {"c": {}}, "2025": -1e-3}

    json_data = read_document(written(json.dumps(values), "plan.json")).data
    yaml_data = read_document(written("a: [1, 2.5, null, true, é]\nb: {c: {}}\n2025: -1e-3\n")).data

    assert json_data == yaml_data == values


def test_a_duplicate_key_is_a_finding_and_the_rest_is_read(written):
    document = read_document(written("a: 1\nb: 2\na: 3\n"))

    (finding,) = document.findings
    assert (finding.code, finding.place) == ("document.duplicate-key", "a, line 3")
    assert finding.found_text("nl") == "verwacht de sleutel 'a' één keer; gevonden een tweede keer"
    assert document.data["b"] == 2


def test_a_duplicate_key_in_json_is_a_finding_too(written):
    document = read_document(written('{"a": 1, "b": {"c": 1, "c": 2}}', "plan.json"))

    (finding,) = document.findings
    assert finding.code == "document.duplicate-key"
    assert "'c'" in finding.place


REFUSED = {
    "an alias": ("a: &x 1\nb: *x\n", "line 1", "an anchor or alias (& or *)"),
    "a billion laughs": (
        "a: &a [lol, lol]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "line 1",
        "an anchor or alias (& or *)",
    ),
    "an anchor in JSON style": ("x: {a: &b {c: 1}}\n", "line 1", "an anchor or alias (& or *)"),
    "a second document": ("a: 1\n---\nb: 1\n", "line 2", "a second one (---)"),
    "a list as key": ("? [a, b]\n: 1\n", "line 1", "a list or mapping"),
    "deep YAML brackets": ("a: " + "[" * 100_000, "line 1", "more"),
    "deep YAML indentation": (
        "".join(" " * n + "a:\n" for n in range(2000)),
        "line 41",
        "more",
    ),
    "deep JSON brackets": ("[" * 100_000, "(the whole document)", "more"),
    "closed deep JSON": ("[" * 41 + "1" + "]" * 41, "(the whole document)", "more"),
    "very deep JSON objects": ('{"a":' * 900 + "1" + "}" * 900, "(the whole document)", "more"),
    "many JSON values": ("[" + "1," * 200_000 + "1]", "(the whole document)", "more"),
    "a tab": ("a:\n\tb: 1\n", "line 2, column 1", "found character that cannot start any token"),
    "an open quote": ("a: 'b\n", "line 2, column 1", "found unexpected end of stream"),
    "a control character": ("a: \x01\n", "(the whole document)", "control characters"),
    "half a surrogate pair in YAML": ('a: "\\ud800"\n', "line 1, column 7", "invalid Unicode"),
    "half a surrogate pair in JSON": ('{"a": "\\ud800"}', "(the whole document)", "utf-8"),
    "a key that is half a pair": ('{"\\udfff": 1}', "(the whole document)", "utf-8"),
    "a number of thousands of digits": (
        '{"a": ' + "9" * 5000 + "}",
        "(the whole document)",
        "4300 digits",
    ),
    "JSON with an end": ('{"a": 1} x', "line 1, column 10", "Extra data"),
    "JSON without an end": ('{"a": ', "line 1, column 7", "Expecting value"),
    "keys without quotes": ("{a: 1}", "line 1, column 2", "double quotes"),
}


@pytest.mark.parametrize(("text", "place", "found"), REFUSED.values(), ids=REFUSED)
def test_what_is_malformed_is_refused_with_its_place(written, text, place, found):
    with pytest.raises(DocumentRefused) as refused:
        read_document(written(text))

    (finding,) = refused.value.findings
    assert (finding.severity, finding.code) == ("error", "document.malformed")
    assert finding.place == place
    assert found in finding.found_text("en")
    assert finding.as_json("nl")["remedy"] != finding.as_json("en")["remedy"]


def test_forty_levels_are_read_from_both_languages(written):
    json_text = '{"a":' + "[" * 39 + "1" + "]" * 39 + "}"

    assert (
        read_document(written(json_text, "plan.json")).data
        == read_document(written("a: " + "[" * 39 + "1" + "]" * 39 + "\n")).data
    )


def test_many_yaml_values_are_refused(written):
    with pytest.raises(DocumentRefused) as refused:
        read_document(written("a: [" + "1," * 200_001 + "]"))

    assert "at most 200000 values" in refused.value.findings[0].found_text()


UNREADABLE = {
    "latin-1": ("a: caf\xe9\n".encode("latin-1"), "byte 6 is 0xe9"),
    "utf-16": ("a: 1\n".encode("utf-16"), "byte 0 is 0xff"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 0 is 0x89"),
    "junk": (bytes(range(256)), "byte 128 is 0x80"),
    "an overlong form": (b"a: \xc0\xaf\n", "byte 3 is 0xc0"),
}


@pytest.mark.parametrize(("content", "found"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_utf_8_is_refused_with_its_byte(written, content, found):
    with pytest.raises(DocumentUnreadable) as refused:
        read_document(written(content))

    assert found in refused.value.what
    assert refused.value.remedy == "save the file again with the encoding UTF-8"


def test_utf_16_without_a_mark_is_refused_as_malformed(written):
    with pytest.raises(DocumentRefused):
        read_document(written("a: 1\n".encode("utf-16-le")))


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.yaml"
    path.touch()
    os.truncate(path, 200_000_000)

    with pytest.raises(DocumentUnreadable) as refused:
        read_document(path)

    assert refused.value.what == "huge.yaml is 200.0 MB; at most 5 MB is read."


def test_a_folder_is_refused_as_a_folder(tmp_path):
    with pytest.raises(DocumentUnreadable) as refused:
        read_document(tmp_path)

    assert refused.value.what == f"{tmp_path} is a folder."


@pytest.mark.parametrize("name", ["nothing.yaml", "loop.yaml", "broken.yaml", "x" * 300])
def test_a_path_to_nothing_is_refused(tmp_path, name):
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "gone.yaml")

    with pytest.raises(DocumentUnreadable) as refused:
        read_document(tmp_path / name)

    assert refused.value.code == "document.unreadable"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "---\n", "null"])
def test_an_empty_document_holds_nothing(written, text):
    document = read_document(written(text))

    assert document.data is None
    assert document.findings == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text("ab:-[]{}&*!?|>'\"#%@`,\n 01.eE~", max_size=60))
def test_any_bytes_give_a_document_or_a_refusal(written, content):
    outcome = read_or_refusal(written(content))

    assert outcome is not None


def read_or_refusal(path):
    try:
        return read_document(path)
    except DocumentError as error:
        return error
