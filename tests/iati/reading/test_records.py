"""Reading records with typed values, and writing them in the order of the standard."""

import gzip
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from suivi.iati.nodes import Record
from suivi.iati.opening import BrokenXml, Head
from suivi.iati.ordering import canonical, put_in_order
from suivi.iati.reader import Reading, read
from suivi.iati.schemas import schema
from suivi.iati.writer import writing
from suivi.values.errors import InputRefused
from tests.iati.invented import ACTIVITY, ORGANISATION, content, elements, files, minimal

HEAD = Head("iati-activities", {"version": "2.03"}, {})
WELL = b"""<?xml version="1.0"?>
<!-- before --><iati-activities version="2.03" xmlns:own="http://example.org/own"><!-- first -->
 <iati-activity default-currency="XOF" xml:lang="fr" humanitarian="true">
  <title><narrative>Puits</narrative><narrative xml:lang="EN">Wells</narrative></title>
  <iati-identifier> XM-EXAMPLE-1 </iati-identifier>
  <own:well depth="7"/>
  <transaction><transaction-date iso-date="2024-02-29"/><value>1000.50</value></transaction>
 </iati-activity><!-- last -->
</iati-activities><!-- after -->"""


def copy(reading: Reading, to: Path) -> None:
    records = iter(reading)
    first = next(records, None)
    with writing(to, reading.head, reading.prologue) as out:
        if first is not None:
            out.write(first)
        for record in records:
            out.write(record)
        out.write_nodes(reading.rest)
        out.epilogue += reading.epilogue


@pytest.fixture
def well(tmp_path: Path) -> Path:
    path = tmp_path / "well.xml"
    path.write_bytes(WELL)
    return path


def test_a_record_gives_values_of_their_types(well: Path) -> None:
    (activity,) = [_facts(record) for record in read(well)]
    assert activity == {
        "identifier": "XM-EXAMPLE-1",
        "humanitarian": True,
        "hierarchy": None,
        "title": {"fr": "Puits", "en": "Wells"},
        "on": date(2024, 2, 29),
        "amount": Decimal("1000.50"),
        "line": 3,
    }


def _facts(record: Record) -> dict[str, object]:
    title = record.child("title")
    (transaction,) = record.children("transaction")
    day, value = transaction.child("transaction-date"), transaction.child("value")
    assert title
    assert day
    assert value
    return {
        "identifier": record.identifier,
        "humanitarian": record.get("humanitarian"),
        "hierarchy": record.get("hierarchy"),
        "title": title.words(record.language).plain(),
        "on": day.get("iso-date"),
        "amount": value.value,
        "line": record.line,
    }


def test_a_name_that_the_standard_does_not_know_is_an_error(well: Path) -> None:
    for record in read(well):
        with pytest.raises(KeyError):
            record.get("colour")
        with pytest.raises(KeyError):
            record.child("well")


def test_a_copy_is_in_order_and_keeps_comments_and_foreign_elements(well: Path, tmp_path: Path) -> None:
    copy(read(well), tmp_path / "copy.xml")
    assert content(tmp_path / "copy.xml") == content(well)
    assert (tmp_path / "copy.xml").read_text(encoding="utf-8") == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<!-- before --><iati-activities xmlns:own="http://example.org/own" version="2.03">\n'
        "  <!-- first -->\n"
        '  <iati-activity xmlns:own="http://example.org/own" default-currency="XOF" xml:lang="fr" '
        'humanitarian="true">\n'
        "    <iati-identifier> XM-EXAMPLE-1 </iati-identifier>\n"
        "    <title>\n"
        "      <narrative>Puits</narrative>\n"
        '      <narrative xml:lang="EN">Wells</narrative>\n'
        "    </title>\n"
        "    <transaction>\n"
        '      <transaction-date iso-date="2024-02-29"/>\n'
        "      <value>1000.50</value>\n"
        "    </transaction>\n"
        '    <own:well depth="7"/>\n'
        "  </iati-activity>\n"
        "  <!-- last -->\n"
        "</iati-activities>\n"
        "<!-- after -->\n"
    )


@given(data=files(ACTIVITY) | files(ORGANISATION))
def test_whatever_is_read_is_written_again(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("copy")
    (folder / "a.xml").write_bytes(data)
    copy(read(folder / "a.xml"), folder / "b.xml")
    assert content(folder / "b.xml") == content(folder / "a.xml")


@given(xml=elements(ACTIVITY))
def test_order_is_restored_without_losing_a_node(xml: object) -> None:
    again = etree.fromstring(etree.tostring(xml))
    record = Record(again, ACTIVITY)
    put_in_order(record.xml, record.spec)
    assert canonical(record.xml, ACTIVITY) == canonical(xml, ACTIVITY)
    names = [child.tag for child in record.xml if isinstance(child.tag, str)]
    ranks = [ACTIVITY.ranks.get(name, len(ACTIVITY.ranks)) for name in names]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_what_is_written_is_valid_however_it_came(seed: int, tmp_path: Path) -> None:
    xml = minimal(ACTIVITY, everything=True)
    chance = random.Random(seed)
    for parent in list(xml.iter()):
        children = list(parent)
        chance.shuffle(children)
        parent[:] = children
    with writing(tmp_path / "a.xml", HEAD) as out:
        out.write(Record(xml, ACTIVITY))
    schema("iati-activities").assertValid(etree.parse(tmp_path / "a.xml"))


def test_a_record_made_from_nothing_is_valid(tmp_path: Path) -> None:
    record = Record.new(ACTIVITY)
    record.add("activity-date").set("type", "1")
    record.children("activity-date")[0].set("iso-date", date(2024, 1, 1))
    for name, attributes in (
        ("activity-status", {"code": "2"}),
        ("participating-org", {"role": "1"}),
        ("reporting-org", {"ref": "XM-EXAMPLE", "type": "40"}),
        ("title", {}),
        ("description", {}),
    ):
        child = record.add(name)
        for key, value in attributes.items():
            child.set(key, value)
        if "narrative" in child.spec.children:
            child.add("narrative").value = "Eau"
    record.add("iati-identifier").value = "XM-EXAMPLE-1"
    with writing(tmp_path / "a.xml", HEAD) as out:
        out.write(Record(record.xml, ACTIVITY))
    schema("iati-activities").assertValid(etree.parse(tmp_path / "a.xml"))


def test_a_file_that_is_not_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), writing(path, HEAD):
        raise RuntimeError
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_another_xml_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<html/>", encoding="utf-8")
    with pytest.raises(InputRefused, match="outermost element is <html>"):
        read(tmp_path / "a.xml")


def test_what_stands_before_a_break_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(WELL.replace(b"</iati-activities>", b"<iati-activity></nothing>"))
    records = iter(read(path))
    assert next(records).identifier == "XM-EXAMPLE-1"
    with pytest.raises(BrokenXml, match="line 9"):
        next(records)


@pytest.mark.reference
def test_every_real_file_is_written_again_without_loss(reference_dir: Path, tmp_path: Path) -> None:
    seen = 0
    for packed in sorted((reference_dir / "iati" / "cases" / "real").glob("*.xml.gz")):
        path = tmp_path / "a.xml"
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        try:
            wanted = content(path)
        except (etree.XMLSyntaxError, KeyError):
            continue  # not well-formed, or no IATI file
        copy(read(packed), tmp_path / "b.xml")
        assert content(tmp_path / "b.xml") == wanted, packed.name
        seen += 1
    assert seen > 100
