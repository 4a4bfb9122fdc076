"""The review of the demonstration finished in Word by its secretariat and read back: nothing lost, nothing
doubled."""

from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from suivi.office.word import read_word
from suivi.plan.models import Plan
from suivi.render.docx import render_docx
from suivi.render.read_back import ReadBack, Refusal, read_back
from suivi.reporting.commands.returned import take_returned
from suivi.reporting.kinds import compose_report
from suivi.reporting.models import Paper
from suivi.reporting.quoted import asked_of
from suivi.reporting.returned import chosen_numbers, look_at_returned
from tests.cast import at
from tests.demonstration.days import OPENING_DAY
from tests.libreoffice import needs_writer, saved_by_libreoffice
from tests.render.edited import Edited, W

NUMBERED = 39  # 38 up to the decision, and the decision
EVENING = at(OPENING_DAY.year, OPENING_DAY.month, OPENING_DAY.day)


def finished(data: bytes) -> bytes:
    """Words of its own at the end of every numbered paragraph: every other one tracked."""
    file, number = Edited(data), count(1)
    for paragraph in file.root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") != "NumberedParagraph":
            continue
        place = next(number)
        run = f'<w:r><w:t xml:space="preserve"> Seen by the secretariat, {_word(place)}.</w:t></w:r>'
        about = f'w:id="{9_000 + place}" w:author="Secretariat" w:date="2023-02-16T09:00:00Z"'
        written = f"<w:ins {about}>{run}</w:ins>" if place % 2 else run
        paragraph.append(etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{written}</x>')[0])
    return file.data()


def _word(number: int) -> str:
    """A word for a number, so that no figure is altered by it."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")


def _edits(found: ReadBack) -> list[str]:
    """The words of the secretariat in the order of the paper."""
    said = ["".join(piece.words for piece in change.pieces) for change in found.changes]
    return [words.partition("Seen by the secretariat, ")[2][:2] for words in said]


def _made(paper: Paper, language: str) -> bytes:
    return render_docx(compose_report(asked_of(paper, language, OPENING_DAY)))


@pytest.fixture
def paper(plan: Plan) -> Paper:
    return Paper.objects.select_related("plan").get(plan=plan)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_numbered_paragraph_comes_back_once_and_stays(paper: Paper, language: str) -> None:
    file = finished(_made(paper, language))
    returned = look_at_returned(file)
    assert _edits(returned.found) == [_word(number) for number in range(1, NUMBERED + 1)]
    assert returned.found.figures == ()
    refused = [change for change in returned.found.changes if change.refusal]
    assert {change.refusal for change in refused} <= {Refusal.COMPUTED}

    taken = take_returned(by=None, now=EVENING, returned=returned, numbers=chosen_numbers(returned, "all"))
    assert len(taken.made) == NUMBERED - len(refused)
    assert (taken.already, taken.overtaken) == (set(), set())
    anew = read_back(compose_report(asked_of(paper, language, OPENING_DAY)), read_word(file))
    assert [one.pieces for one in anew.changes] == [one.pieces for one in refused]


@needs_writer
def test_the_same_holds_after_an_office_program_saved_it(paper: Paper, tmp_path: Path) -> None:
    saved = saved_by_libreoffice({"review": finished(_made(paper, "en"))}, "docx", tmp_path)
    found = look_at_returned(saved["review"]).found
    assert _edits(found) == [_word(number) for number in range(1, NUMBERED + 1)]
    assert found.figures == ()
