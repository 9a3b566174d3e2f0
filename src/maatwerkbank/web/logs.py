# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a log tells of a failure: where and of which kind, never what it was about.

Takes     records of Python's logging, with or without an exception.
Gives     one line, and below it the road of the exception: files, lines, kinds of exception.
Leaves    out the message of every exception. PostgreSQL puts the refused row in it, a parser the
          text it stumbled over: content of dossiers, which is not for who reads logs.

Who did what is not in a log but in the database: history, decisions, and who looked.
"""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# A worker that cannot reach its database fails again and again, each time because of the last one.
MOST_IN_A_CHAIN = 20


class Line(logging.Formatter):
    """One line per record; of exceptions the road only."""

    def formatException(self, ei: Raised) -> str:  # noqa: N802  (the name is logging's)
        """The road of the exception and of those that it came from, the first one first."""
        return "\n".join(_road(ei[1]))


def _road(error: BaseException | None) -> Iterator[str]:
    chain: list[BaseException] = []
    # A chain may lead back into itself.
    while error is not None and all(error is not each for each in chain):
        if len(chain) == MOST_IN_A_CHAIN:
            yield "  earlier ones left out"
            yield "then:"
            break
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for n, each in enumerate(reversed(chain)):
        if n > 0:
            yield "then:"
        for frame in traceback.extract_tb(each.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        yield f"  {type(each).__module__}.{type(each).__qualname__}"


class NoReport(ExceptionReporter):
    """Where Django would mail settings, variables and bodies: the road only."""

    def __init__(self, request: HttpRequest | None, *raised: Any, **more: Any) -> None:
        super().__init__(request, *raised, **more)

    def get_traceback_text(self) -> SafeString:
        """The road of the exception."""
        return SafeString("\n".join(_road(self.exc_value)))

    def get_traceback_html(self) -> SafeString:
        """The same: mail needs no markup."""
        return self.get_traceback_text()
