"""The organisation's own Word template: chosen once, when the process starts; read when first wanted."""

import hashlib
from functools import lru_cache
from pathlib import Path

from suivi.values.errors import InputRefused

_chosen: dict[str, Path] = {}


def set_docx_template(path: Path | None) -> None:
    """Let Word files take their styles, heads, feet and page from this DOCX; None for ours."""
    _chosen.clear()
    _read.cache_clear()
    if path:
        _chosen["docx"] = path


def docx_template() -> bytes | None:
    """The bytes of the template, None where the organisation has none. Raises InputRefused."""
    return _read(_chosen["docx"]) if "docx" in _chosen else None


def template_digest() -> str:
    """The beginning of its SHA-256, empty without a template: Word files name the one they were made with."""
    data = docx_template()
    return "" if data is None else hashlib.sha256(data).hexdigest()[:16]


@lru_cache(1)
def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(
            "The template %(path)s cannot be read: %(reason)s.",
            {"path": path, "reason": error.strerror or error},
            "Name a DOCX file in SUIVI_DOCX_TEMPLATE, or unset it.",
        ) from error
