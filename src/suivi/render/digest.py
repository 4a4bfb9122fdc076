"""The digest of a document: equal texts, numbers and dates give equal digests, whatever the look."""

import hashlib
import json

from suivi.render.document import Document
from suivi.render.lines import lines_of


def digest_of(document: Document) -> str:
    """SHA-256, in hexadecimal, of the language and of every line with its kind.

    The serialisation is JSON of pairs in UTF-8. Look, anchors, links and properties of the file are not part
    of it: a digest can therefore be written into the properties of the file that it is of.
    """
    said = [[line.kind, line.text] for line in lines_of(document)]
    whole = json.dumps([document.metadata.language, said], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
