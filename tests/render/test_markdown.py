"""What people write becomes blocks of the document, with computed figures in their places."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from suivi.render.document import Box, BulletList, Document, Heading, Metadata, Paragraph
from suivi.render.html import render_html
from suivi.render.markdown import blocks_of, figure_names
from suivi.render.references import with_sound_references
from suivi.render.runs import LineBreak, Note, Reference, Run, inlines, plain_text


def _figure(name: str) -> Run:
    return Run(f"<{name}>", figure=name)


def _only(written: str) -> Paragraph:
    (block,) = blocks_of(written, _figure)
    assert isinstance(block, Paragraph)
    return block


def test_figures_keep_their_names_and_forms() -> None:
    paragraph = _only("In all {{done|words}} of **{{ deliverables }}** are done.")
    quoted = [run for run in inlines(paragraph.content) if isinstance(run, Run) and run.figure]
    assert [run.figure for run in quoted] == ["done|words", "deliverables"]
    assert [run.bold for run in quoted] == [False, True]
    assert plain_text(paragraph.content) == "In all <done|words> of <deliverables> are done."


def test_names_of_figures_are_listed_in_their_order() -> None:
    assert figure_names("{{b}} and {{ a|words }}, not {{}} or { {c} }") == ["b", "a|words"]


def test_a_footnote_hangs_where_its_mark_stands() -> None:
    paragraph = _only("Said.[^x] More.\n\n[^x]: The source, with {{a}}.")
    notes = [one for one in inlines(paragraph.content) if isinstance(one, Note)]
    assert [plain_text(note.content) for note in notes] == ["The source, with <a>."]


def test_a_mark_without_a_footnote_stays_as_it_was_typed() -> None:
    assert plain_text(_only("Said.[^x]").content) == "Said.[^x]"


def test_references_lead_to_an_anchor() -> None:
    paragraph = _only("See [@pillar-1].")
    assert [one.anchor for one in inlines(paragraph.content) if isinstance(one, Reference)] == ["pillar-1"]


def test_lists_headings_and_quotes_become_blocks() -> None:
    written = "## Money\n\n1. first\n2. second\n\n- a\n\n  more of a\n\n> ### Set apart\n> Words.\n"
    heading, lettered, bullets, box = blocks_of(written, _figure, level=2)
    assert isinstance(heading, Heading)
    assert heading.level == 2
    assert isinstance(lettered, BulletList)
    assert lettered.lettered
    assert isinstance(bullets, BulletList)
    assert LineBreak() in inlines(bullets.items[0])
    assert isinstance(box, Box)
    assert [plain_text(one.content) for one in box.blocks if isinstance(one, Paragraph)] == [
        "Set apart",
        "Words.",
    ]


def test_each_block_knows_its_place_in_what_was_written() -> None:
    blocks = blocks_of("One.\n\n> Two.\n\n- three", _figure, origin="lessons")
    one, two, three = blocks
    assert isinstance(one, Paragraph)
    assert isinstance(two, Box)
    assert isinstance(three, BulletList)
    assert [one.origin, two.blocks[0].origin, three.origin] == ["lessons#1", "lessons#2", "lessons#3"]


def test_words_in_another_language_are_marked_as_such() -> None:
    (block,) = blocks_of("Bonjour.", _figure, language="fr")
    assert isinstance(block, Paragraph)
    assert [run.language for run in inlines(block.content) if isinstance(run, Run)] == ["fr"]


@given(st.text(alphabet=st.sampled_from("ab {}[]^@#>*-1.\n\\<&|:_`!()"), max_size=80))
def test_whatever_is_written_can_be_set(written: str) -> None:
    """No markup breaks the document, and markup of others is text."""
    about = Metadata(title="Any", language="en", created_on=date(2023, 2, 15))
    document = Document(metadata=about, blocks=blocks_of(written, _figure, numbered=True))
    assert b"<script" not in render_html(with_sound_references(document))


def test_a_reference_to_nowhere_is_shown_and_others_stay() -> None:
    about = Metadata(title="Any", language="en", created_on=date(2023, 2, 15))
    blocks = blocks_of("See [@nowhere].[^1]\n\n- [@decision]\n\n[^1]: Or [@there].", _figure)
    document = Document(metadata=about, blocks=(Heading("Decision", anchor="decision"), *blocks))
    html = render_html(with_sound_references(document)).decode()
    assert "[? nowhere]" in html
    assert "[? there]" in html
    assert '<a href="#decision">Decision</a>' in html
