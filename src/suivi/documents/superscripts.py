"""Note marks as Unicode superscripts, whatever a format wrote them with."""

import re

_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LETTERS = str.maketrans("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789abcdefghijklmnoprstuvwxyz")

# Digits, with what may part or close them: "16", "3, 4", "2)", and the older "7/". Letters are not taken:
# a raised "e" or "er" is an ordinal.
_MARK = re.compile(r"\s*[\d*†‡§][\d\s,;*†‡§]*[)/]?\s*")
_NOTE_START = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|[*†‡§]{1,3}(?=\s))[)/.]?\s*(?=\S)")


def raised(mark: str) -> str:
    """A mark of digits or small letters as superscripts: "16" gives "¹⁶", "iv" gives "ⁱᵛ"."""
    return mark.translate(_DIGITS).translate(_LETTERS)


def raised_run(text: str) -> str:
    """The words of a run that the document raises: note marks become superscripts, the rest stays."""
    if not _MARK.fullmatch(text):
        return text
    return text.translate(_DIGITS).replace("/", "").replace(")", "")


def note_start(text: str) -> tuple[str, str] | None:
    """Mark in plain digits and words of a paragraph that starts with a raised mark, None for others."""
    match = _NOTE_START.match(text)
    if match is None:
        return None
    return match[1].translate(_PLAIN), text[match.end() :].strip()
