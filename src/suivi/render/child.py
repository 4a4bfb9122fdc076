"""Drawing in a child process: a memory limit, UTC, our fonts, nothing of the settings and their secrets.

`run_child` starts `python -m MODULE`, writes one task as JSON to its input and reads the files that it gives
back. The module answers with `answer`, which sets the limit before it draws.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from suivi.values.errors import SuiviError
from suivi.values.messages import gettext_noop

PATIENCE = 120  # seconds
_LONGEST_HEAD = 1_000_000  # bytes of the line with the lengths of the files

_TOO_SLOW = gettext_noop("The document could not be drawn: it took longer than %(seconds)s seconds.")
_TOO_LARGE = gettext_noop("The document could not be drawn: it needs more than %(megabytes)s MB of memory.")
_FAULT = gettext_noop("The document could not be drawn: %(reason)s.")
_HINT = gettext_noop("Ask for a smaller part of the plan, or for HTML.")
_NO_FONTS = str(Path(__file__).parent / "templates" / "no-system-fonts.xml")


class RenderingFailed(SuiviError):  # noqa: N818  the name is what happened
    """A document or a chart could not be drawn: too large for the limits, or a fault of ours."""


class Fault(Exception):  # noqa: N818  the name is what happened
    """What went wrong in the child, in a line; raised by what draws there."""


def run_child(module: str, task: dict[str, Any], *, memory: int, patience: float = PATIENCE) -> list[bytes]:
    """The files that a module of ours gives back for a task, with so many bytes of memory and seconds.

    Raises RenderingFailed.
    """
    command = [sys.executable, "-m", module, str(memory)]
    try:
        done = subprocess.run(  # our own interpreter and module
            command, input=json.dumps(task).encode(), capture_output=True, timeout=patience,
            env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(_TOO_SLOW, {"seconds": int(patience)}, _HINT) from error
    if done.returncode != 0:
        raise _failed_in_child(done, memory)
    return list(_files(memoryview(done.stdout)))


def answer(
    draw: Callable[[dict[str, Any]], Iterable[bytes]], limited: Literal["address space", "data"]
) -> int:
    """The child: the limit first, then one task. Gives the exit code.

    `draw` imports what it needs itself, under the limit. "data" is for engines that reserve far more address
    space than they ever use.
    """
    import resource

    limit = int(sys.argv[1])
    kind = resource.RLIMIT_AS if limited == "address space" else resource.RLIMIT_DATA
    resource.setrlimit(kind, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        files = list(draw(json.loads(sys.stdin.buffer.read())))
    except Fault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    # A line with their lengths, then the files as they are: a large one is not copied about.
    sys.stdout.buffer.write(json.dumps([len(file) for file in files]).encode() + b"\n")
    for file in files:
        sys.stdout.buffer.write(file)
    sys.stdout.buffer.flush()
    return 0


def _files(answered: memoryview) -> Iterator[bytes]:
    head = bytes(answered[:_LONGEST_HEAD]).partition(b"\n")[0]
    at = len(head) + 1
    for length in json.loads(head):
        yield bytes(answered[at : at + length])
        at += length


def _environment() -> dict[str, str]:
    """What the child needs to find Python and this package, and nothing of the settings or their secrets."""
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
    fixed = {
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "RAYON_NUM_THREADS": "2",  # the same use of memory on every machine
        "MALLOC_ARENA_MAX": "2",
        "FONTCONFIG_FILE": _NO_FONTS,  # those of the machine play no part
    }
    return {name: os.environ[name] for name in kept if name in os.environ} | fixed


def _failed_in_child(done: subprocess.CompletedProcess[bytes], memory: int) -> RenderingFailed:
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode < 0 or "memory allocation" in said or "MemoryError" in said:
        return RenderingFailed(_TOO_LARGE, {"megabytes": memory >> 20}, _HINT)
    reason = said.splitlines()[-1] if said else f"exit {done.returncode}"
    return RenderingFailed(_FAULT, {"reason": reason}, _HINT)
