"""Typst in a child process: a memory limit, UTC, our fonts and no others.

`run_typst` starts `python -m suivi.render.typst_process`, writes one task as JSON to its input and reads
the outcome. The child draws; it opens no file but our template and fonts, and knows no network.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from suivi.render.glyphs import FONTS
from suivi.values.errors import SuiviError
from suivi.values.messages import gettext_noop

_TEMPLATES = Path(__file__).parent / "templates"
MEMORY = 1_500 * 1024 * 1024  # bytes of address space; 2,000 deliverables need about a third
PATIENCE = 120  # seconds

_TOO_SLOW = gettext_noop("The document could not be drawn: it took longer than %(seconds)s seconds.")
_TOO_LARGE = gettext_noop("The document could not be drawn: it needs more than %(megabytes)s MB of memory.")
_FAULT = gettext_noop("The document could not be drawn: %(reason)s.")
_HINT = gettext_noop("Ask for a smaller part of the plan, or for HTML.")


class RenderingFailed(SuiviError):  # noqa: N818  the name is what happened
    """A document could not be drawn: too large for the limits, or a fault of ours."""


def run_typst(task: dict[str, Any], *, memory: int = MEMORY, patience: float = PATIENCE) -> list[bytes]:
    """The files that the child gives back for a task.

    A task has `template` (a name in our templates), `data` (what it reads), `format` ("pdf" or "png"),
    `ppi`, and `created_on` (an ISO day). Raises RenderingFailed.
    """
    command = [sys.executable, "-m", "suivi.render.typst_process", str(memory)]
    try:
        done = subprocess.run(  # our own interpreter and module
            command, input=json.dumps(task).encode(), capture_output=True, timeout=patience,
            env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RenderingFailed(_TOO_SLOW, {"seconds": int(patience)}, _HINT) from error
    if done.returncode != 0:
        raise _failed_in_child(done, memory)
    answer = json.loads(done.stdout)
    return [base64.b64decode(file) for file in answer["files"]]


def _environment() -> dict[str, str]:
    """What the child needs to find Python and this package, and nothing of the settings or their secrets."""
    kept = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT", "LD_LIBRARY_PATH")
    fixed = {
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "RAYON_NUM_THREADS": "2",  # the same use of memory on every machine
        "MALLOC_ARENA_MAX": "2",
    }
    return {name: os.environ[name] for name in kept if name in os.environ} | fixed


def _failed_in_child(done: subprocess.CompletedProcess[bytes], memory: int) -> RenderingFailed:
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode < 0 or "memory allocation" in said or "MemoryError" in said:
        return RenderingFailed(_TOO_LARGE, {"megabytes": memory >> 20}, _HINT)
    reason = said.splitlines()[-1] if said else f"exit {done.returncode}"
    return RenderingFailed(_FAULT, {"reason": reason}, _HINT)


def _main() -> int:
    """The child: limits first, then Typst, then one task."""
    import resource
    from datetime import UTC, datetime

    limit = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import typst

    task = json.loads(sys.stdin.buffer.read())
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    is_pdf = task["format"] == "pdf"
    try:
        made = typst.compile(
            str(_TEMPLATES / task["template"]),
            root=str(_TEMPLATES),
            font_paths=fonts,
            sys_inputs={"data": json.dumps(task["data"])},
            format=task["format"],
            ppi=task.get("ppi"),
            pdf_standards=["ua-1"] if is_pdf else [],
            timestamp=datetime.fromisoformat(task["created_on"]).replace(tzinfo=UTC),
        )
    except typst.TypstError as error:
        sys.stderr.write(f"{getattr(error, 'diagnostic', '')}\n{getattr(error, 'message', error)}\n")
        return 1
    files = made if isinstance(made, list) else [made]
    sys.stdout.write(json.dumps({"files": [base64.b64encode(file).decode() for file in files if file]}))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
