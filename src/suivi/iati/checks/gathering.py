"""What can only be said of a file as a whole: repeated identifiers, references that lead nowhere."""

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from suivi.iati.checks.checker import IDENTIFIERS, NO_IDENTIFIER, CheckedRecord, Settings
from suivi.iati.checks.model import Check, Fault, Spot, Weight
from suivi.iati.checks.references import CHECKS, Reference, place_of, spot_of
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

REPEATED = Check("1.1.2", Weight.ERROR, "identifiers")
MAX_RECORDS = 2_000_000
_MAX_LINES = 100  # of one repeated identifier that are kept
_IN_MEMORY = 50_000


class Gathering:
    """Numbers the records of a file as they come, and keeps what the end needs. Memory is bounded."""

    def __init__(self, root_tag: str, settings: Settings) -> None:
        self._settings = settings
        self._tag = IDENTIFIERS[root_tag]
        self._first_lines: dict[str, int] = {}
        self._repeated: dict[str, _Repeated] = {}
        self._last_repeated = ""
        self._coded_as: Counter[str] = Counter()
        self._pending = _Pending()
        self.records = 0

    def take(self, record: CheckedRecord) -> list[Fault]:
        """The faults of a record, told whose they are."""
        self.records += 1
        if self.records > MAX_RECORDS:
            raise InputRefused(
                gettext_noop("The file has more than %(limit)s activities and was not read further."),
                {"limit": f"{MAX_RECORDS:,}"},
                gettext_noop("Publish it as several files."),
            )
        occurrence = self._occurrence(record.identifier, record.line)
        for fault in record.faults:
            fault.identifier, fault.title = record.identifier, record.title
            fault.record, fault.occurrence = self.records, occurrence
        if record.coded_as:
            self._name_coded(record)
        for reference in record.references:
            if reference.value not in self._first_lines:
                named = (record.identifier, record.title)
                self._pending.add(_Open(reference, *named, self.records, occurrence))
        return record.faults

    def _name_coded(self, record: CheckedRecord) -> None:
        """Whose wrong codes the official tool takes them for."""
        self._coded_as[record.coded_as] += 1
        for fault in record.faults:
            if fault.check.code_list:
                fault.identifier, fault.occurrence = record.coded_as, self._coded_as[record.coded_as]

    def _occurrence(self, identifier: str, line: int) -> int:
        if identifier not in self._first_lines:
            self._first_lines[identifier] = line
            return 1
        self._last_repeated = identifier
        repeated = self._repeated.setdefault(identifier, _Repeated([self._first_lines[identifier]]))
        repeated.count += 1
        if len(repeated.lines) < _MAX_LINES:
            repeated.lines.append(line)
        return repeated.count

    def finish(self) -> Iterator[Fault]:
        """The faults that are known only now."""
        yield from self._repeated_faults()
        known = self._settings.lists.activities
        for open_one in self._pending:
            value = open_one.reference.value
            if value in self._first_lines or (known is not None and value in known.values):
                continue
            yield Fault(
                CHECKS[open_one.reference.check],
                (spot_of(open_one.reference),),
                {},
                (place_of(open_one.reference),),
                open_one.identifier,
                open_one.title,
                open_one.record,
                open_one.occurrence,
            )

    def _repeated_faults(self) -> Iterator[Fault]:
        """One for each repeated identifier. The official tool tells the last only, and minds missing ones."""
        if self._settings.as_official:
            names = [self._last_repeated] if self._last_repeated else []
        else:
            names = [name for name in self._repeated if name != NO_IDENTIFIER]
        for name in names:
            repeated = self._repeated[name]
            spots = tuple(Spot(line, self._tag, name) for line in repeated.lines)
            text = f"Duplicate found for {self._tag} = '{name}'"
            params = {"value": name, "count": str(repeated.count)}
            yield Fault(REPEATED, spots, params, (text,))


class _Repeated:
    def __init__(self, lines: list[int]) -> None:
        self.lines = lines
        self.count = 1


class _Open(NamedTuple):
    reference: Reference
    identifier: str
    title: str
    record: int
    occurrence: int


class _Pending:
    """References to look up at the end. Many of them wait in a file without a name."""

    def __init__(self) -> None:
        self._here: list[_Open] = []
        self._aside: Any = None

    def add(self, one: _Open) -> None:
        self._here.append(one)
        if len(self._here) >= _IN_MEMORY:
            self._aside = self._aside or tempfile.TemporaryFile()  # noqa: SIM115  lives as long as this
            pickle.dump(self._here, self._aside, pickle.HIGHEST_PROTOCOL)
            self._here = []

    def __iter__(self) -> Iterator[_Open]:
        if self._aside is not None:
            end = self._aside.tell()
            self._aside.seek(0)
            while self._aside.tell() < end:
                yield from pickle.load(self._aside)  # noqa: S301  written above, in a file that nobody else sees
        yield from self._here
