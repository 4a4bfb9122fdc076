"""The comparison of a document with the file that was made from it and edited."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from suivi.office.word import Grid, Paragraph, Span, WordFile
from suivi.render.alignment import Aligned, align
from suivi.render.document import Document
from suivi.render.docx.xml import bookmark_key
from suivi.render.numbering import Numbering
from suivi.render.passages import Passage, PassageGrid, flat_passages, passages
from suivi.render.read_back.figures import Checked, check_figures
from suivi.render.read_back.letters import content_of, letters_of, spoken_of, with_figures
from suivi.render.read_back.model import (
    Change,
    CommentFound,
    Edit,
    FigureFate,
    FigureFound,
    How,
    ReadBack,
    Refusal,
)
from suivi.render.runs import Inline, Reference, Run
from suivi.render.spoken import Spoken
from suivi.values.wording_diff import Fate, diff_words

_NOTHING = Passage("", Spoken(""), "cell")


def read_back(document: Document, file: WordFile) -> ReadBack:
    """What differs in the file. Raises ValueError where the document contradicts itself."""
    ours = [one for one in passages(document) if isinstance(one, PassageGrid) or one.text]
    theirs = list(_without_frames(file))
    comparison = _Comparison(file, _known(document), _anchors(document))
    pairs = align([_ours(one) for one in ours], [_theirs(one) for one in theirs])
    ahead = _following([None if left is None else ours[left] for left, _ in pairs])
    for (left, right), following in zip(pairs, ahead, strict=True):
        comparison.following = following
        comparison.compare(None if left is None else ours[left], None if right is None else theirs[right])
    return ReadBack(tuple(comparison.changes), tuple(comparison.remarks()), tuple(comparison.figures))


def _without_frames(file: WordFile) -> Iterator[Paragraph | Grid]:
    """The blocks with something in them; a table of one cell is a frame around its paragraphs."""
    for block in file.blocks:
        if isinstance(block, Grid) and not (len(block.rows) == 1 and len(block.rows[0]) == 1):
            yield block
            continue
        inside = block.rows[0][0] if isinstance(block, Grid) else (block,)
        for paragraph in inside:
            if any(span.text.strip() or span.note or span.comments for span in paragraph.spans):
                yield paragraph


def _known(document: Document) -> dict[str, frozenset[str]]:
    """Name of a computed figure to all that it says in the document, in its forms."""
    found: dict[str, set[str]] = defaultdict(set)
    for passage in flat_passages(document):
        for figure in passage.spoken.figures:
            found[figure.name].add(passage.spoken.words(figure))
    return {name: frozenset(words) for name, words in found.items()}


def _anchors(document: Document) -> dict[str, tuple[str, str]]:
    """Key of a bookmark to the anchor it stands for and the words of a reference to it."""
    labels = Numbering.of(document).labels
    return {bookmark_key(anchor): (anchor, Spoken.of([(label, "")]).text) for anchor, label in labels.items()}


def _ours(one: Passage | PassageGrid) -> Aligned:
    if isinstance(one, Passage):
        return Aligned(one.text, "paragraph", frozenset({bookmark_key(one.anchor)} - {""}))
    return Aligned("\n".join(cell.text for row in one.rows for cell in row), "table")


def _theirs(one: Paragraph | Grid) -> Aligned:
    """Paragraphs are known by the words that they had before anything tracked, where they had any."""
    if isinstance(one, Paragraph):
        words = spoken_of(letters_of(one.before())).text or spoken_of(letters_of(one.after())).text
        return Aligned(words, "paragraph", frozenset(bookmark_key(name) for name in one.bookmarks))
    cells = (_joined(cell) for row in one.rows for cell in row)
    return Aligned("\n".join(spoken_of(letters_of(cell.before())).text for cell in cells), "table")


def _joined(cell: Iterable[Paragraph]) -> Paragraph:
    """The paragraphs of a cell as one."""
    spans: list[Span] = []
    for paragraph in cell:
        spans += [Span(" ")] * bool(spans) + list(paragraph.spans)
    return Paragraph(tuple(spans))


def _following(ours: Sequence[Passage | PassageGrid | None]) -> list[Passage | None]:
    """For each place the next paragraph of the document, None before a table and at the end."""
    found: list[Passage | None] = []
    following: Passage | None = None
    for one in reversed(ours):
        found.append(following)
        if one is not None:
            following = one if isinstance(one, Passage) else None
    return found[::-1]


@dataclass
class _Comparison:
    file: WordFile
    known: Mapping[str, frozenset[str]]
    anchors: Mapping[str, tuple[str, str]]
    changes: list[Change] = field(default_factory=list)
    figures: list[FigureFound] = field(default_factory=list)
    following: Passage | None = None
    _last: Passage | None = None
    # Number of a comment to its paragraph, what the paragraph says, and the words that it covers.
    _commented: dict[str, tuple[Passage | None, str, list[str]]] = field(default_factory=dict)

    def compare(self, ours: Passage | PassageGrid | None, theirs: Paragraph | Grid | None) -> None:
        """One paragraph or table of ours and what became of it, or what stands there anew."""
        if isinstance(ours, PassageGrid) or isinstance(theirs, Grid):
            grid = theirs.rows if isinstance(theirs, Grid) else ()
            self._tables(ours.rows if isinstance(ours, PassageGrid) else (), grid)
            self._last = None
        elif isinstance(theirs, Paragraph):
            self._paragraph(ours, theirs)
        elif ours is not None:
            self._gone(ours)
        if isinstance(ours, Passage):
            self._last = ours

    def _tables(
        self, ours: Sequence[Sequence[Passage]], theirs: Sequence[Sequence[Sequence[Paragraph]]]
    ) -> None:
        """Rows that differ, cell by cell."""
        rows = [[_joined(cell) for cell in row] for row in theirs]
        after = [tuple(spoken_of(letters_of(cell.after())).text for cell in row) for row in rows]
        before = [tuple(cell.text for cell in row) for row in ours]
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        for _how, a, a_end, b, b_end in matcher.get_opcodes():
            for left, right in zip_longest(ours[a:a_end], rows[b:b_end], fillvalue=()):
                for cell, found in zip_longest(left, right):
                    if found is None:
                        self._gone(cell)
                    else:
                        self._paragraph(cell, found)

    def _gone(self, ours: Passage) -> None:
        if ours.text:
            self._add(How.REMOVED, ours, Paragraph(()), Checked((), _all_gone(ours)))

    def _paragraph(self, ours: Passage | None, theirs: Paragraph) -> None:
        self._note_comments(theirs, ours)
        spoken = spoken_of(letters_of(theirs.after()))
        if ours is None:
            if spoken.text:
                self._add(How.ADDED, None, theirs, check_figures(self._last or _NOTHING, spoken, self.known))
        elif spoken.text or not ours.text:
            checked = check_figures(ours, spoken, self.known)
            if spoken.text != ours.text or checked.wrong:
                self._add(How.CHANGED, ours, theirs, checked)
        else:
            self._add(How.REMOVED, ours, theirs, Checked((), _all_gone(ours)))

    def _add(self, how: How, ours: Passage | None, theirs: Paragraph, checked: Checked) -> None:
        place, is_before = (ours, False) if ours else self._beside()
        letters = with_figures(letters_of(theirs.after()), checked.kept)
        before = "" if ours is None else ours.text
        self.figures += checked.wrong
        self.changes.append(
            Change(
                number=len(self.changes) + 1,
                how=how,
                passage=place,
                pieces=tuple(diff_words(before, spoken_of(letters).text)),
                content=tuple(self._resolved(content_of(letters))),
                edits=tuple(_edits(theirs.spans)),
                has_untracked=spoken_of(letters_of(theirs.before())).text != before,
                figures=checked.wrong,
                refusal=_refusal(how, place, checked),
                style=theirs.style,
                is_before=is_before,
            )
        )

    def _beside(self) -> tuple[Passage | None, bool]:
        """The written paragraph that an added one belongs to: the one above, else the one below."""
        if self._last and self._last.section:
            return self._last, False
        if self.following and self.following.section:
            return self.following, True
        return self._last, False

    def _resolved(self, content: Iterable[Inline]) -> Iterator[Inline]:
        """Links to bookmarks as references where they still read as such, else as words."""
        for part in content:
            if not isinstance(part, Reference):
                yield part
                continue
            anchor, label = self.anchors.get(bookmark_key(part.anchor), ("", ""))
            yield Reference(anchor) if label == part.text else Run(part.text)

    def _note_comments(self, theirs: Paragraph, ours: Passage | None) -> None:
        whole = "".join(span.text for span in theirs.after())
        for span in theirs.spans:
            for number in span.comments:
                self._commented.setdefault(number, (ours or self._last, whole, []))[2].append(span.text)

    def remarks(self) -> Iterator[CommentFound]:
        """The comments in their order, each with its words; with the paragraph where it covers none."""
        for number, comment in self.file.comments.items():
            passage, whole, words = self._commented.get(number, (None, "", []))
            covered = " ".join("".join(words).split()) or " ".join(whole.split())
            yield CommentFound(comment.author, comment.on, comment.text, covered, passage)


def _all_gone(ours: Passage) -> tuple[FigureFound, ...]:
    return tuple(
        FigureFound(figure.name, ours.spoken.words(figure), "", FigureFate.REMOVED, ours)
        for figure in ours.spoken.figures
    )


def _edits(spans: Iterable[Span]) -> Iterator[Edit]:
    for span in spans:
        yield from _edits(span.note)
        words = span.text or "".join(inner.text for inner in span.note)
        if span.fate is not Fate.KEPT and words.strip():
            yield Edit(span.fate, words, span.author, span.on)


def _refusal(how: How, place: Passage | None, checked: Checked) -> Refusal | None:
    if any(figure.fate is FigureFate.ALTERED for figure in checked.wrong):
        return Refusal.FIGURE
    if place and place.section:
        return None
    return Refusal.NOWHERE if how is How.ADDED else Refusal.COMPUTED
