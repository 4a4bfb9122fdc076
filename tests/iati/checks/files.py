"""An activity that only lacks a country, and files of such activities, all invented."""

from datetime import UTC, date, datetime
from pathlib import Path

from suivi.iati.checks.checker import Settings
from suivi.iati.checks.known import KnownList, KnownLists

DAY = date(2026, 1, 2)
SETTINGS = Settings(
    now=datetime(2026, 11, 23, 16, tzinfo=UTC),
    lists=KnownLists(
        publishers=KnownList(frozenset({"ZZ-PUB-1", "A/B"}), DAY),
        agencies=KnownList(frozenset({"XM-DAC"}), DAY),
    ),
)
ACTIVITY = """\
<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">
<iati-identifier>XM-DAC-41302-A1</iati-identifier>
<reporting-org ref="XM-DAC-41302" type="40"><narrative>Somebody</narrative></reporting-org>
<title><narrative>Something</narrative></title>
<description><narrative>Something more</narrative></description>
<participating-org role="1" type="40" ref="XM-DAC-41302"><narrative>Somebody</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="2" iso-date="2020-01-01"/>
<sector code="11110" vocabulary="1"/>
</iati-activity>
"""


def file_of(folder: Path, *activities: str, version: str = "2.03") -> Path:
    """A file of these activities. The first begins on the third line."""
    path = folder / "activities.xml"
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="{version}">\n'
    path.write_text(f"{start}{''.join(activities)}</iati-activities>\n", encoding="utf-8")
    return path
