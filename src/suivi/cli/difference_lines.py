"""Differences between two states of a plan as lines of text."""

from collections.abc import Iterable, Iterator
from typing import Any

from suivi.documents.comparison import Difference
from suivi.documents.differences import sort_differences


def difference_lines(differences: Iterable[Difference], *, with_words: bool = True) -> Iterator[str]:
    """What was adopted differently, by kind; then how many short titles and translations differ."""
    found = sort_differences(differences)
    for group in found.adopted:
        yield f"{group.title} ({len(group.rows)})"
        for one in group.rows if with_words else ():
            yield from _lines_of(one)
    if found.short_titles:
        yield f"Short titles, which no body adopts: {len(found.short_titles)}"
    if found.link_titles:
        yield f"Titles of links, which no body adopts: {len(found.link_titles)}"
    for language, count in sorted(found.translated.items()):
        yield f"Translations, which are no change of what was adopted ({language}): {count}"


def _lines_of(one: Difference) -> Iterator[str]:
    yield f"  {one.level} {one.number or one.key}".rstrip()
    if one.before:
        yield f"    - {one.before}"
    if one.after:
        yield f"    + {one.after}"


def as_data(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "change": one.change.value,
            "level": one.level,
            "key": one.key,
            "number": one.number,
            "before": one.before,
            "after": one.after,
            "language": one.language,
            "is_adopted": one.is_adopted,
        }
        for one in differences
    ]
