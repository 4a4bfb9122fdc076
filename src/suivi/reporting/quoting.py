"""Sentences that quote figures: the words are translated whole, the figures stay parts of their own."""

import re

from suivi.render.document import Inline, Run
from suivi.reporting.material import Material

_PLACE = re.compile(r"%\((\w+)\)s")


def quoting(template: str, **parts: str | Inline) -> tuple[Inline, ...]:
    """A translated sentence with what fills its places such as %(count)s.

    Words may be given as they are; a number that can be named comes as a `Run` with its `figure`.
    """
    found: list[Inline] = []
    for place, words in enumerate(_PLACE.split(template)):
        part = parts[words] if place % 2 else words.replace("%%", "%")
        if part:
            found.append(Run(part) if isinstance(part, str) else part)
    return tuple(found)


def figure(material: Material, name: str, value: int) -> Run:
    """A whole number under its name."""
    return Run(material.typography.number(value), figure=name)


def counted(material: Material, name: str, value: int, none: str, some: str) -> tuple[Inline, ...]:
    """A sentence on how many there are: `some` quotes %(count)s, `none` stands for zero in words."""
    return quoting(some, count=figure(material, name, value)) if value else (Run(none, figure=name),)


def sentences(*said: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Sentences after one another in one paragraph; those that say nothing are left out."""
    found: list[Inline] = []
    for one in said:
        if found and one:
            found.append(Run(" "))
        found.extend(one)
    return tuple(found)
