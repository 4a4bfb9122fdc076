"""The numbers of a document, given once for all renderers: paragraphs, tables, figures, notes, anchors."""

import re
from dataclasses import dataclass, field

from suivi.render.document import Document, Figure, Heading, Paragraph, Table
from suivi.render.runs import Reference, plain_text
from suivi.render.typography import NO_BREAK
from suivi.render.wording import Wording

_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass
class Numbering:
    """What each part of one document is called.

    Blocks are known by identity, since equal blocks may stand twice. `labels` gives the words of a
    reference by anchor; `notes` are in the order in which a reader of the text meets them.
    """

    wording: Wording
    names: dict[int, str] = field(default_factory=dict)  # id of a block -> "14", "Table 2", "Figure 1"
    labels: dict[str, str] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)  # id of a block -> its anchor in the file
    headings: list[tuple[Heading, str]] = field(default_factory=list)  # with their anchors
    levels: dict[int, int] = field(default_factory=dict)  # id of a heading -> its level, none skipped

    @classmethod
    def of(cls, document: Document) -> "Numbering":
        """Raises ValueError where two blocks claim the same anchor."""
        numbering = cls(Wording.of(document.metadata.language))
        counts = {"paragraph": 0, "table": 0, "figure": 0, "heading": 0}
        behind = {id(block.data) for block in document.blocks if isinstance(block, Figure) and block.data}
        for block in document.walk():
            if isinstance(block, Heading):
                counts["heading"] += 1
                anchor = numbering._place(block, f"section-{counts['heading']}", plain_text(block.content))
                last = numbering.levels[id(numbering.headings[-1][0])] if numbering.headings else 0
                numbering.levels[id(block)] = min(block.level, last + 1)
                numbering.headings.append((block, anchor))
            elif isinstance(block, Paragraph):
                numbering._paragraph(block, counts)
            elif isinstance(block, Table) and id(block) not in behind:
                counts["table"] += 1
                name = f"{numbering.wording.table} {counts['table']}"
                numbering.names[id(block)] = name
                numbering._place(block, f"table-{counts['table']}", numbering._in_sentences(name))
            elif isinstance(block, Figure):
                counts["figure"] += 1
                name = f"{numbering.wording.figure} {counts['figure']}"
                numbering.names[id(block)] = name
                numbering._place(block, f"figure-{counts['figure']}", numbering._in_sentences(name))
        return numbering

    def _paragraph(self, block: Paragraph, counts: dict[str, int]) -> None:
        name = ""
        if block.numbered:
            counts["paragraph"] += 1
            name = str(counts["paragraph"])
            self.names[id(block)] = name
        if block.numbered or block.anchor:
            label = f"{self.wording.paragraph}{NO_BREAK}{name}" if name else plain_text(block.content)
            self._place(block, f"paragraph-{name}" if name else block.anchor, label)

    def _place(self, block: Heading | Paragraph | Table | Figure, own: str, label: str) -> str:
        anchor = block.anchor or own
        if not _ANCHOR.fullmatch(anchor):
            raise ValueError(f"the anchor {anchor!r} is not a letter followed by letters, digits, - and _")
        if anchor in self.labels or id(block) in self.targets:
            raise ValueError(f"the anchor {anchor!r} is taken, or the same block stands twice")
        self.labels[anchor] = label
        self.targets[id(block)] = anchor
        return anchor

    def reference(self, part: Reference) -> str:
        """The words of a reference. Raises ValueError where its anchor leads nowhere."""
        if part.anchor not in self.labels:
            raise ValueError(f"a reference leads to {part.anchor!r}, which no block has")
        return part.text or self.labels[part.anchor]

    def _in_sentences(self, name: str) -> str:
        """English writes "Table 2" within a sentence, French and Spanish "tableau 2"; never on two lines."""
        shown = name if self.wording.capital_references else name[0].lower() + name[1:]
        return NO_BREAK.join(shown.rsplit(" ", 1))
