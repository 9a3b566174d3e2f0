# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking a virus scanner. The scanner here speaks the protocol of ClamAV and knows one word."""

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.documents.samples import lay_down
from tests.web.world import World

from maatwerkbank.web.documents.models import DocumentVersion
from maatwerkbank.web.documents.virus_scan import NoScanner, scan
from maatwerkbank.web.refusals import Unfit


class Scanner(socketserver.StreamRequestHandler):
    """Answers INSTREAM as clamd does: whole content first, then one line."""

    def handle(self) -> None:
        command = self.rfile.read(len(b"zINSTREAM\0"))
        content = b""
        while (size := struct.unpack("!L", self.rfile.read(4))[0]) > 0:
            content += self.rfile.read(size)
        found = b"stream: Proefvirus FOUND\0" if b"VIRUS" in content else b"stream: OK\0"
        self.wfile.write(found if command == b"zINSTREAM\0" else b"UNKNOWN COMMAND\0")


@pytest.fixture(params=["port", "socket"])
def scanner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a scanner that listens."""
    if request.param == "port":
        server: socketserver.BaseServer = socketserver.TCPServer(("127.0.0.1", 0), Scanner)
        address = f"127.0.0.1:{server.server_address[1]}"
    else:
        address = str(tmp_path / "clamd")
        server = socketserver.UnixStreamServer(address, Scanner)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_lets_a_clean_file_pass_and_leaves_it_at_its_start(scanner: str):
    file = io.BytesIO(b"gewone tekst" * 20_000)

    assert list(scan(file, "brief.txt", address=scanner)) == []
    assert file.tell() == 0


def test_it_names_what_the_scanner_found(scanner: str):
    found = list(scan(io.BytesIO(b"een VIRUS"), "brief.txt", address=scanner))

    assert [(each.code, each.place, each.found) for each in found] == [
        ("file.virus", "brief.txt", "Proefvirus")
    ]


def test_it_asks_nobody_where_no_scanner_is_named():
    assert list(scan(io.BytesIO(b"een VIRUS"), "brief.txt", address="")) == []


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nergens/clamd", "geen adres"])
def test_it_refuses_where_the_scanner_does_not_answer(address: str):
    with pytest.raises(NoScanner):
        list(scan(io.BytesIO(b"x"), "brief.txt", address=address))


def test_it_keeps_a_virus_out_of_the_dossier(world: World, scanner: str, settings):
    settings.CLAMD = scanner

    with pytest.raises(Unfit) as refused:
        lay_down(world, name="brief.txt", content=b"een VIRUS")

    assert [finding.code for finding in refused.value.findings] == ["file.virus"]
    assert not DocumentVersion.objects.exists()


def test_it_keeps_everything_out_while_the_scanner_is_silent(world: World, settings):
    settings.CLAMD = "127.0.0.1:1"

    with pytest.raises(NoScanner):
        lay_down(world)

    assert not DocumentVersion.objects.exists()
