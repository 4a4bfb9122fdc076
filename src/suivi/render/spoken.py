"""Words with their computed figures, in the form in which two wordings are compared.

White space counts once and as a plain space, so that a program that saves a file again changes nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class FigureAt:
    """A computed figure in a wording: its name and where its words stand."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Spoken:
    """A wording and the figures in it."""

    text: str
    figures: tuple[FigureAt, ...] = ()

    @classmethod
    def of(cls, pieces: Iterable[tuple[str, str]]) -> "Spoken":
        """From pieces of words, each with the name of its figure or nothing."""
        letters: list[str] = []
        figures: list[FigureAt] = []
        for words, name in pieces:
            start = len(letters)
            for letter in words:
                if not _BLANK.match(letter):
                    letters.append(letter)
                elif letters and letters[-1] != " ":
                    letters.append(" ")
            if name:
                figures.append(FigureAt(name, start, len(letters)))
        text = "".join(letters).rstrip(" ")
        return cls(text, tuple(_trimmed(text, figure) for figure in figures))

    def words(self, figure: FigureAt) -> str:
        return self.text[figure.start : figure.end]


def _trimmed(text: str, figure: FigureAt) -> FigureAt:
    """The place of the figure without the blanks at its ends."""
    words = text[figure.start : figure.end]
    start = figure.start + len(words) - len(words.lstrip(" "))
    return FigureAt(figure.name, start, max(start, figure.start + len(words.rstrip(" "))))
