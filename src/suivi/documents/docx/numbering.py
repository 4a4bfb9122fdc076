"""Automatic numbers: the "1.", "1.1" or "a)" that a word processor shows and does not write."""

from dataclasses import dataclass, field
from typing import Any

from suivi.documents.docx.styles import W, number, value
from suivi.office.archives import Archive

BULLET = "•"
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One level of a list: "%1.%2" with the format of its own number, and where it starts."""

    pattern: str = ""
    form: str = "decimal"
    start: int = 1
    restarts_after: int | None = None  # level from 1 whose step sets this one back; 0 for never
    is_legal: bool = False  # shows the numbers of all levels as figures
    style: str = ""  # paragraph style tied to this level


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # list id -> abstract id
    overrides: dict[str, dict[int, Level]] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, list_id: str, style_id: str) -> int:
        levels = self.abstract.get(self.lists.get(list_id, ""), {})
        return next((depth for depth, level in levels.items() if level.style and level.style == style_id), 0)

    def label(self, list_id: str, depth: int) -> str:
        """Count one paragraph on and give what stands before it; empty for an unknown list."""
        abstract = self.lists.get(list_id)
        if abstract is None or not 0 <= depth < _LEVELS:
            return ""
        levels = self.abstract.get(abstract, {}) | self.overrides.get(list_id, {})
        level = levels.get(depth, Level())
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._step(list_id, depth, levels, counts)
        if level.form == "bullet":
            return BULLET
        return _fill(level, levels, counts)

    def _step(self, list_id: str, depth: int, levels: dict[int, Level], counts: list[int | None]) -> None:
        override = self.starts.get(list_id, {}).get(depth)
        current = counts[depth]
        if override is not None and (list_id, depth) not in self._begun:
            counts[depth] = override
        else:
            counts[depth] = levels.get(depth, Level()).start if current is None else current + 1
        self._begun.add((list_id, depth))
        for above in range(depth):
            if counts[above] is None:  # Word shows a level that was skipped as if it had begun
                counts[above] = levels.get(above, Level()).start
        for below in range(depth + 1, _LEVELS):
            after = levels.get(below, Level()).restarts_after
            if after is None or depth < after:
                counts[below] = None


def _fill(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    text = level.pattern
    for depth in range(_LEVELS):
        if f"%{depth + 1}" in text:
            form = "decimal" if level.is_legal else levels.get(depth, Level()).form
            text = text.replace(f"%{depth + 1}", in_form(counts[depth] or 0, form))
    return text.strip()


def in_form(count: int, form: str) -> str:
    """A count as the document writes it: figures, Roman figures or letters."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    if form in ("lowerLetter", "upperLetter") and 0 < count < 1000:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text


def read_numbering(archive: Archive, main: str) -> Numbering:
    """The lists that the main part points to; none where there is no such part."""
    numbering = Numbering()
    root = archive.xml(archive.part(main, "numbering"))
    if root is None:
        return numbering
    style_links: dict[str, str] = {}  # list style -> abstract id that defines it
    linked: dict[str, str] = {}  # abstract id -> list style it only points to
    for element in root.iterchildren(f"{W}abstractNum"):
        key = element.get(f"{W}abstractNumId", "")
        numbering.abstract[key] = _levels(element)
        if style := value(element.find(f"{W}styleLink")):
            style_links[style] = key
        if style := value(element.find(f"{W}numStyleLink")):
            linked[key] = style
    for key, style in linked.items():
        numbering.abstract[key] = numbering.abstract.get(style_links.get(style, key), {})
    for element in root.iterchildren(f"{W}num"):
        _read_list(numbering, element)
    return numbering


def _read_list(numbering: Numbering, element: Any) -> None:
    key = element.get(f"{W}numId", "")
    numbering.lists[key] = value(element.find(f"{W}abstractNumId")) or ""
    for override in element.iterchildren(f"{W}lvlOverride"):
        depth = number(override.get(f"{W}ilvl")) or 0
        numbering.overrides.setdefault(key, {}).update(_levels(override))
        start = number(value(override.find(f"{W}startOverride")))
        if start is not None:
            numbering.starts.setdefault(key, {})[depth] = start


def _levels(element: Any) -> dict[int, Level]:
    return {number(lvl.get(f"{W}ilvl")) or 0: _level(lvl) for lvl in element.iterchildren(f"{W}lvl")}


def _level(element: Any) -> Level:
    start = number(value(element.find(f"{W}start")))
    legal = element.find(f"{W}isLgl")
    return Level(
        pattern=(value(element.find(f"{W}lvlText")) or "")[:100],
        form=value(element.find(f"{W}numFmt")) or "decimal",
        start=1 if start is None else start,
        restarts_after=number(value(element.find(f"{W}lvlRestart"))),
        is_legal=legal is not None and value(legal) not in ("0", "false"),
        style=value(element.find(f"{W}pStyle")) or "",
    )
