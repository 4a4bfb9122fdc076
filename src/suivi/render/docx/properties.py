"""What the file says of itself: core properties, provenance as custom properties, settings, fonts."""

from collections.abc import Mapping

from suivi.render.document import Metadata
from suivi.render.docx.xml import DECLARATION, attribute, locale, root, text
from suivi.render.runs import flat

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # fixed by the standard for custom properties


def core(about: Metadata) -> bytes:
    """Title, author and so on; created and modified on the day the caller names."""
    moment = f"{about.created_on.isoformat()}T00:00:00Z"
    elements = {
        "dc:title": about.title,
        "dc:subject": about.subject,
        "dc:creator": about.author,
        "cp:keywords": ", ".join(about.keywords),
        "cp:lastModifiedBy": about.author,
        "dc:language": locale(about.language),
    }
    inside = "".join(f"<{tag}>{text(flat(value))}</{tag}>" for tag, value in elements.items() if value)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{inside}{dates}</cp:coreProperties>"
    ).encode()


def app() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{DECLARATION}<Properties xmlns="{space}"><Application>suivi</Application></Properties>'.encode()


def custom(provenance: Mapping[str, str]) -> bytes:
    """The provenance, one text property each, in the order of their names."""
    properties = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name={attribute(name)}>'
        f"<vt:lpwstr>{text(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(provenance.items()), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{properties}</Properties>'.encode()
    )


def settings(about: Metadata) -> bytes:
    language = locale(about.language)
    return root(
        "w:settings",
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:autoHyphenation w:val="false"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f"<w:themeFontLang w:val={attribute(language)}/>"
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=";"/>',
    )


def fonts() -> bytes:
    """The fonts of the styles, with what a machine that lacks them may take instead."""
    known = (
        ("Noto Serif", "Cambria", "roman"),
        ("Noto Sans", "Calibri", "swiss"),
        ("Noto Naskh Arabic", "Arial", "swiss"),
    )
    return root(
        "w:fonts",
        "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/>'
            '<w:pitch w:val="variable"/></w:font>'
            for name, other, family in known
        ),
    )
