"""References that lead nowhere are shown as such, so that a slip of a writer does not stop the document."""

from collections.abc import Container
from dataclasses import replace

from suivi.render.document import Block, Box, BulletList, Document, Heading, Paragraph
from suivi.render.numbering import Numbering
from suivi.render.runs import Content, Inline, Note, Reference, Run, inlines


def with_sound_references(document: Document, mark: str = "[? %s]") -> Document:
    """The document with each reference to an anchor that no block has replaced by a mark that names it."""
    anchors = Numbering.of(document).labels
    return replace(document, blocks=tuple(_sound(block, anchors, mark) for block in document.blocks))


def _sound(block: Block, anchors: Container[str], mark: str) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, content=_content(block.content, anchors, mark))
        case BulletList():
            return replace(block, items=tuple(_content(item, anchors, mark) for item in block.items))
        case Box():
            return replace(block, blocks=tuple(_inside(one, anchors, mark) for one in block.blocks))
    return block


def _inside(block: Paragraph | BulletList, anchors: Container[str], mark: str) -> Paragraph | BulletList:
    found = _sound(block, anchors, mark)
    return found if isinstance(found, Paragraph | BulletList) else block


def _content(content: Content, anchors: Container[str], mark: str) -> Content:
    parts = inlines(content)
    if not any(isinstance(part, Reference | Note) for part in parts):
        return content
    return tuple(_inline(part, anchors, mark) for part in parts)


def _inline(part: Inline, anchors: Container[str], mark: str) -> Inline:
    if isinstance(part, Note):
        return Note(_content(part.content, anchors, mark))
    if isinstance(part, Reference) and part.anchor not in anchors:
        return Run(mark % part.anchor, bold=True)
    return part
