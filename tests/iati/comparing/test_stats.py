"""The measures of a file, counted by hand."""

from datetime import date
from pathlib import Path

import pytest

from suivi.iati.stats import Share, Stats, stats

TODAY = date(2026, 7, 1)
FILE = """<iati-activities version="2.03">
<iati-activity last-updated-datetime="2026-06-20T00:00:00Z">
 <iati-identifier>A-1</iati-identifier><activity-status code="2"/>
 <activity-date type="3" iso-date="2027-12-31"/><activity-date type="4" iso-date=""/>
 <location><point srsName=""><pos>1 2</pos></point></location>
 <tag vocabulary="2" code="6"/>
 <budget><period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/></budget>
 <budget><period-start iso-date="2028-08-01"/><period-end iso-date="2028-12-31"/></budget>
 <transaction><transaction-type code="1"/><transaction-date iso-date="2026-05-05"/>
  <provider-org provider-activity-id="X-1"/></transaction>
 <transaction><transaction-type code="3"/><transaction-date iso-date="2026-09-09"/></transaction>
 <result><indicator><period><actual value="3"/></period></indicator></result>
</iati-activity>
<iati-activity last-updated-datetime="2025-09-01T00:00:00">
 <iati-identifier>A-2</iati-identifier><activity-status code="4"/><result/>
 <sector vocabulary="7" code="6"/><location/>
</iati-activity>
<iati-activity budget-not-provided="1">
 <iati-identifier>A-3</iati-identifier><activity-status code="2"/>
 <activity-date type="3" iso-date="2026-06-30"/><title><narrative> </narrative></title>
</iati-activity>
</iati-activities>"""


@pytest.fixture
def found(tmp_path: Path) -> Stats:
    path = tmp_path / "a.xml"
    path.write_text(FILE, encoding="utf-8")
    return stats(path, TODAY)


def test_an_activity_is_current_until_its_end(found: Stats) -> None:
    assert (found.records, found.current) == (3, 1)


def test_timeliness_counts_days_up_to_today(found: Stats) -> None:
    assert found.updated_within == {31: 1, 92: 1, 365: 2}
    assert (found.last_updated, found.last_transaction) == (date(2026, 6, 20), date(2026, 5, 5))


def test_budgets_ahead_are_those_of_current_activities(found: Stats) -> None:
    assert found.budgets_ahead == {1: 1, 2: 0, 3: 1}


def test_shares_are_of_all_activities(found: Stats) -> None:
    assert found.has == {
        "results": 2,
        "results with indicators": 1,
        "results with actual values": 1,
        "locations": 2,
        "locations with a point": 1,
        "SDG tags": 2,
        "documents": 0,
        "conditions": 0,
        "budgets": 1,
        "budget not provided, with the reason": 1,
        "transactions": 1,
        "traceable incoming funds": 1,
    }


def test_coverage_counts_records_that_say_something(found: Stats) -> None:
    assert found.share("activity-status/@code") == Share(3, 3)
    assert found.share("activity-date/@iso-date") == Share(2, 3)
    assert found.share("title/narrative") == Share(0, 3)
    assert found.share("transaction/provider-org/@provider-activity-id").percent == pytest.approx(100 / 3)
    assert Share(0, 0).percent is None


def test_an_organisation_file_has_coverage_only(tmp_path: Path) -> None:
    path = tmp_path / "o.xml"
    path.write_text(
        '<iati-organisations version="2.03"><iati-organisation><organisation-identifier>O-1'
        "</organisation-identifier></iati-organisation></iati-organisations>",
        encoding="utf-8",
    )
    found = stats(path, TODAY)
    assert (found.coverage, found.has, found.budgets_ahead) == ({"organisation-identifier": 1}, {}, {})
