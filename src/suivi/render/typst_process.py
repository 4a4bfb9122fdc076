"""Typst in a child process: it opens no file but our template and fonts, and knows no network."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from suivi.render.child import PATIENCE, Fault, answer, run_child
from suivi.render.glyphs import FONTS

_TEMPLATES = Path(__file__).parent / "templates"
MEMORY = 1_500 * 1024 * 1024  # bytes of address space; 2,000 deliverables need about a third


def run_typst(task: dict[str, Any], *, memory: int = MEMORY, patience: float = PATIENCE) -> list[bytes]:
    """The files that the child gives back for a task.

    A task has `template` (a name in our templates), `data` (what it reads), `format` ("pdf" or "png"),
    `ppi`, and `created_on` (an ISO day). Raises RenderingFailed.
    """
    return run_child("suivi.render.typst_process", task, memory=memory, patience=patience)


def _draw(task: dict[str, Any]) -> Iterable[bytes]:
    from datetime import UTC, datetime

    import typst

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
        raise Fault(f"{getattr(error, 'diagnostic', '')}\n{getattr(error, 'message', error)}") from error
    return [file for file in (made if isinstance(made, list) else [made]) if file]


if __name__ == "__main__":
    sys.exit(answer(_draw, "address space"))
