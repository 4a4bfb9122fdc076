"""The source of written text, block by block, and revising it where a paper that was made from it changed.

Blocks are numbered as `suivi.render.markdown.blocks_of` numbers them, from 1.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from markdown_it.token import Token

from suivi.render.markdown import closing, figure_names, note_definitions, tokens_of

How: TypeAlias = Literal["changed", "added", "removed"]

_MANY_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_MARKER = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+")


@dataclass(frozen=True)
class SourceBlock:
    """A paragraph, heading or list: its lines (`first` to before `last`), whole in `source`.

    `quoted` are the marks of the frame that it stands in ("> "), `lead` those of a heading ("## "), `items`
    the source of each item of a list, and `is_loose` whether blank lines stand between them.
    """

    source: str
    first: int
    last: int
    quoted: str = ""
    lead: str = ""
    items: tuple[str, ...] = ()
    is_loose: bool = False


@dataclass(frozen=True)
class Wanted:
    """A change to make: in which block, in which item of a list (from 1, else 0), to which line of Markdown.

    What is added stands after the block or item, or before it; `as_item` makes it an item of the list.
    """

    number: int
    how: How
    block: int
    item: int = 0
    markdown: str = ""
    is_before: bool = False
    as_item: bool = False


@dataclass(frozen=True)
class Revised:
    """The new text, and by number which changes were made, stood there already, or met other words."""

    text: str
    made: frozenset[int]
    already: frozenset[int]
    overtaken: frozenset[int]


def source_blocks(written: str) -> list[SourceBlock]:
    """The blocks in order."""
    lines = written.split("\n")
    return list(_blocks(tokens_of(written), lines, ""))


def _blocks(tokens: Sequence[Token], lines: Sequence[str], quoted: str) -> Iterator[SourceBlock]:
    position = 0
    while position < len(tokens):
        token, end = tokens[position], closing(tokens, position)
        first, last = token.map or (0, 0)
        block = SourceBlock("\n".join(lines[first:last]).rstrip(), first, last, quoted)
        match token.type:
            case "blockquote_open":
                yield from _blocks(tokens[position + 1 : end], lines, f"{quoted}> ")
            case "heading_open":
                yield replace(block, lead=f"{token.markup} ")
            case "bullet_list_open" | "ordered_list_open":
                items = tuple(_items(tokens[position + 1 : end], lines, quoted))
                is_loose = any(not _unquoted(line, quoted).strip() for line in block.source.split("\n"))
                yield replace(block, items=items, is_loose=is_loose)
            case "paragraph_open":
                yield block
        position = end + 1


def _items(tokens: Sequence[Token], lines: Sequence[str], quoted: str) -> Iterator[str]:
    position = 0
    while position < len(tokens):
        first, last = tokens[position].map or (0, 0)
        inside = [_unquoted(line, quoted) for line in lines[first:last]]
        yield "\n".join(inside).rstrip()
        position = closing(tokens, position) + 1


def _unquoted(line: str, quoted: str) -> str:
    """A line without the marks of its frame."""
    for _ in range(quoted.count(">")):
        line = re.sub(r"^ {0,3}> ?", "", line)
    return line


def bare_line(block: SourceBlock) -> str:
    """The words of a paragraph or heading as one line of Markdown; a line break as a backslash at its end."""
    lines = (_unquoted(line, block.quoted).strip() for line in block.source.split("\n"))
    return _in_one_line("\n".join(lines).removeprefix(block.lead))


def bare_item(item: str) -> str:
    """The words of an item of a list without its marker."""
    found = _MARKER.match(item)
    words = item[len(found[0]) :] if found else item
    return _in_one_line("\n".join(line.strip() for line in words.split("\n")))


def _in_one_line(words: str) -> str:
    return re.sub(r"(?<!\\)\n(?![-+*]\s|\d+[.)]\s|\n)", " ", words)


def quotes_in(written: str, block: int) -> dict[str, str]:
    """Name of a figure to the form in which it is quoted, the forms of this block before all others."""
    blocks = source_blocks(written)
    here = blocks[block - 1].source if 0 < block <= len(blocks) else ""
    found: dict[str, str] = {}
    for quote in (*figure_names(here), *figure_names(written)):
        found.setdefault(quote, quote)
        found.setdefault(quote.partition("|")[0], quote)
    return found


def revise(base: str, current: str, wanted: Sequence[Wanted], notes: Mapping[str, str]) -> Revised:
    """The current text with the changes that were made to what once was `base`.

    Where a block reads otherwise now than in `base`, its changes are not made. `notes` are footnotes that the
    new lines refer to, by mark. Making the same changes again changes nothing.
    """
    blocks, standing = source_blocks(base), source_blocks(current)
    places = _places(blocks, standing)
    sources = [block.source for block in standing]
    new_at: dict[int, list[str]] = {}
    made, already, overtaken = set(), set(), set()
    for number in sorted({change.block for change in wanted}):
        changes = [change for change in wanted if change.block == number]
        numbers = {change.number for change in changes}
        if not 0 < number <= len(blocks):
            overtaken |= numbers
            continue
        new = _rewritten(blocks[number - 1], changes)
        if _stands_in(new, sources) if new else number - 1 not in places:
            already |= numbers
        elif number - 1 in places:
            new_at[places[number - 1]] = new
            made |= numbers
        else:
            overtaken |= numbers
    text = _assembled(current, standing, new_at) if made else current
    return Revised(_with_notes(text, notes) if made else text, *map(frozenset, (made, already, overtaken)))


def _places(blocks: Sequence[SourceBlock], standing: Sequence[SourceBlock]) -> dict[int, int]:
    """Where the blocks of the base stand in the current text, for those that read as they did."""
    ours, theirs = [block.source for block in blocks], [block.source for block in standing]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return {
        match.a + step: match.b + step
        for match in matcher.get_matching_blocks()
        for step in range(match.size)
    }


def _stands_in(new: Sequence[str], sources: Sequence[str]) -> bool:
    """Whether these blocks stand in a text one after the other."""
    size = len(new)
    return any(list(sources[at : at + size]) == list(new) for at in range(len(sources) - size + 1))


def _rewritten(block: SourceBlock, changes: Sequence[Wanted]) -> list[str]:
    """What stands in the place of the block: nothing, or one source after the other."""
    before = [_quoted(one.markdown, block) for one in changes if one.how == "added" and one.is_before]
    after = [
        _quoted(one.markdown, block)
        for one in changes
        if one.how == "added" and not one.is_before and not (one.as_item and block.items)
    ]
    if block.items:
        inside = _list(block, changes)
    else:
        change = next((one for one in changes if one.how != "added"), None)
        if change is None:
            inside = [block.source]
        else:
            inside = [_quoted(block.lead + change.markdown, block)] if change.how == "changed" else []
    return [*before, *inside, *after]


def _list(block: SourceBlock, changes: Sequence[Wanted]) -> list[str]:
    items: list[str] = []
    for number, item in enumerate(block.items, 1):
        own = next((one for one in changes if one.item == number and one.how != "added"), None)
        if own is None:
            items.append(item)
        elif own.how == "changed":
            items.append(_item(item, own.markdown))
        here = (one for one in changes if one.item == number and one.how == "added" and one.as_item)
        items += [_item(item, one.markdown) for one in here if not one.is_before]
    if items == list(block.items):
        return [block.source]
    return [_quoted(("\n\n" if block.is_loose else "\n").join(items), block)] if items else []


def _item(like: str, markdown: str) -> str:
    """An item with the marker of another."""
    found = _MARKER.match(like)
    marker = found[0] if found else "- "
    return marker + markdown.replace("\n", "\n" + " " * len(marker))


def _quoted(source: str, block: SourceBlock) -> str:
    if not block.quoted:
        return source
    return "\n".join(f"{block.quoted}{line}".rstrip() for line in source.split("\n"))


def _assembled(current: str, standing: Sequence[SourceBlock], new_at: Mapping[int, list[str]]) -> str:
    lines = current.split("\n")
    for place in sorted(new_at, reverse=True):
        block = standing[place]
        between = block.quoted.rstrip()
        new = f"\n{between}\n".join(new_at[place]).split("\n") if new_at[place] else []
        apart = [between] if len(new_at[place]) != 1 else []
        last = block.last
        while last > block.first and not _unquoted(lines[last - 1], block.quoted).strip():
            last -= 1
        lines[block.first : last] = [*apart, *new, *apart]
    return _MANY_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _with_notes(text: str, notes: Mapping[str, str]) -> str:
    """The text with the notes that it refers to and lacks, without those that nothing refers to any more."""
    known = note_definitions(text)
    new = [f"[^{mark}]: {words}" for mark, words in notes.items() if mark not in known]
    whole = "\n\n".join([text, *new]) if new else text
    for mark in note_definitions(whole):
        if whole.count(f"[^{mark}]") == 1:
            whole = re.sub(rf"^\[\^{mark}\]:[ \t]*.+(?:\n(?!\n|\[\^).+)*\n*", "", whole, flags=re.MULTILINE)
    return whole.strip("\n")
