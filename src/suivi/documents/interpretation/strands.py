"""Named strands: the parts that a sentence enumerates and that each have to be followed."""

import re

from suivi.documents.interpretation.items import split_inline

_RESPECTIVELY = re.compile(r"\b(?:respectivement|respectively|respectivamente)\b[ ,:]*")
_LEADING = re.compile(
    r"^(?:auprès |de la |de l['’]|de las |de los |des |du |de |d['’]|les |la |le |l['’]|from |by |with |"
    r"for |to |in |the |los |las |el |con |para |por |a )+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|et|y|e|ainsi que|as well as|así como)\s")
_SHORTEST, _MOST = 3, 8


def find_strands(sentence: str, count: int | None) -> list[str]:
    """The strands of a sentence: numbered in it ("(a) ...; (b) ..."), or enumerated behind "respectively".

    An enumeration counts only where it has as many parts as the target `count` says.
    """
    colon = sentence.find(":")
    if colon > 0:
        inline = split_inline(sentence[colon + 1 :].strip())
        if len(inline) >= 2:
            return [item.words.rstrip(" .;,") for item in inline]
    match = _RESPECTIVELY.search(sentence)
    if not match or count is None or not 2 <= count <= _MOST:
        return []
    parts = [part.strip(" .;") for part in sentence[match.end() :].split(",")]
    parts = parts[:count]
    for at in range(len(parts) - 1, -1, -1):
        if len(parts[: at + 1]) + 1 == count and (joint := _AND.search(parts[at])):
            parts = [*parts[:at], parts[at][: joint.start()], parts[at][joint.end() :]]
            break
    strands = [_LEADING.sub("", part).strip() for part in parts]
    return strands if len(strands) == count and all(len(strand) >= _SHORTEST for strand in strands) else []
