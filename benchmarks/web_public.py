# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many requests a second does the public page answer from two processes, and what bounds it?

Takes     an empty database; fills it with the public record; two workers as `serve` has them.
Gives     a row: the time of a request over both processes together, under a load of CONNECTIONS
          that stay open; other: an application that says "hello" in the same server.
Leaves    the network. The load runs in a process of its own and takes its share of the processors.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from gunicorn.app.base import BaseApplication
from stopwatch import Row

from maatwerkbank.web.server import server_settings

WORKERS, CONNECTIONS, SECONDS, WARM_UP = 2, 32, 5.0, 1.0
AT_MOST_MS = 1.0  # 1,000 requests a second
PATH = "/openbaar/"
FILL = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from maatwerkbank.web.demo.public_record import load_public_record; load_public_record()
"""


def row(environment: dict[str, str]) -> Row:
    """The answer, with the database that the environment names."""
    python = [sys.executable, "-W", "ignore"]
    subprocess.run([*python, "-c", FILL], env=environment, check=True)
    port = free_port()
    serve = ["-m", "maatwerkbank", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with served([*python, *serve], port, environment):
        ours = asked(port)
    port = free_port()
    with served([*python, str(Path(__file__)), "hello", str(port)], port, environment):
        hello = asked(port)
    return Row(
        question=f"public page from {WORKERS} processes, {ours:,.0f} requests/s "
        f"(the server alone: {hello:,.0f}); time of a request",
        ours=1000 / ours,
        other=1000 / hello,
        unit="ms",
        ratio=ours / hello,
        memory_mb=0.0,
        at_most=AT_MOST_MS,
    )


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def served(command: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A server that answers, until the end."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def asked(port: int) -> float:
    """Requests a second, asked from a process of its own."""
    told = subprocess.run(
        [sys.executable, str(Path(__file__)), "ask", str(port)], check=True, stdout=subprocess.PIPE
    )
    return float(json.loads(told.stdout))


# ── in processes of their own ─────────────────────────────────────────────────────────────────


def say_hello(port: int) -> None:
    """The same server, with an application that does nothing."""

    def hello(_: object, start: Callable[..., object]) -> list[bytes]:
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in server_settings("127.0.0.1", port, WORKERS, lambda: None).items():
                self.cfg.set(name, value)

        def load(self) -> object:
            return hello

    Server().run()


async def ask(port: int) -> float:
    """Requests a second over connections that stay open; anything but 200 ends it."""
    request = (f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n").encode()
    begin = time.perf_counter() + WARM_UP
    end, counted = begin + SECONDS, 0

    async def reader() -> None:
        nonlocal counted
        while time.perf_counter() < end:
            incoming, outgoing = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while time.perf_counter() < end:
                    outgoing.write(request)
                    head = await incoming.readuntil(b"\r\n\r\n")
                    if b" 200 " not in head.partition(b"\r\n")[0]:
                        raise RuntimeError(head.decode())
                    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r")[0])
                    await incoming.readexactly(length)
                    counted += time.perf_counter() >= begin
            outgoing.close()

    await asyncio.gather(*(reader() for _ in range(CONNECTIONS)))
    return counted / SECONDS


if __name__ == "__main__":
    what, port = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if what == "hello":
        say_hello(port)
    elif what == "ask":
        print(json.dumps(asyncio.run(ask(port))))
    else:
        print(json.dumps(row(dict(os.environ)).as_json(), indent=2))
