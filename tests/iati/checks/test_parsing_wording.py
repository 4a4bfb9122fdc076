"""Where a file stops being XML, the words say what to look for."""

from pathlib import Path

import pytest

from suivi.iati.checks.run import BROKEN, FileCheck
from suivi.iati.checks.wording import Words
from tests.iati.checks.files import SETTINGS

START = b'<iati-activities version="2.03">\n<iati-activity>\n'


@pytest.mark.parametrize(
    ("data", "line", "said", "mend"),
    [
        (START + b"<title>Food & water</title>", 3, "There is a sign &", "Write &amp;"),
        (START + b"<website>x?a=1&b=2</website>", 3, "There is a sign &", "Write &amp;"),
        (START + b"<title>&nbsp;</title>", 3, "“&nbsp;” means nothing", "Write the sign itself"),
        (
            START + b"<title>\n</titel>",
            4,
            "<title>, opened in line 3, is closed here as </titel>",
            "</title>",
        ),
        (START + b"<title>", 3, "ends while <title>, opened in line 3,", "end tag that is missing"),
        (START + b"<title>1 < 2</title>", 3, "a sign < that begins no tag", "Write &lt;"),
        (START + b"<title>\x0b</title>", 3, "control character", "Delete it"),
        (START + b"<title>\xe9t\xe9</title>", 3, "not in the encoding", "Save the file as UTF-8"),
        (START + b'<a code="1" code="2"/>', 3, "A tag has code twice.", "Take one"),
        (START + b"<a code=1/>", 3, "has no quotation marks", 'code="2"'),
        (b'\n<?xml version="1.0"?>' + START, 2, "Something stands before <?xml", "Begin the file"),
        (b'<?xml version="1.0" encoding="klingon"?>' + START, 1, "names an encoding", "UTF-8"),
        (b"", 1, "The file is empty", "Choose the .xml file"),
        (START + b"</iati-activity></iati-activities>x", 3, "behind the end", "Take it away"),
        (START + b"<!-- a -- b -->", 3, "not well-formed XML", "Look at this line"),
    ],
)
def test_a_break_is_told_in_words(tmp_path: Path, data: bytes, line: int, said: str, mend: str) -> None:
    path = tmp_path / "file.xml"
    path.write_bytes(data)
    *_before, broken = FileCheck(path, SETTINGS).faults()
    words = Words()
    assert (broken.check, broken.spots[0].line) == (BROKEN, line)
    assert said in words.message(broken)
    assert mend in words.hint(broken)
