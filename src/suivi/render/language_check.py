"""The same figures in every language: two language versions of a document, paragraph by paragraph."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain, zip_longest
from typing import TypeAlias

from suivi.findings import Finding, Severity
from suivi.render.document import Document
from suivi.render.passages import Passage, PassageGrid, passages
from suivi.render.runs import Content, Note, Run, inlines
from suivi.render.said_facts import CAPITALS, Fact, FactKind, Said, facts_of
from suivi.values.messages import Message, gettext_noop

# One that is missing, and several.
_MISSING = {
    FactKind.FIGURE: (
        gettext_noop("%(place)s: the figure %(value)s stands in %(has)s and not in %(lacks)s."),
        gettext_noop("%(place)s: the figures %(value)s stand in %(has)s and not in %(lacks)s."),
    ),
    FactKind.DAY: (
        gettext_noop("%(place)s: the date %(value)s stands in %(has)s and not in %(lacks)s."),
        gettext_noop("%(place)s: the dates %(value)s stand in %(has)s and not in %(lacks)s."),
    ),
    FactKind.SYMBOL: (
        gettext_noop("%(place)s: the symbol %(value)s stands in %(has)s and not in %(lacks)s."),
        gettext_noop("%(place)s: the symbols %(value)s stand in %(has)s and not in %(lacks)s."),
    ),
    FactKind.ACRONYM: (
        gettext_noop(
            "%(place)s: the acronym %(value)s stands in %(has)s and its form in %(lacks)s does not."
        ),
        gettext_noop(
            "%(place)s: the acronyms %(value)s stand in %(has)s and their forms in %(lacks)s do not."
        ),
    ),
}
_ALONE = gettext_noop("%(place)s: this paragraph stands in %(has)s only: %(words)s")
_UNTRANSLATED = gettext_noop("%(place)s: in %(lacks)s this is still in the original language.")
_MEND = gettext_noop("Correct the version that is wrong, and translate what was added.")
_WORDS_SHOWN = 80


def compare_languages(document: Document, other: Document, shown: Document | None = None) -> list[Finding]:
    """What differs in figures, dates, symbols and acronyms; equal documents give nothing.

    Both are the same report in two languages. `shown` is it in the language of the reader, whose places are
    named, by default the first. Words of the record that stand in another language in both, and what is
    marked as not translated yet, are not compared.
    """
    ours, theirs = passages(document), passages(other)
    check = _Check(document.metadata.language, other.metadata.language, _shared_capitals(ours, theirs))
    if shown is not None:
        check.places = _places(ours, passages(shown))
    return list(check.compare(ours, theirs))


class _Check:
    def __init__(self, language: str, other: str, shared: frozenset[str]) -> None:
        self.languages = language, other
        self.shared = shared
        self.places: dict[int, str] = {}

    def compare(
        self, ours: Sequence[Passage | PassageGrid], theirs: Sequence[Passage | PassageGrid]
    ) -> Iterator[Finding]:
        for left, right in _paired(ours, theirs):
            if left and right:
                yield from self._pair(left, right)
            elif one := left or right:
                yield from self._alone(one, 0 if left else 1)

    def _pair(self, left: Passage | PassageGrid, right: Passage | PassageGrid) -> Iterator[Finding]:
        if isinstance(left, Passage) and isinstance(right, Passage):
            yield from self._passages(left, right, self._place(left))
        elif isinstance(left, PassageGrid) and isinstance(right, PassageGrid):
            for cells, others in zip_longest(left.rows, right.rows, fillvalue=()):
                for cell, other in zip_longest(cells, others):
                    if cell and other:
                        yield from self._passages(cell, other, self._place(left))
                    elif alone := cell or other:
                        yield from self._alone(alone, 0 if cell else 1)

    def _passages(self, left: Passage, right: Passage, place: str) -> Iterator[Finding]:
        foreign = [side for side, one in enumerate((left, right)) if _is_foreign(one.content)]
        if foreign:
            # What units and constituents said is quoted as they said it.
            if len(foreign) == 1 and left.section:
                params = {"place": place, "lacks": self.languages[foreign[0]]}
                yield _finding("untranslated", Severity.NOTE, _UNTRANSLATED, params)
            return
        if left.text == right.text:
            # The same words, such as what somebody typed in one language only.
            return
        said = [_facts(one, language) for one, language in zip((left, right), self.languages, strict=True)]
        lacking = [self._lacking(said[side], said[1 - side]) for side in (0, 1)]
        ordinals = [_ordinals_lacking(said[side], said[1 - side]) for side in (0, 1)]
        for side in (0, 1):
            # One spelled ordinal more is a manner of speaking; another in its place is a difference.
            is_other = ordinals[1 - side] or any(one.kind is FactKind.FIGURE for one in lacking[1 - side])
            by_kind: dict[FactKind, list[str]] = {}
            for fact in (*lacking[side], *(ordinals[side] if is_other else ())):
                by_kind.setdefault(fact.kind, []).append(fact.said)
            for kind, words in sorted(by_kind.items()):
                yield self._missing(kind, words, place, side)

    def _lacking(self, here: Said, there: Said) -> list[Fact]:
        """What one wording states and the other does not. An acronym may stand once for several times."""
        acronyms = {fact for fact in here.facts if fact.kind is FactKind.ACRONYM}
        facts = Counter(fact for fact in here.facts if fact not in acronyms)
        lacking = facts - Counter(there.facts) - Counter(there.perhaps) - Counter(there.ordinals)
        exchanged = self._exchanged(here.capitals, there.capitals)
        return [*sorted(lacking.elements()), *sorted(acronyms - {*there.facts}), *sorted(exchanged)]

    def _exchanged(self, here: frozenset[str], there: frozenset[str]) -> Iterator[Fact]:
        """Acronyms of no table: one that both languages use elsewhere, and another where it should stand."""
        if here - there and there - here and self.shared & (here ^ there):
            yield from (Fact(FactKind.ACRONYM, word, word) for word in here - there)

    def _missing(self, kind: FactKind, words: Sequence[str], place: str, side: int) -> Finding:
        weight = Severity.WARNING if kind is FactKind.ACRONYM else Severity.ERROR
        has, lacks = self.languages[side], self.languages[1 - side]
        params = {"place": place, "value": ", ".join(words), "has": has, "lacks": lacks}
        return _finding(kind.value, weight, _MISSING[kind][len(words) > 1], params)

    def _alone(self, one: Passage | PassageGrid, side: int) -> Iterator[Finding]:
        words = one.caption if isinstance(one, PassageGrid) else one.text
        is_mark = words.startswith("[") and words.endswith("]")  # that a section is not translated yet
        if words and not is_mark:
            params = {"place": self._place(one), "has": self.languages[side], "words": words[:_WORDS_SHOWN]}
            yield _finding("paragraph", Severity.WARNING, _ALONE, params)

    def _place(self, one: Passage | PassageGrid) -> str:
        return self.places.get(id(one)) or _place(one)


def _ordinals_lacking(here: Said, there: Said) -> list[Fact]:
    lacking = Counter(here.ordinals) - Counter(there.ordinals) - Counter(there.facts) - Counter(there.perhaps)
    return sorted(lacking.elements())


_Both: TypeAlias = "tuple[Passage | PassageGrid | None, Passage | PassageGrid | None]"


def _paired(
    ours: Sequence[Passage | PassageGrid], theirs: Sequence[Passage | PassageGrid]
) -> Iterator[_Both]:
    """What stands at the same place in two languages; None where one has nothing."""
    keys = [_key(one) for one in ours], [_key(one) for one in theirs]
    for how, a, a_end, b, b_end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if how == "equal":
            yield from zip(ours[a:a_end], theirs[b:b_end], strict=True)
        else:
            yield from ((one, None) for one in ours[a:a_end])
            yield from ((None, one) for one in theirs[b:b_end])


def _places(ours: Sequence[Passage | PassageGrid], shown: Sequence[Passage | PassageGrid]) -> dict[int, str]:
    """What each of ours is called in the other language, by identity."""
    return {id(left): _place(right) for left, right in _paired(ours, shown) if left and right}


def _shared_capitals(*sides: Sequence[Passage | PassageGrid]) -> frozenset[str]:
    """Words in capitals that stand in both languages, so that they are the same in both."""
    found = [set[str](), set[str]()]
    for side, all_of_it in zip(found, sides, strict=True):
        for one in all_of_it:
            cells = chain.from_iterable(one.rows) if isinstance(one, PassageGrid) else (one,)
            side.update(*(CAPITALS.findall(cell.text) for cell in cells))
    return frozenset(found[0] & found[1])


def _key(one: Passage | PassageGrid) -> tuple[object, ...]:
    """What is the same in all languages: the kind of paragraph, and where its words were written."""
    if isinstance(one, PassageGrid):
        return ("table", len(one.rows))
    return (one.kind, one.origin, one.item, bool(one.number))


def _facts(one: Passage, language: str) -> Said:
    """What the passage states, words marked as of another language read in the forms of theirs."""
    runs = [part for part in inlines(one.content) if isinstance(part, Run) and part.language]
    said, rest = [], one.text
    for run in runs:
        words = " ".join(run.text.split())
        said.append(facts_of(words, run.language))
        rest = rest.replace(words, " ", 1)
    said.append(facts_of(rest, language))
    return Said(
        tuple(fact for part in said for fact in part.facts),
        tuple(fact for part in said for fact in part.perhaps),
        tuple(fact for part in said for fact in part.ordinals),
        frozenset().union(*(part.capitals for part in said)),
    )


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


def _place(one: Passage | PassageGrid) -> str:
    """Where a reader finds it; a cell by the caption of its table."""
    if isinstance(one, PassageGrid):
        return one.caption or one.heading
    return one.place


def _finding(code: str, weight: Severity, template: str, params: Mapping[str, object]) -> Finding:
    return Finding(f"language.{code}", weight, Message(template, params), hint=Message(_MEND))
