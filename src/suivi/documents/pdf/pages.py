"""Words and rules of the pages of a PDF, with their positions, through PDFium.

Coordinates are points of the page as shown, x to the right and y upwards from the lower left corner.
"""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from suivi.office.archives import too_large
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MAX_PAGES = 2_000
MAX_LETTERS = 5_000_000  # in the whole file
MAX_RULES = 400_000  # in the whole file
MAX_OBJECTS = 100_000  # on one page
_PASSWORD_ERRORS = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
_MAX_FORM_DEPTH = 4
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
# What PDFium gives for a hyphen at the end of a line, and one that the file only allows for.
_LINE_END_HYPHEN = re.compile("[\ufffe\x02]|\u00ad(?:\\s|$)")
_WORD = re.compile(f"[^\\x00-\\x20\\u2028\\u2029\ufffe{_UNSEEN}]+")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd]")  # codes that fonts give to shapes of their own
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK_LETTERS = frozenset("0123456789*†‡§")
_RAISED_BY = 0.2  # of the letter size: how far above the line a glyph starts that is a superscript
_THIN = 4.0  # a path not thicker than this is a rule
_BOLD_WEIGHT = 600


@dataclass(slots=True)
class Word:
    """Letters without white space. `y` is the base line; `is_glued` where no space stands before it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    is_bold: bool
    is_glued: bool = False
    is_raised: bool = False  # drawn as a superscript by its font
    ends_in_hyphen: bool = False  # goes on in the next line
    turn: int = 0  # quarter turns against the page: 0 for upright words
    run: int = 0  # words that the file draws in one go have the same number


@dataclass(slots=True)
class Rule:
    """A straight line: at `at` across, from `start` to `end` along."""

    at: float
    start: float
    end: float


@dataclass
class Page:
    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)  # horizontal rules, `at` is y
    down: list[Rule] = field(default_factory=list)  # vertical rules, `at` is x
    has_picture: bool = False
    strange_letters: int = 0  # letters of which the font does not say what they are


def read_pages(data: bytes) -> Iterator[Page]:
    """The pages of a PDF one after the other. Raises InputRefused where it is broken, locked or too long."""
    with _opened(data) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise InputRefused(
                gettext_noop("The file has %(count)s pages; at most %(limit)s are read."),
                {"count": count, "limit": MAX_PAGES},
                gettext_noop("Save only the pages with the plan as a new file and try with that."),
            )
        letters = rules = 0
        for index in range(count):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise broken_pdf() from error
            with _closing(page):
                found, length = _read_page(page, index + 1)
            letters += length
            rules += len(found.across) + len(found.down)
            if letters > MAX_LETTERS or rules > MAX_RULES:
                raise too_large()
            yield found


def broken_pdf() -> InputRefused:
    return InputRefused(
        gettext_noop("The PDF is damaged and cannot be read."),
        hint=gettext_noop("Open it in a PDF reader, print it to a new PDF and try again."),
    )


class _closing:  # noqa: N801  reads as a word in `with`
    """Closes a PDFium object at the end of its block, also after an error."""

    def __init__(self, thing: Any) -> None:
        self._thing = thing

    def __enter__(self) -> Any:
        return self._thing

    def __exit__(self, *error: object) -> None:
        self._thing.close()


def _opened(data: bytes) -> _closing:
    try:
        return _closing(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in _PASSWORD_ERRORS:
            raise InputRefused(
                gettext_noop("The PDF is protected by a password."),
                hint=gettext_noop("Remove the password and try again."),
            ) from error
        raise broken_pdf() from error


def _read_page(page: Any, number: int) -> tuple[Page, int]:
    width, height = page.get_size()
    turn = page.get_rotation() // 90
    found = Page(number, width, height)
    try:
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise broken_pdf() from error
    with _closing(textpage):
        letters = _Letters(textpage.raw, _to_shown(turn, width, height), turn)
        if letters.count > MAX_LETTERS:
            raise too_large()
        found.words = list(letters.words())
        found.strange_letters = letters.strange
        length = letters.count
    _Drawing(found, _to_shown(turn, width, height)).read(page.raw)
    return found, length


def _to_shown(turn: int, width: float, height: float) -> Callable[[float, float], tuple[float, float]]:
    """From the coordinates in the file to those of the page as shown, which may be turned by quarters."""
    if turn == 1:
        return lambda x, y: (y, height - x)
    if turn == 2:
        return lambda x, y: (width - x, height - y)
    if turn == 3:
        return lambda x, y: (width - y, x)
    return lambda x, y: (x, y)


@dataclass(slots=True)
class _Look:
    size: float
    is_bold: bool
    turn: int  # quarter turns of the text against the page in the file
    run: int


class _Letters:
    """The letters of one page, in the order of the file, gathered to words."""

    def __init__(self, raw: Any, shown: Callable[[float, float], tuple[float, float]], turn: int) -> None:
        self._raw = raw
        self._shown = shown
        self._page_turn = turn
        self._box = pdfium.FS_RECTF()
        self._box_pointer = ctypes.byref(self._box)
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._pointers = [ctypes.byref(double) for double in self._doubles]
        self._looks: dict[int, _Look] = {}
        self.count = max(pdfium.FPDFText_CountChars(raw), 0)
        self.strange = 0  # letters of which the font does not say what they are

    def words(self) -> Iterator[Word]:
        text = self._text()
        self.strange = len(_STRANGE.findall(text))
        for match in _WORD.finditer(text):
            after = text[match.end() : match.end() + 2]
            hyphen = bool(_LINE_END_HYPHEN.match(after))
            is_glued = match.start() > 0 and text[match.start() - 1] in _UNSEEN
            yield from self._word(match.start(), match[0], is_glued=is_glued, hyphen=hyphen)

    def _text(self) -> str:
        """One letter for each that PDFium counts: in one go, or one by one where it leaves some out."""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        if pdfium.FPDFText_GetText(self._raw, 0, self.count, buffer) == self.count + 1:
            text = bytes(buffer)[: 2 * self.count].decode("utf-16-le", "surrogatepass")
            if len(text) == self.count:
                return _SURROGATE.sub("\ufffd", text)
        codes = (pdfium.FPDFText_GetUnicode(self._raw, index) for index in range(self.count))
        text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
        return _SURROGATE.sub("\ufffd", text)

    def _word(self, start: int, text: str, *, is_glued: bool, hyphen: bool) -> Iterator[Word]:
        """One word, or several where a mark is set apart from the letters by its size, height or font."""
        end = start + len(text)
        if _MARK_LETTERS.isdisjoint(text):
            yield self._between(start, end - 1, text, is_glued=is_glued, hyphen=hyphen)
            return
        parts: list[tuple[int, bool]] = []  # where parts start, and whether they are raised
        last: tuple[bool, int] | None = None
        for offset, letter in enumerate(text):
            key = (letter in _MARK_LETTERS and self._is_raised(start + offset), self._object(start + offset))
            if last is None or key != last:
                parts.append((offset, key[0]))
            last = key
        stops = [offset for offset, _ in parts[1:]] + [len(text)]
        for (offset, raised), stop in zip(parts, stops, strict=True):
            word = self._between(
                start + offset,
                start + stop - 1,
                text[offset:stop],
                is_glued=is_glued or offset > 0,
                hyphen=hyphen and start + stop == end,
            )
            word.is_raised = raised
            yield word

    def _between(self, first: int, last: int, text: str, *, is_glued: bool, hyphen: bool) -> Word:
        look = self._look(first)
        left, right, base = self._extent(first, last, look.turn)
        turn = (look.turn - self._page_turn) % 4
        return Word(text, left, right, base, look.size, look.is_bold, is_glued, False, hyphen, turn, look.run)

    def _extent(self, first: int, last: int, turn: int) -> tuple[float, float, float]:
        """Left, right and base line of letters. For turned ones, along and across their own direction."""
        box, shown = self._box, self._shown
        pdfium.FPDFText_GetLooseCharBox(self._raw, first, self._box_pointer)
        x0, y0 = shown(box.left, box.bottom)
        x1, y1 = shown(box.right, box.top)
        if last > first:
            pdfium.FPDFText_GetLooseCharBox(self._raw, last, self._box_pointer)
            x2, y2 = shown(box.left, box.bottom)
            x3, y3 = shown(box.right, box.top)
            x0, x1 = min(x0, x1, x2, x3), max(x0, x1, x2, x3)
            y0, y1 = min(y0, y1, y2, y3), max(y0, y1, y2, y3)
        x, y = self._doubles[:2]
        pdfium.FPDFText_GetCharOrigin(self._raw, first, self._pointers[0], self._pointers[1])
        base_x, base_y = shown(x.value, y.value)
        quarter = (turn - self._page_turn) % 4
        if quarter % 2 == 0:
            return min(x0, x1), max(x0, x1), base_y
        return min(y0, y1), max(y0, y1), base_x

    def _is_raised(self, index: int) -> bool:
        """Whether the ink of a letter starts well above its base line and is small."""
        _, base, bottom, top = self._doubles
        if not pdfium.FPDFText_GetCharBox(self._raw, index, *self._pointers):
            return False
        low, high = bottom.value, top.value
        pdfium.FPDFText_GetCharOrigin(self._raw, index, self._pointers[0], self._pointers[1])
        look = self._look(index)
        return look.turn == 0 and low - base.value > _RAISED_BY * look.size and high - low < 0.6 * look.size

    def _object(self, index: int) -> int:
        return _address(pdfium.FPDFText_GetTextObject(self._raw, index))

    def _look(self, index: int) -> _Look:
        pointer = pdfium.FPDFText_GetTextObject(self._raw, index)
        key = _address(pointer)
        if key not in self._looks:
            self._looks[key] = self._new_look(pointer, index)
        return self._looks[key]

    def _new_look(self, pointer: Any, index: int) -> _Look:
        matrix = pdfium.FS_MATRIX()
        scale, turn = 1.0, 0
        if pdfium.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix)):
            scale = math.hypot(matrix.b, matrix.d) or 1.0
            turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        size = abs(pdfium.FPDFText_GetFontSize(self._raw, index)) * scale
        font = pdfium.FPDFTextObj_GetFont(pointer) if pointer else None
        return _Look(min(max(size, 0.5), 500.0), _is_bold(font), turn, len(self._looks))


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    if pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    words = name.value.lower()
    return any(mark in words for mark in (b"bold", b"black", b"heavy", b"semibold", b"demi"))


class _Drawing:
    """The rules and pictures of one page."""

    def __init__(self, page: Page, shown: Callable[[float, float], tuple[float, float]]) -> None:
        self._page = page
        self._shown = shown
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._seen = 0

    def read(self, raw: Any) -> None:
        identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for index in range(pdfium.FPDFPage_CountObjects(raw)):
            self._object(pdfium.FPDFPage_GetObject(raw, index), identity, 0)

    def _object(self, thing: Any, outer: tuple[float, ...], depth: int) -> None:
        self._seen += 1
        if self._seen > MAX_OBJECTS:
            raise too_large()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._page.has_picture = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(thing, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = _combined(_matrix(thing), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
                self._object(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def _path(self, thing: Any, outer: tuple[float, ...]) -> None:
        left, bottom, right, top = self._floats
        pointers = [ctypes.byref(value) for value in self._floats]
        if not pdfium.FPDFPageObj_GetBounds(thing, *pointers):
            return
        corners = [_moved(outer, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
        if self._add_thin(corners):
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
        is_many = pdfium.FPDFPath_CountSegments(thing) > 5
        if stroke.value or is_many:
            matrix = _combined(_matrix(thing), outer)
            for first, last in _strokes(thing):
                self._add_thin([_moved(matrix, *first), _moved(matrix, *last)])

    def _add_thin(self, points: list[tuple[float, float]]) -> bool:
        """Keep what is thin in one direction as a rule; False for what is not."""
        shown = [self._shown(*point) for point in points]
        xs, ys = [point[0] for point in shown], [point[1] for point in shown]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        if not all(math.isfinite(value) for value in (x0, x1, y0, y1)):
            return True
        if y1 - y0 <= _THIN and x1 - x0 > y1 - y0:
            self._page.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _THIN and y1 - y0 > x1 - x0:
            self._page.down.append(Rule((x0 + x1) / 2, y0, y1))
        else:
            return max(x1 - x0, y1 - y0) <= _THIN
        return True


def _strokes(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, in its own coordinates."""
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = last = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield point, begin


def _matrix(thing: Any) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix))
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _combined(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc, a * ob + b * od, c * oa + d * oc, c * ob + d * od,
        e * oa + f * oc + oe, e * ob + f * od + of,
    )  # fmt: skip


def _moved(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
