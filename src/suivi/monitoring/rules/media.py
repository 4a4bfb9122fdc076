"""What kind of file some bytes are, by their content: a list of kinds that are taken, and nothing else.

Programs, pages and pictures that can run something (HTML, SVG), office files with macros and old binary
office files are not on it. The name of a file decides nothing but which kind of plain text it is.
"""

import unicodedata
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

MAX_MEMBERS = 10_000
_LONGEST_NAME = 200

# The beginning of the bytes, and at which place, to the kind.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
)
# A member that only this kind of office file has.
_OPEN_XML = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/mp4": (".m4a",),
    "video/mp4": (".mp4", ".m4v", ".mov"),
    _OPEN_XML["word/document.xml"]: (".docx",),
    _OPEN_XML["xl/workbook.xml"]: (".xlsx",),
    _OPEN_XML["ppt/presentation.xml"]: (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
    "text/csv": (".csv",),
    "text/markdown": (".md", ".markdown"),
    "text/plain": (".txt", ".text", ".eml", ".vtt", ".srt"),
}
ALLOWED_TYPES = tuple(_ENDINGS)


def media_type_of(data: bytes, file_name: str = "") -> str:
    """The kind of these bytes. Raises InputRefused for a kind that is not taken, and for none at all."""
    if not data:
        raise InputRefused(
            gettext_noop("The file is empty."), hint=gettext_noop("Choose the file that was meant.")
        )
    for offset, magic, kind in _MAGIC:
        if data[offset : offset + len(magic)] == magic and (kind != "image/webp" or data[:4] == b"RIFF"):
            return kind
    if data[:2] == b"PK":
        return _office_type(data)
    return _text_type(data, file_name)


def safe_name(file_name: str, media_type: str) -> str:
    """The name under which the file is given out: its last part, without signs that steer a terminal.

    Where the ending belongs to another kind, the right one is added.
    """
    last = PurePosixPath(file_name.replace("\\", "/")).name
    name = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .") or "file"
    endings = _ENDINGS[media_type]
    stem = name[-_LONGEST_NAME:]
    return stem if stem.lower().endswith(endings) else f"{stem}{endings[0]}"


def _office_type(data: bytes) -> str:
    """The kind of an office file in a zip, by the names of its members; nothing is unpacked but one line."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > MAX_MEMBERS or any("vbaproject" in name.lower() for name in names):
                raise _refused()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if said in _ENDINGS and "Basic/script-lc.xml" not in names:
                    return said
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _refused() from error
    for member, kind in _OPEN_XML.items():
        if member in names:
            return kind
    raise _refused()


def _text_type(data: bytes, file_name: str) -> str:
    """Plain text in UTF-8 or UTF-16 that is no page and no program."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refused() from error
    if text.lstrip()[:1] == "<" or text.startswith("#!") or any(sign in text for sign in _NO_TEXT):
        raise _refused()
    ending = PurePosixPath(file_name.lower()).suffix
    for kind in ("text/csv", "text/markdown"):
        if ending in _ENDINGS[kind]:
            return kind
    return "text/plain"


_NO_TEXT = [chr(code) for code in range(32) if chr(code) not in "\t\n\r\f\x1b"]


def _refused() -> InputRefused:
    return InputRefused(
        gettext_noop("Files of this kind are not taken."),
        hint=gettext_noop(
            "Give a PDF, a picture, a sound, a film, plain text, or a DOCX, XLSX, PPTX or OpenDocument file "
            "without macros."
        ),
    )
