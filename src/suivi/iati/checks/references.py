"""References to other activities (1000.0.1 to 1000.0.6): looked up when the whole file has been read."""

from typing import Any, NamedTuple

from suivi.iati.checks.model import Check, Spot, Weight
from suivi.iati.checks.record import Record, Test, Way
from suivi.iati.checks.rules.kinds import ACTIVITY

_REFERENCES = (  # the last is the first version that has the check
    ("1000.0.1", "participating-org", "activity-id", "2.02"),
    ("1000.0.2", "planned-disbursement/provider-org", "provider-activity-id", "2.02"),
    ("1000.0.3", "planned-disbursement/receiver-org", "receiver-activity-id", "2.02"),
    ("1000.0.4", "transaction/provider-org", "provider-activity-id", ""),
    ("1000.0.5", "transaction/receiver-org", "receiver-activity-id", ""),
    ("1000.0.6", "related-activity", "ref", ""),
)
SINCE = {identifier: since for identifier, _path, _attribute, since in _REFERENCES}
CHECKS = {
    identifier: Check(identifier, Weight.ADVISORY, "identifiers", f"{ACTIVITY}/{path}/@{attribute}")
    for identifier, path, attribute, _since in _REFERENCES
}


class Reference(NamedTuple):
    """A reference of one record, until it is known whether the file has what it names."""

    check: str
    line: int
    value: str


def add_tests(way: Way, version: str) -> None:
    """Hang the collecting of references on the ways of an activity."""
    for identifier, path, attribute, since in _REFERENCES:
        if since <= version:
            way.to(path.split("/")).tests.append(_collect(identifier, attribute))


def spot_of(reference: Reference) -> Spot:
    """The place of a reference, for people."""
    path = CHECKS[reference.check].path.removeprefix(ACTIVITY + "/")
    return Spot(reference.line, path, reference.value)


def place_of(reference: Reference) -> str:
    """The place of a reference, as the official tool tells it."""
    return f"For {CHECKS[reference.check].path} = {reference.value} at line: {reference.line}, column: 0"


def _collect(identifier: str, attribute: str) -> Test:
    def collect(element: Any, record: Record) -> None:
        value = element.get(attribute)
        if value:
            record.references.append(Reference(identifier, element.sourceline or 0, value))

    return collect
