"""Content becomes Markdown that says the same, and written text is revised where a paper changed."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.render.document import Box, BulletList, Heading, Paragraph
from suivi.render.markdown import blocks_of, note_definitions
from suivi.render.markdown_source import Wanted, quotes_in, revise, source_blocks
from suivi.render.markdown_writing import MarkdownWriter
from suivi.render.runs import Content, LineBreak, Note, Reference, Run, inlines, plain_text
from tests.render.edited import figure, section_texts

WRITTEN = """First words {{achieved|words}}.

## A heading

- one
- two[^1]

> Framed.
>
> 1. first;
> 2. second.

Last words.

[^1]: A note.
"""
NOTHING: dict[str, str] = {}


def _read(markdown: str, notes: dict[str, str] = NOTHING) -> Content:
    defined = "\n".join(f"[^{mark}]: {words}" for mark, words in notes.items())
    [block] = blocks_of(f"{markdown}\n\n{defined}", lambda name: Run(f"<{name}>", figure=name))
    assert isinstance(block, Paragraph)
    return block.content


@pytest.mark.parametrize(
    "content",
    [
        "1. no list", "- no list", "# no heading", "> no frame", "[^1] no note",
        "a*b* _c_ [d](e) `f` <g> &amp;",
        (Run("on"), LineBreak(), Run("two lines")), "12) none", "+ none", "---", "back\\slash", "a_b_c",
        (Run("all "), Run("bold", bold=True), Run(" and "), Run("both", bold=True, italic=True)),
        (Run("see", italic=True), Run(" "), Run("there", href="https://example.org/a_b?c=1&d=(2)")),
        (Run("see "), Reference("owed"), Run(".")),
        (Run("noted"), Note((Run("with *stars*"),)), Run("again"), Note((Run("twice"),))),
        (Run("12", figure="achieved|words"), Run(" of them")),
    ],
)  # fmt: skip
def test_content_written_as_markdown_is_read_as_the_same(content: Content) -> None:
    parts = inlines(content)
    writer = MarkdownWriter()
    read = _read(writer.content(parts), writer.notes)
    assert _joined(inlines(read)) == _joined(parts)


def _joined(parts: Iterable[object]) -> list[object]:
    """Figures by their names; neighbouring words of one look as one."""
    found: list[object] = []
    for part in parts:
        shown = ("figure", part.figure) if isinstance(part, Run) and part.figure else part
        last = found[-1] if found else None
        if isinstance(last, Run) and isinstance(shown, Run) and replace(last, text=shown.text) == shown:
            found[-1] = replace(last, text=last.text + shown.text)
        else:
            found.append(shown)
    return found


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))))
def test_any_words_are_read_as_they_were(words: str) -> None:
    words = re.sub(r"\s+", " ", words).strip()
    if words and not re.search(r"\{\{|\[\^|\[@", words):
        assert plain_text(_read(MarkdownWriter().content(words))) == plain_text(words)


_WORDS = st.text("ab .*(", min_size=1, max_size=6)


@given(st.lists(st.tuples(_WORDS, st.booleans(), st.booleans()), min_size=1, max_size=5))
def test_emphasis_never_costs_words(runs: list[tuple[str, bool, bool]]) -> None:
    content = tuple(Run(words, bold, italic) for words, bold, italic in runs)
    if plain_text(content):
        assert "".join(plain_text(_read(MarkdownWriter().content(content))).split()) == "".join(
            plain_text(content).split()
        )


@pytest.mark.parametrize("written", [WRITTEN, *section_texts().values()])
def test_blocks_of_the_source_are_numbered_as_the_blocks_of_the_document(written: str) -> None:
    inside = []
    for block in blocks_of(written, figure, origin="x"):
        inside += block.blocks if isinstance(block, Box) else [block]
    sources = source_blocks(written)
    assert [block.origin for block in inside] == [f"x#{n}" for n in range(1, len(sources) + 1)]  # type: ignore[union-attr]
    for block, source in zip(inside, sources, strict=True):
        assert bool(source.lead) is isinstance(block, Heading)
        assert len(source.items) == (len(block.items) if isinstance(block, BulletList) else 0)


def _revised(*wanted: Wanted, current: str = WRITTEN) -> str:
    return revise(WRITTEN, current, wanted, NOTHING).text


def test_paragraph_is_replaced_and_all_else_stays() -> None:
    assert (
        _revised(Wanted(1, "changed", 6, markdown="New.")) == WRITTEN.replace("Last words.", "New.").strip()
    )


def test_heading_keeps_its_level() -> None:
    assert "\n## Another\n" in _revised(Wanted(1, "changed", 2, markdown="Another"))


def test_items_of_a_list_are_changed_added_and_removed() -> None:
    text = _revised(
        Wanted(1, "changed", 3, 1, "uno"),
        Wanted(2, "added", 3, 1, "uno and a half", as_item=True),
        Wanted(3, "removed", 3, 2),
    )
    assert "- uno\n- uno and a half\n\n>" in text
    assert "[^1]" not in text


def test_items_in_a_frame_stay_in_it() -> None:
    text = _revised(Wanted(1, "changed", 5, 2, "new second."), Wanted(2, "removed", 4))
    assert "> 1. first;\n> 2. new second." in text
    [box] = [block for block in blocks_of(text, figure) if isinstance(block, Box)]
    assert len(box.blocks) == 1


def test_added_paragraphs_keep_their_order() -> None:
    text = _revised(
        Wanted(1, "added", 1, markdown="Zero.", is_before=True),
        Wanted(2, "added", 1, markdown="One."),
        Wanted(3, "added", 1, markdown="Two."),
    )
    assert text.startswith("Zero.\n\nFirst words {{achieved|words}}.\n\nOne.\n\nTwo.\n\n## A heading")


def test_removed_paragraph_leaves_no_hole() -> None:
    assert _revised(Wanted(1, "removed", 1)).startswith("## A heading")


def test_the_same_changes_again_change_nothing() -> None:
    wanted = (
        Wanted(1, "changed", 1, markdown="New first."),
        Wanted(2, "added", 2, markdown="Under the heading."),
        Wanted(3, "removed", 6),
        Wanted(4, "changed", 3, 2, "deux"),
    )
    once = revise(WRITTEN, WRITTEN, wanted, NOTHING)
    again = revise(WRITTEN, once.text, wanted, NOTHING)
    assert (once.made, once.overtaken) == ({1, 2, 3, 4}, set())
    assert (again.text, again.made, again.already) == (once.text, set(), {1, 2, 3, 4})


def test_what_was_rewritten_meanwhile_is_not_overwritten() -> None:
    current = WRITTEN.replace("Last words.", "Rewritten meanwhile.").replace("First", "Very first")
    revised = revise(
        WRITTEN,
        current,
        (Wanted(1, "changed", 6, markdown="New."), Wanted(2, "added", 2, markdown="Here.")),
        NOTHING,
    )
    assert (revised.made, revised.overtaken) == ({2}, {1})
    assert "Rewritten meanwhile." in revised.text
    assert "## A heading\n\nHere." in revised.text


def test_new_note_comes_along_and_is_numbered_apart() -> None:
    writer = MarkdownWriter(notes=note_definitions(WRITTEN))
    line = writer.content((Run("Noted"), Note(Run("Another.")), Note(Run("A note."))))
    text = revise(WRITTEN, WRITTEN, [Wanted(1, "changed", 6, markdown=line)], writer.notes).text
    assert line == "Noted[^2][^1]"
    assert note_definitions(text) == {"1": "A note.", "2": "Another."}


def test_figures_keep_the_form_in_which_they_were_quoted() -> None:
    assert quotes_in(WRITTEN, 1)["achieved"] == "achieved|words"
    assert MarkdownWriter(quotes_in(WRITTEN, 1)).content(Run("12", figure="achieved")) == "{{achieved|words}}"
