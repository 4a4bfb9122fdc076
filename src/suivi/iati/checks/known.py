"""What only the outside knows: registered publishers, registration agencies, activities published elsewhere.

It comes from local lists. Where a list is missing, the checks that need it are not made, and that is said.
"""

import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

NAMES = ("publishers", "agencies", "activities")


@dataclass(frozen=True)
class KnownList:
    """One list of identifiers, and the day its file is of."""

    values: frozenset[str]
    of_day: date

    @classmethod
    def read(cls, path: Path) -> "KnownList":
        """The first column of a table, or one identifier a line. A heading does no harm."""
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                values = frozenset(row[0].strip() for row in csv.reader(file) if row and row[0].strip())
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputRefused(
                gettext_noop("%(name)s is not a list of identifiers."),
                {"name": path.name},
                gettext_noop("Give a text file (UTF-8) with one identifier a line."),
            ) from error
        return cls(values, datetime.fromtimestamp(path.stat().st_mtime, UTC).date())


@dataclass(frozen=True)
class KnownLists:
    """The lists of one check. None is a list that there is not."""

    publishers: KnownList | None = None
    agencies: KnownList | None = None
    activities: KnownList | None = None

    def has(self, names: Iterable[str]) -> bool:
        """All these lists are there."""
        return all(getattr(self, name) is not None for name in names)

    def none_registered(self, identifiers: Iterable[str]) -> bool:
        """None of them is the identifier of a registered publisher."""
        known = self.publishers.values if self.publishers else frozenset()
        return known.isdisjoint(identifiers)

    def none_begins_with_registered(self, identifiers: Iterable[str]) -> bool:
        """None of them begins with the identifier of a registered publisher and a hyphen."""
        known = self.publishers.values if self.publishers else frozenset()
        return not any(
            text[:place] in known for text in identifiers for place, mark in enumerate(text) if mark == "-"
        )

    def has_agency(self, identifier: str) -> bool:
        """It begins with the code of a registration agency: what stands before the second hyphen."""
        country, _, rest = identifier.partition("-")
        known = self.agencies.values if self.agencies else frozenset()
        return f"{country}-{rest.partition('-')[0]}" in known


def keep_list(folder: Path, name: str, path: Path) -> None:
    """Keep a list in a folder, with its day. Raises `InputRefused` where it is none."""
    KnownList.read(path)
    shutil.copy2(path, folder / f"{name}.csv")


def kept_lists(folder: Path) -> KnownLists:
    """The lists that a folder keeps."""
    found = {name: folder / f"{name}.csv" for name in NAMES}
    return KnownLists(**{name: KnownList.read(path) for name, path in found.items() if path.is_file()})
