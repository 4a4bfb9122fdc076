"""Signs that are no writing: control characters, which come in by copying and break files made elsewhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from suivi.values.text import Text

# All that XML 1.0 and its documents have no place for; tabs and ends of lines are writing.
_NO_WRITING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BEFORE = 20  # letters that are shown before the sign


def sign_that_is_no_writing(value: Any) -> tuple[str, str] | None:
    """The first such sign in a text, or in the texts of a structure: its code and the words before it."""
    for text in _texts(value):
        if not text.isprintable() and (found := _NO_WRITING.search(text)):
            before = " ".join(text[max(0, found.start() - _BEFORE) : found.start()].split())
            return f"U+{ord(found[0]):04X}", before
    return None


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Text():
            yield from value.plain().values()
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)
