"""The check of one file, record by record."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suivi.iati.checks.checker import CheckedRecord, RecordChecker, Settings, rare_collection
from suivi.iati.checks.form import copies, root_faults, schema_faults
from suivi.iati.checks.gathering import Gathering
from suivi.iati.checks.model import Check, Fault, Spot, Weight
from suivi.iati.opening import RECORD_TAGS, BrokenXml, Head, XmlFile, open_xml
from suivi.iati.schemas import schema

VERSIONS = ("2.01", "2.02", "2.03")

BROKEN = Check("0.1.1", Weight.CRITICAL, "iati")
NOT_IATI = Check("0.2.1", Weight.CRITICAL, "iati")
OLD_VERSION = Check("0.6.1", Weight.CRITICAL, "documents")


@dataclass(slots=True)
class FileCheck:
    """The check of a file while it goes on. `head` is known with the first fault, `records` at the end.

    `watch` is called after each record.
    """

    path: Path
    settings: Settings
    jobs: int = 1
    head: Head | None = None
    records: int = 0
    stopped_by: Check | None = None
    watch: Callable[["FileCheck"], None] | None = None
    _file: XmlFile | None = None

    @property
    def bytes_taken(self) -> int:
        """How much of the file has been read so far."""
        return self._file.bytes_taken if self._file is not None else 0

    def faults(self) -> Iterator[Fault]:
        """All faults, in the order of the file; those of the file as a whole come last.

        A file that is no IATI file gives one. One that breaks gives those before the break, and one more.
        """
        try:
            yield from self._faults()
        except BrokenXml as broken:
            self.stopped_by = BROKEN
            where = (Spot(broken.line, "", ""),)
            yield Fault(BROKEN, where, {"message": broken.reason}, (f"At line: {broken.line}",))

    def _faults(self) -> Iterator[Fault]:
        with open_xml(self.path, as_official=self.settings.as_official) as file:
            self.head, self._file = file.head, file
            refused = _refusal(file.head, self.settings)
            if refused is not None:
                for _record in file.records():
                    pass  # a file that breaks later is broken before all else
                self.stopped_by = refused.check
                yield refused
                return
            yield from self._gathered(file)
            if not self.records:
                yield from schema_faults(schema(file.head.tag), file.root)

    def _gathered(self, file: XmlFile) -> Iterator[Fault]:
        if self.jobs < 2:
            yield from self.gather(file.head, check_records(file.records(), file.head, self.settings))
            return
        from suivi.iati.checks.parts import checked_in_parts  # what it imports takes a while

        with checked_in_parts(self.path, file.head, self.settings, self.jobs) as parts:
            records = check_records(file.records(), file.head, self.settings) if parts is None else parts
            yield from self.gather(file.head, records)

    def gather(self, head: Head, records: Iterable[CheckedRecord]) -> Iterator[Fault]:
        """Number checked records and tell their faults; then what only the end knows."""
        gathering = Gathering(head.tag, self.settings)
        of_root = list(root_faults(head))
        for record in records:
            if self.settings.as_official:
                record.faults.extend(copies(of_root))
            yield from gathering.take(record)
            self.records = gathering.records
            if self.watch is not None:
                self.watch(self)
        if self.records and not self.settings.as_official:
            yield from of_root
        yield from gathering.finish()


def check_records(elements: Iterable[Any], head: Head, settings: Settings) -> Iterator[CheckedRecord]:
    """Check the records of a file of this head."""
    checker = RecordChecker(head.tag, head.version, settings)
    with rare_collection():
        for element in elements:
            yield checker.check(element)


def _refusal(head: Head, settings: Settings) -> Fault | None:
    """Why a file is not looked into. The official tool does not mind a name space of the root, but then finds
    no version."""
    nowhere = (Spot(1, "", ""),)
    if settings.as_official and head.tag != head.local_tag and head.local_tag in RECORD_TAGS:
        return Fault(OLD_VERSION, nowhere, {"version": ""}, ("",))
    if head.record_tag is None:
        return Fault(NOT_IATI, nowhere, {"root": head.tag}, ("",))
    if head.version not in VERSIONS:
        return Fault(OLD_VERSION, nowhere, {"version": head.version}, ("",))
    return None
