"""Newer code lists: read from a folder of tables or of the standard's XML files, and written as our table.

A table is `LIST.csv` with the columns code, name_en, name_fr, name_es, category and status, as in the folder
this project was built from. An XML file is `LIST.xml` as the standard publishes it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from suivi.iati.codelists import CODES_FILE, CODES_HEAD, LANGUAGES, LISTS_FILE, LISTS_HEAD
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

INDEX = "INDEX.csv"
# Registers that grow by the week and that no check looks into.
LEFT_OUT = {"GLIDENumber", "ReportingOrganisation", "ReportingOrganisationGroup"}

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_Rows = tuple[list[tuple[str, ...]], list[tuple[str, ...]]]


def update(source: Path, target: Path) -> tuple[int, int]:
    """Write the lists found in the folder `source` as tables to `target`. Gives how many lists and codes.

    Raises `InputRefused` where the folder has no lists or a list cannot be read; then nothing is written.
    """
    codes, lists = _from_tables(source) if (source / INDEX).is_file() else _from_xml(source)
    if not codes:
        raise InputRefused(
            gettext_noop("%(folder)s holds no code lists."),
            {"folder": source},
            gettext_noop("Name a folder of LIST.xml files as the standard publishes them."),
        )
    target.mkdir(parents=True, exist_ok=True)
    _write(target / LISTS_FILE, LISTS_HEAD, lists)
    _write(target / CODES_FILE, CODES_HEAD, codes)
    return len(lists), len(codes)


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    aside = path.with_suffix(".new")
    with aside.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
    aside.replace(path)


def _from_tables(source: Path) -> _Rows:
    codes: list[tuple[str, ...]] = []
    lists: list[tuple[str, ...]] = []
    for row in _table(source / INDEX, "list", "complete", "embedded", "category_list", "last_updated"):
        name = row[0]
        if name in LEFT_OUT:
            continue
        lists.append(row)
        codes += [(name, *code) for code in _table(source / f"{name}.csv", *CODES_HEAD[1:])]
    return codes, lists


def _table(path: Path, *columns: str) -> list[tuple[str, ...]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [tuple(row[column] or "" for column in columns) for row in csv.DictReader(file)]
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path) from error


def _from_xml(source: Path) -> _Rows:
    codes: list[tuple[str, ...]] = []
    lists: list[tuple[str, ...]] = []
    for path in sorted(source.glob("*.xml")):
        root = _root(path)
        name = root.get("name", path.stem)
        if name in LEFT_OUT:
            continue
        embedded = "1" if root.get("embedded") == "1" else "0"
        lists.append((name, root.get("complete", ""), embedded, root.get("category-codelist", ""), ""))
        codes += [(name, *row) for row in _items(root)]
    return codes, lists


def _root(path: Path) -> Any:
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise _unreadable(path) from error
    if root.tag != "codelist":
        raise _unreadable(path)
    return root


def _items(root: Any) -> Iterator[tuple[str, ...]]:
    main = root.get(_XML_LANG, "en")
    for item in root.iter("codelist-item"):
        names = {one.get(_XML_LANG, main): one.text or "" for one in item.iterfind("name/narrative")}
        yield (
            item.findtext("code", "").strip(),
            *(names.get(language, "").strip() for language in LANGUAGES),
            item.findtext("category", "").strip(),
            item.get("status", "active"),
        )


def _unreadable(path: Path) -> InputRefused:
    return InputRefused(
        gettext_noop("The code list %(name)s cannot be read. Nothing was changed."),
        {"name": path.name},
        gettext_noop("Fetch it again, or take it out of the folder."),
    )
