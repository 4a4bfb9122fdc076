"""A paper finished in Word comes back: each change, each comment, each figure that was altered."""

import copy
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suivi.office.word import read_word
from suivi.render.document import Document
from suivi.render.docx import render_docx
from suivi.render.passages import flat_passages
from suivi.render.read_back import FigureFate, How, ReadBack, Refusal, read_back
from suivi.render.runs import Note, Reference, Run
from suivi.values.wording_diff import Fate
from tests.render.edited import Edited, W, paper_of, section_texts
from tests.render.papers import whole_document


@pytest.fixture(scope="module")
def paper() -> Document:
    return paper_of(section_texts())


@pytest.fixture(scope="module")
def file(paper: Document) -> bytes:
    return render_docx(paper)


def say(found: ReadBack) -> str:
    """All the words that stand after the changes."""
    pieces = (piece for change in found.changes for piece in change.pieces)
    return " ".join(piece.words for piece in pieces if piece.fate is not Fate.REMOVED)


def back(document: Document, edited: Edited) -> ReadBack:
    return read_back(document, read_word(edited.data()))


def test_paper_has_the_shape_of_a_review(paper: Document) -> None:
    numbers = [passage.number for passage in flat_passages(paper) if passage.number]
    assert numbers == [str(number) for number in range(1, 39)]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_file_as_it_was_made_has_no_change(language: str) -> None:
    document = whole_document(language)
    assert read_back(document, read_word(render_docx(document))) == ReadBack()


def test_the_review_as_it_was_made_has_no_change(paper: Document) -> None:
    assert read_back(paper, read_word(render_docx(paper))) == ReadBack()


@pytest.mark.parametrize("which", ["review", "whole"])
def test_file_saved_again_by_an_office_program_has_no_change(
    paper: Document, which: str, tmp_path: Path, soffice: str
) -> None:
    document = paper if which == "review" else whole_document()
    assert read_back(document, read_word(saved_again(render_docx(document), tmp_path, soffice))) == ReadBack()


@pytest.fixture(scope="session")
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


