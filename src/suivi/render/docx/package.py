"""The DOCX file as a package: parts, relationships, content types, one fixed date and order of entries."""

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

from suivi.render.docx.xml import DECLARATION, attribute

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first day a zip entry can carry

_CONTENT_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/footnotes.xml": f"{_WORD}.footnotes+xml",
    "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
# Pictures in the heads and feet of a template, by the ending of their names.
_PICTURES = {
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
_ROOT_RELATIONSHIPS = {
    "word/document.xml": f"{_OFFICE}/officeDocument",
    "docProps/core.xml": "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "docProps/app.xml": f"{_OFFICE}/extended-properties",
    "docProps/custom.xml": f"{_OFFICE}/custom-properties",
}


@dataclass
class Relationships:
    """What one part points to. The same target is named once."""

    targets: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, is_outside: bool = False) -> str:
        """The identifier by which the part speaks of the target. `kind` such as "image" or "hyperlink"."""
        return self.targets.setdefault((kind, target, is_outside), f"rId{len(self.targets) + 1}")

    def to_xml(self) -> bytes:
        entries = []
        for (kind, target, is_outside), identifier in self.targets.items():
            uri = kind if "://" in kind else f"{_OFFICE}/{kind}"
            mode = ' TargetMode="External"' if is_outside else ""
            entries.append(f'<Relationship Id="{identifier}" Type="{uri}" Target={attribute(target)}{mode}/>')
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        return f'{DECLARATION}<Relationships xmlns="{space}">{"".join(entries)}</Relationships>'.encode()


def write_package(parts: dict[str, bytes], relationships: dict[str, Relationships]) -> bytes:
    """The bytes of the file. `relationships` by the part that has them."""
    whole = {"[Content_Types].xml": _content_types(parts), "_rels/.rels": _root_relationships(parts)}
    for name, related in relationships.items():
        folder, _, base = name.rpartition("/")
        if related.targets:
            whole[f"{folder}/_rels/{base}.rels"] = related.to_xml()
    whole |= dict(sorted(parts.items()))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in whole.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, data)
    return out.getvalue()


def _content_types(parts: dict[str, bytes]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "svg": "image/svg+xml",
        **{end: kind for end, kind in _PICTURES.items() if any(name.endswith(f".{end}") for name in parts)},
    }
    entries = "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items())
    entries += "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{kind}"/>'
        for name in sorted(parts)
        if (kind := _content_type(name))
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{DECLARATION}<Types xmlns="{space}">{entries}</Types>'.encode()


def _content_type(name: str) -> str:
    for kind in ("header", "footer"):
        if name.startswith(f"word/{kind}") and name.endswith(".xml"):
            return f"{_WORD}.{kind}+xml"
    return _CONTENT_TYPES.get(name, "")


def _root_relationships(parts: dict[str, bytes]) -> bytes:
    related = Relationships()
    for name, kind in _ROOT_RELATIONSHIPS.items():
        if name in parts:
            related.add(kind, name)
    return related.to_xml()
