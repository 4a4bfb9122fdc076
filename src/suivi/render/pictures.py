"""Drawings as pixels: the PNG that stands in a DOCX for readers that know no SVG."""

from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from suivi.render.svg import for_documents
from suivi.render.typst_process import run_typst

_PIXELS_PER_POINT = 2  # twice the size in CSS pixels: sharp on paper, small in the file
_CSS_PIXELS_PER_INCH = 72  # a picture of 100 pixels is drawn 100 points wide


def size_of(svg: str) -> tuple[float, float]:
    """Width and height of one of our drawings, in CSS pixels."""
    root = etree.fromstring(svg.encode())
    return float(root.get("width")), float(root.get("height"))


def as_png(svgs: Sequence[str]) -> list[bytes]:
    """The drawings as PNG, in order. Drawn in one child process, and kept while this process lives."""
    wanted = tuple(dict.fromkeys(svgs))
    drawn = dict(zip(wanted, _drawn(wanted), strict=True)) if wanted else {}
    return [drawn[svg] for svg in svgs]


@lru_cache(maxsize=32)
def _drawn(svgs: tuple[str, ...]) -> list[bytes]:
    pictures = []
    for svg in svgs:
        width, height = size_of(svg)
        pictures.append({"svg": for_documents(svg), "width": width, "height": height})
    return run_typst(
        {
            "template": "pictures.typ",
            "data": pictures,
            "format": "png",
            "ppi": _CSS_PIXELS_PER_INCH * _PIXELS_PER_POINT,
            "created_on": "1980-01-01",
        }
    )
