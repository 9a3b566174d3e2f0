# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does this file hold a virus? Asked of ClamAV, where the one who runs the server has named one.

Takes     MAATWERKBANK_CLAMD: `host:port`, or the path of a socket. Absent: nothing is asked.
Gives     a finding where something was found; a refusal where the scanner is named and silent.
Leaves    updating the scanner to whoever runs it.
"""

import socket
import struct
from collections.abc import Iterator
from typing import IO

from maatwerkbank.ground.findings import Finding
from maatwerkbank.ground.language import Text
from maatwerkbank.web.refusals import Conflict

PIECE = 64 * 1024  # [bytes]
PATIENCE = 60.0  # [s]


class NoScanner(Conflict):
    """A virus scanner is named and does not answer: then nothing comes in."""

    code = "file.no-scanner"

    def __init__(self, reason: str) -> None:
        super().__init__(
            Text(
                nl=f"Het bestand kan niet op virussen worden gecontroleerd ({reason}).",
                en=f"The file cannot be checked for viruses ({reason}).",
            ),
            remedy=Text(
                nl="probeer het later nog eens, of waarschuw de beheerder",
                en="try again later, or tell the administrator",
            ),
        )


def scan(file: IO[bytes], name: str, *, address: str) -> Iterator[Finding]:
    """Ask the scanner at `address` about the file; an empty address asks nobody.

    Raises
    ------
    NoScanner   it does not answer, or not as a scanner does
    """
    if not address:
        return
    answer = _ask(file, address)
    if answer.endswith("FOUND"):
        virus = answer.removeprefix("stream: ").removesuffix(" FOUND")
        yield _virus(name, virus)
    elif answer != "stream: OK":
        raise NoScanner(answer or "-")


def _ask(file: IO[bytes], address: str) -> str:
    """The answer of clamd to the whole file (its command INSTREAM)."""
    file.seek(0)
    try:
        with _connect(address) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            while piece := file.read(PIECE):
                scanner.sendall(struct.pack("!L", len(piece)) + piece)
            scanner.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and (piece := scanner.recv(4096)):
                answer += piece
    except (OSError, ValueError) as error:
        raise NoScanner(str(error)) from error
    finally:
        file.seek(0)
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _connect(address: str) -> socket.socket:
    if "/" not in address:
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=PATIENCE)
    scanner = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    scanner.settimeout(PATIENCE)
    try:
        scanner.connect(address)
    except OSError:
        scanner.close()
        raise
    return scanner


def _virus(name: str, virus: str) -> Finding:
    return Finding(
        "error",
        "file.virus",
        name,
        Text(nl="een schoon bestand", en="a clean file"),
        virus,
        Text(
            nl="open het niet, en waarschuw de beveiliging van uw organisatie",
            en="do not open it, and tell the security staff of your organisation",
        ),
    )
