"""The code lists of the standard as a table of facts: which codes a list has, their names, their status.

Source: IATI Standard (http://iatistandard.org/), CC BY 4.0. The table in this folder is built by
`python -m tools.iati_codelists`; a newer one in the data folder of an installation comes first.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "fr", "es")
CODES_FILE = "codes.csv"
LISTS_FILE = "lists.csv"
CODES_HEAD = ("list", "code", "name_en", "name_fr", "name_es", "category", "status")
LISTS_HEAD = ("list", "complete", "embedded", "category_list", "updated_on")

_SHIPPED = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `names` are in the order of `LANGUAGES`, empty where there is none."""

    code: str
    names: tuple[str, str, str]
    category: str
    is_withdrawn: bool

    def name(self, language: str) -> str:
        """The name in a language; in English where there is none, or the first there is."""
        wanted = self.names[LANGUAGES.index(language)] if language in LANGUAGES else ""
        return wanted or next(filter(None, self.names), "")


@dataclass(frozen=True)
class CodeList:
    """One list. A list that is not complete names only some of the codes that are in use."""

    name: str
    codes: Mapping[str, Code]
    is_complete: bool
    is_embedded: bool
    category_list: str
    updated_on: str


def code_lists(folder: Path | None = None) -> Mapping[str, CodeList]:
    """All lists by name: from `folder` where it has them, else those that came with the package."""
    return _read(folder if folder is not None and (folder / CODES_FILE).is_file() else _SHIPPED)


@cache
def _read(folder: Path) -> Mapping[str, CodeList]:
    codes: dict[str, dict[str, Code]] = {}
    with (folder / CODES_FILE).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for name, code, en, fr, es, category, status in rows:
            kept = codes.setdefault(name, {})
            if code not in kept or status != "withdrawn":  # a code given again after its withdrawal is in use
                kept[code] = Code(code, (en, fr, es), category, is_withdrawn=status == "withdrawn")
    with (folder / LISTS_FILE).open(encoding="utf-8", newline="") as file:
        return {
            row["list"]: CodeList(
                name=row["list"],
                codes=codes.get(row["list"], {}),
                is_complete=row["complete"] == "1",
                is_embedded=row["embedded"] == "1",
                category_list=row["category_list"],
                updated_on=row["updated_on"],
            )
            for row in csv.DictReader(file)
        }
