"""Pages upright and sideways: the blocks of a document in sections of one orientation."""

from collections.abc import Sequence
from dataclasses import dataclass

from suivi.render.document import Block, Figure, Heading, PageBreak, Table


@dataclass(frozen=True)
class Section:
    """Blocks on pages of one orientation. Each section starts a page."""

    is_wide: bool
    blocks: tuple[Block, ...]


def sections(blocks: Sequence[Block]) -> list[Section]:
    """The sections in order, at least one.

    Headings that stand right above a wide table or figure go with it; a page break beside a change of
    orientation is left out, since the change starts a page already.
    """
    wide = [_is_wide(block) for block in blocks]
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading):
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


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table | Figure) and block.wide
