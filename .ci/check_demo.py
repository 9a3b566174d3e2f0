# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does the demo work for somebody who has just installed it?  Ends by itself.

Starts `maatwerkbank demo` in a folder of its own, waits until it answers, signs in as everybody on
the sign-in page, follows some links of every kind that each of them is shown, waits for the
computed runs, and ends it as Ctrl-C does. Prints how long each took; exit code 1 where something
is wrong.
"""

import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener, urlopen


def _free_port() -> int:
    """One on which nothing listens, so that a demo of somebody's own may stay."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


PORT = _free_port()
HOME = f"http://127.0.0.1:{PORT}/"
READY_WITHIN = 60  # [s] after installation
RUNS = 18  # nine cases, with and without the levy
RUNS_WITHIN = 600  # [s] on a machine with one processor
LINKS_OF_A_KIND = 2  # to one screen, of other things
STOPPED_WITHIN = 120  # [s] a run on the way is finished or handed back first
NAME_OF_A_THING = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+")
NOT_FOLLOWED = ("/uitloggen", "/export", "/bestand", "/static/")
ANALYST = "Analist RVO"  # sees the runs of every case


def main() -> int:
    """Everything; 0 where all is well."""
    with tempfile.TemporaryDirectory(prefix="maatwerkbank-demo-") as folder:
        began = time.monotonic()
        with _demo(folder) as process:
            _wait_for(f"{HOME}healthz", process)
            ready = time.monotonic() - began
            print(f"ready to click after {ready:.0f} s")
            people = _people()
            walks = [_Walk(name, code) for name, code in people.items()]
            wrong = [problem for walk in walks for problem in walk.wrong()]
            pages = sum(len(walk.seen) for walk in walks)
            print(f"{len(people)} people signed in and followed {pages} links")
            wrong += _runs(people[ANALYST], began)
        print(f"ended with exit code {process.returncode}")
    if ready > READY_WITHIN:
        wrong.append(f"ready after {ready:.0f} s, and not within {READY_WITHIN} s")
    if len(people) < 10:
        wrong.append(f"only {len(people)} people on the sign-in page")
    if process.returncode != 0:
        wrong.append(f"exit code {process.returncode} after an interrupt")
    for problem in wrong:
        print(f"wrong: {problem}", file=sys.stderr)
    return 1 if wrong else 0


@contextmanager
def _demo(folder: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "maatwerkbank", "demo", "--port", str(PORT), "--data", folder]
    # Whoever runs in the background ignores Ctrl-C, and so would the demo.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, start_new_session=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            print(f"wrong: it did not end within {STOPPED_WITHIN} s", file=sys.stderr)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  # our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"the demo ended by itself, with exit code {process.returncode}")


def _people() -> dict[str, str]:
    """Name and code of everybody on the sign-in page."""
    page = _get(build_opener(HTTPCookieProcessor(CookieJar())), HOME)[1]
    choices = r'<h4>([^<]+)</h4>.*?name="person" value="([^"]+)"'
    return dict(re.findall(choices, page, re.DOTALL))


class _Walk:
    """What one person is shown, page after page."""

    def __init__(self, name: str, code: str) -> None:
        self.name, self.code = name, code
        self.seen = {HOME}
        self.kinds: Counter[str] = Counter()

    def wrong(self) -> Iterator[str]:
        """What is wrong with it."""
        browser, status, page = _signed_in(self.code)
        if status != 200:
            yield f"{self.name}: signing in answers {status}"
            return
        waiting = deque((link, HOME) for link in self._new(page, HOME))
        while waiting:
            link, shown_on = waiting.popleft()
            status, page = _get(browser, link)
            if status != 200:
                yield f"{self.name}: {link}, a link on {shown_on}, answers {status}"
            waiting.extend((each, link) for each in self._new(page, link))

    def _new(self, page: str, address: str) -> Iterator[str]:
        """Links that were not followed yet: a few to each screen, and always the same ones."""
        for link in sorted(_links(page, address) - self.seen):
            kind = NAME_OF_A_THING.sub("", urlsplit(link).path)
            if self.kinds[kind] < LINKS_OF_A_KIND:
                self.kinds[kind] += 1
                self.seen.add(link)
                yield link


def _signed_in(code: str) -> tuple[OpenerDirector, int, str]:
    """A browser in which this person is, and what it shows first."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = _get(browser, HOME)[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    form = urlencode({"csrfmiddlewaretoken": token[1] if token else "", "person": code, "next": ""})
    return browser, *_get(browser, urljoin(HOME, "/inloggen/demo"), form.encode())


def _runs(code: str, began: float) -> Iterator[str]:
    """Wait for the runs that the demo asked for; what is wrong with them."""
    browser = _signed_in(code)[0]
    states: list[str] = ["waiting"]
    while {"waiting", "running"} & set(states):
        if time.monotonic() - began > RUNS_WITHIN:
            yield f"after {RUNS_WITHIN} s {states.count('done')} of {len(states)} runs were done"
            return
        time.sleep(2)
        dossiers = json.loads(_get(browser, f"{HOME}api/v1/dossiers")[1])["items"]
        states = [
            run["state"]
            for dossier in dossiers
            for run in json.loads(
                _get(browser, f"{HOME}api/v1/dossiers/{dossier['code']}/runs")[1]
            )["items"]
        ]
    print(f"{len(states)} runs computed after {time.monotonic() - began:.0f} s")
    if states.count("done") != RUNS:
        yield f"{states.count('done')} runs are done, not {RUNS}: {states}"


def _links(page: str, address: str) -> set[str]:
    found = {
        urldefrag(urljoin(address, html.unescape(link)))[0]
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page)
    }
    return {
        link
        for link in found
        if link.startswith(HOME) and not any(part in link for part in NOT_FOLLOWED)
    }


def _get(browser: OpenerDirector, address: str, form: bytes | None = None) -> tuple[int, str]:
    try:
        answer: HTTPResponse = browser.open(address, form, timeout=30)
    except HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")
    with answer:
        return answer.status, answer.read().decode("utf-8", "replace")


if __name__ == "__main__":
    sys.exit(main())
