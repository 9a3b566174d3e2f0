# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tutorial notebook runs from top to bottom, and is stored without what it printed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "tutorials" / "notebook.ipynb"


@pytest.fixture
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


def test_the_notebook_is_stored_without_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]

    assert len(code) > 10
    assert [cell.id for cell in code if cell.outputs or cell.execution_count] == []


@pytest.mark.slow
# The kernel client opens its own event loop and sockets, and warns of them; not of our code.
@pytest.mark.filterwarnings("default")
def test_the_notebook_runs_from_top_to_bottom(notebook):
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}})

    client.execute()

    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert last.outputs[-1].data["text/plain"].strip("'").isalnum()
