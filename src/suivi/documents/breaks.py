"""Line breaks inside a paragraph or cell: some part it into paragraphs, others only shape the lines."""

import re

_BULLET = re.compile(r"\s*(?:[•‣▪●○◦–—\-*·]|[a-zA-Z0-9]{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"[.;:!?…]['\"»”)\]⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")
# "Pillar 1", "1.2", "Objetivo 3:", "IV." alone: the words that go with it follow.
_LABEL = re.compile(r"(?:[^\W\d]+\s){0,3}(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5})\s*[.:)–—-]?")
_TIME = re.compile(r"[^a-z]*\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def split_soft_breaks(text: str) -> list[str]:
    """The paragraphs of a text with line breaks (\\n).

    A break parts paragraphs after the end of a sentence, before a bullet, a capital or a figure, and where
    a line is empty. A line in small letters, or after a mere number, belongs to the one above.
    """
    if "\n" not in text:
        return [text.strip()] if text.strip() else []
    paragraphs: list[str] = []
    is_open = False  # the last paragraph may go on
    for line in (line.strip() for line in text.split("\n")):
        if line and is_open and not _starts_anew(paragraphs[-1], line):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        is_open = bool(line)
    return paragraphs


def _starts_anew(before: str, line: str) -> bool:
    if _LABEL.fullmatch(before) and not _TIME.match(before):
        return False
    first = line.lstrip("«\"'“‘([¿¡ ")[:1]
    return bool(_BULLET.match(line) or _SENTENCE_END.search(before) or first.isupper() or first.isdigit())
