"""Bytes that are no UTF-8, read as the official tool reads them: it takes every file for UTF-8.

So one wrong sign does not break a file there, and a file of UTF-16 is broken.
"""

import codecs
import re
from typing import BinaryIO

_STATED = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
START_BYTES = 200


def is_mendable(start: bytes) -> bool:
    """The start of a file states no encoding, or UTF-8."""
    found = _STATED.match(start)
    return found is None or found[1].lower() == b"utf-8"


class Mended:
    """A stream of UTF-8: what is none becomes U+FFFD. May be read, told and sought back to the start."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, size: int) -> bytes:
        """About so many bytes, none only at the end."""
        while True:
            chunk = self._stream.read(size)
            text = self._decoder.decode(chunk, final=not chunk)
            if text or not chunk:
                return text.encode()

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int) -> int:
        self._decoder.reset()
        return self._stream.seek(offset)
