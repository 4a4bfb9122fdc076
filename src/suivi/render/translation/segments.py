"""A written section in pieces for a translator: a line for each paragraph, heading, item and note."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from suivi.render.markdown import MARKS, note_definitions, replace_note
from suivi.render.markdown_source import SourceBlock, Wanted, bare_item, bare_line, revise, source_blocks

_NUMBERED = re.compile(r"b(\d+)(?:\.(\d+))?")
_GENDER = re.compile(r"(?<=words)-[fm](?=\s*\}\})", re.IGNORECASE)


def segments_of(written: str) -> dict[str, str]:
    """Name of a piece to its line of Markdown: "b3" for block 3, "b3.2" for its item 2, "n1" for note 1."""
    found: dict[str, str] = {}
    for number, block in enumerate(source_blocks(written), 1):
        found.update(_of_block(number, block))
    for mark, words in note_definitions(written).items():
        found[f"n{mark}"] = words
    return {name: line for name, line in found.items() if line}


def _of_block(number: int, block: SourceBlock) -> Iterator[tuple[str, str]]:
    if not block.items:
        yield f"b{number}", bare_line(block)
    for place, item in enumerate(block.items, 1):
        yield f"b{number}.{place}", bare_item(item)


def assemble(written: str, lines: Mapping[str, str]) -> str:
    """The section with these lines in the places of its own."""
    wanted = []
    for name, line in lines.items():
        place = _NUMBERED.fullmatch(name)
        if place:
            wanted.append(Wanted(0, "changed", int(place[1]), int(place[2] or 0), line))
    text = revise(written, written, wanted, {}).text if wanted else written
    for name, line in lines.items():
        if name.startswith("n"):
            text = replace_note(text, name[1:], line)
    return text


def quotes_of(line: str) -> Counter[str]:
    """The placeholders of a line, as they are written, and how often each stands there.

    The gender in which a figure is spelled out is the translator's: it follows a noun of that language.
    """
    return Counter(_GENDER.sub("", mark) for mark in MARKS.findall(line))


def pieces_of(line: str) -> list[str]:
    """The line cut at its placeholders, which stand at the odd places."""
    return MARKS.split(line)
