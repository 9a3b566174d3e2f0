# SPDX-FileCopyrightText: The Maatwerkbank contributors
# SPDX-License-Identifier: EUPL-1.2
"""How does a run that is too large for one piece get done, here or on a cluster, and resumed?

Takes     a frozen plan, tasks (law x projects x draws), and the work: a pure function of the two.
Gives     the tables of every block, in memory or as Parquet parts in a folder that is resumed.
Leaves    what the work computes to the caller, and encrypted connections to dask's own settings.

A block depends on the plan and its task only, and parts are put together in the order of the
tasks. So threads, workers, resuming and the order of finishing change no byte.
"""

import asyncio
import concurrent.futures
import json
import os
import pickle
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from maatwerkbank.ground.errors import MaatwerkError, ShapeError
from maatwerkbank.ground.receipt import code_sha256, numeric_platform

Columns = Mapping[str, NDArray[Any]]
Tables = Mapping[str, Columns]
Progress = Callable[[int, int], None]

FORMAT = "maatwerkbank-blocks-1"
MANIFEST = "manifest.json"
INSTALL = 'pip install "maatwerkbank[cluster]"'
# Two blocks a thread: one that runs and one that waits, so that a thread never does.
BLOCKS_PER_THREAD = 2
RETRIES = 2
CONNECT_SECONDS = 20.0
# A killed worker is started again by its nanny within seconds.
PATIENCE_SECONDS = 60.0
_MEMORY_UNKNOWN = 4 * 1024**3


class BlocksError(MaatwerkError):
    """A run in blocks cannot start, or cannot go on."""

    code = "blocks"


class RunStopped(BlocksError):
    """The person at the keyboard stopped the run; what was finished is kept."""

    code = "blocks.stopped"


@dataclass(frozen=True, order=True)
class Task:
    """One block: some projects in some draws under one law. Depends on no other block."""

    law: str
    first_project: int
    n_projects: int
    first_draw: int
    n_draws: int

    @property
    def name(self) -> str:
        """Name of its parts: law, then the first and last project, then the first and last draw."""
        projects = f"{self.first_project:06d}_{self.first_project + self.n_projects - 1:06d}"
        draws = f"{self.first_draw:06d}_{self.first_draw + self.n_draws - 1:06d}"
        return f"part-{self.law}-{projects}-{draws}"


class Plan(Protocol):
    """What all blocks of a run share. It is frozen, and can be pickled."""

    @property
    def number(self) -> str:
        """The number of its receipt: the same number, the same bytes."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that every block gives."""

    def as_json(self) -> dict[str, Any]:
        """What the manifest tells about the run."""

    def result_bytes(self, task: Task) -> int:
        """Memory that the tables of a block take."""

    def working_bytes(self, task: Task) -> int:
        """Memory that a block takes while it is worked on, its tables included."""


P = TypeVar("P", bound=Plan)


@dataclass(frozen=True)
class Blocks:
    """All blocks of a finished run, in memory or in a folder."""

    tasks: tuple[Task, ...]
    _held: Mapping[Task, Tables]
    _folder: "Folder | None"

    def tables(self, task: Task) -> Tables:
        """The tables of one block, each a mapping from column to array.

        Raises
        ------
        BlocksError   the part was broken or taken away after the run
        """
        if self._folder is None:
            return self._held[task]
        found = self._folder.read(task)
        if found is None:
            raise BlocksError(
                f"{task.name} in {self._folder.path} is broken or gone.",
                remedy="run the same command again: only what is missing is done again",
            )
        return found


def tasks_of(
    laws: Sequence[str],
    chunks: Sequence[tuple[int, int]],
    n_draws: int,
    *,
    draws_per_block: int,
) -> tuple[Task, ...]:
    """Law x chunk of projects x range of at most `draws_per_block` draws, in that order.

    Parameters
    ----------
    chunks : (first project, number of projects) of each chunk

    Raises
    ------
    ShapeError    nothing to do: no law, no project, no draw, or blocks without draws

    >>> [task.name for task in tasks_of(["a"], [(0, 5)], 3, draws_per_block=2)]
    ['part-a-000000_000004-000000_000001', 'part-a-000000_000004-000002_000002']
    """
    if not laws or not chunks or n_draws < 1 or draws_per_block < 1:
        raise ShapeError(
            f"there is nothing to compute: {len(laws)} laws, {len(chunks)} chunks of projects, "
            f"{n_draws} draws in blocks of {draws_per_block}.",
            remedy="give at least one law, one project and one draw",
        )
    return tuple(
        Task(law, project, n_projects, draw, n)
        for law in laws
        for project, n_projects in chunks
        for draw, n in even_parts(n_draws, draws_per_block)
    )


