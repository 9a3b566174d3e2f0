# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A program of its own, with settings of its own: nothing here is a test."""

collect_ignore_glob = ["*.py"]
