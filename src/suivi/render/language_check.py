"""The same figures in every language: two language versions of a document, paragraph by paragraph."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from suivi.findings import Finding, Severity
from suivi.render.document import Document
from suivi.render.passages import Passage, PassageGrid, passages
from suivi.render.runs import Content, Note, Run, inlines
from suivi.render.said_facts import Fact, FactKind, facts_of
from suivi.values.messages import Message, gettext_noop

_MISSING = {
    FactKind.FIGURE: gettext_noop("%(place)s: the figure %(value)s stands in %(has)s and not in %(lacks)s."),
    FactKind.DAY: gettext_noop("%(place)s: the date %(value)s stands in %(has)s and not in %(lacks)s."),
    FactKind.SYMBOL: gettext_noop("%(place)s: the symbol %(value)s stands in %(has)s and not in %(lacks)s."),
    FactKind.ACRONYM: gettext_noop(
        "%(place)s: the acronym %(value)s stands in %(has)s and its form in %(lacks)s does not."
    ),
}
_ALONE = gettext_noop("%(place)s: this paragraph stands in %(has)s only: %(words)s")
_UNTRANSLATED = gettext_noop("%(place)s: in %(language)s this is still in the original language.")
_MEND = gettext_noop("Correct the version that is wrong, and translate what was added.")
_WORDS_SHOWN = 80


def compare_languages(document: Document, other: Document) -> list[Finding]:
    """What differs in figures, dates, symbols and acronyms; equal documents give nothing.

    Both are the same report in two languages. Words marked as still in another language are not compared.
    """
    check = _Check(document.metadata.language, other.metadata.language)
    return list(check.compare(passages(document), passages(other)))


class _Check:
    def __init__(self, language: str, other: str) -> None:
        self.languages = language, other

    def compare(
        self, ours: Sequence[Passage | PassageGrid], theirs: Sequence[Passage | PassageGrid]
    ) -> Iterator[Finding]:
        keys = [_key(one) for one in ours], [_key(one) for one in theirs]
        for how, a, a_end, b, b_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
            if how == "equal":
                for left, right in zip(ours[a:a_end], theirs[b:b_end], strict=True):
                    yield from self._pair(left, right)
            else:
                for side, found in ((0, ours[a:a_end]), (1, theirs[b:b_end])):
                    for one in found:
                        yield from self._alone(one, side)

    def _pair(self, left: Passage | PassageGrid, right: Passage | PassageGrid) -> Iterator[Finding]:
        if isinstance(left, Passage) and isinstance(right, Passage):
            yield from self._passages(left, right)
        elif isinstance(left, PassageGrid) and isinstance(right, PassageGrid):
            for cells, others in zip_longest(left.rows, right.rows, fillvalue=()):
                for cell, other in zip_longest(cells, others):
                    if cell and other:
                        yield from self._passages(cell, other, left.caption)
                    elif alone := cell or other:
                        yield from self._alone(alone, 0 if cell else 1)

    def _passages(self, left: Passage, right: Passage, caption: str = "") -> Iterator[Finding]:
        foreign = [side for side, one in enumerate((left, right)) if _is_foreign(one.content)]
        if foreign:
            if len(foreign) == 1:
                params = {"place": _place(left, caption), "language": self.languages[foreign[0]]}
                yield _finding("untranslated", Severity.NOTE, _UNTRANSLATED, params)
            return
        said = [
            facts_of(one.text, language) for one, language in zip((left, right), self.languages, strict=True)
        ]
        for side in (0, 1):
            here, there = said[side], said[1 - side]
            lacking = Counter(here.facts) - Counter(there.facts) - Counter(there.perhaps)
            for fact in sorted(lacking.elements()):
                yield self._missing(fact, _place(left, caption), side)

    def _missing(self, fact: Fact, place: str, side: int) -> Finding:
        weight = Severity.WARNING if fact.kind is FactKind.ACRONYM else Severity.ERROR
        has, lacks = self.languages[side], self.languages[1 - side]
        params = {"place": place, "value": fact.value, "has": has, "lacks": lacks}
        return _finding(fact.kind.value, weight, _MISSING[fact.kind], params)

    def _alone(self, one: Passage | PassageGrid, side: int) -> Iterator[Finding]:
        words = one.caption if isinstance(one, PassageGrid) else one.text
        if words:
            params = {"place": _place(one), "has": self.languages[side], "words": words[:_WORDS_SHOWN]}
            yield _finding("paragraph", Severity.WARNING, _ALONE, params)


def _key(one: Passage | PassageGrid) -> tuple[object, ...]:
    """What is the same in all languages: the kind of paragraph, and where its words were written."""
    if isinstance(one, PassageGrid):
        return ("table", len(one.rows))
    return (one.kind, one.origin, one.item, bool(one.number))


def _is_foreign(content: Content) -> bool:
    """Whether all its words are marked as of another language than the document's."""
    runs = [
        part for part in inlines(content) if isinstance(part, Run) and part.text.strip() and not part.figure
    ]
    return (
        bool(runs)
        and all(run.language for run in runs)
        and not any(isinstance(part, Note) for part in inlines(content))
    )


def _place(one: Passage | PassageGrid, caption: str = "") -> str:
    """Where a reader finds it; a cell by the caption of its table."""
    if isinstance(one, PassageGrid):
        return one.caption or one.heading
    return caption or one.place


def _finding(code: str, weight: Severity, template: str, params: Mapping[str, object]) -> Finding:
    return Finding(f"language.{code}", weight, Message(template, params), hint=Message(_MEND))
