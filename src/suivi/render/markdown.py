"""Written text (Markdown) as blocks of a neutral document: the narrative of a paper.

What can be written: paragraphs, lists with bullets or (a), (b), (c), headings (##, ###), emphasis, links,
line breaks, quotes (a frame), footnotes (`[^1]` in the text and a paragraph `[^1]: words`), references to
figures and tables by anchor (`[@status-by-pillar]`), and computed figures by name: `{{achieved}}`. All else
is shown as it was typed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from suivi.render.document import Block, Box, BulletList, Heading, Paragraph
from suivi.render.runs import Content, Inline, LineBreak, Note, Reference, Run, plain_text

FIGURE = re.compile(r"\{\{\s*([A-Za-z0-9_.:|-]+)\s*\}\}")
# What is no word of the writer's: figures, marks of notes, references.
MARKS = re.compile(r"(\{\{\s*[A-Za-z0-9_.:|-]+\s*\}\}|\[\^\w+\]|\[@[A-Za-z][A-Za-z0-9_-]*\])")
_NOTE = re.compile(r"^\[\^(\w+)\]:[ \t]*(.+(?:\n(?!\n|\[\^).+)*)", re.MULTILINE)
_SYNTAX = ("heading", "list", "blockquote", "emphasis", "link", "autolink", "escape", "newline")

# Gives the words of a figure by its name, as a run that carries the name.
FigureRun = Callable[[str], Run]


def figure_names(written: str) -> list[str]:
    """The names of the computed figures that a text quotes, in their order."""
    return FIGURE.findall(written)


def blocks_of(
    written: str,
    figure: FigureRun,
    *,
    numbered: bool = False,
    level: int = 2,
    language: str = "",
    origin: str = "",
) -> tuple[Block, ...]:
    """The blocks of a written text.

    `figure` turns a name into its words. Paragraphs are numbered where asked; a heading `##` stands on
    `level`. `language` is set where the text is in another language than the document. `origin` names where
    the text was written: block n of it gets `origin#n`.
    """
    reader = _Reading(figure, note_definitions(written), numbered, level, language)
    blocks = reader.blocks(tokens_of(written))
    return tuple(_placed(blocks, origin)) if origin else tuple(blocks)


def note_definitions(written: str) -> dict[str, str]:
    """The footnotes that a text defines: mark to words."""
    return {mark: " ".join(words.split()) for mark, words in _NOTE.findall(written)}


def replace_note(written: str, mark: str, words: str) -> str:
    """The text with other words in a footnote."""
    return _NOTE.sub(lambda note: f"[^{mark}]: {words}" if note[1] == mark else note[0], written)


def tokens_of(written: str) -> list[Token]:
    """The text without its footnotes as tokens, which know the lines they stand on."""
    return _reader().parse(_NOTE.sub(lambda note: "\n" * note[0].count("\n"), written))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(list(_SYNTAX))


def _placed(blocks: Sequence[Block], origin: str) -> Iterator[Block]:
    """The blocks with their place in the text they were written in."""
    number = 0
    for block in blocks:
        if isinstance(block, Box):
            inside = []
            for one in block.blocks:
                number += 1
                inside.append(replace(one, origin=f"{origin}#{number}"))
            yield replace(block, blocks=tuple(inside))
        elif isinstance(block, Paragraph | BulletList | Heading):
            number += 1
            yield replace(block, origin=f"{origin}#{number}")


@dataclass
class _Reading:
    """One text being read."""

    figure: FigureRun
    notes: dict[str, str]
    numbered: bool
    level: int
    language: str

    def blocks(self, tokens: Sequence[Token]) -> list[Block]:
        found: list[Block] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            end = closing(tokens, position)
            inside = tokens[position + 1 : end]
            match token.type:
                case "paragraph_open":
                    found.append(Paragraph(self._inline(inside[0]), numbered=self.numbered))
                case "heading_open":
                    deeper = max(0, int(token.tag[1]) - 2)
                    found.append(Heading(self._inline(inside[0]), level=min(3, self.level + deeper)))
                case "bullet_list_open" | "ordered_list_open":
                    lettered = token.type == "ordered_list_open"
                    found.append(BulletList(tuple(self._items(inside)), lettered=lettered))
                case "blockquote_open":
                    found.append(Box(tuple(self._framed(inside))))
            position = end + 1
        return found

    def _items(self, tokens: Sequence[Token]) -> Iterator[Content]:
        """Each item in one line of thought: paragraphs and lists inside it become lines of it."""
        position = 0
        while position < len(tokens):
            end = closing(tokens, position)
            parts: list[Inline] = []
            for token in tokens[position + 1 : end]:
                if token.type == "inline":
                    parts += [LineBreak()] * bool(parts)
                    parts += self._inline(token)
            yield tuple(parts)
            position = end + 1

    def _framed(self, tokens: Sequence[Token]) -> Iterator[Paragraph | BulletList]:
        """What may stand in a frame; a heading in it is a bold paragraph."""
        for block in _Reading(self.figure, self.notes, False, self.level, self.language).blocks(tokens):
            if isinstance(block, Paragraph | BulletList):
                yield block
            elif isinstance(block, Heading):
                yield Paragraph(Run(plain_text(block.content), bold=True))
            elif isinstance(block, Box):
                yield from block.blocks

    def _inline(self, token: Token) -> tuple[Inline, ...]:
        found: list[Inline] = []
        looks = {"strong": 0, "em": 0}
        href = ""
        for child in token.children or ():
            match child.type:
                case "text":
                    found += self._words(child.content, looks, href)
                case "softbreak":
                    found += self._words(" ", looks, href)
                case "hardbreak":
                    found.append(LineBreak())
                case "link_open":
                    href = str(child.attrGet("href") or "")
                case "link_close":
                    href = ""
                case _ if child.tag in looks:
                    looks[child.tag] += child.nesting
        return tuple(found)

    def _words(self, text: str, looks: dict[str, int], href: str) -> Iterator[Inline]:
        bold, italic = looks["strong"] > 0, looks["em"] > 0
        for part in MARKS.split(text):
            if not part:
                continue
            name = FIGURE.fullmatch(part)
            if name:
                run = self.figure(name[1])
                yield Run(run.text, bold or run.bold, italic, href, self.language, run.status, run.figure)
            elif part.startswith("[^") and part[2:-1] in self.notes:
                yield Note(tuple(self._note(self.notes[part[2:-1]])))
            elif part.startswith("[@"):
                yield Reference(part[2:-1])
            else:
                yield Run(part, bold, italic, href, self.language)

    def _note(self, words: str) -> Iterator[Inline]:
        inside = _Reading(self.figure, {}, False, self.level, self.language)
        for token in _reader().parseInline(words):
            yield from inside._inline(token)


def closing(tokens: Sequence[Token], position: int) -> int:
    """The place of the token that closes the one at a place."""
    depth = 0
    for place in range(position, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1
