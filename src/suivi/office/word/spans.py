"""The words of one paragraph of WordprocessingML, with who tracked what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from suivi.office.word.model import Paragraph, Span
from suivi.values.wording_diff import Fate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OFF = ("0", "false", "off", "none")

_WORDS = frozenset({f"{W}t", f"{W}delText", _MATHS})
_CHARACTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_FATES = {
    f"{W}ins": Fate.ADDED,
    f"{W}moveTo": Fate.ADDED,
    f"{W}del": Fate.REMOVED,
    f"{W}moveFrom": Fate.REMOVED,
}
_PASSED_OVER = frozenset(f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "fldData"))
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_PICTURES = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060"))


@dataclass
class SpanReader:
    """Reads paragraph after paragraph. What runs through all of them stays: open comments, text boxes.

    `notes` gives the element of a note by part ("footnotes") and number, `links` the addresses by relation.
    """

    notes: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    boxes: list[Any] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _bookmarks: list[str] = field(default_factory=list)
    _is_in_note: bool = False

    def paragraph(self, element: Any, style: str, look: Span) -> Paragraph:
        """The paragraph; `look` says what holds for all of it, such as a row tracked as deleted."""
        self._bookmarks = []
        spans = tuple(joined(self._spans(element, look)))
        return Paragraph(spans, style, tuple(self._bookmarks))

    def _spans(self, elements: Iterable[Any], look: Span) -> Iterator[Span]:
        for element in elements:
            tag = element.tag
            if tag == f"{W}r":
                yield from self._run(element, _with_looks(look, element.find(f"{W}rPr")))
            elif tag in _WORDS:
                yield replace(self._commented(look), text=_visible(element.text))
            elif tag in _FATES:
                yield from self._spans(element, tracked(look, element, _FATES[tag]))
            elif tag == f"{W}sdt":
                name = element.find(f"{W}sdtPr/{W}tag")
                around = look if name is None else replace(look, tag=name.get(f"{W}val", ""))
                yield from self._spans(element.iterchildren(f"{W}sdtContent"), around)
            elif tag == f"{W}hyperlink":
                address = self.links.get(element.get(f"{R}id", ""), "")
                yield from self._spans(
                    element, replace(look, href=address, anchor=element.get(f"{W}anchor", ""))
                )
            elif tag == f"{MC}AlternateContent":
                yield from self._spans(chosen(element), look)
            elif tag not in _PASSED_OVER:
                self.meet_comment(element)
                if tag == f"{W}bookmarkStart":
                    self._bookmarks.append(element.get(f"{W}name", ""))
                yield from self._spans(element, look)

    def meet_comment(self, element: Any) -> None:
        """The range of a comment opens or closes here, between runs or between paragraphs."""
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            self._open.append(number)
        elif element.tag == f"{W}commentRangeEnd" and number in self._open:
            self._open.remove(number)

    def _run(self, run: Any, look: Span) -> Iterator[Span]:
        for child in run:
            tag = child.tag
            if tag in _WORDS:
                yield replace(self._commented(look), text=_visible(child.text))
            elif tag in _CHARACTERS:
                yield replace(self._commented(look), text=_CHARACTERS[tag])
            elif tag == f"{W}br":
                if child.get(f"{W}type", "textWrapping") == "textWrapping":
                    yield replace(self._commented(look), text="\n")
            elif tag == f"{W}sym":
                yield replace(self._commented(look), text=_symbol(child.get(f"{W}char", "")))
            elif tag in _NOTES:
                yield self._note(_NOTES[tag], child.get(f"{W}id", ""), look)
            elif tag == f"{W}commentReference":
                number = child.get(f"{W}id", "")
                yield replace(look, text="", comments=frozenset({number, *self._open}))
            elif tag in _PICTURES:
                self.boxes += text_boxes(child)
            elif tag == f"{MC}AlternateContent":
                yield from self._run(chosen(child), look)

    def _note(self, part: str, number: str, look: Span) -> Span:
        element = self.notes.get((part, number))
        words: list[Span] = []
        if element is not None and not self._is_in_note:
            self._is_in_note = True
            for index, paragraph in enumerate(element.iter(f"{W}p")):
                words += [Span("\n")] * bool(index) + list(self._spans(paragraph, Span("")))
            self._is_in_note = False
        return replace(self._commented(look), text="", note=tuple(joined(words)) or (Span(" "),))

    def _commented(self, look: Span) -> Span:
        return replace(look, comments=frozenset(self._open)) if self._open else look


def tracked(look: Span, element: Any, fate: Fate) -> Span:
    """The look inside a tracked change. What is deleted stays deleted, whoever inserted it."""
    if look.fate is Fate.REMOVED:
        return look
    return replace(look, fate=fate, author=element.get(f"{W}author", ""), on=day_in(element))


def day_in(element: Any) -> date | None:
    """The day of a change or comment, None where the file states no real one."""
    try:
        return date.fromisoformat(element.get(f"{W}date", "")[:10])
    except ValueError:
        return None


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours that differ in nothing but their words are one span; empty ones are none."""
    held: Span | None = None
    for span in spans:
        if not (span.text or span.note or span.comments):
            continue
        if held and not held.note and not span.note and replace(held, text=span.text) == span:
            held = replace(held, text=held.text + span.text)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def chosen(alternatives: Any) -> list[Any]:
    """The contents of one of several ways to say the same: the modern one where it has any words."""
    options = [option for option in alternatives if option.tag in (f"{MC}Choice", f"{MC}Fallback")]
    with_words = (option for option in options if next(option.iter(f"{W}t"), None) is not None)
    return list(next(with_words, options[0] if options else ()))


def text_boxes(element: Any) -> list[Any]:
    """The text boxes of a drawing; boxes inside boxes are met when those are read."""
    found: list[Any] = []
    waiting = [element]
    while waiting:
        current = waiting.pop()
        if current.tag == f"{W}txbxContent":
            found.append(current)
        else:
            inside = chosen(current) if current.tag == f"{MC}AlternateContent" else current
            waiting += reversed(inside)
    return found


def _with_looks(look: Span, properties: Any) -> Span:
    if properties is None:
        return look
    bold, italic = _is_on(properties, "b"), _is_on(properties, "i")
    return replace(look, bold=look.bold or bold, italic=look.italic or italic)


def _is_on(properties: Any, name: str) -> bool:
    switch = properties.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def _visible(text: str | None) -> str:
    return (text or "").translate(_UNSEEN).replace("\n", " ").replace("\t", " ")


def _symbol(code: str) -> str:
    """A character of a symbol font, where it has a meaning outside that font."""
    try:
        point = int(code, 16)
    except ValueError:
        return "\ufffd"
    return chr(point) if 0x20 <= point < 0xD800 else "\ufffd"