def saved_again(data: bytes, folder: Path, soffice: str) -> bytes:
    (folder / "paper.docx").write_bytes(data)
    subprocess.run(
        [soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", folder / "out", folder / "paper.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / "out" / "paper.docx").read_bytes()


def ten_edits(paper: Document) -> Edited:
    return (
        Edited.of(paper)
        .track("Opening words 1", "First words")
        .track("Opening words 5", "Words five", author="Second editor")
        .overwrite("Opening words 3", "Words three")
        .track("harbour number 2", "harbour two")
        .overwrite_in("tells of lamps in harbour number 5", "tells of", "speaks of")
        .add_after("tells of charts in harbour number 4", "A new paragraph in between.", tracked=True)
        .remove("tells of charts in harbour number 6", tracked=True)
        .overwrite("a first lesson of Keepers", "the first lesson of Keepers")
        .overwrite("The keepers were patient", "The keepers were very patient")
        .overwrite_in("Under signals", "12", "13")
        .comment("Opening words 4", "Is this still so?")
        .comment("The last lesson", "Shorter.", author="Second reviewer")
    )


def test_ten_changed_paragraphs_two_comments_and_a_false_figure(paper: Document) -> None:
    found = back(paper, ten_edits(paper))
    assert len(found.changes) == 10
    assert len(found.offered) == 9
    assert [(f.name, f.computed, f.found, f.fate) for f in found.figures] == [
        ("achieved", "12", "13", FigureFate.ALTERED)
    ]
    [refused] = found.refused
    assert refused.refusal is Refusal.FIGURE
    assert refused.passage
    assert refused.passage.origin == "pillar:4#1"
    assert [(c.author, c.text) for c in found.comments] == [
        ("Reviewer", "Is this still so?"),
        ("Second reviewer", "Shorter."),
    ]
    assert [c.words for c in found.comments] == [
        "Opening words 4 of the invented paper.",
        "The last lesson.",
    ]
    assert [c.passage and c.passage.number for c in found.comments] == ["4", "38"]


def test_the_same_edits_are_found_after_an_office_program_saved_them(
    paper: Document, tmp_path: Path, soffice: str
) -> None:
    data = saved_again(ten_edits(paper).data(), tmp_path, soffice)
    found = read_back(paper, read_word(data))
    assert [(c.how, c.passage and c.passage.origin, c.refusal) for c in found.changes] == [
        (c.how, c.passage and c.passage.origin, c.refusal) for c in back(paper, ten_edits(paper)).changes
    ]
    assert len(found.comments) == 2
    assert len(found.figures) == 1


def test_tracked_change_names_author_day_and_words(paper: Document) -> None:
    [change] = back(
        paper, Edited.of(paper).track("Opening", "Closing", author="Ana", day="2023-03-01")
    ).changes
    assert [(e.fate, e.words, e.author, str(e.on)) for e in change.edits] == [
        (Fate.REMOVED, "Opening", "Ana", "2023-03-01"),
        (Fate.ADDED, "Closing", "Ana", "2023-03-01"),
    ]
    assert not change.has_untracked
    assert change.passage
    assert (change.passage.heading, change.passage.number) == ("Introduction", "1")


def test_untracked_change_says_so(paper: Document) -> None:
    [change] = back(paper, Edited.of(paper).overwrite("Opening words 2", "Typed over")).changes
    assert change.has_untracked
    assert change.edits == ()
    assert [(p.fate, p.words.strip()) for p in change.pieces][:2] == [
        (Fate.REMOVED, "Opening words 2"),
        (Fate.ADDED, "Typed over"),
    ]


def test_added_paragraph_belongs_to_the_section_above(paper: Document) -> None:
    [change] = back(paper, Edited.of(paper).add_after("harbour number 3", "All new.")).changes
    assert change.how is How.ADDED
    assert change.is_offered
    assert change.passage
    assert change.passage.origin == "pillar:1#3"


def test_paragraph_added_before_the_first_written_one_goes_before_it(paper: Document) -> None:
    [change] = back(paper, Edited.of(paper).add_after("Introduction", "Before all.")).changes
    assert change.is_before
    assert change.passage
    assert change.passage.origin == "introduction#1"


def test_words_of_the_record_cannot_be_taken(paper: Document) -> None:
    edited = Edited.of(paper).overwrite("on track", "off track").overwrite("State of Lamps", "Lamps")
    assert [c.refusal for c in back(paper, edited).changes] == [Refusal.COMPUTED] * 2


@pytest.mark.parametrize("tracked", [True, False])
def test_removed_paragraph_is_one_change_and_its_figures_are_gone(paper: Document, tracked: bool) -> None:
    found = back(paper, Edited.of(paper).remove("Under charts", tracked=tracked))
    [change] = found.changes
    assert (change.how, change.is_offered) == (How.REMOVED, True)
    assert {figure.fate for figure in found.figures} == {FigureFate.REMOVED}
    assert bool(change.edits) is tracked


def test_lost_content_controls_change_nothing_while_the_words_stand(paper: Document) -> None:
    assert back(paper, Edited.of(paper).without_controls()) == ReadBack()


@pytest.mark.parametrize("by", ["13", "twelve", "12,5", "112", "12 000", "−12"])
@pytest.mark.parametrize("controls", [True, False])
def test_altered_figure_is_found(paper: Document, by: str, controls: bool) -> None:
    edited = Edited.of(paper).overwrite_in("Under lamps", "12", by)
    found = back(paper, edited if controls else edited.without_controls())
    assert [(f.name, f.fate) for f in found.figures] == [("achieved", FigureFate.ALTERED)]
    assert found.figures[0].found != "12"
    assert [c.refusal for c in found.changes] == [Refusal.FIGURE]


@pytest.mark.parametrize("digits", ["1", "0", ",5"])
def test_digits_set_beside_a_control_alter_its_figure(paper: Document, digits: str) -> None:
    edited = Edited.of(paper)
    if digits == "1":
        edited.overwrite_in("Under lamps", "Under lamps, ", "Under lamps, 1")
    else:
        edited.overwrite_in("Under lamps", " of ", f"{digits} of ")
    assert [f.fate for f in back(paper, edited).figures] == [FigureFate.ALTERED]


def test_figure_left_out_of_a_sentence_is_told_and_the_sentence_offered(paper: Document) -> None:
    def leave_out(root: object) -> None:
        paragraph = edited.paragraph("Under lamps")
        control = next(iter(paragraph.iter("{*}sdt")))
        control.getparent().remove(control)

    edited = Edited.of(paper)
    found = back(paper, edited.change(leave_out).overwrite_in("Under lamps", " of ", " "))
    assert [(f.name, f.fate) for f in found.figures] == [("achieved", FigureFate.REMOVED)]
    assert found.changes[0].is_offered


def test_new_content_keeps_figures_notes_and_looks(paper: Document) -> None:
    edited = Edited.of(paper).overwrite("What was learned", "What we learned").overwrite("It is ", "It was ")
    noted, looked = back(paper, edited.without_controls()).changes
    note = next(part for part in noted.content if isinstance(part, Note))
    assert note.content == (Run("By the invented keepers."),)
    assert Run("slow", italic=True) in looked.content
    assert any(isinstance(part, Run) and part.figure == "rate" for part in looked.content)


def test_link_to_a_table_stays_a_reference() -> None:
    [change] = back(whole_document(), Edited.of(whole_document()).overwrite("Voir ", "Regarder ")).changes
    assert [part.anchor for part in change.content if isinstance(part, Reference)] == [
        "owed",
        "when",
        "first",
    ]


def test_split_paragraph_is_one_change_and_one_addition(paper: Document) -> None:
    file = Edited.of(paper)
    first = file.paragraph("Paragraph 4 tells of lamps")
    second = copy.deepcopy(first)
    for mark in [*second.iter(f"{W}bookmarkStart"), *second.iter(f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    for paragraph, left_out in ((first, " tells of lamps in harbour number 4."), (second, "Paragraph 4")):
        for text in paragraph.iter(f"{W}t"):
            text.text = text.text.replace(left_out, "")
    first.addnext(second)
    found = back(paper, file)
    assert sorted(change.how for change in found.changes) == [How.ADDED, How.CHANGED]
    assert found.figures == ()


def test_words_changed_in_a_footnote_are_a_change_of_its_paragraph(paper: Document) -> None:
    file = Edited.of(paper)
    notes = file.parts["word/footnotes.xml"]
    file.parts["word/footnotes.xml"] = notes.replace(b"invented keepers", b"old keepers")
    (change,) = back(paper, file).changes
    assert "What was learned" in "".join(piece.words for piece in change.pieces)
    assert change.refusal is None


def test_figures_that_changed_places_are_both_altered(paper: Document) -> None:
    file = Edited.of(paper)
    figures = [text for text in file.paragraph("Under lamps").iter(f"{W}t") if text.text in ("12", "37")]
    figures[0].text, figures[1].text = "37", "12"
    found = back(paper, file)
    assert {(one.computed, one.found, one.fate) for one in found.figures} == {
        ("12", "37", FigureFate.ALTERED),
        ("37", "12", FigureFate.ALTERED),
    }
    assert [change.refusal for change in found.changes] == [Refusal.FIGURE]


def test_merged_paragraphs_lose_no_word(paper: Document) -> None:
    def merge(root: object) -> None:
        mark = edited.paragraph("Opening words 2").find("{*}pPr")
        mark.append(mark.makeelement(f"{mark.tag[:-3]}rPr"))
        mark[-1].append(mark.makeelement(f"{mark.tag[:-3]}del"))

    edited = Edited.of(paper)
    found = back(paper, edited.change(merge))
    assert "Opening words 2" in say(found)
    assert "Opening words 3" in say(found)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_overwritten_paragraph_is_found(file: bytes, data: st.DataObject) -> None:
    document, edited = paper_of(section_texts()), Edited(file)
    places = [p for p in edited.root.iter("{*}p") if any((t.text or "").strip() for t in p.iter("{*}t"))]
    body = [p for p in places if not any(a.tag.endswith("}sdt") for a in p.iterancestors())]
    chosen = data.draw(st.lists(st.sampled_from(range(len(body))), min_size=1, max_size=6, unique=True))
    for place in chosen:
        next(t for t in body[place].iter("{*}t") if (t.text or "").strip()).text += " xylophone"
    found = back(document, edited)
    assert len(found.changes) == len(chosen)
    assert all("xylophone" in "".join(p.words for p in change.pieces) for change in found.changes)
