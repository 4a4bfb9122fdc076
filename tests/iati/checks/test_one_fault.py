"""A file without fault, broken at one place at a time: just the check that is meant says so.

Where one break means two faults (a missing total is also a wrong sum), both are named.
"""

from pathlib import Path

import pytest

from suivi.iati.checks.run import FileCheck
from tests.iati.checks.files import SETTINGS

ACTIVITY = """\
<iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">
<iati-identifier>XM-DAC-41302-A1</iati-identifier>
<reporting-org ref="XM-DAC-41302" type="40"><narrative>Somebody</narrative></reporting-org>
<title><narrative>Something</narrative></title>
<description><narrative>Something more</narrative></description>
<participating-org role="1" type="40" ref="XM-DAC-41302"><narrative>Somebody</narrative></participating-org>
<other-identifier ref="B-1" type="B1">\
<owner-org ref="XM-DAC-2"><narrative>Owner</narrative></owner-org></other-identifier>
<activity-status code="2"/>
<activity-date type="1" iso-date="2020-01-01"/>
<activity-date type="2" iso-date="2020-02-01"/>
<activity-date type="3" iso-date="2030-01-01"/>
<recipient-country code="NP" percentage="60"/>
<recipient-country code="KE" percentage="40"/>
<sector code="11110" vocabulary="1" percentage="50"/>
<sector code="11120" percentage="50"/>
<sector code="A" vocabulary="99"><narrative>Own</narrative></sector>
<country-budget-items vocabulary="1"><budget-item code="1.1.1" percentage="100"/></country-budget-items>
<policy-marker vocabulary="1" code="1" significance="1"/>
<policy-marker vocabulary="99" code="x"><narrative>Own</narrative></policy-marker>
<default-aid-type code="C01" vocabulary="1"/>
<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value value-date="2020-01-01">100</value></budget>
<planned-disbursement><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value value-date="2020-01-01">100</value><provider-org ref="XM-DAC-3"/></planned-disbursement>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-03-01"/>\
<value value-date="2020-03-02">5</value><receiver-org ref="XM-DAC-4"/></transaction>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-03-03"/>\
<value value-date="2020-03-04">7</value><aid-type code="C01" vocabulary="1"/></transaction>
<result type="1"><title><narrative>Result</narrative></title>\
<indicator measure="1"><title><narrative>Indicator</narrative></title>\
<baseline year="2019" value="1"/><period><period-start iso-date="2020-01-01"/>\
<period-end iso-date="2020-12-31"/><target value="5"/><actual value="6"/></period></indicator></result>
</iati-activity>
"""
ORGANISATION = """\
<iati-organisation xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">
<organisation-identifier>XM-DAC-41302</organisation-identifier>
<name><narrative>Somebody</narrative></name>
<reporting-org ref="XM-DAC-41302" type="40"><narrative>Somebody</narrative></reporting-org>
<total-budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value value-date="2020-01-01">9</value></total-budget>
<recipient-org-budget><recipient-org ref="XM-DAC-5"><narrative>Other</narrative></recipient-org>\
<period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value value-date="2020-01-01">9</value></recipient-org-budget>
<recipient-country-budget><recipient-country code="NP"/>\
<period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>\
<value value-date="2020-01-01">9</value>\
<budget-line ref="1"><value value-date="2020-02-01">9</value>\
<narrative>Line</narrative></budget-line></recipient-country-budget>
</iati-organisation>
"""
# The check (or checks), what stands there, what is put in its place.
ACTIVITY_BREAKS = [
    ("0.3.1", '<activity-status code="2"/>', "<activity-status/>"),
    ("0.3.1", '<activity-status code="2"/>', '<activity-status code="2"/><activity-status code="2"/>'),
    ("1.1.3 1.1.21", "<iati-identifier>XM-DAC-41302-A1<", "<iati-identifier>XM-DAC-41302<"),
    ("1.1.21", "<iati-identifier>XM-DAC-41302-A1<", "<iati-identifier>XM-DAC-41301-A1<"),
    ("", "<iati-identifier>XM-DAC-41302-A1<", "<iati-identifier>B-1-A1<"),
    ("1.3.1", "A1</iati-identifier>", "A1\u00a0</iati-identifier>"),
    ("1.3.13", "A1</iati-identifier>", "A/1</iati-identifier>"),
    (
        "1.14.8 1.1.21",
        'reporting-org ref="XM-DAC-41302" type="40"',
        'reporting-org ref="XM-XXX-41302" type="40"',
    ),
    ("1.16.1", 'other-identifier ref="B-1"', 'other-identifier ref="B-1 "'),
    ("1.6.1", 'ref="B-1" type="B1"', 'ref=" B-1" type="A3"'),
    ("1.11.1", 'owner-org ref="XM-DAC-2"', 'owner-org ref=" XM-DAC-2"'),
    ("1.11.13", 'owner-org ref="XM-DAC-2"', 'owner-org ref="XM-DAC/2"'),
    ("", 'owner-org ref="XM-DAC-2"', 'owner-org ref="A/B"'),  # registered
    ("6.8.1", '<owner-org ref="XM-DAC-2"><narrative>Owner</narrative></owner-org>', "<owner-org/>"),
    ("1.8.1", 'role="1" type="40" ref="XM-DAC-41302"', 'role="1" type="40" ref="XM-DAC-41302\u00a0"'),
    ("1.8.13", 'role="1" type="40" ref="XM-DAC-41302"', 'role="1" type="40" ref="XM|DAC"'),
    ("1.9.1 1000.0.1", 'participating-org role="1"', 'participating-org activity-id="X " role="1"'),
    ("", 'participating-org role="1"', 'participating-org activity-id="XM-DAC-41302-A1" role="1"'),
    ("6.9.1", '<provider-org ref="XM-DAC-3"/>', "<provider-org/>"),
    ("6.9.2", '<receiver-org ref="XM-DAC-4"/>', "<receiver-org/>"),
    ("1.10.1", 'provider-org ref="XM-DAC-3"', 'provider-org ref="\u2003XM-DAC-3"'),
    ("1.15.13", 'receiver-org ref="XM-DAC-4"', 'receiver-org ref="XM-DAC-4?"'),
    ("1000.0.5", 'receiver-org ref="XM-DAC-4"', 'receiver-org ref="XM-DAC-4" receiver-activity-id="Y"'),
    ("4.1.1", '<iati-activity xml:lang="en" ', "<iati-activity "),
    ("4.3.1", "<title><narrative>Something<", "<title><narrative><"),
    ("4.3.1", "<title><narrative>Something<", "<title><narrative> \u00a0 <"),
    ("4.4.1", "<narrative>Something more</narrative>", "<narrative><!-- later --></narrative>"),
    (
        "6.11.1",
        'activity-date type="1" iso-date="2020-01-01"/>\n<activity-date type="2"',
        'activity-date type="3" iso-date="2020-01-01"/>\n<activity-date type="3"',
    ),
    (
        "11.1.1",
        'last-updated-datetime="2026-01-01T00:00:00Z"',
        'last-updated-datetime="2026-11-23T17:00:00+00:30"',
    ),
    ("", 'last-updated-datetime="2026-01-01T00:00:00Z"', 'last-updated-datetime="2026-11-23T17:00:00+02:00"'),
    ("11.1.2", 'type="3" iso-date="2030-01-01"', 'type="3" iso-date="2019-12-31"'),
    ("11.1.3", 'type="3" iso-date="2030-01-01"', 'type="4" iso-date="2020-01-31"'),
    ("11.1.4", 'type="2" iso-date="2020-02-01"', 'type="2" iso-date="2026-11-24"'),
    ("11.1.5", 'type="3" iso-date="2030-01-01"', 'type="4" iso-date="2026-11-24"'),
    ("11.2.1", 'transaction-date iso-date="2020-03-03"', 'transaction-date iso-date="2026-11-24"'),
    ("11.2.2", 'value value-date="2020-03-04"', 'value value-date="2026-11-24"'),
    ("3.1.1 3.1.2", 'code="KE" percentage="40"', 'code="KE"'),
    ("3.1.2", 'code="KE" percentage="40"', 'code="KE" percentage="41"'),
    ("3.1.4", '<recipient-country code="KE" percentage="40"/>\n', ""),
    ("12.1.1 3.1.2", 'code="KE" percentage="40"', 'code="KE" percentage="-40"'),
    (
        "",
        '<recipient-country code="NP" percentage="60"/>\n<recipient-country code="KE" percentage="40"/>',
        '<recipient-country code="NP" percentage="100."/>',
    ),
    ("2.1.2", '<sector code="11120" percentage="50"/>', '<sector code="11120" percentage="49"/>'),
    (
        "2.1.1",
        '<sector code="11120" percentage="50"/>',
        '<sector code="11120"/><sector code="111" vocabulary="2"/>',
    ),
    ("2.1.4", '<sector code="11120" percentage="50"/>', ""),
    (
        "2.2.1",
        '<sector code="A" vocabulary="99"><narrative>Own</narrative></sector>',
        '<sector code="A" vocabulary="99"/>',
    ),
    ("6.6.2", '<aid-type code="C01"', '<sector code="11110"/><aid-type code="C01"'),
    ("3.6.2", '<aid-type code="C01"', '<recipient-country code="NP"/><aid-type code="C01"'),
    ("7.9.4", 'code="1.1.1" percentage="100"', 'code="1.1.1" percentage="99"'),
    ("6.14.1", ' significance="1"', ""),
    (
        "6.13.1",
        '<policy-marker vocabulary="99" code="x"><narrative>Own</narrative></policy-marker>',
        '<policy-marker vocabulary="99" code="x"/>',
    ),
    ("107.1.1", 'default-aid-type code="C01" vocabulary="1"', 'default-aid-type code="1" vocabulary="2"'),
    (
        "107.1.2",
        '<default-aid-type code="C01" vocabulary="1"/>',
        '<default-aid-type code="C01" vocabulary="1"/><default-aid-type code="C01"/>',
    ),
    (
        "107.2.2",
        '<aid-type code="C01" vocabulary="1"/>',
        '<aid-type code="C01" vocabulary="1"/><aid-type code="C01"/>',
    ),
    ("7.8.1", ' default-currency="USD"', ""),
    (
        "7.5.3",
        '<budget><period-start iso-date="2020-01-01"/>',
        '<budget><period-start iso-date="2019-12-30"/>',
    ),
    (
        "8.6.3",
        '<budget><period-start iso-date="2020-01-01"/>',
        '<budget><period-start iso-date="2021-01-01"/>',
    ),
    (
        "8.6.1",
        '<period><period-start iso-date="2020-01-01"/>',
        '<period><period-start iso-date="2021-01-01"/>',
    ),
    ("8.8.1", '<baseline year="2019" value="1"/>', '<baseline year="2019"/>'),
    ("8.8.2", '<baseline year="2019" value="1"/>', '<baseline year="2019" value="1,000"/>'),
    ("", '<baseline year="2019" value="1"/>', '<baseline year="2019" value="\u00a01.\u00a0"/>'),
    ("8.9.2", '<target value="5"/>', '<target value="five"/>'),
    ("8.8.3 8.9.3 8.10.3", 'indicator measure="1"', 'indicator measure="5"'),
    ("9.5.1", 'activity-status code="2"', 'activity-status code="02"'),
    ("9.50.1", 'recipient-country code="NP"', 'recipient-country code="np"'),
    ("9.76.1", 'sector code="11120"', 'sector code="11121x"'),
    ("9.78.1", 'sector code="A" vocabulary="99"', 'sector code="A" vocabulary="999"'),
    ("9.21.1", 'default-aid-type code="C01"', 'default-aid-type code="C99"'),
    ("9.3.1", 'default-currency="USD"', 'default-currency="usd"'),
    ("9.95.1", "<narrative>Indicator<", '<narrative xml:lang="EN">Indicator<'),
]
ORGANISATION_BREAKS = [
    ("1.12.1", "<organisation-identifier>XM-DAC-41302<", "<organisation-identifier>XM-DAC-41302\n<"),
    ("1.12.13", "<organisation-identifier>XM-DAC-41302<", "<organisation-identifier>XM-DAC&amp;41302<"),
    ("1.17.1", 'recipient-org ref="XM-DAC-5"', 'recipient-org ref="XM-DAC-5 "'),
    ("1.18.8", 'reporting-org ref="XM-DAC-41302"', 'reporting-org ref="41302"'),
    ("1.18.1", 'reporting-org ref="XM-DAC-41302"', 'reporting-org ref="XM-DAC-41302 "'),
    (
        "11.3.1",
        'budget-line ref="1"><value value-date="2020-02-01"',
        'budget-line ref="1"><value value-date="2021-02-01"',
    ),
    (
        "11.4.1",
        'last-updated-datetime="2026-01-01T00:00:00Z"',
        'last-updated-datetime="2027-01-01T00:00:00Z"',
    ),
    ("4.5.1", ' xml:lang="en"', ""),
    ("7.8.2", ' default-currency="USD"', ""),
    (
        "7.5.3",
        '<total-budget><period-start iso-date="2020-01-01"/>',
        '<total-budget><period-start iso-date="2019-01-01"/>',
    ),
    ("9.103.1", 'recipient-country code="NP"', 'recipient-country code="XX"'),
    ("9.112.1", 'reporting-org ref="XM-DAC-41302" type="40"', 'reporting-org ref="XM-DAC-41302" type="41"'),
]


