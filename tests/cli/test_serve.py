# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""`serve` and `demo` as a person starts them: what they say, what they answer, how they end."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection

import psycopg
import pytest

from maatwerkbank.web.database import embedded_server

PROGRAM = [sys.executable, "-m", "maatwerkbank"]
OURS = ("DATABASE_URL", "MAATWERKBANK_", "DJANGO_")
SERVE = ("serve", "--workers", "1", "--port")
PLAIN_HTTP = {"MAATWERKBANK_SECRET_KEY": "x", "MAATWERKBANK_INSECURE": "yes"}


def of(folder):
    """The database in that folder."""
    return {"MAATWERKBANK_DATA": str(folder)}


def environment(**more):
    """That of a person who has set nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, **more}


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def started(*arguments, **more):
    """The command as a process; whatever happens, it has ended afterwards."""
    # Tests that run in the background ignore Ctrl-C, and so would a process that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        env=environment(**more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def ended(*arguments, **more):
    """Exit code and what was said on stderr of a command that ends by itself."""
    with started(*arguments, **more) as process:
        _, said = process.communicate(timeout=120)
    return process.returncode, said


def answer(port, path, **headers):
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def wait_until_ready(process, port):
    for _ in range(1_200):
        assert process.poll() is None, process.communicate()[1]
        try:
            return answer(port, "/healthz")
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it did not answer within two minutes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the demo was opened and ended once."""
    where = tmp_path_factory.mktemp("opened") / "demo"
    port = free_port()
    with started("demo", "--port", str(port), "--data", str(where)) as process:
        wait_until_ready(process, port)
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in complaints) == (0, False)
    return where


# ── serve ─────────────────────────────────────────────────────────────────────────────────────


def test_it_refuses_to_serve_without_a_key_and_says_how_to_make_one():
    code, said = ended("serve")

    assert code == 2
    assert "error [serve.no-secret-key]: MAATWERKBANK_SECRET_KEY is not set" in said
    assert "token_urlsafe" in said


def test_it_names_another_port_where_one_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        code, said = ended("serve", "--port", str(port), **PLAIN_HTTP)

    assert code == 2
    assert f"error [serve.port-taken]: another program listens on 127.0.0.1:{port}." in said
    assert f"--port {port + 1}" in said


@pytest.mark.slow
def test_it_says_that_the_tables_are_missing_and_makes_none(tmp_path):
    url = embedded_server(tmp_path / "postgresql")

    code, said = ended("serve", DATABASE_URL=url, **PLAIN_HTTP)

    assert code == 2
    assert "error [serve.tables-missing]: the database lacks" in said
    assert "python -m maatwerkbank.web.manage migrate" in said
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public'"
        ).fetchone()
    assert tables == (0,)


@pytest.mark.slow
def test_it_serves_until_it_is_asked_to_end(folder, tmp_path):
    port = free_port()
    key = tmp_path / "key"
    key.write_text("a key in a file")

    with started(*SERVE, str(port), **of(folder), MAATWERKBANK_SECRET_KEY_FILE=str(key)) as process:
        ready = wait_until_ready(process, port)
        home = answer(port, "/")[0]
        by_proxy = answer(port, "/", **{"X-Forwarded-Proto": "https"})[0]
        stranger = answer(port, "/", Host="elsewhere.example")[0]
        process.terminate()
        said, _ = process.communicate(timeout=60)

    assert ready == (200, "ok\n")
    assert (home, by_proxy, stranger) == (301, 302, 400)  # to https; to sign in; refused
    assert said == f"Ready: http://127.0.0.1:{port}\n"
    assert process.returncode == 0


# ── demo ──────────────────────────────────────────────────────────────────────────────────────


def test_the_demo_names_another_port_before_it_makes_anything(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        code, said = ended("demo", "--port", port, "--data", str(tmp_path / "demo"))

    assert code == 2
    assert "error [serve.port-taken]" in said
    assert not (tmp_path / "demo").exists()


@pytest.mark.slow
def test_the_demo_opens_again_and_ends_all_of_it_together(folder):
    port = free_port()
    production = {"DATABASE_URL": "postgresql://nobody@nowhere.example/production"}  # left alone

    with started("demo", "--port", str(port), "--data", str(folder), **production) as process:
        wait_until_ready(process, port)
        sign_in = answer(port, "/inloggen/")[1]
        process.send_signal(signal.SIGTERM)
        said, complaints = process.communicate(timeout=60)

    assert "Projectleider KGG" in sign_in
    assert "openbare reconstructie" in sign_in.lower()
    assert f"Ready: http://127.0.0.1:{port}" in said
    assert (process.returncode, "Traceback" in complaints) == (0, False)
    assert not (folder / "postgresql" / "postmaster.pid").exists()


@pytest.mark.slow
def test_only_the_demo_has_the_people_on_its_sign_in_page(folder):
    port = free_port()

    with started(*SERVE, str(port), **of(folder), **PLAIN_HTTP) as process:
        wait_until_ready(process, port)
        status, sign_in = answer(port, "/inloggen/")

    assert status == 200
    assert "Projectleider KGG" not in sign_in


@pytest.mark.slow
def test_the_key_of_the_demo_is_for_its_owner_only(folder):
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
