"""Sentences with parts in them: a translated template whose places are filled with runs and references."""

import re
from collections.abc import Iterable

from suivi.render.document import Content, Inline, Run
from suivi.render.runs import inlines

_PLACE = re.compile(r"%\((\w+)\)s")


def phrase(template: str, **parts: Content) -> tuple[Inline, ...]:
    """The template as runs, each `%(name)s` filled with the part of that name.

    Raises KeyError for a place that no part fills: a template and its translations name the same places.
    """
    found: list[Inline] = []
    for index, piece in enumerate(_PLACE.split(template)):
        if index % 2:
            found += inlines(parts[piece])
        elif piece:
            found.append(Run(piece.replace("%%", "%")))
    return tuple(found)


def joined(parts: Iterable[Content], separator: str = ", ") -> tuple[Inline, ...]:
    """The parts one after the other, with a separator between them."""
    found: list[Inline] = []
    for part in parts:
        if found:
            found.append(Run(separator))
        found += inlines(part)
    return tuple(found)
