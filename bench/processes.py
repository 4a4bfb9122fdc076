"""Whole processes measured: the seconds that one core worked for them, and their largest memory."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one process took: seconds of the processor (its own and its children's), megabytes."""

    seconds: float
    megabytes: float


def run_on_one_core(
    command: Sequence[str], before: Callable[[], object] = lambda: None, *, folder: Path | None = None
) -> Run:
    """Run a command on one core; `before` is called first. A command that fails is an error."""
    before()
    core = min(os.sched_getaffinity(0))
    pinned = (
        "import os, sys; os.sched_setaffinity(0, {int(sys.argv[1])}); os.execvp(sys.argv[2], sys.argv[2:])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", pinned, str(core), *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment(),
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def environment() -> dict[str, str]:
    """That of this process, but what is imported is kept compiled, as in an installed package."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def median_of(rounds: Sequence[Run]) -> Run:
    """The median of the seconds, the largest of the memory."""
    return Run(statistics.median(one.seconds for one in rounds), max(one.megabytes for one in rounds))
