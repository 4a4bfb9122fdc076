"""Symbols of documents of governing bodies: GB.341/POL/4, A/RES/73/291, EB148/25, WHA75.1, CFS 2021/4."""

import re

_SYMBOL = re.compile(
    r"(?<![\w/.&-])(?:"
    r"[A-Z]{1,8}\d{0,4}(?:[.-][A-Z0-9]{1,8}){0,4}(?:/(?:[A-Z0-9][A-Za-z0-9]{0,11}(?:[.-][A-Za-z0-9]{1,8}){0,3}(?:\([A-Za-z0-9]{1,6}\))?)){1,6}"
    r"|[A-Z]{2,6}\d{1,4}\.\d{1,3}(?:\(\d{1,3}\))?"
    r"|(?:CFS|COAG|COFO|COFI|FC|CL|PC|IOTC|C|CCP|JM) \d{2,4}/[A-Z0-9]{1,8}(?:/[A-Z0-9]{1,8})?"
    r")(?![\w/])"
)
_FIGURE = re.compile(r"\d")
_NOT_SYMBOLS = re.compile(r"^(?:[QTHS]\d/|COVID|SARS|ISO|NO/|N/A|TCP/IP|24/7)")


def find_symbols(text: str) -> list[str]:
    """The symbols in the text, each once, in order."""
    if "/" not in text and not re.search(r"[A-Z]\d{1,4}\.\d", text):
        return []
    found = (match.group() for match in _SYMBOL.finditer(text))
    return list(dict.fromkeys(s for s in found if _FIGURE.search(s) and not _NOT_SYMBOLS.match(s)))
