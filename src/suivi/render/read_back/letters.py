"""A paragraph of a Word file as letters with their looks: compared as words, kept as content."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from suivi.office.word import Span
from suivi.render.docx.xml import FIGURE_TAG
from suivi.render.passages import NOTE_CLOSES, NOTE_OPENS
from suivi.render.runs import Inline, LineBreak, Note, Reference, Run
from suivi.render.spoken import FigureAt, Spoken


@dataclass(frozen=True)
class Look:
    """What is the same for neighbouring letters. `note` numbers the notes of a paragraph from 1."""

    bold: bool = False
    italic: bool = False
    href: str = ""
    anchor: str = ""
    figure: str = ""
    note: int = 0
    is_frame: bool = False  # the marks that stand around a note in the words
    is_break: bool = False


@dataclass(frozen=True)
class Letter:
    letter: str
    look: Look


def letters_of(spans: Iterable[Span]) -> list[Letter]:
    """The letters, white space counted once; a line break is a blank that remembers what it was."""
    found: list[Letter] = []
    for letter in _raw(spans):
        if not letter.letter.isspace():
            found.append(letter)
        elif found and found[-1].letter == " ":
            is_break = found[-1].look.is_break or letter.look.is_break
            found[-1] = replace(found[-1], look=replace(found[-1].look, is_break=is_break))
        elif found:
            found.append(Letter(" ", letter.look))
    while found and found[-1].letter == " ":
        found.pop()
    return found


def _raw(spans: Iterable[Span]) -> Iterator[Letter]:
    notes = 0
    for span in spans:
        if not span.note:
            yield from _of_span(span, 0)
            continue
        notes += 1
        frame = Look(note=notes, is_frame=True)
        yield from (Letter(letter, frame) for letter in NOTE_OPENS)
        for inner in span.note:
            yield from _of_span(inner, notes)
        yield from (Letter(letter, frame) for letter in NOTE_CLOSES)


def _of_span(span: Span, note: int) -> Iterator[Letter]:
    figure = span.tag.removeprefix(FIGURE_TAG) if span.tag.startswith(FIGURE_TAG) else ""
    look = Look(span.bold, span.italic, span.href, span.anchor, figure, note)
    broken = replace(look, is_break=True)
    return (Letter(letter, broken if letter == "\n" else look) for letter in span.text)


def spoken_of(letters: Sequence[Letter]) -> Spoken:
    """The words with their figures. Neighbouring letters of one figure are one figure."""
    figures = []
    for name, start, end in _stretches([letter.look.figure for letter in letters]):
        if name:
            figures.append(FigureAt(name, start, end))
    return Spoken("".join(letter.letter for letter in letters), tuple(figures))


def _stretches(values: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for value, group in groupby(values):
        end = start + sum(1 for _ in group)
        yield value, start, end
        start = end


def with_figures(letters: Sequence[Letter], figures: Iterable[FigureAt]) -> list[Letter]:
    """The letters with exactly these computed figures among them."""
    named = [replace(letter, look=replace(letter.look, figure="")) for letter in letters]
    for figure in figures:
        for place in range(figure.start, figure.end):
            named[place] = replace(named[place], look=replace(named[place].look, figure=figure.name))
    return named


def content_of(letters: Sequence[Letter]) -> tuple[Inline, ...]:
    """The letters as parts of a line of a neutral document."""
    return tuple(_inlines(letters))


def _inlines(letters: Sequence[Letter]) -> Iterator[Inline]:
    for note, group in groupby(letters, key=lambda letter: letter.look.note):
        inside = [letter for letter in group if not letter.look.is_frame]
        if note:
            yield Note(tuple(_plain_inlines(inside)))
        else:
            yield from _plain_inlines(inside)


def _plain_inlines(letters: Sequence[Letter]) -> Iterator[Inline]:
    for look, group in groupby(letters, key=lambda letter: letter.look):
        words = "".join(letter.letter for letter in group)
        if look.is_break:
            yield LineBreak()
        elif look.anchor and not look.figure:
            yield Reference(look.anchor, words)
        else:
            yield Run(words, look.bold, look.italic, look.href, figure=look.figure)
