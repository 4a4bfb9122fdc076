import gzip
from pathlib import Path

import pytest

from suivi.iati import opening
from suivi.iati.opening import BrokenXml, open_xml
from suivi.values.errors import InputRefused

START = b'<iati-activities version="2.03">'
END = b"</iati-activities>"
ACTIVITY = b"<iati-activity><iati-identifier>A-1</iati-identifier></iati-activity>"


def _records(tmp_path: Path, data: bytes) -> list[str]:
    file = tmp_path / "file.xml"
    file.write_bytes(data)
    with open_xml(file) as opened:
        return [record.findtext("iati-identifier", "") for record in opened.records()]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_records_are_read_packed_or_not(tmp_path: Path, pack) -> None:
    assert _records(tmp_path, pack(START + ACTIVITY * 3 + END)) == ["A-1"] * 3


def test_two_gzip_members_in_a_row_are_one_file(tmp_path: Path) -> None:
    assert _records(tmp_path, gzip.compress(START + ACTIVITY) + gzip.compress(ACTIVITY + END)) == ["A-1"] * 2


def test_the_declared_encoding_is_followed(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + (START + ACTIVITY + END).decode()
    assert _records(tmp_path, text.encode("utf-16")) == ["A-1"]


def test_a_record_inside_a_record_is_none(tmp_path: Path) -> None:
    assert _records(tmp_path, START + b"<iati-activity>" + ACTIVITY + b"</iati-activity>" + END) == [""]


def test_lines_are_true_past_65535(tmp_path: Path) -> None:
    file = tmp_path / "long.xml"
    file.write_bytes(START + b"\n" * 70_000 + ACTIVITY + END)
    with open_xml(file) as opened:
        assert [record.sourceline for record in opened.records()] == [70_001]


def test_comments_stand_by_their_records_and_behind_the_last(tmp_path: Path) -> None:
    file = tmp_path / "comments.xml"
    file.write_bytes(START + b"<!--a-->" + ACTIVITY + b"<!--b-->" + ACTIVITY + b"<!--c-->" + END)
    before = []
    with open_xml(file) as opened:
        for record in opened.records():
            before.append(record.getprevious().text)
        assert before == ["a", "b"]
        assert opened.root[-1].text == "c"


def test_the_head_is_known_before_the_records(tmp_path: Path) -> None:
    file = tmp_path / "file.xml"
    file.write_bytes(b'<iati-organisations version="2.02" xmlns:x="urn:x"/>')
    with open_xml(file) as opened:
        assert (opened.head.tag, opened.head.version, opened.head.record_tag) == (
            "iati-organisations",
            "2.02",
            "iati-organisation",
        )
        assert opened.head.namespaces == {"x": "urn:x"}
        assert list(opened.records()) == []


def test_an_undeclared_prefix_breaks_nothing(tmp_path: Path) -> None:
    strange = ACTIVITY.replace(b"</iati-activity>", b'<x:title x:y="1">t</x:title></iati-activity>')
    data = START + ACTIVITY * 3000 + strange + ACTIVITY + END
    assert _records(tmp_path, data) == ["A-1"] * 3002
    with pytest.raises(BrokenXml, match="line 1"):
        _records(tmp_path, START + strange + b"<iati-activity></b></iati-activity>" + END)
    with pytest.raises(BrokenXml):
        _records(tmp_path, START + strange + b"<iati-activity>")


def test_records_before_the_break_are_given(tmp_path: Path) -> None:
    file = tmp_path / "cut.xml"
    file.write_bytes(START + b"\n" + ACTIVITY + b"\n<iati-act")
    seen = []
    with open_xml(file) as opened, pytest.raises(BrokenXml) as caught:
        seen.extend(record.tag for record in opened.records())
    assert (seen, caught.value.line) == (["iati-activity"], 3)


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(12))
    + b"]>"
)
BROKEN = {
    "nothing": b"",
    "no XML": b"hello",
    "NUL": START + b"<iati-activity>\0</iati-activity>" + END,
    "wrong encoding": START + b"<iati-activity>\xe9</iati-activity>" + END,
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?>' + START + END,
    "entity bomb in the root": BOMB + b'<iati-activities version="&a11;"/>',
    "entity of a document type elsewhere": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
    + START
    + b"<iati-activity>&a;</iati-activity>"
    + END,
    "deep nesting": START + b"<iati-activity>" + b"<a>" * 100_000,
    "white space without end": START + b"\n" * 11_000_000 + END,
    "two roots": START + END + START + END,
    "gzipped zeros": gzip.compress(b"\0" * 10_000_000),
}
REFUSED = {
    "entity bomb": BOMB + START + b"<iati-activity>&a11;</iati-activity>" + END,
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + START + b"&a;" + END,
    "gigabyte attribute": START + b'<iati-activity a="' + b"x" * 34_000_000 + b'"/>' + END,
    "junk without end": START + b"<a/>" * 2_300_000 + END,
    "zip": b"PK\x03\x04....",
    "gzip cut off": gzip.compress(START + END)[:-9],
    "gzip damaged": gzip.compress(START + ACTIVITY * 99 + END)[:40] + b"....." * 9,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BrokenXml) as caught:
        _records(tmp_path, data)
    assert caught.value.line >= 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_file_of_xml_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputRefused) as caught:
        _records(tmp_path, data)
    assert not isinstance(caught.value, BrokenXml)
    assert "\n" not in str(caught.value)


def test_a_file_past_the_bound_is_not_read_further(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 10_000)
    with pytest.raises(InputRefused, match="gigabytes"):
        _records(tmp_path, START + ACTIVITY * 1_000 + END)


@pytest.mark.parametrize("border", [0, 1, 2**15 - 40, 2**15])
def test_a_tag_of_very_many_attributes_is_refused(tmp_path: Path, border: int) -> None:
    """Wherever the pieces end in which the file is read."""
    names = b" ".join(b'a%d=""' % number for number in range(opening.MAX_ATTRIBUTES + 100))
    spread = START + b" " * border + b"<iati-activity " + names + b"/>" + END
    with pytest.raises(InputRefused, match="attributes"):
        _records(tmp_path, spread)


def test_a_root_of_very_many_name_spaces_is_refused(tmp_path: Path) -> None:
    names = b" ".join(b'xmlns:a%d="u"' % number for number in range(opening.MAX_NAMESPACES + 1))
    with pytest.raises(InputRefused, match="name spaces"):
        _records(tmp_path, START[:-1] + b" " + names + b">" + ACTIVITY + END)


def test_many_attributes_of_many_elements_are_none_of_one(tmp_path: Path) -> None:
    many = b'<iati-activity default-currency="USD" hierarchy="1"/>' * opening.MAX_ATTRIBUTES
    assert len(_records(tmp_path, START + many + END)) == opening.MAX_ATTRIBUTES
