# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""Screens about case files and runs. A view finds, asks a service and shows; no more."""