def even_parts(n: int, most: int) -> list[tuple[int, int]]:
    """`n` things in as few parts of at most `most` as there can be: (first, how many) of each.

    Parts differ by one at most, so that no worker waits for another one's remainder.

    >>> even_parts(10, 4)
    [(0, 4), (4, 3), (7, 3)]
    """
    n_parts = -(-n // most)
    size, longer = divmod(n, n_parts)
    firsts = [part * size + min(part, longer) for part in range(n_parts + 1)]
    return [(first, after - first) for first, after in pairwise(firsts)]


def run_blocks(
    plan: P,
    tasks: Sequence[Task],
    work: Callable[[P, Task], Tables],
    *,
    out: Path | None = None,
    cluster: str | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
    memory: int | None = None,
) -> Blocks:
    """Every block, done here or on a cluster.

    Parameters
    ----------
    work : a function at the top of a module: a worker imports it by its name. It frees the
        interpreter while it computes (numpy and numba do), else threads wait for each other.
    out : each finished block is written here at once. Blocks of the same receipt that lie here
        already are not done again. One run at a time in a folder.
    cluster : address of a dask scheduler; the same version must be installed on its workers
    threads : here, not on the cluster; every processor if left out
    progress : called with (done, total), also for what lies in `out` already
    memory : bytes that may be used; what the machine has free if left out

    Raises
    ------
    ShapeError    no task, a task twice, or a law whose name cannot be part of a file name
    BlocksError   it would not fit in memory; pyarrow or distributed is absent; another run lies
                  in `out`; no scheduler or no worker answers; workers die on one block
    RunStopped    Ctrl-C: no half part is left, and the finished ones are kept
    """
    _check_tasks(tasks)
    n_threads = _threads(threads)
    _check_memory(plan, tasks, n_threads, is_streamed=out is not None, memory=memory)
    folder = None if out is None else Folder(out, plan, tasks)
    held: dict[Task, Tables] = {}
    done = set() if folder is None else {task for task in tasks if folder.read(task) is not None}
    tell = progress or _silent
    tell(len(done), len(tasks))
    to_do = [task for task in tasks if task not in done]
    with _stoppable(done, tasks, out):
        finished = (
            _on_cluster(plan, to_do, work, cluster)
            if cluster
            else _locally(plan, to_do, work, n_threads)
        )
        with closing(finished):
            for task, tables in finished:
                if folder is None:
                    held[task] = tables
                else:
                    folder.write(task, tables)
                done.add(task)
                tell(len(done), len(tasks))
        if folder is not None:
            folder.close()
    return Blocks(tuple(tasks), held, folder)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@contextmanager
def _stoppable(done: set[Task], tasks: Sequence[Task], out: Path | None) -> Iterator[None]:
    """Ctrl-C becomes a message that says what is kept, and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise RunStopped(
            f"stopped after {len(done)} of {len(tasks)} blocks; "
            + (f"they are kept in {out}." if out else "nothing is kept."),
            remedy="run the same command again: it goes on from there"
            if out
            else "name a folder with --out, so that a run can go on where it stopped",
        ) from None


def compiled_platform() -> str:
    """Where bits may differ: besides numpy, the compiler and the processor it compiles for."""
    import numba  # noqa: PLC0415  (slow)
    from llvmlite import binding  # noqa: PLC0415

    return f"{numeric_platform()}-numba-{numba.__version__}-{binding.get_host_cpu_name()}"


# --- before any work ---------------------------------------------------------------------------


def _check_tasks(tasks: Sequence[Task]) -> None:
    if not tasks:
        raise ShapeError("there is no task.", remedy="give at least one block to compute")
    if len(set(tasks)) != len(tasks):
        twice = next(task for n, task in enumerate(tasks) if task in tasks[:n])
        raise ShapeError(f"{twice.name} is asked for twice.", remedy="name each block once")
    unfit = [task.law for task in tasks if not re.fullmatch(r"[a-z0-9_]+", task.law)]
    if unfit:
        raise ShapeError(
            f"'{unfit[0]}' cannot be part of the name of a file.",
            remedy="name a law with lower-case letters, digits and underscores",
        )


def _threads(threads: int | None) -> int:
    if threads is None:
        return os.cpu_count() or 1
    if threads < 1:
        raise ShapeError(f"{threads} threads do no work.", remedy="give 1 or more")
    return threads


def _check_memory(
    plan: Plan, tasks: Sequence[Task], n_threads: int, *, is_streamed: bool, memory: int | None
) -> None:
    """Refuse what cannot fit, with both numbers, before anything is computed."""
    free = free_memory() if memory is None else memory
    working = max(plan.working_bytes(task) for task in tasks) * n_threads
    results = [plan.result_bytes(task) for task in tasks]
    waiting = BLOCKS_PER_THREAD * n_threads * max(results)
    kept = waiting if is_streamed else sum(results)
    if working + kept <= free:
        return
    projects = max(task.first_project + task.n_projects for task in tasks)
    draws = max(task.first_draw + task.n_draws for task in tasks)
    laws = len({task.law for task in tasks})
    fits_streamed = not is_streamed and working + waiting <= free
    raise BlocksError(
        f"{projects:,} projects x {draws:,} draws x {laws} laws need {(working + kept) / 1e9:.3g} "
        f"GB ({kept / 1e9:.3g} GB of results, {working / 1e9:.3g} GB for {n_threads} blocks at "
        f"work); {free / 1e9:.3g} GB is free.",
        remedy="name a folder with --out: blocks are then written as they finish"
        if fits_streamed
        else "use fewer threads or smaller blocks",
    )


def free_memory() -> int:
    """Memory that this process may still take [bytes]: of the machine, or of its container."""
    return min([*_of_the_machine(), *_of_the_container()], default=_MEMORY_UNKNOWN)


def _of_the_machine() -> Iterator[int]:
    with suppress(OSError):
        told = Path("/proc/meminfo").read_text("ascii")
        found = re.search(r"^MemAvailable:\s+(\d+) kB$", told, re.MULTILINE)
        if found:
            yield int(found[1]) * 1024
            return
    # Not Linux: all that the machine has, if it says so.
    with suppress(AttributeError, OSError, ValueError):
        yield os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _of_the_container() -> Iterator[int]:
    group = Path("/sys/fs/cgroup")
    with suppress(OSError, ValueError):  # the limit may read `max`: no number, no limit
        limit = int((group / "memory.max").read_text("ascii"))
        yield limit - int((group / "memory.current").read_text("ascii"))


# --- here --------------------------------------------------------------------------------------


def _locally(
    plan: P, tasks: Iterable[Task], work: Callable[[P, Task], Tables], n_threads: int
) -> Generator[tuple[Task, Tables], None, None]:
    """Blocks as they finish, with a bounded number under way."""
    waiting = iter(tasks)
    pool = concurrent.futures.ThreadPoolExecutor(n_threads, thread_name_prefix="block")
    try:
        first = islice(waiting, BLOCKS_PER_THREAD * n_threads)
        running = {pool.submit(work, plan, task): task for task in first}
        while running:
            ended, _ = concurrent.futures.wait(
                running, return_when=concurrent.futures.FIRST_COMPLETED
            )
            for future in ended:
                task = running.pop(future)
                tables = future.result()
                running |= {pool.submit(work, plan, more): more for more in islice(waiting, 1)}
                yield task, tables
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


# --- on a cluster ------------------------------------------------------------------------------


def _on_cluster(
    plan: P, tasks: Sequence[Task], work: Callable[[P, Task], Tables], address: str
) -> Generator[tuple[Task, Tables], None, None]:
    """Blocks as they finish on the workers. A block of a worker that dies is done elsewhere."""
    distributed = _needed("distributed", "to compute on a cluster")
    if not tasks:
        return
    with _connected(distributed, address) as client:
        # A task and not scattered data: when the only worker that holds the plan dies, the
        # scheduler can make it again.
        shared = client.submit(_as_it_is, plan, pure=False, retries=RETRIES)
        waiting = iter(tasks)
        running: dict[Any, Task] = {}

        def start() -> None:
            room = BLOCKS_PER_THREAD * max(1, _threads_of(client)) - len(running)
            for task in islice(waiting, max(0, room)):
                future = client.submit(
                    _on_a_worker,
                    work,
                    shared,
                    task,
                    code_sha256(),
                    compiled_platform(),
                    pure=False,
                    retries=RETRIES,
                )
                running[future] = task

        try:
            start()
            while running:
                for future in _ended(distributed, client, list(running)):
                    task = running.pop(future)
                    tables = _result(distributed, future, task)
                    start()
                    yield task, tables
        finally:
            # A scheduler that is gone has nothing left to cancel.
            with suppress(OSError, TimeoutError, RuntimeError):
                client.cancel([*running, shared])


def _as_it_is(plan: P) -> P:
    """The plan, as the outcome of a task."""
    return plan


def _on_a_worker(
    work: Callable[[P, Task], Tables], plan: P, task: Task, code: str, platform: str
) -> bytes:
    """One block, if this worker computes the same bits as whoever asks for it.

    As one string of bytes: dask would send every column as a message of its own.
    """
    ours = (code_sha256()[:16], compiled_platform())
    if ours != (code[:16], platform):
        raise BlocksError(
            f"a worker runs code {ours[0]} on {ours[1]}, and this machine {code[:16]} on "
            f"{platform}: their bits may differ.",
            remedy="install the same versions on every worker, on processors of the same kind",
        )
    try:
        return pickle.dumps(work(plan, task))
    except MaatwerkError as error:
        # Errors with arguments of their own do not survive the way back; these words do.
        raise BlocksError(error.what, remedy=error.remedy) from None


@contextmanager
def _connected(distributed: Any, address: str) -> Iterator[Any]:
    """A client of the scheduler, with at least one worker behind it."""
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise BlocksError(
            f"no dask scheduler answers at {address}: {error}",
            remedy="start one with `dask scheduler`, and name the address that it prints",
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError:
            raise _no_worker(address) from None
        yield client


def _threads_of(client: Any) -> int:
    """How many threads all workers have together at this moment."""
    try:
        return sum(client.nthreads().values())
    except (OSError, TimeoutError):
        raise _lost() from None


def _no_worker(address: str) -> BlocksError:
    return BlocksError(
        f"the scheduler at {address} has no worker.",
        remedy=f"start one with `dask worker {address}`, then run the same command again",
    )


def _ended(distributed: Any, client: Any, futures: list[Any]) -> list[Any]:
    """The futures that ended, at least one. Without any worker for too long, an error."""
    address = client.scheduler.address
    alone = 0
    while True:
        try:
            with client.as_current():
                ended = distributed.wait(
                    futures, timeout=PATIENCE_SECONDS / 2, return_when="FIRST_COMPLETED"
                )
        except TimeoutError:
            alone = 0 if _threads_of(client) else alone + 1
            if alone == 2:
                raise _no_worker(address) from None
        except (asyncio.CancelledError, concurrent.futures.CancelledError):
            raise _lost() from None
        else:
            return list(ended.done)


def _result(distributed: Any, future: Any, task: Task) -> Tables:
    try:
        # From a worker that runs what we send it, over the connection that dask pickles over too.
        tables: Tables = pickle.loads(future.result())  # noqa: S301
    except distributed.scheduler.KilledWorker:
        raise BlocksError(
            f"workers died one after another on {task.name}.",
            remedy="give workers more memory, or use smaller blocks; then run the command again",
        ) from None
    except (asyncio.CancelledError, concurrent.futures.CancelledError):
        raise _lost() from None
    return tables


def _lost() -> BlocksError:
    return BlocksError(
        "the connection to the scheduler is lost.",
        remedy="start the scheduler again and run the same command: parts in --out are kept",
    )


def _needed(module: str, why: str) -> Any:
    """A module that not everybody installs."""
    try:
        return import_module(module)
    except ImportError:
        raise BlocksError(f"{module} is needed {why}.", remedy=f"install it: {INSTALL}") from None


# --- parts in a folder -------------------------------------------------------------------------


class Folder:
    """Parquet parts of one run: `<table>/part-<law>-<projects>-<draws>.parquet`, and a manifest.

    A table has a folder of its own, so that any reader of Parquet can open it as one data set.
    """

    def __init__(self, path: Path, plan: Plan, tasks: Sequence[Task]) -> None:
        self.path = path
        self._arrow = _needed("pyarrow", "to write blocks to a folder")
        self._parquet = _needed("pyarrow.parquet", "to write blocks to a folder")
        self._number = plan.number
        self._manifest = {
            "format": FORMAT,
            "receipt": plan.number,
            "plan": plan.as_json(),
            "parts": [task.name for task in tasks],
        }
        self._tables = plan.tables
        self._claim()

    def _claim(self) -> None:
        """Make the folder ours, or find that it is already."""
        self.path.mkdir(parents=True, exist_ok=True)
        if any(self.path.iterdir()):
            self._check_manifest()
        else:
            self._write_manifest(is_complete=False)

    def _check_manifest(self) -> None:
        """Another run, or something that is no run, is left alone."""
        elsewhere = "name another folder with --out, or remove this one"
        try:
            found = json.loads((self.path / MANIFEST).read_text("utf-8"))
            there = {name: found[name] for name in ("format", "receipt", "parts")}
        except (OSError, ValueError, KeyError, TypeError):
            raise BlocksError(
                f"{self.path} is not empty and holds no legible {MANIFEST}.", remedy=elsewhere
            ) from None
        ours = {name: self._manifest[name] for name in there}
        if there != ours:
            raise BlocksError(
                f"{self.path} holds the run with receipt {there['receipt']} in "
                f"{len(there['parts'])} parts, and this run has receipt {ours['receipt']} in "
                f"{len(ours['parts'])}.",
                remedy=elsewhere,
            )

    def _write_manifest(self, *, is_complete: bool) -> None:
        content = {**self._manifest, "complete": is_complete}
        spelled = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        with _whole(self.path / MANIFEST) as half:
            half.write_text(spelled, "utf-8")

    def close(self) -> None:
        """All parts are there."""
        self._write_manifest(is_complete=True)

    def write(self, task: Task, tables: Tables) -> None:
        """All tables of a block, each at once or not at all."""
        for name in self._tables:
            columns = tables[name]
            lengths = {column: len(values) for column, values in columns.items()}
            if len(set(lengths.values())) != 1:
                raise ShapeError(
                    f"the columns of {name} in {task.name} differ in length: {lengths}.",
                    remedy="give every column of a table a value in every row",
                )
            arrow = self._arrow.table(dict(columns)).replace_schema_metadata(
                {FORMAT: self._label(task)}
            )
            place = self._place(name, task)
            place.parent.mkdir(exist_ok=True)
            with _whole(place) as half:
                self._parquet.write_table(arrow, half, compression="zstd", write_page_checksum=True)

    def read(self, task: Task) -> Tables | None:
        """The tables of a block; None where a part is absent, broken or of another run."""
        tables: dict[str, Columns] = {}
        for name in self._tables:
            columns = self._read_table(name, task)
            if columns is None:
                return None
            tables[name] = columns
        return tables

    def _read_table(self, name: str, task: Task) -> Columns | None:
        place = self._place(name, task)
        try:
            with self._parquet.ParquetFile(place, page_checksum_verification=True) as part:
                table = part.read()
        except (OSError, self._arrow.ArrowException):
            return None
        label = (table.schema.metadata or {}).get(FORMAT.encode(), b"").decode()
        if label != self._label(task):
            return None
        return {column: np.asarray(table[column].to_numpy()) for column in table.column_names}

    def _place(self, table: str, task: Task) -> Path:
        return self.path / table / f"{task.name}.parquet"

    def _label(self, task: Task) -> str:
        """What a part says about itself."""
        return json.dumps({"receipt": self._number, **asdict(task)}, sort_keys=True)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file that is there whole or not at all, also when the power fails.

    A half file of a killed run has the same name each time: the next run writes over it.
    """
    half = path.with_name(f".{path.name}.half")
    try:
        yield half
        with half.open("rb+") as written:
            os.fsync(written.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
