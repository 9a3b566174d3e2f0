# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens about dossiers, one module per page. A view finds, asks a service, and shows."""
