"""Paragraphs that say again, nearly word for word, what an earlier report said."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suivi.findings import Finding, Severity
from suivi.render.document import Document
from suivi.render.passages import Passage, flat_passages
from suivi.values.messages import Message, gettext_noop

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words in a row that are compared
_SAME = 0.9  # of computed paragraphs, whose sentences are alike in every report
_LEAST_WORDS = 12  # shorter paragraphs say little that could be said twice
_NEAR = 0.5  # of the shingles of the shorter paragraph, for the two to be nearly equal
_SPOKEN = ("paragraph", "item")
_WORDS_SHOWN = 100

_REPEATED = gettext_noop("%(place)s repeats %(share)s per cent of %(other_place)s of %(report)s: %(words)s")
_REFER = gettext_noop("Refer to the earlier report, or say what is new since.")


@dataclass(frozen=True)
class Repeat:
    """A paragraph and the one of an earlier report that it is nearest to; `share` from 0 to 1."""

    passage: Passage
    report: str
    earlier: Passage
    share: float


def find_repeats(document: Document, earlier: Mapping[str, Document]) -> list[Repeat]:
    """For each paragraph that comes near to one of an earlier report (name to document), the nearest."""
    known: list[tuple[str, Passage, int]] = []
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for report, other in earlier.items():
        for passage in _spoken(other):
            shingles = _shingles(passage.text)
            for shingle in shingles:
                places[shingle].append(len(known))
            known.append((report, passage, len(shingles)))
    return [repeat for passage in _spoken(document) if (repeat := _nearest(passage, known, places))]


def _nearest(
    passage: Passage,
    known: Sequence[tuple[str, Passage, int]],
    places: Mapping[tuple[str, ...], Iterable[int]],
) -> Repeat | None:
    shingles = _shingles(passage.text)
    shared = Counter(place for shingle in shingles for place in places.get(shingle, ()))
    best: Repeat | None = None
    for place, count in shared.items():
        report, earlier, size = known[place]
        share = count / min(size, len(shingles))
        if share >= (_NEAR if passage.section else _SAME) and (best is None or share > best.share):
            best = Repeat(passage, report, earlier, share)
    return best


def repeats_as_findings(repeats: Iterable[Repeat]) -> list[Finding]:
    """The same as findings, for lists of what a check says."""
    return [
        Finding(
            "repeats.paragraph",
            Severity.WARNING,
            Message(
                _REPEATED,
                {
                    "place": repeat.passage.place,
                    "share": round(100 * repeat.share),
                    "other_place": repeat.earlier.place,
                    "report": repeat.report,
                    "words": repeat.passage.text[:_WORDS_SHOWN],
                },
            ),
            hint=Message(_REFER),
        )
        for repeat in repeats
    ]


def _spoken(document: Document) -> list[Passage]:
    return [
        one
        for one in flat_passages(document)
        if one.kind in _SPOKEN and len(_WORD.findall(one.text)) >= _LEAST_WORDS
    ]


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
