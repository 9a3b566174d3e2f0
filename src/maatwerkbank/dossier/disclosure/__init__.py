# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests for disclosure (Woo): terms, grounds, judgement per passage, inventory, redaction."""
