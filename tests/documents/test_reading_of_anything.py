"""Whatever the bytes are: a reading that accounts for every line, or a refusal in one sentence."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from suivi.documents.model import Reading
from suivi.documents.reader import read_bytes
from suivi.documents.text.decoding import decode
from suivi.values.errors import InputRefused
from tests.documents.invented import LAYOUTS, PLANS
from tests.documents.writers import as_markdown, as_tabs

WRITTEN = [
    write(layout(plan)).decode() for write in (as_tabs, as_markdown) for layout in LAYOUTS for plan in PLANS
]
PIECES = [
    "Actions 1.1 and 1.2 relate to the following outputs:",
    "- P&B 2020-21, output A.4: A title;",
    "Objectif prioritaire 3 – Encore",
    "<ul><li>un</li> • deux</ul>\t2021; 2022\t",
    "¹⁶ A note.",
    "a sentence that lost its row. 2021-2023",
    "\t\t",
    "| | x |",
    "|---|---|",
    "12. A paragraph that is numbered and goes on for a while, to no end.",
    "Draft decision",
    "Total\t\t\t",
    "Q1 2024\tQ2 2024",
    "Action\tDeliverable\tDeadline",
    "continued in small letters",
    "30/02/2024 – 99.99.9999",
    "1.1.1.1.1.1 deep",
    "+---+---+",
    "(a) one; (b) two; (c) three",
]


def check(reading: Reading, data: bytes) -> None:
    """What holds for every reading: lines accounted for, numbers unique, windows in order."""
    text, _ = decode(data)
    lines = re.split(r"\r\n|\n|\r", text)
    count = len(lines) - (not lines[-1])
    assert [use.place.line for use in reading.lines] == list(range(1, count + 1))
    numbers = [deliverable.number for deliverable in reading.plan.deliverables()]
    assert len(numbers) == len(set(numbers))
    assert all(number for number in numbers)
    for deliverable in reading.plan.deliverables():
        if deliverable.starts_on and deliverable.ends_on:
            assert deliverable.starts_on <= deliverable.ends_on
        assert str(deliverable.text)


def read_or_refuse(data: bytes, name: str) -> None:
    """Read and check; a refusal has to be one line."""
    try:
        reading = read_bytes(data, name)
    except InputRefused as refusal:
        sentence = str(refusal)
    else:
        sentence = "read"
        check(reading, data)
    assert sentence
    assert "\n" not in sentence


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.docx", "a.xlsx", "a.pdf", ""]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    read_or_refuse(data, name)


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_or_refuse(text.encode("utf-8", errors="replace"), "a.md")


@st.composite
def torn_plans(draw: st.DrawFn) -> str:
    """Plans with lines dropped, doubled, moved, cut, joined and foreign ones put in."""
    lines = draw(st.sampled_from(WRITTEN)).split("\n")
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 6)):
            case 0:
                lines.insert(at, draw(st.sampled_from(PIECES)))
            case 1:
                lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
            case 2:
                lines[at] = lines[at][: draw(st.integers(0, max(0, len(lines[at]))))]
            case 3:
                lines[at] = (
                    lines[at] + draw(st.sampled_from(["\t", " | ", " ", ""])) + draw(st.sampled_from(PIECES))
                )
            case 4 if len(lines) > 1:
                del lines[at]
            case 5:
                cut = draw(st.integers(0, len(lines[at])))
                lines[at : at + 1] = [lines[at][:cut], "", lines[at][cut:]]
            case _:
                lines[at] = lines[at].replace("\t", draw(st.sampled_from(["", "\t\t", " | "])), 1)
    return "\n".join(lines)


@settings(max_examples=300)
@given(torn_plans())
def test_a_torn_plan_is_read_and_accounted_for(text: str) -> None:
    data = text.encode()
    check(read_bytes(data, "plan.md"), data)