def checks(folder: Path, record: str, kind: str = "activities", *, version: str = "2.03") -> list[str]:
    path = folder / "file.xml"
    path.write_text(f'<iati-{kind} version="{version}">\n{record}</iati-{kind}>\n', encoding="utf-8")
    return sorted(fault.check.id for fault in FileCheck(path, SETTINGS).faults())


def test_the_files_are_without_fault(tmp_path: Path) -> None:
    assert checks(tmp_path, ACTIVITY) == []
    assert checks(tmp_path, ORGANISATION, "organisations") == []


@pytest.mark.parametrize(("wanted", "before", "after"), ACTIVITY_BREAKS, ids=range(len(ACTIVITY_BREAKS)))
def test_one_break_of_an_activity_is_one_finding(
    tmp_path: Path, wanted: str, before: str, after: str
) -> None:
    assert before in ACTIVITY
    assert checks(tmp_path, ACTIVITY.replace(before, after, 1)) == sorted(wanted.split())


@pytest.mark.parametrize(
    ("wanted", "before", "after"), ORGANISATION_BREAKS, ids=range(len(ORGANISATION_BREAKS))
)
def test_one_break_of_an_organisation_is_one_finding(
    tmp_path: Path, wanted: str, before: str, after: str
) -> None:
    assert before in ORGANISATION
    assert checks(tmp_path, ORGANISATION.replace(before, after, 1), "organisations") == sorted(wanted.split())
