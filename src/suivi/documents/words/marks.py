"""Note marks: raised figures glued to words, taken off labels and kept as references."""

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("0123456789", _RAISED)
_LOWER = str.maketrans(_RAISED, "0123456789")

# A mark with the blanks before it, and those after it where a full stop, comma or bracket follows.
_MARKS = re.compile(rf"[ \t\u00a0\u202f]{{0,4}}([{_RAISED}]{{1,4}})(?:[ \t\u00a0\u202f]{{1,4}}(?=[.,)]))?")
# km², m³, CO²: a raised figure that belongs to a unit of measure.
_MEASURE = re.compile(r"(?:^|[^^\W\d_])(?:[kcdmh]?m|CO)$")
_NOTE_LINE = re.compile(rf"^\s{{0,8}}([{_RAISED}]{{1,4}})[ \t\u00a0)./]{{0,3}}(\S.*)$", re.DOTALL)
_WRITTEN = re.compile(
    r"<sup>\s{0,3}\[?(\d{1,3})\]?\s{0,3}</sup>"  # HTML
    r"|\[\^(\d{1,3})\](?!:)"  # Markdown
    r"|(?<![\d^])\^\{?(\d{1,3})\}?\^?(?![\d\w])"  # caret after a word
    r"|(?<=(?<!\d)[12]\d{3})\^\{?(\d{1,3})\}?\^?(?![\d\w])",  # caret after a year
    re.IGNORECASE,
)


def raise_marks(text: str) -> str:
    """Write `^16`, `<sup>16</sup>` and `[^16]` as ¹⁶; leave `341^e` and `10^6` alone."""
    if "^" not in text and "<" not in text:
        return text
    return _WRITTEN.sub(lambda m: next(g for g in m.groups() if g).translate(_RAISE), text)


def strip_marks(text: str) -> tuple[str, list[str]]:
    """The words without note marks, white space folded, and the marks ("16") in order."""
    marks: list[str] = []

    def take(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 4) : match.start()]
        glued = match.group(0)[0] in _RAISED
        if glued and match.group(1) in "²³" and _MEASURE.search(before):
            return match.group(0)
        marks.append(match.group(1).translate(_LOWER))
        return ""

    clean = _MARKS.sub(take, text) if any(figure in text for figure in _RAISED) else text
    return " ".join(clean.split()), marks


def note_line(text: str) -> tuple[str, str] | None:
    """Mark and words of a line that is a note ("¹⁶ See ..."), None for other lines."""
    match = _NOTE_LINE.match(text)
    return (match.group(1).translate(_LOWER), match.group(2).strip()) if match else None
