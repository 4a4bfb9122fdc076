"""Charts drawn once and kept: by the digest of their rows, specification, language and engine.

What Vega draws is taken apart and written again with our elements and attributes; anything else in it is
refused. So a chart is a drawing of ours like every other, in pages, PDF and DOCX.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from lxml import etree

from suivi.environment.folders import make_folder
from suivi.render.charts import ACCENT, INK, LINE, MUTED, PAPER, Chart
from suivi.render.svg import Drawing, colour, element, picture, words
from suivi.render.vega_process import VERSION, run_vega

MOST_KEPT = 2_000  # drawings; about five kB each
_MADE = "1"  # raised when a chart is written in another way from the same specification

_NAMES = {ACCENT: "accent", INK: "ink", LINE: "line", MUTED: "muted", PAPER: "paper"}
_KEPT = {
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "d", "transform", "fill"),
    *("stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity"),
    *("fill-opacity", "font-size", "font-weight", "font-style", "text-anchor"),
}
# What Vega writes for its own pages: it changes nothing that is seen here.
_LEFT_OUT = {
    *("class", "role", "pointer-events", "stroke-miterlimit", "font-family", "stroke-opacity"),
    *("aria-hidden", "aria-label", "aria-roledescription", "version", "viewBox", "display"),
}
_TAGS = {"g", "path", "rect", "line", "circle", "text", "tspan"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_MOVED = re.compile(r"(?:(?:translate|rotate|scale)\([-\d., ]+\)\s*)*")


def draw_charts(charts: Sequence[Chart], keep: Path) -> list[Drawing]:
    """The drawings of the charts, in order; those that are not in the folder `keep` are made in one child
    process and put there. Raises RenderingFailed."""
    digests = [digest_of(chart) for chart in charts]
    found = {digest: _kept(keep, digest) for digest in digests}
    missing = {digest: chart for digest, chart in zip(digests, charts, strict=True) if found[digest] is None}
    if missing:
        drawn = run_vega([chart.specification for chart in missing.values()])
        for (digest, chart), svg in zip(missing.items(), drawn, strict=True):
            found[digest] = adopted(svg, chart)
            _keep(keep, digest, found[digest] or "")
    return [
        Drawing(found[digest] or "", chart.width, chart.height)
        for digest, chart in zip(digests, charts, strict=True)
    ]


def digest_of(chart: Chart) -> str:
    """By what a chart is known: all that it is made of, and what makes it."""
    made = [chart.specification, chart.title, chart.description, VERSION, version("vl-convert-python"), _MADE]
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()


def _kept(folder: Path, digest: str) -> str | None:
    try:
        return (folder / f"{digest}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _keep(folder: Path, digest: str, svg: str) -> None:
    """Write one drawing, whole or not at all; the oldest leave where there are too many."""
    make_folder(folder)
    handle, draft = tempfile.mkstemp(dir=folder, suffix=".draft")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(svg)
    Path(draft).replace(folder / f"{digest}.svg")
    kept = list(folder.glob("*.svg"))
    if len(kept) > MOST_KEPT:
        for path in sorted(kept, key=_age)[: len(kept) - MOST_KEPT * 3 // 4]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    """When it was written; what another process took away meanwhile is the oldest."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def adopted(svg: str, chart: Chart) -> str:
    """What Vega drew, as a drawing of ours. Raises ValueError for what no chart of ours has."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(svg.encode(), parser)
    parts = [part for child in root for part in _written(child)]
    return picture(
        parts, width=chart.width, height=chart.height, title=chart.title, description=chart.description
    ).svg


def _written(node: etree._Element) -> Iterator[str]:
    """A node with all that is in it, as our own markup; nothing for what draws nothing."""
    tag = etree.QName(node.tag).localname
    if tag not in _TAGS:
        raise ValueError(f"a chart has no {tag!r}")
    if node.get("display") == "none" or (tag == "path" and "background" in node.get("class", "")):
        return
    inside = [part for child in node for part in _written(child)]
    if tag in {"text", "tspan"} and node.text:
        inside.insert(0, words(node.text))
    if tag in {"g", "text", "tspan"} and not inside:
        return
    attributes = {
        name: value
        for name, value in node.attrib.items()
        if name not in _LEFT_OUT and value != "translate(0,0)"
    }
    if unknown := set(attributes) - _KEPT:
        raise ValueError(f"a chart has no {sorted(unknown)[0]!r}")
    if not attributes and tag == "g":
        yield from inside
        return
    named = {name.replace("-", "_"): _value(name, value) for name, value in attributes.items()}
    yield element(tag, *inside, **named)


def _value(name: str, value: str) -> str:
    """Numbers to two places, so that no machine writes another last digit; colours by their names."""
    if name in {"fill", "stroke"}:
        return colour(_NAMES[value], value) if value in _NAMES else value
    if name == "transform" and not _MOVED.fullmatch(value):
        raise ValueError(f"a chart has no transform {value!r}")
    if name == "font-size":
        value = value.removesuffix("px")
    return _NUMBER.sub(lambda found: f"{float(found.group()):.2f}".rstrip("0").rstrip("."), value)
