# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of `execution`."""

from tests.web.walk.asked import Asked

ANSWERS: dict[str, tuple[Asked, ...]] = {}
