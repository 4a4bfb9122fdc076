"""Two files compared: what people changed is found, how it is written is not."""

from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from suivi.iati.diff import Change, Difference, Fate, diff
from suivi.values.errors import InputRefused
from tests.iati.invented import ACTIVITY, elements

ONE = """<iati-activities version="2.03"><iati-activity>
 <iati-identifier>A-1</iati-identifier>
 <title><narrative>Wells</narrative></title>
 <transaction ref="1"><value currency="EUR">100</value></transaction>
 <transaction ref="2"><value currency="EUR">200</value></transaction>
</iati-activity><iati-activity><iati-identifier>A-2</iati-identifier></iati-activity></iati-activities>"""


@pytest.fixture
def before(tmp_path: Path) -> Path:
    path = tmp_path / "before.xml"
    path.write_text(ONE, encoding="utf-8")
    return path


def changed(before: Path, *replacements: tuple[str, str]) -> list[Difference]:
    text = ONE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    after = before.with_name("after.xml")
    after.write_text(text, encoding="utf-8")
    return list(diff(before, after))


def test_equal_files_do_not_differ(before: Path) -> None:
    assert changed(before) == []


def test_how_a_file_is_written_is_no_difference(before: Path) -> None:
    title = "<title><narrative>Wells</narrative></title>"
    other = [("\n ", "\n\n     "), ('ref="1"', "ref='1'"), (f"{title}\n", "\n")]
    assert changed(before, *other[:2]) == []
    moved = ("</iati-activity><iati-activity>", f"{title}</iati-activity><iati-activity>")
    assert changed(before, (title, ""), moved) == []


def test_a_changed_value_is_named_by_its_path(before: Path) -> None:
    assert changed(before, (">200<", ">250<"), ("Wells", "Boreholes")) == [
        Difference(
            Fate.CHANGED,
            "A-1",
            1,
            (
                Change(Fate.CHANGED, "title/narrative", "Wells", "Boreholes"),
                Change(Fate.CHANGED, "transaction[2]/value", "200", "250"),
            ),
        )
    ]


def test_an_added_transaction_does_not_shift_the_others(before: Path) -> None:
    new = '<transaction ref="0"><value currency="EUR">1</value></transaction>'
    (one,) = changed(before, ('<transaction ref="1">', f'{new}<transaction ref="1">'))
    assert one.changes == (Change(Fate.ADDED, "transaction[1]", None, "0 EUR 1"),)


def test_attributes_come_and_go(before: Path) -> None:
    (one,) = changed(before, ('ref="1"', 'humanitarian="1"'))
    assert [(change.fate, change.path) for change in one.changes] == [
        (Fate.ADDED, "transaction[1]/@humanitarian"),
        (Fate.REMOVED, "transaction[1]/@ref"),
    ]


def test_records_come_and_go(before: Path) -> None:
    assert changed(before, ("A-2", "A-3")) == [
        Difference(Fate.REMOVED, "A-2", 1),
        Difference(Fate.ADDED, "A-3", 1),
    ]


def test_records_of_one_identifier_are_matched_in_their_order(before: Path) -> None:
    assert changed(before, ("A-2", "A-1")) == [
        Difference(Fate.REMOVED, "A-2", 1),
        Difference(Fate.ADDED, "A-1", 2),
    ]


def test_a_comment_is_part_of_the_file(before: Path) -> None:
    (one,) = changed(before, ("<title>", "<!-- checked --><title>"))
    assert one.changes == (Change(Fate.ADDED, "comment()", None, " checked "),)


def test_activities_are_not_compared_with_organisations(before: Path, tmp_path: Path) -> None:
    (tmp_path / "o.xml").write_text('<iati-organisations version="2.03"/>', encoding="utf-8")
    with pytest.raises(InputRefused, match="different kinds"):
        list(diff(before, tmp_path / "o.xml"))


@given(xml=elements(ACTIVITY), other=elements(ACTIVITY))
def test_a_difference_is_found_exactly_where_there_is_one(
    xml: object, other: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from suivi.iati.ordering import canonical

    folder = tmp_path_factory.mktemp("diff")
    for name, one in (("a.xml", xml), ("b.xml", other)):
        root = etree.Element("iati-activities")
        root.append(etree.fromstring(etree.tostring(one)))
        (folder / name).write_bytes(etree.tostring(root))
    forms = [canonical(etree.parse(folder / name).getroot()[0], ACTIVITY) for name in ("a.xml", "b.xml")]
    found = list(diff(folder / "a.xml", folder / "b.xml"))
    assert bool(found) is (forms[0] != forms[1])
    for difference in found:
        assert difference.changes or difference.fate is not Fate.CHANGED
