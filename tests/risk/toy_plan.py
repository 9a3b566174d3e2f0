# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan and work of a few numbers, in a module that a worker process can import by its name."""

import os
import threading
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from maatwerkbank.ground.errors import NoValueOnDate
from maatwerkbank.risk.blocks import Tables, Task

# The blocks that this process has started, in order.
started: list[str] = []


@dataclass(frozen=True)
class ToyPlan:
    """Sums of sines; `bytes_a_block` is what a block says it takes."""

    number: str = "0123456789abcdef"
    bytes_a_block: int = 100

    tables = ("draws", "projects")

    def as_json(self) -> dict[str, Any]:
        return {"what": "a toy"}

    def result_bytes(self, _task: Task) -> int:
        return self.bytes_a_block

    def working_bytes(self, _task: Task) -> int:
        return self.bytes_a_block


def sines(_plan: ToyPlan, task: Task) -> Tables:
    """Numbers whose last bits tell when one of them was made in another way."""
    started.append(task.name)
    projects = np.arange(task.first_project, task.first_project + task.n_projects)
    draws = np.arange(task.first_draw, task.first_draw + task.n_draws)
    values = np.sin(1.0 + projects[:, np.newaxis] * 1e-3 + draws * 1e-5 + len(task.law))
    return {
        "draws": {"draw": draws, "sum": values.sum(axis=0)},
        "projects": {
            "law": np.full(len(projects), task.law, dtype=object),
            "project": projects,
            "mean": values.mean(axis=1),
        },
    }


def slow_sines(plan: ToyPlan, task: Task) -> Tables:
    """The same, slow enough for something to happen on the way."""
    time.sleep(0.2)
    return sines(plan, task)


def refused(_plan: ToyPlan, _task: Task) -> Tables:
    """A mistake that the work finds, of a class with arguments of its own."""
    raise NoValueOnDate("co2_heffing/tarief", 2040, "2025-06-30", "it ends in 2030")


def deadly(_plan: ToyPlan, _task: Task) -> Tables:
    """Kills the process that it is done in, unless that is the one of the tests."""
    assert threading.current_thread() is not threading.main_thread()
    os._exit(1)


def ragged(plan: ToyPlan, task: Task) -> Tables:
    """A table whose columns differ in length."""
    tables = {name: dict(columns) for name, columns in sines(plan, task).items()}
    tables["draws"]["sum"] = tables["draws"]["sum"][1:]
    return tables
