"""Vega-Lite in a child process: a specification that brings its data becomes SVG, with our fonts.

The specifications are those of `suivi.render.charts`. No address is asked for anything.
"""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from suivi.render.child import PATIENCE, Fault, answer, run_child
from suivi.render.glyphs import FONTS

VERSION = "6.4"  # of Vega-Lite, by which a specification is read
MEMORY = 1_000 * 1024 * 1024  # bytes of data; a chart needs about a tenth


def run_vega(
    specifications: Sequence[dict[str, Any]], *, memory: int = MEMORY, patience: float = PATIENCE
) -> list[str]:
    """The drawings of some specifications, in order, as Vega writes them. Raises RenderingFailed."""
    task = {"specifications": list(specifications)}
    files = run_child("suivi.render.vega_process", task, memory=memory, patience=patience)
    return [file.decode() for file in files]


def _draw(task: dict[str, Any]) -> Iterable[bytes]:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    for specification in task["specifications"]:
        try:
            drawn = vl_convert.vegalite_to_svg(specification, vl_version=VERSION, allowed_base_urls=[])
        except ValueError as error:
            raise Fault(" ".join(str(error).split("\n")[:2])) from error  # below: its inner places
        yield drawn.encode()


if __name__ == "__main__":
    # The engine reserves address space by the terabyte and uses next to nothing of it.
    sys.exit(answer(_draw, "data"))
