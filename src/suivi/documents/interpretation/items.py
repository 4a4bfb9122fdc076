"""The deliverables, time frames and other entries that share one cell, told apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from suivi.documents.words.fragments import starts_inside
from suivi.documents.words.numbering import read_number

_BULLET = re.compile(r"^\s{0,8}[•●▪◦‣■□○–—*·\-►➢✓\uf0b7\uf0a7][ \t\u00a0]{0,4}(?=\S)")
_INNER_BULLET = re.compile(r"[ ;]\s{0,4}[•●▪◦‣■➢\uf0b7\uf0a7]\s{0,4}|;\s{1,4}[-–—]\s{1,4}(?=[^\W_])")
_INLINE = re.compile(r"(?:^|[;,:.]\s{1,3}(?:and |et |y |e )?|\s)\(?((?:[ivx]{1,4})|[a-h]|\d{1,2})\)\s{1,3}")
_DOTTED = re.compile(r"(?:^|\s)([a-h]|\d{1,2})\.\s{1,3}(?=\S)")
_OPEN_END = re.compile(
    r"(?:[-–,(/]|\b(?:of|the|a|an|and|or|for|to|in|on|with|by|de|des|du|la|le|les|l'|d'|et|ou|pour|par|"
    r"sur|aux?|en|à|dans|avec|"
    r"del|el|los|las|y|o|para|por|con|al|un|una|une))\s*$",
    re.IGNORECASE,
)


@dataclass
class Item:
    """One entry: the number in front of it (or ""), its words, and the parts listed under it."""

    words: str
    number: str = ""
    parts: list[str] = field(default_factory=list)
    is_bullet: bool = False


def strip_bullet(words: str) -> tuple[str, bool]:
    """The words without a bullet in front, and whether there was one."""
    match = _BULLET.match(words)
    if match and not (words.lstrip()[:1] in "-–—" and words.lstrip()[1:2].isdigit()):
        return words[match.end() :].strip(), True
    return words.strip(), False


def split_paragraphs(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs with bullets inside them as one paragraph per bullet."""
    parts: list[str] = []
    for paragraph in paragraphs:
        pieces = _INNER_BULLET.split(paragraph)
        head, *tail = pieces
        if head.strip():
            parts.append(head.strip())
        parts.extend(f"• {piece.strip()}" for piece in tail if piece.strip())
    return parts


def split_items(paragraphs: Sequence[str], expected: int = 0) -> list[Item]:
    """The deliverables of a cell.

    Bullets, numbers and paragraphs that begin a sentence make one each; lines that go on with the sentence
    above are joined to it. A first paragraph that ends in a colon takes what follows as its parts, unless
    `expected` (the count of time frames beside it) says that each stands for itself.
    """
    items: list[Item] = []
    for paragraph in split_paragraphs(paragraphs):
        words, is_bullet = strip_bullet(paragraph)
        if not words:
            continue
        inline = split_inline(words)
        if inline and len(paragraphs) == 1 and (len(inline) == expected or not _dotted(words)):
            return _inline_items(words, inline, expected)
        parts = re.split(r";\s{1,3}", words) if expected > 1 and len(paragraphs) == 1 else []
        if parts and len(parts) == expected and all(len(part.split()) > 1 for part in parts):
            return [Item(part.strip()) for part in parts]
        numbered = read_number(words)
        if numbered and not is_bullet and len(numbered.number) == 1 and numbered.number.isupper():
            numbered = numbered if words[1:2] in ".):" else None
        if items and not is_bullet and not numbered and _goes_on(items[-1].words, words):
            items[-1].words = _join(items[-1].words, words)
        elif numbered:
            items.append(Item(numbered.rest, numbered.number, is_bullet=True))
        else:
            items.append(Item(words, is_bullet=is_bullet))
    return _under_lead(items, expected)


def _inline_items(words: str, inline: list[Item], expected: int) -> list[Item]:
    """Entries numbered inside one sentence: deliverables where as many time frames stand beside them."""
    if len(inline) == expected:
        return inline
    return [Item(words, parts=[item.words for item in inline])]


def _under_lead(items: list[Item], expected: int) -> list[Item]:
    if len(items) < 2 or not items[0].words.endswith(":") or items[0].is_bullet:
        return items
    lead, parts = items[0], items[1:]
    if not all(part.is_bullet for part in parts):
        return items
    if expected == len(parts) and expected > 1:
        return parts
    ends = [part.words if part.words.endswith((";", ",", ".")) else f"{part.words};" for part in parts[:-1]]
    words = " ".join([lead.words, *ends, parts[-1].words])
    return [Item(words, lead.number, [part.words.rstrip(" ;.,") for part in parts])]


def _goes_on(before: str, words: str) -> bool:
    if before.endswith((".", ";", "!", "?")) and not starts_inside(words):
        return False
    if before.endswith(("-", "\u00ad")) and words[:1].islower():
        return True
    return starts_inside(words) or bool(_OPEN_END.search(before[-12:]))


def _join(before: str, words: str) -> str:
    """A hyphen at a line end in front of a small letter is taken as part of the word, and kept."""
    if before.endswith("\u00ad"):
        return before[:-1] + words
    return f"{before}{'' if before.endswith('-') else ' '}{words}"


def split_inline(words: str) -> list[Item]:
    """Entries numbered inside a sentence: "(a) guides; (b) courses", "1. Guides 2. Courses".

    Fewer than two: none.
    """
    matches = list(_INLINE.finditer(words))
    if len(matches) < 2 or matches[0].start() > 0:
        matches = _dotted(words)
    if len(matches) < 2:
        return []
    items = []
    for match, after in zip(matches, [*matches[1:], None], strict=True):
        end = after.start() if after else len(words)
        items.append(Item(words[match.end() : end].strip(" ;,"), match.group(1)))
    return items


def _dotted(words: str) -> list[re.Match[str]]:
    """The marks of "1. Guides 2. Courses", which begin the words and count on from one or a."""
    matches: list[re.Match[str]] = []
    for match in _DOTTED.finditer(words):
        mark = match.group(1)
        if (int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1) == len(matches) + 1:
            matches.append(match)
    return matches if matches and matches[0].start() == 0 else []
