"""Content of a neutral document as the Markdown that `suivi.render.markdown` reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from suivi.render.document import Paragraph
from suivi.render.markdown import blocks_of
from suivi.render.runs import Content, Inline, LineBreak, Note, Reference, Run, inlines, plain_text

_SPECIAL = re.compile(r"([\\`*_\[\]<>&])")
# What would make a heading, a list, a quote or a note of a line if it stood at its start.
_OPENING = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:\d{1,9})(?=[.)](?:\s|$)))")


@dataclass
class MarkdownWriter:
    """Writes contents. `notes` are the footnotes by mark: those that the text has, and those that come.

    `quotes` gives the form in which a figure was quoted ("achieved" -> "achieved|words").
    """

    quotes: Mapping[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def content(self, content: Content) -> str:
        """One line of Markdown, line breaks in it as a backslash at the end of a line."""
        parts = inlines(content)
        written = _lines(self._pieces(parts))
        if not any(isinstance(p, Run) and (p.bold or p.italic) for p in parts) or self._is_read_as(
            written, parts
        ):
            return written
        # Marks of emphasis that letters and punctuation around them keep from being read as such.
        bare = (replace(p, bold=False, italic=False) if isinstance(p, Run) else p for p in parts)
        return _lines(self._pieces(tuple(bare)))

    def _is_read_as(self, written: str, parts: tuple[Inline, ...]) -> bool:
        """Whether the line is read as the words that it was written from."""
        defined = "\n".join(f"[^{mark}]: {words}" for mark, words in self.notes.items())
        read = blocks_of(f"{written}\n\n{defined}", lambda name: Run(f"{{{{{name}}}}}"))
        meant = (Run(self.figure(part)) if isinstance(part, Run) and part.figure else part for part in parts)
        said = [plain_text(one.content) for one in read if isinstance(one, Paragraph)]
        return said == [plain_text(tuple(meant))]

    def _pieces(self, content: Content) -> list[str]:
        pieces = []
        for part in inlines(content):
            match part:
                case Run():
                    pieces.append(self._run(part))
                case LineBreak():
                    pieces.append("\n")
                case Reference():
                    pieces.append(f"[@{part.anchor}]")
                case Note():
                    pieces.append(f"[^{self._note(part)}]")
        return pieces

    def _run(self, run: Run) -> str:
        if run.figure:
            return _emphasized(self.figure(run), run)
        # Blanks stand outside the marks, which want a letter beside them.
        words = run.text.strip(" ")
        if not words:
            return run.text
        before, after = run.text.split(words, 1)
        escaped = _emphasized(escape_markdown(words), run)
        if run.href:
            escaped = f"[{escaped}]({_address(run.href)})"
        return before + escaped + after

    def figure(self, run: Run) -> str:
        """How a computed figure is quoted."""
        return f"{{{{{self.quotes.get(run.figure, run.figure)}}}}}"

    def _note(self, note: Note) -> str:
        """The mark of a note. One that the text has already keeps its mark."""
        words = " ".join("".join(self._pieces(note.content)).split())
        same = next((mark for mark, known in self.notes.items() if known == words), "")
        if same:
            return same
        mark = next(str(n) for n in count(1) if str(n) not in self.notes)
        self.notes[mark] = words
        return mark


def _lines(pieces: Sequence[str]) -> str:
    lines = "".join(pieces).split("\n")
    return "\\\n".join(_at_the_start(line.strip(" ")) for line in lines)


def escape_markdown(words: str) -> str:
    """The words so that they are read as they stand."""
    return _SPECIAL.sub(r"\\\1", words)


def _at_the_start(line: str) -> str:
    return _OPENING.sub(
        lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}", line
    )


def _emphasized(words: str, run: Run) -> str:
    mark = "*" * (2 * run.bold + run.italic)
    return f"{mark}{words}{mark}"


def _address(href: str) -> str:
    return "<" + href.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20") + ">"
