"""Values as the rules of the standard see them: texts and numbers of XML attributes.

The official rules are evaluated by a JavaScript engine; what is a number there, is one here.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from lxml import etree

# What String.prototype.trim takes away: Python's strip() takes control characters more and U+FEFF less.
BLANKS = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)

_BLANK = frozenset(BLANKS)
_whole_text = etree.XPath("string()", smart_strings=False)
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?Infinity", re.ASCII)
_PREFIXED = re.compile(r"0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+")
_XPATH_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]+")
_EXACT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


def text_of(element: Any) -> str:
    """All the text in an element, without comments."""
    return str(_whole_text(element)) if len(element) else element.text or ""


def has_blanks_around(text: str) -> bool:
    """A blank is the first or the last sign."""
    return bool(text) and (text[0] in _BLANK or text[-1] in _BLANK)


@lru_cache(maxsize=2**12)
def number(text: str) -> float:
    """The number that a script sees in a text: blanks around do not count, nothing is 0, words are NaN."""
    stripped = text.strip(BLANKS)
    if not stripped:
        return 0.0
    if _DECIMAL.fullmatch(stripped):
        return float(stripped.replace("Infinity", "inf"))
    if _PREFIXED.fullmatch(stripped):
        return float(int(stripped, 0))
    return float("nan")


@lru_cache(maxsize=2**12)
def xpath_number(text: str, *, as_official: bool = True) -> float:
    """The number that an XPath sees in a text: no exponent, nothing is NaN.

    The official tool knows no other sign than a minus, and no point without digits behind it.
    """
    stripped = text.strip(BLANKS)
    pattern = _XPATH_NUMBER if as_official else _EXACT
    return float(stripped) if pattern.fullmatch(stripped) else float("nan")


def rounded_sum(texts: list[str]) -> float:
    """The sum to four places, halves away from zero."""
    total = 0.0
    for text in texts:
        total += number(text)
    if not math.isfinite(total):
        return total
    return float(Decimal(total).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def written_number(value: float) -> str:
    """A number as a script writes it."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return repr(value)
