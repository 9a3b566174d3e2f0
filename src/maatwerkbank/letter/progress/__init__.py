# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The progress letter to Parliament, made of what is public on a day."""

from maatwerkbank.letter.progress.letter import ProgressLetter, progress_letter

__all__ = ["ProgressLetter", "progress_letter"]
