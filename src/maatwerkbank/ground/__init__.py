# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""What everything stands on: errors, findings, documents, units, years, receipts."""
