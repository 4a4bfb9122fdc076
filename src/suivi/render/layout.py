"""Pages upright and sideways: the blocks of a document in sections of one orientation."""

from collections.abc import Sequence
from dataclasses import dataclass

from suivi.render.document import Block, Figure, Heading, PageBreak, Paragraph, Table

_MOST_OPENING_LINES = 6


@dataclass(frozen=True)
class Section:
    """Blocks on pages of one orientation. Each section starts a page."""

    is_wide: bool
    blocks: tuple[Block, ...]


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The sections in order, at least one.

    Headings that stand right above a wide table or figure go with it, and so do the remarks under it and the
    few lines that open its page; a page break beside a change of orientation is left out, since the change
    starts a page already.
    """
    wide = [_is_wide(block) for block in blocks]
    for index in range(1, len(blocks)):
        if _is_remark(blocks[index]):
            wide[index] = wide[index - 1]
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading) or _opens_page(blocks, index):
            wide[index] = wide[index + 1]
    groups: list[tuple[bool, list[Block]]] = []
    for block, is_wide in zip(blocks, wide, strict=True):
        if isinstance(block, PageBreak):
            if groups:
                groups[-1][1].append(block)
        elif groups and groups[-1][0] == is_wide:
            groups[-1][1].append(block)
        else:
            _drop_last_breaks(groups)
            groups.append((is_wide, [block]))
    _drop_last_breaks(groups)
    return [Section(is_wide, tuple(group)) for is_wide, group in groups] or [Section(False, ())]


def _drop_last_breaks(groups: list[tuple[bool, list[Block]]]) -> None:
    while groups and groups[-1][1] and isinstance(groups[-1][1][-1], PageBreak):
        groups[-1][1].pop()


def _is_remark(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "small"


def _opens_page(blocks: Sequence[Block], index: int) -> bool:
    """Whether only headings and paragraphs, and few of them, stand between a page break and this one."""
    for before in range(index, max(-1, index - _MOST_OPENING_LINES), -1):
        if isinstance(blocks[before], PageBreak):
            return before < index
        if not isinstance(blocks[before], Heading | Paragraph):
            return False
    return False


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table | Figure) and block.wide
