"""Numbers that sentences quote by name, and sentences after one another."""

from suivi.render.document import Inline, Run
from suivi.reporting.material import Material
from suivi.reporting.phrases import phrase


def figure(material: Material, name: str, value: int) -> Run:
    """A whole number under its name."""
    return Run(material.typography.number(value), figure=name)


def counted(material: Material, name: str, value: int, none: str, some: str) -> tuple[Inline, ...]:
    """A sentence on how many there are: `some` quotes %(count)s, `none` stands for zero in words."""
    return phrase(some, count=figure(material, name, value)) if value else (Run(none, figure=name),)


def sentences(*said: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Sentences after one another in one paragraph; those that say nothing are left out."""
    found: list[Inline] = []
    for one in said:
        if found and one:
            found.append(Run(" "))
        found.extend(one)
    return tuple(found)
