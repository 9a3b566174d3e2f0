# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The provider as a process beside the tests, and our application set up to know it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ROOT = Path(__file__).parents[3]


@contextmanager
def running_provider(folder: Path) -> Iterator[str]:
    """The address of a provider that keeps its database in `folder`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    environment = {
        **os.environ,
        "OIDC_PROVIDER_FOLDER": str(folder),
        "OIDC_PROVIDER_PORT": str(_free_port()),
        "OIDC_PROVIDER_KEY": key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    }
    command = [sys.executable, "-m", "tests.web.oidc_provider"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            message = "the provider did not start"
            raise RuntimeError(message)
        yield address
        process.terminate()


def known_provider(address: str) -> dict[str, Any]:
    """What the settings say of it."""
    app = {
        "name": "Rijksportaal",
        "client_id": "maatwerkbank",
        "secret": "a secret between two processes of one test",
        "settings": {
            "server_url": f"{address}/o",
            "oauth_pkce_enabled": True,
            "email_authentication": True,
            "verified_email": [],
        },
    }
    return {"single_sign_on": {"APPS": [app]}}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
