"""The check of one file, record by record."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from suivi.iati.checks.checker import CheckedRecord, RecordChecker, Settings, rare_collection, schema_faults
from suivi.iati.checks.gathering import Gathering
from suivi.iati.checks.model import Check, Fault, Spot, Weight
from suivi.iati.opening import BrokenXml, Head, XmlFile, open_xml
from suivi.iati.schemas import schema

VERSIONS = ("2.01", "2.02", "2.03")

BROKEN = Check("0.1.1", Weight.CRITICAL, "iati")
NOT_IATI = Check("0.2.1", Weight.CRITICAL, "iati")
OLD_VERSION = Check("0.6.1", Weight.CRITICAL, "documents")

_NO_CHILD = "Missing child element"


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
        with open_xml(self.path) as file:
            self.head, self._file = file.head, file
            refused = _refusal(file.head)
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
        root_faults = list(_root_faults(head))
        for record in records:
            if self.settings.as_official:
                record.faults.extend(_copies(root_faults))
            yield from gathering.take(record)
            self.records = gathering.records
            if self.watch is not None:
                self.watch(self)
        if self.records and not self.settings.as_official:
            yield from root_faults
        yield from gathering.finish()


def check_records(elements: Iterable[Any], head: Head, settings: Settings) -> Iterator[CheckedRecord]:
    """Check the records of a file of this head."""
    checker = RecordChecker(head.tag, head.version, settings)
    with rare_collection():
        for element in elements:
            yield checker.check(element)


def _refusal(head: Head) -> Fault | None:
    nowhere = (Spot(1, "", ""),)
    if head.record_tag is None:
        return Fault(NOT_IATI, nowhere, {"root": head.tag}, ("",))
    if head.version not in VERSIONS:
        return Fault(OLD_VERSION, nowhere, {"version": head.version}, ("",))
    return None


def _root_faults(head: Head) -> Iterator[Fault]:
    """What the schema says of the start tag of the root. The official tool repeats it for each record."""
    # Attributes of other name spaces may be what they like, and some cannot be set again.
    own = {name: value for name, value in head.attributes.items() if not set(name) & set("{:")}
    root = etree.Element(head.tag, own)
    for fault in schema_faults(schema(head.tag), root):
        if _NO_CHILD not in fault.params["message"]:
            spots = tuple(Spot(1, "", "") for _spot in fault.spots)
            yield Fault(fault.check, spots, fault.params, tuple("At line: 1" for _spot in spots))


def _copies(faults: Iterable[Fault]) -> Iterator[Fault]:
    for fault in faults:
        yield Fault(fault.check, fault.spots, fault.params, fault.places)
